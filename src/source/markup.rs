//! HTML as it stands inside Markdown: tags dropped, text kept, entities decoded.

use std::ops::Range;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text and the bytes that it stands at.
    Text(String, Range<usize>),
    /// A line break (`<br>`).
    Break(usize),
    /// The start or end of a block: text on both sides belongs to different paragraphs.
    Block(usize, BlockTag),
    /// Bold, italic, underlined or otherwise marked text begins (`true`) or ends.
    Emphasis(bool),
    /// A comment or a script, style or the like was left out.
    LeftOut,
}

/// What a block tag says of the paragraph after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockTag {
    /// A heading of this level begins.
    Heading(u8),
    /// A list item begins.
    Item,
    /// Any other block begins or ends.
    Other,
}

const BLOCKS: [&str; 27] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];
const EMPHASIS: [&str; 7] = ["b", "strong", "u", "em", "i", "ins", "mark"];
const LEFT_OUT: [&str; 5] = ["script", "style", "head", "template", "noscript"];

/// The pieces of `html`; `base` is added to their byte positions.
#[must_use]
pub fn pieces(html: &str, base: usize) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if !rest.starts_with('<') || !is_tag(rest) {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(html.len(), |n| at + first + n);
            let raw = &html[at..end];
            if !raw.is_empty() {
                out.push(Piece::Text(unescape(raw), base + at..base + end));
            }
            at = end;
            continue;
        }
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |n| n + 3);
            out.push(Piece::LeftOut);
            continue;
        }
        let end = at + tag_len(rest);
        let (name, closing) = tag_name(&html[at..end]);
        at = end;
        tag(&name, closing, base + end, &mut out);
        if LEFT_OUT.contains(&name.as_str()) && !closing {
            let close = format!("</{name}");
            let rest = &html.as_bytes()[at..];
            let ends = rest.windows(close.len()).position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
            at += ends.unwrap_or(rest.len());
            out.push(Piece::LeftOut);
        }
    }
    out
}

fn tag(name: &str, closing: bool, at: usize, out: &mut Vec<Piece>) {
    match name {
        "br" => out.push(Piece::Break(at)),
        "li" => out.push(Piece::Block(at, if closing { BlockTag::Other } else { BlockTag::Item })),
        n if n.len() == 2 && n.starts_with('h') && n.as_bytes()[1].is_ascii_digit() => {
            let level = n.as_bytes()[1] - b'0';
            out.push(Piece::Block(at, if closing { BlockTag::Other } else { BlockTag::Heading(level) }));
        }
        n if BLOCKS.contains(&n) || n == "th" => out.push(Piece::Block(at, BlockTag::Other)),
        n if EMPHASIS.contains(&n) => out.push(Piece::Emphasis(!closing)),
        _ => {}
    }
}

/// Whether `<` starts a tag or comment (and is no less-than sign).
fn is_tag(rest: &str) -> bool {
    rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// Length of the tag at the start of `rest`, quoted attribute values respected.
fn tag_len(rest: &str) -> usize {
    let mut quote = None;
    for (i, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return i + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            _ => {}
        }
    }
    rest.find('>').map_or(rest.len(), |n| n + 1)
}

fn tag_name(tag: &str) -> (String, bool) {
    let inner = tag.trim_start_matches('<');
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |r| (true, r));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    (inner[..end].to_ascii_lowercase(), closing)
}

/// Text with the entities that contracts use decoded; unknown ones stay as written.
#[must_use]
pub fn unescape(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_string();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.find(';').filter(|e| *e <= 10);
        if let Some((e, c)) = end.and_then(|e| entity(&tail[1..e]).map(|c| (e, c))) {
            out.push(c);
            rest = &tail[e + 1..];
        } else {
            out.push('&');
            rest = &tail[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        "sect" => '\u{a7}',
        "para" => '\u{b6}',
        "bull" => '\u{2022}',
        "middot" => '\u{b7}',
        "copy" => '\u{a9}',
        "reg" => '\u{ae}',
        "trade" => '\u{2122}',
        "pound" => '\u{a3}',
        "euro" => '\u{20ac}',
        "eacute" => '\u{e9}',
        "uuml" => '\u{fc}',
        "ouml" => '\u{f6}',
        "auml" => '\u{e4}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        pieces(html, 0)
            .into_iter()
            .map(|p| match p {
                Piece::Text(t, _) => t,
                Piece::Break(_) => "\n".into(),
                Piece::Block(..) => "|".into(),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(text("<p class=\"a>b\">Vendor &amp; <b>Co</b></p>"), "|Vendor & Co|");
        assert_eq!(text("<!-- note --><br/>fewer than 5 < 6 days"), "\nfewer than 5 < 6 days");
        assert_eq!(text("<li>§ 1</li>é<b>"), "|§ 1|é");
        assert_eq!(text("<script>var a = '<p>';</script>x"), "x");
    }
}
