//! What holds of every agreement: written as Markdown, as DOCX with typed numbers and as DOCX with automatic ones it
//! has the same clauses and findings; quotes are the text at their offsets; spans lie on character boundaries.

mod support;

use proviso::assess::Finding;
use proviso::library::{Library, embedded};
use proviso::review::{self, Bytes};
use proviso::source::{Format, Limits, View, Views};
use std::sync::LazyLock;
use support::package::{WORD, document, package};
use support::random::Random;

const CASES: u64 = 50;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| embedded::library().unwrap());

/// A numbered agreement: sections of clauses of items.
struct Agreement {
    title: String,
    preamble: String,
    sections: Vec<Section>,
    /// Rows of two cells after the last clause.
    table: Vec<[&'static str; 2]>,
}

struct Section {
    heading: &'static str,
    clauses: Vec<Clause>,
}

struct Clause {
    /// A heading in bold at the start of its paragraph.
    run_in: &'static str,
    text: String,
    items: Vec<&'static str>,
}

const HEADINGS: [&str; 8] = [
    "Security",
    "Personal Data",
    "Incidents",
    "Audits",
    "Subprocessors",
    "Term and Termination",
    "Fees",
    "Confidential Information",
];

const SENTENCES: [&str; 16] = [
    "The Supplier shall notify the Customer of a personal data breach without undue delay and in any event within 48 hours.",
    "The Supplier may notify the Customer of an incident where it sees fit.",
    "The Customer may audit the Supplier once a year on thirty (30) days’ notice.",
    "The Supplier shall not engage a subprocessor without the prior written consent of the Customer.",
    "On termination the Supplier shall delete or return all personal data within 30 days, and confirm it in writing.",
    "The Supplier shall encrypt personal data in transit & at rest.",
    "The Supplier shall process personal data only on the documented instructions of the Customer.",
    "Each party shall keep the other party’s Confidential Information secret for 5 years.",
    "The Supplier shall grant access to personal data to persons who need it, and to no others.",
    "The Supplier shall not transfer personal data outside the European Economic Area.",
    "“Personal Data” means data about a natural person – wherever it is kept.",
    "The fees are due within 14 days (see Section 1.1).",
    "The Supplier shall assist the Customer with requests of data subjects.",
    "Nothing in this Agreement limits liability for fraud; each party bears its own costs.",
    "The Supplier has no duty to notify the Customer of a breach of security.",
    "The façade shall be painted in 2 coats at no more than € 1,000 <net>.",
];

const ITEMS: [&str; 6] = [
    "notify the Customer of any breach of security within 24 hours;",
    "keep records of the processing;",
    "delete personal data at the end of the services;",
    "make available all information that is needed to show compliance;",
    "train its staff once a year; and",
    "restrict access to those who need it.",
];

const RUN_IN: [&str; 4] = ["Notice.", "Right to Audit.", "Return of Data.", "Staff."];

const ROWS: [[&str; 2]; 4] = [
    ["Subprocessor", "Purpose"],
    ["Cloud Ltd", "hosting of the services"],
    ["Breach", "The Supplier shall notify the Customer within 24 hours."],
    ["Deletion", "within 30 days of the end of the term"],
];

fn agreement(random: &mut Random) -> Agreement {
    let section = |random: &mut Random| Section {
        heading: HEADINGS[random.below(HEADINGS.len())],
        clauses: (0..=random.below(4)).map(|_| clause(random)).collect(),
    };
    Agreement {
        title: "Services Agreement".into(),
        preamble:
            "This Agreement is between Acme Ltd (“Supplier”), which provides the services, and Bolt Inc. (“Customer”)."
                .into(),
        sections: (0..2 + random.below(4)).map(|_| section(random)).collect(),
        table: ROWS[..random.below(ROWS.len() + 1)].to_vec(),
    }
}

fn clause(random: &mut Random) -> Clause {
    if random.below(4) == 0 {
        let items = (0..2 + random.below(3)).map(|_| *random.one(&ITEMS)).collect();
        return Clause { run_in: "", text: "The Supplier shall:".into(), items };
    }
    let sentences: Vec<&str> = (0..=random.below(3)).map(|_| *random.one(&SENTENCES)).collect();
    let run_in = if random.below(3) == 0 { RUN_IN[random.below(RUN_IN.len())] } else { "" };
    Clause { run_in, text: sentences.join(" "), items: Vec::new() }
}

/// A paragraph: level (0 title, 1 preamble, 2 section, 3 clause, 4 item), number, run-in heading, text.
struct Line<'a> {
    level: u8,
    number: String,
    run_in: &'a str,
    text: &'a str,
}

/// Its paragraphs in order, without those of the table.
fn lines(agreement: &Agreement) -> Vec<Line<'_>> {
    let line = |level, number, run_in, text| Line { level, number, run_in, text };
    let mut out = vec![
        line(0, String::new(), "", agreement.title.as_str()),
        line(1, String::new(), "", agreement.preamble.as_str()),
    ];
    for (s, section) in agreement.sections.iter().enumerate() {
        out.push(line(2, format!("{}.", s + 1), "", section.heading));
        for (c, clause) in section.clauses.iter().enumerate() {
            out.push(line(3, format!("{}.{}", s + 1, c + 1), clause.run_in, &clause.text));
            for (letter, item) in ('a'..).zip(&clause.items) {
                out.push(line(4, format!("({letter})"), "", item));
            }
        }
    }
    out
}

fn markdown(agreement: &Agreement) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "\\<");
    let shown = |line: Line| {
        let mark = ["# ", "", "## ", "", ""][usize::from(line.level)];
        let number = if line.number.is_empty() { String::new() } else { format!("{} ", line.number) };
        let run_in = if line.run_in.is_empty() { String::new() } else { format!("**{}** ", line.run_in) };
        format!("{mark}{number}{run_in}{}\n\n", escape(line.text))
    };
    let mut out: String = lines(agreement).into_iter().map(shown).collect();
    for (n, [one, two]) in agreement.table.iter().enumerate() {
        out += &format!("| {one} | {two} |\n{}", if n == 0 { "|---|---|\n" } else { "" });
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph of runs, cut at random as spelling checks cut them.
fn paragraph(properties: &str, bold: &str, text: &str, random: &mut Random) -> String {
    let mut cut = random.below(text.len() + 1);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let run = |t: &str, look: &str| format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(t));
    let runs = [&text[..cut], &text[cut..]].map(|t| run(t, "")).concat();
    let bold = if bold.is_empty() { String::new() } else { run(bold, "<w:rPr><w:b/></w:rPr>") };
    format!("<w:p><w:pPr>{properties}</w:pPr>{bold}{runs}</w:p>")
}

/// A DOCX of it, with numbers typed or automatic.
fn docx(agreement: &Agreement, automatic: bool, random: &mut Random) -> Vec<u8> {
    let mut body = String::new();
    for Line { level, number, run_in, text } in lines(agreement) {
        let outline = match level {
            0 | 2 => format!("<w:outlineLvl w:val=\"{}\"/>", level / 2),
            _ => String::new(),
        };
        let counted = if automatic && level >= 2 {
            format!("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr>", level - 2)
        } else {
            String::new()
        };
        let typed = if automatic || number.is_empty() { String::new() } else { format!("{number} ") };
        body += &match run_in {
            "" => paragraph(&(counted + &outline), "", &format!("{typed}{text}"), random),
            _ => paragraph(&(counted + &outline), &format!("{typed}{run_in}"), &format!(" {text}"), random),
        };
    }
    let mut cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph("", "", text, random));
    let mut rows = String::new();
    for (n, [one, two]) in agreement.table.iter().enumerate() {
        let head = if n == 0 { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
        rows += &format!("<w:tr>{head}{}{}</w:tr>", cell(one), cell(two));
    }
    if !rows.is_empty() {
        body += &format!("<w:tbl>{rows}</w:tbl>");
    }
    let level = |at: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels = [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)")].concat();
    let numbering = format!(
        "<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    package(&document(&body), &[("numbering", "numbering.xml", &numbering)])
}

fn input(format: Format, bytes: Vec<u8>) -> Bytes {
    Bytes { path: "agreement".into(), format: Some(format), bytes }
}

/// The clause paths with their headings, as a reader cites them.
fn outline(input: &Bytes) -> Vec<String> {
    let document = review::read(input, View::Accepted, &Limits::default()).unwrap();
    let text = &document.contract.text;
    let heading = |c: &proviso::clause::Clause| c.heading.map_or(String::new(), |h| h.of(text).to_string());
    document.tree.clauses.iter().skip(1).map(|c| format!("{} {}", c.path, heading(c))).collect()
}

/// What a finding says, without the offsets, which differ where numbers are typed.
fn said(findings: &[Finding]) -> Vec<String> {
    let one = |f: &Finding| {
        let evidence: Vec<_> = f.evidence.iter().map(|e| (&e.clause, &e.heading, &e.quote)).collect();
        let elements: Vec<_> = f.elements.iter().map(|e| (&e.id, e.status)).collect();
        format!("{} {:?} {elements:?} {evidence:?} {:?}", f.provision, f.status, f.parameters)
    };
    findings.iter().map(one).collect()
}

fn findings(input: &Bytes) -> Vec<Finding> {
    let input = std::slice::from_ref(input);
    review::review(input, &Views::Both.into(), &LIBRARY, &Limits::default()).unwrap().findings
}

#[test]
fn an_agreement_has_the_same_clauses_and_findings_in_every_format() {
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let agreement = agreement(&mut random);
        let source = markdown(&agreement);
        let written = input(Format::Markdown, source.clone().into_bytes());
        let (clauses, judged) = (outline(&written), said(&findings(&written)));
        assert!(clauses.len() > agreement.sections.len(), "seed {seed}: {clauses:?}");
        for automatic in [false, true] {
            let word = input(Format::Docx, docx(&agreement, automatic, &mut random));
            assert_eq!(outline(&word), clauses, "seed {seed}, automatic {automatic}\n{source}");
            assert_eq!(said(&findings(&word)), judged, "seed {seed}, automatic {automatic}\n{source}");
        }
    }
}

#[test]
fn every_quote_is_the_text_at_its_offsets() {
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let agreement = agreement(&mut random);
        let written = input(Format::Markdown, markdown(&agreement).into_bytes());
        let word = input(Format::Docx, docx(&agreement, seed % 2 == 0, &mut random));
        for input in [written, word] {
            let text = review::read(&input, View::Accepted, &Limits::default()).unwrap().contract.text;
            for finding in findings(&input) {
                let elements = finding.elements.iter().flat_map(|e| &e.evidence);
                for e in finding.evidence.iter().chain(elements) {
                    let there = text.get(e.start as usize..e.end as usize);
                    assert_eq!(there, Some(e.quote.as_str()), "seed {seed}, {}", finding.provision);
                }
            }
        }
    }
}

#[test]
fn spans_lie_on_character_boundaries_and_in_order() {
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let agreement = agreement(&mut random);
        let written = input(Format::Markdown, markdown(&agreement).into_bytes());
        let word = input(Format::Docx, docx(&agreement, seed % 2 == 0, &mut random));
        for input in [written, word] {
            let document = review::read(&input, View::Accepted, &Limits::default()).unwrap();
            let (contract, tree) = (&document.contract, &document.tree);
            let blocks = contract.blocks.iter().map(|b| b.span);
            let clauses = tree.clauses.iter().map(|c| c.span).chain(tree.clauses.iter().filter_map(|c| c.heading));
            let units = tree.units.iter().flat_map(|u| u.leads.iter().copied().chain([u.own]).chain(u.tail));
            for span in blocks.chain(clauses).chain(units).chain(tree.sentences.iter().map(|s| s.span)) {
                assert!(contract.text.get(span.start as usize..span.end as usize).is_some(), "seed {seed}: {span:?}");
            }
            assert!(contract.blocks.windows(2).all(|w| w[0].span.end < w[1].span.start), "seed {seed}");
            assert!(tree.sentences.windows(2).all(|w| w[0].span.end <= w[1].span.start), "seed {seed}");
            let words: Vec<&str> = lines(&agreement).iter().flat_map(|l| l.text.split_whitespace()).collect();
            let shown: Vec<&str> = contract.text.split_whitespace().collect();
            assert!(words.iter().all(|w| shown.contains(w)), "seed {seed}: a word is lost");
        }
    }
}
