//! What elements mean where they begin and end: lists and items, tables, fields of forms, margins.

use super::{Element, LOOKED_AT, Walker};
use crate::source::html::draft::{Draft, mostly_links};
use crate::source::html::element::{Marker, Role, is_cell};
use crate::source::html::list::{List, show};
use crate::source::html::table::{Table, lay_terms};
use crate::source::html::token::Tag;
use crate::source::{Number, Place};
use std::ops::Range;

/// A page's footer has at most so many words; a longer one is text.
const LONGEST_FOOTER: usize = 80;
/// What an empty field of a form is shown as: a line to write on.
const EMPTY_FIELD: &str = "____";

impl Walker {
    /// What an element that has just begun means.
    pub(super) fn begin(&mut self, role: Role, tag: &Tag, marker: Option<Marker>, at: usize) {
        let first = self.drafts.len();
        match role {
            Role::Heading(level) => self.heading = Some(level),
            Role::Ordered | Role::Bulleted => self.begin_list(role, tag, marker),
            Role::Item => self.begin_item(tag, marker),
            Role::Table => {
                self.tables_seen += 1;
                self.tables.push(Table::new(self.tables_seen, tag, first));
            }
            Role::Head | Role::Rows => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_group(role == Role::Head);
                }
            }
            Role::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row(first);
                }
            }
            Role::Cell | Role::HeadCell => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_cell(tag, role == Role::HeadCell, first);
                }
            }
            Role::Script => self.left_out.scripts += 1,
            Role::Struck | Role::Inserted => {
                // What is deleted is not one word with what is inserted after it.
                self.space |= self.changed;
                let count = if role == Role::Struck { &mut self.left_out.struck } else { &mut self.left_out.inserted };
                *count += 1;
            }
            Role::Quote => self.generated("“", at),
            _ => {}
        }
    }

    pub(super) fn begin_list(&mut self, role: Role, tag: &Tag, marker: Option<Marker>) {
        self.lists_seen += 1;
        let reversed = role == Role::Ordered && tag.get("reversed").is_some();
        let start = tag.get("start").and_then(|s| s.trim().parse().ok());
        self.lists.push(List {
            id: self.lists_seen,
            marker: marker.unwrap_or(if role == Role::Ordered { Marker::Decimal } else { Marker::Bullet }),
            next: start.unwrap_or(i64::from(!reversed)),
            reversed,
            counted: reversed && start.is_none() && self.lists.len() < LOOKED_AT,
            items: 0,
            first: self.drafts.len(),
        });
    }

    pub(super) fn begin_item(&mut self, tag: &Tag, marker: Option<Marker>) {
        let mut properties = self.properties();
        let mut counted = None;
        properties.number = match self.lists.last_mut() {
            None => Number::Bullet,
            Some(list) => {
                let own = tag.get("value").and_then(|v| v.trim().parse().ok());
                let figure = list.take(own);
                counted = list.counted.then_some(figure);
                match marker.unwrap_or(list.marker) {
                    Marker::Bullet => Number::Bullet,
                    Marker::None => Number::None,
                    shown => Number::Marker { list: list.id, text: show(shown, figure) },
                }
            }
        };
        self.pending = Some((properties, counted));
    }

    /// An element that HTML does not know: words in angle brackets where nothing ends it.
    pub(super) fn unknown(&mut self, tag: &Tag, raw: &str, at: Range<usize>) {
        if self.skipped.is_none() && tag.is_words(&self.end_names) {
            self.left_out.brackets += 1;
            self.text(raw, raw, at);
        }
    }

    /// A box or field of a form, as a reader of the page sees it.
    pub(super) fn input(&mut self, tag: &Tag, at: Range<usize>) {
        let kind = tag.get("type").unwrap_or_default().to_ascii_lowercase();
        match kind.as_str() {
            "checkbox" | "radio" => {
                self.generated(if tag.get("checked").is_some() { "[x]" } else { "[ ]" }, at.start);
                self.space = true;
            }
            "hidden" | "submit" | "button" | "image" | "reset" | "search" | "password" | "file" => {}
            _ => {
                let value = tag.get("value").unwrap_or_default();
                let shown = if value.trim().is_empty() { EMPTY_FIELD } else { value.trim() };
                self.generated(shown, at.start);
            }
        }
    }

    pub(super) fn close_element(&mut self, element: &Element) {
        match element.role {
            Role::Heading(_) => self.heading = None,
            Role::Item => self.pending = None,
            Role::Ordered | Role::Bulleted => self.end_list(),
            Role::Table => self.end_table(),
            Role::Head => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_group(false);
                }
            }
            Role::Row => {
                let known = if self.tables.len() > LOOKED_AT { 0 } else { self.drafts.len() };
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(&mut self.drafts[..known]);
                }
            }
            Role::Cell | Role::HeadCell => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            Role::Terms if self.tables.is_empty() && self.counts.parts == 0 => {
                let laid = lay_terms(&mut self.drafts[element.first..], self.tables_seen + 1);
                self.tables_seen += u32::from(laid);
            }
            Role::Margin => self.end_margin(element),
            _ => {}
        }
    }

    /// A list that counts down to one knows its first figure only now.
    pub(super) fn end_list(&mut self) {
        let Some(list) = self.lists.pop().filter(|l| l.reversed) else { return };
        for draft in self.drafts.iter_mut().skip(list.first) {
            if let Number::Marker { list: id, text } = &mut draft.properties.number
                && *id == list.id
                && let Some(figure) = draft.figure
            {
                *text = show(list.marker, figure.saturating_add(list.items));
            }
        }
    }

    pub(super) fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        let outside = self.place();
        if self.tables.len() >= LOOKED_AT {
            return;
        }
        table.end_row(&mut self.drafts);
        if !table.dissolve(&mut self.drafts, outside)
            && let Some(around) = self.tables.last_mut()
        {
            around.nested = true;
        }
    }

    /// A header or footer of links is navigation; a short footer of the page is one of the document.
    pub(super) fn end_margin(&mut self, element: &Element) {
        if self.stack.iter().any(|e| e.role == Role::Margin) {
            return;
        }
        let drafts = &self.drafts[element.first..];
        let words: usize = drafts.iter().map(Draft::words).sum();
        if !self.keep_navigation && mostly_links(drafts) {
            self.left_out.navigation += words;
            return self.drafts.truncate(element.first);
        }
        let inner = |e: &Element| matches!(e.name, "article" | "section" | "main" | "blockquote") || is_cell(e.role);
        if element.name == "footer" && words <= LONGEST_FOOTER && !self.stack.iter().any(inner) {
            for draft in self.drafts[element.first..].iter_mut().filter(|d| d.place == Place::Body) {
                draft.place = Place::HeaderFooter;
            }
        }
    }
}
