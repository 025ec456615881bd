//! How well a library does on labelled contracts: precision, recall and F1 per provision and, where the labels go so far,
//! per element.

use crate::assess::finding::ElementStatus;
use crate::error::{Error, Result};
use crate::library::Status;
use crate::report::DocumentReview;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// What a person says of one provision of one contract: a line of the labels file.
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    /// The contract: its file name without the ending.
    pub id: String,
    /// The provision.
    pub provision: String,
    /// What the contract says.
    pub status: Status,
    /// Elements by id, where they were labelled.
    #[serde(default)]
    pub elements: BTreeMap<String, ElementStatus>,
    /// Figures by name; null where none is stated.
    #[serde(default)]
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// Reads labels, a JSON object a line.
///
/// # Errors
/// Where a line is none, with its number.
pub fn labels(text: &str) -> Result<Vec<Label>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            serde_json::from_str(line).map_err(|e| {
                let help = "a line is {\"id\": file name without ending, \"provision\": id, \"status\": met, partial, missing or adverse}";
                Error::new(format!("line {}: {e}", n + 1), help)
            })
        })
        .collect()
}

/// How verdicts and labels agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Labels.
    pub labels: usize,
    /// Said and labelled to be there (met or partial).
    pub found: usize,
    /// Said to be there, labelled not to be.
    pub claimed: usize,
    /// Labelled to be there, not said to be.
    pub missed: usize,
    /// The same status.
    pub same: usize,
    /// Said to be met.
    pub met: usize,
    /// Of these, labelled missing or adverse: the worst mistake.
    pub met_but_absent: usize,
    /// Of these, labelled partial.
    pub met_but_partial: usize,
}

impl Score {
    fn add(&mut self, label: Status, said: Status) {
        let there = |s| matches!(s, Status::Met | Status::Partial);
        self.labels += 1;
        self.found += usize::from(there(label) && there(said));
        self.claimed += usize::from(!there(label) && there(said));
        self.missed += usize::from(there(label) && !there(said));
        self.same += usize::from(label == said);
        self.met += usize::from(said == Status::Met);
        self.met_but_absent += usize::from(said == Status::Met && !there(label));
        self.met_but_partial += usize::from(said == Status::Met && label == Status::Partial);
    }

    fn join(&mut self, other: Self) {
        self.labels += other.labels;
        self.found += other.found;
        self.claimed += other.claimed;
        self.missed += other.missed;
        self.same += other.same;
        self.met += other.met;
        self.met_but_absent += other.met_but_absent;
        self.met_but_partial += other.met_but_partial;
    }

    /// Share of what was said to be there that is.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.found, self.found + self.claimed)
    }

    /// Share of what is there that was said to be.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        share(2 * self.found, 2 * self.found + self.claimed + self.missed)
    }

    /// Share of the same status.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        share(self.same, self.labels)
    }

    fn row(&self, name: &str, width: usize) -> String {
        format!(
            "{name:width$} {:6} {:9.3} {:6.3} {:6.3} {:8.3} {:5} {:6} {:7}",
            self.labels,
            self.precision(),
            self.recall(),
            self.f1(),
            self.accuracy(),
            self.met,
            self.met_but_absent,
            self.met_but_partial
        )
    }
}

/// A part of a whole; 0 of 0 is 0.
fn share(part: usize, whole: usize) -> f64 {
    let float = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { float(part) / float(whole) }
}

/// What an evaluation found.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// By provision.
    pub provisions: BTreeMap<String, Score>,
    /// By provision and element.
    pub elements: BTreeMap<(String, String), Score>,
    /// Figures that the labels state, and how many of them the review gives the same.
    pub parameters: (usize, usize),
    /// Disagreements: contract, provision, label, verdict.
    pub errors: Vec<(String, String, Status, Status)>,
    /// Labelled contracts that were not reviewed.
    pub absent: Vec<String>,
    /// Labelled provisions that the library does not judge.
    pub unknown: Vec<String>,
}

/// Holds reviews against labels. A contract that was not reviewed counts as missing all along, so that leaving out never
/// helps; a provision that the library does not judge is told apart.
#[must_use]
pub fn evaluate(labels: &[Label], reviews: &[DocumentReview]) -> Evaluation {
    let stem = |r: &DocumentReview| Path::new(&r.path).file_stem().map(|s| s.to_string_lossy().into_owned());
    let by_id: BTreeMap<String, &DocumentReview> = reviews.iter().filter_map(|r| Some((stem(r)?, r))).collect();
    let judged = |p: &str| reviews.iter().any(|r| r.findings.iter().any(|f| f.provision == p));
    let mut out = Evaluation::default();
    for label in labels {
        let review = by_id.get(&label.id);
        if review.is_none() && !out.absent.contains(&label.id) {
            out.absent.push(label.id.clone());
        }
        if !judged(&label.provision) {
            if !out.unknown.contains(&label.provision) {
                out.unknown.push(label.provision.clone());
            }
            continue;
        }
        let finding = review.and_then(|r| r.findings.iter().find(|f| f.provision == label.provision));
        let said = finding.map_or(Status::Missing, |f| f.status);
        out.provisions.entry(label.provision.clone()).or_default().add(label.status, said);
        if said != label.status {
            out.errors.push((label.id.clone(), label.provision.clone(), label.status, said));
        }
        for (element, stated) in &label.elements {
            let own = finding.and_then(|f| f.elements.iter().find(|e| e.id == *element));
            let key = (label.provision.clone(), element.clone());
            out.elements
                .entry(key)
                .or_default()
                .add(as_status(*stated), own.map_or(Status::Missing, |e| as_status(e.status)));
        }
        for (name, value) in label.parameters.iter().filter(|(_, v)| !v.is_null()) {
            let own = finding.and_then(|f| f.parameters.get(name)).and_then(|p| serde_json::to_value(p).ok());
            out.parameters.0 += 1;
            out.parameters.1 += usize::from(own.as_ref() == Some(value));
        }
    }
    out
}

fn as_status(element: ElementStatus) -> Status {
    match element {
        ElementStatus::Met => Status::Met,
        ElementStatus::Weak => Status::Partial,
        ElementStatus::Missing => Status::Missing,
        ElementStatus::Adverse => Status::Adverse,
    }
}

impl Evaluation {
    /// All provisions as one.
    #[must_use]
    pub fn total(&self) -> Score {
        let mut out = Score::default();
        self.provisions.values().for_each(|s| out.join(*s));
        out
    }

    /// The evaluation as a table, with at most so many disagreements.
    #[must_use]
    pub fn render(&self, errors: usize) -> String {
        const TOTAL: &str = "all provisions";
        let elements = self.elements.iter().map(|((p, e), s)| (format!("{p}/{e}"), s));
        let rows: Vec<(String, &Score)> = self.provisions.iter().map(|(p, s)| (p.clone(), s)).chain(elements).collect();
        let width = rows.iter().map(|(n, _)| n.len()).max().unwrap_or(0).max(TOTAL.len());
        let mut out = format!("{:width$} labels precision recall     F1 accuracy   met absent partial\n", "provision");
        for (name, score) in &rows {
            out.extend([score.row(name, width).as_str(), "\n"]);
        }
        out.extend([self.total().row(TOTAL, width).as_str(), "\n"]);
        let (stated, same) = self.parameters;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "\nabsent, partial: said to be met, labelled otherwise. Figures the same: {same} of {stated}."
        );
        for (what, list) in [("not reviewed", &self.absent), ("not judged by this library", &self.unknown)] {
            if !list.is_empty() {
                let _ = writeln!(out, "{what}: {}", list.join(", "));
            }
        }
        for (id, provision, label, said) in self.errors.iter().take(errors) {
            let _ = writeln!(out, "{id}  {provision}  labelled {}, said {}", label.word(), said.word());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_met_is_told_apart_from_a_missed_clause() {
        let mut score = Score::default();
        let pairs = [
            (Status::Met, Status::Met),
            (Status::Missing, Status::Met),
            (Status::Partial, Status::Met),
            (Status::Met, Status::Missing),
            (Status::Adverse, Status::Missing),
        ];
        for (label, said) in pairs {
            score.add(label, said);
        }
        assert_eq!((score.found, score.claimed, score.missed, score.same), (2, 1, 1, 1));
        assert_eq!((score.met, score.met_but_absent, score.met_but_partial), (3, 1, 1));
        assert!((score.f1() - 4.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn a_line_that_is_no_label_is_named_by_its_number() {
        let good = "{\"id\": \"a\", \"provision\": \"retention\", \"status\": \"met\"}";
        assert_eq!(labels(good).unwrap().len(), 1);
        assert!(labels(&format!("{good}\n\n{{}}\n")).unwrap_err().to_string().contains("line 3"));
    }
}
