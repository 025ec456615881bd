//! The package while its parts are being read, and what it tells of the whole document.

mod foreign;

use super::body::{self, Aside, Built, Definitions, Gathered, Part, PartText, SEPARATORS};
use super::package::{Package, Relationship, Spent};
use crate::error::Result;
use crate::source::{Cut, Place};
use std::collections::HashMap;

/// Paragraphs that stand apart, until what refers to them is laid down.
pub type Asides = HashMap<(Aside, String), Vec<Built>>;

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
    /// Whether the package stands in another: documents within it are not read.
    nested: bool,
    /// Documents within the package that could not be read.
    failed: u32,
    cuts: Vec<Cut>,
}

impl<'a, 'b> Reading<'a, 'b> {
    /// A package of which nothing has been read.
    #[must_use]
    pub fn new(package: Package<'a>, definitions: Definitions<'b>, nested: bool) -> Self {
        Self {
            package,
            definitions,
            gathered: Gathered::default(),
            parts: Vec::new(),
            asides: HashMap::new(),
            unread: Vec::new(),
            nested,
            failed: 0,
            cuts: Vec::new(),
        }
    }

    /// What has been used of the limits.
    #[must_use]
    pub fn spent(&self) -> Spent {
        self.package.spent()
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
        let targets = |external: bool| {
            let of = relationships.iter().filter(move |r| r.external == external);
            of.map(|r| (r.id.clone(), r.target.clone())).collect()
        };
        self.foreign(&text, place, relationships);
        let index = self.index(name);
        let part = Part { index, place, addresses: &targets(true), targets: &targets(false) };
        let part = body::read(&text, &part, &self.definitions, &mut self.gathered);
        for (_, chunk) in std::mem::take(&mut self.gathered.chunks) {
            self.unread.push(format!("{} was left out: nothing refers to it", chunk.name));
        }
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
