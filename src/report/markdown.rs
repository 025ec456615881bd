//! The report as Markdown, for a file or a pull request: no HTML, and no contract text that is markup.

use super::entry::{Entry, Proposal};
use super::markup::escape;
use super::order::{IssueRow, Page, Sheet};
use super::{Gaps, Review, words};

/// The review as Markdown.
#[must_use]
pub fn render(review: &Review) -> String {
    let page = Page::of(review);
    let mut out = Text::default();
    out.block(&format!("# {}", escape(&words::capital(&page.opening))));
    out.list(page.front.iter().map(|f| format!("**{}:** {}", f.label, escape(&f.text))));
    out.block("**Limits**");
    out.list(page.limits.iter().map(|l| escape(l)));
    overview(&mut out, &page);
    for sheet in &page.sheets {
        document(&mut out, sheet);
    }
    out.text
}

/// Blocks with an empty line between them.
#[derive(Default)]
struct Text {
    text: String,
}

impl Text {
    fn block(&mut self, block: &str) {
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }

    fn list(&mut self, items: impl Iterator<Item = String>) {
        self.block(&items.map(|i| format!("- {i}")).collect::<Vec<_>>().join("\n"));
    }

    fn quote(&mut self, paragraphs: &[String]) {
        self.block(&paragraphs.iter().map(|p| format!("> {}", escape(p))).collect::<Vec<_>>().join("\n>\n"));
    }

    /// A table; the cells are Markdown already.
    fn table(&mut self, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let head: Vec<String> = head.iter().map(|h| (*h).to_string()).collect();
        let rule = vec!["---".to_string(); head.len()];
        let lines: Vec<String> = [line(&head), line(&rule)].into_iter().chain(rows.map(|r| line(&r))).collect();
        self.block(&lines.join("\n"));
    }
}

fn numbers(gaps: Gaps) -> [String; 4] {
    [gaps.critical, gaps.high, gaps.medium, gaps.low].map(|n| n.to_string())
}

/// The documents with their gaps, and what was not supplied: the rest of the front page.
fn overview(out: &mut Text, page: &Page) {
    out.block("## Documents");
    let head = ["Document", "SHA-256", "Critical", "High", "Medium", "Low", "Overall position"];
    let hash = |anchor: &str| {
        page.sheets.iter().find(|s| s.anchor == anchor).map_or_else(String::new, |s| words::short_hash(&s.hash))
    };
    let rows = page.totals.iter().map(|row| {
        let figures = if row.anchor.is_empty() { [const { String::new() }; 4] } else { numbers(row.gaps) };
        let mut cells = vec![escape(&row.path), hash(&row.anchor)];
        cells.extend(figures);
        cells.push(row.overall.to_string());
        cells
    });
    let sum = (page.totals.len() > 1).then(|| {
        let mut cells = vec!["**All**".to_string(), String::new()];
        cells.extend(numbers(page.sum));
        cells.push(String::new());
        cells
    });
    out.table(&head, rows.chain(sum));
    if !page.failed.is_empty() {
        out.block("**Not reviewed**");
        out.list(page.failed.iter().map(|f| format!("{}: {}", escape(&f.path), escape(&f.reason))));
    }
    let of = |list: fn(&Sheet) -> &Vec<String>| -> Vec<String> {
        let lines = page.sheets.iter().flat_map(|s| list(s).iter().map(|n| (&s.path, n)));
        lines.map(|(path, n)| format!("{}: {}", escape(path), escape(n))).collect()
    };
    if !page.all_read() {
        out.block("**Not read, and not judged**");
        out.list(of(|s| &s.not_read).into_iter());
    }
    let missing = of(|s| &s.not_supplied);
    out.block("**Not supplied**");
    if missing.is_empty() {
        out.block(words::NOTHING_REFERRED_TO);
    }
    out.list(missing.into_iter());
}

fn document(out: &mut Text, sheet: &Sheet) {
    out.block(&format!("## {}", escape(&sheet.path)));
    if !sheet.title.is_empty() {
        out.block(&format!("**{}**", escape(&sheet.title)));
    }
    out.block(&format!("**Overall position:** {}", escape(&sheet.position)));
    let facts = sheet.facts.iter().map(|f| format!("**{}:** {}", f.label, escape(&f.text)));
    let parties = sheet.parties.iter().map(|p| format!("**Party:** {}", escape(p)));
    let hash = [format!("**SHA-256:** {}", sheet.hash)];
    let warnings = sheet.warnings.iter().map(|w| format!("**Warning:** {}", escape(w)));
    out.list(parties.chain(facts).chain(hash).chain(warnings));
    issues(out, sheet);
    gaps(out, sheet);
    questions(out, sheet);
    addressed(out, sheet);
    clauses(out, sheet);
    out.list(sheet.aside.iter().map(|a| format!("**{}:** {}", a.why, escape(&a.titles.join("; ")))));
}

fn issues(out: &mut Text, sheet: &Sheet) {
    if sheet.issues.is_empty() {
        return;
    }
    out.block("### Issues");
    let row = |row: &IssueRow| {
        let items: Vec<&str> = row.items.iter().map(|i| i.text.as_str()).collect();
        let none = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        vec![escape(row.issue), row.severities.clone(), escape(&items.join("; ")), none(row.addressed)]
    };
    out.table(&["Issue", "Severity", "Gaps, numbered as below", "Addressed"], sheet.issues.iter().map(row));
}

fn gaps(out: &mut Text, sheet: &Sheet) {
    for group in sheet.groups() {
        out.block(&format!("### {}", group.heading));
        for run in group.runs {
            out.block(&format!("#### {}", escape(run.issue)));
            for entry in run.entries {
                gap(out, entry);
            }
        }
    }
}

fn gap(out: &mut Text, entry: &Entry) {
    out.block(&format!("##### {}\\. {}", entry.number, escape(&entry.title)));
    out.block(&format!("**{}**", escape(&words::capital(&entry.verdict()))));
    if let Some(change) = &entry.change {
        out.block(&format!("**Tracked changes:** {}", escape(change)));
    }
    if !entry.required_by.is_empty() {
        out.block(&format!("**Required by law:** {}", escape(&entry.required_by.join("; "))));
    }
    if !entry.law_notes.is_empty() {
        out.block(&format!("**Law:** {}", escape(&entry.law_notes.join("; "))));
    }
    for quote in &entry.quotes {
        out.block(&format!("{}, {}:", quote.heading, escape(&quote.place)));
        out.quote(&[quote.whole()]);
    }
    let points = entry.points.iter().map(|p| format!("**{}:** {}", p.heading, escape(&p.list.join(", "))));
    let unread = entry.unread.iter().map(|u| format!("**May be answered in:** {}", escape(u)));
    let check = entry.check.iter().map(|c| format!("**Check this verdict:** {}", escape(c)));
    out.list(points.chain(concerns(entry)).chain(unread).chain(check));
    if let Some(proposal) = &entry.proposal {
        proposed(out, proposal);
    }
    out.list(entry.sources.iter().map(|s| format!("Source: {}", escape(s))));
}

fn concerns(entry: &Entry) -> impl Iterator<Item = String> {
    entry.concerns.iter().map(|c| {
        let quote = c.quote.as_ref().map_or_else(String::new, |q| format!(" {}", words::quoted(&escape(q))));
        format!("**Concern ({}):** {}{quote}", c.severity.word(), escape(&c.text))
    })
}

fn proposed(out: &mut Text, proposal: &Proposal) {
    out.block(&format!("**{}:**", escape(&proposal.heading)));
    out.quote(&proposal.paragraphs);
    let fill =
        (!proposal.to_fill.is_empty()).then(|| format!("**To fill in:** {}", escape(&proposal.to_fill.join(", "))));
    let say = (!proposal.to_say.is_empty()).then(|| format!("**To say:** {}", escape(&proposal.to_say)));
    out.list(fill.into_iter().chain(say));
}

fn questions(out: &mut Text, sheet: &Sheet) {
    if sheet.questions.is_empty() {
        return;
    }
    out.block(&format!("### {}", words::QUESTIONS));
    out.block(words::QUESTIONS_LEAD);
    for question in &sheet.questions {
        out.block(&format!("**{}.**", escape(&question.why)));
        out.list(question.entries.iter().map(|e| escape(e)));
    }
}

fn addressed(out: &mut Text, sheet: &Sheet) {
    if sheet.addressed.is_empty() {
        return;
    }
    out.block(&format!("### {}", sheet.addressed_heading));
    let row = |entry: &Entry| {
        let quote =
            entry.quotes.first().map_or_else(String::new, |q| words::quoted(&escape(&words::shorten(&q.whole(), 200))));
        let checks = entry.check.iter().map(|c| format!("check this verdict: {}", escape(c)));
        let notes: Vec<String> = concerns(entry).chain(checks).collect();
        vec![escape(entry.issue), escape(&entry.brief()), quote, notes.join("; ")]
    };
    out.table(&["Issue", "Provision", "Contract wording", "To note"], sheet.addressed.iter().map(row));
}

fn clauses(out: &mut Text, sheet: &Sheet) {
    if sheet.clauses.is_empty() {
        return;
    }
    out.block(&format!("### {}", words::BY_CLAUSE));
    let row = |row: &super::order::ClauseRow| {
        let items: Vec<&str> = row.items.iter().map(|i| i.text.as_str()).collect();
        vec![escape(&row.place), escape(&items.join("; "))]
    };
    out.table(&["Clause", "Provisions that rest on it"], sheet.clauses.iter().map(row));
}
