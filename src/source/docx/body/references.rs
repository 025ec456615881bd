//! References to what stands apart: notes, drawings, headers and footers.

use super::super::xml::Element;
use super::{Aside, Referred, SEPARATORS, Walker};
use crate::span::offset;

impl Walker<'_, '_> {
    pub(super) fn refer(&mut self, aside: Aside, e: &Element) {
        if let Some(id) = e.attribute("id") {
            self.refer_to((aside, id));
        }
    }

    pub(super) fn refer_to(&mut self, to: (Aside, String)) {
        let revised = self.revised();
        let end = offset(self.gathered.text.len());
        if let Some(p) = self.open.last_mut() {
            let at = p.built.last().map_or(end, |s| s.text.end);
            p.referred.push(Referred { to, at, revised });
        }
    }

    pub(super) fn header(&mut self, e: &Element) {
        let Some(id) = e.attribute("id") else { return };
        match self.open.last_mut() {
            Some(p) => p.headers.push(id),
            None => self.out.headers.push(id),
        }
    }

    pub(super) fn open_note(&mut self, e: &Element) {
        let kind = e.attribute("type").unwrap_or_default();
        let separates = matches!(kind.as_str(), "separator" | "continuationSeparator" | "continuationNotice");
        self.note = if separates { SEPARATORS.to_string() } else { e.attribute("id").unwrap_or_default() };
    }

    pub(super) fn close_note(&mut self, end: usize) {
        self.close_stray(end);
        if let Some((_, last)) = self.out.paragraphs.last_mut().filter(|(note, _)| *note == self.note) {
            last.end_story();
        }
    }
}
