//! What the walker makes: paragraphs with their pieces of text.

use crate::source::{Place, Properties};
use std::ops::Range;

/// A paragraph of a page.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where it stands.
    pub place: Place,
    /// Its number, level and indent.
    pub properties: Properties,
    /// Figure of its list item, counted from the last, where the number of items is still to be added.
    pub figure: Option<i64>,
    /// Bytes that it takes up.
    pub at: Range<usize>,
    /// Its pieces of text.
    pub runs: Vec<Run>,
    /// Whether it stands in a term or a description.
    pub part: Part,
    /// Bytes of its text, of those that are links, and of those that are links into the page itself.
    pub bytes: usize,
    /// Bytes in links.
    pub linked: usize,
    /// Bytes in links to a place of the same page.
    pub local: usize,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text, white space collapsed, entities decoded.
    pub text: String,
    /// Bytes that it was read from.
    pub at: Range<usize>,
    /// Whether it is set apart from the text around it.
    pub emphasis: bool,
    /// Whether the text differs from the bytes.
    pub escapes: bool,
}

/// Which part of a list of terms a paragraph stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// None.
    #[default]
    None,
    /// The term.
    Term,
    /// What describes it.
    Description,
}

impl Draft {
    /// Its words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.text().split_whitespace().count()
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }

    /// Puts the text of `label` in front, parted by a tab as the cells of a row are.
    pub fn lead_with(&mut self, label: Self) {
        if let Some(first) = self.runs.first_mut() {
            first.text.insert(0, '\t');
            first.escapes = true;
        }
        self.at.start = label.at.start;
        self.bytes += label.bytes + 1;
        self.runs.splice(0..0, label.runs);
    }
}

/// Whether more than half of the text is links.
#[must_use]
pub fn mostly_links(drafts: &[Draft]) -> bool {
    let (bytes, linked) = drafts.iter().fold((0, 0), |(b, l), d| (b + d.bytes, l + d.linked));
    linked * 2 > bytes
}
