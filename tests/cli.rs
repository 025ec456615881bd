//! The command line as a user meets it: exit codes, streams, bad input.

mod support;

use std::fs;
use support::{err, folder, out, piped, proviso};

const GOOD: &str = "tests/corpus/strong-dpa.md";
const WEAK: &str = "tests/corpus/weak-services.md";

#[test]
fn gaps_at_or_above_the_threshold_give_1_and_none_gives_0() {
    assert_eq!(proviso(&["review", WEAK]).status.code(), Some(1));
    assert_eq!(proviso(&["review", WEAK, "--fail-on", "never"]).status.code(), Some(0));
    let good = proviso(&["review", GOOD, "--fail-on", "high"]);
    assert_eq!(good.status.code(), Some(0), "{}", out(&good));
}

#[test]
fn what_cannot_be_read_gives_2_and_the_other_files_go_on() {
    let folder = folder("bad-files");
    fs::copy(WEAK, folder.join("a.md")).unwrap();
    fs::write(folder.join("b.docx"), b"no package").unwrap();
    fs::write(folder.join("c.md"), b"").unwrap();
    fs::copy(GOOD, folder.join("d.md")).unwrap();
    let output = proviso(&["review", folder.to_str().unwrap(), "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(2), "errors win over gaps");
    let lines: Vec<serde_json::Value> = out(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let states: Vec<&str> = lines.iter().filter_map(|l| l["status"].as_str()).collect();
    assert_eq!(states, ["reviewed", "failed", "failed", "reviewed"]);
    assert_eq!(lines.last().unwrap()["summary"], true);
    assert!(
        err(&output).contains("bad-files/b.docx:") && err(&output).contains("bad-files/c.md: the file is empty"),
        "{}",
        err(&output)
    );
}

#[test]
fn errors_name_the_file_and_the_remedy() {
    let empty = folder("empty-folder");
    let cases: [(&[&str], &str); 7] = [
        (&["review", "no-such-file.docx"], "no-such-file.docx: there is no such file or folder; check the spelling"),
        (&["review", empty.to_str().unwrap()], "the folder holds no contract file"),
        (&["text", "no-such-file.docx"], "no-such-file.docx: there is no such file"),
        (&["text", "samples"], "samples: this is a folder"),
        (&["review", WEAK, "--profile", "gdrp"], "there is no profile \"gdrp\""),
        (&["explain", "breach-notifcation", WEAK], "did you mean breach-notification?"),
        (&["clauses", "Cargo.toml"], "Cargo.toml: the format cannot be told from the name"),
    ];
    for (args, want) in cases {
        let output = proviso(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(err(&output).contains(want), "{args:?}: {}", err(&output));
    }
}

#[test]
fn old_word_files_and_others_are_refused_by_name() {
    let folder = folder("other-kinds");
    let cases: [(&str, &[u8], &str); 3] = [
        ("old.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "an old Word document (.doc); open it in Word"),
        ("scan.docx", b"%PDF-1.7", "a PDF"),
        ("rich.docx", b"{\\rtf1}", "rich text"),
    ];
    for (name, bytes, want) in cases {
        let file = folder.join(name);
        fs::write(&file, bytes).unwrap();
        let output = proviso(&["review", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(want), "{name}: {}", err(&output));
    }
}

#[test]
fn a_pdf_or_old_word_file_in_a_folder_is_named_and_never_passed_over() {
    let folder = folder("with-pdf");
    fs::copy(GOOD, folder.join("a.md")).unwrap();
    fs::write(folder.join("signed.PDF"), b"%PDF-1.7").unwrap();
    fs::write(folder.join("old.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old").unwrap();
    fs::write(folder.join("picture.png"), b"png").unwrap();
    let output = proviso(&["review", folder.to_str().unwrap(), "--format", "jsonl", "--fail-on", "never"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = err(&output);
    assert!(errors.contains("with-pdf/signed.PDF: the file is a PDF; supply the Word file"), "{errors}");
    assert!(errors.contains("with-pdf/old.doc: the file is an old Word document (.doc); open it in Word"), "{errors}");
    assert_eq!(out(&output).lines().count(), 4, "three documents and the summary; a picture is no contract");
}

#[test]
fn standard_input_needs_its_format_named() {
    let text = fs::read(WEAK).unwrap();
    let unnamed = piped(&["review", "-"], &text);
    assert_eq!(unnamed.status.code(), Some(2));
    assert!(err(&unnamed).contains("--format-in"));
    let named = piped(&["review", "-", "--format-in", "md", "--format", "json"], &text);
    assert_eq!(named.status.code(), Some(1), "{}", err(&named));
    let json: serde_json::Value = serde_json::from_str(&out(&named)).unwrap();
    assert_eq!(json["documents"][0]["path"], "-");
}

#[test]
fn a_text_in_another_language_is_not_reviewed_but_can_be_read() {
    let file = folder("german").join("vertrag.md");
    let sentence = "Der Auftragnehmer verarbeitet personenbezogene Daten ausschließlich auf dokumentierte Weisung des Auftraggebers. ";
    fs::write(&file, format!("# Vertrag\n\n1. {}\n", sentence.repeat(12))).unwrap();
    let file = file.to_str().unwrap();
    let review = proviso(&["review", file]);
    assert_eq!(review.status.code(), Some(2));
    assert!(err(&review).contains("German"), "{}", err(&review));
    assert!(out(&proviso(&["text", file])).contains("Weisung"));
    assert_eq!(proviso(&["clauses", file]).status.code(), Some(0));
}

#[test]
fn a_pipe_gets_no_colour_and_the_same_bytes_each_time() {
    let first = proviso(&["review", "samples", "--fail-on", "never"]);
    let second = proviso(&["review", "samples", "--fail-on", "never"]);
    assert_eq!(first.stdout, second.stdout);
    assert!(!first.stdout.contains(&0x1b), "no escape codes in a pipe");
    assert!(!first.stdout.is_empty());
}

#[test]
fn outputs_are_written_whole_or_not_at_all() {
    let folder = folder("outputs");
    let target = folder.join("report.json");
    let output = proviso(&["review", WEAK, "--format", "json", "--output", target.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let written: serde_json::Value = serde_json::from_slice(&fs::read(&target).unwrap()).unwrap();
    assert_eq!(written["documents"].as_array().unwrap().len(), 1);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no part file is left");
    let nowhere = folder.join("none/report.json");
    let output = proviso(&["review", WEAK, "--output", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("cannot be written"));
}

#[test]
fn several_files_are_judged_as_one() {
    let alone = out(&proviso(&["review", WEAK, "--format", "json"]));
    let both = out(&proviso(&["review", WEAK, "--together", GOOD, "--format", "json"]));
    let status = |json: &str| {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let findings = json["documents"][0]["findings"].as_array().unwrap().clone();
        let breach = findings.iter().find(|f| f["provision"] == "breach-notification").unwrap().clone();
        (
            breach["status"].as_str().unwrap().to_string(),
            breach["evidence"][0]["file"].as_str().unwrap_or_default().to_string(),
        )
    };
    assert_eq!(status(&alone).0, "missing");
    assert_eq!(status(&both), ("met".into(), GOOD.into()));
}

#[test]
fn paths_are_relative_to_what_was_given() {
    let folder = folder("paths");
    fs::create_dir_all(folder.join("in/deep")).unwrap();
    fs::copy(WEAK, folder.join("in/deep/weak services.md")).unwrap();
    let output = proviso(&["review", folder.join("in").to_str().unwrap(), "--format", "jsonl", "--fail-on", "never"]);
    let line: serde_json::Value = serde_json::from_str(out(&output).lines().next().unwrap()).unwrap();
    assert_eq!(line["path"], "in/deep/weak services.md");
}

#[test]
fn every_subcommand_explains_itself() {
    for args in [
        &["--help"][..],
        &["review", "--help"],
        &["text", "--help"],
        &["clauses", "--help"],
        &["explain", "--help"],
        &["library", "--help"],
    ] {
        let output = proviso(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(out(&output).contains("Usage:"), "{args:?}");
    }
    assert!(out(&proviso(&["completions", "bash"])).contains("proviso"));
    assert!(out(&proviso(&["man"])).contains(".TH"));
    let typo = proviso(&["reveiw", WEAK]);
    assert_eq!(typo.status.code(), Some(2));
    assert!(err(&typo).contains("review"), "{}", err(&typo));
}

#[test]
fn the_command_line_is_sound() {
    use clap::CommandFactory as _;
    proviso::cli::Cli::command().debug_assert();
}

#[test]
fn text_and_clauses_show_what_was_understood() {
    let text = out(&proviso(&["text", WEAK]));
    assert!(text.contains("Either party may terminate"));
    let clauses: serde_json::Value = serde_json::from_str(&out(&proviso(&["clauses", WEAK, "--json"]))).unwrap();
    let labels: Vec<&str> = clauses.as_array().unwrap().iter().filter_map(|c| c["label"].as_str()).collect();
    assert!(labels.contains(&"1.1"), "{labels:?}");
}

#[test]
fn a_library_folder_adds_pages_and_replaces_those_of_the_same_id() {
    let folder = folder("own-library");
    let shown = folder.to_str().unwrap();
    assert_eq!(proviso(&["library", "new", "price-review", shown]).status.code(), Some(0));
    let page = fs::read_to_string(folder.join("price-review.md")).unwrap();
    let replaced = page.replace("title = \"price-review\"", "title = \"Our own breach page\"");
    fs::write(folder.join("breach-notification.md"), replaced).unwrap();
    let report: serde_json::Value =
        serde_json::from_str(&out(&proviso(&["review", WEAK, "--library", shown, "--format", "json"]))).unwrap();
    let findings = report["documents"][0]["findings"].as_array().unwrap();
    let own = proviso::library::embedded::library().unwrap().provisions.len();
    assert_eq!(findings.len(), own + 1);
    let breach = findings.iter().find(|f| f["provision"] == "breach-notification").unwrap();
    assert_eq!(breach["title"], "Our own breach page");
    let limits = report["header"]["limits"].to_string();
    assert!(
        limits.contains("was not measured for this library"),
        "figures of another library are not repeated: {limits}"
    );
}

#[test]
fn from_the_vendors_side_absent_protections_are_no_gaps() {
    let output = proviso(&["review", WEAK, "--we-are", "vendor", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(report["summary"]["missing"], 0);
    assert_eq!(report["header"]["matter"]["we_are"], "vendor");
    assert_eq!(
        report["documents"][0]["findings"].as_array().unwrap().len(),
        proviso::library::embedded::library().unwrap().provisions.len()
    );
}

#[test]
fn detail_gaps_leaves_out_what_is_addressed() {
    let statuses = |args: &[&str]| -> Vec<String> {
        let report: serde_json::Value = serde_json::from_str(&out(&proviso(args))).unwrap();
        let findings = report["documents"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|f| f["status"].as_str().unwrap().to_string()).collect()
    };
    assert!(statuses(&["review", GOOD, "--format", "json"]).contains(&"met".into()));
    assert!(!statuses(&["review", GOOD, "--format", "json", "--detail", "gaps"]).contains(&"met".into()));
}

#[test]
fn facts_are_shown_with_their_words() {
    let facts = out(&proviso(&["clauses", WEAK, "--facts"]));
    assert!(facts.contains("party         Supplier") && facts.contains("party         Client"), "{facts}");
    assert!(facts.contains("30 days"), "{facts}");
    let json: serde_json::Value =
        serde_json::from_str(&out(&proviso(&["clauses", WEAK, "--facts", "--json"]))).unwrap();
    assert_eq!(json["language"], "English");
    assert_eq!(json["parties"][0]["role"], "vendor");
}
