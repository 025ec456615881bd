//! The parties and their roles: who provides the service, who receives it, and why we think so.

use crate::clause::ClauseTree;
use crate::source::Contract;
use crate::span::Span;
use crate::word::{Word, fold, words};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::cmp::Ordering;

/// A party of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Party {
    /// The name or the term that the contract uses for it ("Supplier").
    pub name: String,
    /// Its role.
    pub role: PartyRole,
    /// Why we think so.
    pub why: String,
}

/// The side that a party is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartyRole {
    /// Provides the service or receives the customer's data.
    Vendor,
    /// Receives the service or gives the data.
    Customer,
    /// It could not be told.
    Unknown,
}

/// The parties, and the words by which the text calls them.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// The parties as reports show them, the vendor first.
    pub list: Vec<Party>,
    /// Names that stand for the vendor.
    pub vendor: Vec<Name>,
    /// Names that stand for the customer.
    pub customer: Vec<Name>,
}

/// A name of a party as a sequence of folded words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Hashes of its words.
    pub words: Vec<u64>,
    /// Whether it counts only where it is capitalised (the contract writes "Provider" for the party).
    pub capital: bool,
}

impl Parties {
    /// The name by which the contract calls a side most often.
    #[must_use]
    pub fn name_of(&self, role: PartyRole) -> Option<&str> {
        self.list.iter().find(|p| p.role == role).map(|p| p.name.as_str())
    }
}

/// Words that contracts use for the party that provides the service.
const VENDOR: [&str; 32] = [
    "processor",
    "vendor",
    "supplier",
    "provider",
    "contractor",
    "business associate",
    "recipient",
    "receiving party",
    "data importer",
    "consultant",
    "broker",
    "operator",
    "licensor",
    "seller",
    "publisher",
    "host",
    "developer",
    "freelancer",
    "subscriber services",
    "data recipient",
    "service organization",
    "agency",
    "outsourcer",
    "carrier",
    "reseller",
    "distributor",
    "payment processor",
    "data custodian",
    "employee",
    "acquirer",
    "custodian",
    "payment service provider",
];
/// Words that contracts use for the party that receives it.
const CUSTOMER: [&str; 30] = [
    "customer",
    "client",
    "controller",
    "covered entity",
    "subscriber",
    "buyer",
    "purchaser",
    "data exporter",
    "disclosing party",
    "discloser",
    "merchant",
    "principal",
    "authority",
    "institution",
    "school",
    "district",
    "licensee",
    "user",
    "employer",
    "importer",
    "data provider",
    "hospital",
    "end user",
    "exporter",
    "data discloser",
    "state",
    "university",
    "bank",
    "government",
    "owner",
];
/// Words that name a party wherever they are capitalised, however often another name is used for it.
const CERTAIN: [&str; 10] = [
    "processor",
    "controller",
    "customer",
    "vendor",
    "supplier",
    "business associate",
    "covered entity",
    "data importer",
    "data exporter",
    "service provider",
];
/// Words that stand for either side; the other side's word tells which.
const EITHER: [&str; 9] =
    ["company", "business", "organization", "organisation", "partner", "corporation", "member", "firm", "participant"];

/// Finds the parties of a contract.
#[must_use]
pub fn parties(contract: &Contract, tree: &ClauseTree) -> Parties {
    let text = &contract.text;
    let mut tokens = Vec::new();
    words(text, Span::new(0, text.len()), &mut tokens);
    let aliases = aliases(text, tree);
    let mut sides = Sides::default();
    let hashes = |list: &[&str]| list.iter().map(|w| fold(w, None)).collect::<Vec<u64>>();
    let count = Counter {
        text,
        tokens: &tokens,
        places: places(&tokens),
        aliases: &aliases,
        modals: hashes(&MODALS),
        others: hashes(&OTHERS),
        continues: hashes(&CONTINUES),
        data: fold("data", None),
    };
    sides.take(&VENDOR, PartyRole::Vendor, &count);
    sides.take(&CUSTOMER, PartyRole::Customer, &count);
    sides.settle_licence();
    sides.settle_sharing();
    first_person(&count, &mut sides);
    let either: Vec<Found> = EITHER.iter().filter_map(|w| count.found(w)).collect();
    let brands = brands(&count, &aliases);
    sides.place(either, "the word stands for either side; the other party is");
    let brands = sides.place_by_behalf(brands, &count);
    sides.place(brands, "it acts under the contract; the other party is");
    sides.finish()
}

/// Words that are parties only where the contract says so, or lets them act: elsewhere they are things of the world.
const OFTEN_OTHERS: [&str; 30] = [
    "state",
    "member",
    "authority",
    "principal",
    "agency",
    "bank",
    "government",
    "owner",
    "user",
    "school",
    "district",
    "university",
    "employee",
    "custodian",
    "carrier",
    "host",
    "partner",
    "participant",
    "importer",
    "exporter",
    "reseller",
    "distributor",
    "developer",
    "seller",
    "publisher",
    "corporation",
    "firm",
    "business",
    "operator",
    "employer",
];

/// A word that the text uses for a party.
#[derive(Clone, Debug)]
struct Found {
    name: String,
    shown: String,
    uses: usize,
    capital: bool,
    aliased: bool,
}

#[derive(Default)]
struct Sides {
    vendor: Vec<(Found, String)>,
    customer: Vec<(Found, String)>,
    list: Vec<(Found, PartyRole, String)>,
}

impl Sides {
    fn of(&mut self, role: PartyRole) -> &mut Vec<(Found, String)> {
        if role == PartyRole::Vendor { &mut self.vendor } else { &mut self.customer }
    }

    /// Takes in the words of one side that the text uses for a party: those that it defines so, and those used
    /// at least a tenth as often as the most frequent.
    fn take(&mut self, words: &[&str], role: PartyRole, count: &Counter) {
        let found: Vec<Found> = words.iter().filter_map(|w| count.found(w)).collect();
        let most = found.iter().map(|f| f.uses).max().unwrap_or(0);
        for f in found {
            if f.aliased || f.uses * 10 >= most || f.capital && CERTAIN.contains(&f.name.as_str()) {
                let why = if f.aliased {
                    format!("the contract calls a party “{}”", f.shown)
                } else {
                    format!("“{}” is used for a party {} times", f.shown, f.uses)
                };
                self.of(role).push((f, why));
            }
        }
    }

    /// A licensee of data is bound for it like a vendor; a licensee of software is a customer. Where another word
    /// than "Licensor" names the vendor, and no other the customer, the licence is one of data.
    fn settle_licence(&mut self) {
        let only = self.customer.len() == 1 && self.customer[0].0.name == "licensee";
        if only && self.vendor.iter().any(|(f, _)| f.name != "licensor") {
            self.vendor.append(&mut self.customer);
        }
    }

    /// In a sharing of data the provider gives the data and the recipient is bound for it: with a recipient and no
    /// customer's word, "Provider" is the customer's side.
    fn settle_sharing(&mut self) {
        let receives =
            |f: &Found| ["recipient", "data recipient", "receiving party"].contains(&f.name.as_str()) && f.uses > 3;
        let gives = |f: &Found| ["provider", "licensor"].contains(&f.name.as_str());
        let strongest = self.customer.iter().map(|(f, _)| f.uses).max().unwrap_or(0);
        if self.vendor.iter().any(|(f, _)| receives(f)) {
            let given: Vec<usize> = (0..self.vendor.len())
                .filter(|i| gives(&self.vendor[*i].0) && self.vendor[*i].0.uses > strongest)
                .collect();
            for at in given.into_iter().rev() {
                let (found, _) = self.vendor.remove(at);
                self.customer.push((found, "it provides the data that the recipient is bound for".into()));
            }
        }
    }

    /// Of two names without a side, the one on whose behalf data is handled receives the service.
    fn place_by_behalf(&mut self, found: Vec<Found>, count: &Counter) -> Vec<Found> {
        let acted_for = |f: &Found| count.acted_for(&f.shown) > 0;
        let (receives, rest): (Vec<Found>, Vec<Found>) = found.into_iter().partition(acted_for);
        if receives.len() != 1 || rest.is_empty() {
            return receives.into_iter().chain(rest).collect();
        }
        let other = receives[0].shown.clone();
        self.customer.extend(receives.into_iter().map(|f| (f, "data is handled on its behalf".to_string())));
        self.vendor.extend(rest.into_iter().map(|f| (f, format!("it handles data on behalf of “{other}”"))));
        Vec::new()
    }

    /// Puts names without a side of their own on the side that no word names, or names less.
    fn place(&mut self, found: Vec<Found>, why: &str) {
        for f in found {
            let uses =
                |side: &[(Found, String)]| side.iter().map(|(f, _)| f.uses + 3 * usize::from(f.aliased)).sum::<usize>();
            let (vendor, customer) = (uses(&self.vendor), uses(&self.customer));
            let known = |side: &[(Found, String)]| {
                side.iter().max_by_key(|(f, _)| (f.aliased, f.uses)).map(|(f, _)| f.shown.clone()).unwrap_or_default()
            };
            match customer.cmp(&vendor) {
                Ordering::Equal => {
                    self.list.push((f, PartyRole::Unknown, "nothing in the text says which side it is on".into()));
                }
                Ordering::Greater => {
                    let why = format!("{why} “{}”", known(&self.customer));
                    self.vendor.push((f, why));
                }
                Ordering::Less => {
                    let why = format!("{why} “{}”", known(&self.vendor));
                    self.customer.push((f, why));
                }
            }
        }
    }

    fn finish(self) -> Parties {
        let mut out = Parties::default();
        for (side, role) in [(self.vendor, PartyRole::Vendor), (self.customer, PartyRole::Customer)] {
            let mut side = side;
            side.sort_by_key(|(f, _)| (std::cmp::Reverse(f.aliased), std::cmp::Reverse(f.uses), f.name.clone()));
            for (f, why) in side {
                let name = Name { words: f.name.split(' ').map(|w| fold(w, None)).collect(), capital: f.capital };
                if role == PartyRole::Vendor {
                    out.vendor.push(name);
                } else {
                    out.customer.push(name);
                }
                if !out.list.iter().any(|p| p.name == f.shown && p.role == role) {
                    out.list.push(Party { name: f.shown, role, why });
                }
            }
        }
        for (f, role, why) in self.list {
            out.list.push(Party { name: f.shown, role, why });
        }
        out
    }
}

struct Counter<'a> {
    text: &'a str,
    tokens: &'a [Word],
    /// Where each word stands.
    places: FxHashMap<u64, Vec<usize>>,
    aliases: &'a [String],
    /// "shall", "will" and the like: who stands before one acts.
    modals: Vec<u64>,
    /// Words before a role word that make it somebody else.
    others: Vec<u64>,
    /// Words after a role word that make a longer name of it.
    continues: Vec<u64>,
    data: u64,
}

fn places(tokens: &[Word]) -> FxHashMap<u64, Vec<usize>> {
    let mut out: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, token) in tokens.iter().enumerate() {
        out.entry(token.hash).or_default().push(at);
    }
    out
}

const MODALS: [&str; 6] = ["shall", "will", "must", "may", "agrees", "undertakes"];
const OTHERS: [&str; 9] =
    ["supervisory", "competent", "public", "regulatory", "protection", "party", "cloud", "hosting", "certification"];
const CONTINUES: [&str; 9] =
    ["associate", "day", "days", "purpose", "purposes", "hours", "contact", "continuity", "operations"];

impl Counter<'_> {
    /// How the text uses a role word: as a party, at least twice (once in a short text).
    fn found(&self, word: &str) -> Option<Found> {
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

    fn names(&self, at: usize, hashes: &[u64]) -> bool {
        let hit = hashes.iter().enumerate().all(|(i, h)| self.tokens.get(at + i).is_some_and(|t| t.hash == *h));
        if !hit {
            return false;
        }
        // "sub-processor", "supervisory authority", "third-party provider" are others; "Business Associate" and
        // "Data Importer" are names of their own.
        let before = at.checked_sub(1).map(|b| &self.tokens[b]);
        let other = before.is_some_and(|b| b.marks.hyphen || self.others.contains(&b.hash));
        let longer = hashes.len() == 1
            && (before.is_some_and(|b| b.hash == self.data)
                || self.tokens.get(at + 1).is_some_and(|n| self.continues.contains(&n.hash) && !n.marks.after_pause));
        !other && !longer
    }

    /// How often something is done on behalf of a name.
    fn acted_for(&self, name: &str) -> usize {
        self.text.matches(&format!("behalf of {name}")).count()
            + self.text.matches(&format!("behalf of the {name}")).count()
    }

    fn count(&self, word: &str) -> usize {
        self.places.get(&fold(word, None)).map_or(0, Vec::len)
    }
}

/// Texts of fewer words are excerpts, in which one mention of a party counts.
const SHORT_TEXT: usize = 250;

fn title_case(word: &str) -> String {
    let up = |w: &str| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect::<String>();
    word.split(' ').map(up).collect::<Vec<_>>().join(" ")
}

/// "We" and "you": the publisher of the terms provides, the reader receives.
fn first_person(count: &Counter, sides: &mut Sides) {
    let we = count.count("we") + count.count("us") + count.count("our");
    let you = count.count("you") + count.count("your");
    let least = if count.tokens.len() < SHORT_TEXT { 1 } else { 5 };
    let person = |name: &str, shown: &str, uses: usize| Found {
        name: name.into(),
        shown: shown.into(),
        uses,
        capital: false,
        aliased: false,
    };
    if you >= least {
        let why = "the terms address their reader as “you”";
        sides.customer.push((person("you", "you", you), why.into()));
        sides.customer.push((person("you'll", "you", count.count("you'll")), why.into()));
    }
    if we >= least {
        // "We" without "you" is the vendor in a statement of measures; an agency's terms would name the other side.
        let why = "the terms speak of their publisher as “we”";
        sides.vendor.push((person("we", "we", we), why.into()));
        sides.vendor.push((person("us", "we", count.count("us")), why.into()));
        sides.vendor.push((person("we'll", "we", count.count("we'll")), why.into()));
    }
}

/// Defined names of parties in parentheses: ("Vendor"), (the “Supplier”), (hereinafter, "Acme").
fn aliases(text: &str, tree: &ClauseTree) -> Vec<String> {
    // Parties are introduced at the start, or in the first clauses.
    const WINDOW: usize = 6_000;
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

const ROLE_HEADINGS: [&str; 6] = ["customer", "client", "supplier", "provider", "vendor", "contractor"];

/// Capitalised names that act: they stand before "shall", "will", "must" or "may", and are no role word.
fn brands(count: &Counter, aliases: &[String]) -> Vec<Found> {
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
fn subject_name(count: &Counter, modal: usize) -> Option<String> {
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

const NO_NAMES: [&str; 60] = [
    "baa",
    "mnda",
    "nda",
    "msa",
    "phi",
    "ephi",
    "pii",
    "sla",
    "sow",
    "gdpr",
    "sccs",
    "scc",
    "clauses",
    "form",
    "law",
    "laws",
    "terms",
    "policy",
    "it",
    "they",
    "this",
    "that",
    "these",
    "those",
    "such",
    "he",
    "she",
    "which",
    "who",
    "parties",
    "party",
    "agreement",
    "data",
    "services",
    "there",
    "nothing",
    "neither",
    "both",
    "personal data",
    "processing",
    "customer data",
    "confidential information",
    "fees",
    "notices",
    "notice",
    "addendum",
    "service",
    "software",
    "platform",
    "user",
    "users",
    "employees",
    "personnel",
    "affiliates",
    "audits",
    "subprocessors",
    "audit",
    "section",
    "dpa",
    "clause",
];

/// Last words of capitalised phrases that name a thing and nobody.
const THINGS: [&str; 18] = [
    "event",
    "incident",
    "breach",
    "law",
    "laws",
    "notice",
    "report",
    "order",
    "plan",
    "services",
    "information",
    "measures",
    "period",
    "date",
    "fees",
    "terms",
    "rights",
    "schedule",
];

fn is_role(name: &str) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.trim_start_matches("each ").trim_start_matches("either ").trim_start_matches("the ");
    let last = lower.rsplit(' ').next().unwrap_or(lower);
    let known = |w: &str| VENDOR.contains(&w) || CUSTOMER.contains(&w) || EITHER.contains(&w);
    let plain = [
        "party",
        "parties",
        "we",
        "you",
        "us",
        "data",
        "agreement",
        "services",
        "associate",
        "entity",
        "processors",
        "subprocessor",
        "providers",
    ];
    known(lower) || known(last) || THINGS.contains(&last) || plain.contains(&last) || NO_NAMES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, Limits, View, project, read};

    fn of(text: &str) -> Vec<(String, PartyRole)> {
        let source = read(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
        let contract = project(&source, View::Accepted);
        let tree = ClauseTree::new(&contract);
        parties(&contract, &tree).list.into_iter().map(|p| (p.name, p.role)).collect()
    }

    #[test]
    fn role_words_name_the_sides() {
        let got =
            of("Alder Ltd (the “Supplier”) serves Birch plc (the “Client”). The Supplier shall notify the Client.");
        assert_eq!(got, [("Supplier".into(), PartyRole::Vendor), ("Client".into(), PartyRole::Customer)]);
    }

    #[test]
    fn a_brand_takes_the_side_that_no_word_names() {
        let got = of("Larch Cloud will notify the Customer of incidents. Larch Cloud shall encrypt Customer Data.");
        assert!(got.contains(&("Larch Cloud".into(), PartyRole::Vendor)), "{got:?}");
        let got = of(
            "Elm may receive data on behalf of the Studio. Elm shall report to the Studio. The Studio may ask Elm. Elm will answer. Studio will pay. Studio must say so. Elm must reply.",
        );
        assert!(
            got.contains(&("Elm".into(), PartyRole::Vendor)) && got.contains(&("Studio".into(), PartyRole::Customer)),
            "{got:?}"
        );
        let got = of("We will tell you about incidents.");
        assert!(
            got.contains(&("we".into(), PartyRole::Vendor)) && got.contains(&("you".into(), PartyRole::Customer)),
            "{got:?}"
        );
        let got = of("The Business Associate shall notify the Company of any breach.");
        assert!(got.contains(&("Company".into(), PartyRole::Customer)), "{got:?}");
    }
}
