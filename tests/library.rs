//! The clause library: the embedded form is that of the pages, every example gets its verdict, ids are frozen.

mod support;

use proviso::examples;
use proviso::library::folder::{files, load};
use proviso::library::{embedded, inflect};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with a stored file; writes it and fails where there is none.
fn golden(name: &str, got: &str) {
    let path = root().join("tests/golden").join(name);
    if let Ok(want) = fs::read_to_string(&path) {
        assert_eq!(got, want, "{name} differs; if that is meant, delete tests/golden/{name} and run again");
    } else {
        fs::write(&path, got).unwrap();
        panic!("tests/golden/{name} was not there and has been written; look at it and commit it");
    }
}

#[test]
fn the_embedded_library_is_that_of_the_pages() {
    let files = files(&root().join("clause-library")).unwrap();
    let library = load(&files, "").library.expect("the pages can be read");
    let (compiled, sources) = embedded::encode(&library, &files).unwrap();
    let stored = |name: &str| fs::read(root().join("clause-library").join(name)).unwrap();
    let stale = "run: cargo run --release -- library compile clause-library";
    assert!(compiled == stored("compiled.bin"), "clause-library/compiled.bin is stale; {stale}");
    assert!(sources == stored("sources.bin"), "clause-library/sources.bin is stale; {stale}");
}

#[test]
fn every_example_gets_its_verdict() {
    let files = files(&root().join("clause-library")).unwrap();
    let loaded = load(&files, "");
    let library = loaded.library.expect("the pages can be read");
    let mut wrong = String::new();
    let mut run = 0;
    for page in &loaded.pages {
        let outcome = examples::run(page, &library);
        run += outcome.run;
        for diagnostic in outcome.diagnostics.iter().filter(|d| !d.warning) {
            let _ = writeln!(
                wrong,
                "{}:{}: {}; {}",
                diagnostic.file,
                diagnostic.line(&page.text),
                diagnostic.message,
                diagnostic.help
            );
        }
    }
    assert!(run >= loaded.pages.len() * 8, "examples are run");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn provision_and_element_ids_are_frozen() {
    let library = embedded::library().unwrap();
    let mut out = String::new();
    for provision in &library.provisions {
        let ids = |all: &[proviso::library::Element]| all.iter().map(|e| e.id.as_str()).collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            out,
            "{}\n  elements: {}\n  adverse: {}",
            provision.id,
            ids(&provision.elements),
            ids(&provision.patterns)
        );
    }
    golden("ids.txt", &out);
}

/// Two words that share a form match each other. Each such pair is listed, so that a merge of different words shows.
#[test]
fn every_merge_of_words_is_listed() {
    let text = fs::read_to_string(root().join("clause-library/vocabulary.md")).unwrap();
    let entries = text.lines().filter(|l| !l.starts_with(['#', '>'])).flat_map(|l| l.split([',', ' ']));
    let mut words: Vec<&str> =
        entries.map(str::trim).filter(|w| w.chars().all(|c| c.is_ascii_lowercase()) && w.len() > 2).collect();
    words.sort_unstable();
    words.dedup();
    let mut by_form: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for word in &words {
        for form in inflect::forms(word) {
            by_form.entry(form).or_default().push(word);
        }
    }
    let mut out = String::new();
    for (form, mut words) in by_form {
        words.dedup();
        if words.len() > 1 {
            let _ = writeln!(out, "{form}: {}", words.join(" "));
        }
    }
    golden("merges.txt", &out);
}

#[test]
fn mistakes_in_a_page_are_shown_at_their_line() {
    let page = proviso::library::skeleton("price-review");
    let cases: [(&str, &str, &str, &str); 6] = [
        ("section", "## Look for", "## Loook for", "did you mean \"Look for\"?"),
        ("list", "before/12 NOTIFY", "before/12 NOTFY", "did you mean NOTIFY?"),
        ("rule", "before/12 NOTIFY before/12", "before/12 NOTIFY before/12 near", "expected a word, LIST"),
        ("formula", "- core: the-duty", "- core: the-dutty", "did you mean the-duty?"),
        ("attribute", "by: vendor", "by: everyone", "vendor, customer or anyone"),
        ("field", "severity = \"medium\"", "severity = \"grave\"", "expected one of"),
    ];
    for (name, from, to, help) in cases {
        let folder = support::folder(&format!("mistake-{name}"));
        let broken = page.replacen(from, to, 1);
        assert_ne!(broken, page, "{name}: the page holds {from}");
        let line = broken[..broken.find(to).unwrap()].matches('\n').count() + 1;
        fs::write(folder.join("price-review.md"), broken).unwrap();
        let output = support::proviso(&["library", "check", folder.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let shown = support::err(&output);
        assert!(shown.contains(&format!("price-review.md:{line}:")), "{name}: line {line} in\n{shown}");
        assert!(shown.contains(help), "{name}: {help} in\n{shown}");
    }
}

#[test]
fn the_same_id_twice_is_an_error() {
    let folder = support::folder("mistake-twice");
    let page = root().join("clause-library/incidents/breach-notification.md");
    fs::create_dir_all(folder.join("a")).unwrap();
    fs::copy(&page, folder.join("breach-notification.md")).unwrap();
    fs::copy(&page, folder.join("a/breach-notification.md")).unwrap();
    let output = support::proviso(&["library", "check", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(support::err(&output).contains("one page per id"), "{}", support::err(&output));
}

#[test]
fn the_skeleton_of_a_new_page_passes_its_own_tests() {
    let folder = support::folder("skeleton");
    let shown = folder.to_str().unwrap();
    assert_eq!(support::proviso(&["library", "new", "price-review", shown]).status.code(), Some(0));
    let output = support::proviso(&["library", "test", shown]);
    assert_eq!(output.status.code(), Some(0), "{}{}", support::out(&output), support::err(&output));
    let again = support::proviso(&["library", "new", "price-review", shown]);
    assert!(support::err(&again).contains("is there already"));
}
