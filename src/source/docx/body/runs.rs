//! What stands in runs: text, special characters, ruby, mathematics, drawings, and alternatives of one thing.

use super::super::forms::{Font, PICTURE, shown_symbol};
use super::super::xml::Element;
use super::{Aside, Walker};
use crate::source::{Place, Segment, turned, visible};
use crate::span::offset;
use std::borrow::Cow;
use std::ops::Range;

/// An open `mc:AlternateContent`: what was gathered before its first choice.
pub(super) struct Alternate {
    text: usize,
    drawings: u32,
    pictures: u32,
}

/// Open brackets of mathematics (`m:d`).
pub(super) struct Fence {
    begin: String,
    end: String,
    begun: bool,
}

/// Text in a font of pictures is read as pictures up to this length; longer text is meant as words.
const LONGEST_PICTURES: usize = 2;

impl Walker<'_, '_> {
    pub(super) fn open_in_run(&mut self, e: &Element) {
        match e.name {
            "r" => {
                if let Some(p) = self.open.last_mut() {
                    (p.run, p.former_run) = Default::default();
                }
            }
            "rPr" => self.at.run_properties = true,
            "t" | "delText" => self.at.text = true,
            "tab" | "ptab" => self.generate("\t", e.at),
            "br" | "cr" => self.generate("\n", e.at),
            "noBreakHyphen" => self.generate("-", e.at),
            "sym" => self.symbol(e),
            "rt" => {
                self.generate("(", e.at);
                if let Some(p) = self.open.last_mut() {
                    p.guide.start = p.built.len().saturating_sub(1);
                }
            }
            "object" => self.gathered.seen.objects += 1,
            _ => {
                if let Some(form) = self.at.form_field.as_mut() {
                    form.note(e);
                }
            }
        }
    }

    fn symbol(&mut self, e: &Element) {
        let shown = shown_symbol(e);
        self.gathered.seen.symbols += u32::from(shown.is_none());
        self.generate(shown.unwrap_or(PICTURE).encode_utf8(&mut [0; 4]), e.at);
    }

    /// Text that the part does not hold as characters.
    pub(super) fn generate(&mut self, text: &str, at: usize) {
        if !self.at.paragraph_properties && !text.is_empty() {
            self.push(text, at..at, true);
        }
    }

    pub(super) fn push(&mut self, text: &str, at: Range<usize>, escapes: bool) {
        self.open_stray(at.start);
        let font = self.open.last().and_then(|p| p.run.font).unwrap_or(Font::Text);
        if let Some(shown) = pictures(text, font) {
            self.push_stretch(&shown, at, true);
            return;
        }
        for (start, stretch) in visible(text) {
            let from = at.start + start;
            self.push_stretch(stretch, if escapes { at.clone() } else { from..from + stretch.len() }, escapes);
        }
    }

    fn push_stretch(&mut self, text: &str, at: Range<usize>, escapes: bool) {
        let mut revised = self.revised();
        let Some(p) = self.open.last_mut() else { return };
        let look = p.run.over(p.look);
        if look.hidden == Some(true) {
            self.gathered.seen.hidden += 1;
        }
        if p.former_run.is_some() || p.former_look.is_some() {
            let former = p.former_run.unwrap_or(p.run).over(p.former_look.unwrap_or(p.look));
            revised.restyled = former.emphasis() != look.emphasis();
        }
        let start = self.gathered.text.len();
        self.gathered.text.push_str(text);
        p.built.push(Segment {
            part: self.part.index,
            at: offset(at.start)..offset(at.end),
            text: offset(start)..offset(self.gathered.text.len()),
            revised,
            emphasis: look.emphasis(),
            escapes,
        });
    }

    /// `w:bdo`: text that Word shows from right to left has the character for it, as where Word saves it as text.
    pub(super) fn open_override(&mut self, e: &Element) {
        let turns = e.attribute("val").is_some_and(|v| v == "rtl");
        self.at.turned.push(turns);
        if turns {
            self.generate(turned::OVERRIDE, e.at);
        }
    }

    /// The phonetic guide of ruby text (17.3.3.25) stands before its base in the file; it is read after it, in
    /// brackets, so that the words of the base are not parted.
    pub(super) fn close_ruby(&mut self, name: &str, end: usize) {
        if name == "rt" {
            self.generate(")", end);
        }
        let Some(p) = self.open.last_mut() else { return };
        if name == "rt" {
            p.guide.end = p.built.len();
            return;
        }
        let guide = std::mem::take(&mut p.guide);
        if let Some(ruby) = p.built.get_mut(guide.start..).filter(|r| r.len() >= guide.len()) {
            ruby.rotate_left(guide.len());
        }
    }

    /// `mc:AlternateContent` says one thing in several ways (part 3, 7.5): the first that holds text is read.
    pub(super) fn open_alternate(&mut self, e: &Element) {
        let (text, pictures) = (self.gathered.text.len(), self.gathered.seen.pictures);
        match (e.name, self.alternates.last()) {
            ("AlternateContent", _) => {
                let drawings = self.drawings;
                self.alternates.push(Alternate { text, drawings, pictures });
            }
            ("Choice" | "Fallback", Some(before)) if before.text < text || before.drawings < self.drawings => {
                self.xml.skip();
            }
            ("Choice" | "Fallback", Some(before)) => self.gathered.seen.pictures = before.pictures,
            _ => {}
        }
    }

    pub(super) fn open_math(&mut self, e: &Element) {
        match e.name {
            "t" => self.at.text = true,
            // Without a sign a fraction or a power would read as one number.
            "den" => self.generate("/", e.at),
            "sup" => self.generate("^", e.at),
            "sub" => self.generate("_", e.at),
            "rad" => self.generate("\u{221a}", e.at),
            // The sign of a sum or integral (22.1.2.70): an integral where none is named.
            "naryPr" => self.at.operator = Some("\u{222b}".into()),
            "chr" if self.at.operator.is_some() => self.at.operator = e.attribute("val"),
            "d" => self.fences.push(Fence { begin: "(".into(), end: ")".into(), begun: false }),
            "begChr" | "endChr" => {
                let Some(fence) = self.fences.last_mut() else { return };
                let side = if e.name == "begChr" { &mut fence.begin } else { &mut fence.end };
                *side = e.attribute("val").unwrap_or_default();
            }
            "e" => {
                let Some(fence) = self.fences.last_mut().filter(|f| !f.begun) else { return };
                fence.begun = true;
                let begin = fence.begin.clone();
                self.generate(&begin, e.at);
            }
            _ => {}
        }
    }

    pub(super) fn close_math(&mut self, name: &str, end: usize) {
        match name {
            "t" => self.at.text = false,
            "naryPr" => {
                let sign = self.at.operator.take().unwrap_or_default();
                self.generate(&sign, end);
            }
            "d" => {
                if let Some(fence) = self.fences.pop().filter(|f| f.begun) {
                    self.generate(&fence.end, end);
                }
            }
            _ => {}
        }
    }

    /// Elements of drawings: what they hold that is no text of the part.
    pub(super) fn open_drawing(&mut self, e: &Element) {
        match e.name {
            // Logos in headers say nothing that a note need tell of.
            "pic" | "imagedata" if self.part.place != Place::HeaderFooter => self.gathered.seen.pictures += 1,
            "chart" if e.attribute("id").is_some() => {
                self.gathered.seen.charts += 1;
                self.drawn(e, "id");
            }
            "relIds" => self.drawn(e, "dm"),
            "OLEObject" => self.embedded(e),
            "txBody" => {
                self.shapes += 1;
                self.boxes.push((self.tables.len(), self.open.len()));
            }
            "textpath" => {
                let words = e.attribute("string").unwrap_or_default();
                self.gathered.seen.art(words.trim());
            }
            _ => {}
        }
    }
}

impl Walker<'_, '_> {
    /// Text of a shape on a drawing canvas (21.1.2.2): it has paragraphs of its own kind. Whether it was that.
    pub(super) fn open_in_shape(&mut self, e: &Element) -> bool {
        match e.name {
            "p" => self.open_paragraph(e.at),
            "t" => self.at.text = true,
            "br" => self.generate("\n", e.at),
            _ => return false,
        }
        true
    }

    pub(super) fn close_in_shape(&mut self, name: &str, end: usize) {
        match name {
            "p" => self.close_paragraph(end),
            "t" => self.at.text = false,
            "txBody" => {
                self.shapes -= 1;
                self.close_box(end);
            }
            _ => {}
        }
    }

    /// A chart or diagram: its words are a part of their own.
    fn drawn(&mut self, e: &Element, id: &str) {
        let part = e.attribute(id).and_then(|id| self.part.targets.get(&id)).cloned();
        if let Some(part) = part.filter(|p| self.gathered.drawn.contains(p)) {
            self.drawings += 1;
            self.refer_to((Aside::Drawing, part));
        }
    }

    /// An embedded object, by the program that made it and the name of its part (VML 19.3.2.16).
    fn embedded(&mut self, e: &Element) {
        let id = e.attribute("id").unwrap_or_default();
        let part = self.part.targets.get(&id).or_else(|| self.part.addresses.get(&id)).cloned().unwrap_or_default();
        self.gathered.seen.embedded(&e.attribute("ProgID").unwrap_or_default(), &part);
    }
}

/// What a reader sees instead of the characters of `text`, if anything else: pictures of a symbol font, and the hyphen
/// that Word shows for U+00AD (its own optional hyphen is `w:softHyphen`).
fn pictures(text: &str, font: Font) -> Option<Cow<'_, str>> {
    if font == Font::Text && text.is_ascii() {
        return None;
    }
    let private = |c: char| ('\u{f020}'..='\u{f0ff}').contains(&c);
    let short = font != Font::Text && text.chars().take(LONGEST_PICTURES + 1).count() <= LONGEST_PICTURES;
    if short || text.contains(private) {
        let font = if font == Font::Text { Font::Symbol } else { font };
        let shown = |c: char| if short || private(c) { font.character(u32::from(c)).unwrap_or(c) } else { c };
        return Some(Cow::Owned(text.chars().map(shown).collect()));
    }
    text.contains('\u{ad}').then(|| Cow::Owned(text.replace('\u{ad}', "-")))
}
