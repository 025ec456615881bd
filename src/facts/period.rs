//! Periods and points in time: "no later than seventy-two (72) hours", "once in any twelve-month period", "without
//! undue delay", read by `grammar/period.pest`.
//!
//! One pass (`scan`) steps over the words of a text. Words that can stand in such a phrase (`lexicon`) are few, so it
//! keeps where the phrase at hand can have begun; where a unit or an adverb closes it, the grammar reads it from there
//! (`read`), the longest reading first. Most words of a contract are passed by after a look at their length and first
//! letter.

mod figures;
mod lexicon;
mod read;
mod scan;
#[cfg(test)]
mod tests;

pub use scan::periods;

use crate::span::Span;
use serde::Serialize;

/// A period or a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The whole phrase, from the bound ("no later than") to the unit; not what it is counted from.
    pub span: Span,
    /// How many units: the larger figure where it gives two ("7 to 10 days"), rounded up ("1.5 hours"). None where it
    /// is left open ("within [●] days") and where the phrase has none ("promptly").
    pub figure: Option<u32>,
    /// What the figure counts; says nothing for `Prompt` and `Soon`, which have `Hour`.
    pub unit: Unit,
    /// The figure counts business or working days (or hours).
    pub business: bool,
    /// What sort of phrase it is.
    pub kind: Kind,
    /// What the figure, or the number of times, is to the period.
    pub bound: Bound,
    /// Word and figure differ, as in "thirty (60) days".
    pub disagree: bool,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // They are what their names say.
pub enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Sorts of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A length of time: "72 hours", "three business days".
    Figure,
    /// At once, without a figure: "without undue delay", "promptly", "immediately", "as soon as possible".
    Prompt,
    /// Softer: "as soon as reasonably practicable", "in a timely manner", "within a reasonable time".
    Soon,
    /// So many times in `figure` units: "twice a year", "every six months", "annually".
    Frequency {
        /// How many times.
        times: u32,
    },
}

/// What stands in front of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// "within", "no later than", "up to", "not exceeding", "no more than", and "more than" in a sentence that
    /// denies it ("may not audit more than once a year").
    Within,
    /// "at least", "not less than", "a minimum of", "30 days or more".
    AtLeast,
    /// "after", "more than", "in excess of".
    After,
    /// Nothing.
    Plain,
}

/// Days that business days can take: two days of a weekend for each five, counted from a Friday, so that one is up to
/// three days, three are five and six are ten. Holidays come on top and are not counted.
fn calendar_days(business: u32) -> u32 {
    business.saturating_add(business.div_ceil(5).saturating_mul(2))
}

/// Hours of a business day, where a period is given in business hours.
const BUSINESS_HOURS: u32 = 8;

impl Unit {
    /// Hours of so many: a month has 720, a quarter 2160, a year 8760, as the limits of the rule language count them.
    fn hours(self, figure: u32) -> u32 {
        match self {
            Self::Minute => figure.div_ceil(60),
            Self::Hour => figure,
            Self::Day => figure.saturating_mul(24),
            Self::Week => figure.saturating_mul(168),
            Self::Month => figure.saturating_mul(720),
            Self::Quarter => figure.saturating_mul(2160),
            Self::Year => figure.saturating_mul(8760),
        }
    }

    fn each_year(self, business: bool) -> f64 {
        match self {
            Self::Minute => 525_600.0,
            Self::Hour => 8760.0,
            Self::Day if business => 260.0,
            Self::Day => 365.0,
            Self::Week => 52.0,
            Self::Month => 12.0,
            Self::Quarter => 4.0,
            Self::Year => 1.0,
        }
    }
}

impl Period {
    /// The longest that it can take, in hours, which is what deadlines are compared by: 3 business days are up to 120 h
    /// (a weekend for each five begun), 8 business hours are one business day. Other units count as for the
    /// parameter. None without a figure and for frequencies.
    #[must_use]
    pub fn hours_worst(&self) -> Option<u32> {
        let figure = self.length()?;
        Some(match self.unit {
            Unit::Day if self.business => Unit::Day.hours(calendar_days(figure)),
            Unit::Hour if self.business => Unit::Day.hours(calendar_days(figure.div_ceil(BUSINESS_HOURS))),
            unit => unit.hours(figure),
        })
    }

    /// Hours as the parameters of a review state them: days and business days × 24, weeks × 168, months × 720, years
    /// × 8760; minutes rounded up. None without a figure and for frequencies.
    #[must_use]
    pub fn hours_param(&self) -> Option<u32> {
        Some(self.unit.hours(self.length()?))
    }

    /// Days as the parameters of a review state them: business days count as days, months as 30, years as 365; hours
    /// are rounded up. None without a figure and for frequencies.
    #[must_use]
    pub fn days_param(&self) -> Option<u32> {
        Some(self.hours_param()?.div_ceil(24))
    }

    /// Times a year: 1 for "annually", 2 for "every six months". None for all but frequencies.
    #[must_use]
    pub fn per_year(&self) -> Option<f64> {
        let Kind::Frequency { times } = self.kind else { return None };
        let figure = self.figure.filter(|f| *f > 0)?;
        Some(f64::from(times) * self.unit.each_year(self.business) / f64::from(figure))
    }

    fn length(&self) -> Option<u32> {
        self.figure.filter(|_| self.kind == Kind::Figure)
    }
}
