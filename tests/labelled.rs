//! Fourteen contracts of our own with a lawyer's labels, written by someone who had not seen the rules. The bounds are
//! a little under what was measured when they were first read; they may rise, not fall.

mod support;

use proviso::evaluate::{Evaluation, evaluate, labels};
use proviso::library::embedded;
use proviso::review::{Bytes, review};
use proviso::source::{Format, Limits, Views};
use std::fs;
use std::path::{Path, PathBuf};
use support::{out, proviso};

const FOLDER: &str = "tests/corpus/labelled";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER)
}

fn evaluated() -> Evaluation {
    let labels = labels(&fs::read_to_string(folder().join("labels.jsonl")).unwrap()).unwrap();
    assert_eq!(labels.len(), 560);
    let library = embedded::library().unwrap();
    let mut reviews = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().unwrap().to_string_lossy().into_owned();
        let Some(format) = Format::from_extension(&ending) else { continue };
        let input = Bytes {
            path: path.file_name().unwrap().to_string_lossy().into_owned(),
            format: Some(format),
            bytes: fs::read(&path).unwrap(),
        };
        reviews.push(review(&[input], &Views::Both.into(), &library, &Limits::default()).unwrap());
    }
    evaluate(&labels, &reviews)
}

#[test]
fn labelled_contracts_are_judged_as_well_as_when_they_were_first_read() {
    let evaluation = evaluated();
    let score = evaluation.total();
    println!("{}", evaluation.render(usize::MAX));
    // What every report says of itself is what is measured.
    let measured = embedded::library().unwrap().measured.unwrap();
    let got = (score.met, score.met_but_absent, score.met_but_partial);
    assert_eq!((measured.addressed, measured.absent, measured.partly), got, "clause-library/measured.toml");
    assert!(score.f1() >= 0.86, "found F1 {:.3}", score.f1());
    assert!(score.accuracy() >= 0.82, "accuracy {:.3}", score.accuracy());
    assert!(score.met_but_absent * 20 <= score.met, "{score:?}");
}

#[test]
fn a_firm_can_measure_its_own_library_on_its_own_labels() {
    let labels = format!("{FOLDER}/labels.jsonl");
    let table = out(&proviso(&["library", "evaluate", &labels, "--contracts", FOLDER, "--errors", "3"]));
    let total = evaluated().total();
    assert!(table.contains(&format!("{:.3}", total.f1())), "{table}");
    assert!(table.lines().filter(|l| l.contains("  labelled ")).count() == 3, "{table}");
    let wrong = proviso(&["library", "evaluate", "README.md", "--contracts", FOLDER]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(support::err(&wrong).contains("README.md: line 1"), "{}", support::err(&wrong));
}
