//! Finds the words that refer: "Section 5.2(b)", "clauses 4 and 5", "Annex II".

use crate::span::Span;

/// What a word in front of a number refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Section, clause, paragraph.
    Clause,
    /// Article: of laws as often as of contracts.
    Article,
    /// Schedule, annex, exhibit and the like.
    Schedule,
}

/// Words that refer, in the singular; all but the last take an s.
const WORDS: [(&str, Family); 14] = [
    ("section", Family::Clause),
    ("sec", Family::Clause),
    ("subsection", Family::Clause),
    ("clause", Family::Clause),
    ("subclause", Family::Clause),
    ("paragraph", Family::Clause),
    ("article", Family::Article),
    ("art", Family::Article),
    ("schedule", Family::Schedule),
    ("annex", Family::Schedule),
    ("annexure", Family::Schedule),
    ("exhibit", Family::Schedule),
    ("attachment", Family::Schedule),
    ("appendix", Family::Schedule),
];

/// One clause or schedule that is referred to.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its words in the text.
    pub span: Span,
    /// The word in front, singular.
    pub word: &'static str,
    /// What that word refers to.
    pub family: Family,
    /// Its number, part by part, in lower case: 5, 2, b.
    pub parts: Vec<String>,
    /// Whether the number begins with a bracket, so that it is part of a clause that is not named.
    pub relative: bool,
    /// The number as it stands.
    number: String,
}

impl Target {
    /// The word and the number.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.word, self.number)
    }

    /// Whether its figures are higher than those of contracts, or have leading zeros: "§ 164.504", "Section 019".
    #[must_use]
    pub fn is_statute(&self) -> bool {
        const LONGEST: usize = 3;
        let digits = |p: &String| p.bytes().take_while(u8::is_ascii_digit).count();
        self.parts.iter().any(|p| digits(p) >= LONGEST) || self.parts.first().is_some_and(|p| p.starts_with('0'))
    }
}

/// A word that refers and all that it lists.
#[derive(Clone, Debug)]
pub struct Group {
    /// First byte of the word.
    pub start: usize,
    /// Byte after the last number.
    pub end: usize,
    /// Whether the word is a section sign.
    pub sign: bool,
    /// What it lists, at least one.
    pub targets: Vec<Target>,
}

/// The next group in `text[at..end]`.
pub fn next(text: &str, mut at: usize, end: usize) -> Option<Group> {
    let bytes = text.as_bytes();
    while at < end {
        let byte = bytes[at];
        let inner = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        if byte == 0xC2 && bytes.get(at + 1) == Some(&0xA7)
            || !inner && matches!(byte | 0x20, b's' | b'c' | b'p' | b'a' | b'e')
        {
            if let Some((word, family, after)) = word(text, at, end)
                && let Some(group) = group(text, at, after, end, (word, family))
            {
                return Some(group);
            }
            while at < end && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
        }
        at += 1;
    }
    None
}

/// Where a row of groups that begins before `at` ends: "Annex I, Annex II and Annex III" shares what follows.
pub fn row_end(text: &str, mut at: usize, end: usize) -> usize {
    while let Some(start) = separator(text, at, end).map(|(next, _)| next)
        && let Some((name, family, after)) = word(text, start, end)
        && let Some(group) = group(text, start, after, end, (name, family))
    {
        at = group.end;
    }
    at
}

/// The schedule that a reference says it stands in: " of Schedule 2".
pub fn schedule_after(text: &str, at: usize, end: usize) -> Option<Target> {
    let rest = &text[at..end];
    let after = [" of the ", " of ", " in ", " to "].iter().find_map(|p| rest.strip_prefix(p))?;
    let start = end - after.len();
    let (word, family, after) = word(text, start, end)?;
    let group = group(text, start, after, end, (word, family))?;
    group.targets.into_iter().next().filter(|t| t.family == Family::Schedule)
}

/// The referring word at `at`, and where the text goes on.
fn word(text: &str, at: usize, end: usize) -> Option<(&'static str, Family, usize)> {
    const LONGEST: usize = 11;
    if let Some(rest) = text[at..end].strip_prefix('§') {
        let rest = rest.strip_prefix('§').unwrap_or(rest);
        return Some(("section", Family::Clause, end - rest.len()));
    }
    let bytes = &text.as_bytes()[at..end];
    let len = bytes.iter().take(LONGEST + 1).take_while(|b| b.is_ascii_alphabetic()).count();
    let found = &text[at..at + len];
    let head = found.as_bytes().first()?.to_ascii_lowercase();
    // "sub-clause" is met at its second half.
    let (word, family) = WORDS.iter().filter(|(word, _)| word.as_bytes()[0] == head).find(|(word, _)| {
        let stem = if *word == "appendix" && len == "appendices".len() { "appendi" } else { word };
        let same = found.get(..stem.len()).is_some_and(|h| h.eq_ignore_ascii_case(stem));
        same && ["", "s", "es", "ces"].iter().any(|e| found[stem.len()..].eq_ignore_ascii_case(e))
    })?;
    let dot = usize::from(matches!(*word, "sec" | "art") && bytes.get(len) == Some(&b'.'));
    let word = match *word {
        "sec" if dot == 1 => "section",
        "art" if dot == 1 => "article",
        "sec" | "art" => return None,
        "annexure" => "annex",
        "subclause" => "clause",
        "subsection" => "section",
        word => word,
    };
    Some((word, *family, at + len + dot))
}

fn group(text: &str, start: usize, after: usize, end: usize, word: (&'static str, Family)) -> Option<Group> {
    let at = skip_space(text, after, end);
    let first = number(text, at, end, word.1)?;
    let sign = text[start..].starts_with('§');
    if at == after && !first.relative && !sign {
        return None;
    }
    let mut group = Group { start, end: first.end, sign, targets: vec![target(text, start, &first, word, None)] };
    while let Some((at, strong)) = separator(text, group.end, end) {
        let Some(next) = number(text, at, end, word.1).filter(|n| goes_on(text, &first, n, strong, end)) else { break };
        let base = group.targets.last().map(|t| t.parts.clone());
        group.targets.push(target(text, at, &next, word, base));
        group.end = next.end;
    }
    Some(group)
}

fn target(
    text: &str,
    start: usize,
    number: &Number,
    word: (&'static str, Family),
    base: Option<Vec<String>>,
) -> Target {
    let mut parts = number.parts.clone();
    // "Clause 5(a) to (c)": the later letters are of the same clause.
    let of_base = base.filter(|b| number.relative && b.len() > 1);
    let relative = number.relative && of_base.is_none();
    if let Some(mut base) = of_base {
        base.pop();
        base.append(&mut parts);
        parts = base;
    }
    let shown = &text[number.start..number.end];
    let shown = shown.split_whitespace().collect::<String>();
    Target { span: Span::new(start, number.end), word: word.0, family: word.1, parts, relative, number: shown }
}

/// A number of a clause or schedule.
struct Number {
    start: usize,
    end: usize,
    parts: Vec<String>,
    relative: bool,
}

/// The number at `at`: figures, letters and bracketed marks.
fn number(text: &str, at: usize, end: usize, family: Family) -> Option<Number> {
    const MOST: usize = 8;
    let mut parts = Vec::new();
    let mut here = at;
    let relative = text[at..end].starts_with('(');
    if !relative {
        let (part, next) = first_part(text, at, end, family)?;
        parts.push(part);
        here = next;
    }
    while parts.len() < MOST {
        let Some((part, next)) = further_part(text, here, end, family) else { break };
        parts.push(part);
        here = next;
    }
    let bare = relative && family == Family::Schedule;
    (!parts.is_empty() && !bare).then_some(Number { start: at, end: here, parts, relative })
}

fn first_part(text: &str, at: usize, end: usize, family: Family) -> Option<(String, usize)> {
    const LONGEST: usize = 4;
    let rest = &text.as_bytes()[at..end];
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if digits > 0 {
        let suffix = usize::from(letters_at(rest, digits) == 1 && rest[digits].is_ascii_alphabetic());
        let len = digits + suffix;
        let joined = rest.get(len).is_some_and(u8::is_ascii_alphanumeric);
        return (!joined && digits <= LONGEST).then(|| (text[at..at + len].to_ascii_lowercase(), at + len));
    }
    let word = &text[at..at + letters];
    let figure = letters_at(rest, letters) == 0 && rest.get(letters).is_some_and(u8::is_ascii_digit);
    let roman = word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let allowed =
        roman && letters <= 5 && family != Family::Clause || letters == 1 && word.as_bytes()[0].is_ascii_uppercase();
    // "Section A" is a clause only where it is not an article that begins a sentence.
    let clause_letter =
        family == Family::Clause && matches!(rest.get(letters), Some(b' ')) && matches!(word, "A" | "I");
    (allowed && letters > 0 && !figure && !clause_letter).then(|| (word.to_ascii_lowercase(), at + letters))
}

fn letters_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |b| b.iter().take_while(|b| b.is_ascii_alphabetic()).count())
}

/// ".2", "(b)", ".A", "-1" after a number.
fn further_part(text: &str, at: usize, end: usize, family: Family) -> Option<(String, usize)> {
    let rest = &text[at..end];
    if let Some(tail) = rest.strip_prefix('.').or_else(|| rest.strip_prefix('-').filter(|_| family == Family::Schedule))
    {
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            return Some((tail[..digits].to_string(), at + 1 + digits));
        }
        let letter = tail.as_bytes().first().filter(|b| b.is_ascii_uppercase() && family == Family::Schedule)?;
        let alone = !tail.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric);
        return alone.then(|| (char::from(*letter).to_ascii_lowercase().to_string(), at + 2));
    }
    let inner = rest.strip_prefix('(').or_else(|| rest.strip_prefix(" ("))?;
    let close = inner.find(')').filter(|n| (1..=5).contains(n))?;
    let mark = inner[..close].trim();
    is_mark(mark).then(|| (mark.to_ascii_lowercase(), end - inner.len() + close + 1))
}

/// Whether bracketed characters are a mark of a clause: a figure, a letter, a roman figure, a letter twice.
fn is_mark(mark: &str) -> bool {
    let bytes = mark.as_bytes();
    let Some(first) = bytes.first() else { return false };
    let figure = bytes.len() <= 2 && bytes.iter().all(u8::is_ascii_digit);
    let same = first.is_ascii_alphabetic() && bytes.len() <= 2 && bytes.iter().all(|b| b == first);
    figure || same || bytes.iter().all(|b| matches!(b | 0x20, b'i' | b'v' | b'x'))
}

fn skip_space(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    end - rest.trim_start_matches([' ', '\u{a0}', '\t', '\n', '\u{2009}', '\u{202f}']).len()
}

/// Where a list of numbers goes on after `at`, and whether "and", "or" or "to" says that it does.
fn separator(text: &str, at: usize, end: usize) -> Option<(usize, bool)> {
    const JOINS: [&str; 9] = ["and/or ", "and ", "or ", "to ", "through ", "& ", "–", "—", "-"];
    const LONGEST_TITLE: usize = 90;
    let mut rest = text[at..end].trim_start();
    // The title of the clause: "Sections 8 (Fees) and 9 (Term)".
    if let Some(title) = rest.strip_prefix('(').filter(|t| t.starts_with(char::is_uppercase)) {
        let close = title.find(')').filter(|n| *n <= LONGEST_TITLE)?;
        rest = title[close + 1..].trim_start();
    }
    let comma = rest.strip_prefix(',').or_else(|| rest.strip_prefix(';')).map(str::trim_start);
    let after = comma.unwrap_or(rest);
    let joined = JOINS.iter().find_map(|j| after.strip_prefix(j)).map(str::trim_start);
    let next = joined.or(comma)?;
    Some((end - next.len(), joined.is_some()))
}

/// Whether a number after a separator goes on the list, and is no figure of its own ("and 30 days").
fn goes_on(text: &str, first: &Number, next: &Number, strong: bool, end: usize) -> bool {
    const UNITS: [&str; 16] = [
        "days", "day", "hours", "hour", "months", "month", "years", "year", "weeks", "business", "working", "calendar",
        "percent", "times", "other", "minutes",
    ];
    let after = text[next.end..end].trim_start();
    let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let digits = |n: &Number| n.parts[0].starts_with(|c: char| c.is_ascii_digit());
    let same_look = next.relative || digits(first) == digits(next);
    let unit = digits(next) && !next.relative && (UNITS.contains(&word) || after.starts_with(['%', '$', '€']));
    let closed = after.is_empty() || after.starts_with([',', ')', ';', '.']) || matches!(word, "and" | "or" | "to");
    let loose = !digits(next) && !strong && !closed;
    same_look && !unit && !loose
}
