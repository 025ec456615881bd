//! What a reader must know of a contract before judging it: language, kind, parties, terms, references, periods,
//! and what the file refers to without holding it.

pub mod kind;
pub mod parties;
pub mod period;
pub mod references;
pub mod supplied;
pub mod terms;

use crate::clause::ClauseTree;
use crate::source::Contract;
use crate::span::Span;

/// Facts of one contract. Spans lie in its text.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Language of the text, as an English name, where it could be told.
    pub language: Option<Language>,
    /// Kind of document.
    pub kind: kind::DocumentKind,
    /// The words that say so.
    pub kind_quote: Option<Span>,
    /// Relationship of the parties.
    pub relationship: kind::Relationship,
    /// The words that say so.
    pub relationship_quote: Option<Span>,
    /// Title of the document.
    pub title: Option<Span>,
    /// The parties.
    pub parties: parties::Parties,
    /// Defined terms.
    pub terms: Vec<terms::Term>,
    /// Cross-references.
    pub references: Vec<references::Reference>,
    /// Periods.
    pub periods: Vec<period::Period>,
    /// Terms incorporated by reference and not in the file.
    pub incorporated: Vec<supplied::Incorporated>,
    /// Placeholders left unfilled.
    pub placeholders: Vec<Span>,
    /// Options left unticked.
    pub unticked: Vec<Span>,
    /// Notes to the drafter; nothing in them is a term.
    pub drafting: Vec<Span>,
    /// Wording in brackets that may be one choice of several.
    pub alternatives: Vec<Span>,
    /// What kinds of data the contract handles.
    pub handles: kind::Handles,
    /// Term, law, precedence, liability cap.
    pub key_facts: kind::KeyFacts,
}

/// A language, and whether that is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its name in English ("German").
    pub name: String,
    /// Whether it is English.
    pub english: bool,
    /// Whether enough text was there to be sure.
    pub certain: bool,
}

impl Facts {
    /// Everything known of a contract.
    #[must_use]
    pub fn new(contract: &Contract, tree: &ClauseTree) -> Self {
        let drafting = supplied::notes(contract);
        let contract = &*supplied::without(contract, &drafting);
        let placeholders = supplied::placeholders(contract);
        let profile = kind::profile(contract, tree);
        let (kind, kind_quote) = profile.kind;
        let (relationship, relationship_quote) = profile.relationship;
        let references = references::references(contract, tree);
        Self {
            language: language(&contract.text),
            kind,
            kind_quote,
            relationship,
            relationship_quote,
            title: profile.title,
            parties: parties::parties(contract, tree),
            terms: terms::terms(contract, tree),
            incorporated: supplied::incorporated_beside(contract, tree, &references),
            references,
            periods: period::periods(&contract.text),
            unticked: supplied::unticked(contract),
            alternatives: supplied::alternatives(contract, &placeholders),
            placeholders,
            drafting,
            handles: profile.handles,
            key_facts: profile.key_facts,
        }
    }

    /// The label of the clause that holds a span.
    #[must_use]
    pub fn clause_at(&self, tree: &ClauseTree, span: Span) -> String {
        let after = tree.sentences.partition_point(|s| s.span.start <= span.start);
        let sentence = after.checked_sub(1).map(|i| tree.sentences[i]);
        sentence.map_or_else(String::new, |s| tree.cite(s.clause).to_string())
    }
}

/// The language of a text, by its middle: a cover page can be in two.
#[must_use]
pub fn language(text: &str) -> Option<Language> {
    // Enough for certainty, and little enough to cost nothing.
    const SAMPLE: usize = 3_000;
    // whatlang is unsure of shorter texts, and a clause may be quoted alone.
    const LEAST: usize = 240;
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(text.len().saturating_sub(SAMPLE) / 2);
    let sample = &text[start..floor((start + SAMPLE).min(text.len()))];
    let info = whatlang::detect(sample)?;
    Some(Language {
        name: info.lang().eng_name().to_string(),
        english: info.lang() == whatlang::Lang::Eng,
        certain: info.is_reliable() && sample.len() >= LEAST,
    })
}
