//! Periods and points in time: "no later than seventy-two (72) hours", "once in any twelve-month period", "without
//! undue delay", read by `grammar/period.pest`.
//!
//! One pass steps over the words of a text. Words that can stand in such a phrase are few, so it keeps where the
//! phrase at hand can have begun; where a unit or an adverb closes it, the grammar reads it from there, the longest
//! reading first. Most words of a contract are passed by after a look at their length and first letter.

use crate::span::Span;
use pest::Parser;
use pest::iterators::Pair;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::ops::Range;
use std::sync::LazyLock;

use grammar::{Grammar, Rule};

/// The generated parser, whose rules are documented in the grammar itself.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/period.pest"]
    pub struct Grammar;
}

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

/// Every period and point in time of `text`, in its order; none overlaps another.
#[must_use]
pub fn periods(text: &str) -> Vec<Period> {
    let lexicon = &*LEXICON;
    let mut out: Vec<Period> = Vec::new();
    let mut starts = Starts::default();
    let mut sentence = Sentence::default();
    let mut at = 0;
    while let Some(word) = next_word(text.as_bytes(), at) {
        at = word.range.end;
        let class = lexicon.class(&text.as_bytes()[word.range.clone()]);
        sentence.add(text, &word, class);
        let first = word.range.start;
        let begins = match class {
            Class::Figure if !sentence.after_label => is_figure(text.as_bytes(), first),
            Class::Other | Class::Modal | Class::Label | Class::Figure => {
                starts.clear();
                continue;
            }
            Class::Inside => continue,
            Class::Start | Class::Adverb => true,
            Class::Unit => false,
        };
        // "bi-weekly" is no "weekly".
        if begins && !(class == Class::Adverb && text[..first].ends_with('-')) {
            starts.push(first);
        }
        // "once" closes "at once" alone; it begins "once a year".
        if !matches!(class, Class::Unit | Class::Adverb)
            || is(text, &word.range, "once") && !ends_with_at(&text[..first])
        {
            continue;
        }
        let reading = starts.iter().find_map(|start| read(text, start, word.range.end, sentence.denied));
        if let Some((period, end)) = reading {
            at = end;
            sentence = Sentence::default();
            out.extend(period.filter(|p| !is_reference(text, p, out.last())));
        }
        starts.clear();
    }
    out
}

fn is(text: &str, range: &Range<usize>, what: &str) -> bool {
    text[range.clone()].eq_ignore_ascii_case(what)
}

fn ends_with_at(text: &str) -> bool {
    text.trim_end().as_bytes().last_chunk::<2>().is_some_and(|end| end.eq_ignore_ascii_case(b"at"))
}

/// "one year immediately following ...": no promptness.
fn is_reference(text: &str, period: &Period, last: Option<&Period>) -> bool {
    period.kind == Kind::Prompt
        && last.is_some_and(|last| {
            let between = Span { start: last.span.end, end: period.span.start }.of(text);
            last.kind == Kind::Figure && matches!(between.trim(), "" | "period" | "term")
        })
}

/// Reads the phrase at `start`, which must go on to `key` at least. Yields where it ends, and nothing more where it
/// is no period ("24 hours a day").
fn read(text: &str, start: usize, key: usize, denied: bool) -> Option<(Option<Period>, usize)> {
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

/// "1,000", "72" and "1.5", which is rounded up.
fn digits(text: &str) -> Option<u32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let whole: u32 = whole.replace(',', "").parse().ok()?;
    Some(whole.saturating_add(u32::from(rest.bytes().any(|b| b != b'0'))))
}

/// The value of "one hundred and eighty", "seventy-two".
fn cardinal(text: &str) -> u32 {
    let mut total = 0u32;
    for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
        let word = word.to_ascii_lowercase();
        if word == "hundred" {
            total = total.max(1) * 100;
        } else if let Some((_, value)) = CARDINALS.iter().find(|(name, _)| *name == word) {
            total += value;
        }
    }
    total
}

const CARDINALS: [(&str, u32); 29] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];

const ORDINALS: [(&str, u32); 15] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("fifteenth", 15),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("sixtieth", 60),
    ("ninetieth", 90),
];

fn ordinal(text: &str) -> u32 {
    ORDINALS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map_or(0, |(_, value)| *value)
}

/// Places where the phrase at hand can begin, the first ones first.
#[derive(Default)]
struct Starts {
    at: [usize; Self::MOST],
    len: usize,
}

impl Starts {
    /// "and in any event within a period of not more than one hundred and eighty (180) days" has about as many.
    const MOST: usize = 14;

    fn push(&mut self, start: usize) {
        if self.len == Self::MOST {
            self.at.rotate_left(1);
            self.len -= 1;
        }
        self.at[self.len] = start;
        self.len += 1;
    }

    fn clear(&mut self) {
        self.len = 0;
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.at[..self.len].iter().copied()
    }
}

/// What the words before tell about the next one.
#[derive(Default)]
struct Sentence {
    /// "shall not", "in no", "never" stands in it.
    denied: bool,
    after_label: bool,
    before: Option<(Range<usize>, Class)>,
}

impl Sentence {
    fn add(&mut self, text: &str, word: &Word, class: Class) {
        if word.ends_sentence {
            self.denied = false;
        }
        let before = self.before.replace((word.range.clone(), class));
        self.after_label = before.as_ref().is_some_and(|(range, class)| {
            *class == Class::Label && text[range.end..word.range.start].trim().is_empty()
        });
        if class == Class::Modal || class == Class::Start {
            self.denied |= match &before {
                _ if is(text, &word.range, "cannot") || is(text, &word.range, "never") => true,
                Some((_, Class::Modal)) => is(text, &word.range, "not"),
                Some((before, _)) => is(text, &word.range, "no") && is(text, before, "in"),
                None => false,
            };
        }
    }
}

/// A run of letters and figures, or of figures alone: "72h" is two words.
struct Word {
    range: Range<usize>,
    /// A full stop or a semicolon stands before it.
    ends_sentence: bool,
}

fn next_word(bytes: &[u8], mut at: usize) -> Option<Word> {
    let mut ends_sentence = false;
    while !bytes.get(at)?.is_ascii_alphanumeric() {
        ends_sentence |= matches!(bytes[at], b'.' | b';' | b'?' | b'!');
        at += 1;
    }
    let inside = if bytes[at].is_ascii_digit() { u8::is_ascii_digit } else { u8::is_ascii_alphanumeric };
    let len = bytes[at..].iter().take_while(|b| inside(b)).count();
    Some(Word { range: at..at + len, ends_sentence })
}

/// Whether a figure can begin at `at`: not behind "4.", "24/" or "$", and not as the label "1.5" of a paragraph.
fn is_figure(bytes: &[u8], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    match before(1) {
        b'.' | b',' | b'/' | b':' | b'-' => !before(2).is_ascii_digit(),
        b'$' => false,
        b'\n' => !is_decimal(&bytes[at..]),
        _ => at > 0 || !is_decimal(bytes),
    }
}

fn is_decimal(bytes: &[u8]) -> bool {
    let whole = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    bytes.get(whole) == Some(&b'.') && bytes.get(whole + 1).is_some_and(u8::is_ascii_digit)
}

/// What a word can be to a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Closes a phrase that began before.
    Unit,
    /// Closes a phrase and can be the whole of it.
    Adverb,
    /// Can begin one.
    Start,
    /// Figures, which begin one unless they number a clause.
    Figure,
    /// Stands inside.
    Inside,
    /// "shall": "not" behind it denies what follows.
    Modal,
    /// "Section": figures behind it count no days.
    Label,
    Other,
}

const UNITS: &str = "minute minutes min mins hour hours hr hrs h day days workday workdays weekday weekdays week weeks month months \
    quarter quarters year years yr yrs annum delay delays soon reasonable earliest expedient early quickly swiftly rapidly";
const ADVERBS: &str = "promptly prompt immediately immediate forthwith expeditiously once timely annually annual yearly quarterly monthly \
    weekly fortnightly daily hourly biannually biannual biennially biennial";
const STARTS: &str = "within inside no not at up in a an the after more less fewer longer greater later older shorter exceeding exceed \
    exceeds over beyond upon on by maximum max minimum between period term timeframe time deadline duration window every each twice \
    thrice hundred with without as next following semi bi half any one two three four five six seven eight nine ten eleven twelve \
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety";
const INSIDES: &str = "and or of to be than event events case cases circumstances circumstance all least most latest very frequently often \
    sooner earlier excess including expiry expiration lapse end close frame limit such said first initial last preceding previous \
    past further additional another approximately about around business working banking trading work calendar consecutive contract \
    continuous complete clear full successive whole rolling given single fiscal financial subscription x xx xxx st nd rd th second \
    third fourth fifth sixth seventh eighth ninth tenth fifteenth twentieth thirtieth sixtieth ninetieth times occasions occasion \
    audits audit inspections inspection reviews review assessments assessment tests test site per during other undue unreasonable \
    unreasonably unnecessary unjustified unwarranted excessive culpable material considerable commercially its their";
const MODALS: &str = "shall may must will should can cannot never";
const LABELS: &str =
    "section sections clause clauses article articles paragraph annex schedule appendix exhibit item part version";

struct Lexicon {
    classes: FxHashMap<&'static [u8], Class>,
    /// For each first letter the lengths that its words have, a bit each.
    lengths: [u16; 26],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { classes: FxHashMap::default(), lengths: [0; 26] };
    let lists = [
        (UNITS, Class::Unit),
        (ADVERBS, Class::Adverb),
        (STARTS, Class::Start),
        (INSIDES, Class::Inside),
        (MODALS, Class::Modal),
        (LABELS, Class::Label),
    ];
    for (list, class) in lists {
        for word in list.split_whitespace() {
            lexicon.classes.insert(word.as_bytes(), class);
            lexicon.lengths[usize::from(word.as_bytes()[0] - b'a')] |= 1 << word.len();
        }
    }
    lexicon
});

/// The longest word of the lists, "expeditiously", is shorter.
const LONGEST_WORD: usize = 15;

impl Lexicon {
    fn class(&self, word: &[u8]) -> Class {
        let first = word[0].to_ascii_lowercase();
        if first.is_ascii_digit() {
            return Class::Figure;
        }
        if word.len() > LONGEST_WORD || self.lengths[usize::from(first - b'a')] & 1 << word.len() == 0 {
            return Class::Other;
        }
        let mut folded = [0; LONGEST_WORD];
        let folded = &mut folded[..word.len()];
        folded.copy_from_slice(word);
        folded.make_ascii_lowercase();
        self.classes.get(&*folded).copied().unwrap_or(Class::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |p: &Period| {
            let figure = p.figure.map_or("?".into(), |f| f.to_string());
            let unit = format!("{:?}", p.unit).to_lowercase();
            let business = if p.business { "business " } else { "" };
            let differs = if p.disagree { " (differs)" } else { "" };
            let measure = format!("{figure} {business}{unit}{differs}");
            let bound = match p.bound {
                Bound::Within => "<=",
                Bound::AtLeast => ">=",
                Bound::After => ">",
                Bound::Plain => "=",
            };
            let what = match p.kind {
                Kind::Figure => format!("{bound}{measure}"),
                Kind::Prompt => "prompt".into(),
                Kind::Soon => "soon".into(),
                Kind::Frequency { times } => format!("{bound}{times} in {measure}"),
            };
            format!("{}: {what}", p.span.of(text).replace('\n', " "))
        };
        periods(text).iter().map(show).collect::<Vec<_>>().join("; ")
    }

    fn check(cases: &[(&str, &str)]) {
        let all = cases.iter().map(|(text, want)| (text, want, shown(text)));
        let wrong: Vec<_> = all.filter(|(_, want, got)| *want != got).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn figures_are_read_in_words_and_in_digits() {
        check(&[
            ("give notice 72 hours before", "72 hours: =72 hour"),
            ("a 72-hour window", "72-hour: =72 hour"),
            ("seventy-two (72) hours", "seventy-two (72) hours: =72 hour"),
            ("forty eight hours later", "forty eight hours: =48 hour"),
            ("24 (twenty-four) hours", "24 (twenty-four) hours: =24 hour"),
            ("three business days", "three business days: =3 business day"),
            ("five (5) working days", "five (5) working days: =5 business day"),
            ("on 30 days' prior written notice", "30 days: =30 day"),
            ("on 30 days’ notice", "30 days: =30 day"),
            ("thirty (30) calendar days", "thirty (30) calendar days: =30 day"),
            ("for one month, then two weeks", "one month: =1 month; two weeks: =2 week"),
            ("a period of 90 days", "a period of 90 days: =90 day"),
            ("any 12 month period", "12 month: =12 month"),
            ("one hundred and eighty (180) days", "one hundred and eighty (180) days: =180 day"),
            ("One Hundred Twenty days", "One Hundred Twenty days: =120 day"),
            ("a hundred days", "a hundred days: =100 day"),
            ("ten (10) Clear Business Days", "ten (10) Clear Business Days: =10 business day"),
            ("1,000 hours", "1,000 hours: =1000 hour"),
            ("keeps them 1.5 hours", "1.5 hours: =2 hour"),
            ("a 30 day money-back promise", "30 day: =30 day"),
            ("thrity (30) days", "30) days: =30 day"),
            ("a 3- months term", "3- months: =3 month"),
            ("a one-year term", "one-year: =1 year"),
            ("48hrs or 72h", "48hrs: =48 hour; 72h: =72 hour"),
            ("[thirty (30)] days", "thirty (30)] days: =30 day"),
            ("thirty (60) days", "thirty (60) days: =60 day (differs)"),
            ("seven to ten (10) days", "seven to ten (10) days: =10 day"),
            ("5-7 business days", "5-7 business days: =7 business day"),
            ("between 30 and 60 days", "between 30 and 60 days: =60 day"),
            ("fifteen\nminutes", "fifteen minutes: =15 minute"),
            ("two calendar quarters", "two calendar quarters: =2 quarter"),
            ("five (5) workdays", "five (5) workdays: =5 business day"),
            ("30\u{a0}day(s) from receipt", "30\u{a0}day(s): =30 day"),
        ]);
    }

    #[test]
    fn the_words_in_front_bound_a_figure() {
        check(&[
            ("within 72 hours of becoming aware", "within 72 hours: <=72 hour"),
            ("No later than ten (10) days after", "No later than ten (10) days: <=10 day"),
            ("not later than 5 days", "not later than 5 days: <=5 day"),
            ("and in no event later than 48 hours", "in no event later than 48 hours: <=48 hour"),
            ("in any event within two (2) days", "in any event within two (2) days: <=2 day"),
            ("at the latest within one month", "at the latest within one month: <=1 month"),
            ("30 days at the latest", "30 days at the latest: <=30 day"),
            ("a time which shall not exceed sixty days", "not exceed sixty days: <=60 day"),
            ("for up to six months", "up to six months: <=6 month"),
            ("for at most 14 days", "at most 14 days: <=14 day"),
            ("a maximum of 90 days", "a maximum of 90 days: <=90 day"),
            ("within a period of 30 days", "within a period of 30 days: <=30 day"),
            ("within the next 10 days", "within the next 10 days: <=10 day"),
            ("within approximately 3 weeks", "within approximately 3 weeks: <=3 week"),
            ("within an hour", "within an hour: <=1 hour"),
            ("within the hour", "within the hour: <=1 hour"),
            ("within a business day", "within a business day: <=1 business day"),
            ("in less than a day", "less than a day: <=1 day"),
            ("by no later than 5 days", "by no later than 5 days: <=5 day"),
            ("at least 30 days before", "at least 30 days: >=30 day"),
            ("for a period of at least two years", "a period of at least two years: >=2 year"),
            ("not less than ninety (90) days", "not less than ninety (90) days: >=90 day"),
            ("a minimum of 6 months", "a minimum of 6 months: >=6 month"),
            ("30 days or more", "30 days or more: >=30 day"),
            ("30 or more consecutive days", "30 or more consecutive days: >=30 day"),
            ("after 30 days", "after 30 days: >30 day"),
            ("continues for more than 30 days", "more than 30 days: >30 day"),
            ("shall not be kept for longer than 30 days", "longer than 30 days: <=30 day"),
            ("shall not assign. After more than 5 days", "After more than 5 days: >5 day"),
            ("within [●] business days", "within [●] business days: <=? business day"),
            ("within ____ days", "within ____ days: <=? day"),
            ("by the end of the next business day", "by the end of the next business day: <=1 business day"),
            ("no later than the tenth (10th) day after", "no later than the tenth (10th) day: <=10 day"),
            ("on the second day following dispatch", "on the second day: =2 day"),
            ("within 2 business hours", "within 2 business hours: <=2 business hour"),
        ]);
    }

    #[test]
    fn promptness_is_told_from_its_softer_forms() {
        check(&[
            ("notify without undue delay and", "without undue delay: prompt"),
            ("without undue and unreasonable delay", "without undue and unreasonable delay: prompt"),
            ("Without any unreasonable delay", "Without any unreasonable delay: prompt"),
            ("without delay", "without delay: prompt"),
            ("shall promptly, and at once, inform", "promptly: prompt; at once: prompt"),
            ("notify forthwith", "forthwith: prompt"),
            ("immediately upon discovery", "immediately: prompt"),
            ("give prompt written notice", "prompt: prompt"),
            ("prompt notice of any claim", "prompt: prompt"),
            ("terminate with immediate effect", "immediate: prompt"),
            ("as soon as it becomes aware of it", "as soon as: prompt"),
            ("expeditiously", "expeditiously: prompt"),
            ("as soon as possible", "as soon as possible: prompt"),
            ("as soon as reasonably practicable", "as soon as reasonably practicable: soon"),
            ("as soon as practicable after it becomes aware", "as soon as practicable: soon"),
            ("as soon as it is reasonably possible", "as soon as it is reasonably possible: soon"),
            ("in a timely manner", "in a timely manner: soon"),
            ("within a reasonable period of time", "within a reasonable period of time: soon"),
            ("at the earliest opportunity", "at the earliest opportunity: soon"),
            ("promptly and in any event within 24 hours", "promptly: prompt; in any event within 24 hours: <=24 hour"),
            ("as soon as the order is placed", ""),
            ("the period immediately preceding", ""),
            ("one (1) year immediately following the end", "one (1) year: =1 year"),
            ("periods of delay; a prompt appears", ""),
        ]);
    }

    #[test]
    fn frequencies_count_times_in_an_interval() {
        check(&[
            ("reviewed annually", "annually: =1 in 1 year"),
            ("at least annually", "at least annually: >=1 in 1 year"),
            ("once a year", "once a year: =1 in 1 year"),
            ("once per calendar year", "once per calendar year: =1 in 1 year"),
            ("no more than once every 12 months", "no more than once every 12 months: <=1 in 12 month"),
            ("may not audit more than once per year", "more than once per year: <=1 in 1 year"),
            ("more than once a year where", "more than once a year: >1 in 1 year"),
            ("once in any twelve-month period", "once in any twelve-month: =1 in 12 month"),
            ("once in any rolling twelve (12) month period", "once in any rolling twelve (12) month: =1 in 12 month"),
            ("twice a year", "twice a year: =2 in 1 year"),
            ("up to three (3) times per annum", "up to three (3) times per annum: <=3 in 1 year"),
            ("one (1) audit in each calendar year", "one (1) audit in each calendar year: =1 in 1 year"),
            ("every six months", "every six months: =1 in 6 month"),
            ("every other year", "every other year: =1 in 2 year"),
            ("quarterly or monthly", "quarterly: =1 in 1 quarter; monthly: =1 in 1 month"),
            ("weekly or daily", "weekly: =1 in 1 week; daily: =1 in 1 day"),
            ("semi-annually", "semi-annually: =1 in 6 month"),
            ("not more frequently than annually", "not more frequently than annually: <=1 in 1 year"),
            ("each business day", "each business day: =1 in 1 business day"),
            ("at 12-monthly intervals", "12-monthly: =1 in 12 month"),
            ("once 30 days have passed", "30 days: =30 day"),
            ("once the data is gone", ""),
        ]);
    }

    #[test]
    fn rates_labels_ages_and_money_are_no_periods() {
        check(&[
            ("2.5 million people and 3 parties", ""),
            ("Section 30. Days of grace", ""),
            ("under Section 30 days are counted", ""),
            ("1.5 Business Day means a day", ""),
            ("4.2.1 Days", ""),
            ("24 hours a day, 7 days a week", ""),
            ("24 hours / 7 days a week", ""),
            ("24/7 support, 365 days per year", ""),
            ("twenty-four hours each day", ""),
            ("normal business hours", ""),
            ("day-to-day running, on a day-to-day basis", ""),
            ("$150 per hour, 1.5% per month", ""),
            ("a child under 13 years of age", ""),
            ("three quarters of the fees, three-quarters full", ""),
            ("the first day of the month", ""),
            ("no later than the tenth day of the month", ""),
            ("this ____ day of May", ""),
            ("", ""),
            ("within", ""),
            ("ä30 – … days ’", ""),
        ]);
    }

    #[test]
    fn hours_and_days_follow_the_parameters_and_the_worst_case() {
        let of = |text: &str| {
            let p = periods(text)[0];
            (p.hours_param(), p.hours_worst(), p.days_param())
        };
        assert_eq!(of("3 business days"), (Some(72), Some(120), Some(3)));
        assert_eq!(of("one business day"), (Some(24), Some(72), Some(1)));
        assert_eq!(of("6 working days"), (Some(144), Some(240), Some(6)));
        assert_eq!(of("4 business hours"), (Some(4), Some(72), Some(1)));
        assert_eq!(of("36 hours"), (Some(36), Some(36), Some(2)));
        assert_eq!(of("90 minutes"), (Some(2), Some(2), Some(1)));
        assert_eq!(of("two weeks"), (Some(336), Some(336), Some(14)));
        assert_eq!(of("one month"), (Some(720), Some(720), Some(30)));
        assert_eq!(of("two years"), (Some(17520), Some(17520), Some(730)));
        assert_eq!(of("promptly"), (None, None, None));
        assert_eq!(of("annually"), (None, None, None));
        assert_eq!(of("999999 years").0, Some(u32::MAX));
    }

    #[test]
    fn times_a_year_are_exact() {
        let per_year = |text: &str| periods(text)[0].per_year();
        assert_eq!(per_year("annually"), Some(1.0));
        assert_eq!(per_year("every six months"), Some(2.0));
        assert_eq!(per_year("twice in each 12-month period"), Some(2.0));
        assert_eq!(per_year("biennially"), Some(0.5));
        assert_eq!(per_year("quarterly"), Some(4.0));
        assert_eq!(per_year("72 hours"), None);
    }

    #[test]
    fn periods_come_in_order_and_do_not_overlap() {
        let text = "Within 5 days, or 30 days if complex, notify at once and at least once a year. ".repeat(40);
        let all = periods(&text);
        assert_eq!(all.len(), 160);
        assert!(all.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        assert_eq!(serde_json::to_value(all[0]).unwrap()["unit"], "day");
    }

    #[test]
    fn a_text_cut_anywhere_is_read_without_harm() {
        let text = "in no event later than “seventy‑two (72) hours” or 24/7, [●] days’ – at once 1,5.2 Tage à 30 %, once in any 12-month …";
        for (at, _) in text.char_indices() {
            for cut in [&text[..at], &text[at..]] {
                assert!(periods(cut).iter().all(|p| !p.span.of(cut).is_empty()), "{cut}");
            }
        }
    }

    #[test]
    fn every_word_of_the_lists_is_short_enough_and_stands_in_one_class() {
        let lists = [UNITS, ADVERBS, STARTS, INSIDES, MODALS, LABELS];
        let words: Vec<&str> = lists.iter().flat_map(|l| l.split_whitespace()).collect();
        assert!(words.iter().all(|w| w.len() <= LONGEST_WORD));
        assert_eq!(words.len(), LEXICON.classes.len());
    }
}
