//! Finding phrases: one pass over the words of a text, which keeps where the phrase at hand can have begun.

use super::lexicon::{Class, LEXICON};
use super::read::read;
use super::{Kind, Period};
use crate::span::Span;
use std::ops::Range;

/// Every period and point in time of `text`, in its order; none overlaps another.
#[must_use]
pub fn periods(text: &str) -> Vec<Period> {
    let lexicon = &*LEXICON;
    let mut out: Vec<Period> = Vec::new();
    let mut starts = Starts::default();
    let mut sentence = Sentence::default();
    let mut at = 0;
    while let Some(word) = next_word(text.as_bytes(), at) {
        at = word.range.end;
        let class = lexicon.class(&text.as_bytes()[word.range.clone()]);
        sentence.add(text, &word, class);
        let first = word.range.start;
        let begins = match class {
            Class::Figure if !sentence.after_label => is_figure(text.as_bytes(), first),
            Class::Other | Class::Modal | Class::Label | Class::Figure => {
                starts.clear();
                continue;
            }
            Class::Inside => continue,
            Class::Start | Class::Adverb => true,
            Class::Unit => false,
        };
        // "bi-weekly" is no "weekly".
        if begins && !(class == Class::Adverb && text[..first].ends_with('-')) {
            starts.push(first);
        }
        // "once" closes "at once" alone; it begins "once a year".
        if !matches!(class, Class::Unit | Class::Adverb)
            || is(text, &word.range, "once") && !ends_with_at(&text[..first])
        {
            continue;
        }
        let reading = starts.iter().find_map(|start| read(text, start, word.range.end, sentence.denied));
        if let Some((period, end)) = reading {
            at = end;
            sentence = Sentence::default();
            out.extend(period.filter(|p| !is_reference(text, p, out.last())));
        }
        starts.clear();
    }
    out
}

fn is(text: &str, range: &Range<usize>, what: &str) -> bool {
    text[range.clone()].eq_ignore_ascii_case(what)
}

fn ends_with_at(text: &str) -> bool {
    text.trim_end().as_bytes().last_chunk::<2>().is_some_and(|end| end.eq_ignore_ascii_case(b"at"))
}

/// "one year immediately following ...": no promptness.
fn is_reference(text: &str, period: &Period, last: Option<&Period>) -> bool {
    period.kind == Kind::Prompt
        && last.is_some_and(|last| {
            let between = Span { start: last.span.end, end: period.span.start }.of(text);
            last.kind == Kind::Figure && matches!(between.trim(), "" | "period" | "term")
        })
}

/// Places where the phrase at hand can begin, the first ones first.
#[derive(Default)]
struct Starts {
    at: [usize; Self::MOST],
    len: usize,
}

impl Starts {
    /// "and in any event within a period of not more than one hundred and eighty (180) days" has about as many.
    const MOST: usize = 14;

    fn push(&mut self, start: usize) {
        if self.len == Self::MOST {
            self.at.rotate_left(1);
            self.len -= 1;
        }
        self.at[self.len] = start;
        self.len += 1;
    }

    fn clear(&mut self) {
        self.len = 0;
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.at[..self.len].iter().copied()
    }
}

/// What the words before tell about the next one.
#[derive(Default)]
struct Sentence {
    /// "shall not", "in no", "never" stands in it.
    denied: bool,
    after_label: bool,
    before: Option<(Range<usize>, Class)>,
}

impl Sentence {
    fn add(&mut self, text: &str, word: &Word, class: Class) {
        if word.ends_sentence {
            self.denied = false;
        }
        let before = self.before.replace((word.range.clone(), class));
        self.after_label = before.as_ref().is_some_and(|(range, class)| {
            *class == Class::Label && text[range.end..word.range.start].trim().is_empty()
        });
        if class == Class::Modal || class == Class::Start {
            self.denied |= match &before {
                _ if is(text, &word.range, "cannot") || is(text, &word.range, "never") => true,
                Some((_, Class::Modal)) => is(text, &word.range, "not"),
                Some((before, _)) => is(text, &word.range, "no") && is(text, before, "in"),
                None => false,
            };
        }
    }
}

/// A run of letters and figures, or of figures alone: "72h" is two words.
struct Word {
    range: Range<usize>,
    /// A full stop or a semicolon stands before it.
    ends_sentence: bool,
}

fn next_word(bytes: &[u8], mut at: usize) -> Option<Word> {
    let mut ends_sentence = false;
    while !bytes.get(at)?.is_ascii_alphanumeric() {
        ends_sentence |= matches!(bytes[at], b'.' | b';' | b'?' | b'!');
        at += 1;
    }
    let inside = if bytes[at].is_ascii_digit() { u8::is_ascii_digit } else { u8::is_ascii_alphanumeric };
    let len = bytes[at..].iter().take_while(|b| inside(b)).count();
    Some(Word { range: at..at + len, ends_sentence })
}

/// Whether a figure can begin at `at`: not behind "4.", "24/" or "$", and not as the label "1.5" of a paragraph.
fn is_figure(bytes: &[u8], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    match before(1) {
        b'.' | b',' | b'/' | b':' | b'-' => !before(2).is_ascii_digit(),
        b'$' => false,
        b'\n' => !is_decimal(&bytes[at..]),
        _ => at > 0 || !is_decimal(bytes),
    }
}

fn is_decimal(bytes: &[u8]) -> bool {
    let whole = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    bytes.get(whole) == Some(&b'.') && bytes.get(whole + 1).is_some_and(u8::is_ascii_digit)
}
