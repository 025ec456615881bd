//! Profiles: what a law, a standard or the house asks of each provision (`clause-library/profiles/<id>.toml`).

use super::compile::PageFile;
use super::diagnostic::{Diagnostic, meant};
use super::formula::{self, Formula};
use super::{Applies, Check};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::Spanned;

/// Folder of the profiles within a library folder.
pub const FOLDER: &str = "profiles/";

/// Id of the house position, which every review judges by.
pub const HOUSE: &str = "baseline";

/// A law, a standard, or the house position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Its id: the file name without its ending.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it applies, in words.
    pub applies_when: String,
    /// The laws whose citations on a page are its own.
    pub laws: Vec<String>,
    /// What a reader should know about it.
    pub note: String,
    /// What in a contract proposes it.
    pub proposed: Proposed,
    /// What it asks, by provision.
    pub demands: Vec<Demand>,
    /// Limits of figures.
    pub limits: Vec<Limit>,
    /// What is asked only on a condition that the text does not tell.
    pub conditions: Vec<Condition>,
    /// Elements that a file supplied shows by itself, as provision/element ("in writing").
    pub by_itself: Vec<String>,
    /// What is doubtful about it.
    pub doubts: Vec<String>,
}

/// What in a contract proposes a profile: any of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// Kinds of data.
    #[serde(default)]
    pub data: Vec<Applies>,
    /// Words, as they are written.
    #[serde(default)]
    pub words: Vec<String>,
}

/// What a profile asks of one provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// Id of the provision.
    pub provision: String,
    /// Where the demand is made.
    pub basis: Vec<String>,
    /// What must be there, over the elements of its page; this alone moves a law's status.
    pub must: Option<Formula>,
    /// Whether it has musts that the page at hand cannot tell: then the law's status is unclear.
    pub untold: bool,
    /// What should be: advice.
    pub should: Vec<String>,
    /// What is good practice: advice.
    pub policy: Vec<String>,
}

/// A limit of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Id of the provision.
    pub provision: String,
    /// The element that states the figure.
    pub element: String,
    /// Unit of the limits: hours, days, business-days, months, years, per-year, multiple, usd.
    pub unit: String,
    /// Whether more is worse (at most), or less (at least).
    pub direction: Direction,
    /// What the law sets.
    #[serde(default)]
    pub legal: Option<f64>,
    /// Where.
    #[serde(default)]
    pub citation: String,
    /// What the house asks.
    #[serde(default)]
    pub policy: Option<f64>,
    /// Beyond which the house does not accept it.
    #[serde(default)]
    pub fail_beyond: Option<f64>,
    /// Whether the legal figure was read in its source.
    pub check: Check,
    /// What a reader should know about it.
    #[serde(default)]
    pub note: String,
}

/// Which side of a limit is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is worse.
    AtMost,
    /// Less is worse.
    AtLeast,
}

impl Direction {
    /// Whether a figure is on the wrong side of a limit.
    #[must_use]
    pub fn beyond(self, figure: f64, limit: f64) -> bool {
        match self {
            Self::AtMost => figure > limit,
            Self::AtLeast => figure < limit,
        }
    }
}

/// Elements that are asked for only where a condition holds, which the user states with `--assume`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Its id ("transfer-outside-eea").
    pub when: String,
    /// The question to the user.
    pub question: String,
    /// The elements, as provision/element.
    pub elements: Vec<String>,
}

impl Profile {
    /// What it asks of a provision.
    #[must_use]
    pub fn demand(&self, provision: &str) -> Option<&Demand> {
        self.demands.iter().find(|d| d.provision == provision)
    }

    /// The condition on which it asks for an element of a provision.
    #[must_use]
    pub fn condition(&self, provision: &str, element: &str) -> Option<&Condition> {
        let names = |path: &String| path.split_once('/') == Some((provision, element));
        self.conditions.iter().find(|c| c.elements.iter().any(names))
    }
}

/// A profile as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: String,
    applies_when: String,
    #[serde(default)]
    laws: Vec<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    proposed: Proposed,
    #[serde(default)]
    by_itself: Vec<Spanned<String>>,
    #[serde(default)]
    doubts: Vec<String>,
    #[serde(default)]
    demand: Vec<RawDemand>,
    #[serde(default)]
    limit: Vec<Limit>,
    #[serde(default)]
    condition: Vec<Condition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDemand {
    provision: Spanned<String>,
    #[serde(default)]
    basis: Vec<String>,
    must: Option<Spanned<String>>,
    #[serde(default)]
    should: Vec<Spanned<String>>,
    #[serde(default)]
    policy: Vec<Spanned<String>>,
}

/// Reads a profile; mistakes go to `out`. What no page can tell is a warning: a firm's own page need not have every
/// element that a law asks for.
pub(super) fn read(text: &str, file: &str, pages: &[PageFile], out: &mut Vec<Diagnostic>) -> Option<Profile> {
    let id = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml").to_string();
    let raw: Raw = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(e) => {
            let at = e.span().unwrap_or(0..text.len().min(3));
            out.push(Diagnostic::error(file, at, e.message(), "see the profiles in clause-library/README.md"));
            return None;
        }
    };
    let mut reader = Reader { file, pages, out };
    let demands = raw.demand.iter().filter_map(|d| reader.demand(d)).collect();
    for path in &raw.by_itself {
        reader.path(path.get_ref(), path.span());
    }
    for path in raw.condition.iter().flat_map(|c| &c.elements) {
        reader.path(path, place(text, path));
    }
    for limit in &raw.limit {
        reader.path(&format!("{}/{}", limit.provision, limit.element), place(text, &limit.element));
    }
    Some(Profile {
        id,
        title: raw.title,
        applies_when: raw.applies_when,
        laws: raw.laws,
        note: raw.note,
        proposed: raw.proposed,
        demands,
        limits: raw.limit,
        conditions: raw.condition,
        by_itself: raw.by_itself.into_iter().map(Spanned::into_inner).collect(),
        doubts: raw.doubts,
    })
}

fn place(text: &str, words: &str) -> Range<usize> {
    text.find(words).map_or(0..0, |at| at..at + words.len())
}

struct Reader<'a> {
    file: &'a str,
    pages: &'a [PageFile],
    out: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The element ids of a provision's page.
    fn elements(&mut self, provision: &str, at: Range<usize>) -> Option<Vec<&str>> {
        let pages = self.pages;
        if let Some(page) = pages.iter().find(|p| p.page.id == provision) {
            return Some(page.page.elements.iter().map(|e| e.id.as_str()).collect());
        }
        let help = meant(provision, pages.iter().map(|p| p.page.id.as_str()), "a page of that id");
        let mistake = Diagnostic::error(self.file, at, format!("no page judges {provision}"), help);
        self.out.push(Diagnostic { warning: true, ..mistake });
        None
    }

    fn demand(&mut self, raw: &RawDemand) -> Option<Demand> {
        let provision = raw.provision.get_ref();
        let elements: Vec<String> =
            self.elements(provision, raw.provision.span())?.into_iter().map(String::from).collect();
        let ids: Vec<&str> = elements.iter().map(String::as_str).collect();
        let must = raw.must.as_ref().and_then(|must| {
            // The span takes in the quotation mark.
            let parsed = formula::parse(must.get_ref(), self.file, must.span().start + 1, &ids);
            parsed.map_err(|mistake| self.out.push(Diagnostic { warning: true, ..mistake })).ok()
        });
        for advice in raw.should.iter().chain(&raw.policy) {
            self.element(advice.get_ref(), advice.span(), provision, &ids);
        }
        let own = |all: &[Spanned<String>]| all.iter().map(|e| e.get_ref().clone()).collect();
        Some(Demand {
            provision: provision.clone(),
            basis: raw.basis.clone(),
            untold: raw.must.is_some() && must.is_none(),
            must,
            should: own(&raw.should),
            policy: own(&raw.policy),
        })
    }

    /// Holds a provision/element against the pages.
    fn path(&mut self, path: &str, at: Range<usize>) {
        let Some((provision, element)) = path.split_once('/') else {
            self.out.push(Diagnostic::error(self.file, at, format!("{path} is no element"), "provision/element"));
            return;
        };
        let Some(ids) = self.elements(provision, at.clone()) else { return };
        let ids: Vec<String> = ids.into_iter().map(String::from).collect();
        self.element(element, at, provision, &ids.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn element(&mut self, element: &str, at: Range<usize>, provision: &str, ids: &[&str]) {
        if !ids.contains(&element) {
            let help = meant(element, ids.iter().copied(), "an element of the page");
            let message = format!("{provision} has no element {element}");
            self.out.push(Diagnostic { warning: true, ..Diagnostic::error(self.file, at, message, help) });
        }
    }
}
