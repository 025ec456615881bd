//! What a contract leaves open: papers that it takes in and that are not in the file, blanks to be filled, boxes to
//! be ticked, notes to the drafter.

mod blanks;
mod drafting;

use crate::clause::{ClauseTree, Role};
use crate::facts::kind::phrases::{Hit, Phrases, Words};
use crate::facts::references::{Reference, references};
use crate::source::Contract;
use crate::span::Span;
use crate::word::{Word, fold};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

pub use blanks::{placeholders, unticked};
pub use drafting::{alternatives, notes, without};

/// A paper that the contract refers to for its terms and that the file does not hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Incorporated {
    /// Its name, as the contract has it.
    pub what: String,
    /// The sentence that refers to it.
    pub quote: Span,
}

/// Papers by names that are capitalised.
const PAPER: u32 = 1;
/// Papers whose name says enough in small letters.
const PLAIN: u32 = 1 << 1;
/// Words that say too little alone: "the Agreement".
const BARE: u32 = 1 << 2;
const TAKES_IN: u32 = 1 << 3;
const REFERENCE: u32 = 1 << 4;
const AT: u32 = 1 << 5;
const REFERS: u32 = 1 << 6;
const LAW: u32 = 1 << 7;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (
            PAPER | BARE,
            "agreement,addendum,terms,policy,policies,conditions,contract,guidelines,schedule,annex,exhibit,guide,manual,dpa,baa,msa,specification,specifications,whitepaper,clauses,addenda,agreements,sccs",
        ),
        (
            PAPER,
            "documentation,order form,order forms,statement of work,statements of work,sow,sows,sla,slas,cover page,quote,code of conduct,service level agreement,service levels,security measures,privacy notice,security notice,services agreement,service agreement,master agreement,subscription agreement,standard terms,terms and conditions,standard contractual clauses,support policy,user guide,underlying agreement,trust center,trust centre,proposal,purchase order,price list,rate card",
        ),
        (
            PAPER | PLAIN,
            "privacy policy,privacy notice,privacy statement,cookie policy,security policy,acceptable use policy,terms of service,terms of use,data processing agreement,data processing addendum,business associate agreement,business associate addendum,retention policy,data retention policy,information security policy,list of sub-processors,list of subprocessors,sub-processor list,subprocessor list,sub-processors list,subprocessors list,sub-processor page,subprocessor page,main agreement,principal agreement,master services agreement",
        ),
        (TAKES_IN, "incorporated,incorporates,incorporate,incorporating"),
        (
            REFERENCE,
            "by reference,herein by reference,into this,in this,into these,in these,into agreement,herein,hereto,hereby",
        ),
        (
            AT,
            "available at,available here,available online,available on,available from,available via,available under,located at,located here,found at,found here,found on,accessible at,accessible via,accessible here,posted at,posted on,posted online,published at,published on,set forth at,set out at,listed at,listed on,listed here,viewed at,maintained at,viewable at,described at,accessed at,accessed via,http,https,www",
        ),
        (
            REFERS,
            "described in,set out in,set forth in,specified in,stated in,provided in,contained in,detailed in,outlined in,defined in,given in,identified in,referenced in,ascribed in,listed in,in accordance with,subject to,governed by,forms part of,form part of,forms a part of,part of,supplements,supplement,addendum to,addition to,amends,comply with,complies with,compliance with,pursuant to,exhibit to,annex to,appendix to,schedule to,incorporates,supplemental to,entered into under",
        ),
        (LAW, "act,regulation,directive,gdpr,law,laws,code,hipaa,ccpa"),
    ])
});

/// What a contract refers to for its terms and does not hold, in text order, each once.
#[must_use]
pub fn incorporated(contract: &Contract, tree: &ClauseTree) -> Vec<Incorporated> {
    incorporated_beside(contract, tree, &references(contract, tree))
}

/// The same where the references of the contract are known.
#[must_use]
pub fn incorporated_beside(contract: &Contract, tree: &ClauseTree, references: &[Reference]) -> Vec<Incorporated> {
    let text = &contract.text;
    let words = Words::new(text);
    let present = Present::new(text, tree);
    let mut found: Vec<(Span, Span)> = Vec::new();
    let mut own = FxHashSet::default();
    if let Some(title) = crate::facts::kind::title(contract, tree) {
        own.insert(title.of(text).to_lowercase());
    }
    for sentence in &tree.sentences {
        if matches!(sentence.role, Role::Contents | Role::Signature | Role::Furniture | Role::Heading) {
            continue;
        }
        let cut = words.of(sentence.span);
        let hits: Vec<Hit> = PHRASES.hits(cut).collect();
        let names = names(text, cut, &hits);
        if names.is_empty() {
            continue;
        }
        own.extend(names.iter().filter(|n| n.own).map(|n| n.span.of(text).to_lowercase()));
        let attached = references.iter().any(|r| sentence.span.contains(r.span) && r.clause.is_some());
        found.extend(taken_in(&hits, &names, attached).map(|n| (n, sentence.span)));
    }
    found.extend(dangling(references, tree));
    found.sort_by_key(|(name, _)| name.start);
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for (name, quote) in found {
        let what = name.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let key = key(&what);
        let known =
            own.iter().chain(&seen).any(|o| ends_with_name(o, &key)) || seen.iter().any(|s| ends_with_name(&key, s));
        if !known && !present.holds(&key) {
            seen.push(key);
            out.push(Incorporated { what, quote });
        }
    }
    out
}

/// A name to compare by: the standard contractual clauses go by many.
fn key(what: &str) -> String {
    let lower = what.to_lowercase();
    if lower.ends_with("sccs") || lower.ends_with("contractual clauses") {
        "standard contractual clauses".to_string()
    } else {
        lower
    }
}

/// Whether `long` is `short` or the same with words in front: "Northwind Privacy Policy", "Privacy Policy".
fn ends_with_name(long: &str, short: &str) -> bool {
    long.strip_suffix(short).is_some_and(|head| head.is_empty() || head.ends_with(' '))
}

/// References to schedules that the contract lacks, with the sentence of each.
fn dangling(references: &[Reference], tree: &ClauseTree) -> Vec<(Span, Span)> {
    let schedules = ["schedule", "annex", "exhibit", "appendix", "attachment"];
    let lacking = references.iter().filter(|r| r.clause.is_none() && schedules.iter().any(|s| r.label.starts_with(s)));
    lacking
        .filter_map(|r| {
            let at = tree.sentences.partition_point(|s| s.span.start <= r.span.start).checked_sub(1)?;
            Some((r.span, tree.sentences[at].span))
        })
        .collect()
}

/// The name of a paper in a sentence.
struct Name {
    span: Span,
    /// First and last word.
    words: (usize, usize),
    /// Whether "this" or "these" makes it the document itself.
    own: bool,
    /// Whether it says which paper it is.
    telling: bool,
}

/// Names of papers in a sentence, none inside another.
fn names(text: &str, words: &[Word], hits: &[Hit]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for name in hits.iter().filter(|h| h.bits & PAPER != 0).filter_map(|h| name(text, words, h)) {
        if out.last().is_some_and(|last| name.span.contains(last.span)) {
            out.pop();
        }
        out.push(name);
    }
    out
}

/// The name that the paper `hit` ends: capitalised words before it belong to it.
fn name(text: &str, words: &[Word], hit: &Hit) -> Option<Name> {
    const LONGEST: usize = 7;
    let last = hit.at + hit.len - 1;
    let capital = words[hit.at].marks.capital;
    let mut first = hit.at;
    while capital
        && first > 0
        && last - first < LONGEST
        && !words[first].marks.after_pause
        && !words[first].marks.after_article
    {
        let before = &words[first - 1];
        let joined = joins(before) && first > 1 && words[first - 2].marks.capital && last - first < LONGEST - 1;
        if before.marks.possessive
            || !(before.marks.capital || joined)
            || is_determiner(before)
            || parted(text, before, &words[first])
        {
            break;
        }
        first -= if joined { 2 } else { 1 };
    }
    let this =
        first.checked_sub(1).is_some_and(|b| is_any(&words[b], &["this", "these"]) && !words[first].marks.after_pause);
    let bare = hit.bits & BARE != 0 && first == hit.at;
    let law =
        words[first..=last].iter().any(|w| PHRASES.at(std::slice::from_ref(w), 0).is_some_and(|h| h.bits & LAW != 0));
    let telling = !bare && (capital || hit.bits & PLAIN != 0) && !law;
    let span = Span { start: words[first].span.start, end: words[last].span.end };
    (telling && !in_address(text, span) || this).then_some(Name { span, words: (first, last), own: this, telling })
}

/// Whether a name is part of an address or of a placeholder: "example.com/terms-of-service".
fn in_address(text: &str, name: Span) -> bool {
    let around: &[char] = &['/', '-', '_', '{'];
    let (start, end) = (name.start as usize, name.end as usize);
    text[..start].ends_with(around)
        || text[..start].ends_with('.')
        || text[end..].starts_with(around)
        || text[start..end].contains('_')
}

fn joins(word: &Word) -> bool {
    word.hash == fold("and", None) || word.hash == fold("of", None)
}

fn is_any(word: &Word, list: &[&str]) -> bool {
    list.iter().any(|w| word.hash == fold(w, None))
}

/// Words that stand before a name without being part of it, even at the start of a sentence.
fn is_determiner(word: &Word) -> bool {
    const LIST: [&str; 36] = [
        "this", "these", "that", "our", "your", "its", "their", "such", "any", "each", "all", "in", "to", "by", "see",
        "under", "per", "for", "with", "if", "where", "when", "as", "is", "no", "both", "from", "on", "unless",
        "while", "upon", "every", "other", "please", "any", "and",
    ];
    is_any(word, &LIST)
}

/// Whether a full stop, quotation mark or line end stands between two words.
fn parted(text: &str, before: &Word, after: &Word) -> bool {
    text.get(before.span.end as usize..after.span.start as usize)
        .is_none_or(|gap| gap.contains(['.', '"', '“', '”', '/', '|', '\t']))
}

/// Names of papers that a sentence takes in.
fn taken_in<'a>(hits: &'a [Hit], names: &'a [Name], attached: bool) -> impl Iterator<Item = Span> + 'a {
    const CLOSE: usize = 3;
    let all = hits.iter().fold(0, |bits, h| bits | h.bits);
    let whole = all & (TAKES_IN | REFERENCE) == TAKES_IN | REFERENCE;
    let place = hits.iter().find(|h| h.bits & AT != 0).map(|h| h.at);
    let nearest = place.and_then(|at| {
        let before = names.iter().rfind(|n| n.telling && !n.own && n.words.1 < at);
        before.or_else(|| names.iter().find(|n| n.telling && !n.own && n.words.0 > at)).map(|n| n.span)
    });
    names.iter().filter(move |n| n.telling && !n.own).filter_map(move |n| {
        let referred =
            hits.iter().any(|h| h.bits & REFERS != 0 && h.at < n.words.0 && n.words.0 - (h.at + h.len) < CLOSE);
        (nearest == Some(n.span) || !attached && (whole || referred)).then_some(n.span)
    })
}

/// Titles of what the file holds.
struct Present(Vec<String>);

impl Present {
    fn new(text: &str, tree: &ClauseTree) -> Self {
        // A title with nothing under it, such as that of a schedule to come, holds nothing.
        let filled = tree.clauses.iter().filter_map(|c| c.heading.filter(|h| c.span.end > h.end + 1));
        Self(filled.map(|h| h.of(text).to_lowercase()).collect())
    }

    fn holds(&self, name: &str) -> bool {
        self.0.iter().any(|title| title.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kind::tests::contract;

    fn found(text: &str) -> Vec<String> {
        let (contract, tree) = contract(text);
        incorporated(&contract, &tree).into_iter().map(|i| i.what).collect()
    }

    #[test]
    fn papers_that_are_taken_in_and_not_there_are_named() {
        let cases: [(&str, &[&str]); 14] = [
            ("Our Data Processing Addendum at https://example.com/dpa applies.", &["Data Processing Addendum"]),
            ("The Security Policy is incorporated by reference.", &["Security Policy"]),
            ("We use data as our privacy policy says, available at www.example.com.", &["privacy policy"]),
            ("The Service performs as described in the Documentation.", &["Documentation"]),
            ("This Addendum forms part of the Master Services Agreement.", &["Master Services Agreement"]),
            ("The list of sub-processors is published at example.com.", &["list of sub-processors"]),
            ("The parties keep to Exhibit C.", &["Exhibit C"]),
            ("Goods are sold subject to this Agreement.", &[]),
            ("The vendor complies with the Data Protection Act.", &[]),
            ("The vendor has a policy and agrees to the terms.", &[]),
            ("The buyer is incorporated in Ruritania under the Trade Terms Act.", &[]),
            ("Mail us at https://example.com.", &[]),
            (
                "The Security Policy in Annex 1 is incorporated by reference.\n\n# Annex 1 Security Policy\n\nDoors are locked.\n",
                &[],
            ),
            ("Work is done in accordance with the Support Policy and the Order Form.", &["Support Policy"]),
        ];
        for (text, want) in cases {
            assert_eq!(found(text), want, "{text}");
        }
    }
}
