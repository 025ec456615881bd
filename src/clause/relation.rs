//! How a new clause stands to one that is open: beside it, in it, or above it.
//!
//! List levels of the word processor tell it where there are any, then decimal figures, then whether a label goes
//! on a series, then heading levels and indents.

use super::label::{Label, Mark, Wrap};

/// Heading levels of titles that no style names: below Markdown's six, above every run-in heading.
pub const DIVISION_LEVEL: u8 = 6;
pub const CAPITALS_LEVEL: u8 = 7;
pub const BOLD_LEVEL: u8 = 8;
pub const RUN_IN_LEVEL: u8 = 10;

/// An open clause and what decides whether later ones are its siblings.
pub struct Open {
    /// Its index in the tree.
    pub clause: u32,
    pub label: Option<Label>,
    /// How its mark was read: letters, roman or figures.
    pub series: Option<(Series, u16)>,
    pub level: Option<u8>,
    pub list: Option<(u32, u8)>,
    pub depth: u8,
    pub indent: i32,
    /// Whether it has a heading, and whether that stands on a line of its own.
    pub headed: bool,
    pub title: bool,
    /// Whether it is a schedule, which only another schedule or a higher heading ends.
    pub schedule: bool,
}

impl Open {
    /// An open clause of which nothing more is known.
    pub fn new(clause: u32) -> Self {
        Self {
            clause,
            label: None,
            series: None,
            level: None,
            list: None,
            depth: 0,
            indent: 0,
            headed: false,
            title: false,
            schedule: false,
        }
    }
}

/// What the marks of sibling labels have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    kind: SeriesKind,
    upper: bool,
    wrap: Wrap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SeriesKind {
    Letter,
    Roman,
    Number,
}

/// Where a new clause stands, seen from an open one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Above,
    Sibling,
    Child,
}

/// How `new` stands to the clause at place `at` of the stack, and how its mark reads as that one's successor.
pub fn relation(stack: &[Open], at: usize, new: &Open) -> (Relation, Option<(Series, u16)>) {
    let open = &stack[at];
    let plain = |r| (r, None);
    if open.schedule {
        let higher = open.level.zip(new.level).is_some_and(|(o, n)| n < o);
        return plain(if higher { Relation::Above } else { Relation::Child });
    }
    if let (Some((list, level)), Some((other, deeper))) = (open.list, new.list)
        && list == other
    {
        return plain(compare(deeper, level));
    }
    if let Some(relation) = by_figures(stack, at, new) {
        return plain(relation);
    }
    // Series go on before nesting is looked at: "(b)" after "(a)" whatever lies between.
    let goes_on = new.label.as_ref().and_then(|l| continues(open, l));
    let same_layout = open.depth == new.depth || open.depth == 0 || new.depth == 0;
    if let Some(series) = goes_on.filter(|_| same_layout) {
        return (Relation::Sibling, Some(series));
    }
    plain(by_layout(stack, at, new))
}

/// The relation of two decimal labels.
fn by_figures(stack: &[Open], at: usize, new: &Open) -> Option<Relation> {
    let open = &stack[at];
    let (a, b) = (figures(open)?, figures(new)?);
    // "1." below "§ 1" or "Article 1" is part of it.
    if let Some(relation) = relate_words(open, new).filter(|_| a.len() == b.len()) {
        return Some(relation);
    }
    // A plain "1." while figures are being counted begins a list within the clause at hand.
    let set_in = new.depth > open.depth || new.indent > open.indent;
    let deeper = a.len() > 1 || open.headed && !new.headed || set_in;
    if b == [1] && !new.title && deeper {
        return Some(Relation::Child);
    }
    if follows(&b, &a) {
        return Some(Relation::Sibling);
    }
    let mut below = stack[..at].iter().rev().take_while(|o| !o.schedule).filter_map(figures);
    let siblings = a.len() == b.len() && a[..a.len() - 1] == b[..b.len() - 1];
    // "8." after the list items "1." to "4." of clause 7 goes on with the clauses, not the items.
    // So does "2.3" after the list items "1." and "2." of clause 2.2.
    if (siblings || b.len() > a.len()) && below.clone().any(|f| follows(&b, &f)) {
        return Some(Relation::Above);
    }
    Some(relate_figures(&a, &b, below.any(|f| b.starts_with(&f))))
}

/// Whether figures are the next after others: [5, 3] after [5, 2].
fn follows(new: &[u16], before: &[u16]) -> bool {
    match (new.split_last(), before.split_last()) {
        (Some((n, head)), Some((b, other))) => head == other && *n == b + 1,
        _ => false,
    }
}

/// The relation by heading levels, nesting, indent and the marks' look.
fn by_layout(stack: &[Open], at: usize, new: &Open) -> Relation {
    let open = &stack[at];
    // A title on its own line, in capitals "II." or "B.", is no part of an item "(d)".
    let item = !open.headed && open.label.as_ref().is_some_and(|l| l.figures.is_empty());
    if item && new.title && new.label.as_ref().is_some_and(|l| l.tail.first().is_some_and(|m| m.upper)) {
        return Relation::Above;
    }
    match (open.level, new.level) {
        (Some(a), Some(b)) => return compare(b, a),
        // A bold line below a numbered title is a title within that clause; numbers that go on end it.
        (None, Some(BOLD_LEVEL | RUN_IN_LEVEL)) if open.title && new.label.is_none() => return Relation::Child,
        (None, Some(_)) if new.depth == 0 || new.depth <= open.depth => return Relation::Above,
        (None, Some(_)) => return Relation::Child,
        _ => {}
    }
    // What only its look makes a title, and what has none, ends where the numbers of the clauses around it go on.
    let resumes = resumes(stack, at, new);
    let weak = open.level.is_none() || open.level.is_some_and(|l| l >= CAPITALS_LEVEL) && open.label.is_none();
    // So does every heading within a clause where the next clause begins.
    let around = || stack[..at].iter().rev().take_while(|o| !o.schedule).filter(|o| o.title);
    let next = || new.label.as_ref().is_some_and(|l| around().any(|o| succeeds(o, l)));
    if resumes && (weak || open.label.is_none() && next()) {
        return Relation::Above;
    }
    if open.depth != new.depth && (open.depth > 0 || new.depth > 0) {
        return if new.depth > open.depth { Relation::Child } else { Relation::Above };
    }
    if open.level.is_some() {
        return Relation::Child;
    }
    if open.list.is_some() && open.list.map(|l| l.0) == new.list.map(|l| l.0) && open.depth == new.depth {
        return Relation::Sibling;
    }
    let Some(label) = &new.label else { return Relation::Above };
    // A mark that comes twice is the drafter's slip.
    let twice = open.label.as_ref().is_some_and(|l| l.is_item() && l.text == label.text) && open.indent == new.indent;
    // A new series opens below; a restart of the series that is open stands beside it.
    let restart = restarts(open, label) && open.indent >= new.indent;
    if restart || twice { Relation::Sibling } else { Relation::Child }
}

/// Whether the new clause goes on a series, or is part of a clause, that is open below place `at` of the stack.
fn resumes(stack: &[Open], at: usize, new: &Open) -> bool {
    let own = figures(new);
    stack[..at].iter().rev().take_while(|o| !o.schedule).any(|o| {
        let related = figures(o).zip(own.as_ref()).is_some_and(|(f, n)| {
            let later = f.len() == n.len() && f[..f.len() - 1] == n[..n.len() - 1] && n.last() > f.last();
            (later || n.len() > f.len() && n.starts_with(&f)) && relate_words(o, new).is_none()
        });
        related || new.label.as_ref().and_then(|l| continues(o, l)).is_some()
    })
}

/// Whether a new clause takes up the numbers of an open one that a schedule interrupted: "4." after "3.", "Part 2"
/// after "Part 1".
pub fn takes_up(open: &Open, new: &Open) -> bool {
    let division = || {
        let label = new.label.as_ref().filter(|l| is_division(l))?;
        goes_on(open, label).then_some(())
    };
    let counted = || figures(open).zip(figures(new)).is_some_and(|(before, own)| follows(&own, &before));
    open.level == new.level && (counted() || division().is_some())
}

fn compare(new: u8, open: u8) -> Relation {
    match new.cmp(&open) {
        std::cmp::Ordering::Greater => Relation::Child,
        std::cmp::Ordering::Equal => Relation::Sibling,
        std::cmp::Ordering::Less => Relation::Above,
    }
}

/// The figures of a decimal label, "5.2" as [5, 2]; a letter in front counts as a figure of its own.
fn figures(open: &Open) -> Option<Vec<u16>> {
    figures_at(open.label.as_ref()?, open.depth)
}

/// The figures of a label at a depth of Markdown's lists.
fn figures_at(label: &Label, depth: u8) -> Option<Vec<u16>> {
    if label.figures.is_empty() {
        return None;
    }
    // A word in front sets a series of its own, unless it is one that clauses of any depth carry.
    if !matches!(label.word.as_str(), "" | "§" | "section" | "clause" | "article" | "paragraph") {
        return None;
    }
    // "1)" and "(1)" count items of their own, not clauses.
    if label.figures.len() == 1 && (depth > 1 || matches!(label.wrap, Wrap::Brackets | Wrap::Half)) {
        return None;
    }
    let prefix = label.prefix.bytes().next().map(u16::from);
    let suffix = label.tail.first().and_then(|m| m.letter).filter(|_| label.wrap != Wrap::Brackets);
    // "5.0" heads "5.1" and "5.2".
    let count = if label.figures.len() == 2 && label.figures[1] == 0 { 1 } else { label.figures.len() };
    Some(prefix.into_iter().chain(label.figures[..count].iter().copied()).chain(suffix).collect())
}

/// Whether a label names a division that titles without number stand under: "ARTICLE IV", "Part B".
pub fn is_division(label: &Label) -> bool {
    matches!(label.word.as_str(), "article" | "section" | "part" | "chapter" | "title") && label.figures.len() <= 1
}

fn relate_words(open: &Open, new: &Open) -> Option<Relation> {
    let (a, b) = (open.label.as_ref()?.word.as_str(), new.label.as_ref()?.word.as_str());
    (a != b).then_some(if b.is_empty() { Relation::Child } else { Relation::Above })
}

fn relate_figures(open: &[u16], new: &[u16], parent_below: bool) -> Relation {
    if new.starts_with(open) && new.len() > open.len() {
        return Relation::Child;
    }
    if open.len() == new.len() && open[..open.len() - 1] == new[..new.len() - 1] {
        return Relation::Sibling;
    }
    if new.len() > open.len() && !parent_below {
        return Relation::Child;
    }
    Relation::Above
}

/// The marks that a label can be the next of: its last bracketed mark, or its single figure.
fn last_mark(label: &Label) -> Option<Mark> {
    label.tail.last().cloned().or_else(|| {
        let figure = *label.figures.first().filter(|_| label.figures.len() == 1)?;
        Some(Mark { text: figure.to_string(), letter: None, roman: None, number: Some(figure), upper: false })
    })
}

/// Whether `label` goes on the series that `open` is part of, and with what value.
fn continues(open: &Open, label: &Label) -> Option<(Series, u16)> {
    let (series, value) = open.series?;
    let before = open.label.as_ref()?;
    let same_head = before.word == label.word
        && before.figures.len() == label.figures.len()
        && before.tail.len() == label.tail.len();
    let mark = last_mark(label)?;
    let now = value_as(&mark, series.kind)?;
    let next = now == value + 1 || now == value + 2;
    let same_look = series.wrap == label.wrap && (series.upper == mark.upper || series.kind == SeriesKind::Number);
    (same_head && next && same_look).then_some((series, now))
}

/// Whether `label` goes on the series of an open clause.
pub fn goes_on(open: &Open, label: &Label) -> bool {
    continues(open, label).is_some()
}

/// Whether an open clause with a title holds the clause of the figures to come, and some before it: a heading between
/// 5.3 and 5.4 stands within clause 5.
pub fn holds(open: &Open, ahead: &[u16]) -> bool {
    let above = ahead.split_last().filter(|(last, _)| **last > 1).map(|(_, above)| above);
    open.title && above.is_some_and(|above| !above.is_empty() && figures(open).as_deref() == Some(above))
}

/// Whether `label` is the number after that of an open clause: "2.0" after "1.0", "5.3" after "5.2".
pub fn succeeds(open: &Open, label: &Label) -> bool {
    figures(open).zip(figures_at(label, 0)).is_some_and(|(before, own)| follows(&own, &before))
}

fn value_as(mark: &Mark, kind: SeriesKind) -> Option<u16> {
    match kind {
        SeriesKind::Letter => mark.letter,
        SeriesKind::Roman => mark.roman,
        SeriesKind::Number => mark.number,
    }
}

/// How the first mark of a series is read: "(i)" begins roman figures, "(a)" letters.
pub fn first_series(label: &Label) -> Option<(Series, u16)> {
    let mark = last_mark(label)?;
    let series = |kind| Series { kind, upper: mark.upper, wrap: label.wrap };
    if let Some(n) = mark.number {
        return Some((series(SeriesKind::Number), n));
    }
    match (mark.letter.filter(|_| mark.text.len() == 1 || mark.roman.is_none()), mark.roman) {
        (_, Some(1)) => Some((series(SeriesKind::Roman), 1)),
        (None, Some(roman)) => Some((series(SeriesKind::Roman), roman)),
        (Some(letter), _) => Some((series(SeriesKind::Letter), letter)),
        (None, None) => None,
    }
}

/// Whether a label is the first of a series of items: "(a)", "i.", "1)", "1." but no "1.1".
pub fn begins_items(label: &Label) -> bool {
    let single = label.word.is_empty() && label.prefix.is_empty() && label.figures.len() + label.tail.len() == 1;
    single && first_series(label).is_some_and(|(_, value)| value == 1)
}

/// Whether a label counts a step deeper than that of an open clause: "4.4.1" or "4.1.1" in "4.4".
pub fn steps_down(open: &Open, label: &Label) -> bool {
    let depth = open.label.as_ref().map_or(0, |l| l.figures.len());
    depth > 0 && label.tail.is_empty() && label.figures.len() > depth && label.figures.last() == Some(&1)
}

/// Whether a label begins the series of an open clause anew: "(a)" after "(c)", but not "(i)" after "(c)".
fn restarts(open: &Open, label: &Label) -> bool {
    let (Some((series, _)), Some(before), Some(mark)) = (open.series, open.label.as_ref(), last_mark(label)) else {
        return false;
    };
    let same_look = series.wrap == label.wrap && (series.upper == mark.upper || series.kind == SeriesKind::Number);
    let first = value_as(&mark, series.kind) == Some(1);
    first && same_look && before.word == label.word && before.figures.len() == label.figures.len()
}
