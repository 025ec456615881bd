//! Legacy form fields and symbol characters: what a reader sees of them.

use super::xml::Element;

/// `w:ffData`: a check box or a drop-down list.
#[derive(Default)]
pub struct FormField {
    is_box: bool,
    checked: Option<bool>,
    default: bool,
    entries: Vec<String>,
    chosen: usize,
}

impl FormField {
    /// Takes notice of an element of `w:ffData`.
    pub fn note(&mut self, e: &Element) {
        match e.name {
            "checkBox" => self.is_box = true,
            "checked" => self.checked = Some(e.is_on()),
            "default" => self.default = e.is_on(),
            "result" => self.chosen = e.number().and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
            "listEntry" => self.entries.push(e.attribute("val").unwrap_or_default()),
            _ => {}
        }
    }

    /// A ticked or empty box, or the chosen entry.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.is_box {
            return if self.checked.unwrap_or(self.default) { "\u{2612} " } else { "\u{2610} " };
        }
        self.entries.get(self.chosen).map_or("", String::as_str)
    }
}

/// `w:sym`: a character of a symbol font, shown as the Unicode character that looks like it.
#[must_use]
pub fn symbol(e: &Element) -> String {
    let code = e.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok()).unwrap_or(0);
    let font = e.attribute("font").unwrap_or_default();
    match (font.starts_with("Wingdings"), code & 0xFF) {
        (true, 0x6F | 0x70 | 0x71 | 0x72 | 0xA8) => "\u{2610}".to_string(),
        (true, 0x78 | 0xFD | 0x54 | 0x53 | 0x51) => "\u{2612}".to_string(),
        (true, 0xFE | 0x52 | 0xFC) => "\u{2611}".to_string(),
        (_, 0xB7 | 0xA7 | 0x9F) => "\u{2022}".to_string(),
        _ => char::from_u32(if code >= 0xF000 { code & 0xFF } else { code })
            .filter(|c| !c.is_control())
            .map(String::from)
            .unwrap_or_default(),
    }
}
