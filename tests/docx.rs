//! What stands in a DOCX package and how it is read: a tiny package per feature, built here.

use proviso::source::links::Destination;
use proviso::source::{Contract, Format, Limits, Place, View, project, read};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram""#;

/// A package under construction.
struct Package {
    entries: Vec<(String, Vec<u8>)>,
    relationships: String,
}

impl Package {
    /// With the body of the main part.
    fn new(body: &str) -> Self {
        Self::with_main("word/document.xml", root("document", &format!("<w:body>{body}</w:body>")).into_bytes())
    }

    fn with_main(name: &str, bytes: Vec<u8>) -> Self {
        let rels = relationships(&relationship("rId1", "officeDocument", name));
        let entries = vec![("_rels/.rels".to_string(), rels.into_bytes()), (name.to_string(), bytes)];
        Self { entries, relationships: String::new() }
    }

    /// Adds a part that the main part has a relationship of this kind to; its id is the kind and the count of parts.
    fn part(mut self, kind: &str, name: &str, content: &str) -> Self {
        let id = format!("{kind}{}", self.entries.len());
        self.relationships.push_str(&relationship(&id, kind, name));
        self.entries.push((format!("word/{name}"), content.as_bytes().to_vec()));
        self
    }

    /// Adds a relationship that leads out of the package.
    fn external(mut self, id: &str, kind: &str, target: &str) -> Self {
        let out = relationship(id, kind, target).replace("/>", " TargetMode=\"External\"/>");
        self.relationships.push_str(&out);
        self
    }

    fn entry(mut self, name: &str, content: &str) -> Self {
        self.entries.push((name.to_string(), content.as_bytes().to_vec()));
        self
    }

    fn bytes(mut self) -> Vec<u8> {
        if !self.relationships.is_empty() {
            let rels = relationships(&self.relationships).into_bytes();
            self.entries.push(("word/_rels/document.xml.rels".into(), rels));
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.entries {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn view(self, view: View) -> Contract {
        project(&read(&self.bytes(), Format::Docx, &Limits::default()).unwrap(), view)
    }

    fn accepted(self) -> Contract {
        self.view(View::Accepted)
    }

    /// The texts of both views: accepted, original.
    fn both(self) -> (Contract, Contract) {
        let source = read(&self.bytes(), Format::Docx, &Limits::default()).unwrap();
        (project(&source, View::Accepted), project(&source, View::Original))
    }
}

fn relationship(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relationships(inside: &str) -> String {
    let uri = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!(r#"<Relationships xmlns="{uri}">{inside}</Relationships>"#)
}

fn root(name: &str, inside: &str) -> String {
    format!("<w:{name} {NAMESPACES}>{inside}</w:{name}>")
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// The text of a body.
fn text(body: &str) -> String {
    Package::new(body).accepted().text
}

fn places(contract: &Contract) -> Vec<(Place, &str)> {
    contract.blocks.iter().map(|b| (b.place, b.span.of(&contract.text))).collect()
}

fn labels(contract: &Contract) -> Vec<String> {
    let shown =
        |b: &proviso::source::Block| format!("{} {}", b.label.as_deref().unwrap_or("-"), b.span.of(&contract.text));
    contract.blocks.iter().map(shown).collect()
}

fn noted(contract: &Contract, words: &str) -> bool {
    contract.notes.iter().any(|n| n.contains(words))
}

/// A tracked change around something.
fn change(kind: &str, inside: &str) -> String {
    format!(r#"<w:{kind} w:id="1" w:author="A. Lawyer" w:date="2026-01-02T03:04:05Z">{inside}</w:{kind}>"#)
}

fn deleted(text: &str) -> String {
    change("del", &format!(r#"<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>"#))
}

// Parts

#[test]
fn notes_stand_after_the_paragraph_of_their_reference() {
    let notes = |kind: &str, text: &str| {
        let inside = format!(
            r#"<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}><w:{kind} w:id="2">{}</w:{kind}>"#,
            p(text)
        );
        root(&format!("{kind}s"), &inside)
    };
    let body = format!(
        r#"<w:p>{}<w:r><w:footnoteReference w:id="2"/></w:r>{}<w:r><w:endnoteReference w:id="2"/></w:r></w:p>{}"#,
        r("Fees"),
        r(" are due."),
        p("Next.")
    );
    let contract = Package::new(&body)
        .part("footnotes", "footnotes.xml", &notes("footnote", "Without tax."))
        .part("endnotes", "endnotes.xml", &notes("endnote", "In euro."))
        .accepted();
    assert_eq!(
        places(&contract),
        [
            (Place::Body, "Fees are due."),
            (Place::Note, "Without tax."),
            (Place::Note, "In euro."),
            (Place::Body, "Next.")
        ]
    );
    let leads: Vec<(u32, &Destination)> = contract.references.iter().map(|l| (l.span.start, &l.to)).collect();
    assert_eq!(leads, [(4, &Destination::Block(1)), (13, &Destination::Block(2))]);
}

#[test]
fn words_in_a_note_separator_are_kept_as_furniture() {
    let inside =
        format!(r#"<w:footnote w:type="continuationNotice" w:id="1">{}</w:footnote>"#, p("Continued on the next page"));
    let contract = Package::new(&p("Term.")).part("footnotes", "f.xml", &root("footnotes", &inside)).accepted();
    assert_eq!(places(&contract)[1], (Place::HeaderFooter, "Continued on the next page"));
}

#[test]
fn headers_and_footers_of_all_sections_come_last_and_once() {
    let section = |id: &str| format!(r#"<w:sectPr><w:headerReference w:type="default" r:id="{id}"/></w:sectPr>"#);
    let body =
        format!("<w:p><w:pPr>{}</w:pPr>{}</w:p>{}{}", section("header2"), r("One."), p("Two."), section("header3"));
    let contract = Package::new(&body)
        .part("header", "h1.xml", &root("hdr", &p("First header")))
        .part("header", "h2.xml", &root("hdr", &p("Second header")))
        .part("footer", "f.xml", &root("ftr", &p("Footer that no section names")))
        .accepted();
    assert_eq!(contract.text, "One.\nTwo.\nFirst header\nSecond header\nFooter that no section names");
    assert_eq!(contract.blocks[2].place, Place::HeaderFooter);
}

#[test]
fn text_boxes_stand_after_their_paragraph() {
    let drawing = format!(
        "<w:r><w:drawing><wps:txbx><w:txbxContent>{}{}</w:txbxContent></wps:txbx></w:drawing></w:r>",
        p("In a box."),
        p("Still there.")
    );
    let vml = format!(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        p("In an old box.")
    );
    let contract =
        Package::new(&format!("<w:p>{}{drawing}{}</w:p><w:p>{vml}</w:p>", r("Around"), r(" it."))).accepted();
    assert_eq!(
        places(&contract),
        [
            (Place::Body, "Around it."),
            (Place::TextBox, "In a box."),
            (Place::TextBox, "Still there."),
            (Place::TextBox, "In an old box.")
        ]
    );
}

#[test]
fn alternatives_of_one_thing_are_read_once() {
    let both = |choice: &str, fallback: &str| {
        text(&format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
            p("End")
        ))
    };
    let words = |w: &str| format!("<w:t>{w}</w:t>");
    assert_eq!(both(&words("new"), &words("old")), "new\nEnd");
    assert_eq!(both("<w:drawing/>", &words("old")), "old\nEnd", "a choice without words leaves them to the fallback");
}

#[test]
fn cells_have_their_row_and_column_in_nested_and_merged_tables() {
    let cell = |properties: &str, inside: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>");
    let inner = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", &p("inner")));
    let table = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/>", &p("wide")),
        cell("<w:vMerge w:val=\"restart\"/>", &p("tall")),
        cell("", &format!("{inner}{}", p("after"))),
        cell("<w:vMerge/>", "<w:p/>"),
    );
    let contract = Package::new(&table).accepted();
    let at = |table, row, column, head| Place::Cell { table, row, column, head };
    assert_eq!(
        places(&contract),
        [
            (at(1, 0, 0, true), "wide"),
            (at(1, 0, 2, true), "tall"),
            (at(2, 0, 0, false), "inner"),
            (at(1, 1, 1, false), "after")
        ]
    );
    assert!(contract.text.starts_with("wide\ttall\n"));
}

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
    assert!(noted(&contract, "1 inserted document was not read"), "{:?}", contract.notes);
}

#[test]
fn a_subdocument_is_named_as_not_read() {
    let body = format!(r#"{}<w:subDoc r:id="s1"/>"#, p("Master"));
    let contract = Package::new(&body).external("s1", "subDocument", "annex.docx").accepted();
    assert!(noted(&contract, "subdocument annex.docx was not read (it is a file of its own)"), "{:?}", contract.notes);
}

#[test]
fn comments_are_notes_and_no_terms() {
    let body = format!(r#"<w:p>{}<w:r><w:commentReference w:id="0"/></w:r></w:p>"#, r("Fees."));
    let comment = format!(r#"<w:comment w:id="0" w:author="B. Counsel">{}</w:comment>"#, p("Too high?"));
    let contract = Package::new(&body).part("comments", "comments.xml", &root("comments", &comment)).accepted();
    assert_eq!(contract.text, "Fees.");
    assert!(
        noted(&contract, "1 comment was left out (comments are no terms): B. Counsel: \"Too high?\""),
        "{:?}",
        contract.notes
    );
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

// Controls, fields, links

fn control(properties: &str, content: &str) -> String {
    format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
}

#[test]
fn content_controls_show_their_boxes_and_prompts() {
    let ticked = control(r#"<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>"#, &r("\u{2612}"));
    let unticked = control(r#"<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>"#, "");
    let list = control("<w:showingPlcHdr/><w:dropDownList/>", &r("Choose an item."));
    let filled = control("<w:alias w:val=\"Name\"/><w:text/>", &r("Acme"));
    let body = format!("<w:p>{ticked}{}{unticked}{}</w:p><w:p>{list} {filled}</w:p>", r(" daily "), r("weekly"));
    let contract = Package::new(&body).accepted();
    assert_eq!(contract.text, "\u{2612} daily \u{2610} weekly\nChoose an item.Acme");
    assert!(noted(&contract, "1 content control is not filled in: \"Choose an item.\""), "{:?}", contract.notes);
}

#[test]
fn a_control_around_paragraphs_rows_and_cells_is_seen_through() {
    let cell = control("", &format!("<w:tc>{}</w:tc>", p("cell")));
    let row = control("", &format!("<w:tr>{cell}</w:tr>"));
    assert_eq!(text(&control("", &format!("{}<w:tbl>{row}</w:tbl>", p("para")))), "para\ncell");
}

fn field(instruction: &str, data: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

#[test]
fn legacy_form_fields_show_their_state() {
    let tick = "<w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData>";
    let empty = "<w:ffData><w:checkBox><w:default w:val=\"0\"/></w:checkBox></w:ffData>";
    let list = "<w:ffData><w:ddList><w:default w:val=\"1\"/><w:listEntry w:val=\"EU\"/><w:listEntry w:val=\"US\"/></w:ddList></w:ffData>";
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p><w:p>{}{}</w:p>",
        field("FORMCHECKBOX", tick, ""),
        r("yes "),
        field("FORMCHECKBOX", empty, ""),
        r("no "),
        field("FORMDROPDOWN", list, ""),
        r("Name: "),
        field("FORMTEXT", "<w:ffData><w:textInput/></w:ffData>", &r("\u{2002}\u{2002}"))
    );
    let contract = Package::new(&body).accepted();
    assert!(contract.text.starts_with("\u{2612} yes \u{2610} no US\nName:"), "{}", contract.text);
    assert!(noted(&contract, "1 form field is not filled in"), "{:?}", contract.notes);
}

#[test]
fn fields_show_their_result_and_references_lead_to_their_bookmark() {
    let target = format!(
        r#"<w:p><w:bookmarkStart w:id="0" w:name="_Ref1"/>{}<w:bookmarkEnd w:id="0"/></w:p>"#,
        r("Confidentiality.")
    );
    let body = format!(
        r#"<w:p>{}{}{}<w:fldSimple w:instr=" DOCPROPERTY Client ">{}</w:fldSimple>{}{}</w:p>{target}"#,
        r("See clause "),
        field("REF _Ref1 \\r \\h", "", &r("7.2")),
        r(" with "),
        r("Acme"),
        r(" and "),
        field("REF _Gone \\h", "", &r("9"))
    );
    let contract = Package::new(&body).accepted();
    assert_eq!(contract.text, "See clause 7.2 with Acme and 9\nConfidentiality.");
    let found: Vec<_> = contract.references.iter().map(|l| (l.span.of(&contract.text), l.to.clone())).collect();
    assert_eq!(found, [("7.2", Destination::Block(1)), ("9", Destination::Lost("_Gone".into()))]);
}

#[test]
fn hyperlinks_keep_their_text_and_their_address() {
    let body = format!(
        r#"<w:p>{}<w:hyperlink r:id="h1">{}{}</w:hyperlink>{}</w:p>"#,
        r("At "),
        r("our "),
        r("site"),
        field("HYPERLINK \"https://example.com/b\"", "", &r(" or here"))
    );
    let contract = Package::new(&body).external("h1", "hyperlink", "https://example.com/a").accepted();
    assert_eq!(contract.text, "At our site or here");
    let found: Vec<_> = contract.references.iter().map(|l| (l.span.of(&contract.text), l.to.clone())).collect();
    let address = |a: &str| Destination::Address(format!("https://example.com/{a}"));
    assert_eq!(found, [("our site", address("a")), (" or here", address("b"))]);
}

#[test]
fn a_table_of_contents_is_no_text_of_clauses() {
    let body = format!(
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}</w:p>{}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>{}"#,
        r("1 Fees\t2"),
        p("2 Term\t3"),
        p("Fees")
    );
    let contract = Package::new(&body).accepted();
    let places: Vec<Place> = contract.blocks.iter().map(|b| b.place).collect();
    assert_eq!(places, [Place::Contents, Place::Contents, Place::Body]);
}

// Characters and runs

#[test]
fn special_characters_read_as_they_look() {
    let run = |inside: &str| text(&format!("<w:p><w:r>{inside}</w:r></w:p>"));
    assert_eq!(run("<w:t>sub</w:t><w:noBreakHyphen/><w:t>processor</w:t>"), "sub-processor");
    assert_eq!(run("<w:t>sub</w:t><w:softHyphen/><w:t>processor</w:t>"), "subprocessor");
    assert_eq!(run("<w:t>pre\u{ad}paid</w:t>"), "pre-paid", "Word shows U+00AD as a hyphen");
    assert_eq!(run("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:ptab/><w:t>d</w:t>"), "a\tb\nc\td");
    assert_eq!(run(r#"<w:sym w:font="Wingdings" w:char="F06F"/><w:t> no</w:t>"#), "\u{2610} no");
    assert_eq!(run(r#"<w:sym w:font="Wingdings 2" w:char="F052"/><w:t> yes</w:t>"#), "\u{2611} yes");
    assert_eq!(run(r#"<w:sym w:font="Times New Roman" w:char="00A7"/><w:t> 5</w:t>"#), "\u{a7} 5");
    assert_eq!(run(r#"<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>o</w:t>"#), "\u{2610}");
    assert_eq!(run(r#"<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>Daily</w:t>"#), "Daily");
    assert_eq!(run(r#"<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>&#xF0B3;</w:t>"#), "\u{2265}");
}

#[test]
fn mathematics_keeps_its_signs() {
    let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let fraction = format!("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", t("fees"), t("12"));
    let power = format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", t("10"), t("2"));
    let fence = format!("<m:d><m:dPr/><m:e>{}{power}</m:e></m:d>", t("x+"));
    assert_eq!(text(&format!("<w:p><m:oMath>{}{fence}{fraction}</m:oMath></w:p>", t("c="))), "c=(x+10^2)fees/12");
}

#[test]
fn a_phonetic_guide_follows_its_base() {
    let ruby = format!(
        "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        r("guide"),
        r("base")
    );
    assert_eq!(text(&format!("<w:p>{}{ruby}{}</w:p>", r("The "), r("."))), "The base(guide).");
}

#[test]
fn wrappers_and_stray_runs_are_read() {
    let body = format!(
        r#"<w:p><w:smartTag w:element="place">{}</w:smartTag><w:customXml>{}</w:customXml><w:bdo>{}</w:bdo></w:p>{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>{}"#,
        r("smart "),
        r("custom "),
        r("order"),
        r("between paragraphs"),
        r("in a cell"),
        p("End")
    );
    assert_eq!(text(&body), "smart custom order\nbetween paragraphs\nin a cell\nEnd");
}

#[test]
fn hidden_text_is_kept_with_a_warning() {
    let contract = Package::new("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret term.</w:t></w:r></w:p>").accepted();
    assert_eq!(contract.text, "Secret term.");
    assert!(noted(&contract, "1 piece of hidden text was read"), "{:?}", contract.notes);
}

#[test]
fn a_style_separator_joins_a_heading_and_its_text() {
    let body = format!(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{}</w:p>{}",
        r("Fees."),
        p(" They are due.")
    );
    let contract = Package::new(&body).accepted();
    assert_eq!(contract.text, "Fees. They are due.");
    assert_eq!(contract.blocks.len(), 1);
}

// Packages

#[test]
fn any_namespace_prefix_and_encoding_is_read() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let inside = "<?:body><?:p><?:r><?:t>Words</?:t></?:r></?:p></?:body>";
    let prefixed = |uri: &str, prefix: &str| {
        let xml = format!("<?:document xmlns:?=\"{uri}\">{inside}</?:document>");
        match prefix {
            "" => xml.replace("xmlns:?", "xmlns").replace("?:", ""),
            prefix => xml.replace('?', prefix),
        }
    };
    let wide =
        |text: &str, bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect();
    let mains: [Vec<u8>; 6] = [
        prefixed(strict, "w").into_bytes(),
        prefixed(WORD, "ns0").into_bytes(),
        prefixed(WORD, "").into_bytes(),
        format!("\u{feff}{}", prefixed(WORD, "w")).into_bytes(),
        wide(&prefixed(WORD, "w"), u16::to_le_bytes),
        wide(&prefixed(WORD, "w"), u16::to_be_bytes),
    ];
    for main in mains {
        assert_eq!(Package::with_main("word/document.xml", main).accepted().text, "Words");
    }
}

#[test]
fn the_main_part_has_any_name_in_any_case() {
    let main = || root("document", &format!("<w:body>{}</w:body>", p("Words"))).into_bytes();
    assert_eq!(Package::with_main("word/document2.xml", main()).accepted().text, "Words");
    let mut odd = Package::with_main("Word/Document.XML", main());
    odd.entries[0].1 = relationships(&relationship("rId1", "officeDocument", "/word/document.xml")).into_bytes();
    assert_eq!(odd.accepted().text, "Words");
}

#[test]
fn macro_and_template_packages_are_read_even_without_relationships() {
    for kind in ["ms-word.document.macroEnabled", "openxmlformats-officedocument.wordprocessingml.template"] {
        let main = root("document", &format!("<w:body>{}</w:body>", p("Words"))).into_bytes();
        let types = format!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/other.xml" ContentType="application/vnd.{kind}.main+xml"/></Types>"#
        );
        let mut package = Package::with_main("word/other.xml", main).entry("[Content_Types].xml", &types);
        assert_eq!(Package { entries: package.entries.clone(), relationships: String::new() }.accepted().text, "Words");
        package.entries.remove(0);
        let contract = package.accepted();
        assert_eq!(contract.text, "Words");
        assert!(noted(&contract, "word/other.xml was read"), "{:?}", contract.notes);
    }
}

// Tracked changes

#[test]
fn insertions_deletions_and_moves_show_in_one_view_each() {
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p>{}{}</w:p>",
        r("Pay in "),
        deleted("30"),
        change("ins", &r("60")),
        r(" days."),
        change("moveFrom", &r("Moved.")),
        change("moveTo", &r("Come."))
    );
    let (accepted, original) = Package::new(&body).both();
    assert_eq!(accepted.text, "Pay in 60 days.\nCome.");
    assert_eq!(original.text, "Pay in 30 days.\nMoved.");
    assert!(noted(&accepted, "2 words deleted by tracked changes (A. Lawyer) are not in the accepted text"));
    assert!(noted(&original, "2 words inserted by tracked changes (A. Lawyer) are not in the original text"));
}

#[test]
fn a_changed_paragraph_mark_joins_and_parts_paragraphs() {
    let marked =
        |kind: &str, text: &str| format!("<w:p><w:pPr><w:rPr>{}</w:rPr></w:pPr>{}</w:p>", change(kind, ""), r(text));
    let (accepted, original) = Package::new(&format!("{}{}", marked("del", "One "), p("two."))).both();
    assert_eq!((accepted.text.as_str(), original.text.as_str()), ("One two.", "One \ntwo."));
    let (accepted, original) = Package::new(&format!("{}{}", marked("ins", "One "), p("two."))).both();
    assert_eq!((accepted.text.as_str(), original.text.as_str()), ("One \ntwo.", "One two."));
}

#[test]
fn a_joined_paragraph_keeps_its_note_after_it() {
    let body = format!(
        r#"<w:p><w:pPr><w:rPr>{}</w:rPr></w:pPr>{}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>{}"#,
        change("del", ""),
        r("One "),
        p("two.")
    );
    let note = |mark: &str| {
        format!(r#"<w:footnote w:id="2"><w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{}</w:p></w:footnote>"#, r("Note."))
    };
    let other = format!(r#"<w:footnote w:id="3">{}</w:footnote>"#, p("Other."));
    let notes = root("footnotes", &format!("{}{other}", note(&change("del", ""))));
    let (accepted, _) = Package::new(&body).part("footnotes", "f.xml", &notes).both();
    assert_eq!(accepted.text, "One two.\nNote.\nOther.");
}

#[test]
fn what_hangs_on_a_deleted_reference_goes_with_it() {
    let reference = change("del", r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#);
    let frame = format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p("Boxed."));
    let body = format!("<w:p>{}{reference}{}</w:p>", r("Fees."), change("ins", &frame));
    let notes = root("footnotes", &format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p("Noted.")));
    let (accepted, original) = Package::new(&body).part("footnotes", "f.xml", &notes).both();
    assert_eq!((accepted.text.as_str(), original.text.as_str()), ("Fees.\nBoxed.", "Fees.\nNoted."));
    assert_eq!((accepted.references.len(), original.references.len()), (0, 1));
}

/// One numbered list, "1.", and a second one with letters.
fn numbering() -> String {
    let list = |id: u8, format: &str, text: &str| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>"#
        )
    };
    let num = |id: u8| format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#);
    let lists = format!("{}{}", list(1, "decimal", "%1."), list(2, "lowerLetter", "(%1)"));
    root("numbering", &format!("{lists}{}{}", num(1), num(2)))
}

/// A paragraph of list `num` with more properties.
fn item(num: u8, more: &str, inside: &str) -> String {
    format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>{more}</w:pPr>{inside}</w:p>"#)
}

fn numbered(body: &str) -> (Contract, Contract) {
    Package::new(body).part("numbering", "numbering.xml", &numbering()).both()
}

#[test]
fn labels_count_what_each_view_shows() {
    let gone = item(1, &format!("<w:rPr>{}</w:rPr>", change("del", "")), &deleted("Gone."));
    let (accepted, original) = numbered(&format!("{}{gone}{}", item(1, "", &r("Fees.")), item(1, "", &r("Term."))));
    assert_eq!(labels(&accepted), ["1. Fees.", "2. Term."]);
    assert_eq!(labels(&original), ["1. Fees.", "2. Gone.", "3. Term."]);
}

#[test]
fn changed_numbering_gives_each_view_its_label() {
    let former = r#"<w:pPrChange w:id="1" w:author="A"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>"#;
    let inserted = format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{}</w:numPr></w:pPr>{}</w:p>"#,
        change("ins", ""),
        r("New number.")
    );
    let (accepted, original) =
        numbered(&format!("{}{}{inserted}", item(1, "", &r("Fees.")), item(2, former, &r("Term."))));
    assert_eq!(labels(&accepted), ["1. Fees.", "(a) Term.", "2. New number."]);
    assert_eq!(labels(&original), ["1. Fees.", "2. Term.", "- New number."]);
}

#[test]
fn changed_formatting_gives_each_view_its_emphasis() {
    let bold = "<w:rPr><w:b/><w:rPrChange w:id=\"1\" w:author=\"A\"><w:rPr/></w:rPrChange></w:rPr>";
    let body = format!("<w:p><w:r>{bold}<w:t>Fees.</w:t></w:r>{}</w:p>", r(" They are due."));
    let (accepted, original) = Package::new(&body).both();
    assert_eq!((accepted.blocks[0].lead, original.blocks[0].lead), (5, 0));
}

#[test]
fn deleted_rows_and_inserted_cells_come_and_go_with_their_numbers() {
    let cell = |properties: &str, inside: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>");
    let row = |properties: &str, cells: &str| format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>");
    let table = format!(
        "<w:tbl>{}{}</w:tbl>{}",
        row(&change("del", ""), &cell("", &format!("{}{}", item(1, "", ""), item(1, "", &r("Gone."))))),
        row("", &format!("{}{}", cell("", &item(1, "", &r("Stays."))), cell(&change("cellIns", ""), &p("New.")))),
        item(1, "", &r("After.")),
    );
    let (accepted, original) = numbered(&table);
    assert_eq!(labels(&accepted), ["1. Stays.", "- New.", "2. After."]);
    assert_eq!(labels(&original), ["2. Gone.", "3. Stays.", "4. After."]);
}
