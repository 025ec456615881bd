//! Reading one phrase by the grammar.

use super::figures::{cardinal, digits, ordinal};
use super::{Bound, Kind, Period, Unit};
use crate::span::Span;
use grammar::{Grammar, Rule};
use pest::Parser;
use pest::iterators::Pair;

/// The generated parser, whose rules are documented in the grammar itself.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/period.pest"]
    pub struct Grammar;
}

/// Reads the phrase at `start`, which must go on to `key` at least. Yields where it ends, and nothing more where it
/// is no period ("24 hours a day").
pub(super) fn read(text: &str, start: usize, key: usize, denied: bool) -> Option<(Option<Period>, usize)> {
    // Longer than any phrase up to its unit, and than what can follow it.
    const LONGEST: usize = 140;
    const AFTER: usize = 56;
    if key - start > LONGEST {
        return None;
    }
    let window = &text[start..text.floor_char_boundary(key + AFTER)];
    let pair = Grammar::parse(Rule::period, window).ok()?.next()?;
    let end = start + pair.as_span().end();
    (end >= key).then(|| (period(pair, Span::new(start, end), denied), end))
}

fn period(pair: Pair<Rule>, span: Span, denied: bool) -> Option<Period> {
    let mut out = Period {
        span,
        figure: None,
        unit: Unit::Hour,
        business: false,
        kind: Kind::Figure,
        bound: Bound::Plain,
        disagree: false,
    };
    let mut times = 1;
    let mut counted_to = 0;
    for inner in pair.into_inner().flatten() {
        match inner.as_rule() {
            Rule::rate | Rule::age => return None,
            Rule::at_least => out.bound = Bound::AtLeast,
            Rule::within => out.bound = Bound::Within,
            Rule::beyond => out.bound = if denied { Bound::Within } else { Bound::After },
            Rule::after => out.bound = Bound::After,
            Rule::or_more if out.bound == Bound::Plain => out.bound = Bound::AtLeast,
            Rule::or_less | Rule::by if out.bound == Bound::Plain => out.bound = Bound::Within,
            Rule::count => counted_to = inner.as_span().end(),
            Rule::number | Rule::ranked | Rule::rank => {
                let (figure, agree) = number(inner.clone())?;
                if inner.as_span().end() <= counted_to {
                    times = figure;
                } else {
                    out.disagree |= !agree;
                    out.figure = out.figure.max(Some(figure));
                }
            }
            Rule::next_day | Rule::article => out.figure = Some(1),
            Rule::business => out.business = true,
            Rule::workday => (out.unit, out.business) = (Unit::Day, true),
            Rule::minute => out.unit = Unit::Minute,
            Rule::hour | Rule::hourly => out.unit = Unit::Hour,
            Rule::day | Rule::daily => out.unit = Unit::Day,
            Rule::week | Rule::weekly => out.unit = Unit::Week,
            Rule::month | Rule::monthly => out.unit = Unit::Month,
            Rule::quarter | Rule::quarterly => out.unit = Unit::Quarter,
            Rule::year | Rule::yearly => out.unit = Unit::Year,
            Rule::half_yearly => (out.figure, out.unit) = (Some(6), Unit::Month),
            Rule::two_yearly => (out.figure, out.unit) = (Some(2), Unit::Year),
            Rule::two_weekly => (out.figure, out.unit) = (Some(2), Unit::Week),
            Rule::other => out.figure = Some(2),
            Rule::twice => times = 2,
            Rule::thrice => times = 3,
            Rule::frequency => out.kind = Kind::Frequency { times },
            Rule::prompt | Rule::on_knowing => out.kind = Kind::Prompt,
            Rule::soon => out.kind = Kind::Soon,
            _ => {}
        }
    }
    if let Kind::Frequency { .. } = out.kind {
        out.kind = Kind::Frequency { times };
        out.figure = out.figure.or(Some(1));
    }
    Some(out)
}

/// The larger of the figures of "thirty (30)", and whether they agree.
fn number(pair: Pair<Rule>) -> Option<(u32, bool)> {
    let rank = (pair.as_rule() == Rule::rank).then(|| ordinal(pair.as_str()));
    let figures = pair.into_inner().flatten().filter_map(|inner| match inner.as_rule() {
        Rule::digits => digits(inner.as_str()),
        Rule::cardinal => Some(cardinal(inner.as_str())),
        _ => None,
    });
    let figures: Vec<u32> = rank.into_iter().chain(figures).collect();
    let largest = *figures.iter().max()?;
    Some((largest, figures.iter().all(|f| *f == largest)))
}
