//! Where the library of a command comes from, and what is said of mistakes in it.

use crate::cli::LibraryFolder;
use crate::error::{Error, Result};
use crate::library::diagnostic::{Diagnostic, meant};
use crate::library::folder::{self, Files, Loaded};
use crate::library::{Library, embedded};
use std::io;
use std::path::Path;

/// The embedded library, with a folder laid over it.
pub(super) fn library(folder: Option<&Path>) -> Result<Library> {
    let Some(folder) = folder else { return embedded::library() };
    let base = embedded::files().unwrap_or_default();
    let files = folder::overlay(&base, &folder::files(folder)?);
    let loaded = folder::load(&files, "");
    let errors = shown(&loaded, &files, "");
    loaded.library.ok_or_else(|| {
        Error::new(
            format!("the library in {} has mistakes\n{errors}", folder.display()),
            "mend them, or check with \"proviso library check\"",
        )
    })
}

/// The embedded files, with a folder laid over them.
pub(super) fn embedded_with(folder: Option<&Path>) -> Result<Files> {
    let files = embedded::files()?;
    match folder {
        Some(folder) => Ok(folder::overlay(&files, &folder::files(folder)?)),
        None => Ok(files),
    }
}

/// The files of a library folder with the embedded vocabulary where it has none; or the embedded files.
pub(super) fn files(folder: &LibraryFolder) -> Result<(Files, String)> {
    match &folder.folder {
        None => Ok((embedded::files()?, String::new())),
        Some(path) => {
            let own = folder::files(path)?;
            let mut files = own.clone();
            if !own.contains_key(folder::VOCABULARY)
                && let Some(vocabulary) = embedded::files()?.remove(folder::VOCABULARY)
            {
                files.insert(folder::VOCABULARY.into(), vocabulary);
            }
            Ok((files, format!("{}/", path.display())))
        }
    }
}

/// All diagnostics, drawn into their files.
pub(super) fn shown(loaded: &Loaded, files: &Files, prefix: &str) -> String {
    use std::io::IsTerminal as _;
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let draw = |d: &Diagnostic| {
        let name = d.file.strip_prefix(prefix).unwrap_or(&d.file);
        files.get(name).map_or_else(|| format!("{}: {}; {}", d.file, d.message, d.help), |text| d.render(text, colour))
    };
    loaded.diagnostics.iter().map(draw).collect::<Vec<_>>().join("\n\n")
}

/// The error for an id that no page has, with the nearest id that one has.
pub(super) fn unknown_provision(id: &str, library: &Library) -> Error {
    let known = library.provisions.iter().map(|p| p.id.as_str());
    Error::new(format!("there is no provision {id}"), meant(id, known, "see \"proviso library list\""))
}

/// The error for an id that no profile has, with the nearest of those that are known.
pub(super) fn unknown_profile<'a>(id: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    Error::new(format!("there is no profile \"{id}\""), meant(id, known, "see \"proviso profiles list\""))
}
