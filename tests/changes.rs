//! Tracked changes as the review judges them: what only an insertion states does not count before it is accepted, and what
//! a deletion takes away is said first, each with who made it and when.

mod support;

use proviso::assess::Finding;
use proviso::library::{Library, Status, embedded};
use proviso::report::DocumentReview;
use proviso::review::{Bytes, review};
use proviso::source::{Format, Limits, View, Views, project, read};
use std::sync::LazyLock;
use support::package::{document, package, paragraph};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| embedded::library().unwrap());

const PARTIES: &str = "This Services Agreement is made between Harbour Analytics Ltd (the \u{201c}Supplier\u{201d}) and \
Juniper Foods plc (the \u{201c}Customer\u{201d}). The Supplier processes personal data for the Customer.";
const BREACH: &str = "The Supplier shall notify the Customer of any personal data breach without undue delay and in any \
event within 48 hours after becoming aware of it, and shall describe the nature of the breach and its likely consequences.";
const VAGUE: &str = "The Supplier shall notify the Customer of any personal data breach.";
const AUDIT: &str = "The Customer may audit and inspect the Supplier's compliance with this Agreement at any time.";
const NO_AUDIT: &str = "The Customer shall have no right to audit or inspect the Supplier.";

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn gone(text: &str) -> String {
    format!(
        r#"<w:del w:id="8" w:author="Marta Lind" w:date="2026-05-04T09:30:00Z"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>"#
    )
}

fn added(text: &str) -> String {
    format!(r#"<w:ins w:id="9" w:author="Ade Bello" w:date="2026-06-07T10:00:00Z">{}</w:ins>"#, run(text))
}

/// A paragraph of its own that is wholly inserted or deleted, its mark included.
fn whole(kind: &str, inside: &str) -> String {
    let (id, author, date) = if kind == "ins" {
        (9, "Ade Bello", "2026-06-07T10:00:00Z")
    } else {
        (8, "Marta Lind", "2026-05-04T09:30:00Z")
    };
    format!(
        r#"<w:p><w:pPr><w:rPr><w:{kind} w:id="{id}1" w:author="{author}" w:date="{date}"/></w:rPr></w:pPr>{inside}</w:p>"#
    )
}

fn contract(clauses: &str) -> Bytes {
    let body = [&paragraph(PARTIES), clauses, &paragraph("The law of England governs this Agreement.")].concat();
    Bytes { path: "contract.docx".into(), format: Some(Format::Docx), bytes: package(&document(&body), &[]) }
}

fn judged(clauses: &str, views: Views) -> DocumentReview {
    review(&[contract(clauses)], &views.into(), &LIBRARY, &Limits::default()).unwrap()
}

fn finding<'a>(review: &'a DocumentReview, id: &str) -> &'a Finding {
    review.findings.iter().find(|f| f.provision == id).unwrap()
}

#[test]
fn an_inserted_clause_is_pending_and_does_not_count() {
    let review = judged(&whole("ins", &added(BREACH)), Views::Both);
    let found = finding(&review, "breach-notification");
    let pending = found.pending.as_ref().unwrap();
    assert_eq!((found.status, pending.status), (Status::Missing, Status::Met));
    assert_eq!((pending.author.as_str(), pending.date.as_str()), ("Ade Bello", "2026-06-07T10:00:00Z"));
    assert_eq!((found.only_in, &found.removed), (Some(View::Accepted), &None));
    assert!(found.evidence.iter().any(|e| e.quote == BREACH && e.only_in == Some(View::Accepted)));
    assert!(found.suggestion.is_none(), "the insertion is the text to agree on; another would double it");
    assert!(found.is_gap());
    assert_eq!(review.view, Views::Both);
}

#[test]
fn a_deleted_clause_ranks_first_and_names_who_took_it_away() {
    let deletion = whole("del", &gone(AUDIT));
    let review = judged(&[paragraph(BREACH), deletion].concat(), Views::Both);
    let found = finding(&review, "audit-rights");
    let removed = found.removed.as_ref().unwrap();
    assert_eq!((found.status, removed.status), (Status::Missing, Status::Met));
    assert_eq!((removed.author.as_str(), removed.date.as_str()), ("Marta Lind", "2026-05-04T09:30:00Z"));
    assert_eq!(found.only_in, Some(View::Original));
    assert!(found.deleted.iter().any(|e| e.quote == AUDIT));
    assert!(found.evidence.iter().all(|e| e.quote != AUDIT), "its bytes would count in another text");
    // The absent clauses of higher severity come after it.
    let text = report("removed", &whole("del", &gone(AUDIT)), "terminal");
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(at("Tracked changes take away") < at("1. Audit") && at("1. Audit") < at("Critical: deal-breakers"));
    assert!(text.contains("Marta Lind (2026-05-04)"), "{text}");
}

#[test]
fn words_added_to_a_standing_clause_leave_it_partly_addressed() {
    let more = " The notice is given within 48 hours after becoming aware and describes the nature of the breach.";
    let review = judged(&format!("<w:p>{}{}</w:p>", run(VAGUE), added(more)), Views::Both);
    let found = finding(&review, "breach-notification");
    assert_eq!(found.status, Status::Partial);
    assert_eq!(found.pending.as_ref().map(|p| p.status), Some(Status::Met));
    let standing = found.evidence.iter().find(|e| e.quote == VAGUE).expect("the clause that stands is quoted");
    assert_eq!(standing.only_in, None);
}

#[test]
fn a_deadline_that_changes_between_two_good_ones_leaves_it_addressed() {
    let (before, after) = BREACH.split_once("48").unwrap();
    let review = judged(&format!("<w:p>{}{}{}{}</w:p>", run(before), gone("24"), added("48"), run(after)), Views::Both);
    let found = finding(&review, "breach-notification");
    assert_eq!((found.status, &found.pending, &found.removed, found.only_in), (Status::Met, &None, &None, None));
}

#[test]
fn contrary_wording_put_in_place_of_a_right_is_told_as_taking_it_away() {
    let review = judged(&format!("<w:p>{}{}</w:p>", gone(AUDIT), added(NO_AUDIT)), Views::Both);
    let found = finding(&review, "audit-rights");
    assert_eq!(found.status, Status::Adverse);
    assert_eq!(found.removed.as_ref().map(|r| r.status), Some(Status::Met));
}

#[test]
fn a_contrary_clause_that_is_only_deleted_still_stands() {
    let review = judged(&whole("del", &gone(NO_AUDIT)), Views::Both);
    let found = finding(&review, "audit-rights");
    assert_eq!(found.status, Status::Adverse);
    assert_eq!(found.pending.as_ref().map(|p| p.status), Some(Status::Missing));
    assert!(found.deleted.iter().any(|e| e.quote == NO_AUDIT));
}

#[test]
fn a_moved_clause_and_a_reformatted_one_make_no_difference() {
    let moved = format!(
        r#"<w:p><w:moveFrom w:id="4" w:author="Ade Bello" w:date="2026-06-07T10:00:00Z">{0}</w:moveFrom></w:p>{1}<w:p><w:moveTo w:id="5" w:author="Ade Bello" w:date="2026-06-07T10:00:00Z">{0}</w:moveTo></w:p>"#,
        run(BREACH),
        paragraph(AUDIT)
    );
    let review = judged(&moved, Views::Both);
    for id in ["breach-notification", "audit-rights"] {
        let found = finding(&review, id);
        assert_eq!((found.status, &found.pending, &found.removed), (Status::Met, &None, &None), "{id}");
    }
}

#[test]
fn one_view_can_be_asked_for_alone() {
    let clause = whole("ins", &added(BREACH));
    let status = |views| finding(&judged(&clause, views), "breach-notification").status;
    assert_eq!(status(Views::Accepted), Status::Met);
    assert_eq!(status(Views::Original), Status::Missing);
    assert_eq!(judged(&paragraph(BREACH), Views::Both).view, Views::Accepted, "there is nothing to tell apart");
}

#[test]
fn every_quote_is_the_text_at_its_offsets_in_its_view() {
    let clauses = [
        whole("ins", &added(BREACH)),
        whole("del", &gone(AUDIT)),
        format!("<w:p>{}{}</w:p>", run(VAGUE), gone(" No more.")),
    ];
    let input = contract(&clauses.concat());
    let source = read(&input.bytes, Format::Docx, &Limits::default()).unwrap();
    let (accepted, original) = (project(&source, View::Accepted).text, project(&source, View::Original).text);
    let mut counts = [0; 2];
    for found in review(&[input], &Views::Both.into(), &LIBRARY, &Limits::default()).unwrap().findings {
        let elements = found.elements.iter().flat_map(|e| &e.evidence);
        for (i, text, quote) in (found.evidence.iter().chain(elements).map(|e| (0, &accepted, e)))
            .chain(found.deleted.iter().map(|e| (1, &original, e)))
        {
            assert_eq!(&text[quote.start as usize..quote.end as usize], quote.quote);
            counts[i] += 1;
        }
    }
    assert!(counts.iter().all(|n| *n > 0), "{counts:?}");
}

#[test]
fn every_format_says_what_is_pending_and_what_is_taken_away() {
    let clauses = [whole("ins", &added(BREACH)), whole("del", &gone(AUDIT))].concat();
    for format in ["terminal", "markdown", "html"] {
        let text = report("said", &clauses, format);
        for said in ["pending in tracked changes", "taken away by tracked changes", "Ade Bello", "Marta Lind"] {
            assert!(text.contains(said), "{format} lacks {said}: {text}");
        }
    }
}

/// The report that the program makes of these clauses.
fn report(name: &str, clauses: &str, format: &str) -> String {
    let file = support::folder(&format!("changes-{name}-{format}")).join("contract.docx");
    std::fs::write(&file, contract(clauses).bytes).unwrap();
    let said = support::out(&support::proviso(&["review", file.to_str().unwrap(), "--format", format]));
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
