//! Computed numbers of real contracts against those that `LibreOffice` prints in its text export. It needs both:
//! `PROVISO_CORPUS=../shared cargo test --release --test numbers -- --ignored`.

mod support;

use proviso::source::{Block, Contract, Format, Limits, Place, View, project, read};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use support::{out, proviso};

/// Share of numbered paragraphs whose label must be the one that `LibreOffice` prints.
const EQUAL: f64 = 0.99;

/// Share of the export's lines that must be found again as paragraphs.
const ALIGNED: f64 = 0.99;

/// A conversion takes some seconds; one that takes this long hangs.
const PATIENCE: Duration = Duration::from_mins(3);

/// Contracts that `LibreOffice` does not open, and why.
const REFUSED: [(&str, &str); 1] = [(
    "safedocx-ilpa-atomizer-redline.docx",
    "its sections refer to headers by relationships that the package lacks or that lead to footers",
)];

/// Paragraphs whose label differs and is Word's: file, start of the text, and the rule (ECMA-376 part 1). None does.
const WORDS_OWN: [(&str, &str, &str); 0] = [];

fn contracts() -> Vec<PathBuf> {
    let folder = std::env::var_os("PROVISO_CORPUS").expect("set PROVISO_CORPUS to the folder of labelled contracts");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("docx/contracts");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

/// The text export of a file; `None` where `LibreOffice` makes none. Each conversion has a profile of its own, so that
/// they run side by side and leave the user's settings alone.
fn export(file: &Path, scratch: &Path) -> Option<String> {
    let stem = file.file_stem().unwrap();
    let folder = scratch.join(stem);
    std::fs::create_dir_all(&folder).unwrap();
    let mut child = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .args([&folder, file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let end = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            let _ = child.kill();
            panic!("soffice hangs over {}", file.display());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let text = std::fs::read_to_string(folder.join(stem).with_extension("txt")).ok();
    std::fs::remove_dir_all(&folder).unwrap();
    text
}

/// The exports of all files, as many at a time as there are processors.
fn exports(files: &[PathBuf]) -> Vec<(PathBuf, Option<String>)> {
    let scratch = support::folder("numbers");
    let (waiting, done) = (Mutex::new(files.iter()), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            threads.spawn(|| {
                loop {
                    let Some(file) = waiting.lock().unwrap().next() else { break };
                    let text = export(file, &scratch);
                    done.lock().unwrap().push((file.clone(), text));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort();
    done
}

/// A paragraph, or the first line of one that is broken into lines, as Proviso reads it.
struct Ours {
    label: String,
    bullet: bool,
    text: String,
    letters: String,
}

/// A line of the export: label, if any, and text in one.
struct Theirs {
    line: String,
    letters: String,
}

/// Words parted by single spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a line is known by: its letters. Figures of note references and fields are not the same in both.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The lines that the export prints too: it leaves out notes, headers, footers and text boxes.
fn ours(text: &str, blocks: &[Block]) -> Vec<Ours> {
    let printed = |b: &&Block| matches!(b.place, Place::Body | Place::Cell { .. } | Place::Contents);
    let mut out = Vec::new();
    for block in blocks.iter().filter(printed) {
        for (index, line) in block.span.of(text).split('\n').filter(|l| !l.trim().is_empty()).enumerate() {
            let first = index == 0;
            let label = block.label.as_deref().filter(|_| first).map(words).unwrap_or_default();
            out.push(Ours { label, bullet: block.bullet && first, text: words(line), letters: letters(line) });
        }
    }
    out
}

fn theirs(text: &str) -> Vec<Theirs> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(words).filter(|l| !l.is_empty());
    lines.map(|line| Theirs { letters: letters(&line), line }).collect()
}

/// Bytes of letters that a label may have.
const LONGEST_LABEL: usize = 24;

/// Bytes of letters that say as much as more of them.
const TELLING: usize = 60;

/// How sure it is that a line is the paragraph: by its letters; by its figures and signs where it has none; 0 where it
/// is another.
fn likeness(ours: &Ours, theirs: &Theirs) -> u32 {
    let label = if ours.letters.is_empty() {
        theirs.line.strip_suffix(ours.text.as_str()).filter(|l| l.is_empty() || l.ends_with(' '))
    } else {
        theirs.letters.strip_suffix(ours.letters.as_str())
    };
    let telling = u32::try_from(ours.letters.len().min(TELLING)).unwrap_or_default();
    if label.is_some_and(|l| l.len() <= LONGEST_LABEL) { 1 + telling } else { 0 }
}

/// Pairs of (paragraph, line) in order, as many and as long as possible.
fn align(ours: &[Ours], theirs: &[Theirs]) -> Vec<(usize, usize)> {
    let (rows, columns) = (ours.len(), theirs.len());
    let mut best = vec![vec![0u32; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let like = likeness(&ours[i], &theirs[j]);
            let pair = if like > 0 { like + best[i + 1][j + 1] } else { 0 };
            best[i][j] = pair.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < rows && j < columns {
        let like = likeness(&ours[i], &theirs[j]);
        if like > 0 && best[i][j] == like + best[i + 1][j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// What stands in front of the paragraph's text in the line.
fn label<'a>(ours: &Ours, theirs: &'a Theirs) -> &'a str {
    let before = match theirs.line.strip_suffix(ours.text.as_str()) {
        Some(before) => before,
        None => before_letters(ours, &theirs.line),
    };
    // A label is parted from the text by a space; the figure of a note reference is not.
    if before.ends_with(' ') { before.trim() } else { before.trim_end_matches(char::is_numeric).trim() }
}

/// What stands in front of the paragraph's letters and of the signs before them; the export has figures of note
/// references among those.
fn before_letters<'a>(ours: &Ours, line: &'a str) -> &'a str {
    let first = ours.text.chars().filter(|c| c.is_alphabetic()).count().saturating_sub(1);
    let start =
        line.char_indices().rev().filter(|(_, c)| c.is_alphabetic()).nth(first).map_or(line.len(), |(at, _)| at);
    let mut before = &line[..start];
    let signs: Vec<char> = ours.text.chars().take_while(|c| !c.is_alphabetic()).filter(|c| *c != ' ').collect();
    for sign in signs.into_iter().rev() {
        let figures = before.trim_end_matches(|c: char| c.is_numeric() || c == ' ');
        before = before.trim_end().strip_suffix(sign).or_else(|| figures.strip_suffix(sign)).unwrap_or(before);
    }
    before
}

/// What a comparison found.
#[derive(Default)]
struct Found {
    /// Paragraphs with a number on either side, and those where both have the same.
    numbered: usize,
    equal: usize,
    /// Lines of the export, and those that are no paragraph of ours.
    lines: usize,
    strange: usize,
    /// Differences in words, and those that [`WORDS_OWN`] explains.
    different: Vec<String>,
    explained: BTreeSet<usize>,
}

fn compare(name: &str, contract: &Contract, export: &str, found: &mut Found) {
    let (ours, theirs) = (ours(&contract.text, &contract.blocks), theirs(export));
    let pairs = align(&ours, &theirs);
    found.lines += theirs.len();
    found.strange += theirs.len() - pairs.len();
    let aligned: BTreeSet<usize> = pairs.iter().map(|p| p.0).collect();
    let lost = (0..ours.len()).filter(|i| !aligned.contains(i)).map(|i| (&ours[i], "no such paragraph"));
    let pairs = pairs.iter().map(|&(i, j)| (&ours[i], label(&ours[i], &theirs[j])));
    for (paragraph, said) in pairs.chain(lost.filter(|(o, _)| !o.label.is_empty())) {
        let bullets = paragraph.bullet && said.chars().count() == 1;
        if bullets || paragraph.label.is_empty() && said.is_empty() {
            continue;
        }
        found.numbered += 1;
        let own = WORDS_OWN.iter().position(|(file, text, _)| *file == name && paragraph.text.starts_with(text));
        if let Some(own) = own {
            found.explained.insert(own);
        }
        if own.is_some() || paragraph.label == said {
            found.equal += 1;
        } else {
            let start: String = paragraph.text.chars().take(60).collect();
            found.different.push(format!("{name}: {:?}, LibreOffice {said:?}: {start}", paragraph.label));
        }
    }
}

/// `proviso text --numbered` prints each label in front of its paragraph.
fn printed(file: &Path, contract: &Contract) {
    let text = out(&proviso(&["text", "--numbered", &file.to_string_lossy()]));
    let mut at = 0;
    for block in &contract.blocks {
        let Some(label) = &block.label else { continue };
        let line = format!("{label} {}", block.span.of(&contract.text));
        at += text[at..].find(&line).unwrap_or_else(|| panic!("{}: {line}", name(file))) + line.len();
    }
}

#[test]
#[ignore = "needs PROVISO_CORPUS"]
fn labels_are_those_that_libreoffice_prints() {
    if Command::new("soffice").arg("--version").output().is_err() {
        assert!(std::env::var_os("PROVISO_REQUIRE_PEERS").is_none(), "soffice not found: install libreoffice-writer");
        eprintln!("skipped: soffice not found");
        return;
    }
    let mut found = Found::default();
    for (file, text) in exports(&contracts()) {
        let contract = accepted(&std::fs::read(&file).unwrap());
        printed(&file, &contract);
        let refused = REFUSED.iter().find(|(refused, _)| *refused == name(&file));
        match (text, refused) {
            (Some(text), _) => compare(&name(&file), &contract, &text, &mut found),
            (None, Some((refused, why))) => println!("{refused}: not opened by LibreOffice: {why}"),
            (None, None) => panic!("{}: LibreOffice makes no text of it", file.display()),
        }
    }
    println!("{} of {} labels equal", found.equal, found.numbered);
    println!("{} of {} lines found again", found.lines - found.strange, found.lines);
    println!("{}", found.different.join("\n"));
    assert!(found.numbered > 2_000, "the contracts are numbered");
    assert!(found.equal as f64 >= EQUAL * found.numbered as f64, "labels differ");
    assert!(found.strange as f64 <= (1.0 - ALIGNED) * found.lines as f64, "lines were not found again");
    assert_eq!(found.explained.len(), WORDS_OWN.len(), "a listed difference is gone");
}

fn accepted(bytes: &[u8]) -> Contract {
    project(&read(bytes, Format::Docx, &Limits::default()).unwrap(), View::Accepted)
}
