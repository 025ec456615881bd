//! Word packages that the tests build part by part.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The namespace declaration of `w:`.
pub const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A relationships part: kind and target of each.
pub fn relationships(of: &[(&str, &str)]) -> String {
    let one = |(n, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"r{n}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>", of.iter().enumerate().map(one).collect::<String>())
}

/// A main part with this body.
pub fn document(body: &str) -> String {
    format!("<w:document {WORD}><w:body>{body}</w:body></w:document>")
}

/// A paragraph of one run.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A zip of these entries in this order, deflated or stored.
pub fn zipped(entries: &[(&str, &[u8])], deflated: bool) -> Vec<u8> {
    let method = if deflated { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default().compression_method(method);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A package around a main part, with further parts that the main part leads to: (kind, file name, text).
pub fn package(main: &str, further: &[(&str, &str, &str)]) -> Vec<u8> {
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let own = relationships(&further.iter().map(|(kind, name, _)| (*kind, *name)).collect::<Vec<_>>());
    let names: Vec<String> = further.iter().map(|(_, name, _)| format!("word/{name}")).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
    ];
    entries.extend(names.iter().zip(further).map(|(name, (_, _, text))| (name.as_str(), text.as_bytes())));
    zipped(&entries, false)
}
