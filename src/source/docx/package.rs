//! The package: a zip of parts with relationships between them (ECMA-376 part 2).

use super::xml::{Node, Ns, Xml};
use crate::error::{Error, Result};
use crate::source::Limits;
use crate::source::limits::RATIO_FREE_BYTES;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipReadOptions;

/// An open package.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry index by part name: lower case, forward slashes, no leading slash.
    names: HashMap<String, usize>,
    limits: Limits,
    inflated: u64,
    /// What was odd about the package.
    pub notes: Vec<String>,
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
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| {
            Error::new(
                format!("the file is not a readable Word package ({e}): it is damaged or cut short"),
                REMEDY_DAMAGED,
            )
        })?;
        if zip.len() > limits.entries {
            let reason = format!("the package has {} entries, more than {}", zip.len(), limits.entries);
            return Err(Error::new(reason, "no contract needs so many; check where the file comes from"));
        }
        let mut names = HashMap::with_capacity(zip.len());
        let mut notes = Vec::new();
        for (index, name) in zip.file_names().enumerate() {
            let Ok(name) = name else {
                notes.push(format!("entry {} of the package has an unreadable name and was left out", index + 1));
                continue;
            };
            if names.insert(normal(&name), index).is_some() {
                notes.push(format!("the package holds {name} more than once; the last one was read"));
            }
        }
        if zip.has_duplicate_names() {
            notes.push("the package holds entries of the same name; the last one was read".into());
        }
        Ok(Self { zip, names, limits: *limits, inflated: 0, notes })
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
        Ok(Some(decode_xml(bytes, part, &mut self.notes)))
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
        let mut entry = self.zip.by_index_with_options(index, options).map_err(|e| damaged(&e))?;
        let allowed = entry.compressed_size().saturating_mul(self.limits.ratio).max(RATIO_FREE_BYTES).min(left);
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(allowed)).unwrap_or_default());
        entry.by_ref().take(allowed + 1).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
        if bytes.len() as u64 > allowed {
            let reason = format!("the part {part} inflates to more than {allowed} bytes");
            return Err(Error::new(reason, "no contract is that large; check where the file comes from"));
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
        let mut out = Vec::new();
        loop {
            match xml.advance() {
                Node::Open(e) if e.name == "Relationship" && matches!(e.ns, Ns::Package | Ns::Other) => {
                    let external = e.attribute("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
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
        if let Some(broken) = xml.broken {
            self.notes.push(format!("{name} is not well-formed ({broken}); what follows was not read"));
        }
        Ok(out)
    }
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
fn decode_xml(bytes: Vec<u8>, part: &str, notes: &mut Vec<String>) -> String {
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
