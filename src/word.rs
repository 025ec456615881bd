//! Words: how text is cut up for comparing, in contracts and in the library alike.
//!
//! A word is a run of letters, digits and inner apostrophes, folded to lower case. Hyphens part words (and a flag
//! says so), so that "on-site" can be read as "onsite" and as "on site". The articles are no words: they carry
//! nothing that a rule asks for, and "the Customer's data" is to read like "Customer's data".

use crate::span::{Span, offset};

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its letters, without a possessive ending.
    pub span: Span,
    /// Hash of the folded letters.
    pub hash: u64,
    /// How it stands in the text.
    pub marks: Marks,
}

/// How a word stands in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Five independent facts about one word.
pub struct Marks {
    /// Its first letter is a capital.
    pub capital: bool,
    /// All its letters are capitals, and there is more than one.
    pub capitals: bool,
    /// It ends in 's or s'.
    pub possessive: bool,
    /// A hyphen joins it to the next word.
    pub hyphen: bool,
    /// A comma, semicolon, colon, bracket or dash stands before it.
    pub after_pause: bool,
    /// "a", "an" or "the" stands before it.
    pub after_article: bool,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The hash of a word that is already folded. Goes on from `seed`, so that `fold("on", None)` then "site" is "onsite".
#[must_use]
pub fn fold(folded: &str, seed: Option<u64>) -> u64 {
    folded.bytes().fold(seed.unwrap_or(SEED), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// Appends the words of `text[span]` to `out`.
pub fn words(text: &str, span: Span, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let (mut at, end) = (span.start as usize, span.end as usize);
    let mut marks = Marks::default();
    while at < end {
        let Some((c, len)) = next_char(text, bytes, at) else { break };
        if !is_letter(c) {
            match c {
                '-' | '\u{2010}' | '\u{2011}' if out.last().is_some_and(|w| w.span.end as usize == at) => {
                    if let Some(last) = out.last_mut() {
                        last.marks.hyphen = true;
                    }
                }
                ',' | ';' | ':' | '(' | ')' | '–' | '—' | '[' | ']' => marks.after_pause = true,
                '&' => {
                    out.push(Word { span: Span::new(at, at + 1), hash: fold("and", None), marks });
                    marks = Marks::default();
                }
                _ => {}
            }
            at += len;
            continue;
        }
        let (word, next) = word(text, bytes, at, end, marks);
        at = next;
        if word.hash == ARTICLES[0] || word.hash == ARTICLES[1] || word.hash == ARTICLES[2] && !word.marks.hyphen {
            // "A" as a label or a grade ("Annex A") is a word; as an article it is small or starts a sentence.
            marks = Marks { after_article: true, after_pause: word.marks.after_pause, ..Marks::default() };
            continue;
        }
        out.push(word);
        marks = Marks::default();
    }
}

/// Hashes of "the", "an" and "a".
const ARTICLES: [u64; 3] = [const_fold(b"the"), const_fold(b"an"), const_fold(b"a")];

/// [`fold`] of a word that is known beforehand.
pub(crate) const fn const_fold(folded: &[u8]) -> u64 {
    let mut hash = SEED;
    let mut i = 0;
    while i < folded.len() {
        hash = (hash ^ folded[i] as u64).wrapping_mul(PRIME);
        i += 1;
    }
    hash
}

fn next_char(text: &str, bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let byte = *bytes.get(at)?;
    if byte < 0x80 {
        return Some((char::from(byte), 1));
    }
    let c = text[at..].chars().next()?;
    Some((c, c.len_utf8()))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The word that begins at `at`, and where the text goes on after it.
fn word(text: &str, bytes: &[u8], at: usize, end: usize, mut marks: Marks) -> (Word, usize) {
    let mut hash = SEED;
    let mut here = at;
    let mut letters = 0;
    let mut capitals = 0;
    let mut digits = 0;
    while here < end {
        let Some((c, len)) = next_char(text, bytes, here) else { break };
        if c.is_ascii_alphanumeric() {
            hash = (hash ^ u64::from(c.to_ascii_lowercase() as u8)).wrapping_mul(PRIME);
        } else if is_letter(c) {
            let mut buffer = [0; 4];
            for lower in c.to_lowercase() {
                hash = fold(lower.encode_utf8(&mut buffer), Some(hash));
            }
        } else if is_invisible(c) {
        } else if matches!(c, '\'' | '’') {
            match apostrophe(text, here + len, end) {
                Apostrophe::Possessive(next) => {
                    marks.possessive = true;
                    return (finish(at, here, hash, marks, letters, capitals), next);
                }
                Apostrophe::Inner => hash = (hash ^ u64::from(b'\'')).wrapping_mul(PRIME),
                Apostrophe::End => {
                    marks.possessive = letters > 1 && bytes[here - 1] == b's';
                    break;
                }
            }
        } else if c == '.' && digits > 0 && bytes.get(here + 1).is_some_and(u8::is_ascii_digit) {
            // "1.2" is one word.
            hash = (hash ^ u64::from(b'.')).wrapping_mul(PRIME);
        } else {
            break;
        }
        letters += usize::from(c.is_alphabetic());
        capitals += usize::from(c.is_uppercase());
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        if letters + capitals == 1 && c.is_uppercase() || here == at && c.is_uppercase() {
            marks.capital = true;
        }
        here += len;
    }
    (finish(at, here, hash, marks, letters, capitals), here)
}

fn finish(at: usize, end: usize, hash: u64, mut marks: Marks, letters: usize, capitals: usize) -> Word {
    marks.capitals = letters > 1 && letters == capitals;
    Word { span: Span { start: offset(at), end: offset(end) }, hash, marks }
}

enum Apostrophe {
    /// 's at the end of a word; where the text goes on.
    Possessive(usize),
    /// As in "don't".
    Inner,
    /// The word ends before it.
    End,
}

fn apostrophe(text: &str, after: usize, end: usize) -> Apostrophe {
    let rest = &text.as_bytes()[after.min(end)..end];
    let letter = |i: usize| rest.get(i).is_some_and(u8::is_ascii_alphabetic);
    match rest.first() {
        Some(b's' | b'S') if !letter(1) => Apostrophe::Possessive(after + 1),
        Some(b) if b.is_ascii_alphabetic() => Apostrophe::Inner,
        _ => Apostrophe::End,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        words(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|w| w.span.of(text)).collect()
    }

    fn one(text: &str) -> Word {
        let mut out = Vec::new();
        words(text, Span::new(0, text.len()), &mut out);
        out[0]
    }

    #[test]
    fn words_leave_out_articles_and_punctuation() {
        assert_eq!(
            split("The Customer’s data, an audit & a SOC-2 (TLS 1.2)."),
            ["Customer", "data", "audit", "&", "SOC", "2", "TLS", "1.2"]
        );
        assert_eq!(split("doesn’t at Processor's cost"), ["doesn’t", "at", "Processor", "cost"]);
    }

    #[test]
    fn a_word_is_the_same_in_any_case_and_with_invisible_characters() {
        assert_eq!(one("NOTIFY").hash, one("notify").hash);
        assert_eq!(one("noti\u{ad}fy").hash, fold("notify", None));
        assert_eq!(one("don’t").hash, fold("don't", None));
        assert_eq!(fold("site", Some(fold("on", None))), fold("onsite", None));
    }

    #[test]
    fn marks_tell_possessives_hyphens_and_pauses() {
        let mut out = Vec::new();
        let text = "customers' on-site, the Vendor";
        words(text, Span::new(0, text.len()), &mut out);
        assert!(out[0].marks.possessive);
        assert!(out[1].marks.hyphen);
        assert!(out[3].marks.after_pause && out[3].marks.after_article && out[3].marks.capital);
    }
}
