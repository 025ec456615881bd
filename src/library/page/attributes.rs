//! Attribute lines of elements and adverse wordings ("by: vendor"). Each reader says what it would have taken.

use super::{By, Reading, Scope};
use crate::library::diagnostic::nearest;
use std::ops::Range;

pub(super) fn by(value: &str, reading: &mut Reading) -> Result<(), String> {
    reading.by = match value {
        "vendor" => By::Vendor,
        "customer" => By::Customer,
        "anyone" => By::Anyone,
        _ => return Err("vendor, customer or anyone".into()),
    };
    Ok(())
}

pub(super) fn within(value: &str, reading: &mut Reading, ids: &[&str], adverse: bool) -> Result<(), String> {
    let (scope, anchors) = value.split_once(" of ").map_or((value, None), |(s, a)| (s, Some(a)));
    reading.scope = match scope {
        "sentence" => Scope::Sentence,
        "clause" => Scope::Clause,
        "section" => Scope::Section,
        "contract" => Scope::Contract,
        _ => return Err("sentence, clause, section or contract, then \"of\" and elements".into()),
    };
    match anchors {
        Some(anchors) => reading.anchors = element_list(anchors, ids)?,
        None if !adverse => return Err("\"of\" and the elements that it belongs to".into()),
        None => {}
    }
    Ok(())
}

pub(super) fn counts(value: &str, reading: &mut Reading) -> Result<(), String> {
    for word in value.split(',').map(str::trim) {
        match word {
            "may" => reading.may = true,
            "negation" => reading.negation = true,
            "efforts" => reading.efforts = true,
            "possibility" => reading.possibility = true,
            _ => return Err("may, negation, efforts or possibility".into()),
        }
    }
    Ok(())
}

pub(super) fn reads(value: &str, reading: &mut Reading) -> Result<(), String> {
    for word in value.split(',').map(str::trim) {
        match word {
            "definitions" => reading.definitions = true,
            "headings" => reading.headings = true,
            _ => return Err("definitions or headings".into()),
        }
    }
    Ok(())
}

pub(super) fn verdict(value: &str, reading: &mut Reading, ids: &[&str]) -> Result<(), String> {
    if value == "defeats" {
        reading.defeats = true;
        return Ok(());
    }
    let Some(rest) = value.strip_prefix("weakens") else {
        return Err("defeats, weakens, or weakens and the elements".into());
    };
    if !rest.trim().is_empty() {
        reading.weakens = element_list(rest, ids)?;
    }
    Ok(())
}

pub(super) fn element_list(text: &str, ids: &[&str]) -> Result<Vec<u16>, String> {
    let words = text.split([',', ' ']).map(str::trim).filter(|w| !w.is_empty() && *w != "or" && *w != "and");
    words
        .map(|word| {
            let index = ids.iter().position(|id| *id == word);
            index.and_then(|i| u16::try_from(i).ok()).ok_or_else(|| match nearest(word, ids.iter().copied()) {
                Some(near) => format!("an element of the page; did you mean {near}?"),
                None => "an element of the page".into(),
            })
        })
        .collect()
}

/// Whether every line of a paragraph is an attribute ("by: vendor").
pub(super) fn is_attributes(paragraph: &str) -> bool {
    let key = |line: &str| line.split_once(':').map(|(k, _)| k.trim().to_string());
    paragraph.lines().all(|l| key(l).is_some_and(|k| !k.is_empty() && k.chars().all(|c| c.is_ascii_lowercase())))
}

pub(super) fn lines(paragraph: &str, base: usize) -> Vec<Range<usize>> {
    let mut at = base;
    paragraph
        .split_inclusive('\n')
        .map(|line| {
            let range = at..at + line.trim_end().len();
            at += line.len();
            range
        })
        .collect()
}
