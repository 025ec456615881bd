//! Budgets for one file. They are counts, not clocks: the same file meets the same limit on every machine.

use super::Source;
use crate::error::{Error, Result};
use std::time::{Duration, Instant};

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
    /// When the backstop is reached, once the work has begun.
    pub backstop: Backstop,
}

/// The moment past which work on a file is given up. Loops that reach it stop where they are: what they leave half done
/// meets the next [`Limits::in_time`], which makes it an error, and reaches no report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backstop(Option<Instant>);

impl Backstop {
    /// Whether it is reached.
    #[must_use]
    pub fn is_reached(self) -> bool {
        self.0.is_some_and(|end| Instant::now() >= end)
    }

    /// The same, looked at in one of so many rounds of a loop: a clock costs more than a round.
    #[must_use]
    pub fn is_reached_in_round(self, round: usize) -> bool {
        const ROUNDS: usize = 1_024;
        round.is_multiple_of(ROUNDS) && self.is_reached()
    }
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
            backstop: Backstop::default(),
        }
    }
}

impl Limits {
    /// These limits for work that begins now.
    #[must_use]
    pub fn started(self) -> Self {
        let end = Instant::now().checked_add(Duration::from_secs(self.seconds));
        Self { backstop: Backstop(end), ..self }
    }

    /// Whether the backstop is still ahead.
    ///
    /// # Errors
    /// Where it is reached.
    pub fn in_time(&self) -> Result<()> {
        if self.backstop.is_reached() { Err(self.out_of_time()) } else { Ok(()) }
    }

    /// The error of a file that was not done in time.
    #[must_use]
    pub fn out_of_time(&self) -> Error {
        let seconds = if self.seconds == 1 { "1 second".into() } else { format!("{} seconds", self.seconds) };
        Error::new(
            format!("the file was not done after {seconds} of wall-clock time, and was given up"),
            "on a busy machine raise --max-seconds; else report the file's structure",
        )
    }

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
