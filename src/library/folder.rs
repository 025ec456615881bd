//! The library as files: pages and vocabulary from a folder, laid over the embedded ones.

use super::compile::{PageFile, compile};
use super::diagnostic::Diagnostic;
use super::vocabulary::Vocabulary;
use super::{Library, page, profile};
use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Files of a library: path relative to its folder (with `/`) and text.
pub type Files = BTreeMap<String, String>;

/// Name of the vocabulary within a library folder.
pub const VOCABULARY: &str = "vocabulary.md";

/// Name of the figures measured on labelled contracts.
pub const MEASURED: &str = "measured.toml";

/// Reads the Markdown files of a library folder: `vocabulary.md` and `<theme>/<id>.md` or `<id>.md`.
///
/// # Errors
/// Where the folder or a file of it cannot be read, or it holds no page.
pub fn files(folder: &Path) -> Result<Files> {
    let mut out = Files::new();
    let shown = folder.display();
    if !folder.is_dir() {
        return Err(Error::new(format!("{shown} is no folder"), "name the folder that holds the pages"));
    }
    let mut walk = vec![(folder.to_path_buf(), String::new())];
    while let Some((path, prefix)) = walk.pop() {
        let failed = |e: std::io::Error| Error::new(format!("{}: {e}", path.display()), "make it readable");
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let inner = format!("{prefix}{name}");
            if entry.path().is_dir() {
                walk.push((entry.path(), format!("{inner}/")));
            } else if is_library_file(&entry.path()) {
                let text = fs::read_to_string(entry.path())
                    .map_err(|e| Error::new(format!("{}: {e}", entry.path().display()), "save it as UTF-8 text"))?;
                out.insert(inner, text);
            }
        }
    }
    if out.is_empty() {
        return Err(Error::new(format!("{shown} holds no page"), "write one with \"proviso library new ID\""));
    }
    Ok(out)
}

fn is_library_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let profile =
        || path.parent().and_then(Path::file_name).is_some_and(|p| p == profile::FOLDER.trim_end_matches('/'));
    name == MEASURED
        || path.extension().is_some_and(|e| e == "toml") && profile()
        || path.extension().is_some_and(|e| e == "md") && name != "README.md"
}

/// What came of reading library files: the library where there is no error, and all diagnostics.
pub struct Loaded {
    /// The compiled library.
    pub library: Option<Library>,
    /// The pages that could be read.
    pub pages: Vec<PageFile>,
    /// Mistakes and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and compiles library files. `shown` is put in front of their names in diagnostics.
#[must_use]
pub fn load(files: &Files, shown: &str) -> Loaded {
    let mut diagnostics = Vec::new();
    let mut vocabulary = Vocabulary::default();
    let mut pages: Vec<PageFile> = Vec::new();
    for (name, text) in files.iter().filter(|(n, _)| n.as_str() == VOCABULARY) {
        vocabulary.read(text, &format!("{shown}{name}"), &mut diagnostics);
    }
    for (name, text) in files.iter().filter(|(n, _)| is_page(n)) {
        let id = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md");
        let file = format!("{shown}{name}");
        if let Some(other) = pages.iter().find(|p| p.page.id == id) {
            let message = format!("the provision {id} is in {} too", other.file);
            diagnostics.push(Diagnostic::error(&file, 0..1, message, "one page per id; rename or remove one"));
            continue;
        }
        match page::read(text, id, &file) {
            Ok(page) => pages.push(PageFile { file, text: text.clone(), page }),
            Err(mistakes) => diagnostics.extend(mistakes),
        }
    }
    let named = files.iter().filter(|(name, _)| name.starts_with(profile::FOLDER));
    let profiles: Vec<_> = named
        .filter_map(|(name, text)| profile::read(text, &format!("{shown}{name}"), &pages, &mut diagnostics))
        .collect();
    let mut library = None;
    match compile(&pages, &vocabulary) {
        Ok(mut compiled) if diagnostics.iter().all(|d| d.warning) => {
            compiled.digest = digest(files);
            compiled.profiles = profiles;
            compiled.measured = files.get(MEASURED).and_then(|text| match toml::from_str(text) {
                Ok(measured) => Some(measured),
                Err(e) => {
                    let at = e.span().unwrap_or(0..0);
                    let help = "see clause-library/README.md";
                    diagnostics.push(Diagnostic::error(&format!("{shown}{MEASURED}"), at, e.message(), help));
                    None
                }
            });
            library = Some(compiled);
        }
        Ok(_) => {}
        Err(mistakes) => diagnostics.extend(mistakes),
    }
    Loaded { library, pages, diagnostics }
}

fn is_page(name: &str) -> bool {
    !matches!(name, VOCABULARY | MEASURED) && !name.starts_with(profile::FOLDER)
}

/// SHA-256 over names and texts of library files.
#[must_use]
pub fn digest(files: &Files) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize())
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// `base` with the files of `over` laid over it: a page replaces the page of the same id, wherever it stands.
#[must_use]
pub fn overlay(base: &Files, over: &Files) -> Files {
    let id = |name: &str| name.rsplit('/').next().unwrap_or(name).to_string();
    let replaced: Vec<String> =
        over.keys().filter(|n| !matches!(n.as_str(), VOCABULARY | MEASURED)).map(|n| id(n)).collect();
    let mut out: Files =
        base.iter().filter(|(n, _)| !replaced.contains(&id(n))).map(|(n, t)| (n.clone(), t.clone())).collect();
    // What was measured was another library.
    out.remove(MEASURED);
    for (name, text) in over {
        if name == VOCABULARY {
            // Lists of both are there; one that stands in both is the user's.
            out.entry(name.clone()).and_modify(|base| *base = merged(base, text)).or_insert_with(|| text.clone());
        } else {
            out.insert(name.clone(), text.clone());
        }
    }
    out
}

/// Two vocabularies as one: the lists of `over` replace those of `base`.
fn merged(base: &str, over: &str) -> String {
    let own: Vec<&str> = over.lines().filter_map(|l| l.strip_prefix("## ")).map(str::trim).collect();
    let mut out = String::new();
    let mut keep = true;
    for line in base.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            keep = !own.contains(&name.trim());
        }
        if keep {
            out.push_str(line);
            out.push('\n');
        }
    }
    out + "\n" + over
}
