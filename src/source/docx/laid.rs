//! Paragraphs and segments in reading order, those that stand apart where they are referred to.

use super::body::{Aside, Built, PartText, Referred};
use super::reading::Asides;
use crate::source::links::{Link, Target};
use crate::source::{Paragraph, Segment};
use crate::span::offset;

/// What has been laid down.
#[derive(Default)]
pub struct Laid {
    /// Paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Their segments.
    pub segments: Vec<Segment>,
    /// References to notes.
    pub links: Vec<Link>,
}

/// A paragraph to lay down, and the reference that it is the first paragraph for.
type Waiting = (Built, Option<Referred>);

impl Laid {
    /// Lays down a part: each paragraph, then its text boxes, then the notes that it refers to.
    pub fn lay(&mut self, part: PartText, asides: &mut Asides) {
        let mut waiting: Vec<Waiting> = part.paragraphs.into_iter().rev().map(|(_, built)| (built, None)).collect();
        let mut held: Vec<Waiting> = Vec::new();
        while let Some((built, reference)) = waiting.pop() {
            let place = built.paragraph.place;
            let mark = built.paragraph.mark;
            let runs_on = built.paragraph.separator || mark.inserted.is_some() || mark.deleted.is_some();
            held.extend(self.put(built, reference, asides));
            // A paragraph that may run on into the next stays beside it: what it refers to comes after both.
            if !runs_on || waiting.last().is_none_or(|(next, _)| next.paragraph.place != place) {
                waiting.extend(held.drain(..).rev());
            }
        }
    }

    /// Lays down what nothing refers to.
    pub fn lay_left(&mut self, asides: Asides) {
        let mut left: Vec<_> = asides.into_iter().collect();
        left.sort_by_key(|((aside, id), _)| (*aside, id.parse().unwrap_or(i64::MAX), id.clone()));
        self.lay_more(left.into_iter().flat_map(|(_, built)| built).collect());
    }

    /// Lays down paragraphs that nothing hangs on.
    pub fn lay_more(&mut self, built: Vec<Built>) {
        let paragraphs = built.into_iter().map(|b| (String::new(), b)).collect();
        self.lay(PartText { paragraphs, headers: Vec::new(), broken: None }, &mut Asides::new());
    }

    /// Lays down one paragraph and gives what comes after it.
    fn put(&mut self, mut built: Built, reference: Option<Referred>, asides: &mut Asides) -> Vec<Waiting> {
        let reference = reference.or_else(|| built.reference.take());
        if let Some(reference) = reference.filter(|r| matches!(r.to.0, Aside::Footnote | Aside::Endnote)) {
            let to = Target::Note(offset(self.paragraphs.len()));
            self.links.push(Link { text: reference.at..reference.at, revised: reference.revised, to });
        }
        let start = offset(self.segments.len());
        self.segments.append(&mut built.segments);
        built.paragraph.segments = start..offset(self.segments.len());
        self.paragraphs.push(built.paragraph);
        let mut after: Vec<Waiting> = built.after.into_iter().map(|b| (b, None)).collect();
        for reference in built.referred {
            let mut first = asides.remove(&reference.to).unwrap_or_default();
            for note in &mut first {
                // Word marks the reference as changed and not the words of the note (17.11.14).
                note.paragraph.mark = note.paragraph.mark.within(reference.revised);
                for segment in &mut note.segments {
                    segment.revised = segment.revised.within(reference.revised);
                }
            }
            let mut reference = Some(reference);
            after.extend(first.into_iter().map(|b| (b, reference.take())));
        }
        after
    }
}
