//! DOCX: a package of XML parts (ECMA-376) as a [`Source`]. One file per part of the package.

mod body;
mod forms;
mod lists;
pub mod package;
mod properties;
mod styles;
pub mod xml;

use super::{Format, Limits, Place, Source};
use crate::error::{Error, Result};
use crate::span::offset;
use body::{Built, Definitions, Gathered, PartText};
use package::{Package, Relationship};
use std::collections::HashMap;
use styles::Styles;
use xml::Xml;

/// Reads a DOCX file.
///
/// # Errors
/// Where the bytes are no Word package or hold no words; odd content becomes a note.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Source> {
    if let Some((what, remedy)) = other_kind(bytes).filter(|_| !bytes.starts_with(b"PK")) {
        return Err(Error::new(format!("the file is {what}"), remedy));
    }
    let mut package = Package::open(bytes, limits)?;
    let main = main_part(&mut package)?;
    let relationships = package.relationships(&main)?;
    let styles = optional(&mut package, &relationships, "styles", Styles::read, limits);
    let numbering = optional(&mut package, &relationships, "numbering", |xml| lists::read(xml, &styles), limits);
    let definitions = Definitions { styles: &styles, numbering: &numbering, limits };
    let mut reading = Reading {
        package,
        definitions,
        gathered: Gathered::default(),
        parts: Vec::new(),
        notes: HashMap::new(),
        unread: Vec::new(),
    };
    let Some(body) = reading.part(&main, Place::Body)? else {
        return Err(Error::new(format!("the package lacks its main part {main}"), "ask for a fresh copy"));
    };
    for kind in ["footnotes", "endnotes"] {
        for target in targets(&relationships, kind) {
            reading.notes_part(kind, &target);
        }
    }
    let headers = header_parts(&body, &relationships);
    let mut laid = Laid::default();
    for (_, built) in body.paragraphs {
        laid.lay(built, &mut reading.notes);
    }
    for target in headers {
        if let Ok(Some(part)) = reading.part(&target, Place::HeaderFooter) {
            for (_, built) in part.paragraphs {
                laid.lay(built, &mut reading.notes);
            }
        }
    }
    let mut left: Vec<_> = reading.notes.drain().collect();
    left.sort_by(|a, b| a.0.cmp(&b.0));
    for (_, paragraphs) in left {
        for built in paragraphs {
            laid.lay(built, &mut HashMap::new());
        }
    }
    let notes = reading.finish(body.broken);
    if reading.gathered.text.trim().is_empty() {
        let remedy = "if it is a scan, run text recognition first";
        return Err(Error::new("the document holds no text", remedy));
    }
    Ok(Source {
        format: Format::Docx,
        parts: reading.parts,
        text: reading.gathered.text,
        segments: laid.segments,
        paragraphs: laid.paragraphs,
        revisions: reading.gathered.revisions,
        numbering,
        notes,
    })
}

/// What other kind of file the bytes are, by their first bytes, and what to do about it.
#[must_use]
pub fn other_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    match bytes {
        b if b.starts_with(&OLE) && holds("EncryptedPackage") => {
            Some(("encrypted with a password", "open it in Word, remove the password and save it"))
        }
        b if b.starts_with(&OLE) => Some(("an old Word document (.doc)", "open it in Word and save it as .docx")),
        b if b.starts_with(b"%PDF") => Some(("a PDF", "supply the Word file, or convert it to text first")),
        b if b.starts_with(b"{\\rtf") => Some(("a rich text file (.rtf)", "open it in Word and save it as .docx")),
        b if b.starts_with(b"PK\x03\x04") => Some(("a zip package", "give it the ending .docx if it is a Word file")),
        _ => None,
    }
}

/// The main part: where the package's relationships lead (the name is free), else by its usual name.
fn main_part(package: &mut Package) -> Result<String> {
    let roots = package.relationships("")?;
    let named = roots.iter().find(|r| r.kind == "officeDocument" && !r.external).map(|r| r.target.clone());
    let main = match named {
        Some(target) if package.has(&target) => target,
        _ if package.has("word/document.xml") => {
            package.notes.push("the package does not name its main part; word/document.xml was read".into());
            "word/document.xml".to_string()
        }
        Some(target) => {
            return Err(Error::new(format!("the package lacks its main part {target}"), "ask for a fresh copy"));
        }
        None => return Err(not_word(package)),
    };
    let lower = main.to_lowercase();
    if lower.starts_with("xl/") || lower.starts_with("ppt/") || lower.starts_with("visio/") {
        return Err(not_word(package));
    }
    Ok(main)
}

fn not_word(package: &Package) -> Error {
    let kind = if package.has("xl/workbook.xml") {
        "an Excel workbook"
    } else if package.has("ppt/presentation.xml") {
        "a PowerPoint presentation"
    } else if package.has("content.xml") {
        "an OpenDocument file"
    } else {
        "a zip file without a Word document in it"
    };
    Error::new(format!("the file is {kind}"), "supply the contract as .docx")
}

/// Reads an optional part; one that is absent or damaged gives the default and, if damaged, a note.
fn optional<T: Default>(
    package: &mut Package,
    relationships: &[Relationship],
    kind: &str,
    read: impl FnOnce(&mut Xml) -> T,
    limits: &Limits,
) -> T {
    let Some(target) = targets(relationships, kind).into_iter().next() else { return T::default() };
    match package.text(&target) {
        Ok(Some(text)) => {
            let mut xml = Xml::new(&text, limits);
            let value = read(&mut xml);
            if let Some(broken) = xml.broken {
                package.notes.push(format!("{target} is not well-formed ({broken}); what follows was not read"));
            }
            value
        }
        Ok(None) => {
            package.notes.push(format!("the document refers to {target}, which the package lacks"));
            T::default()
        }
        Err(error) => {
            package.notes.push(format!("{target} was not read: {}", error.reason));
            T::default()
        }
    }
}

/// Parts of the package that relationships of `kind` lead to, each once, in order.
fn targets(relationships: &[Relationship], kind: &str) -> Vec<String> {
    let mut out = Vec::new();
    for relationship in relationships.iter().filter(|r| r.kind == kind && !r.external) {
        if !out.contains(&relationship.target) {
            out.push(relationship.target.clone());
        }
    }
    out
}

/// Headers and footers of all sections in order, each part once.
fn header_parts(body: &PartText, relationships: &[Relationship]) -> Vec<String> {
    let in_sections = body.paragraphs.iter().flat_map(|(_, b)| &b.headers).chain(&body.headers);
    let mut out = Vec::new();
    for id in in_sections {
        let target = relationships.iter().find(|r| r.id == *id && !r.external).map(|r| r.target.clone());
        if let Some(target) = target.filter(|t| !out.contains(t)) {
            out.push(target);
        }
    }
    for kind in ["header", "footer"] {
        for target in targets(relationships, kind) {
            if !out.contains(&target) {
                out.push(target);
            }
        }
    }
    out
}

/// The package while its parts are being read.
struct Reading<'a, 'b> {
    package: Package<'a>,
    definitions: Definitions<'b>,
    gathered: Gathered,
    parts: Vec<String>,
    /// Paragraphs of footnotes and endnotes by (part kind, id), until their reference is met.
    notes: HashMap<(&'static str, String), Vec<Built>>,
    unread: Vec<String>,
}

impl Reading<'_, '_> {
    /// Reads one part with paragraphs; `None` where the package lacks it.
    fn part(&mut self, name: &str, place: Place) -> Result<Option<PartText>> {
        let Some(text) = self.package.text(name)? else {
            self.unread.push(format!("the document refers to {name}, which the package lacks"));
            return Ok(None);
        };
        let index = u16::try_from(self.parts.len()).unwrap_or(u16::MAX);
        self.parts.push(name.to_string());
        let part = body::read(&text, index, place, &self.definitions, &mut self.gathered);
        if let (Some(broken), true) = (&part.broken, place != Place::Body) {
            self.unread.push(format!("{name} is not well-formed ({broken}); what follows was not read"));
        }
        Ok(Some(part))
    }

    fn notes_part(&mut self, kind: &'static str, name: &str) {
        match self.part(name, Place::Note) {
            Ok(Some(part)) => {
                for (id, built) in part.paragraphs {
                    self.notes.entry((kind, id)).or_default().push(built);
                }
            }
            Ok(None) => {}
            Err(error) => self.unread.push(format!("{name} was not read: {}", error.reason)),
        }
    }

    /// The notes on the whole document, in a fixed order.
    fn finish(&mut self, broken: Option<String>) -> Vec<String> {
        let mut out = std::mem::take(&mut self.package.notes);
        out.append(&mut self.unread);
        if let Some(broken) = broken {
            out.push(format!("the document is not well-formed ({broken}); what follows was not read"));
        }
        let seen = &self.gathered.seen;
        let counted = [
            (
                seen.comments,
                "comment was left out (comments are no terms)",
                "comments were left out (comments are no terms)",
            ),
            (seen.hidden, "piece of hidden text was read as text", "pieces of hidden text were read as text"),
            (seen.chunks, "inserted document was not read", "inserted documents were not read"),
        ];
        for (count, one, many) in counted {
            match count {
                0 => {}
                1 => out.push(format!("1 {one}")),
                n => out.push(format!("{n} {many}")),
            }
        }
        if self.package.part_names().iter().any(|n| n.starts_with("_xmlsignatures/")) {
            out.push("the file is digitally signed".into());
        }
        out
    }
}

/// Paragraphs and segments in reading order.
#[derive(Default)]
struct Laid {
    paragraphs: Vec<super::Paragraph>,
    segments: Vec<super::Segment>,
}

impl Laid {
    /// Lays down a paragraph, then its text boxes, then the notes that it refers to.
    fn lay(&mut self, built: Built, notes: &mut HashMap<(&'static str, String), Vec<Built>>) {
        let mut waiting = vec![built];
        while let Some(mut built) = waiting.pop() {
            let start = offset(self.segments.len());
            self.segments.append(&mut built.segments);
            built.paragraph.segments = start..offset(self.segments.len());
            self.paragraphs.push(built.paragraph);
            let referred = built.notes.into_iter().filter_map(|key| notes.remove(&key)).flatten();
            let mut next: Vec<Built> = built.after.into_iter().chain(referred).collect();
            next.reverse();
            waiting.append(&mut next);
        }
    }
}
