//! What budgets leave unread or unweighed is said in the review, and never turns a gap into "addressed".

mod support;

use proviso::assess::finding::Level;
use proviso::assess::{Finding, assess, explain};
use proviso::library::{Library, Status, embedded};
use proviso::report::{
    self, DocumentReview, Header, LibraryStamp, Matter, Review, SCHEMA_VERSION, Side, Summary, html, markdown, terminal,
};
use proviso::review::{Bytes, review};
use proviso::source::docx::xml::{Node, Xml};
use proviso::source::html::Walker;
use proviso::source::{Format, Limits, View, Views};
use std::sync::LazyLock;
use support::package::{WORD, document, package, paragraph, relationships, zipped};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| embedded::library().unwrap());

/// A document that addresses notice of incidents.
const NOTICE: &str = "Services Agreement between Acme Ltd (\"Supplier\"), which provides the services, and Bolt Inc. (\"Customer\").\n\n\
    1. Incidents\n\n1.1 The Supplier shall notify the Customer of any personal data breach without undue delay and in any event within 24 \
    hours after becoming aware of it, and shall give the Customer details of the nature of the breach, the data and individuals \
    concerned, its likely consequences and the measures taken.\n\n";

fn reviewed(bytes: &[u8], format: Format, limits: &Limits) -> DocumentReview {
    let input = Bytes { path: "agreement".into(), format: Some(format), bytes: bytes.to_vec() };
    review(&[input], &Views::Both.into(), &LIBRARY, limits).unwrap()
}

fn header() -> Header {
    Header {
        schema_version: SCHEMA_VERSION.into(),
        tool_version: "0.0.0".into(),
        library: LibraryStamp {
            version: LIBRARY.version.clone(),
            date: LIBRARY.date.clone(),
            digest: LIBRARY.digest.clone(),
            provisions: LIBRARY.provisions.len(),
        },
        profiles: vec!["baseline".into()],
        view: Views::Both,
        matter: Matter { we_are: Side::Customer, given: false },
        limits: report::limits(&LIBRARY),
    }
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

/// The notice clause as paragraphs of a DOCX.
fn notice_docx() -> String {
    NOTICE.split("\n\n").filter(|p| !p.is_empty()).map(paragraph).collect()
}

/// Holds a review to what a file that was read only in part must say; `what` is the part, `after` the words before it.
fn assert_cut(of: &DocumentReview, what: &str, after: &str) {
    let warned = of.warnings.first().is_some_and(|w| w.contains("not judged") && w.contains(after));
    assert!(warned, "{:?}", of.warnings);
    assert!(of.not_read.iter().any(|u| u.supplied && u.what == what && u.quote.ends_with(after)), "{:?}", of.not_read);
    for finding in &of.findings {
        let named = finding.unread.iter().any(|u| u.supplied && u.what == what);
        assert_eq!(named, finding.status != Status::Met, "{}", finding.provision);
        let check = finding.confidence.level == Level::Check;
        assert!(check && finding.confidence.why.contains("only in part"), "{:?}", finding.confidence);
    }
}

#[test]
fn a_file_that_breaks_off_is_judged_as_far_as_it_was_read_and_says_so() {
    let levels = 2_000;
    let deep = "<w:tbl><w:tr><w:tc>".repeat(levels) + &"</w:tc></w:tr></w:tbl>".repeat(levels);
    let tag = format!("<w:p w:x=\"{}\"/>", "x".repeat((8 << 20) + 1));
    let namespaces = format!("<w:p{}/>", (0..2_000).map(|n| format!(" xmlns:p{n}=\"u\"")).collect::<String>());
    for stop in [deep.as_str(), &tag, &namespaces, "<!-- ", "<w:p><![CDATA["] {
        let body = format!("{}{stop}{}", notice_docx(), paragraph("2. Audit"));
        let review = reviewed(&package(&document(&body), &[]), Format::Docx, &Limits::default());
        assert_cut(&review, "the rest of the file", "the measures taken.");
        assert_eq!(notice(&review).status, Status::Met);
        assert_eq!(review.not_read[0].clause, "1.1");
        assert!(review.not_read.len() == 1);
    }
}

#[test]
fn a_part_of_a_package_that_breaks_off_is_named() {
    let notes = |rest: &str| {
        format!(
            "<w:footnotes {WORD}><w:footnote w:id=\"2\">{}{rest}</w:footnote></w:footnotes>",
            paragraph("Save as agreed.")
        )
    };
    let refers = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let main = document(&(notice_docx() + refers));
    let whole =
        reviewed(&package(&main, &[("footnotes", "footnotes.xml", &notes(""))]), Format::Docx, &Limits::default());
    assert!(whole.not_read.is_empty() && notice(&whole).confidence.level == Level::Clear, "{:?}", whole.not_read);
    let cut = package(&main, &[("footnotes", "footnotes.xml", &notes("<!-- "))]);
    let cut = reviewed(&cut, Format::Docx, &Limits::default());
    assert_cut(&cut, "the rest of word/footnotes.xml", "Save as agreed.");

    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let own = relationships(&[("diagramData", "d.xml"), ("footnotes", "footnotes.xml")]);
    let diagram = "<a:p><a:t>Supplier</a:t></a:p><!-- ".to_string();
    let main = document(&(notice_docx() + "<w:p><w:r><dgm:relIds r:dm=\"r0\"/></w:r></w:p>"));
    let parts = |own: &str, diagram: &str| {
        zipped(
            &[
                ("_rels/.rels", root.as_bytes()),
                ("word/document.xml", main.as_bytes()),
                ("word/_rels/document.xml.rels", own.as_bytes()),
                ("word/d.xml", diagram.as_bytes()),
                ("word/footnotes.xml", notes("").as_bytes()),
            ],
            false,
        )
    };
    let diagram = reviewed(&parts(&own, &diagram), Format::Docx, &Limits::default());
    assert_cut(&diagram, "the rest of word/d.xml", "Supplier");
    // What the list of parts leads to after the place where it breaks off, nobody knows.
    let broken = own.replace("<Relationship Id=\"r1\"", "<!-- ");
    let broken = reviewed(&parts(&broken, "<a:p/>"), Format::Docx, &Limits::default());
    assert_cut(&broken, "a part that word/_rels/document.xml.rels leads to, if there is one,", "");
}

#[test]
fn reports_say_first_that_a_file_was_read_only_in_part() {
    let body = format!("{}<!-- ", notice_docx());
    let mut document = reviewed(&package(&document(&body), &[]), Format::Docx, &Limits::default());
    document.path = "cut.docx".into();
    let of = |documents: Vec<DocumentReview>| Review { header: header(), summary: Summary::of(&documents), documents };
    let review = of(vec![document]);
    for report in [
        markdown::render(&review),
        html::render(&review),
        anstream::adapter::strip_str(&terminal::render(&review)).to_string(),
    ] {
        let lines = report.split_whitespace().collect::<Vec<_>>().join(" ");
        let [rest, position, gap] = [
            "the rest of the file, which was not read",
            "read only in part; in what was read",
            "may be in what was not read",
        ]
        .map(|words| lines.find(words).unwrap_or_else(|| panic!("{words}: {report}")));
        assert!(rest < gap && position < gap);
    }
}

#[test]
fn gaps_of_a_file_read_in_part_are_not_excused_as_unread() {
    let folder = support::folder("bounds");
    let file = folder.join("cut.docx");
    let path = file.to_string_lossy().into_owned();
    std::fs::write(&file, package(&document(&format!("{}<!-- ", notice_docx())), &[])).unwrap();
    let output = support::proviso(&["review", &path, "--allow-unread", "--fail-on", "low"]);
    assert_eq!(output.status.code(), Some(1), "{}", support::err(&output));
}

#[test]
fn what_an_element_without_end_takes_in_is_not_read_and_said_to_be() {
    let page = |rest: &str| NOTICE.split("\n\n").map(|p| format!("<p>{p}</p>")).collect::<String>() + rest;
    for element in ["script", "style", "template", "svg", "nav"] {
        let ended = reviewed(
            page(&format!("<{element}>x</{element}><p>2. Audit</p>")).as_bytes(),
            Format::Html,
            &Limits::default(),
        );
        assert!(ended.not_read.is_empty(), "{element}: {:?}", ended.not_read);
        let open = reviewed(page(&format!("<{element}>x<p>2. Audit</p>")).as_bytes(), Format::Html, &Limits::default());
        assert_cut(&open, "the rest of the file", "the measures taken.");
    }
    let text = format!("{NOTICE}<style>\n\n2. Audit\n");
    assert_cut(
        &reviewed(text.as_bytes(), Format::Markdown, &Limits::default()),
        "the rest of the file",
        "the measures taken.",
    );
}

/// Limits whose backstop is reached already.
fn late() -> Limits {
    Limits { seconds: 0, ..Limits::default() }.started()
}

#[test]
fn every_stage_stops_at_the_backstop_and_says_that_it_did() {
    let late = late();
    let main = document(&notice_docx().repeat(400));
    let mut xml = Xml::new(&main, &late);
    let nodes = std::iter::from_fn(|| (!matches!(xml.advance(), Node::End)).then_some(())).count();
    assert!(nodes < 2_000 && nodes < main.matches('<').count() / 2, "{nodes} nodes were read");
    let mut walker = Walker::new("", false);
    walker.backstop = late.backstop;
    walker.feed(&"<p>Supplier</p>".repeat(4_000), 0);
    assert!(walker.finish().len() < 2_000);
    // A reader that was stopped before the first word does not say that there are none.
    let empty = document(&"<w:p/>".repeat(4_000));
    let files = [
        (package(&main, &[]), Format::Docx),
        (package(&empty, &[]), Format::Docx),
        (NOTICE.into(), Format::Markdown),
        (NOTICE.into(), Format::Text),
        (b"<p></p>".repeat(4_000), Format::Html),
    ];
    for (bytes, format) in files {
        let input = Bytes { path: "late".into(), format: Some(format), bytes };
        let error = proviso::review::read(&input, View::Accepted, &late).unwrap_err();
        assert!(error.reason.contains("wall-clock") && error.remedy.contains("--max-seconds"), "{error}");
    }
    let input = Bytes { path: "late".into(), format: Some(Format::Text), bytes: NOTICE.into() };
    let document = proviso::review::read(&input, View::Accepted, &Limits::default()).unwrap();
    let error = assess(std::slice::from_ref(&document), &LIBRARY, &late).unwrap_err();
    assert!(error.reason.contains("wall-clock"), "{error}");
    assert!(explain(&[document], &LIBRARY, &LIBRARY.provisions[0], &late).is_err());
}

#[test]
fn writing_that_is_turned_around_is_warned_of_and_never_leaves_a_provision_addressed() {
    // Shown, the first reads "shall not notify".
    let turned = [
        (NOTICE.replace("shall notify", "shall \u{202e}ton\u{202c} notify").into_bytes(), Format::Text),
        (NOTICE.replace("shall notify", "shall \u{202e}ton\u{202c} notify").into_bytes(), Format::Markdown),
        (NOTICE.replace("Customer of any", "Customer \u{2067}of\u{2069} any").into_bytes(), Format::Text),
        (format!("<p>{}", NOTICE.replace("shall notify", "shall <bdo dir=RTL>ton</bdo> notify")).into(), Format::Html),
        (
            package(
                &document(&notice_docx().replace(
                    "shall notify",
                    "shall </w:t></w:r><w:bdo w:val=\"rtl\"><w:r><w:t>ton</w:t></w:r></w:bdo><w:r><w:t xml:space=\"preserve\"> notify",
                )),
                &[],
            ),
            Format::Docx,
        ),
    ];
    for (bytes, format) in turned {
        let review = reviewed(&bytes, format, &Limits::default());
        assert!(review.warnings.iter().any(|w| w.contains("direction of writing")), "{format:?} {:?}", review.warnings);
        let finding = notice(&review);
        assert!(matches!(finding.status, Status::Partial | Status::Missing), "{format:?} {:?}", finding.status);
        assert_eq!(finding.confidence.level, Level::Check);
        assert!(finding.confidence.why.contains("direction of writing"), "{}", finding.confidence.why);
    }
    // A name in Arabic moves no English letter; marks that keep writing left to right are not told of.
    let name = NOTICE.replace("Bolt Inc.", "Bolt Inc. (\u{200f}\u{634}\u{631}\u{643}\u{629}\u{200f})");
    let review = reviewed(name.as_bytes(), Format::Text, &Limits::default());
    assert!(review.warnings.iter().any(|w| w.contains("2 marks turn")), "{:?}", review.warnings);
    assert_eq!(notice(&review).status, Status::Met);
    let kept = NOTICE.replace("Bolt Inc.", "\u{2068}Bolt\u{2069} \u{202a}Inc.\u{202c}\u{200e}");
    let review = reviewed(kept.as_bytes(), Format::Text, &Limits::default());
    assert!(!review.warnings.iter().any(|w| w.contains("direction")), "{:?}", review.warnings);
}

#[test]
fn a_package_damaged_in_many_places_says_so_in_few_words() {
    let headers: Vec<String> = (0..60).map(|n| format!("h{n}.xml")).collect();
    let parts: Vec<(&str, &str, &str)> = headers.iter().map(|h| ("header", h.as_str(), "<w:hdr><!-- ")).collect();
    let review = reviewed(&package(&document(&notice_docx()), &parts), Format::Docx, &Limits::default());
    assert!(
        review.warnings.len() < 20 && review.warnings.iter().any(|w| w.starts_with("50 more parts")),
        "{:?}",
        review.warnings
    );
}
