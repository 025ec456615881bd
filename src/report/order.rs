//! What a report shows, and in which order. Every format lays out this page; none chooses or words by itself.
//!
//! What tracked changes would take away stands first. The other gaps stand by severity, deal-breakers first; within a severity contrary wording before what was not found before
//! what is partly addressed; within these by issue, in the order of [`Issue::ALL`].

use super::about::{self, Fact};
use super::entry::Entry;
use super::words::{self, Standing};
use super::{DocumentReview, DocumentStatus, Gaps, Review, Side};
use crate::assess::finding::{Answer, Finding};
use crate::library::{Issue, Severity, Status};
use std::cmp::Reverse;

/// A report.
pub(super) struct Page {
    /// What this is, in one line.
    pub opening: String,
    /// Library and standing of the report, in two sentences.
    pub imprint: String,
    /// What it was made from and with.
    pub front: Vec<Fact>,
    pub limits: Vec<String>,
    pub sheets: Vec<Sheet>,
    pub failed: Vec<Failed>,
    /// A row per document, failed ones included, in path order.
    pub totals: Vec<Row>,
    /// Their sum.
    pub sum: Gaps,
}

/// A file that could not be reviewed.
pub(super) struct Failed {
    pub path: String,
    pub reason: String,
}

/// A document in the table of totals.
pub(super) struct Row {
    pub path: String,
    pub gaps: Gaps,
    pub overall: &'static str,
    /// Anchor of its sheet; empty for a file that could not be reviewed.
    pub anchor: String,
}

/// A reviewed document.
pub(super) struct Sheet {
    pub anchor: String,
    pub path: String,
    pub title: String,
    pub hash: String,
    pub facts: Vec<Fact>,
    pub parties: Vec<String>,
    pub not_supplied: Vec<String>,
    pub not_read: Vec<String>,
    pub warnings: Vec<String>,
    /// The overall position, in one line.
    pub position: String,
    pub tally: Gaps,
    pub gaps: Vec<Entry>,
    pub issues: Vec<IssueRow>,
    pub questions: Vec<Question>,
    /// Heading of `addressed`, which a vendor reads otherwise.
    pub addressed_heading: &'static str,
    pub addressed: Vec<Entry>,
    pub clauses: Vec<ClauseRow>,
    pub aside: Vec<Aside>,
}

/// Gaps of one severity.
pub(super) struct Group<'a> {
    pub severity: Severity,
    pub heading: &'static str,
    /// Runs of gaps of one issue.
    pub runs: Vec<Run<'a>>,
}

/// Gaps that follow each other and belong to one issue.
pub(super) struct Run<'a> {
    pub issue: &'static str,
    pub entries: Vec<&'a Entry>,
}

/// An issue in the table of issues.
pub(super) struct IssueRow {
    pub issue: &'static str,
    /// Its gaps by severity, in words.
    pub severities: String,
    pub items: Vec<Item>,
    pub addressed: usize,
}

/// What the text does not tell, with what would be asked for.
pub(super) struct Question {
    pub why: String,
    pub entries: Vec<String>,
}

/// A clause with the findings that rest on it.
pub(super) struct ClauseRow {
    pub place: String,
    pub items: Vec<Item>,
}

/// A finding in a table.
pub(super) struct Item {
    /// Anchor of the finding.
    pub anchor: String,
    pub text: String,
}

/// Provisions that do not count, with the reason.
pub(super) struct Aside {
    pub why: &'static str,
    pub titles: Vec<String>,
}

impl Page {
    /// The page of a review.
    pub(super) fn of(review: &Review) -> Self {
        let side = review.header.matter.we_are;
        let numbered = review.documents.iter().enumerate().map(|(i, d)| (format!("d{}", i + 1), d));
        let (failed, reviewed): (Vec<_>, Vec<_>) = numbered.partition(|(_, d)| d.status == DocumentStatus::Failed);
        let sheets: Vec<Sheet> = reviewed.iter().map(|(anchor, d)| Sheet::of(d, anchor, side)).collect();
        let mut sum = Gaps::default();
        for tally in sheets.iter().map(|s| s.tally) {
            sum = Gaps {
                critical: sum.critical + tally.critical,
                high: sum.high + tally.high,
                medium: sum.medium + tally.medium,
                low: sum.low + tally.low,
            };
        }
        let mut limits: Vec<String> = review.header.limits.iter().map(|l| words::clean(l)).collect();
        limits.extend(words::side_limit(side).map(String::from));
        Self {
            opening: about::opening(review),
            imprint: format!("{}. {}", words::capital(&words::library(&review.header)), words::NO_ADVICE),
            front: about::front(review),
            limits,
            totals: review.documents.iter().map(|d| row(d, &sheets, side)).collect(),
            failed: failed
                .iter()
                .map(|(_, d)| Failed {
                    path: words::clean(&d.path),
                    reason: words::clean(d.error.as_deref().unwrap_or("it could not be read")),
                })
                .collect(),
            sheets,
            sum,
        }
    }
}

impl Page {
    /// Whether no document refers to something that was not supplied.
    pub(super) fn nothing_missing(&self) -> bool {
        self.sheets.iter().all(|s| s.not_supplied.is_empty())
    }

    /// Whether every document was read whole.
    pub(super) fn all_read(&self) -> bool {
        self.sheets.iter().all(|s| s.not_read.is_empty())
    }
}

fn row(document: &DocumentReview, sheets: &[Sheet], side: Side) -> Row {
    let path = words::clean(&document.path);
    let sheet = sheets.iter().find(|s| s.path == path).filter(|_| document.status == DocumentStatus::Reviewed);
    let overall = |s: &Sheet| match side {
        _ if !s.not_read.is_empty() => words::READ_IN_PART,
        Side::Vendor => "see what binds us",
        _ => words::overall(s.tally),
    };
    Row {
        gaps: sheet.map_or_else(Gaps::default, |s| s.tally),
        overall: sheet.map_or(words::NOT_REVIEWED, overall),
        anchor: sheet.map_or_else(String::new, |s| s.anchor.clone()),
        path,
    }
}

impl Sheet {
    fn of(document: &DocumentReview, anchor: &str, side: Side) -> Self {
        let sorted = Sorted::of(&document.findings, side);
        let several = !document.together.is_empty();
        let entries = |findings: &[&Finding], mark: char| -> Vec<Entry> {
            let numbered = findings.iter().zip(1..);
            numbered.map(|(f, n)| Entry::of(f, n, format!("{anchor}-{mark}{n}"), several)).collect()
        };
        let gaps = entries(&sorted.gaps, 'g');
        let addressed = entries(&sorted.addressed, 'a');
        let worded = gaps.iter().chain(&addressed);
        let both: Vec<(&Finding, &Entry)> = sorted.gaps.iter().chain(&sorted.addressed).copied().zip(worded).collect();
        Self {
            anchor: anchor.to_string(),
            path: words::clean(&document.path),
            title: words::clean(&document.title),
            hash: document.sha256.clone(),
            facts: about::facts(document),
            parties: document.parties.iter().map(about::party).collect(),
            not_supplied: document.not_supplied.iter().map(words::not_supplied).collect(),
            not_read: document.not_read.iter().map(words::not_supplied).collect(),
            warnings: document.warnings.iter().map(|w| words::clean(w)).collect(),
            position: position(&sorted, &gaps, side, !document.not_read.is_empty()),
            tally: tally(gaps.iter()),
            issues: issues(&gaps, &addressed),
            clauses: clauses(&both, &document.together),
            questions: questions(&sorted.questions),
            addressed_heading: if side == Side::Vendor { "What binds us" } else { "Addressed" },
            aside: asides(&sorted.aside),
            gaps,
            addressed,
        }
    }
}

impl Sheet {
    /// The gaps under their headings.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let mut out: Vec<Group> = Vec::new();
        let heading = |e: &Entry| if e.removed { words::REMOVED } else { words::severity_heading(e.severity) };
        for gaps in self.gaps.chunk_by(|a, b| heading(a) == heading(b) && a.issue == b.issue) {
            let Some(first) = gaps.first() else { continue };
            let run = Run { issue: first.issue, entries: gaps.iter().collect() };
            match out.last_mut() {
                Some(group) if group.heading == heading(first) => group.runs.push(run),
                _ => out.push(Group { severity: first.severity, heading: heading(first), runs: vec![run] }),
            }
        }
        out
    }
}

/// Findings by what a reader has to do about them, each list in its order.
struct Sorted<'a> {
    gaps: Vec<&'a Finding>,
    questions: Vec<&'a Finding>,
    addressed: Vec<&'a Finding>,
    aside: Vec<(&'static str, &'a Finding)>,
}

const NOT_ASKED: &str = "Not asked for in this kind of contract";
const NOT_APPLYING: &str = "Does not apply to this contract";
const NO_GAP: &str = "Not found, which is no gap for a vendor";

impl<'a> Sorted<'a> {
    fn of(findings: &'a [Finding], side: Side) -> Self {
        let mut out = Self { gaps: Vec::new(), questions: Vec::new(), addressed: Vec::new(), aside: Vec::new() };
        for finding in findings {
            let binds = matches!(finding.status, Status::Met | Status::Partial);
            match (finding.demanded, finding.applies.answer) {
                (false, _) => out.aside.push((NOT_ASKED, finding)),
                (true, Answer::No) => out.aside.push((NOT_APPLYING, finding)),
                (true, _) if finding.status == Status::Met => out.addressed.push(finding),
                (true, _) if side == Side::Vendor && binds => out.addressed.push(finding),
                (true, _) if side == Side::Vendor => out.aside.push((NO_GAP, finding)),
                (true, Answer::Unknown) => out.questions.push(finding),
                (true, Answer::Yes) => out.gaps.push(finding),
            }
        }
        out.gaps.sort_by_key(|f| rank(f));
        out.questions.sort_by_key(|f| rank(f));
        out.addressed.sort_by_key(|f| (issue_rank(f.issue), &f.title));
        out.aside.sort_by_key(|(why, f)| (*why, &f.title));
        out
    }
}

/// What gaps are sorted by.
fn rank(finding: &Finding) -> (bool, Reverse<Severity>, Reverse<Status>, usize, &str) {
    (
        finding.removed.is_none(),
        Reverse(finding.weight()),
        Reverse(finding.status),
        issue_rank(finding.issue),
        &finding.title,
    )
}

fn issue_rank(issue: Issue) -> usize {
    Issue::ALL.iter().position(|i| *i == issue).unwrap_or(Issue::ALL.len())
}

fn position(sorted: &Sorted, gaps: &[Entry], side: Side, cut: bool) -> String {
    if side == Side::Vendor {
        let silent = sorted.aside.iter().filter(|(why, _)| *why == NO_GAP).count();
        return words::vendor_position(sorted.addressed.len(), silent, cut);
    }
    words::position(Standing {
        gaps: tally(gaps.iter()),
        contrary: gaps.iter().filter(|e| e.contrary()).count(),
        removed: sorted.gaps.iter().filter(|f| f.removed.is_some()).count(),
        pending: sorted.gaps.iter().filter(|f| f.pending.is_some()).count(),
        unread: gaps.iter().filter(|e| !e.unread.is_empty()).count(),
        questions: sorted.questions.len(),
        cut,
    })
}

fn tally<'a>(gaps: impl Iterator<Item = &'a Entry>) -> Gaps {
    let mut out = Gaps::default();
    for gap in gaps {
        out.add(gap.severity);
    }
    out
}

fn issues(gaps: &[Entry], addressed: &[Entry]) -> Vec<IssueRow> {
    let row = |issue: &Issue| {
        let title = issue.title();
        let own: Vec<&Entry> = gaps.iter().filter(|e| e.issue == title).collect();
        let item = |e: &&Entry| Item {
            anchor: e.anchor.clone(),
            text: format!("{} {}: {}", e.number, e.title, e.status_words),
        };
        IssueRow {
            issue: title,
            severities: words::by_severity(tally(own.iter().copied())),
            items: own.iter().map(item).collect(),
            addressed: addressed.iter().filter(|e| e.issue == title).count(),
        }
    };
    Issue::ALL.iter().map(row).filter(|r| !r.items.is_empty() || r.addressed > 0).collect()
}

/// Questions, one per thing that the text does not tell, the gravest first.
fn questions(findings: &[&Finding]) -> Vec<Question> {
    let mut out: Vec<Question> = Vec::new();
    for finding in findings {
        let why = words::capital(&words::clean(&finding.applies.why));
        let entry = format!(
            "{}: {} ({})",
            words::clean(&finding.title),
            super::finding_words(finding),
            finding.weight().word()
        );
        match out.iter_mut().find(|q| q.why == why) {
            Some(question) => question.entries.push(entry),
            None => out.push(Question { why, entries: vec![entry] }),
        }
    }
    out
}

/// The second view: clauses in the order of the document, for a call that walks through it.
fn clauses(findings: &[(&Finding, &Entry)], files: &[String]) -> Vec<ClauseRow> {
    let mut found: Vec<((usize, u32), String, &Entry)> = Vec::new();
    for (finding, entry) in findings.iter().filter(|(f, _)| f.status != Status::Missing) {
        for evidence in &finding.evidence {
            let file = files.iter().position(|f| *f == evidence.file).unwrap_or(0);
            found.push(((file, evidence.start), words::place(evidence, !files.is_empty()), entry));
        }
    }
    found.sort_by_key(|(at, _, entry)| (*at, entry.number));
    let mut out: Vec<ClauseRow> = Vec::new();
    for (_, place, entry) in found {
        let item = Item { anchor: entry.anchor.clone(), text: beside(entry) };
        match out.iter_mut().find(|r| r.place == place) {
            Some(row) if row.items.iter().any(|i| i.anchor == item.anchor) => {}
            Some(row) => row.items.push(item),
            None => out.push(ClauseRow { place, items: vec![item] }),
        }
    }
    out
}

fn beside(entry: &Entry) -> String {
    let severity = if entry.status == Status::Met { String::new() } else { format!(", {}", entry.severity.word()) };
    format!("{}: {}{severity}", entry.title, entry.status_words)
}

fn asides(findings: &[(&'static str, &Finding)]) -> Vec<Aside> {
    let mut out: Vec<Aside> = Vec::new();
    for (why, finding) in findings {
        let title = words::clean(&finding.title);
        match out.iter_mut().find(|a| a.why == *why) {
            Some(aside) => aside.titles.push(title),
            None => out.push(Aside { why, titles: vec![title] }),
        }
    }
    out
}
