//! A stretch of a text, in bytes. Every span lies on character boundaries of the text that it belongs to.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Half-open byte range `start..end` of a contract's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Texts are bounded far below 4 GiB by the readers' budgets.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: offset(start), end: offset(end.max(start)) }
    }

    /// The bytes covered, as a range to slice with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The covered part of `text`; empty where the span does not fit it.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A byte offset as it is stored. Saturates, which no readable input reaches (`source::Limits`).
#[must_use]
pub fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// `span` without the white space at both ends of the text that it covers.
#[must_use]
pub fn trim(text: &str, span: Span) -> Span {
    let covered = span.of(text);
    let start = span.start as usize + (covered.len() - covered.trim_start().len());
    Span::new(start, start + covered.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_keeps_the_words_and_drops_the_space_around_them() {
        let text = "a  b c \n";
        assert_eq!(trim(text, Span::new(1, 8)).of(text), "b c");
        assert!(trim(text, Span::new(6, 8)).is_empty());
    }
}
