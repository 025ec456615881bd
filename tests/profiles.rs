//! Laws apart from the house position: what a profile demands of a contract, on which conditions, within which limits.

mod support;

use proviso::assess::Finding;
use proviso::assess::finding::{Answer, Required};
use proviso::library::folder::{self, Files};
use proviso::library::{Library, Severity, Status, embedded};
use proviso::report::DocumentReview;
use proviso::review::{Asked, Bytes, review};
use proviso::source::{Format, Limits, Views};
use std::sync::LazyLock;
use support::{err, out, proviso};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| embedded::library().unwrap());

const PARTIES: &str = "This Services Agreement is made between Quay Ltd (the \u{201c}Supplier\u{201d}) and Larch plc (the \
\u{201c}Customer\u{201d}). The Supplier processes personal data for the Customer.\n\n";

fn judged(text: &str, profiles: &[&str], assumed: &[&str]) -> DocumentReview {
    let bytes = format!("{PARTIES}{text}\n").into_bytes();
    let input = Bytes { path: "contract.md".into(), format: Some(Format::Markdown), bytes };
    let asked = Asked {
        views: Views::Both,
        profiles: profiles.iter().map(|p| (*p).to_string()).collect(),
        assumed: assumed.iter().map(|a| (*a).to_string()).collect(),
    };
    review(&[input], &asked, &LIBRARY, &Limits::default()).unwrap()
}

fn finding<'a>(review: &'a DocumentReview, id: &str) -> &'a Finding {
    review.findings.iter().find(|f| f.provision == id).unwrap()
}

fn required(finding: &Finding, profile: &str) -> Required {
    finding.laws.iter().find(|l| l.profile == profile).unwrap().required
}

const BREACH: &str = "The Supplier shall notify the Customer of a personal data breach within 48 hours after becoming \
aware of it and shall describe the nature of the breach, its consequences and the measures taken.";
const ASSISTED: &str = " The Supplier shall assist the Customer in notifying the supervisory authority and the data \
subjects of the breach.";

#[test]
fn a_must_of_the_law_moves_the_law_and_the_house_position_is_told_beside_it() {
    let house = judged(BREACH, &["baseline"], &[]);
    assert_eq!(finding(&house, "breach-notification").status, Status::Met);
    let review = judged(BREACH, &["gdpr"], &[]);
    let found = finding(&review, "breach-notification");
    let law = found.laws.iter().find(|l| l.profile == "gdpr").unwrap();
    assert_eq!((law.required, law.policy, found.status), (Required::NotMet, Status::Met, Status::Partial));
    assert_eq!(law.lacking, ["assist-notification"]);
    assert!(law.citation.contains("28(3)(f)"), "{}", law.citation);
    assert!(found.elements.iter().any(|e| e.id == "assist-notification" && e.demanded_by.contains(&"gdpr".into())));
    let whole = judged(&format!("{BREACH}{ASSISTED}"), &["gdpr"], &[]);
    let found = finding(&whole, "breach-notification");
    assert_eq!((found.status, required(found, "gdpr")), (Status::Met, Required::Met));
}

#[test]
fn either_kind_of_authorisation_of_subprocessors_satisfies_the_gdpr() {
    let rest = " The Supplier shall impose the same data protection obligations on each subprocessor by a written contract and \
shall remain fully liable to the Customer for the acts of its subprocessors.";
    let specific =
        "The Supplier shall not engage a subprocessor without the Customer's prior specific written authorisation.";
    let general = "The Customer grants general written authorisation to engage subprocessors. The Supplier shall inform the \
Customer at least 30 days in advance of any intended change of subprocessors, and the Customer may object to it.";
    for text in [specific, general] {
        let review = judged(&format!("{text}{rest}"), &["gdpr"], &[]);
        assert_eq!(required(finding(&review, "subprocessors"), "gdpr"), Required::Met, "{text}");
    }
    let neither = judged(&format!("The Supplier may engage subprocessors.{rest}"), &["gdpr"], &[]);
    assert_eq!(required(finding(&neither, "subprocessors"), "gdpr"), Required::NotMet);
}

#[test]
fn what_hangs_on_a_condition_that_nobody_answered_is_no_gap() {
    let review = judged(BREACH, &["gdpr"], &[]);
    let transfers = finding(&review, "international-transfers");
    let law = transfers.laws.iter().find(|l| l.profile == "gdpr").unwrap();
    assert_eq!(
        (law.required, law.conditions.as_slice()),
        (Required::Unclear, &["transfer-outside-eea".to_string()][..])
    );
    assert_ne!(transfers.applies.answer, Answer::Yes);
    let assumed = judged(BREACH, &["gdpr"], &["transfer-outside-eea"]);
    let transfers = finding(&assumed, "international-transfers");
    assert_eq!((required(transfers, "gdpr"), transfers.applies.answer), (Required::NotMet, Answer::Yes));
}

#[test]
fn several_laws_at_once_are_one_finding_that_names_each() {
    let review = judged(&BREACH.replace("48 hours", "five days"), &["gdpr", "glba-nydfs"], &[]);
    let found = finding(&review, "breach-notification");
    assert_eq!(required(found, "gdpr"), Required::NotMet);
    assert_eq!(
        required(found, "glba-nydfs"),
        Required::NotMet,
        "the deadline is a must there, and five days exceed its 72 hours"
    );
    assert_eq!(review.findings.iter().filter(|f| f.provision == "breach-notification").count(), 1);
    let beyond: Vec<_> = found.concerns.iter().filter(|c| c.id == "deadline-beyond-limit").collect();
    assert_eq!(beyond.len(), 1, "the strictest limit speaks");
    assert_eq!(beyond[0].severity, Severity::High);
    assert!(beyond[0].why.contains("at most 72"), "{}", beyond[0].why);
}

#[test]
fn auto_takes_what_the_contract_speaks_of_and_says_why() {
    let review = judged("The Supplier shall safeguard protected health information.", &["auto"], &[]);
    let hipaa = review.judged_by.iter().find(|j| j.profile == "hipaa").unwrap();
    assert!(hipaa.why.contains("protected health information"), "{}", hipaa.why);
    assert!(review.judged_by.iter().all(|j| j.profile != "pci-dss"));
    let kept_out = judged("The Customer shall not submit protected health information to the service.", &["auto"], &[]);
    assert!(kept_out.judged_by.iter().all(|j| j.profile != "hipaa"), "{:?}", kept_out.judged_by);
}

#[test]
fn the_fourteen_profiles_are_listed_and_shown_and_a_wrong_name_gets_the_nearest() {
    let listed = out(&proviso(&["profiles", "list"]));
    assert_eq!(listed.lines().count(), 14, "{listed}");
    assert!(out(&proviso(&["profiles", "show", "hipaa"])).contains("hipaa-business-associate-terms"));
    let wrong = proviso(&["review", "samples", "--profile", "hippa"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("did you mean hipaa?"), "{}", err(&wrong));
    let wrong = proviso(&["review", "samples", "--assume", "transfer-outside-eae"]);
    assert!(err(&wrong).contains("did you mean transfer-outside-eea?"), "{}", err(&wrong));
}

#[test]
fn a_mistake_in_a_profile_is_shown_at_its_place() {
    let mut files: Files = embedded::files().unwrap();
    let gdpr = files.get_mut("profiles/gdpr.toml").unwrap();
    *gdpr = gdpr.replacen("duty-to-notify and", "duty-to-notfy and", 1);
    let at = gdpr.find("duty-to-notfy").unwrap();
    let loaded = folder::load(&files, "");
    let mistake = loaded.diagnostics.iter().find(|d| d.at.start == at).unwrap();
    assert_eq!(mistake.file, "profiles/gdpr.toml");
    assert!(mistake.help.contains("duty-to-notify"), "{}", mistake.help);
}

#[test]
fn every_profile_asks_for_what_the_pages_can_tell() {
    let loaded = folder::load(&embedded::files().unwrap(), "");
    let of_profiles: Vec<_> = loaded.diagnostics.iter().filter(|d| d.file.starts_with("profiles/")).collect();
    assert!(of_profiles.is_empty(), "{of_profiles:#?}");
}

#[test]
fn what_an_exclusive_use_clause_excludes_is_a_wish_where_nothing_is_said_of_it() {
    let severity = |text: &str| finding(&judged(text, &["baseline"], &[]), "no-ai-training").severity;
    let limited = "The Supplier shall process personal data only on the documented instructions of the Customer and for no \
other purpose than to provide the services.";
    assert_eq!(severity(limited), Severity::Low);
    assert_eq!(severity("The Supplier provides the services."), Severity::High);
}
