//! Files made to break a reader. Each gives a document with notes, or one error with reason and remedy; never a panic.
//! The heavy ones, which are bounded in time and memory too, stand in `heavy.rs`.

mod support;

use proviso::source::{Format, Limits};
use support::outcome::{noted, outcome, within};
use support::package::{WORD, document, package, paragraph, relationships, zipped};
use support::random::Random;

fn agreement() -> Vec<u8> {
    let body = ["1. Security", "1.1 The Supplier shall protect the data.", "(a) at rest; and", "(b) in transit."];
    let table =
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("Term"), paragraph("A year"));
    let changed = "<w:p><w:ins w:id=\"1\" w:author=\"A\"><w:r><w:t>New &amp; old</w:t></w:r></w:ins></w:p>";
    let main = document(&(body.map(paragraph).concat() + &table + changed));
    let styles = format!("<w:styles {WORD}><w:style w:styleId=\"a\"><w:basedOn w:val=\"a\"/></w:style></w:styles>");
    package(&main, &[("styles", "styles.xml", &styles)])
}

#[test]
fn parts_that_inflate_without_end_are_refused() {
    let main = document(&paragraph(&"x".repeat(12 << 20)));
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let bomb = zipped(&[("_rels/.rels", root.as_bytes()), ("word/document.xml", main.as_bytes())], true);
    assert!(bomb.len() < 40_000, "it is a bomb: {}", bomb.len());
    let error = outcome(&bomb, Format::Docx).unwrap_err();
    assert!(
        error.reason.contains("inflates to more than 250 times") && error.remedy.contains("--max-ratio"),
        "{error}"
    );
}

#[test]
fn a_package_in_the_place_of_the_main_part_holds_no_text() {
    let main = document(&paragraph("Text."));
    let inner = zipped(&[("word/document.xml", main.as_bytes())], true);
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let nested = zipped(&[("_rels/.rels", root.as_bytes()), ("word/document.xml", &inner)], false);
    let contract = outcome(&nested, Format::Docx).unwrap();
    assert!(contract.text.is_empty() && !contract.notes.is_empty(), "{:?}", contract.notes);
}

#[test]
fn entries_that_share_bytes_are_noted() {
    let mut bytes = agreement();
    // The directory's last entry is made to point where its first one does.
    let entries: Vec<usize> = (0..bytes.len() - 4).filter(|i| bytes[*i..].starts_with(b"PK\x01\x02")).collect();
    let (first, last) = (entries[1], entries[entries.len() - 1]);
    let offset: [u8; 4] = bytes[first + 42..first + 46].try_into().unwrap();
    bytes[last + 42..last + 46].copy_from_slice(&offset);
    let contract = outcome(&bytes, Format::Docx).unwrap();
    assert!(noted(&contract, "share bytes"), "{:?}", contract.notes);
}

#[test]
fn entities_are_neither_fetched_nor_expanded() {
    let declared =
        "<!DOCTYPE d [<!ENTITY far SYSTEM \"file:///etc/hostname\"><!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let main = format!("{declared}{}", document(&paragraph("One &far; two &b; three.")));
    let contract = outcome(&package(&main, &[]), Format::Docx).unwrap();
    assert_eq!(contract.text, "One &far; two &b; three.");
    assert!(noted(&contract, "document type"), "{:?}", contract.notes);
}

#[test]
fn names_that_lead_out_of_the_package_are_left_out() {
    let root = relationships(&[("officeDocument", "../../word/document.xml")]);
    let main = document(&paragraph("The Supplier shall notify."));
    let entries: [(&str, &[u8]); 4] = [
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("../../etc/passwd", b"x"),
        ("word\\..\\..\\x", b"x"),
    ];
    let contract = outcome(&zipped(&entries, false), Format::Docx).unwrap();
    assert_eq!(contract.text, "The Supplier shall notify.");
    assert_eq!(contract.notes.iter().filter(|n| n.contains("leads out of the package")).count(), 2);
}

#[test]
fn of_entries_of_one_name_the_last_is_read() {
    let (one, two) = (document(&paragraph("First text.")), document(&paragraph("Other text.")));
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let entries: [(&str, &[u8]); 3] = [
        ("_rels/.rels", root.as_bytes()),
        ("word/Document.xml", one.as_bytes()),
        ("word/document.xml", two.as_bytes()),
    ];
    let by_case = zipped(&entries, false);
    let contract = outcome(&by_case, Format::Docx).unwrap();
    assert_eq!(contract.text, "Other text.");
    assert!(noted(&contract, "more than once"), "{:?}", contract.notes);
    let same: Vec<u8> = by_case.iter().map(|b| if *b == b'D' { b'd' } else { *b }).collect();
    let contract = outcome(&same, Format::Docx);
    assert!(contract.is_ok_and(|c| c.text == "Other text." && noted(&c, "same name")));
}

#[test]
fn packages_cut_short_anywhere_are_read_or_refused() {
    let bytes = agreement();
    for end in (0..bytes.len()).step_by(7) {
        let _ = outcome(&bytes[..end], Format::Docx);
    }
}

#[test]
fn packages_with_flipped_bits_are_read_or_refused() {
    let bytes = agreement();
    let mut random = Random::new(1);
    for _ in 0..1_500 {
        let mut flipped = bytes.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            flipped[at] ^= 1 << random.below(8);
        }
        let _ = outcome(&flipped, Format::Docx);
    }
}

#[test]
fn markup_cut_short_anywhere_gives_what_stands_before() {
    let main = document(
        "<w:p><w:pPr><w:rPr><w:ins w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>A b.</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>C &lt; d.</w:t><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    for end in (0..main.len()).filter(|e| main.is_char_boundary(*e)) {
        let contract = outcome(&package(&main[..end], &[]), Format::Docx).unwrap();
        assert!(contract.text.is_empty() || contract.text.starts_with('A'), "{end}: {}", contract.text);
    }
}

#[test]
fn elements_nest_as_deep_as_the_limit_and_no_deeper() {
    let nested = |levels: usize| {
        let (open, shut) = ("<w:tbl><w:tr><w:tc>".repeat(levels), "</w:tc></w:tr></w:tbl>".repeat(levels));
        outcome(
            &package(&document(&format!("{}{open}{}{shut}", paragraph("Top."), paragraph("Deep."))), &[]),
            Format::Docx,
        )
    };
    assert_eq!(nested(800).unwrap().text, "Top.\nDeep.");
    let deeper = nested(2_000).unwrap();
    assert_eq!(deeper.text, "Top.");
    assert!(noted(&deeper, "nest deeper than 4096"), "{:?}", deeper.notes);
    let boxes = "<w:p><w:r><w:txbxContent>".repeat(1_000);
    assert!(outcome(&package(&document(&(boxes + &paragraph("Deep."))), &[]), Format::Docx).is_ok());
}

#[test]
fn tags_are_read_to_their_limit() {
    let tag = |bytes: usize| {
        let body =
            format!("{}<w:p w:x=\"{}\">{}</w:p>", paragraph("Top."), "x".repeat(bytes), "<w:r><w:t>End.</w:t></w:r>");
        outcome(&package(&document(&body), &[]), Format::Docx).unwrap()
    };
    assert_eq!(tag(1 << 20).text, "Top.\nEnd.");
    assert!(noted(&tag((8 << 20) + 1), "a tag has more than"));
    let prefixes: String = (0..2_000).map(|n| format!(" xmlns:p{n}=\"u\"")).collect();
    let body = format!("{}<w:p{prefixes}/>", paragraph("Top."));
    assert!(noted(&outcome(&package(&document(&body), &[]), Format::Docx).unwrap(), "namespaces"));
}

#[test]
fn each_limit_is_named_with_its_flag() {
    let limits = Limits::default();
    let bytes = agreement();
    let cases = [
        (Limits { entries: 3, ..limits }, "--max-entries"),
        (Limits { part_bytes: 300, ..limits }, "--max-inflated"),
        (Limits { total_bytes: 500, ..limits }, "--max-inflated"),
        (Limits { events: 20, ..limits }, "--max-events"),
        (Limits { words: 10, ..limits }, "--max-words"),
        (Limits { text_bytes: 50, ..limits }, "--max-text"),
        (Limits { paragraphs: 4, ..limits }, "--max-paragraphs"),
    ];
    for (limits, flag) in cases {
        let error = within(&bytes, Format::Docx, &limits).unwrap_err();
        assert!(error.remedy.contains(flag), "{flag}: {error}");
    }
    let text = "- The *Supplier* shall\n\n> > > notify the Customer.\n";
    let cases = [
        (Limits { events: 5, ..limits }, "--max-events"),
        (Limits { depth: 2, ..limits }, "--max-depth"),
        (Limits { text_bytes: 20, ..limits }, "--max-text"),
        (Limits { words: 3, ..limits }, "--max-words"),
    ];
    for (limits, flag) in cases {
        let error = within(text.as_bytes(), Format::Markdown, &limits).unwrap_err();
        assert!(error.remedy.contains(flag), "{flag}: {error}");
    }
}

#[test]
fn encrypted_and_old_files_are_named_with_what_to_do() {
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encrypted = outcome(&[ole.clone(), vec![0; 600], wide].concat(), Format::Docx).unwrap_err();
    assert!(encrypted.to_string().contains("password; open it in Word, remove the password"), "{encrypted}");
    for format in [Format::Docx, Format::Markdown, Format::Html, Format::Text] {
        let old = outcome(&[ole.clone(), vec![0; 600]].concat(), format).unwrap_err();
        assert!(old.to_string().contains(".doc") && old.remedy.contains("save it as .docx"), "{old}");
    }
    // A zip whose entries are encrypted: the first flag bit of each header.
    let mut locked = agreement();
    for at in 0..locked.len() - 10 {
        match &locked[at..at + 4] {
            b"PK\x03\x04" => locked[at + 6] |= 1,
            b"PK\x01\x02" => locked[at + 8] |= 1,
            _ => {}
        }
    }
    let error = outcome(&locked, Format::Docx).unwrap_err();
    assert!(error.to_string().contains("is encrypted; remove the password"), "{error}");
}

#[test]
fn bytes_that_are_no_text_are_read_with_a_note() {
    let cases: [(&[u8], &str, &str); 4] = [
        (b"Supplier \xFF\xFE\x80 shall.", "Supplier \u{fffd}\u{fffd}\u{fffd} shall.", "not valid UTF-8"),
        (b"Supplier\0 shall.", "Supplier\u{fffd} shall.", "NUL"),
        (
            "Supplier \u{202e}llahs\u{202c} notify.".as_bytes(),
            "Supplier \u{202e}llahs\u{202c} notify.",
            "direction of writing",
        ),
        (b"\xEF\xBB\xBFSupplier shall.", "Supplier shall.", ""),
    ];
    for (bytes, text, note) in cases {
        for format in [Format::Text, Format::Markdown] {
            let contract = outcome(bytes, format).unwrap();
            assert_eq!(contract.text, text);
            assert!(note.is_empty() || noted(&contract, note), "{:?}", contract.notes);
        }
    }
    let odd = document(&paragraph("Supplier \u{202e}llahs&#0; &#x110000; \u{1}.")).replace("llahs", "\u{0}llahs");
    assert!(outcome(&package(&odd, &[]), Format::Docx).is_ok());
}

/// What Markdown parsers and sentence readers are slow or deep at.
const MARKS: [&str; 34] = [
    "[",
    "![",
    "[]",
    "[](",
    "[a](",
    "[a]",
    "[^a]",
    "`",
    "` ",
    "``` ",
    "*",
    "**a ",
    "_a ",
    "~~a ",
    "<",
    "<a ",
    "<!--",
    "<a b=\"",
    "<![CDATA[",
    "<script>",
    "> ",
    "- ",
    "1. ",
    "+ ",
    "|",
    "#",
    "(",
    "\"",
    "“a” ",
    "&",
    "\\",
    "☐ ",
    "___ ",
    "{a ",
];

#[test]
fn repeated_marks_are_read_or_refused() {
    for mark in MARKS {
        for count in [1, 2, 3, 50, 400] {
            let text = format!("# Title\n\nThe Supplier shall\n\n{}\n", mark.repeat(count));
            let _ = outcome(text.as_bytes(), Format::Markdown);
            let _ = outcome(text.as_bytes(), Format::Text);
            let _ = outcome(text.as_bytes(), Format::Html);
        }
    }
}

#[test]
fn marks_in_any_order_are_read_or_refused() {
    let mut random = Random::new(2);
    let more = [
        "\n",
        "\n\n",
        "    ",
        "1.1 ",
        "(a) ",
        "Supplier shall ",
        "é",
        "\u{200b}",
        "\r\n",
        "---\n",
        "+++\n",
        "[a]: b\n",
    ];
    let all: Vec<&str> = MARKS.iter().chain(&more).copied().collect();
    for _ in 0..1_500 {
        let text: String = (0..random.below(40)).map(|_| *random.one(&all)).collect();
        let _ = outcome(text.as_bytes(), Format::Markdown);
        let _ = outcome(text.as_bytes(), Format::Text);
        let _ = outcome(text.as_bytes(), Format::Html);
    }
}

#[test]
fn elements_in_any_order_are_read_or_refused() {
    let mut random = Random::new(3);
    let names = [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "pPr",
        "rPr",
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "numPr",
        "txbxContent",
        "fldSimple",
        "sdt",
        "sdtContent",
        "sectPr",
        "trPr",
        "pPrChange",
        "instrText",
        "footnoteReference",
        "hyperlink",
        "ruby",
        "rt",
        "br",
    ];
    for _ in 0..1_500 {
        let mut body = String::new();
        for _ in 0..random.below(60) {
            let name = *random.one(&names);
            body += &match random.below(5) {
                0 => format!("<w:{name}/>"),
                1 => format!("</w:{name}>"),
                2 => "<w:t>Supplier shall. </w:t>".to_string(),
                3 => format!("<w:{name} w:id=\"{}\" w:val=\"{}\">", random.below(3), random.below(300)),
                _ => format!("<w:{name}>"),
            };
        }
        let _ = outcome(&package(&document(&body), &[]), Format::Docx);
    }
}

#[test]
fn rules_around_a_contract_do_not_make_it_front_matter() {
    for rule in ["---", "+++"] {
        let text = format!(
            "{rule}\nServices Agreement\n\n1. Audit\n\n{rule}\n\nB\n\n{rule}\nThe Supplier shall notify.\n\n{rule}\n"
        );
        let contract = outcome(text.as_bytes(), Format::Markdown).unwrap();
        assert!(["Agreement", "Audit", "notify"].iter().all(|w| contract.text.contains(w)), "{}", contract.text);
    }
    let contract = outcome(b"---\ntitle: DPA\n---\n\nTerms\n", Format::Markdown).unwrap();
    assert!(contract.text == "Terms" && noted(&contract, "front matter"));
}
