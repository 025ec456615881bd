//! More files made to break a reader: packages whose entries share a bomb, XML and pages with flipped bits, nesting.

mod support;

use proviso::source::{Format, Limits};
use support::outcome::{noted, outcome, within};
use support::package::{document, package, paragraph, relationships, zipped};
use support::random::Random;

/// A package of `count` headers that are one entry of the zip, listed again and again.
fn shared(count: usize, header: &str) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|n| format!("word/h{n}.xml")).collect();
    let own = relationships(&names.iter().map(|n| ("header", &n[5..])).collect::<Vec<_>>());
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let main = document(&paragraph("Body."));
    let mut entries = vec![
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
        (names[0].as_str(), header.as_bytes()),
    ];
    entries.extend(names[1..].iter().map(|n| (n.as_str(), &b""[..])));
    let mut bytes = zipped(&entries, true);
    let listed: Vec<usize> = (0..bytes.len() - 4).filter(|i| bytes[*i..].starts_with(b"PK\x01\x02")).collect();
    let first = listed[3];
    for entry in &listed[4..] {
        // Method, time, checksum and sizes, then where the entry is.
        bytes.copy_within(first + 10..first + 28, entry + 10);
        bytes.copy_within(first + 42..first + 46, entry + 42);
    }
    bytes
}

#[test]
fn entries_that_share_a_bomb_are_read_up_to_the_budget_of_all() {
    let header = format!("<w:hdr>{}</w:hdr>", " ".repeat(200_000));
    let bytes = shared(400, &header);
    assert!(bytes.len() < 100_000, "it is a bomb of {} bytes", bytes.len());
    let contract = within(&bytes, Format::Docx, &Limits { total_bytes: 1 << 20, ..Limits::default() }).unwrap();
    assert_eq!(contract.text, "Body.");
    assert!(noted(&contract, "share bytes") && noted(&contract, "left for it"), "{:?}", contract.notes);
    assert!(contract.cuts.len() > 390 && contract.notes.len() < 20, "{} cuts", contract.cuts.len());
}

#[test]
fn a_bomb_that_is_a_part_of_the_document_is_not_left_out_in_silence() {
    let own = [("footnotes", "footnotes.xml", &*format!("<w:footnotes>{}</w:footnotes>", " ".repeat(12 << 20)))];
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let list = relationships(&[(own[0].0, own[0].1)]);
    let main = document(&paragraph("Body."));
    let entries = [
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", list.as_bytes()),
        ("word/footnotes.xml", own[0].2.as_bytes()),
    ];
    let contract = outcome(&zipped(&entries, true), Format::Docx).unwrap();
    assert!(contract.cuts.iter().any(|c| c.what == "word/footnotes.xml"), "{:?}", contract.notes);
}

#[test]
fn xml_and_pages_with_flipped_bits_are_read_or_refused() {
    let main = document(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>A &amp; b.</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:ins w:id=\"1\"><w:r><w:t>C é d.</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl>",
    );
    let page = "<!doctype html><ol start=3><li>A &amp; b.<table><tr><td rowspan=2>C é d.</table></ol><!-- e --><p>F";
    let mut random = Random::new(4);
    for _ in 0..600 {
        for (format, bytes) in [(Format::Docx, main.as_bytes()), (Format::Html, page.as_bytes())] {
            let mut flipped = bytes.to_vec();
            for _ in 0..=random.below(3) {
                let at = random.below(flipped.len());
                flipped[at] ^= 1 << random.below(8);
            }
            let _ = match format {
                Format::Docx => {
                    let root = relationships(&[("officeDocument", "word/document.xml")]);
                    let entries = [("_rels/.rels", root.as_bytes()), ("word/document.xml", &flipped)];
                    outcome(&zipped(&entries, false), format)
                }
                _ => outcome(&flipped, format),
            };
        }
    }
}

#[test]
fn pages_cut_short_anywhere_are_read_or_refused() {
    let page = "<html><head><title>T</title><style>p{}</style></head><body><h1>Audit</h1><p>The <b>Supplier</b> é\
                <table><tr><td>a</td></tr></table><ul><li>b</ul><script>x</script>c</body></html>";
    for end in 0..page.len() {
        let _ = outcome(&page.as_bytes()[..end], Format::Html);
    }
}

#[test]
fn tables_and_lists_nest_as_deep_as_anyone_writes_them_and_deeper_ones_are_said_to_be_read_flat() {
    for [open, shut] in [["<table><tr><td>", "</table>"], ["<ul><li>", "</ul>"], ["<div>", "</div>"], ["<b>", "</b>"]] {
        let nested =
            |levels: usize| format!("<p>Top.</p>{}Deep.{}<p>End.</p>", open.repeat(levels), shut.repeat(levels));
        let contract = outcome(nested(100).as_bytes(), Format::Html).unwrap();
        assert!(contract.notes.is_empty() && contract.text.contains("Deep."), "{open}: {:?}", contract.notes);
        let deeper = outcome(nested(3_000).as_bytes(), Format::Html).unwrap();
        assert!(["Top.", "Deep.", "End."].iter().all(|w| deeper.text.contains(w)), "{open}: {}", deeper.text);
        assert!(noted(&deeper, "nested too deep"), "{open}: {:?}", deeper.notes);
    }
    let list: String = (0..400).map(|n| format!("{}- level {n}\n", "  ".repeat(n))).collect();
    let contract = outcome(list.as_bytes(), Format::Markdown).unwrap();
    assert!((0..400).all(|n| contract.text.contains(&format!("level {n}"))), "{}", contract.text.len());
    let quote = format!("{} Deep.\n", ">".repeat(2_000));
    assert!(outcome(quote.as_bytes(), Format::Markdown).unwrap().text.contains("Deep."));
}

#[test]
fn wide_text_of_half_a_character_is_read_with_a_note() {
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("Supplier".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for format in [Format::Text, Format::Markdown, Format::Html] {
        assert_eq!(outcome(&wide, format).unwrap().text, "Supplier");
        let half = outcome(&wide[..wide.len() - 1], format).unwrap();
        assert!(half.text.starts_with("Supplie") && noted(&half, "not valid UTF-16"), "{:?}", half.notes);
    }
    let main = document(&paragraph("Supplier \u{1}")).into_bytes();
    let main: Vec<u8> = main.into_iter().map(|b| if b == 1 { 0xFF } else { b }).collect();
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let entries = [("_rels/.rels", root.as_bytes()), ("word/document.xml", main.as_slice())];
    let contract = outcome(&zipped(&entries, false), Format::Docx).unwrap();
    assert!(contract.text == "Supplier \u{fffd}" && noted(&contract, "not valid UTF-8"), "{:?}", contract.notes);
}

#[test]
fn a_package_within_a_package_within_the_package_is_named_and_not_opened() {
    let innermost = package(&document(&paragraph("Innermost.")), &[]);
    let inner = around("Inner.", &innermost);
    let contract = outcome(&around("Body.", &inner), Format::Docx).unwrap();
    assert_eq!(contract.text, "Body.\nInner.");
    assert!(contract.cuts.len() == 1 && noted(&contract, "nested too deep"), "{:?}", contract.notes);
}

/// A package with some words, and another package that it takes in.
fn around(words: &str, inner: &[u8]) -> Vec<u8> {
    let root = relationships(&[("officeDocument", "word/document.xml")]);
    let own = relationships(&[("aFChunk", "annex.docx")]);
    let main = document(&format!("{}<w:altChunk r:id=\"r0\"/>", paragraph(words)));
    let entries = [
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
        ("word/annex.docx", inner),
    ];
    zipped(&entries, false)
}
