//! The library that ships in the binary, compiled: `clause-library/compiled.bin`, which
//! `proviso library compile` writes and a test holds against the pages.

use super::Library;
use super::folder::Files;
use crate::error::{Error, Result};

static COMPILED: &[u8] = include_bytes!("../../clause-library/compiled.bin");
static SOURCES: &[u8] = include_bytes!("../../clause-library/sources.bin");

/// The embedded library.
///
/// # Errors
/// Where the compiled form is of another version of the program.
pub fn library() -> Result<Library> {
    postcard::from_bytes(COMPILED).map_err(|_| stale())
}

/// The pages and the vocabulary that the embedded library was compiled from.
///
/// # Errors
/// Where the compiled form is of another version of the program.
pub fn files() -> Result<Files> {
    postcard::from_bytes(SOURCES).map_err(|_| stale())
}

fn stale() -> Error {
    Error::new(
        "the embedded library does not fit this program",
        "run \"proviso library compile clause-library\" and build again",
    )
}

/// A library and its files in the form that is embedded: the two files' bytes.
///
/// # Errors
/// Where they cannot be encoded.
pub fn encode(library: &Library, files: &Files) -> Result<(Vec<u8>, Vec<u8>)> {
    let failed =
        |e: postcard::Error| Error::new(format!("the library cannot be encoded: {e}"), "report it with the pages");
    Ok((postcard::to_allocvec(library).map_err(failed)?, postcard::to_allocvec(files).map_err(failed)?))
}
