//! The clause tree: which piece opens a clause, and under which.
//!
//! Pieces are taken in order against a stack of open clauses. For each, the stack is read from its top: is the
//! piece a sibling of that clause, part of it, or does it stand above (`relation`)?

mod kinds;
mod text;

use super::follow::{Follow, settle};
use super::label::Label;
use super::piece::{Piece, Title};
use super::relation::{
    BOLD_LEVEL, CAPITALS_LEVEL, DIVISION_LEVEL, Open, RUN_IN_LEVEL, Relation, begins_items, first_series, holds,
    is_division, relation, steps_down, takes_up,
};
use super::section::settle_sections;
use super::title::{has_verb, is_defined_term};
use super::{Clause, ClauseTree, Kind};
use crate::source::{Contract, Place};
use crate::span::Span;
use kinds::is_execution;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

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
        ahead: Ahead::default(),
        levels: Vec::new(),
        last: HashMap::new(),
        contents: None,
        entries: HashSet::new(),
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
    let numbers = numbers_ahead(&pieces);
    for ((piece, next), ahead) in pieces.into_iter().zip(nexts).zip(numbers) {
        builder.ahead = Ahead { titles: next.as_ref().is_some_and(Follow::begins_titles), figures: ahead };
        builder.take(piece, next.as_ref());
    }
    builder.finish()
}

/// What stands after the piece at hand.
#[derive(Default)]
struct Ahead {
    /// Whether a numbered title begins a series right after it.
    titles: bool,
    /// Figures of the next number.
    figures: Rc<[u16]>,
}

/// For each piece the figures of the next number after it; none where a schedule comes first.
fn numbers_ahead(pieces: &[Piece]) -> Vec<Rc<[u16]>> {
    let mut next: Rc<[u16]> = Rc::default();
    let mut out: Vec<Rc<[u16]>> = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().rev() {
        out.push(Rc::clone(&next));
        if let Some(label) = piece.label.as_ref().filter(|l| !l.is_item() && piece.place == Place::Body) {
            next = if label.word.is_empty() { label.figures.as_slice().into() } else { Rc::default() };
        }
    }
    out.reverse();
    out
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
    ahead: Ahead,
    /// The heading level of each clause.
    levels: Vec<Option<u8>>,
    /// The last paragraph of each clause.
    last: HashMap<u32, Span>,
    /// The table of contents.
    contents: Option<u32>,
    /// Its entries, in lower case.
    entries: HashSet<String>,
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
        if self.is_only_text(&piece, next) {
            (piece.title, piece.heading, piece.text) = (Title::No, None, piece.whole);
        }
        self.end_contents(&piece, next);
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
            if let Some(open) = self.stack.last_mut().filter(|o| o.clause == clause) {
                (open.headed, open.title) = (true, true);
            }
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
        let schedule = (piece.label.as_ref().is_some_and(Label::is_schedule) || self.is_schedule_title(piece))
            && !self.stack.iter().any(|o| self.contents == Some(o.clause));
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
        self.levels.resize(self.tree.clauses.len(), None);
        self.levels.push(entry.level);
        self.tree.clauses.push(Clause {
            label,
            path,
            heading: piece.heading,
            kind: parent.map_or(Kind::Body, |p| self.inherited(p, piece)),
            parent,
            depth,
            span: piece.whole,
            section: entry.clause,
        });
    }

    /// Pops the stack down to the parent of the new clause and settles how its mark is read.
    fn place(&mut self, entry: &mut Open, piece: &Piece) {
        if self.resumes_body(entry) {
            self.stack = std::mem::take(&mut self.body);
        }
        while let Some(top) = self.stack.len().checked_sub(1).filter(|_| !self.is_led(entry, piece)) {
            let open = &self.stack[top];
            let (relation, series) = if self.ends_recitals(open, entry) || self.ends_definitions(open, entry) {
                (Relation::Above, None)
            } else if self.is_subtitle(open, entry)
                || self.contents == Some(open.clause)
                || entry.label.is_none() && holds(open, &self.ahead.figures)
            {
                (Relation::Child, None)
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

    /// Whether a line that only its look makes a title stands right below a numbered title, and so within its clause.
    fn is_subtitle(&self, open: &Open, entry: &Open) -> bool {
        self.is_bare(open) && open.level.is_none() && entry.label.is_none() && entry.level == Some(CAPITALS_LEVEL)
    }

    /// Whether such a line is all that its clause says: the next number follows.
    fn is_only_text(&self, piece: &Piece, next: Option<&Follow>) -> bool {
        let weak = piece.title == Title::Yes && piece.label.is_none() && piece.level.is_none();
        weak && next.is_none_or(Follow::goes_on_numbers)
            && self.stack.last().is_some_and(|o| !o.schedule && self.is_bare(o))
    }

    /// Whether an open clause has a number and a title and nothing yet below it.
    fn is_bare(&self, open: &Open) -> bool {
        open.title
            && open.label.is_some()
            && self.tree.clauses.len() == open.clause as usize + 1
            && self.tree.paragraphs.last().is_none_or(|p| p.clause != open.clause)
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

    fn finish(mut self) -> ClauseTree {
        self.levels.resize(self.tree.clauses.len(), None);
        settle_sections(&mut self.tree.clauses, &self.levels, &self.tree.paragraphs);
        self.demote_lone_titles();
        self.tree
    }
}

/// A label without the punctuation that closes it.
fn clean(label: &str) -> String {
    let trimmed = label.trim().trim_end_matches(['.', ':', ' ']);
    let trimmed = if trimmed.contains('(') { trimmed } else { trimmed.trim_end_matches(')') };
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace("( ", "(").replace(" )", ")")
}
