//! Documents within the package, where they are referred to.

use super::super::xml::Element;
use super::{Built, Walker};
use crate::source::Place;

impl Walker<'_, '_> {
    /// An inserted document: its paragraphs stand here.
    pub(super) fn chunk(&mut self, e: &Element) {
        // One that the package holds and that was not read is named already.
        let held = e.attribute("id").is_some_and(|id| self.part.targets.contains_key(&id));
        self.gathered.seen.chunks += u32::from(!self.set_in(e) && !held);
    }

    /// A subdocument: a file of its own, or a part of this one.
    pub(super) fn subdocument(&mut self, e: &Element) {
        if !self.set_in(e) {
            let target = e.attribute("id").and_then(|id| self.part.addresses.get(&id)).cloned();
            self.gathered.seen.subdocuments.push(target.unwrap_or_default());
        }
    }

    /// Sets the document in that the element refers to; whether there was one.
    fn set_in(&mut self, e: &Element) -> bool {
        let Some(chunk) = e.attribute("id").and_then(|id| self.gathered.chunks.remove(&id)) else { return false };
        self.close_stray(e.at);
        let (here, tables, revised) = (self.place(false), self.gathered.tables, self.revised());
        self.gathered.tables += chunk.tables;
        for mut built in chunk.paragraphs {
            built.paragraph.mark = built.paragraph.mark.within(revised);
            for segment in &mut built.segments {
                segment.revised = segment.revised.within(revised);
            }
            self.seat(&mut built, here, tables);
            if built.paragraph.place == Place::HeaderFooter && here != Place::HeaderFooter {
                self.gathered.furniture.push(built);
            } else {
                self.put(built);
            }
        }
        true
    }

    /// Where a paragraph of an inserted document stands in this one.
    fn seat(&self, built: &mut Built, here: Place, tables: u32) {
        let place = &mut built.paragraph.place;
        *place = match (*place, self.part.place) {
            (Place::Body, _) => here,
            (Place::Cell { table, row, column, head }, Place::Body) => {
                Place::Cell { table: table + tables, row, column, head }
            }
            (Place::Cell { .. }, base) => base,
            (other, _) => other,
        };
    }
}
