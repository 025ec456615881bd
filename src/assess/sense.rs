//! What a match says: whose duty it is, whether it is negated, only permitted, or only an effort.

use crate::clause::ClauseTree;
use crate::facts::parties::PartyRole;
use crate::library::page::{By, Reading};
use crate::library::program::Known;
use crate::matching::stream::Mention;
use crate::matching::{Evaluator, Match, Stream};
use serde::Serialize;
use std::rc::Rc;

/// How a match was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sense {
    /// It states the element.
    Stated,
    /// It states it with wording that cuts it back.
    Weak(String),
    /// It does not count, and why not.
    Rejected(String),
}

/// Sentence grammar of one contract, as far as rules need it.
pub struct Grammar<'a> {
    stream: &'a Stream,
    tree: &'a ClauseTree,
    text: &'a str,
    modals: Vec<Modal>,
    negators: Vec<u32>,
    efforts: Rc<[Match]>,
    /// Mentions of the parties.
    pub mentions: Vec<Mention>,
}

/// Whether a "not" denies a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Negated {
    No,
    /// It can be read either way.
    Perhaps,
    Yes,
}

impl Negated {
    fn of(denied: bool) -> Self {
        if denied { Self::Yes } else { Self::No }
    }
}

#[derive(Clone, Copy, Debug)]
struct Modal {
    start: u32,
    end: u32,
    /// "may" rather than "shall".
    permits: bool,
}

/// Efforts wording further away than this belongs to something else in the sentence.
const EFFORTS_REACH: u32 = 14;
/// "no obligation to act upon them or to assist": as far as one negation is looked for.
const NEGATION_REACH: u32 = 14;
/// A "by" agent further behind its verb than this belongs to something else.
const AGENT_REACH: u32 = 14;

impl<'a> Grammar<'a> {
    /// Reads the grammar of a contract.
    pub fn new(eval: &mut Evaluator<'a>, tree: &'a ClauseTree, text: &'a str, mentions: Vec<Mention>) -> Self {
        let stream = eval.stream;
        let may = eval.known(Known::May);
        let shall = eval.known(Known::Modal);
        let of = |list: &[Match], permits| {
            list.iter().map(|m| Modal { start: m.start, end: m.end, permits }).collect::<Vec<_>>()
        };
        let mut modals = of(&shall, false);
        modals.extend(of(&may, true));
        modals.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        modals.dedup_by_key(|m| m.start);
        let none = eval.known(Known::NoNegator);
        let negators = eval.known(Known::Negator);
        let negators = negators.iter().filter(|n| !covered(&none, **n)).map(|m| m.start).collect();
        Self { stream, tree, text, modals, negators, efforts: eval.known(Known::Efforts), mentions }
    }

    /// How a match of an element is to be taken.
    #[must_use]
    pub fn sense(&self, m: Match, reading: &Reading, negates: bool) -> Sense {
        let governing = self.governing(m);
        let party = self.obligor(m, governing);
        if let Some(reason) = self.wrong_party(party, reading.by) {
            return Sense::Rejected(reason);
        }
        let negated = if negates || reading.negation { Negated::No } else { self.negated(m, governing) };
        if negated == Negated::Yes {
            return Sense::Rejected("it is negated".into());
        }
        if let Some(modal) = governing.filter(|g| g.permits && !reading.may && reading.by != By::Customer) {
            return Sense::Rejected(format!(
                "it is only permitted (\u{201c}{}\u{201d})",
                self.words(modal.start, modal.end)
            ));
        }
        match self.effort(m, governing, reading) {
            Some(words) => Sense::Weak(format!("\u{201c}{words}\u{201d}")),
            None if negated == Negated::Perhaps => {
                Sense::Weak("a \u{201c}not\u{201d} before it may deny it too".into())
            }
            None => Sense::Stated,
        }
    }

    /// The party whose duty or right a match is, where the sentence names one.
    #[must_use]
    pub fn party(&self, m: Match) -> Option<Option<PartyRole>> {
        self.obligor(m, self.governing(m)).map(|mention| mention.role)
    }

    fn wrong_party(&self, party: Option<Mention>, by: By) -> Option<String> {
        let mention = party?;
        let wrong = match by {
            By::Anyone => false,
            By::Vendor => mention.role == Some(PartyRole::Customer),
            By::Customer => mention.role == Some(PartyRole::Vendor),
        };
        wrong.then(|| format!("it falls on \u{201c}{}\u{201d}", self.words(mention.start, mention.end)))
    }

    fn words(&self, start: u32, end: u32) -> &'a str {
        let span = self.stream.word(start).span.join(self.stream.word(end - 1).span);
        // A match over a lead-in and its item is no stretch of the text.
        if span.len() < 200 { span.of(self.text) } else { self.stream.word(start).span.of(self.text) }
    }

    /// The modal verb that governs a match: the last before it, else the first in it.
    fn governing(&self, m: Match) -> Option<Modal> {
        let window = &self.stream.windows[self.stream.window_of[m.start as usize] as usize];
        let before = self.modals.partition_point(|g| g.start < m.start);
        let last = self.modals[..before].last().filter(|g| g.start >= window.start);
        let first = self.modals.get(before).filter(|g| g.start < m.end);
        let last = last.map(|g| self.around_aside(*g, m, window.start));
        // "If data may have been seen, Vendor shall tell Customer", matched from its event on.
        let inside = self.modals.partition_point(|g| g.start < m.end);
        let main = self.modals[before..inside]
            .last()
            .filter(|g| self.stream.word(g.start).hash != self.stream.word(m.start).hash);
        if main.is_some() && CONDITIONS.contains(&self.stream.word(window.body.min(window.end - 1)).hash) {
            return main.copied();
        }
        let starts_with_party = self.mention_at(m.start).is_some_and(|x| self.is_subject(x));
        if starts_with_party { first.copied().or(last) } else { last.or(first.copied()) }
    }

    /// The modal outside of an aside that holds the last one: "shall, as the Controller may choose, return".
    fn around_aside(&self, last: Modal, m: Match, window: u32) -> Modal {
        let before = self.modals.partition_point(|g| g.start < last.start);
        let Some(outer) = self.modals[..before].last().filter(|g| g.start >= window) else { return last };
        let opens = outer.end < last.start && self.stream.word(outer.end).marks.after_pause;
        let closes = (last.end..=m.start).any(|p| self.stream.word(p).marks.after_pause);
        if opens && closes { *outer } else { last }
    }

    fn mention_at(&self, at: u32) -> Option<Mention> {
        let i = self.mentions.partition_point(|x| x.start < at);
        self.mentions.get(i).filter(|x| x.start == at).copied()
    }

    /// Mentions from `from` up to `to`, the last first.
    fn back(&self, from: u32, to: u32) -> impl Iterator<Item = Mention> + '_ {
        let end = self.mentions.partition_point(|x| x.start < to);
        self.mentions[..end].iter().rev().take_while(move |x| x.start >= from).copied()
    }

    fn obligor(&self, m: Match, governing: Option<Modal>) -> Option<Mention> {
        let window = &self.stream.windows[self.stream.window_of[m.start as usize] as usize];
        let Some(modal) = governing else {
            return self.stating(m, window.start);
        };
        // "may require Vendor to delete", "agrees that Vendor deletes": the nearest party between takes it over.
        if let Some(x) = self.back(modal.end, m.start).find(|x| self.takes_over(*x)) {
            return Some(x);
        }
        if let Some(agent) = self.agent(modal, window.end) {
            return Some(agent);
        }
        self.subject(modal, window.start)
    }

    /// Who acts in a statement of fact, "Vendor encrypts ...": the party right before the verb, else the sentence's
    /// first ("Vendor notifies Customer and cooperates").
    fn stating(&self, m: Match, window: u32) -> Option<Mention> {
        let own = self.mention_at(m.start).filter(|x| self.is_subject(*x));
        if own.is_none() && self.word_before(m.start).is_some_and(|b| PASSIVE.contains(&b)) {
            return None;
        }
        let mut before = self.back(window, m.start).filter(|x| self.is_subject(*x));
        let nearest = before.next();
        let adjacent = nearest.filter(|x| x.end + 2 >= m.start);
        own.or(adjacent).or_else(|| before.last()).or(nearest)
    }

    /// The subject of a modal: the last party before it that no preposition leads to.
    fn subject(&self, modal: Modal, window: u32) -> Option<Mention> {
        let mut modal = modal;
        loop {
            // "We'll" is both.
            if let Some(x) = self.mention_at(modal.start) {
                return Some(x);
            }
            let before = self.modals.partition_point(|g| g.start < modal.start);
            let previous = self.modals[..before].last().filter(|g| g.start >= window).copied();
            // "shall alert Customer and shall furnish ..." goes on with the same subject.
            let joined = self.word_before(modal.start).is_some_and(|b| JOINERS.contains(&b) || PRONOUNS.contains(&b));
            if let Some(previous) = previous.filter(|_| joined) {
                modal = previous;
                continue;
            }
            if self.favours(modal) {
                return None;
            }
            let from = previous.map_or(window, |p| p.end);
            let mut parties = self.back(from, modal.start).filter(|x| self.is_subject(*x));
            if self.word_before(modal.start).is_some_and(|b| PRONOUNS.contains(&b)) {
                // "If Vendor learns of it, it shall ...": the pronoun is the condition's subject.
                return parties.last();
            }
            // "All files you upload will be encrypted": what is done to things falls on nobody but who stands there.
            let passive = self.stream.tokens.len() > modal.end as usize && self.stream.word(modal.end).hash == BE;
            let own = parties.find(|x| !passive || x.end == modal.start);
            // "shall keep it secret, shall not disclose it" goes on as well, where nobody else is named.
            match previous.filter(|_| own.is_none() && self.stream.word(modal.start).marks.after_pause) {
                Some(previous) => modal = previous,
                None => return own,
            }
        }
    }

    /// Whether the subject receives: "Customer shall be informed of ...".
    fn favours(&self, modal: Modal) -> bool {
        let at = |p: u32| (p as usize) < self.stream.tokens.len();
        let word = |p: u32| self.stream.word(p).hash;
        at(modal.end + 1) && word(modal.end) == BE && RECEIVES.contains(&word(modal.end + 1))
    }

    /// The party that acts in a passive: "shall be deleted by Vendor".
    fn agent(&self, modal: Modal, window_end: u32) -> Option<Mention> {
        let passive = (modal.end..window_end.min(modal.end + 3)).any(|p| self.stream.word(p).hash == BE);
        if !passive {
            return None;
        }
        let reach = window_end.min(modal.end + AGENT_REACH);
        let from = self.mentions.partition_point(|x| x.start < modal.end);
        let near = self.mentions[from..].iter().take_while(|x| x.start < reach);
        near.copied().find(|x| self.word_before(x.start) == Some(BY))
    }

    fn takes_over(&self, x: Mention) -> bool {
        let window_end = self.stream.windows[self.stream.window_of[x.start as usize] as usize].end;
        let after = (x.end < window_end).then(|| self.stream.word(x.end).hash);
        let possessive = self.stream.word(x.end - 1).marks.possessive;
        !possessive && (self.word_before(x.start) == Some(THAT) || after == Some(TO))
    }

    fn is_subject(&self, x: Mention) -> bool {
        let possessive = self.stream.word(x.end - 1).marks.possessive;
        let led = self.word_before(x.start).is_some_and(|b| PREPOSITIONS.contains(&b));
        // "each of the parties" is led to and yet the subject.
        !possessive && (!led || x.role.is_none())
    }

    fn word_before(&self, at: u32) -> Option<u64> {
        let before = at.checked_sub(1)?;
        (self.stream.window_of[before as usize] == self.stream.window_of[at as usize])
            .then(|| self.stream.word(before).hash)
    }

    fn negated(&self, m: Match, governing: Option<Modal>) -> Negated {
        let window = &self.stream.windows[self.stream.window_of[m.start as usize] as usize];
        // "Neither party shall", "Nothing in this Agreement shall".
        let from = governing
            .filter(|g| g.start < m.start)
            .map_or(m.start.saturating_sub(NEGATION_REACH), |g| g.start.saturating_sub(5))
            .max(window.start);
        let first = self.negators.partition_point(|n| *n < from);
        let before = self.negators[first..].iter().take_while(|n| **n < m.start);
        let reached = before.copied().map(|n| self.reaches(n, m.start, governing)).max().unwrap_or(Negated::No);
        // "Vendor shall not notify", where the rule spans from the party to the verb.
        let inside =
            self.modals.iter().skip(self.modals.partition_point(|g| g.start < m.start)).take_while(|g| g.start < m.end);
        let inside = inside.into_iter().any(|g| self.negators.binary_search(&g.end).is_ok());
        if inside || governing.is_none() && self.denied_after(m, window.end) { Negated::Yes } else { reached }
    }

    /// Whether the match is the subject of a verb that is denied: "Deletion of the data shall not take place".
    fn denied_after(&self, m: Match, window_end: u32) -> bool {
        let next = self.modals.get(self.modals.partition_point(|g| g.start < m.end)).filter(|g| g.start < window_end);
        let Some(modal) = next.filter(|g| self.negators.binary_search(&g.end).is_ok()) else { return false };
        // Another subject, or a pause, parts the two.
        let parted = (m.end..=modal.start).any(|p| self.stream.word(p).marks.after_pause);
        !parted && !self.back(m.end, modal.start).any(|x| self.is_subject(x))
    }

    /// Whether a negator reaches the match: near to it, or bound to its modal with nothing joined in between. What is
    /// joined to a denied verb by "and" may be denied with it or not.
    fn reaches(&self, negator: u32, start: u32, governing: Option<Modal>) -> Negated {
        let joined = (negator + 1..start).any(|p| {
            // "shall not use or disclose" denies both; "shall not use and shall notify" does not.
            let word = self.stream.word(p).hash;
            word != OR && JOINERS.contains(&word)
        });
        if governing.is_some_and(|g| negator < g.start && g.start < start) {
            return Negated::of(governing.is_some_and(|g| self.denies_subject(negator, g.start)));
        }
        let near = start - negator <= 6;
        let bound = governing.is_some_and(|g| g.start < start && negator + 1 >= g.start && negator <= g.end + 3);
        let releases = (negator + 1..start.min(negator + 3)).any(|p| DUTIES.contains(&self.stream.word(p).hash));
        if !joined && (near || bound || releases) || start - negator <= 2 {
            return Negated::Yes;
        }
        let begins = governing.is_some_and(|g| g.start < start && negator == g.end);
        if joined && begins { Negated::Perhaps } else { Negated::No }
    }

    /// "Neither party shall", "Nothing in this Agreement shall": a "not" before the modal belongs to something else.
    fn denies_subject(&self, negator: u32, modal: u32) -> bool {
        let pause = (negator + 1..=modal).any(|p| self.stream.word(p).marks.after_pause);
        !pause && NOBODY.contains(&self.stream.word(negator).hash)
    }

    /// Efforts wording that governs a match.
    fn effort(&self, m: Match, governing: Option<Modal>, reading: &Reading) -> Option<String> {
        if reading.efforts {
            return None;
        }
        let counts = |e: &&Match| !(reading.possibility && self.stream.word(e.end - 1).hash == POSSIBLE);
        // "shall use reasonable efforts to ...": of all that the verb governs.
        let verb = governing.filter(|g| g.start < m.start);
        let bound =
            verb.and_then(|g| self.efforts.iter().filter(counts).find(|e| e.start >= g.end && e.start <= g.end + 1));
        if let Some(found) = bound {
            return Some(self.words(found.start, found.end).to_string());
        }
        let id = self.stream.window_of[m.start as usize];
        let window = &self.stream.windows[id as usize];
        let from = m.start.saturating_sub(EFFORTS_REACH).max(window.start);
        let to = (m.end + EFFORTS_REACH / 2).min(window.end);
        let first = self.efforts.partition_point(|e| e.start < from);
        let near = self.efforts[first..].iter().take_while(|e| e.start < to);
        // "without undue delay and, where feasible, within 72 hours": the condition is of what follows it.
        let parted = |e: &Match| (m.end..e.start).any(|p| JOINERS.contains(&self.stream.word(p).hash));
        let found = near.into_iter().filter(counts).find(|e| e.end <= window.end && !parted(e))?;
        Some(self.words(found.start, found.end).to_string())
    }

    /// The tree, to place evidence.
    #[must_use]
    pub fn tree(&self) -> &'a ClauseTree {
        self.tree
    }
}

/// Whether a match lies wholly in one of `list`: "is not" takes "not" in, and leaves "is not required".
fn covered(list: &[Match], inner: Match) -> bool {
    let i = list.partition_point(|m| m.start <= inner.start);
    list[..i].iter().rev().take(4).any(|m| inner.end <= m.end)
}

const fn hash(word: &str) -> u64 {
    crate::word::const_fold(word.as_bytes())
}

const BE: u64 = hash("be");
const BY: u64 = hash("by");
const TO: u64 = hash("to");
const OR: u64 = hash("or");
const THAT: u64 = hash("that");
const POSSIBLE: u64 = hash("possible");
const PRONOUNS: [u64; 2] = [hash("it"), hash("they")];
const JOINERS: [u64; 4] = [hash("and"), hash("or"), hash("but"), hash("then")];
/// "no duty to", "not obliged to": what follows is denied however far the list goes on.
const DUTIES: [u64; 8] = [
    hash("obligation"),
    hash("obliged"),
    hash("obligated"),
    hash("duty"),
    hash("required"),
    hash("responsibility"),
    hash("responsible"),
    hash("liable"),
];
const NOBODY: [u64; 4] = [hash("neither"), hash("no"), hash("none"), hash("nothing")];
/// What begins a condition, whose own modals govern nothing outside of it.
const CONDITIONS: [u64; 9] = [
    hash("if"),
    hash("where"),
    hash("when"),
    hash("whenever"),
    hash("should"),
    hash("upon"),
    hash("once"),
    hash("after"),
    hash("in"),
];
const PASSIVE: [u64; 7] = [hash("is"), hash("are"), hash("was"), hash("were"), hash("be"), hash("been"), hash("being")];
const RECEIVES: [u64; 12] = [
    hash("informed"),
    hash("notified"),
    hash("given"),
    hash("provided"),
    hash("advised"),
    hash("told"),
    hash("alerted"),
    hash("supplied"),
    hash("offered"),
    hash("sent"),
    hash("assisted"),
    hash("granted"),
];
const PREPOSITIONS: [u64; 20] = [
    hash("by"),
    hash("to"),
    hash("from"),
    hash("with"),
    hash("of"),
    hash("for"),
    hash("between"),
    hash("against"),
    hash("upon"),
    hash("on"),
    hash("under"),
    hash("at"),
    hash("in"),
    hash("into"),
    hash("than"),
    hash("via"),
    hash("through"),
    hash("notify"),
    hash("assist"),
    hash("inform"),
];
