//! Suggestions: the clause text that closes a gap, in the contract's own names.

use crate::assess::Document;
use crate::assess::finding::{Finding, Suggestion};
use crate::facts::parties::PartyRole;
use crate::library::page::Rank;
use crate::library::{Library, Status};

/// Gives each gap its preferred clause text.
pub fn suggest(findings: &mut [Finding], bundle: &[Document], library: &Library) {
    let names = Names::of(bundle);
    for finding in findings.iter_mut().filter(|f| f.status != Status::Met) {
        let Some(provision) = library.provision(&finding.provision) else { continue };
        let Some(position) = provision.positions.iter().find(|p| p.rank == Rank::Preferred) else { continue };
        let text = names.fill(&position.text);
        finding.suggestion = Some(Suggestion {
            position: position.rank,
            placeholders: placeholders(&text),
            text,
            place: place(finding, bundle),
            comment: provision.comment.clone(),
        });
    }
}

/// How the contract calls its parties and its data.
struct Names {
    vendor: String,
    customer: String,
    data: String,
    agreement: String,
}

/// Defined terms that stand for the customer's data, the most telling first.
const DATA_TERMS: [&str; 8] = [
    "Customer Personal Data",
    "Personal Data",
    "Personal Information",
    "Protected Health Information",
    "Customer Data",
    "Client Data",
    "Cardholder Data",
    "Confidential Information",
];

impl Names {
    fn of(bundle: &[Document]) -> Self {
        let party = |role| bundle.iter().find_map(|d| d.facts.parties.name_of(role)).map(named);
        let defined = |name: &str| bundle.iter().any(|d| d.facts.terms.iter().any(|t| t.name == name));
        let data = DATA_TERMS.iter().find(|t| defined(t)).map_or_else(|| "personal data".to_string(), |t| (*t).to_string());
        let agreement = ["Agreement", "Addendum", "Contract", "Terms"].iter().find(|t| bundle.iter().any(|d| d.contract.text.contains(&format!("this {t}"))));
        Self {
            vendor: party(PartyRole::Vendor).unwrap_or_else(|| "[Vendor]".into()),
            customer: party(PartyRole::Customer).unwrap_or_else(|| "[Customer]".into()),
            data,
            agreement: format!("this {}", agreement.unwrap_or(&"Agreement")),
        }
    }

    fn fill(&self, text: &str) -> String {
        let filled = text
            .replace("{vendor}", &self.vendor)
            .replace("{customer}", &self.customer)
            .replace("{data}", &self.data)
            .replace("{agreement}", &self.agreement);
        capital_sentences(&filled.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// A party's name as it stands within a sentence: role words take the article.
fn named(name: &str) -> String {
    match name {
        "we" | "you" => name.to_string(),
        _ => name.to_string(),
    }
}

/// A sentence that a filled name begins starts with a capital ("the provider" after a full stop).
fn capital_sentences(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.chars() {
        if start && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            start = false;
        } else {
            out.push(c);
        }
        if matches!(c, '.') {
            start = true;
        } else if !c.is_whitespace() {
            start = false;
        }
    }
    out
}

/// What stands in [brackets].
fn placeholders(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((start, end)) = rest.find('[').and_then(|s| rest[s..].find(']').map(|e| (s, s + e + 1))) {
        let one = rest[start..end].to_string();
        if !out.contains(&one) {
            out.push(one);
        }
        rest = &rest[end..];
    }
    out
}

/// Where the text goes: after the clause that states part of it, else with the data-protection terms.
fn place(finding: &Finding, bundle: &[Document]) -> String {
    match finding.evidence.first() {
        Some(evidence) if finding.status != Status::Missing && !evidence.clause.is_empty() => match finding.status {
            Status::Adverse => format!("in place of the wording in clause {}", evidence.clause),
            _ => format!("in clause {}", evidence.clause),
        },
        _ => {
            let schedule = bundle.iter().flat_map(|d| &d.tree.clauses).any(|c| c.kind == crate::clause::Kind::Schedule);
            if schedule { "with the data-protection terms, before the first schedule".into() } else { "with the data-protection terms, at their end".into() }
        }
    }
}
