//! Defined terms: where each is named and where it is said what it means.

use crate::clause::label::Label;
use crate::clause::{ClauseTree, Kind, Role, Sentence};
use crate::source::{Contract, Place};
use crate::span::{Span, trim};
use rustc_hash::FxHashSet;

/// A defined term.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Term {
    /// Its name, without quotation marks.
    pub name: String,
    /// The name where it is defined.
    pub mention: Span,
    /// What defines it: a sentence, a table cell or a whole clause.
    pub definition: Span,
}

/// A name of more bytes or words is a sentence.
const LONGEST_NAME: usize = 80;
const MOST_WORDS: usize = 9;

/// The terms that a contract defines, in text order; of two definitions of one name the first.
#[must_use]
pub fn terms(contract: &Contract, tree: &ClauseTree) -> Vec<Term> {
    let text = &contract.text;
    let mut found = Vec::new();
    for sentence in &tree.sentences {
        if matches!(sentence.role, Role::Contents | Role::Signature | Role::Furniture | Role::Heading) {
            continue;
        }
        let before = found.len();
        quoted(text, tree, sentence, &mut found);
        let starts = found.get(before).is_some_and(|t| t.mention.start <= sentence.span.start + 8);
        if !starts && (sentence.role == Role::Definition || in_definitions(tree, sentence)) {
            found.extend(plain(text, tree, sentence));
        }
    }
    rows(text, tree, &mut found);
    titled(text, tree, &mut found);
    found.sort_by_key(|t| (t.mention.start, t.definition.start));
    let mut seen = FxHashSet::default();
    found.retain(|t| seen.insert(t.name.to_lowercase()));
    found
}

fn in_definitions(tree: &ClauseTree, sentence: &Sentence) -> bool {
    tree.clauses[sentence.clause as usize].kind == Kind::Definitions
}

fn term(text: &str, mention: Span, definition: Span) -> Option<Term> {
    let around = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '*' | ',' | ';' | ':' | '.')
    };
    let shown = mention.of(text);
    let start = mention.start as usize + shown.len() - shown.trim_start_matches(around).len();
    let name = shown.trim_matches(around);
    let words = name.split_whitespace().count();
    let fits =
        !name.is_empty() && name.len() <= LONGEST_NAME && words <= MOST_WORDS && name.contains(char::is_alphabetic);
    let mention = Span::new(start, start + name.len());
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (fits && !NO_NAMES.contains(&name.to_lowercase().as_str())).then_some(Term { name, mention, definition })
}

/// What stands in quotation marks or beside a colon without being defined.
const NO_NAMES: [&str; 20] = [
    "as is",
    "as available",
    "as-is",
    "where is",
    "with all faults",
    "term",
    "definition",
    "definitions",
    "defined term",
    "meaning",
    "this",
    "it",
    "that",
    "which",
    "interpretation",
    "general",
    "note",
    "example",
    "accept",
    "i agree",
];

/// A name in quotation marks: bytes of the name, and where the text goes on.
fn quotation(text: &str, at: usize, end: usize) -> Option<(usize, usize, usize)> {
    let open = text[at..end].chars().next()?;
    let closers: &[char] = match open {
        '"' | '“' | '”' | '„' => &['"', '”', '“'],
        '«' => &['»'],
        '‘' => &['’'],
        _ => return None,
    };
    let start = at + open.len_utf8();
    let mut stop = end.min(start + LONGEST_NAME + 4);
    while !text.is_char_boundary(stop) {
        stop -= 1;
    }
    let len = text[start..stop].find(closers)?;
    let after = start + len + text[start + len..].chars().next().map_or(0, char::len_utf8);
    // An apostrophe inside a name in single marks does not close it.
    (open != '‘' || !text[after..].starts_with(char::is_alphanumeric)).then_some((start, start + len, after))
}

/// Terms in quotation marks that a sentence defines.
fn quoted(text: &str, tree: &ClauseTree, sentence: &Sentence, out: &mut Vec<Term>) {
    let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut at = start;
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        match c {
            '(' => brackets.push(Bracket { names: true }),
            ')' => drop(brackets.pop()),
            '"' | '“' | '”' | '„' | '«' | '‘' => {
                if let Some((from, to, after)) = quotation(text, at, end) {
                    let bracketed = brackets.last().is_some_and(|b| b.names);
                    let defining = defines(&text[start..at], &text[after..end]);
                    if bracketed || defining {
                        let definition = if defining { whole(text, tree, sentence) } else { sentence.span };
                        out.extend(term(text, Span::new(from, to), definition));
                    }
                    at = after;
                    continue;
                }
            }
            _ if c.is_alphabetic() => {
                let word: &str = text[at..end].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                if let Some(bracket) = brackets.last_mut() {
                    bracket.names &= !c.is_lowercase() || CONNECTORS.contains(&word);
                }
                at += word.len();
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
}

/// An open bracket, and whether all in it so far leads to a name: ("X"), (the "X"), (together with Y, the "X").
struct Bracket {
    names: bool,
}

const CONNECTORS: [&str; 36] = [
    "the",
    "a",
    "an",
    "this",
    "these",
    "each",
    "such",
    "any",
    "all",
    "both",
    "or",
    "and",
    "as",
    "to",
    "us",
    "we",
    "our",
    "its",
    "their",
    "collectively",
    "together",
    "with",
    "individually",
    "jointly",
    "hereinafter",
    "hereafter",
    "herein",
    "referred",
    "called",
    "known",
    "defined",
    "below",
    "also",
    "of",
    "in",
    "being",
];

/// Whether a name in quotation marks between `before` and `after`, both of its sentence, is being defined.
fn defines(before: &str, after: &str) -> bool {
    // No label or lead is longer; each quotation mark of a sentence comes by here.
    const NEAR: usize = 200;
    let near = before.char_indices().rev().take(NEAR).last().map_or(0, |(at, _)| at);
    let before = &before[near..];
    let lead = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let lead =
        ["the", "a", "an", "The", "A", "An"].iter().find_map(|w| lead.strip_suffix(w)).unwrap_or(lead).trim_end();
    let named = [
        "referred to as",
        "defined as",
        "hereinafter",
        "hereafter",
        "hereinafter called",
        "known as",
        "termed",
        "the term",
        "The term",
    ];
    if named.iter().any(|n| lead.ends_with(n)) && !after.trim_start().starts_with("in ") {
        return true;
    }
    let first = lead.is_empty() || Label::at_start(before.trim_start()).is_some_and(|l| l.len >= before.trim().len());
    let after = past_names(after);
    if first && after.starts_with([':', '–', '—', '-', '=', '\t']) {
        return true;
    }
    verb(after, first)
}

/// The text after further names and remarks in brackets: `“A”, “B” (or “C”) and “D” mean` goes on at "mean".
fn past_names(mut rest: &str) -> &str {
    // No definition gives one meaning to more names; each quotation mark of a sentence comes by here.
    const MOST_NAMES: usize = 16;
    for _ in 0..MOST_NAMES {
        let next = rest.trim_start_matches([' ', '\u{a0}', '\n', ',', '/', ';']);
        if next.starts_with('(')
            && let Some(n) = next.find(')').filter(|n| *n <= LONGEST_NAME)
        {
            rest = &next[n + 1..];
            continue;
        }
        let joined = ["and ", "or ", "& ", "and/or ", "the term ", "the terms "]
            .iter()
            .find_map(|j| next.strip_prefix(j))
            .unwrap_or(next);
        match quotation(joined, 0, joined.len()) {
            Some((_, _, after)) => rest = &joined[after..],
            None => return next,
        }
    }
    rest
}

/// Whether a text goes on with a verb that gives a meaning.
fn verb(after: &str, first: bool) -> bool {
    const REACH: usize = 9;
    const NEAR: usize = 300;
    let after = after.char_indices().nth(NEAR).map_or(after, |(at, _)| &after[..at]);
    let words: Vec<&str> =
        after.split_whitespace().take(REACH).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    for (i, word) in words.iter().enumerate() {
        let next = words.get(i + 1).copied().unwrap_or_default();
        match *word {
            "means" | "mean" | "meaning" | "meanings" | "denotes" | "refers" | "refer" => return true,
            "include" | "includes" if i <= 1 => return true,
            "is" | "are" if matches!(next, "defined" | "a" | "an" | "any" | "the" | "each" | "all") => {
                return first && i == 0;
            }
            "shall" | "will" if matches!(next, "mean" | "have" | "bear" | "refer" | "include") => {}
            "shall" | "will" | "must" | "may" | "is" | "are" | "agrees" | "can" => return false,
            _ => {}
        }
    }
    false
}

/// A definition that leads to sub-clauses takes them in.
fn whole(text: &str, tree: &ClauseTree, sentence: &Sentence) -> Span {
    let clause = &tree.clauses[sentence.clause as usize];
    let open = sentence.span.of(text).trim_end().ends_with([':', ',']);
    let alone = !clause.label.is_empty() && clause.span.end > sentence.span.end;
    if open && alone {
        sentence.span.join(Span { start: sentence.span.start, end: clause.span.end })
    } else {
        sentence.span
    }
}

/// A term without quotation marks at the start of a sentence: "Affiliate means ...", "Fees: ...".
fn plain(text: &str, tree: &ClauseTree, sentence: &Sentence) -> Option<Term> {
    const VERBS: [&str; 12] = [
        " means ",
        " mean ",
        " shall mean",
        " will mean",
        " has the ",
        " have the ",
        " shall have the ",
        " refers to ",
        " means:",
        " means, ",
        " includes ",
        " is defined ",
    ];
    let shown = sentence.span.of(text);
    let first = sentence.paragraph.is_some_and(|p| tree.paragraphs[p as usize].span.start == sentence.span.start);
    let mut stop = shown.len().min(LONGEST_NAME + 16);
    while !shown.is_char_boundary(stop) {
        stop -= 1;
    }
    let head = &shown[..stop];
    let colon = head.find(": ").filter(|_| first && in_definitions(tree, sentence));
    let verb = VERBS.iter().filter_map(|v| head.find(v)).min();
    let len = match (colon, verb) {
        (Some(c), Some(v)) => c.min(v),
        (c, v) => c.or(v)?,
    };
    let name = head[..len].split(" (").next().unwrap_or_default();
    let name_start =
        ["The term ", "The "].iter().find_map(|a| name.strip_prefix(a)).map_or(0, |n| name.len() - n.len());
    let name = &name[name_start..];
    if !is_name(name) {
        return None;
    }
    let from = sentence.span.start as usize + name_start;
    term(text, Span::new(from, from + name.len()), whole(text, tree, sentence))
}

/// Whether all words of weight are capitalised, as those of a term are; a single one may be followed by small ones.
fn is_name(name: &str) -> bool {
    const SMALL: [&str; 10] = ["of", "and", "or", "the", "to", "for", "in", "on", "by", "with"];
    name.starts_with(char::is_uppercase)
        && !name.contains([',', ';', '.'])
        && !["’s ", "'s "].iter().any(|p| name.contains(p))
        && name.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || SMALL.contains(&w))
}

/// Tables of definitions: a term in the first cell of a row, its meaning in the second.
fn rows(text: &str, tree: &ClauseTree, out: &mut Vec<Term>) {
    const HEADS: [&str; 7] = ["term", "defined term", "definition", "expression", "word", "terms", "capitalised term"];
    let mut defining = None;
    for pair in tree.paragraphs.windows(2) {
        let (Place::Cell { table, row, column: 0, .. }, Place::Cell { table: other, row: beside, column: 1, .. }) =
            (pair[0].place, pair[1].place)
        else {
            continue;
        };
        if (table, row) != (other, beside) {
            continue;
        }
        let head = trim(text, pair[0].span).of(text).to_lowercase();
        if HEADS.contains(&head.as_str()) {
            defining = Some(table);
        } else if defining == Some(table) || tree.clauses[pair[0].clause as usize].kind == Kind::Definitions {
            out.extend(term(text, pair[0].span, pair[1].span));
        }
    }
}

/// Definitions whose term is a heading of its own: "Fees" in bold, then what they are.
fn titled(text: &str, tree: &ClauseTree, out: &mut Vec<Term>) {
    const OPENINGS: [&str; 7] = ["means", "shall mean", "is ", "are ", "has the", "have the", "refers to"];
    for (index, clause) in (0u32..).zip(&tree.clauses) {
        let Some(heading) = clause.heading.filter(|_| clause.kind == Kind::Definitions && clause.parent.is_some())
        else {
            continue;
        };
        let Some(first) = tree.paragraphs.get(tree.paragraphs.partition_point(|p| p.span.start < heading.end)) else {
            continue;
        };
        let opening = first.span.of(text).to_lowercase();
        let says = OPENINGS.iter().any(|o| opening.starts_with(o));
        // A run-in heading that ends in a full stop is the title of a clause.
        let gap = text.get(heading.end as usize..first.span.start as usize).unwrap_or_default();
        let beside = gap.contains([':', '\n', '–', '—']) && clause.label.is_empty() && is_name(heading.of(text));
        if first.clause == index && (says || beside) {
            out.extend(term(text, heading, Span { start: heading.start, end: clause.span.end.max(first.span.end) }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kind::tests::contract;

    fn found(text: &str) -> Vec<String> {
        let (contract, tree) = contract(text);
        let show = |t: Term| format!("{} = {}", t.mention.of(&contract.text), t.definition.of(&contract.text));
        terms(&contract, &tree).into_iter().map(show).collect()
    }

    #[test]
    fn terms_are_found_however_they_are_defined() {
        let cases: [(&str, &[&str]); 17] = [
            ("“Widget” means a small device.", &["Widget = “Widget” means a small device."]),
            ("**Widget** means a small device.", &["Widget = Widget means a small device."]),
            ("Widget Plan shall mean the plan.", &["Widget Plan = Widget Plan shall mean the plan."]),
            (
                "\"Gear\" and \"Cog\" have the meanings given in Annex 1.",
                &[
                    "Gear = \"Gear\" and \"Cog\" have the meanings given in Annex 1.",
                    "Cog = \"Gear\" and \"Cog\" have the meanings given in Annex 1.",
                ],
            ),
            ("Northwind Ltd (“Northwind”) sells gears.", &["Northwind = Northwind Ltd (“Northwind”) sells gears."]),
            (
                "Fabrikam (the \"Buyer\" or \"you\") buys.",
                &[
                    "Buyer = Fabrikam (the \"Buyer\" or \"you\") buys.",
                    "you = Fabrikam (the \"Buyer\" or \"you\") buys.",
                ],
            ),
            (
                "Fees and costs (collectively, the “Charges”) fall due.",
                &["Charges = Fees and costs (collectively, the “Charges”) fall due."],
            ),
            (
                "Northwind, hereinafter referred to as the “Seller”, sells.",
                &["Seller = Northwind, hereinafter referred to as the “Seller”, sells."],
            ),
            (
                "An “Affiliate” is a company under common control.",
                &["Affiliate = An “Affiliate” is a company under common control."],
            ),
            (
                "“Personal Data”, as used here, means data about people.",
                &["Personal Data = “Personal Data”, as used here, means data about people."],
            ),
            ("The gears are sold “AS IS” (without the “old” boxes).", &[]),
            ("Press the “Accept” button (see “Help” in the menu).", &[]),
            ("The “cog” shall turn.", &[]),
            (
                "## Definitions\n\n| Term | Meaning |\n|---|---|\n| Gear | A wheel with teeth |\n",
                &["Gear = A wheel with teeth"],
            ),
            (
                "## 1. Definitions\n\n**Fees:** the sums due under the order, as changed.\n\n**Gear:** a wheel with teeth that turns.\n",
                &[
                    "Fees = Fees: the sums due under the order, as changed.",
                    "Gear = Gear: a wheel with teeth that turns.",
                ],
            ),
            ("“Gear” means a wheel. “Gear” means a cog.", &["Gear = “Gear” means a wheel."]),
            ("Northwind sells by any means it likes.", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(found(text), want, "{text}");
        }
    }
}
