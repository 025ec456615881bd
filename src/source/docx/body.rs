//! One part with paragraphs (document, footnotes, endnotes, headers, footers) as paragraphs and segments.
//!
//! The part is walked once, without recursion. Elements that are not named here are passed through, so text
//! in wrappers nobody has heard of (smart tags, custom XML, `w:dir`) is still read.

mod fields;
mod inserted;
mod paragraphs;
mod references;
mod runs;
mod tables;

use super::forms::{Control, FormField};
use super::graft::Chunk;
use super::reported::Seen;
use super::styles::Styles;
use super::xml::{Element, Node, Ns, Xml};
use crate::source::links::{Bookmark, Link};
use crate::source::numbering::Numbering;
use crate::source::{Limits, Paragraph, Place, Revised, Revision, Segment, turned};
use crate::span::offset;
use fields::{Field, Hyperlink};
use paragraphs::Opened;
use runs::{Alternate, Fence};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use tables::Table;

/// What paragraphs refer to.
pub struct Definitions<'a> {
    /// `styles.xml`.
    pub styles: &'a Styles,
    /// `numbering.xml`.
    pub numbering: &'a Numbering,
    /// Budgets.
    pub limits: &'a Limits,
}

/// What is gathered over all parts.
#[derive(Default)]
pub struct Gathered {
    /// Text of all segments.
    pub text: String,
    /// Tracked changes.
    pub revisions: Vec<Revision>,
    /// Tables so far.
    pub tables: u32,
    /// Hyperlinks and cross-reference fields.
    pub links: Vec<Link>,
    /// Bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// Documents within the package by relationship id of the part that is read, each until it is met: one that is
    /// referred to often is read once.
    pub chunks: HashMap<String, Chunk>,
    /// Parts of charts and diagrams that hold words.
    pub drawn: HashSet<String>,
    /// Headers and footers of documents within the package.
    pub furniture: Vec<Built>,
    /// Definitions of their lists.
    pub numbering: Numbering,
    /// Beyond the numbers of their lists.
    pub lists: u32,
    /// Things that a note tells of.
    pub seen: Seen,
}

/// A kind of paragraphs that stand apart and are read where they are referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aside {
    /// `footnotes.xml`, by note id.
    Footnote,
    /// `endnotes.xml`, by note id.
    Endnote,
    /// The words of a chart or diagram, by the name of its part.
    Drawing,
    /// Separators between text and notes, where they hold words.
    NoteSeparator,
}

/// A reference to paragraphs that stand apart.
pub struct Referred {
    /// What to, and its id.
    pub to: (Aside, String),
    /// Byte of the gathered text after which the reference stands.
    pub at: u32,
    /// Tracked changes that the reference stands in: what it refers to goes with it.
    pub revised: Revised,
}

/// A paragraph with its segments, and what comes right after it.
pub struct Built {
    /// The paragraph; its range of segments is filled in when it is laid down.
    pub paragraph: Paragraph,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Notes and diagrams referred to.
    pub referred: Vec<Referred>,
    /// Relationship ids of headers and footers of the section that ends here.
    pub headers: Vec<String>,
    /// Paragraphs of text boxes anchored in it.
    pub after: Vec<Built>,
    /// The reference that it is the first paragraph for, where that is known.
    pub reference: Option<Referred>,
    /// Whether it has the style of an entry of a table of contents.
    pub entry: bool,
}

impl Built {
    /// A paragraph that nothing hangs on.
    #[must_use]
    pub fn new(paragraph: Paragraph, segments: Vec<Segment>) -> Self {
        Self {
            paragraph,
            segments,
            referred: Vec::new(),
            headers: Vec::new(),
            after: Vec::new(),
            reference: None,
            entry: false,
        }
    }

    /// Ends a story (a note, a text box, a part) with this paragraph: its mark has no next paragraph to join, so it
    /// stays wherever the paragraph shows text.
    pub fn end_story(&mut self) {
        let mark = &mut self.paragraph.mark;
        if self.segments.iter().any(|s| s.revised.deleted.is_none()) {
            mark.deleted = None;
        }
        if self.segments.iter().any(|s| s.revised.inserted.is_none()) {
            mark.inserted = None;
        }
        self.paragraph.separator = false;
    }
}

/// The paragraphs of a part, by the note that they belong to.
pub struct PartText {
    /// Paragraphs in reading order, keyed by note id ("" for all but the notes parts).
    pub paragraphs: Vec<(String, Built)>,
    /// Relationship ids of headers and footers of the last section.
    pub headers: Vec<String>,
    /// What is wrong with the rest of the part, if anything.
    pub broken: Option<String>,
}

/// What a part is read as.
pub struct Part<'a> {
    /// Its index into the source's parts.
    pub index: u16,
    /// Where its paragraphs stand.
    pub place: Place,
    /// Targets of its relationships that lead out of the package, by id.
    pub addresses: &'a HashMap<String, String>,
    /// Parts that its other relationships lead to, by id.
    pub targets: &'a HashMap<String, String>,
}

/// Id under which the words of note separators are kept: no number, so no note has it.
pub const SEPARATORS: &str = "separator";

/// Reads a part.
pub fn read(text: &str, part: &Part, definitions: &Definitions, gathered: &mut Gathered) -> PartText {
    let mut walker = Walker {
        xml: Xml::new(text, definitions.limits),
        part,
        definitions,
        gathered,
        out: PartText { paragraphs: Vec::new(), headers: Vec::new(), broken: None },
        note: String::new(),
        open: Vec::new(),
        inserted: Vec::new(),
        deleted: Vec::new(),
        tables: Vec::new(),
        boxes: Vec::new(),
        shapes: 0,
        alternates: Vec::new(),
        drawings: 0,
        fields: Vec::new(),
        hyperlinks: Vec::new(),
        controls: Vec::new(),
        fences: Vec::new(),
        at: At::default(),
    };
    walker.walk();
    walker.out.broken = walker.xml.broken.take();
    walker.out
}

/// Fields nest three or four deep; each paragraph looks at no more of those that were never closed.
pub(super) const OUTER_FIELDS: usize = 32;

struct Walker<'a, 'b> {
    xml: Xml<'a>,
    part: &'b Part<'b>,
    definitions: &'b Definitions<'b>,
    gathered: &'b mut Gathered,
    out: PartText,
    /// Id of the note that is being read.
    note: String,
    /// Open paragraphs, the innermost last: a text box opens paragraphs within a paragraph.
    open: Vec<Opened>,
    inserted: Vec<u32>,
    deleted: Vec<u32>,
    tables: Vec<Table>,
    /// Open text boxes: how many tables and paragraphs were open when they began.
    boxes: Vec<(usize, usize)>,
    /// Open texts of drawn shapes that are no text box of Word (`a:txBody`).
    shapes: u32,
    alternates: Vec<Alternate>,
    /// Charts and diagrams with words so far.
    drawings: u32,
    fields: Vec<Field>,
    hyperlinks: Vec<Hyperlink>,
    controls: Vec<Control>,
    fences: Vec<Fence>,
    at: At,
}

/// Which property element the walker is inside of.
#[derive(Default)]
struct At {
    paragraph_properties: bool,
    /// `w:pPrChange`: what follows are the old properties.
    former: bool,
    run_properties: bool,
    /// `w:rPrChange`: what follows are the old properties.
    former_run: bool,
    row_properties: bool,
    control_properties: bool,
    text: bool,
    instruction: bool,
    /// Open `w:bdo`, and whether each turns its text around (17.3.2.3).
    turned: Vec<bool>,
    form_field: Option<FormField>,
    /// `m:naryPr`: the sign of the operator.
    operator: Option<String>,
}

impl<'a> Walker<'a, '_> {
    fn walk(&mut self) {
        loop {
            match self.xml.advance() {
                Node::Open(e) => self.open(&e),
                Node::Close(ns, name, end) => self.close(ns, name, end),
                Node::Text(text, at) => self.text(&text, at, matches!(text, Cow::Owned(_))),
                Node::End => break,
            }
        }
        // A part that breaks off leaves its paragraphs open; what they hold was read all the same.
        while let Some(paragraph) = self.open.pop() {
            let end = paragraph.at;
            self.finish(paragraph, end);
        }
        if let Some((_, last)) = self.out.paragraphs.last_mut() {
            last.end_story();
        }
        self.end_contents();
    }

    fn open(&mut self, e: &Element<'a>) {
        if self.at.control_properties {
            if let Some(control) = self.controls.last_mut() {
                control.note(e);
            }
            return;
        }
        match e.ns {
            Ns::Word => self.open_word(e),
            Ns::Compat => self.open_alternate(e),
            Ns::Math => self.open_math(e),
            Ns::WordExt | Ns::Package => {}
            Ns::Other if self.shapes > 0 && self.open_in_shape(e) => {}
            Ns::Other => self.open_drawing(e),
        }
    }

    fn open_word(&mut self, e: &Element<'a>) {
        if self.at.paragraph_properties && self.open_in_paragraph_properties(e) {
            return;
        }
        if self.at.run_properties {
            self.open_in_run_properties(e);
            return;
        }
        match e.name {
            "p" => self.open_paragraph(e.at),
            "pPr" => self.at.paragraph_properties = !self.open.is_empty(),
            "footnoteReference" => self.refer(Aside::Footnote, e),
            "endnoteReference" => self.refer(Aside::Endnote, e),
            "footnote" | "endnote" => self.open_note(e),
            "commentReference" => self.gathered.seen.comments += 1,
            "altChunk" => self.chunk(e),
            "subDoc" => self.subdocument(e),
            "headerReference" | "footerReference" => self.header(e),
            "txbxContent" => self.boxes.push((self.tables.len(), self.open.len())),
            "ins" | "moveTo" | "del" | "moveFrom" => self.open_change(e),
            "tbl" | "tr" | "tc" | "trPr" | "tblHeader" | "gridSpan" | "gridBefore" | "cellIns" | "cellDel" => {
                self.open_table(e);
            }
            "sdtEndPr" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "tblPr" => self.xml.skip(),
            "sdt" => self.controls.push(Control::default()),
            "sdtPr" => self.at.control_properties = !self.controls.is_empty(),
            "bdo" => self.open_override(e),
            "sdtContent" => self.open_control_content(),
            "fldChar" | "fldSimple" | "instrText" | "delInstrText" | "hyperlink" | "bookmarkStart" | "ffData" => {
                self.open_field(e);
            }
            _ => self.open_in_run(e),
        }
    }

    fn close(&mut self, ns: Ns, name: &str, end: usize) {
        match (ns, name) {
            (Ns::Word, "sdtPr") => self.at.control_properties = false,
            _ if self.at.control_properties => {}
            (Ns::Word, _) => self.close_word(name, end),
            (Ns::Compat, "AlternateContent") => {
                self.alternates.pop();
            }
            (Ns::Math, _) => self.close_math(name, end),
            (Ns::Other, _) if self.shapes > 0 => self.close_in_shape(name, end),
            _ => {}
        }
    }

    fn close_word(&mut self, name: &str, end: usize) {
        match name {
            "t" | "delText" => self.at.text = false,
            "p" => self.close_paragraph(end),
            "rPr" if !self.at.former_run => self.at.run_properties = false,
            "rPrChange" => self.at.former_run = false,
            "pPrChange" => self.at.former = false,
            "pPr" if !self.at.former => self.close_paragraph_properties(),
            "ins" | "moveTo" | "del" | "moveFrom" => self.close_change(name),
            "trPr" | "tc" | "tr" | "tbl" => self.close_table(name, end),
            "txbxContent" => self.close_box(end),
            "body" | "hdr" | "ftr" => self.close_stray(end),
            "footnote" | "endnote" => self.close_note(end),
            "sdt" => {
                self.controls.pop();
            }
            "bdo" if self.at.turned.pop() == Some(true) => self.generate(turned::POP, end),
            "sdtContent" => self.close_control_content(end),
            "fldSimple" | "instrText" | "delInstrText" | "hyperlink" | "ffData" => self.close_field(name, end),
            "rt" | "ruby" => self.close_ruby(name, end),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, at: Range<usize>, escapes: bool) {
        if self.at.instruction {
            if let Some(field) = self.fields.last_mut().filter(|f| !f.result) {
                field.instruction.push_str(text);
            }
        } else if self.at.text {
            self.push(text, at, escapes);
        }
    }

    /// Tracked changes that are open here.
    fn revised(&self) -> Revised {
        Revised { inserted: self.inserted.last().copied(), deleted: self.deleted.last().copied(), restyled: false }
    }

    fn revision(&mut self, e: &Element) -> u32 {
        self.gathered.revisions.push(Revision {
            id: e.attribute("id").unwrap_or_default(),
            author: e.attribute("author").unwrap_or_default(),
            date: e.attribute("date").unwrap_or_default(),
        });
        offset(self.gathered.revisions.len() - 1)
    }

    fn open_change(&mut self, e: &Element) {
        let change = self.revision(e);
        // In `w:trPr` it says that the whole row is inserted or deleted (17.13.5.12, 17.13.5.16).
        match e.name {
            "ins" | "moveTo" => self.inserted.push(change),
            _ => self.deleted.push(change),
        }
    }

    fn close_change(&mut self, name: &str) {
        // A change that stands in paragraph or row properties is an empty element and was dealt with there.
        if self.at.paragraph_properties || self.at.row_properties {
            return;
        }
        match name {
            "ins" | "moveTo" => self.inserted.pop(),
            _ => self.deleted.pop(),
        };
    }
}
