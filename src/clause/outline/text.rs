//! Where text goes that opens no clause: paragraphs, cells, notes.

use super::Builder;
use crate::clause::follow::Follow;
use crate::clause::label::Label;
use crate::clause::piece::Piece;
use crate::clause::relation::Open;
use crate::clause::title::is_defined_term;
use crate::clause::{Kind, Paragraph};
use crate::source::Place;
use crate::span::Span;

impl Builder<'_> {
    /// The clause that an unlabelled paragraph goes on.
    pub(super) fn host(&mut self, piece: &Piece) -> u32 {
        let keeps = |o: &Open| {
            if (piece.depth > 0 || o.depth > 0) && !(o.title && piece.depth == 0) {
                let inner = if piece.bullet { o.depth < piece.depth } else { o.depth <= piece.depth };
                return inner;
            }
            o.level.is_some() || o.list.is_none() || piece.bullet || o.indent <= piece.indent.max(0) + INDENT_SLACK
        };
        if let Some(last) = self.tree.paragraphs.last().filter(|_| piece.bullet) {
            // A list of bullets belongs to the words that lead to it, whole.
            let since = self.stack.last().map_or(0, |o| self.tree.clauses[o.clause as usize].span.start);
            let leads = last.item || last.span.of(self.text).ends_with(':');
            if leads && since <= last.span.start && self.stack.iter().any(|o| o.clause == last.clause) {
                return last.clause;
            }
        }
        let Some(mut at) = self.stack.iter().rposition(keeps) else { return self.top_level() };
        while at > 0 && self.is_after_items(&self.stack[at], &self.stack[at - 1], piece) {
            at -= 1;
        }
        self.stack[at].clause
    }

    /// Whether a paragraph without label stands after the list whose item `open` is, not in that item.
    pub(super) fn is_after_items(&self, open: &Open, around: &Open, piece: &Piece) -> bool {
        let figured = |l: &Label| l.figures.len() == 1 && l.tail.is_empty() && around.headed && around.label.is_some();
        let item =
            !open.headed && open.label.as_ref().is_some_and(|l| l.figures.is_empty() || open.depth > 0 || figured(l));
        if !item || piece.bullet || piece.depth > 0 || piece.indent > open.indent {
            return false;
        }
        let text = piece.text.of(self.text);
        let last = |clause| self.last.get(&clause).map_or("", |span| span.of(self.text));
        let ended = last(open.clause).ends_with(['.', ';', ',']);
        let led = last(around.clause).ends_with([':', '—', ',']);
        if text.starts_with(char::is_lowercase) {
            // Words that a page break parted from the item go on in it.
            return ended;
        }
        let left = self.tree.paragraphs.last().is_some_and(|p| p.clause == around.clause);
        // Full lines after a list that is set in stand below it.
        let back = open.list.is_some() && piece.indent < open.indent;
        left || is_defined_term(text) || led && (ended || back || text.ends_with(':'))
    }

    pub(super) fn top_level(&self) -> u32 {
        self.stack.first().map_or(0, |o| o.clause)
    }

    pub(super) fn top(&self) -> u32 {
        self.stack.last().map_or(0, |o| o.clause)
    }

    /// A table cell: text of the clause around it, except where a table is only layout for numbered clauses.
    pub(super) fn cell(&mut self, mut piece: Piece, next: Option<&Follow>) {
        let Place::Cell { table, row, .. } = piece.place else { return };
        let alone = piece.label.is_some() && piece.text.is_empty();
        let beside = self.row == Some((table, row)) && self.pending.is_some();
        self.row = Some((table, row));
        let same_row =
            next.is_some_and(|n| matches!(n.place, Place::Cell { table: t, row: r, .. } if (t, r) == (table, row)));
        if alone && same_row && piece.label.as_ref().is_some_and(|l| l.figures.len() > 1) {
            piece.place = Place::Body;
            self.open_clause(&piece, None);
            return;
        }
        if beside {
            self.pending = None;
        }
        let clause = self.top();
        if alone {
            return self.stretch(clause, piece.whole);
        }
        piece.text = piece.heading.map_or(piece.text, |h| h.join(piece.text));
        self.paragraph(&piece, clause);
    }

    pub(super) fn paragraph(&mut self, piece: &Piece, clause: u32) {
        let span = piece
            .heading
            .filter(|_| piece.label.is_none() && self.tree.clauses[clause as usize].heading != piece.heading);
        let span = span.map_or(piece.text, |h| h.join(piece.text));
        if span.is_empty() {
            return self.stretch(clause, piece.whole);
        }
        let item = piece.bullet || piece.depth > 0 && piece.label.is_some();
        let level = u16::from(piece.depth) * 2 + u16::from(piece.bullet);
        let indent = u16::try_from(piece.indent.max(0) / 360).unwrap_or(u16::MAX / 2);
        self.last.insert(clause, span);
        self.tree.paragraphs.push(Paragraph {
            span,
            clause,
            place: piece.place,
            item,
            level: if piece.depth > 0 { level } else { level + indent },
        });
        if piece.place != Place::HeaderFooter {
            self.stretch(clause, piece.whole);
        }
    }

    /// Makes a clause and those around it reach to the end of `span`.
    pub(super) fn stretch(&mut self, clause: u32, span: Span) {
        let mut next = Some(clause);
        while let Some(c) = next {
            let clause = &mut self.tree.clauses[c as usize];
            clause.span = if clause.span.is_empty() { span } else { clause.span.join(span) };
            next = clause.parent;
        }
    }

    /// A numbered title with nothing under it is an item of a list, and its words are its text.
    pub(super) fn demote_lone_titles(&mut self) {
        let mut has_text = vec![false; self.tree.clauses.len()];
        for paragraph in &self.tree.paragraphs {
            has_text[paragraph.clause as usize] = true;
        }
        for clause in self.tree.clauses.iter().skip(1) {
            if let Some(parent) = clause.parent {
                has_text[parent as usize] = true;
            }
        }
        for (i, clause) in self.tree.clauses.iter_mut().enumerate().skip(1) {
            let lone = !has_text[i] && !clause.label.is_empty() && clause.kind == Kind::Body;
            if let Some(heading) = clause.heading.filter(|_| lone) {
                clause.heading = None;
                self.tree.paragraphs.push(Paragraph {
                    span: heading,
                    clause: u32::try_from(i).unwrap_or(0),
                    place: Place::Body,
                    item: true,
                    level: clause.depth * 2,
                });
            }
        }
        self.tree.paragraphs.sort_by_key(|p| p.span.start);
    }
}

/// Indent by which a paragraph may stand left of a clause and still go on with it, in twentieths of a point.
const INDENT_SLACK: i32 = 400;
