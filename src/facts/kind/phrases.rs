//! Phrases looked up in the words of a text, all at once.

use crate::span::Span;
use crate::word::{Word, words};
use rustc_hash::FxHashMap;

/// The words of a text, cut once.
pub struct Words(Vec<Word>);

impl Words {
    /// The words of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        const BYTES_PER_WORD: usize = 6;
        let mut out = Vec::with_capacity(text.len() / BYTES_PER_WORD);
        words(text, Span::new(0, text.len()), &mut out);
        Self(out)
    }

    /// Those within `span`.
    #[must_use]
    pub fn of(&self, span: Span) -> &[Word] {
        let from = self.0.partition_point(|w| w.span.start < span.start);
        let len = self.0[from..].partition_point(|w| w.span.start < span.end);
        &self.0[from..from + len]
    }
}

/// Phrases, each with the bits that finding it sets.
pub struct Phrases {
    /// Number of words and bits by hash of the whole phrase.
    whole: FxHashMap<u64, u32>,
    /// Longest phrase, in words, by its first word.
    first: FxHashMap<u64, usize>,
}

/// A phrase found.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Bits of the phrase.
    pub bits: u32,
    /// Index of its first word.
    pub at: usize,
    /// Number of words.
    pub len: usize,
}

impl Phrases {
    /// Compiles `table`, whose rows are bits and phrases parted by commas.
    #[must_use]
    pub fn new(table: &[(u32, &str)]) -> Self {
        let (mut whole, mut first) = (FxHashMap::default(), FxHashMap::default());
        let mut cut = Vec::new();
        for (bits, list) in table {
            for phrase in list.split(',') {
                cut.clear();
                words(phrase, Span::new(0, phrase.len()), &mut cut);
                let Some(head) = cut.first() else { continue };
                *whole.entry(cut.iter().fold(0, |seed, w| mix(seed, w.hash))).or_insert(0) |= bits;
                let longest: &mut usize = first.entry(head.hash).or_insert(0);
                *longest = cut.len().max(*longest);
            }
        }
        Self { whole, first }
    }

    /// The longest phrase that begins at word `at`.
    #[must_use]
    pub fn at(&self, words: &[Word], at: usize) -> Option<Hit> {
        let longest = *self.first.get(&words.get(at)?.hash)?;
        let mut seed = 0;
        let mut hit = None;
        for (len, word) in (1..=longest).zip(&words[at..]) {
            seed = mix(seed, word.hash);
            if let Some(&bits) = self.whole.get(&seed) {
                hit = Some(Hit { bits, at, len });
            }
        }
        hit
    }

    /// The phrases in `words`, longest first at each word, none inside another.
    pub fn hits<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = Hit> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < words.len() {
                if let Some(hit) = self.at(words, at) {
                    at += hit.len;
                    return Some(hit);
                }
                at += 1;
            }
            None
        })
    }

    /// Bits of all phrases in `words`.
    #[must_use]
    pub fn bits(&self, words: &[Word]) -> u32 {
        self.hits(words).fold(0, |bits, hit| bits | hit.bits)
    }
}

fn mix(seed: u64, hash: u64) -> u64 {
    (seed.rotate_left(5) ^ hash).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_articles_do_not_part_one() {
        let phrases =
            Phrases::new(&[(1, "order form, order"), (2, "in the event of"), (4, "processor"), (8, "sub-processor")]);
        let text = "In event of an order, the Order-Form and a sub-processor's processor";
        let words = Words::new(text);
        let found: Vec<(u32, usize)> =
            phrases.hits(words.of(Span::new(0, text.len()))).map(|h| (h.bits, h.len)).collect();
        assert_eq!(found, [(2, 3), (1, 1), (1, 2), (8, 2), (4, 1)]);
    }
}
