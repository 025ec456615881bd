//! Clause trees of small contracts: paths, headings, kinds, lead-ins, and what Word's numbering comes to.

use proviso::clause::{Clause, ClauseTree, Kind, Part, Role};
use proviso::source::{Contract, Format, Limits, View, project, read};
use std::io::Write;

const LISTS: &str = include_str!("corpus/clauses/lists.md");

fn markdown(text: &str) -> Contract {
    project(&read(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap(), View::Accepted)
}

/// A DOCX of the given body and numbering parts.
fn docx(body: &str, numbering: &str) -> Vec<u8> {
    const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relationship = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("_rels/.rels", relationship("r1", "officeDocument", "word/document.xml")),
        ("word/_rels/document.xml.rels", relationship("r2", "numbering", "numbering.xml")),
        ("word/document.xml", format!("<w:document {WORD}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", format!("<w:numbering {WORD}>{numbering}</w:numbering>")),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str, numbering: &str, view: View) -> Contract {
    project(&read(&docx(body, numbering), Format::Docx, &Limits::default()).unwrap(), view)
}

/// A paragraph, numbered at `level` of list 1 where one is given.
fn paragraph(level: Option<u8>, text: &str) -> String {
    let number = level.map_or_else(String::new, |l| {
        format!("<w:pPr><w:numPr><w:ilvl w:val=\"{l}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
    });
    format!("<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// List 1: "1.", "1.1", "(a)".
fn legal_numbering() -> String {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels = [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)")].concat();
    format!(
        "<w:abstractNum w:abstractNumId=\"7\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>"
    )
}

fn paths(tree: &ClauseTree) -> Vec<&str> {
    tree.clauses.iter().skip(1).map(|c| c.path.as_str()).collect()
}

/// Each paragraph as "path: text", its text cut to its first words.
fn paragraphs(contract: &Contract) -> Vec<String> {
    let tree = ClauseTree::new(contract);
    let first = |text: &str| text.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    tree.paragraphs.iter().map(|p| format!("{}: {}", tree.cite(p.clause), first(p.span.of(&contract.text)))).collect()
}

/// The unit that ends with the given words, its lead-ins in front.
fn unit(contract: &Contract, own: &str) -> String {
    let tree = ClauseTree::new(contract);
    let unit =
        tree.units.iter().find(|u| u.part == Part::Paragraph && u.own.of(&contract.text).starts_with(own)).unwrap();
    let spans = unit.leads.iter().copied().chain([unit.own]).chain(unit.tail);
    spans.map(|s| s.of(&contract.text)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn lists_nest_under_the_clause_that_leads_to_them() {
    let contract = markdown(LISTS);
    let want = [
        "",
        "1",
        "1.1",
        "1.2",
        "1.2(a)",
        "1.2(b)",
        "2",
        "2.1",
        "2.1.1",
        "2.1.2",
        "2.1.2(a)",
        "2.1.2(b)",
        "2.1.3",
        "2.2",
        "2a",
        "3",
        "3(a)",
        "3(b)",
        "Schedule 1",
        "Schedule 1, 1",
        "Schedule 1, 2",
        "Schedule 1",
    ];
    assert_eq!(paths(&ClauseTree::new(&contract)), want);
}

#[test]
fn lead_ins_and_closing_words_go_with_each_item() {
    let contract = markdown(LISTS);
    assert_eq!(
        unit(&contract, "tell the"),
        "The Host shall: | tell the Client of each Incident; | in each case within two days."
    );
    assert!(unit(&contract, "the cause").starts_with("The Host shall: | keep a log that shows: | the cause;"));
}

#[test]
fn a_definition_after_a_list_is_no_part_of_its_last_item() {
    let found = paragraphs(&markdown(LISTS));
    assert!(found.contains(&"1.2: \"Site\" means the".to_string()), "{found:?}");
}

#[test]
fn kinds_follow_headings_and_words_of_execution() {
    let tree = ClauseTree::new(&markdown(LISTS));
    let kind = |path: &str| tree.clauses.iter().find(|c| c.path == path && !path.is_empty()).unwrap().kind;
    assert_eq!((kind("1.1"), kind("2.1"), kind("Schedule 1")), (Kind::Definitions, Kind::Body, Kind::Schedule));
    assert_eq!(tree.clauses.last().unwrap().kind, Kind::Signatures);
    assert_eq!(tree.sentences.last().unwrap().role, Role::Signature);
}

#[test]
fn numbered_terms_end_the_recitals() {
    let contract = markdown(
        "**Background**\n\nA. The Buyer sells shoes.\n\nNow, therefore, the parties agree:\n\n**1. Price**\n\nThe Buyer shall pay one euro for each pair.\n",
    );
    let tree = ClauseTree::new(&contract);
    let kinds: Vec<_> = tree.clauses.iter().map(|c| (c.path.as_str(), c.kind)).collect();
    assert_eq!(kinds[1..], [("", Kind::Recitals), ("A", Kind::Recitals), ("", Kind::Body), ("1", Kind::Body)]);
}

#[test]
fn a_table_of_contents_ends_where_the_text_begins() {
    let contract =
        markdown("## Contents\n\n1. Scope\n2. Term\n\n## 1. Scope\n\nThe Host hosts.\n\n## 2. Term\n\nOne year.\n");
    let tree = ClauseTree::new(&contract);
    let body: Vec<_> = tree.clauses.iter().filter(|c| c.kind == Kind::Body).map(|c| c.path.as_str()).collect();
    assert_eq!(body, ["1", "2"]);
}

#[test]
fn schedules_in_a_list_begin_only_where_their_text_stands() {
    let contract = markdown(
        "1. Documents\n\nThe following schedules belong to this deed and are read with it:\n\nSchedule 1 Parking\n\nSchedule 2 Storage\n\n2. Law\n\nThe law of the sea governs this deed and all that follows from it.\n\n## Schedule 1 Parking\n\nCars stand here.\n\n## Schedule 2 Storage\n\nBoxes stand here.\n",
    );
    assert_eq!(paths(&ClauseTree::new(&contract)), ["1", "2", "Schedule 1", "Schedule 2"]);
}

#[test]
fn addresses_and_references_are_no_clauses() {
    let contract = markdown(
        "1. Notices\n\nNotices go to the Host at its office, which stands at the address below:\n\n12 Harbour Street, Portsea\n\nSection 4(b) and the schedule do not apply.\n",
    );
    assert_eq!(paths(&ClauseTree::new(&contract)), ["1"]);
}

#[test]
fn marks_of_another_look_count_within_the_clause_at_hand() {
    let contract = markdown(
        "**7. Staff**\n\nThe Host keeps its staff small and trains each of them every year.\n\n(1) Cooks rest on Monday.\n\na. Head cooks rest on Friday too.\n\n(2) Waiters rest on Sunday.\n\n**8. Fees**\n\nFees are paid in shells.\n",
    );
    assert_eq!(paths(&ClauseTree::new(&contract)), ["7", "7(1)", "7(1)(a)", "7(2)", "8"]);
}

#[test]
fn plain_text_keeps_labels_behind_its_bullets() {
    let text = "1. Duties\n\nThe Host shall do all of the following, each in good time:\n\n- (a) sweep;\n\n- (b) mop.\n\n2. Law\n\nThe law of the land governs all of this, wherever it may lead us.\n";
    let contract = project(&read(text.as_bytes(), Format::Text, &Limits::default()).unwrap(), View::Accepted);
    assert_eq!(paths(&ClauseTree::new(&contract)), ["1", "1(a)", "1(b)", "2"]);
    assert!(unit(&contract, "mop").starts_with("The Host shall do"));
}

#[test]
fn a_style_separator_parts_the_heading_from_the_text_of_its_clause() {
    let heading = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>";
    let body = [
        heading.to_string(),
        paragraph(None, "The Guest shall pay the Host in shells."),
        paragraph(Some(0), "Law. The law of the sea."),
    ];
    let contract = word(&body.concat(), &legal_numbering(), View::Accepted);
    let tree = ClauseTree::new(&contract);
    let headings: Vec<_> = tree.clauses.iter().filter_map(|c| c.heading).map(|h| h.of(&contract.text)).collect();
    assert_eq!((headings, paths(&tree)), (vec!["Fees", "Law"], vec!["1", "2"]));
    assert!(paragraphs(&contract).contains(&"1: The Guest shall".to_string()));
}

#[test]
fn html_in_indented_markdown_keeps_its_paragraphs() {
    let contract = markdown(
        "<div>\n<h2>1. Data</h2>\n\n    <ul>\n      <li>names\u{200b}</li>\n      <li>ages</li>\n    </ul>\n</div>\n",
    );
    assert_eq!(paragraphs(&contract), ["1: names", "1: ages"]);
    assert!(!contract.text.contains('\u{200b}'));
}

#[test]
fn the_same_agreement_has_the_same_paths_in_word_and_markdown() {
    let body = [
        paragraph(Some(0), "Care of Data"),
        paragraph(Some(1), "Storage. The Host shall:"),
        paragraph(Some(2), "store all data in one place; and"),
        paragraph(Some(2), "lock the door."),
        paragraph(Some(1), "The Host shall not lend data to anyone."),
        paragraph(Some(0), "Law"),
        paragraph(Some(1), "The law of the land governs this agreement."),
    ];
    let in_word = word(&body.concat(), &legal_numbering(), View::Accepted);
    let in_markdown = markdown(
        "## 1. Care of Data\n\n1.1 Storage. The Host shall:\n\n(a) store all data in one place; and\n\n(b) lock the door.\n\n1.2 The Host shall not lend data to anyone.\n\n## 2. Law\n\n2.1 The law of the land governs this agreement.\n",
    );
    assert_eq!(paths(&ClauseTree::new(&in_word)), paths(&ClauseTree::new(&in_markdown)));
    assert_eq!(unit(&in_word, "lock"), unit(&in_markdown, "lock"));
}

#[test]
fn a_section_break_alone_takes_no_number() {
    let broken = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:sectPr/></w:pPr></w:p>";
    let body = [broken.to_string(), paragraph(Some(0), "The Host hosts.")].concat();
    assert_eq!(word(&body, &legal_numbering(), View::Accepted).blocks[0].label.as_deref(), Some("1."));
}

#[test]
fn views_join_paragraphs_whose_mark_they_do_not_show() {
    let change = |kind: &str| format!("<w:{kind} w:id=\"1\" w:author=\"A\" w:date=\"2024-01-01T00:00:00Z\"");
    let marked = |kind: &str, text: &str| {
        format!("<w:p><w:pPr><w:rPr>{}/></w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>", change(kind))
    };
    let deleted = format!("{}><w:r><w:delText>seldom </w:delText></w:r></w:del>", change("del"));
    let inserted = format!("{}><w:r><w:t>always </w:t></w:r></w:ins>", change("ins"));
    let body = [
        marked("del", "The Host "),
        format!("<w:p>{deleted}{inserted}<w:r><w:t>hosts.</w:t></w:r></w:p>"),
        marked("ins", "It is new. "),
        paragraph(None, "It is old."),
    ]
    .concat();
    assert_eq!(word(&body, "", View::Accepted).text, "The Host always hosts.\nIt is new. \nIt is old.");
    assert_eq!(word(&body, "", View::Original).text, "The Host \nseldom hosts.\nIt is new. It is old.");
}

#[test]
fn every_word_of_the_text_is_a_label_a_heading_or_a_paragraph() {
    let contract = markdown(LISTS);
    let tree = ClauseTree::new(&contract);
    let mut covered = vec![false; contract.text.len()];
    let spans = tree.paragraphs.iter().map(|p| p.span).chain(tree.clauses.iter().filter_map(|c| c.heading));
    for span in spans {
        covered[span.range()].fill(true);
    }
    let left: String = contract.text.char_indices().filter(|(at, _)| !covered[*at]).map(|(_, c)| c).collect();
    let longest = left.split_whitespace().map(|w| w.chars().filter(|c| c.is_alphabetic()).count()).max();
    assert!(longest.unwrap_or(0) <= "Schedule".len(), "{left}");
}

/// Each clause as its depth, label and heading: "1 (a) Fees".
fn outline(contract: &Contract) -> Vec<String> {
    let tree = ClauseTree::new(contract);
    let heading = |c: &Clause| c.heading.map_or("", |h| h.of(&contract.text));
    let line = |c: &Clause| format!("{} {} {}", c.depth, c.label, heading(c));
    tree.clauses.iter().skip(1).map(|c| line(c).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Whether the paragraphs that begin with these words stand in one section.
fn together(contract: &Contract, one: &str, other: &str) -> bool {
    let tree = ClauseTree::new(contract);
    let section = |words: &str| {
        let paragraph = tree.paragraphs.iter().find(|p| p.span.of(&contract.text).starts_with(words)).unwrap();
        tree.clauses[paragraph.clause as usize].section
    };
    section(one) == section(other)
}

#[test]
fn tags_of_indented_html_may_go_over_lines() {
    let contract = markdown(
        "<div>\n\n      <h2\n        class=\"big\"\n        id=\"d\">1. Data</h2>\n\n    <ul>\n      <li\n        class=\"x\">names</li>\n      <li>ages <a\n        href=\"#\">of all</a></li>\n    </ul>\n\n    a <b is not a tag\n</div>\n",
    );
    assert_eq!(paragraphs(&contract)[..2], ["1: names", "1: ages of all"]);
    assert!(!contract.text.contains("class=") && contract.text.contains("is not a tag"), "{}", contract.text);
}

#[test]
fn titles_after_definitions_are_no_definitions() {
    let prose = "The Host lends boats to the Guest, who pays for each of them in shells.";
    let contract = markdown(&format!(
        "**Definitions**\n\n\"Boat\" means a thing that floats.\n\n**I. Hire**\n\n{prose}\n\n**II. Care**\n\n{prose}\n\n**III. Definitions**\n\n\"Oar\" means a long spoon.\n\n**Special Terms**\n\n**1. Sails**\n\n{prose}\n"
    ));
    assert_eq!(
        outline(&contract),
        ["0 Definitions", "0 I. Hire", "0 II. Care", "0 III. Definitions", "0 Special Terms", "1 1. Sails"]
    );
    let kinds: Vec<_> = ClauseTree::new(&contract).clauses.iter().map(|c| c.kind).skip(2).collect();
    assert_eq!(kinds, [Kind::Body, Kind::Body, Kind::Definitions, Kind::Body, Kind::Body]);
}

#[test]
fn a_line_in_capitals_below_a_number_is_part_of_its_clause() {
    let prose = "The Host lends boats to the Guest, who pays for each of them in shells.";
    let contract = markdown(&format!(
        "1.0 TERM\n\n{prose}\n\n2.0 LAW\n\nTHE LAW OF THE SEA GOVERNS THIS\n\n3.0 Risk\n\nNO REFUND AFTER STORMS\n\n{prose}\n\n4.0 IP\n\nNOTHING IS LICENSED.\n\n5.0 FEES\n\n{prose}\n"
    ));
    assert_eq!(
        outline(&contract),
        ["0 1.0 TERM", "0 2.0 LAW", "0 3.0 Risk", "1 NO REFUND AFTER STORMS", "0 4.0 IP", "0 5.0 FEES"]
    );
    assert!(paragraphs(&contract).contains(&"2.0: THE LAW OF".to_string()));
    assert!(paragraphs(&contract).contains(&"4.0: NOTHING IS LICENSED.".to_string()));
}

#[test]
fn parts_of_the_body_go_on_after_an_annex() {
    let prose = "The Host lends boats to the Guest, who pays for each of them in shells.";
    let contract = markdown(&format!(
        "# Deed\n\n## Part 1 Hire\n\n1. {prose}\n\n## Annex A Boats\n\n### Part 1 Red ones\n\n{prose}\n\n### Part 2 Blue ones\n\n{prose}\n\n## Part 2 Care\n\n2. {prose}\n"
    ));
    let want = [
        "0 Deed",
        "1 Part 1 Hire",
        "2 1.",
        "0 Annex A Boats",
        "1 Part 1 Red ones",
        "1 Part 2 Blue ones",
        "1 Part 2 Care",
        "2 2.",
    ];
    assert_eq!(outline(&contract), want);
}

#[test]
fn lines_of_a_title_are_no_section() {
    let contract = markdown(
        "**HARBOUR COMPANY**\n\n**Deed of Hire**\n\n**Terms for Guests**\n\n1. The Host hires out boats to each Guest.\n\n2. The Guest brings each boat back dry.\n",
    );
    assert!(!together(&contract, "The Host", "The Guest"));
    let contract = markdown(
        "**Deed of Hire**\n\n**Hire**\n\nThe Host hires out\n\n1. boats; and\n\n2. oars.\n\n**Care**\n\nThe Guest brings each boat back dry.\n",
    );
    assert!(together(&contract, "boats", "oars") && !together(&contract, "oars", "The Guest"));
}

#[test]
fn items_of_a_schedule_are_one_section() {
    let contract = markdown(
        "**1. Hire**\n\nThe Host hires out boats.\n\n**Schedule 2**\n\n1. Boats are locked at night.\n\n2. Keys are kept in a safe.\n\n**3. Lights**\n\nLamps burn until dawn on the pier.\n",
    );
    assert!(together(&contract, "Boats are", "Keys are"));
    assert!(!together(&contract, "Boats are", "Lamps") && !together(&contract, "The Host", "Boats are"));
    // An agreement that is a schedule of another has sections of its own.
    let long = format!("# Schedule 1\n\n1. {}\n\n2. Oars row.\n", "They float on water. ".repeat(300));
    assert!(!together(&markdown(&long), "They", "Oars"));
}

#[test]
fn words_above_bullets_lead_to_each_of_them() {
    for lead in ["The Host shall", "The Guest promises to", "It cares for the following", "Means of care –"] {
        let contract = markdown(&format!("1.1 {lead}\n\n- first thing\n- second thing\n"));
        assert_eq!(unit(&contract, "second"), format!("{lead} | second thing"), "{lead}");
        let text = format!("1.1 {lead}\n- first thing\n- second thing\n");
        let contract = project(&read(text.as_bytes(), Format::Text, &Limits::default()).unwrap(), View::Accepted);
        assert_eq!(unit(&contract, "second"), format!("{lead} | second thing"), "{lead}");
    }
    let closed = markdown("1.1 The Host is kind.\n\n- first thing\n- second thing\n");
    assert_eq!(unit(&closed, "second"), "second thing");
}

#[test]
fn a_reference_at_the_start_of_an_item_is_not_its_number() {
    let body = [
        paragraph(Some(0), "Limits. The Host may rely on:"),
        paragraph(Some(2), "Clause 4 – Storms: all of it;"),
        paragraph(Some(2), "Clause 9 – Oars: its first words."),
    ];
    let contract = word(&body.concat(), &legal_numbering(), View::Accepted);
    assert_eq!(paths(&ClauseTree::new(&contract)), ["1", "1(a)", "1(b)"]);
}

#[test]
fn full_lines_after_a_list_that_is_set_in_go_on_with_the_clause() {
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:ind w:left=\"360\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        paragraph(None, "§ 1"),
        paragraph(None, "Duties"),
        paragraph(None, "The Guest shall do all of the following:"),
        item("sweep"),
        item("mop"),
        paragraph(None, "The Host watches over it."),
    ];
    let contract = word(&body.concat(), &legal_numbering(), View::Accepted);
    assert_eq!(paragraphs(&contract).last().unwrap(), "§ 1: The Host watches");
}
