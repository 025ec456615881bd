//! Where the words of a command go: standard output, or a file that is written whole.

use super::CLEAN;
use crate::error::{Error, Result};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Prints a text; the exit code of a command that has no more to say.
pub(super) fn print(text: &str) -> Result<u8> {
    let mut out = io::stdout().lock();
    finish(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|()| CLEAN)
}

/// A reader that went away ("| head") is no error.
pub(super) fn finish(result: io::Result<()>) -> Result<()> {
    match result {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(write_error(&e)),
        _ => Ok(()),
    }
}

/// The error for words that did not reach standard output.
pub(super) fn write_error(e: &io::Error) -> Error {
    Error::new(format!("standard output: {e}"), "check where it goes")
}

/// Writes a file whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |e: &io::Error| {
        Error::new(format!("{}: it cannot be written ({e})", path.display()), "check the folder and its permissions")
    };
    let name =
        path.file_name().ok_or_else(|| Error::new(format!("{} is no file name", path.display()), "name a file"))?;
    let mut temporary = name.to_os_string();
    temporary.push(format!(".{}.part", std::process::id()));
    let temporary = path.with_file_name(temporary);
    fs::write(&temporary, bytes).map_err(|e| failed(&e))?;
    fs::rename(&temporary, path).map_err(|e| {
        // The half-done file is of no use; that it could not be removed changes nothing.
        let _ = fs::remove_file(&temporary);
        failed(&e)
    })
}
