//! Real contracts and labels, in the folder that `PROVISO_CORPUS` names. Run them with
//! `PROVISO_CORPUS=../shared cargo test --release --test corpus -- --ignored`.

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::{out, proviso};

fn corpus() -> PathBuf {
    let folder = std::env::var_os("PROVISO_CORPUS").expect("set PROVISO_CORPUS to the folder of labelled contracts");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    assert!(path.join("gold").is_dir(), "{} holds no folder \"gold\"", path.display());
    path
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
#[ignore = "needs PROVISO_CORPUS"]
fn every_contract_gives_one_line_and_the_same_bytes_each_time() {
    let folders = [corpus().join("gold/contracts"), corpus().join("docx/contracts")];
    let args = ["review", &shown(&folders[0]), &shown(&folders[1]), "--format", "jsonl", "--fail-on", "never"]
        .map(String::from);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let first = proviso(&args);
    assert_eq!(first.status.code(), Some(0), "{}", support::err(&first));
    assert_eq!(first.stdout, proviso(&args).stdout, "the same input gives the same bytes");
    let lines: Vec<Value> = out(&first).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(
        lines.len(),
        folders.iter().map(|f| files(f)).sum::<usize>() + 1,
        "a line for every file, and the summary"
    );
    assert!(lines.iter().all(|l| l["status"] != "failed"));
}

#[test]
#[ignore = "needs PROVISO_CORPUS"]
fn odd_files_are_read_or_refused_and_never_panic() {
    let folder = corpus().join("docx/odd");
    let output = proviso(&["review", &shown(&folder), "--format", "jsonl", "--fail-on", "never"]);
    assert!(matches!(output.status.code(), Some(0 | 2)), "{:?}", output.status);
    assert!(!support::err(&output).contains("panicked"), "{}", support::err(&output));
    let lines: Vec<Value> = out(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let failed = lines.iter().filter(|l| l["status"] == "failed");
    assert!(failed.clone().all(|l| l["error"].as_str().is_some_and(|e| e.contains("; "))), "each error has its remedy");
    assert!(lines.len() > 100 && failed.count() < lines.len() / 2);
}

#[test]
#[ignore = "needs PROVISO_CORPUS"]
fn every_quote_of_every_contract_is_the_text_at_its_offsets() {
    let folder = corpus().join("gold/contracts");
    let output = proviso(&["review", &shown(&folder), "--format", "jsonl", "--fail-on", "never"]);
    for line in out(&output).lines() {
        let document: Value = serde_json::from_str(line).unwrap();
        let Some(path) = document["path"].as_str().filter(|p| !p.is_empty()) else { continue };
        let text = out(&proviso(&["text", &shown(&folder.parent().unwrap().join(path))]));
        for evidence in document["findings"].as_array().unwrap().iter().flat_map(|f| f["evidence"].as_array().unwrap())
        {
            let at = |key: &str| usize::try_from(evidence[key].as_u64().unwrap()).unwrap();
            assert_eq!(&text[at("start")..at("end")], evidence["quote"].as_str().unwrap(), "{path}");
        }
    }
}

/// The figures of the labelled contracts, by their own scorer.
#[test]
#[ignore = "needs PROVISO_CORPUS"]
fn the_labelled_contracts_are_judged_within_the_targets() {
    if Command::new("python3").arg("--version").output().is_err() {
        assert!(std::env::var_os("PROVISO_REQUIRE_PEERS").is_none(), "python3 not found");
        eprintln!("skipped: python3 not found");
        return;
    }
    let gold = corpus().join("gold");
    let review = proviso(&["review", &shown(&gold.join("contracts")), "--format", "jsonl", "--fail-on", "never"]);
    let library = proviso::library::embedded::library().unwrap();
    let ids: Vec<&str> = library.provisions.iter().map(|p| p.id.as_str()).collect();
    let mut scorer = Command::new("python3")
        .arg(gold.join("score.py"))
        .arg(gold.join("labels.jsonl"))
        .args(["--json", "--provisions", &ids.join(",")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut scorer.stdin.take().unwrap(), &review.stdout).unwrap();
    let scores: Value = serde_json::from_slice(&scorer.wait_with_output().unwrap().stdout).unwrap();
    println!("{scores:#}");
    let figure = |name: &str| scores[name].as_f64().unwrap();
    assert!(figure("found.f1") >= 0.85, "found F1 {}", figure("found.f1"));
    assert!(figure("wrong.met_but_absent") <= 0.05, "wrong met {}", figure("wrong.met_but_absent"));
}
