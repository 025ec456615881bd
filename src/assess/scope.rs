//! Scopes: what counts only near something else, and what cuts back what stands near it.

use super::hits::{DocumentReader, Hit, Hits};
use super::sense::Sense;
use crate::library::Provision;
use crate::library::page::{Reading, Scope};
use crate::matching::WindowId;

/// Rejects hits that stand too far from what they belong to.
pub(super) fn anchor(provision: &Provision, all: &mut Hits, readers: &[DocumentReader]) {
    let readings: Vec<&Reading> = provision.elements.iter().map(|e| &e.reading).collect();
    let mut done: Vec<bool> = readings.iter().map(|r| r.anchors.is_empty()).collect();
    // An anchor can have an anchor of its own; a page with a circle of them is refused when it is read.
    for _ in 0..readings.len() {
        for (i, reading) in readings.iter().enumerate() {
            if !done[i] && reading.anchors.iter().all(|a| done[*a as usize]) {
                let mut own = std::mem::take(&mut all.elements[i]);
                keep_near(provision, &mut own, reading, all, readers);
                all.elements[i] = own;
                done[i] = true;
            }
        }
    }
    for (i, pattern) in provision.patterns.iter().enumerate().filter(|(_, p)| !p.reading.anchors.is_empty()) {
        let mut own = std::mem::take(&mut all.patterns[i]);
        keep_near(provision, &mut own, &pattern.reading, all, readers);
        all.patterns[i] = own;
    }
}

/// Rejects those of `own` that have no counting hit of their anchors in scope.
fn keep_near(provision: &Provision, own: &mut [Hit], reading: &Reading, all: &Hits, readers: &[DocumentReader]) {
    let anchors = || reading.anchors.iter().flat_map(|a| &all.elements[*a as usize]).filter(|h| h.counts());
    let near = |hit: &Hit| {
        let in_scope = |a: &Hit| same(&readers[hit.document], a.window, hit.window, reading.scope);
        anchors().any(|a| a.document == hit.document && in_scope(a))
    };
    for hit in own.iter_mut().filter(|h| h.counts()) {
        if !near(hit) {
            hit.sense = Sense::Rejected(format!("it stands apart from {}", names(provision, &reading.anchors)));
        }
    }
}

fn names(provision: &Provision, elements: &[u16]) -> String {
    let ids: Vec<&str> = elements.iter().map(|e| provision.elements[*e as usize].id.as_str()).collect();
    crate::error::one_of(&ids)
}

/// Where a text has no clauses, a scope reaches so many sentences far.
const REACH_WITHOUT_CLAUSES: u32 = 8;

/// Whether two windows are in the same scope.
fn same(reader: &DocumentReader, a: WindowId, b: WindowId, scope: Scope) -> bool {
    let stream = reader.stream();
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
pub(super) fn weaken(provision: &Provision, all: &mut Hits, readers: &[DocumentReader]) {
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
