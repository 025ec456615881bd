//! Quotes: from a hit to the words that a reader can check.

use super::Document;
use super::finding::Evidence;
use super::hits::{DocumentReader, Hit};
use super::sense::Sense;
use crate::clause::Role;
use crate::library::Element;
use crate::matching::stream::WindowId;
use crate::span::{Span, trim};
use std::collections::{BTreeMap, BTreeSet};

/// The quote of a hit: its sentence, or the item that it stands in.
pub(super) fn of(hit: &Hit, rule: &str, reader: &DocumentReader) -> Evidence {
    let document = reader.document;
    let text = &document.contract.text;
    let window = &reader.stream().windows[hit.window as usize];
    let (first, last) = (reader.stream().word(hit.at.start).span, reader.stream().word(hit.at.end - 1).span);
    // What stands in the lead-in alone is quoted from there.
    let lead = lead(document, first).filter(|_| hit.at.end <= window.body);
    let (own, clause) = lead.unwrap_or((window.own, window.clause));
    let span = quoted(text, own, last, first);
    let heading = document.tree.heading(clause).map_or("", |h| h.of(text));
    Evidence {
        file: document.path.clone(),
        quote: span.of(text).to_string(),
        clause: document.tree.cite(clause).to_string(),
        heading: heading.split_whitespace().collect::<Vec<_>>().join(" "),
        start: span.start,
        end: span.end,
        only_in: None,
        context: window.lead.filter(|_| lead.is_none()).map(|l| l.of(text).to_string()),
        rule: rule.to_string(),
    }
}

/// The sentence, and its clause, in which a word stands.
fn lead(document: &Document, word: Span) -> Option<(Span, u32)> {
    let after = document.tree.sentences.partition_point(|s| s.span.start <= word.start);
    let sentence = document.tree.sentences[..after].last()?;
    sentence.span.contains(word).then_some((sentence.span, sentence.clause))
}

/// A quote is a sentence, not a page: longer ones are cut to what stands around the match.
const LONGEST_QUOTE: usize = 1_000;

fn quoted(text: &str, own: Span, last: Span, first: Span) -> Span {
    let own = trim(text, own);
    if own.len() <= LONGEST_QUOTE {
        return own;
    }
    let inside = |s: Span| own.contains(s);
    let from = if inside(first) {
        first
    } else if inside(last) {
        last
    } else {
        return cut(text, own, own.start);
    };
    let middle = from.start.saturating_sub(crate::span::offset(LONGEST_QUOTE / 3)).max(own.start);
    cut(text, own, middle)
}

/// At most the longest quote from `start` on, at word boundaries.
fn cut(text: &str, own: Span, start: u32) -> Span {
    let mut from = start as usize;
    while from > own.start as usize && !(text.is_char_boundary(from) && text[..from].ends_with(char::is_whitespace)) {
        from -= 1;
    }
    let mut to = (from + LONGEST_QUOTE).min(own.end as usize);
    while to > from
        && !(to == own.end as usize || text.is_char_boundary(to) && text[to..].starts_with(char::is_whitespace))
    {
        to -= 1;
    }
    trim(text, Span::new(from, to))
}

/// The first `most` quotes at different places.
pub(super) fn distinct(all: impl Iterator<Item = Evidence>, most: usize) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    for one in all {
        if out.len() == most {
            break;
        }
        let seen = out.iter().any(|o| o.file == one.file && o.start < one.end && one.start < o.end);
        if !seen {
            out.push(one);
        }
    }
    out
}

/// The quotes that show most elements: the core first, then each that adds an element, the earlier first.
pub(super) fn choose(
    hits: &[(usize, &Element, &Hit)],
    core: &[u16],
    readers: &[DocumentReader],
    most: usize,
) -> Vec<Evidence> {
    let mut shown: Vec<usize> = Vec::new();
    let mut out: Vec<Evidence> = Vec::new();
    let is_core = |i: usize| core.iter().any(|c| usize::from(*c) == i);
    let any_core = hits.iter().any(|(i, _, _)| is_core(*i));
    let mut together: BTreeMap<(usize, WindowId), BTreeSet<usize>> = BTreeMap::new();
    for (i, _, hit) in hits {
        together.entry((hit.document, hit.window)).or_default().insert(*i);
    }
    while out.len() < most {
        let best = hits
            .iter()
            .filter(|(i, _, _)| !shown.contains(i))
            .filter(|(i, _, _)| !out.is_empty() || is_core(*i) || !any_core)
            .max_by_key(|(_, _, h)| {
                let adds = together[&(h.document, h.window)].iter().filter(|j| !shown.contains(j)).count();
                let heading = readers[h.document].stream().windows[h.window as usize].role == Role::Heading;
                (h.sense == Sense::Stated, !heading, adds, std::cmp::Reverse((h.document, h.at.start)))
            });
        let Some((_, element, hit)) = best else { break };
        shown.extend(&together[&(hit.document, hit.window)]);
        let quote = of(hit, &element.rules[hit.rule].text, &readers[hit.document]);
        if !out.iter().any(|o| o.file == quote.file && o.start < quote.end && quote.start < o.end) {
            out.push(quote);
        }
    }
    out
}
