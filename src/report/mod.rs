//! Reports: one file per format over the same data.

mod about;
mod entry;
pub mod html;
pub mod json;
mod lines;
pub mod markdown;
mod markup;
mod order;
pub mod terminal;
mod words;

use crate::assess::finding::{Finding, Unread};
use crate::facts::kind::{DocumentKind, Relationship};
use crate::facts::parties::Party;
use crate::library::{Severity, Status};
use crate::source::{Format, Views};
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the JSON report's shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// A whole review: what it was made with, its documents, and their sum.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Review {
    /// What it was made with.
    pub header: Header,
    /// Documents, in path order.
    pub documents: Vec<DocumentReview>,
    /// Their sum.
    pub summary: Summary,
}

/// What a review was made with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Header {
    /// Version of this shape.
    pub schema_version: String,
    /// Version of the program.
    pub tool_version: String,
    /// The clause library.
    pub library: LibraryStamp,
    /// Profiles judged by.
    pub profiles: Vec<String>,
    /// Views of tracked changes that were judged.
    pub view: Views,
    /// Side and what else was given or assumed.
    pub matter: Matter,
    /// What a reader must still check.
    pub limits: Vec<String>,
}

/// Which library judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LibraryStamp {
    /// Its version.
    pub version: String,
    /// Date of its latest reviewed page.
    pub date: String,
    /// SHA-256 of its pages.
    pub digest: String,
    /// How many provisions it judges.
    pub provisions: usize,
}

/// The side a review is made from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Matter {
    /// Our side.
    pub we_are: Side,
    /// Whether the user said so; else it is assumed.
    pub given: bool,
}

/// A side of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Who receives the service.
    Customer,
    /// Who provides it.
    Vendor,
    /// Either.
    Both,
}

/// Review of one document, or of several judged as one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentReview {
    /// Its path, relative to what was given.
    pub path: String,
    /// The documents judged together with it, itself included; empty for one alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub together: Vec<String>,
    /// Its format.
    pub format: Option<Format>,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whether it could be reviewed.
    pub status: DocumentStatus,
    /// Why it could not, and the remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What was left out of the text or looks odd.
    pub warnings: Vec<String>,
    /// Views of tracked changes that were judged.
    pub view: Views,
    /// Profiles that it was judged by.
    pub judged_by: Vec<JudgedBy>,
    /// Language of the text.
    pub language: String,
    /// Kind of document.
    pub kind: Recognised<DocumentKind>,
    /// Relationship of the parties.
    pub relationship: Recognised<Relationship>,
    /// Its title.
    pub title: String,
    /// The parties.
    pub parties: Vec<Party>,
    /// Term, law, precedence, liability cap.
    pub key_facts: KeyFacts,
    /// Words of its text.
    pub words: usize,
    /// Clauses of its tree.
    pub clauses: usize,
    /// What it refers to and what was not supplied.
    pub not_supplied: Vec<Unread>,
    /// Parts of it that could not be read: what they say is not judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub not_read: Vec<Unread>,
    /// Placeholders left unfilled.
    pub placeholders: Vec<String>,
    /// Notes to the drafter that stand in the text; nothing in them was counted as a term.
    pub drafting_notes: Vec<String>,
    /// Findings, by provision.
    pub findings: Vec<Finding>,
}

/// A profile that a document was judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JudgedBy {
    /// Id of the profile.
    pub profile: String,
    /// What in the contract proposed it; empty where the user named it.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(default)]
    pub why: String,
}

/// Whether a document could be reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DocumentStatus {
    /// It was.
    Reviewed,
    /// It was not.
    Failed,
}

/// Something recognised, with the words that say so.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Recognised<T> {
    /// What.
    pub is: T,
    /// The words that say so; empty where none do.
    pub quote: String,
}

/// Sentences that state the key facts; empty where none does.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct KeyFacts {
    /// Term and renewal.
    pub term: String,
    /// Governing law.
    pub governing_law: String,
    /// Order of precedence.
    pub precedence: String,
    /// Cap of liability.
    pub liability_cap: String,
}

/// The sum of a review.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Documents given.
    pub documents: usize,
    /// Documents that could not be read.
    pub failed: usize,
    /// Gaps that apply and are demanded, by severity.
    pub gaps: Gaps,
    /// Findings by status, of those that apply and are demanded.
    pub met: usize,
    /// Partly addressed.
    pub partial: usize,
    /// Not found.
    pub missing: usize,
    /// Contrary to our position.
    pub adverse: usize,
}

/// Gaps by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gaps {
    /// Deal-breakers.
    pub critical: usize,
    /// High.
    pub high: usize,
    /// Medium.
    pub medium: usize,
    /// Low.
    pub low: usize,
}

impl Gaps {
    /// Counts one more gap.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Critical => self.critical += 1,
            Severity::High => self.high += 1,
            Severity::Medium => self.medium += 1,
            Severity::Low => self.low += 1,
        }
    }

    /// Gaps of this severity or a higher one.
    #[must_use]
    pub fn at_or_above(&self, severity: Severity) -> usize {
        let all = [
            (Severity::Critical, self.critical),
            (Severity::High, self.high),
            (Severity::Medium, self.medium),
            (Severity::Low, self.low),
        ];
        all.iter().filter(|(s, _)| *s >= severity).map(|(_, n)| n).sum()
    }
}

impl Summary {
    /// The sum of documents.
    #[must_use]
    pub fn of(documents: &[DocumentReview]) -> Self {
        let mut out = Self::default();
        for document in documents {
            out.add(document);
        }
        out
    }

    /// Adds one document.
    pub fn add(&mut self, document: &DocumentReview) {
        self.documents += 1;
        self.failed += usize::from(document.status == DocumentStatus::Failed);
        for finding in
            document.findings.iter().filter(|f| f.demanded && f.applies.answer == crate::assess::finding::Answer::Yes)
        {
            match finding.status {
                Status::Met => self.met += 1,
                Status::Partial => self.partial += 1,
                Status::Missing => self.missing += 1,
                Status::Adverse => self.adverse += 1,
            }
            if finding.is_gap() {
                self.gaps.add(finding.weight());
            }
        }
    }
}

/// The words that people read for a status (the keys of the JSON report stay).
#[must_use]
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::Met => "addressed",
        Status::Partial => "partly addressed",
        Status::Missing => "not found",
        Status::Adverse => "contrary to our position",
    }
}

/// What a finding is called for people: a gap that tracked changes open or would close is that first, then one whose
/// answer was not supplied.
#[must_use]
pub fn finding_words(finding: &Finding) -> &'static str {
    if finding.pending.is_some() || finding.removed.is_some() {
        words::changed(finding.status, finding.removed.is_some())
    } else if finding.status != Status::Missing || finding.unread.is_empty() {
        status_words(finding.status)
    } else if finding.unread.iter().any(|u| u.supplied) {
        "not found; may be in what was not read"
    } else {
        "not found; may be in what was not supplied"
    }
}

/// What a reader must still check, said on the first page of every report.
#[must_use]
pub fn limits(library: &crate::library::Library) -> Vec<String> {
    let measured = library.measured.as_ref().map_or_else(
        || "How often \"addressed\" is wrong was not measured for this library.".into(),
        |m| {
            format!(
                "On {} labelled test contracts that the library was not written on, {} of {} verdicts \"addressed\" were wrong: in {} the provision was not there, in \
                 {} only in part.",
                m.contracts,
                m.absent + m.partly,
                m.addressed,
                m.absent,
                m.partly
            )
        },
    );
    vec![
        "Not legal advice; a qualified lawyer decides.".into(),
        format!(
            "Judged: the {} of this library, on the text supplied. Other terms were not judged.",
            words::count(library.provisions.len(), "provision", "provisions")
        ),
        "Verdicts rest on the words quoted. Read each quote in its clause before relying on it.".into(),
        measured,
    ]
}
