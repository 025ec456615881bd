//! The numbers that Word shows, one rule at a time, in documents of a few paragraphs (ECMA-376 part 1, 17.9).

use proviso::source::{Format, Limits, View, project, read};
use std::io::Write as _;

/// What a document is made of.
#[derive(Clone, Default)]
struct Document {
    body: String,
    numbering: String,
    styles: String,
    footnotes: String,
}

impl Document {
    fn bytes(&self) -> Vec<u8> {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let related = |kind: &str, target: &str| {
            format!("<Relationship Id=\"{kind}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
        };
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let relationships = |of: &str| format!("<Relationships xmlns=\"{package}\">{of}</Relationships>");
        let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
        let part = |name: &str, inner: &str| format!("<w:{name} {word}>{inner}</w:{name}>");
        let kinds = ["numbering", "styles", "footnotes"].map(|kind| related(kind, &format!("{kind}.xml")));
        let files = [
            ("_rels/.rels", relationships(&related("officeDocument", "word/document.xml"))),
            ("word/_rels/document.xml.rels", relationships(&kinds.concat())),
            ("word/document.xml", part("document", &format!("<w:body>{}</w:body>", self.body))),
            ("word/numbering.xml", part("numbering", &self.numbering)),
            ("word/styles.xml", part("styles", &self.styles)),
            ("word/footnotes.xml", part("footnotes", &self.footnotes)),
        ];
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, text) in files {
            zip.start_file(name, stored).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Each paragraph of the view as "label text".
    fn view(&self, view: View) -> Vec<String> {
        let contract = project(&read(&self.bytes(), Format::Docx, &Limits::default()).unwrap(), view);
        let shown = |b: &proviso::source::Block| {
            let label = b.label.as_deref().unwrap_or(if b.bullet { "*" } else { "" });
            format!("{label} {}", b.span.of(&contract.text)).trim().to_string()
        };
        contract.blocks.iter().map(shown).collect()
    }

    fn accepted(&self) -> Vec<String> {
        self.view(View::Accepted)
    }
}

/// A paragraph with the given properties.
fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// `w:numPr`.
fn list(num: u32, level: u8) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{num}\"/></w:numPr>")
}

/// A paragraph of a list.
fn item(num: u32, level: u8, text: &str) -> String {
    paragraph(&list(num, level), text)
}

/// A paragraph in a style.
fn styled(style: &str, text: &str) -> String {
    paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), text)
}

/// `w:lvl` that starts at 1.
fn level(at: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn definition(id: u32, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
}

/// `w:num` with overrides.
fn instance(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// `w:lvlOverride`.
fn overriding(at: u8, with: &str) -> String {
    format!("<w:lvlOverride w:ilvl=\"{at}\">{with}</w:lvlOverride>")
}

fn restart(at: u8, start: u32) -> String {
    overriding(at, &format!("<w:startOverride w:val=\"{start}\"/>"))
}

/// "1.", "1.1", "(a)".
fn legal() -> [String; 3] {
    [level(0, "decimal", "%1.", ""), level(1, "decimal", "%1.%2", ""), level(2, "lowerLetter", "(%3)", "")]
}

/// List 1 over the legal levels, and the paragraphs.
fn legal_document(body: &[String]) -> Document {
    let numbering = definition(0, &legal()) + &instance(1, 0, "");
    Document { body: body.concat(), numbering, ..Document::default() }
}

#[test]
fn lists_over_one_definition_continue_and_a_start_override_restarts_once() {
    let numbering =
        definition(0, &legal()) + &instance(1, 0, "") + &instance(2, 0, "") + &instance(3, 0, &restart(0, 4));
    let body = [item(1, 0, "A"), item(2, 0, "B"), item(3, 0, "C"), item(3, 0, "D"), item(1, 0, "E"), item(3, 0, "F")];
    let document = Document { body: body.concat(), numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["1. A", "2. B", "4. C", "5. D", "6. E", "7. F"]);
}

#[test]
fn a_start_override_holds_whenever_its_level_starts_anew() {
    let numbering = definition(0, &legal()) + &instance(1, 0, &restart(1, 5));
    let body = [item(1, 0, "A"), item(1, 1, "B"), item(1, 1, "C"), item(1, 0, "D"), item(1, 1, "E")];
    let document = Document { body: body.concat(), numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["1. A", "1.5 B", "1.6 C", "2. D", "2.5 E"]);
}

#[test]
fn an_overridden_level_replaces_the_definitions_for_its_list_alone() {
    let roman = overriding(0, &level(0, "upperRoman", "Article %1", ""));
    let numbering = definition(0, &legal()) + &instance(1, 0, "") + &instance(2, 0, &roman);
    let body = [item(1, 0, "A"), item(2, 0, "B"), item(2, 1, "C"), item(1, 1, "D")];
    let document = Document { body: body.concat(), numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["1. A", "Article II B", "II.1 C", "2.2 D"]);
}

#[test]
fn legal_numbering_shows_figures_and_keeps_leading_zeros() {
    let levels = [
        level(0, "upperRoman", "%1.", ""),
        level(1, "decimalZero", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%1.%2.%3", "<w:isLgl/>"),
        level(3, "lowerLetter", "%1(%4)", "<w:isLgl w:val=\"0\"/>"),
    ];
    let numbering = definition(0, &levels) + &instance(1, 0, "");
    let body = [item(1, 0, "A"), item(1, 1, "B"), item(1, 2, "C"), item(1, 3, "D")];
    let document = Document { body: body.concat(), numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["I. A", "1.01 B", "1.01.1 C", "I(a) D"]);
}

#[test]
fn a_restart_names_the_level_that_restarts_and_zero_never_does() {
    let walk = [item(1, 0, "A"), item(1, 1, "B"), item(1, 2, "C"), item(1, 1, "D"), item(1, 2, "E"), item(1, 0, "F")];
    let body = walk.concat() + &item(1, 1, "G") + &item(1, 2, "H");
    let with = |more: &str| {
        let [first, second, _] = legal();
        let levels = [first, second, level(2, "lowerLetter", "(%3)", more)];
        let numbering = definition(0, &levels) + &instance(1, 0, "");
        let third = |l: &&String| l.starts_with('(');
        let labels = Document { body: body.clone(), numbering, ..Document::default() }.accepted();
        labels.iter().filter(third).cloned().collect::<Vec<_>>()
    };
    assert_eq!(with(""), ["(a) C", "(a) E", "(a) H"]);
    assert_eq!(with("<w:lvlRestart w:val=\"1\"/>"), ["(a) C", "(b) E", "(a) H"]);
    assert_eq!(with("<w:lvlRestart w:val=\"0\"/>"), ["(a) C", "(b) E", "(c) H"]);
    // A level that is not higher than the restarted one is ignored (17.9.10).
    assert_eq!(with("<w:lvlRestart w:val=\"3\"/>"), ["(a) C", "(a) E", "(a) H"]);
}

#[test]
fn a_level_that_replaces_the_definitions_does_not_change_when_it_restarts() {
    let replaced = overriding(1, &level(1, "decimal", "%2)", "<w:lvlRestart w:val=\"0\"/>"));
    let numbering = definition(0, &legal()) + &instance(1, 0, &replaced);
    let body = [item(1, 0, "A"), item(1, 1, "B"), item(1, 0, "C"), item(1, 1, "D")];
    let document = Document { body: body.concat(), numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["1. A", "1) B", "2. C", "1) D"]);
}

#[test]
fn number_zero_takes_the_number_off_that_a_style_gives() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Clause\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Plain\"><w:basedOn w:val=\"Clause\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>";
    let body = [
        styled("Clause", "A"),
        styled("Plain", "B"),
        paragraph("<w:pStyle w:val=\"Clause\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "C"),
        styled("Clause", "D"),
        item(9, 0, "no such list"),
    ];
    let document = Document { styles: styles.into(), ..legal_document(&body) };
    assert_eq!(document.accepted(), ["1. A", "B", "C", "2. D", "no such list"]);
}

#[test]
fn a_level_is_bound_to_a_style_and_passed_on() {
    let style = |id: &str, base: &str, number: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{base}\"/><w:pPr><w:numPr>{number}</w:numPr></w:pPr></w:style>"
        )
    };
    let styles = [
        style("One", "", "<w:numId w:val=\"1\"/>"),
        style("Two", "One", "<w:numId w:val=\"1\"/>"),
        style("Child", "Two", ""),
        style("Moved", "One", "<w:ilvl w:val=\"2\"/>"),
    ];
    let bound = |at: u8, text: &str, style: &str| level(at, "decimal", text, &format!("<w:pStyle w:val=\"{style}\"/>"));
    let levels = [bound(0, "%1.", "One"), bound(1, "%1.%2", "Two"), level(2, "lowerLetter", "(%3)", "")];
    let body = [styled("One", "A"), styled("Two", "B"), styled("Child", "C"), styled("Moved", "D")];
    let numbering = definition(0, &levels) + &instance(1, 0, "");
    let document = Document { body: body.concat(), numbering, styles: styles.concat(), ..Document::default() };
    assert_eq!(document.accepted(), ["1. A", "1.1 B", "1.2 C", "(a) D"]);
}

#[test]
fn a_definition_may_be_that_of_a_numbering_style() {
    let link = |id: u32, kind: &str, levels: &str| {
        format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:{kind} w:val=\"House\"/>{levels}</w:abstractNum>")
    };
    let numbering = link(0, "numStyleLink", "") + &link(1, "styleLink", &legal().concat()) + &instance(1, 0, "");
    let style = "<w:style w:type=\"numbering\" w:styleId=\"House\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let body = item(1, 0, "A") + &item(1, 1, "B");
    let through_style = Document {
        body,
        numbering: numbering.clone() + &instance(2, 1, ""),
        styles: style.into(),
        ..Document::default()
    };
    assert_eq!(through_style.accepted(), ["1. A", "1.1 B"]);
    // Without the style's own list, the definition that names the style.
    assert_eq!(Document { styles: String::new(), numbering, ..through_style }.accepted(), ["1. A", "1.1 B"]);
}

#[test]
fn a_level_may_show_nothing_a_word_or_a_bullet_and_counts_all_the_same() {
    let levels = [
        level(0, "decimal", "", ""),
        level(1, "none", "Schedule", ""),
        level(2, "bullet", "\u{f0b7}", "<w:lvlPicBulletId w:val=\"0\"/>"),
        level(3, "decimal", "%1.%4", ""),
    ];
    let numbering = definition(0, &levels) + &instance(1, 0, "");
    let body = [item(1, 0, "A"), item(1, 0, "B"), item(1, 1, "C"), item(1, 2, "D"), item(1, 3, "E"), item(1, 7, "F")];
    let document = Document { body: body.concat(), numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["A", "B", "Schedule C", "* D", "2.1 E", "F"]);
}

#[test]
fn a_format_of_later_word_stands_before_one_for_older_readers() {
    let format = "<mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/></mc:Choice>\
        <mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>";
    let levels = [
        format!("<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>{format}<w:lvlText w:val=\"%1\"/></w:lvl>"),
        level(1, "cardinalText", "Part %2", ""),
        level(2, "ordinal", "%3", ""),
    ];
    let numbering = definition(0, &levels) + &instance(1, 0, "");
    let body = item(1, 0, "A") + &item(1, 1, "B") + &item(1, 2, "C");
    let document = Document { body, numbering, ..Document::default() };
    assert_eq!(document.accepted(), ["001 A", "Part One B", "1st C"]);
}

#[test]
fn table_cells_and_empty_paragraphs_count_with_the_clauses_and_section_breaks_do_not() {
    let cell = |inner: &str| format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>");
    let body = [
        item(1, 0, "A"),
        cell(&item(1, 0, "B")),
        format!("<w:p><w:pPr>{}</w:pPr></w:p>", list(1, 0)),
        item(1, 0, "C"),
        format!("<w:p><w:pPr>{}<w:sectPr/></w:pPr></w:p>", list(1, 0)),
        item(1, 0, "D"),
    ];
    assert_eq!(legal_document(&body).accepted(), ["1. A", "2. B", "4. C", "5. D"]);
}

#[test]
fn text_boxes_and_notes_count_by_themselves() {
    let text_box = format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", item(1, 0, "in a box"));
    let body = [
        item(1, 0, "A"),
        format!("<w:p><w:r>{text_box}<w:t>B</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>"),
        item(1, 0, "C"),
    ];
    let footnotes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", item(1, 0, "in a note"));
    let document = Document { footnotes, ..legal_document(&body) };
    assert_eq!(document.accepted(), ["1. A", "B", "1. in a box", "1. in a note", "2. C"]);
}

#[test]
fn each_view_counts_what_it_shows() {
    let change = |kind: &str, inner: &str| format!("<w:{kind} w:id=\"1\" w:author=\"A\">{inner}</w:{kind}>");
    let revised = |kind: &str, text: &str| {
        let name = if kind == "del" { "delText" } else { "t" };
        let run = change(kind, &format!("<w:r><w:{name}>{text}</w:{name}></w:r>"));
        format!("<w:p><w:pPr>{}<w:rPr>{}</w:rPr></w:pPr>{run}</w:p>", list(1, 0), change(kind, ""))
    };
    let cell = |inner: &str| format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>");
    let body = [
        item(1, 0, "A"),
        revised("del", "B"),
        revised("ins", "C"),
        item(1, 0, "D"),
        revised("ins", ""),
        cell(&item(1, 0, "E")),
    ];
    let document = legal_document(&body);
    assert_eq!(document.view(View::Accepted), ["1. A", "2. C", "3. D", "5. E"]);
    assert_eq!(document.view(View::Original), ["1. A", "2. B", "3. D", "4. E"]);
}

#[test]
fn a_style_separator_is_a_mark_that_is_hidden_and_stays_so() {
    let heading = |mark: &str, text: &str| paragraph(&format!("{}<w:rPr>{mark}</w:rPr>", list(1, 0)), text);
    let separator = "<w:vanish/><w:specVanish/>";
    let body = |mark: &str| [heading(mark, "Term"), paragraph("", ". One year."), item(1, 0, "Next")];
    assert_eq!(legal_document(&body(separator)).accepted(), ["1. Term\n. One year.", "2. Next"]);
    // 17.3.2.36 without 17.3.2.41: what is left of a separator that was shown again.
    assert_eq!(legal_document(&body("<w:specVanish/>")).accepted(), ["1. Term", ". One year.", "2. Next"]);
    let deleted =
        |text: &str| format!("<w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let gone = format!(
        "<w:p><w:pPr>{}<w:rPr><w:del w:id=\"2\" w:author=\"A\"/>{separator}</w:rPr></w:pPr>{}</w:p>",
        list(1, 0),
        deleted("Term")
    );
    let document = legal_document(&[gone, item(1, 0, "Next")]);
    assert_eq!(document.view(View::Accepted), ["1. Next"]);
}
