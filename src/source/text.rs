//! Plain text, and the decoding of bytes that Markdown shares with it.

use super::limits::beyond;
use super::numbering::Numbering;
use super::{Format, Limits, Number, Paragraph, Place, Properties, Revised, Segment, Source, visible};
use crate::error::{Error, Result};
use crate::span::offset;
use std::borrow::Cow;

/// A text and what had to be done to read it.
pub struct Decoded<'a> {
    /// The text without byte order mark.
    pub text: Cow<'a, str>,
    /// Bytes in front of the text in the file (its byte order mark).
    pub skipped: usize,
    /// Odd things met.
    pub notes: Vec<String>,
}

/// Bytes as text: UTF-8, or UTF-16 with a byte order mark; what is neither is read as UTF-8 with a note.
///
/// # Errors
/// Where the bytes are another kind of file, or larger than the limit.
pub fn decode<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Decoded<'a>> {
    decode_as(bytes, encoding_rs::UTF_8, limits)
}

/// Bytes as text of `encoding`, unless a byte order mark says another.
///
/// # Errors
/// As for [`decode`].
pub fn decode_as<'a>(
    bytes: &'a [u8],
    encoding: &'static encoding_rs::Encoding,
    limits: &Limits,
) -> Result<Decoded<'a>> {
    if let Some((what, remedy)) = super::docx::other_kind(bytes) {
        return Err(Error::new(format!("the file is {what}, not text"), remedy));
    }
    if bytes.len() > limits.text_bytes {
        let reason = format!("the file has {} bytes, more than {}", bytes.len(), limits.text_bytes);
        return Err(beyond(reason, "--max-text"));
    }
    let (encoding, skipped) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding, 0));
    let (text, bad) = encoding.decode_without_bom_handling(&bytes[skipped..]);
    let mut notes = Vec::new();
    if bad {
        notes.push(format!("some bytes are not valid {}; they are shown as \u{fffd}", encoding.name()));
    }
    if text.contains('\0') {
        notes.push("the file has NUL characters; they are shown as \u{fffd}".into());
    }
    let text = if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { text };
    Ok(Decoded { text, skipped, notes })
}

/// Reads plain text: paragraphs are parted by blank lines, lines within one are kept.
///
/// # Errors
/// Where the file has no words.
pub fn read(decoded: &Decoded) -> Result<Source> {
    let mut source = Source {
        format: Format::Text,
        parts: vec![String::new()],
        text: String::with_capacity(decoded.text.len()),
        segments: Vec::new(),
        paragraphs: Vec::new(),
        revisions: Vec::new(),
        numbering: Numbering::default(),
        anchors: super::links::Anchors::default(),
        notes: decoded.notes.clone(),
        cuts: Vec::new(),
    };
    let mut at = 0;
    let mut open = false;
    for line in decoded.text.split_inclusive('\n') {
        let content = line.trim_end();
        let start = at + (content.len() - content.trim_start().len());
        if content.trim().is_empty() {
            open = false;
        } else {
            push_line(&mut source, content.trim_start(), start + decoded.skipped, start - at, open);
            open = true;
        }
        at += line.len();
    }
    if source.paragraphs.is_empty() {
        return Err(Error::new("the file has no words", "supply the contract's text"));
    }
    Ok(source)
}

/// Adds one line, to the paragraph before it where that is still open.
fn push_line(source: &mut Source, line: &str, at: usize, indent: usize, join: bool) {
    if join {
        source.text.push('\n');
    }
    let text = source.text.len() - usize::from(join);
    let line_len = line.len();
    source.text.extend(visible(line).into_iter().map(|(_, stretch)| stretch));
    let hidden = source.text.len() - text - usize::from(join) < line_len;
    let range = offset(at)..offset(at + line_len);
    source.segments.push(Segment {
        part: 0,
        at: range.clone(),
        text: offset(text)..offset(source.text.len()),
        revised: Revised::default(),
        emphasis: false,
        escapes: join || hidden,
    });
    let end = offset(source.segments.len());
    match source.paragraphs.last_mut() {
        Some(last) if join => {
            last.segments.end = end;
            last.at.end = range.end;
        }
        _ => source.paragraphs.push(Paragraph {
            place: Place::Body,
            segments: end - 1..end,
            part: 0,
            at: range,
            properties: Properties {
                number: Number::None,
                indent: i32::try_from(indent).unwrap_or(i32::MAX).saturating_mul(SPACE_TWIPS),
                ..Properties::default()
            },
            former: None,
            mark: Revised::default(),
            separator: false,
        }),
    }
}

/// Width of one leading space, in twentieths of a point (half an em of 12 pt type).
const SPACE_TWIPS: i32 = 120;
