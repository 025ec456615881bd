//! What kind of text a clause holds, and where contents, recitals and signatures begin and end.

use super::Builder;
use crate::clause::follow::Follow;
use crate::clause::piece::{Piece, Title};
use crate::clause::relation::{CAPITALS_LEVEL, DIVISION_LEVEL, Open, begins_items};
use crate::clause::{Clause, Kind};
use crate::span::Span;

impl Builder<'_> {
    /// The table of contents ends at the first styled heading, title of running text, long text, entry that comes again
    /// or number that begins anew.
    pub(super) fn end_contents(&mut self, piece: &Piece, next: Option<&Follow>) {
        const LONGEST_ENTRY: usize = 150;
        let Some(at) = self.stack.iter().position(|o| self.kind(o.clause) == Kind::Contents) else { return };
        let first = piece.label.as_ref().is_some_and(begins_items);
        let again = first && self.stack.len() > at + 1 && piece.title == Title::Yes;
        let heads = piece.title == Title::Yes && next.is_some_and(Follow::is_prose);
        let seen = !self.entries.insert(piece.whole.of(self.text).to_lowercase());
        if piece.level.is_some() || piece.text.len() > LONGEST_ENTRY || again || heads || seen {
            self.stack.truncate(at);
        }
    }

    /// The recitals end where the parties agree. Whether they did.
    pub(super) fn end_recitals(&mut self, piece: &Piece) -> bool {
        const AGREEMENTS: [&str; 5] = ["now", "therefore", "it is agreed", "it is hereby agreed", "the parties agree"];
        let Some(at) = self.stack.iter().position(|o| self.kind(o.clause) == Kind::Recitals) else { return false };
        let text = piece.text.of(self.text);
        let agreed = AGREEMENTS.iter().any(|a| starts_with(text, a)) && piece.label.is_none();
        if agreed {
            self.stack.truncate(at);
        }
        agreed
    }

    /// Whether the terms begin after recitals: "1. Definitions" is no recital, though "1." may be.
    pub(super) fn ends_recitals(&self, open: &Open, entry: &Open) -> bool {
        let numbered = entry.label.as_ref().is_some_and(|l| !l.figures.is_empty());
        self.kind(open.clause) == Kind::Recitals && numbered && entry.headed
    }

    /// Opens the signature block: what follows the words of execution up to the next clause or schedule.
    pub(super) fn open_signatures(&mut self) {
        if self.stack.last().is_some_and(|o| self.kind(o.clause) == Kind::Signatures) {
            return;
        }
        let base = self.stack.iter().position(|o| !o.schedule).unwrap_or(self.stack.len());
        self.stack.truncate(base);
        let clause = self.open_unheaded(Kind::Signatures);
        self.stack.push(Open { level: Some(DIVISION_LEVEL), ..Open::new(clause) });
    }

    /// A clause without label and heading, part of the one that is open.
    pub(super) fn open_unheaded(&mut self, kind: Kind) -> u32 {
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

    pub(super) fn kind(&self, clause: u32) -> Kind {
        self.tree.clauses[clause as usize].kind
    }

    /// Whether numbered titles begin after definitions whose heading only its look tells: "I. Fees" is part of the
    /// document then and defines nothing.
    pub(super) fn ends_definitions(&self, open: &Open, entry: &Open) -> bool {
        let weak = |o: &Open| o.label.is_none() && o.level.is_some_and(|l| l >= CAPITALS_LEVEL);
        let numbered = weak(open) && entry.title && entry.label.is_some();
        // So is a heading under which the numbers begin anew.
        let part = open.label.is_some() && weak(entry) && self.ahead.titles;
        self.kind(open.clause) == Kind::Definitions && (numbered || part)
    }

    /// The kind that a clause has from the one around it.
    pub(super) fn inherited(&self, parent: u32, piece: &Piece) -> Kind {
        let around = &self.tree.clauses[parent as usize];
        let title = around.heading.map_or("", |h| h.of(self.text));
        match around.kind {
            Kind::Schedule | Kind::Front | Kind::Signatures => Kind::Body,
            // Under "Interpretation" stand clauses of any kind.
            Kind::Definitions if piece.heading.is_some() && starts_with(title, "interpretation") => Kind::Body,
            kind => kind,
        }
    }

    /// Settles the kind of a clause by its heading.
    pub(super) fn classify(&mut self, clause: u32, heading: Span) {
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
}

/// Whether words open a signature block.
pub(super) fn is_execution(text: &str) -> bool {
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
