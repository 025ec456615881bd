//! Whether a provision applies to the contract, whether the house position asks for it, and what was not supplied.

use super::Document;
use super::finding::{Answer, AppliesFinding, Unread};
use crate::facts::kind::DataKind;
use crate::library::{Applies, Issue, Provision};
use crate::source::Cut;

/// Whether a provision applies, and why.
pub(super) fn applies(provision: &Provision, documents: &[&Document]) -> AppliesFinding {
    let yes = |why: String| AppliesFinding { answer: Answer::Yes, why };
    for condition in &provision.applies_when {
        if let Some(why) = shown(*condition, documents.iter().copied()) {
            return yes(why);
        }
    }
    if let Some(quote) = barred(provision, documents) {
        return AppliesFinding {
            answer: Answer::No,
            why: format!("the contract bars such data (\u{201c}{quote}\u{201d})"),
        };
    }
    let asked: Vec<&str> = provision.applies_when.iter().filter_map(|a| Some(data(*a)?.2)).collect();
    AppliesFinding {
        answer: Answer::Unknown,
        why: format!("the contract does not say whether {}", crate::error::one_of(&asked)),
    }
}

/// Why a condition holds, with the words that show it.
pub(super) fn shown<'a>(condition: Applies, mut documents: impl Iterator<Item = &'a Document>) -> Option<String> {
    let Some((kind, what, _)) = data(condition) else { return Some("every service agreement".into()) };
    let quote = documents.find_map(|d| Some(d.facts.handles.shown.get(&kind)?.of(&d.contract.text)))?;
    Some(format!("the contract speaks of {what} (\u{201c}{quote}\u{201d})"))
}

/// The words that bar all data which the provision is for.
fn barred(provision: &Provision, documents: &[&Document]) -> Option<String> {
    let ban = |condition: &Applies| {
        let (kind, ..) = data(*condition)?;
        documents.iter().find_map(|d| {
            let found = d.facts.handles.prohibited.iter().find(|p| p.what == kind)?;
            Some(found.quote.of(&d.contract.text).to_string())
        })
    };
    let bans: Vec<Option<String>> = provision.applies_when.iter().map(ban).collect();
    if bans.iter().all(Option::is_some) { bans.into_iter().flatten().next() } else { None }
}

/// The data that a condition is about, in words, and the question whether it is there; none for every agreement.
fn data(condition: Applies) -> Option<(DataKind, &'static str, &'static str)> {
    let out = match condition {
        Applies::Always => return None,
        Applies::PersonalData => (DataKind::PersonalData, "personal data", "the provider handles personal data"),
        Applies::EuUkTransfers => {
            (DataKind::EuUkTransfers, "transfers out of Europe", "personal data leaves the EEA or the UK")
        }
        Applies::Phi => (DataKind::Phi, "protected health information", "it handles protected health information"),
        Applies::CardholderData => (DataKind::CardholderData, "cardholder data", "it handles cardholder data"),
        Applies::Customs => (DataKind::Customs, "customs data", "it handles customs data"),
        Applies::CaliforniaPersonalInformation => (
            DataKind::CaliforniaPersonalInformation,
            "personal information under the CCPA",
            "it handles personal information under the CCPA",
        ),
        Applies::EducationRecords => {
            (DataKind::EducationRecords, "education records", "it handles education records of a school in the US")
        }
        Applies::UsFederal => (
            DataKind::UsFederal,
            "records of a US agency",
            "the customer is a US federal agency or its prime contractor",
        ),
        Applies::EuFinancial => {
            (DataKind::EuFinancial, "a financial entity in the EU", "the customer is a financial entity in the EU")
        }
        Applies::OtherTransferRegimes => (
            DataKind::OtherTransferRegimes,
            "transfers that another law restricts",
            "personal data leaves another area whose law restricts it",
        ),
    };
    Some(out)
}

/// Whether the house position asks for a provision in contracts of this kind.
pub(super) fn demanded(provision: &Provision, documents: &[&Document]) -> bool {
    let barred = |d: &&Document| provision.not_demanded_in.iter().any(|k| k == d.facts.kind.id());
    documents.is_empty() || !documents.iter().all(barred)
}

/// What was supplied and could not be read: nobody knows on what it speaks.
#[must_use]
pub fn not_read(documents: &[&Document]) -> Vec<Unread> {
    // A package can be damaged in thousands of places.
    const MOST: usize = 4;
    let one = |(document, cut): (&Document, &Cut)| {
        let file = if documents.len() > 1 { format!("{}: ", document.path) } else { String::new() };
        Unread {
            what: format!("{file}{}", cut.name()),
            clause: cut.after.map_or_else(String::new, |a| document.facts.clause_at(&document.tree, a)),
            quote: cut.after.map_or_else(String::new, |a| a.of(&document.contract.text).to_string()),
            supplied: true,
        }
    };
    let all = documents.iter().flat_map(|d| d.contract.cuts.iter().map(move |c| (*d, c)));
    all.map(one).take(MOST).collect()
}

/// What the documents refer to, that was not supplied and may answer a provision of the issue.
pub(super) fn unread(issue: Issue, documents: &[&Document]) -> Vec<Unread> {
    const MOST: usize = 4;
    let mut out: Vec<Unread> = Vec::new();
    for document in documents {
        for item in document.facts.incorporated.iter().filter(|i| may_answer(&i.what, issue)) {
            let one = document.unread(item);
            if out.len() < MOST && !out.iter().any(|o| o.what == one.what) {
                out.push(one);
            }
        }
    }
    out
}

/// Words in the name of a document, and the issues on which such a document speaks.
const SUBJECTS: [(&str, &[Issue]); 14] = [
    ("retention", &[Issue::EndOfContract]),
    ("deletion", &[Issue::EndOfContract]),
    ("incident", &[Issue::Incidents]),
    ("sub-processor", &[Issue::Subprocessors]),
    ("subprocessor", &[Issue::Subprocessors]),
    ("security", &[Issue::SecurityMeasures, Issue::Incidents, Issue::AuditAndRecords]),
    ("technical", &[Issue::SecurityMeasures]),
    ("confidential", &[Issue::ConfidentialityAndDisclosure]),
    ("contractual clauses", &[Issue::TransfersAndLocation]),
    ("service level", &[]),
    ("sla", &[]),
    ("documentation", &[]),
    ("acceptable use", &[]),
    ("cookie", &[]),
];
/// A document whose name tells no subject may speak on anything, if it is one of terms.
const TERMS: [&str; 16] = [
    "data processing",
    "data protection",
    "dpa",
    "privacy",
    "agreement",
    "terms",
    "addendum",
    "exhibit",
    "schedule",
    "annex",
    "appendix",
    "attachment",
    "policy",
    "policies",
    "contract",
    "statement of work",
];

/// Whether a document of this name may answer a provision of the issue.
fn may_answer(name: &str, issue: Issue) -> bool {
    let name = name.to_lowercase();
    match SUBJECTS.iter().find(|(word, _)| name.contains(word)) {
        Some((_, issues)) => issues.contains(&issue),
        None => TERMS.iter().any(|t| name.contains(t)),
    }
}
