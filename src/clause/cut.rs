//! Where one block holds several clauses: lines that begin with a label, titles above their text, numbers in a run.

use super::label::{Label, Wrap};
use super::piece::typed_bullet;
use super::title::is_title_like;
use crate::source::{Block, Contract, Place};
use crate::span::Span;

/// Where one block holds several clauses: at lines that begin with a label, and at the next number in a run of
/// numbered clauses ("2.1. ... 2.2. ..."). With each piece comes whether it is a line of a list without marks.
pub fn cut(block: &Block, text: &str, width: usize) -> Vec<(Span, bool)> {
    let mut out = Vec::new();
    let mut start = block.span.start as usize;
    let end = block.span.end as usize;
    let mut line = start;
    let mut item = false;
    let bullets = has_bullets(block, text);
    while let Some(n) = text[line..end].find('\n') {
        let next = line + n + 1;
        let (before, after) = (text[start..next - 1].trim_end(), &text[next..end]);
        let meant = is_meant(before, after, width);
        let listed = meant && ends_list_line(before) && !matches!(block.place, Place::Cell { .. });
        if listed || bullets && is_bullet(after) || breaks(before, after, block, meant) {
            runs(Span::new(start, next - 1), text, item, &mut out);
            (start, item) = (next, listed);
        }
        line = next;
    }
    runs(Span::new(start, end), text, item, &mut out);
    out
}

/// Whether lines of a block are bullets; one alone may be a dash at which a line was broken.
fn has_bullets(block: &Block, text: &str) -> bool {
    let lines = block.span.of(text).split('\n');
    !matches!(block.place, Place::Cell { .. }) && lines.filter(|l| is_bullet(l)).nth(1).is_some()
}

fn is_bullet(line: &str) -> bool {
    typed_bullet(line.trim_start_matches([' ', '\t'])) > 0
}

/// Whether a line leads to a list or is an item of one: "Customer may not:", "resell the Service; or".
fn ends_list_line(line: &str) -> bool {
    let line = line.strip_suffix("and").or_else(|| line.strip_suffix("or")).unwrap_or(line).trim_end();
    line.ends_with([';', ':'])
}

/// The width at which lines are broken within paragraphs: their greatest length (files that are not wrapped have
/// lines of hundreds of bytes).
pub fn line_width(contract: &Contract) -> usize {
    let lines = contract.blocks.iter().filter_map(|b| b.span.of(&contract.text).rsplit_once('\n'));
    lines.flat_map(|(head, _)| head.split('\n')).map(str::len).max().unwrap_or(0)
}

/// Whether a line break is the author's: the next word would have fitted on the line.
fn is_meant(before: &str, after: &str, width: usize) -> bool {
    let last_line = before.rsplit('\n').next().unwrap_or_default();
    let next_word = after.split_whitespace().next().unwrap_or_default();
    last_line.len() + 1 + next_word.len() <= width
}

/// Whether a new clause begins at `after`, the line that follows `before` within a block.
fn breaks(before: &str, after: &str, block: &Block, meant: bool) -> bool {
    let before = before.trim_end();
    let last_line = before.rsplit('\n').next().unwrap_or_default().trim();
    let next_line = after.split('\n').next().unwrap_or_default().trim();
    let ended = before.ends_with(['.', ';', ':', ',', '!', '?', '”', '"', '|'])
        || ["and", "or"].contains(&last_line.rsplit(' ').next().unwrap_or_default());
    if let Some(label) = Label::at_start(next_line) {
        let strong = label.figures.len() > 1 || !label.word.is_empty() || label.wrap != Wrap::Bare;
        if !meant && !before.ends_with('.') && label.figures.is_empty() && enumerates(before) {
            return false;
        }
        let line = Label::at_start(last_line).map_or(last_line, |l| &last_line[l.len..]);
        return strong && (ended || is_title_like(line) || last_line.len() < 60 && block.label.is_some());
    }
    // A title line above its text, in files where lines are kept.
    let body = match Label::at_start(before) {
        Some(label) => &before[label.len..],
        None => before,
    };
    !before.contains('\n')
        && !ended
        && is_title_like(body)
        && next_line.starts_with(char::is_uppercase)
        && next_line.len() > body.len()
}

/// Whether a text lists items within its sentence, so that a mark at a line's start is one more of them.
fn enumerates(text: &str) -> bool {
    // A sentence with marks within it is shorter; a block without breaks may be the whole file.
    const NEAR: usize = 4_000;
    let start = (text.len().saturating_sub(NEAR)..text.len()).find(|at| text.is_char_boundary(*at));
    let text = &text[start.unwrap_or(0)..];
    text.match_indices('(').any(|(at, _)| at > 0 && Label::at_start(&text[at..]).is_some_and(|l| !l.tail.is_empty()))
}

/// Cuts a span at each next number of a run of numbered clauses.
fn runs(span: Span, text: &str, item: bool, out: &mut Vec<(Span, bool)>) {
    let mut start = span.start as usize;
    let end = span.end as usize;
    let mut label = Label::at_start(text[start..end].trim_start());
    while let Some(current) = label.take().filter(|l| !l.figures.is_empty() && l.tail.is_empty() && l.word.is_empty()) {
        let Some(at) = next_in_run(&current, &text[start..end]) else { break };
        out.push((Span::new(start, start + at), item));
        start += at;
        label = Label::at_start(&text[start..end]);
    }
    out.push((Span::new(start, end), item));
}

/// Where in `text` the successor of `label` stands as a label, if it does.
fn next_in_run(label: &Label, text: &str) -> Option<usize> {
    let mut figures = label.figures.clone();
    *figures.last_mut()? += 1;
    let wanted = figures.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
    let mut from = label.len.max(1);
    while let Some(n) = text.get(from..)?.find(&wanted) {
        let at = from + n;
        from = at + wanted.len();
        let before = text[..at].trim_end_matches([' ', '\t', '\u{a0}', '\n']);
        let spaced = before.len() < at;
        let next = Label::at_start(&text[at..]);
        let same = next.as_ref().is_some_and(|l| l.figures == figures && l.wrap == label.wrap && l.tail.is_empty());
        let capital = next.is_some_and(|l| {
            text[at + l.len..].trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“'))
        });
        let ended = before.ends_with(['.', ';', ':', '!', '?', '”', ')']);
        if spaced && same && capital && ended && (figures.len() > 1 || label.wrap != Wrap::Bare) {
            return Some(at);
        }
    }
    None
}
