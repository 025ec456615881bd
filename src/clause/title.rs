//! Titles: which lines are headings of what follows, by their set and their words.

use super::label::Label;
use super::piece::{Piece, Title};
use crate::source::{Block, Place};

/// A title has at most this many bytes; real ones rarely reach half of it.
pub const LONGEST_TITLE: usize = 120;
/// The titles of annexes repeat the statute: "Technical and organisational measures including ...".
const LONGEST_MARKED_TITLE: usize = 300;
/// "You are the sole licensee" is a title; longer lines with a verb are clauses in a heading style.
const LONGEST_TITLE_WITH_VERB: usize = 7;
/// A numbered line in a heading style of more words is a title only if it is written like one.
const LONGEST_SENTENCE_CASE_TITLE: usize = 8;

/// A title that ends with a full stop has at most this many words.
const LONGEST_STOPPED_TITLE: usize = 12;
/// Words of the title beside a label that names its clause.
const LONGEST_NAMED_TITLE: usize = 14;

/// Whether a piece is a title on a line of its own.
pub fn title(piece: &Piece, block: &Block, text: &str) -> Title {
    let body = piece.text.of(text);
    let elsewhere = matches!(piece.place, Place::Cell { .. } | Place::Note | Place::HeaderFooter | Place::Contents);
    if body.is_empty() || elsewhere || piece.bullet || !is_possible(piece, body) || is_defined_term(body) {
        return Title::No;
    }
    if piece.level.is_some() {
        return Title::Yes;
    }
    // What stands beside "Clause 12" or "Schedule 1" is its title, if it is no sentence.
    let named = piece.label.as_ref().is_some_and(|l| !l.word.is_empty());
    let titled = named
        && !body.ends_with(['.', ':'])
        && !has_verb(body)
        && body.split_whitespace().count() <= LONGEST_NAMED_TITLE;
    let capitals = is_capitals(body) || piece.label.is_some() && is_short_capitals(body);
    let set_apart = (block.emphasis && !body.ends_with(':')) || capitals;
    let schedule = piece.label.as_ref().is_some_and(Label::is_schedule);
    if set_apart || schedule || titled {
        return if piece.depth > 1 && piece.label.is_none() { Title::Maybe } else { Title::Yes };
    }
    let body = if piece.label.is_some() { body.trim_end_matches('.') } else { body };
    if is_title_like(body) && (piece.label.is_some() || !is_address(body)) { Title::Maybe } else { Title::No }
}

/// Whether length, first and last characters and verbs let a line be a title.
fn is_possible(piece: &Piece, body: &str) -> bool {
    // Heading styles of word processors carry whole clauses, numbered; a "#" is always meant as a heading.
    let numbered_style = piece.list.is_some() && piece.depth == 0;
    let marked = piece.level.is_some() && !numbered_style;
    let words = body.split_whitespace().count();
    let verb = has_verb(body);
    let schedule = piece.label.as_ref().is_some_and(Label::is_schedule);
    let longest = if !verb && (marked || schedule) { LONGEST_MARKED_TITLE } else { LONGEST_TITLE };
    let start_fits = !body.starts_with(['_', '☐', '☒', '☑'])
        && (marked || !body.starts_with(['[', '(']) && !body.starts_with(char::is_lowercase));
    let end = body.strip_suffix("and").or_else(|| body.strip_suffix("or")).unwrap_or(body).trim_end();
    let lead_in = body.ends_with(':') && verb || !marked && is_left_open(body);
    let end_fits = !end.ends_with(';') && !body.ends_with(',') && !lead_in;
    if body.len() > longest
        || !start_fits
        || !end_fits
        || body.contains(": ") && (!marked || verb)
        || is_field(body, piece)
    {
        return false;
    }
    if body.ends_with('.') && words > 4 && (words > LONGEST_STOPPED_TITLE || verb || !(marked || is_title_case(body))) {
        return false;
    }
    // A sentence in capitals is a term, however short: "THE HOST GIVES NO WARRANTY." heads nothing.
    if body.ends_with('.') && verb && piece.label.is_none() && !marked {
        return false;
    }
    let question = marked && body.ends_with('?');
    if words > LONGEST_TITLE_WITH_VERB && !question && (verb || has_two_sentences(body)) {
        return false;
    }
    !(numbered_style
        && piece.level.is_some()
        && words > LONGEST_SENTENCE_CASE_TITLE
        && !is_title_case(body)
        && !is_capitals(body))
}

fn has_two_sentences(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| at > 3 && text[at + 2..].trim_start().starts_with(char::is_uppercase))
}

/// Whether a line is a field of a form or a word between two parties: "Name", "Title:", "and".
fn is_field(line: &str, piece: &Piece) -> bool {
    const FIELDS: [&str; 14] = [
        "name",
        "title",
        "date",
        "by",
        "address",
        "email",
        "place",
        "signature",
        "and",
        "between",
        "of",
        "or",
        "to",
        "its",
    ];
    let word = line.trim_end_matches(':').trim().to_lowercase();
    let signature = word == "signature" && piece.level.is_some() && !line.ends_with(':');
    piece.label.is_none() && FIELDS.contains(&word.as_str()) && !signature
}

/// Whether the text begins with a term in quotation marks, as definitions do.
pub fn is_defined_term(text: &str) -> bool {
    text.starts_with(['"', '“', '‘', '„', '«']) || text.starts_with('\'')
}

/// Whether all letters are capitals, and there are enough of them to mean it.
pub fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase) && text.len() <= LONGEST_MARKED_TITLE
}

/// Whether a line says where somebody is: "Quay 9, Portsea", "info@example.com".
fn is_address(line: &str) -> bool {
    line.contains('@') || line.contains(',') && line.contains(|c: char| c.is_ascii_digit())
}

/// Whether a number stands before a word of two or three capitals: "3.0 LAW", "7. IP".
fn is_short_capitals(text: &str) -> bool {
    (2..4).contains(&text.len()) && text.chars().all(char::is_uppercase)
}

/// Whether a line breaks off at a word that more must follow: "The Supplier shall", "each of the following".
pub fn is_left_open(line: &str) -> bool {
    const OPEN: [&str; 24] = [
        "shall",
        "must",
        "will",
        "may",
        "should",
        "the",
        "a",
        "an",
        "to",
        "of",
        "by",
        "with",
        "from",
        "for",
        "that",
        "which",
        "is",
        "are",
        "be",
        "not",
        "its",
        "their",
        "following",
        "including",
    ];
    const QUESTIONS: [&str; 8] = ["What", "Who", "How", "Why", "Where", "When", "Which", "Whom"];
    let mut words = line.split_whitespace();
    let asks = words.next().is_some_and(|w| QUESTIONS.contains(&w));
    !asks && words.next_back().is_some_and(|w| OPEN.contains(&w))
}

/// Whether a line reads like a title: short, capitalised, no sentence.
pub fn is_title_like(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    (1..=9).contains(&words)
        && text.len() <= 70
        && text.chars().filter(|c| c.is_alphabetic()).count() > 2
        && !text.ends_with(['.', ';', ',', ':', '!', '?', '_', '|'])
        && (!text.ends_with(')') || text.contains('('))
        && !is_defined_term(text)
        && !is_left_open(text)
        && text.starts_with(char::is_uppercase)
        && (is_capitals(text) || is_title_case(text) || words <= 5 && !has_verb(text))
}

/// Whether every word of weight is capitalised.
pub fn is_title_case(text: &str) -> bool {
    const SMALL: [&str; 20] = [
        "and", "or", "of", "the", "to", "for", "in", "on", "by", "with", "a", "an", "from", "at", "as", "upon",
        "under", "into", "per", "via",
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
pub fn has_verb(text: &str) -> bool {
    const VERBS: [&str; 36] = [
        "shall",
        "will",
        "must",
        "may",
        "is",
        "are",
        "means",
        "mean",
        "has",
        "have",
        "agree",
        "agrees",
        "can",
        "should",
        "was",
        "were",
        "does",
        "do",
        "be",
        "includes",
        "applies",
        "apply",
        "consists",
        "represents",
        "warrants",
        "acknowledges",
        "remains",
        "remain",
        "retains",
        "owns",
        "survives",
        "undertakes",
        "requires",
        "provides",
        "ensures",
        "notifies",
    ];
    text.split_whitespace().any(|w| {
        let word = w.trim_matches(|c: char| !c.is_alphanumeric());
        VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_short_capitalised_and_no_sentences() {
        for title in ["Data Protection", "Return of Customer Data", "Audit rights", "FEES AND TAXES", "Parties (Annex)"]
        {
            assert!(is_title_like(title), "{title}");
        }
        for text in
            ["Vendor shall notify", "the Vendor", "Customer may not:", "“Fees”", "Name: ____", "Costs are borne."]
        {
            assert!(!is_title_like(text), "{text}");
        }
    }
}
