//! The README is true: its output is the program's, its table is the library's, its commands exist.

mod support;

use std::fs;
use std::path::Path;
use support::{out, proviso};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn the_excerpt_is_what_the_program_prints() {
    let readme = readme();
    let (_, rest) = readme.split_once("<!-- output of: ").unwrap();
    let (command, rest) = rest.split_once(" -->\n```text\n").unwrap();
    let (excerpt, _) = rest.split_once("```").unwrap();
    let args: Vec<&str> = command.split(' ').collect();
    let printed = out(&proviso(&args));
    assert!(excerpt.lines().count() > 10, "an excerpt is there");
    for part in excerpt.split("\n[...]\n") {
        assert!(
            printed.contains(part.trim_matches('\n')),
            "the program does not print this any more:\n{part}\n---\n{printed}"
        );
    }
}

#[test]
fn the_table_lists_the_library() {
    let readme = readme();
    let (_, rest) = readme.split_once("<!-- provisions -->\n").unwrap();
    let table: Vec<&str> = rest.lines().skip(2).take_while(|l| l.starts_with('|')).collect();
    let library = proviso::library::embedded::library().unwrap();
    let want: Vec<String> =
        library.provisions.iter().map(|p| format!("| {} | {} | {} |", p.id, p.title, p.severity.word())).collect();
    assert_eq!(table, want, "write this table:\n{}", want.join("\n"));
}

#[test]
fn every_command_of_the_readme_exists() {
    let readme = readme();
    let mut seen = 0;
    for line in readme.lines().filter_map(|l| l.strip_prefix("    proviso ")) {
        let subcommand = line.split(' ').next().unwrap();
        let help = out(&proviso(&[subcommand, "--help"]));
        for option in line.split(' ').filter(|w| w.starts_with("--")) {
            assert!(help.contains(option), "{subcommand} has no {option}");
        }
        seen += 1;
    }
    assert!(seen >= 5);
}
