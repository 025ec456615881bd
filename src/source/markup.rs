//! HTML within a paragraph of Markdown: tags dropped, text kept, entities decoded. Blocks of HTML are read as pages
//! are (`html::Walker`).

use super::html::token::{EndNames, Token, Tokens};
use super::html::{Role, decode_entities, known};
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
    /// Struck-through text begins.
    Struck,
    /// Inserted text begins.
    Inserted,
    /// A comment, script, style or the like was left out.
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

/// The pieces of `html`; `base` is added to their byte positions. A name in angle brackets that HTML does not know is
/// text where no end tag of the file (`ends`) has it.
#[must_use]
pub fn pieces(html: &str, base: usize, ends: &EndNames) -> Vec<Piece> {
    let mut out = Vec::new();
    for (token, range) in Tokens::new(html) {
        let at = base + range.start..base + range.end;
        match token {
            Token::Text(raw) => out.push(Piece::Text(decode_entities(raw).into_owned(), at)),
            Token::Raw(raw) => out.push(Piece::Text(raw.to_string(), at)),
            Token::Comment => out.push(Piece::LeftOut),
            Token::End(name) => out.extend(known(&name).and_then(|(_, role, _)| end(role, at.end))),
            Token::Code | Token::Other => {}
            Token::Start(tag) => match known(&tag.name) {
                Some((_, Role::Input, _)) if tag.get("type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox")) => {
                    let mark = if tag.get("checked").is_some() { "[x] " } else { "[ ] " };
                    out.push(Piece::Text(mark.into(), at));
                }
                Some((_, role, _)) => out.extend(start(role, at.end)),
                None if tag.is_words(ends) => out.push(Piece::Text(html[range].to_string(), at)),
                None => {}
            },
        }
    }
    out
}

fn start(role: Role, at: usize) -> Option<Piece> {
    match role {
        Role::Break => Some(Piece::Break(at)),
        Role::Item => Some(Piece::Block(at, BlockTag::Item)),
        Role::Heading(level) => Some(Piece::Block(at, BlockTag::Heading(level))),
        Role::Emphasis => Some(Piece::Emphasis(true)),
        Role::Struck => Some(Piece::Struck),
        Role::Inserted => Some(Piece::Inserted),
        Role::Script | Role::Embedded => Some(Piece::LeftOut),
        role if role.is_block() => Some(Piece::Block(at, BlockTag::Other)),
        _ => None,
    }
}

fn end(role: Role, at: usize) -> Option<Piece> {
    match role {
        Role::Break => Some(Piece::Break(at)),
        Role::Emphasis => Some(Piece::Emphasis(false)),
        role if role.is_block() => Some(Piece::Block(at, BlockTag::Other)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        pieces(html, 0, &EndNames::default())
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
        assert_eq!(text("<Customer Name> and <input type=checkbox checked>yes"), "<Customer Name> and [x] yes");
    }
}
