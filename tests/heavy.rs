//! Hostile files of many megabytes, reviewed by the program within 512 MB and a time bound. Ignored, since the bounds are those
//! of a release build: `cargo test --release --test heavy -- --ignored`.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use support::package::{document, package, paragraph, relationships, zipped};

/// What a file may take. The slowest takes two seconds of a free core; CI's are shared.
const BOUND: Duration = Duration::from_secs(20);
/// Kilobytes of data that the program may hold.
const MEMORY: &str = "524288";

const DUTY: &str = "Supplier shall notify Customer of a personal data breach without undue delay. ";

/// Reviews a file of these bytes and returns what the program said of it.
fn review(name: &str, bytes: &[u8]) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("heavy");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    fs::write(&file, bytes).unwrap();
    let started = Instant::now();
    // `ulimit -d` counts the private memory of the process (setrlimit(2), RLIMIT_DATA): beyond it the program aborts.
    let output = Command::new("sh")
        .args(["-c", "ulimit -d \"$1\" && shift && exec \"$@\"", "sh", MEMORY, env!("CARGO_BIN_EXE_proviso"), "review"])
        .arg(&file)
        .args(["--format", "json", "--fail-on", "never"])
        .output()
        .unwrap();
    let taken = started.elapsed();
    let _ = fs::remove_file(&file);
    let said = support::err(&output);
    assert!(matches!(output.status.code(), Some(0 | 2)), "{name}: {:?} {said}", output.status);
    assert!(!said.contains("panicked") && !said.contains("defect") && !said.contains("wall-clock"), "{name}: {said}");
    assert!(output.status.code() == Some(0) || said.contains("; "), "{name}: no remedy: {said}");
    assert!(taken < BOUND, "{name}: {taken:?}");
    output
}

fn refused(name: &str, bytes: &[u8], flag: &str) {
    let output = review(name, bytes);
    let said = support::err(&output);
    assert!(output.status.code() == Some(2) && said.contains(flag), "{name}: {said}");
}

fn reviewed(name: &str, bytes: &[u8]) {
    let output = review(name, bytes);
    assert_eq!(output.status.code(), Some(0), "{name}: {}", support::err(&output));
}

fn docx(body: &str) -> Vec<u8> {
    package(&document(body), &[])
}

/// `text` repeated up to the most bytes and words that are read.
fn fill(text: &str) -> String {
    const BYTES: usize = 8_000_000;
    const WORDS: usize = 490_000;
    text.repeat((BYTES / text.len()).min(WORDS / text.split_whitespace().count().max(1)))
}

#[test]
#[ignore = "heavy: needs a release build"]
fn bombs_are_refused() {
    let main = document(&paragraph(&"x".repeat(300 << 20)));
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let bomb = zipped(&[("_rels/.rels", root.as_bytes()), ("word/document.xml", main.as_bytes())], true);
    refused("bomb.docx", &bomb, "--max-inflated");
    let names: Vec<String> = (0..30_000).map(|n| format!("word/media/{n}.bin")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    refused("entries.docx", &zipped(&entries, false), "--max-entries");
}

#[test]
#[ignore = "heavy: needs a release build"]
fn what_is_beyond_the_limits_is_refused_by_them() {
    refused("paragraph.md", DUTY.repeat(50_000_000 / DUTY.len()).as_bytes(), "--max-text");
    refused("paragraph.docx", &docx(&paragraph(&DUTY.repeat(50_000_000 / DUTY.len()))), "--max-text");
    refused("word.txt", "a".repeat(50_000_000).as_bytes(), "--max-text");
    refused("tiny.md", "x\n\n".repeat(1_000_000).as_bytes(), "--max-");
    refused("tiny.docx", &docx(&paragraph("x").repeat(1_000_000 / 2)), "--max-");
    refused("empty.docx", &docx(&("<w:p/>".repeat(1_900_000) + &paragraph("x"))), "--max-paragraphs");
    refused("deep.md", "- ".repeat(2_000_000).as_bytes(), "--max-depth");
}

#[test]
#[ignore = "heavy: needs a release build"]
fn repeated_marks_take_no_longer_than_text() {
    let marks = [
        "[", "![", "[a](", "[a]", "[^a]", "`", "` ", "*a ", "_a ", "~~a ", "<", "<a ", "<!--", "<a b='", "|", "#", "(",
        "\"", "“a” ", "&", "\\", "☐ ", "____ ", "{a ", "\u{202e}", "\u{200b}", "a. ", "(a) ", "\0",
    ];
    for (n, mark) in marks.into_iter().enumerate() {
        review(
            &format!("mark-{n}.md"),
            format!("# Title\n\nHello\n\n{}\n", mark.repeat(2_000_000 / mark.len())).as_bytes(),
        );
    }
    review("nested.md", (0..1_500).map(|n| format!("{}- a\n", "  ".repeat(n))).collect::<String>().as_bytes());
    review("script.md", format!("<div>\n{}", "<script>a</script>".repeat(150_000)).as_bytes());
}

#[test]
#[ignore = "heavy: needs a release build"]
fn one_thing_said_over_and_over_is_read() {
    let said = [
        DUTY,
        "supplier shall notify customer of a breach ",
        "See Section 5.2(b) and Clause 7 of the Act. ",
        "within 72 hours ",
        "[●] [insert name] ____ ",
        "\"Data\" means x. ",
        "Acme Ltd (\"Party\") and ",
        "(a) the thing; or\n",
        "Supplier shall:\n",
        "a. ",
        "a.",
    ];
    for (n, words) in said.into_iter().enumerate() {
        reviewed(&format!("said-{n}.md"), format!("# Terms\n\nThe terms.\n\n{}", fill(words)).as_bytes());
    }
}

#[test]
#[ignore = "heavy: needs a release build"]
fn many_paragraphs_are_read() {
    let said =
        [DUTY, "Supplier shall:", "1.1 Audit.", "- notify", "\"Data\" means x.", "Schedule 1", "Title\t12", "# Data"];
    for (n, words) in said.into_iter().enumerate() {
        let count = 110_000.min(490_000 / words.split_whitespace().count());
        reviewed(&format!("paragraphs-{n}.md"), format!("{words}\n\n").repeat(count).as_bytes());
    }
    let numbered: String =
        (0..100_000).map(|n| format!("{}.{} Supplier shall notify.\n\n", n / 50 + 1, n % 50 + 1)).collect();
    reviewed("numbered.md", numbered.as_bytes());
    reviewed("paragraphs.docx", &docx(&paragraph("1. Supplier shall.").repeat(160_000)));
}

#[test]
#[ignore = "heavy: needs a release build"]
fn large_parts_of_every_kind_are_read() {
    let word = support::package::WORD;
    let text = paragraph("Supplier shall notify.");
    reviewed("runs.docx", &docx(&format!("<w:p>{}</w:p>", "<w:r><w:t>a </w:t></w:r>".repeat(300_000))));
    reviewed(
        "fields.docx",
        &docx(&("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>".repeat(90_000) + &text)),
    );
    reviewed("changes.docx", &docx(&("<w:ins w:id=\"1\" w:author=\"a\">".repeat(4_000) + &text.repeat(50_000))));
    reviewed(
        "references.docx",
        &docx(&format!("<w:p>{}</w:p>{text}", "<w:r><w:footnoteReference w:id=\"1\"/></w:r>".repeat(300_000))),
    );
    let styles: String = (0..300_000)
        .map(|n| format!("<w:style w:styleId=\"s{n}\"><w:basedOn w:val=\"s{}\"/></w:style>", n + 1))
        .collect();
    let styles = format!("<w:styles {word}>{styles}</w:styles>");
    reviewed("styles.docx", &package(&document(&text), &[("styles", "styles.xml", &styles)]));
    let level = format!("<w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"{}\"/></w:lvl>", "%1".repeat(20_000));
    let numbering = format!(
        "<w:numbering {word}><w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    reviewed("labels.docx", &package(&document(&item.repeat(20_000)), &[("numbering", "numbering.xml", &numbering)]));
    let headers: Vec<String> = (0..60_000).map(|n| format!("h{n}.xml")).collect();
    let own = relationships(&headers.iter().map(|h| ("header", h.as_str())).collect::<Vec<_>>());
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let main = document(&text);
    let entries = [
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
    ];
    reviewed("headers.docx", &zipped(&entries, false));
}

#[test]
#[ignore = "heavy: needs a release build"]
fn pages_take_no_longer_than_text() {
    refused("paragraph.html", format!("<p>{}", DUTY.repeat(50_000_000 / DUTY.len())).as_bytes(), "--max-text");
    refused("tiny.html", "<p>x</p>".repeat(1_000_000).as_bytes(), "--max-paragraphs");
    let marks = [
        "<div>",
        "<b>",
        "<p>",
        "<a href=#>",
        "<ul><li>",
        "<table><tr><td>",
        "</div>",
        "<!--",
        "<script>",
        "<svg>",
        "<td rowspan=9999 colspan=999>",
        "<li value=9>",
        "<a b=\"",
        "<",
        "&",
        "&amp",
        "<![CDATA[",
        "<q>",
        "<bdo dir=rtl>",
        "<p title='",
        "<br>",
        "<ins>",
        "<nav>",
        "<x y",
        "</",
        "<h1>",
        "<dl><dt>",
        "<h1>a<div>",
    ];
    for (n, mark) in marks.into_iter().enumerate() {
        let page = format!("<!doctype html><p>The Supplier shall notify.</p>{}", mark.repeat(4_000_000 / mark.len()));
        review(&format!("page-{n}.html"), page.as_bytes());
    }
    let table = format!("<table>{}</table>", "<tr><td rowspan=200 colspan=200>a</td><td>b</td></tr>".repeat(60_000));
    review("table.html", table.as_bytes());
    let turned = format!("<p>{}</p>", "\u{202e}Supplier shall notify. ".repeat(100_000));
    reviewed("turned.html", turned.as_bytes());
    let turned = format!("{}\n\n", DUTY.replace("shall", "shall \u{202e}ton")).repeat(30_000);
    reviewed("turned.md", turned.as_bytes());
}
