//! `styles.xml`: what a style says of numbering, outline level, indent and emphasis, inheritance resolved.

use super::forms::Font;
use super::xml::{Element, Node, Ns, Xml};
use std::collections::HashMap;

/// Styles by id, with what they inherit filled in.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// Style of paragraphs that name none.
    default_paragraph: Option<String>,
}

/// The properties of a style that matter for reading a contract.
#[derive(Clone, Debug, Default)]
pub struct Style {
    based_on: Option<String>,
    /// `w:numPr/w:numId`; 0 switches numbering off.
    pub num: Option<u32>,
    /// `w:numPr/w:ilvl`.
    pub level: Option<u8>,
    /// The style in the chain that brought `num` in: numbering levels are bound to it by `w:pStyle`.
    pub num_from: Option<String>,
    /// `w:outlineLvl`, 0 to 8; 9 means body text.
    pub outline: Option<u8>,
    /// Left indent less the hanging part, in twentieths of a point.
    pub indent: Option<i32>,
    /// Bold, italic or underlined.
    pub look: Look,
    /// Whether entries of a table of contents have it.
    pub contents: bool,
}

/// Character properties that set text apart; absent where a style or run does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    /// `w:vanish`.
    pub hidden: Option<bool>,
    /// `w:rFonts`: whether letters stand for pictures.
    pub font: Option<Font>,
}

impl Look {
    /// Takes notice of an element of `w:rPr`.
    pub fn note(&mut self, element: &Element) {
        match element.name {
            "b" => self.bold = Some(element.is_on()),
            "i" => self.italic = Some(element.is_on()),
            "u" => self.underline = Some(element.is_on()),
            "vanish" => self.hidden = Some(element.is_on()),
            "rFonts" => self.font = element.attribute("ascii").map(|f| Font::from_name(&f)).or(self.font),
            _ => {}
        }
    }

    /// These properties where given, else those of `base`.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underline: self.underline.or(base.underline),
            hidden: self.hidden.or(base.hidden),
            font: self.font.or(base.font),
        }
    }

    /// Whether text of this look is set apart.
    #[must_use]
    pub fn emphasis(self) -> bool {
        [self.bold, self.italic, self.underline].contains(&Some(true))
    }
}

/// Word keeps four thousand styles at most; each is resolved against those that it is based on.
const MOST_STYLES: usize = 20_000;

impl Styles {
    /// The style named by `id`, or the default paragraph style.
    #[must_use]
    pub fn paragraph(&self, id: Option<&str>) -> Option<(&str, &Style)> {
        let id = id.filter(|i| self.by_id.contains_key(*i)).or(self.default_paragraph.as_deref())?;
        self.by_id.get_key_value(id).map(|(k, v)| (k.as_str(), v))
    }

    /// Whether entries of a table of contents have this style.
    #[must_use]
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        self.paragraph(id).is_some_and(|(_, style)| style.contents)
    }

    /// The look of a character style.
    #[must_use]
    pub fn character(&self, id: &str) -> Look {
        self.by_id.get(id).map(|s| s.look).unwrap_or_default()
    }

    /// The numbering instance of a numbering style.
    #[must_use]
    pub fn numbering(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).and_then(|s| s.num)
    }

    /// Reads the part.
    #[must_use]
    pub fn read(xml: &mut Xml) -> Self {
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        loop {
            match xml.advance() {
                Node::Open(e) if e.ns == Ns::Word => match (e.name, current.as_mut()) {
                    ("style", _) => {
                        let id = e.attribute("styleId").unwrap_or_default();
                        let default = e.attribute("default").is_some_and(|v| v == "1" || v == "true");
                        if default && e.attribute("type").is_none_or(|t| t == "paragraph") {
                            styles.default_paragraph = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    }
                    // Conditional formats of table styles and old property values are no part of the style itself.
                    ("tblStylePr" | "pPrChange" | "rPrChange", _) => xml.skip(),
                    (_, Some((_, style))) => style.note(&e),
                    _ => {}
                },
                Node::Close(Ns::Word, "style", _) => {
                    if let Some((id, mut style)) = current.take() {
                        style.num_from = style.num.map(|_| id.clone());
                        if styles.by_id.len() < MOST_STYLES {
                            styles.by_id.insert(id, style);
                        }
                    }
                }
                Node::End => break,
                _ => {}
            }
        }
        styles.inherit();
        styles
    }

    /// Fills in what each style takes from the one it is based on. A chain that bites its tail ends there.
    fn inherit(&mut self) {
        const LONGEST_CHAIN: usize = 32;
        let ids: Vec<String> = self.by_id.keys().cloned().collect();
        let mut resolved = HashMap::with_capacity(ids.len());
        for id in ids {
            let mut style = self.by_id[&id].clone();
            let mut next = self.by_id[&id].based_on.as_deref();
            for _ in 0..LONGEST_CHAIN {
                let Some(base) = next.and_then(|n| self.by_id.get(n)) else { break };
                if style.num.is_none() {
                    style.num = base.num;
                    // A style that moves only the level (`w:ilvl` without `w:numId`) keeps its own level, which is
                    // not the one that is bound to the style it is based on.
                    if style.level.is_none() {
                        style.level = base.level;
                        style.num_from.clone_from(&base.num_from);
                    }
                }
                style.outline = style.outline.or(base.outline);
                style.indent = style.indent.or(base.indent);
                style.look = style.look.over(base.look);
                style.contents |= base.contents;
                next = base.based_on.as_deref();
            }
            resolved.insert(id, style);
        }
        self.by_id = resolved;
    }
}

impl Style {
    fn note(&mut self, e: &Element) {
        match e.name {
            // Built-in styles have these names in every language (17.7.4.9).
            "name" => self.contents = e.attribute("val").is_some_and(|n| n.to_ascii_lowercase().starts_with("toc ")),
            "basedOn" => self.based_on = e.attribute("val"),
            "numId" => self.num = e.number().and_then(|n| u32::try_from(n).ok()),
            "ilvl" => self.level = e.number().and_then(|n| u8::try_from(n).ok()),
            "outlineLvl" => self.outline = e.number().and_then(|n| u8::try_from(n).ok()),
            "ind" => self.indent = indent(e).or(self.indent),
            _ => self.look.note(e),
        }
    }
}

/// `w:ind`: left less hanging (plus first line), in twentieths of a point; where the first line starts.
#[must_use]
pub fn indent(e: &Element) -> Option<i32> {
    let value = |name: &str| e.attribute(name).and_then(|v| v.trim().parse::<i32>().ok());
    let left = value("left").or_else(|| value("start"));
    let (hanging, first) = (value("hanging"), value("firstLine"));
    if left.is_none() && hanging.is_none() && first.is_none() {
        return None;
    }
    let shift = first.unwrap_or(0).saturating_sub(hanging.unwrap_or(0));
    Some(left.unwrap_or(0).saturating_add(shift))
}
