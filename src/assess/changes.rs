//! Tracked changes: the findings of both views as one list. What stands only in a pending insertion does not count, and
//! what a deletion would take away is said first, so each status is the one that holds whatever becomes of the changes.

use super::finding::{Change, Concern, Confidence, ElementFinding, Evidence, Finding, Level};
use crate::source::{Contract, Revised, Revision, Source, View};
use crate::span::Span;
use std::collections::BTreeSet;

/// One document in both views.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Its path as reports show it.
    pub path: &'a str,
    /// What both views are made from.
    pub source: &'a Source,
    /// All changes accepted.
    pub accepted: &'a Contract,
    /// All changes rejected.
    pub original: &'a Contract,
}

/// Whether two views show different texts or numbers.
#[must_use]
pub fn differ(accepted: &Contract, original: &Contract) -> bool {
    let labels = accepted.blocks.iter().map(|b| &b.label);
    accepted.text != original.text || !labels.eq(original.blocks.iter().map(|b| &b.label))
}

impl Reading<'_> {
    /// The same words of the same segments in the other view.
    fn carried(&self, span: Span, from: View) -> Option<Span> {
        let (from, to) = self.sides(from);
        let place = |at: u32| -> Option<u32> {
            let index = from.origins.partition_point(|o| o.0 <= at).checked_sub(1)?;
            let (start, segment) = from.origins[index];
            let there = to.origins.iter().find(|o| o.1 == segment)?;
            Some(there.0 + (at - start))
        };
        let (start, last) = (place(span.start)?, place(span.end.checked_sub(1)?)?);
        let there = Span { start, end: last + 1 };
        (to.text.get(start as usize..=last as usize) == Some(span.of(&from.text))).then_some(there)
    }

    /// The tracked changes within a span of a view, as indices into the source's.
    fn revisions(&self, span: Span, view: View) -> BTreeSet<u32> {
        let (contract, _) = self.sides(view);
        let first = contract.origins.partition_point(|o| o.0 <= span.start).saturating_sub(1);
        let within = contract.origins[first..].iter().take_while(|o| o.0 < span.end);
        let revised = within.map(|o| self.source.segments[o.1 as usize].revised);
        revised.filter_map(|r: Revised| if view == View::Accepted { r.inserted } else { r.deleted }).collect()
    }

    fn sides(&self, from: View) -> (&Contract, &Contract) {
        match from {
            View::Accepted => (self.accepted, self.original),
            View::Original => (self.original, self.accepted),
        }
    }
}

/// The findings of a bundle whose documents have tracked changes, from those of each view (same library, same order).
///
/// The status is the lower of the two; where the other is higher, `pending` (accepting adds it) or `removed` (accepting
/// takes it away) says what it is and who made the change. Evidence is that of the accepted text; what only the original
/// holds stands in `deleted`.
#[must_use]
pub fn merge(accepted: Vec<Finding>, original: Vec<Finding>, readings: &[Reading]) -> Vec<Finding> {
    accepted.into_iter().zip(original).map(|(a, o)| one(a, o, readings)).collect()
}

fn one(mut accepted: Finding, mut original: Finding, readings: &[Reading]) -> Finding {
    place(&mut accepted, View::Accepted, readings);
    place(&mut original, View::Original, readings);
    let by = original.status.cmp(&accepted.status);
    let change = |better: &Finding, worse: &Finding| Change { status: better.status, ..who(better, worse, readings) };
    let (mut out, other) = match by {
        std::cmp::Ordering::Greater => {
            original.pending = Some(change(&accepted, &original));
            (original, accepted)
        }
        std::cmp::Ordering::Less => {
            accepted.removed = Some(change(&original, &accepted));
            (accepted, original)
        }
        std::cmp::Ordering::Equal => (accepted, original),
    };
    let only_here = |e: &Evidence| e.only_in == Some(View::Original);
    if by.is_ne() {
        out.only_in = Some(if by.is_gt() { View::Accepted } else { View::Original });
        out.confidence = Confidence {
            level: Level::Check,
            why: "the verdict hangs on tracked changes; both texts are quoted".into(),
        };
        let changed = other.evidence.iter().any(|e| e.only_in.is_some());
        out.evidence.extend(other.evidence.into_iter().filter(|e| !changed || e.only_in.is_some()));
    }
    for (element, other) in out.elements.iter_mut().zip(other.elements) {
        lower(element, other);
        element.evidence.retain(|e| !only_here(e));
    }
    out.deleted = out.evidence.extract_if(.., |e| only_here(e)).collect();
    join_concerns(&mut out, other.concerns);
    out.unweighed.extend(other.unweighed);
    out.unweighed.sort();
    out.unweighed.dedup();
    out
}

/// Moves evidence of `view` that both views hold to where the accepted text has it, and marks the rest.
fn place(finding: &mut Finding, view: View, readings: &[Reading]) {
    let own = finding.elements.iter_mut().flat_map(|e| &mut e.evidence);
    for evidence in finding.evidence.iter_mut().chain(own) {
        let Some(reading) = readings.iter().find(|r| r.path == evidence.file) else { continue };
        match reading.carried(Span { start: evidence.start, end: evidence.end }, view) {
            None => evidence.only_in = Some(view),
            Some(there) if view == View::Original => (evidence.start, evidence.end) = (there.start, there.end),
            Some(_) => {}
        }
    }
    for concern in &mut finding.concerns {
        concern.only_in = Some(view);
    }
}

/// Who made the changes that tell two findings apart: those in the quotes of the better one, else of the worse one, else
/// all of the file.
fn who(better: &Finding, worse: &Finding, readings: &[Reading]) -> Change {
    let in_quotes = |finding: &Finding| -> Vec<&Revision> {
        let own = finding.elements.iter().flat_map(|e| &e.evidence);
        let quotes = finding.evidence.iter().chain(own).filter_map(|e| Some((e, e.only_in?)));
        quotes.flat_map(|(e, view)| revisions_of(e, view, readings)).collect()
    };
    let mut found = in_quotes(better);
    if found.is_empty() {
        found = in_quotes(worse);
    }
    if found.is_empty() {
        found = readings.iter().flat_map(|r| &r.source.revisions).collect();
    }
    let mut authors: Vec<&str> = Vec::new();
    for author in found.iter().map(|r| r.author.trim()).filter(|a| !a.is_empty()) {
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    let date = found.iter().map(|r| r.date.as_str()).max().unwrap_or_default();
    Change { author: authors.join(", "), date: date.to_string(), status: better.status }
}

fn revisions_of<'a>(evidence: &Evidence, view: View, readings: &'a [Reading]) -> Vec<&'a Revision> {
    let Some(reading) = readings.iter().find(|r| r.path == evidence.file) else { return Vec::new() };
    let within = reading.revisions(Span { start: evidence.start, end: evidence.end }, view);
    within.into_iter().filter_map(|r| reading.source.revisions.get(r as usize)).collect()
}

/// The lower status of an element, with the quotes that only the other view holds.
fn lower(element: &mut ElementFinding, other: ElementFinding) {
    element.wanted |= other.wanted;
    if other.status != element.status {
        element.status = element.status.max(other.status);
        element.evidence.extend(other.evidence.into_iter().filter(|e| e.only_in.is_some()));
    }
}

/// Concerns of both views, once each; one that both have stands in both.
fn join_concerns(finding: &mut Finding, others: Vec<Concern>) {
    for other in others {
        match finding.concerns.iter_mut().find(|c| c.id == other.id) {
            Some(own) => own.only_in = None,
            None => finding.concerns.push(other),
        }
    }
}
