//! What holds of every agreement: written as Markdown, as DOCX with typed numbers and as DOCX with automatic ones it
//! has the same clauses and findings; quotes are the text at their offsets; spans lie on character boundaries.

mod support;

use proviso::assess::Finding;
use proviso::library::{Library, embedded};
use proviso::review::{self, Bytes};
use proviso::source::{Format, Limits, View, Views};
use std::sync::LazyLock;
use support::agreement::{Agreement, agreement, docx, is_part_of_long, is_piece, markdown};
use support::random::Random;

const CASES: u64 = 50;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| embedded::library().unwrap());

fn input(format: Format, bytes: Vec<u8>) -> Bytes {
    Bytes { path: "agreement".into(), format: Some(format), bytes }
}

/// An agreement in each way of writing it, and whether its numbers are typed.
fn written(agreement: &Agreement, random: &mut Random) -> [(Bytes, bool); 3] {
    [
        (input(Format::Markdown, markdown(agreement).into_bytes()), true),
        (input(Format::Docx, docx(agreement, false, random)), true),
        (input(Format::Docx, docx(agreement, true, random)), false),
    ]
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
        let [(first, _), others @ ..] = written(&agreement, &mut random);
        let (clauses, judged) = (outline(&first), said(&findings(&first)));
        assert!(clauses.len() > agreement.sections(), "seed {seed}: {clauses:?}");
        for (word, typed) in others {
            assert_eq!(outline(&word), clauses, "seed {seed}, typed {typed}\n{source}");
            assert_eq!(said(&findings(&word)), judged, "seed {seed}, typed {typed}\n{source}");
        }
    }
}

#[test]
fn the_text_is_that_of_the_agreement_word_for_word_and_number_for_number() {
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let agreement = agreement(&mut random);
        for (input, typed) in written(&agreement, &mut random) {
            let contract = review::read(&input, View::Accepted, &Limits::default()).unwrap().contract;
            assert_eq!(contract.text, agreement.text(typed), "seed {seed}, {:?}", input.format);
            let labels: Vec<&str> =
                contract.blocks.iter().filter_map(|b| if b.bullet { Some("-") } else { b.label.as_deref() }).collect();
            let lines = agreement.lines();
            let computed = lines.iter().map(|l| l.number.as_str()).filter(|n| *n == "-" || !typed && !n.is_empty());
            assert_eq!(labels, computed.collect::<Vec<_>>(), "seed {seed}, {:?}", input.format);
        }
    }
}

#[test]
fn every_quote_is_a_whole_sentence_and_the_text_at_its_offsets() {
    let mut cut = 0;
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let agreement = agreement(&mut random);
        for (input, _) in written(&agreement, &mut random) {
            let text = review::read(&input, View::Accepted, &Limits::default()).unwrap().contract.text;
            for finding in findings(&input) {
                let elements = finding.elements.iter().flat_map(|e| &e.evidence);
                for e in finding.evidence.iter().chain(elements) {
                    let there = text.get(e.start as usize..e.end as usize);
                    assert_eq!(there, Some(e.quote.as_str()), "seed {seed}, {}", finding.provision);
                    let long = is_part_of_long(&e.quote);
                    assert!(long || is_piece(&e.quote), "seed {seed}, {}: {:?}", finding.provision, e.quote);
                    cut += usize::from(long);
                }
            }
        }
    }
    assert!(cut > 10, "{cut} quotes are cut");
}

#[test]
fn spans_lie_on_character_boundaries_and_in_order() {
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let agreement = agreement(&mut random);
        for (input, _) in written(&agreement, &mut random) {
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
        }
    }
}
