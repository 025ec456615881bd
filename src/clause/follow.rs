//! Whether a line that may be a title is one: that depends on what follows it.

use super::label::{Label, Wrap};
use super::piece::{Piece, Title, trim_heading};
use super::relation::{Open, begins_items, goes_on, succeeds};
use super::title::{has_verb, is_title_case};
use crate::source::Place;
use crate::span::Span;

/// A title heads text of at least so many bytes; shorter lines may be its like.
const LEAST_TEXT: usize = 60;

/// A line that may be a title is one where longer text follows it, not where its like does.
pub fn settle(piece: &mut Piece, next: Option<&Follow>, stack: &[Open], text: &str) {
    let labelled = piece.label.is_some();
    // What goes on the numbers of a title is one too, though a title in capitals follows it.
    let titled = piece.label.as_ref().is_some_and(|l| stack.iter().any(|o| o.title && succeeds(o, l)));
    let heads = next.is_some_and(|n| {
        let prose = !n.title && (n.len > LEAST_TEXT || n.leads);
        n.place == Place::Body
            && if labelled { !n.title || n.labelled || n.bullet || titled } else { prose || n.labelled }
    });
    let beside = next.is_some_and(|n| n.is_beside(piece) || (n.labelled || n.bullet) && n.title && !n.is_below(piece));
    // An item after items without titles has none either, unless it has items of its own.
    let plain = |label: &Label| stack.iter().any(|o| !o.headed && goes_on(o, label));
    let last = next.is_some_and(|n| !n.labelled) && piece.label.as_ref().is_some_and(plain);
    let listed = labelled && (beside || last);
    // "The Host hires out" above "(a) boats" is the beginning of a sentence.
    let begins = next.is_some_and(|n| n.small && (n.labelled || n.bullet)) && !is_title_case(piece.text.of(text));
    piece.title = Title::No;
    if heads && !listed && !begins && !piece.bullet && (piece.depth == 0 || labelled) {
        piece.title = Title::Yes;
        piece.heading = Some(trim_heading(text, piece.text)).filter(|h| !h.is_empty());
        piece.text = Span::new(piece.text.end as usize, piece.text.end as usize);
    }
}

/// What matters of the piece after the one at hand.
pub struct Follow {
    labelled: bool,
    bullet: bool,
    title: bool,
    /// Whether it surely is one.
    titled: bool,
    /// Whether it is left open for a list: "Vendor shall:".
    leads: bool,
    /// Whether its words begin in lower case.
    small: bool,
    len: usize,
    pub place: Place,
    depth: u8,
    list: Option<(u32, u8)>,
    /// How its label is built.
    shape: Option<Shape>,
    /// Whether its label begins a series.
    first: bool,
}

/// Figures, marks and punctuation of a label: equal in siblings.
type Shape = (usize, usize, Wrap);

fn shape(piece: &Piece) -> Option<Shape> {
    piece.label.as_ref().map(|l| (l.figures.len(), l.tail.len(), l.wrap))
}

impl Follow {
    /// What matters of `piece`.
    pub fn new(piece: &Piece, text: &str) -> Self {
        Self {
            labelled: piece.label.is_some(),
            bullet: piece.bullet,
            title: piece.title != Title::No,
            titled: piece.title == Title::Yes,
            leads: piece.text.of(text).ends_with(':') && has_verb(piece.text.of(text)),
            small: piece.text.of(text).starts_with(char::is_lowercase),
            len: piece.whole.len(),
            place: piece.place,
            depth: piece.depth,
            list: piece.list,
            shape: shape(piece),
            first: piece.label.as_ref().is_some_and(begins_items),
        }
    }

    /// Whether it is a title whose figure begins a series.
    pub fn begins_titles(&self) -> bool {
        let figure = self.shape.is_some_and(|(figures, marks, _)| figures == 1 && marks == 0);
        self.labelled && self.first && self.titled && figure && self.place == Place::Body
    }

    /// Whether it is running text, not one line.
    pub fn is_prose(&self) -> bool {
        !self.title && self.len > LEAST_TEXT && self.place == Place::Body
    }

    /// Whether it has a number that does not begin a list.
    pub fn goes_on_numbers(&self) -> bool {
        self.labelled && !self.first && self.place == Place::Body
    }

    /// Whether it is labelled one step below `piece`.
    fn is_below(&self, piece: &Piece) -> bool {
        let listed = self.list.zip(piece.list).is_some_and(|(a, b)| a.0 == b.0 && a.1 > b.1);
        let deeper = self.shape.zip(shape(piece)).is_some_and(|(a, b)| a.0 > b.0 && b.0 > 0);
        self.depth > piece.depth || listed || deeper
    }

    /// Whether its label is of the same kind and depth as that of `piece`.
    fn is_beside(&self, piece: &Piece) -> bool {
        let level = |list: Option<(u32, u8)>| list.map(|l| l.1);
        self.labelled
            && !self.first
            && self.shape == shape(piece)
            && self.depth == piece.depth
            && level(self.list) == level(piece.list)
    }
}
