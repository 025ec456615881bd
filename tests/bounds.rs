//! What budgets leave unread or unweighed is said in the review, and never turns a gap into "addressed".

use proviso::assess::Finding;
use proviso::assess::finding::Level;
use proviso::library::{Library, Status, embedded};
use proviso::report::DocumentReview;
use proviso::review::{Bytes, review};
use proviso::source::{Format, Limits, View};
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| embedded::library().unwrap());

/// A document that addresses notice of incidents.
const NOTICE: &str = "Services Agreement between Acme Ltd (\"Supplier\"), which provides the services, and Bolt Inc. (\"Customer\").\n\n\
    1. Incidents\n\n1.1 The Supplier shall notify the Customer of any personal data breach without undue delay and in any event within 24 \
    hours after becoming aware of it, and shall give the Customer details of the nature of the breach, the data and individuals \
    concerned, its likely consequences and the measures taken.\n\n";

fn reviewed(bytes: &[u8], format: Format, limits: &Limits) -> DocumentReview {
    let input = Bytes { path: "agreement".into(), format: Some(format), bytes: bytes.to_vec() };
    review(&[input], View::Accepted, &LIBRARY, limits).unwrap()
}

fn notice(of: &DocumentReview) -> &Finding {
    of.findings.iter().find(|f| f.provision == "breach-notification").unwrap()
}

#[test]
fn places_that_are_not_weighed_are_warned_of_and_never_leave_a_provision_addressed() {
    let again =
        "1.2 The Supplier shall notify the Customer of a personal data breach without undue delay.\n\n".repeat(5);
    let text = format!("{NOTICE}{again}");
    let whole = reviewed(text.as_bytes(), Format::Text, &Limits::default());
    assert_eq!(notice(&whole).status, Status::Met, "{:#?}", notice(&whole));
    assert!(!whole.warnings.iter().any(|w| w.contains("more places")), "{:?}", whole.warnings);
    let cut = reviewed(text.as_bytes(), Format::Text, &Limits { places: 3, ..Limits::default() });
    let finding = notice(&cut);
    assert_eq!(finding.status, Status::Partial);
    assert!(finding.confidence.level == Level::Check && finding.confidence.why.contains("more places"));
    let warned = cut.warnings.iter().find(|w| w.contains("more places")).unwrap();
    assert!(warned.contains(&finding.title) && warned.contains("--max-places"), "{warned}");
}
