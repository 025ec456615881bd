//! The blocks of a page's Markdown, with their place in the file.

use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: BlockKind,
    pub at: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Front,
    Heading(u8),
    Paragraph,
    Item,
    Quote,
}

/// Wrapped lines as one.
pub(super) fn unwrap_lines(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_string()
}

/// What a block quote holds, without its marks.
pub(super) fn quoted(text: &str) -> String {
    let strip = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).to_string()
    };
    text.lines().map(strip).collect::<Vec<_>>().join("\n").trim().to_string()
}

/// The top-level blocks of a page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut front = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                let kind = match &tag {
                    Tag::MetadataBlock(_) => {
                        front = true;
                        None
                    }
                    Tag::Heading { level, .. } if depth == 0 => Some(BlockKind::Heading(*level as u8)),
                    Tag::Paragraph if depth == 0 => Some(BlockKind::Paragraph),
                    Tag::Item if depth == 1 => Some(BlockKind::Item),
                    Tag::BlockQuote(_) if depth == 0 => Some(BlockKind::Quote),
                    _ => None,
                };
                depth += 1;
                if let Some(kind) = kind {
                    let end = range.start + text[range.clone()].trim_end().len();
                    out.push(Block { kind, at: range.start..end });
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                front = false;
            }
            Event::Text(_) if front => match out.last_mut() {
                Some(Block { kind: BlockKind::Front, at }) => at.end = range.end,
                _ => out.push(Block { kind: BlockKind::Front, at: range }),
            },
            _ => {}
        }
    }
    out
}
