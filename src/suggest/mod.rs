//! Suggestions: the clause text that closes a gap, in the contract's own names.

use crate::assess::Document;
use crate::assess::finding::{Finding, Suggestion};
use crate::facts::parties::PartyRole;
use crate::library::page::Rank;
use crate::library::{Library, Status};

/// Gives each gap its preferred clause text.
pub fn suggest(findings: &mut [Finding], bundle: &[Document], library: &Library) {
    let names = Names::of(bundle);
    for finding in findings.iter_mut().filter(|f| f.status != Status::Met && !answered(f)) {
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

/// Whether tracked changes are what to answer: accepted or rejected they close the gap, and further text would double it.
fn answered(finding: &Finding) -> bool {
    let change = finding.pending.as_ref().or(finding.removed.as_ref());
    change.is_some_and(|c| c.status == Status::Met)
}

/// How the contract calls its parties and its data.
struct Names {
    vendor: String,
    customer: String,
    data: String,
    agreement: String,
}

/// Ends of defined terms that stand for the customer's data; a term that ends so and is used most is the contract's own.
const DATA_TERMS: [&str; 5] = ["Data", "Personal Information", "Health Information", "PHI", "Content"];
/// Confidential information is data only where nothing else is.
const LAST_RESORT: &str = "Confidential Information";
/// Terms that end so and are not the customer's data.
const NO_DATA_TERMS: [&str; 6] =
    ["Usage Data", "Aggregated Data", "Anonymised Data", "Anonymized Data", "Vendor Data", "Provider Data"];

impl Names {
    fn of(bundle: &[Document]) -> Self {
        let party = |role| bundle.iter().find_map(|d| d.facts.parties.name_of(role)).map(|name| named(name, bundle));
        let data = data_term(bundle).unwrap_or_else(|| "personal data".into());
        let agreement = ["Agreement", "Addendum", "Contract", "Terms"]
            .iter()
            .find(|t| bundle.iter().any(|d| d.contract.text.contains(&format!("this {t}"))));
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

/// A party's name with the article, where the contract gives it one more often than not.
fn named(name: &str, bundle: &[Document]) -> String {
    let uses = |what: &str| bundle.iter().map(|d| d.contract.text.matches(what).count()).sum::<usize>();
    let articled = uses(&format!("the {name}")) + uses(&format!("The {name}"));
    if articled * 2 > uses(name) { format!("the {name}") } else { name.to_string() }
}

/// The defined term that the contract uses most for the customer's data.
fn data_term(bundle: &[Document]) -> Option<String> {
    let uses = |name: &str| bundle.iter().map(|d| d.contract.text.matches(name).count()).sum::<usize>();
    let terms = bundle.iter().flat_map(|d| &d.facts.terms).map(|t| t.name.as_str());
    let own = terms.clone().filter(|t| DATA_TERMS.iter().any(|end| t.ends_with(end)) && !NO_DATA_TERMS.contains(t));
    let best = own.max_by_key(|t| (uses(t), std::cmp::Reverse(*t)));
    best.or_else(|| terms.clone().find(|t| *t == LAST_RESORT)).map(String::from)
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
        Some(evidence) if finding.status != Status::Missing && !evidence.clause.is_empty() => {
            // "5.2(b)" is a clause; "Schedule 1, 2" says by itself what it is.
            let word =
                if evidence.clause.starts_with(|c: char| c.is_ascii_digit() || c == '(') { "clause " } else { "" };
            let what = if finding.status == Status::Adverse { "in place of the wording in" } else { "in" };
            format!("{what} {word}{}", evidence.clause)
        }
        _ => {
            let schedule = bundle.iter().flat_map(|d| &d.tree.clauses).any(|c| c.kind == crate::clause::Kind::Schedule);
            if schedule {
                "with the data-protection terms, before the first schedule".into()
            } else {
                "with the data-protection terms, at their end".into()
            }
        }
    }
}
