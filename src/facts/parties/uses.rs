//! How a text uses a word or a name: as a party, how often, and whether it says so.

use super::words::{CONTINUES, MODALS, NO_NAMES, OFTEN_OTHERS, OTHERS, ROLE_HEADINGS, is_role};
use crate::clause::ClauseTree;
use crate::span::Span;
use crate::word::{Word, fold};
use rustc_hash::FxHashMap;

/// A word that the text uses for a party.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub name: String,
    pub shown: String,
    pub uses: usize,
    pub capital: bool,
    pub aliased: bool,
}

pub(super) struct Counter<'a> {
    pub text: &'a str,
    pub tokens: &'a [Word],
    /// Where each word stands.
    pub places: FxHashMap<u64, Vec<usize>>,
    pub aliases: &'a [String],
    /// "shall", "will" and the like: who stands before one acts.
    pub modals: Vec<u64>,
    /// Words before a role word that make it somebody else.
    pub others: Vec<u64>,
    /// Words after a role word that make a longer name of it.
    pub continues: Vec<u64>,
    pub data: u64,
    pub service: u64,
}

pub(super) fn places(tokens: &[Word]) -> FxHashMap<u64, Vec<usize>> {
    let mut out: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, token) in tokens.iter().enumerate() {
        out.entry(token.hash).or_default().push(at);
    }
    out
}

impl<'a> Counter<'a> {
    /// Reads the words of a text.
    pub(super) fn new(text: &'a str, tokens: &'a [Word], aliases: &'a [String]) -> Self {
        let hashes = |list: &[&str]| list.iter().map(|w| fold(w, None)).collect();
        Self {
            text,
            tokens,
            places: places(tokens),
            aliases,
            modals: hashes(&MODALS),
            others: hashes(&OTHERS),
            continues: hashes(&CONTINUES),
            data: fold("data", None),
            service: fold("service", None),
        }
    }
}

impl Counter<'_> {
    /// How the text uses a role word: as a party, at least twice (once in a short text).
    pub(super) fn found(&self, word: &str) -> Option<Found> {
        let hashes: Vec<u64> = word.split(' ').map(|w| fold(w, None)).collect();
        let (mut capital, mut small, mut acts) = (0, 0, 0);
        for at in hashes.first().and_then(|first| self.places.get(first)).into_iter().flatten().copied() {
            if !self.names(at, &hashes) {
                continue;
            }
            let marks = self.tokens[at].marks;
            let next = self.tokens.get(at + hashes.len());
            acts += usize::from(next.is_some_and(|n| self.modals.contains(&n.hash)));
            if marks.capital {
                capital += 1;
            } else if marks.after_article && next.is_none_or(|n| !n.marks.hyphen) {
                small += 1;
            }
        }
        let aliased = self.aliases.iter().any(|a| a.eq_ignore_ascii_case(word));
        let uses = capital + small;
        let least = if self.tokens.len() < SHORT_TEXT { 1 } else { 3 };
        let idle = OFTEN_OTHERS.contains(&word) && acts < least.min(2) && !(least == 1 && capital > 0);
        if !aliased && (uses < least || idle) || uses == 0 {
            return None;
        }
        let shown = if capital >= small { title_case(word) } else { format!("the {word}") };
        Some(Found { name: word.to_string(), shown, uses, capital: capital > 2 * small, aliased })
    }

    pub(super) fn names(&self, at: usize, hashes: &[u64]) -> bool {
        let hit = hashes.iter().enumerate().all(|(i, h)| self.tokens.get(at + i).is_some_and(|t| t.hash == *h));
        if !hit {
            return false;
        }
        // "sub-processor", "supervisory authority", "third-party provider" are others; "Business Associate" and
        // "Data Importer" are names of their own.
        let before = at.checked_sub(1).map(|b| &self.tokens[b]);
        // "Sub-service provider" too.
        let further =
            at.checked_sub(2).map(|b| &self.tokens[b]).filter(|_| before.is_some_and(|b| b.hash == self.service));
        let hyphened = before.is_some_and(|b| b.marks.hyphen) || further.is_some_and(|f| f.marks.hyphen);
        let other = hyphened || before.is_some_and(|b| self.others.contains(&b.hash));
        let longer = hashes.len() == 1
            && (before.is_some_and(|b| b.hash == self.data)
                || self.tokens.get(at + 1).is_some_and(|n| self.continues.contains(&n.hash) && !n.marks.after_pause));
        !other && !longer
    }

    /// How often something is done on behalf of a name.
    pub(super) fn acted_for(&self, name: &str) -> usize {
        self.text.matches(&format!("behalf of {name}")).count()
            + self.text.matches(&format!("behalf of the {name}")).count()
    }

    pub(super) fn count(&self, word: &str) -> usize {
        self.places.get(&fold(word, None)).map_or(0, Vec::len)
    }
}

/// Texts of fewer words are excerpts, in which one mention of a party counts.
pub(super) const SHORT_TEXT: usize = 250;

pub(super) fn title_case(word: &str) -> String {
    let up = |w: &str| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect::<String>();
    word.split(' ').map(up).collect::<Vec<_>>().join(" ")
}

/// "We" and "you": the publisher of the terms provides, the reader receives.
/// Capitalised names that act: they stand before "shall", "will", "must" or "may", and are no role word.
pub(super) fn brands(count: &Counter, aliases: &[String]) -> Vec<Found> {
    let mut subjects: FxHashMap<String, usize> = FxHashMap::default();
    for (at, token) in count.tokens.iter().enumerate() {
        if count.modals.contains(&token.hash)
            && let Some(name) = subject_name(count, at)
        {
            *subjects.entry(name).or_default() += 1;
        }
    }
    let least = if count.tokens.len() < SHORT_TEXT { 1 } else { 3 };
    let mut out: Vec<Found> = subjects
        .into_iter()
        .filter(|(name, uses)| (*uses >= least || aliases.contains(name)) && !is_role(name))
        .map(|(name, uses)| Found {
            aliased: aliases.contains(&name),
            name: name.to_lowercase(),
            shown: name,
            uses,
            capital: true,
        })
        .collect();
    out.sort_by(|a, b| b.uses.cmp(&a.uses).then(a.name.cmp(&b.name)));
    let most = out.first().map_or(0, |f| f.uses);
    out.retain(|f| f.aliased || f.uses * 3 >= most);
    out.truncate(3);
    out
}

/// The capitalised words right before a modal, one to three, not at a sentence's start alone.
pub(super) fn subject_name(count: &Counter, modal: usize) -> Option<String> {
    let mut start = modal;
    while start > 0 && modal - start < 3 {
        let token = &count.tokens[start - 1];
        let adjacent = start == modal || !count.tokens[start].marks.after_pause;
        if !token.marks.capital
            || !adjacent
            || token.marks.possessive
            || count.tokens[start].marks.after_article && start < modal
        {
            break;
        }
        start -= 1;
    }
    if start == modal || count.tokens[start].marks.after_article {
        return None;
    }
    let span = Span { start: count.tokens[start].span.start, end: count.tokens[modal - 1].span.end };
    let name = span.of(count.text);
    let fine = name.len() <= 40 && !name.contains(['.', ',', '\n', '(', ')', '"', '”', '-']);
    (fine && !NO_NAMES.contains(&name.to_lowercase().as_str())).then(|| name.to_string())
}

/// Defined names of parties in parentheses: ("Vendor"), (the “Supplier”), (hereinafter, "Acme").
pub(super) fn aliases(text: &str, tree: &ClauseTree) -> Vec<String> {
    // Parties are introduced at the start, or in the first clauses.
    pub(super) const WINDOW: usize = 6_000;
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = Vec::new();
    for (at, _) in text[..end].match_indices('(') {
        let inside: String = text[at + 1..].chars().take(90).take_while(|c| *c != ')').collect();
        let mut rest = inside.as_str();
        while let Some(open) = rest.find(['"', '“', '\'', '‘']) {
            let after = &rest[open..];
            let quote = after.chars().next().map_or(1, char::len_utf8);
            let body = &after[quote..];
            let Some(close) = body.find(['"', '”', '\'', '’']) else { break };
            let name = body[..close].trim().trim_start_matches("the ").trim_start_matches("The ");
            if !name.is_empty() && name.split(' ').count() <= 3 && !out.iter().any(|o| o == name) {
                out.push(name.to_string());
            }
            rest = &body[close + body[close..].chars().next().map_or(1, char::len_utf8)..];
        }
    }
    for clause in tree.clauses.iter().take(6) {
        if let Some(heading) = clause.heading {
            let heading = heading.of(text).trim_end_matches(':');
            if ROLE_HEADINGS.iter().any(|r| heading.eq_ignore_ascii_case(r)) && !out.iter().any(|o| o == heading) {
                out.push(heading.to_string());
            }
        }
    }
    out
}
