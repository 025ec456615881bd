//! How the parties stand to each other as to personal data.

use super::phrases::{Hit, Phrases, Words};
use super::{DocumentKind, kind};
use crate::clause::{ClauseTree, Role};
use crate::source::Contract;
use crate::span::Span;
use crate::word::Word;
use std::sync::LazyLock;

/// How the parties stand to each other as to personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relationship {
    /// One processes for the other.
    ControllerToProcessor,
    /// Each for its own purposes.
    ControllerToController,
    /// Both decide together.
    JointControllers,
    /// One processes for another processor.
    ProcessorToSubprocessor,
    /// HIPAA.
    CoveredEntityToBusinessAssociate,
    /// California.
    BusinessToServiceProvider,
    /// Nothing says.
    Unknown,
}

const CONTROLLER: u32 = 1;
const PROCESSOR: u32 = 1 << 1;
const SUB: u32 = 1 << 2;
const JOINT: u32 = 1 << 3;
const INDEPENDENT: u32 = 1 << 4;
const COVERED: u32 = 1 << 5;
const ASSOCIATE: u32 = 1 << 6;
const PROVIDER: u32 = 1 << 7;
const BUSINESS: u32 = 1 << 8;
const NOT: u32 = 1 << 9;
const MEANS: u32 = 1 << 10;
const BEHALF: u32 = 1 << 11;
const PERSONAL: u32 = 1 << 12;
const PROCESS: u32 = 1 << 13;
const BE: u32 = 1 << 14;
const CALIFORNIA: u32 = 1 << 15;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (CONTROLLER, "controller,controllers,data controller,data controllers"),
        (PROCESSOR, "processor,processors,data processor,data processors"),
        (SUB, "subprocessor,sub-processor,subprocessors,sub-processors"),
        (JOINT, "joint controllers,joint controller,joint data controllers,jointly determine,joint controllership"),
        (
            INDEPENDENT,
            "independent controller,independent controllers,independent data controller,independent data controllers,separate controller,separate controllers,separate and independent controllers,separate and independent controller,separate data controllers,controller to controller",
        ),
        (COVERED, "covered entity,covered entities"),
        (ASSOCIATE, "business associate"),
        (PROVIDER, "service provider"),
        (BUSINESS, "business"),
        (NOT, "not,neither,nor,no"),
        (
            MEANS,
            "means,shall mean,have meaning,have meanings,has meaning,shall have meanings,shall have meaning,shall have same meaning,have same meaning",
        ),
        (BEHALF, "behalf"),
        (PERSONAL, "personal data,personal information,customer data,user data,visitor data"),
        (PROCESS, "process,processes,processing,processed"),
        (BE, "is,are,be,as,becomes,remains,remain,acts,act"),
        (CALIFORNIA, "ccpa,cpra,california,under us privacy laws"),
    ])
});

/// How surely a sentence speaks of a relationship: it only names both sides, names one as a role, or both.
const NAMES: u8 = 1;
const ONE_ROLE: u8 = 2;
const BOTH_ROLES: u8 = 3;

/// Relationships in the order of preference of an ordinary contract.
const ORDER: [Relationship; 6] = [
    Relationship::ControllerToProcessor,
    Relationship::ProcessorToSubprocessor,
    Relationship::JointControllers,
    Relationship::ControllerToController,
    Relationship::CoveredEntityToBusinessAssociate,
    Relationship::BusinessToServiceProvider,
];

/// The relationship of the parties and the sentence that states it.
#[must_use]
pub fn relationship(contract: &Contract, tree: &ClauseTree) -> (Relationship, Option<Span>) {
    read(contract, tree, &Words::new(&contract.text))
}

pub(super) fn read(contract: &Contract, tree: &ClauseTree, words: &Words) -> (Relationship, Option<Span>) {
    let mut best: [(u8, Option<Span>); ORDER.len()] = [(0, None); ORDER.len()];
    for sentence in &tree.sentences {
        if !matches!(sentence.role, Role::Text | Role::Recital | Role::Heading) {
            continue;
        }
        for (i, surely) in spoken(&contract.text, words.of(sentence.span)).into_iter().enumerate() {
            if surely > best[i].0 {
                best[i] = (surely, Some(sentence.span));
            }
        }
    }
    let (kind, quote) = kind(contract, tree);
    choose(kind, quote, &best)
}

fn choose(kind: DocumentKind, quote: Option<Span>, best: &[(u8, Option<Span>)]) -> (Relationship, Option<Span>) {
    let order: &[usize] = match kind {
        DocumentKind::BusinessAssociateAgreement => {
            return (Relationship::CoveredEntityToBusinessAssociate, best[4].1.or(quote));
        }
        DocumentKind::DataSharingAgreement => &[2, 3, 0, 1, 4, 5],
        _ => &[0, 1, 2, 3, 4, 5],
    };
    let found = |least: u8| order.iter().find(|i| best[**i].0 >= least).map(|i| (ORDER[*i], best[*i].1));
    found(ONE_ROLE).or_else(|| found(NAMES)).unwrap_or((Relationship::Unknown, None))
}

/// How surely a sentence speaks of each relationship of [`ORDER`].
fn spoken(text: &str, words: &[Word]) -> [u8; ORDER.len()] {
    let hits: Vec<Hit> = PHRASES.hits(words).collect();
    let all = hits.iter().fold(0, |bits, h| bits | h.bits);
    let mut out = [0; ORDER.len()];
    if all & MEANS != 0 || all & (CONTROLLER | PROCESSOR | SUB | JOINT | INDEPENDENT | COVERED | PROVIDER | BEHALF) == 0
    {
        return out;
    }
    let roles = hits.iter().filter(|h| is_role(text, words, h)).fold(0, |bits, h| bits | h.bits);
    let pair = |a: u32, b: u32| match (all & a != 0, all & b != 0) {
        (true, true) if roles & a != 0 && roles & b != 0 => BOTH_ROLES,
        (true, true) if roles & (a | b) != 0 => ONE_ROLE,
        (true, true) => NAMES,
        _ => 0,
    };
    let on_behalf = all & BEHALF != 0 && all & PERSONAL != 0 && all & PROCESS != 0;
    let lone = roles & PROCESSOR != 0 && all & (CONTROLLER | SUB) == 0;
    out[0] = pair(CONTROLLER, PROCESSOR).max(u8::from(on_behalf || lone) * NAMES);
    out[1] = if roles & SUB != 0 { pair(PROCESSOR, SUB) } else { 0 };
    out[2] = if roles & JOINT != 0 { BOTH_ROLES } else { 0 };
    out[3] = if roles & INDEPENDENT != 0 { ONE_ROLE } else { 0 };
    out[4] = if roles & (COVERED | ASSOCIATE) != 0 { pair(COVERED, ASSOCIATE) } else { 0 };
    out[5] = if roles & PROVIDER != 0 && all & (CALIFORNIA | BUSINESS) == CALIFORNIA | BUSINESS { ONE_ROLE } else { 0 };
    out
}

/// Whether a phrase stands as what someone is: after "is", "as", in brackets or quotes, and not denied.
fn is_role(text: &str, words: &[Word], hit: &Hit) -> bool {
    const REACH: usize = 4;
    let before = &words[hit.at.saturating_sub(REACH)..hit.at];
    if PHRASES.bits(before) & NOT != 0 {
        return false;
    }
    let close = before.iter().rev().take(2);
    let after_verb = close.clone().any(|w| PHRASES.at(std::slice::from_ref(w), 0).is_some_and(|h| h.bits & BE != 0));
    let start = words[hit.at].span.start as usize;
    let lead = text[..start].trim_end_matches(['"', '“', ' ']);
    let lead = lead.strip_suffix("the").or_else(|| lead.strip_suffix("a")).map_or(lead, str::trim_end);
    let end = words[hit.at + hit.len - 1].span.end as usize;
    let titled = hit.at == 0 && text[end..].starts_with(':');
    after_verb || titled || lead.ends_with('(')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kind::tests::contract;

    #[test]
    fn the_sentence_that_gives_the_parties_their_roles_decides() {
        use Relationship as R;
        let cases = [
            ("The Customer is the controller and Northwind is the processor of the data.", R::ControllerToProcessor),
            (
                "This deed is made between Northwind (“Processor”) and Fabrikam (“Controller”).",
                R::ControllerToProcessor,
            ),
            ("Each party acts as an independent controller of the contact data.", R::ControllerToController),
            ("The parties are joint controllers of the panel data.", R::JointControllers),
            ("The parties are not joint controllers of the panel data.", R::Unknown),
            ("Where Fabrikam is itself a processor, Northwind acts as its sub-processor.", R::ProcessorToSubprocessor),
            (
                "Fabrikam is a Covered Entity and Northwind is its Business Associate.",
                R::CoveredEntityToBusinessAssociate,
            ),
            (
                "Under the CCPA, Fabrikam is a Business and Northwind is its service provider.",
                R::BusinessToServiceProvider,
            ),
            ("“Controller” and “Processor” have the meanings given in the law.", R::Unknown),
            ("The vendor uses a fast processor.", R::Unknown),
        ];
        for (text, want) in cases {
            let (contract, tree) = contract(text);
            let (found, quote) = relationship(&contract, &tree);
            assert_eq!(
                (found, quote.map_or("", |s| s.of(&contract.text))),
                (want, if want == R::Unknown { "" } else { text })
            );
        }
    }
}
