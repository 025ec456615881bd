//! Sentences, and what each is good for: a term, a definition, a recital, a heading.

use super::title::is_defined_term;
use super::{ClauseTree, Kind, Role, Sentence};
use crate::source::Place;
use crate::span::{Span, trim};

/// Splits all paragraphs and headings into sentences.
pub fn split(tree: &mut ClauseTree, text: &str) {
    let mut out = Vec::with_capacity(tree.paragraphs.len() * 2);
    for (index, clause) in (0u32..).zip(&tree.clauses) {
        if let Some(heading) = clause.heading {
            let role = if clause.kind == Kind::Contents { Role::Contents } else { Role::Heading };
            out.push(Sentence { span: heading, clause: index, paragraph: None, role });
        }
    }
    for (index, paragraph) in (0u32..).zip(&tree.paragraphs) {
        let clause = &tree.clauses[paragraph.clause as usize];
        let mut whole = role(clause.kind, paragraph.place, paragraph.span.of(text));
        // "Fees: the fees set out in ..." among the definitions: the run-in heading is the term.
        let term =
            clause.kind == Kind::Definitions && clause.label.is_empty() && clause.heading.is_some() && clause.depth > 0;
        if term && whole == Role::Text && !states_duty(paragraph.span.of(text)) {
            whole = Role::Definition;
        }
        for span in sentences(text, paragraph.span) {
            let own = span.of(text);
            let role = match whole {
                // "Laws" means the GDPR. The Supplier shall comply with the Laws.
                Role::Definition if clause.kind != Kind::Definitions && !is_definition(own) && states_duty(own) => {
                    Role::Text
                }
                Role::Text if is_definition(span.of(text)) => Role::Definition,
                Role::Text if span.of(text).trim_start().to_lowercase().starts_with("whereas") => Role::Recital,
                role => role,
            };
            out.push(Sentence { span, clause: paragraph.clause, paragraph: Some(index), role });
        }
    }
    out.sort_by_key(|s| (s.span.start, s.span.end));
    tree.sentences = out;
}

/// Whether a verb of duty or right is there.
fn states_duty(text: &str) -> bool {
    text.split_whitespace().any(|w| ["shall", "must", "will", "may"].contains(&w))
}

fn role(kind: Kind, place: Place, text: &str) -> Role {
    match (place, kind) {
        (Place::HeaderFooter, _) => Role::Furniture,
        (Place::Contents, _) | (_, Kind::Contents) => Role::Contents,
        (_, Kind::Recitals) => Role::Recital,
        (_, Kind::Signatures) => Role::Signature,
        _ if is_blank_line(text) => Role::Signature,
        _ if is_definition(text) => Role::Definition,
        _ => Role::Text,
    }
}

/// Whether a line is there to be filled in: a rule of underscores, or "Name:" and nothing after it.
fn is_blank_line(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    words <= 4 && text.contains("___")
}

/// Whether a text defines a term: "X" means ..., X shall mean ..., X has the meaning given in ...
#[must_use]
pub fn is_definition(text: &str) -> bool {
    const WINDOW: usize = 14;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '•'));
    let quoted = is_defined_term(text);
    if !quoted && !text.starts_with(char::is_uppercase) {
        return false;
    }
    let words: Vec<&str> = text
        .split_whitespace()
        .take(if quoted { WINDOW * 2 } else { WINDOW })
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect();
    for (i, word) in words.iter().enumerate() {
        let before = i.checked_sub(1).map_or("", |b| words[b]);
        let next = words.get(i + 1).copied().unwrap_or_default();
        match *word {
            "meaning" if i >= 2 && words[i - 2] == "within" => {}
            "meaning" | "meanings" if !matches!(before, "of" | "any" | "other") => return true,
            "means" if !NOUN_BEFORE.contains(&before.to_lowercase().as_str()) => return true,
            "mean" if matches!(before, "shall" | "will" | "to") => return true,
            "refers" | "includes" | "denotes" if quoted => return true,
            "shall" | "will" if !quoted && !matches!(next, "mean" | "have" | "bear" | "refer") => return false,
            "must" | "may" | "agrees" | "is" | "are" if !quoted => return false,
            _ => {}
        }
    }
    false
}

/// After these "means" is a noun: "by any means".
const NOUN_BEFORE: [&str; 22] = [
    "the",
    "and",
    "appropriate",
    "suitable",
    "secure",
    "lawful",
    "necessary",
    "no",
    "that",
    "this",
    "which",
    "it",
    "any",
    "all",
    "other",
    "such",
    "by",
    "electronic",
    "reasonable",
    "these",
    "of",
    "technical",
];

/// A longer sentence is cut after a word: what is looked for within a sentence is sought at each word of it, and no
/// sentence of a contract goes half as far. What has no words at all is cut at twice that.
const LONGEST_SENTENCE: usize = 8_192;

/// The sentences of a paragraph.
#[must_use]
pub fn sentences(text: &str, paragraph: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let raw = paragraph.of(text);
    let base = paragraph.start as usize;
    let mut start = 0;
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let stop = match c {
            '.' | '!' | '?' => {
                let closers = raw[end..]
                    .chars()
                    .take_while(|c| matches!(c, '"' | '”' | '’' | ')' | ']' | '*'))
                    .map(char::len_utf8);
                let end = end + closers.sum::<usize>();
                ends_sentence(&raw[start..at], &raw[end..], c).then_some(end)
            }
            '\n' => {
                let before = raw[start..at].trim_end();
                let goes_on = raw[end..].trim_start().starts_with(char::is_lowercase);
                (before.ends_with(['.', ';', ':', '!', '?']) && !goes_on).then_some(end)
            }
            _ => None,
        };
        let stop = stop.or_else(|| (end - start >= LONGEST_SENTENCE && !c.is_alphanumeric()).then_some(end));
        let stop = stop.or_else(|| (end - start >= 2 * LONGEST_SENTENCE).then_some(end));
        if let Some(stop) = stop {
            push(text, base + start, base + stop, &mut out);
            start = stop;
            while chars.peek().is_some_and(|(at, _)| *at < stop) {
                chars.next();
            }
        }
    }
    push(text, base + start, base + raw.len(), &mut out);
    out
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let span = trim(text, Span::new(start, end));
    if !span.is_empty() {
        out.push(span);
    }
}

/// Whether a sentence ends between `before` and `after`, parted by the mark `c`.
fn ends_sentence(before: &str, after: &str, c: char) -> bool {
    const ABBREVIATIONS: [&str; 45] = [
        "e.g", "i.e", "eg", "ie", "inc", "ltd", "co", "corp", "no", "nos", "art", "arts", "sec", "para", "paras", "cl",
        "vs", "v", "approx", "cf", "mr", "mrs", "ms", "dr", "st", "u.s", "u.k", "s.a", "b.v", "n.v", "al", "seq", "pp",
        "p", "ch", "reg", "dec", "incl", "c.f.r", "u.s.c", "non-u.s", "stat", "rev", "civ", "ff",
    ];
    let rest = after.trim_start();
    if rest.is_empty() {
        return true;
    }
    if rest.len() == after.len() {
        // "1.2", "proviso.toml": no space, no end. PDF residue such as "data.The" is one.
        return c == '.' && before.ends_with(char::is_lowercase) && starts_word(rest);
    }
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '-' | '–' | '/'))
        .next()
        .unwrap_or_default();
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    // An initial, or a label such as "5." or "a.".
    let is_initial = word.chars().count() == 1 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    !is_initial
        && rest.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '(' | '[' | '‘' | '§')
        })
}

/// A capital and a small letter.
fn starts_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_at_abbreviations_and_numbers() {
        assert_eq!(
            split(
                "Acme Inc. (“Vendor”) shall notify, e.g. by email. It shall do so within 24 hours (Section 5.2). No. 7 applies."
            ),
            [
                "Acme Inc. (“Vendor”) shall notify, e.g. by email.",
                "It shall do so within 24 hours (Section 5.2).",
                "No. 7 applies."
            ]
        );
        assert_eq!(split("He said “stop.” Then left."), ["He said “stop.”", "Then left."]);
        assert_eq!(split("data (i.e.\nnames) under 45 C.F.R. § 164.").len(), 1);
        assert_eq!(split("delete the data.The Vendor may not"), ["delete the data.", "The Vendor may not"]);
        assert_eq!(split("one\ntwo;\nThree"), ["one\ntwo;", "Three"]);
    }

    #[test]
    fn definitions_are_told_from_duties() {
        assert!(is_definition("“Security Incident” means any breach of security."));
        assert!(is_definition("Personal Data shall mean any information relating to a person."));
        assert!(is_definition("“Controller”, “Processor” and “Data Subject” have the meanings given in the GDPR."));
        assert!(!is_definition("The Vendor shall notify the Customer by any means."));
        assert!(!is_definition("Customer may audit the Vendor by means of a questionnaire."));
    }
}
