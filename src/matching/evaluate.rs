//! Evaluating rules over a [`Stream`]: each node of the program once, as the sorted list of its matches.

use super::stream::{Stream, Window, WindowId};
use crate::clause::ClauseTree;
use crate::library::program::{Known, Node, NodeId, Program};
use crate::library::rule::Slot;
use crate::word::fold;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// A match: positions of the stream, within one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// First position.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
}

/// The most pairs that one left side of `near` makes: more say nothing new.
const MOST_PAIRS: usize = 4;

/// Evaluates nodes for one contract.
pub struct Evaluator<'a> {
    program: &'a Program,
    /// The words matched against.
    pub stream: &'a Stream,
    tree: &'a ClauseTree,
    results: Vec<Option<Rc<[Match]>>>,
    slots: FxHashMap<Slot, Rc<[Match]>>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator; word postings are made at once, slots are given by [`Self::fill`].
    #[must_use]
    pub fn new(program: &'a Program, stream: &'a Stream, tree: &'a ClauseTree, text: &str) -> Self {
        let mut out =
            Self { program, stream, tree, results: vec![None; program.nodes.len()], slots: FxHashMap::default() };
        out.post(text);
        out
    }

    /// Says where the matches of a slot are.
    pub fn fill(&mut self, slot: Slot, mut matches: Vec<Match>) {
        matches.sort_unstable();
        self.slots.insert(slot, matches.into());
    }

    /// Postings of all word nodes.
    fn post(&mut self, text: &str) {
        // What each word of the contract hits, and what it hits joined with the next over a hyphen.
        let program = self.program;
        let of_word: Vec<(&[NodeId], &[NodeId])> = (0..self.stream.words.len())
            .map(|i| {
                let word = &self.stream.words[i];
                let joined = match self.stream.words.get(i + 1) {
                    Some(next) if word.marks.hyphen => {
                        program.nodes_of(fold(&next.span.of(text).to_lowercase(), Some(word.hash)))
                    }
                    _ => &[],
                };
                (program.nodes_of(word.hash), joined)
            })
            .collect();
        let mut postings: FxHashMap<NodeId, Vec<Match>> = FxHashMap::default();
        for (at, token) in (0u32..).zip(&self.stream.tokens) {
            let (single, joined) = of_word[*token as usize];
            for node in single {
                postings.entry(*node).or_default().push(Match { start: at, end: at + 1 });
            }
            let same = self.stream.window_of.get(at as usize + 1) == self.stream.window_of.get(at as usize);
            if !joined.is_empty() && same {
                for node in joined {
                    postings.entry(*node).or_default().push(Match { start: at, end: at + 2 });
                }
            }
        }
        for (id, node) in self.program.nodes.iter().enumerate() {
            if let Node::Words(_) = node {
                let list = postings.remove(&crate::span::offset(id)).unwrap_or_default();
                self.results[id] = Some(list.into());
            }
        }
    }

    /// The matches of a list that the engine reads.
    pub fn known(&mut self, list: Known) -> Rc<[Match]> {
        match self.program.known(list) {
            Some(node) => self.matches(node),
            None => Rc::from([]),
        }
    }

    /// All matches of a node, sorted.
    pub fn matches(&mut self, id: NodeId) -> Rc<[Match]> {
        if let Some(done) = self.results.get(id as usize).and_then(Option::as_ref) {
            return Rc::clone(done);
        }
        let program = self.program;
        let found: Rc<[Match]> = match &program.nodes[id as usize] {
            Node::Words(_) => Rc::from([]),
            Node::Slot(slot) => self.slots.get(slot).cloned().unwrap_or_else(|| Rc::from([])),
            Node::Or(parts) => self.any(parts),
            Node::Phrase(items) => self.phrase(items),
            Node::Near { left, right, distance, ordered } => self.near(*left, *right, *distance, *ordered),
            Node::NotNear { left, right, distance, ordered } => self.not_near(*left, *right, *distance, *ordered),
            Node::And(all, none, about) => self.all(all, none, about),
        };
        self.results[id as usize] = Some(Rc::clone(&found));
        found
    }

    fn any(&mut self, parts: &[NodeId]) -> Rc<[Match]> {
        let mut out: Vec<Match> = Vec::new();
        for part in parts {
            out.extend(self.matches(*part).iter());
        }
        out.sort_unstable();
        out.dedup();
        out.into()
    }

    fn phrase(&mut self, items: &[(u8, NodeId)]) -> Rc<[Match]> {
        let Some((first, rest)) = items.split_first() else { return Rc::from([]) };
        // A phrase with an item that is nowhere is nowhere; lists of single words are known already.
        for (_, item) in items {
            if matches!(self.program.nodes[*item as usize], Node::Words(_)) && self.matches(*item).is_empty() {
                return Rc::from([]);
            }
        }
        let mut out: Vec<Match> = self.matches(first.1).to_vec();
        for (gap, item) in rest {
            if out.is_empty() {
                break;
            }
            let next = self.matches(*item);
            let mut longer = Vec::new();
            for m in &out {
                let from = next.partition_point(|n| n.start < m.end);
                for n in next[from..].iter().take_while(|n| n.start <= m.end + u32::from(*gap)) {
                    if self.same_window(m.start, n.end - 1) {
                        longer.push(Match { start: m.start, end: n.end });
                    }
                }
            }
            longer.sort_unstable();
            longer.dedup();
            out = longer;
        }
        out.into()
    }

    fn same_window(&self, a: u32, b: u32) -> bool {
        self.stream.window_of[a as usize] == self.stream.window_of[b as usize]
    }

    fn near(&mut self, left: NodeId, right: NodeId, distance: u8, ordered: bool) -> Rc<[Match]> {
        let lefts = self.matches(left);
        if lefts.is_empty() {
            return Rc::from([]);
        }
        let rights = self.matches(right);
        let mut out = Vec::new();
        for l in lefts.iter() {
            for r in partners(*l, &rights, distance, ordered) {
                if self.same_window(l.start, r.start) {
                    out.push(Match { start: l.start.min(r.start), end: l.end.max(r.end) });
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out.into()
    }

    fn not_near(&mut self, left: NodeId, right: NodeId, distance: u8, ordered: bool) -> Rc<[Match]> {
        let lefts = self.matches(left);
        let rights = self.matches(right);
        let alone = |l: &&Match| {
            let mut near = partners(**l, &rights, distance, ordered);
            let overlaps = rights.iter().any(|r| r.start < l.end && l.start < r.end);
            !overlaps && !near.any(|r| self.same_window(l.start, r.start))
        };
        lefts.iter().filter(alone).copied().collect::<Vec<_>>().into()
    }

    fn all(&mut self, all: &[NodeId], none: &[NodeId], about: &[NodeId]) -> Rc<[Match]> {
        let Some((first, rest)) = all.split_first() else { return Rc::from([]) };
        let firsts = self.matches(*first);
        if firsts.is_empty() {
            return Rc::from([]);
        }
        let mut needed = Vec::new();
        for node in rest {
            let found = self.matches(*node);
            if found.is_empty() {
                return Rc::from([]);
            }
            needed.push(found);
        }
        let barred: Vec<_> = none.iter().map(|n| self.matches(*n)).collect();
        let topics: Vec<_> = about.iter().map(|n| self.matches(*n)).collect();
        let mut out = Vec::new();
        for m in firsts.iter() {
            let id = self.stream.window_of[m.start as usize];
            let window = &self.stream.windows[id as usize];
            let fine = needed.iter().all(|list| within(list, window))
                && !barred.iter().any(|list| within(list, window))
                && topics.iter().all(|list| self.is_about(list, id));
            if fine {
                out.push(*m);
            }
        }
        out.into()
    }

    /// Whether one of `list` stands in the window, in a heading above it, or in the sentence before it.
    fn is_about(&self, list: &[Match], id: WindowId) -> bool {
        let window = &self.stream.windows[id as usize];
        if within(list, window) {
            return true;
        }
        let before = (0..id).rev().map(|i| &self.stream.windows[i as usize]).find(|w| w.sentence != window.sentence);
        if before.is_some_and(|b| b.clause == window.clause && within(list, b)) {
            return true;
        }
        let ancestors = std::iter::successors(Some(window.clause), |c| self.tree.clauses[*c as usize].parent);
        ancestors
            .filter_map(|c| self.stream.heading_of[c as usize])
            .any(|h| within(list, &self.stream.windows[h as usize]))
    }
}

/// The matches of `rights` within `distance` words of `l`: after it, and if the order is free, before it.
fn partners(l: Match, rights: &[Match], distance: u8, ordered: bool) -> impl Iterator<Item = Match> + '_ {
    let reach = u32::from(distance);
    let from = rights.partition_point(|r| r.start < l.end);
    let after = rights[from..].iter().take_while(move |r| r.start <= l.end + reach).take(MOST_PAIRS);
    let to = rights.partition_point(|r| r.start < l.start);
    let furthest = if ordered { 0 } else { to };
    // Longest phrases are some dozen words: a match that ends near starts near.
    let before = rights[..furthest].iter().rev().take_while(move |r| r.start + reach + 24 >= l.start);
    let before = before.filter(move |r| r.end <= l.start && r.end + reach >= l.start).take(MOST_PAIRS);
    after.copied().chain(before.copied())
}

/// Whether one of the sorted matches stands in the window.
fn within(list: &[Match], window: &Window) -> bool {
    let from = list.partition_point(|m| m.start < window.start);
    list.get(from).is_some_and(|m| m.start < window.end)
}
