//! Markdown (`CommonMark` with tables and footnotes) as a [`Source`].
//!
//! Contracts in Markdown are often plain text under another name, so what `CommonMark` takes for code is read
//! as prose, lines within a paragraph are kept, and list items keep the figure that their author typed.

use super::front;
use super::html::{self, Draft, Walker};
use super::limits::beyond;
use super::markup::{self, BlockTag, Piece};
use super::numbering::Numbering;
use super::text::Decoded;
use super::{Format, Limits, Number, Paragraph, Place, Properties, Revised, Segment, Source, visible};
use crate::error::{Error, Result};
use crate::span::offset;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// Reads Markdown.
///
/// # Errors
/// Where the file has no words.
pub fn read(decoded: &Decoded, limits: &Limits) -> Result<Source> {
    let text: &str = &decoded.text;
    if html::is_page(text) {
        let mut source = html::page(decoded, Format::Markdown, limits)?;
        source.notes.push("the file is an HTML page and was read as one".into());
        return Ok(source);
    }
    let front = front::len(text);
    let text = &text[front..];
    let mut reader = Reader::new(text, decoded, front);
    if deepest_nesting(text) > limits.depth {
        return Err(beyond(format!("the file nests quotes or lists deeper than {}", limits.depth), "--max-depth"));
    }
    let parser = Parser::new_ext(text, options());
    let definitions: Vec<Range<usize>> = parser.reference_definitions().iter().map(|(_, d)| d.span.clone()).collect();
    for (count, (event, range)) in parser.into_offset_iter().enumerate() {
        if count >= limits.events {
            let reason = format!("the file has more than {} blocks, marks and pieces of text", limits.events);
            return Err(beyond(reason, "--max-events"));
        }
        if limits.backstop.is_reached_in_round(count) {
            return Err(limits.out_of_time());
        }
        reader.event(event, range);
    }
    reader.close_paragraph();
    reader.restore(definitions);
    reader.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The most block quote marks that any line starts with: what the parser's own depth grows with.
fn deepest_nesting(text: &str) -> usize {
    let marks = |line: &str| line.chars().take_while(|c| matches!(c, '>' | ' ' | '\t' | '-' | '*' | '+')).count();
    text.lines().map(marks).max().unwrap_or(0)
}

struct Reader<'a> {
    source: Source,
    text: &'a str,
    /// Bytes in front of the text in the file.
    skipped: usize,
    /// Open lists: number of the list, whether ordered, and how many items so far.
    lists: Vec<List>,
    lists_seen: u32,
    open: Option<Open>,
    place: Place,
    emphasis: usize,
    table: Option<TableState>,
    tables: u32,
    /// Footnote definitions by label, laid down after the paragraph that refers to them.
    footnotes: HashMap<String, Vec<usize>>,
    footnote: Option<String>,
    references: Vec<(usize, String)>,
    struck: u32,
    left_out: u32,
    /// The block of HTML that is open, and where in the file its pieces stand.
    html: String,
    html_at: Vec<(usize, usize)>,
    in_html: bool,
    walker: Walker,
    /// Where the last table of HTML ends: text after it is in none, closed or not.
    tables_end: usize,
    setext_end: Option<(usize, bool)>,
    /// Where the line of a tag begins that goes on in the lines below it.
    broken_tag: Option<usize>,
}

struct List {
    id: u32,
    ordered: bool,
    /// Number that a reader of the rendered page would see.
    next: u64,
    /// Whether all figures so far were the same ("1." throughout): then the author lets the software count.
    same: Option<u64>,
}

struct TableState {
    row: u16,
    column: u16,
    head: bool,
    _alignments: Vec<Alignment>,
}

struct Open {
    start: usize,
    end: usize,
    first_segment: usize,
    properties: Properties,
    place: Place,
}

impl<'a> Reader<'a> {
    /// A reader of `text`, which `front` bytes of the decoded text stand before.
    fn new(text: &'a str, decoded: &Decoded, front: usize) -> Self {
        let mut notes = decoded.notes.clone();
        if front > 0 {
            notes.push("the front matter was left out of the text".into());
        }
        Self {
            source: Source {
                format: Format::Markdown,
                parts: vec![String::new()],
                text: String::with_capacity(text.len()),
                segments: Vec::new(),
                paragraphs: Vec::new(),
                revisions: Vec::new(),
                numbering: Numbering::default(),
                anchors: super::links::Anchors::default(),
                notes,
                cuts: Vec::new(),
            },
            text,
            skipped: decoded.skipped + front,
            lists: Vec::new(),
            lists_seen: 0,
            open: None,
            place: Place::Body,
            emphasis: 0,
            table: None,
            tables: 0,
            footnotes: HashMap::new(),
            footnote: None,
            references: Vec::new(),
            struck: 0,
            left_out: 0,
            html: String::new(),
            html_at: Vec::new(),
            in_html: false,
            walker: Walker::new(text, false),
            tables_end: text.rfind("</table").or_else(|| text.rfind("</TABLE")).unwrap_or(0),
            setext_end: None,
            broken_tag: None,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range.end),
            Event::Text(text) if self.in_html => self.html_text(&text, &range),
            Event::Text(text) => self.prose(&text, range),
            Event::Code(text) => self.push(&text, inner(self.text, &range, &text)),
            Event::Html(html) => self.html_text(&html, &range),
            Event::InlineHtml(html) => self.inline_html(&html, &range),
            Event::SoftBreak | Event::HardBreak => self.push("\n", range),
            Event::Rule if self.text[range.clone()].contains('_') => {
                // A line of underscores is a place to sign, not a rule.
                let line = self.text[range.clone()].trim_end().to_string();
                self.ensure_open(range.start, Properties::default());
                self.push(&line, range);
                self.close_paragraph();
            }
            Event::Rule => self.close_paragraph(),
            Event::TaskListMarker(ticked) => self.push(if ticked { "[x] " } else { "[ ] " }, range),
            Event::FootnoteReference(label) => {
                let at = self.source.paragraphs.len();
                self.references.push((at, label.to_string()));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text, range),
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.ensure_open(range.start, Properties::default()),
            Tag::Heading { level, .. } => {
                self.close_paragraph();
                self.ensure_open(
                    range.start,
                    Properties { level: Some(heading_level(level)), ..Properties::default() },
                );
            }
            Tag::BlockQuote(_) => self.close_paragraph(),
            Tag::CodeBlock(kind) => {
                self.close_paragraph();
                let start = match kind {
                    CodeBlockKind::Indented => range.start,
                    CodeBlockKind::Fenced(_) => range.start,
                };
                self.ensure_open(start, Properties::default());
            }
            Tag::HtmlBlock => {
                if self.open.as_ref().is_none_or(|o| o.first_segment != self.source.segments.len()) {
                    self.close_paragraph();
                }
                self.in_html = true;
            }
            Tag::List(first) => {
                self.close_paragraph();
                self.lists_seen += 1;
                self.lists.push(List {
                    id: self.lists_seen,
                    ordered: first.is_some(),
                    next: first.unwrap_or(0),
                    same: None,
                });
            }
            Tag::Item => self.item(&range),
            Tag::FootnoteDefinition(label) => {
                self.close_paragraph();
                self.place = Place::Note;
                self.footnote = Some(label.to_string());
            }
            Tag::Table(alignments) => {
                self.close_paragraph();
                self.tables += 1;
                self.table = Some(TableState { row: 0, column: 0, head: false, _alignments: alignments });
            }
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::TableCell => self.cell(range.start),
            Tag::Emphasis | Tag::Strong => self.emphasis += 1,
            Tag::Strikethrough => self.struck += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(open) = self.open.as_mut() {
                    open.end = end;
                }
                self.demote_setext(end);
                self.close_paragraph();
            }
            TagEnd::CodeBlock => {
                self.end_broken_tag(end);
                self.close_paragraph();
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::Item => self.close_paragraph(),
            TagEnd::HtmlBlock => {
                self.in_html = false;
                self.html_block();
            }
            TagEnd::List(_) => {
                self.close_paragraph();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close_paragraph();
                self.place = Place::Body;
                self.footnote = None;
            }
            TagEnd::Table => self.table = None,
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = self.table.as_mut() {
                    table.row = table.row.saturating_add(1);
                }
            }
            TagEnd::TableCell => {
                self.close_paragraph();
                if let Some(table) = self.table.as_mut() {
                    table.column = table.column.saturating_add(1);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong => self.emphasis = self.emphasis.saturating_sub(1),
            _ => {}
        }
    }

    /// A paragraph that stands right above `---` parses as a heading; a sentence there is none.
    fn demote_setext(&mut self, end: usize) {
        const LONGEST_HEADING: usize = 120;
        let Some(open) = self.open.as_mut() else { return };
        let raw = &self.text[open.start..end.min(self.text.len())];
        if !raw.trim_start().starts_with('#') && raw.trim_end().ends_with('-') {
            let title = raw.trim_end().trim_end_matches('-').trim();
            if title.len() > LONGEST_HEADING || title.contains('\n') || title.ends_with(['.', ';', ',']) {
                open.properties.level = None;
            }
        }
        self.setext_end = None;
    }

    fn item(&mut self, range: &Range<usize>) {
        self.close_paragraph();
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let Some(list) = self.lists.last_mut() else { return };
        let number = if list.ordered {
            let raw = self.text[range.start..].trim_start();
            let digits = raw.len() - raw.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let typed: u64 = raw[..digits].parse().unwrap_or(list.next);
            let mark = raw[digits..].chars().next().unwrap_or('.');
            let same = list.same.is_none_or(|s| s == typed);
            let figure = if same && list.same.is_some() { list.next } else { typed };
            list.same = if same { Some(typed) } else { Some(u64::MAX) };
            list.next = figure + 1;
            Number::Marker { list: list.id, text: format!("{figure}{mark}") }
        } else {
            Number::Bullet
        };
        let indent = i32::from(depth) * ITEM_TWIPS;
        self.ensure_open(range.start, Properties { number, level: None, indent, depth });
    }

    fn row(&mut self, head: bool) {
        if let Some(table) = self.table.as_mut() {
            (table.column, table.head) = (0, head);
        }
    }

    fn cell(&mut self, at: usize) {
        self.close_paragraph();
        if let Some(table) = &self.table {
            self.place = Place::Cell { table: self.tables, row: table.row, column: table.column, head: table.head };
        }
        self.ensure_open(at, Properties::default());
        self.place = Place::Body;
    }

    fn ensure_open(&mut self, at: usize, mut properties: Properties) {
        if let Some(open) = self.open.as_mut() {
            // The item or cell that is open takes its first paragraph in; a heading in an item keeps both.
            properties.level.clone_into(&mut open.properties.level);
            return;
        }
        if properties.depth == 0 && matches!(properties.number, Number::None) {
            properties.depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
            properties.indent = i32::from(properties.depth) * ITEM_TWIPS;
        }
        let mut place = self.place;
        if place == Place::Body && properties.number == Number::None && self.lists.is_empty() {
            // Markdown that stands in an element of HTML.
            if at < self.tables_end {
                place = self.walker.place();
            }
            if let Some(pending) = self.walker.take_pending() {
                properties = Properties { level: properties.level, ..pending };
            }
        }
        self.open = Some(Open { start: at, end: at, first_segment: self.source.segments.len(), properties, place });
    }

    /// Text of a paragraph; in code blocks blank lines part paragraphs.
    fn prose(&mut self, text: &str, range: Range<usize>) {
        if !text.contains('\n') {
            self.push(text, range);
            return;
        }
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let here = at..at + content.len();
            at += line.len();
            if content.trim().is_empty() {
                self.end_broken_tag(here.start);
                let depth = self.open.as_ref().map_or(0, |o| o.properties.depth);
                self.close_paragraph();
                self.ensure_open(here.start, Properties { depth, ..Properties::default() });
            } else {
                let begun = self.open.as_ref().is_some_and(|o| self.source.segments.len() > o.first_segment);
                if begun && self.broken_tag.is_none() {
                    self.push("\n", here.start..here.start);
                }
                self.line_of_code(content, here);
            }
        }
    }

    /// A line of code, with the lines above it that its tag began in.
    fn line_of_code(&mut self, content: &str, range: Range<usize>) {
        // No tag is longer, and what is never closed is none.
        const LONGEST_TAG: usize = 2_000;
        let start = self.broken_tag.take().unwrap_or(range.start);
        let whole = if start == range.start { content } else { &self.text[start..range.end] };
        if whole.len() <= LONGEST_TAG && is_tag_open(whole) {
            self.broken_tag = Some(start);
        } else {
            self.code_line(whole, start..range.end);
        }
    }

    /// Takes for text what began like a tag and is not closed before `end`.
    fn end_broken_tag(&mut self, end: usize) {
        if let Some(start) = self.broken_tag.take() {
            let text = self.text;
            self.code_line(text[start..end].trim_end(), start..end);
        }
    }

    /// A line that `CommonMark` takes for code and its author meant as prose: tags and bold marks are markup.
    fn code_line(&mut self, content: &str, range: Range<usize>) {
        let emphasis = self.emphasis;
        for piece in markup::pieces(content, range.start, self.walker.end_names()) {
            match piece {
                Piece::Text(text, at) => {
                    let mut from = at.start;
                    for (n, part) in text.split("**").enumerate() {
                        if n > 0 {
                            self.emphasis = if self.emphasis > emphasis { emphasis } else { emphasis + 1 };
                            from += 2;
                        }
                        self.push(part, from..from + part.len());
                        from += part.len();
                    }
                }
                other => self.tag(&other),
            }
        }
        self.emphasis = emphasis;
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        let as_written = self.text.get(range.clone()) == Some(text);
        for (at, stretch) in visible(text).into_iter().filter(|(_, s)| !s.is_empty()) {
            let start = range.start + at;
            self.push_stretch(stretch, if as_written { start..start + stretch.len() } else { range.clone() });
        }
    }

    fn push_stretch(&mut self, text: &str, range: Range<usize>) {
        self.ensure_open_for_text(range.start);
        let start = self.source.text.len();
        self.source.text.push_str(text);
        let escapes = self.text.get(range.clone()) != Some(text);
        self.source.segments.push(Segment {
            part: 0,
            at: offset(range.start + self.skipped)..offset(range.end + self.skipped),
            text: offset(start)..offset(self.source.text.len()),
            revised: Revised::default(),
            emphasis: self.emphasis > 0,
            escapes,
        });
        if let Some(open) = self.open.as_mut() {
            open.end = open.end.max(range.end);
        }
    }

    fn ensure_open_for_text(&mut self, at: usize) {
        if self.open.is_none() {
            self.ensure_open(at, Properties::default());
        }
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        for piece in markup::pieces(html, range.start, self.walker.end_names()) {
            match piece {
                Piece::Text(text, at) => self.push(&text, at),
                Piece::Block(at, BlockTag::Item) => self.push("\n", at..at),
                Piece::Block(..) => {}
                other => self.tag(&other),
            }
        }
    }

    /// A tag in prose: where it begins or ends a block, the paragraph ends.
    fn tag(&mut self, piece: &Piece) {
        match *piece {
            Piece::Break(at) => self.push("\n", at..at),
            Piece::Emphasis(on) => {
                self.emphasis = if on { self.emphasis + 1 } else { self.emphasis.saturating_sub(1) };
            }
            Piece::Struck => self.walker.left_out.struck += 1,
            Piece::Inserted => self.walker.left_out.inserted += 1,
            Piece::LeftOut => self.left_out += 1,
            Piece::Block(at, tag) => {
                self.close_paragraph();
                match tag {
                    BlockTag::Heading(level) => {
                        self.ensure_open(at, Properties { level: Some(level), ..Properties::default() });
                    }
                    BlockTag::Item => {
                        self.ensure_open(at, Properties { number: Number::Bullet, ..Properties::default() });
                    }
                    BlockTag::Other => {}
                }
            }
            Piece::Text(..) => {}
        }
    }

    fn html_text(&mut self, html: &str, range: &Range<usize>) {
        self.html_at.push((self.html.len(), range.start));
        self.html.push_str(html);
    }

    /// A block of raw HTML: its text as paragraphs.
    fn html_block(&mut self) {
        let html = std::mem::take(&mut self.html);
        let at = std::mem::take(&mut self.html_at);
        (self.walker.lists_seen, self.walker.tables_seen) = (self.lists_seen, self.tables);
        self.walker.feed(&html, 0);
        (self.lists_seen, self.tables) = (self.walker.lists_seen, self.walker.tables_seen);
        let emphasis = self.emphasis;
        for draft in self.walker.take() {
            self.html_paragraph(draft, &at);
        }
        self.emphasis = emphasis;
    }

    /// A paragraph of raw HTML; `map` tells where in the file its bytes stand.
    fn html_paragraph(&mut self, draft: Draft, map: &[(usize, usize)]) {
        let place_of = |at: usize| {
            let piece = map.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            map.get(piece).map_or(at, |(start, in_file)| in_file + (at - start))
        };
        let start = place_of(draft.at.start);
        let mut properties = draft.properties;
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        properties.depth = properties.depth.saturating_add(depth);
        properties.indent = properties.indent.saturating_add(i32::from(depth) * ITEM_TWIPS);
        // The item of Markdown that the block begins lends its number.
        if let Some(item) = self.open.take().filter(|_| properties.number == Number::None) {
            properties.number = item.properties.number;
        }
        let place = if draft.place == Place::Body { self.place } else { draft.place };
        self.open = Some(Open { start, end: start, first_segment: self.source.segments.len(), properties, place });
        for run in draft.runs {
            self.emphasis = usize::from(run.emphasis);
            // The last byte is mapped, for the end of a run may be where the next piece begins.
            let at = place_of(run.at.start);
            let end = if run.at.is_empty() { at } else { place_of(run.at.end - 1) + 1 };
            self.push_stretch(&run.text, at..end.max(at));
        }
        self.close_paragraph();
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.open.take() else { return };
        let segments = offset(open.first_segment)..offset(self.source.segments.len());
        let numbered = open.properties.number != Number::None;
        if segments.is_empty() && !numbered {
            return;
        }
        if let Some(label) = &self.footnote {
            self.footnotes.entry(label.clone()).or_default().push(self.source.paragraphs.len());
        }
        self.source.paragraphs.push(Paragraph {
            place: open.place,
            segments,
            part: 0,
            at: offset(open.start + self.skipped)..offset(open.end + self.skipped),
            properties: open.properties,
            former: None,
            mark: Revised::default(),
            separator: false,
        });
    }

    /// Puts back lines that `CommonMark` takes for link reference definitions ("[Term]: word" is one).
    fn restore(&mut self, mut definitions: Vec<Range<usize>>) {
        definitions.sort_by_key(|r| r.start);
        for range in definitions {
            let line = self.text[range.clone()].trim().to_string();
            let at = offset(range.start + self.skipped);
            let index = self.source.paragraphs.partition_point(|p| p.at.start < at);
            let first = self.source.segments.len();
            let range = range.start..range.start + line.len();
            self.open = None;
            self.push(&line, range.clone());
            self.open = None;
            let segments = offset(first)..offset(self.source.segments.len());
            for (reference, _) in &mut self.references {
                *reference += usize::from(*reference >= index);
            }
            for notes in self.footnotes.values_mut().flatten() {
                *notes += usize::from(*notes >= index);
            }
            self.source.paragraphs.insert(
                index,
                Paragraph {
                    place: Place::Body,
                    segments,
                    part: 0,
                    at: at..offset(range.end + self.skipped),
                    properties: Properties::default(),
                    former: None,
                    mark: Revised::default(),
                    separator: false,
                },
            );
        }
    }

    fn finish(mut self) -> Result<Source> {
        self.lay_footnotes();
        let mut left_out = self.walker.left_out;
        left_out.struck += self.struck;
        left_out.comments += self.left_out;
        self.source.notes.extend(left_out.notes());
        self.source.cuts.extend(left_out.cut());
        if self.source.text.trim().is_empty() {
            return Err(Error::new("the file has no words", "supply the contract's text"));
        }
        Ok(self.source)
    }

    /// Moves each footnote behind the paragraph that first refers to it; those never referred to stay.
    fn lay_footnotes(&mut self) {
        if self.footnotes.is_empty() {
            return;
        }
        let mut after: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut moved = vec![false; self.source.paragraphs.len()];
        for (at, label) in &self.references {
            for note in self.footnotes.remove(label).unwrap_or_default() {
                moved[note] = true;
                after.entry(*at).or_default().push(note);
            }
        }
        let paragraphs = std::mem::take(&mut self.source.paragraphs);
        let order: Vec<usize> = (0..paragraphs.len())
            .flat_map(|i| {
                let own = (!moved[i]).then_some(i);
                own.into_iter().chain(after.get(&i).into_iter().flatten().copied())
            })
            .collect();
        self.source.paragraphs = order.into_iter().map(|i| paragraphs[i].clone()).collect();
    }
}

/// Indent of one level of list nesting, in twentieths of a point.
pub const ITEM_TWIPS: i32 = 360;

/// The bytes of a code span's content within its marks.
fn inner(text: &str, range: &Range<usize>, content: &str) -> Range<usize> {
    let start = text[range.clone()].find(content).map_or(range.start, |n| range.start + n);
    start..start + content.len()
}

/// Whether a line ends within a tag: "<p class=".
fn is_tag_open(line: &str) -> bool {
    let Some(at) = line.rfind('<').filter(|at| !line[*at..].contains('>')) else { return false };
    let name: String = line[at + 1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    html::known(&name.to_ascii_lowercase()).is_some()
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
