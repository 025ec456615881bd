//! A provision page: the Markdown file in which a lawyer says what a provision asks for, how drafters word it,
//! what takes it away, when it is met, and what we propose instead. `clause-library/README.md` explains it.

mod attributes;
mod blocks;
mod looked;
mod reader;
mod texts;
mod words;

use super::diagnostic::Diagnostic;
use super::formula::Formula;
use super::rule::Expr;
use super::{Applies, Citation, Issue, Severity, Status};
use reader::Reader;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A page as it was read. Rules still name lists; [`super::compile`] resolves them.
#[derive(Clone, Debug)]
pub struct Page {
    /// File name without its ending.
    pub id: String,
    /// What stands between the `+++` lines.
    pub front: Front,
    /// What the agreement must say.
    pub requirement: String,
    /// Why a customer needs it.
    pub why: String,
    /// What silence of the contract means.
    pub if_silent: String,
    /// Word lists of the page's own, beside those of the vocabulary.
    pub words: Vec<OwnList>,
    /// What is looked for.
    pub elements: Vec<Looked>,
    /// What removes or cuts back.
    pub patterns: Vec<Looked>,
    /// The least that makes it found.
    pub core: Formula,
    /// What makes it met.
    pub met: Formula,
    /// Clause texts, best first.
    pub positions: Vec<Position>,
    /// What is said to the other side with the proposed text.
    pub comment: String,
    /// Texts with the verdict that each must get.
    pub examples: Vec<Example>,
    /// Texts by someone who has not seen the rules.
    pub unseen: Vec<Example>,
}

/// Front matter of a page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Title of the provision.
    pub title: String,
    /// Severity of its absence.
    pub severity: Severity,
    /// Issue that it is grouped under.
    pub issue: Issue,
    /// When it applies: any of these.
    pub applies_when: Vec<Applies>,
    /// Kinds of document for which the house position does not ask for it.
    #[serde(default)]
    pub not_demanded_in: Vec<String>,
    /// Whether wording to the contrary makes it adverse (`../domain` row), or only missing.
    #[serde(default = "yes")]
    pub adverse: bool,
    /// Provisions that its examples may meet as well.
    #[serde(default)]
    pub also_met: Vec<String>,
    /// Provisions that already say it by what they exclude: where one of them is met, its absence is a wish.
    #[serde(default)]
    pub implied_by: Vec<String>,
    /// Date of the last review by a lawyer, ISO.
    pub reviewed: String,
    /// How many of the unseen texts got their verdict before the rules learnt from them, "5/6".
    #[serde(default)]
    pub unseen_first_run: String,
    /// Sources.
    #[serde(default, rename = "citation")]
    pub citations: Vec<Citation>,
}

fn yes() -> bool {
    true
}

/// A word list of one page, or wordings that its rules share.
#[derive(Clone, Debug)]
pub struct OwnList {
    /// Its name, in capitals.
    pub name: String,
    /// Where the name stands.
    pub at: Range<usize>,
    /// Its entries with their place in the file.
    pub entries: Vec<(Expr, Range<usize>)>,
}

/// An element, or an adverse wording.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Its id within the page.
    pub id: String,
    /// The question that it answers, or why the wording hurts.
    pub question: String,
    /// How its hits are read.
    pub reading: Reading,
    /// Its wordings with their place in the file.
    pub rules: Vec<(Expr, Range<usize>)>,
    /// Wordings in whose sentence none of its own counts.
    pub unless: Vec<(Expr, Range<usize>)>,
}

/// How hits of an element or of an adverse wording are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Whose duty (or right) it has to be.
    pub by: By,
    /// The elements one of whose hits must stand within the scope; none: anywhere in the contract.
    pub anchors: Vec<u16>,
    /// How far from its anchor it may stand. For adverse wordings: how far it reaches.
    pub scope: Scope,
    /// "may" states it as well as "shall".
    pub may: bool,
    /// A "not" before it does not undo it.
    pub negation: bool,
    /// Efforts wording does not make it weak.
    pub efforts: bool,
    /// "Where possible" does not make it weak: on a duty to assist it echoes Article 28(3)(e) of the GDPR.
    pub possibility: bool,
    /// Definitions are read too.
    pub definitions: bool,
    /// Headings are read too.
    pub headings: bool,
    /// The parameter that its period gives.
    pub parameter: Option<String>,
    /// For adverse wordings: takes the protection away, where false cuts it back.
    pub defeats: bool,
    /// For adverse wordings that cut back: the elements that become weak; none: all that are hit there.
    pub weakens: Vec<u16>,
}

/// Whose duty or right an element is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The party that provides the service, or nobody named.
    #[default]
    Vendor,
    /// The party that receives it, or nobody named.
    Customer,
    /// Whoever.
    Anyone,
}

/// How far two pieces of evidence may stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// The same sentence.
    #[default]
    Sentence,
    /// The same numbered clause, its items included.
    Clause,
    /// The same top-level clause of its schedule, or a clause that refers to it.
    Section,
    /// The same document.
    Contract,
}

/// Clause text that we propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Preferred, fallback or walk-away.
    pub rank: Rank,
    /// Text with {slots} and [placeholders].
    pub text: String,
    /// Who may approve it; empty for the preferred text.
    pub approval: String,
}

/// How a position ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// What we ask for.
    Preferred,
    /// What we accept instead.
    Fallback,
    /// Below which we do not sign.
    WalkAway,
}

/// A text and the verdict that it must get.
#[derive(Clone, Debug)]
pub struct Example {
    /// The verdict.
    pub status: Status,
    /// The contract text, as Markdown.
    pub text: String,
    /// Where it stands in the page.
    pub at: Range<usize>,
}

/// Sections of a page, in their order.
pub const SECTIONS: [&str; 10] = [
    "Requirement",
    "Why it matters",
    "If silent",
    "Words",
    "Look for",
    "Removes or cuts back",
    "Verdict",
    "Positions",
    "Examples",
    "Unseen",
];

/// Those that a page may do without.
const OPTIONAL: [&str; 2] = ["Words", "Unseen"];

/// Reads a page.
///
/// # Errors
/// All mistakes in it, each at its place.
pub fn read(text: &str, id: &str, file: &str) -> Result<Page, Vec<Diagnostic>> {
    let mut reader = Reader { text, file, out: Vec::new() };
    let page = reader.page(id);
    match page {
        Some(page) if reader.out.iter().all(|d| d.warning) => Ok(page),
        _ => Err(reader.out),
    }
}
