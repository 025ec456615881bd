//! Notes to the drafter are kept as text and count as no term; wording in brackets is told of.

mod support;

use proviso::library::embedded;
use proviso::report::DocumentReview;
use proviso::review::{Bytes, review};
use proviso::source::{Format, Limits, Views};

fn reviewed(text: &str) -> DocumentReview {
    let input = Bytes { path: "a.md".into(), format: Some(Format::Markdown), bytes: text.as_bytes().to_vec() };
    review(&[input], &Views::Both.into(), &embedded::library().unwrap(), &Limits::default()).unwrap()
}

/// Elements of the notice of breaches that the text meets.
fn met(review: &DocumentReview) -> usize {
    let finding = review.findings.iter().find(|f| f.provision == "breach-notification").unwrap();
    finding.elements.iter().filter(|e| !e.evidence.is_empty()).count()
}

const DUTY: &str = "The Supplier shall notify the Customer of a personal data breach without undue delay and in any event within 48 hours.";

fn agreement(clause: &str) -> String {
    format!(
        "# Services Agreement\n\nThis Agreement is between Acme Ltd (the \"Supplier\") and the Customer.\n\n\
         1. Services. The Supplier shall host the application for the Customer.\n\n2. Incidents. {clause}\n\n\
         3. Law. This Agreement is governed by the laws of Ireland.\n"
    )
}

#[test]
fn what_a_note_to_the_drafter_says_is_no_term() {
    assert!(met(&reviewed(&agreement(DUTY))) > 1, "the duty itself counts");
    for note in [
        format!("[Note to draft: {DUTY}]"),
        format!("\\[NTD: two sentences. {DUTY}\\]"),
        format!("[Drafting note: more.\n\n{DUTY}]"),
        format!("The parties take care.\n\n2.1 Drafting note: {DUTY}"),
        format!("[OPTIONAL: {DUTY}]"),
    ] {
        let review = reviewed(&agreement(&note));
        assert_eq!(met(&review), 0, "{note}");
        assert_eq!(review.drafting_notes.len(), 1, "{note}");
        assert!(review.warnings.iter().any(|w| w.contains("1 note to the drafter")), "{:?}", review.warnings);
    }
}

#[test]
fn the_words_around_a_note_are_terms() {
    let review = reviewed(&agreement(&DUTY.replace("within", "[Guidance: 24 hours is too short] within")));
    assert!(met(&review) > 1);
    let figures: Vec<_> = review.findings.iter().flat_map(|f| f.parameters.values()).collect();
    assert!(!format!("{figures:?}").contains("24"), "{figures:?}");
}

#[test]
fn wording_in_brackets_counts_and_is_told_of() {
    let review = reviewed(&agreement(&DUTY.replace("within 48 hours", "[within 48 hours]")));
    assert!(met(&review) > 1);
    assert!(
        review.warnings.iter().any(|w| w.contains("may not be settled: \"[within 48 hours]\"")),
        "{:?}",
        review.warnings
    );
}
