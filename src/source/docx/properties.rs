//! The properties of a paragraph: its own, its style's and its list's, in Word's order of precedence.

use super::lists;
use super::styles::Styles;
use crate::source::numbering::Numbering;
use crate::source::{Number, Properties};

/// Properties that stand in the paragraph itself.
#[derive(Clone, Debug, Default)]
pub struct Direct {
    /// `w:numPr/w:numId`; 0 switches numbering off.
    pub num: Option<u32>,
    /// `w:numPr/w:ilvl`.
    pub level: Option<u8>,
    /// `w:outlineLvl`.
    pub outline: Option<u8>,
    /// `w:ind`, as the place where the first line starts.
    pub indent: Option<i32>,
}

/// The properties that a paragraph has by itself and through its style.
#[must_use]
pub fn resolve(style: Option<&str>, direct: &Direct, styles: &Styles, numbering: &Numbering) -> Properties {
    let (id, style) = styles.paragraph(style).unzip();
    let (num, level) = match (direct.num, style) {
        (Some(num), _) => (Some(num), direct.level.or(style.and_then(|s| s.level)).unwrap_or(0)),
        (None, Some(s)) => (s.num, direct.level.unwrap_or_else(|| lists::style_level(numbering, s, id))),
        (None, None) => (None, 0),
    };
    let number = match num {
        Some(num) if num != 0 && numbering.nums.contains_key(&num) => Number::Auto { num, level },
        _ => Number::None,
    };
    let listed = match &number {
        Number::Auto { num, level } => numbering.level(*num, *level).and_then(|l| l.indent),
        _ => None,
    };
    let by_style = style.and_then(|s| s.indent);
    // The list's indent yields to that of the style that brings the list in, and wins over any other style's.
    let by_list = if direct.num.is_some() { listed.or(by_style) } else { by_style.or(listed) };
    let outline = direct.outline.or(style.and_then(|s| s.outline)).filter(|o| *o < 9);
    Properties { number, level: outline.map(|o| o + 1), indent: direct.indent.or(by_list).unwrap_or(0), depth: 0 }
}
