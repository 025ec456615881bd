//! The report for a terminal: 80 columns, styles as ANSI escapes (whoever writes it strips them where they are not
//! wanted). No colour says anything that a word does not say.

use super::entry::{Entry, Proposal, Quote};
use super::lines::{Lines, WIDTH};
use super::order::{Page, Row, Sheet};
use super::{Gaps, Review, words};
use crate::library::Severity;
use anstyle::{AnsiColor, Style};

/// Longest quote: about three lines.
const QUOTE: usize = 210;
/// Column at which the facts of a document start.
const FACTS: usize = 16;
const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const PROPOSED: Style = AnsiColor::Green.on_default();

/// The review as text for a terminal.
#[must_use]
pub fn render(review: &Review) -> String {
    let page = Page::of(review);
    let mut out = Lines::default();
    out.text("", "", BOLD, &format!("Proviso: {}", page.opening));
    out.text("", "", PLAIN, &page.imprint);
    for sheet in &page.sheets {
        document(&mut out, sheet);
    }
    if !page.failed.is_empty() {
        out.gap();
    }
    for failed in &page.failed {
        out.styled(
            "Not reviewed: ",
            severity(Severity::Critical),
            "  ",
            PLAIN,
            &format!("{}: {}", failed.path, failed.reason),
        );
    }
    if page.totals.len() > 1 {
        totals(&mut out, &page);
    }
    end(&mut out, &page);
    out.finish()
}

fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Critical => AnsiColor::Red.on_default().bold(),
        Severity::High => AnsiColor::Yellow.on_default().bold(),
        Severity::Medium => AnsiColor::Cyan.on_default(),
        Severity::Low => PLAIN,
    }
}

fn document(out: &mut Lines, sheet: &Sheet) {
    out.heading(BOLD, &sheet.path, '=');
    fact(out, "Title", &sheet.title);
    for known in &sheet.facts {
        fact(out, known.label, &words::shorten(&known.text, QUOTE));
    }
    fact(out, "SHA-256", &words::short_hash(&sheet.hash));
    list(out, "Parties", &sheet.parties);
    list(out, "Not read", &sheet.not_read);
    list(out, "Not supplied", &sheet.not_supplied);
    list(out, "Warnings", &sheet.warnings);
    out.gap();
    out.styled("Overall position: ", BOLD, "  ", BOLD, &sheet.position);
    gaps(out, sheet);
    questions(out, sheet);
    addressed(out, sheet);
    for aside in &sheet.aside {
        out.gap();
        out.styled(&format!("{}: ", aside.why), BOLD, "  ", DIM, &aside.titles.join("; "));
    }
}

fn fact(out: &mut Lines, label: &str, text: &str) {
    if !text.is_empty() {
        out.styled(&format!("{label:FACTS$}"), DIM, &" ".repeat(FACTS), PLAIN, text);
    }
}

fn list(out: &mut Lines, label: &str, items: &[String]) {
    for (i, item) in items.iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        out.styled(&format!("{label:FACTS$}"), DIM, &" ".repeat(FACTS + 2), PLAIN, item);
    }
}

fn gaps(out: &mut Lines, sheet: &Sheet) {
    for group in sheet.groups() {
        out.heading(severity(group.severity), group.heading, '-');
        for run in group.runs {
            out.gap();
            out.line(DIM, run.issue);
            for entry in run.entries {
                gap(out, entry);
            }
        }
    }
}

fn gap(out: &mut Lines, entry: &Entry) {
    let number = format!("{:>3}. ", entry.number);
    out.gap();
    out.text(&number, "     ", BOLD, &entry.title);
    out.text("     ", "     ", severity(entry.severity), &entry.verdict());
    labelled(out, "Tracked changes", entry.change.as_deref().unwrap_or_default());
    labelled(out, "Required by law", &entry.required_by.join("; "));
    labelled(out, "Law", &entry.law_notes.join("; "));
    for quote in &entry.quotes {
        wording(out, quote);
    }
    for points in &entry.points {
        labelled(out, points.heading, &points.list.join(", "));
    }
    concerns(out, entry);
    for unread in &entry.unread {
        labelled(out, "May be answered in", unread);
    }
    if let Some(check) = &entry.check {
        labelled(out, "Check this verdict", check);
    }
    if let Some(proposal) = &entry.proposal {
        proposed(out, proposal);
    }
}

fn labelled(out: &mut Lines, label: &str, text: &str) {
    if !text.is_empty() {
        out.styled(&format!("     {label}: "), BOLD, "       ", PLAIN, text);
    }
}

fn wording(out: &mut Lines, quote: &Quote) {
    out.text("     ", "     ", DIM, &format!("{}, {}:", quote.heading, quote.place));
    out.text("       ", "       ", PLAIN, &words::quoted(&words::shorten(&quote.whole(), QUOTE)));
}

fn concerns(out: &mut Lines, entry: &Entry) {
    for concern in &entry.concerns {
        labelled(out, &format!("Concern ({})", concern.severity.word()), &concern.text);
        if let Some(quote) = &concern.quote {
            out.text("       ", "       ", PLAIN, &words::quoted(&words::shorten(quote, QUOTE)));
        }
    }
}

fn proposed(out: &mut Lines, proposal: &Proposal) {
    out.text("     ", "       ", BOLD, &format!("{}:", proposal.heading));
    for paragraph in &proposal.paragraphs {
        out.text("       | ", "       | ", PROPOSED, paragraph);
    }
    labelled(out, "To fill in", &proposal.to_fill.join(", "));
    labelled(out, "To say", &proposal.to_say);
}

fn questions(out: &mut Lines, sheet: &Sheet) {
    if sheet.questions.is_empty() {
        return;
    }
    out.heading(BOLD, words::QUESTIONS, '-');
    out.text("", "", PLAIN, words::QUESTIONS_LEAD);
    for question in &sheet.questions {
        out.gap();
        out.text("  ? ", "    ", BOLD, &format!("{}.", question.why));
        for entry in &question.entries {
            out.text("      ", "        ", PLAIN, entry);
        }
    }
}

fn addressed(out: &mut Lines, sheet: &Sheet) {
    if sheet.addressed.is_empty() {
        return;
    }
    out.heading(BOLD, sheet.addressed_heading, '-');
    for entry in &sheet.addressed {
        out.text("  - ", "    ", PLAIN, &entry.brief());
        for concern in &entry.concerns {
            out.text("      ", "        ", PLAIN, &format!("concern ({}): {}", concern.severity.word(), concern.text));
        }
        if let Some(check) = &entry.check {
            out.text("      ", "        ", PLAIN, &format!("check this verdict: {check}"));
        }
    }
}

/// Widest column of paths.
const PATHS: usize = 28;

fn totals(out: &mut Lines, page: &Page) {
    out.heading(BOLD, "All documents", '=');
    out.line(DIM, &format!("{:PATHS$}  critical  high  medium  low  overall position", "document"));
    for row in &page.totals {
        total(out, row);
    }
    let sum = Row { path: "all".into(), gaps: page.sum, overall: "", anchor: String::new() };
    total(out, &sum);
}

/// A row; a path that is wider than its column stands on lines of its own.
fn total(out: &mut Lines, row: &Row) {
    let short = row.path.chars().count() <= PATHS;
    if !short {
        out.text("", "  ", PLAIN, &row.path);
    }
    let path = if short { row.path.as_str() } else { "" };
    let Gaps { critical, high, medium, low } = row.gaps;
    let numbers = if row.overall == words::NOT_REVIEWED {
        String::new()
    } else {
        format!("{critical:>8}  {high:>4}  {medium:>6}  {low:>3}")
    };
    let lead = format!("{path:PATHS$}  {numbers:27}  ");
    debug_assert!(lead.chars().count() < WIDTH);
    out.text(&lead, &" ".repeat(lead.chars().count()), if row.gaps.critical > 0 { BOLD } else { PLAIN }, row.overall);
}

fn end(out: &mut Lines, page: &Page) {
    out.heading(BOLD, "How this was made", '=');
    for known in &page.front {
        fact(out, known.label, &known.text);
    }
    list(out, "Limits", &page.limits);
}
