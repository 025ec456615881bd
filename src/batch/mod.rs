//! From what the user named to a sorted list of files, each with the path that reports show.

pub mod guard;

use crate::error::{Error, Result};
use crate::source::Format;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A contract file to review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub file: PathBuf,
    /// How reports call it: relative to what the user named, with `/`.
    pub shown: String,
    /// Its format, where the name tells it.
    pub format: Option<Format>,
}

/// The contract files that arguments name: files as they are, folders with all contract files below them.
/// Sorted by shown path; a file reached twice is there once.
///
/// # Errors
/// Where an argument does not exist, or a folder holds no contract file.
#[must_use]
pub fn collect(arguments: &[PathBuf]) -> (Vec<Input>, Vec<(String, Error)>) {
    let mut found: BTreeMap<String, Input> = BTreeMap::new();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut failed = Vec::new();
    for argument in arguments {
        let base = shown_base(argument);
        if argument.is_dir() {
            match walk(argument) {
                Ok(files) if files.is_empty() => {
                    let error = Error::new(
                        "the folder holds no contract file",
                        "contracts end in .docx, .docm, .dotx, .md, .markdown, .html, .htm or .txt",
                    );
                    failed.push((base, error));
                }
                Ok(files) => {
                    for file in files {
                        let below = file.strip_prefix(argument).unwrap_or(&file);
                        add(&file, &joined(&base, below), &mut found, &mut seen);
                    }
                }
                Err(error) => failed.push((base, error)),
            }
        } else if argument.exists() {
            add(argument, &base, &mut found, &mut seen);
        } else {
            failed.push((base, Error::new("there is no such file or folder", "check the spelling of the path")));
        }
    }
    (found.into_values().collect(), failed)
}

fn add(file: &Path, shown: &str, found: &mut BTreeMap<String, Input>, seen: &mut BTreeSet<PathBuf>) {
    let real = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    if !seen.insert(real.clone()) {
        return;
    }
    // On collision the shortest distinguishing parent goes in front.
    let mut name = shown.to_string();
    let mut parents = real.ancestors().skip(1);
    while found.contains_key(&name) {
        let Some(parent) = parents.next().and_then(Path::file_name) else { break };
        name = format!("{}/{shown}", parent.to_string_lossy());
    }
    let format = file.extension().and_then(|e| e.to_str()).and_then(Format::from_extension);
    found.insert(name.clone(), Input { file: file.to_path_buf(), shown: name, format });
}

/// An argument as it was typed; an absolute one from its last component.
fn shown_base(argument: &Path) -> String {
    if argument.is_absolute() {
        return argument.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    }
    let parts = argument.components().filter(|c| !matches!(c, std::path::Component::CurDir));
    parts.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn joined(base: &str, below: &Path) -> String {
    let mut parts: Vec<String> = below.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    if !base.is_empty() {
        parts.insert(0, base.to_string());
    }
    parts.join("/")
}

/// Endings of documents that are not read. A contract among them must fail by name rather than be passed over.
const UNREAD: [&str; 7] = ["doc", "pdf", "rtf", "odt", "pages", "wpd", "mht"];

/// Files below a folder that have the ending of a contract, read or not; those that Word locks (`~$`) and hidden ones
/// are left out.
fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    let walker =
        ignore::WalkBuilder::new(folder).standard_filters(false).hidden(true).sort_by_file_path(Path::cmp).build();
    for entry in walker {
        let entry = entry.map_err(|e| Error::new(e.to_string(), "make the folder readable"))?;
        let path = entry.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        let wanted = Format::from_extension(&ending).is_some() || UNREAD.contains(&ending.as_str());
        if wanted && path.is_file() && !name.starts_with("~$") {
            out.push(path.to_path_buf());
        }
    }
    Ok(out)
}
