//! From bytes to [`Source`] (what a file holds, before any view of its tracked changes) and from a source
//! to [`Contract`] (the text that one view shows). Nothing here knows what a clause is.

pub mod cut;
pub mod docx;
mod front;
pub mod html;
pub mod limits;
pub mod links;
pub mod markdown;
pub mod markup;
pub mod numbering;
mod project;
pub mod text;
pub mod turned;

use crate::error::{Error, Result};
use crate::span::Span;
use links::{Anchors, Reference};
use numbering::Numbering;
use std::ops::Range;

pub use cut::Cut;
pub use limits::Limits;
pub use project::project;

/// The file formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `WordprocessingML` (.docx, .docm, .dotx, .dotm).
    Docx,
    /// `CommonMark` with tables and footnotes.
    Markdown,
    /// HTML, and XHTML.
    Html,
    /// Plain text.
    Text,
}

impl Format {
    /// The format that a file name ending stands for.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "docx" | "docm" | "dotx" | "dotm" => Some(Self::Docx),
            "md" | "markdown" | "mdx" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "txt" | "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Which text of a document with tracked changes is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// All tracked changes accepted.
    #[default]
    Accepted,
    /// All tracked changes rejected: what stood before the first of them.
    Original,
}

/// Which texts of a document with tracked changes are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Views {
    /// All tracked changes accepted, and nothing else.
    Accepted,
    /// All tracked changes rejected, and nothing else.
    Original,
    /// Both, where they differ: what only one of them states is told apart.
    Both,
}

impl Views {
    /// The view that offsets count in.
    #[must_use]
    pub fn first(self) -> View {
        match self {
            Self::Accepted | Self::Both => View::Accepted,
            Self::Original => View::Original,
        }
    }
}

impl From<View> for Views {
    fn from(view: View) -> Self {
        match view {
            View::Accepted => Self::Accepted,
            View::Original => Self::Original,
        }
    }
}

/// What the bytes of a file hold, in reading order.
#[derive(Clone, Debug)]
pub struct Source {
    /// Format that the file was read as.
    pub format: Format,
    /// Names of the package parts that text came from; one empty name where a file is its own part.
    pub parts: Vec<String>,
    /// Text of all segments; segments refer into it.
    pub text: String,
    /// Pieces of text in reading order within their paragraph.
    pub segments: Vec<Segment>,
    /// Paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// Tracked changes that segments and paragraph marks refer to.
    pub revisions: Vec<Revision>,
    /// Numbering definitions (DOCX).
    pub numbering: Numbering,
    /// Hyperlinks, cross-references, references to notes, and the bookmarks that they lead to (DOCX).
    pub anchors: Anchors,
    /// What was left out, or looks odd, in the user's words.
    pub notes: Vec<String>,
    /// What of the file was not read.
    pub cuts: Vec<Cut>,
}

/// One piece of text from one place of one part.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Index into [`Source::parts`].
    pub part: u16,
    /// Bytes of the part (inflated XML or Markdown source) that the text was read from.
    pub at: Range<u32>,
    /// Bytes of [`Source::text`].
    pub text: Range<u32>,
    /// Tracked insertion and deletion that the piece stands in.
    pub revised: Revised,
    /// Bold, underlined or otherwise set apart from the text around it.
    pub emphasis: bool,
    /// Whether the text differs from the bytes at `at` (entities, escapes, generated characters).
    pub escapes: bool,
}

/// Tracked changes around a piece of text or on a paragraph mark, as indices into [`Source::revisions`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revised {
    /// The insertion it is part of.
    pub inserted: Option<u32>,
    /// The deletion it is part of.
    pub deleted: Option<u32>,
    /// Whether a tracked change of formatting turned its emphasis on or off.
    pub restyled: bool,
}

impl Revised {
    /// Whether `view` shows what carries this.
    #[must_use]
    pub fn shown(self, view: View) -> bool {
        match view {
            View::Accepted => self.deleted.is_none(),
            View::Original => self.inserted.is_none(),
        }
    }

    /// This, within changes that enclose it: its own come first.
    #[must_use]
    pub fn within(self, outer: Self) -> Self {
        Self {
            inserted: self.inserted.or(outer.inserted),
            deleted: self.deleted.or(outer.deleted),
            restyled: self.restyled,
        }
    }
}

/// A tracked change: who and when, as the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// `w:id`.
    pub id: String,
    /// `w:author`.
    pub author: String,
    /// `w:date`, ISO 8601, empty where absent.
    pub date: String,
}

/// A paragraph as the file has it, empty ones and deleted ones included.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Where it stands.
    pub place: Place,
    /// Its pieces of text, as indices into [`Source::segments`].
    pub segments: Range<u32>,
    /// Index into [`Source::parts`].
    pub part: u16,
    /// Bytes of the part that the whole paragraph takes up.
    pub at: Range<u32>,
    /// What numbering and layout say about it.
    pub properties: Properties,
    /// The same before a tracked change of properties.
    pub former: Option<Box<Properties>>,
    /// Tracked change of the paragraph mark: a deleted mark joins the paragraph to the next one.
    pub mark: Revised,
    /// Whether the mark is a style separator: the next paragraph goes on in the same line, under this one's number.
    pub separator: bool,
}

/// Properties of a paragraph that tell its depth and its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// Its number.
    pub number: Number,
    /// Heading level 1 to 9: of the Markdown heading or the outline level.
    pub level: Option<u8>,
    /// Left indent in twentieths of a point; negative where it hangs out.
    pub indent: i32,
    /// Nesting in Markdown lists, 0 outside of lists.
    pub depth: u8,
}

/// How a paragraph is numbered by its format (a number typed into the text is not here).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Number {
    /// Not at all.
    #[default]
    None,
    /// Automatic numbering: `numId` and level 0 to 8.
    Auto {
        /// `numId`.
        num: u32,
        /// `ilvl`.
        level: u8,
    },
    /// A list marker of Markdown, with the list it belongs to and the author's own figure.
    Marker {
        /// Number of the list, in reading order.
        list: u32,
        /// The marker.
        text: String,
    },
    /// A bullet.
    Bullet,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The body of the document.
    Body,
    /// A table cell.
    Cell {
        /// Number of the table, in reading order.
        table: u32,
        /// Row, from 0.
        row: u16,
        /// Column, from 0.
        column: u16,
        /// Whether the row is a heading row.
        head: bool,
    },
    /// A footnote or endnote, after the paragraph of its reference.
    Note,
    /// A header or footer, once, after the body.
    HeaderFooter,
    /// The table of contents that a field makes.
    Contents,
    /// A text box, after the paragraph that it is anchored in.
    TextBox,
}

/// The text that one view of a source shows.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The view it was made for.
    pub view: View,
    /// Rendered text: no markup, no computed labels. Blocks are parted by a newline, cells of a row by a tab.
    pub text: String,
    /// Paragraphs with text, in reading order.
    pub blocks: Vec<Block>,
    /// Where each stretch of text comes from: sorted (first byte in `text`, index into [`Source::segments`]).
    pub origins: Vec<(u32, u32)>,
    /// Stretches of the text that lead elsewhere: links, cross-reference fields, references to notes.
    pub references: Vec<Reference>,
    /// What was left out, or looks odd, in the user's words.
    pub notes: Vec<String>,
    /// What of the file was not read, and so is not in the text.
    pub cuts: Vec<Cut>,
}

/// A paragraph of a [`Contract`].
#[derive(Clone, Debug)]
pub struct Block {
    /// Its text.
    pub span: Span,
    /// Where it stands.
    pub place: Place,
    /// The number that a reader sees in front of it and that is not in the text.
    pub label: Option<String>,
    /// List and level that the label was counted in: items of one list and level are siblings.
    pub list: Option<(u32, u8)>,
    /// Heading level 1 to 9.
    pub level: Option<u8>,
    /// Left indent in twentieths of a point.
    pub indent: i32,
    /// Nesting in Markdown lists, 0 outside of lists.
    pub depth: u8,
    /// Whether a bullet stands in front.
    pub bullet: bool,
    /// Bytes of text at the start that are set in bold or underlined, while what follows is not.
    pub lead: u32,
    /// Whether all of it is set in bold or underlined.
    pub emphasis: bool,
}

/// Characters that no reader sees: soft hyphen, zero-width space and joiners, byte order mark. They part words
/// (and hide labels) from everything that reads them, so no text holds them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The stretches of `text` without invisible characters, each with its first byte. Joiners stay within scripts (and
/// emoji) that write with them.
fn visible(text: &str) -> Vec<(usize, &str)> {
    if !text.contains(is_invisible) {
        return vec![(0, text)];
    }
    let needs_joiners = |c: char| c > '\u{24f}' && c.is_alphabetic() || c > '\u{1f000}';
    let mut out = Vec::new();
    let (mut start, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        let next = || text[at + c.len_utf8()..].chars().next().is_some_and(needs_joiners);
        // One that is a run of its own stands between runs that cannot be seen from here.
        let alone = c == '\u{200c}' && text.len() == c.len_utf8();
        let joins = matches!(c, '\u{200c}' | '\u{200d}') && (alone || needs_joiners(before) || next());
        if is_invisible(c) && !joins {
            out.push((start, &text[start..at]));
            start = at + c.len_utf8();
        }
        before = c;
    }
    out.push((start, &text[start..]));
    out.retain(|(_, stretch)| !stretch.is_empty());
    out
}

/// Reads `bytes` as `format`.
///
/// # Errors
/// Where the bytes are no contract file of that format; odd content is a note, never an error.
pub fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Source> {
    if bytes.is_empty() {
        return Err(Error::new("the file is empty", "supply the contract again"));
    }
    let source = match format {
        Format::Docx => docx::read(bytes, limits),
        Format::Markdown => markdown::read(&text::decode(bytes, limits)?, limits),
        Format::Html => html::read(bytes, limits),
        Format::Text => text::read(&text::decode(bytes, limits)?),
    };
    // A reader that was stopped may have seen no words yet: that it was stopped goes first.
    limits.in_time()?;
    let source = source?;
    limits.hold(&source)?;
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_joiners_of_other_scripts_stay() {
        assert_eq!(visible("sub\u{ad}pro\u{200b}cessor\u{200d}"), [(0, "sub"), (5, "pro"), (11, "cessor")]);
        assert_eq!(visible("می\u{200c}شود"), [(0, "می\u{200c}شود")]);
    }
}
