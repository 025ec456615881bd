//! Parts that are no `WordprocessingML` or hold words of another kind: inserted documents, diagrams, comments.

use super::xml::{Node, Ns, Xml};
use crate::source::Limits;
use crate::source::html::token::EndNames;
use crate::source::markup::{Piece, pieces};
use crate::span::offset;
use std::ops::Range;

/// An inserted document (`w:altChunk`, 17.17.2.1) as paragraphs.
pub struct Chunk {
    /// Index into the source's parts.
    pub part: u16,
    /// Text of each paragraph, and where it stands in the part.
    pub paragraphs: Vec<(String, Range<u32>)>,
}

fn ending(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether an inserted document is one that is read, by its name.
#[must_use]
pub fn is_text(name: &str) -> bool {
    matches!(ending(name).as_str(), "htm" | "html" | "xhtml" | "txt")
}

/// The paragraphs of an inserted document; each line of plain text is one, as Word takes it in.
#[must_use]
pub fn paragraphs(name: &str, text: &str) -> Vec<(String, Range<u32>)> {
    let html = ending(name) != "txt";
    // What stands in the head of a page is no text of it.
    let body = if html { text.find("<body").or_else(|| text.find("<BODY")).unwrap_or(0) } else { 0 };
    let pieces = if html {
        pieces(&text[body..], body, &EndNames::new(text))
    } else {
        text.lines().map(|l| Piece::Text(l.into(), within(text, l))).collect()
    };
    let mut out: Vec<(String, Range<u32>)> = Vec::new();
    let mut open = false;
    for piece in pieces {
        match piece {
            Piece::Text(words, at) => {
                let at = offset(at.start)..offset(at.end);
                match out.last_mut().filter(|_| open) {
                    Some((text, whole)) => {
                        text.push_str(&words);
                        whole.end = at.end;
                    }
                    None => out.push((words, at)),
                }
                open = html;
            }
            Piece::Break(_) | Piece::Block(..) => open = false,
            Piece::Emphasis(_) | Piece::LeftOut | Piece::Struck | Piece::Inserted => {}
        }
    }
    for (text, _) in &mut out {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    out.retain(|(text, _)| !text.is_empty());
    out
}

fn within(text: &str, line: &str) -> Range<usize> {
    let start = (line.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + line.len()
}

/// The words of a diagram's data part, a paragraph each (`a:p` in ECMA-376 part 1, 21.1.2.2.6), and what is wrong with
/// the rest.
#[must_use]
pub fn diagram(text: &str, limits: &Limits) -> (Vec<(String, Range<u32>)>, Option<String>) {
    let mut xml = Xml::new(text, limits);
    let mut out: Vec<(String, Range<u32>)> = Vec::new();
    let (mut words, mut start, mut inside) = (String::new(), 0, false);
    loop {
        match xml.advance() {
            Node::Open(e) if e.name == "p" => (start, words) = (e.at, String::new()),
            Node::Open(e) => inside = e.name == "t",
            Node::Text(piece, _) if inside => words.push_str(&piece),
            Node::Close(_, "p", end) if !words.trim().is_empty() => {
                out.push((std::mem::take(&mut words), offset(start)..offset(end)));
            }
            Node::Close(..) => inside = false,
            Node::Text(..) => {}
            Node::End => return (out, xml.broken),
        }
    }
}

/// `comments.xml`: author and words of each comment.
#[must_use]
pub fn comments(xml: &mut Xml) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    loop {
        match xml.advance() {
            Node::Open(e) if e.ns == Ns::Word && e.name == "comment" => {
                out.push((e.attribute("author").unwrap_or_default(), String::new()));
            }
            Node::Open(e) => inside = e.ns == Ns::Word && e.name == "t",
            Node::Text(piece, _) if inside => {
                if let Some((_, text)) = out.last_mut() {
                    text.push_str(&piece);
                }
            }
            Node::Close(_, "p", _) => {
                if let Some((_, text)) = out.last_mut() {
                    text.push(' ');
                }
            }
            Node::Close(..) => inside = false,
            Node::Text(..) => {}
            Node::End => return out,
        }
    }
}
