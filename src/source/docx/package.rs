//! The package: a zip of parts with relationships between them (ECMA-376 part 2).

use super::xml::{Node, Ns, Xml};
use crate::error::{Error, Result};
use crate::source::limits::{RATIO_FREE_BYTES, beyond};
use crate::source::{Cut, Limits};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipReadOptions;
use zip::result::ZipError;

/// An open package.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry index by part name: lower case, forward slashes, no leading slash.
    names: HashMap<String, usize>,
    limits: Limits,
    /// Bytes inflated so far, and XML tags, references and paragraphs in them.
    inflated: u64,
    events: usize,
    paragraphs: usize,
    /// What was odd about the package.
    pub notes: Vec<String>,
    /// What of it was not read.
    pub cuts: Vec<Cut>,
}

/// What reading a package has used of its limits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    inflated: u64,
    events: usize,
    paragraphs: usize,
}

/// A relationship of a part.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// `Id`.
    pub id: String,
    /// Last component of `Type` ("footnotes", "officeDocument", ...).
    pub kind: String,
    /// Part that it leads to, as a part name; the raw target where it is external.
    pub target: String,
    /// Whether it leads out of the package.
    pub external: bool,
}

const REMEDY_DAMAGED: &str = "open it in Word, save it again and retry, or ask for a fresh copy";

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// Where the bytes are no zip, or a zip beyond the limits.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable(bytes))?;
        if zip.len() > limits.entries {
            let reason = format!("the package has {} entries, more than {}", zip.len(), limits.entries);
            return Err(beyond(reason, "--max-entries"));
        }
        let mut notes = Vec::new();
        let names = names(&zip, &mut notes);
        if zip.has_duplicate_names() {
            notes.push("the package holds entries of the same name; the last one was read".into());
        }
        if zip.has_overlapping_files().unwrap_or(false) {
            notes.push("entries of the package share bytes, as no word processor writes them".into());
        }
        Ok(Self { zip, names, limits: *limits, inflated: 0, events: 0, paragraphs: 0, notes, cuts: Vec::new() })
    }

    /// Whether the package holds this part.
    #[must_use]
    pub fn has(&self, part: &str) -> bool {
        self.names.contains_key(&normal(part))
    }

    /// Names of all parts, sorted.
    #[must_use]
    pub fn part_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The text of an XML part, decoded to UTF-8; `None` where there is no such part.
    ///
    /// # Errors
    /// Where the part is beyond the limits, encrypted or cannot be inflated.
    pub fn text(&mut self, part: &str) -> Result<Option<String>> {
        let Some(&index) = self.names.get(&normal(part)) else { return Ok(None) };
        let bytes = self.inflate(index, part)?;
        let text = decode_xml(bytes, part, &mut self.notes);
        self.tally(&text, part)?;
        if text.get(..text.len().min(HEAD)).is_some_and(|head| head.contains("<!DOCTYPE")) {
            self.notes
                .push(format!("{part} declares a document type; entities that it defines stand as they are written"));
        }
        Ok(Some(text))
    }

    /// The bytes of a part of any kind; tags in it are counted as those of XML parts are.
    ///
    /// # Errors
    /// As for [`Package::text`].
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>> {
        let Some(&index) = self.names.get(&normal(part)) else { return Ok(None) };
        let bytes = self.inflate(index, part)?;
        if !bytes.starts_with(b"PK") {
            self.tally(&String::from_utf8_lossy(&bytes), part)?;
        }
        Ok(Some(bytes))
    }

    /// What is left of the limits for a package within this one.
    #[must_use]
    pub fn left(&self) -> Limits {
        Limits {
            total_bytes: self.limits.total_bytes.saturating_sub(self.inflated),
            events: self.limits.events.saturating_sub(self.events),
            paragraphs: self.limits.paragraphs.saturating_sub(self.paragraphs),
            ..self.limits
        }
    }

    /// Counts what a package within this one has used.
    pub fn spend(&mut self, inner: &Spent) {
        self.inflated += inner.inflated;
        self.events += inner.events;
        self.paragraphs += inner.paragraphs;
    }

    /// What has been used of the limits.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent { inflated: self.inflated, events: self.events, paragraphs: self.paragraphs }
    }

    /// Counts what the reader's time and memory grow with, before it is read.
    fn tally(&mut self, text: &str, part: &str) -> Result<()> {
        self.events += text.bytes().filter(|b| matches!(b, b'<' | b'&')).count();
        if self.events > self.limits.events {
            let reason =
                format!("the package has more than {} XML tags and references up to {part}", self.limits.events);
            return Err(beyond(reason, "--max-events"));
        }
        let is_paragraph = |tag: &&str| {
            let name = tag.split([' ', '/', '>', '\t', '\r', '\n']).next().unwrap_or_default();
            name.rsplit(':').next() == Some("p")
        };
        self.paragraphs += text.split('<').skip(1).filter(is_paragraph).count();
        if self.paragraphs > self.limits.paragraphs {
            let reason = format!("the package has more than {} paragraphs up to {part}", self.limits.paragraphs);
            return Err(beyond(reason, "--max-paragraphs"));
        }
        Ok(())
    }

    fn inflate(&mut self, index: usize, part: &str) -> Result<Vec<u8>> {
        match self.inflate_with(index, part, false) {
            Ok(bytes) => Ok(bytes),
            // A wrong checksum leaves the bytes readable; anything else fails the second time too.
            Err(first) => {
                let bytes = self.inflate_with(index, part, true).map_err(|_| first)?;
                self.notes.push(format!("the checksum of {part} is wrong: the file may be damaged"));
                Ok(bytes)
            }
        }
    }

    fn inflate_with(&mut self, index: usize, part: &str, ignore_checksum: bool) -> Result<Vec<u8>> {
        let damaged =
            |e: &dyn std::fmt::Display| Error::new(format!("the part {part} cannot be unpacked ({e})"), REMEDY_DAMAGED);
        let left = self.limits.total_bytes.saturating_sub(self.inflated).min(self.limits.part_bytes);
        let options = ZipReadOptions::new().ignore_crc32(ignore_checksum);
        let mut entry = self.zip.by_index_with_options(index, options).map_err(|e| match e {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Error::new(format!("the part {part} is encrypted"), "remove the password in Word and save it")
            }
            e => damaged(&e),
        })?;
        let packed = entry.compressed_size();
        let by_ratio = packed.saturating_mul(self.limits.ratio).max(RATIO_FREE_BYTES);
        let allowed = by_ratio.min(left);
        // The declared size is the file's own word, so no memory is set aside for more than is usual.
        let declared = entry.size().min(allowed).min(RATIO_FREE_BYTES);
        let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or_default());
        entry.by_ref().take(allowed.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
        if bytes.len() as u64 > allowed {
            let reason = if by_ratio <= left {
                format!("the part {part} inflates to more than {} times its {packed} bytes", self.limits.ratio)
            } else {
                format!("the part {part} inflates to more than the {left} bytes that are left for it")
            };
            return Err(beyond(reason, if by_ratio <= left { "--max-ratio" } else { "--max-inflated" }));
        }
        self.inflated += bytes.len() as u64;
        Ok(bytes)
    }

    /// The relationships of `part` ("" for those of the package itself).
    ///
    /// # Errors
    /// Where the relationships part cannot be unpacked.
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(text) = self.text(&name)? else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&text, &self.limits);
        let (mut out, mut inside) = (Vec::new(), 0);
        loop {
            match xml.advance() {
                Node::Open(e) if e.name == "Relationship" && matches!(e.ns, Ns::Package | Ns::Other) => {
                    let external = e.attribute("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
                    inside += usize::from(!external);
                    if !external && inside > MOST_PARTS {
                        continue;
                    }
                    let target = e.attribute("Target").unwrap_or_default();
                    let kind = e.attribute("Type").unwrap_or_default();
                    out.push(Relationship {
                        id: e.attribute("Id").unwrap_or_default(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_string(),
                        target: if external { target } else { resolve(folder, &target) },
                        external,
                    });
                }
                Node::End => break,
                _ => {}
            }
        }
        if inside > MOST_PARTS {
            let what = format!("what {name} leads to after the first {MOST_PARTS} parts");
            self.cuts.push(Cut::whole(what, format!("it leads to {inside} parts")));
        }
        if let Some(broken) = xml.broken {
            let what = format!("a part that {name} leads to, if there is one,");
            self.cuts.push(Cut::whole(what, format!("not well-formed: {broken}")));
        }
        Ok(out)
    }
}

/// Parts that one part leads to; they are looked up in one another's list. Pictures included, Word files have hundreds.
const MOST_PARTS: usize = 4_000;

/// Bytes of a part in which a document type is declared, if it is.
const HEAD: usize = 4 << 10;

/// Why no package could be opened, in the user's words.
fn unreadable(bytes: &[u8]) -> Error {
    let reason = match bytes {
        b if !b.starts_with(b"PK") => "the file is no Word package (a .docx begins as a zip does)",
        b if !b.windows(4).any(|w| w == b"PK\x05\x06") => "the Word package is cut short: its end is missing",
        _ => "the Word package is damaged: its list of parts cannot be read",
    };
    Error::new(reason, REMEDY_DAMAGED)
}

/// Part names with the index of their entry. Names that lead out of the package are no parts (ECMA-376 part 2, 6.2.2).
fn names(zip: &ZipArchive<Cursor<&[u8]>>, notes: &mut Vec<String>) -> HashMap<String, usize> {
    // A package of thousands of odd names says it once.
    const MOST_NOTES: usize = 20;
    let mut names = HashMap::with_capacity(zip.len());
    for (index, name) in zip.file_names().enumerate() {
        let Ok(name) = name else {
            notes.push(format!("entry {} of the package has an unreadable name and was left out", index + 1));
            continue;
        };
        let own = normal(&name);
        if own.split('/').any(|step| step == "..") {
            notes.push(format!("the entry {} leads out of the package and was left out", one_line(&name)));
        } else if names.insert(own, index).is_some() {
            notes.push(format!("the package holds {} more than once; the last one was read", one_line(&name)));
        }
    }
    if notes.len() > MOST_NOTES {
        let rest = notes.len() - MOST_NOTES;
        notes.truncate(MOST_NOTES);
        notes.push(format!("{rest} more entries of the package are odd in the same ways"));
    }
    names
}

/// A name as a note shows it: no control characters, not longer than a line.
fn one_line(name: &str) -> String {
    const LONGEST: usize = 120;
    name.chars().take(LONGEST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A part name as it is compared: names are case-insensitive, and some writers use backslashes.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// `target` of a relationship of a part in `folder`, as a part name. Never leads out of the package.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.retain(|p| !p.is_empty());
    path.join("/")
}

/// XML bytes as text: UTF-8 or UTF-16 by their byte order mark or their first bytes, else what is declared.
pub fn decode_xml(bytes: Vec<u8>, part: &str, notes: &mut Vec<String>) -> String {
    let encoding = match bytes.as_slice() {
        [0xFE, 0xFF, ..] | [0, b'<', ..] => encoding_rs::UTF_16BE,
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0xEF, 0xBB, 0xBF, ..] => encoding_rs::UTF_8,
        _ => declared(&bytes).unwrap_or(encoding_rs::UTF_8),
    };
    if encoding == encoding_rs::UTF_8 && !bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8(bytes).unwrap_or_else(|e| {
            notes.push(format!("{part} has bytes that are not valid UTF-8; they are shown as \u{fffd}"));
            String::from_utf8_lossy(e.as_bytes()).into_owned()
        });
    }
    let (text, _, bad) = encoding.decode(&bytes);
    if bad {
        notes.push(format!("{part} has bytes that are not valid {}; they are shown as \u{fffd}", encoding.name()));
    }
    text.into_owned()
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head = std::str::from_utf8(head.split(|b| *b == b'>').next()?).ok()?;
    let value = head.strip_prefix("<?xml")?.split("encoding").nth(1)?;
    encoding_rs::Encoding::for_label(value.split(['"', '\'']).nth(1)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_resolve_from_the_folder_of_their_part_and_stay_inside() {
        assert_eq!(resolve("word", "footnotes.xml"), "word/footnotes.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("word", "..\\..\\..\\etc/passwd"), "etc/passwd");
    }
}
