//! The parties and their roles: who provides the service, who receives it, and why we think so.

mod uses;
mod words;

use crate::clause::ClauseTree;
use crate::source::Contract;
use crate::span::Span;
use crate::word::{fold, words};
use serde::Serialize;
use std::cmp::Ordering;
use uses::{Counter, Found, SHORT_TEXT, aliases, brands};
use words::{CERTAIN, CUSTOMER, EITHER, VENDOR};

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

/// Finds the parties of a contract.
#[must_use]
pub fn parties(contract: &Contract, tree: &ClauseTree) -> Parties {
    let text = &contract.text;
    let mut tokens = Vec::new();
    words(text, Span::new(0, text.len()), &mut tokens);
    let aliases = aliases(text, tree);
    let mut sides = Sides::default();
    let count = Counter::new(text, &tokens, &aliases);
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
