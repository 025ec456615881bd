//! Labels: the numbers of clauses, read by `grammar/label.pest`, and how two of them stand to each other.

use pest::Parser;
use pest::iterators::Pair;

use grammar::{Grammar, Rule};

/// The generated parser, whose rules are documented in the grammar itself.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/label.pest"]
    pub struct Grammar;
}

/// A label in front of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As it stands, without white space around it.
    pub text: String,
    /// Bytes that it takes up, white space after it included; 0 where it was computed.
    pub len: usize,
    /// The word in front, singular and lower case ("section", "schedule"); empty where there is none.
    pub word: String,
    /// Letter in front of the figures ("A" in "A1-8").
    pub prefix: String,
    /// Figures of a decimal label: [5, 2] for "5.2". Empty for lettered ones.
    pub figures: Vec<u16>,
    /// What stands in brackets after the figures, or is the whole label: "b" in "5.2(b)" and in "(b)".
    pub tail: Vec<Mark>,
    /// How the tail, or a single figure, is set: "(a)", "a)", "a.".
    pub wrap: Wrap,
}

/// One letter, roman or bracketed figure, with what it can count as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// As written, without brackets.
    pub text: String,
    /// Place in the alphabet (a = 1, aa = 27), where it is letters.
    pub letter: Option<u16>,
    /// Value as a roman figure.
    pub roman: Option<u16>,
    /// Value as an Arabic figure.
    pub number: Option<u16>,
    /// Whether it is in upper case.
    pub upper: bool,
}

/// Punctuation around a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// "5.2"
    Bare,
    /// "5."
    Dot,
    /// "(a)"
    Brackets,
    /// "a)"
    Half,
}

/// Words that begin a schedule, as far as they stand in front of a label.
pub const SCHEDULE_WORDS: [&str; 7] =
    ["schedule", "annex", "annexure", "appendix", "exhibit", "attachment", "addendum"];

impl Label {
    /// Reads the label at the start of `text`, if there is one.
    #[must_use]
    pub fn at_start(text: &str) -> Option<Self> {
        // What is never closed is no bracketed label, and megabytes of it need no parser.
        const BRACKETED: usize = 24;
        // No label is longer, and pest need not look at more.
        const WINDOW: usize = 48;
        let mut end = text.len().min(WINDOW);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let window = &text[..end];
        let first = window.chars().next()?;
        if !(first.is_ascii_alphanumeric() || first == '(' || first == '§') {
            return None;
        }
        if first == '(' && !window.bytes().take(BRACKETED).any(|b| b == b')') {
            return None;
        }
        let pair = Grammar::parse(Rule::label, window).ok()?.next()?;
        let kind = pair.clone().into_inner().next()?;
        let mut label = Self::from_pair(&kind)?;
        label.len = pair.as_span().end();
        label.belongs(&text[label.len..]).then_some(label)
    }

    /// Reads a label that the word processor computed.
    #[must_use]
    pub fn computed(text: &str) -> Option<Self> {
        let pair = Grammar::parse(Rule::label, text.trim()).ok()?.next()?;
        let mut label = Self::from_pair(&pair.into_inner().next()?)?;
        label.text = text.trim().to_string();
        label.len = 0;
        Some(label)
    }

    fn from_pair(pair: &Pair<Rule>) -> Option<Self> {
        let mut out = Self {
            text: pair.as_str().trim().to_string(),
            len: 0,
            word: String::new(),
            prefix: String::new(),
            figures: Vec::new(),
            tail: Vec::new(),
            wrap: wrap(pair.as_str().trim()),
        };
        for inner in pair.clone().into_inner().flatten() {
            let text = inner.as_str();
            match inner.as_rule() {
                Rule::word | Rule::sign_mark => out.word = singular_word(text),
                Rule::prefix => out.prefix = text.to_string(),
                Rule::number if out.tail.is_empty() && !in_bracket(pair.as_str(), &inner, pair) => {
                    out.figures.push(text.parse().ok()?);
                }
                Rule::number
                | Rule::letters
                | Rule::letter_figure
                | Rule::roman_figure
                | Rule::suffix
                | Rule::capital => {
                    out.tail.push(Mark::new(text)?);
                }
                _ => {}
            }
        }
        Some(out)
    }

    /// Whether what follows lets it be a label: "30 days" and "Section 5 shall" are none.
    fn belongs(&self, rest: &str) -> bool {
        let next = rest.trim_start();
        if !self.word.is_empty() {
            return self.word_belongs(next);
        }
        // "18F" is a name; "1.Scope" and "(a)Scope" lack only the space.
        if self.len == self.text.len() && self.wrap == Wrap::Bare && next.starts_with(char::is_alphabetic) {
            return false;
        }
        // So are "3A" without a stop and, letter by letter, "S.A.".
        let capital = !self.figures.is_empty() && self.tail.first().is_some_and(|m| m.upper);
        let initials = self.len == self.text.len() && self.figures.is_empty() && next.chars().nth(1) == Some('.');
        if capital && self.wrap == Wrap::Bare || initials {
            return false;
        }
        // "(555) 0199" is a telephone number.
        let long = self.tail.first().is_some_and(|m| m.number.is_some_and(|n| n >= 100));
        if self.figures.is_empty() && long && next.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let titled = next.is_empty() || next.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '['));
        if !self.figures.is_empty() && self.tail.is_empty() {
            if is_measure(next, self.wrap) {
                return false;
            }
            // A bare single figure is a label only in front of a title: "6 Consequences", "B1 Transfers".
            if self.figures.len() == 1 && self.wrap == Wrap::Bare {
                return titled;
            }
        }
        // "a." and "i)" count; other letters must be one letter twice ("aa.") or a roman figure.
        if self.figures.is_empty() && matches!(self.wrap, Wrap::Dot | Wrap::Half) {
            return self.tail.iter().all(|m| m.letter.is_some() || m.roman.is_some());
        }
        true
    }

    /// Whether "Section 5" is a label there and no reference: "Section 5 shall survive", "Article 28 GDPR".
    fn word_belongs(&self, next: &str) -> bool {
        const LAWS: [&str; 5] = ["GDPR", "UK GDPR", "EU GDPR", "DSGVO", "CCPA"];
        if self.text.ends_with([':', '.']) || next.is_empty() {
            return self.text.ends_with([':', '.']) || next.is_empty();
        }
        let addressed = self.is_schedule() && next.len() < 100 && next.starts_with("to the ");
        let refers = next.starts_with(char::is_lowercase) && !addressed || next.starts_with(['(', ',', ';']);
        !refers && !LAWS.iter().any(|law| next.starts_with(law))
    }

    /// Whether it is letters or a bracketed mark alone: "(a)", "iv.".
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.figures.is_empty() && self.word.is_empty()
    }

    /// Whether it is a single figure without any mark: "6" in "6 Consequences".
    #[must_use]
    pub fn is_bare_figure(&self) -> bool {
        self.figures.len() == 1
            && self.tail.is_empty()
            && self.wrap == Wrap::Bare
            && self.word.is_empty()
            && self.prefix.is_empty()
    }

    /// Whether it begins a schedule, annex, exhibit or the like.
    #[must_use]
    pub fn is_schedule(&self) -> bool {
        SCHEDULE_WORDS.contains(&self.word.as_str())
    }

    /// Figures and tail as one path to compare and to print: 5, 2 and b of "5.2(b)".
    #[must_use]
    pub fn depth(&self) -> usize {
        self.figures.len() + self.tail.len()
    }
}

const MEASURES: [&str; 28] = [
    "day", "days", "hour", "hours", "month", "months", "year", "years", "week", "weeks", "minute", "minutes",
    "business", "calendar", "working", "million", "billion", "percent", "per", "times", "x", "gb", "mb", "tb", "usd",
    "eur", "gbp", "cfr",
];

/// Whether a figure counts what follows: "30 days", "99.9% uptime". "7. Business continuity" is a title.
fn is_measure(next: &str, wrap: Wrap) -> bool {
    let word = next.split(|c: char| !c.is_alphanumeric() && c != '%').next().unwrap_or_default();
    let counted = MEASURES.iter().any(|m| m.eq_ignore_ascii_case(word));
    let closed = matches!(wrap, Wrap::Dot | Wrap::Half);
    counted && !(closed && word.starts_with(char::is_uppercase)) || next.starts_with(['%', '/'])
}

impl Mark {
    fn new(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let number = text.parse().ok();
        let letter = letter_value(&lower);
        let roman = roman_value(&lower);
        if number.is_none() && letter.is_none() && roman.is_none() {
            return None;
        }
        let upper = text.starts_with(|c: char| c.is_ascii_uppercase());
        Some(Self { text: text.to_string(), letter, roman, number, upper })
    }
}

fn wrap(text: &str) -> Wrap {
    let text = text.strip_suffix('.').filter(|t| t.ends_with(')')).unwrap_or(text);
    match (text.starts_with('('), text.ends_with(')'), text.ends_with(['.', ':'])) {
        (true, true, _) => Wrap::Brackets,
        (false, true, _) if text.contains('(') => Wrap::Brackets,
        (false, true, _) => Wrap::Half,
        (_, _, true) => Wrap::Dot,
        _ => Wrap::Bare,
    }
}

/// Whether the number `inner` stands inside brackets of the label `whole`.
fn in_bracket(whole: &str, inner: &Pair<Rule>, outer: &Pair<Rule>) -> bool {
    let at = inner.as_span().start() - outer.as_span().start();
    whole[..at].trim_end().ends_with('(')
}

fn singular_word(text: &str) -> String {
    match text.to_ascii_lowercase().as_str() {
        "art." => "article".into(),
        "sec." => "section".into(),
        "annexure" => "annex".into(),
        other => other.into(),
    }
}

/// a = 1 ... z = 26, aa = 27, bb = 28 (as word processors letter lists), else none.
fn letter_value(text: &str) -> Option<u16> {
    let first = text.chars().next().filter(char::is_ascii_lowercase)?;
    let same = text.chars().all(|c| c == first);
    let repeats = u16::try_from(text.len()).ok()?;
    (same && repeats <= 3).then(|| u16::from(first as u8 - b'a') + 1 + 26 * (repeats - 1))
}

fn roman_value(text: &str) -> Option<u16> {
    let worth = |c: char| match c {
        'i' => Some(1u16),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let values: Vec<u16> = text.chars().map(worth).collect::<Option<_>>()?;
    // Only the usual way of writing a figure counts: "iv", not "iiii".
    let total = i64::from(signed_roman(&values)?);
    (crate::source::numbering::roman(total) == text).then(|| u16::try_from(total).ok()).flatten()
}

fn signed_roman(values: &[u16]) -> Option<i32> {
    let mut total = 0i32;
    for (i, value) in values.iter().enumerate() {
        let smaller = values.get(i + 1).is_some_and(|next| next > value);
        total = total.checked_add(if smaller { -i32::from(*value) } else { i32::from(*value) })?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Label::at_start(text).map_or_else(
            || "-".into(),
            |l| {
                let tail: Vec<&str> = l.tail.iter().map(|m| m.text.as_str()).collect();
                format!("{}{}{:?}{}|{}", l.word, l.prefix, l.figures, tail.join(","), &text[l.len..])
            },
        )
    }

    #[test]
    fn labels_of_every_kind_seen_are_read() {
        let cases = [
            ("5.2(b) Notice", "[5, 2]b|Notice"),
            ("5.2.1. Notice", "[5, 2, 1]|Notice"),
            ("6 .2 Notice", "[6, 2]|Notice"),
            ("6 Consequences", "[6]|Consequences"),
            ("12. The Vendor", "[12]|The Vendor"),
            ("1)\tfoo", "[1]|foo"),
            ("(12) foo", "[]12|foo"),
            ("(iv) foo", "[]iv|foo"),
            ("(a)(ii) foo", "[]a,ii|foo"),
            ("a). foo", "[]a|foo"),
            ("IV. Term", "[]IV|Term"),
            ("b. foo", "[]b|foo"),
            ("3e. foo", "[3]e|foo"),
            ("A1-8. foo", "A[1, 8]|foo"),
            ("S2.1 Foo", "S[2, 1]|Foo"),
            ("Article V – Term", "article[]V|– Term"),
            ("ARTICLE 12", "article[12]|"),
            ("Section 1.01 Scope", "section[1, 1]|Scope"),
            ("Schedule 1: Security", "schedule[1]|Security"),
            ("Annex II", "annex[]II|"),
            ("Annex 1A: Parties", "annex[1]A|Parties"),
            ("Appendix 1 to the Clauses", "appendix[1]|to the Clauses"),
            ("5.2.b) Audit", "[5, 2]b|Audit"),
            ("3A. Media", "[3]A|Media"),
            ("7. Business Continuity", "[7]|Business Continuity"),
            ("Exhibit B-1", "exhibit[]B,1|"),
            ("§ 5 Term", "§[5]|Term"),
            ("2.1 comply with", "[2, 1]|comply with"),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn figures_and_words_that_only_look_like_labels_are_not() {
        for text in [
            "30 days after",
            "2.5 million euros",
            "72 hours",
            "Section 5 shall survive",
            "Schedule 1 applies",
            "Processor",
            "etc. and so on",
            "no. of users",
            "45 CFR 164",
            "Part of the Services",
            "99.9% uptime",
            "Clause 13(a) and Part C",
            "Section 2.16(f) of the Schedule",
            "Article 28 GDPR requires",
            "18F intends",
            "S.A.S.U. Acme",
            "3D models are",
            "5 Business Days after",
        ] {
            assert_eq!(shown(text), "-", "{text}");
        }
    }

    #[test]
    fn a_letter_can_be_a_roman_figure_too() {
        let mark = |t: &str| Label::at_start(t).unwrap().tail[0].clone();
        assert_eq!((mark("(i) x").letter, mark("(i) x").roman), (Some(9), Some(1)));
        assert_eq!((mark("(aa) x").letter, mark("(aa) x").roman), (Some(27), None));
        assert_eq!(Label::at_start("(iiii) x"), None);
    }
}
