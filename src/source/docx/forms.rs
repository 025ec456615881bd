//! Legacy form fields, content controls and symbol characters: what a reader sees of them.

use super::xml::{Element, Ns};

/// A ticked box in front of its words, and an empty one.
const TICKED: &str = "\u{2612} ";
const UNTICKED: &str = "\u{2610} ";

/// `w:ffData`: a check box or a drop-down list.
#[derive(Default)]
pub struct FormField {
    is_box: bool,
    checked: Option<bool>,
    /// `w:default`: a box's state or the index of a list's entry.
    default: Option<String>,
    entries: Vec<String>,
    chosen: Option<usize>,
}

impl FormField {
    /// Takes notice of an element of `w:ffData`.
    pub fn note(&mut self, e: &Element) {
        match e.name {
            "checkBox" => self.is_box = true,
            "checked" => self.checked = Some(e.is_on()),
            "default" => self.default = Some(e.attribute("val").unwrap_or_else(|| "1".into())),
            "result" => self.chosen = e.number().and_then(|n| usize::try_from(n).ok()),
            "listEntry" => self.entries.push(e.attribute("val").unwrap_or_default()),
            _ => {}
        }
    }

    /// A ticked or empty box, or the chosen entry: the first one where none was chosen (17.16.9, 17.16.12).
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.is_box {
            let default = matches!(self.default.as_deref(), Some("1" | "true" | "on"));
            return if self.checked.unwrap_or(default) { TICKED } else { UNTICKED };
        }
        let default = || self.default.as_deref().and_then(|d| d.parse().ok()).unwrap_or(0);
        self.entries.get(self.chosen.unwrap_or_else(default)).map_or("", String::as_str)
    }
}

/// `w:sdt`: a content control (17.5.2), as far as its properties say what its content is.
#[derive(Default)]
pub struct Control {
    /// `w14:checkbox`: whether it is ticked.
    pub ticked: Option<bool>,
    /// `w:showingPlcHdr`: the content is the prompt, not an answer.
    pub placeholder: bool,
    /// `w:dropDownList`, `w:comboBox`, `w:date`: the content is one of a choice.
    pub choice: bool,
    /// Bytes of text gathered when its content began.
    pub start: usize,
}

impl Control {
    /// Takes notice of an element of `w:sdtPr`.
    pub fn note(&mut self, e: &Element) {
        match (e.ns, e.name) {
            (Ns::WordExt, "checkbox") => self.ticked = self.ticked.or(Some(false)),
            (Ns::WordExt, "checked") => self.ticked = Some(e.is_on()),
            (Ns::Word, "dropDownList" | "comboBox" | "date") => self.choice = true,
            (Ns::Word, "showingPlcHdr") => self.placeholder = e.is_on(),
            _ => {}
        }
    }

    /// The box of a check box whose content shows none.
    #[must_use]
    pub fn shown(&self) -> Option<&'static str> {
        Some(if self.ticked? { TICKED } else { UNTICKED })
    }
}

/// Fonts, by what their characters look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Font {
    /// Letters.
    Text,
    /// The font Symbol: Greek and mathematics.
    Symbol,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Another font of pictures.
    Pictures,
}

impl Font {
    /// The kind of a font, by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "symbol" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings 2" => Self::Wingdings2,
            "wingdings 3" | "webdings" | "marlett" | "zapfdingbats" | "zapf dingbats" => Self::Pictures,
            _ => Self::Text,
        }
    }

    /// The Unicode character that looks like the character `code` of this font; `None` where there is none.
    #[must_use]
    pub fn character(self, code: u32) -> Option<char> {
        // Symbol fonts keep their characters at U+F020 to U+F0FF (17.3.3.30).
        let low = if (0xF000..=0xF0FF).contains(&code) { code & 0xFF } else { code };
        match self {
            Self::Text => char::from_u32(low).filter(|c| !c.is_control()),
            Self::Symbol => symbol(low),
            Self::Wingdings => wingdings(low),
            Self::Wingdings2 => wingdings2(low),
            Self::Pictures => None,
        }
    }
}

/// What stands for a picture without a Unicode look-alike.
pub const PICTURE: char = '\u{fffd}';

/// `w:sym`: a character of a symbol font, shown as the Unicode character that looks like it.
#[must_use]
pub fn shown_symbol(e: &Element) -> Option<char> {
    let code = e.attribute("char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok())?;
    Font::from_name(&e.attribute("font").unwrap_or_default()).character(code)
}

fn symbol(code: u32) -> Option<char> {
    const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL_GREEK: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let nth = |letters: &str, first: u32| letters.chars().nth(usize::try_from(code - first).unwrap_or(usize::MAX));
    match code {
        0x41..=0x5A => nth(GREEK, 0x41),
        0x61..=0x7A => nth(SMALL_GREEK, 0x61),
        0x20..=0x7E => char::from_u32(code),
        0xA3 => Some('≤'),
        0xA5 => Some('∞'),
        0xAC => Some('←'),
        0xAE => Some('→'),
        0xB0 => Some('°'),
        0xB1 => Some('±'),
        0xB2 => Some('″'),
        0xB3 => Some('≥'),
        0xB4 => Some('×'),
        0xB7 => Some('•'),
        0xB8 => Some('÷'),
        0xB9 => Some('≠'),
        0xBB => Some('≈'),
        0xBC => Some('…'),
        0xD2 | 0xE2 => Some('®'),
        0xD3 | 0xE3 => Some('©'),
        0xD4 | 0xE4 => Some('™'),
        0xE5 => Some('∑'),
        _ => None,
    }
}

fn wingdings(code: u32) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x28 | 0x29 => Some('☎'),
        0x2A | 0x2B => Some('✉'),
        0x4A => Some('☺'),
        0x6C | 0x9F => Some('●'),
        0x6E | 0xA7 => Some('▪'),
        0x6F..=0x72 | 0xA8 => Some('☐'),
        0x78 | 0xFD => Some('☒'),
        0xD8 => Some('➢'),
        0xE0 | 0xE8 => Some('→'),
        0xFB => Some('✗'),
        0xFC => Some('✓'),
        0xFE => Some('☑'),
        _ => None,
    }
}

fn wingdings2(code: u32) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x4F => Some('✗'),
        0x50 => Some('✓'),
        0x2A | 0xA3 => Some('☐'),
        0x51 | 0x53 | 0x54 | 0x56 => Some('☒'),
        0x52 => Some('☑'),
        0x97..=0x9A => Some('●'),
        _ => None,
    }
}
