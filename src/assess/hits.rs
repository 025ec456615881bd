//! Hits: where the wordings of a provision stand in the documents of a bundle, and how each is taken.

use super::Document;
use super::finding::ElementStatus;
use super::scope;
use super::sense::{Grammar, Sense};
use crate::clause::Role;
use crate::facts::parties::PartyRole;
use crate::facts::period::{Bound, Kind, Period};
use crate::facts::supplied::without;
use crate::library::page::Reading;
use crate::library::program::{Known, Node};
use crate::library::rule::Slot;
use crate::library::{Element, Library, Provision};
use crate::matching::{Evaluator, Match, Stream, WindowId};
use crate::source::limits::Backstop;
use crate::source::{Limits, turned};
use crate::span::Span;
use std::collections::BTreeSet;

/// A wording of the library found in a contract, and how it was taken.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub document: usize,
    pub window: WindowId,
    pub at: Match,
    pub rule: usize,
    pub sense: Sense,
    /// Whether the sentence names the party whose duty it is.
    pub named: bool,
}

impl Hit {
    /// Whether it counts, weak or not.
    pub fn counts(&self) -> bool {
        !matches!(self.sense, Sense::Rejected(_))
    }

    /// Whether it counts and nothing cuts it back.
    pub fn strong(&self) -> bool {
        self.sense == Sense::Stated
    }
}

/// A provision's hits over the bundle.
#[derive(Default)]
pub(super) struct Hits {
    /// Of each element.
    pub elements: Vec<Vec<Hit>>,
    /// Of each adverse wording.
    pub patterns: Vec<Vec<Hit>>,
    /// Documents in which some of its wordings stand in more places than were weighed.
    pub unweighed: BTreeSet<usize>,
}

/// The status that hits give an element.
pub(super) fn status_of(hits: &[Hit]) -> ElementStatus {
    if hits.iter().any(Hit::strong) {
        ElementStatus::Met
    } else if hits.iter().any(Hit::counts) {
        ElementStatus::Weak
    } else {
        ElementStatus::Missing
    }
}

/// Why a sentence does not count in full that is not shown as it is stored.
const TURNED: &str = "it holds marks that turn the direction of writing";

const THIRD: u64 = crate::word::const_fold(b"third");

/// What one document's words give to all elements and adverse wordings.
pub(super) struct DocumentReader<'a> {
    index: usize,
    /// The document.
    pub document: &'a Document,
    eval: Evaluator<'a>,
    grammar: Grammar<'a>,
    /// Periods by position, to read parameters.
    pub periods: Vec<(Match, &'a Period)>,
    /// Windows that leave their terms to a document that was not supplied.
    deferred: Vec<WindowId>,
    /// Places to weigh of a wording, and of all wordings of an element.
    most: usize,
    backstop: Backstop,
    /// Paragraphs that are not shown in the order that they are stored in.
    turned: Vec<Span>,
}

impl<'a> DocumentReader<'a> {
    fn new(index: usize, document: &'a Document, stream: &'a Stream, library: &'a Library, limits: &Limits) -> Self {
        let text = &document.contract.text;
        let mut eval = Evaluator::new(&library.program, stream, &document.tree, text);
        // "Third party" and "third parties" are neither.
        let others = |m: &&Match| {
            m.start.checked_sub(1).is_none_or(|b| !stream.word(b).marks.hyphen && stream.word(b).hash != THIRD)
        };
        let both: Vec<(u32, u32)> =
            eval.known(Known::EachParty).iter().filter(others).map(|m| (m.start, m.end)).collect();
        let mentions = stream.mentions(&document.facts.parties, &both);
        let of = |role| {
            let own = mentions.iter().filter(move |m| m.role.is_none_or(|r| r == role));
            own.map(|m| Match { start: m.start, end: m.end }).collect::<Vec<_>>()
        };
        eval.fill(Slot::Vendor, of(PartyRole::Vendor));
        eval.fill(Slot::Customer, of(PartyRole::Customer));
        eval.fill(Slot::Both, both.iter().map(|(start, end)| Match { start: *start, end: *end }).collect());
        let periods = periods(stream, &document.facts.periods);
        let figures = |keep: &dyn Fn(&Period) -> bool| {
            periods.iter().filter(|(_, p)| keep(p)).map(|(m, _)| *m).collect::<Vec<_>>()
        };
        eval.fill(Slot::Period, figures(&is_figure));
        for slot in library.program.nodes.iter().filter_map(|n| if let Node::Slot(s) = n { Some(s) } else { None }) {
            match slot {
                Slot::AtMost(hours) => eval.fill(slot.clone(), figures(&|p| is_at_most(p, *hours))),
                Slot::MoreThan(hours) => {
                    eval.fill(slot.clone(), figures(&|p| is_figure(p) && p.hours_param().is_some_and(|h| h > *hours)));
                }
                _ => {}
            }
        }
        let grammar = Grammar::new(&mut eval, &document.tree, text, mentions);
        let turned = turned::paragraphs(&document.contract);
        let deferred = deferred(&eval.known(Known::Defers), document, stream);
        Self {
            index,
            document,
            eval,
            grammar,
            periods,
            deferred,
            most: limits.places,
            backstop: limits.backstop,
            turned,
        }
    }

    /// The hits of an element, each with its sense; anchors are not looked at yet. Whether all places were weighed:
    /// the first of each of its wordings are, and once they make so many no further wording.
    fn hits(&mut self, element: &Element, out: &mut Vec<Hit>) -> bool {
        let before = out.len();
        let mut all = true;
        for (rule, wording) in element.rules.iter().enumerate() {
            if self.backstop.is_reached() {
                break;
            }
            let room = if out.len() - before < self.most { self.most } else { 0 };
            let places = self.eval.matches(wording.node);
            all &= places.len() <= room;
            for at in places.iter().take(room) {
                let window = self.eval.stream.window_of[at.start as usize];
                let Some(sense) = self.readable(window, &element.reading) else { continue };
                let sense = sense.unwrap_or_else(|| self.grammar.sense(*at, &element.reading, wording.negates));
                let sense = match sense {
                    Sense::Stated if self.is_turned(window) => Sense::Weak(TURNED.into()),
                    sense => sense,
                };
                let named = self.grammar.party(*at).is_some();
                // A rule that matches a sentence in several ways says one thing. Matches come in text order, so those
                // of one sentence stand together.
                let said = |h: &&Hit| h.document == self.index && h.window == window && h.rule == rule;
                if out.iter().rev().take_while(said).any(|h| h.sense == sense) {
                    continue;
                }
                out.push(Hit { document: self.index, window, at: *at, rule, sense, named });
            }
        }
        all
    }

    /// Whether a sentence, or what leads to it, is not shown in the order that it is stored in: what a reader of the
    /// page agreed to may be another text.
    pub fn is_turned(&self, window: WindowId) -> bool {
        let window = &self.eval.stream.windows[window as usize];
        let turned = |span: Span| {
            let at = self.turned.partition_point(|t| t.end <= span.start);
            self.turned.get(at).is_some_and(|t| t.overlaps(span))
        };
        turned(window.own) || window.lead.is_some_and(turned)
    }

    /// `None` where such a sentence is never read for an element; a rejection where it states nothing.
    fn readable(&self, window: WindowId, reading: &Reading) -> Option<Option<Sense>> {
        let w = &self.eval.stream.windows[window as usize];
        let body = w.own.of(&self.document.contract.text).trim_start();
        if body.starts_with(['\u{2610}']) || body.starts_with("[ ]") {
            return Some(Some(Sense::Rejected("the option is not ticked".into())));
        }
        let why = match w.role {
            Role::Text if self.deferred.contains(&window) => "it leaves the terms to a document that was not supplied",
            Role::Text => return Some(None),
            Role::Heading if reading.headings => return Some(None),
            Role::Definition if reading.definitions => return Some(None),
            Role::Heading => "it stands in a heading only",
            Role::Definition => "it stands in a definition only",
            Role::Recital => "it stands in a recital",
            Role::Contents | Role::Signature | Role::Furniture => return None,
        };
        Some(Some(Sense::Rejected(why.into())))
    }
}

fn is_figure(period: &Period) -> bool {
    period.kind == Kind::Figure && period.figure.is_some()
}

/// Whether a period ends within some hours: "at least 72 hours" never does.
fn is_at_most(period: &Period, hours: u32) -> bool {
    period.bound != Bound::AtLeast && period.hours_param().is_some_and(|h| h <= hours)
}

/// Windows of sentences that refer to a document not supplied, and whose verb leaves the terms to it.
fn deferred(defers: &[Match], document: &Document, stream: &Stream) -> Vec<WindowId> {
    let away = |w: &WindowId| {
        let own = stream.windows[*w as usize].own;
        document.facts.incorporated.iter().any(|i| i.quote.overlaps(own))
    };
    defers.iter().map(|m| stream.window_of[m.start as usize]).filter(away).collect()
}

/// Stream positions of the periods of a text.
fn periods<'a>(stream: &Stream, periods: &'a [Period]) -> Vec<(Match, &'a Period)> {
    let mut out = Vec::new();
    for window in &stream.windows {
        let mut at = window.start;
        while at < window.end {
            let span = stream.word(at).span;
            let i = periods.partition_point(|p| p.span.end <= span.start);
            let Some(period) = periods.get(i).filter(|p| p.span.overlaps(span)) else {
                at += 1;
                continue;
            };
            let start = at;
            while at < window.end && stream.word(at).span.overlaps(period.span) {
                at += 1;
            }
            out.push((Match { start, end: at }, period));
        }
    }
    out
}

/// A reader for each document of a bundle.
pub(super) fn readers<'a>(
    bundle: &'a [Document],
    streams: &'a [Stream],
    library: &'a Library,
    limits: &Limits,
) -> Vec<DocumentReader<'a>> {
    let pairs = bundle.iter().zip(streams).enumerate();
    pairs.map(|(i, (document, stream))| DocumentReader::new(i, document, stream, library, limits)).collect()
}

/// The words of each document of a bundle, without those of notes to the drafter: they state nothing.
pub(super) fn streams(bundle: &[Document]) -> Vec<Stream> {
    bundle.iter().map(|d| Stream::new(&without(&d.contract, &d.facts.drafting), &d.tree)).collect()
}

/// The hits of a provision, after anchors and adverse wording.
pub(super) fn hits(provision: &Provision, readers: &mut [DocumentReader]) -> Hits {
    let mut all = Hits::default();
    let mut unweighed = BTreeSet::new();
    let mut collect = |element: &Element| {
        let mut out = Vec::new();
        for reader in readers.iter_mut() {
            if !reader.hits(element, &mut out) {
                unweighed.insert(reader.index);
            }
        }
        out
    };
    all.elements = provision.elements.iter().map(&mut collect).collect();
    all.patterns = provision.patterns.iter().map(&mut collect).collect();
    all.unweighed = unweighed;
    scope::anchor(provision, &mut all, readers);
    scope::weaken(provision, &mut all, readers);
    all
}

impl DocumentReader<'_> {
    /// Its words.
    pub(super) fn stream(&self) -> &Stream {
        self.eval.stream
    }
}
