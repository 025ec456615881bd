//! Automatic numbering as Word computes it (ECMA-376 part 1, 17.9): definitions as data, and the counters
//! that turn a sequence of (list, level) into the labels that a reader sees.

use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list, `w:ilvl` 0 to 8.
pub const LEVELS: usize = 9;

/// The numbering definitions of a document.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    /// `w:abstractNum` by `w:abstractNumId`.
    pub abstracts: BTreeMap<u32, [Level; LEVELS]>,
    /// `w:num` by `w:numId`.
    pub nums: BTreeMap<u32, Num>,
}

/// `w:num`: an instance of an abstract definition.
#[derive(Clone, Debug, Default)]
pub struct Num {
    /// `w:abstractNumId` that it counts with.
    pub abstract_id: u32,
    /// `w:lvlOverride/w:startOverride` per level.
    pub starts: [Option<i64>; LEVELS],
    /// `w:lvlOverride/w:lvl`: levels that replace those of the abstract definition.
    pub levels: BTreeMap<u8, Level>,
}

/// `w:lvl`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// `w:start`.
    pub start: i64,
    /// `w:numFmt`.
    pub format: NumberFormat,
    /// `w:lvlText`, with `%1` to `%9` for the counters.
    pub text: String,
    /// `w:lvlRestart`: the level (1-based) whose use restarts this one; 0 for never; absent for any higher level.
    pub restart: Option<u8>,
    /// `w:isLgl`: all counters shown in Arabic figures.
    pub legal: bool,
    /// `w:pStyle`: the paragraph style that this level is bound to.
    pub style: Option<String>,
    /// `w:ind/@w:left` less the hanging part, in twentieths of a point.
    pub indent: Option<i32>,
}

/// `w:numFmt` as far as it changes the label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, ... Z, AA, BB.
    UpperLetter,
    /// a, b, ... z, aa, bb.
    LowerLetter,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// One, Two, Three.
    CardinalText,
    /// First, Second, Third.
    OrdinalText,
    /// A bullet character: no label.
    Bullet,
    /// No counter at all.
    None,
    /// A format of another script: shown in Arabic figures.
    Other(String),
}

impl NumberFormat {
    /// From `w:numFmt/@w:val`.
    #[must_use]
    pub fn from_value(value: &str) -> Self {
        match value {
            "decimal" => Self::Decimal,
            "decimalZero" => Self::DecimalZero,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            other => Self::Other(other.to_string()),
        }
    }

    /// `value` in this format.
    #[must_use]
    pub fn show(&self, value: i64) -> String {
        match self {
            Self::Decimal | Self::Other(_) => value.to_string(),
            Self::DecimalZero => format!("{value:02}"),
            Self::UpperRoman => roman(value).to_uppercase(),
            Self::LowerRoman => roman(value),
            Self::UpperLetter => letters(value).to_uppercase(),
            Self::LowerLetter => letters(value),
            Self::Ordinal => format!("{value}{}", ordinal_suffix(value)),
            Self::CardinalText => capitalised(&cardinal(value)),
            Self::OrdinalText => capitalised(&ordinal(value)),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

impl Numbering {
    /// The level that `num` uses at `level`, overrides applied.
    #[must_use]
    pub fn level(&self, num: u32, level: u8) -> Option<&Level> {
        let instance = self.nums.get(&num)?;
        instance.levels.get(&level).or_else(|| self.abstracts.get(&instance.abstract_id)?.get(usize::from(level)))
    }
}

/// Counters of all lists while a document is walked from its start.
pub struct Counters<'a> {
    numbering: &'a Numbering,
    /// Current value per abstract list and level; `None` until the level is used (or after a restart).
    values: BTreeMap<u32, [Option<i64>; LEVELS]>,
    /// Start overrides that have taken effect: each works once, when its instance first uses its level.
    overridden: BTreeSet<(u32, u8)>,
}

/// What stands in front of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A number or other text.
    Text(String),
    /// A bullet.
    Bullet,
    /// Nothing visible.
    Nothing,
}

impl<'a> Counters<'a> {
    /// Counters at the start of a document.
    #[must_use]
    pub fn new(numbering: &'a Numbering) -> Self {
        Self { numbering, values: BTreeMap::new(), overridden: BTreeSet::new() }
    }

    /// The list that `num` counts in: instances of one abstract definition share their counters.
    #[must_use]
    pub fn list(&self, num: u32) -> Option<u32> {
        Some(self.numbering.nums.get(&num)?.abstract_id)
    }

    /// Counts one paragraph of list `num` at `level` and gives its label.
    pub fn next(&mut self, num: u32, level: u8) -> Label {
        let Some(instance) = self.numbering.nums.get(&num) else { return Label::Nothing };
        let Some(definition) = self.numbering.level(num, level) else { return Label::Nothing };
        let at = usize::from(level).min(LEVELS - 1);
        let values = self.values.entry(instance.abstract_id).or_default();
        // A start override takes effect on the first use of its level by its instance, and on that alone.
        if let Some(start) = instance.starts[at]
            && self.overridden.insert((num, level))
        {
            values[at] = Some(start.saturating_sub(1));
        }
        values[at] = Some(values[at].map_or(definition.start, |v| v.saturating_add(1)));
        // Levels above that were skipped count as used once: after "9.1" without a "9." Word goes on with "10.".
        for (level, above) in (0u8..).zip(values[..at].iter_mut()).filter(|(_, v)| v.is_none()) {
            let start = self.numbering.level(num, level).map_or(1, |d| d.start);
            *above = Some(instance.starts[usize::from(level)].unwrap_or(start));
        }
        for (deeper, value) in (0u8..).zip(values.iter_mut()).skip(at + 1) {
            let restarts = match self.numbering.level(num, deeper).and_then(|l| l.restart) {
                None => true,
                Some(0) => false,
                Some(by) => at < usize::from(by),
            };
            if restarts {
                *value = None;
            }
        }
        let shown: Vec<i64> = (0..LEVELS)
            .map(|l| values[l].unwrap_or_else(|| self.numbering.level(num, level_number(l)).map_or(1, |d| d.start)))
            .collect();
        self.render(num, definition, &shown)
    }

    fn render(&self, num: u32, definition: &Level, values: &[i64]) -> Label {
        if definition.format == NumberFormat::Bullet {
            return Label::Bullet;
        }
        let mut out = String::new();
        // Word takes at most 255 characters of label text.
        const LONGEST: usize = 255;
        let mut chars = definition.text.chars().take(LONGEST).peekable();
        while let Some(c) = chars.next() {
            let digit = if c == '%' { chars.peek().and_then(|d| d.to_digit(10)).filter(|d| *d > 0) } else { None };
            let Some(digit) = digit else {
                out.push(c);
                continue;
            };
            chars.next();
            let slot = digit as usize - 1;
            let format = self.numbering.level(num, level_number(slot)).map(|l| &l.format);
            let format = match format {
                Some(f) if !definition.legal || *f == NumberFormat::DecimalZero => f,
                _ => &NumberFormat::Decimal,
            };
            out.push_str(&format.show(values[slot]));
        }
        let label = out.trim();
        if label.is_empty() { Label::Nothing } else { Label::Text(label.to_string()) }
    }
}

fn level_number(slot: usize) -> u8 {
    u8::try_from(slot).unwrap_or(u8::MAX)
}

/// `value` in lower-case roman figures; Arabic beyond what they can show.
#[must_use]
pub fn roman(value: i64) -> String {
    const FIGURES: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut out = String::new();
    for (worth, figure) in FIGURES {
        while rest >= worth {
            out.push_str(figure);
            rest -= worth;
        }
    }
    out
}

/// `value` as Word letters a list: a to z, then aa, bb, ... (17.18.59, lowerLetter).
#[must_use]
pub fn letters(value: i64) -> String {
    if !(1..=780).contains(&value) {
        return value.to_string();
    }
    let index = usize::try_from(value - 1).unwrap_or_default();
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[index % 26]);
    std::iter::repeat_n(letter, index / 26 + 1).collect()
}

fn ordinal_suffix(value: i64) -> &'static str {
    match (value % 100, value % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn cardinal(value: i64) -> String {
    let Ok(n) = usize::try_from(value) else { return value.to_string() };
    match n {
        0..20 => UNITS[n].to_string(),
        20..100 if n.is_multiple_of(10) => TENS[n / 10].to_string(),
        20..100 => format!("{}-{}", TENS[n / 10], UNITS[n % 10]),
        _ => value.to_string(),
    }
}

fn ordinal(value: i64) -> String {
    let word = cardinal(value);
    let (head, last) = word.rsplit_once('-').map_or(("", word.as_str()), |(h, l)| (h, l));
    let last = match last {
        "one" => "first".to_string(),
        "two" => "second".to_string(),
        "three" => "third".to_string(),
        "five" => "fifth".to_string(),
        "eight" => "eighth".to_string(),
        "nine" => "ninth".to_string(),
        "twelve" => "twelfth".to_string(),
        l if l.ends_with('y') => format!("{}ieth", &l[..l.len() - 1]),
        l => format!("{l}th"),
    };
    if head.is_empty() { last } else { format!("{head}-{last}") }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One list whose levels have the given format and text, and instance 1 of it.
    fn list(levels: &[(NumberFormat, &str)]) -> Numbering {
        let mut all: [Level; LEVELS] = Default::default();
        for (slot, (format, text)) in levels.iter().enumerate() {
            all[slot] = Level { start: 1, format: format.clone(), text: (*text).into(), ..Level::default() };
        }
        Numbering {
            abstracts: BTreeMap::from([(0, all)]),
            nums: BTreeMap::from([(1, Num::default()), (2, Num::default())]),
        }
    }

    fn legal_list() -> Numbering {
        use NumberFormat::{Decimal, LowerLetter, LowerRoman};
        list(&[(Decimal, "%1."), (Decimal, "%1.%2"), (LowerLetter, "(%3)"), (LowerRoman, "(%4)")])
    }

    fn labels(numbering: &Numbering, walk: &[(u32, u8)]) -> Vec<String> {
        let mut counters = Counters::new(numbering);
        walk.iter()
            .map(|&(num, level)| match counters.next(num, level) {
                Label::Text(t) => t,
                Label::Bullet => "*".into(),
                Label::Nothing => String::new(),
            })
            .collect()
    }

    #[test]
    fn deeper_levels_restart_under_each_higher_one() {
        let walk = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)];
        assert_eq!(labels(&legal_list(), &walk), ["1.", "1.1", "(a)", "(b)", "1.2", "(a)", "2.", "2.1"]);
    }

    #[test]
    fn a_level_that_never_restarts_counts_through() {
        let mut numbering = legal_list();
        numbering.abstracts.get_mut(&0).unwrap()[1].restart = Some(0);
        assert_eq!(labels(&numbering, &[(1, 0), (1, 1), (1, 0), (1, 1)]), ["1.", "1.1", "2.", "2.2"]);
    }

    #[test]
    fn a_skipped_level_counts_as_used() {
        let mut numbering = legal_list();
        numbering.abstracts.get_mut(&0).unwrap()[0].start = 9;
        assert_eq!(labels(&numbering, &[(1, 1), (1, 1), (1, 0), (1, 1)]), ["9.1", "9.2", "10.", "10.1"]);
    }

    #[test]
    fn a_restart_bound_to_a_level_ignores_the_levels_between() {
        let mut numbering = legal_list();
        numbering.abstracts.get_mut(&0).unwrap()[2].restart = Some(1);
        let walk = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)];
        assert_eq!(labels(&numbering, &walk), ["1.", "1.1", "(a)", "1.2", "(b)", "2.", "2.1", "(a)"]);
    }

    #[test]
    fn instances_share_counters_until_a_start_override() {
        let mut numbering = legal_list();
        assert_eq!(labels(&numbering, &[(1, 0), (2, 0), (1, 0)]), ["1.", "2.", "3."]);
        numbering.nums.get_mut(&2).unwrap().starts[0] = Some(1);
        assert_eq!(labels(&numbering, &[(1, 0), (1, 0), (2, 0), (2, 0)]), ["1.", "2.", "1.", "2."]);
    }

    #[test]
    fn legal_levels_show_every_counter_in_arabic_figures() {
        let mut numbering = list(&[(NumberFormat::UpperRoman, "Article %1"), (NumberFormat::Decimal, "Section %1.%2")]);
        numbering.abstracts.get_mut(&0).unwrap()[1].legal = true;
        assert_eq!(labels(&numbering, &[(1, 0), (1, 0), (1, 1)]), ["Article I", "Article II", "Section 2.1"]);
    }

    #[test]
    fn formats_show_what_word_shows() {
        let shown = |f: NumberFormat, v: i64| f.show(v);
        assert_eq!(shown(NumberFormat::LowerLetter, 28), "bb");
        assert_eq!(shown(NumberFormat::UpperRoman, 49), "XLIX");
        assert_eq!(shown(NumberFormat::Ordinal, 22), "22nd");
        assert_eq!(shown(NumberFormat::OrdinalText, 21), "Twenty-first");
        assert_eq!(shown(NumberFormat::CardinalText, 40), "Forty");
        assert_eq!(shown(NumberFormat::DecimalZero, 7), "07");
    }
}
