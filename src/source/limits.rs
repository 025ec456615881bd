//! Budgets for one file. They are counts, not clocks: the same file meets the same limit on every machine.

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
    /// Open XML elements.
    pub depth: usize,
    /// Bytes of a Markdown or plain-text file.
    pub text_bytes: usize,
}

/// A part below this size may have any ratio: short repetitive XML compresses a thousandfold.
pub const RATIO_FREE_BYTES: u64 = 8 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            // The largest real package seen has a few hundred parts; embedded fonts and images make a few thousand.
            entries: 20_000,
            // A 37,000-word agreement has 3 MB of document.xml; fifty times that is not a contract.
            part_bytes: 160 << 20,
            total_bytes: 240 << 20,
            // Real document.xml compresses ten- to fortyfold, deflate at its best a thousandfold.
            ratio: 250,
            // Word itself nests tables less than sixty deep; each level takes five elements.
            depth: 4_096,
            text_bytes: 64 << 20,
        }
    }
}
