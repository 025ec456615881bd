//! Budgets for one file. They are counts, not clocks: the same file meets the same limit on every machine.

use super::Source;
use crate::error::{Error, Result};

/// Limits within which a file is read. A file beyond one of them gets an error or a note that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries in a package.
    pub entries: usize,
    /// Inflated bytes of one part.
    pub part_bytes: u64,
    /// Inflated bytes of all parts that are read.
    pub total_bytes: u64,
    /// Inflated size over compressed size of one part, counted beyond the first [`RATIO_FREE_BYTES`].
    pub ratio: u64,
    /// Open XML elements; marks of quotes and lists at the start of a line of Markdown.
    pub depth: usize,
    /// Bytes of one XML tag with its attributes.
    pub tag_bytes: usize,
    /// XML tags and references of all parts that are read; parser events of a Markdown file.
    pub events: usize,
    /// Bytes of a Markdown or plain-text file, and of the text of any file.
    pub text_bytes: usize,
    /// Words of a file.
    pub words: usize,
    /// Paragraphs of a file, empty ones included.
    pub paragraphs: usize,
    /// Places weighed of each wording, and of all wordings of one element, in one document.
    pub places: usize,
    /// The backstop: seconds of wall-clock time for one file. It decides nothing that the counts above decide first.
    pub seconds: u64,
}

/// A part below this size may have any ratio: short repetitive XML compresses a thousandfold.
pub const RATIO_FREE_BYTES: u64 = 8 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            // The largest real package seen has a few hundred parts; embedded fonts and images make a few thousand.
            entries: 20_000,
            // A 37,000-word agreement has 3 MB of document.xml; twenty times that is not a contract.
            part_bytes: 64 << 20,
            total_bytes: 128 << 20,
            // Real document.xml compresses ten- to fortyfold, deflate at its best a thousandfold.
            ratio: 250,
            // Word itself nests tables less than sixty deep; each level takes five elements.
            depth: 4_096,
            // Word keeps pictures of shapes in attributes (o:gfxdata), some of them of a megabyte or two.
            tag_bytes: 8 << 20,
            // That agreement has some 150,000 tags. Two million are a thousand printed pages cut into single words.
            events: 2_000_000,
            // It has 250 KB of text, in 3,000 paragraphs; the longest agreements with all their exhibits have tenfold.
            text_bytes: 8 << 20,
            words: 500_000,
            paragraphs: 250_000,
            // A contract says one thing a few dozen times. Places are held against each other, hence the bound.
            places: 4_000,
            // The slowest file within these counts takes a few seconds.
            seconds: 60,
        }
    }
}

impl Limits {
    /// Holds what a reader made against the limits on text.
    ///
    /// # Errors
    /// Where it is beyond one of them.
    pub(super) fn hold(&self, source: &Source) -> Result<()> {
        if source.paragraphs.len() > self.paragraphs {
            let reason = format!("the file has {} paragraphs, more than {}", source.paragraphs.len(), self.paragraphs);
            return Err(beyond(reason, "--max-paragraphs"));
        }
        if source.text.len() > self.text_bytes {
            let reason = format!("the text has {} bytes, more than {}", source.text.len(), self.text_bytes);
            return Err(beyond(reason, "--max-text"));
        }
        if source.text.split_whitespace().nth(self.words).is_some() {
            return Err(beyond(format!("the text has more than {} words", self.words), "--max-words"));
        }
        Ok(())
    }
}

/// The error of a file beyond a limit, with the flag that raises it.
pub fn beyond(reason: impl Into<String>, flag: &str) -> Error {
    Error::new(reason, format!("no contract comes near; check where the file comes from, or raise {flag}"))
}
