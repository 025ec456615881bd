//! From the blocks of a contract to its clauses, sentences and units: what a reader sees as "5.2(b)".

mod cut;
mod follow;
pub mod label;
mod outline;
mod piece;
mod relation;
mod section;
mod sentence;
mod title;
mod unit;

use crate::source::{Contract, Place};
use crate::span::Span;

pub use unit::{Part, Unit};

/// A contract's clauses in document order. Clause 0 is what stands before the first of them.
#[derive(Clone, Debug, Default)]
pub struct ClauseTree {
    /// Clauses; a parent stands before its children.
    pub clauses: Vec<Clause>,
    /// Paragraphs of text, without labels and headings.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of all paragraphs and headings, in text order.
    pub sentences: Vec<Sentence>,
    /// What matching reads.
    pub units: Vec<Unit>,
}

/// A clause: a numbered or headed part of the contract.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its label as it stands ("5.2", "(b)"); empty where it has none.
    pub label: String,
    /// The label to cite it by ("5.2(b)", "Schedule 1, 2.3"); empty where neither it nor an ancestor has one.
    pub path: String,
    /// Its heading, run-in or on a line of its own.
    pub heading: Option<Span>,
    /// What kind of text it holds.
    pub kind: Kind,
    /// The clause that it is part of.
    pub parent: Option<u32>,
    /// How many clauses it is inside of.
    pub depth: u16,
    /// From its label to the end of its last sub-clause.
    pub span: Span,
    /// Its outermost ancestor within its schedule, or itself: what scope "section" spans.
    pub section: u32,
}

/// What kind of text a clause holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Operative terms.
    #[default]
    Body,
    /// What stands before the first clause: title, date, parties.
    Front,
    /// Recitals, background.
    Recitals,
    /// Definitions.
    Definitions,
    /// A schedule, annex, exhibit or appendix.
    Schedule,
    /// The table of contents.
    Contents,
    /// The signature block.
    Signatures,
}

/// A paragraph of text.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its text, without label and heading.
    pub span: Span,
    /// The clause that it belongs to.
    pub clause: u32,
    /// Where it stands.
    pub place: Place,
    /// Whether it is a bullet or a list item without a clause of its own.
    pub item: bool,
    /// Nesting: list depth or indent step, to find its lead-in.
    pub level: u16,
}

/// A sentence, or a heading.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Its text.
    pub span: Span,
    /// The clause that it belongs to.
    pub clause: u32,
    /// Index into [`ClauseTree::paragraphs`]; `None` for a heading.
    pub paragraph: Option<u32>,
    /// What it is good for.
    pub role: Role,
}

/// What a sentence is good for. Only text states duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A term of the contract.
    #[default]
    Text,
    /// A heading.
    Heading,
    /// A definition ("X means ...").
    Definition,
    /// A recital.
    Recital,
    /// An entry of the table of contents.
    Contents,
    /// Part of the signature block.
    Signature,
    /// A header or footer.
    Furniture,
}

impl ClauseTree {
    /// The clauses of `contract`.
    #[must_use]
    pub fn new(contract: &Contract) -> Self {
        let pieces = piece::pieces(contract);
        let mut tree = outline::outline(contract, pieces);
        sentence::split(&mut tree, &contract.text);
        tree.units = unit::units(&tree, &contract.text);
        tree
    }

    /// Whether `inner` is `outer` or lies within it.
    #[must_use]
    pub fn within(&self, inner: u32, outer: u32) -> bool {
        std::iter::successors(Some(inner), |c| self.clauses[*c as usize].parent).any(|c| c == outer)
    }

    /// The numbered clause that `clause` is an item of: "5.2" for "5.2(b)(i)"; itself where it is no item.
    #[must_use]
    pub fn base(&self, clause: u32) -> u32 {
        let is_item = |c: u32| {
            let label = &self.clauses[c as usize].label;
            let letters = label.trim_matches(|c: char| !c.is_alphanumeric());
            !label.is_empty()
                && (label.starts_with('(') || letters.len() <= 4 && letters.chars().all(char::is_lowercase))
        };
        let mut at = clause;
        while let Some(parent) = self.clauses[at as usize].parent.filter(|_| is_item(at)) {
            at = parent;
        }
        at
    }

    /// The label to cite `clause` by, and where it has none, nothing.
    #[must_use]
    pub fn cite(&self, clause: u32) -> &str {
        &self.clauses[clause as usize].path
    }

    /// The nearest heading above the text of `clause`, its own included.
    #[must_use]
    pub fn heading(&self, clause: u32) -> Option<Span> {
        std::iter::successors(Some(clause), |c| self.clauses[*c as usize].parent)
            .find_map(|c| self.clauses[c as usize].heading)
    }
}
