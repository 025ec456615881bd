//! Reports for people: what they say and never say, in which order, and that a contract's text stays text in them.

use proviso::assess::finding::{Answer, Concern, Finding, Unread};
use proviso::error::Error;
use proviso::library::{Issue, Library, Severity, Status, embedded};
use proviso::report::{
    self, DocumentReview, Header, LibraryStamp, Matter, Review, SCHEMA_VERSION, Side, Summary, html, markdown, terminal,
};
use proviso::review::{Bytes, failed, review};
use proviso::source::{Format, Limits, Views};

/// A clause that addresses notice of incidents, with everything in it that a report could take for markup.
const HOSTILE: &str = "Services Agreement\n\n1. Incidents\n\n1.1 Supplier shall promptly notify Customer of any personal data breach \
<script>alert(1)</script> <img src=x onerror=alert(2)> | of `code`, *stars*, [a link](https://evil.example) and &lt;entities&gt; at \
https://evil.example or www.evil.example, and shall give @security-team details of the personal data breach.\n";

fn library() -> Library {
    embedded::library().expect("the embedded library can be read")
}

fn header(library: &Library, matter: Matter) -> Header {
    Header {
        schema_version: SCHEMA_VERSION.into(),
        tool_version: "0.0.0".into(),
        library: LibraryStamp {
            version: "9.9.9".into(),
            date: "2026-03-04".into(),
            digest: library.digest.clone(),
            provisions: library.provisions.len(),
        },
        profiles: vec!["baseline".into()],
        view: Views::Accepted,
        matter,
        limits: report::limits(library),
    }
}

fn document(path: &str, text: &str) -> DocumentReview {
    let input = Bytes { path: path.into(), format: Some(Format::Text), bytes: text.as_bytes().to_vec() };
    review(&[input], &Views::Accepted.into(), &library(), &Limits::default()).expect("a text can be reviewed")
}

fn customer() -> Matter {
    Matter { we_are: Side::Customer, given: false }
}

fn of(documents: Vec<DocumentReview>, matter: Matter) -> Review {
    let summary = Summary::of(&documents);
    Review { header: header(&library(), matter), documents, summary }
}

/// A finding like that of the hostile clause, with another title, severity and status.
fn finding(title: &str, severity: Severity, status: Status) -> Finding {
    let mut one = document("a.txt", HOSTILE)
        .findings
        .into_iter()
        .find(|f| f.provision == "breach-notification")
        .expect("the provision is there");
    one.title = title.into();
    one.severity = severity;
    one.status = status;
    one.concerns.clear();
    one.applies.answer = Answer::Yes;
    one.demanded = true;
    if status == Status::Missing {
        one.evidence.clear();
    }
    one
}

/// Every status and severity, a question, a provision that is not asked for, a concern, and something not supplied.
fn every_kind() -> DocumentReview {
    let mut out = document("contracts/a very long folder name for a contract/services agreement.txt", HOSTILE);
    let mut question = finding("Health data", Severity::High, Status::Missing);
    question.applies.answer = Answer::Unknown;
    question.applies.why = "the contract does not say whether it handles health data".into();
    let mut folded = finding("Folded away", Severity::Critical, Status::Missing);
    folded.demanded = false;
    let mut unread = finding("Retention", Severity::Medium, Status::Missing);
    unread.unread.push(Unread {
        what: "Retention Policy".into(),
        clause: "4".into(),
        quote: "the Retention Policy".into(),
        supplied: false,
    });
    unread.issue = Issue::EndOfContract;
    let mut cut_back = finding("Cut back", Severity::Low, Status::Partial);
    cut_back.concerns.push(concern(Severity::High));
    out.findings = vec![
        finding("Low wish", Severity::Low, Status::Missing),
        finding("High part", Severity::High, Status::Partial),
        finding("High silence", Severity::High, Status::Missing),
        finding("High contrary", Severity::High, Status::Adverse),
        finding("Critical part", Severity::Critical, Status::Partial),
        finding("Stated well", Severity::High, Status::Met),
        cut_back,
        unread,
        question,
        folded,
    ];
    out.not_supplied.push(Unread {
        what: "Retention Policy".into(),
        clause: "4".into(),
        quote: "the Retention Policy".into(),
        supplied: false,
    });
    out.warnings.push("a text box was left out".into());
    out.placeholders.push("[town]".into());
    out
}

fn concern(severity: Severity) -> Concern {
    Concern {
        id: "late-notice".into(),
        severity,
        quote: "at a time of its choosing".into(),
        why: "Nobody can plan.".into(),
        only_in: None,
    }
}

fn unread_file() -> DocumentReview {
    failed(
        "broken.docx",
        Some(Format::Docx),
        &[],
        Views::Accepted,
        &Error::new("the file is no archive", "save it again"),
    )
}

fn whole() -> Review {
    of(vec![unread_file(), every_kind()], customer())
}

fn all(review: &Review) -> [(&'static str, String); 3] {
    [
        ("terminal", plain(&terminal::render(review))),
        ("markdown", markdown::render(review)),
        ("html", html::render(review)),
    ]
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// The text of a report with line breaks read as spaces.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn contract_text_is_text_in_html() {
    let page = html::render(&of(vec![document("<b>a</b>.txt", HOSTILE)], customer()));
    assert!(page.contains("script&#62;alert(1)") || page.contains("script&gt;alert(1)"), "the quote is in the page");
    for markup in ["<script", "<img", "<b>a", "javascript:"] {
        assert!(!page.contains(markup), "{markup} is in the page");
    }
}

#[test]
fn contract_text_is_text_in_markdown() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut hostile = every_kind();
    hostile.path = "a|b.txt".into();
    let page = markdown::render(&of(vec![hostile], customer()));
    let mut text = String::new();
    for event in Parser::new_ext(&page, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                panic!("markup: {event:?}")
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::CodeBlock(_)) => {
                panic!("markup: {event:?}")
            }
            Event::Text(part) => text.push_str(&part),
            _ => {}
        }
    }
    let quote = "notify Customer of any personal data breach <script>alert(1)</script> <img src=x onerror=alert(2)> | of `code`, *stars*, \
                 [a link](https://evil.example) and &lt;entities&gt; at https://evil.example or www.evil.example";
    assert!(text.contains(quote), "{text}");
    for address in ["https://", "www."] {
        assert!(!page.contains(&format!("{address}evil")), "{address} would become a link");
    }
    let table = page.lines().filter(|l| l.starts_with("| ") && l.contains("a\\|b.txt")).count();
    assert!(table > 0, "the path stands in one cell");
}

#[test]
fn html_loads_and_runs_nothing() {
    let page = html::render(&of(vec![document("plain.txt", "Provider shall deliver."), unread_file()], customer()));
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    for loaded in [" src=", "<link", "url(", "@import", "<script", "http://", "onclick", "<iframe"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn no_line_of_the_terminal_report_is_wider_than_80() {
    let mut documents = vec![unread_file(), every_kind()];
    for sample in ["trade-data-platform", "business-associate-agreement", "free-trial-terms"] {
        let path = format!("samples/{sample}.md");
        let bytes = std::fs::read(&path).expect("the sample is there");
        documents.push(
            review(
                &[Bytes { path, format: Some(Format::Markdown), bytes }],
                &Views::Accepted.into(),
                &library(),
                &Limits::default(),
            )
            .expect("it can be reviewed"),
        );
    }
    for line in plain(&terminal::render(&of(documents, customer()))).lines() {
        assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        assert_eq!(line.trim_end(), line, "no blanks at the end of a line");
    }
}

#[test]
fn a_contract_cannot_steer_the_terminal() {
    let mut document = every_kind();
    document.title = "Title\u{1b}[2J\u{7}\u{202e}".into();
    let text = terminal::render(&of(vec![document], customer()));
    let plain = plain(&text);
    assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    assert!(plain.contains("Title [2J"), "what is left of the sequence can be read");
}

#[test]
fn no_report_promises_anything() {
    let good = of(vec![document("good.txt", "Provider shall deliver."), unread_file()], customer());
    for review in [whole(), good] {
        for (format, text) in all(&review) {
            let text = flowing(&text).to_lowercase();
            for word in ["compliant", "passes", "no gaps", "score", "met ", "adverse "] {
                let said = text.contains(&format!(" {word}")) || text.contains(&format!(">{word}"));
                assert!(!said, "{format} says {word:?}");
            }
        }
    }
}

#[test]
fn nothing_grave_found_is_said_of_the_text_supplied() {
    let mut document = every_kind();
    document.findings.retain(|f| f.severity < Severity::High && f.concerns.is_empty());
    for (format, text) in all(&of(vec![document], customer())) {
        assert!(
            flowing(&text).contains("no gap found at or above high in the text supplied; 1 medium, 1 low."),
            "{format}"
        );
    }
}

#[test]
fn every_format_names_side_library_and_limits() {
    for (format, text) in all(&whole()) {
        let text = flowing(&text).replace("&#39;", "'").replace("**", "");
        let wanted = [
            "from the customer's side (assumed)",
            "9.9.9 of 2026-03-04",
            "Not legal advice",
            "Other terms were not judged.",
            "Retention Policy",
            "tracked changes read as accepted",
            "broken.docx: the file is no archive; save it again",
            "a text box was left out",
        ];
        let text = text.replace("</strong>", "");
        for words in wanted {
            assert!(text.contains(words), "{format} lacks {words:?}");
        }
    }
    let given = of(vec![every_kind()], Matter { we_are: Side::Customer, given: true });
    for (format, text) in all(&given) {
        assert!(flowing(&text).contains("side (given)"), "{format}");
    }
}

#[test]
fn gaps_stand_by_severity_then_contrary_missing_partial() {
    // A concern that is graver than its finding lifts it: "Cut back" is low by itself.
    let order = [
        "Critical part",
        "High contrary",
        "High silence",
        "Cut back",
        "High part",
        "Retention",
        "Low wish",
        "Stated well",
    ];
    for (format, text) in all(&whole()) {
        // The table of issues stands before the details and is sorted by issue.
        let start = text.find("Critical: deal-breakers").expect("there are deal-breakers");
        let at: Vec<usize> = order
            .iter()
            .map(|title| text[start..].find(title).unwrap_or_else(|| panic!("{format} lacks {title}")))
            .collect();
        assert!(at.is_sorted(), "{format}: {at:?}");
    }
}

#[test]
fn questions_and_what_is_not_asked_for_are_no_gaps() {
    let review = whole();
    assert_eq!(
        (review.summary.gaps.critical, review.summary.gaps.high),
        (1, 4),
        "a grave concern counts with its severity"
    );
    let position = "7 gaps: 1 critical, 4 high, 1 medium, 1 low. 1 is contrary to our position. 1 may be answered in what was not \
                    supplied. 1 question is open.";
    for (format, text) in all(&review) {
        let text = flowing(&text).replace("</strong>", "").replace("**", "");
        assert!(text.contains(position), "{format}");
        assert!(text.contains("The contract does not say whether it handles health data."), "{format}");
        assert!(text.contains("Not asked for in this kind of contract"), "{format}");
    }
}

#[test]
fn for_a_vendor_silence_is_no_gap() {
    let review = of(vec![every_kind()], Matter { we_are: Side::Vendor, given: true });
    for (format, text) in all(&review) {
        let text = flowing(&text);
        assert!(text.contains("What binds us"), "{format}");
        assert!(!text.contains("deal-breakers"), "{format}");
    }
}

#[test]
fn the_same_review_gives_the_same_bytes() {
    assert_eq!(all(&whole()), all(&whole()));
    assert_eq!(terminal::render(&whole()), terminal::render(&whole()));
}
