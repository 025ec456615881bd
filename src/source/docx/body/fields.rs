//! Fields, hyperlinks, bookmarks, form fields and content controls.

use super::super::forms::FormField;
use super::super::xml::Element;
use super::Walker;
use crate::source::Revised;
use crate::source::links::{Bookmark, Link, Target};
use crate::span::offset;

/// Links within links beyond this depth are not kept; Word itself nests fields twenty deep.
const DEEPEST_LINK: usize = 20;

/// An open field.
pub(super) struct Field {
    pub(super) instruction: String,
    /// Whether its result is being read.
    pub(super) result: bool,
    /// Bytes of text gathered when its result began.
    start: usize,
    revised: Revised,
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
            "fldSimple" => self.end_field(),
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
        Field { instruction, result, start: self.gathered.text.len(), revised: self.revised() }
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
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        let kind = field.instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match kind.as_str() {
            "EQ" => self.gathered.seen.equations += 1,
            "FORMTEXT" => {
                let result = self.gathered.text.get(field.start..).unwrap_or_default();
                self.gathered.seen.empty_fields += u32::from(result.trim().is_empty());
            }
            _ => self.link(field.start, target(&kind, &field.instruction), field.revised),
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
        let (placeholder, shown) = (control.placeholder, control.shown());
        let content = self.gathered.text.get(control.start..).unwrap_or_default().trim();
        if let Some(shown) = shown {
            if content.is_empty() {
                self.generate(shown, end);
            }
        } else if placeholder && !content.is_empty() {
            self.gathered.seen.prompt(content);
        }
    }
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
