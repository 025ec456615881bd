//! Lists: which number a reader of the page sees before an item.

use super::element::Marker;
use crate::source::numbering::roman;

/// An open list.
#[derive(Debug)]
pub struct List {
    /// Its number, in reading order.
    pub id: u32,
    /// How its items are marked.
    pub marker: Marker,
    /// The figure of the next item.
    pub next: i64,
    /// Whether it counts down.
    pub reversed: bool,
    /// Whether its figures are still to be counted from the number of its items, as those of a list that counts down
    /// are (HTML standard 4.4.5).
    pub counted: bool,
    /// Items so far.
    pub items: i64,
    /// Paragraphs that stood before it.
    pub first: usize,
}

impl List {
    /// The figure of an item that begins, which may have its own.
    pub fn take(&mut self, own: Option<i64>) -> i64 {
        let figure = own.unwrap_or(self.next);
        // From an item with its own figure on the list counts from that.
        self.counted &= own.is_none();
        self.next = figure.saturating_add(if self.reversed { -1 } else { 1 });
        self.items += 1;
        figure
    }
}

/// A figure as a marker shows it.
#[must_use]
pub fn show(marker: Marker, figure: i64) -> String {
    match marker {
        Marker::LowerLetter => format!("{}.", letters(figure)),
        Marker::UpperLetter => format!("{}.", letters(figure).to_uppercase()),
        Marker::LowerRoman if ROMAN.contains(&figure) => format!("{}.", roman(figure).to_lowercase()),
        Marker::UpperRoman if ROMAN.contains(&figure) => format!("{}.", roman(figure).to_uppercase()),
        _ => format!("{figure}."),
    }
}

/// Figures that Roman numerals can write.
const ROMAN: std::ops::RangeInclusive<i64> = 1..=3999;

/// z is followed by aa, ab (CSS Counter Styles 3.3.4), where Word goes on with aa, bb.
fn letters(figure: i64) -> String {
    let mut rest = figure;
    let mut out = Vec::new();
    while rest > 0 {
        let at = u8::try_from((rest - 1) % 26).unwrap_or(0);
        out.push(char::from(b'a' + at));
        rest = (rest - 1) / 26;
    }
    if out.is_empty() { figure.to_string() } else { out.into_iter().rev().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_shown_as_browsers_do() {
        let shown = |marker, figures: [i64; 4]| figures.map(|f| show(marker, f));
        assert_eq!(shown(Marker::LowerLetter, [1, 26, 27, 0]), ["a.", "z.", "aa.", "0."]);
        assert_eq!(shown(Marker::UpperRoman, [4, 9, 40, -1]), ["IV.", "IX.", "XL.", "-1."]);
        assert_eq!(shown(Marker::Decimal, [1, 10, 0, -3]), ["1.", "10.", "0.", "-3."]);
    }
}
