//! Rules: one wording each, read by `grammar/rule.pest` into [`Expr`].

use super::diagnostic::Diagnostic;
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;
use std::ops::Range;

pub(super) use grammar::{Grammar, Rule};

/// The generated parser, whose rules are documented in the grammar itself.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/rule.pest"]
    pub struct Grammar;
}

/// What a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A word in any of its forms, or in that form alone (`=data`).
    Word(String),
    /// A list of the vocabulary.
    List(String),
    /// A party of the contract, or a period.
    Slot(Slot),
    /// One after the other; the figure is how many words may stand before each item.
    Phrase(Vec<(u8, Expr)>),
    /// Both within some words of each other, in this order or in any.
    Near {
        /// One side.
        left: Box<Expr>,
        /// The other.
        right: Box<Expr>,
        /// Words that may stand between.
        distance: u8,
        /// Whether the left has to stand first.
        ordered: bool,
    },
    /// The left where the right is not within some words of it.
    NotNear {
        /// One side.
        left: Box<Expr>,
        /// The other.
        right: Box<Expr>,
        /// Words that may stand between.
        distance: u8,
        /// Whether the left has to stand first.
        ordered: bool,
    },
    /// All in the same scope.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// None of it in the scope. Only within `And`.
    Not(Box<Expr>),
    /// In the sentence, in the headings above it, or in the sentence before it. Only within `And`.
    About(Box<Expr>),
}

/// A slot in braces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Slot {
    /// The party that provides the service.
    Vendor,
    /// The party that receives it.
    Customer,
    /// Both parties, or each of them.
    Both,
    /// Any period or point in time.
    Period,
    /// A period of at most so many hours.
    AtMost(u32),
    /// A period of more than so many hours.
    MoreThan(u32),
}

/// Words that may stand between the two sides of `near` and `before` where no figure says.
pub const DEFAULT_DISTANCE: u8 = 8;
/// Words that `..` stands for, at most.
pub const DOTS: u8 = 4;

/// Reads one rule that stands at `base` in `file`.
///
/// # Errors
/// A diagnostic at the place of the mistake.
pub fn parse(text: &str, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let mut pairs = Grammar::parse(Rule::rule, text).map_err(|e| mistake(&e, text, file, base))?;
    let pair = pairs.next().and_then(|p| p.into_inner().next());
    let Some(pair) = pair else {
        return Err(Diagnostic::error(
            file,
            base..base + text.len(),
            "the rule is empty",
            "a word, LIST or \"phrase\"",
        ));
    };
    let expr = expression(pair, file, base)?;
    if let Expr::Not(_) | Expr::About(_) = expr {
        let help = "say what it is to be joined with: X and not Y";
        return Err(Diagnostic::error(file, base..base + text.len(), "\"not\" and \"about\" cannot stand alone", help));
    }
    Ok(expr)
}

pub(super) fn mistake(error: &pest::error::Error<Rule>, text: &str, file: &str, base: usize) -> Diagnostic {
    let at: Range<usize> = match error.location {
        InputLocation::Pos(at) => at..(at + 1).min(text.len().max(at)),
        InputLocation::Span((start, end)) => start..end,
    };
    let help = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => expected(positives),
        ErrorVariant::CustomError { message } => message.clone(),
    };
    Diagnostic::error(file, base + at.start..base + at.end, "this rule cannot be read", help)
}

fn expected(rules: &[Rule]) -> String {
    let mut names: Vec<&str> = rules.iter().filter_map(|r| name(*r)).collect();
    names.sort_unstable();
    names.dedup();
    format!("expected {}", crate::error::one_of(&names))
}

fn name(kind: Rule) -> Option<&'static str> {
    Some(match kind {
        Rule::word | Rule::phrase_word => "a word in small letters",
        Rule::list => "a LIST",
        Rule::phrase => "a \"phrase\"",
        Rule::slot | Rule::slot_text => "a {slot}",
        Rule::atom | Rule::chain | Rule::condition | Rule::conjunction | Rule::expression => {
            "a word, LIST, \"phrase\" or {slot}"
        }
        Rule::and => "\"and\"",
        Rule::or => "\"or\"",
        Rule::link | Rule::near | Rule::before => "\"near\" or \"before\"",
        Rule::distance | Rule::figure => "a number of words",
        Rule::EOI => "the end of the rule",
        Rule::item | Rule::dots => "a word of the phrase",
        _ => return None,
    })
}

fn expression(pair: Pair<Rule>, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let mut parts = Vec::new();
    for inner in pair.into_inner().filter(|p| p.as_rule() == Rule::conjunction) {
        parts.push(conjunction(inner, file, base)?);
    }
    Ok(single(parts, Expr::Or))
}

fn conjunction(pair: Pair<Rule>, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let span = pair.as_span();
    let mut parts = Vec::new();
    for inner in pair.into_inner().filter(|p| p.as_rule() == Rule::condition) {
        parts.push(condition(inner, file, base)?);
    }
    let stands = parts.iter().any(|p| !matches!(p, Expr::Not(_) | Expr::About(_)));
    if !stands && parts.len() > 1 {
        let help = "name at least one thing that must be there";
        let at = base + span.start()..base + span.end();
        return Err(Diagnostic::error(file, at, "everything here is \"not\" or \"about\"", help));
    }
    Ok(single(parts, Expr::And))
}

fn single(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

fn condition(pair: Pair<Rule>, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let mut kind = None;
    let mut expr = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::not | Rule::about => kind = Some(inner.as_rule()),
            _ => expr = Some(chain(inner, file, base)?),
        }
    }
    let expr = Box::new(expr.unwrap_or(Expr::Or(Vec::new())));
    Ok(match kind {
        Some(Rule::not) => Expr::Not(expr),
        Some(Rule::about) => Expr::About(expr),
        _ => *expr,
    })
}

fn chain(pair: Pair<Rule>, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let mut left: Option<Expr> = None;
    let mut link: Option<(u8, bool, bool)> = None;
    for inner in pair.into_inner() {
        if inner.as_rule() == Rule::link {
            let mut next = (DEFAULT_DISTANCE, false, false);
            for part in inner.into_inner().flatten() {
                match part.as_rule() {
                    Rule::before => next.1 = true,
                    Rule::not => next.2 = true,
                    Rule::figure => next.0 = part.as_str().parse().unwrap_or(u8::MAX),
                    _ => {}
                }
            }
            link = Some(next);
            continue;
        }
        let right = atom(inner, file, base)?;
        left = Some(match (left.take(), link.take()) {
            (Some(l), Some((distance, ordered, false))) => {
                Expr::Near { left: Box::new(l), right: Box::new(right), distance, ordered }
            }
            (Some(l), Some((distance, ordered, true))) => {
                Expr::NotNear { left: Box::new(l), right: Box::new(right), distance, ordered }
            }
            _ => right,
        });
    }
    Ok(left.unwrap_or(Expr::Or(Vec::new())))
}

fn atom(pair: Pair<Rule>, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let pair = if pair.as_rule() == Rule::atom {
        match pair.into_inner().next() {
            Some(inner) => inner,
            None => return Ok(Expr::Or(Vec::new())),
        }
    } else {
        pair
    };
    match pair.as_rule() {
        Rule::expression => expression(pair, file, base),
        Rule::phrase => phrase(pair, file, base),
        Rule::slot => slot(&pair, file, base).map(Expr::Slot),
        Rule::list => Ok(Expr::List(pair.as_str().to_string())),
        _ => Ok(word(pair.as_str())),
    }
}

fn phrase(pair: Pair<Rule>, file: &str, base: usize) -> Result<Expr, Diagnostic> {
    let mut items: Vec<(u8, Expr)> = Vec::new();
    let mut gap = 0;
    for item in pair.into_inner() {
        let Some(inner) = item.into_inner().next() else { continue };
        let expr = match inner.as_rule() {
            Rule::dots => {
                gap = DOTS;
                continue;
            }
            Rule::slot => Expr::Slot(slot(&inner, file, base)?),
            Rule::list => Expr::List(inner.as_str().to_string()),
            // Articles are no words of a contract (`crate::word`).
            _ if ARTICLES.contains(&inner.as_str()) => continue,
            _ => word(inner.as_str()),
        };
        items.push((std::mem::take(&mut gap), expr));
    }
    Ok(if items.len() == 1 { items.remove(0).1 } else { Expr::Phrase(items) })
}

/// A word; one with hyphens also stands for its parts in a row.
#[must_use]
pub fn word(text: &str) -> Expr {
    if !text.contains('-') || text.starts_with('=') {
        return Expr::Word(text.to_string());
    }
    let parts: Vec<(u8, Expr)> = text.split('-').filter(|p| !p.is_empty()).map(|p| (0, Expr::Word(p.into()))).collect();
    Expr::Or(vec![Expr::Word(text.replace('-', "")), Expr::Phrase(parts)])
}

const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Whether a word is the name of a list: CAPITALS, figures and hyphens.
#[must_use]
pub fn is_list_name(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_uppercase() || c == '-' || c.is_ascii_digit())
}

/// A phrase of plain words, as the vocabulary has them.
#[must_use]
pub fn plain_phrase(text: &str) -> Expr {
    let mut items: Vec<(u8, Expr)> = Vec::new();
    let mut gap = 0;
    for part in text.split_whitespace() {
        if part == ".." {
            gap = DOTS;
        } else if is_list_name(part) {
            items.push((std::mem::take(&mut gap), Expr::List(part.to_string())));
        } else if !ARTICLES.contains(&part) {
            items.push((std::mem::take(&mut gap), word(part)));
        }
    }
    if items.len() == 1 { items.remove(0).1 } else { Expr::Phrase(items) }
}

fn slot(pair: &Pair<Rule>, file: &str, base: usize) -> Result<Slot, Diagnostic> {
    let text = pair.as_str().trim_matches(['{', '}']).trim();
    let at = base + pair.as_span().start()..base + pair.as_span().end();
    let wrong = |help: &str| Diagnostic::error(file, at.clone(), format!("{{{text}}} is no slot"), help);
    Ok(match text {
        "vendor" => Slot::Vendor,
        "customer" => Slot::Customer,
        "each party" => Slot::Both,
        "period" => Slot::Period,
        _ => {
            let (limit, rest) = if let Some(rest) = text.strip_prefix("within ") {
                (true, rest)
            } else if let Some(rest) = text.strip_prefix("more than ") {
                (false, rest)
            } else {
                return Err(wrong(
                    "expected {vendor}, {customer}, {each party}, {period}, {within 72 hours} or {more than 30 days}",
                ));
            };
            let hours = hours(rest).ok_or_else(|| wrong("a figure and hours, days, weeks, months or years"))?;
            if limit { Slot::AtMost(hours) } else { Slot::MoreThan(hours) }
        }
    })
}

fn hours(text: &str) -> Option<u32> {
    let (figure, unit) = text.split_once(' ')?;
    let figure: u32 = figure.parse().ok()?;
    let each = match unit.trim_end_matches('s') {
        "hour" => 1,
        "day" => 24,
        "week" => 168,
        "month" => 720,
        "year" => 8760,
        _ => return None,
    };
    figure.checked_mul(each)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Expr {
        parse(text, "test", 0).unwrap_or_else(|d| panic!("{}", d.render(text, false)))
    }

    fn word(w: &str) -> Expr {
        Expr::Word(w.into())
    }

    #[test]
    fn operators_bind_as_they_read() {
        let near = |l: Expr, r: Expr, distance, ordered| Expr::Near {
            left: Box::new(l),
            right: Box::new(r),
            distance,
            ordered,
        };
        assert_eq!(
            read("NOTIFY before/12 {customer} and about INCIDENT"),
            Expr::And(vec![
                near(Expr::List("NOTIFY".into()), Expr::Slot(Slot::Customer), 12, true),
                Expr::About(Box::new(Expr::List("INCIDENT".into()))),
            ])
        );
        assert_eq!(
            read("a1 or b1 and not c1 near d1"),
            Expr::Or(vec![
                word("a1"),
                Expr::And(vec![word("b1"), Expr::Not(Box::new(near(word("c1"), word("d1"), DEFAULT_DISTANCE, false)))]),
            ])
        );
        assert_eq!(
            read("notify not near/3 AUTHORITY"),
            Expr::NotNear {
                left: Box::new(word("notify")),
                right: Box::new(Expr::List("AUTHORITY".into())),
                distance: 3,
                ordered: false
            }
        );
    }

    #[test]
    fn words_that_begin_like_operators_are_words() {
        assert_eq!(read("order near notice"), read("(order) near (notice)"));
        assert_eq!(read("nearest"), word("nearest"));
    }

    #[test]
    fn phrases_hold_words_lists_slots_and_gaps() {
        assert_eq!(
            read("\"take STEPS .. {within 72 hours}\""),
            Expr::Phrase(vec![
                (0, word("take")),
                (0, Expr::List("STEPS".into())),
                (DOTS, Expr::Slot(Slot::AtMost(72)))
            ])
        );
        assert_eq!(
            read("sub-processor"),
            Expr::Or(vec![word("subprocessor"), Expr::Phrase(vec![(0, word("sub")), (0, word("processor"))])])
        );
    }

    #[test]
    fn mistakes_are_shown_at_their_place() {
        let cases = [
            ("notify near", 11, "a word, LIST"),
            ("notify and and customer", 11, "expected"),
            ("notify (customer", 7, "expected"),
            ("{supplier}", 0, "expected {vendor}"),
            ("{within ten days}", 0, "a figure"),
        ];
        for (text, at, help) in cases {
            let diagnostic = parse(text, "page.md", 100).unwrap_err();
            assert_eq!(diagnostic.at.start, 100 + at, "{text}");
            assert!(diagnostic.help.contains(help), "{text}: {}", diagnostic.help);
        }
        assert!(parse("not x1", "p", 0).is_err());
    }
}
