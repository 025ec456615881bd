//! A finding as people read it: its words, quotes, points, concerns and the text that closes it.

use super::words;
use crate::assess::finding::{Concern, ElementFinding, ElementStatus, Evidence, Finding, Level, Suggestion};
use crate::library::{Severity, Status};

/// A finding, worded. Every text is one line, without control characters.
pub(super) struct Entry {
    /// Number of a gap within its document, from 1; of what is addressed, its place in that list.
    pub number: usize,
    /// Anchor for links within a report.
    pub anchor: String,
    /// Severity that it ranks with.
    pub severity: Severity,
    /// Its status, for styles; people read `status_words`.
    pub status: Status,
    pub status_words: &'static str,
    pub issue: &'static str,
    pub title: String,
    /// Clauses that it rests on, as cited.
    pub places: Vec<String>,
    pub quotes: Vec<Quote>,
    pub points: Vec<Points>,
    pub concerns: Vec<Worry>,
    /// What was not supplied and may answer it.
    pub unread: Vec<String>,
    /// Laws that demand it of the contract.
    pub required_by: Vec<String>,
    /// What the laws that were judged by say besides.
    pub law_notes: Vec<String>,
    pub sources: Vec<String>,
    /// Who changed what, where the verdict hangs on tracked changes.
    pub change: Option<String>,
    /// Whether tracked changes take it away.
    pub removed: bool,
    /// Why the verdict should be checked.
    pub check: Option<String>,
    pub proposal: Option<Proposal>,
}

/// A quote with its place.
pub(super) struct Quote {
    pub heading: &'static str,
    pub place: String,
    /// The lead-in that the quote completes.
    pub lead: Option<String>,
    pub text: String,
}

impl Quote {
    /// Lead-in and quote as one text.
    pub(super) fn whole(&self) -> String {
        self.lead.as_ref().map_or_else(|| self.text.clone(), |lead| format!("{lead} \u{2026} {}", self.text))
    }
}

/// Points of one standing.
pub(super) struct Points {
    pub heading: &'static str,
    pub list: Vec<String>,
}

/// A concern; its quote where it is not among the quotes of the finding.
pub(super) struct Worry {
    pub severity: Severity,
    pub text: String,
    pub quote: Option<String>,
}

/// A proposed text.
pub(super) struct Proposal {
    pub heading: String,
    pub paragraphs: Vec<String>,
    /// What a person has to fill in.
    pub to_fill: Vec<String>,
    /// What to say to the other side.
    pub to_say: String,
}

impl Entry {
    /// A finding, worded.
    pub(super) fn of(finding: &Finding, number: usize, anchor: String, several_files: bool) -> Self {
        Self {
            number,
            anchor,
            severity: finding.weight(),
            status: finding.status,
            status_words: super::finding_words(finding),
            issue: finding.issue.title(),
            title: words::clean(&finding.title),
            places: places(&finding.evidence, finding.status, several_files),
            quotes: finding.evidence.iter().chain(&finding.deleted).map(|e| quote(e, finding, several_files)).collect(),
            points: points(&finding.elements),
            concerns: finding.concerns.iter().map(|c| worry(c, &finding.evidence)).collect(),
            unread: finding.unread.iter().map(words::not_supplied).collect(),
            required_by: finding.laws.iter().filter_map(words::required_by).collect(),
            law_notes: finding.laws.iter().filter_map(words::law_note).collect(),
            sources: finding.laws.iter().map(words::source).collect(),
            change: words::change(finding),
            removed: finding.removed.is_some(),
            check: (finding.confidence.level == Level::Check).then(|| words::clean(&finding.confidence.why)),
            proposal: finding.suggestion.as_ref().map(proposal),
        }
    }

    /// Severity, status and places in one line.
    pub(super) fn verdict(&self) -> String {
        let places = if self.places.is_empty() { String::new() } else { format!("; {}", words::cited(&self.places)) };
        format!("{}: {}{places}", self.severity.word(), self.status_words)
    }

    /// Title and places in one line; the status too where it is not plainly addressed.
    pub(super) fn brief(&self) -> String {
        let places = words::cited(&self.places);
        let status = if self.status == Status::Met { "" } else { self.status_words };
        let rest: Vec<&str> = [status, places.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
        format!("{}: {}", self.title, rest.join("; "))
    }

    /// Whether it is a deal-breaker or to be insisted on: what a reader sees opened.
    pub(super) fn grave(&self) -> bool {
        self.severity >= Severity::High || self.removed
    }

    /// Whether it is contrary to our position.
    pub(super) fn contrary(&self) -> bool {
        self.status == Status::Adverse
    }
}

/// The clauses of the evidence, once each; the nearest wording of what was not found is no place of it.
fn places(evidence: &[Evidence], status: Status, several_files: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for one in evidence.iter().filter(|_| status != Status::Missing) {
        let label = words::clause(&one.clause);
        let label = if label.is_empty() { words::place(one, false) } else { label };
        let label = if several_files { format!("{}, {label}", words::clean(&one.file)) } else { label };
        if !out.contains(&label) {
            out.push(label);
        }
    }
    out
}

fn quote(evidence: &Evidence, finding: &Finding, several_files: bool) -> Quote {
    let against = finding.concerns.iter().any(|c| c.quote == evidence.quote);
    Quote {
        heading: words::quote_heading(finding.status, against, evidence.only_in),
        place: words::place(evidence, several_files),
        lead: evidence.context.as_deref().map(words::clean).filter(|c| !c.is_empty()),
        text: words::clean(&evidence.quote),
    }
}

/// The points by standing: all that are stated, and of those that are not, the ones that the verdict wants.
fn points(elements: &[ElementFinding]) -> Vec<Points> {
    let order = [ElementStatus::Met, ElementStatus::Weak, ElementStatus::Adverse, ElementStatus::Missing];
    let asked = |e: &&ElementFinding| e.status != ElementStatus::Missing || e.wanted;
    let list = |status| elements.iter().filter(|e| e.status == status).filter(asked).map(point).collect::<Vec<_>>();
    order.iter().map(|s| Points { heading: words::points(*s), list: list(*s) }).filter(|p| !p.list.is_empty()).collect()
}

fn point(element: &ElementFinding) -> String {
    let name = words::from_id(&element.id);
    match element.evidence.first().map(|e| words::clean(&e.clause)).filter(|c| !c.is_empty()) {
        Some(clause) => format!("{name} ({clause})"),
        None => name,
    }
}

fn worry(concern: &Concern, evidence: &[Evidence]) -> Worry {
    let shown = evidence.iter().any(|e| e.quote == concern.quote);
    let quote = words::clean(&concern.quote);
    Worry {
        severity: concern.severity,
        text: format!("{}: {}", words::from_id(&concern.id), words::clean(&concern.why)),
        quote: (!shown && !quote.is_empty()).then_some(quote),
    }
}

fn proposal(suggestion: &Suggestion) -> Proposal {
    Proposal {
        heading: words::proposal(suggestion),
        paragraphs: suggestion.text.split('\n').map(words::clean).filter(|p| !p.is_empty()).collect(),
        to_fill: suggestion.placeholders.iter().map(|p| words::clean(p)).collect(),
        to_say: words::clean(&suggestion.comment),
    }
}
