//! Formulas: when a provision is met, read from a page's Verdict section (`formula` in `grammar/rule.pest`).

use super::diagnostic::{Diagnostic, meant};
use super::rule::{Grammar, Rule, mistake};
use pest::Parser;
use pest::iterators::Pair;
use serde::{Deserialize, Serialize};

/// A condition over the elements of a page, by index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Formula {
    /// One element.
    Element(u16),
    /// All of them.
    All(Vec<Formula>),
    /// Any of them.
    Any(Vec<Formula>),
    /// At least so many of the elements.
    AtLeast(u8, Vec<u16>),
}

impl Formula {
    /// Whether it holds, with `holds` telling of each element.
    pub fn eval(&self, holds: &impl Fn(u16) -> bool) -> bool {
        match self {
            Self::Element(e) => holds(*e),
            Self::All(parts) => parts.iter().all(|p| p.eval(holds)),
            Self::Any(parts) => parts.iter().any(|p| p.eval(holds)),
            Self::AtLeast(n, elements) => elements.iter().filter(|e| holds(**e)).count() >= usize::from(*n),
        }
    }

    /// The elements that it names, in order.
    #[must_use]
    pub fn elements(&self) -> Vec<u16> {
        match self {
            Self::Element(e) => vec![*e],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::elements).collect(),
            Self::AtLeast(_, elements) => elements.clone(),
        }
    }

    /// The elements that keep it from holding: of alternatives, those of the one that lacks least.
    pub fn lacking(&self, holds: &impl Fn(u16) -> bool) -> Vec<u16> {
        if self.eval(holds) {
            return Vec::new();
        }
        match self {
            Self::Element(e) => vec![*e],
            Self::All(parts) => parts.iter().flat_map(|p| p.lacking(holds)).collect(),
            Self::Any(parts) => parts.iter().map(|p| p.lacking(holds)).min_by_key(Vec::len).unwrap_or_default(),
            Self::AtLeast(n, elements) => {
                let have = elements.iter().filter(|e| holds(**e)).count();
                elements.iter().copied().filter(|e| !holds(*e)).take(usize::from(*n).saturating_sub(have)).collect()
            }
        }
    }
}

/// Reads a formula that stands at `base` in `file`, over the element ids of the page.
///
/// # Errors
/// A diagnostic at the place of the mistake; an unknown element gets the nearest known one.
pub fn parse(text: &str, file: &str, base: usize, elements: &[&str]) -> Result<Formula, Diagnostic> {
    let mut pairs = Grammar::parse(Rule::formula, text).map_err(|e| mistake(&e, text, file, base))?;
    let top = pairs.next().and_then(|p| p.into_inner().next());
    let Some(top) = top else {
        return Err(Diagnostic::error(file, base..base + text.len(), "the formula is empty", "expected element ids"));
    };
    read(top, file, base, elements)
}

fn read(pair: Pair<Rule>, file: &str, base: usize, elements: &[&str]) -> Result<Formula, Diagnostic> {
    match pair.as_rule() {
        Rule::word => element(&pair, file, base, elements).map(Formula::Element),
        Rule::at_least => {
            let mut figure = 0;
            let mut ids = Vec::new();
            for inner in pair.into_inner() {
                if inner.as_rule() == Rule::figure {
                    figure = inner.as_str().parse().unwrap_or(u8::MAX);
                } else {
                    ids.push(element(&inner, file, base, elements)?);
                }
            }
            Ok(Formula::AtLeast(figure, ids))
        }
        kind => {
            let inner = pair.into_inner().filter(|p| !matches!(p.as_rule(), Rule::and | Rule::or | Rule::EOI));
            let mut parts = inner.map(|p| read(p, file, base, elements)).collect::<Result<Vec<_>, _>>()?;
            Ok(match kind {
                _ if parts.len() == 1 => parts.remove(0),
                Rule::any_of => Formula::Any(parts),
                _ => Formula::All(parts),
            })
        }
    }
}

fn element(pair: &Pair<Rule>, file: &str, base: usize, elements: &[&str]) -> Result<u16, Diagnostic> {
    let id = pair.as_str();
    if let Some(index) = elements.iter().position(|e| *e == id) {
        return Ok(u16::try_from(index).unwrap_or(u16::MAX));
    }
    let help = meant(id, elements.iter().copied(), "expected an element of \"Look for\"");
    let span = pair.as_span();
    Err(Diagnostic::error(file, base + span.start()..base + span.end(), format!("the page has no element {id}"), help))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [&str; 4] = ["duty", "deadline", "content", "help"];

    #[test]
    fn formulas_hold_as_they_read() {
        let formula = parse("duty and (deadline or at least 2 of (content, help))", "p", 0, &IDS).unwrap();
        let with = |on: &[u16]| formula.eval(&|e| on.contains(&e));
        assert!(with(&[0, 1]) && with(&[0, 2, 3]));
        assert!(!with(&[0, 2]) && !with(&[1, 2, 3]));
        assert_eq!(formula.lacking(&|e| e == 0 || e == 2), [1]);
    }

    #[test]
    fn an_unknown_element_is_named_with_the_nearest() {
        let mistake = parse("duty and dedline", "p", 50, &IDS).unwrap_err();
        assert_eq!((mistake.at.clone(), mistake.help.as_str()), (59..66, "did you mean deadline?"));
        assert!(parse("duty and", "p", 0, &IDS).is_err());
    }
}
