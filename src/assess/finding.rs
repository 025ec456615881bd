//! The review as data: what every report is made from. Field names are the keys of the JSON report.

use crate::library::page::Rank;
use crate::library::{Check, CitationKind, Issue, Severity, Status};
use crate::source::View;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the review says about one provision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// Id of the provision.
    pub provision: String,
    /// Its title.
    pub title: String,
    /// The issue that it belongs to.
    pub issue: Issue,
    /// How much the gap matters; of what is met, how much its absence would.
    pub severity: Severity,
    /// What the text says.
    pub status: Status,
    /// Whether the provision applies to this contract.
    pub applies: AppliesFinding,
    /// Whether the house position for this kind of contract, or a chosen law, asks for it.
    pub demanded: bool,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// What was not supplied, or not read, and may answer it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub unread: Vec<Unread>,
    /// What tracked changes would add once they are accepted; until then `status` is that of the text without them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<Change>,
    /// What tracked changes would take away once they are accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Change>,
    /// The view in which more is stated, where tracked changes make a difference to the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_in: Option<View>,
    /// Paths of documents in which its wordings stand in more places than were weighed; the review warns of them.
    #[serde(skip)]
    pub unweighed: Vec<String>,
    /// Its elements.
    pub elements: Vec<ElementFinding>,
    /// The wording that decided the status, at most three quotes; of a missing one the nearest miss, if any.
    pub evidence: Vec<Evidence>,
    /// Decisive wording that only the text before the tracked changes holds; its bytes count in that text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub deleted: Vec<Evidence>,
    /// What the status does not weigh.
    pub concerns: Vec<Concern>,
    /// Figures stated, null where none is.
    pub parameters: BTreeMap<String, Parameter>,
    /// Sources that ask for it.
    pub laws: Vec<LawFinding>,
    /// The text that closes the gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Suggestion>,
}

impl Finding {
    /// Whether it is a gap: something to ask for that applies and is demanded.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.status != Status::Met && self.demanded && self.applies.answer == Answer::Yes
    }
}

impl Finding {
    /// The severity that it ranks with: its own, or that of a graver concern. Where nothing is there, nothing is cut
    /// back either, and its own severity stands.
    #[must_use]
    pub fn weight(&self) -> Severity {
        let concern = self.concerns.iter().map(|c| c.severity).max().filter(|_| self.status != Status::Missing);
        concern.map_or(self.severity, |c| c.max(self.severity))
    }
}

/// Whether a provision applies.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AppliesFinding {
    /// The answer.
    pub answer: Answer,
    /// Why.
    pub why: String,
}

/// Yes, no, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It applies.
    Yes,
    /// It does not.
    No,
    /// The text does not tell; a question to the user.
    Unknown,
}

/// How sure a verdict is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Confidence {
    /// "clear" on the text, or to "check".
    pub level: Level,
    /// Why.
    pub why: String,
}

/// Level of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Clear on the text.
    Clear,
    /// A reader should check it.
    Check,
}

/// Tracked changes that a finding hangs on: who made them, and what the text states in the better of its two views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Who made them, as the file says; several names are joined by commas.
    pub author: String,
    /// When the latest was made, ISO 8601 as the file says; empty where it does not.
    pub date: String,
    /// The status in the view that states more.
    pub status: Status,
}

/// Something that the contract refers to and that was not supplied, or a part of what was supplied that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unread {
    /// What it is.
    pub what: String,
    /// The clause that refers to it, or after which it stands.
    pub clause: String,
    /// The words that refer to it, or after which it stands.
    pub quote: String,
    /// Whether it was supplied: a part of a file that could not be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub supplied: bool,
}

/// What the review says about one element.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElementFinding {
    /// Its id.
    pub id: String,
    /// Whether the contract states it.
    pub status: ElementStatus,
    /// Who asks for it: "baseline" where the verdict's formulas name it.
    pub demanded_by: Vec<String>,
    /// Whether the verdict still wants it: of alternatives, those of the one that lacks least.
    pub wanted: bool,
    /// Where it is stated.
    pub evidence: Vec<Evidence>,
}

/// Status of an element, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ElementStatus {
    /// Stated.
    Met,
    /// Stated with efforts, conditions or discretion.
    Weak,
    /// Not stated.
    Missing,
    /// Taken away.
    Adverse,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Evidence {
    /// The document it stands in.
    pub file: String,
    /// Verbatim words: the document's text from `start` to `end`.
    pub quote: String,
    /// Label of the clause ("5.2(b)"), empty where it has none.
    pub clause: String,
    /// Heading above it.
    pub heading: String,
    /// First byte in the text that "proviso text" prints.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The one view of tracked changes that holds the words, where both were judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_in: Option<View>,
    /// The lead-in that the quote completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// The wording of the library that it matched.
    pub rule: String,
}

/// Something on a finding that counts for ranking, never for its status.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Concern {
    /// Id of the adverse wording.
    pub id: String,
    /// How much it matters.
    pub severity: Severity,
    /// The words.
    pub quote: String,
    /// Why it matters.
    pub why: String,
    /// The one view of tracked changes in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_in: Option<View>,
}

/// A figure of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Parameter {
    /// A whole number in the unit that the parameter's name ends in.
    Figure(u32),
    /// "undue-delay" for a prompt notice without a figure.
    Word(String),
    /// Not stated.
    Null,
}

/// A source on a finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LawFinding {
    /// The profile it was judged under, or the law's id.
    pub profile: String,
    /// The place.
    pub citation: String,
    /// What it is to the contract.
    pub kind: CitationKind,
    /// Whether the place was read.
    pub check: Check,
    /// Whether what the law demands of the contract is there.
    pub required: Required,
    /// How the house position stands.
    pub policy: Status,
    /// The elements that it demands and does not find.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub lacking: Vec<String>,
    /// Conditions on which it demands more, which nobody has answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub conditions: Vec<String>,
}

/// Whether what a law demands of the contract is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// It cannot be told, or no profile of that law was asked for.
    Unclear,
}

/// Clause text that closes a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// Preferred, fallback or walk-away.
    pub position: Rank,
    /// The text, in the contract's own names.
    pub text: String,
    /// Where it goes.
    pub place: String,
    /// What to say to the other side.
    pub comment: String,
    /// What could not be filled in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub placeholders: Vec<String>,
}
