//! Term, governing law, order of precedence and liability cap: the sentence that states each.

use super::phrases::{Phrases, Words};
use crate::clause::{ClauseTree, Role, Sentence};
use crate::source::{Contract, Place};
use crate::span::Span;
use crate::word::Word;
use std::sync::LazyLock;

/// What a reader of a contract asks first, each as the sentence that states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct KeyFacts {
    /// How long the contract runs.
    pub term: Option<Span>,
    /// The law that governs it.
    pub governing_law: Option<Span>,
    /// What prevails where documents conflict.
    pub precedence: Option<Span>,
    /// The limit of liability.
    pub liability_cap: Option<Span>,
}

const GOVERNED: u32 = 1;
const LAW: u32 = 1 << 1;
const CONFLICT: u32 = 1 << 2;
const PREVAIL: u32 = 1 << 3;
const RANKING: u32 = 1 << 4;
const LIABLE: u32 = 1 << 5;
const CAP: u32 = 1 << 6;
const TERM: u32 = 1 << 7;
const SPAN: u32 = 1 << 8;
const LAW_TITLE: u32 = 1 << 9;
const TERM_TITLE: u32 = 1 << 10;
const RANK_TITLE: u32 = 1 << 11;
const LIABILITY_TITLE: u32 = 1 << 12;
const AMOUNT: u32 = 1 << 13;
/// The clauses for transfers have a governing law of their own.
const TRANSFERS: u32 = 1 << 15;
/// Signs that a sentence is about something else: insurance, severance, a note to the drafter.
const OTHER: u32 = 1 << 14;

/// A sentence of fewer words states nothing.
const FEWEST_WORDS: usize = 4;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (
            GOVERNED,
            "governed by,governs,construed in accordance with,interpreted in accordance with,subject to laws of,subject to law of,interpreted under,construed under",
        ),
        (LAW, "law,laws"),
        (LAW_TITLE | LAW | GOVERNED, "governing law,choice of law,governing laws"),
        (LAW_TITLE | LAW, "applicable law"),
        (
            CONFLICT,
            "conflict,conflicts,inconsistency,inconsistencies,discrepancy,contradiction,conflicting,inconsistent",
        ),
        (
            PREVAIL,
            "prevail,prevails,take precedence,takes precedence,taking precedence,have precedence,shall control,will control,controls,govern,will govern,shall govern,governs,supersede,supersedes,priority",
        ),
        (RANKING | RANK_TITLE, "order of precedence,hierarchy"),
        // Consumed, so that "conflict" is not found in them.
        (
            0,
            "conflict of laws,conflicts of laws,conflict of law,conflicts of law,conflict of interest,conflicts of interest",
        ),
        (RANK_TITLE, "conflict,precedence,priority"),
        (LIABLE | LIABILITY_TITLE, "liability,liabilities,liable,limitation of liability"),
        (CAP, "exceed,exceeds,limited to,capped at,cap,maximum,not be more than,no more than,not more than"),
        (
            LIABLE | CAP,
            "maximum liability,aggregate liability,total liability,total aggregate liability,entire liability",
        ),
        (
            AMOUNT,
            "fees,amount,amounts,paid,payable,months,percent,eur,usd,gbp,euro,euros,dollars,pounds,greater of,lesser of,higher of",
        ),
        (TERM | TERM_TITLE, "initial term"),
        (
            TERM,
            "remain in force,remains in force,remain in effect,remains in effect,remain in full force,continue in effect,continues in effect,continue in force,continues in force,continue in full force,shall commence on,will commence on,commences on,commence on,enters into force,comes into force,comes into effect,shall remain effective,automatically renew,automatically renews,renew automatically,renews automatically",
        ),
        (
            SPAN,
            "duration,continue,continues,commence,commences,commencing,remain,remains,effective,expire,expires,until,renew,renews,terminate automatically,terminates automatically,as long as,so long as,period of",
        ),
        (TERM_TITLE, "term,duration,commencement"),
        (TERM_TITLE | SPAN, "term of this agreement,term of agreement,term is"),
        (
            OTHER,
            "insurance,invalid,unenforceable,invalidity,remaining terms,remaining provisions,survive,survives,drafting note,modified and amended,as modified,remain unchanged,definition,meaning",
        ),
        (TRANSFERS, "sccs,eu sccs,eea sccs,standard contractual clauses"),
        (TERM_TITLE, "term and termination,effective date and term,term of agreement"),
    ])
});

/// The key facts of a contract.
#[must_use]
pub fn key_facts(contract: &Contract, tree: &ClauseTree) -> KeyFacts {
    read(contract, tree, &Words::new(&contract.text))
}

pub(super) fn read(contract: &Contract, tree: &ClauseTree, words: &Words) -> KeyFacts {
    let titles: Vec<u32> = tree.clauses.iter().map(|c| c.heading.map_or(0, |h| PHRASES.bits(words.of(h)))).collect();
    // Per fact the sentence and how surely it is the one: 2 where the title over it says so as well.
    let mut best: [(u8, Option<Span>); 4] = [(0, None); 4];
    let mut row_title = 0;
    for sentence in &tree.sentences {
        let (bits, lawful) = bits(words.of(sentence.span));
        let caption = caption(tree, sentence, bits);
        let spoken = matches!(sentence.role, Role::Text | Role::Recital | Role::Definition);
        // "Governing law." in front of the clause is its title.
        let stated = row_title != 0 || words.of(sentence.span).len() >= FEWEST_WORDS;
        if spoken && stated && caption == 0 {
            let title = if row_title == 0 { titles[sentence.clause as usize] } else { row_title };
            for (fact, surely) in
                best.iter_mut().zip(weigh(bits, lawful, title, row_title != 0, is_negated(contract, sentence)))
            {
                if surely > fact.0 {
                    *fact = (surely, Some(sentence.span));
                }
            }
        }
        row_title = caption;
    }
    let [term, governing_law, precedence, liability_cap] = best.map(|(_, span)| span);
    KeyFacts { term, governing_law, precedence, liability_cap }
}

/// Bits of a sentence, and whether "governed by" and "law" stand close together in it.
fn bits(words: &[Word]) -> (u32, bool) {
    const REACH: usize = 12;
    let (mut bits, mut lawful, mut governed) = (0, false, None);
    for hit in PHRASES.hits(words) {
        bits |= hit.bits;
        if hit.bits & GOVERNED != 0 {
            governed = Some(hit.at);
        }
        lawful |= hit.bits & LAW != 0 && governed.is_some_and(|at| hit.at - at <= REACH);
    }
    (bits, lawful)
}

/// Bits of a short first cell that names what the cell beside it states.
fn caption(tree: &ClauseTree, sentence: &Sentence, bits: u32) -> u32 {
    const LONGEST: usize = 40;
    let paragraph = sentence.paragraph.map(|p| &tree.paragraphs[p as usize]);
    let first = paragraph.is_some_and(|p| matches!(p.place, Place::Cell { column: 0, .. }));
    if first && sentence.span.len() <= LONGEST {
        bits & (LAW_TITLE | TERM_TITLE | RANK_TITLE | LIABILITY_TITLE)
    } else {
        0
    }
}

/// How surely a sentence states term, governing law, precedence and cap.
fn weigh(bits: u32, lawful: bool, title: u32, in_row: bool, negated: bool) -> [u8; 4] {
    if bits & OTHER != 0 {
        return [0; 4];
    }
    let has = |wanted: u32| bits & wanted == wanted;
    let titled = |wanted: u32| title & wanted != 0;
    let grade = |states: bool, titled: bool| match (states, titled) {
        (true, true) => 2,
        (true, false) => 1,
        _ => 0,
    };
    [
        grade(has(TERM) || titled(TERM_TITLE) && (in_row || has(SPAN)), titled(TERM_TITLE)),
        grade(lawful && bits & TRANSFERS == 0 || titled(LAW_TITLE) && (in_row || has(LAW)), titled(LAW_TITLE)),
        grade(has(RANKING) || has(CONFLICT | PREVAIL) || in_row && titled(RANK_TITLE), titled(RANK_TITLE)),
        grade(!negated && (has(LIABLE | CAP | AMOUNT) || in_row && titled(LIABILITY_TITLE)), titled(LIABILITY_TITLE)),
    ]
}

/// Whether a sentence lifts a limit instead of setting one: "Nothing in this Agreement limits liability ...".
fn is_negated(contract: &Contract, sentence: &Sentence) -> bool {
    let text = sentence.span.of(&contract.text);
    ["Nothing", "No limit", "Neither party excludes"].iter().any(|opening| text.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kind::tests::contract;

    #[test]
    fn each_key_fact_is_the_sentence_that_states_it() {
        let text = "# Supply Agreement\n\n## 1. Term\n\nThis Agreement continues for two years. It may be renewed.\n\n\
                    ## 2. Liability\n\nNeither party is liable for lost profits. The total liability of each party shall not exceed the fees paid in the last year.\n\n\
                    ## 3. General\n\nIf there is a conflict between the Order and these terms, the Order prevails. \
                    This Agreement is governed by the laws of Ruritania.\n\nGoverning documents are kept on file.\n";
        let (contract, tree) = contract(text);
        let facts = key_facts(&contract, &tree);
        let shown = [facts.term, facts.governing_law, facts.precedence, facts.liability_cap]
            .map(|s| s.map_or("", |s| s.of(&contract.text)));
        assert_eq!(
            shown,
            [
                "This Agreement continues for two years.",
                "This Agreement is governed by the laws of Ruritania.",
                "If there is a conflict between the Order and these terms, the Order prevails.",
                "The total liability of each party shall not exceed the fees paid in the last year.",
            ]
        );
    }

    #[test]
    fn a_row_of_a_table_states_a_fact_and_silence_states_none() {
        let (filled, tree) = contract("| Governing law | Ruritania |\n|---|---|\n| Governing law | Ruritania |\n");
        assert_eq!(key_facts(&filled, &tree).governing_law.map(|s| s.of(&filled.text)), Some("Ruritania"));
        let (silent, tree) =
            contract("# Terms\n\nThe vendor complies with the law. The vendor is not liable for delay.\n");
        assert_eq!(key_facts(&silent, &tree), KeyFacts::default());
    }
}
