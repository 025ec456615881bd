//! `numbering.xml` as [`Numbering`], links between definitions and numbering styles resolved.

use super::styles::{Style, Styles, indent};
use super::xml::{Element, Node, Ns, Xml};
use crate::source::numbering::{LEVELS, Level, Num, NumberFormat, Numbering};
use std::collections::BTreeMap;

/// Reads the part.
#[must_use]
pub fn read(xml: &mut Xml, styles: &Styles) -> Numbering {
    let mut out = Numbering::default();
    let mut links = Links::default();
    let mut at = At::default();
    loop {
        match xml.advance() {
            Node::Open(e) if e.ns == Ns::Word => open(&e, &mut at, &mut out, &mut links),
            // Formats of Word 2010 and later (w:numFmt "custom") stand before a plain one for older readers.
            Node::Open(e) if e.ns == Ns::Compat && e.name == "Fallback" => xml.skip(),
            Node::Close(Ns::Word, name, _) => match name {
                "abstractNum" => at.definition = None,
                "num" => at.num = None,
                "lvl" => at.level = None,
                _ => {}
            },
            Node::End => break,
            _ => {}
        }
    }
    // A definition that only links to a numbering style uses the definition behind that style (17.9.21): the one that
    // the style's numbering instance counts with, or that names the style as its own (17.9.27).
    for (id, style) in links.to_styles {
        let target = styles.numbering(&style).and_then(|num| out.nums.get(&num)).map(|n| n.abstract_id);
        let target = target.filter(|t| *t != id).or_else(|| links.of_styles.get(&style).copied());
        if let Some(levels) = target.filter(|t| *t != id).and_then(|t| out.abstracts.get(&t).cloned()) {
            out.abstracts.insert(id, levels);
        }
    }
    out
}

/// Definitions and the numbering styles that they are tied to.
#[derive(Default)]
struct Links {
    /// `w:numStyleLink`: the definition is that of the style.
    to_styles: BTreeMap<u32, String>,
    /// `w:styleLink`: the style's definition is this one.
    of_styles: BTreeMap<String, u32>,
}

/// What the reader is inside of.
#[derive(Default)]
struct At {
    definition: Option<u32>,
    num: Option<u32>,
    level: Option<u8>,
}

fn open(e: &Element, at: &mut At, out: &mut Numbering, links: &mut Links) {
    let id = |name: &str| e.attribute(name).and_then(|v| v.trim().parse::<u32>().ok());
    match e.name {
        "abstractNum" => {
            at.definition = id("abstractNumId");
            if let Some(definition) = at.definition {
                out.abstracts.insert(definition, Default::default());
            }
        }
        "num" => {
            at.num = id("numId");
            if let Some(num) = at.num {
                out.nums.insert(num, Num::default());
            }
        }
        "abstractNumId" => {
            if let (Some(num), Some(value)) = (at.num, e.number()) {
                out.nums.entry(num).or_default().abstract_id = u32::try_from(value).unwrap_or_default();
            }
        }
        "numStyleLink" | "styleLink" => {
            if let (Some(definition), Some(style)) = (at.definition, e.attribute("val")) {
                if e.name == "styleLink" {
                    links.of_styles.insert(style, definition);
                } else {
                    links.to_styles.insert(definition, style);
                }
            }
        }
        "lvlOverride" | "lvl" => {
            at.level = id("ilvl").and_then(|l| u8::try_from(l).ok()).filter(|l| usize::from(*l) < LEVELS).or(at.level);
            if e.name == "lvl"
                && let (Some(num), Some(level)) = (at.num, at.level)
            {
                out.nums.entry(num).or_default().levels.insert(level, Level::default());
            }
        }
        "startOverride" => {
            if let (Some(num), Some(level), Some(start)) = (at.num, at.level, e.number()) {
                out.nums.entry(num).or_default().starts[usize::from(level)] = Some(start);
            }
        }
        _ => {
            if let Some(level) = level_mut(at, out) {
                note(level, e);
            }
        }
    }
}

/// The level under construction: an override's own, or the definition's.
fn level_mut<'a>(at: &At, out: &'a mut Numbering) -> Option<&'a mut Level> {
    let level = at.level?;
    match (at.num, at.definition) {
        (Some(num), _) => out.nums.get_mut(&num)?.levels.get_mut(&level),
        (None, Some(definition)) => out.abstracts.get_mut(&definition)?.get_mut(usize::from(level)),
        (None, None) => None,
    }
}

fn note(level: &mut Level, e: &Element) {
    match e.name {
        "start" => level.start = e.number().unwrap_or(0),
        "numFmt" => {
            let (value, sample) = (e.attribute("val").unwrap_or_default(), e.attribute("format"));
            level.format = NumberFormat::from_value(&value, sample.as_deref());
        }
        "lvlText" => level.text = e.attribute("val").unwrap_or_default(),
        "lvlRestart" => level.restart = e.number().and_then(|n| u8::try_from(n).ok()),
        "isLgl" => level.legal = e.is_on(),
        "pStyle" => level.style = e.attribute("val"),
        "ind" => level.indent = indent(e),
        _ => {}
    }
}

/// The level at which a style numbers its paragraphs: the level bound to it by `w:pStyle`, else its own `w:ilvl`.
#[must_use]
pub fn style_level(numbering: &Numbering, style: &Style, id: Option<&str>) -> u8 {
    let Some(num) = style.num else { return 0 };
    let bound = |name: &str| (0..9u8).find(|l| numbering.level(num, *l).and_then(|d| d.style.as_deref()) == Some(name));
    id.and_then(bound).or_else(|| style.num_from.as_deref().and_then(bound)).or(style.level).unwrap_or(0)
}
