//! Sections: which clauses stand together under one numbered heading, for what is looked for "in the same section".

use super::label::Label;
use super::relation::CAPITALS_LEVEL;
use super::{Clause, Kind, Paragraph};

/// Settles the section of each clause; `levels` holds the heading level of each.
pub fn settle_sections(clauses: &mut [Clause], levels: &[Option<u8>], paragraphs: &[Paragraph]) {
    let titles = last_title(clauses, levels, paragraphs);
    for i in 0..clauses.len() {
        let own = u32::try_from(i).unwrap_or(u32::MAX);
        let under = clauses[i].parent.map(|p| p as usize);
        let apart = under.is_none_or(|p| {
            let (parent, clause) = (&clauses[p], &clauses[i]);
            let headed = clause.heading.is_some();
            // A heading of a part is no section where numbered clauses with headings stand under it.
            let part = parent.label.is_empty() && !clause.label.is_empty() && headed;
            let title = is_document_title(p, parent, levels) || (1..=titles).contains(&p) && is_numbered(clause);
            if parent.kind == Kind::Schedule { headed || is_long(parent) } else { title || part }
        });
        clauses[i].section = if apart { own } else { under.map_or(own, |p| clauses[p].section) };
    }
}

/// Whether a schedule is an agreement of its own, whose numbers are its sections though no heading says so.
fn is_long(schedule: &Clause) -> bool {
    // Some two pages: no section of a contract is longer.
    const LONGEST_LIST: usize = 6_000;
    schedule.span.len() > LONGEST_LIST
}

/// Whether a clause is the heading that the whole document stands under.
fn is_document_title(index: usize, clause: &Clause, levels: &[Option<u8>]) -> bool {
    let high = levels[index].is_some_and(|l| l <= 1 || l == CAPITALS_LEVEL);
    clause.parent.is_none() && clause.label.is_empty() && (high || index == 1)
}

/// The last of the lines at the top that are the title together: the document, its form, its version.
fn last_title(clauses: &[Clause], levels: &[Option<u8>], paragraphs: &[Paragraph]) -> usize {
    let text = paragraphs.iter().map(|p| p.clause as usize).filter(|c| *c > 0).min().unwrap_or(clauses.len());
    let run = clauses
        .iter()
        .enumerate()
        .skip(1)
        .take_while(|(i, c)| *i <= text && c.label.is_empty() && c.heading.is_some() && c.kind == Kind::Body);
    let last = run.count();
    // The first of several headings that look alike is a heading of the text.
    let alike = |(i, c): (usize, &Clause)| {
        c.label.is_empty() && c.heading.is_some() && levels[i] == levels[last] && c.parent == clauses[last].parent
    };
    if last > 1 && clauses.iter().enumerate().skip(last + 1).any(alike) { last - 1 } else { last }
}

/// Whether a clause has a number of its own, not the mark of an item.
fn is_numbered(clause: &Clause) -> bool {
    Label::computed(&clause.label).is_some_and(|l| !l.is_item())
}
