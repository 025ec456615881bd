//! One part with paragraphs (document, footnotes, endnotes, headers, footers) as paragraphs and segments.
//!
//! The part is walked once, without recursion. Elements that are not named here are passed through, so text
//! in wrappers nobody has heard of is still read.

use super::forms::{FormField, symbol};
use super::properties::{Direct, resolve};
use super::styles::{Look, Styles, indent};
use super::xml::{Element, Node, Ns, Xml};
use crate::source::numbering::Numbering;
use crate::source::{Limits, Number, Paragraph, Place, Revised, Revision, Segment, visible};
use crate::span::offset;
use std::borrow::Cow;
use std::ops::Range;

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
    /// Counts of things that a note tells of.
    pub seen: Seen,
}

/// Things counted for the reader's notes.
#[derive(Default)]
pub struct Seen {
    /// Comments referred to.
    pub comments: u32,
    /// Runs of hidden text.
    pub hidden: u32,
    /// Other documents inserted by reference (`w:altChunk`, `w:subDoc`).
    pub chunks: u32,
}

/// A paragraph with its segments, and what comes right after it.
pub struct Built {
    /// The paragraph; its range of segments is filled in when it is laid down.
    pub paragraph: Paragraph,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Notes referred to: ("footnotes" or "endnotes", id).
    pub notes: Vec<(&'static str, String)>,
    /// Relationship ids of headers and footers of the section that ends here.
    pub headers: Vec<String>,
    /// Paragraphs of text boxes anchored in it.
    pub after: Vec<Built>,
}

/// The paragraphs of a part, by the note that they belong to ("" for all but the notes parts).
pub struct PartText {
    /// Paragraphs in reading order, keyed by note id.
    pub paragraphs: Vec<(String, Built)>,
    /// Relationship ids of headers and footers of the last section.
    pub headers: Vec<String>,
    /// What is wrong with the rest of the part, if anything.
    pub broken: Option<String>,
}

/// Reads a part. `part` is its index into the source's parts; `place` is where its paragraphs stand.
pub fn read(text: &str, part: u16, place: Place, definitions: &Definitions, gathered: &mut Gathered) -> PartText {
    let mut walker = Walker {
        xml: Xml::new(text, definitions.limits),
        part,
        base: place,
        definitions,
        gathered,
        out: PartText { paragraphs: Vec::new(), headers: Vec::new(), broken: None },
        note: String::new(),
        open: Vec::new(),
        inserted: Vec::new(),
        deleted: Vec::new(),
        tables: Vec::new(),
        boxes: Vec::new(),
        alternates: Vec::new(),
        fields: Vec::new(),
        at: At::default(),
    };
    walker.walk();
    walker.out.broken = walker.xml.broken.take();
    walker.out
}

/// Fields nest three or four deep; each paragraph looks at no more of those that were never closed.
const OUTER_FIELDS: usize = 32;

struct Walker<'a, 'b> {
    xml: Xml<'a>,
    part: u16,
    base: Place,
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
    /// Open `mc:AlternateContent` elements: whether a choice was read.
    alternates: Vec<bool>,
    fields: Vec<Field>,
    at: At,
}

/// Which property element the walker is inside of.
#[derive(Default)]
struct At {
    paragraph_properties: bool,
    /// `w:pPrChange`: what follows are the old properties.
    former: bool,
    run_properties: bool,
    row_properties: bool,
    text: bool,
    instruction: bool,
    form_field: Option<FormField>,
}

struct Opened {
    at: usize,
    style: Option<String>,
    direct: Direct,
    former: Option<(Option<String>, Direct)>,
    mark: Revised,
    /// The paragraph mark is a style separator: the next paragraph goes on in the same line.
    separator: bool,
    /// The paragraph ends a section.
    section: bool,
    look: Look,
    run: Look,
    built: Vec<Segment>,
    notes: Vec<(&'static str, String)>,
    headers: Vec<String>,
    after: Vec<Built>,
    contents: bool,
}

struct Table {
    id: u32,
    row: u16,
    column: u16,
    span: u16,
    head: bool,
    cells: bool,
    /// How many insertions and deletions were open before the row and before the cell.
    row_base: (usize, usize),
    cell_base: (usize, usize),
}

struct Field {
    instruction: String,
    result: bool,
}

impl<'a> Walker<'a, '_> {
    fn walk(&mut self) {
        loop {
            match self.xml.advance() {
                Node::Open(e) => self.open(&e),
                Node::Close(ns, name, end) => self.close(ns, name, end),
                Node::Text(text, at) => self.text(&text, at),
                Node::End => break,
            }
        }
        while let Some(paragraph) = self.open.pop() {
            self.finish(paragraph, self.xml_end());
        }
    }

    fn xml_end(&self) -> usize {
        self.open.last().map_or(0, |p| p.at)
    }

    fn open(&mut self, e: &Element<'a>) {
        match e.ns {
            Ns::Word => self.open_word(e),
            Ns::Compat => match e.name {
                "AlternateContent" => self.alternates.push(false),
                "Choice" => {
                    if let Some(read) = self.alternates.last_mut() {
                        if *read { self.xml.skip() } else { *read = true }
                    }
                }
                "Fallback" if self.alternates.last() == Some(&true) => self.xml.skip(),
                _ => {}
            },
            Ns::Math if e.name == "t" => self.at.text = true,
            _ => {}
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
            "r" => {
                if let Some(p) = self.open.last_mut() {
                    p.run = Look::default();
                }
            }
            "rPr" => self.at.run_properties = true,
            "t" | "delText" => self.at.text = true,
            "instrText" | "delInstrText" => self.at.instruction = true,
            "tab" | "ptab" => self.generate("\t", e.at),
            "br" | "cr" => self.generate("\n", e.at),
            "noBreakHyphen" => self.generate("-", e.at),
            "sym" => self.generate(&symbol(e), e.at),
            "footnoteReference" => self.refer("footnotes", e),
            "endnoteReference" => self.refer("endnotes", e),
            "footnote" | "endnote" => self.open_note(e),
            "commentReference" => self.gathered.seen.comments += 1,
            "altChunk" | "subDoc" => self.gathered.seen.chunks += 1,
            "fldChar" => self.field(e),
            "fldSimple" => {
                self.fields.push(Field { instruction: e.attribute("instr").unwrap_or_default(), result: true });
            }
            "headerReference" | "footerReference" => self.header(e),
            "txbxContent" => self.boxes.push((self.tables.len(), self.open.len())),
            "ins" | "moveTo" | "del" | "moveFrom" => self.open_change(e),
            "tbl" | "tr" | "tc" | "trPr" | "tblHeader" | "gridSpan" | "cellIns" | "cellDel" => self.open_table(e),
            "sdtPr" | "sdtEndPr" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "tblPr" => {
                self.xml.skip();
            }
            "ffData" => self.at.form_field = Some(FormField::default()),
            _ => {
                if let Some(form) = self.at.form_field.as_mut() {
                    form.note(e);
                }
            }
        }
    }

    /// Whether the element was a paragraph property.
    fn open_in_paragraph_properties(&mut self, e: &Element) -> bool {
        let (former, in_mark) = (self.at.former, self.at.run_properties);
        if e.name == "rPrChange" {
            self.xml.skip();
            return true;
        }
        if in_mark {
            let change = match e.name {
                "ins" | "moveTo" | "del" | "moveFrom" => Some(self.revision(e)),
                _ => None,
            };
            let Some(p) = self.open.last_mut() else { return true };
            match e.name {
                "ins" | "moveTo" => p.mark.inserted = change,
                "del" | "moveFrom" => p.mark.deleted = change,
                "specVanish" => p.separator = e.is_on(),
                _ => {}
            }
            return true;
        }
        if e.name == "rPr" {
            self.at.run_properties = true;
            return true;
        }
        if matches!(e.name, "headerReference" | "footerReference") {
            self.header(e);
            return true;
        }
        let Some(p) = self.open.last_mut() else { return true };
        if e.name == "pPrChange" {
            self.at.former = true;
            p.former = Some((None, Direct::default()));
            return true;
        }
        let (style, direct) = match (&mut p.former, former) {
            (Some((style, direct)), true) => (style, direct),
            _ => (&mut p.style, &mut p.direct),
        };
        let unsigned = || e.number().and_then(|n| u32::try_from(n).ok());
        let small = || e.number().and_then(|n| u8::try_from(n).ok());
        match e.name {
            "pStyle" => *style = e.attribute("val"),
            "sectPr" => p.section = true,
            "numId" => direct.num = unsigned(),
            "ilvl" => direct.level = small(),
            "outlineLvl" => direct.outline = small(),
            "ind" => direct.indent = indent(e).or(direct.indent),
            _ => {}
        }
        true
    }

    fn open_in_run_properties(&mut self, e: &Element) {
        match e.name {
            "rPrChange" => self.xml.skip(),
            "rStyle" => {
                let look = e.attribute("val").map(|id| self.definitions.styles.character(&id)).unwrap_or_default();
                if let Some(p) = self.open.last_mut() {
                    p.run = p.run.over(look);
                }
            }
            _ => {
                if let Some(p) = self.open.last_mut() {
                    p.run.note(e);
                }
            }
        }
    }

    fn open_paragraph(&mut self, at: usize) {
        // The field of a table of contents stands around others, never deep inside them.
        let contents = self.fields.iter().take(OUTER_FIELDS).any(|f| f.instruction.trim_start().starts_with("TOC"));
        self.open.push(Opened {
            at,
            style: None,
            direct: Direct::default(),
            former: None,
            mark: Revised::default(),
            separator: false,
            section: false,
            look: Look::default(),
            run: Look::default(),
            built: Vec::new(),
            notes: Vec::new(),
            headers: Vec::new(),
            after: Vec::new(),
            contents,
        });
    }

    fn open_note(&mut self, e: &Element) {
        let kind = e.attribute("type").unwrap_or_default();
        if matches!(kind.as_str(), "separator" | "continuationSeparator" | "continuationNotice") {
            self.xml.skip();
        } else {
            self.note = e.attribute("id").unwrap_or_default();
        }
    }

    fn open_change(&mut self, e: &Element) {
        let change = self.revision(e);
        if self.at.row_properties {
            // `w:trPr/w:ins`: the whole row is inserted or deleted.
            match e.name {
                "ins" => self.inserted.push(change),
                _ => self.deleted.push(change),
            }
        } else if matches!(e.name, "ins" | "moveTo") {
            self.inserted.push(change);
        } else {
            self.deleted.push(change);
        }
    }

    fn open_table(&mut self, e: &Element) {
        let base = (self.inserted.len(), self.deleted.len());
        if e.name == "tbl" {
            self.gathered.tables += 1;
            self.tables.push(Table {
                id: self.gathered.tables,
                row: 0,
                column: 0,
                span: 1,
                head: false,
                cells: false,
                row_base: base,
                cell_base: base,
            });
            return;
        }
        if matches!(e.name, "cellIns" | "cellDel") {
            let change = self.revision(e);
            if e.name == "cellIns" {
                self.inserted.push(change);
            } else {
                self.deleted.push(change);
            }
            return;
        }
        let Some(table) = self.tables.last_mut() else { return };
        match e.name {
            "tr" => {
                (table.column, table.cells, table.head) = (0, false, false);
                table.row_base = base;
            }
            "trPr" => self.at.row_properties = true,
            "tblHeader" => table.head = e.is_on(),
            "tc" => {
                table.span = 1;
                table.cells = true;
                table.cell_base = base;
            }
            "gridSpan" => table.span = e.number().and_then(|n| u16::try_from(n).ok()).unwrap_or(1).max(1),
            _ => {}
        }
    }

    fn close(&mut self, ns: Ns, name: &str, end: usize) {
        match (ns, name) {
            (Ns::Word | Ns::Math, "t") | (Ns::Word, "delText") => self.at.text = false,
            (Ns::Word, "instrText" | "delInstrText") => self.at.instruction = false,
            (Ns::Compat, "AlternateContent") => {
                self.alternates.pop();
            }
            (Ns::Word, _) => self.close_word(name, end),
            _ => {}
        }
    }

    fn close_word(&mut self, name: &str, end: usize) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.finish(paragraph, end);
                }
            }
            "rPr" => self.at.run_properties = false,
            "pPrChange" => self.at.former = false,
            "pPr" if !self.at.former => self.close_paragraph_properties(),
            "trPr" => self.at.row_properties = false,
            // A change that stands in paragraph or row properties is an empty element and was dealt with there.
            "ins" | "moveTo" if !self.at.paragraph_properties && !self.at.row_properties => {
                self.inserted.pop();
            }
            "del" | "moveFrom" if !self.at.paragraph_properties && !self.at.row_properties => {
                self.deleted.pop();
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = table.column.saturating_add(table.span);
                    self.inserted.truncate(table.cell_base.0);
                    self.deleted.truncate(table.cell_base.1);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = table.row.saturating_add(1);
                    self.inserted.truncate(table.row_base.0);
                    self.deleted.truncate(table.row_base.1);
                }
            }
            "tbl" => {
                self.tables.pop();
            }
            "txbxContent" => {
                self.boxes.pop();
            }
            "fldSimple" => {
                self.fields.pop();
            }
            "ffData" => {
                if let Some(form) = self.at.form_field.take() {
                    self.generate(form.shown(), end);
                }
            }
            "rt" => self.generate(" ", end),
            _ => {}
        }
    }

    fn close_paragraph_properties(&mut self) {
        self.at.paragraph_properties = false;
        let styles = self.definitions.styles;
        if let Some(p) = self.open.last_mut() {
            p.look = styles.paragraph(p.style.as_deref()).map(|(_, s)| s.look).unwrap_or_default();
        }
    }

    fn text(&mut self, text: &Cow<str>, at: Range<usize>) {
        if self.at.instruction {
            if let Some(field) = self.fields.last_mut().filter(|f| !f.result) {
                field.instruction.push_str(&text);
            }
        } else if self.at.text {
            let escapes = matches!(text, Cow::Owned(_));
            self.push(&text, at, escapes);
        }
    }

    fn generate(&mut self, text: &str, at: usize) {
        if !self.at.paragraph_properties && !text.is_empty() {
            self.push(text, at..at, true);
        }
    }

    fn push(&mut self, text: &str, at: Range<usize>, escapes: bool) {
        for (start, stretch) in visible(text) {
            let from = at.start + start;
            self.push_stretch(stretch, if escapes { at.clone() } else { from..from + stretch.len() }, escapes);
        }
    }

    fn push_stretch(&mut self, text: &str, at: Range<usize>, escapes: bool) {
        let revised = self.revised();
        let Some(p) = self.open.last_mut() else { return };
        let look = p.run.over(p.look);
        if look.hidden == Some(true) {
            self.gathered.seen.hidden += 1;
        }
        let start = self.gathered.text.len();
        self.gathered.text.push_str(text);
        p.built.push(Segment {
            part: self.part,
            at: offset(at.start)..offset(at.end),
            text: offset(start)..offset(self.gathered.text.len()),
            revised,
            emphasis: look.emphasis(),
            escapes,
        });
    }

    fn revised(&self) -> Revised {
        Revised { inserted: self.inserted.last().copied(), deleted: self.deleted.last().copied() }
    }

    fn revision(&mut self, e: &Element) -> u32 {
        self.gathered.revisions.push(Revision {
            id: e.attribute("id").unwrap_or_default(),
            author: e.attribute("author").unwrap_or_default(),
            date: e.attribute("date").unwrap_or_default(),
        });
        offset(self.gathered.revisions.len() - 1)
    }

    fn refer(&mut self, part: &'static str, e: &Element) {
        if let (Some(p), Some(id)) = (self.open.last_mut(), e.attribute("id")) {
            p.notes.push((part, id));
        }
    }

    fn header(&mut self, e: &Element) {
        let Some(id) = e.attribute("id") else { return };
        match self.open.last_mut() {
            Some(p) => p.headers.push(id),
            None => self.out.headers.push(id),
        }
    }

    fn field(&mut self, e: &Element) {
        match e.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field { instruction: String::new(), result: false }),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Where the paragraph that is being closed stands.
    fn place(&self, contents: bool) -> Place {
        let tables = self.boxes.last().map_or(0, |b| b.0);
        let table = self.tables.get(tables..).and_then(<[Table]>::last).filter(|t| t.cells && self.base == Place::Body);
        if let Some(table) = table {
            return Place::Cell { table: table.id, row: table.row, column: table.column, head: table.head };
        }
        if !self.boxes.is_empty() {
            return Place::TextBox;
        }
        if contents && self.base == Place::Body { Place::Contents } else { self.base }
    }

    fn finish(&mut self, p: Opened, end: usize) {
        let place = self.place(p.contents);
        let resolve = |style: &Option<String>, direct: &Direct| {
            resolve(style.as_deref(), direct, self.definitions.styles, self.definitions.numbering)
        };
        let mut properties = resolve(&p.style, &p.direct);
        if p.section && p.built.is_empty() {
            // Word shows a section break there and no paragraph, so its style's number is not counted.
            properties.number = Number::None;
        }
        let former = p.former.as_ref().map(|(style, direct)| Box::new(resolve(style, direct)));
        let former = former.filter(|f| **f != properties);
        let built = Built {
            paragraph: Paragraph {
                place,
                segments: 0..0,
                part: self.part,
                at: offset(p.at)..offset(end),
                properties,
                former,
                mark: p.mark,
                separator: p.separator,
            },
            segments: p.built,
            notes: p.notes,
            headers: p.headers,
            after: p.after,
        };
        // A paragraph of a text box comes after the paragraph that the box is anchored in.
        let outer = self.boxes.last().map_or(0, |b| b.1);
        match self.open.get_mut(..outer).and_then(<[Opened]>::last_mut) {
            Some(host) if !self.boxes.is_empty() => host.after.push(built),
            _ => self.out.paragraphs.push((self.note.clone(), built)),
        }
    }
}
