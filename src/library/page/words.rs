//! The section "Words" of a page: its own word lists, each a heading in CAPITALS with words and phrases parted by commas,
//! or with a list of wordings that its rules share.

use super::super::{rule, vocabulary};
use super::OwnList;
use super::blocks::{Block, BlockKind};
use super::reader::Reader;

impl Reader<'_> {
    pub(super) fn words(&mut self, blocks: &[Block]) -> Vec<OwnList> {
        let mut out: Vec<OwnList> = Vec::new();
        for part in self.parts(blocks, 3) {
            if !rule::is_list_name(&part.title) {
                self.wrong(part.at.clone(), format!("{} is no name for a list", part.title), vocabulary::NAME);
            } else if out.iter().any(|l| l.name == part.title) {
                self.wrong(
                    part.at.clone(),
                    format!("{} is on this page twice", part.title),
                    "join the two, or rename one",
                );
            }
            let mut entries = Vec::new();
            for block in part.blocks {
                match block.kind {
                    BlockKind::Paragraph => {
                        let text = &self.text[block.at.clone()];
                        for (entry, at) in vocabulary::entries(text, block.at.start) {
                            match entry {
                                Ok(entry) => entries.push((entry, at)),
                                Err((message, help)) => self.wrong(at, message, help),
                            }
                        }
                    }
                    BlockKind::Item => entries.extend(self.item(block)),
                    _ => self.wrong(
                        block.at.clone(),
                        "this does not belong here",
                        "words parted by commas, or a list of rules",
                    ),
                }
            }
            if entries.is_empty() {
                self.wrong(
                    part.at.clone(),
                    format!("the list {} is empty", part.title),
                    "words parted by commas, or a list of rules",
                );
            }
            out.push(OwnList { name: part.title, at: part.at, entries });
        }
        out
    }
}
