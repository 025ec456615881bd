//! Automatic numbering as Word computes it (ECMA-376 part 1, 17.9): definitions as data, and the counters
//! that turn a sequence of (list, level) into the labels that a reader sees.

mod format;

use std::collections::{BTreeMap, BTreeSet};

pub use format::{NumberFormat, roman};

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

impl Numbering {
    /// The level that `num` uses at `level`, overrides applied.
    #[must_use]
    pub fn level(&self, num: u32, level: u8) -> Option<&Level> {
        let instance = self.nums.get(&num)?;
        instance.levels.get(&level).or_else(|| self.abstracts.get(&instance.abstract_id)?.get(usize::from(level)))
    }

    /// What `num` counts from at `level`. A start override holds whenever the level starts anew (17.9.26).
    fn start(&self, num: u32, level: u8) -> i64 {
        let overridden = self.nums.get(&num).and_then(|n| *n.starts.get(usize::from(level))?);
        overridden.or_else(|| self.level(num, level).map(|l| l.start)).unwrap_or(1)
    }

    /// Whether `level` of `num` starts anew after `used`, a higher level.
    ///
    /// `w:lvlRestart` names the level whose use restarts this one, as do those above it. Zero is never; a level
    /// that is not higher than this one is ignored (17.9.10). Word goes by the definition alone and not by a level
    /// that replaces it ([MS-OI29500], on that section, b and c).
    fn restarts(&self, num: u32, level: u8, used: u8) -> bool {
        let definition = self.nums.get(&num).and_then(|n| self.abstracts.get(&n.abstract_id));
        match definition.and_then(|d| d.get(usize::from(level))?.restart) {
            Some(0) => false,
            Some(by) if by <= level => used < by,
            _ => true,
        }
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
        let numbering = self.numbering;
        let Some(instance) = numbering.nums.get(&num) else { return Label::Nothing };
        let Some(definition) = numbering.level(num, level) else { return Label::Nothing };
        let at = usize::from(level).min(LEVELS - 1);
        let values = self.values.entry(instance.abstract_id).or_default();
        // A start override takes effect on the first use of its level by its instance, whatever others counted.
        if instance.starts[at].is_some() && self.overridden.insert((num, level)) {
            values[at] = None;
        }
        values[at] = Some(values[at].map_or_else(|| numbering.start(num, level), |v| v.saturating_add(1)));
        // Levels above that were skipped count as used once: after "9.1" without a "9." Word goes on with "10.".
        for (higher, value) in (0u8..).zip(values[..at].iter_mut()) {
            value.get_or_insert_with(|| numbering.start(num, higher));
        }
        for (deeper, value) in (0u8..).zip(values.iter_mut()).skip(at + 1) {
            if numbering.restarts(num, deeper, level) {
                *value = None;
            }
        }
        let shown: Vec<i64> =
            (0u8..).zip(values.iter()).map(|(l, v)| v.unwrap_or_else(|| numbering.start(num, l))).collect();
        self.render(num, definition, &shown)
    }

    fn render(&self, num: u32, definition: &Level, values: &[i64]) -> Label {
        // Word takes at most 255 characters of label text.
        const LONGEST: usize = 255;
        if definition.format == NumberFormat::Bullet {
            return Label::Bullet;
        }
        let mut out = String::new();
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
}
