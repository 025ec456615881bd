//! Pieces: blocks cut where one block holds several clauses, with label and run-in heading told apart.

use super::cut::{cut, line_width};
use super::label::{Label, Wrap};
use super::title::{LONGEST_TITLE, has_verb, is_capitals, is_defined_term, is_title_case, is_title_like, title};
use crate::source::{Block, Contract, Place};
use crate::span::{Span, trim};
use std::collections::{BTreeMap, BTreeSet};

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

/// A run-in heading without bold is at most this many words: "Return of Customer Data by the Supplier."
const LONGEST_PLAIN_HEADING: usize = 10;
/// ... and at most this many where only its first word is capitalised: "Law enforcement requests."
const SENTENCE_CASE_HEADING: usize = 6;
/// A colon closes shorter ones: "Breach of warranty: ..."
const COLON_HEADING: usize = 4;

/// Cuts the blocks of `contract` into pieces.
#[must_use]
pub fn pieces(contract: &Contract) -> Vec<Piece> {
    let mut out = Vec::with_capacity(contract.blocks.len() + 16);
    let width = line_width(contract);
    let styled = heading_styles_head(contract);
    for block in &contract.blocks {
        let mut first = true;
        for (span, item) in cut(block, &contract.text, width) {
            let span = trim(&contract.text, span);
            if !span.is_empty() {
                let mut piece = piece(block, span, first, styled, &contract.text);
                piece.bullet |= item && piece.label.is_none();
                out.push(piece);
                first = false;
            }
        }
    }
    drop_lone_figures(&mut out, &contract.text);
    drop_schedule_lists(&mut out, &contract.text);
    out
}

/// A bare figure ("12 Main Street") is a label only where its neighbours in number are there too.
fn drop_lone_figures(pieces: &mut [Piece], text: &str) {
    let bare = |p: &Piece| p.label.as_ref().filter(|l| l.len > 0 && l.is_bare_figure()).map(|l| l.figures[0]);
    let seen: BTreeSet<u16> = pieces.iter().filter_map(bare).collect();
    let headed: BTreeSet<u16> =
        pieces.iter().filter_map(|p| p.label.as_ref().filter(|l| l.figures.len() > 1)).map(|l| l.figures[0]).collect();
    for piece in pieces {
        let Some(figure) = bare(piece).filter(|f| piece.level.is_none() && !headed.contains(f)) else { continue };
        let alone = !seen.contains(&(figure + 1)) && (figure <= 1 || !seen.contains(&(figure - 1)));
        if alone {
            piece.make_text(text);
        }
    }
}

/// Schedules named one under the other are a list of them; each begins where its name stands again.
fn drop_schedule_lists(pieces: &mut [Piece], text: &str) {
    let key = |p: &Piece| {
        let label = p.label.as_ref().filter(|l| l.is_schedule())?;
        Some(label.text.trim_end_matches([':', '.']).to_lowercase())
    };
    let keys: Vec<Option<String>> = pieces.iter().map(key).collect();
    let last: BTreeMap<&String, usize> = keys.iter().enumerate().filter_map(|(i, k)| Some((k.as_ref()?, i))).collect();
    let mut listed = false;
    let mut run: BTreeSet<&String> = BTreeSet::new();
    for (i, piece) in pieces.iter_mut().enumerate() {
        let Some(own) = keys[i].as_ref() else {
            listed = false;
            run.clear();
            continue;
        };
        // A name for the second time ends the list, though nothing stands between.
        if !run.insert(own) {
            listed = false;
            run = BTreeSet::from([own]);
        }
        let beside = |at: Option<usize>| at.and_then(|n| keys.get(n)?.as_ref()).is_some_and(|k| k != own);
        listed |= last[own] > i && (beside(Some(i + 1)) || beside(i.checked_sub(1)));
        if listed {
            piece.make_text(text);
        }
    }
}

impl Piece {
    /// Takes the label for words of the text.
    fn make_text(&mut self, text: &str) {
        self.label = None;
        self.heading = None;
        self.title = Title::No;
        self.text = trim(text, self.whole);
    }
}

/// Whether a heading style means a heading: in some files it is set on whole clauses, in some on all paragraphs.
fn heading_styles_head(contract: &Contract) -> bool {
    const LONG: usize = 250;
    const MOST_LONG: usize = 2;
    contract.blocks.iter().filter(|b| b.level.is_some() && b.span.len() > LONG).count() <= MOST_LONG
}

fn piece(block: &Block, whole: Span, first: bool, styled: bool, text: &str) -> Piece {
    let raw = whole.of(text);
    let bullet = typed_bullet(raw);
    let (label, skip) = match block.place {
        // "Attachment 2" and "Page 2 of 4" at the head of each page open nothing; a bare figure is no text either.
        Place::HeaderFooter if raw.contains(char::is_alphabetic) => (None, 0),
        _ => label_of(raw, bullet, block.label.as_deref().filter(|_| first)),
    };
    let mark = if label.is_none() { bullet } else { 0 };
    let body = trim(text, Span::new(whole.start as usize + skip + mark, whole.end as usize));
    let lead_end = if first && block.lead > 0 { block.span.start + block.lead } else { 0 };
    let looks = |body: &str| {
        block.emphasis || is_capitals(body) || is_title_like(body.trim_end_matches('.')) && !body.contains(": ")
    };
    let level = block.level.filter(|_| first && (styled || looks(body.of(text))));
    let place = if is_contents_entry(raw) && block.place == Place::Body { Place::Contents } else { block.place };
    let label_free = label.is_none();
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
        bullet: label_free && (block.bullet && first || mark > 0),
        place,
    };
    out.title = title(&out, block, text);
    if out.title == Title::Yes {
        out.heading = Some(trim_heading(text, body)).filter(|b| !b.is_empty());
        out.text = Span::new(body.end as usize, body.end as usize);
    } else if let Some(heading) = run_in(&out, lead_end, text) {
        out.title = Title::No;
        out.heading = Some(trim_heading(text, heading));
        out.text = trim(text, Span::new(heading.end as usize, body.end as usize));
    }
    out
}

/// The label of a clause, and the bytes of it that stand in the text.
fn label_of(raw: &str, bullet: usize, computed: Option<&str>) -> (Option<Label>, usize) {
    // "- (a) notify": a bullet of plain text before the label.
    let behind = || Label::at_start(raw.get(bullet..)?).map(|l| Label { len: l.len + bullet, ..l });
    let typed = Label::at_start(raw).or_else(|| behind().filter(|_| bullet > 0));
    let computed = computed.and_then(|l| Label::computed(l).or_else(|| odd_label(l)));
    let label = match (typed, computed) {
        // "1. (a) text": the computed number belongs to the clause, the typed one to an item inside. "1. 24 Hours"
        // has but the computed one.
        (Some(typed), Some(computed)) if typed.is_item() && computed.text != typed.text || typed.is_bare_figure() => {
            Some(computed)
        }
        // "(ii) Clause 8 applies" begins with a reference.
        (Some(typed), Some(computed)) if computed.is_item() && !typed.word.is_empty() && !typed.is_schedule() => {
            Some(computed)
        }
        // A typed number wins over a computed one: authors switch automatic numbers off badly.
        (typed, computed) => typed.or(computed),
    };
    let skip = label.as_ref().map_or(0, |l| l.len);
    (label, skip)
}

/// Bytes of a bullet that was typed, white space after it included; 0 where there is none.
pub fn typed_bullet(raw: &str) -> usize {
    let Some(rest) = raw.strip_prefix(['•', '·', '▪', '●', '◦', '‣', '\u{f0b7}', '-', '–', '*']) else {
        return 0;
    };
    let dash = raw.starts_with(['-', '–', '*']);
    let words = rest.trim_start();
    let apart = words.len() < rest.len() || !dash || rest.starts_with(char::is_uppercase) && raw.starts_with('-');
    if apart && words.chars().any(char::is_alphanumeric) { raw.len() - words.len() } else { 0 }
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
    plain_run_in(piece, text)
}

/// A run-in heading that only its words tell: "5.1 Return of Data. The Vendor shall ..."
fn plain_run_in(piece: &Piece, text: &str) -> Option<Span> {
    piece.label.as_ref()?;
    let raw = piece.text.of(text);
    let start = usize::from(raw.starts_with('['));
    let stop = raw.find(['.', ':'])?;
    let (head, rest) = (raw.get(start..stop)?, raw[stop + 1..].trim_start());
    let words = head.split_whitespace().count();
    let closed = raw[stop + 1..].starts_with(char::is_whitespace)
        && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '(' | '['));
    let most = if raw[stop..].starts_with(':') { COLON_HEADING } else { SENTENCE_CASE_HEADING };
    let titled = is_title_case(head) || words <= most && head.starts_with(char::is_uppercase) && !has_verb(head);
    let base = piece.text.start as usize;
    (words <= LONGEST_PLAIN_HEADING && closed && titled).then(|| Span::new(base + start, base + stop + 1))
}

/// A heading without the marks around it.
pub fn trim_heading(text: &str, heading: Span) -> Span {
    let around = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | '–' | '—' | '-');
    let kept = heading.of(text).trim_end_matches(around);
    let start = heading.start as usize + (kept.len() - kept.trim_start_matches(around).len());
    Span::new(start, heading.start as usize + kept.len())
}
