//! Notes to the drafter that stand in the text, and wording in brackets that nobody settled.
//!
//! A note is kept as text and says nothing for the contract: what it speaks of was not agreed. Wording in brackets is
//! text like any other until a person decides on it, so it is told of and no more.

use crate::source::Contract;
use crate::span::{Span, trim};
use std::borrow::Cow;

/// A note goes on over paragraphs up to so many bytes; where none of them ends it, it ends with its own paragraph.
const LONGEST: usize = 2_000;
/// What tells a note stands in its first bytes.
const HEAD: usize = 80;

/// Notes to the drafter, in text order, none inside another.
#[must_use]
pub fn notes(contract: &Contract) -> Vec<Span> {
    let text = &contract.text;
    let mut out: Vec<Span> = Vec::new();
    for block in &contract.blocks {
        let done = out.last().map_or(0, |n| n.end);
        if block.span.end <= done {
            continue;
        }
        let own = block.span.of(text);
        let bracketed = own.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[' && c != '(');
        let whole = block.span.start >= done && !bracketed.starts_with(['[', '(']);
        if whole && names_itself(&head(own)) {
            out.push(trim(text, block.span));
            continue;
        }
        let (pairs, unclosed) = brackets(text, block.span);
        let mut at = done;
        for pair in pairs {
            if pair.start >= at && is_note(text, pair) {
                out.push(pair);
                at = pair.end;
            }
        }
        let open = unclosed.into_iter().find(|o| *o >= at && is_note(text, Span { start: *o, end: block.span.end }));
        if let Some(start) = open {
            // Brackets that close within it are part of it.
            out.retain(|n| n.start < start);
            out.push(trim(text, Span { start, end: closing(text, start).unwrap_or(block.span.end) }));
        }
    }
    out
}

/// The contract without the words of `notes`: blanks of the same length stand in their place.
#[must_use]
pub fn without<'a>(contract: &'a Contract, notes: &[Span]) -> Cow<'a, Contract> {
    if notes.is_empty() {
        return Cow::Borrowed(contract);
    }
    let mut text = String::with_capacity(contract.text.len());
    for note in notes {
        text.push_str(&contract.text[text.len()..note.start as usize]);
        text.extend(note.of(&contract.text).bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
    }
    text.push_str(&contract.text[text.len()..]);
    Cow::Owned(Contract { text, ..contract.clone() })
}

/// Wording in square brackets that reads as one choice of several, or as a choice to leave it out, in text order.
/// What is to be filled in (`placeholders`) is none.
#[must_use]
pub fn alternatives(contract: &Contract, placeholders: &[Span]) -> Vec<Span> {
    let text = &contract.text;
    let mut out: Vec<Span> = Vec::new();
    for block in &contract.blocks {
        for pair in brackets(text, block.span).0 {
            let to_fill = placeholders[..placeholders.partition_point(|p| p.start <= pair.start)].last();
            let known = out.last().is_some_and(|o| o.end > pair.start) || to_fill.is_some_and(|p| p.contains(pair));
            if !known && is_wording(text, pair) {
                out.push(pair);
            }
        }
    }
    out
}

/// Pairs of brackets in a block by their start, and where brackets open that none closes. One pass.
fn brackets(text: &str, block: Span) -> (Vec<Span>, Vec<u32>) {
    let (mut square, mut round): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut pairs = Vec::new();
    for (at, c) in (block.start..).zip(block.of(text).bytes()) {
        let start = match c {
            b'[' => {
                square.push(at);
                None
            }
            b'(' => {
                round.push(at);
                None
            }
            b']' => square.pop(),
            // "a)" inside of square brackets closes none that stands before them.
            b')' if round.last() > square.last() || square.is_empty() => round.pop(),
            _ => None,
        };
        if let Some(start) = start {
            pairs.push(Span { start, end: at + 1 });
            // A round bracket that was left open inside square ones stays open for good.
            while c == b']' && round.last().is_some_and(|r| *r > start) {
                round.pop();
            }
        }
    }
    pairs.sort_by_key(|p| p.start);
    square.append(&mut round);
    square.sort_unstable();
    (pairs, square)
}

/// Where the bracket that opens at `start` closes in the paragraphs after its own.
fn closing(text: &str, start: u32) -> Option<u32> {
    let mut depth = 0u32;
    for (at, c) in (start..).zip(text[start as usize..].bytes().take(LONGEST)) {
        match c {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The first bytes of a text as they are compared: small letters, straight apostrophes, no marks or numbers in front.
fn head(text: &str) -> String {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    let head = text[..end].trim_start_matches(|c: char| !c.is_alphabetic());
    head.to_lowercase().replace(['’', '‘'], "'")
}

/// Whether bracketed words are a note to the drafter. `span` begins with the bracket.
fn is_note(text: &str, span: Span) -> bool {
    let after = &text[span.end as usize..];
    if after.starts_with('(') {
        return false; // A link of Markdown.
    }
    let inner = &span.of(text)[1..];
    let inner = inner.strip_suffix([']', ')']).unwrap_or(inner);
    let head = head(inner);
    let square = text[span.start as usize..].starts_with('[');
    names_itself(&head) || square && (is_introduced(&head) || is_instruction(&head) || is_to_confirm(inner, &head))
}

/// What nothing but a note to the drafter begins with.
const NAMES: [&str; 14] = [
    "drafting note",
    "drafting notes",
    "drafter's note",
    "drafters' note",
    "drafter's notes",
    "draft note",
    "drafting guidance",
    "drafting instruction",
    "drafting instructions",
    "note to draft",
    "note to drafter",
    "note to drafters",
    "notes to draft",
    "ntd",
];

fn names_itself(head: &str) -> bool {
    NAMES.iter().any(|n| rest(head, n).is_some())
}

/// What follows `start` in `head`, where that ends a word.
fn rest<'a>(head: &'a str, start: &str) -> Option<&'a str> {
    head.strip_prefix(start).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a word of notes with a colon or dash begins it: "Guidance: ...", "Note to Customer: ...", or it is only
/// the word that says that a clause can be left out.
fn is_introduced(head: &str) -> bool {
    const WORDS: [&str; 27] = [
        "note",
        "notes",
        "nb",
        "n.b",
        "guidance",
        "guidance note",
        "guidance notes",
        "instruction",
        "instructions",
        "comment",
        "comments",
        "explanatory note",
        "explanation",
        "practice note",
        "editor's note",
        "editorial note",
        "author's note",
        "internal note",
        "legal note",
        "important note",
        "template note",
        "reviewer note",
        "todo",
        "optional",
        "optional clause",
        "optional wording",
        "optional text",
    ];
    let colon = |rest: &str| {
        let rest = rest.trim_start_matches(['.', '*', '_', ' ', '\u{a0}']);
        rest.starts_with([':', '–', '—']) || rest.starts_with("- ")
    };
    let addressed = |rest: &str| {
        let rest = rest.trim_start();
        let to = rest.strip_prefix("to ").or_else(|| rest.strip_prefix("for "));
        to.is_some_and(|to| to.contains(':') || to.contains(" – ") || to.contains(" — ") || to.contains(" - "))
    };
    let alone = |word: &str, rest: &str| word.starts_with("optional") && rest.chars().all(|c| !c.is_alphanumeric());
    WORDS.iter().any(|word| {
        rest(head, word)
            .is_some_and(|rest| colon(rest) || alone(word, rest) || word.starts_with("note") && addressed(rest))
    })
}

/// Whether it tells the drafter what to do with a clause: "Delete if not applicable", "Select one".
fn is_instruction(head: &str) -> bool {
    const CONDITIONS: [&str; 6] = ["if", "where", "when", "only", "unless", "whichever"];
    const CHOICES: [&str; 9] = ["one", "either", "as", "which", "whichever", "from", "the", "all", "any"];
    let mut words = head.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let third = words.next().unwrap_or_default();
    match first {
        "delete" | "remove" | "strike" => {
            CONDITIONS.contains(&second) || matches!(second, "as" | "this" | "these" | "one" | "either") || {
                second == "the" && matches!(third, "following" | "inapplicable" | "other" | "alternative")
            }
        }
        "include" | "use" | "retain" | "keep" | "insert" | "add" => CONDITIONS.contains(&second),
        "select" | "choose" => {
            CHOICES.contains(&second) && (second != "the" || matches!(third, "applicable" | "appropriate" | "relevant"))
        }
        "amend" | "adapt" | "modify" | "tailor" | "adjust" => matches!(second, "as" | "if") || second == "accordingly",
        _ => false,
    }
}

/// Whether it leaves something to somebody: "Client to confirm".
fn is_to_confirm(inner: &str, head: &str) -> bool {
    const OPEN: [&str; 6] = ["confirm", "consider", "review", "discuss", "verify", "check"];
    let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(4).collect();
    let named = inner.trim_start().starts_with(char::is_uppercase);
    named && (1..words.len().saturating_sub(1)).any(|at| words[at] == "to" && OPEN.contains(&words[at + 1]))
}

/// What stands in brackets in final texts too: marks of the editor, of what was taken out, of where a page ends.
const SETTLED: [&str; 20] = [
    "sic",
    "omitted",
    "reserved",
    "intentionally",
    "redacted",
    "redaction",
    "deleted",
    "follow",
    "follows",
    "blank",
    "signature",
    "signatures",
    "seal",
    "end",
    "page",
    "confidential",
    "emphasis",
    "footnote",
    "image",
    "continued",
];

/// Whether the bracketed words are part of a sentence that can be with or without them.
fn is_wording(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let Some(inner) = span.of(text).strip_prefix('[').and_then(|i| i.strip_suffix(']')) else { return false };
    // "[t]he" and "agree[d]" are an editor's, "[our site](...)" and "[1]: ..." are links.
    let joined = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
    if joined || after.starts_with(['(', '[', ':']) || inner.contains("://") {
        return false;
    }
    let words: Vec<&str> = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.iter().any(|w| SETTLED.contains(&w.to_lowercase().as_str())) {
        return false;
    }
    match words.as_slice() {
        [] => false,
        [word] if word.chars().all(|c| c.is_ascii_digit()) => is_counted(after),
        [word] => word.len() > 1 && word.chars().all(char::is_lowercase),
        // A title in brackets is a name to be filled in.
        words => words.iter().any(|w| w.len() > 1 && w.chars().all(char::is_lowercase)),
    }
}

/// Whether what follows a figure is counted with it: "[30] days", and not "[2019] EWHC 12".
fn is_counted(after: &str) -> bool {
    const UNITS: [&str; 9] = ["hour", "day", "week", "month", "year", "business", "calendar", "working", "percent"];
    let next = after.trim_start().to_lowercase().chars().take(12).collect::<String>();
    after.starts_with('%') || UNITS.iter().any(|u| next.starts_with(u))
}

#[cfg(test)]
mod tests {
    use super::super::placeholders;
    use super::*;
    use crate::source::{Format, Limits, View, project, read};

    fn contract(text: &str) -> Contract {
        project(&read(text.as_bytes(), Format::Text, &Limits::default()).unwrap(), View::Accepted)
    }

    fn shown(text: &str, find: fn(&Contract) -> Vec<Span>) -> Vec<String> {
        let contract = contract(text);
        find(&contract).into_iter().map(|s| s.of(&contract.text).to_string()).collect()
    }

    #[test]
    fn notes_to_the_drafter_are_told_from_other_brackets() {
        let cases: [(&str, &[&str]); 20] = [
            ("Pay. [Note to draft: check [the fee].] Then go.", &["[Note to draft: check [the fee].]"]),
            ("[Drafting note: choose.] [NTD: why?]", &["[Drafting note: choose.]", "[NTD: why?]"]),
            ("[Guidance: two days is usual.]", &["[Guidance: two days is usual.]"]),
            ("[OPTIONAL: The goods are blue.] [Optional]", &["[OPTIONAL: The goods are blue.]", "[Optional]"]),
            ("[Delete if not applicable]", &["[Delete if not applicable]"]),
            ("[**Note:** the buyer decides]", &["[**Note:** the buyer decides]"]),
            ("[Note to Customer: sign here]", &["[Note to Customer: sign here]"]),
            ("[Select one] [Client to confirm]", &["[Select one]", "[Client to confirm]"]),
            ("(Drafting Note: not for goods.)", &["(Drafting Note: not for goods.)"]),
            ("Drafter’s note: goods only.\n\nPay.", &["Drafter’s note: goods only."]),
            ("[Note: goods.\n\nMore of it.]\n\nPay.", &["[Note: goods.\nMore of it.]"]),
            ("[Note: never closed.\n\nPay.", &["[Note: never closed."]),
            ("Smith v Jones [2016] EWCA 3, the goods [sic] [1]", &[]),
            ("[Customer] and [Note 1] and [optional goods]", &[]),
            ("[note: here](https://example.com)", &[]),
            ("(Note: fees are net.) Note: fees are net.", &[]),
            ("[delete the data within 30 days]", &[]),
            ("[select the goods and use the Services]", &[]),
            ("[in time to confirm the order]", &[]),
            ("[Notes and comments are not terms]", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text, notes), want, "{text}");
        }
    }

    #[test]
    fn a_contract_without_its_notes_keeps_its_length() {
        let contract = contract("é [NTD: é]\nPay [NTD: x] now.");
        let plain = without(&contract, &notes(&contract));
        assert_eq!(plain.text.len(), contract.text.len());
        assert_eq!(plain.text.split_whitespace().collect::<Vec<_>>(), ["é", "Pay", "now."]);
    }

    #[test]
    fn wording_in_brackets_is_told_from_names_and_citations() {
        let cases: [(&str, &[&str]); 10] = [
            ("Tell us [within 72 hours] of it.", &["[within 72 hours]"]),
            ("[material] harm [and [all] loss]", &["[material]", "[and [all] loss]"]),
            ("in [30] days or [thirty (30) days]", &["[30]", "[thirty (30) days]"]),
            ("[The goods are blue.] Pay.", &["[The goods are blue.]"]),
            ("Smith v Jones [2016] EWCA 3 at [12], [sic]", &[]),
            ("“[t]he goods agree[d]” [Customer] [Signature Page Follows]", &[]),
            ("[our site](https://example.com) and [text][1]", &[]),
            ("[Intentionally left blank] [reserved] [remainder of page intentionally left blank]", &[]),
            ("[●] [ ] [x] [***] [...]", &[]),
            ("[Customer Name]", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text, |c| alternatives(c, &placeholders(c))), want, "{text}");
        }
    }
}
