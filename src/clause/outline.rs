//! The clause tree: which piece opens a clause, and under which.
//!
//! Pieces are taken in order against a stack of open clauses. For each, the stack is read from its top: is the
//! piece a sibling of that clause, part of it, or does it stand above? List levels tell it where there are any,
//! then decimal figures, then heading levels, then whether a label goes on a series that is open.

use super::label::{Label, Mark, Wrap};
use super::piece::{Piece, Title};
use super::{Clause, ClauseTree, Kind, Paragraph};
use crate::source::{Contract, Place};
use crate::span::Span;

/// Heading levels of titles that no style names: below Markdown's six, above every run-in heading.
const DIVISION_LEVEL: u8 = 6;
const CAPITALS_LEVEL: u8 = 7;
const BOLD_LEVEL: u8 = 8;
const RUN_IN_LEVEL: u8 = 10;

/// Builds the tree from the pieces of a contract.
#[must_use]
pub fn outline(contract: &Contract, pieces: Vec<Piece>) -> ClauseTree {
    let mut builder = Builder {
        text: &contract.text,
        tree: ClauseTree::default(),
        stack: Vec::new(),
        pending: None,
        row: None,
    };
    builder.tree.clauses.push(Clause {
        label: String::new(),
        path: String::new(),
        heading: None,
        kind: Kind::Front,
        parent: None,
        depth: 0,
        span: Span::default(),
        section: 0,
    });
    let nexts: Vec<Option<Follow>> = (0..pieces.len()).map(|i| pieces.get(i + 1).map(Follow::new)).collect();
    for (piece, next) in pieces.into_iter().zip(nexts) {
        builder.take(piece, next.as_ref());
    }
    builder.finish()
}

/// What matters of the piece after the one at hand.
struct Follow {
    labelled: bool,
    title: bool,
    len: usize,
    place: Place,
}

impl Follow {
    fn new(piece: &Piece) -> Self {
        Self {
            labelled: piece.label.is_some() || piece.bullet,
            title: piece.title != Title::No,
            len: piece.whole.len(),
            place: piece.place,
        }
    }
}

/// An open clause and what decides whether later ones are its siblings.
struct Open {
    clause: u32,
    label: Option<Label>,
    /// How its mark was read: letters, roman or figures.
    series: Option<(Series, u16)>,
    level: Option<u8>,
    list: Option<(u32, u8)>,
    depth: u8,
    indent: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Series {
    kind: SeriesKind,
    upper: bool,
    wrap: Wrap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SeriesKind {
    Letter,
    Roman,
    Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Above,
    Sibling,
    Child,
}

struct Builder<'a> {
    text: &'a str,
    tree: ClauseTree,
    stack: Vec<Open>,
    /// A clause whose label stood alone and whose title may follow in the next paragraph.
    pending: Option<u32>,
    /// Table and row of the last cell, and the label that its first cell held.
    row: Option<(u32, u16)>,
}

impl Builder<'_> {
    fn take(&mut self, mut piece: Piece, next: Option<&Follow>) {
        match piece.place {
            Place::Cell { .. } => return self.cell(piece, next),
            Place::HeaderFooter => return self.paragraph(&piece, 0),
            Place::Contents => {
                let clause = self.contents();
                return self.paragraph(&piece, clause);
            }
            Place::Note | Place::TextBox => {
                let clause = self.top();
                return self.paragraph(&piece, clause);
            }
            Place::Body => {}
        }
        if self.take_title_of_pending(&piece) {
            return;
        }
        if piece.title == Title::Maybe {
            self.settle(&mut piece, next);
        }
        if let Some(level) = self.opens(&piece) {
            self.open_clause(&piece, level);
        } else {
            let clause = self.host(&piece);
            self.paragraph(&piece, clause);
        }
    }

    /// A label that stood alone takes the next short unlabelled paragraph as its title ("Clause 2" / "Purpose").
    fn take_title_of_pending(&mut self, piece: &Piece) -> bool {
        let Some(clause) = self.pending.take() else { return false };
        let titled = piece.label.is_none() && !piece.bullet && piece.title != Title::No;
        let deeper = piece.level.zip(self.stack.last().and_then(|o| o.level)).is_some_and(|(p, o)| p < o);
        if titled && !deeper {
            let heading = piece.heading.unwrap_or(piece.text);
            self.tree.clauses[clause as usize].heading = Some(heading);
            self.stretch(clause, piece.whole);
            self.classify(clause, heading);
            return true;
        }
        false
    }

    /// A line that may be a title is one where longer text follows it, not where its like does.
    fn settle(&self, piece: &mut Piece, next: Option<&Follow>) {
        let heads = next.is_some_and(|n| {
            n.place == Place::Body && if piece.label.is_some() { !n.title || n.labelled } else { !n.title && n.len > 60 }
        });
        let labelled_series = piece.label.is_some() && next.is_some_and(|n| n.labelled && n.title);
        if heads && !labelled_series && !piece.bullet && (piece.depth == 0 || piece.label.is_some()) {
            piece.title = Title::Yes;
            piece.heading = Some(piece.text);
            piece.text = Span::new(piece.text.end as usize, piece.text.end as usize);
        } else {
            piece.title = Title::No;
        }
    }

    /// Whether the piece opens a clause, and with what heading level.
    fn opens(&self, piece: &Piece) -> Option<Option<u8>> {
        if piece.title == Title::Yes {
            let own = piece.level.or_else(|| {
                if piece.label.as_ref().is_some_and(is_division) {
                    return Some(DIVISION_LEVEL);
                }
                piece.label.is_none().then(|| {
                    let heading = piece.heading.map_or("", |h| h.of(self.text));
                    if heading.chars().any(char::is_lowercase) { BOLD_LEVEL } else { CAPITALS_LEVEL }
                })
            });
            return Some(own);
        }
        if piece.label.is_some() {
            return Some(piece.level.filter(|_| piece.list.is_none() || piece.heading.is_some()));
        }
        if piece.heading.is_some() && piece.depth <= 1 && !piece.bullet {
            return Some(Some(piece.level.unwrap_or(RUN_IN_LEVEL)));
        }
        None
    }

    fn open_clause(&mut self, piece: &Piece, level: Option<u8>) {
        let mut entry = Open {
            clause: u32::try_from(self.tree.clauses.len()).unwrap_or(u32::MAX),
            label: piece.label.clone(),
            series: None,
            level,
            list: piece.list,
            depth: piece.depth,
            indent: piece.indent,
        };
        self.place(&mut entry);
        let schedule = piece.label.as_ref().is_some_and(Label::is_schedule) || self.is_schedule_title(piece);
        if schedule {
            self.stack.clear();
        }
        let parent = self.stack.last().map(|o| o.clause);
        let depth = parent.map_or(0, |p| self.tree.clauses[p as usize].depth + 1);
        let label = piece.label.as_ref().map(|l| l.text.clone()).unwrap_or_default();
        let path = self.path(&entry, parent, schedule.then_some(piece));
        let section = match parent {
            Some(p) if self.tree.clauses[p as usize].kind != Kind::Schedule => self.section_under(p, entry.clause),
            _ => entry.clause,
        };
        self.tree.clauses.push(Clause {
            label,
            path,
            heading: piece.heading,
            kind: parent.map_or(Kind::Body, |p| inherited(self.tree.clauses[p as usize].kind)),
            parent,
            depth,
            span: piece.whole,
            section,
        });
        let clause = entry.clause;
        self.stack.push(entry);
        if schedule {
            self.tree.clauses[clause as usize].kind = Kind::Schedule;
        } else if let Some(heading) = piece.heading {
            self.classify(clause, heading);
        }
        self.stretch(clause, piece.whole);
        if piece.text.is_empty() {
            self.pending = (piece.heading.is_none() && piece.label.is_some()).then_some(clause);
        } else {
            self.paragraph(piece, clause);
        }
    }

    /// The section of a clause under `parent`: that of the parent, unless the parent is only the document's title.
    fn section_under(&self, parent: u32, own: u32) -> u32 {
        let p = &self.tree.clauses[parent as usize];
        let title_only = p.parent.is_none() && p.label.is_empty() && self.is_document_title(parent);
        if title_only { own } else { p.section }
    }

    /// Whether a clause is the heading that the whole document stands under.
    fn is_document_title(&self, clause: u32) -> bool {
        self.stack.first().is_some_and(|o| o.clause == clause && o.level.is_some_and(|l| l <= 1 || l == CAPITALS_LEVEL))
            || clause == 1
    }

    /// Pops the stack down to the parent of the new clause and settles how its mark is read.
    fn place(&mut self, entry: &mut Open) {
        loop {
            let Some(top) = self.stack.len().checked_sub(1) else { break };
            let (relation, series) = self.relation(top, entry);
            match relation {
                Relation::Above => {
                    self.stack.pop();
                }
                Relation::Sibling => {
                    entry.series = series;
                    self.stack.pop();
                    break;
                }
                Relation::Child => break,
            }
        }
        if entry.series.is_none() {
            entry.series = entry.label.as_ref().and_then(first_series);
        }
    }

    fn relation(&self, at: usize, new: &Open) -> (Relation, Option<(Series, u16)>) {
        let open = &self.stack[at];
        let plain = |r| (r, None);
        if let (Some((list, level)), Some((other, deeper))) = (open.list, new.list)
            && list == other
        {
            return plain(compare(deeper, level));
        }
        if let (Some(a), Some(b)) = (figures(open), figures(new)) {
            // "1." below "§ 1" or "Article 1" is part of it.
            if let Some(relation) = relate_words(open, new).filter(|_| a.len() == b.len()) {
                return plain(relation);
            }
            return plain(relate_figures(&a, &b, self.stack[..at].iter().filter_map(figures).any(|f| b.starts_with(&f))));
        }
        // Series go on before nesting is looked at: "(b)" after "(a)" whatever lies between.
        let goes_on = |o: &Open| new.label.as_ref().and_then(|l| continues(o, l));
        let same_layout = open.depth == new.depth || open.depth == 0 || new.depth == 0;
        if let Some(series) = goes_on(open).filter(|_| same_layout) {
            return (Relation::Sibling, Some(series));
        }
        match (open.level, new.level) {
            (Some(a), Some(b)) => return plain(compare(b, a)),
            (None, Some(_)) if new.depth == 0 || new.depth <= open.depth => return plain(Relation::Above),
            (None, Some(_)) => return plain(Relation::Child),
            _ => {}
        }
        if open.depth != new.depth && (open.depth > 0 || new.depth > 0) {
            return plain(if new.depth > open.depth { Relation::Child } else { Relation::Above });
        }
        // A title that only its look makes one ends where the figures of the clauses around it go on.
        let resumes = self.resumes(at, new);
        if resumes && (open.level.is_none() || open.level.is_some_and(|l| l >= CAPITALS_LEVEL) && open.label.is_none()) {
            return plain(Relation::Above);
        }
        if open.level.is_some() {
            return plain(Relation::Child);
        }
        if open.list.is_some() && open.list.map(|l| l.0) == new.list.map(|l| l.0) && open.depth == new.depth {
            return plain(Relation::Sibling);
        }
        let Some(label) = &new.label else { return plain(Relation::Above) };
        // A new series opens below; a restart of the series that is open stands beside it.
        let restart = restarts(open, label) && open.indent >= new.indent;
        if restart { plain(Relation::Sibling) } else { plain(Relation::Child) }
    }

    /// Whether the new clause goes on a series, or is part of a clause, that is open below place `at` of the stack.
    fn resumes(&self, at: usize, new: &Open) -> bool {
        let own = figures(new);
        self.stack[..at].iter().rev().any(|o| {
            let related = figures(o).zip(own.as_ref()).is_some_and(|(f, n)| {
                let sibling = f.len() == n.len() && f[..f.len() - 1] == n[..n.len() - 1];
                (sibling || n.len() > f.len() && n.starts_with(&f)) && relate_words(o, new).is_none()
            });
            related || new.label.as_ref().and_then(|l| continues(o, l)).is_some()
        })
    }

    /// The label to cite a clause by.
    fn path(&self, entry: &Open, parent: Option<u32>, schedule: Option<&Piece>) -> String {
        if let Some(piece) = schedule {
            let title = piece.heading.map_or("", |h| h.of(self.text));
            return piece.label.as_ref().map_or_else(|| title.to_string(), |l| clean(&l.text));
        }
        let above = parent.map_or("", |p| self.tree.clauses[p as usize].path.as_str());
        let Some(label) = &entry.label else { return above.to_string() };
        let root = self.stack.first().map(|o| &self.tree.clauses[o.clause as usize]).filter(|c| c.kind == Kind::Schedule);
        let prefix = root.map(|c| c.path.as_str()).filter(|p| !p.is_empty());
        let own = clean(&label.text);
        let full = label.figures.len() > 1 || !label.word.is_empty() || !label.prefix.is_empty();
        let inside = above.strip_prefix(prefix.unwrap_or_default()).unwrap_or(above).trim_start_matches(", ");
        let tail = if full || inside.is_empty() {
            own
        } else if !label.figures.is_empty() && label.wrap != Wrap::Brackets {
            let joint = if inside.starts_with(|c: char| c.is_ascii_digit()) { "." } else { ", " };
            format!("{inside}{joint}{own}")
        } else {
            format!("{inside}({})", own.trim_matches(['(', ')']))
        };
        match prefix {
            Some(prefix) => format!("{prefix}, {tail}"),
            None => tail,
        }
    }

    fn is_schedule_title(&self, piece: &Piece) -> bool {
        let Some(heading) = piece.heading.filter(|_| piece.label.is_none()) else { return false };
        let first = heading.of(self.text).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        super::label::SCHEDULE_WORDS.contains(&first.as_str()) && piece.level.is_none_or(|l| l <= 3)
            && first != "addendum"
    }

    /// The clause that an unlabelled paragraph goes on.
    fn host(&mut self, piece: &Piece) -> u32 {
        let keeps = |o: &Open| {
            if piece.depth > 0 || o.depth > 0 {
                let inner = if piece.bullet { o.depth < piece.depth } else { o.depth <= piece.depth };
                return inner;
            }
            o.level.is_some() || o.list.is_none() || piece.bullet || o.indent <= piece.indent.max(0) + INDENT_SLACK
        };
        self.stack.iter().rev().find(|o| keeps(o)).map_or_else(|| self.top_level(), |o| o.clause)
    }

    fn top_level(&self) -> u32 {
        self.stack.first().map_or(0, |o| o.clause)
    }

    fn top(&self) -> u32 {
        self.stack.last().map_or(0, |o| o.clause)
    }

    /// A table cell: text of the clause around it, except where a table is only layout for numbered clauses.
    fn cell(&mut self, mut piece: Piece, next: Option<&Follow>) {
        let Place::Cell { table, row, .. } = piece.place else { return };
        let alone = piece.label.is_some() && piece.text.is_empty();
        let beside = self.row == Some((table, row)) && self.pending.is_some();
        self.row = Some((table, row));
        let same_row = next.is_some_and(|n| matches!(n.place, Place::Cell { table: t, row: r, .. } if (t, r) == (table, row)));
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

    fn contents(&mut self) -> u32 {
        if let Some(i) = self.tree.clauses.iter().position(|c| c.kind == Kind::Contents) {
            return u32::try_from(i).unwrap_or(0);
        }
        0
    }

    fn paragraph(&mut self, piece: &Piece, clause: u32) {
        let span = piece.heading.filter(|_| piece.label.is_none() && self.tree.clauses[clause as usize].heading != piece.heading);
        let span = span.map_or(piece.text, |h| h.join(piece.text));
        if span.is_empty() {
            return self.stretch(clause, piece.whole);
        }
        let item = piece.bullet || piece.depth > 0 && piece.label.is_some();
        let level = u16::from(piece.depth) * 2 + u16::from(piece.bullet);
        let indent = u16::try_from(piece.indent.max(0) / 360).unwrap_or(u16::MAX / 2);
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
    fn stretch(&mut self, clause: u32, span: Span) {
        let mut next = Some(clause);
        while let Some(c) = next {
            let clause = &mut self.tree.clauses[c as usize];
            clause.span = if clause.span.is_empty() { span } else { clause.span.join(span) };
            next = clause.parent;
        }
    }

    /// Settles the kind of a clause by its heading.
    fn classify(&mut self, clause: u32, heading: Span) {
        let title = heading.of(self.text).trim().to_lowercase();
        let title = title.trim_end_matches([':', '.']);
        let numbered = self.tree.clauses[clause as usize].label.contains(|c: char| c.is_ascii_digit());
        let kind = match title {
            // Under a figure it is an operative clause, whatever its title.
            "recitals" | "recital" | "background" | "whereas" | "preamble" if !numbered => Kind::Recitals,
            "table of contents" | "contents" => Kind::Contents,
            "signatures" | "signature" | "execution" | "signature page" | "signed by" => Kind::Signatures,
            t if t.starts_with("definition") || t.starts_with("interpretation") || t.ends_with("definitions") => {
                Kind::Definitions
            }
            t if t.starts_with("in witness whereof") => Kind::Signatures,
            _ => return,
        };
        self.tree.clauses[clause as usize].kind = kind;
    }

    fn finish(mut self) -> ClauseTree {
        self.demote_lone_titles();
        self.tree
    }

    /// A numbered title with nothing under it is an item of a list, and its words are its text.
    fn demote_lone_titles(&mut self) {
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

fn inherited(kind: Kind) -> Kind {
    match kind {
        Kind::Schedule | Kind::Front => Kind::Body,
        other => other,
    }
}

fn compare(new: u8, open: u8) -> Relation {
    match new.cmp(&open) {
        std::cmp::Ordering::Greater => Relation::Child,
        std::cmp::Ordering::Equal => Relation::Sibling,
        std::cmp::Ordering::Less => Relation::Above,
    }
}

/// The figures of a decimal label, "5.2" as [5, 2]; a letter in front counts as a figure of its own.
fn figures(open: &Open) -> Option<Vec<u16>> {
    let label = open.label.as_ref().filter(|l| !l.figures.is_empty())?;
    // A word in front sets a series of its own, unless it is one that clauses of any depth carry.
    if !matches!(label.word.as_str(), "" | "§" | "section" | "clause" | "article" | "paragraph") {
        return None;
    }
    if label.figures.len() == 1 && (open.depth > 1 || label.wrap == Wrap::Brackets) {
        return None;
    }
    let prefix = label.prefix.bytes().next().map(u16::from);
    let suffix = label.tail.first().and_then(|m| m.letter).filter(|_| label.wrap != Wrap::Brackets);
    Some(prefix.into_iter().chain(label.figures.iter().copied()).chain(suffix).collect())
}

/// Whether a label names a division that titles without number stand under: "ARTICLE IV", "Part B".
fn is_division(label: &Label) -> bool {
    matches!(label.word.as_str(), "article" | "section" | "part" | "chapter" | "title") && label.figures.len() <= 1
}

fn relate_words(open: &Open, new: &Open) -> Option<Relation> {
    let (a, b) = (open.label.as_ref()?.word.as_str(), new.label.as_ref()?.word.as_str());
    (a != b).then_some(if b.is_empty() { Relation::Child } else { Relation::Above })
}

fn relate_figures(open: &[u16], new: &[u16], parent_below: bool) -> Relation {
    if new.starts_with(open) && new.len() > open.len() {
        return Relation::Child;
    }
    if open.len() == new.len() && open[..open.len() - 1] == new[..new.len() - 1] {
        return Relation::Sibling;
    }
    if new.len() > open.len() && !parent_below {
        return Relation::Child;
    }
    Relation::Above
}

/// The marks that a label can be the next of: its last bracketed mark, or its single figure.
fn last_mark(label: &Label) -> Option<Mark> {
    label.tail.last().cloned().or_else(|| {
        let figure = *label.figures.first().filter(|_| label.figures.len() == 1)?;
        Some(Mark { text: figure.to_string(), letter: None, roman: None, number: Some(figure), upper: false })
    })
}

/// Whether `label` goes on the series that `open` is part of, and with what value.
fn continues(open: &Open, label: &Label) -> Option<(Series, u16)> {
    let (series, value) = open.series?;
    let before = open.label.as_ref()?;
    let same_head = before.word == label.word && before.figures.len() == label.figures.len() && before.tail.len() == label.tail.len();
    let mark = last_mark(label)?;
    let now = value_as(&mark, series.kind)?;
    let next = now == value + 1 || now == value + 2;
    let same_look = series.wrap == label.wrap && (series.upper == mark.upper || series.kind == SeriesKind::Number);
    (same_head && next && same_look).then_some((series, now))
}

fn value_as(mark: &Mark, kind: SeriesKind) -> Option<u16> {
    match kind {
        SeriesKind::Letter => mark.letter,
        SeriesKind::Roman => mark.roman,
        SeriesKind::Number => mark.number,
    }
}

/// How the first mark of a series is read: "(i)" begins roman figures, "(a)" letters.
fn first_series(label: &Label) -> Option<(Series, u16)> {
    let mark = last_mark(label)?;
    let series = |kind| Series { kind, upper: mark.upper, wrap: label.wrap };
    if let Some(n) = mark.number {
        return Some((series(SeriesKind::Number), n));
    }
    match (mark.letter.filter(|_| mark.text.len() == 1 || mark.roman.is_none()), mark.roman) {
        (_, Some(1)) => Some((series(SeriesKind::Roman), 1)),
        (None, Some(roman)) => Some((series(SeriesKind::Roman), roman)),
        (Some(letter), _) => Some((series(SeriesKind::Letter), letter)),
        (None, None) => None,
    }
}

/// Whether a label begins the series of an open clause anew: "(a)" after "(c)", but not "(i)" after "(c)".
fn restarts(open: &Open, label: &Label) -> bool {
    let (Some((series, _)), Some(before), Some(mark)) = (open.series, open.label.as_ref(), last_mark(label)) else {
        return false;
    };
    let same_look = series.wrap == label.wrap && (series.upper == mark.upper || series.kind == SeriesKind::Number);
    let first = value_as(&mark, series.kind) == Some(1);
    first && same_look && before.word == label.word && before.figures.len() == label.figures.len()
}

/// A label without the punctuation that closes it.
fn clean(label: &str) -> String {
    let trimmed = label.trim().trim_end_matches(['.', ':', ' ']);
    let trimmed = if trimmed.contains('(') { trimmed } else { trimmed.trim_end_matches(')') };
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".")
}
