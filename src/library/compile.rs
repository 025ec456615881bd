//! From pages and vocabulary to a [`Library`].

use super::diagnostic::Diagnostic;
use super::inflect;
use super::page::{Looked, Page};
use super::program::{Known, Node, NodeId, Program};
use super::rule::Expr;
use super::vocabulary::Vocabulary;
use super::{Element, Library, Provision, Wording};
use crate::word::fold;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

/// A page with the file and the text that it was read from.
#[derive(Clone, Debug)]
pub struct PageFile {
    /// The file, as the user named it.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The page.
    pub page: Page,
}

/// Compiles pages, sorted by id.
///
/// # Errors
/// Rules that name an unknown list, at their place.
pub fn compile(pages: &[PageFile], vocabulary: &Vocabulary) -> Result<Library, Vec<Diagnostic>> {
    let mut builder = Builder::new(vocabulary);
    let known: Vec<NodeId> = Known::LISTS.iter().map(|name| builder.list(name, "vocabulary.md", 0..0)).collect();
    let mut provisions: Vec<Provision> = pages.iter().map(|p| builder.provision(p)).collect();
    provisions.sort_by(|a, b| a.id.cmp(&b.id));
    if !builder.out.is_empty() {
        return Err(builder.out);
    }
    let date = pages.iter().map(|p| p.page.front.reviewed.clone()).max().unwrap_or_default();
    Ok(Library {
        version: env!("CARGO_PKG_VERSION").to_string(),
        date,
        digest: String::new(),
        measured: None,
        provisions,
        profiles: Vec::new(),
        program: builder.program(known),
    })
}

struct Builder<'a> {
    vocabulary: &'a Vocabulary,
    /// The page whose own lists are known, while its rules are compiled.
    page: Option<&'a PageFile>,
    nodes: Vec<Node>,
    ids: FxHashMap<Node, NodeId>,
    /// Word sets, each a node.
    sets: FxHashMap<Vec<u64>, NodeId>,
    members: Vec<(NodeId, Vec<u64>)>,
    lists: BTreeMap<String, NodeId>,
    /// Lists under way, to refuse one that holds itself.
    open: BTreeSet<String>,
    out: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(vocabulary: &'a Vocabulary) -> Self {
        Self {
            vocabulary,
            page: None,
            nodes: Vec::new(),
            ids: FxHashMap::default(),
            sets: FxHashMap::default(),
            members: Vec::new(),
            lists: BTreeMap::new(),
            open: BTreeSet::new(),
            out: Vec::new(),
        }
    }

    fn provision(&mut self, file: &'a PageFile) -> Provision {
        let page = &file.page;
        for own in page.words.iter().filter(|own| self.vocabulary.lists.contains_key(&own.name)) {
            let message = format!("the list {} is in vocabulary.md too", own.name);
            self.out.push(Diagnostic::error(&file.file, own.at.clone(), message, "a name of its own"));
        }
        self.page = Some(file);
        let mut compiled =
            |all: &[Looked]| -> Vec<Element> { all.iter().map(|looked| self.element(looked, file)).collect() };
        Provision {
            elements: compiled(&page.elements),
            patterns: compiled(&page.patterns),
            id: page.id.clone(),
            title: page.front.title.clone(),
            severity: page.front.severity,
            issue: page.front.issue,
            applies_when: page.front.applies_when.clone(),
            implied_by: page.front.implied_by.clone(),
            not_demanded_in: page.front.not_demanded_in.clone(),
            adverse: page.front.adverse,
            requirement: page.requirement.clone(),
            why: page.why.clone(),
            if_silent: page.if_silent.clone(),
            core: page.core.clone(),
            met: page.met.clone(),
            positions: page.positions.clone(),
            comment: page.comment.clone(),
            citations: page.front.citations.clone(),
        }
    }

    fn element(&mut self, looked: &Looked, file: &PageFile) -> Element {
        let guards: Vec<NodeId> = looked.unless.iter().map(|(expr, at)| self.expr(expr, &file.file, at)).collect();
        let rules = looked.rules.iter().map(|(expr, at)| Wording {
            text: file.text[at.clone()].split_whitespace().collect::<Vec<_>>().join(" "),
            node: self.guarded(expr, &guards, &file.file, at),
            negates: Self::negates(expr),
        });
        Element {
            rules: rules.collect(),
            id: looked.id.clone(),
            question: looked.question.clone(),
            reading: looked.reading.clone(),
        }
    }

    /// A rule that does not count where one of the guards stands in its sentence.
    fn guarded(&mut self, expr: &Expr, guards: &[NodeId], file: &str, at: &Range<usize>) -> NodeId {
        let node = self.expr(expr, file, at);
        if guards.is_empty() {
            return node;
        }
        let (all, mut none, about) = match &self.nodes[node as usize] {
            Node::And(all, none, about) => (all.clone(), none.clone(), about.clone()),
            _ => (vec![node], Vec::new(), Vec::new()),
        };
        none.extend(guards);
        self.node(Node::And(all, none, about))
    }

    /// Whether a rule names a negation itself.
    fn negates(expr: &Expr) -> bool {
        const WORDS: [&str; 14] = [
            "not",
            "no",
            "never",
            "cannot",
            "neither",
            "nor",
            "none",
            "nothing",
            "without",
            "only",
            "solely",
            "exclusively",
            "prohibited",
            "refrain",
        ];
        match expr {
            Expr::Word(w) => WORDS.contains(&w.trim_start_matches('=')),
            Expr::List(name) => {
                matches!(name.as_str(), "NOT" | "NO" | "ONLY" | "NEGATOR" | "PROHIBIT")
            }
            Expr::Slot(_) | Expr::Not(_) | Expr::About(_) => false,
            Expr::Phrase(items) => items.iter().any(|(_, e)| Self::negates(e)),
            Expr::Near { left, right, .. } => Self::negates(left) || Self::negates(right),
            Expr::NotNear { left, .. } => Self::negates(left),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(Self::negates),
        }
    }

    fn expr(&mut self, expr: &Expr, file: &str, at: &Range<usize>) -> NodeId {
        let node = match expr {
            Expr::Word(word) => return self.words(&inflect::forms(word)),
            Expr::List(name) => return self.list(name, file, at.clone()),
            Expr::Slot(slot) => Node::Slot(slot.clone()),
            Expr::Phrase(items) => Node::Phrase(items.iter().map(|(gap, e)| (*gap, self.expr(e, file, at))).collect()),
            Expr::Near { left, right, distance, ordered } => Node::Near {
                left: self.expr(left, file, at),
                right: self.expr(right, file, at),
                distance: *distance,
                ordered: *ordered,
            },
            Expr::NotNear { left, right, distance, ordered } => Node::NotNear {
                left: self.expr(left, file, at),
                right: self.expr(right, file, at),
                distance: *distance,
                ordered: *ordered,
            },
            Expr::And(parts) if let Some(spread) = spread(parts) => return self.any(&spread, file, at),
            Expr::And(parts) => {
                let (mut all, mut none, mut about) = (Vec::new(), Vec::new(), Vec::new());
                for part in parts {
                    match part {
                        Expr::Not(inner) => none.push(self.expr(inner, file, at)),
                        Expr::About(inner) => about.push(self.expr(inner, file, at)),
                        other => all.push(self.expr(other, file, at)),
                    }
                }
                Node::And(all, none, about)
            }
            Expr::Or(parts) => return self.any(parts, file, at),
            Expr::Not(inner) | Expr::About(inner) => return self.expr(inner, file, at),
        };
        self.node(node)
    }

    /// Alternatives: single words become one set.
    fn any(&mut self, parts: &[Expr], file: &str, at: &Range<usize>) -> NodeId {
        let mut words = Vec::new();
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Expr::Word(word) => words.extend(inflect::forms(word)),
                other => rest.push(self.expr(other, file, at)),
            }
        }
        if !words.is_empty() {
            rest.insert(0, self.words(&words));
        }
        if rest.len() == 1 { rest[0] } else { self.node(Node::Or(rest)) }
    }

    /// A list of the page at hand, else of the vocabulary.
    fn list(&mut self, name: &str, file: &str, at: Range<usize>) -> NodeId {
        let vocabulary = self.vocabulary;
        let own = self.page.and_then(|p| Some((p, p.page.words.iter().find(|l| l.name == name)?)));
        let key = own.map_or_else(|| name.to_string(), |(page, _)| format!("{}/{name}", page.page.id));
        if let Some(id) = self.lists.get(&key) {
            return *id;
        }
        if own.is_none() && !vocabulary.lists.contains_key(name) {
            self.out.push(vocabulary.unknown(name, file, at));
            return 0;
        }
        if !self.open.insert(key.clone()) {
            let message = format!("the list {name} holds itself");
            self.out.push(Diagnostic::error(file, at, message, "take one of the two out"));
            return 0;
        }
        let id = if let Some((page, list)) = own {
            let entries: Vec<Expr> = list.entries.iter().map(|(entry, _)| entry.clone()).collect();
            self.any(&entries, &page.file, &list.at)
        } else {
            // Its entries name lists of the vocabulary, whichever page asks.
            let page = self.page.take();
            let id = self.any(&vocabulary.lists[name], "vocabulary.md", &(0..0));
            self.page = page;
            id
        };
        self.open.remove(&key);
        self.lists.insert(key, id);
        id
    }

    fn words(&mut self, forms: &[String]) -> NodeId {
        let mut hashes: Vec<u64> = forms.iter().map(|f| fold(f, None)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        if let Some(id) = self.sets.get(&hashes) {
            return *id;
        }
        let id = self.node(Node::Words(u32::try_from(self.sets.len()).unwrap_or(u32::MAX)));
        self.sets.insert(hashes.clone(), id);
        self.members.push((id, hashes));
        id
    }

    fn node(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.ids.get(&node) {
            return *id;
        }
        let id = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(node.clone());
        self.ids.insert(node, id);
        id
    }

    fn program(self, known: Vec<NodeId>) -> Program {
        let mut by_word: BTreeMap<u64, Vec<NodeId>> = BTreeMap::new();
        for (id, hashes) in self.members {
            for hash in hashes {
                by_word.entry(hash).or_default().push(id);
            }
        }
        let mut word_nodes = Vec::new();
        let mut words = Vec::with_capacity(by_word.len());
        for (hash, nodes) in by_word {
            let start = u32::try_from(word_nodes.len()).unwrap_or(u32::MAX);
            word_nodes.extend(nodes);
            words.push((hash, start, u32::try_from(word_nodes.len()).unwrap_or(u32::MAX)));
        }
        Program { nodes: self.nodes, words, word_nodes, known, ranges: OnceLock::new() }
    }
}

/// `X and (A or about B)` as `X and A or X and about B`: what stands after "about" and "not" is of the whole sentence, so
/// that they can stand beside "and" only.
fn spread(parts: &[Expr]) -> Option<Vec<Expr>> {
    let whole = |e: &Expr| matches!(e, Expr::About(_) | Expr::Not(_));
    let or = |e: &Expr| if let Expr::Or(any) = e { any.iter().any(whole) } else { false };
    let at = parts.iter().position(or)?;
    let Expr::Or(any) = &parts[at] else { return None };
    let with = |one: &Expr| {
        let mut parts = parts.to_vec();
        parts[at] = one.clone();
        Expr::And(parts)
    };
    Some(any.iter().map(with).collect())
}
