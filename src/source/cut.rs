//! What a reader could not go on with: stretches of a file that are not in the text, and so are not judged.

use crate::span::{Span, offset};

/// Something of a file that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What was not read, or of which the rest was not ("the file", "word/footnotes.xml").
    pub what: String,
    /// Why.
    pub why: String,
    /// The part of which the rest was not read, as an index into [`super::Source::parts`]; none where none of it was.
    pub part: Option<u16>,
    /// The last words that were read before it. A source has none: which they are, the view decides.
    pub after: Option<Span>,
}

impl Cut {
    /// The rest of a part that was read up to some point.
    #[must_use]
    pub fn rest(what: impl Into<String>, why: impl Into<String>, part: u16) -> Self {
        Self { what: what.into(), why: why.into(), part: Some(part), after: None }
    }

    /// Something of which nothing was read.
    #[must_use]
    pub fn whole(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), part: None, after: None }
    }

    /// What was not read, as a thing to name.
    #[must_use]
    pub fn name(&self) -> String {
        if self.after.is_some() { format!("the rest of {}", self.what) } else { self.what.clone() }
    }

    /// What to tell the user; `text` is that of the view.
    #[must_use]
    pub fn note(&self, text: &str) -> String {
        let Self { what, why, .. } = self;
        match self.after {
            Some(after) => format!(
                "{what} was read only up to \"{}\" ({why}); what follows was not read and is not judged",
                after.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
            ),
            None => format!("{what} was not read ({why}) and is not judged"),
        }
    }
}

/// What to tell the user of all that was not read.
#[must_use]
pub fn notes(cuts: &[Cut], text: &str) -> Vec<String> {
    // A package can be damaged in thousands of places; who reads of so many knows enough.
    const MOST: usize = 10;
    let mut out: Vec<String> = cuts.iter().take(MOST).map(|c| c.note(text)).collect();
    if cuts.len() > MOST {
        out.push(format!("{} more parts of the file were not read and are not judged", cuts.len() - MOST));
    }
    out
}

/// The last words of a paragraph, enough to find the place by.
#[must_use]
pub fn last_words(text: &str, paragraph: Span) -> Span {
    const LONGEST: usize = 80;
    let end = paragraph.start as usize + paragraph.of(text).trim_end().len();
    let mut start = end.saturating_sub(LONGEST).max(paragraph.start as usize);
    while start > paragraph.start as usize
        && start < end
        && !(text.is_char_boundary(start) && text[..start].ends_with(char::is_whitespace))
    {
        start += 1;
    }
    // One long word is cut within.
    if start == end {
        start = end.saturating_sub(LONGEST).max(paragraph.start as usize);
        while !text.is_char_boundary(start) {
            start += 1;
        }
    }
    Span { start: offset(start), end: offset(end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_words_begin_at_a_word_or_a_character() {
        let of = |text: &str| last_words(text, Span::new(0, text.len())).of(text).to_string();
        assert_eq!(of("The Supplier shall. "), "The Supplier shall.");
        assert_eq!(of(&"Supplier ".repeat(30)), "Supplier ".repeat(9).trim_end());
        assert_eq!(of(&"é".repeat(100)), "é".repeat(40));
        assert_eq!(of(""), "");
    }
}
