//! From tags and text to paragraphs: a stack of open elements, and where each paragraph begins and ends.
//!
//! End tags that HTML lets out are supplied and those that match nothing dropped, as browsers do (HTML standard
//! 13.2.6), as far as it decides which words are one paragraph. One thing differs: bold that a block leaves open ends
//! with the block, for a page that is bold from some point on tells nothing by it.

use super::draft::{Draft, Part, Run, mostly_links};
use super::element::{Look, Marker, Role, known, look};
use super::list::{List, show};
use super::table::{Table, lay_terms};
use super::token::{Tag, Token, Tokens, end_names};
use super::{LeftOut, entity};
use crate::source::markdown::ITEM_TWIPS;
use crate::source::{Number, Place, Properties, visible};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Elements are nested no deeper: browsers stop at this depth too and lay deeper ones flat.
const DEEPEST: usize = 512;
/// Browsers indent descriptions and block quotes by 40 px.
const QUOTE_TWIPS: i32 = 600;
/// A page's footer has at most so many words; a longer one is text.
const LONGEST_FOOTER: usize = 80;

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
    end_names: FxHashSet<String>,
    /// Whether navigation is read as text.
    keep_navigation: bool,
    /// What was not read.
    pub left_out: LeftOut,
    /// The page's title.
    pub title: String,
    drafts: Vec<Draft>,
    open: Option<Draft>,
    /// Number of a list item that has no text yet.
    pending: Option<(Properties, i64)>,
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

/// Elements in which a search for the start of another ends: a cell is a page of its own.
fn is_cell(role: Role) -> bool {
    matches!(role, Role::Cell | Role::HeadCell | Role::Caption)
}

impl Walker {
    /// A walker for the HTML in `text`.
    #[must_use]
    pub fn new(text: &str, keep_navigation: bool) -> Self {
        Self { end_names: end_names(text), keep_navigation, ..Self::default() }
    }

    /// Names that end tags of the file have.
    #[must_use]
    pub fn end_names(&self) -> &FxHashSet<String> {
        &self.end_names
    }

    /// Reads `html`, whose first byte is at `base` of its part.
    pub fn feed(&mut self, html: &str, base: usize) {
        for (token, range) in Tokens::new(html) {
            let at = base + range.start..base + range.end;
            match token {
                Token::Text(raw) => self.text(&entity::decode(raw), raw, at),
                Token::Raw(raw) => self.text(raw, &html[range], at),
                Token::Start(tag) => self.start(&tag, &html[range], at),
                Token::End(name) => self.end(&name, at.start),
                Token::Comment => self.left_out.comments += 1,
                Token::Code | Token::Other => {}
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
        self.push(name, role, tag, &look);
        self.begin(role, tag, marker, at.start);
        if tag.closed && !role.is_block() {
            self.end(name, at.end);
        }
    }

    fn push(&mut self, name: &'static str, role: Role, tag: &Tag, look: &Look) {
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
            indent: if list || outer { 0 } else { look.indent + if quote { QUOTE_TWIPS } else { 0 } },
            first: self.drafts.len(),
        };
        let navigation = element.navigation && !self.keep_navigation;
        if self.skipped.is_none() && (navigation || matches!(role, Role::Script | Role::Embedded)) {
            self.skipped = Some(self.stack.len());
        }
        self.counts.add(&element);
        self.stack.push(element);
    }

    /// What an element that has just begun means.
    fn begin(&mut self, role: Role, tag: &Tag, marker: Option<Marker>, at: usize) {
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

    fn begin_list(&mut self, role: Role, tag: &Tag, marker: Option<Marker>) {
        self.lists_seen += 1;
        let reversed = role == Role::Ordered && tag.get("reversed").is_some();
        let start = tag.get("start").and_then(|s| s.trim().parse().ok());
        self.lists.push(List {
            id: self.lists_seen,
            marker: marker.unwrap_or(if role == Role::Ordered { Marker::Decimal } else { Marker::Bullet }),
            next: start.unwrap_or(i64::from(!reversed)),
            reversed,
            counted: reversed && start.is_none(),
            items: 0,
            first: self.drafts.len(),
        });
    }

    fn begin_item(&mut self, tag: &Tag, marker: Option<Marker>) {
        let mut properties = self.properties();
        let mut figure = 0;
        properties.number = match self.lists.last_mut() {
            None => Number::Bullet,
            Some(list) => {
                let own = tag.get("value").and_then(|v| v.trim().parse().ok());
                figure = list.take(own);
                match marker.unwrap_or(list.marker) {
                    Marker::Bullet => Number::Bullet,
                    Marker::None => Number::None,
                    shown => Number::Marker { list: list.id, text: show(shown, figure) },
                }
            }
        };
        self.pending = Some((properties, figure));
    }

    /// Properties of a paragraph without number.
    fn properties(&self) -> Properties {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let indent = self.counts.indent.saturating_add(i32::from(depth) * ITEM_TWIPS);
        Properties { depth, indent, ..Properties::default() }
    }

    /// An element that HTML does not know: words in angle brackets where nothing ends it.
    fn unknown(&mut self, tag: &Tag, raw: &str, at: Range<usize>) {
        if self.skipped.is_none() && tag.is_words(&self.end_names) {
            self.left_out.brackets += 1;
            self.text(raw, raw, at);
        }
    }

    /// A box or field of a form, as a reader of the page sees it.
    fn input(&mut self, tag: &Tag, at: Range<usize>) {
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

    fn close_element(&mut self, element: &Element) {
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
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(&mut self.drafts);
                }
            }
            Role::Cell | Role::HeadCell => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            Role::Terms if self.tables.is_empty() => {
                let laid = lay_terms(&mut self.drafts[element.first..], self.tables_seen + 1);
                self.tables_seen += u32::from(laid);
            }
            Role::Margin => self.end_margin(element),
            _ => {}
        }
    }

    /// A list that counts down to one knows its first figure only now.
    fn end_list(&mut self) {
        let Some(list) = self.lists.pop().filter(|l| l.counted) else { return };
        for draft in self.drafts.iter_mut().skip(list.first) {
            if let Number::Marker { list: id, text } = &mut draft.properties.number
                && *id == list.id
            {
                *text = show(list.marker, draft.figure + list.items);
            }
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        table.end_row(&mut self.drafts);
        let outside = self.place();
        if !table.dissolve(&mut self.drafts, outside)
            && let Some(around) = self.tables.last_mut()
        {
            around.nested = true;
        }
    }

    /// A header or footer of links is navigation; a short footer of the page is one of the document.
    fn end_margin(&mut self, element: &Element) {
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

    /// Text, entities decoded; `raw` is what stands at `at`.
    fn text(&mut self, text: &str, raw: &str, at: Range<usize>) {
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
    fn words(&mut self, text: &str, raw: &str, at: &Range<usize>) {
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
    fn lines(&mut self, text: &str, raw: &str, at: &Range<usize>) {
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
    fn generated(&mut self, text: &str, at: usize) {
        if self.skipped.is_none() {
            self.run(text, "", None, &(at..at));
        }
    }

    /// Adds a piece of text, with the space or line break before it; `offset` is where in `raw` it stands as it is.
    fn run(&mut self, text: &str, raw: &str, offset: Option<usize>, at: &Range<usize>) {
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

    fn add(&mut self, text: String, at: Range<usize>, escapes: bool) {
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
    fn begin_paragraph(&mut self, at: usize) -> Draft {
        let (mut properties, figure) = self.pending.take().unwrap_or_else(|| (self.properties(), 0));
        properties.level = self.heading;
        Draft {
            place: self.place(),
            properties,
            figure,
            at: at..at,
            runs: Vec::new(),
            part: self.part(),
            bytes: 0,
            linked: 0,
            local: 0,
        }
    }

    /// Which part of a list of terms text stands in here.
    fn part(&self) -> Part {
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

    fn end_paragraph(&mut self) {
        (self.space, self.breaks) = (false, 0);
        self.drafts.extend(self.open.take());
    }
}

/// What an empty field of a form is shown as: a line to write on.
const EMPTY_FIELD: &str = "____";

/// What links to the heading that they stand in show.
const PERMALINKS: [&str; 4] = ["#", "¶", "🔗", "§"];

/// Whether an element is marked as navigation.
fn is_navigation(tag: &Tag) -> bool {
    tag.get("role").is_some_and(|r| r.eq_ignore_ascii_case("navigation"))
}
