//! Parts of a DOCX package that are no text of its own: inserted documents and subdocuments, charts, diagrams, embedded
//! objects.

mod support;

use proviso::source::links::Destination;
use proviso::source::{Contract, Place};
use support::docx::{NAMESPACES, Package, labels, noted, p, places, r, relationship, relationships, root};

#[test]
fn an_inserted_document_is_read_where_it_is_text() {
    let page = "<html><head><title>x</title></head><body><p>One &amp; <b>two</b></p><p>Three</p></body></html>";
    let body = format!(
        r#"{}<w:altChunk r:id="aFChunk2"/><w:altChunk r:id="aFChunk3"/><w:altChunk r:id="aFChunk4"/>{}"#,
        p("Before"),
        p("After")
    );
    let contract = Package::new(&body)
        .part("aFChunk", "a.html", page)
        .part("aFChunk", "b.txt", "Plain words\n\nMore")
        .part("aFChunk", "c.rtf", "{\\rtf1 Rich}")
        .accepted();
    assert_eq!(contract.text, "Before\nOne & two\nThree\nPlain words\nMore\nAfter");
    assert!(noted(&contract, "word/c.rtf was not read (it is a rich text file"), "{:?}", contract.notes);
}

#[test]
fn a_subdocument_is_named_as_not_read() {
    let body = format!(r#"{}<w:subDoc r:id="s1"/>"#, p("Master"));
    let contract = Package::new(&body).external("s1", "subDocument", "annex.docx").accepted();
    assert!(noted(&contract, "subdocument annex.docx was not read (it is a file of its own)"), "{:?}", contract.notes);
}

#[test]
fn the_words_of_a_diagram_follow_its_paragraph() {
    let body = format!(
        r#"<w:p>{}<w:r><w:drawing><dgm:relIds r:dm="diagramData2"/></w:drawing></w:r></w:p>{}"#,
        r("Escalation:"),
        p("End")
    );
    let data = format!(
        "<dgm:dataModel {NAMESPACES}><dgm:pt><dgm:t><a:p><a:r><a:t>Help </a:t></a:r><a:r><a:t>desk</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
    );
    let contract = Package::new(&body).part("diagramData", "data1.xml", &data).accepted();
    assert_eq!(contract.text, "Escalation:\nHelp desk\nEnd");
}

#[test]
fn what_holds_no_text_is_named() {
    let body = format!(
        r#"{}<w:p><w:r><w:drawing><a:pic/></w:drawing></w:r><w:r><w:object/></w:r><w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r></w:p>"#,
        p("Words")
    );
    let contract = Package::new(&body).accepted();
    for words in ["1 picture was not read", "1 embedded object was not read", "left out: \"DRAFT\""] {
        assert!(noted(&contract, words), "{words}: {:?}", contract.notes);
    }
}

/// A list that counts "1.", "2.".
fn numbering() -> String {
    let level = r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>"#;
    let inside = format!(
        r#"<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#
    );
    root("numbering", &inside)
}

fn item(text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>"#, r(text))
}

/// A paragraph, the document with relationship `id`, and a paragraph.
fn around(id: &str) -> String {
    format!(r#"{}<w:altChunk r:id="{id}"/>{}"#, item("Before."), item("After."))
}

fn with_chunk(name: &str, content: Vec<u8>) -> Contract {
    Package::new(&around("aFChunk3"))
        .part("numbering", "numbering.xml", &numbering())
        .binary("aFChunk", name, content)
        .accepted()
}

#[test]
fn an_inserted_word_document_keeps_its_numbers_notes_and_tables() {
    let note = format!(
        r#"<w:p>{}<w:bookmarkStart w:id="1" w:name="_Ref1"/><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#,
        r("Noted.")
    );
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("cell"));
    let inner = Package::new(&format!("{}{}{note}{table}", item("One."), item("Two.")))
        .part("numbering", "numbering.xml", &numbering())
        .part(
            "footnotes",
            "footnotes.xml",
            &root("footnotes", &format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p("Note."))),
        )
        .part("header", "header1.xml", &root("hdr", &p("Inner header")))
        .bytes();
    let body = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>{}", p("outer"), around("aFChunk3"));
    let contract = Package::new(&body)
        .part("numbering", "numbering.xml", &numbering())
        .binary("aFChunk", "afchunk.docx", inner)
        .accepted();
    let shown =
        ["- outer", "1. Before.", "1. One.", "2. Two.", "- Noted.", "- Note.", "- cell", "2. After.", "- Inner header"];
    assert_eq!(labels(&contract), shown);
    let places: Vec<Place> = places(&contract).into_iter().map(|(place, _)| place).collect();
    let cell = |table| Place::Cell { table, row: 0, column: 0, head: false };
    assert_eq!((places[0], places[5], places[6], places[8]), (cell(1), Place::Note, cell(2), Place::HeaderFooter));
    let lists: Vec<_> = contract.blocks.iter().filter_map(|b| b.list).collect();
    assert!(lists[0] == lists[3] && lists[1] == lists[2] && lists[0] != lists[1], "{lists:?}");
    assert_eq!(contract.references.iter().map(|r| r.to.clone()).collect::<Vec<_>>(), [Destination::Block(5)]);
    assert!(contract.notes.is_empty(), "{:?}", contract.notes);
}

#[test]
fn tracked_changes_of_an_inserted_document_show_in_one_view_each() {
    let change = r#"<w:ins w:id="1" w:author="A. Lawyer"><w:r><w:t>new </w:t></w:r></w:ins><w:del w:id="2" w:author="B. Counsel"><w:r><w:delText>old </w:delText></w:r></w:del>"#;
    let inner = Package::new(&format!("<w:p>{change}{}</w:p>", r("words"))).bytes();
    let outer = format!(r#"<w:p>{}</w:p><w:altChunk r:id="aFChunk2"/>"#, change.replace("A. Lawyer", "C. Outside"));
    let (accepted, original) = Package::new(&outer).binary("aFChunk", "a.docx", inner).both();
    assert_eq!((accepted.text.as_str(), original.text.as_str()), ("new \nnew words", "old \nold words"));
    assert!(noted(&original, "(A. Lawyer, C. Outside)"), "{:?}", original.notes);
}

#[test]
fn a_document_within_an_inserted_document_is_named_as_not_read() {
    let innermost = Package::new(&p("Innermost.")).bytes();
    let inner = Package::new(&format!(r#"{}<w:altChunk r:id="aFChunk2"/>"#, p("Inner.")))
        .binary("aFChunk", "b.docx", innermost)
        .bytes();
    let contract = with_chunk("a.docx", inner);
    assert_eq!(contract.text, "Before.\nInner.\nAfter.");
    assert!(
        noted(&contract, "word/a.docx: the inserted document word/b.docx was not read (it is nested too deep"),
        "{:?}",
        contract.notes
    );
}

#[test]
fn inserted_pages_keep_their_lists_and_tables() {
    let page = "<html><head><title>x</title></head><body><ol><li>One</li><li>Two</li></ol><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></body></html>";
    let contract = with_chunk("a.htm", page.into());
    assert_eq!(contract.text, "Before.\nOne\nTwo\na\tb\nc\td\nAfter.");
    assert_eq!(labels(&contract)[1..3], ["1. One", "2. Two"]);
    let list = |n: usize| contract.blocks[n].list.unwrap().0;
    assert!(list(1) == list(2) && list(0) != list(1));
}

#[test]
fn an_inserted_web_archive_is_read() {
    let mail = "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>A =93quoted=94 wo=\r\nrd</p></body></html>\r\n--b\r\nContent-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
    assert_eq!(with_chunk("a.mht", mail.into()).text, "Before.\nA “quoted” word\nAfter.");
}

#[test]
fn an_inserted_flat_document_is_read() {
    let document = root("document", &format!("<w:body>{}{}</w:body>", item("One."), item("Two.")));
    let part = |name: &str, content: &str| {
        format!(
            r#"<pkg:part pkg:name="{name}" pkg:contentType="application/xml"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>"#
        )
    };
    let flat = format!(
        r#"<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{}{}{}{}</pkg:package>"#,
        part("/_rels/.rels", &relationships(&relationship("r1", "officeDocument", "word/document.xml"))),
        part("/word/document.xml", &document),
        part("/word/_rels/document.xml.rels", &relationships(&relationship("r1", "numbering", "numbering.xml"))),
        part("/word/numbering.xml", &numbering())
    );
    let contract = with_chunk("a.xml", flat.into());
    assert_eq!(labels(&contract), ["1. Before.", "1. One.", "2. Two.", "2. After."]);
    let old = format!(
        r#"<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{}</w:body></w:wordDocument>"#,
        p("Old words.")
    );
    assert_eq!(with_chunk("a.xml", old.into()).text, "Before.\nOld words.\nAfter.");
    assert!(noted(&with_chunk("a.xml", b"<?xml version=\"1.0\"?><a>b</a>".into()), "it is XML of another kind"));
}

#[test]
fn a_subdocument_that_the_package_holds_is_read() {
    let body = format!(r#"{}<w:subDoc r:id="subDocument2"/>"#, p("Master"));
    let inner = Package::new(&p("Annex")).bytes();
    assert_eq!(Package::new(&body).binary("subDocument", "annex.docx", inner).accepted().text, "Master\nAnnex");
}

#[test]
fn damaged_inserted_documents_are_named_and_leave_the_rest() {
    let body: String = (2..12).map(|n| format!(r#"<w:altChunk r:id="aFChunk{n}"/>"#)).collect();
    let mut package = Package::new(&format!("{}{body}", p("Words.")));
    for n in 2..12 {
        package = package.binary("aFChunk", &format!("{n}.docx"), b"PK\x03\x04 damaged".to_vec());
    }
    let contract = package.accepted();
    assert_eq!(contract.text, "Words.");
    assert_eq!(contract.notes.iter().filter(|n| n.contains("the inserted document word/")).count(), 10);
}

#[test]
fn the_words_of_a_chart_follow_its_paragraph() {
    let body = format!(
        r#"<w:p>{}<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart2"/></w:drawing></w:r></w:p>{}"#,
        r("Volumes:"),
        p("End")
    );
    let title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>Records </a:t></a:r><a:r><a:t>per year</a:t></a:r></a:p></c:rich></c:tx></c:title>";
    let series = |name: &str| {
        format!(
            "<c:ser><c:tx><c:strRef><c:f>A1</c:f><c:strCache><c:pt><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt><c:v>Health</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt><c:v>4.2</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>"
        )
    };
    let chart = format!(
        r#"<c:chartSpace {NAMESPACES} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">{title}{}{}</c:chartSpace>"#,
        series("Patients"),
        series("Staff")
    );
    let contract = Package::new(&body).part("chart", "charts/chart1.xml", &chart).accepted();
    assert_eq!(contract.text, "Volumes:\nRecords per year\nPatients\nHealth\nStaff\nEnd");
    assert_eq!(contract.blocks[1].place, Place::TextBox);
    assert!(noted(&contract, "1 chart was read for words; figures in it were not read"), "{:?}", contract.notes);
}

#[test]
fn a_drawing_with_words_needs_no_fallback() {
    let choice = r#"<w:drawing><dgm:relIds r:dm="diagramData2"/></w:drawing>"#;
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{choice}</mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    let data = |t: &str| {
        format!(
            "<dgm:dataModel {NAMESPACES}><dgm:pt><dgm:t><a:p><a:r><a:t>{t}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
        )
    };
    let shown = |t: &str| Package::new(&body).part("diagramData", "d.xml", &data(t)).accepted().text;
    assert_eq!((shown("new").as_str(), shown("").as_str()), ("new", "old"));
}

#[test]
fn a_diagram_of_a_header_is_one_of_the_header() {
    let header = root("hdr", r#"<w:p><w:r><w:drawing><dgm:relIds r:dm="d1"/></w:drawing></w:r></w:p>"#);
    let data = format!("<dgm:dataModel {NAMESPACES}><a:p><a:r><a:t>Banner</a:t></a:r></a:p></dgm:dataModel>");
    let own = relationships(&relationship("d1", "diagramData", "d.xml"));
    let contract = Package::new(&p("Words"))
        .part("header", "header1.xml", &header)
        .entry("word/_rels/header1.xml.rels", &own)
        .entry("word/d.xml", &data)
        .accepted();
    assert_eq!(places(&contract)[1], (Place::HeaderFooter, "Banner"));
}

#[test]
fn embedded_objects_are_named_by_kind_and_part() {
    let object = |program: &str, id: &str| {
        format!(
            r#"<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="{program}" r:id="{id}"/></w:object></w:r>"#
        )
    };
    let body =
        format!("<w:p>{}{}{}</w:p>", r("Words"), object("Excel.Sheet.12", "package2"), object("Equation.3", "x"));
    let contract = Package::new(&body).part("package", "embeddings/prices.xlsx", "").accepted();
    assert!(
        noted(&contract, "2 embedded objects were not read: a workbook (word/embeddings/prices.xlsx); an equation"),
        "{:?}",
        contract.notes
    );
}
