//! Cross-references to clauses and schedules of the contract itself, and where each leads.

mod resolve;
mod scan;

use crate::clause::{ClauseTree, Role};
use crate::source::Contract;
use crate::span::Span;
use resolve::{Index, Scope};
use scan::Family;

/// A reference to a clause or schedule of the same contract.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reference {
    /// The words that refer: "Section 5.2(b)", or of a list its own part, "5".
    pub span: Span,
    /// What is referred to, with its word: "section 5.2(b)".
    pub label: String,
    /// The clause that it leads to; `None` where there is none.
    pub clause: Option<u32>,
}

/// The references of a contract to its own parts, in text order.
#[must_use]
pub fn references(contract: &Contract, tree: &ClauseTree) -> Vec<Reference> {
    let text = &contract.text;
    let index = Index::new(text, tree);
    let own = Own::new(contract, tree);
    let mut out = Vec::new();
    for sentence in &tree.sentences {
        if matches!(sentence.role, Role::Contents | Role::Furniture) {
            continue;
        }
        let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
        let mut at = start;
        let mut foreign = None;
        while let Some(group) = scan::next(text, at, end) {
            at = group.end;
            let names_itself = sentence.role == Role::Heading && group.start == start;
            let after = &text[scan::row_end(text, group.end, end)..end];
            let around = Around { before: &text[start..group.start], after, sentence: &text[start..end] };
            if names_itself || is_external(&group, &around, &own) {
                continue;
            }
            let scope = scan::schedule_after(text, group.end, end).and_then(|t| index.schedule(&t));
            for target in &group.targets {
                let clause = index.resolve(tree, text, target, Scope { here: sentence.clause, within: scope });
                let mut is_foreign = || {
                    let scc = target.word == "clause" && own.transfers && !own.clauses;
                    scc || *foreign.get_or_insert_with(|| names_law(around.sentence))
                };
                if clause.is_some() || target.family == Family::Schedule || !is_foreign() {
                    out.push(Reference { span: target.span, label: target.label(), clause });
                }
            }
        }
    }
    out
}

/// What the document calls itself, so that "Section 9 of the Agreement" can be told to be another's.
#[allow(clippy::struct_excessive_bools)] // Six independent facts about one document.
struct Own {
    /// Names in lower case: of its title and after "this".
    names: Vec<String>,
    /// Whether clauses of it are called articles.
    articles: bool,
    /// Whether clauses of it are called clauses, carry section signs, are referred to as sections.
    clauses: bool,
    signs: bool,
    sections: bool,
    /// Whether it speaks of the standard contractual clauses, which have clauses of their own.
    transfers: bool,
    /// Whether articles of the data-protection law may be meant where it says nothing else.
    gdpr: bool,
}

impl Own {
    fn new(contract: &Contract, tree: &ClauseTree) -> Self {
        let text = &contract.text;
        let title = crate::facts::kind::title(contract, tree).map_or("", |t| t.of(text)).to_lowercase();
        let mut names: Vec<String> =
            title.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_string()).collect();
        for (at, _) in text.match_indices("his ").chain(text.match_indices("hese ")) {
            let next = text[at..].split_whitespace().nth(1).unwrap_or_default();
            let name = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if next.starts_with(char::is_uppercase) && !names.contains(&name) {
                names.push(name);
            }
        }
        let labelled = |word: &str| {
            tree.clauses.iter().any(|c| c.label.get(..word.len()).is_some_and(|l| l.eq_ignore_ascii_case(word)))
        };
        let gdpr = ["GDPR", "2016/679", "General Data Protection Regulation", "95/46"].iter().any(|n| text.contains(n));
        Self {
            names,
            articles: labelled("art"),
            clauses: labelled("clause"),
            signs: labelled("§"),
            sections: ["Section ", "Sections "].iter().any(|s| text.contains(s)),
            transfers: ["SCCs", "Standard Contractual Clauses"].iter().any(|n| text.contains(n)),
            gdpr,
        }
    }
}

/// Whether a sentence names a law or the standard contractual clauses, to which a reference that leads nowhere may be.
fn names_law(sentence: &str) -> bool {
    let own_words = |w: &str| {
        w.eq_ignore_ascii_case("clauses") || w.eq_ignore_ascii_case("standard") || w.eq_ignore_ascii_case("title")
    };
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    mentions_clauses(sentence)
        || words.any(|w| w.starts_with(char::is_uppercase) && !own_words(w) && is_law(&w.to_lowercase()))
}

/// The sentence around a group of references.
struct Around<'a> {
    before: &'a str,
    after: &'a str,
    sentence: &'a str,
}

/// Instruments that have articles and sections of their own.
const LAWS: [&str; 40] = [
    "gdpr",
    "dsgvo",
    "regulation",
    "regulations",
    "directive",
    "act",
    "code",
    "cfr",
    "c.f.r",
    "u.s.c",
    "usc",
    "convention",
    "treaty",
    "law",
    "laws",
    "statute",
    "ordinance",
    "charter",
    "constitution",
    "sccs",
    "scc",
    "clauses",
    "idta",
    "hipaa",
    "ccpa",
    "cpra",
    "rules",
    "rule",
    "decree",
    "fadp",
    "bdsg",
    "dpa2018",
    "title",
    "lgpd",
    "pipeda",
    "legislation",
    "standard",
    "tfeu",
    "teu",
    "eprivacy",
];

/// Papers that are not laws; another's unless it is this one.
const PAPERS: [&str; 16] = [
    "agreement",
    "terms",
    "policy",
    "addendum",
    "contract",
    "dpa",
    "msa",
    "baa",
    "form",
    "order",
    "statement",
    "sow",
    "licence",
    "license",
    "notice",
    "nda",
];

/// Whether a group refers to a law or to another document.
fn is_external(group: &scan::Group, around: &Around, own: &Own) -> bool {
    let first = &group.targets[0];
    let statute = group.targets.iter().any(scan::Target::is_statute);
    if statute || group.sign && !own.signs || ends_with_law(around.before) {
        return true;
    }
    if first.word == "clause" && own.transfers && !own.clauses && (own.sections || mentions_clauses(around.sentence)) {
        return true;
    }
    match of_what(around.after) {
        Belongs::Here => return false,
        Belongs::To(words) => {
            if words.iter().any(|w| is_law(w)) {
                return true;
            }
            if let Some(paper) = words.iter().find(|w| PAPERS.contains(&w.as_str())) {
                return !own.names.contains(paper);
            }
        }
        Belongs::Unsaid => {}
    }
    first.family == Family::Article && !own.articles && own.gdpr
}

fn is_law(word: &str) -> bool {
    LAWS.contains(&word)
}

/// Whether the words before a reference name a law: "GDPR Articles 32", "45 CFR § 164".
fn ends_with_law(before: &str) -> bool {
    let last =
        before.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(char::is_whitespace).next().unwrap_or_default();
    let last = last.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    // "the Rules in Schedule 1" and "by law, Section 5" are no citations: the name must stand right before.
    let close = before.len() - before.trim_end().len() <= 2 && !before.trim_end().ends_with([';', ':', ')']);
    close && last.starts_with(|c: char| c.is_uppercase()) && is_law(&last.to_lowercase())
}

/// What a reference says it belongs to.
enum Belongs {
    /// This document: "of this Agreement", "above", "hereof".
    Here,
    /// Something named in these words.
    To(Vec<String>),
    /// Nothing.
    Unsaid,
}

fn of_what(after: &str) -> Belongs {
    const REACH: usize = 8;
    let rest = past_title(after);
    let stop = rest.find(['.', ';', ')', ':', '\n']).unwrap_or(rest.len());
    let mut words = rest[..stop].split_whitespace();
    let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let Some(first) = words.next() else { return Belongs::Unsaid };
    match clean(first).as_str() {
        "above" | "below" | "hereof" | "hereto" | "herein" | "here" => Belongs::Here,
        "of" | "in" | "to" | "under" | "from" => {
            let mut named = Vec::new();
            for word in words.take(REACH) {
                let name = clean(word);
                if named.is_empty() && matches!(name.as_str(), "this" | "these") {
                    return Belongs::Here;
                }
                named.push(name);
                if word.ends_with(',') || is_law(&named[named.len() - 1]) {
                    break;
                }
            }
            Belongs::To(named)
        }
        // "Article 28 GDPR", "Article 28 (3) of ..."; a verb in small letters ends the search.
        _ if first.starts_with(|c: char| c.is_uppercase() || c == '(') => {
            let near =
                std::iter::once(first).chain(words).take(3).take_while(|w| w.starts_with(|c: char| !c.is_lowercase()));
            Belongs::To(near.map(clean).filter(|w| is_law(w)).collect())
        }
        _ => Belongs::Unsaid,
    }
}

/// The text after the title that a reference gives in brackets: "Section 4 (Fees) of ...".
fn past_title(after: &str) -> &str {
    const LONGEST: usize = 90;
    let rest = after.trim_start();
    let title = rest.strip_prefix('(').and_then(|r| r.find(')')).filter(|n| *n <= LONGEST);
    title.map_or(rest, |n| rest[n + 2..].trim_start())
}

/// Whether a sentence speaks of the standard contractual clauses, which have clauses of their own.
fn mentions_clauses(sentence: &str) -> bool {
    ["SCC", "Standard Contractual", "standard contractual", "Standard contractual", "Module", "ocking", "the Clauses"]
        .iter()
        .any(|n| sentence.contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kind::tests::contract;

    const BODY: &str = "# Supply Agreement\n\n1. Scope\n\n1.1 Gears. The seller sells gears.\n\n2. Price\n\n2.1 Sum. The buyer pays:\n\n(a) the price; and\n\n(b) the tax.\n\n3. Rest\n\n3.1 Other. XX\n\n# Schedule 1 Boxes\n\n1. Sizes\n\nBoxes are large.\n\n# Annex II\n\nCogs are round.\n";

    fn found(sentence: &str) -> Vec<String> {
        let (contract, tree) = contract(&BODY.replace("XX", sentence));
        let cite = |r: &Reference| r.clause.map_or("-".to_string(), |c| tree.cite(c).to_string());
        references(&contract, &tree)
            .iter()
            .map(|r| format!("{}|{} -> {}", r.span.of(&contract.text), r.label, cite(r)))
            .collect()
    }

    #[test]
    fn references_lead_to_clauses_and_dangling_ones_to_none() {
        let cases: [(&str, &[&str]); 14] = [
            ("See Section 2.1 below.", &["Section 2.1|section 2.1 -> 2.1"]),
            ("See Section 2.1(b).", &["Section 2.1(b)|section 2.1(b) -> 2.1(b)"]),
            ("Clauses 1 and 2 and 9 apply.", &["Clauses 1|clause 1 -> 1", "2|clause 2 -> 2", "9|clause 9 -> -"]),
            (
                "Sections 1.1 (Gears) and 2.1 (Sum) apply.",
                &["Sections 1.1|section 1.1 -> 1.1", "2.1|section 2.1 -> 2.1"],
            ),
            (
                "See Schedule 1 and Annex II and Exhibit C.",
                &["Schedule 1|schedule 1 -> Schedule 1", "Annex II|annex II -> Annex II", "Exhibit C|exhibit C -> -"],
            ),
            (
                "See paragraph 1 of Schedule 1.",
                &["paragraph 1|paragraph 1 -> Schedule 1, 1", "Schedule 1|schedule 1 -> Schedule 1"],
            ),
            ("See Annex 2.", &["Annex 2|annex 2 -> Annex II"]),
            ("Under Article 28 of the GDPR and Article 6 GDPR it pays.", &[]),
            ("Under 45 CFR Section 164.504(e) it pays.", &[]),
            ("Section 4 of the Companies Act applies.", &[]),
            ("Section 9 of the Master Lease Terms applies.", &[]),
            ("Section 2 of this Agreement applies.", &["Section 2|section 2 -> 2"]),
            ("Section 2 within 30 days, and section by section.", &["Section 2|section 2 -> 2"]),
            ("Clause 7 of the EU SCCs shall apply.", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(found(text), want, "{text}");
        }
    }
}
