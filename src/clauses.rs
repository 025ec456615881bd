//! `proviso clauses`: the tree as it was understood, for a person and as JSON.

use crate::assess::Document;
use crate::clause::Kind;
use serde::Serialize;
use std::fmt::Write as _;

/// A clause of the JSON output.
#[derive(Serialize)]
struct ClauseLine<'a> {
    label: &'a str,
    path: &'a str,
    heading: &'a str,
    kind: Kind,
    depth: u16,
    parent: Option<u32>,
    start: u32,
    end: u32,
    paragraphs: Vec<&'a str>,
}

/// The tree as JSON: an array of clauses in document order; clause 0 is what stands before the first.
#[must_use]
pub fn json(document: &Document) -> String {
    let text = &document.contract.text;
    let lines: Vec<ClauseLine> = (0u32..)
        .zip(&document.tree.clauses)
        .map(|(index, clause)| ClauseLine {
            label: &clause.label,
            path: &clause.path,
            heading: clause.heading.map_or("", |h| h.of(text)),
            kind: clause.kind,
            depth: clause.depth,
            parent: clause.parent,
            start: clause.span.start,
            end: clause.span.end,
            paragraphs: document
                .tree
                .paragraphs
                .iter()
                .filter(|p| p.clause == index)
                .map(|p| p.span.of(text))
                .collect(),
        })
        .collect();
    serde_json::to_string_pretty(&lines).unwrap_or_default() + "\n"
}

/// The tree, indented; `full` adds the text of each clause, else its first words.
#[must_use]
pub fn text(document: &Document, full: bool) -> String {
    const FIRST_WORDS: usize = 72;
    let source = &document.contract.text;
    let one_line = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    for (index, clause) in (0u32..).zip(&document.tree.clauses) {
        let indent = "  ".repeat(usize::from(clause.depth));
        let heading = clause.heading.map_or_else(String::new, |h| one_line(h.of(source)));
        let label = match (clause.kind, clause.label.as_str()) {
            (Kind::Front, _) => "(front)",
            (_, "") => "-",
            (_, label) => label,
        };
        let kind = match clause.kind {
            Kind::Body | Kind::Front => String::new(),
            kind => format!("  <{}>", format!("{kind:?}").to_lowercase()),
        };
        let _ = writeln!(out, "{indent}{label} {heading}{kind}");
        for paragraph in document.tree.paragraphs.iter().filter(|p| p.clause == index) {
            let words = one_line(paragraph.span.of(source));
            let shown: String = if full { words.clone() } else { words.chars().take(FIRST_WORDS).collect() };
            let cut = if shown.len() < words.len() { " ..." } else { "" };
            let mark = if paragraph.item { "*" } else { "|" };
            let _ = writeln!(out, "{indent}  {mark} {shown}{cut}");
        }
    }
    out
}
