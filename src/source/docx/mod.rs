//! DOCX: a package of XML parts (ECMA-376) as a [`Source`]. One file per part of the package.

mod body;
mod chunks;
mod forms;
mod graft;
mod inserted;
mod laid;
mod lists;
mod mime;
pub mod package;
mod properties;
mod reading;
mod reported;
mod styles;
pub mod xml;

use super::links::Anchors;
use super::{Format, Limits, Place, Source};
use crate::error::{Error, Result};
use body::{Aside, Definitions, PartText};
use laid::Laid;
use package::{Package, Relationship, Spent};
use reading::Reading;
use styles::Styles;
use xml::{Node, Xml};

/// Reads a DOCX file.
///
/// # Errors
/// Where the bytes are no Word package; odd content becomes a note.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Source> {
    if let Some((what, remedy)) = other_kind(bytes).filter(|_| !bytes.starts_with(b"PK")) {
        return Err(Error::new(format!("the file is {what}"), remedy));
    }
    Ok(source(Package::open(bytes, limits)?, limits, false)?.0)
}

/// Reads a package within a package, and tells in `spent` what it used of `limits`.
fn nested(bytes: &[u8], limits: &Limits, spent: &mut Spent) -> Result<Source> {
    let (source, used) = source(Package::open(bytes, limits)?, limits, true)?;
    *spent = used;
    Ok(source)
}

fn source(mut package: Package, limits: &Limits, nested: bool) -> Result<(Source, Spent)> {
    let main = main_part(&mut package, limits)?;
    let relationships = package.relationships(&main)?;
    let styles = optional(&mut package, &relationships, "styles", Styles::read, limits);
    let mut numbering = optional(&mut package, &relationships, "numbering", |xml| lists::read(xml, &styles), limits);
    let comments = optional(&mut package, &relationships, "comments", chunks::comments, limits);
    let definitions = Definitions { styles: &styles, numbering: &numbering, limits };
    let mut reading = Reading::new(package, definitions, nested);
    reading.gathered.seen.comment_texts = comments;
    let Some(body) = reading.part(&main, Place::Body, &relationships)? else {
        return Err(Error::new(format!("the package lacks its main part {main}"), "ask for a fresh copy"));
    };
    let laid = lay(&mut reading, body, &relationships);
    let (notes, cuts) = reading.finish();
    let (spent, parts, gathered) = (reading.spent(), reading.parts, reading.gathered);
    numbering.abstracts.extend(gathered.numbering.abstracts);
    numbering.nums.extend(gathered.numbering.nums);
    let links = gathered.links.into_iter().chain(laid.links).collect();
    let source = Source {
        format: Format::Docx,
        parts,
        text: gathered.text,
        segments: laid.segments,
        paragraphs: laid.paragraphs,
        revisions: gathered.revisions,
        numbering,
        anchors: Anchors { links, bookmarks: gathered.bookmarks },
        notes,
        cuts,
    };
    Ok((source, spent))
}

/// All parts in reading order: the body with its notes, headers and footers, then notes that nothing refers to.
fn lay(reading: &mut Reading, body: PartText, relationships: &[Relationship]) -> Laid {
    for (kind, aside) in [("footnotes", Aside::Footnote), ("endnotes", Aside::Endnote)] {
        for target in targets(relationships, kind) {
            reading.notes_part(aside, &target);
        }
    }
    let headers = header_parts(&body, relationships);
    let mut laid = Laid::default();
    laid.lay(body, &mut reading.asides);
    for target in headers {
        if let Some(part) = reading.optional_part(&target, Place::HeaderFooter) {
            laid.lay(part, &mut reading.asides);
        }
    }
    laid.lay_more(std::mem::take(&mut reading.gathered.furniture));
    laid.lay_left(std::mem::take(&mut reading.asides));
    laid
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
fn main_part(package: &mut Package, limits: &Limits) -> Result<String> {
    let roots = package.relationships("")?;
    let named = roots.iter().find(|r| r.kind == "officeDocument" && !r.external).map(|r| r.target.clone());
    let main = match named {
        Some(target) if package.has(&target) => target,
        named => match (main_by_type(package, limits), named) {
            (Some(main), _) => {
                package.notes.push(format!("the package does not say where its main part is; {main} was read"));
                main
            }
            (None, Some(target)) => {
                return Err(Error::new(format!("the package lacks its main part {target}"), "ask for a fresh copy"));
            }
            (None, None) => return Err(not_word(package)),
        },
    };
    let lower = main.to_lowercase();
    if lower.starts_with("xl/") || lower.starts_with("ppt/") || lower.starts_with("visio/") {
        return Err(not_word(package));
    }
    Ok(main)
}

/// The part whose content type is that of a Word document or template, else the part of the usual name.
fn main_by_type(package: &mut Package, limits: &Limits) -> Option<String> {
    let types = package.text("[Content_Types].xml").ok().flatten().unwrap_or_default();
    let mut xml = Xml::new(&types, limits);
    loop {
        match xml.advance() {
            Node::Open(e) if e.name == "Override" => {
                let kind = e.attribute("ContentType").unwrap_or_default().to_ascii_lowercase();
                let word = kind.contains("word") && kind.ends_with(".main+xml");
                let name = e.attribute("PartName").unwrap_or_default().trim_start_matches('/').to_string();
                if word && package.has(&name) {
                    return Some(name);
                }
            }
            Node::End => break,
            _ => {}
        }
    }
    package.has("word/document.xml").then(|| "word/document.xml".to_string())
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
        let target = relationships
            .iter()
            .find(|r| r.id == *id && !r.external && is_furniture(&r.kind))
            .map(|r| r.target.clone());
        if let Some(target) = target.filter(|t| !out.contains(t)) {
            out.push(target);
        }
    }
    for kind in FURNITURE {
        for target in targets(relationships, kind) {
            if !out.contains(&target) {
                out.push(target);
            }
        }
    }
    out
}

/// Kinds of parts that are repeated on pages. Damaged files give pictures the ids of headers.
const FURNITURE: [&str; 2] = ["header", "footer"];

fn is_furniture(kind: &str) -> bool {
    FURNITURE.contains(&kind)
}
