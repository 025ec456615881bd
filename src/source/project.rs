//! [`project`]: the text that one view of a source shows, with the labels that the view computes.

use super::cut::{self, last_words};
use super::numbering::{Counters, Label};
use super::{
    Block, Contract, Cut, Number, Paragraph, Place, Properties, Revised, Segment, Source, View, links, turned,
};
use crate::span::{Span, offset};
use std::collections::BTreeSet;

/// The text of `source` as `view` shows it.
///
/// A paragraph whose mark the view does not show runs on into the next paragraph of the same place, which
/// lends it its properties (a paragraph's properties are kept in its mark: ECMA-376 part 1, 17.3.1.29). Labels
/// are counted over the paragraphs of the view, so the two views can number differently.
#[must_use]
pub fn project(source: &Source, view: View) -> Contract {
    let mut out = Contract {
        view,
        text: String::with_capacity(source.text.len() + source.paragraphs.len()),
        blocks: Vec::with_capacity(source.paragraphs.len()),
        origins: Vec::with_capacity(source.segments.len()),
        references: Vec::new(),
        notes: source.notes.clone(),
        cuts: Vec::new(),
    };
    let mut hidden = Hidden::default();
    let mut counters: [Counters; STORIES] = std::array::from_fn(|_| Counters::new(&source.numbering));
    let mut open = Open::default();
    for (index, paragraph) in source.paragraphs.iter().enumerate() {
        let joins = open.place.is_some_and(|place| place == paragraph.place);
        if !joins {
            open.close(&mut out);
        }
        open.start(&mut out, paragraph.place);
        show(source, paragraph, &mut open, &mut out, &mut hidden);
        let mark = paragraph.mark.shown(view);
        let separator = paragraph.separator && mark;
        let counters = &mut counters[story(paragraph.place)];
        let runs_on =
            (separator || !mark) && source.paragraphs.get(index + 1).is_some_and(|next| next.place == paragraph.place);
        if separator && !open.numbered {
            number(&mut open, properties(paragraph, view), counters);
        }
        open.separated |= runs_on && separator;
        if !runs_on {
            // A paragraph of a deleted row, or one deleted before a table, leaves nothing that could bear a number.
            let gone = !mark && open.is_blank(&out);
            if !gone && !open.numbered {
                number(&mut open, properties(paragraph, view), counters);
            }
            open.close(&mut out);
        }
    }
    open.close(&mut out);
    out.notes.extend(hidden.note(source, view));
    out.references = links::references(source, &out);
    out.cuts = cuts(source, &out);
    let notes: Vec<String> = cut::notes(&out.cuts, &out.text).into_iter().chain(turned::note(&out.text)).collect();
    out.notes.splice(0..0, notes);
    out
}

/// What was not read, each with the last words of its part before it.
fn cuts(source: &Source, out: &Contract) -> Vec<Cut> {
    let last = |part: u16| {
        let of_part = |o: &&(u32, u32)| source.segments[o.1 as usize].part == part;
        let (at, _) = out.origins.iter().rev().find(of_part)?;
        let block = out.blocks[..out.blocks.partition_point(|b| b.span.start <= *at)].last()?;
        Some(last_words(&out.text, block.span))
    };
    source.cuts.iter().map(|cut| Cut { after: cut.part.and_then(last), ..cut.clone() }).collect()
}

/// Adds the pieces of a paragraph that the view shows.
fn show(source: &Source, paragraph: &Paragraph, open: &mut Open, out: &mut Contract, hidden: &mut Hidden) {
    for segment in paragraph.segments.clone() {
        let piece = &source.segments[segment as usize];
        let text = source.text.get(piece.text.start as usize..piece.text.end as usize);
        let Some(text) = text.filter(|t| !t.is_empty()) else { continue };
        if !piece.revised.shown(out.view) {
            hidden.count(text, piece.revised);
            continue;
        }
        open.part_lines(&mut out.text, text);
        out.origins.push((offset(out.text.len()), segment));
        out.text.push_str(text);
        open.note(emphasis(piece, out.view), text, &out.text);
    }
}

/// Whether `view` sets the piece apart from the text around it.
fn emphasis(piece: &Segment, view: View) -> bool {
    piece.emphasis != (view == View::Original && piece.revised.restyled)
}

/// Text that the view does not show, for the note that says so.
#[derive(Default)]
struct Hidden {
    words: usize,
    revisions: BTreeSet<u32>,
}

impl Hidden {
    fn count(&mut self, text: &str, revised: Revised) {
        self.words += text.split_whitespace().count();
        self.revisions.extend(revised.inserted.into_iter().chain(revised.deleted));
    }

    fn note(&self, source: &Source, view: View) -> Option<String> {
        /// A list of more names says no more to a reader.
        const MOST_AUTHORS: usize = 5;
        let revisions = self.revisions.iter().filter_map(|r| source.revisions.get(*r as usize));
        let authors: BTreeSet<&str> = revisions.map(|r| r.author.trim()).filter(|a| !a.is_empty()).collect();
        let mut by: Vec<&str> = authors.iter().copied().take(MOST_AUTHORS).collect();
        if authors.len() > by.len() {
            by.push("others");
        }
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
        let (verb, text) = match view {
            View::Accepted => ("deleted", "accepted"),
            View::Original => ("inserted", "original"),
        };
        match self.words {
            0 => None,
            1 => Some(format!("1 word {verb} by tracked changes{by} is not in the {text} text")),
            n => Some(format!("{n} words {verb} by tracked changes{by} are not in the {text} text")),
        }
    }
}

/// Stories of a document (ECMA-376 part 1, 11.3): each counts its lists by itself, so that a numbered note or text box
/// does not move the numbers of the clauses.
const STORIES: usize = 4;

/// The story that a place belongs to.
fn story(place: Place) -> usize {
    match place {
        Place::Body | Place::Cell { .. } | Place::Contents => 0,
        Place::Note => 1,
        Place::HeaderFooter => 2,
        Place::TextBox => 3,
    }
}

/// The properties that `view` gives a paragraph.
fn properties(paragraph: &Paragraph, view: View) -> &Properties {
    match (view, &paragraph.former) {
        (View::Original, Some(former)) => former,
        _ => &paragraph.properties,
    }
}

/// A block under construction.
#[derive(Default)]
struct Open {
    place: Option<Place>,
    start: usize,
    label: Option<String>,
    list: Option<(u32, u8)>,
    bullet: bool,
    properties: Properties,
    /// Bytes at the start set apart, and whether text that is not has followed.
    lead: usize,
    plain: bool,
    /// Whether its number has been counted.
    numbered: bool,
    /// Whether a style separator, which parts a heading from its text, stands at its end.
    separated: bool,
}

impl Open {
    fn start(&mut self, out: &mut Contract, place: Place) {
        if self.place.is_some() {
            return;
        }
        if !out.text.is_empty() {
            let last = out.blocks.last().map(|b| b.place);
            out.text.push(separator(last, place));
        }
        *self = Self { place: Some(place), start: out.text.len(), ..Self::default() };
    }

    /// Parts the words on both sides of a style separator where no space does.
    fn part_lines(&mut self, text: &mut String, next: &str) {
        if std::mem::take(&mut self.separated)
            && text.len() > self.start
            && !text.ends_with(char::is_whitespace)
            && !next.starts_with(char::is_whitespace)
        {
            text.push('\n');
        }
    }

    /// Takes notice of a piece of text that was just added to `text`.
    fn note(&mut self, emphasis: bool, piece: &str, text: &str) {
        if emphasis && !self.plain {
            self.lead = text.len() - self.start;
        } else if !piece.trim().is_empty() {
            self.plain = true;
        }
    }

    fn is_blank(&self, out: &Contract) -> bool {
        out.text[self.start..].trim().is_empty()
    }

    fn close(&mut self, out: &mut Contract) {
        let Some(place) = self.place.take() else { return };
        if self.is_blank(out) {
            out.text.truncate(self.start);
            out.origins.truncate(out.origins.partition_point(|o| (o.0 as usize) < self.start));
            if !out.blocks.is_empty() {
                out.text.pop();
            }
            return;
        }
        let span = Span::new(self.start, out.text.len());
        // The full stop after a bold heading is often not bold itself.
        let whole = self.lead > 0 && !out.text[self.start + self.lead..].contains(char::is_alphanumeric);
        out.blocks.push(Block {
            span,
            place,
            label: self.label.take(),
            list: self.list,
            level: self.properties.level,
            indent: self.properties.indent,
            depth: self.properties.depth,
            bullet: self.bullet,
            lead: if whole { 0 } else { offset(self.lead) },
            emphasis: whole,
        });
    }
}

/// What parts a block from the one before it: a tab between cells of a row, else a newline.
fn separator(last: Option<Place>, place: Place) -> char {
    match (last, place) {
        (Some(Place::Cell { table: a, row: r, column: c, .. }), Place::Cell { table, row, column, .. })
            if a == table && r == row && c != column =>
        {
            '\t'
        }
        _ => '\n',
    }
}

fn number(open: &mut Open, properties: &Properties, counters: &mut Counters) {
    open.properties = properties.clone();
    open.numbered = true;
    match &properties.number {
        Number::None => {}
        Number::Bullet => open.bullet = true,
        Number::Marker { list, text } => {
            open.label = Some(text.clone());
            open.list = Some((*list, properties.depth));
        }
        Number::Auto { num, level } => {
            open.list = counters.list(*num).map(|list| (list, *level));
            match counters.next(*num, *level) {
                Label::Text(text) => open.label = Some(text),
                Label::Bullet => open.bullet = true,
                Label::Nothing => {}
            }
        }
    }
}
