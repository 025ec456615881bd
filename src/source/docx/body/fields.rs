//! Fields, hyperlinks, bookmarks, form fields and content controls.

use super::super::forms::{Font, FormField, PICTURE};
use super::super::xml::Element;
use super::{Built, Walker};
use crate::source::links::{Bookmark, Link, Target};
use crate::source::{Place, Revised, Segment};
use crate::span::offset;
use std::collections::BTreeSet;

/// Links within links beyond this depth are not kept; Word itself nests fields twenty deep.
const DEEPEST_LINK: usize = 20;

/// An open field.
pub(super) struct Field {
    pub(super) instruction: String,
    /// Whether its result is being read.
    pub(super) result: bool,
    /// Bytes of text gathered when its result began.
    start: usize,
    /// Paragraphs of the part that stood before it.
    first: usize,
    revised: Revised,
}

impl Field {
    /// Whether it makes a table of contents (17.16.5.68).
    pub(super) fn is_contents(&self) -> bool {
        self.instruction.split_whitespace().next().is_some_and(|kind| kind.eq_ignore_ascii_case("TOC"))
    }
}

/// An open `w:hyperlink`.
pub(super) struct Hyperlink {
    start: usize,
    to: Option<Target>,
    revised: Revised,
}

impl Walker<'_, '_> {
    pub(super) fn open_field(&mut self, e: &Element) {
        match e.name {
            "fldSimple" => {
                let instruction = e.attribute("instr").unwrap_or_default();
                self.fields.push(self.field(instruction, true));
            }
            "fldChar" => self.field_character(e),
            "hyperlink" => {
                let address = e.attribute("id").and_then(|id| self.part.addresses.get(&id)).cloned();
                let to = address.map(Target::Address).or_else(|| e.attribute("anchor").map(Target::Bookmark));
                let (start, revised) = (self.gathered.text.len(), self.revised());
                self.hyperlinks.push(Hyperlink { start, to, revised });
            }
            "bookmarkStart" => {
                let at = offset(self.gathered.text.len());
                // Word's own mark of where the cursor last stood.
                if let Some(name) = e.attribute("name").filter(|n| n != "_GoBack") {
                    self.gathered.bookmarks.push(Bookmark { name, at });
                }
            }
            "ffData" => self.at.form_field = Some(FormField::default()),
            _ => self.at.instruction = true,
        }
    }

    pub(super) fn close_field(&mut self, name: &str, end: usize) {
        match name {
            "fldSimple" => self.end_field(end),
            "hyperlink" => {
                if let Some(link) = self.hyperlinks.pop() {
                    self.link(link.start, link.to, link.revised);
                }
            }
            "ffData" => {
                if let Some(form) = self.at.form_field.take() {
                    self.generate(form.shown(), end);
                }
            }
            _ => self.at.instruction = false,
        }
    }

    fn field(&self, instruction: String, result: bool) -> Field {
        let (start, first, revised) = (self.gathered.text.len(), self.out.paragraphs.len(), self.revised());
        Field { instruction, result, start, first, revised }
    }

    fn field_character(&mut self, e: &Element) {
        match e.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(self.field(String::new(), false)),
            Some("separate") => {
                let start = self.gathered.text.len();
                if let Some(field) = self.fields.last_mut() {
                    (field.result, field.start) = (true, start);
                }
            }
            Some("end") => self.end_field(e.at),
            _ => {}
        }
    }

    fn end_field(&mut self, at: usize) {
        let Some(field) = self.fields.pop() else { return };
        let kind = field.instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let empty = self.gathered.text.get(field.start..).is_none_or(|t| t.trim().is_empty());
        match kind.as_str() {
            // Word shows these by their instruction; they have no result of their own.
            "MACROBUTTON" | "GOTOBUTTON" | "SYMBOL" | "QUOTE" if empty => {
                if let Some(shown) = shown(&kind, &field.instruction) {
                    self.generate(&shown, at);
                }
            }
            "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "LISTNUM" if empty => self.gathered.seen.field_numbers += 1,
            "INCLUDETEXT" | "INCLUDE" if empty => {
                self.gathered.seen.included.extend(arguments(&field.instruction).into_iter().nth(1));
            }
            "EQ" => self.gathered.seen.equations += 1,
            "FORMTEXT" => {
                let result = self.gathered.text.get(field.start..).unwrap_or_default();
                self.gathered.seen.empty_fields += u32::from(result.trim().is_empty());
            }
            _ => self.link(field.start, target(&kind, &field.instruction), field.revised),
        }
    }

    /// A table of contents whose field was never closed would make contents of all that follows: it ends with the last
    /// paragraph that looks like one of its entries, or with its first.
    pub(super) fn end_contents(&mut self) {
        let Some(first) = self.fields.iter().find(|f| f.is_contents()).map(|f| f.first) else { return };
        let inner = self.gathered.links.iter().filter(|l| matches!(l.to, Target::Bookmark(_)));
        let links: BTreeSet<u32> = inner.map(|l| l.text.start).collect();
        let is_entry = |built: &Built| {
            let text = |s: &Segment| self.gathered.text.get(s.text.start as usize..s.text.end as usize);
            let text: String = built.segments.iter().filter_map(text).collect();
            let linked = built.segments.iter().any(|s| links.range(s.text.clone()).next().is_some());
            built.entry || linked || text.trim().is_empty() || is_numbered_by_page(&text)
        };
        let after = self.out.paragraphs.get(first + 1..).unwrap_or_default();
        let entries = after.iter().take_while(|(_, built)| is_entry(built)).count();
        for (_, built) in self.out.paragraphs.iter_mut().skip(first + 1 + entries) {
            if built.paragraph.place == Place::Contents {
                built.paragraph.place = Place::Body;
                self.gathered.seen.open_contents = true;
            }
        }
    }

    fn link(&mut self, start: usize, to: Option<Target>, revised: Revised) {
        let end = self.gathered.text.len();
        if let Some(to) = to.filter(|_| start < end && self.fields.len() + self.hyperlinks.len() < DEEPEST_LINK) {
            self.gathered.links.push(Link { text: offset(start)..offset(end), revised, to });
        }
    }

    pub(super) fn open_control_content(&mut self) {
        if let Some(control) = self.controls.last_mut() {
            control.start = self.gathered.text.len();
        }
    }

    pub(super) fn close_control_content(&mut self, end: usize) {
        let Some(control) = self.controls.last() else { return };
        let (placeholder, choice, shown) = (control.placeholder, control.choice, control.shown());
        let content = self.gathered.text.get(control.start..).unwrap_or_default().trim();
        if let Some(shown) = shown {
            if content.is_empty() {
                self.generate(shown, end);
            }
        } else if placeholder && !content.is_empty() {
            self.gathered.seen.prompt(content);
        } else if choice && content.is_empty() {
            self.gathered.seen.prompt("nothing chosen");
        }
    }
}

/// What a field without a result shows: the text of a button (17.16.5.34), a character (17.16.5.61), a quotation
/// (17.16.5.48).
fn shown(kind: &str, instruction: &str) -> Option<String> {
    let words = arguments(instruction);
    match kind {
        "SYMBOL" => {
            let code = words.get(1)?;
            let code = match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            let font = words.iter().position(|w| w == "\\f").and_then(|at| words.get(at + 1));
            let character = Font::from_name(font.map_or("", String::as_str)).character(code);
            Some(character.unwrap_or(PICTURE).to_string())
        }
        "QUOTE" => Some(
            words
                .get(1..)?
                .iter()
                .take_while(|w| !w.starts_with('\\'))
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" "),
        ),
        _ => {
            let mut rest = instruction.trim();
            for _ in 0..2 {
                rest = rest.split_once(char::is_whitespace)?.1.trim_start();
            }
            Some(rest.to_string())
        }
    }
}

/// Whether a line ends with a page number that is set apart from its words.
fn is_numbered_by_page(line: &str) -> bool {
    const LONGEST: usize = 7;
    let page = line.trim_end().rsplit(['\t', '.', '…', '_']).next().unwrap_or_default().trim();
    let set_apart = line.contains('\t') || line.contains("..") || line.contains('…');
    let figures = page.chars().all(|c| c.is_ascii_digit());
    let roman = page.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l' | 'c'));
    set_apart && (1..=LONGEST).contains(&page.len()) && (figures || roman)
}

/// Where a field leads, by its instruction: a cross-reference (17.16.5.42, 17.16.5.52, 17.16.5.55) or a hyperlink
/// (17.16.5.25).
fn target(kind: &str, instruction: &str) -> Option<Target> {
    let mut words = arguments(instruction).into_iter().skip(1);
    match kind {
        "REF" | "PAGEREF" | "NOTEREF" => words.find(|w| !w.starts_with('\\')).map(Target::Bookmark),
        "HYPERLINK" => {
            let words: Vec<String> = words.collect();
            let local = words.iter().position(|w| w == "\\l").and_then(|at| words.get(at + 1));
            let address = words.first().filter(|w| !w.starts_with('\\'));
            address.cloned().map(Target::Address).or_else(|| local.cloned().map(Target::Bookmark))
        }
        _ => None,
    }
}

/// The words of a field's instruction; those in quotation marks are one.
fn arguments(instruction: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, piece) in instruction.split('"').enumerate() {
        if at % 2 == 1 {
            out.push(piece.to_string());
        } else {
            out.extend(piece.split_whitespace().map(String::from));
        }
    }
    out
}
