//! From hits to verdicts: anchors and scopes, adverse wording, formulas.

use super::evidence;
use super::finding::{
    Concern, Confidence, ElementFinding, ElementStatus, Evidence, Finding, LawFinding, Level, Parameter, Required,
};
use super::sense::{Grammar, Sense};
use super::{Document, applies};
use crate::clause::Role;
use crate::facts::parties::PartyRole;
use crate::facts::period::{Bound, Kind, Period};
use crate::library::page::{Reading, Scope};
use crate::library::program::Known;
use crate::library::rule::Slot;
use crate::library::{Element, Library, Provision, Severity, Status};
use crate::matching::{Evaluator, Match, Stream, WindowId};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
    fn counts(&self) -> bool {
        !matches!(self.sense, Sense::Rejected(_))
    }

    fn strong(&self) -> bool {
        self.sense == Sense::Stated
    }
}

const THIRD: u64 = crate::word::const_fold(b"third");

/// What one document's words give to all elements and adverse wordings.
pub(super) struct DocumentReader<'a> {
    index: usize,
    document: &'a Document,
    eval: Evaluator<'a>,
    grammar: Grammar<'a>,
    /// Periods by position, to read parameters.
    periods: Vec<(Match, &'a Period)>,
    /// Windows that leave their terms to a document that was not supplied.
    deferred: Vec<WindowId>,
}

/// One element's hits over the bundle.
#[derive(Default)]
struct Hits {
    elements: Vec<Vec<Hit>>,
    patterns: Vec<Vec<Hit>>,
}

/// Judges a bundle of documents as one agreement against all provisions.
#[must_use]
pub fn assess(bundle: &[Document], library: &Library) -> Vec<Finding> {
    let words = library.program.word_map();
    let streams: Vec<Stream> = bundle.iter().map(|d| Stream::new(&d.contract, &d.tree)).collect();
    let mut readers: Vec<DocumentReader> = bundle
        .iter()
        .zip(&streams)
        .enumerate()
        .map(|(i, (d, s))| DocumentReader::new(i, d, s, library, &words))
        .collect();
    library
        .provisions
        .iter()
        .map(|provision| {
            let hits = hits(provision, &mut readers);
            finding(provision, &hits, &readers)
        })
        .collect()
}

/// How the wordings of one provision fared, for "explain".
#[derive(Clone, Debug)]
pub struct Trace {
    /// Element or adverse wording.
    pub id: String,
    /// Its question.
    pub question: String,
    /// Whether it is an adverse wording.
    pub adverse: bool,
    /// Its status.
    pub status: ElementStatus,
    /// Each place where one of its wordings matched.
    pub attempts: Vec<Attempt>,
    /// Its wordings that matched nowhere.
    pub silent: Vec<String>,
}

/// One match and how it was taken.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Where.
    pub evidence: Evidence,
    /// How it was taken.
    pub sense: Sense,
}

/// Tells how each wording of a provision fared.
#[must_use]
pub fn explain(bundle: &[Document], library: &Library, provision: &Provision) -> Vec<Trace> {
    let words = library.program.word_map();
    let streams: Vec<Stream> = bundle.iter().map(|d| Stream::new(&d.contract, &d.tree)).collect();
    let mut readers: Vec<DocumentReader> = bundle
        .iter()
        .zip(&streams)
        .enumerate()
        .map(|(i, (d, s))| DocumentReader::new(i, d, s, library, &words))
        .collect();
    let hits = hits(provision, &mut readers);
    let trace = |element: &Element, own: &[Hit], adverse: bool| Trace {
        id: element.id.clone(),
        question: element.question.clone(),
        adverse,
        status: status_of(own),
        attempts: own
            .iter()
            .map(|h| Attempt {
                evidence: evidence::of(h, &element.rules[h.rule].text, &readers[h.document]),
                sense: h.sense.clone(),
            })
            .collect(),
        silent: (0..element.rules.len())
            .filter(|r| !own.iter().any(|h| h.rule == *r))
            .map(|r| element.rules[r].text.clone())
            .collect(),
    };
    let elements = provision.elements.iter().zip(&hits.elements).map(|(e, h)| trace(e, h, false));
    elements.chain(provision.patterns.iter().zip(&hits.patterns).map(|(e, h)| trace(e, h, true))).collect()
}

impl<'a> DocumentReader<'a> {
    fn new(
        index: usize,
        document: &'a Document,
        stream: &'a Stream,
        library: &'a Library,
        words: &FxHashMap<u64, (u32, u32)>,
    ) -> Self {
        let text = &document.contract.text;
        let mut eval = Evaluator::new(&library.program, words, stream, &document.tree, text);
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
        for slot in library
            .program
            .nodes
            .iter()
            .filter_map(|n| if let crate::library::program::Node::Slot(s) = n { Some(s) } else { None })
        {
            match slot {
                Slot::AtMost(hours) => eval.fill(slot.clone(), figures(&|p| is_at_most(p, *hours))),
                Slot::MoreThan(hours) => {
                    eval.fill(slot.clone(), figures(&|p| is_figure(p) && p.hours_param().is_some_and(|h| h > *hours)));
                }
                _ => {}
            }
        }
        let grammar = Grammar::new(&mut eval, &document.tree, text, mentions);
        let deferred = deferred(&eval.known(Known::Defers), document, stream);
        Self { index, document, eval, grammar, periods, deferred }
    }

    /// The hits of an element, each with its sense; anchors are not looked at yet.
    fn hits(&mut self, element: &Element, out: &mut Vec<Hit>) {
        let before = out.len();
        for (rule, wording) in element.rules.iter().enumerate() {
            if out.len() - before >= MOST_HITS {
                break;
            }
            for at in self.eval.matches(wording.node).iter().take(MOST_HITS) {
                let window = self.eval.stream.window_of[at.start as usize];
                let Some(sense) = self.readable(window, &element.reading) else { continue };
                let sense = sense.unwrap_or_else(|| self.grammar.sense(*at, &element.reading, wording.negates));
                let named = self.grammar.party(*at).is_some();
                // A rule that matches a sentence in several ways says one thing.
                // Matches come in text order, so those of one sentence stand together.
                let said = |h: &&Hit| h.document == self.index && h.window == window && h.rule == rule;
                if out.iter().rev().take_while(said).any(|h| h.sense == sense) {
                    continue;
                }
                out.push(Hit { document: self.index, window, at: *at, rule, sense, named });
            }
        }
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

/// A contract says one thing a few dozen times. Hits are held against each other, so those of an element are bounded:
/// the first of each of its rules are read, and once there are so many no further rule.
const MOST_HITS: usize = 4_000;

fn is_figure(period: &Period) -> bool {
    period.kind == Kind::Figure && period.figure.is_some()
}

/// Whether a period ends within some hours: "at least 72 hours" never does.
fn is_at_most(period: &Period, hours: u32) -> bool {
    period.bound != Bound::AtLeast && period.hours_param().is_some_and(|h| h <= hours)
}

/// Times a year, as a whole number; once in two years counts as once.
fn per_year(period: &Period) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Small and positive.
    period.per_year().map(|times| times.round().max(1.0) as u32)
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

fn hits(provision: &Provision, readers: &mut [DocumentReader]) -> Hits {
    let mut all = Hits::default();
    let collect = |element: &Element, readers: &mut [DocumentReader]| {
        let mut out = Vec::new();
        for reader in readers.iter_mut() {
            reader.hits(element, &mut out);
        }
        out
    };
    for element in &provision.elements {
        let own = collect(element, readers);
        all.elements.push(own);
    }
    for pattern in &provision.patterns {
        let own = collect(pattern, readers);
        all.patterns.push(own);
    }
    anchor(provision, &mut all, readers);
    weaken(provision, &mut all, readers);
    all
}

/// Rejects hits that stand too far from what they belong to.
fn anchor(provision: &Provision, all: &mut Hits, readers: &[DocumentReader]) {
    let readings: Vec<&Reading> = provision.elements.iter().map(|e| &e.reading).collect();
    let mut done: Vec<bool> = readings.iter().map(|r| r.anchors.is_empty()).collect();
    // Chains of anchors are short; a circle of them is never done and keeps its hits out.
    for _ in 0..readings.len() {
        for (i, reading) in readings.iter().enumerate() {
            if done[i] || !reading.anchors.iter().all(|a| done[*a as usize]) {
                continue;
            }
            let anchors: Vec<Hit> = reading
                .anchors
                .iter()
                .flat_map(|a| &all.elements[*a as usize])
                .filter(|h| h.counts())
                .cloned()
                .collect();
            let far = format!("it stands apart from {}", names(provision, &reading.anchors));
            keep_near(&mut all.elements[i], &anchors, reading.scope, &far, readers);
            done[i] = true;
        }
    }
    for (i, pattern) in provision.patterns.iter().enumerate() {
        let reading = &pattern.reading;
        if !reading.anchors.is_empty() {
            let anchors: Vec<Hit> = reading
                .anchors
                .iter()
                .flat_map(|a| &all.elements[*a as usize])
                .filter(|h| h.counts())
                .cloned()
                .collect();
            let far = format!("it stands apart from {}", names(provision, &reading.anchors));
            keep_near(&mut all.patterns[i], &anchors, reading.scope, &far, readers);
        }
    }
}

fn names(provision: &Provision, elements: &[u16]) -> String {
    let ids: Vec<&str> = elements.iter().map(|e| provision.elements[*e as usize].id.as_str()).collect();
    crate::error::one_of(&ids)
}

fn keep_near(own: &mut [Hit], anchors: &[Hit], scope: Scope, far: &str, readers: &[DocumentReader]) {
    for hit in own.iter_mut().filter(|h| h.counts()) {
        let near = anchors
            .iter()
            .any(|a| a.document == hit.document && same(&readers[hit.document], a.window, hit.window, scope));
        if !near {
            hit.sense = Sense::Rejected(far.to_string());
        }
    }
}

/// Where a text has no clauses, a scope reaches so many sentences far.
const REACH_WITHOUT_CLAUSES: u32 = 8;

/// Whether two windows are in the same scope.
fn same(reader: &DocumentReader, a: WindowId, b: WindowId, scope: Scope) -> bool {
    let stream = reader.eval.stream;
    let (x, y) = (&stream.windows[a as usize], &stream.windows[b as usize]);
    if x.sentence == y.sentence || scope == Scope::Contract {
        return true;
    }
    let tree = &reader.document.tree;
    let labelled = |c: u32| !tree.clauses[c as usize].label.is_empty() || tree.clauses[c as usize].heading.is_some();
    match scope {
        Scope::Sentence => false,
        _ if !labelled(x.clause) && !labelled(y.clause) => {
            x.clause == y.clause && a.abs_diff(b) <= REACH_WITHOUT_CLAUSES
        }
        Scope::Clause => {
            tree.base(x.clause) == tree.base(y.clause)
                || tree.within(x.clause, y.clause)
                || tree.within(y.clause, x.clause)
        }
        Scope::Section | Scope::Contract => {
            let (one, other) = (tree.clauses[x.clause as usize].section, tree.clauses[y.clause as usize].section);
            one == other || refers(reader, y.own, one) || refers(reader, x.own, other)
        }
    }
}

/// Whether a text refers to a clause of the section.
fn refers(reader: &DocumentReader, text: crate::span::Span, section: u32) -> bool {
    let references = &reader.document.facts.references;
    let from = references.partition_point(|r| r.span.start < text.start);
    let inside = references[from..].iter().take_while(|r| r.span.start < text.end);
    inside.into_iter().filter_map(|r| r.clause).any(|c| reader.document.tree.clauses[c as usize].section == section)
}

/// Makes hits weak that adverse wording cuts back.
fn weaken(provision: &Provision, all: &mut Hits, readers: &[DocumentReader]) {
    for (pattern, own) in provision.patterns.iter().zip(&all.patterns) {
        if pattern.reading.defeats {
            continue;
        }
        for cut in own.iter().filter(|h| h.counts()) {
            for (i, hits) in all.elements.iter_mut().enumerate() {
                let meant =
                    pattern.reading.weakens.is_empty() || pattern.reading.weakens.iter().any(|w| usize::from(*w) == i);
                if !meant {
                    continue;
                }
                let scope = pattern.reading.scope;
                for hit in hits.iter_mut().filter(|h| h.strong() && h.document == cut.document) {
                    if same(&readers[hit.document], cut.window, hit.window, scope) {
                        hit.sense = Sense::Weak(pattern.id.clone());
                    }
                }
            }
        }
    }
}

fn status_of(hits: &[Hit]) -> ElementStatus {
    if hits.iter().any(Hit::strong) {
        ElementStatus::Met
    } else if hits.iter().any(Hit::counts) {
        ElementStatus::Weak
    } else {
        ElementStatus::Missing
    }
}

fn finding(provision: &Provision, all: &Hits, readers: &[DocumentReader]) -> Finding {
    let states: Vec<ElementStatus> = all.elements.iter().map(|h| status_of(h)).collect();
    let state = |e: u16| states.get(usize::from(e)).copied().unwrap_or(ElementStatus::Missing);
    let strong = |e: u16| state(e) == ElementStatus::Met;
    let found = provision.core.eval(&|e| state(e) != ElementStatus::Missing);
    let defeated =
        provision.patterns.iter().zip(&all.patterns).any(|(p, h)| p.reading.defeats && h.iter().any(Hit::counts));
    let status = match (found, defeated) {
        (false, true) if provision.adverse => Status::Adverse,
        (false, _) => Status::Missing,
        (true, true) => Status::Partial,
        (true, false) if provision.core.eval(&strong) && provision.met.eval(&strong) => Status::Met,
        (true, false) => Status::Partial,
    };
    let pairs = provision.elements.iter().zip(&all.elements);
    let mut elements: Vec<ElementFinding> = pairs.map(|(e, h)| element(provision, e, h, readers)).collect();
    for wanted in provision.core.lacking(&strong).into_iter().chain(provision.met.lacking(&strong)) {
        elements[usize::from(wanted)].wanted = true;
    }
    let severity = match status {
        Status::Partial => provision.severity.lower(),
        _ => provision.severity,
    };
    let documents: Vec<&Document> = readers.iter().map(|r| r.document).collect();
    Finding {
        provision: provision.id.clone(),
        title: provision.title.clone(),
        issue: provision.issue,
        severity,
        status,
        applies: applies::applies(provision, &documents),
        demanded: applies::demanded(provision, &documents),
        confidence: confidence(provision, status, all, readers),
        unread: if status == Status::Met { Vec::new() } else { applies::unread(provision.issue, &documents) },
        elements,
        evidence: evidence(provision, status, all, readers),
        concerns: concerns(provision, all, readers, status),
        parameters: parameters(provision, all, readers),
        laws: laws(provision, status),
        suggestion: None,
    }
}

fn element(provision: &Provision, element: &Element, hits: &[Hit], readers: &[DocumentReader]) -> ElementFinding {
    const MOST: usize = 2;
    let index = provision.elements.iter().position(|e| e.id == element.id).and_then(|i| u16::try_from(i).ok());
    let named = index.is_some_and(|i| provision.core.elements().contains(&i) || provision.met.elements().contains(&i));
    let mut best: Vec<&Hit> = hits.iter().filter(|h| h.counts()).collect();
    best.sort_by_key(|h| (!h.strong(), h.document, h.at.start));
    ElementFinding {
        id: element.id.clone(),
        status: status_of(hits),
        demanded_by: if named { vec!["baseline".into()] } else { Vec::new() },
        wanted: false,
        evidence: evidence::distinct(
            best.into_iter().map(|h| evidence::of(h, &element.rules[h.rule].text, &readers[h.document])),
            MOST,
        ),
    }
}

/// The quotes that decided the status.
fn evidence(provision: &Provision, status: Status, all: &Hits, readers: &[DocumentReader]) -> Vec<Evidence> {
    const MOST: usize = 3;
    let elements = provision.elements.iter().zip(&all.elements);
    let patterns = provision.patterns.iter().zip(&all.patterns);
    let mut out: Vec<Evidence> = Vec::new();
    if matches!(status, Status::Met | Status::Partial) {
        let decisive: Vec<u16> = provision.core.elements().into_iter().chain(provision.met.elements()).collect();
        let hits = elements.enumerate().flat_map(|(i, (e, h))| h.iter().filter(|h| h.counts()).map(move |h| (i, e, h)));
        let hits: Vec<_> = hits.filter(|(i, _, _)| decisive.iter().any(|d| usize::from(*d) == *i)).collect();
        let core = provision.core.elements();
        out = evidence::choose(&hits, &core, readers, MOST);
    }
    if status != Status::Met {
        let adverse = patterns.filter(|(p, _)| status != Status::Missing || p.reading.defeats);
        let hits = adverse.flat_map(|(p, h)| h.iter().filter(|h| h.counts()).map(move |h| (p, h)));
        let more = hits.map(|(p, h)| evidence::of(h, &p.rules[h.rule].text, &readers[h.document]));
        let room = if out.is_empty() { MOST } else { 1 };
        let room = room.max(MOST.saturating_sub(out.len()));
        for one in evidence::distinct(more, room) {
            if !out.iter().any(|o| o.file == one.file && o.start == one.start) {
                out.push(one);
            }
        }
    }
    if status == Status::Missing && out.is_empty() {
        let core = provision.core.elements();
        let near = core.iter().flat_map(|c| all.elements[usize::from(*c)].iter().map(move |h| (*c, h)));
        let near = near.filter(
            |(_, h)| matches!(&h.sense, Sense::Rejected(why) if !why.contains("heading") && !why.contains("apart")),
        );
        let near = near.map(|(c, h)| {
            evidence::of(h, &provision.elements[usize::from(c)].rules[h.rule].text, &readers[h.document])
        });
        out = evidence::distinct(near, 1);
    }
    out
}

fn confidence(provision: &Provision, status: Status, all: &Hits, readers: &[DocumentReader]) -> Confidence {
    let core = provision.core.elements();
    let hits: Vec<&Hit> = core.iter().flat_map(|c| &all.elements[usize::from(*c)]).collect();
    let check = |why: &str| Confidence { level: Level::Check, why: why.into() };
    let unknown = readers.iter().all(|r| r.document.facts.parties.vendor.is_empty());
    match status {
        _ if unknown => check("the text does not show which party provides the service"),
        Status::Met | Status::Partial if !hits.iter().any(|h| h.counts() && h.named) => {
            check("no sentence that states it names the party whose duty it is")
        }
        Status::Partial => {
            Confidence { level: Level::Clear, why: "the clause is there; what is missing is listed".into() }
        }
        Status::Met => Confidence { level: Level::Clear, why: "clear on the text".into() },
        Status::Missing if hits.iter().any(|h| !h.counts()) => {
            check("a passage comes near and was not taken; see the nearest wording")
        }
        Status::Missing => Confidence { level: Level::Clear, why: "no wording comes near".into() },
        Status::Adverse => Confidence { level: Level::Clear, why: "the contract says the opposite".into() },
    }
}

fn concerns(provision: &Provision, all: &Hits, readers: &[DocumentReader], status: Status) -> Vec<Concern> {
    let mut out: Vec<Concern> = Vec::new();
    for (pattern, hits) in provision.patterns.iter().zip(&all.patterns) {
        let Some(hit) = hits.iter().find(|h| h.counts()) else { continue };
        let severity = if pattern.reading.defeats { provision.severity } else { provision.severity.lower() };
        out.push(Concern {
            id: pattern.id.clone(),
            // Where nothing is there to be cut back, cutting back is a detail.
            severity: if status == Status::Missing { Severity::Low.min(severity) } else { severity },
            quote: evidence::of(hit, "", &readers[hit.document]).quote,
            why: pattern.question.clone(),
        });
    }
    out
}

/// Figures of the elements that carry a parameter; a figure goes before "undue-delay".
fn parameters(provision: &Provision, all: &Hits, readers: &[DocumentReader]) -> BTreeMap<String, Parameter> {
    let mut out: BTreeMap<String, Parameter> = BTreeMap::new();
    for (element, hits) in provision.elements.iter().zip(&all.elements) {
        let Some(name) = &element.reading.parameter else { continue };
        let slot = out.entry(name.clone()).or_insert(Parameter::Null);
        let mut own: Vec<&Hit> = hits.iter().filter(|h| h.counts()).collect();
        own.sort_by_key(|h| (!h.strong(), h.document, h.at.start));
        for hit in own {
            let value = value(name, hit, &readers[hit.document]);
            let better = matches!((&*slot, &value), (Parameter::Null, _) | (Parameter::Word(_), Parameter::Figure(_)));
            if better && value != Parameter::Null {
                *slot = value;
            }
        }
    }
    out
}

/// The period within a match, else in its sentence, in the unit of the parameter's name.
fn value(name: &str, hit: &Hit, reader: &DocumentReader) -> Parameter {
    let window = &reader.eval.stream.windows[hit.window as usize];
    let inside = |from: u32, to: u32| {
        reader.periods.iter().filter(move |(m, _)| m.start >= from && m.end <= to).map(|(_, p)| *p)
    };
    let read = |p: &Period| {
        let figure = if name.ends_with("_hours") {
            p.hours_param()
        } else if name.ends_with("_days") {
            p.days_param()
        } else {
            per_year(p)
        };
        figure.map(Parameter::Figure)
    };
    let own = inside(hit.at.start, hit.at.end).find_map(read);
    let own = own.or_else(|| inside(window.start, window.end).find_map(read));
    own.unwrap_or_else(
        || {
            if name.ends_with("_hours") { Parameter::Word("undue-delay".into()) } else { Parameter::Null }
        },
    )
}

fn laws(provision: &Provision, status: Status) -> Vec<LawFinding> {
    let law = |c: &crate::library::Citation| LawFinding {
        profile: c.law.clone(),
        citation: c.cite.clone(),
        kind: c.kind,
        check: c.check,
        required: Required::Unclear,
        policy: status,
    };
    provision.citations.iter().map(law).collect()
}

impl DocumentReader<'_> {
    /// The document read.
    pub(super) fn document(&self) -> &Document {
        self.document
    }

    /// Its words.
    pub(super) fn stream(&self) -> &Stream {
        self.eval.stream
    }
}
