//! Characters that turn the direction of writing (Unicode Standard Annex 9): a screen shows what stands behind them in
//! another order than the file holds it and rules read it, so that "ton" is seen as "not".
//!
//! Marks that keep writing left to right, and those that leave the direction to the text itself, change no English
//! sentence and are not told of.

use super::Contract;
use crate::span::{Span, offset};

/// What Word and browsers put in front of text that an element (`w:bdo`, `bdo`) turns, where a file of text has it.
pub const OVERRIDE: &str = "\u{202e}";
/// The end of it.
pub const POP: &str = "\u{202c}";

/// Whether a character turns the letters or the words behind it: right-to-left embedding, override and isolate.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202b}' | '\u{202e}' | '\u{2067}')
}

/// Whether it moves at least signs and figures: the marks of right-to-left letters, and the left-to-right override,
/// which turns those letters.
const fn moves(c: char) -> bool {
    turns(c) || matches!(c, '\u{202d}' | '\u{200f}' | '\u{61c}')
}

/// What to tell the user of a text that is not shown as it is stored.
#[must_use]
pub fn note(text: &str) -> Option<String> {
    const SHOWN: usize = 40;
    let mut marks = text.char_indices().filter(|(_, c)| moves(*c));
    let (first, _) = marks.next()?;
    let marks = match 1 + marks.count() {
        1 => "1 mark turns".to_string(),
        n => format!("{n} marks turn"),
    };
    let behind: String = text[first..].chars().filter(|c| !moves(*c)).take(SHOWN).collect();
    let behind = behind.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!(
        "{marks} the direction of writing: a screen shows the text in another order than the file holds it and it was \
         judged by (first before \"{behind}\"); compare it with the letters as stored"
    ))
}

/// The paragraphs of which letters or words are not shown in the order that they are stored in, in text order.
#[must_use]
pub fn paragraphs(contract: &Contract) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, _) in contract.text.char_indices().filter(|(_, c)| turns(*c)) {
        let after = contract.blocks.partition_point(|b| b.span.start <= offset(at));
        let Some(block) = contract.blocks[..after].last() else { continue };
        if out.last() != Some(&block.span) {
            out.push(block.span);
        }
    }
    out
}
