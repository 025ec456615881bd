//! A page as a whole: its front matter, and its sections in their order.

use super::super::diagnostic::{Diagnostic, nearest};
use super::blocks::{Block, BlockKind, blocks, unwrap_lines};
use super::{Front, OPTIONAL, Page, SECTIONS};
use std::ops::Range;

/// Reads one page, and gathers the mistakes in it.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub file: &'a str,
    pub out: Vec<Diagnostic>,
}

/// A heading and the blocks under it.
pub(super) struct Part<'b> {
    pub title: String,
    pub at: Range<usize>,
    pub blocks: &'b [Block],
}

impl Reader<'_> {
    /// The page, where it holds together; mistakes are in `out` either way.
    pub(super) fn page(&mut self, id: &str) -> Option<Page> {
        let blocks = blocks(self.text);
        let front = self.front(&blocks)?;
        let sections = self.sections(&blocks)?;
        let section = |name: &str| sections.iter().find(|s| s.title == name).map_or(&[][..], |s| s.blocks);
        let mut elements = self.looked(section("Look for"), &[], false);
        let names: Vec<String> = elements.iter().map(|(l, _)| l.id.clone()).collect();
        let ids: Vec<&str> = names.iter().map(String::as_str).collect();
        for (element, attributes) in &mut elements {
            self.attributes(element, attributes, &ids, false);
        }
        self.no_circles(&elements);
        let mut patterns = self.looked(section("Removes or cuts back"), &ids, true);
        for (pattern, attributes) in &mut patterns {
            pattern.reading.may = true;
            self.attributes(pattern, attributes, &ids, true);
        }
        let (core, met) = self.verdict(section("Verdict"), &ids);
        let (positions, comment) = self.positions(section("Positions"));
        let page = Page {
            id: id.to_string(),
            front,
            requirement: self.prose(section("Requirement")),
            why: self.prose(section("Why it matters")),
            if_silent: self.prose(section("If silent")),
            words: self.words(section("Words")),
            elements: elements.into_iter().map(|e| e.0).collect(),
            patterns: patterns.into_iter().map(|p| p.0).collect(),
            core: core?,
            met: met?,
            positions,
            comment,
            examples: self.examples(section("Examples")),
            unseen: self.examples(section("Unseen")),
        };
        Some(page)
    }

    /// Notes a mistake and what was expected.
    pub(super) fn wrong(&mut self, at: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.out.push(Diagnostic::error(self.file, at, message, help));
    }

    fn front(&mut self, blocks: &[Block]) -> Option<Front> {
        let Some(block) = blocks.first().filter(|b| b.kind == BlockKind::Front) else {
            self.wrong(
                0..self.text.find('\n').unwrap_or(self.text.len()),
                "the page has no front matter",
                "begin with +++, the fields, and +++",
            );
            return None;
        };
        let raw = &self.text[block.at.clone()];
        match toml::from_str(raw) {
            Ok(front) => Some(front),
            Err(e) => {
                let span = e.span().unwrap_or(0..raw.len().min(3));
                let (start, end) = (block.at.start + span.start, block.at.start + span.end);
                let message = e.message().to_string();
                let (what, help) = message.split_once(", expected ").map_or((message.as_str(), ""), |(w, h)| (w, h));
                let help = if help.is_empty() {
                    "see the fields in clause-library/README.md".into()
                } else {
                    format!("expected {help}")
                };
                self.wrong(start..end, what.to_string(), help);
                None
            }
        }
    }

    fn sections<'b>(&mut self, blocks: &'b [Block]) -> Option<Vec<Part<'b>>> {
        let sections = self.parts(blocks, 2);
        let mut last = 0;
        let mut fine = true;
        for section in &sections {
            match SECTIONS.iter().position(|s| *s == section.title) {
                None => {
                    let help = nearest(&section.title, SECTIONS).map_or_else(
                        || format!("expected {}", crate::error::one_of(&SECTIONS)),
                        |n| format!("did you mean \"{n}\"?"),
                    );
                    self.wrong(section.at.clone(), format!("unknown section \"{}\"", section.title), help);
                    fine = false;
                }
                Some(n) if n < last => {
                    self.wrong(
                        section.at.clone(),
                        format!("\"{}\" stands too late", section.title),
                        format!("the order is {}", SECTIONS.join(", ")),
                    );
                    fine = false;
                }
                Some(n) => last = n,
            }
        }
        for name in SECTIONS.iter().filter(|s| !OPTIONAL.contains(s)) {
            if !sections.iter().any(|s| s.title == *name) {
                let end = self.text.len();
                self.wrong(
                    end.saturating_sub(1)..end,
                    format!("the page lacks the section \"{name}\""),
                    "add it, in the order of clause-library/README.md",
                );
                fine = false;
            }
        }
        fine.then_some(sections)
    }

    /// The parts that headings of one level make.
    pub(super) fn parts<'b>(&self, blocks: &'b [Block], level: u8) -> Vec<Part<'b>> {
        let starts: Vec<usize> = (0..blocks.len()).filter(|i| blocks[*i].kind == BlockKind::Heading(level)).collect();
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        let part = |(start, end): (&usize, usize)| {
            let at = blocks[*start].at.clone();
            let title = self.text[at.clone()].trim_start_matches('#').trim().to_string();
            Part { title, at, blocks: &blocks[start + 1..end] }
        };
        starts.iter().zip(ends).map(part).collect()
    }

    /// Paragraphs as running text.
    pub(super) fn prose(&self, blocks: &[Block]) -> String {
        let texts: Vec<String> = blocks.iter().map(|b| unwrap_lines(&self.text[b.at.clone()])).collect();
        texts.join("\n\n")
    }
}
