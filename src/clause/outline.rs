//! The clause tree: which piece opens a clause, and under which.
//!
//! Pieces are taken in order against a stack of open clauses. For each, the stack is read from its top: is the
//! piece a sibling of that clause, part of it, or does it stand above (`relation`)?

use super::follow::{Follow, settle};
use super::label::Label;
use super::piece::{Piece, Title};
use super::relation::{
    BOLD_LEVEL, CAPITALS_LEVEL, DIVISION_LEVEL, Open, RUN_IN_LEVEL, Relation, begins_items, first_series, is_division,
    relation, steps_down, takes_up,
};
use super::title::{has_verb, is_defined_term};
use super::{Clause, ClauseTree, Kind, Paragraph};
use crate::source::{Contract, Place};
use crate::span::Span;
use std::collections::HashMap;

/// Clauses are nested at most so deep: each carries the labels of those around it, and no contract goes half as far.
const DEEPEST: usize = 24;

/// Builds the tree from the pieces of a contract.
#[must_use]
pub fn outline(contract: &Contract, pieces: Vec<Piece>) -> ClauseTree {
    let mut builder = Builder {
        text: &contract.text,
        tree: ClauseTree::default(),
        stack: Vec::new(),
        body: Vec::new(),
        pending: None,
        row: None,
        last: HashMap::new(),
        contents: None,
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
    let nexts: Vec<Option<Follow>> =
        (0..pieces.len()).map(|i| pieces.get(i + 1).map(|p| Follow::new(p, &contract.text))).collect();
    for (piece, next) in pieces.into_iter().zip(nexts) {
        builder.take(piece, next.as_ref());
    }
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    tree: ClauseTree,
    stack: Vec<Open>,
    /// Clauses of the body that were open when its first schedule began.
    body: Vec<Open>,
    /// A clause whose label stood alone and whose title may follow in the next paragraph.
    pending: Option<u32>,
    /// Table and row of the last cell, and the label that its first cell held.
    row: Option<(u32, u16)>,
    /// The last paragraph of each clause.
    last: HashMap<u32, Span>,
    /// The table of contents.
    contents: Option<u32>,
}

impl Builder<'_> {
    fn take(&mut self, mut piece: Piece, next: Option<&Follow>) {
        match piece.place {
            Place::Cell { .. } => return self.cell(piece, next),
            Place::HeaderFooter => return self.paragraph(&piece, 0),
            Place::Contents => {
                let clause = self.contents.unwrap_or(0);
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
            settle(&mut piece, next, &self.stack, self.text);
        }
        self.end_contents(&piece);
        if let Some(level) = self.opens(&piece) {
            self.open_clause(&piece, level);
        } else {
            if self.end_recitals(&piece) && self.stack.is_empty() {
                let clause = self.open_unheaded(Kind::Body);
                return self.paragraph(&piece, clause);
            }
            if is_execution(piece.text.of(self.text)) {
                self.open_signatures();
            }
            let clause = self.host(&piece);
            self.paragraph(&piece, clause);
        }
    }

    /// The table of contents ends at the first styled heading, long text, or number that begins anew.
    fn end_contents(&mut self, piece: &Piece) {
        const LONGEST_ENTRY: usize = 150;
        let Some(at) = self.stack.iter().position(|o| self.kind(o.clause) == Kind::Contents) else { return };
        let first = piece.label.as_ref().is_some_and(begins_items);
        let again = first && self.stack.len() > at + 1 && piece.title == Title::Yes;
        if piece.level.is_some() || piece.text.len() > LONGEST_ENTRY || again {
            self.stack.truncate(at);
        }
    }

    /// The recitals end where the parties agree. Whether they did.
    fn end_recitals(&mut self, piece: &Piece) -> bool {
        const AGREEMENTS: [&str; 5] = ["now", "therefore", "it is agreed", "it is hereby agreed", "the parties agree"];
        let Some(at) = self.stack.iter().position(|o| self.kind(o.clause) == Kind::Recitals) else { return false };
        let text = piece.text.of(self.text);
        let agreed = AGREEMENTS.iter().any(|a| starts_with(text, a)) && piece.label.is_none();
        if agreed {
            self.stack.truncate(at);
        }
        agreed
    }

    /// Opens the signature block: what follows the words of execution up to the next clause or schedule.
    fn open_signatures(&mut self) {
        if self.stack.last().is_some_and(|o| self.kind(o.clause) == Kind::Signatures) {
            return;
        }
        let base = self.stack.iter().position(|o| !o.schedule).unwrap_or(self.stack.len());
        self.stack.truncate(base);
        let clause = self.open_unheaded(Kind::Signatures);
        self.stack.push(Open { level: Some(DIVISION_LEVEL), ..Open::new(clause) });
    }

    /// A clause without label and heading, part of the one that is open.
    fn open_unheaded(&mut self, kind: Kind) -> u32 {
        let clause = u32::try_from(self.tree.clauses.len()).unwrap_or(u32::MAX);
        let parent = self.stack.last().map(|o| o.clause);
        let around = parent.map(|p| &self.tree.clauses[p as usize]);
        self.tree.clauses.push(Clause {
            label: String::new(),
            path: around.map_or_else(String::new, |p| p.path.clone()),
            heading: None,
            kind,
            parent,
            depth: around.map_or(0, |p| p.depth + 1),
            span: Span::default(),
            section: clause,
        });
        clause
    }

    fn kind(&self, clause: u32) -> Kind {
        self.tree.clauses[clause as usize].kind
    }

    /// A label that stood alone takes the next short unlabelled paragraph as its title ("Clause 2" / "Purpose").
    fn take_title_of_pending(&mut self, piece: &Piece) -> bool {
        let Some(clause) = self.pending.take() else { return false };
        let text = piece.text.of(self.text);
        let short =
            text.len() <= 100 && !text.ends_with(['.', ':', ';', ',']) && !has_verb(text) && !is_defined_term(text);
        let capital = text.starts_with(|c: char| c.is_uppercase() || c == '[');
        let titled = piece.label.is_none() && !piece.bullet && (piece.title != Title::No || short && capital);
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
            // A style's level on a clause without heading says nothing: some files set all paragraphs in one.
            return Some(piece.level.filter(|_| piece.heading.is_some()));
        }
        if piece.heading.is_some() && piece.depth <= 1 && !piece.bullet {
            return Some(Some(piece.level.unwrap_or(RUN_IN_LEVEL)));
        }
        None
    }

    fn open_clause(&mut self, piece: &Piece, level: Option<u8>) {
        let schedule = piece.label.as_ref().is_some_and(Label::is_schedule) || self.is_schedule_title(piece);
        let mut entry = Open {
            label: piece.label.clone(),
            level,
            list: piece.list,
            depth: piece.depth,
            indent: piece.indent,
            headed: piece.heading.is_some(),
            title: piece.title == Title::Yes,
            schedule,
            ..Open::new(u32::try_from(self.tree.clauses.len()).unwrap_or(u32::MAX))
        };
        if schedule {
            let above = std::mem::take(&mut self.stack);
            if above.first().is_some_and(|o| !o.schedule) {
                self.body = above;
            }
        } else {
            self.place(&mut entry, piece);
        }
        self.stack.truncate(DEEPEST);
        self.add(piece, &entry);
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

    /// Adds the clause that `piece` opens under the top of the stack.
    fn add(&mut self, piece: &Piece, entry: &Open) {
        let parent = self.stack.last().map(|o| o.clause);
        let depth = parent.map_or(0, |p| self.tree.clauses[p as usize].depth + 1);
        let label = piece.label.as_ref().map(|l| l.text.clone()).unwrap_or_default();
        let path = self.path(entry, parent, entry.schedule.then_some(piece));
        let section = match parent {
            Some(p) if self.tree.clauses[p as usize].kind != Kind::Schedule => self.section_under(p, entry),
            _ => entry.clause,
        };
        self.tree.clauses.push(Clause {
            label,
            path,
            heading: piece.heading,
            kind: parent.map_or(Kind::Body, |p| self.inherited(p, piece)),
            parent,
            depth,
            span: piece.whole,
            section,
        });
    }

    /// The section of a clause under `parent`: that of the parent, unless the parent is only a title, of the document
    /// or of a part of it that holds numbered clauses.
    fn section_under(&self, parent: u32, own: &Open) -> u32 {
        let p = &self.tree.clauses[parent as usize];
        let title = p.parent.is_none() && p.label.is_empty() && self.is_document_title(parent);
        let part = p.label.is_empty() && own.label.is_some() && own.headed;
        if title || part { own.clause } else { p.section }
    }

    /// Whether a clause is the heading that the whole document stands under.
    fn is_document_title(&self, clause: u32) -> bool {
        self.stack.first().is_some_and(|o| o.clause == clause && o.level.is_some_and(|l| l <= 1 || l == CAPITALS_LEVEL))
            || clause == 1
    }

    /// Pops the stack down to the parent of the new clause and settles how its mark is read.
    fn place(&mut self, entry: &mut Open, piece: &Piece) {
        if self.resumes_body(entry) {
            self.stack = std::mem::take(&mut self.body);
        }
        while let Some(top) = self.stack.len().checked_sub(1).filter(|_| !self.is_led(entry, piece)) {
            let (relation, series) = if self.ends_recitals(&self.stack[top], entry) {
                (Relation::Above, None)
            } else {
                relation(&self.stack, top, entry)
            };
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

    /// Whether the terms begin after recitals: "1. Definitions" is no recital, though "1." may be.
    fn ends_recitals(&self, open: &Open, entry: &Open) -> bool {
        let numbered = entry.label.as_ref().is_some_and(|l| !l.figures.is_empty());
        self.kind(open.clause) == Kind::Recitals && numbered && entry.headed
    }

    /// Whether the words right before lead to a list that the new clause begins: "Vendor shall:", "(a) notify".
    fn is_led(&self, entry: &Open, piece: &Piece) -> bool {
        let Some(last) = self.tree.paragraphs.last() else { return false };
        let here = self.stack.last().is_some_and(|o| o.clause == last.clause);
        let open = last.span.of(self.text).ends_with([':', '—']);
        let listed = |o: &Open| o.list.is_some() && o.list == entry.list;
        let deeper = |label: &Label| begins_items(label) || self.stack.last().is_some_and(|o| steps_down(o, label));
        let begins = piece.title != Title::Yes && entry.label.as_ref().is_some_and(deeper);
        here && open && begins && !self.stack.iter().any(listed)
    }

    /// Whether a clause goes on with the body after what was taken for a schedule of it.
    fn resumes_body(&self, entry: &Open) -> bool {
        let in_schedule = self.stack.first().is_some_and(|o| o.schedule);
        let own = self.stack.iter().any(|o| takes_up(o, entry));
        in_schedule && !own && self.body.iter().any(|o| takes_up(o, entry))
    }

    /// The kind that a clause has from the one around it.
    fn inherited(&self, parent: u32, piece: &Piece) -> Kind {
        let around = &self.tree.clauses[parent as usize];
        let title = around.heading.map_or("", |h| h.of(self.text));
        match around.kind {
            Kind::Schedule | Kind::Front | Kind::Signatures => Kind::Body,
            // Under "Interpretation" stand clauses of any kind.
            Kind::Definitions if piece.heading.is_some() && starts_with(title, "interpretation") => Kind::Body,
            kind => kind,
        }
    }

    /// The label to cite a clause by.
    fn path(&self, entry: &Open, parent: Option<u32>, schedule: Option<&Piece>) -> String {
        if let Some(piece) = schedule {
            let title = piece.heading.map_or("", |h| h.of(self.text));
            return piece.label.as_ref().map_or_else(|| title.to_string(), |l| clean(&l.text));
        }
        let above = parent.map_or("", |p| self.tree.clauses[p as usize].path.as_str());
        let Some(label) = &entry.label else { return above.to_string() };
        let root =
            self.stack.first().map(|o| &self.tree.clauses[o.clause as usize]).filter(|c| c.kind == Kind::Schedule);
        let prefix = root.map(|c| c.path.as_str()).filter(|p| !p.is_empty());
        let own = clean(&label.text);
        // "2a" below "2" is whole as it is.
        let lettered = !label.figures.is_empty() && !label.tail.is_empty() && !own.ends_with(')');
        let full = label.figures.len() > 1 || lettered || !label.word.is_empty() || !label.prefix.is_empty();
        let inside = above.strip_prefix(prefix.unwrap_or_default()).unwrap_or(above).trim_start_matches(", ");
        let tail = if full || inside.is_empty() {
            own
        } else if !label.figures.is_empty() && !own.contains('(') && !inside.ends_with(')') {
            let joint = if inside.starts_with(|c: char| c.is_ascii_digit()) { "." } else { ", " };
            format!("{inside}{joint}{own}")
        } else {
            format!("{inside}({})", own.trim_start_matches('(').trim_end_matches(')'))
        };
        match prefix {
            Some(prefix) => format!("{prefix}, {tail}"),
            None => tail,
        }
    }

    fn is_schedule_title(&self, piece: &Piece) -> bool {
        let Some(heading) = piece.heading.filter(|_| piece.label.is_none()) else { return false };
        let first =
            heading.of(self.text).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        super::label::SCHEDULE_WORDS.contains(&first.as_str())
            && piece.level.is_none_or(|l| l <= 3)
            && first != "addendum"
    }

    /// The clause that an unlabelled paragraph goes on.
    fn host(&mut self, piece: &Piece) -> u32 {
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
    fn is_after_items(&self, open: &Open, around: &Open, piece: &Piece) -> bool {
        let item = !open.headed && open.label.as_ref().is_some_and(|l| l.figures.is_empty() || open.depth > 0);
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
        left || is_defined_term(text) || led && (ended || text.ends_with(':'))
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

    fn paragraph(&mut self, piece: &Piece, clause: u32) {
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
            "table of contents" | "contents" if !numbered => Kind::Contents,
            "signatures" | "signature" | "execution" | "signature page" | "signed by" if !numbered => Kind::Signatures,
            t if t.starts_with("definition") || t.starts_with("interpretation") || t.ends_with("definitions") => {
                Kind::Definitions
            }
            t if is_execution(t) => Kind::Signatures,
            _ => return,
        };
        self.tree.clauses[clause as usize].kind = kind;
        if kind == Kind::Contents {
            self.contents.get_or_insert(clause);
        }
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

/// Whether words open a signature block.
fn is_execution(text: &str) -> bool {
    const OPENINGS: [&str; 6] = [
        "in witness whereof",
        "in witness of",
        "signed for and on behalf",
        "signed by",
        "executed by",
        "agreed and accepted by",
    ];
    OPENINGS.iter().any(|o| starts_with(text, o))
}

/// Whether a text begins with words of lower case, whatever its own case.
fn starts_with(text: &str, words: &str) -> bool {
    text.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words))
}

/// A label without the punctuation that closes it.
fn clean(label: &str) -> String {
    let trimmed = label.trim().trim_end_matches(['.', ':', ' ']);
    let trimmed = if trimmed.contains('(') { trimmed } else { trimmed.trim_end_matches(')') };
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace("( ", "(").replace(" )", ")")
}
