//! Blanks to be filled and boxes to be ticked.

use crate::source::Contract;
use crate::span::{Span, trim};

/// A placeholder of more bytes is optional text, or a note to the drafter.
const LONGEST: usize = 120;
const MOST_WORDS: usize = 7;

/// Placeholders that nobody filled, in text order.
#[must_use]
pub fn placeholders(contract: &Contract) -> Vec<Span> {
    let mut out = Vec::new();
    for block in &contract.blocks {
        in_block(&contract.text, block.span, &mut out);
    }
    out
}

fn in_block(text: &str, block: Span, out: &mut Vec<Span>) {
    let (mut at, end) = (block.start as usize, block.end as usize);
    while let Some(n) = text[at..end].find(['[', '{', '<', '«', '_']) {
        at += n;
        let rest = &text[at..end];
        let len = match rest.as_bytes()[0] {
            b'_' => {
                let len = rest.bytes().take_while(|b| *b == b'_').count();
                if is_blank(text, block, at, len) {
                    out.push(Span::new(at, at + len));
                }
                Some(len)
            }
            b'[' => bracketed(rest),
            b'{' => braced(rest),
            b'<' => enclosed(rest, "<", ">"),
            _ => enclosed(rest, "«", "»"),
        };
        if let Some(len) = len.filter(|_| !rest.starts_with('_')) {
            out.push(Span::new(at, at + len));
        }
        at += len.unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
    }
}

/// Whether a run of underscores is a blank: not a rule across the page, not the line of a signature.
fn is_blank(text: &str, block: Span, at: usize, len: usize) -> bool {
    const SHORTEST: usize = 3;
    const RULE: usize = 60;
    const NEAR: usize = 200;
    if len < SHORTEST {
        return false;
    }
    // What stands near is enough: a line of megabytes is not read through at each of its blanks.
    let near = text[block.start as usize..at].char_indices().rev().take(NEAR).last();
    let before = near.map_or("", |(n, _)| &text[block.start as usize + n..at]);
    let before = before.rsplit('\n').next().unwrap_or_default().trim();
    let far = text[at + len..block.end as usize].char_indices().nth(NEAR);
    let after = &text[at + len..far.map_or(block.end as usize, |(n, _)| at + len + n)];
    let after = after.split('\n').next().unwrap_or_default().trim();
    let rule = before.is_empty() && after.is_empty() && len >= RULE;
    let label = before.trim_end_matches([':', ' ', '\t', '\u{a0}']).to_ascii_lowercase();
    let signed = ["by", "signature", "signed", "sign", "/s/", "x", "signed by"].contains(&label.as_str());
    len >= SHORTEST && !rule && !signed
}

/// The length of a placeholder in square brackets at the start of `rest`, if it is one.
fn bracketed(rest: &str) -> Option<usize> {
    let close = find_within(rest, "]")?;
    let inner = rest[1..close].trim();
    let linked =
        ["(http", "(/", "(#", "(mailto:", "({{", "(www.", "(./"].iter().any(|l| rest[close + 1..].starts_with(l));
    if linked || inner.contains('[') || is_box(inner) {
        return None;
    }
    let dots = !inner.is_empty() && inner.chars().all(|c| is_filler(c) || c.is_whitespace());
    (dots || is_field(inner)).then_some(close + 1)
}

/// `{{name}}`, `{name}`: what a template engine would have filled.
fn braced(rest: &str) -> Option<usize> {
    let double = rest.starts_with("{{");
    let close = find_within(rest, if double { "}}" } else { "}" })?;
    let inner = rest[1 + usize::from(double)..close].trim();
    let plain =
        inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '●' | '#' | '/' | '|' | '\''));
    let words = inner.split_whitespace().count();
    (plain && (1..=MOST_WORDS).contains(&words) && inner.chars().any(|c| c.is_alphabetic() || c == '●'))
        .then_some(close + 1 + usize::from(double))
}

/// `<<name>>`, `<Customer Name>`, `«name»`.
fn enclosed(rest: &str, open: &str, shut: &str) -> Option<usize> {
    let double = rest[open.len()..].starts_with(open);
    let shut = if double { shut.repeat(2) } else { shut.to_string() };
    let close = find_within(rest, &shut)?;
    let inner = rest[open.len() * (1 + usize::from(double))..close].trim();
    let short =
        inner.split_whitespace().count() <= MOST_WORDS && !inner.is_empty() && !inner.contains(['/', '=', '@', '"']);
    (short && (double || is_field(inner))).then_some(close + shut.len())
}

/// Where `shut` stands in the first bytes of `rest`.
fn find_within(rest: &str, shut: &str) -> Option<usize> {
    let mut end = rest.len().min(LONGEST + shut.len());
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    rest[..end].find(shut)
}

fn is_filler(c: char) -> bool {
    matches!(c, '●' | '•' | '·' | '*' | '_' | '.' | '…' | '-' | '–' | '—' | '■' | '⚫' | '⬤' | '∙' | '◆')
}

/// Whether a bracket holds nothing, or the tick of a box.
fn is_box(inner: &str) -> bool {
    inner.is_empty() || matches!(inner, "x" | "X" | "✓" | "✔" | "☒" | "☑" | " ")
}

/// Words that ask for something to be filled in.
const ASKING: [&str; 12] =
    ["insert", "enter", "fill", "specify", "type", "add", "complete", "state", "indicate", "tbd", "tbc", "provide"];

/// Nouns of what is filled in.
const FIELDS: [&str; 64] = [
    "name",
    "names",
    "address",
    "date",
    "day",
    "month",
    "year",
    "number",
    "no",
    "email",
    "e-mail",
    "title",
    "amount",
    "percentage",
    "state",
    "country",
    "countries",
    "jurisdiction",
    "company",
    "entity",
    "party",
    "customer",
    "client",
    "supplier",
    "vendor",
    "provider",
    "contractor",
    "currency",
    "url",
    "website",
    "phone",
    "telephone",
    "signature",
    "position",
    "role",
    "city",
    "project",
    "product",
    "period",
    "days",
    "months",
    "hours",
    "price",
    "fee",
    "place",
    "court",
    "contact",
    "location",
    "link",
    "controller",
    "processor",
    "licensee",
    "licensor",
    "buyer",
    "seller",
    "employee",
    "employer",
    "organisation",
    "organization",
    "recipient",
    "discloser",
    "description",
    "percent",
    "xx",
];

/// Whether bracketed words ask for words in their place.
fn is_field(inner: &str) -> bool {
    const NOTES: [&str; 9] =
        ["note", "drafting", "ntd", "guidance", "reserved", "intentionally", "sic", "omitted", "deleted"];
    let lower = inner.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    if NOTES.contains(first) || words.iter().any(|w| matches!(*w, "follow" | "follows")) {
        return false;
    }
    if ASKING.contains(first) && (words.len() > 1 || first.starts_with("tb")) {
        return true;
    }
    if words.len() > MOST_WORDS || inner.ends_with(['.', ';', ',']) || inner.starts_with([',', ';', '“', '"']) {
        return false;
    }
    let joined = inner.contains('_') && !inner.contains(' ');
    let capitals = inner.chars().any(|c| c.is_ascii_uppercase());
    let camel =
        words.len() == 1 && FIELDS.iter().any(|f| f.len() > 3 && last.len() > f.len() && last.ends_with(f)) && capitals;
    let asked = words.iter().any(|w| FIELDS.contains(w));
    let article = matches!(
        *first,
        "the"
            | "to"
            | "and"
            | "or"
            | "any"
            | "a"
            | "an"
            | "by"
            | "of"
            | "in"
            | "with"
            | "that"
            | "each"
            | "such"
            | "every"
    );
    joined || camel || asked && !article && !is_figure(inner)
}

/// "30 days", "thirty (30) days" and "within 30 days" in brackets are figures that were filled in.
fn is_figure(inner: &str) -> bool {
    const UNITS: [&str; 8] = ["hour", "hours", "day", "days", "month", "months", "year", "years"];
    let digit = |t: &str| t.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let counted = words.windows(2).any(|w| digit(w[0]) && UNITS.contains(&w[1]));
    digit(inner) || counted || inner.split_once('(').is_some_and(|(_, rest)| digit(rest))
}

/// Options that nobody ticked: the line of each, or its part of the line where it has several boxes.
#[must_use]
pub fn unticked(contract: &Contract) -> Vec<Span> {
    let text = &contract.text;
    let mut out = Vec::new();
    for block in &contract.blocks {
        let mut at = block.span.start as usize;
        for line in block.span.of(text).split('\n') {
            options(text, Span::new(at, at + line.len()), &mut out);
            at += line.len() + 1;
        }
    }
    out
}

fn options(text: &str, line: Span, out: &mut Vec<Span>) {
    let boxes = boxes(line.of(text));
    let start = line.start as usize;
    let ends = boxes.iter().skip(1).map(|(at, _)| start + at).chain([line.end as usize]);
    let alone = boxes.len() == 1;
    for ((at, ticked), end) in boxes.iter().zip(ends) {
        if !ticked {
            out.push(trim(text, Span::new(if alone { start } else { start + at }, end)));
        }
    }
}

/// The boxes of a line and whether each is ticked.
fn boxes(line: &str) -> Vec<(usize, bool)> {
    let mut out = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '☐' | '□' | '❏' | '❑' | '◻' | '🗆' | '⬜' => out.push((at, false)),
            '☒' | '☑' | '✓' | '✔' | '🗹' | '🗷' | '✅' => out.push((at, true)),
            '[' => {
                const LONGEST: usize = 12;
                let Some(close) = line.as_bytes()[at..].iter().take(LONGEST + 1).position(|b| *b == b']') else {
                    continue;
                };
                let inner = &line[at + 1..at + close];
                let linked = line[at + close + 1..].starts_with(['(', '[', ':']);
                if is_box(inner.trim()) && !linked {
                    out.push((at, !inner.trim().is_empty()));
                }
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, Limits, View, project, read};

    fn shown(text: &str, find: fn(&Contract) -> Vec<Span>) -> Vec<String> {
        let contract = project(&read(text.as_bytes(), Format::Text, &Limits::default()).unwrap(), View::Accepted);
        find(&contract).into_iter().map(|s| s.of(&contract.text).to_string()).collect()
    }

    #[test]
    fn placeholders_are_told_from_notes_and_filled_text() {
        let cases: [(&str, &[&str]); 22] = [
            ("The price is [●] or [•].", &["[●]", "[•]"]),
            ("Between [insert name] and [Customer Name].", &["[insert name]", "[Customer Name]"]),
            ("On [___] at ______, 20[__].", &["[___]", "______", "[__]"]),
            ("For {{company_name}} and {party}.", &["{{company_name}}", "{party}"]),
            (
                "For <<buyer>> and «First_Name» and <Contractor Name>.",
                &["<<buyer>>", "«First_Name»", "<Contractor Name>"],
            ),
            ("For [CompanyName] and [COMPANY_NAME].", &["[CompanyName]", "[COMPANY_NAME]"]),
            ("[Legal name of buyer]", &["[Legal name of buyer]"]),
            ("[TBD]", &["[TBD]"]),
            ("1.6 [Reserved].", &[]),
            ("Smith v Jones [2019] EWHC 12", &[]),
            ("the goods [sic]", &[]),
            ("see [our site](https://example.com)", &[]),
            ("[Drafting note: select one name.]", &[]),
            ("[Note to draft: name of the party]", &[]),
            ("in [30] days or [thirty (30) days], [within 72 hours]", &[]),
            ("the [Personal Data] and [material] harm", &[]),
            ("[ ] Yes", &[]),
            ("By: ____________", &[]),
            ("a < b and c > d", &[]),
            ("«Données» are data", &[]),
            ("snake_case and __init__", &[]),
            ("[the name of the party shall not be used in any way at all]", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text, placeholders), want, "{text}");
        }
    }

    #[test]
    fn unticked_options_are_lines_or_their_parts() {
        let cases: [(&str, &[&str]); 5] = [
            ("☐ Continuous", &["☐ Continuous"]),
            ("Transfer: [ ] once", &["Transfer: [ ] once"]),
            ("[x] Yes [ ] No", &["[ ] No"]),
            ("☐ Yes ☐ No", &["☐ Yes", "☐ No"]),
            ("☒ Module Two", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text, unticked), want, "{text}");
        }
    }
}
