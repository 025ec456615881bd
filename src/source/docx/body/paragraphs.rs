//! Paragraphs: their properties before and after tracked changes, and where they stand.

use super::super::properties::{Direct, resolve};
use super::super::styles::{Look, indent};
use super::super::xml::Element;
use super::fields::Field;
use super::{Built, Referred, Walker};
use crate::source::{Number, Paragraph, Place, Revised, Segment};
use crate::span::offset;
use std::ops::Range;

/// An open paragraph.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) at: usize,
    style: Option<String>,
    direct: Direct,
    former: Option<(Option<String>, Direct)>,
    mark: Revised,
    /// The paragraph mark is a style separator: the next paragraph goes on in the same line.
    separator: bool,
    /// The paragraph ends a section.
    section: bool,
    /// `w:numPr/w:ins`: its number is a tracked insertion.
    numbered: bool,
    /// Its text stands outside of any `w:p`.
    stray: bool,
    pub(super) look: Look,
    pub(super) run: Look,
    /// The look of its style and of its run before tracked changes of them.
    pub(super) former_look: Option<Look>,
    pub(super) former_run: Option<Look>,
    pub(super) built: Vec<Segment>,
    pub(super) referred: Vec<Referred>,
    pub(super) headers: Vec<String>,
    pub(super) after: Vec<Built>,
    /// The phonetic guide of a ruby text: its range of `built`.
    pub(super) guide: Range<usize>,
    contents: bool,
}

impl Walker<'_, '_> {
    pub(super) fn open_paragraph(&mut self, at: usize) {
        self.close_stray(at);
        self.open.push(Opened { at, contents: self.in_contents(), ..Opened::default() });
    }

    /// Whether a field that makes a table of contents is open.
    fn in_contents(&self) -> bool {
        self.fields.iter().take(super::OUTER_FIELDS).any(Field::is_contents)
    }

    pub(super) fn close_paragraph(&mut self, end: usize) {
        if let Some(paragraph) = self.open.pop() {
            self.finish(paragraph, end);
        }
    }

    /// Opens a paragraph for text that stands outside of one, which no schema allows and some writers do.
    pub(super) fn open_stray(&mut self, at: usize) {
        let outer = self.boxes.last().map_or(0, |b| b.1);
        if self.open.len() <= outer {
            self.open.push(Opened { at, stray: true, ..Opened::default() });
        }
    }

    pub(super) fn close_stray(&mut self, end: usize) {
        if self.open.last().is_some_and(|p| p.stray) {
            self.close_paragraph(end);
        }
    }

    /// Whether the element was a paragraph property.
    pub(super) fn open_in_paragraph_properties(&mut self, e: &Element) -> bool {
        if e.name == "rPrChange" || e.name == "sectPrChange" {
            self.xml.skip();
            return true;
        }
        if self.at.run_properties {
            self.open_in_mark(e);
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
        let (style, direct) = match (&mut p.former, self.at.former) {
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
            // The numbering itself is a tracked insertion (17.13.5.19).
            "ins" => p.numbered = true,
            _ => {}
        }
        true
    }

    /// A property of the paragraph mark: `w:pPr/w:rPr`.
    fn open_in_mark(&mut self, e: &Element) {
        let change = match e.name {
            "ins" | "moveTo" | "del" | "moveFrom" => Some(self.revision(e)),
            _ => None,
        };
        let Some(p) = self.open.last_mut() else { return };
        match e.name {
            "ins" | "moveTo" => p.mark.inserted = change,
            "del" | "moveFrom" => p.mark.deleted = change,
            "specVanish" => p.separator = e.is_on(),
            _ => p.run.note(e),
        }
    }

    pub(super) fn open_in_run_properties(&mut self, e: &Element) {
        let Some(p) = self.open.last_mut() else { return };
        if e.name == "rPrChange" {
            self.at.former_run = true;
            p.former_run = Some(Look::default());
            return;
        }
        let look = match &mut p.former_run {
            Some(former) if self.at.former_run => former,
            _ => &mut p.run,
        };
        if e.name == "rStyle" {
            let named = e.attribute("val").map(|id| self.definitions.styles.character(&id)).unwrap_or_default();
            *look = look.over(named);
        } else {
            look.note(e);
        }
    }

    pub(super) fn close_paragraph_properties(&mut self) {
        self.at.paragraph_properties = false;
        let styles = self.definitions.styles;
        let look = |style: &Option<String>| styles.paragraph(style.as_deref()).map(|(_, s)| s.look).unwrap_or_default();
        if let Some(p) = self.open.last_mut() {
            p.look = look(&p.style);
            p.former_look = p.former.as_ref().map(|(style, _)| look(style));
            // Word's separators are hidden (17.3.2.41) and stay so (17.3.2.36). The latter by itself is what is left of
            // one that was shown again: the paragraph ends there, and the next has its own number.
            p.separator &= std::mem::take(&mut p.run).over(p.look).hidden == Some(true);
        }
    }

    /// Where the paragraph that is being closed stands.
    pub(super) fn place(&self, contents: bool) -> Place {
        let base = self.part.place;
        let tables = self.boxes.last().map_or(0, |b| b.0);
        let table = self.tables.get(tables..).and_then(|t| t.last()).filter(|t| t.cells && base == Place::Body);
        if let Some(table) = table {
            return Place::Cell { table: table.id, row: table.row, column: table.column, head: table.head };
        }
        match base {
            Place::Body if !self.boxes.is_empty() => Place::TextBox,
            Place::Body if contents => Place::Contents,
            base => base,
        }
    }

    pub(super) fn finish(&mut self, p: Opened, end: usize) {
        // The field begins in the first entry and ends in or after the last.
        let place = self.place(p.contents || self.in_contents());
        let resolve = |style: &Option<String>, direct: &Direct| {
            resolve(style.as_deref(), direct, self.definitions.styles, self.definitions.numbering)
        };
        let mut properties = resolve(&p.style, &p.direct);
        if p.section && p.built.is_empty() {
            // Word shows a section break there and no paragraph, so its style's number is not counted.
            properties.number = Number::None;
        }
        let unnumbered = || (p.style.clone(), Direct { num: None, level: None, ..p.direct.clone() });
        let former = p.former.clone().or_else(|| p.numbered.then(unnumbered));
        let former = former.map(|(style, direct)| Box::new(resolve(&style, &direct)));
        let built = Built {
            paragraph: Paragraph {
                place,
                segments: 0..0,
                part: self.part.index,
                at: offset(p.at)..offset(end),
                former: former.filter(|f| **f != properties),
                properties,
                // A paragraph of an inserted or deleted row, cell or text box comes and goes with it.
                mark: p.mark.within(self.revised()),
                separator: p.separator,
            },
            segments: p.built,
            referred: p.referred,
            headers: p.headers,
            after: p.after,
            reference: None,
            entry: self.definitions.styles.is_contents(p.style.as_deref()),
        };
        self.put(built);
    }

    /// Adds a paragraph to those of the part, or of the text box.
    pub(super) fn put(&mut self, built: Built) {
        // A paragraph of a text box comes after the paragraph that the box is anchored in.
        let outer = self.boxes.last().map_or(0, |b| b.1);
        match self.open.get_mut(..outer).and_then(<[Opened]>::last_mut) {
            Some(host) if !self.boxes.is_empty() => host.after.push(built),
            _ => self.out.paragraphs.push((self.note.clone(), built)),
        }
    }

    pub(super) fn close_box(&mut self, end: usize) {
        self.close_stray(end);
        let outer = self.boxes.pop().map_or(0, |b| b.1);
        if let Some(last) = self.open.get_mut(..outer).and_then(<[Opened]>::last_mut).and_then(|h| h.after.last_mut()) {
            last.end_story();
        }
    }
}
