//! The contract texts on a page: what we propose, and examples with their verdicts.

use super::super::Status;
use super::blocks::{Block, BlockKind, quoted, unwrap_lines};
use super::reader::Reader;
use super::{Example, Position, Rank};

impl Reader<'_> {
    /// Positions, best first, and what is said to the other side.
    pub(super) fn positions(&mut self, blocks: &[Block]) -> (Vec<Position>, String) {
        let mut positions = Vec::new();
        let mut comment = String::new();
        for part in self.parts(blocks, 3) {
            let rank = match part.title.as_str() {
                "Preferred" => Rank::Preferred,
                "Fallback" => Rank::Fallback,
                "Walk-away" => Rank::WalkAway,
                "To the other side" => {
                    comment = self.prose(part.blocks);
                    continue;
                }
                other => {
                    let message = format!("unknown position \"{other}\"");
                    self.wrong(part.at.clone(), message, "Preferred, Fallback, Walk-away or To the other side");
                    continue;
                }
            };
            let of = |kind| part.blocks.iter().filter(move |b| b.kind == kind);
            let text = of(BlockKind::Quote).map(|b| quoted(&self.text[b.at.clone()])).collect::<Vec<_>>().join("\n\n");
            let approval =
                of(BlockKind::Paragraph).map(|b| unwrap_lines(&self.text[b.at.clone()])).collect::<Vec<_>>().join(" ");
            if text.is_empty() && rank != Rank::WalkAway {
                self.wrong(part.at.clone(), "the position has no clause text", "a quote (lines that begin with >)");
            }
            positions.push(Position { rank, text, approval });
        }
        if !positions.iter().any(|p| p.rank == Rank::Preferred) {
            let end = blocks.last().map_or(self.text.len(), |b| b.at.end);
            self.wrong(end.saturating_sub(1)..end, "the page has no preferred position", "### Preferred and a quote");
        }
        positions.sort_by_key(|p| p.rank);
        (positions, comment)
    }

    /// Quotes under the verdicts that they must get.
    pub(super) fn examples(&mut self, blocks: &[Block]) -> Vec<Example> {
        let mut out = Vec::new();
        for part in self.parts(blocks, 3) {
            let Some(status) = Status::from_word(&part.title) else {
                self.wrong(
                    part.at.clone(),
                    format!("\"{}\" is no verdict", part.title),
                    "met, partial, missing or adverse",
                );
                continue;
            };
            for block in part.blocks.iter().filter(|b| b.kind == BlockKind::Quote) {
                out.push(Example { status, text: quoted(&self.text[block.at.clone()]), at: block.at.clone() });
            }
        }
        out
    }
}
