//! Parts that hold words of another kind: diagrams, charts, comments.

use super::xml::{Node, Ns, Xml};
use crate::source::Limits;
use crate::span::offset;
use std::collections::HashSet;
use std::ops::Range;

/// Paragraphs of a part, each with where it stands, and what is wrong with the rest of it.
pub type Words = (Vec<(String, Range<u32>)>, Option<String>);

/// The words of a diagram's data part, a paragraph each (`a:p` in ECMA-376 part 1, 21.1.2.2.6).
#[must_use]
pub fn diagram(text: &str, limits: &Limits) -> Words {
    words(text, limits, |name| matches!(name, "p"))
}

/// The words of a chart: titles and labels (`a:p`), names of its series and categories (`c:v` in 21.2.2.227, `cx:pt` in
/// charts of Word 2016). Each once, for every series repeats the categories. Its figures are no words.
#[must_use]
pub fn chart(text: &str, limits: &Limits) -> Words {
    let (mut out, broken) = words(text, limits, |name| matches!(name, "p" | "v" | "pt"));
    let mut seen = HashSet::new();
    out.retain(|(words, _)| seen.insert(words.trim().to_string()));
    (out, broken)
}

/// The text of elements that are a paragraph each by their names; `a:t` holds the words of an `a:p`, other ones hold
/// their own.
fn words(text: &str, limits: &Limits, is_paragraph: fn(&str) -> bool) -> Words {
    let mut xml = Xml::new(text, limits);
    let mut out: Vec<(String, Range<u32>)> = Vec::new();
    let (mut words, mut start, mut inside) = (String::new(), 0, false);
    loop {
        match xml.advance() {
            Node::Open(e) if matches!(e.name, "numCache" | "numLit" | "numDim") => xml.skip(),
            Node::Open(e) if is_paragraph(e.name) => {
                (start, words) = (e.at, String::new());
                inside = e.name != "p";
            }
            Node::Open(e) => inside = e.name == "t",
            Node::Text(piece, _) if inside => words.push_str(&piece),
            Node::Close(_, name, end) if is_paragraph(name) => {
                inside = false;
                let words = std::mem::take(&mut words);
                if !words.trim().is_empty() {
                    out.push((words, offset(start)..offset(end)));
                }
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
