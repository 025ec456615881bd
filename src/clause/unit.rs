//! Units: what matching reads. A unit is one paragraph (or one item of an enumeration inside a sentence) with the
//! words that lead to it, so that "(a) notify ..." reads "The Processor shall notify ...".

use super::label::Label;
use super::title::has_verb;
use super::{ClauseTree, Paragraph};
use crate::source::Place;
use crate::span::{Span, trim};

/// A paragraph, heading or item with its lead-ins.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The clause that it belongs to.
    pub clause: u32,
    /// Index into [`ClauseTree::paragraphs`]; `None` for a heading.
    pub paragraph: Option<u32>,
    /// Words of other paragraphs (or of the sentence around it) that go before, outermost first.
    pub leads: Vec<Span>,
    /// Its own words.
    pub own: Span,
    /// Words after the list that it is an item of and that complete it.
    pub tail: Option<Span>,
    /// Whether it is a whole paragraph or an item inside a sentence.
    pub part: Part,
}

/// What a unit is a unit of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading,
    /// A whole paragraph.
    Paragraph,
    /// An item of an enumeration within a sentence; the whole sentence is part of another unit too.
    Item,
}

/// Lead-ins are copied to each item, so they are bounded: a lead-in of more bytes is cut at its start.
const LONGEST_LEAD: usize = 700;
/// Items of items of items: deeper lists than this are not contracts.
const MOST_LEADS: usize = 5;
/// A sentence shorter than this is read whole however many items it lists.
const SHORTEST_SPLIT: usize = 200;
/// A cell of more bytes is text of its own, no caption of its row.
const LONGEST_CAPTION: usize = 90;

/// The units of a tree.
#[must_use]
pub fn units(tree: &ClauseTree, text: &str) -> Vec<Unit> {
    let mut out = Vec::with_capacity(tree.sentences.len());
    for (index, clause) in (0u32..).zip(&tree.clauses) {
        if let Some(own) = clause.heading {
            out.push(Unit { clause: index, paragraph: None, leads: Vec::new(), own, tail: None, part: Part::Heading });
        }
    }
    let leads = Leads::new(tree, text);
    for (index, paragraph) in (0u32..).zip(&tree.paragraphs) {
        let unit = Unit {
            clause: paragraph.clause,
            paragraph: Some(index),
            leads: leads.of(index),
            own: paragraph.span,
            tail: leads.tail(index),
            part: Part::Paragraph,
        };
        items(tree, text, index, &unit, &mut out);
        out.push(unit);
    }
    out.sort_by_key(|u| (u.own.start, u.part != Part::Paragraph, u.own.end));
    out
}

/// Units for the items that a sentence lists: "shall (a) notify ...; (b) assist ...".
fn items(tree: &ClauseTree, text: &str, paragraph: u32, unit: &Unit, out: &mut Vec<Unit>) {
    let first = tree.sentences.partition_point(|s| s.span.start < unit.own.start);
    let inside = tree.sentences[first..].iter().take_while(|s| s.span.start < unit.own.end);
    for sentence in inside.filter(|s| s.paragraph == Some(paragraph) && s.span.len() >= SHORTEST_SPLIT) {
        let marks = enumeration(sentence.span.of(text));
        let Some(&head) = marks.first().filter(|_| marks.len() > 1) else { continue };
        let start = sentence.span.start as usize;
        let mut leads = if sentence.span.start == unit.own.start { unit.leads.clone() } else { Vec::new() };
        leads.push(bounded(text, Span::new(start, start + head)));
        let ends = marks.iter().skip(1).copied().chain([sentence.span.len()]);
        for (from, to) in marks.iter().zip(ends) {
            let own = trim(text, Span::new(start + from, start + to));
            if !own.is_empty() {
                out.push(Unit { leads: leads.clone(), own, tail: None, part: Part::Item, ..*unit });
            }
        }
    }
}

/// Where the items of a list inside a sentence begin: at "(a)", "(b)", ... or "(i)", "(ii)", ... or "(1)", "(2)".
fn enumeration(sentence: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut wanted = 1;
    let mut roman = false;
    for (at, _) in sentence.match_indices('(') {
        let spaced = sentence[..at].ends_with(char::is_whitespace) || at == 0;
        let Some(label) = Label::at_start(&sentence[at..]).filter(|_| spaced) else { continue };
        let Some(mark) = label.tail.first().filter(|_| label.figures.is_empty()) else { continue };
        if wanted == 1 {
            roman = mark.roman == Some(1) && mark.letter != Some(1);
        }
        let value = if roman { mark.roman } else { mark.letter.or(mark.number) };
        if value == Some(wanted) {
            out.push(at);
            wanted += 1;
        }
    }
    out
}

/// Finds what leads to a paragraph.
struct Leads<'a> {
    tree: &'a ClauseTree,
    text: &'a str,
    /// Paragraphs of each clause, in order.
    of_clause: Vec<Vec<u32>>,
}

impl<'a> Leads<'a> {
    fn new(tree: &'a ClauseTree, text: &'a str) -> Self {
        let mut of_clause = vec![Vec::new(); tree.clauses.len()];
        for (index, paragraph) in (0u32..).zip(&tree.paragraphs) {
            of_clause[paragraph.clause as usize].push(index);
        }
        Self { tree, text, of_clause }
    }

    /// Lead-ins of a paragraph, outermost first.
    fn of(&self, index: u32) -> Vec<Span> {
        let mut out = Vec::new();
        let mut at = index;
        while out.len() < MOST_LEADS {
            let Some((lead, span)) = self.nearest(at) else { break };
            out.push(span);
            at = lead;
        }
        out.reverse();
        out
    }

    /// The paragraph that leads to this one, and the words of it that do.
    fn nearest(&self, index: u32) -> Option<(u32, Span)> {
        let paragraph = &self.tree.paragraphs[index as usize];
        if let Place::Cell { table, row, column, .. } = paragraph.place {
            return self.caption(index, table, row, column);
        }
        let own = &self.of_clause[paragraph.clause as usize];
        let before = own.iter().rev().filter(|i| **i < index);
        for i in before {
            let other = &self.tree.paragraphs[*i as usize];
            let outer = other.level < paragraph.level || (paragraph.item && !other.item);
            if outer {
                return self.leading(*i);
            }
        }
        // The clause's first words go on from those of the clause around it.
        let mut parent = self.tree.clauses[paragraph.clause as usize].parent;
        let start = self.tree.clauses[paragraph.clause as usize].span.start;
        while let Some(p) = parent {
            let last = self.of_clause[p as usize].iter().rev().find(|i| self.tree.paragraphs[**i as usize].span.start < start);
            if let Some(last) = last {
                return self.leading(*last);
            }
            // A heading alone leads nowhere, but a clause without text of its own is passed over.
            if self.tree.clauses[p as usize].heading.is_some() {
                return None;
            }
            parent = self.tree.clauses[p as usize].parent;
        }
        None
    }

    /// The last sentence of a paragraph, if it is left open.
    fn leading(&self, index: u32) -> Option<(u32, Span)> {
        let span = self.tree.paragraphs[index as usize].span;
        let end = self.tree.sentences.partition_point(|s| s.span.start < span.end);
        let last = self.tree.sentences[..end].iter().rev().find(|s| s.paragraph == Some(index))?.span;
        is_open(last.of(self.text)).then(|| (index, bounded(self.text, last)))
    }

    /// The short first cell of a table row leads to the cells beside it.
    fn caption(&self, index: u32, table: u32, row: u16, column: u16) -> Option<(u32, Span)> {
        if column == 0 {
            return None;
        }
        let before = (0..index).rev().map(|i| (i, &self.tree.paragraphs[i as usize]));
        let same_row = before.take_while(|(_, p)| {
            matches!(p.place, Place::Cell { table: t, row: r, .. } if t == table && r == row)
        });
        let first = same_row.last().filter(|(_, p)| matches!(p.place, Place::Cell { column: 0, .. }))?;
        (first.1.span.len() <= LONGEST_CAPTION).then_some((first.0, first.1.span))
    }

    /// Words after a list that complete its items: an unlabelled paragraph of the clause around it that goes on in
    /// lower case ("in each case without undue delay").
    fn tail(&self, index: u32) -> Option<Span> {
        let paragraph = &self.tree.paragraphs[index as usize];
        let clause = &self.tree.clauses[paragraph.clause as usize];
        let parent = clause.parent.filter(|_| !clause.label.is_empty());
        let list = if paragraph.item && clause.label.is_empty() { paragraph.clause } else { parent? };
        let mut after = self.of_clause[list as usize].iter().map(|i| &self.tree.paragraphs[*i as usize]);
        let tail = after.find(|p: &&Paragraph| p.span.start > paragraph.span.start && !p.item)?;
        let first = tail.span.of(self.text).chars().next()?;
        (first.is_lowercase() && tail.span.len() <= LONGEST_LEAD).then_some(tail.span)
    }
}

/// Whether a sentence is left open, so that what follows completes it.
fn is_open(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    // Without a mark at its end only a verb tells "The Vendor will" from a line of an address.
    end.ends_with([':', ',', '—', '–', '-']) || end.ends_with(char::is_alphabetic) && has_verb(end)
}

/// `span` cut at its start, at a word, where it is longer than a lead-in may be.
fn bounded(text: &str, span: Span) -> Span {
    if span.len() <= LONGEST_LEAD {
        return trim(text, span);
    }
    let mut start = span.end as usize - LONGEST_LEAD;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let word = text[start..span.end as usize].find(' ').map_or(start, |n| start + n + 1);
    trim(text, Span::new(word, span.end as usize))
}
