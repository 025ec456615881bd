//! Clause trees of what pages hold beside clauses: contents, addresses, lists of schedules, headings between numbers.

use proviso::clause::{Clause, ClauseTree, Kind};
use proviso::source::{Contract, Format, Limits, View, project, read};

const PROSE: &str = "The Host lends boats to the Guest, who pays for each of them in shells.";

fn markdown(text: &str) -> Contract {
    project(&read(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap(), View::Accepted)
}

/// Each clause as its depth, label and heading: "1 (a) Fees".
fn outline(contract: &Contract) -> Vec<String> {
    let tree = ClauseTree::new(contract);
    let heading = |c: &Clause| c.heading.map_or("", |h| h.of(&contract.text));
    let line = |c: &Clause| format!("{} {} {}", c.depth, c.label, heading(c));
    tree.clauses.iter().skip(1).map(|c| line(c).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_heading_between_two_numbers_stands_in_their_clause() {
    let contract = markdown(&format!(
        "**5. Services**\n\n5.1 {PROSE}\n\n### Storms\n\n{PROSE}\n\n## Oars\n\n5.2 {PROSE}\n\n5.3 {PROSE}\n\n## Other Terms\n\n**6. Fees**\n\n{PROSE}\n"
    ));
    let want = ["0 5. Services", "1 5.1", "1 Storms", "1 Oars", "2 5.2", "2 5.3", "1 Other Terms", "0 6. Fees"];
    assert_eq!(outline(&contract), want);
}

#[test]
fn numbers_of_clauses_go_on_after_the_items_of_one() {
    let text = format!("**2.1 Boats**\n\nThe Host shall:\n\n1. lend;\n\n2. mend.\n\n**2.2 Oars**\n\n{PROSE}\n");
    assert_eq!(outline(&markdown(&text)), ["0 2.1 Boats", "1 1.", "1 2.", "0 2.2 Oars"]);
}

#[test]
fn entries_of_the_contents_are_contents_until_the_first_comes_again() {
    let contract = markdown(&format!(
        "**Contents**\n\nSECTION I\n\nBOATS\n\nOARS\n\nSECTION II\n\nCARE\n\nEXHIBIT A\n\nSECTION I\n\nBOATS\n\n{PROSE}\n\nSECTION II\n\nCARE\n\n{PROSE}\n"
    ));
    let tree = ClauseTree::new(&contract);
    let body: Vec<_> = tree.clauses.iter().filter(|c| c.kind == Kind::Body).map(|c| c.label.as_str()).collect();
    assert_eq!(body, ["SECTION I", "SECTION II"]);
    assert!(tree.clauses.iter().all(|c| c.kind != Kind::Schedule));
}

#[test]
fn a_list_of_schedules_ends_where_a_name_comes_again() {
    let contract = markdown(&format!(
        "**1. Schedules**\n\nThese belong to the deed, and the deed is read together with each of them:\n\nSchedule 1: Boats\n\nSchedule 2: Oars\n\n**Schedule 1 – Boats**\n\n{PROSE}\n\n**Schedule 2 – Oars**\n\n{PROSE}\n"
    ));
    assert_eq!(outline(&contract), ["0 1. Schedules", "0 Schedule 1 Boats", "0 Schedule 2 Oars"]);
}

#[test]
fn addresses_dates_and_telephones_head_nothing() {
    let contract = markdown(&format!(
        "# Deed\n\nPortsea, NY 40123\n\n(555) 432 8114\n\nhost@example.com\n\nMay 4, 2021\n\n{PROSE}\n\n1. {PROSE}\n"
    ));
    assert_eq!(outline(&contract), ["0 Deed", "1 1."]);
}

#[test]
fn a_mark_that_comes_twice_is_no_item_of_itself() {
    let text = format!("**2. Term**\n\na. {PROSE}\n\nb. {PROSE}\n\nb. {PROSE}\n\nc. {PROSE}\n");
    assert_eq!(outline(&markdown(&text)), ["0 2. Term", "1 a.", "1 b.", "1 b.", "1 c."]);
}

#[test]
fn the_beginning_of_a_sentence_is_no_title() {
    let text = "**1. Hire**\n\nThe Host hires out\n\n(a) boats; and\n\n(b) oars.\n\nWhat we charge for\n\nBoats are charged by the hour, and oars are charged by the day or by any part of it.\n";
    assert_eq!(outline(&markdown(text)), ["0 1. Hire", "1 (a)", "1 (b)", "1 What we charge for"]);
}
