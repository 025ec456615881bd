//! Where a contract comes from: files, folders or standard input, and the limits and the view that it is read with.

use crate::assess::Document;
use crate::batch::guard::guarded;
use crate::batch::{self, Input};
use crate::cli::{ContractArgs, InputFormat, LimitArgs, ViewArg};
use crate::error::{Error, Result};
use crate::review::{Bytes, read};
use crate::source::{Format, Limits, View};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The contracts of paths in order, and the paths that cannot be read; "-" alone is standard input.
pub(super) fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<(String, Error)>) {
    if let [only] = paths
        && only.as_os_str() == "-"
    {
        return (vec![Input { file: only.clone(), shown: "-".into(), format: None }], Vec::new());
    }
    batch::collect(paths)
}

/// A file named by itself, with the format that its ending tells.
pub(super) fn single(path: &Path) -> Input {
    let format = path.extension().and_then(|e| e.to_str()).and_then(Format::from_extension);
    Input { file: path.to_path_buf(), shown: path.to_string_lossy().replace('\\', "/"), format }
}

/// The bytes of an input; standard input for "-".
pub(super) fn bytes(input: &Input, format_in: Option<InputFormat>) -> Result<Bytes> {
    if input.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| Error::new(format!("standard input: {e}"), "pipe a contract in"))?;
        let format = match format_in {
            Some(InputFormat::Docx) => Format::Docx,
            Some(InputFormat::Md) => Format::Markdown,
            Some(InputFormat::Html) => Format::Html,
            Some(InputFormat::Txt) => Format::Text,
            None if bytes.starts_with(b"PK") => Format::Docx,
            None => {
                return Err(Error::new(
                    "the format of standard input is not given",
                    "add --format-in docx, md, html or txt",
                ));
            }
        };
        return Ok(Bytes { path: input.shown.clone(), format: Some(format), bytes });
    }
    if input.file.is_dir() {
        return Err(Error::new("this is a folder", "name a file, or review the folder with \"proviso review\""));
    }
    let bytes = fs::read(&input.file).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Error::new("there is no such file", "check the spelling of the path"),
        _ => Error::new(format!("the file cannot be read ({e})"), "check its permissions"),
    })?;
    Ok(Bytes { path: input.shown.clone(), format: input.format, bytes })
}

/// One contract up to its facts.
pub(super) fn one_document(args: &ContractArgs) -> Result<Document> {
    let input = single(&args.file);
    let bytes = bytes(&input, args.format_in).map_err(|e| e.about(&input.shown))?;
    let (view, limits) = (view(args.view), limits(args.limits));
    guarded(limits, move |limits| read(&bytes, view, limits)).map_err(|e| e.about(&input.shown))
}

/// The limits that reading uses, with those that the command line sets.
pub(super) fn limits(args: LimitArgs) -> Limits {
    let usual = Limits::default();
    let bytes = |megabytes: Option<u32>| megabytes.map(|m| u64::from(m) << 20);
    let size = |megabytes: Option<u32>| bytes(megabytes).and_then(|b| usize::try_from(b).ok());
    let total_bytes = bytes(args.max_inflated).unwrap_or(usual.total_bytes);
    Limits {
        entries: args.max_entries.unwrap_or(usual.entries),
        part_bytes: total_bytes / 2,
        total_bytes,
        ratio: args.max_ratio.unwrap_or(usual.ratio),
        depth: args.max_depth.unwrap_or(usual.depth),
        tag_bytes: size(args.max_tag).unwrap_or(usual.tag_bytes),
        events: args.max_events.unwrap_or(usual.events),
        text_bytes: size(args.max_text).unwrap_or(usual.text_bytes),
        words: args.max_words.unwrap_or(usual.words),
        paragraphs: args.max_paragraphs.unwrap_or(usual.paragraphs),
        places: args.max_places.unwrap_or(usual.places),
        seconds: args.max_seconds.unwrap_or(usual.seconds),
        backstop: usual.backstop,
    }
}

/// The view that the command line names.
pub(super) fn view(arg: ViewArg) -> View {
    match arg {
        ViewArg::Accepted => View::Accepted,
        ViewArg::Original => View::Original,
    }
}
