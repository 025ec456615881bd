//! What a report says of itself and of each document, before any finding.

use super::{DocumentReview, DocumentStatus, Review, words};
use crate::facts::parties::{Party, PartyRole};

/// Something said about a review or a document, with its label.
pub(super) struct Fact {
    pub label: &'static str,
    pub text: String,
}

/// What a report is, in one line.
pub(super) fn opening(review: &Review) -> String {
    let documents = words::count(review.documents.len(), "document", "documents");
    format!("review of {documents}, {}", words::side(&review.header.matter))
}

/// What a report was made from and with.
pub(super) fn front(review: &Review) -> Vec<Fact> {
    let header = &review.header;
    let failed = review.documents.iter().filter(|d| d.status == DocumentStatus::Failed).count();
    let reviewed = words::count(review.documents.len() - failed, "document", "documents");
    let failed = if failed == 0 {
        String::new()
    } else {
        format!("; {} could not be reviewed", words::count(failed, "file", "files"))
    };
    vec![
        Fact { label: "Reviewed", text: format!("{reviewed}{failed}; {}", words::view(header.view)) },
        Fact { label: "Side", text: format!("reviewed {}", words::side(&header.matter)) },
        Fact { label: "Judged by", text: words::judged_by(&header.profiles) },
        Fact {
            label: "Library",
            text: format!("{}; SHA-256 {}", words::library(header), words::short_hash(&header.library.digest)),
        },
        Fact { label: "Program", text: format!("Proviso {}", header.tool_version) },
    ]
}

/// A party with its role, and why we think so.
pub(super) fn party(party: &Party) -> String {
    let role = match party.role {
        PartyRole::Vendor => "provides the service",
        PartyRole::Customer => "receives the service",
        PartyRole::Unknown => "its role could not be told",
    };
    let why = words::clean(&party.why);
    let why = if why.is_empty() { why } else { format!(" ({why})") };
    format!("{}: {role}{why}", words::clean(&party.name))
}

/// What is known of a document, as far as it is.
pub(super) fn facts(document: &DocumentReview) -> Vec<Fact> {
    let with = |what: &str, quote: &str| {
        let quote = words::clean(quote);
        if quote.is_empty() {
            what.to_string()
        } else {
            format!("{what} ({})", words::quoted(&words::shorten(&quote, 160)))
        }
    };
    let sentence = |text: &str| words::shorten(&words::clean(text), 300);
    let relationship = words::of_key(&document.relationship.is);
    let known = relationship != "unknown";
    let language = if document.language == "English" { String::new() } else { document.language.clone() };
    let together: Vec<String> = document.together.iter().map(|p| words::clean(p)).collect();
    let all = [
        Fact { label: "Kind", text: with(document.kind.is.title(), &document.kind.quote) },
        Fact {
            label: "Relationship",
            text: if known { with(&relationship, &document.relationship.quote) } else { String::new() },
        },
        Fact { label: "Read", text: words::read(document) },
        Fact { label: "Judged by", text: words::proposed(&document.judged_by) },
        Fact { label: "As one with", text: words::and(&together) },
        Fact { label: "Language", text: language },
        Fact { label: "Term", text: sentence(&document.key_facts.term) },
        Fact { label: "Law", text: sentence(&document.key_facts.governing_law) },
        Fact { label: "Precedence", text: sentence(&document.key_facts.precedence) },
        Fact { label: "Liability cap", text: sentence(&document.key_facts.liability_cap) },
        Fact { label: "Not filled in", text: some(&document.placeholders, ", ") },
        Fact { label: "Drafting notes", text: some(&document.drafting_notes, " ") },
    ];
    all.into_iter().filter(|f| !f.text.is_empty()).collect()
}

/// Pieces of the text, once each, as many as a line takes.
fn some(all: &[String], between: &str) -> String {
    const SHOWN: usize = 6;
    let mut distinct: Vec<String> = Vec::new();
    for one in all.iter().map(|p| words::shorten(&words::clean(p), 60)) {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    let more = distinct.len().saturating_sub(SHOWN);
    distinct.truncate(SHOWN);
    let list = distinct.join(between);
    if more > 0 { format!("{list} and {more} more") } else { list }
}
