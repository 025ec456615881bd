//! Units: what matching reads. A unit is one paragraph (or one item of an enumeration inside a sentence) with the
//! words that lead to it, so that "(a) notify ..." reads "The Processor shall notify ...".

use super::label::Label;
use super::title::{has_verb, is_left_open};
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
/// A line without a mark at its end that leads to bullets has at most this many bytes.
const LONGEST_UNMARKED_LEAD: usize = 200;
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
    /// For each paragraph the nearest one before it in its clause that it is nested in.
    outer: Vec<Option<u32>>,
    /// For each paragraph the next one of its clause that is no item.
    next_plain: Vec<Option<u32>>,
    /// For each paragraph the first one of its table row.
    first_in_row: Vec<u32>,
}

impl<'a> Leads<'a> {
    fn new(tree: &'a ClauseTree, text: &'a str) -> Self {
        let mut of_clause = vec![Vec::new(); tree.clauses.len()];
        for (index, paragraph) in (0u32..).zip(&tree.paragraphs) {
            of_clause[paragraph.clause as usize].push(index);
        }
        let mut outer = vec![None; tree.paragraphs.len()];
        let mut next_plain = outer.clone();
        for own in &of_clause {
            nest(&tree.paragraphs, own, &mut outer);
            let mut plain = None;
            for index in own.iter().rev() {
                next_plain[*index as usize] = plain;
                plain = if tree.paragraphs[*index as usize].item { plain } else { Some(*index) };
            }
        }
        Self { tree, text, of_clause, outer, next_plain, first_in_row: rows(&tree.paragraphs) }
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
        if let Place::Cell { column, .. } = paragraph.place {
            return self.caption(index, column);
        }
        if let Some(outer) = self.outer[index as usize] {
            return self.leading(outer, paragraph.item);
        }
        // The clause's first words go on from those of the clause around it.
        let mut parent = self.tree.clauses[paragraph.clause as usize].parent;
        let start = self.tree.clauses[paragraph.clause as usize].span.start;
        while let Some(p) = parent {
            let own = &self.of_clause[p as usize];
            let before = own.partition_point(|i| self.tree.paragraphs[*i as usize].span.start < start);
            if let Some(last) = before.checked_sub(1) {
                return self.leading(own[last], false);
            }
            // A heading alone leads nowhere, but a clause without text of its own is passed over.
            if self.tree.clauses[p as usize].heading.is_some() {
                return None;
            }
            parent = self.tree.clauses[p as usize].parent;
        }
        None
    }

    /// The last sentence of a paragraph, if it is left open. What stands above bullets needs no mark or verb for that:
    /// "Security measures" leads to each of them, if no full stop ends it.
    fn leading(&self, index: u32, to_bullets: bool) -> Option<(u32, Span)> {
        let span = self.tree.paragraphs[index as usize].span;
        let end = self.tree.sentences.partition_point(|s| s.span.start < span.end);
        let last = self.tree.sentences[..end].iter().rev().find(|s| s.paragraph == Some(index))?.span;
        // Each item of a list asks, so no more is read than is lent to it.
        let lead = bounded(self.text, last);
        let words = lead.of(self.text);
        let unended = to_bullets && words.len() <= LONGEST_UNMARKED_LEAD && words.ends_with(char::is_alphanumeric);
        (unended || is_open(words)).then_some((index, lead))
    }

    /// The short first cell of a table row leads to the cells beside it.
    fn caption(&self, index: u32, column: u16) -> Option<(u32, Span)> {
        let first = self.first_in_row[index as usize];
        let caption = &self.tree.paragraphs[first as usize];
        let heads = column > 0 && matches!(caption.place, Place::Cell { column: 0, .. });
        (heads && caption.span.len() <= LONGEST_CAPTION).then_some((first, caption.span))
    }

    /// Words after a list that complete its items: an unlabelled paragraph of the clause around it that goes on in
    /// lower case ("in each case without undue delay").
    fn tail(&self, index: u32) -> Option<Span> {
        let paragraph = &self.tree.paragraphs[index as usize];
        let clause = &self.tree.clauses[paragraph.clause as usize];
        let parent = clause.parent.filter(|_| !clause.label.is_empty());
        let next = if paragraph.item && clause.label.is_empty() {
            self.next_plain[index as usize]
        } else {
            let own = &self.of_clause[parent? as usize];
            let after = own.partition_point(|i| self.tree.paragraphs[*i as usize].span.start <= paragraph.span.start);
            let next = *own.get(after)?;
            if self.tree.paragraphs[next as usize].item { self.next_plain[next as usize] } else { Some(next) }
        };
        let tail = &self.tree.paragraphs[next? as usize];
        let first = tail.span.of(self.text).chars().next()?;
        (first.is_lowercase() && tail.span.len() <= LONGEST_LEAD).then_some(tail.span)
    }
}

/// Notes for each paragraph of one clause the nearest before it that stands further out. One pass: those that no
/// later paragraph can be nested in are dropped.
fn nest(paragraphs: &[Paragraph], own: &[u32], outer: &mut [Option<u32>]) {
    let mut open: Vec<u32> = Vec::new();
    let mut plain = None;
    for index in own {
        let paragraph = &paragraphs[*index as usize];
        while open.last().is_some_and(|o| paragraphs[*o as usize].level >= paragraph.level) {
            open.pop();
        }
        let nearest = open.last().copied();
        outer[*index as usize] = if paragraph.item { nearest.max(plain) } else { nearest };
        open.push(*index);
        plain = if paragraph.item { plain } else { Some(*index) };
    }
}

/// For each paragraph the first of its table row, or itself.
fn rows(paragraphs: &[Paragraph]) -> Vec<u32> {
    let row = |p: &Paragraph| match p.place {
        Place::Cell { table, row, .. } => Some((table, row)),
        _ => None,
    };
    let mut first = 0;
    let mut before = None;
    (0u32..)
        .zip(paragraphs)
        .map(|(index, paragraph)| {
            let own = row(paragraph);
            if own.is_none() || own != before {
                first = index;
            }
            before = own;
            first
        })
        .collect()
}

/// Whether a sentence is left open, so that what follows completes it.
fn is_open(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    // Without a mark at its end only a verb tells "The Vendor will" from a line of an address.
    end.ends_with([':', ',', '—', '–', '-'])
        || end.ends_with(char::is_alphabetic) && (has_verb(end) || is_left_open(end))
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
