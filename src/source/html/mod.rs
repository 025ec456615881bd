//! HTML pages as a [`Source`]: what a reader of the page sees, as paragraphs.
//!
//! [`token`] tells tags from text, [`walk`] makes paragraphs of them, which the Markdown reader shares for its raw
//! HTML. Spans are into the rendered text; a page is reviewed and not redlined.

mod charset;
mod draft;
mod element;
mod entity;
mod list;
mod table;
pub mod token;
mod walk;

pub use draft::{Draft, Run};
pub use element::{Role, known};
pub use entity::decode as decode_entities;
pub use walk::Walker;

use super::numbering::Numbering;
use super::text::{self, Decoded};
use super::{Cut, Format, Limits, Paragraph, Place, Properties, Revised, Segment, Source};
use crate::error::{Error, Result};
use crate::span::offset;

/// What a page holds that is no text of the contract, or that a browser shows otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Scripts and styles.
    pub scripts: u32,
    /// Comments.
    pub comments: u32,
    /// Pictures.
    pub pictures: u32,
    /// Words of navigation.
    pub navigation: usize,
    /// Words of templates, of graphics, and of what is shown only without scripts.
    pub embedded: usize,
    /// Words that a browser does not show and that were read.
    pub hidden: usize,
    /// Struck-through passages that were read.
    pub struck: u32,
    /// Inserted passages that were read.
    pub inserted: u32,
    /// Words in angle brackets that were read as text.
    pub brackets: u32,
    /// Elements nested so deep that they were laid flat.
    pub deep: u32,
    /// Whether style sheets number paragraphs (CSS Lists 4).
    pub counters: bool,
    /// Scripts, styles and other elements not shown that nothing ends: they take in the rest.
    pub unclosed: u32,
}

impl LeftOut {
    /// What it hides of the rest of the file.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        let why = "a script, style or other element that is not shown has no end and takes in the rest";
        (self.unclosed > 0).then(|| Cut::rest("the file", why, 0))
    }

    /// What to tell the user.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let counted = [
            (
                count(self.struck),
                "struck-through passage was read as standing text",
                "struck-through passages were read as standing text",
            ),
            (
                count(self.inserted),
                "inserted passage was read as standing text",
                "inserted passages were read as standing text",
            ),
            (
                count(self.comments.saturating_add(self.scripts)),
                "HTML comment or script was left out",
                "HTML comments or scripts were left out",
            ),
            (
                self.navigation,
                "word of the page's navigation was left out",
                "words of the page's navigation were left out",
            ),
            (
                self.embedded,
                "word of graphics, templates or frames was left out",
                "words of graphics, templates or frames were left out",
            ),
            (count(self.pictures), "picture was not read", "pictures were not read"),
            (self.hidden, "word that the page hides was read as text", "words that the page hides were read as text"),
            (
                count(self.brackets),
                "name in angle brackets was read as text",
                "names in angle brackets were read as text",
            ),
            (
                count(self.deep),
                "element is nested too deep and was read flat",
                "elements are nested too deep and were read flat",
            ),
        ];
        let sentence = |(n, one, many): (usize, &str, &str)| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        let mut out: Vec<String> = counted.into_iter().filter_map(sentence).collect();
        if self.counters {
            out.push("the page's style sheet makes numbers (CSS counters), which are not shown".into());
        }
        out
    }
}

/// Reads a page.
///
/// # Errors
/// Where the bytes are another kind of file, or the page has no words.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Source> {
    let (encoding, note) = charset::encoding(bytes);
    let mut decoded = text::decode_as(bytes, encoding, limits)?;
    decoded.notes.extend(note);
    page(&decoded, Format::Html, limits)
}

/// Reads the text of a page that stands in a file of `format`.
///
/// # Errors
/// Where the page has no words.
pub fn page(decoded: &Decoded, format: Format, limits: &Limits) -> Result<Source> {
    let mut walker = walked(&decoded.text, false, limits);
    let mut drafts = walker.finish();
    let words: usize = drafts.iter().map(Draft::words).sum();
    let mut notes = decoded.notes.clone();
    if walker.left_out.navigation > words {
        // Where it holds most of the words it is no navigation: one without end tag, or a page that is all links.
        walker = walked(&decoded.text, true, limits);
        drafts = walker.finish();
        notes.push("the page's navigation holds most of its words and was read as text".into());
    }
    mark_contents(&mut drafts);
    let mut source = Source {
        format,
        parts: vec![String::new()],
        text: String::with_capacity(decoded.text.len() / 2),
        segments: Vec::new(),
        paragraphs: Vec::with_capacity(drafts.len()),
        revisions: Vec::new(),
        numbering: Numbering::default(),
        anchors: crate::source::links::Anchors::default(),
        notes,
        cuts: walker.left_out.cut().into_iter().collect(),
    };
    if drafts.is_empty() {
        drafts.extend(title(&walker.title));
    }
    source.notes.extend(walker.left_out.notes());
    let mut furniture = Vec::new();
    for draft in drafts {
        if draft.place == Place::HeaderFooter {
            furniture.push(draft);
        } else {
            lay(draft, decoded.skipped, &mut source);
        }
    }
    for draft in furniture {
        lay(draft, decoded.skipped, &mut source);
    }
    if source.text.trim().is_empty() {
        return Err(Error::new("the page has no words", "supply the contract's text"));
    }
    Ok(source)
}

fn walked(text: &str, keep_navigation: bool, limits: &Limits) -> Walker {
    let mut walker = Walker::new(text, keep_navigation);
    walker.backstop = limits.backstop;
    walker.feed(text, 0);
    walker
}

/// Whether a text is a page: it begins, after comments and declarations, with a document type or an `html` element.
#[must_use]
pub fn is_page(text: &str) -> bool {
    use token::{Token, Tokens};
    let start = text.trim_start();
    if !start.starts_with('<') {
        return false;
    }
    let doctype = |raw: &str| raw.get(..9).is_some_and(|d| d.eq_ignore_ascii_case("<!doctype"));
    for (token, at) in Tokens::new(start) {
        match token {
            Token::Comment => {}
            Token::Other if doctype(&start[at.clone()]) => return true,
            Token::Other => {}
            Token::Text(blank) if blank.trim().is_empty() => {}
            Token::Start(tag) => return tag.name == "html",
            _ => return false,
        }
    }
    false
}

/// The title as the only paragraph.
fn title(title: &str) -> Option<Draft> {
    let text = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let run = Run { text, at: 0..0, emphasis: false, escapes: true };
    let bytes = run.text.len();
    (bytes > 0).then(|| Draft {
        place: Place::Body,
        properties: Properties::default(),
        figure: None,
        at: 0..0,
        runs: vec![run],
        part: draft::Part::None,
        bytes,
        linked: 0,
        local: 0,
    })
}

/// So many paragraphs in a row that are links into the page are its table of contents.
const CONTENTS: usize = 3;

fn mark_contents(drafts: &mut [Draft]) {
    let is_entry =
        |d: &Draft| d.bytes > 0 && d.local == d.bytes && d.properties.level.is_none() && d.place == Place::Body;
    let mut at = 0;
    while at < drafts.len() {
        let len = drafts[at..].iter().take_while(|d| is_entry(d)).count();
        if len >= CONTENTS {
            drafts[at..at + len].iter_mut().for_each(|d| d.place = Place::Contents);
        }
        at += len.max(1);
    }
}

/// Adds a paragraph; `skipped` bytes stand in front of the text in the file.
fn lay(draft: Draft, skipped: usize, source: &mut Source) {
    let first = offset(source.segments.len());
    let range = |at: std::ops::Range<usize>| offset(at.start + skipped)..offset(at.end + skipped);
    for run in draft.runs {
        let start = offset(source.text.len());
        source.text.push_str(&run.text);
        source.segments.push(Segment {
            part: 0,
            at: range(run.at),
            text: start..offset(source.text.len()),
            revised: Revised::default(),
            emphasis: run.emphasis,
            escapes: run.escapes,
        });
    }
    source.paragraphs.push(Paragraph {
        place: draft.place,
        segments: first..offset(source.segments.len()),
        part: 0,
        at: range(draft.at),
        properties: draft.properties,
        former: None,
        mark: Revised::default(),
        separator: false,
    });
}
