//! Takes the text and the definitions of a document within the package in, under numbers and names of their own.

use super::body::{Aside, Built, Gathered, Referred};
use crate::source::links::{Bookmark, Link, Target};
use crate::source::numbering::{Num, Numbering};
use crate::source::{Number, Paragraph, Place, Revised, Segment, Source};
use crate::span::offset;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Paragraphs of an inserted document, until what refers to it is met.
pub struct Chunk {
    /// Name of its part.
    pub name: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Built>,
    /// Its tables, numbered from 1.
    pub tables: u32,
}

/// What is added to places of an inserted document.
#[derive(Clone, Copy)]
struct Shift {
    part: u16,
    text: u32,
    revisions: u32,
}

impl Shift {
    fn revised(self, of: Revised) -> Revised {
        let moved = |n: u32| n + self.revisions;
        Revised { inserted: of.inserted.map(moved), deleted: of.deleted.map(moved), restyled: of.restyled }
    }

    fn segment(self, mut segment: Segment) -> Segment {
        segment.part = segment.part.saturating_add(self.part);
        segment.text = segment.text.start + self.text..segment.text.end + self.text;
        segment.revised = self.revised(segment.revised);
        segment
    }
}

/// The paragraphs of `source`, which was read from the part `name`; its own parts have indices from `part` on.
/// Definitions of lists get numbers that `outer` has not.
#[must_use]
pub fn graft(name: &str, source: Source, part: u16, outer: &Numbering, gathered: &mut Gathered) -> Chunk {
    let shift = Shift { part, text: offset(gathered.text.len()), revisions: offset(gathered.revisions.len()) };
    let lists = Lists::new(&source, outer, gathered);
    gathered.text.push_str(&source.text);
    gathered.revisions.extend(source.revisions);
    let mut references = links(name, source.anchors.links, &source.anchors.bookmarks, shift, gathered);
    let named = |b: Bookmark| Bookmark { name: own_name(name, &b.name), at: b.at + shift.text };
    gathered.bookmarks.extend(source.anchors.bookmarks.into_iter().map(named));
    let mut out = Chunk { name: name.to_string(), paragraphs: Vec::with_capacity(source.paragraphs.len()), tables: 0 };
    for (index, mut paragraph) in (0u32..).zip(source.paragraphs) {
        let own = paragraph.segments.start as usize..paragraph.segments.end as usize;
        let segments = source.segments.get(own).unwrap_or_default().iter().map(|s| shift.segment(s.clone())).collect();
        place(&mut paragraph, shift, &lists);
        if let Place::Cell { table, .. } = paragraph.place {
            out.tables = out.tables.max(table);
        }
        out.paragraphs.push(Built { reference: references.remove(&index), ..Built::new(paragraph, segments) });
    }
    if let Some(last) = out.paragraphs.last_mut() {
        last.end_story();
    }
    out
}

fn place(paragraph: &mut Paragraph, shift: Shift, lists: &Lists) {
    paragraph.part = paragraph.part.saturating_add(shift.part);
    paragraph.mark = shift.revised(paragraph.mark);
    lists.apply(&mut paragraph.properties.number);
    if let Some(former) = &mut paragraph.former {
        lists.apply(&mut former.number);
    }
}

/// A bookmark of an inserted document is none of the document around it, which may have one of the same name.
fn own_name(part: &str, bookmark: &str) -> String {
    format!("{part}#{bookmark}")
}

/// Takes links in, and gives references to notes by the first paragraph of each note.
fn links(
    name: &str,
    links: Vec<Link>,
    bookmarks: &[Bookmark],
    shift: Shift,
    gathered: &mut Gathered,
) -> BTreeMap<u32, Referred> {
    let own: HashSet<&str> = bookmarks.iter().map(|b| b.name.as_str()).collect();
    let mut references = BTreeMap::new();
    for link in links {
        let (text, revised) = (link.text.start + shift.text..link.text.end + shift.text, shift.revised(link.revised));
        let to = match link.to {
            Target::Note(paragraph) => {
                let to = (Aside::Footnote, String::new());
                references.insert(paragraph, Referred { to, at: text.start, revised });
                continue;
            }
            Target::Bookmark(to) if own.contains(to.as_str()) => Target::Bookmark(own_name(name, &to)),
            to => to,
        };
        gathered.links.push(Link { text, revised, to });
    }
    references
}

/// Numbers of lists, old to new.
struct Lists {
    nums: HashMap<u32, u32>,
    /// What is added to lists that have no definition.
    markers: u32,
}

impl Lists {
    fn new(source: &Source, outer: &Numbering, gathered: &mut Gathered) -> Self {
        let within = &mut gathered.numbering;
        let free = |taken: [Option<u32>; 2]| taken.into_iter().flatten().max().map_or(0, |n| n.saturating_add(1));
        let first = |map: &BTreeMap<u32, Num>| map.last_key_value().map(|(id, _)| *id);
        let mut next_num = free([first(&outer.nums), first(&within.nums)]);
        let last = |n: &Numbering| n.abstracts.last_key_value().map(|(id, _)| *id);
        let mut next_list = free([last(outer), last(within)]).max(gathered.lists);
        let mut abstracts = HashMap::new();
        for (id, levels) in &source.numbering.abstracts {
            abstracts.insert(*id, next_list);
            within.abstracts.insert(next_list, levels.clone());
            next_list = next_list.saturating_add(1);
        }
        let mut nums = HashMap::new();
        for (id, num) in &source.numbering.nums {
            let Some(abstract_id) = abstracts.get(&num.abstract_id).copied() else { continue };
            nums.insert(*id, next_num);
            within.nums.insert(next_num, Num { abstract_id, ..num.clone() });
            next_num = next_num.saturating_add(1);
        }
        let markers = source.paragraphs.iter().filter_map(|p| match p.properties.number {
            Number::Marker { list, .. } => Some(list),
            _ => None,
        });
        gathered.lists = next_list.saturating_add(markers.max().map_or(0, |last| last.saturating_add(1)));
        Self { nums, markers: next_list }
    }

    fn apply(&self, number: &mut Number) {
        match number {
            Number::Auto { num, .. } => match self.nums.get(num) {
                Some(new) => *num = *new,
                None => *number = Number::None,
            },
            Number::Marker { list, .. } => *list = list.saturating_add(self.markers),
            Number::None | Number::Bullet => {}
        }
    }
}
