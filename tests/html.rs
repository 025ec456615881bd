//! HTML pages as contracts: what is text, in which paragraphs, under which numbers, and what the notes say.

use proviso::clause::ClauseTree;
use proviso::source::{Block, Contract, Format, Limits, Place, Source, View, project, read};

fn source(bytes: &[u8], format: Format) -> Source {
    read(bytes, format, &Limits::default()).unwrap()
}

fn page(html: &str) -> Contract {
    project(&source(html.as_bytes(), Format::Html), View::Accepted)
}

fn markdown(text: &str) -> Contract {
    project(&source(text.as_bytes(), Format::Markdown), View::Accepted)
}

/// Each block as "[label ]text", bullets as "* ".
fn shown(contract: &Contract) -> Vec<String> {
    let mark = |b: &Block| match (&b.label, b.bullet) {
        (Some(label), _) => format!("{label} "),
        (None, true) => "* ".to_string(),
        (None, false) => String::new(),
    };
    contract.blocks.iter().map(|b| mark(b) + b.span.of(&contract.text)).collect()
}

fn noted(contract: &Contract, words: &str) -> bool {
    contract.notes.iter().any(|n| n.contains(words))
}

#[test]
fn words_of_a_page_are_text_and_its_machinery_is_not() {
    let contract = page(
        "<!doctype html><html><head><title>Terms</title><style>p{}</style><script>let a = '<p>no</p>';</script></head>\
         <body><nav><ul><li><a href=/>Home</a><li>About us</ul></nav><!-- draft -->\
         <h1>Data Terms</h1><p>Vendor &amp; Customer\n   agree&nbsp;to <em>this</em>.</p>\
         <noscript>Enable scripts</noscript><img src=seal.png alt=seal></body></html>",
    );
    assert_eq!(shown(&contract), ["Data Terms", "Vendor & Customer agree\u{a0}to this."]);
    assert_eq!(contract.blocks[0].level, Some(1));
    for words in ["3 HTML comments or scripts", "3 words of the page's navigation", "2 words of graphics", "1 picture"]
    {
        assert!(noted(&contract, words), "{words}: {:?}", contract.notes);
    }
}

#[test]
fn paragraphs_end_where_browsers_end_them() {
    let soup = page("<P>One<P>two <b>bold <div>three</b> four</div> five</p>six<br>seven<br><br>eight</body>nine");
    assert_eq!(shown(&soup), ["One", "two bold", "three four", "five", "six\nseven", "eightnine"]);
    let lists =
        page("<ul><li>a<li>b<ul><li>c</ul>d<dl><dt>e<dd>f<dt>g</dl></ul><table><tr><td>h<td>i<tr><td>j<td>k</table>l");
    assert_eq!(shown(&lists), ["* a", "* b", "* c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]);
    let stray = page("</div></li>a</p></table>b</b></td>c<p>d</section>e");
    assert_eq!(shown(&stray), ["a", "b", "c", "d", "e"]);
}

#[test]
fn white_space_is_what_a_reader_sees() {
    let spaces = page("<p> a\n<b> b</b> <i>c </i>d<span>e</span> </p>\n<pre>x  y\n  z\n\nw</pre>");
    assert_eq!(shown(&spaces), ["a b c de", "x  y\n  z", "w"]);
    let soft = page("<p>sub&shy;processor, per&#8203;sonal</p>");
    assert_eq!(shown(&soft), ["subprocessor, personal"]);
}

#[test]
fn items_have_the_numbers_that_are_shown() {
    let numbered = page(
        "<ol start=3><li>c<li value=7>g<li><p>h</p><p>more</p></ol><ol type=a><li>x<ol type=i><li>y<li>z</ol></ol>\
         <ol reversed><li>two<li>one</ol><ol style='list-style-type:none'><li>1.1 typed</ol><ol style=\"list-style:upper-roman\"><li>r</ol>",
    );
    let expected = ["3. c", "7. g", "8. h", "more", "a. x", "i. y", "ii. z", "2. two", "1. one", "1.1 typed", "I. r"];
    assert_eq!(shown(&numbered), expected);
    assert_eq!(numbered.blocks.iter().map(|b| b.depth).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1]);
    assert_ne!(numbered.blocks[0].list, numbered.blocks[4].list);
}

#[test]
fn a_list_that_counts_down_goes_on_from_an_items_own_figure() {
    let numbered = page("<ol reversed><li>d<li>c<li value=9>x<li>w</ol><ol reversed start=5><li>e<li>d</ol>");
    assert_eq!(shown(&numbered), ["4. d", "3. c", "9. x", "8. w", "5. e", "4. d"]);
}

#[test]
fn numbers_of_style_sheets_are_told_of() {
    let with = |style: &str| page(&format!("<style>{style}</style><p>Words about a counter(x).</p>"));
    let counted = with("p{counter-increment:p} p:before{content:counter(p) '. '}");
    assert!(noted(&counted, "makes numbers (CSS counters), which are not shown"), "{:?}", counted.notes);
    assert!(!noted(&with("p{color:red}"), "CSS counters"));
}

#[test]
fn cells_have_rows_and_columns() {
    let table = page(
        "<table><caption>Subprocessors</caption><thead><tr><th>Name<th>Place</thead>\
         <tr><td rowspan=2>Acme<td>Ireland<tr><td>France<tr><td colspan=2>None other</table>",
    );
    let places: Vec<_> = table
        .blocks
        .iter()
        .map(|b| match b.place {
            Place::Cell { row, column, head, .. } => Some((row, column, head)),
            _ => None,
        })
        .collect();
    let expected = [None, Some((0, 0, true)), Some((0, 1, true)), Some((1, 0, false)), Some((1, 1, false))];
    assert_eq!(places[..5], expected);
    assert_eq!(places[5..], [Some((2, 1, false)), Some((3, 0, false))]);
    assert!(table.text.contains("Name\tPlace\nAcme\tIreland\nFrance\nNone other"), "{}", table.text);
}

#[test]
fn tables_that_only_lay_out_are_none() {
    let marked = page(
        "<table><tr><td></td><td>(a)</td><td>notify Customer;</td></tr><tr><td></td><td>(b)</td><td>assist.</td></tr></table>",
    );
    assert_eq!(shown(&marked), ["(a)\tnotify Customer;", "(b)\tassist."]);
    assert!(marked.blocks.iter().all(|b| b.place == Place::Body));
    let frame =
        page("<table><tr><td><h1>Terms</h1><p>One.</p><table><tr><td>a<td>b</table><p>Two.</p></td></tr></table>");
    let cells = frame.blocks.iter().filter(|b| b.place != Place::Body).count();
    assert_eq!((shown(&frame), cells), (["Terms", "One.", "a", "b", "Two."].map(String::from).to_vec(), 2));
    let real = page("<table><tr><td>1.<td>Stripe<td>Payments</table>");
    assert!(real.blocks.iter().all(|b| b.place != Place::Body));
}

#[test]
fn terms_and_descriptions_are_rows_unless_they_are_clauses() {
    let terms = page("<dl><dt>Personal Data<dd>any data about a person<dt>Processor<dd>the Vendor</dl>");
    assert_eq!(terms.text, "Personal Data\tany data about a person\nProcessor\tthe Vendor");
    let clauses = page("<dl><dt>1. Term<dd>One year.<dt>2. Fees<dd>None.</dl>");
    assert!(clauses.blocks.iter().all(|b| b.place == Place::Body));
    assert!(clauses.blocks[0].emphasis && !clauses.blocks[1].emphasis);
}

#[test]
fn bold_leads_are_found_and_document_wide_bold_is_not_one() {
    let lead =
        page("<p><b>Audit.</b> Customer may audit.</p><p><span style='font-weight:700'>Term:</span> one year</p>");
    assert_eq!(lead.blocks.iter().map(|b| b.lead).collect::<Vec<_>>(), [6, 5]);
    let wrapped = page("<b style='font-weight:normal'><p>Text</p></b><p><b>Open<p>Next");
    assert_eq!(wrapped.blocks.iter().map(|b| b.emphasis).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn changes_hidden_text_and_names_in_brackets_are_kept_and_noted() {
    let contract = page(
        "<p>within <del>30</del><ins>72</ins> hours</p><div hidden>Secret cap</div><p>For <Customer Name> at <dpo@a.com></p>\
         <p><input type=checkbox checked> Yes <input type=radio> No, by <input type=text></p>",
    );
    let expected =
        ["within 30 72 hours", "Secret cap", "For <Customer Name> at <dpo@a.com>", "[x] Yes [ ] No, by ____"];
    assert_eq!(shown(&contract), expected);
    for words in ["1 struck-through", "1 inserted", "2 words that the page hides", "1 name in angle brackets"] {
        assert!(noted(&contract, words), "{words}: {:?}", contract.notes);
    }
}

#[test]
fn margins_of_links_are_navigation_and_contents_are_contents() {
    use Place::{Body, Contents, HeaderFooter};
    let contract = page(
        "<header><a href=/>Acme</a> <a href=/x>Login</a></header><header><h1>Terms</h1></header>\
         <ul><li><a href=#a>1. Scope</a><li><a href=#b>2. Term</a><li><a href=#c>3. Law</a></ul>\
         <h2 id=a>1. Scope <a href=#a>#</a></h2><footer>Version 3 of May</footer><p>After</p>",
    );
    let places: Vec<_> = contract.blocks.iter().map(|b| b.place).collect();
    assert_eq!(places, [Body, Contents, Contents, Contents, Body, Body, HeaderFooter]);
    assert_eq!(shown(&contract)[4], "1. Scope");
    assert!(noted(&contract, "2 words of the page's navigation"));
    let all = page("<nav><h1>Terms</h1><p>The whole contract in an element that nothing ends.");
    assert_eq!(shown(&all).len(), 2);
    assert!(noted(&all, "was read as text"));
}

#[test]
fn a_page_without_words_has_its_title_or_is_an_error() {
    assert_eq!(page("<title>Data\n Terms</title>").text, "Data Terms");
    let error = read(b"<img src=a.png><p> </p>", Format::Html, &Limits::default()).unwrap_err();
    assert!(error.to_string().contains("no words"), "{error}");
}

#[test]
fn legacy_encodings_and_xhtml_are_read() {
    let latin =
        project(&source(b"<meta charset=iso-8859-1><p>\x93Gesch\xe4ft\x94 \xa7 5", Format::Html), View::Accepted);
    assert_eq!(latin.text, "“Geschäft” § 5");
    let unsaid = project(&source(b"<p>caf\xe9", Format::Html), View::Accepted);
    assert_eq!((unsaid.text.as_str(), noted(&unsaid, "windows-1252")), ("café", true));
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("<p>é".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(project(&source(&wide, Format::Html), View::Accepted).text, "é");
    let strict = page(
        "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><script src=\"a.js\"/></head>\
         <body><p>a<br/>b</p><p/><p><![CDATA[1 < 2]]></p></body></html>",
    );
    assert_eq!(shown(&strict), ["a\nb", "1 < 2"]);
}

#[test]
fn tags_may_be_broken_over_lines() {
    let contract = page("<p\nclass='a > b'\n>One</p\n><a\n  href=\"x\"\n>two</a>");
    assert_eq!(shown(&contract), ["One", "two"]);
}

#[test]
fn html_within_markdown_is_read_alike() {
    let text = "# Terms\n\nBefore.\n\n<ol type=\"a\">\n<li>one</li>\n<li>two</li>\n</ol>\n\n<table>\n<tr><td>\n\n**Name**\n\n</td><td>Acme</td></tr>\n</table>\n\nAfter <b>bold</b> and <COMPANY>.\n\n1. <div>first</div>\n2. second\n";
    let contract = markdown(text);
    let expected =
        ["Terms", "Before.", "a. one", "b. two", "Name", "Acme", "After bold and <COMPANY>.", "1. first", "2. second"];
    assert_eq!(shown(&contract), expected);
    let cells: Vec<_> = contract.blocks.iter().filter(|b| matches!(b.place, Place::Cell { .. })).collect();
    assert_eq!(cells.len(), 2);
}

#[test]
fn a_page_under_the_name_of_markdown_is_a_page() {
    let html = "<!-- saved -->\n<!DOCTYPE html>\n<html><body>\n    <h2>1. Scope</h2>\n\n    <p>Text.</p></body></html>";
    let (under, plain) = (markdown(html), page(html));
    assert_eq!((shown(&under), under.blocks[0].level), (shown(&plain), Some(2)));
    assert!(noted(&under, "HTML page"));
}

#[test]
fn bytes_of_segments_are_those_of_the_text() {
    let html = "<ul>\n <li>Café &amp; <b>more</b> text\n  here</li>\n<li>plain <i>x</i></li></ul>";
    let md = format!("Début\n\n> {}\n\nfin", html.replace('\n', "\n> "));
    for (text, format) in [(html.to_string(), Format::Html), (md, Format::Markdown)] {
        let source = source(text.as_bytes(), format);
        assert!(source.segments.iter().any(|s| !s.escapes));
        for segment in &source.segments {
            let bytes = text.get(segment.at.start as usize..segment.at.end as usize);
            let shown = &source.text[segment.text.start as usize..segment.text.end as usize];
            assert!(bytes.is_some(), "{format:?}: {segment:?} cuts a character");
            assert!(segment.escapes || bytes == Some(shown), "{format:?}: {bytes:?} is not {shown:?}");
        }
    }
}

#[test]
fn the_clause_tree_of_a_page_is_that_of_markdown() {
    let md = "# Data Terms\n\n## 1. Scope\n\nThese terms apply.\n\n## 2. Duties\n\nVendor shall:\n\n- notify Customer;\n- assist Customer.\n";
    let html = "<h1>Data Terms</h1><h2>1. Scope</h2><p>These terms apply.</p><h2>2. Duties</h2><p>Vendor shall:</p><ul><li>notify Customer;<li>assist Customer.</ul>";
    let tree = |contract: &Contract| {
        let tree = ClauseTree::new(contract);
        tree.clauses
            .iter()
            .map(|c| (c.path.clone(), c.depth, c.span.of(&contract.text).to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(tree(&page(html)), tree(&markdown(md)));
}

#[test]
fn odd_pages_are_read_quickly() {
    let deep = format!("{}text{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
    assert!(noted(&page(&deep), "nested too deep"));
    for unit in [
        "<table><tr><td>a",
        "<ol><li>a",
        "<b><i>a</b>",
        "</p><a b=\"",
        "<!-- ",
        "<title>a",
        "&a",
        "<a b='",
        "<dl><dt>a<dd>",
        "<select><option>a",
        "<x>",
        "<ol reversed><li value=9223372036854775807>a",
        "<p style='padding-left:1e9in'><header><a href=#>a",
    ] {
        let _ = read(format!("a{}", unit.repeat(20_000)).as_bytes(), Format::Html, &Limits::default());
        let _ = read(format!("a\n\n<div>{}", unit.repeat(5_000)).as_bytes(), Format::Markdown, &Limits::default());
    }
}
