//! Parts that are no part of the document's own text: documents within the package, charts and diagrams.

use super::super::body::{Aside, Built};
use super::super::graft::{Chunk, graft};
use super::super::package::{Relationship, Spent};
use super::super::{chunks, inserted};
use super::Reading;
use crate::error::{Error, Result};
use crate::source::{Cut, Limits, Paragraph, Place, Properties, Revised, Segment};
use crate::span::offset;
use std::ops::Range;

/// A document that cannot be read has not told what reading it cost, so no more than so many of them are tried.
const MOST_FAILED: u32 = 4;

impl Reading<'_, '_> {
    /// Reads what the part with this text can refer to besides its own relatives.
    pub(super) fn foreign(&mut self, text: &str, place: Place, relationships: &[Relationship]) {
        // Files are met that lead to thousands of parts and use none.
        let refers = text.contains("altChunk") || text.contains("subDoc");
        for relationship in relationships.iter().filter(|r| !r.external) {
            let name = &relationship.target;
            match relationship.kind.as_str() {
                "aFChunk" | "subDocument" if refers => match self.document(name) {
                    Ok(chunk) => drop(self.gathered.chunks.insert(relationship.id.clone(), chunk)),
                    Err(error) => {
                        self.cuts.push(Cut::whole(format!("the inserted document {name}"), error.to_string()));
                    }
                },
                "diagramData" => self.drawn(name, place, chunks::diagram),
                "chart" | "chartEx" => self.drawn(name, place, chunks::chart),
                _ => {}
            }
        }
    }

    fn document(&mut self, name: &str) -> Result<Chunk> {
        let bytes = self.package.bytes(name)?.ok_or_else(|| Error::new("the package lacks it", inserted::REMEDY))?;
        let (limits, mut spent) = (self.package.left(), Spent::default());
        let allowed = !self.nested && self.failed < MOST_FAILED;
        let source = inserted::read(name, &bytes, &limits, allowed.then_some(&mut spent));
        self.failed += u32::from(source.is_err());
        self.package.spend(&spent);
        let source = source?;
        self.unread.extend(source.notes.iter().map(|note| format!("{name}: {note}")));
        let first = u16::try_from(self.parts.len()).unwrap_or(u16::MAX);
        let within = |own: &String| if own.is_empty() { name.to_string() } else { format!("{name}!/{own}") };
        self.parts.extend(source.parts.iter().map(within));
        self.cuts.extend(source.cuts.iter().map(|cut| Cut {
            what: format!("{name}: {}", cut.what),
            part: cut.part.map(|part| part.saturating_add(first)),
            ..cut.clone()
        }));
        Ok(graft(name, source, first, self.definitions.numbering, &mut self.gathered))
    }

    /// Reads the words of a drawing that is a part of its own.
    fn drawn(&mut self, name: &str, place: Place, read: fn(&str, &Limits) -> chunks::Words) {
        let key = (Aside::Drawing, name.to_string());
        if self.gathered.drawn.contains(name) {
            return;
        }
        let text = match self.package.text(name) {
            Ok(Some(text)) => text,
            Ok(None) => return self.unread.push(format!("the document refers to {name}, which the package lacks")),
            Err(error) => return self.cuts.push(Cut::whole(name, error.reason)),
        };
        let part = self.index(name);
        let place = if place == Place::Body { Place::TextBox } else { place };
        let (words, broken) = read(&text, self.definitions.limits);
        self.cuts.extend(broken.map(|broken| Cut::rest(name, format!("not well-formed: {broken}"), part)));
        let built: Vec<Built> = words.iter().map(|(words, at)| self.drawn_paragraph(words, at, part, place)).collect();
        if !built.is_empty() {
            self.gathered.drawn.insert(name.to_string());
            self.asides.insert(key, built);
        }
    }

    fn drawn_paragraph(&mut self, words: &str, at: &Range<u32>, part: u16, place: Place) -> Built {
        let start = offset(self.gathered.text.len());
        self.gathered.text.push_str(words);
        let text = start..offset(self.gathered.text.len());
        let revised = Revised::default();
        let paragraph = Paragraph {
            place,
            segments: 0..0,
            part,
            at: at.clone(),
            properties: Properties::default(),
            former: None,
            mark: revised,
            separator: false,
        };
        Built::new(paragraph, vec![Segment { part, at: at.clone(), text, revised, emphasis: false, escapes: true }])
    }
}
