//! The package while its parts are being read, and what it tells of the whole document.

use super::body::{self, Aside, Built, Definitions, Gathered, Part, PartText, SEPARATORS};
use super::chunks::{self, Chunk};
use super::package::{Package, Relationship};
use crate::error::Result;
use crate::source::{Cut, Paragraph, Place, Properties, Revised, Segment};
use crate::span::offset;
use std::collections::HashMap;
use std::ops::Range;

/// Paragraphs that stand apart, until what refers to them is laid down.
pub type Asides = HashMap<(Aside, String), Vec<Built>>;

/// Paragraphs of a part that is no `WordprocessingML`, each with where it stands, and what is wrong with the rest.
type Foreign = (Vec<(String, Range<u32>)>, Option<String>);

/// An open package and what has been read of it.
pub struct Reading<'a, 'b> {
    package: Package<'a>,
    definitions: Definitions<'b>,
    /// What all parts have given so far.
    pub gathered: Gathered,
    /// Names of the parts read.
    pub parts: Vec<String>,
    /// Notes and diagrams.
    pub asides: Asides,
    unread: Vec<String>,
    cuts: Vec<Cut>,
}

impl<'a, 'b> Reading<'a, 'b> {
    /// A package of which nothing has been read.
    #[must_use]
    pub fn new(package: Package<'a>, definitions: Definitions<'b>) -> Self {
        Self {
            package,
            definitions,
            gathered: Gathered::default(),
            parts: Vec::new(),
            asides: HashMap::new(),
            unread: Vec::new(),
            cuts: Vec::new(),
        }
    }

    /// Reads one part with paragraphs; `None` where the package lacks it.
    ///
    /// # Errors
    /// Where the part cannot be unpacked.
    pub fn part(&mut self, name: &str, place: Place, relationships: &[Relationship]) -> Result<Option<PartText>> {
        let Some(text) = self.package.text(name)? else {
            self.unread.push(format!("the document refers to {name}, which the package lacks"));
            return Ok(None);
        };
        let addresses = relationships.iter().filter(|r| r.external).map(|r| (r.id.clone(), r.target.clone())).collect();
        let index = self.index(name);
        let part = Part { index, place, addresses: &addresses };
        let part = body::read(&text, &part, &self.definitions, &mut self.gathered);
        if let Some(broken) = &part.broken {
            let what = if place == Place::Body { "the file" } else { name };
            self.cuts.push(Cut::rest(what, format!("not well-formed: {broken}"), index));
        }
        Ok(Some(part))
    }

    /// The same for a part that the document can do without: a note says why it was not read.
    pub fn optional_part(&mut self, name: &str, place: Place) -> Option<PartText> {
        let relationships = self.package.relationships(name).unwrap_or_default();
        self.part(name, place, &relationships).unwrap_or_else(|error| {
            self.cuts.push(Cut::whole(name, error.reason));
            None
        })
    }

    fn index(&mut self, name: &str) -> u16 {
        self.parts.push(name.to_string());
        u16::try_from(self.parts.len() - 1).unwrap_or(u16::MAX)
    }

    /// Reads footnotes or endnotes.
    pub fn notes_part(&mut self, aside: Aside, name: &str) {
        let Some(part) = self.optional_part(name, Place::Note) else { return };
        for (id, mut built) in part.paragraphs {
            let key = if id == SEPARATORS {
                built.paragraph.place = Place::HeaderFooter;
                (Aside::NoteSeparator, format!("{aside:?}"))
            } else {
                (aside, id)
            };
            self.asides.entry(key).or_default().push(built);
        }
    }

    /// Reads the inserted documents that are text.
    pub fn inserted(&mut self, relationships: &[Relationship]) {
        for relationship in relationships.iter().filter(|r| r.kind == "aFChunk" && !r.external) {
            if !chunks::is_text(&relationship.target) {
                continue;
            }
            if let Some(chunk) = self.foreign(&relationship.target, |name, text| (chunks::paragraphs(name, text), None))
            {
                self.gathered.chunks.insert(relationship.id.clone(), chunk);
            }
        }
    }

    /// Reads the words of the diagrams that the main part refers to.
    pub fn diagrams(&mut self, relationships: &[Relationship]) {
        let limits = self.definitions.limits;
        for relationship in relationships.iter().filter(|r| r.kind == "diagramData" && !r.external) {
            let read = |_: &str, text: &str| chunks::diagram(text, limits);
            let Some(chunk) = self.foreign(&relationship.target, read) else { continue };
            let built = chunk.paragraphs.into_iter().map(|(text, at)| self.foreign_paragraph(&text, at, chunk.part));
            let built = built.collect();
            self.asides.insert((Aside::Diagram, relationship.id.clone()), built);
        }
    }

    /// Reads a part that is no `WordprocessingML`.
    fn foreign(&mut self, name: &str, read: impl FnOnce(&str, &str) -> Foreign) -> Option<Chunk> {
        let text = match self.package.text(name) {
            Ok(text) => text?,
            Err(error) => {
                self.cuts.push(Cut::whole(name, error.reason));
                return None;
            }
        };
        let (paragraphs, broken) = read(name, &text);
        let part = self.index(name);
        self.cuts.extend(broken.map(|broken| Cut::rest(name, format!("not well-formed: {broken}"), part)));
        Some(Chunk { part, paragraphs })
    }

    fn foreign_paragraph(&mut self, text: &str, at: Range<u32>, part: u16) -> Built {
        let start = offset(self.gathered.text.len());
        self.gathered.text.push_str(text);
        let text = start..offset(self.gathered.text.len());
        let revised = Revised::default();
        Built {
            paragraph: Paragraph {
                place: Place::TextBox,
                segments: 0..0,
                part,
                at: at.clone(),
                properties: Properties::default(),
                former: None,
                mark: revised,
                separator: false,
            },
            segments: vec![Segment { part, at, text, revised, emphasis: false, escapes: true }],
            referred: Vec::new(),
            headers: Vec::new(),
            after: Vec::new(),
        }
    }

    /// The notes on the whole document, and what of it was not read, in a fixed order.
    pub fn finish(&mut self) -> (Vec<String>, Vec<Cut>) {
        let mut out = std::mem::take(&mut self.package.notes);
        out.append(&mut self.unread);
        let mut cuts = std::mem::take(&mut self.package.cuts);
        cuts.append(&mut self.cuts);
        cuts.extend(self.gathered.seen.cuts());
        out.extend(self.gathered.seen.notes());
        if self.package.part_names().iter().any(|n| n.starts_with("_xmlsignatures/")) {
            out.push("the file is digitally signed".into());
        }
        (out, cuts)
    }
}
