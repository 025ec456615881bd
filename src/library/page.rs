//! A provision page: the Markdown file in which a lawyer says what a provision asks for, how drafters word it,
//! what takes it away, when it is met, and what we propose instead. `clause-library/README.md` explains it.

mod attributes;
mod blocks;
mod words;

use super::diagnostic::{Diagnostic, nearest};
use super::formula::{self, Formula};
use super::rule::{self, Expr};
use super::{Applies, Citation, Issue, Severity, Status};
use attributes::{is_attributes, lines};
use blocks::{Block, BlockKind, blocks, quoted, unwrap_lines};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A page as it was read. Rules still name lists; [`super::compile`] resolves them.
#[derive(Clone, Debug)]
pub struct Page {
    /// File name without its ending.
    pub id: String,
    /// What stands between the `+++` lines.
    pub front: Front,
    /// What the agreement must say.
    pub requirement: String,
    /// Why a customer needs it.
    pub why: String,
    /// What silence of the contract means.
    pub if_silent: String,
    /// Word lists of the page's own, beside those of the vocabulary.
    pub words: Vec<OwnList>,
    /// What is looked for.
    pub elements: Vec<Looked>,
    /// What removes or cuts back.
    pub patterns: Vec<Looked>,
    /// The least that makes it found.
    pub core: Formula,
    /// What makes it met.
    pub met: Formula,
    /// Clause texts, best first.
    pub positions: Vec<Position>,
    /// What is said to the other side with the proposed text.
    pub comment: String,
    /// Texts with the verdict that each must get.
    pub examples: Vec<Example>,
    /// Texts by someone who has not seen the rules.
    pub unseen: Vec<Example>,
}

/// Front matter of a page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Title of the provision.
    pub title: String,
    /// Severity of its absence.
    pub severity: Severity,
    /// Issue that it is grouped under.
    pub issue: Issue,
    /// When it applies: any of these.
    pub applies_when: Vec<Applies>,
    /// Kinds of document for which the house position does not ask for it.
    #[serde(default)]
    pub not_demanded_in: Vec<String>,
    /// Whether wording to the contrary makes it adverse (`../domain` row), or only missing.
    #[serde(default = "yes")]
    pub adverse: bool,
    /// Provisions that its examples may meet as well.
    #[serde(default)]
    pub also_met: Vec<String>,
    /// Date of the last review by a lawyer, ISO.
    pub reviewed: String,
    /// How many of the unseen texts got their verdict before the rules learnt from them, "5/6".
    #[serde(default)]
    pub unseen_first_run: String,
    /// Sources.
    #[serde(default, rename = "citation")]
    pub citations: Vec<Citation>,
}

fn yes() -> bool {
    true
}

/// A word list of one page, or wordings that its rules share.
#[derive(Clone, Debug)]
pub struct OwnList {
    /// Its name, in capitals.
    pub name: String,
    /// Where the name stands.
    pub at: Range<usize>,
    /// Its entries with their place in the file.
    pub entries: Vec<(Expr, Range<usize>)>,
}

/// An element, or an adverse wording.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Its id within the page.
    pub id: String,
    /// The question that it answers, or why the wording hurts.
    pub question: String,
    /// How its hits are read.
    pub reading: Reading,
    /// Its wordings with their place in the file.
    pub rules: Vec<(Expr, Range<usize>)>,
    /// Wordings in whose sentence none of its own counts.
    pub unless: Vec<(Expr, Range<usize>)>,
}

/// How hits of an element or of an adverse wording are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Whose duty (or right) it has to be.
    pub by: By,
    /// The elements one of whose hits must stand within the scope; none: anywhere in the contract.
    pub anchors: Vec<u16>,
    /// How far from its anchor it may stand. For adverse wordings: how far it reaches.
    pub scope: Scope,
    /// "may" states it as well as "shall".
    pub may: bool,
    /// A "not" before it does not undo it.
    pub negation: bool,
    /// Efforts wording does not make it weak.
    pub efforts: bool,
    /// Definitions are read too.
    pub definitions: bool,
    /// Headings are read too.
    pub headings: bool,
    /// The parameter that its period gives.
    pub parameter: Option<String>,
    /// For adverse wordings: takes the protection away, where false cuts it back.
    pub defeats: bool,
    /// For adverse wordings that cut back: the elements that become weak; none: all that are hit there.
    pub weakens: Vec<u16>,
}

/// Whose duty or right an element is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The party that provides the service, or nobody named.
    #[default]
    Vendor,
    /// The party that receives it, or nobody named.
    Customer,
    /// Whoever.
    Anyone,
}

/// How far two pieces of evidence may stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// The same sentence.
    #[default]
    Sentence,
    /// The same numbered clause, its items included.
    Clause,
    /// The same top-level clause of its schedule, or a clause that refers to it.
    Section,
    /// The same document.
    Contract,
}

/// Clause text that we propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Preferred, fallback or walk-away.
    pub rank: Rank,
    /// Text with {slots} and [placeholders].
    pub text: String,
    /// Who may approve it; empty for the preferred text.
    pub approval: String,
}

/// How a position ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// What we ask for.
    Preferred,
    /// What we accept instead.
    Fallback,
    /// Below which we do not sign.
    WalkAway,
}

/// A text and the verdict that it must get.
#[derive(Clone, Debug)]
pub struct Example {
    /// The verdict.
    pub status: Status,
    /// The contract text, as Markdown.
    pub text: String,
    /// Where it stands in the page.
    pub at: Range<usize>,
}

/// Sections of a page, in their order.
pub const SECTIONS: [&str; 10] = [
    "Requirement",
    "Why it matters",
    "If silent",
    "Words",
    "Look for",
    "Removes or cuts back",
    "Verdict",
    "Positions",
    "Examples",
    "Unseen",
];

/// Those that a page may do without.
const OPTIONAL: [&str; 2] = ["Words", "Unseen"];

/// Reads a page.
///
/// # Errors
/// All mistakes in it, each at its place.
pub fn read(text: &str, id: &str, file: &str) -> Result<Page, Vec<Diagnostic>> {
    let mut reader = Reader { text, file, out: Vec::new() };
    let page = reader.page(id);
    match page {
        Some(page) if reader.out.iter().all(|d| d.warning) => Ok(page),
        _ => Err(reader.out),
    }
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    out: Vec<Diagnostic>,
}

/// A heading and the blocks under it.
struct Part<'b> {
    title: String,
    at: Range<usize>,
    blocks: &'b [Block],
}

impl Reader<'_> {
    fn page(&mut self, id: &str) -> Option<Page> {
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

    fn wrong(&mut self, at: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
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
    fn parts<'b>(&self, blocks: &'b [Block], level: u8) -> Vec<Part<'b>> {
        let starts: Vec<usize> = (0..blocks.len()).filter(|i| blocks[*i].kind == BlockKind::Heading(level)).collect();
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        let part = |(start, end): (&usize, usize)| {
            let at = blocks[*start].at.clone();
            let title = self.text[at.clone()].trim_start_matches('#').trim().to_string();
            Part { title, at, blocks: &blocks[start + 1..end] }
        };
        starts.iter().zip(ends).map(part).collect()
    }

    fn prose(&self, blocks: &[Block]) -> String {
        let texts: Vec<String> = blocks.iter().map(|b| unwrap_lines(&self.text[b.at.clone()])).collect();
        texts.join("\n\n")
    }

    /// Elements or adverse wordings, each with its attribute lines.
    fn looked(&mut self, blocks: &[Block], taken: &[&str], adverse: bool) -> Vec<(Looked, Vec<Range<usize>>)> {
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
    fn item(&mut self, block: &Block) -> Option<(Expr, Range<usize>)> {
        let raw = &self.text[block.at.clone()];
        let skip = raw.len() - raw.trim_start_matches(['-', '*', ' ']).len();
        let text = raw[skip..].trim_end();
        let at = block.at.start + skip..block.at.start + skip + text.len();
        self.rule(at)
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

    fn attributes(&mut self, looked: &mut Looked, lines: &[Range<usize>], ids: &[&str], adverse: bool) {
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
    fn no_circles(&mut self, elements: &[(Looked, Vec<Range<usize>>)]) {
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

    fn verdict(&mut self, blocks: &[Block], ids: &[&str]) -> (Option<Formula>, Option<Formula>) {
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

    fn positions(&mut self, blocks: &[Block]) -> (Vec<Position>, String) {
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

    fn examples(&mut self, blocks: &[Block]) -> Vec<Example> {
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
