//! What the fuzz targets run. `tests/fuzz.rs` runs the same over the seeds.

use proviso::clause::label::Label;
use proviso::library::{Library, embedded, folder, page, rule};
use proviso::review::{Bytes, read, review};
use proviso::source::{Format, Limits, View, Views};
use std::io::{Cursor, Write as _};
use std::sync::OnceLock;
use zip::write::SimpleFileOptions;

/// XML parts inside a valid package: after each line "=== name" the text of that part.
pub fn docx(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let root = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
                Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut parts = vec![("_rels/.rels", root)];
    parts.extend(text.split("=== ").filter_map(|part| part.split_once('\n')));
    for (name, part) in parts {
        // A name that stands there twice is no package that a zip writer makes.
        if zip.start_file(name, stored).is_ok() && zip.write_all(part.as_bytes()).is_err() {
            return;
        }
    }
    if let Ok(bytes) = zip.finish() {
        contract(bytes.into_inner(), Format::Docx);
    }
}

/// A contract in Markdown.
pub fn markdown(data: &[u8]) {
    contract(data.to_vec(), Format::Markdown);
}

/// A label in front of a text, and as the word processor computes it.
pub fn label(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(label) = Label::at_start(&text) {
        assert!(text.is_char_boundary(label.len) && label.len >= label.text.len(), "{label:?}");
        assert!(label.depth() > 0, "{label:?}");
    }
    if let Some(label) = Label::computed(&text) {
        assert_eq!(label.len, 0);
    }
}

/// Words that may hold a period.
pub fn period(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for period in proviso::facts::period::periods(&text) {
        assert!(text.get(period.span.start as usize..period.span.end as usize).is_some(), "{period:?}");
        assert!(period.span.start >= end, "{period:?} overlaps the one before it");
        end = period.span.end;
        let _ = (period.hours_param(), period.days_param(), period.hours_worst(), period.per_year());
    }
}

/// One line of the rule language.
pub fn rule(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Err(mistake) = rule::parse(&text, "page.md", 0) {
        assert!(!mistake.message.is_empty());
        let _ = mistake.render(&text, false);
    }
}

/// A provision page, compiled into a library with the embedded vocabulary.
pub fn page(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    if let Err(mistakes) = page::read(&text, "page", "page.md") {
        assert!(!mistakes.is_empty());
        for mistake in mistakes {
            let _ = (mistake.render(&text, false), mistake.line(&text));
        }
        return;
    }
    let vocabulary = embedded::files().unwrap_or_default().remove(folder::VOCABULARY).unwrap_or_default();
    let files = [(folder::VOCABULARY.to_string(), vocabulary), ("page.md".to_string(), text.clone())].into();
    for mistake in folder::load(&files, "").diagnostics {
        let _ = mistake.render(&text, false);
    }
}

/// Reads and reviews a contract in both views.
fn contract(bytes: Vec<u8>, format: Format) {
    let limits = Limits { words: 20_000, ..Limits::default() };
    let input = Bytes { path: "contract".into(), format: Some(format), bytes };
    for (view, views) in [(View::Original, Views::Original), (View::Accepted, Views::Both)] {
        let document = match read(&input, view, &limits) {
            Ok(document) => document,
            Err(error) => return assert!(!error.reason.is_empty() && !error.remedy.is_empty(), "{error:?}"),
        };
        let text = &document.contract.text;
        let blocks = document.contract.blocks.iter().map(|b| b.span);
        let units = document.tree.units.iter().flat_map(|u| u.leads.iter().copied().chain([u.own]).chain(u.tail));
        for span in blocks.chain(units).chain(document.tree.sentences.iter().map(|s| s.span)) {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
        }
        let Ok(reviewed) = review(std::slice::from_ref(&input), &views.into(), library(), &limits) else { continue };
        for evidence in reviewed.findings.iter().flat_map(|f| &f.evidence) {
            assert_eq!(text.get(evidence.start as usize..evidence.end as usize), Some(evidence.quote.as_str()));
        }
    }
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| embedded::library().unwrap_or_else(|e| panic!("the embedded library: {e}")))
}
