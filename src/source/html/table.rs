//! Tables: the place of each cell, and tables that only lay out what is no table.

use super::draft::{Draft, Part};
use super::token::Tag;
use crate::source::Place;

/// An open table.
#[derive(Debug)]
pub struct Table {
    /// Its number, in reading order.
    pub id: u32,
    /// Whether it says that it only lays out.
    pub presentation: bool,
    /// Whether a table stands in one of its cells.
    pub nested: bool,
    /// Whether only its last paragraphs are known.
    partial: bool,
    /// Whether its heading rows are open.
    pub head: bool,
    /// Paragraphs that stood before it.
    pub first: usize,
    /// The open row, and paragraphs that stood before it.
    row: Option<u16>,
    row_first: usize,
    in_row: bool,
    column: u16,
    /// Column of the open cell.
    cell: Option<u16>,
    /// Whether the row has had heading cells, and others.
    cells: (bool, bool),
    /// For each column the rows, the current one included, that a cell above takes up.
    busy: Vec<u16>,
}

/// Spans are followed over so many columns; no page shows more.
const MOST_COLUMNS: usize = 256;
/// A cell with a heading and so many paragraphs is a part of the document.
const DOCUMENT: usize = 5;
/// A mark of a list item is at most so long: "(xviii)", "12.3.4.".
const LONGEST_MARK: usize = 9;
/// A term of more bytes is a sentence or a heading.
const LONGEST_TERM: usize = 80;

impl Table {
    /// A table that begins after `first` paragraphs.
    #[must_use]
    pub fn new(id: u32, tag: &Tag, first: usize) -> Self {
        let presentation = tag.get("role").is_some_and(|r| matches!(&*r, "presentation" | "none"));
        Self {
            id,
            presentation,
            nested: false,
            partial: false,
            head: false,
            first,
            row: None,
            row_first: first,
            in_row: false,
            column: 0,
            cell: None,
            cells: (false, false),
            busy: Vec::new(),
        }
    }

    /// Where text of the open cell stands.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let (row, column) = (self.row?, self.cell?);
        Some(Place::Cell { table: self.id, row, column, head: self.head })
    }

    /// A row begins, after `first` paragraphs.
    pub fn begin_row(&mut self, first: usize) {
        self.row = Some(self.row.map_or(0, |r| r.saturating_add(1)));
        self.row_first = first;
        self.in_row = true;
        (self.column, self.cell, self.cells) = (0, None, (false, false));
        for rows in &mut self.busy {
            *rows = rows.saturating_sub(1);
        }
    }

    /// A cell begins.
    pub fn begin_cell(&mut self, tag: &Tag, heads: bool, first: usize) {
        if !self.in_row {
            self.begin_row(first);
        }
        while self.busy.get(usize::from(self.column)).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let span =
            |name: &str| tag.get(name).and_then(|v| v.trim().parse::<u16>().ok()).filter(|n| *n > 0).unwrap_or(1);
        self.cell = Some(self.column);
        let end = self.column.saturating_add(span("colspan"));
        let rows = span("rowspan");
        if rows > 1 && usize::from(self.column) < MOST_COLUMNS {
            let last = usize::from(end).min(MOST_COLUMNS);
            self.busy.resize(self.busy.len().max(last), 0);
            self.busy[usize::from(self.column)..last].fill(rows);
        }
        self.column = end;
        if heads { self.cells.0 = true } else { self.cells.1 = true }
    }

    /// The open cell ends.
    pub fn end_cell(&mut self) {
        self.cell = None;
    }

    /// The open row ends; one of nothing but heading cells is a heading row.
    pub fn end_row(&mut self, drafts: &mut [Draft]) {
        self.in_row = false;
        self.cell = None;
        if self.cells == (true, false) {
            for draft in drafts.iter_mut().skip(self.row_first) {
                if let Place::Cell { table, head, .. } = &mut draft.place {
                    *head |= *table == self.id;
                }
            }
        }
    }

    /// Rows begin anew: no cell reaches from one group of rows into the next.
    pub fn begin_group(&mut self, head: bool) {
        self.head = head;
        self.busy.clear();
    }

    /// Its paragraphs so far were taken away.
    pub fn forget(&mut self) {
        (self.first, self.row_first, self.partial) = (0, 0, true);
    }

    /// Puts the paragraphs of a table that only lays out where the table stands. Whether it was one.
    pub fn dissolve(&self, drafts: &mut Vec<Draft>, outside: Place) -> bool {
        if self.partial {
            return false;
        }
        let own: Vec<(u16, u16)> = drafts[self.first..].iter().filter_map(|d| self.cell_of(d)).collect();
        let marked = !own.is_empty() && self.is_marked_list(&drafts[self.first..]);
        let one_column = own.windows(2).all(|w| w[0].1 == w[1].1);
        let heads = drafts[self.first..].iter().any(|d| matches!(d.place, Place::Cell { head: true, .. }));
        let lays_out = self.presentation || self.nested || one_column && !heads || marked;
        if !(lays_out || self.is_document(&drafts[self.first..])) {
            return false;
        }
        let mut label: Option<Draft> = None;
        for mut draft in drafts.split_off(self.first) {
            let cell = self.cell_of(&draft);
            if cell.is_some() && marked && label.is_none() && is_mark(&draft.text()) {
                label = Some(draft);
                continue;
            }
            if let Some(mark) = label.take() {
                if self.cell_of(&mark).map(|c| c.0) == cell.map(|c| c.0) {
                    draft.lead_with(mark);
                } else {
                    drafts.push(Draft { place: outside, ..mark });
                }
            }
            if cell.is_some() {
                draft.place = outside;
            }
            drafts.push(draft);
        }
        drafts.extend(label.map(|mark| Draft { place: outside, ..mark }));
        true
    }

    /// Row and column of a paragraph of this table.
    fn cell_of(&self, draft: &Draft) -> Option<(u16, u16)> {
        match draft.place {
            Place::Cell { table, row, column, .. } if table == self.id => Some((row, column)),
            _ => None,
        }
    }

    /// Whether each row is the mark of an item and its text, as pages made from word processors have it.
    fn is_marked_list(&self, drafts: &[Draft]) -> bool {
        let mut marked = false;
        let mut at = 0;
        while at < drafts.len() {
            let Some((row, column)) = self.cell_of(&drafts[at]) else { return false };
            let same = |d: &&Draft| self.cell_of(d).is_some_and(|c| c.0 == row);
            let cells: Vec<u16> =
                drafts[at..].iter().take_while(same).filter_map(|d| self.cell_of(d)).map(|c| c.1).collect();
            let others = cells.iter().filter(|c| **c != column).min() != cells.iter().filter(|c| **c != column).max();
            match cells.get(1) {
                Some(second) if *second != column && !others && is_mark(&drafts[at].text()) => marked = true,
                Some(second) if *second != column || others => return false,
                _ => {}
            }
            at += cells.len();
        }
        marked
    }

    /// Whether a cell holds a whole part of the document.
    fn is_document(&self, drafts: &[Draft]) -> bool {
        let cells: Vec<Option<(u16, u16)>> = drafts.iter().map(|d| self.cell_of(d)).collect();
        let mut at = 0;
        while at < drafts.len() {
            let len = cells[at..].iter().take_while(|c| **c == cells[at]).count();
            let headed = drafts[at..at + len].iter().any(|d| d.properties.level.is_some());
            if headed && len >= DOCUMENT && cells[at].is_some() {
                return true;
            }
            at += len;
        }
        false
    }
}

/// Whether a cell holds nothing but the mark of a list item: "(a)", "1.2", "iv.", a bullet.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    if text.chars().count() == 1 && !text.contains(char::is_alphanumeric) {
        return matches!(text, "•" | "·" | "●" | "○" | "▪" | "■" | "◦" | "–" | "-" | "—" | "*" | "\u{f0b7}");
    }
    let marks = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')'));
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let roman = text.chars().filter(char::is_ascii_alphabetic).all(|c| "ivxIVX".contains(c));
    let closed = text.ends_with(['.', ')']) || letters == 0 && text.contains('.');
    text.len() <= LONGEST_MARK
        && marks
        && closed
        && (letters <= 2 || roman)
        && text.contains(|c: char| c.is_alphanumeric())
}

/// A list of terms as rows of a table, term and description side by side, where its terms are terms: a list of them
/// may also be how a page sets its clauses. Whether they were.
pub fn lay_terms(drafts: &mut [Draft], table: u32) -> bool {
    let is_term = |d: &Draft| {
        let text = d.text();
        text.len() <= LONGEST_TERM && !text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '(')
    };
    let plain = |d: &Draft| d.properties.level.is_none() && d.properties.depth == 0 && d.place == Place::Body;
    let fits = |d: &Draft| match d.part {
        Part::Term => plain(d) && is_term(d),
        Part::Description => plain(d),
        Part::None => false,
    };
    let described = drafts.iter().any(|d| d.part == Part::Description);
    let named = drafts.first().is_some_and(|d| d.part == Part::Term);
    if !(described && named && drafts.iter().all(fits)) {
        for term in drafts.iter_mut().filter(|d| d.part == Part::Term) {
            term.runs.iter_mut().for_each(|run| run.emphasis = true);
        }
        return false;
    }
    let mut row = 0u16;
    for (i, draft) in drafts.iter_mut().enumerate() {
        let term = draft.part == Part::Term;
        row = row.saturating_add(u16::from(term && i > 0));
        draft.place = Place::Cell { table, row, column: u16::from(!term), head: false };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words() {
        let marks = ["(a)", "1.", "1.2", "12.3.4.", "(iv)", "xviii.", "A.", "•", "2)", "(aa)"];
        let others = ["Name", "1", "2024", "No.", "(the)", "a", "", "Art.", "GDPR."];
        assert!(marks.iter().all(|m| is_mark(m)));
        assert_eq!(others.iter().filter(|o| is_mark(o)).collect::<Vec<_>>(), [&"No."]);
    }
}
