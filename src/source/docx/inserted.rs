//! Documents within the package: inserted ones (`w:altChunk`, 17.17.2.1) and subdocuments (`w:subDoc`, 17.17.2.2) that
//! it holds. Each is read as a file of its own kind and its paragraphs are set where it is referred to.

use super::package::{Spent, decode_xml};
use super::xml::{Node, Xml};
use super::{mime, nested};
use crate::error::{Error, Result};
use crate::source::{Limits, Paragraph, Source, html, text};
use crate::span::offset;
use std::collections::HashSet;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads an inserted document from the bytes of its part. What a Word document uses of the limits is told in `spent`;
/// without that none is read.
///
/// # Errors
/// Where it is of a kind that is not read, or holds no words.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, spent: Option<&mut Spent>) -> Result<Source> {
    let xml = |bytes: &[u8]| decode_xml(bytes.to_vec(), name, &mut Vec::new());
    let head = xml(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let begins = |with: &str| head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with(with);
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let word = |bytes: &[u8]| match spent {
        Some(spent) => nested(bytes, limits, spent),
        None => Err(Error::new("it is nested too deep, or too many others could not be read", REMEDY)),
    };
    if bytes.starts_with(b"PK") {
        return word(bytes);
    }
    if begins("{\\rtf") || ending == "rtf" {
        return Err(Error::new("it is a rich text file (.rtf)", REMEDY));
    }
    if matches!(ending.as_str(), "mht" | "mhtml" | "eml") || begins("mime-version:") {
        let page = mime::page(bytes).ok_or_else(|| Error::new("there is no page in it", REMEDY))?;
        return html::read(&page, limits);
    }
    if head.contains("<html") || matches!(ending.as_str(), "htm" | "html" | "xhtml") {
        return html::read(bytes, limits);
    }
    if begins("<?xml") || begins("<pkg:") || begins("<w:") {
        let own = ["/xmlpackage", "/wordprocessingml/", "/word/2003/wordml"].iter().any(|ns| head.contains(ns));
        let package = if own { flat(&xml(bytes), limits) } else { None };
        return word(&package.ok_or_else(|| Error::new("it is XML of another kind", REMEDY))?);
    }
    text::read(&text::decode(bytes, limits)?).map(lines)
}

/// What to do about a document that is not read.
pub const REMEDY: &str = "Word takes it in when it opens and saves the file";
/// What tells the kind of a document stands in its first bytes.
const HEAD: usize = 2_048;

/// Each line of plain text is a paragraph, as Word takes it in.
fn lines(mut source: Source) -> Source {
    let mut paragraphs = Vec::with_capacity(source.segments.len());
    for paragraph in &source.paragraphs {
        for index in paragraph.segments.clone() {
            let segment = &mut source.segments[index as usize];
            // The line break between two lines is part of the second.
            let text = &source.text[segment.text.start as usize..segment.text.end as usize];
            segment.text.start += offset(text.len() - text.trim_start_matches('\n').len());
            let at = segment.at.clone();
            paragraphs.push(Paragraph { segments: index..index + 1, at, ..paragraph.clone() });
        }
    }
    source.paragraphs = paragraphs;
    source
}

/// A Word document in one XML file as a package: Flat OPC (parts in `pkg:part`), or a main part alone.
fn flat(text: &str, limits: &Limits) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, content: &str| {
        zip.start_file(name.trim_start_matches('/'), options).ok()?;
        zip.write_all(content.as_bytes()).ok()
    };
    let mut xml = Xml::new(text, limits);
    let (mut name, mut start, mut parts) = (String::new(), None, HashSet::new());
    loop {
        match xml.advance() {
            Node::Open(e) if e.name == "part" => name = e.attribute("name").unwrap_or_default(),
            Node::Open(e) if e.name == "xmlData" => start = Some(xml.position()),
            Node::Close(_, "xmlData", end) => {
                let whole = text.get(start.take()?..end)?;
                let content = &whole[..whole.rfind("</")?];
                if !name.is_empty() && parts.insert(name.clone()) {
                    add(&name, content)?;
                }
            }
            Node::End => break,
            _ => {}
        }
    }
    if parts.is_empty() {
        let uri = "http://schemas.openxmlformats.org";
        let root = format!(
            "<Relationships xmlns=\"{uri}/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{uri}/officeDocument/2006/relationships/officeDocument\" Target=\"document.xml\"/></Relationships>"
        );
        add("_rels/.rels", &root)?;
        add("document.xml", text)?;
    }
    zip.finish().ok().map(Cursor::into_inner)
}
