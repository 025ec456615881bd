//! Pieces: blocks cut where one block holds several clauses, with label and run-in heading told apart.

use super::label::{Label, Wrap};
use crate::source::{Block, Contract, Place};
use crate::span::{Span, trim};

/// A stretch of one block that is one clause opener, heading or paragraph.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Everything, label included.
    pub whole: Span,
    /// The text after label and run-in heading.
    pub text: Span,
    /// Its label, typed or computed.
    pub label: Option<Label>,
    /// A heading at its start, or all of it.
    pub heading: Option<Span>,
    /// Whether nothing but the heading (and label) is there.
    pub title: Title,
    /// Heading level of its style or of Markdown.
    pub level: Option<u8>,
    /// List and level of a computed label.
    pub list: Option<(u32, u8)>,
    /// List nesting in Markdown.
    pub depth: u8,
    /// Indent in twentieths of a point.
    pub indent: i32,
    /// Whether a bullet stands in front.
    pub bullet: bool,
    /// Where it stands.
    pub place: Place,
}

/// How sure it is that a piece is a title on a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// It is text.
    No,
    /// Short and written like a title; what follows decides.
    Maybe,
    /// A heading by its style, or short and set in bold or capitals.
    Yes,
}

/// A title has at most this many bytes; real ones rarely reach half of it.
const LONGEST_TITLE: usize = 120;
/// A run-in heading without bold is at most this many words: "Return of Customer Data."
const LONGEST_PLAIN_HEADING: usize = 7;

/// "You are the sole licensee" is a title; longer lines with a verb are clauses in a heading style.
const LONGEST_TITLE_WITH_VERB: usize = 7;
/// ... and at most this many where only its first word is capitalised: "Breach of warranty: ..."
const SENTENCE_CASE_HEADING: usize = 4;

/// Cuts the blocks of `contract` into pieces.
#[must_use]
pub fn pieces(contract: &Contract) -> Vec<Piece> {
    let mut out = Vec::with_capacity(contract.blocks.len() + 16);
    let width = line_width(contract);
    for block in &contract.blocks {
        let mut first = true;
        for (span, item) in cut(block, &contract.text, width) {
            let span = trim(&contract.text, span);
            if !span.is_empty() {
                let mut piece = piece(block, span, first, &contract.text);
                piece.bullet |= item && piece.label.is_none();
                out.push(piece);
                first = false;
            }
        }
    }
    out
}

/// Where one block holds several clauses: at lines that begin with a label, and at the next number in a run of
/// numbered clauses ("2.1. ... 2.2. ..."). With each piece comes whether it is a line of a list without marks.
fn cut(block: &Block, text: &str, width: usize) -> Vec<(Span, bool)> {
    let mut out = Vec::new();
    let mut start = block.span.start as usize;
    let end = block.span.end as usize;
    let mut line = start;
    let mut item = false;
    while let Some(n) = text[line..end].find('\n') {
        let next = line + n + 1;
        let (before, after) = (text[start..next - 1].trim_end(), &text[next..end]);
        let meant = is_meant(before, after, width);
        let listed = meant && ends_list_line(before) && !matches!(block.place, Place::Cell { .. });
        if listed || breaks(before, after, block, meant) {
            runs(Span::new(start, next - 1), text, item, &mut out);
            (start, item) = (next, listed);
        }
        line = next;
    }
    runs(Span::new(start, end), text, item, &mut out);
    out
}

/// Whether a line leads to a list or is an item of one: "Customer may not:", "resell the Service; or".
fn ends_list_line(line: &str) -> bool {
    let line = line.strip_suffix("and").or_else(|| line.strip_suffix("or")).unwrap_or(line).trim_end();
    line.ends_with([';', ':'])
}

/// The width at which lines are broken within paragraphs: their greatest length (files that are not wrapped have
/// lines of hundreds of bytes).
fn line_width(contract: &Contract) -> usize {
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
        if !meant && label.figures.is_empty() && enumerates(before) {
            return false;
        }
        return strong && (ended || is_title_like(last_line) || last_line.len() < 60 && block.label.is_some());
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

fn piece(block: &Block, whole: Span, first: bool, text: &str) -> Piece {
    let raw = whole.of(text);
    let typed = Label::at_start(raw);
    // A typed number wins over a computed one: authors switch automatic numbers off badly.
    let computed = block.label.as_deref().filter(|_| first).and_then(|l| Label::computed(l).or_else(|| odd_label(l)));
    let typed_len = typed.as_ref().map_or(0, |l| l.len);
    let label = match (typed, computed) {
        (Some(typed), Some(computed)) if typed.figures.is_empty() && computed.text != typed.text => {
            // "1. (a) text": the computed number belongs to the clause, the typed one to an item inside.
            if typed.word.is_empty() { Some(computed) } else { Some(typed) }
        }
        (Some(typed), _) => Some(typed),
        (None, computed) => computed,
    };
    let skip = if label.as_ref().is_some_and(|l| l.len > 0) { typed_len } else { 0 };
    let body = trim(text, Span::new(whole.start as usize + skip, whole.end as usize));
    let lead_end = if first && block.lead > 0 { block.span.start + block.lead } else { 0 };
    let level = block.level.filter(|_| first);
    let place = if is_contents_entry(raw) && block.place == Place::Body { Place::Contents } else { block.place };
    let mut out = Piece {
        whole,
        text: body,
        label,
        heading: None,
        title: Title::No,
        level,
        list: block.list.filter(|_| first),
        depth: block.depth,
        indent: block.indent,
        bullet: block.bullet && first,
        place,
    };
    out.title = title(&out, block, text);
    if out.title == Title::Yes {
        out.heading = Some(trim_heading(text, body)).filter(|b| !b.is_empty());
        out.text = Span::new(body.end as usize, body.end as usize);
    } else if let Some(heading) = run_in(&out, lead_end, text) {
        out.heading = Some(trim_heading(text, heading));
        out.text = trim(text, Span::new(heading.end as usize, body.end as usize));
    }
    out
}

/// Whether a line is an entry of a table of contents: a title, a tab or dots, a page number.
fn is_contents_entry(line: &str) -> bool {
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    let figure = line.len() - title.len();
    let leader = title.ends_with('\t') || title.trim_end().ends_with("...") || title.trim_end().ends_with('…');
    (1..=5).contains(&figure) && leader && line.len() <= 160 && title.chars().any(char::is_alphabetic)
}

/// A computed label of a form that the grammar does not know ("Question 1 -"), kept as it is.
fn odd_label(text: &str) -> Option<Label> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let figures = digits.parse().ok().map(|n| vec![n]).unwrap_or_default();
    let text = text.trim();
    (!text.is_empty()).then(|| Label {
        text: text.to_string(),
        len: 0,
        word: text.split(' ').next().unwrap_or_default().to_lowercase(),
        prefix: String::new(),
        figures,
        tail: Vec::new(),
        wrap: Wrap::Bare,
    })
}

fn title(piece: &Piece, block: &Block, text: &str) -> Title {
    let body = piece.text.of(text);
    if body.is_empty() {
        return Title::No;
    }
    if matches!(piece.place, Place::Cell { .. } | Place::Note | Place::HeaderFooter | Place::Contents) || piece.bullet {
        return Title::No;
    }
    let words = body.split_whitespace().count();
    let headed = piece.level.is_some() && words <= 12 && !has_verb(body);
    let sentence = body.ends_with(['.', ';', ',']) && words > 4 && !headed;
    let short = body.len() <= LONGEST_TITLE && !sentence && !body.contains(": ");
    let schedule = piece.label.as_ref().is_some_and(Label::is_schedule);
    if !short || body.starts_with(['_', '[']) || body.ends_with(';') {
        // A heading style can hold a whole clause.
        return Title::No;
    }
    let two_sentences = body.match_indices(". ").any(|(at, _)| at > 3 && body[at + 2..].trim_start().starts_with(char::is_uppercase));
    if has_verb(body) && words > LONGEST_TITLE_WITH_VERB || two_sentences && words > LONGEST_TITLE_WITH_VERB {
        return Title::No;
    }
    if piece.level.is_some() {
        return if is_defined_term(body) { Title::No } else { Title::Yes };
    }
    let set_apart = (block.emphasis && !body.ends_with(':')) || is_capitals(body);
    if (set_apart || schedule) && !is_defined_term(body) && !body.ends_with(',') {
        return if piece.depth > 1 && piece.label.is_none() { Title::Maybe } else { Title::Yes };
    }
    let body = if piece.label.is_some() { body.trim_end_matches('.') } else { body };
    if is_title_like(body) { Title::Maybe } else { Title::No }
}

/// A heading at the start of the piece's text, on the same line as what it heads.
fn run_in(piece: &Piece, lead_end: u32, text: &str) -> Option<Span> {
    let body = piece.text;
    let raw = body.of(text);
    if is_defined_term(raw) || matches!(piece.place, Place::Cell { .. }) {
        return None;
    }
    if lead_end > body.start && lead_end < body.end {
        let lead = Span { start: body.start, end: lead_end };
        let lead_text = lead.of(text).trim_end();
        let rest = text[lead_end as usize..body.end as usize].trim_start();
        let closed = lead_text.ends_with(['.', ':', '–', '—', '-', '?']);
        let closes = rest.starts_with(['.', ':', '–', '—', '-']) || text[lead_end as usize..].starts_with('\n');
        let short = lead_text.len() <= LONGEST_TITLE && lead_text.split_whitespace().count() <= 14;
        let titled = lead_text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let more = rest.trim_start_matches(['.', ':', '–', '—', '-', ' ']).len() > 3;
        if short && titled && more && (closed || closes) {
            let extra = rest.len() - rest.trim_start_matches(['.', ':', '–', '—', '-']).len();
            let gap = body.end as usize - lead_end as usize - rest.len();
            let end = if closes && extra > 0 { lead_end as usize + gap + extra } else { lead_end as usize };
            return Some(Span::new(body.start as usize, end));
        }
    }
    piece.label.as_ref()?;
    let stop = raw.find(['.', ':'])?;
    let (head, rest) = (&raw[..stop], raw[stop + 1..].trim_start());
    let words = head.split_whitespace().count();
    let closed = raw[stop + 1..].starts_with(char::is_whitespace) && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '('));
    let titled = is_title_case(head) || words <= SENTENCE_CASE_HEADING && head.starts_with(char::is_uppercase) && !has_verb(head);
    (words <= LONGEST_PLAIN_HEADING && closed && titled)
        .then(|| Span::new(body.start as usize, body.start as usize + stop + 1))
}

fn trim_heading(text: &str, heading: Span) -> Span {
    let around = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | '–' | '—' | '-');
    let kept = heading.of(text).trim_end_matches(around);
    let start = heading.start as usize + (kept.len() - kept.trim_start_matches(around).len());
    Span::new(start, heading.start as usize + kept.len())
}

/// Whether the text begins with a term in quotation marks, as definitions do.
pub fn is_defined_term(text: &str) -> bool {
    text.starts_with(['"', '“', '‘', '„', '«']) || text.starts_with("'")
}

/// Whether all letters are capitals, and there are enough of them to mean it.
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase) && text.len() <= LONGEST_TITLE
}

/// Whether a line reads like a title: short, capitalised, no sentence.
pub fn is_title_like(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    (1..=9).contains(&words)
        && text.len() <= 70
        && !text.ends_with(['.', ';', ',', ':', '!', '?', '_', '|', ')'])
        && !is_defined_term(text)
        && text.starts_with(char::is_uppercase)
        && (is_capitals(text) || is_title_case(text) || words <= 5 && !has_verb(text))
}

/// Whether every word of weight is capitalised.
fn is_title_case(text: &str) -> bool {
    const SMALL: [&str; 20] = [
        "and", "or", "of", "the", "to", "for", "in", "on", "by", "with", "a", "an", "from", "at", "as", "upon", "under",
        "into", "per", "via",
    ];
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '–')).filter(|w| !w.is_empty());
    let Some(first) = words.next() else { return false };
    first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && words.all(|w| {
            let w = w.trim_matches(|c: char| !c.is_alphanumeric());
            w.is_empty() || SMALL.contains(&w) || !w.starts_with(char::is_lowercase)
        })
        && !has_verb(text)
}

/// Whether a word is there that makes a sentence of it.
fn has_verb(text: &str) -> bool {
    const VERBS: [&str; 20] = [
        "shall", "will", "must", "may", "is", "are", "means", "mean", "has", "have", "agrees", "can", "should", "was",
        "were", "does", "do", "be", "includes", "applies",
    ];
    text.split_whitespace().any(|w| VERBS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
}
