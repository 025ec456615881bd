//! Links, cross-references and references to notes: what the file says of them, and where they lead in a view.

use super::{Contract, Revised, Source};
use crate::span::{Span, offset};
use std::collections::HashMap;
use std::ops::Range;

/// The links of a source and the bookmarks that they lead to.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    /// Links, in reading order of their part.
    pub links: Vec<Link>,
    /// Bookmarks.
    pub bookmarks: Vec<Bookmark>,
}

/// A stretch of text that leads elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Bytes of [`Source::text`]; empty where the link shows no text (a reference to a note).
    pub text: Range<u32>,
    /// Tracked changes that it stands in.
    pub revised: Revised,
    /// Where it leads.
    pub to: Target,
}

/// Where a link leads, as the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Out of the document.
    Address(String),
    /// To a bookmark.
    Bookmark(String),
    /// To a note: index of its first paragraph.
    Note(u32),
}

/// A named place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its name.
    pub name: String,
    /// Byte of [`Source::text`] that it stands before.
    pub at: u32,
}

/// A [`Link`] in the text of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its text in the contract; empty for a reference to a note.
    pub span: Span,
    /// Where it leads.
    pub to: Destination,
}

/// Where a reference leads in a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Out of the document.
    Address(String),
    /// To a block, by its index.
    Block(u32),
    /// To a bookmark that is not there, or whose text the view does not show.
    Lost(String),
}

/// The links of `source` that the view of `contract` shows.
pub(super) fn references(source: &Source, contract: &Contract) -> Vec<Reference> {
    if source.anchors.links.is_empty() {
        return Vec::new();
    }
    let map = Map::new(source, contract);
    let shown = source.anchors.links.iter().filter(|l| l.revised.shown(contract.view));
    shown.filter_map(|link| Some(Reference { span: map.span(&link.text)?, to: map.destination(&link.to) })).collect()
}

/// From places in the text of a source to places in the text of a contract.
struct Map<'a> {
    source: &'a Source,
    contract: &'a Contract,
    /// Segments by their place in the source's text, which is not their reading order where text boxes are.
    order: Vec<u32>,
    /// Where each segment starts in the contract, if the view shows it.
    starts: Vec<Option<u32>>,
    /// Where each bookmark stands; the first of a name counts, as in Word.
    bookmarks: HashMap<&'a str, u32>,
}

impl<'a> Map<'a> {
    fn new(source: &'a Source, contract: &'a Contract) -> Self {
        let mut order: Vec<u32> = (0..offset(source.segments.len())).collect();
        order.sort_by_key(|s| source.segments[*s as usize].text.start);
        let mut starts = vec![None; source.segments.len()];
        for &(at, segment) in contract.origins.iter().rev() {
            starts[segment as usize] = Some(at);
        }
        let named = source.anchors.bookmarks.iter().rev().map(|b| (b.name.as_str(), b.at));
        Self { source, contract, order, starts, bookmarks: named.collect() }
    }

    fn text(&self, segment: u32) -> &Range<u32> {
        &self.source.segments[segment as usize].text
    }

    /// The paragraph that holds a segment.
    fn paragraph(&self, segment: u32) -> usize {
        self.source.paragraphs.partition_point(|p| p.segments.end <= segment)
    }

    /// Position in `order` of the first segment that reaches beyond `at`.
    fn after(&self, at: u32) -> usize {
        self.order.partition_point(|s| self.text(*s).end <= at)
    }

    fn span(&self, text: &Range<u32>) -> Option<Span> {
        let from = self.after(text.start);
        if text.is_empty() {
            let before = *self.order.get(from.checked_sub(1)?)?;
            let paragraph = self.paragraph(before);
            let mut same = self.order[..from].iter().rev().take_while(|s| self.paragraph(**s) == paragraph);
            let (start, last) = same.find_map(|s| Some((self.starts[*s as usize]?, *s)))?;
            let end = start + (self.text(last).end - self.text(last).start);
            return Some(Span { start: end, end });
        }
        let inside = self.order[from..].iter().take_while(|s| self.text(**s).start < text.end);
        let shown = inside.filter_map(|s| Some((self.starts[*s as usize]?, self.text(*s).len())));
        shown.fold(None, |span, (start, len)| {
            let end = start + offset(len);
            let span = span.unwrap_or(Span { start, end });
            Some(Span { start: span.start.min(start), end: span.end.max(end) })
        })
    }

    fn destination(&self, to: &Target) -> Destination {
        match to {
            Target::Address(address) => Destination::Address(address.clone()),
            Target::Bookmark(name) => {
                let at = self.bookmarks.get(name.as_str());
                let block = at.and_then(|at| self.block(*self.order.get(self.after(*at))?));
                block.map_or_else(|| Destination::Lost(name.clone()), Destination::Block)
            }
            Target::Note(paragraph) => {
                let first = self.source.paragraphs.get(*paragraph as usize).map(|p| p.segments.start);
                first.and_then(|s| self.block(s)).map_or_else(|| Destination::Lost(String::new()), Destination::Block)
            }
        }
    }

    /// The block that shows the first visible segment from `segment` on in its paragraph.
    fn block(&self, segment: u32) -> Option<u32> {
        let paragraph = self.source.paragraphs.get(self.paragraph(segment))?;
        let at = (segment.max(paragraph.segments.start)..paragraph.segments.end)
            .find_map(|s| self.starts.get(s as usize).copied().flatten())?;
        let block = self.contract.blocks.partition_point(|b| b.span.end <= at);
        (block < self.contract.blocks.len()).then(|| offset(block))
    }
}
