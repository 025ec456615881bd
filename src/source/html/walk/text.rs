//! Text: its white space, the paragraph that it goes into, and the bytes that it stands at.

use super::Walker;
use crate::source::html::draft::{Draft, Part, Run};
use crate::source::html::element::Role;
use crate::source::markdown::ITEM_TWIPS;
use crate::source::{Properties, visible};
use std::ops::Range;

/// What links to the heading that they stand in show.
const PERMALINKS: [&str; 4] = ["#", "¶", "🔗", "§"];

impl Walker {
    /// Properties of a paragraph without number.
    pub(super) fn properties(&self) -> Properties {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let indent = self.counts.indent.saturating_add(i32::from(depth) * ITEM_TWIPS);
        Properties { indent, depth, ..Properties::default() }
    }

    /// Text, entities decoded; `raw` is what stands at `at`.
    pub(super) fn text(&mut self, text: &str, raw: &str, at: Range<usize>) {
        if let Some(outermost) = self.skipped {
            let words = text.split_whitespace().count();
            if self.stack.get(outermost).is_some_and(|e| e.navigation) {
                self.left_out.navigation += words;
            } else {
                self.left_out.embedded += words;
            }
        } else if self.stack.last().is_some_and(|e| e.role == Role::Title) {
            self.title.push_str(text);
        } else if self.counts.pre > 0 {
            self.lines(text, raw, &at);
        } else {
            self.words(text, raw, &at);
        }
    }

    /// Text whose white space is one space each.
    pub(super) fn words(&mut self, text: &str, raw: &str, at: &Range<usize>) {
        let words = text.trim_ascii();
        if words.is_empty() {
            self.space |= !text.is_empty();
            return;
        }
        self.space |= text.starts_with(|c: char| c.is_ascii_whitespace());
        if words.contains(['\n', '\r', '\t', '\x0c']) || words.contains("  ") {
            let collapsed = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            self.run(&collapsed, raw, None, at);
        } else {
            let offset = (raw == text).then(|| text.len() - text.trim_ascii_start().len());
            self.run(words, raw, offset, at);
        }
        self.space = text.ends_with(|c: char| c.is_ascii_whitespace());
    }

    /// Text whose line breaks count.
    pub(super) fn lines(&mut self, text: &str, raw: &str, at: &Range<usize>) {
        let exact = raw == text;
        let mut next = 0;
        for (n, line) in text.split('\n').enumerate() {
            let offset = exact.then_some(next);
            next += line.len() + 1;
            self.breaks += u32::from(n > 0);
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.trim().is_empty() {
                self.space |= !line.is_empty();
            } else {
                self.run(line, raw, offset, at);
            }
        }
    }

    /// Text that stands in no text of the file.
    pub(super) fn generated(&mut self, text: &str, at: usize) {
        if self.skipped.is_none() {
            self.run(text, "", None, &(at..at));
        }
    }

    /// Adds a piece of text, with the space or line break before it; `offset` is where in `raw` it stands as it is.
    pub(super) fn run(&mut self, text: &str, raw: &str, offset: Option<usize>, at: &Range<usize>) {
        if self.counts.local > 0 && PERMALINKS.contains(&text.trim()) {
            return;
        }
        let mut shown: String = visible(text).into_iter().map(|(_, stretch)| stretch).collect();
        if shown.is_empty() {
            return;
        }
        let offset = offset.filter(|_| shown.len() == text.len());
        let (breaks, space) = (std::mem::take(&mut self.breaks), std::mem::take(&mut self.space));
        self.changed = false;
        if breaks > 1 && self.heading.is_none() {
            self.end_paragraph();
        }
        let goes_on = self.open.is_some();
        if goes_on && (breaks > 0 || space) {
            shown.insert(0, if breaks > 0 { '\n' } else { ' ' });
        }
        let spaced = shown.len() > text.len();
        // The space in front belongs to the bytes where it stands right there.
        let at = match offset.map(|n| (n, at.start + n)) {
            Some((n, start)) if !spaced => (start..start + text.len(), raw[n..].starts_with(&shown)),
            Some((n, start)) if n > 0 && raw[n - 1..].starts_with(&shown) => (start - 1..start + text.len(), true),
            _ => (at.clone(), false),
        };
        self.add(shown, at.0, !at.1);
    }

    pub(super) fn add(&mut self, text: String, at: Range<usize>, escapes: bool) {
        if self.counts.hidden > 0 {
            self.left_out.hidden += text.split_whitespace().count();
        }
        let (emphasis, linked, local) = (self.counts.emphasis > 0, self.counts.linked > 0, self.counts.local > 0);
        if self.open.is_none() {
            self.open = Some(self.begin_paragraph(at.start));
        }
        let Some(open) = self.open.as_mut() else { return };
        open.at.end = open.at.end.max(at.end);
        open.bytes += text.len();
        open.linked += if linked { text.len() } else { 0 };
        open.local += if local { text.len() } else { 0 };
        open.runs.push(Run { text, at, emphasis, escapes });
    }

    /// A paragraph that begins here.
    pub(super) fn begin_paragraph(&mut self, at: usize) -> Draft {
        let (mut properties, figure) = self.pending.take().unwrap_or_else(|| (self.properties(), None));
        properties.level = self.heading;
        Draft {
            place: self.place(),
            properties,
            figure,
            at: at..at,
            runs: Vec::with_capacity(1),
            part: self.part(),
            bytes: 0,
            linked: 0,
            local: 0,
        }
    }

    /// Which part of a list of terms text stands in here.
    pub(super) fn part(&self) -> Part {
        if self.counts.parts == 0 {
            return Part::None;
        }
        let part = self.stack.iter().rev().find(|e| matches!(e.role, Role::Term | Role::Description | Role::Terms));
        match part.map(|e| e.role) {
            Some(Role::Term) => Part::Term,
            Some(Role::Description) => Part::Description,
            _ => Part::None,
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        (self.space, self.breaks) = (false, 0);
        self.drafts.extend(self.open.take());
    }
}
