//! `proviso clauses`: the tree and the facts as they were understood, for a person and as JSON.

use crate::assess::Document;
use crate::clause::{Clause, Kind, Paragraph};
use crate::facts::period::Period;
use crate::source::Place;
use crate::span::Span;
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

/// The tree, indented, in the order of the text; `full` adds the text of each clause, else its first words.
#[must_use]
pub fn text(document: &Document, full: bool) -> String {
    let tree = &document.tree;
    // What stands at the head or foot of pages is shown first.
    let outside = |p: &&Paragraph| p.place == Place::HeaderFooter;
    let mut paragraphs = tree.paragraphs.iter().filter(|p| !outside(p)).peekable();
    let mut out = String::new();
    for (index, clause) in tree.clauses.iter().enumerate() {
        // Closing words of a clause stand after the clauses within it.
        while let Some(before) = paragraphs.next_if(|p| index > 0 && p.span.start < clause.span.start) {
            push_paragraph(document, before, full, &mut out);
        }
        push_clause(document, clause, &mut out);
        if index == 0 {
            tree.paragraphs.iter().filter(outside).for_each(|p| push_paragraph(document, p, full, &mut out));
        }
    }
    paragraphs.for_each(|p| push_paragraph(document, p, full, &mut out));
    out
}

fn push_clause(document: &Document, clause: &Clause, out: &mut String) {
    let indent = "  ".repeat(usize::from(clause.depth));
    let heading = clause.heading.map_or_else(String::new, |h| one_line(h.of(&document.contract.text)));
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
}

fn push_paragraph(document: &Document, paragraph: &Paragraph, full: bool, out: &mut String) {
    const FIRST_WORDS: usize = 72;
    let indent = "  ".repeat(usize::from(document.tree.clauses[paragraph.clause as usize].depth));
    let words = one_line(paragraph.span.of(&document.contract.text));
    let shown: String = if full { words.clone() } else { words.chars().take(FIRST_WORDS).collect() };
    let cut = if shown.len() < words.len() { " ..." } else { "" };
    let mark = if paragraph.item { "*" } else { "|" };
    let _ = writeln!(out, "{indent}  {mark} {shown}{cut}");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The facts of the JSON output; quotes are words of the contract.
#[derive(Serialize)]
struct FactsLine<'a> {
    language: String,
    kind: &'a str,
    kind_quote: &'a str,
    relationship: crate::facts::kind::Relationship,
    relationship_quote: &'a str,
    title: &'a str,
    parties: &'a [crate::facts::parties::Party],
    terms: Vec<TermLine<'a>>,
    references: Vec<ReferenceLine<'a>>,
    periods: Vec<PeriodLine<'a>>,
    not_supplied: Vec<&'a str>,
    placeholders: Vec<&'a str>,
    unticked: Vec<&'a str>,
    drafting_notes: Vec<&'a str>,
    alternatives: Vec<&'a str>,
}

#[derive(Serialize)]
struct TermLine<'a> {
    name: &'a str,
    definition: &'a str,
}

#[derive(Serialize)]
struct ReferenceLine<'a> {
    quote: &'a str,
    label: &'a str,
    /// Where it leads; empty where nowhere.
    clause: &'a str,
}

#[derive(Serialize)]
struct PeriodLine<'a> {
    quote: &'a str,
    #[serde(flatten)]
    period: &'a Period,
    /// The longest that it can take, in hours.
    hours_at_worst: Option<u32>,
}

fn facts_of(document: &Document) -> FactsLine<'_> {
    let (text, facts) = (document.contract.text.as_str(), &document.facts);
    let quote = |span: Option<Span>| span.map_or("", |s| s.of(text));
    FactsLine {
        language: facts.language.as_ref().map_or_else(String::new, |l| l.name.clone()),
        kind: facts.kind.title(),
        kind_quote: quote(facts.kind_quote),
        relationship: facts.relationship,
        relationship_quote: quote(facts.relationship_quote),
        title: quote(facts.title),
        parties: &facts.parties.list,
        terms: facts.terms.iter().map(|t| TermLine { name: &t.name, definition: t.definition.of(text) }).collect(),
        references: facts
            .references
            .iter()
            .map(|r| ReferenceLine {
                quote: r.span.of(text),
                label: &r.label,
                clause: r.clause.map_or("", |c| document.tree.cite(c)),
            })
            .collect(),
        periods: facts
            .periods
            .iter()
            .map(|p| PeriodLine { quote: p.span.of(text), period: p, hours_at_worst: p.hours_worst() })
            .collect(),
        not_supplied: facts.incorporated.iter().map(|i| i.what.as_str()).collect(),
        placeholders: facts.placeholders.iter().map(|p| p.of(text)).collect(),
        unticked: facts.unticked.iter().map(|p| p.of(text)).collect(),
        drafting_notes: facts.drafting.iter().map(|p| p.of(text)).collect(),
        alternatives: facts.alternatives.iter().map(|p| p.of(text)).collect(),
    }
}

/// The facts as one JSON object.
#[must_use]
pub fn facts_json(document: &Document) -> String {
    serde_json::to_string_pretty(&facts_of(document)).unwrap_or_default() + "\n"
}

/// The facts, a line each.
#[must_use]
pub fn facts(document: &Document) -> String {
    const LONGEST: usize = 100;
    let facts = facts_of(document);
    let one_line =
        |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect::<String>();
    let mut out = String::new();
    let _ = writeln!(out, "language      {}", facts.language);
    let _ = writeln!(out, "kind          {} | {}", facts.kind, one_line(facts.kind_quote));
    let _ = writeln!(out, "relationship  {:?} | {}", facts.relationship, one_line(facts.relationship_quote));
    for party in facts.parties {
        let _ = writeln!(out, "party         {} | {:?}: {}", party.name, party.role, party.why);
    }
    for term in &facts.terms {
        let _ = writeln!(out, "term          {} | {}", term.name, one_line(term.definition));
    }
    for reference in &facts.references {
        let to = if reference.clause.is_empty() { "nowhere in the file" } else { reference.clause };
        let _ = writeln!(out, "reference     {} | {to}", one_line(reference.quote));
    }
    for period in &facts.periods {
        let worst = period.hours_at_worst.map_or_else(String::new, |h| format!(" | at worst {h} hours"));
        let _ = writeln!(out, "period        {}{worst}", one_line(period.quote));
    }
    let rest = [
        ("not supplied ", &facts.not_supplied),
        ("placeholder  ", &facts.placeholders),
        ("unticked     ", &facts.unticked),
        ("drafting note", &facts.drafting_notes),
        ("in brackets  ", &facts.alternatives),
    ];
    for (name, all) in rest {
        for one in all {
            let _ = writeln!(out, "{name} {}", one_line(one));
        }
    }
    out
}
