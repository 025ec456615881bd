//! From tags and text to paragraphs: a stack of open elements, and where each paragraph begins and ends.
//!
//! End tags that HTML lets out are supplied and those that match nothing dropped, as browsers do (HTML standard
//! 13.2.6), as far as it decides which words are one paragraph. One thing differs: bold that a block leaves open ends
//! with the block, for a page that is bold from some point on tells nothing by it.

mod meaning;
mod text;

use super::draft::Draft;
use super::element::{Look, Role, is_cell, known, look};
use super::list::List;
use super::table::Table;
use super::token::{EndNames, Tag, Token, Tokens};
use super::{LeftOut, entity};
use crate::source::limits::Backstop;
use crate::source::{Place, Properties, turned};
use std::ops::Range;

/// Elements are nested no deeper: browsers stop at this depth too and lay deeper ones flat.
const DEEPEST: usize = 512;
/// Tables and lists nested deeper are not looked at again when they end, lest each level costs a pass over all of them.
const LOOKED_AT: usize = 8;
/// Browsers indent descriptions and block quotes by 40 px.
const QUOTE_TWIPS: i32 = 600;

/// Reads HTML piece by piece.
#[derive(Debug, Default)]
pub struct Walker {
    stack: Vec<Element>,
    counts: Counts,
    lists: Vec<List>,
    tables: Vec<Table>,
    /// Lists and tables begun so far, which number them.
    pub lists_seen: u32,
    /// Tables begun so far.
    pub tables_seen: u32,
    /// Names that end tags have anywhere in the file.
    end_names: EndNames,
    /// When to stop; none for HTML within Markdown, whose reader looks for itself.
    pub backstop: Backstop,
    /// Whether navigation is read as text.
    keep_navigation: bool,
    /// What was not read.
    pub left_out: LeftOut,
    /// The page's title.
    pub title: String,
    drafts: Vec<Draft>,
    open: Option<Draft>,
    /// Number of a list item that has no text yet.
    pending: Option<(Properties, Option<i64>)>,
    heading: Option<u8>,
    /// White space and line breaks that come before the next text.
    space: bool,
    breaks: u32,
    /// Whether a tracked change has just ended.
    changed: bool,
    /// The outermost open element whose content is left out.
    skipped: Option<usize>,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Element {
    name: &'static str,
    role: Role,
    emphasis: bool,
    hidden: bool,
    pre: bool,
    linked: bool,
    local: bool,
    navigation: bool,
    indent: i32,
    /// Paragraphs that stood before it.
    first: usize,
}

/// How many open elements say each thing.
#[derive(Debug, Default)]
struct Counts {
    emphasis: u32,
    hidden: u32,
    pre: u32,
    linked: u32,
    local: u32,
    indent: i32,
    /// Open paragraphs, and open terms and descriptions: most searches for them are for nothing.
    paragraphs: u32,
    parts: u32,
}

impl Counts {
    fn add(&mut self, element: &Element) {
        self.emphasis += u32::from(element.emphasis);
        self.hidden += u32::from(element.hidden);
        self.pre += u32::from(element.pre);
        self.linked += u32::from(element.linked);
        self.local += u32::from(element.local);
        self.indent = self.indent.saturating_add(element.indent);
        self.paragraphs += u32::from(element.role == Role::Paragraph);
        self.parts += u32::from(matches!(element.role, Role::Term | Role::Description));
    }

    fn remove(&mut self, element: &Element) {
        self.emphasis -= u32::from(element.emphasis);
        self.hidden -= u32::from(element.hidden);
        self.pre -= u32::from(element.pre);
        self.linked -= u32::from(element.linked);
        self.local -= u32::from(element.local);
        self.indent = self.indent.saturating_sub(element.indent);
        self.paragraphs -= u32::from(element.role == Role::Paragraph);
        self.parts -= u32::from(matches!(element.role, Role::Term | Role::Description));
    }
}

impl Walker {
    /// A walker for the HTML in `text`.
    #[must_use]
    pub fn new(text: &str, keep_navigation: bool) -> Self {
        Self { end_names: EndNames::new(text), keep_navigation, ..Self::default() }
    }

    /// Names that end tags of the file have.
    #[must_use]
    pub fn end_names(&self) -> &EndNames {
        &self.end_names
    }

    /// Reads `html`, whose first byte is at `base` of its part.
    pub fn feed(&mut self, html: &str, base: usize) {
        // Style sheets are not read. That one numbers paragraphs shows in the properties that only numbers need.
        self.left_out.counters |=
            html.contains("counter-increment") && (html.contains("counter(") || html.contains("counters("));
        for (count, (token, range)) in Tokens::new(html).enumerate() {
            if self.backstop.is_reached_in_round(count) {
                return;
            }
            let at = base + range.start..base + range.end;
            match token {
                Token::Text(raw) => self.text(&entity::decode(raw), raw, at),
                Token::Raw(raw) => self.text(raw, &html[range], at),
                Token::Start(tag) => self.start(&tag, &html[range], at),
                Token::End(name) => self.end(&name, at.start),
                Token::Comment => self.left_out.comments += 1,
                Token::Code => self.left_out.unclosed += u32::from(range.end == html.len()),
                Token::Other => {}
            }
        }
    }

    /// The paragraphs read so far. What structure is open stays so, for HTML that goes on after other text.
    pub fn take(&mut self) -> Vec<Draft> {
        self.end_paragraph();
        let structure = |e: &Element| {
            use Role::{Bulleted, Cell, Description, Head, HeadCell, Item, Ordered, Row, Rows, Term, Terms};
            matches!(
                e.role,
                Role::Table
                    | Cell
                    | HeadCell
                    | Head
                    | Row
                    | Rows
                    | Ordered
                    | Bulleted
                    | Item
                    | Terms
                    | Term
                    | Description
            )
        };
        let kept = self.stack.iter().rposition(structure).map_or(0, |n| n + 1);
        self.truncate(self.skipped.unwrap_or(kept).min(kept));
        for element in &mut self.stack {
            element.first = 0;
        }
        self.tables.iter_mut().for_each(Table::forget);
        for list in &mut self.lists {
            list.first = 0;
        }
        std::mem::take(&mut self.drafts)
    }

    /// The paragraphs of all that was read; open elements end.
    pub fn finish(&mut self) -> Vec<Draft> {
        self.end_paragraph();
        self.left_out.unclosed += u32::from(self.skipped.is_some());
        self.truncate(0);
        std::mem::take(&mut self.drafts)
    }

    /// Number and indent of a list item that has no text yet: other text takes them.
    pub fn take_pending(&mut self) -> Option<Properties> {
        self.pending.take().map(|(properties, _)| properties)
    }

    /// Where text that begins now stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.tables.iter().rev().find_map(Table::place).unwrap_or(Place::Body)
    }

    fn start(&mut self, tag: &Tag, raw: &str, at: Range<usize>) {
        let Some((name, role, void)) = known(&tag.name) else {
            return self.unknown(tag, raw, at);
        };
        if role.is_block() {
            self.end_paragraph();
        }
        self.close_implied(role);
        match role {
            Role::Break => return self.breaks += 1,
            Role::Picture => return self.left_out.pictures += u32::from(self.skipped.is_none()),
            Role::Input => return self.input(tag, at),
            _ if void => return,
            _ => {}
        }
        let look = look(tag);
        if self.stack.len() >= DEEPEST {
            self.left_out.deep += 1;
            return;
        }
        let marker = look.marker;
        self.push(name, role, tag, look);
        if name == "bdo" && tag.get("dir").is_some_and(|d| d.eq_ignore_ascii_case("rtl")) {
            self.generated(turned::OVERRIDE, at.start);
        }
        self.begin(role, tag, marker, at.start);
        if tag.closed && !role.is_block() {
            self.end(name, at.end);
        }
    }

    fn push(&mut self, name: &'static str, role: Role, tag: &Tag, look: Look) {
        let href = if role == Role::Link { tag.get("href") } else { None };
        let local = href.as_ref().is_some_and(|h| h.starts_with('#'));
        let quote = name == "blockquote" || role == Role::Description;
        let list = matches!(role, Role::Ordered | Role::Bulleted | Role::Terms);
        let outer = matches!(name, "html" | "body");
        let element = Element {
            name,
            role,
            emphasis: look.emphasis.unwrap_or(role == Role::Emphasis),
            hidden: look.hidden,
            pre: look.pre || role == Role::Pre,
            linked: href.is_some(),
            local,
            navigation: role == Role::Navigation || is_navigation(tag),
            // Lists have the indent of their depth, whatever a page's style makes of it.
            indent: if list || outer { 0 } else { look.indent.saturating_add(if quote { QUOTE_TWIPS } else { 0 }) },
            first: self.drafts.len(),
        };
        let navigation = element.navigation && !self.keep_navigation;
        if self.skipped.is_none() && (navigation || matches!(role, Role::Script | Role::Embedded)) {
            self.skipped = Some(self.stack.len());
        }
        self.counts.add(&element);
        self.stack.push(element);
    }

    /// Ends what the start of an element of `role` ends without an end tag.
    fn close_implied(&mut self, role: Role) {
        use Role::{Bulleted, Cell, Description, Head, HeadCell, Item, Ordered, Row, Rows, Term, Terms};
        if role.is_block() && self.counts.paragraphs > 0 {
            self.close(|r| r == Role::Paragraph, is_cell);
        }
        match role {
            Item => self.close(|r| r == Item, |r| is_cell(r) || matches!(r, Ordered | Bulleted)),
            Term | Description => self.close(|r| matches!(r, Term | Description), |r| is_cell(r) || r == Terms),
            Role::Heading(_) => {
                let heading = |r| matches!(r, Role::Heading(_));
                self.close(heading, |r: Role| r.is_block() && !heading(r))
            }
            Cell | HeadCell => self.close(is_cell, |r| r == Role::Table),
            Row => self.close(|r| is_cell(r) || r == Row, |r| r == Role::Table),
            Head | Rows => self.close(|r| is_cell(r) || matches!(r, Row | Head | Rows), |r| r == Role::Table),
            _ => false,
        };
    }

    /// Ends the outermost open element that `wanted` holds of, above the last that `stop` holds of. Whether one was.
    fn close(&mut self, wanted: impl Fn(Role) -> bool, stop: impl Fn(Role) -> bool) -> bool {
        let mut found = None;
        for (i, element) in self.stack.iter().enumerate().rev() {
            if wanted(element.role) {
                found = Some(i);
            } else if stop(element.role) {
                break;
            }
        }
        if let Some(at) = found {
            self.truncate(at);
        }
        found.is_some()
    }

    fn end(&mut self, name: &str, at: usize) {
        let Some((name, role, _)) = known(name) else { return };
        match role {
            Role::Break => return self.breaks += 1,
            _ if matches!(name, "html" | "body" | "head") => return,
            _ => {}
        }
        let table = matches!(role, Role::Table | Role::Head | Role::Rows | Role::Row) || is_cell(role);
        let stops = |e: &Element| if table { e.role == Role::Table } else { is_cell(e.role) };
        let same = |e: &Element| match role {
            Role::Heading(_) => matches!(e.role, Role::Heading(_)),
            _ => e.name == name,
        };
        let found = self.stack.iter().enumerate().rev().find(|(_, e)| same(e) || stops(e));
        let found = found.filter(|(_, e)| same(e)).map(|(i, e)| (i, e.role));
        if role.is_block() {
            self.end_paragraph();
        }
        match found {
            None => {}
            Some((i, Role::Emphasis | Role::Inline | Role::Link | Role::Struck | Role::Inserted)) => {
                if name == "bdo" {
                    self.generated(turned::POP, at);
                }
                // One that another crosses ends alone: "<b>a<p>b</b>c".
                let element = self.stack.remove(i);
                self.counts.remove(&element);
                self.changed |= matches!(role, Role::Struck | Role::Inserted);
                self.skipped = self.skipped.map(|s| if i < s { s - 1 } else { s });
            }
            Some((i, Role::Quote)) => {
                self.generated("”", at);
                self.truncate(i);
            }
            Some((i, _)) => self.truncate(i),
        }
    }

    /// Ends the open elements from place `len` of the stack on.
    fn truncate(&mut self, len: usize) {
        while self.stack.len() > len {
            let Some(element) = self.stack.pop() else { break };
            if element.role.is_block() {
                self.end_paragraph();
            }
            self.close_element(&element);
            self.counts.remove(&element);
        }
        if self.skipped.is_some_and(|s| s >= len) {
            self.skipped = None;
        }
    }
}

/// Whether an element is marked as navigation.
fn is_navigation(tag: &Tag) -> bool {
    tag.get("role").is_some_and(|r| r.eq_ignore_ascii_case("navigation"))
}
