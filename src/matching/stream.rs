//! The words that rules are matched against: sentence by sentence, each with its lead-ins in front.

use crate::clause::{ClauseTree, Part, Role, Unit};
use crate::facts::parties::{Name, Parties, PartyRole};
use crate::source::Contract;
use crate::span::Span;
use crate::word::{Word, fold, words};

/// Index of a [`Window`].
pub type WindowId = u32;

/// A sentence (or an item of an enumeration in it) with its lead-ins: the words within which a rule must match.
#[derive(Clone, Debug)]
pub struct Window {
    /// Its own words in the contract's text.
    pub own: Span,
    /// The innermost lead-in, where there is one.
    pub lead: Option<Span>,
    /// Index of the sentence that it is, or is an item of.
    pub sentence: u32,
    /// The clause that it belongs to.
    pub clause: u32,
    /// What it is good for.
    pub role: Role,
    /// First position in the stream.
    pub start: u32,
    /// Where its own words begin, after the lead-ins.
    pub body: u32,
    /// Position after the last.
    pub end: u32,
    /// Whether it is an item, the whole sentence being another window.
    pub item: bool,
}

/// A contract's words in windows.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// Words of the contract.
    pub words: Vec<Word>,
    /// Position in the stream to word.
    pub tokens: Vec<u32>,
    /// Window of each position.
    pub window_of: Vec<WindowId>,
    /// Windows in the order of their own words.
    pub windows: Vec<Window>,
    /// Windows of headings: for each clause the window of its heading.
    pub heading_of: Vec<Option<WindowId>>,
}

/// A mention of a party in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// First position.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    /// Whom it means; `None` is both.
    pub role: Option<PartyRole>,
}

impl Stream {
    /// Lays out the words of a contract.
    #[must_use]
    pub fn new(contract: &Contract, tree: &ClauseTree) -> Self {
        let text = &contract.text;
        let mut out = Self { heading_of: vec![None; tree.clauses.len()], ..Self::default() };
        words(text, Span::new(0, text.len()), &mut out.words);
        for unit in &tree.units {
            match unit.part {
                Part::Heading => out.heading(unit, tree),
                Part::Item => out.item(unit, tree),
                Part::Paragraph => out.paragraph(unit, tree),
            }
        }
        out
    }

    /// The word at a position.
    #[must_use]
    pub fn word(&self, at: u32) -> &Word {
        &self.words[self.tokens[at as usize] as usize]
    }

    fn heading(&mut self, unit: &Unit, tree: &ClauseTree) {
        let sentence = sentence_at(tree, unit.own);
        let role = tree.sentences.get(sentence as usize).map_or(Role::Heading, |s| s.role);
        self.heading_of[unit.clause as usize] = Some(self.id());
        self.push(unit, unit.own, &[], None, (sentence, role), false);
    }

    fn item(&mut self, unit: &Unit, tree: &ClauseTree) {
        let sentence = sentence_at(tree, unit.own);
        let role = tree.sentences.get(sentence as usize).map_or(Role::Text, |s| s.role);
        self.push(unit, unit.own, &unit.leads, None, (sentence, role), true);
    }

    fn paragraph(&mut self, unit: &Unit, tree: &ClauseTree) {
        let first = tree.sentences.partition_point(|s| s.span.start < unit.own.start);
        let inside = tree.sentences[first..].iter().enumerate().take_while(|(_, s)| s.span.start < unit.own.end);
        let own: Vec<(usize, _)> =
            inside.filter(|(_, s)| s.paragraph == unit.paragraph && s.paragraph.is_some()).collect();
        let count = own.len();
        for (n, (offset, sentence)) in own.into_iter().enumerate() {
            // A lead-in is completed by the first sentence of its item, a tail completes the only one.
            let leads: &[Span] = if n == 0 { &unit.leads } else { &[] };
            let tail = unit.tail.filter(|_| count == 1);
            let index = crate::span::offset(first + offset);
            self.push(unit, sentence.span, leads, tail, (index, sentence.role), false);
        }
    }

    fn id(&self) -> WindowId {
        crate::span::offset(self.windows.len())
    }

    fn push(
        &mut self,
        unit: &Unit,
        own: Span,
        leads: &[Span],
        tail: Option<Span>,
        (sentence, role): (u32, Role),
        item: bool,
    ) {
        let start = self.position();
        let id = self.id();
        for lead in leads {
            self.lay(*lead, id);
        }
        let body = self.position();
        self.lay(own, id);
        if let Some(tail) = tail {
            self.lay(tail, id);
        }
        let end = self.position();
        self.windows.push(Window {
            own,
            lead: leads.last().copied(),
            sentence,
            clause: unit.clause,
            role,
            start,
            body,
            end,
            item,
        });
    }

    fn position(&self) -> u32 {
        crate::span::offset(self.tokens.len())
    }

    /// Appends the words of a span to the stream.
    fn lay(&mut self, span: Span, window: WindowId) {
        let first = self.words.partition_point(|w| w.span.start < span.start);
        let mut at = first;
        while self.words.get(at).is_some_and(|w| w.span.start < span.end) {
            self.tokens.push(crate::span::offset(at));
            self.window_of.push(window);
            at += 1;
        }
    }

    /// The mentions of parties, in order of position.
    #[must_use]
    pub fn mentions(&self, parties: &Parties, both: &[(u32, u32)]) -> Vec<Mention> {
        let mut names: Vec<(&Name, PartyRole)> = parties.vendor.iter().map(|n| (n, PartyRole::Vendor)).collect();
        names.extend(parties.customer.iter().map(|n| (n, PartyRole::Customer)));
        // Longest first: "data provider" before "provider".
        names.sort_by_key(|(n, _)| std::cmp::Reverse(n.words.len()));
        let firsts: rustc_hash::FxHashSet<u64> = names.iter().filter_map(|(n, _)| n.words.first().copied()).collect();
        let data: Vec<u64> = NO_PARTY_BEFORE.iter().map(|w| fold(w, None)).collect();
        let mut out: Vec<Mention> =
            both.iter().map(|(start, end)| Mention { start: *start, end: *end, role: None }).collect();
        let mut at = 0;
        while at < self.position() {
            let word = self.word(at);
            let mention = if firsts.contains(&word.hash) { self.mention(at, &names, &data) } else { None };
            let end = mention.map_or(at + 1, |m| m.end);
            out.extend(mention);
            at = end;
        }
        out.sort_by_key(|m| m.start);
        out
    }

    fn mention(&self, at: u32, names: &[(&Name, PartyRole)], data: &[u64]) -> Option<Mention> {
        let window = self.window_of[at as usize];
        let end_of_window = self.windows[window as usize].end;
        let before = at.checked_sub(1).filter(|b| self.window_of[*b as usize] == window).map(|b| self.word(b));
        // "Sub-processor", "sub-service provider": somebody else.
        let further = at.checked_sub(2).filter(|f| self.window_of[*f as usize] == window).map(|f| self.word(f));
        let service = before.is_some_and(|b| b.hash == SERVICE);
        if before.is_some_and(|b| b.marks.hyphen) || service && further.is_some_and(|f| f.marks.hyphen) {
            return None;
        }
        for (name, role) in names {
            let end = at + crate::span::offset(name.words.len());
            let fits =
                end <= end_of_window && name.words.iter().zip(at..end).all(|(hash, p)| self.word(p).hash == *hash);
            if !fits || (name.capital && !self.word(at).marks.capital) {
                continue;
            }
            // "Customer Data", "Provider Systems": the party's name in the name of a thing.
            let next = (end < end_of_window).then(|| self.word(end));
            let last = self.word(end - 1);
            let thing = next.is_some_and(|n| data.contains(&n.hash) && !n.marks.after_pause && !n.marks.after_article);
            if thing && !last.marks.possessive || last.marks.hyphen {
                return None;
            }
            return Some(Mention { start: at, end, role: Some(*role) });
        }
        None
    }
}

const SERVICE: u64 = crate::word::const_fold(b"service");

/// After a party's name these make the name of a thing.
const NO_PARTY_BEFORE: [&str; 22] = [
    "data",
    "personal",
    "content",
    "information",
    "materials",
    "confidential",
    "account",
    "accounts",
    "system",
    "systems",
    "environment",
    "property",
    "records",
    "proprietary",
    "input",
    "inputs",
    "agreement",
    "facility",
    "facilities",
    "equipment",
    "software",
    "marks",
];

/// The sentence that holds the start of a span.
fn sentence_at(tree: &ClauseTree, span: Span) -> u32 {
    let after = tree.sentences.partition_point(|s| s.span.start <= span.start);
    crate::span::offset(after.saturating_sub(1))
}
