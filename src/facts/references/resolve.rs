//! Where a reference leads: the clause that carries its number.

use super::scan::{Family, Target};
use crate::clause::label::SCHEDULE_WORDS;
use crate::clause::{ClauseTree, Kind};
use crate::source::Place;
use rustc_hash::FxHashMap;

/// Clauses by the schedule they stand in and their number.
pub struct Index {
    /// Schedule that each clause stands in, by clause.
    roots: Vec<Option<u32>>,
    /// By schedule and number as cited ("5.2.b").
    cited: FxHashMap<(Option<u32>, String), u32>,
    /// By schedule and own label alone, first come.
    labelled: FxHashMap<(Option<u32>, String), u32>,
    /// Schedules by word and number.
    schedules: FxHashMap<(String, String), u32>,
}

/// A cell of more bytes is text, no title of a schedule.
const LONGEST_TITLE: usize = 100;

/// Where a reference stands.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The clause that it stands in.
    pub here: u32,
    /// The schedule that it names ("paragraph 3 of Schedule 2").
    pub within: Option<u32>,
}

impl Index {
    /// The numbers of all clauses.
    #[must_use]
    pub fn new(text: &str, tree: &ClauseTree) -> Self {
        let mut out = Self {
            roots: Vec::new(),
            cited: FxHashMap::default(),
            labelled: FxHashMap::default(),
            schedules: FxHashMap::default(),
        };
        for (index, clause) in (0u32..).zip(&tree.clauses) {
            let root = match clause.kind {
                Kind::Schedule => Some(index),
                _ => clause.parent.and_then(|p| out.roots.get(p as usize).copied().flatten()),
            };
            out.roots.push(root);
            if clause.kind == Kind::Schedule {
                let title =
                    if clause.path.is_empty() { clause.heading.map_or("", |h| h.of(text)) } else { &clause.path };
                if let Some(name) = schedule_name(title) {
                    out.schedules.entry(name).or_insert(index);
                }
            } else if !clause.label.is_empty() {
                let prefix = root.map_or("", |r| tree.clauses[r as usize].path.as_str());
                let path = clause.path.strip_prefix(prefix).unwrap_or(&clause.path);
                out.cited.entry((root, key(path))).or_insert(index);
                out.labelled.entry((root, key(&clause.label))).or_insert(index);
            }
        }
        // A schedule can be a row of a cover page: its title stands in a cell.
        let cells =
            tree.paragraphs.iter().filter(|p| matches!(p.place, Place::Cell { .. }) && p.span.len() <= LONGEST_TITLE);
        for cell in cells {
            if let Some(name) = schedule_name(cell.span.of(text)) {
                out.schedules.entry(name).or_insert(cell.clause);
            }
        }
        out
    }

    /// The schedule that `target` names.
    #[must_use]
    pub fn schedule(&self, target: &Target) -> Option<u32> {
        let number = target.parts.first()?;
        let by = |n: &str| self.schedules.get(&(target.word.to_string(), n.to_string())).copied();
        // "Annex 2" is "Annex II".
        by(number).or_else(|| by(&other_figure(number)?))
    }

    /// The clause that `target` leads to.
    #[must_use]
    pub fn resolve(&self, tree: &ClauseTree, text: &str, target: &Target, scope: Scope) -> Option<u32> {
        if target.family == Family::Schedule {
            let schedule = self.schedule(target)?;
            return self.numbered(Some(schedule), &target.parts[1..]).or(Some(schedule));
        }
        let here = self.roots.get(scope.here as usize).copied().flatten();
        let roots = [scope.within.or(here), here.filter(|_| scope.within.is_some()), None];
        if target.relative {
            return self.relative(tree, text, target, scope.here);
        }
        roots.iter().enumerate().filter(|(i, r)| *i == 0 || scope.within.is_none() && **r != roots[0]).find_map(
            |(_, root)| self.numbered(*root, &target.parts).or_else(|| self.inline(tree, text, *root, &target.parts)),
        )
    }

    fn numbered(&self, root: Option<u32>, parts: &[String]) -> Option<u32> {
        let by =
            |name: String| self.cited.get(&(root, name.clone())).or_else(|| self.labelled.get(&(root, name))).copied();
        let first = parts.first()?;
        by(parts.join(".")).or_else(|| {
            let mut other = parts.to_vec();
            other[0] = other_figure(first)?;
            by(other.join("."))
        })
    }

    /// "5.2(b)" where "(b)" is an item inside the text of 5.2.
    fn inline(&self, tree: &ClauseTree, text: &str, root: Option<u32>, parts: &[String]) -> Option<u32> {
        let (last, above) = parts.split_last()?;
        let clause = self
            .numbered(root, above)
            .or_else(|| if above.len() > 1 { self.inline(tree, text, root, above) } else { None })?;
        holds(tree, text, clause, last).then_some(clause)
    }

    /// "(b)" or "paragraph (b)": of the clause that it stands in, or of one around it.
    fn relative(&self, tree: &ClauseTree, text: &str, target: &Target, here: u32) -> Option<u32> {
        let root = self.roots.get(here as usize).copied().flatten();
        let prefix = root.map_or("", |r| tree.clauses[r as usize].path.as_str());
        let around = || std::iter::successors(Some(here), |c| tree.clauses[*c as usize].parent);
        around()
            .find_map(|clause| {
                let path = &tree.clauses[clause as usize].path;
                let above = key(path.strip_prefix(prefix).unwrap_or(path));
                let own = target.parts.join(".");
                let name = if above.is_empty() { own } else { format!("{above}.{own}") };
                self.cited.get(&(root, name)).copied()
            })
            .or_else(|| around().find(|c| holds(tree, text, *c, &target.parts[0])))
    }
}

/// Whether the text of a clause has an item with this mark: "(b)" or "b)".
fn holds(tree: &ClauseTree, text: &str, clause: u32, mark: &str) -> bool {
    let shown = tree.clauses[clause as usize].span.of(text);
    let wanted = format!("{mark})");
    shown.match_indices(wanted.as_str()).any(|(at, _)| at == 0 || shown[..at].ends_with(['(', ' ', '\n', '\t']))
}

/// A number as its parts joined by dots, without words in front: "Section 5.2(b)" as "5.2.b".
fn key(path: &str) -> String {
    let parts = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty());
    let is_word =
        |p: &str| p.len() > 2 && !p.bytes().all(|b| b.is_ascii_digit() || matches!(b | 0x20, b'i' | b'v' | b'x'));
    parts.filter(|p| !is_word(p)).map(str::to_ascii_lowercase).collect::<Vec<_>>().join(".")
}

/// The word and number of a schedule's title: "Annex II - Measures" as ("annex", "ii").
fn schedule_name(title: &str) -> Option<(String, String)> {
    let mut words =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_ascii_lowercase);
    let word = words.next().filter(|w| SCHEDULE_WORDS.contains(&w.as_str()))?;
    let word = if word == "annexure" { "annex".to_string() } else { word };
    let number = words.next()?;
    let fits = number.bytes().all(|b| b.is_ascii_digit()) || number.len() <= 2 || other_figure(&number).is_some();
    fits.then_some((word, number))
}

/// The Arabic figure for a roman one and the other way round.
fn other_figure(number: &str) -> Option<String> {
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    if let Ok(figure) = number.parse::<usize>() {
        return ROMAN.get(figure.checked_sub(1)?).map(ToString::to_string);
    }
    ROMAN.iter().position(|r| *r == number).map(|i| (i + 1).to_string())
}
