//! Fourteen contracts of our own with a lawyer's labels, written by someone who had not seen the rules. The bounds are
//! a little under what was measured when they were first read; they may rise, not fall.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{out, proviso};

const FOLDER: &str = "tests/corpus/labelled";

type Statuses = BTreeMap<(String, String), String>;

fn labels() -> Statuses {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join("labels.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    rows.map(|r| ((word(&r["id"]), word(&r["provision"])), word(&r["status"]))).collect()
}

fn review() -> Statuses {
    let report = out(&proviso(&["review", FOLDER, "--format", "json", "--fail-on", "never"]));
    let report: Value = serde_json::from_str(&report).unwrap();
    let mut statuses = Statuses::new();
    for document in report["documents"].as_array().unwrap() {
        let id = Path::new(document["path"].as_str().unwrap()).file_stem().unwrap().to_string_lossy().into_owned();
        for finding in document["findings"].as_array().unwrap() {
            statuses.insert((id.clone(), word(&finding["provision"])), word(&finding["status"]));
        }
    }
    statuses
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_string()
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

#[test]
fn labelled_contracts_are_judged_as_well_as_when_they_were_first_read() {
    let (labels, review) = (labels(), review());
    assert_eq!(labels.len(), 168);
    let found = |status: &str| matches!(status, "met" | "partial");
    let pairs: Vec<(&str, &str)> = labels.iter().map(|(key, want)| (want.as_str(), review[key].as_str())).collect();
    let count = |test: &dyn Fn(&str, &str) -> bool| pairs.iter().filter(|(want, got)| test(want, got)).count();
    let both = count(&|want, got| found(want) && found(got));
    let one = count(&|want, got| found(want) != found(got));
    let f1 = share(2 * both, 2 * both + one);
    let accuracy = share(count(&|want, got| want == got), pairs.len());
    let met = count(&|_, got| got == "met");
    let hidden = share(count(&|want, got| got == "met" && !found(want)), met);
    println!("found F1 {f1:.3}, accuracy {accuracy:.3}, met but absent {hidden:.3} of {met}");
    // What every report says of itself is what is measured.
    let measured = proviso::library::embedded::library().unwrap().measured.unwrap();
    let partly = count(&|want, got| got == "met" && want == "partial");
    let absent = count(&|want, got| got == "met" && !found(want));
    let got = (met, absent, partly);
    assert_eq!((measured.addressed, measured.absent, measured.partly), got, "clause-library/measured.toml");
    assert!(f1 >= 0.90, "found F1 {f1:.3}");
    assert!(accuracy >= 0.79, "accuracy {accuracy:.3}");
    assert!(hidden <= 0.02, "met but absent {hidden:.3}");
}
