//! What a page looks for: elements and adverse wordings with their rules, and the formulas of the verdict over them.

use super::super::formula::{self, Formula};
use super::super::rule::{self, Expr};
use super::attributes::{self, is_attributes, lines};
use super::blocks::{Block, BlockKind, unwrap_lines};
use super::reader::Reader;
use super::{Looked, Reading};
use std::ops::Range;

impl Reader<'_> {
    /// Elements or adverse wordings, each with its attribute lines.
    pub(super) fn looked(
        &mut self,
        blocks: &[Block],
        taken: &[&str],
        adverse: bool,
    ) -> Vec<(Looked, Vec<Range<usize>>)> {
        let mut out: Vec<(Looked, Vec<Range<usize>>)> = Vec::new();
        for part in self.parts(blocks, 3) {
            if out.iter().any(|(l, _)| l.id == part.title) || taken.contains(&part.title.as_str()) {
                self.wrong(part.at.clone(), format!("{} is on this page twice", part.title), "an id of its own");
            }
            let mut looked = Looked {
                id: part.title.clone(),
                question: String::new(),
                reading: Reading::default(),
                rules: Vec::new(),
                unless: Vec::new(),
            };
            let mut attributes = Vec::new();
            for block in part.blocks {
                let raw = &self.text[block.at.clone()];
                match block.kind {
                    BlockKind::Paragraph if is_attributes(raw) => attributes.extend(lines(raw, block.at.start)),
                    BlockKind::Paragraph => looked.question = unwrap_lines(raw),
                    BlockKind::Item => looked.rules.extend(self.item(block)),
                    _ => self.wrong(
                        block.at.clone(),
                        "this does not belong here",
                        "a question, attribute lines, or a list of rules",
                    ),
                }
            }
            if looked.rules.is_empty() {
                let what = if adverse { "wording" } else { "element" };
                self.wrong(
                    part.at.clone(),
                    format!("the {what} {} has no rule", part.title),
                    "a list of rules, one wording each",
                );
            }
            out.push((looked, attributes));
        }
        out
    }

    /// The rule of a list item.
    pub(super) fn item(&mut self, block: &Block) -> Option<(Expr, Range<usize>)> {
        let raw = &self.text[block.at.clone()];
        let skip = raw.len() - raw.trim_start_matches(['-', '*', ' ']).len();
        let text = raw[skip..].trim_end();
        self.rule(block.at.start + skip..block.at.start + skip + text.len())
    }

    /// The rule that stands at a place.
    fn rule(&mut self, at: Range<usize>) -> Option<(Expr, Range<usize>)> {
        match rule::parse(&self.text[at.clone()], self.file, at.start) {
            Ok(expr) => Some((expr, at)),
            Err(mistake) => {
                self.out.push(mistake);
                None
            }
        }
    }

    /// Reads attribute lines into what they belong to.
    pub(super) fn attributes(&mut self, looked: &mut Looked, lines: &[Range<usize>], ids: &[&str], adverse: bool) {
        for line in lines {
            let text = self.text[line.clone()].trim();
            let Some((key, value)) = text.split_once(':') else { continue };
            let at = line.start + key.len() + 1..line.end;
            if key.trim() == "unless" {
                let start = at.end - value.trim_start().len();
                looked.unless.extend(self.rule(start..start + value.trim().len()));
                continue;
            }
            let value = value.trim();
            let done = match key.trim() {
                "by" => attributes::by(value, &mut looked.reading),
                "within" => attributes::within(value, &mut looked.reading, ids, adverse),
                "counts" => attributes::counts(value, &mut looked.reading),
                "reads" => attributes::reads(value, &mut looked.reading),
                "parameter" => {
                    looked.reading.parameter = Some(value.to_string());
                    Ok(())
                }
                "verdict" if adverse => attributes::verdict(value, &mut looked.reading, ids),
                _ => Err(if adverse {
                    "by, within, counts, reads, unless, verdict"
                } else {
                    "by, within, counts, reads, unless, parameter"
                }
                .into()),
            };
            if let Err(help) = done {
                self.wrong(at, format!("\"{text}\" cannot be read"), format!("expected {help}"));
            }
        }
    }

    /// Elements that are anchored to each other would never count.
    pub(super) fn no_circles(&mut self, elements: &[(Looked, Vec<Range<usize>>)]) {
        let anchors = |e: usize| elements[e].0.reading.anchors.iter().map(|a| usize::from(*a));
        for (index, (element, lines)) in elements.iter().enumerate() {
            let mut reached: Vec<usize> = anchors(index).collect();
            let mut next = 0;
            while let Some(at) = reached.get(next).copied() {
                next += 1;
                let more: Vec<usize> = anchors(at).filter(|a| !reached.contains(a)).collect();
                reached.extend(more);
            }
            if reached.contains(&index) {
                let at = lines.first().cloned().unwrap_or(0..1);
                let message = format!("{} is anchored to itself, by way of its anchors", element.id);
                self.wrong(at, message, "an anchor that stands by itself");
            }
        }
    }

    /// The formulas of the core and of what is met.
    pub(super) fn verdict(&mut self, blocks: &[Block], ids: &[&str]) -> (Option<Formula>, Option<Formula>) {
        let (mut core, mut met) = (None, None);
        for block in blocks.iter().filter(|b| b.kind == BlockKind::Item) {
            let raw = &self.text[block.at.clone()];
            let Some((key, value)) = raw.trim_start_matches(['-', '*', ' ']).split_once(':') else {
                self.wrong(block.at.clone(), "this is no formula", "expected \"core: ...\" or \"met: ...\"");
                continue;
            };
            let text = value.trim();
            let base = block.at.end - (raw.len() - raw.find(text).unwrap_or(0));
            let slot = match key.trim() {
                "core" => &mut core,
                "met" => &mut met,
                other => {
                    let message = format!("\"{other}\" is no formula of the verdict");
                    self.wrong(block.at.clone(), message, "expected \"core\" or \"met\"");
                    continue;
                }
            };
            match formula::parse(text, self.file, base, ids) {
                Ok(formula) => *slot = Some(formula),
                Err(mistake) => self.out.push(mistake),
            }
        }
        let clean = self.out.iter().all(|d| d.warning);
        if clean && (core.is_none() || met.is_none()) {
            let end = blocks.last().map_or(self.text.len(), |b| b.at.end);
            self.wrong(
                end.saturating_sub(1)..end,
                "the verdict lacks a formula",
                "expected a list with \"core: ...\" and \"met: ...\"",
            );
        }
        (core, met)
    }
}
