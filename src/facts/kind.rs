//! What kind of document a contract is, how its parties stand to each other, and its key facts: each with the
//! words that say so.

mod handles;
mod key_facts;
pub(super) mod phrases;
mod relationship;

use crate::clause::label::Label;
use crate::clause::{ClauseTree, Role};
use crate::source::{Block, Contract, Place};
use crate::span::{Span, trim};
use crate::word::{Word, fold};
use phrases::{Phrases, Words};
use std::sync::LazyLock;

pub use handles::{DataKind, Handles, Prohibited, handles};
pub use key_facts::{KeyFacts, key_facts};
pub use relationship::{Relationship, relationship};

/// What kind of document a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// Terms for a processor of personal data.
    DataProcessingAgreement,
    /// Terms for a business associate under HIPAA.
    BusinessAssociateAgreement,
    /// Confidentiality terms of their own.
    NonDisclosureAgreement,
    /// Services, consulting, outsourcing; master agreements.
    ServicesAgreement,
    /// Terms of an online service.
    CloudTerms,
    /// An order under other terms.
    OrderForm,
    /// Data that one controller gives another, or that is used under licence.
    DataSharingAgreement,
    /// Standard contractual clauses for transfers.
    StandardClauses,
    /// A software or content licence.
    LicenceAgreement,
    /// A description of work under other terms.
    StatementOfWork,
    /// Employment.
    Employment,
    /// A notice to individuals: no contract.
    PrivacyNotice,
    /// None of these, or not recognised.
    Other,
}

impl DocumentKind {
    /// Its key in pages and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::DataProcessingAgreement => "data-processing-agreement",
            Self::BusinessAssociateAgreement => "business-associate-agreement",
            Self::NonDisclosureAgreement => "non-disclosure-agreement",
            Self::ServicesAgreement => "services-agreement",
            Self::CloudTerms => "cloud-terms",
            Self::OrderForm => "order-form",
            Self::DataSharingAgreement => "data-sharing-agreement",
            Self::StandardClauses => "standard-clauses",
            Self::LicenceAgreement => "licence-agreement",
            Self::StatementOfWork => "statement-of-work",
            Self::Employment => "employment",
            Self::PrivacyNotice => "privacy-notice",
            Self::Other => "other",
        }
    }

    /// Its name in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::DataProcessingAgreement => "data processing agreement",
            Self::BusinessAssociateAgreement => "business associate agreement",
            Self::NonDisclosureAgreement => "non-disclosure agreement",
            Self::ServicesAgreement => "services agreement",
            Self::CloudTerms => "cloud terms",
            Self::OrderForm => "order form",
            Self::DataSharingAgreement => "data-sharing agreement",
            Self::StandardClauses => "standard contractual clauses",
            Self::LicenceAgreement => "licence agreement",
            Self::StatementOfWork => "statement of work",
            Self::Employment => "employment agreement",
            Self::PrivacyNotice => "privacy notice",
            Self::Other => "other",
        }
    }
}

/// Kinds with the names that documents of each go by. Where a title holds names of two, the earlier row decides:
/// a data processing addendum to cloud terms is no cloud terms.
const NAMES: [(DocumentKind, &str); 12] = [
    (
        DocumentKind::BusinessAssociateAgreement,
        "business associate agreement,business associate addendum,business associate contract,business associate,\
         business associates agreement,baa,hipaa addendum",
    ),
    (
        DocumentKind::DataProcessingAgreement,
        "data processing agreement,data processing addendum,data processing amendment,data processing terms,\
         data processing contract,data processing annex,data processing schedule,data processing,dpa,data processor,\
         personal data processing,\
         data protection agreement,data protection addendum,data protection terms,data protection schedule,\
         data protection exhibit,data privacy agreement,data privacy addendum,student data privacy agreement,\
         privacy addendum,order processing agreement,commissioned processing,sub-processing agreement,\
         sub-processor agreement,subprocessor agreement,data security addendum",
    ),
    (
        DocumentKind::StandardClauses,
        "standard contractual clauses,standard data protection clauses,model clauses,contractual clauses,\
         international data transfer agreement,international data transfer addendum",
    ),
    (
        DocumentKind::DataSharingAgreement,
        "data sharing,data-sharing,data use agreement,data user agreement,data transfer agreement,\
         data access agreement,data exchange agreement,information sharing,joint controller,joint controllers,\
         joint controllership,controller to controller,controller-to-controller,data licence agreement,\
         data license agreement",
    ),
    (
        DocumentKind::Employment,
        "employment agreement,employment contract,contract of employment,offer letter,offer of employment,\
         invention assignment,inventions assignment",
    ),
    (
        DocumentKind::NonDisclosureAgreement,
        "non-disclosure,nondisclosure,confidentiality agreement,confidentiality undertaking,confidentiality terms,\
         mutual confidentiality,secrecy agreement,nda,mnda,confidential disclosure agreement",
    ),
    (
        DocumentKind::StatementOfWork,
        "statement of work,statements of work,sow,work order,task order,performance work statement,\
         statement of objectives,work statement,scope of work",
    ),
    (
        DocumentKind::OrderForm,
        "order form,ordering document,purchase order,service order,services order,sales order,quotation,insertion order",
    ),
    (
        DocumentKind::PrivacyNotice,
        "privacy policy,privacy notice,privacy statement,cookie policy,cookie notice,data protection notice",
    ),
    (
        DocumentKind::LicenceAgreement,
        "licence agreement,license agreement,eula,end user licence,end user license,end-user licence,\
         end-user license,end user agreement,software licence,software license",
    ),
    (
        DocumentKind::CloudTerms,
        "terms of service,terms of use,terms and conditions,conditions of use,cloud service agreement,\
         cloud services agreement,cloud terms,cloud service,cloud services,subscription agreement,subscription terms,\
         subscription services agreement,saas,software as a service,software-as-a-service,customer terms,customer agreement,\
         user agreement,platform agreement,platform access agreement,platform terms,hosting agreement,\
         service terms,services terms,website terms,online services,framework terms,\
         partner terms,api terms",
    ),
    (
        DocumentKind::ServicesAgreement,
        "services agreement,service agreement,services contract,service contract,contract for services,\
         agreement for services,master agreement,consulting agreement,consultancy agreement,contractor agreement,\
         consultant agreement,professional services,managed services,outsourcing agreement,development agreement,\
         maintenance agreement,support agreement,framework agreement,supply agreement,engagement letter,\
         letter of engagement,msa,pilot agreement",
    ),
];

/// Nouns that make a line the title of a document, where no name of a kind does.
const NOUNS: &str = "agreement,addendum,terms,contract,policy,notice,clauses,conditions,schedule,annex,exhibit,\
                     appendix,amendment,certificate,letter,charter,undertaking,memorandum,request for proposals,\
                     guidelines,requirements,plan,deed";

/// Verbs and openings that no title has.
const NO_TITLE: &str = "is,are,shall,will,agree,agrees,please,this,these,applies,apply,thank,welcome,last updated,\
                        return to,table of contents,forms part,signature page";

const NOUN: u32 = 1 << 30;
const NO: u32 = 1 << 31;

static TITLES: LazyLock<Phrases> = LazyLock::new(|| {
    let names = (0u32..).zip(&NAMES).map(|(i, (_, list))| (1 << i, *list));
    Phrases::new(&names.chain([(NOUN, NOUNS), (NO, NO_TITLE)]).collect::<Vec<_>>())
});

/// Clause titles that each kind has of its own, for documents that nowhere say what they are.
static HEADINGS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (
            1,
            "permitted uses,permitted uses and disclosures,obligations of business associate,business associate obligations",
        ),
        (
            1 << 1,
            "sub-processors,subprocessors,sub-processing,subprocessing,data subject rights,rights of data subjects,personal data breach,personal data breaches,security of processing,processing of personal data,details of processing",
        ),
        (
            1 << 5,
            "confidential information,exclusions,return of confidential information,return or destruction,disclosing party,receiving party,non-disclosure,compelled disclosure",
        ),
        (
            1 << 10,
            "user accounts,acceptable use,subscriptions,your account,accounts,service levels,availability,free trials,customer data,access and use,uptime",
        ),
        (1 << 11, "services,deliverables,acceptance,change orders,fees,personnel,expenses,independent contractor"),
    ])
});

/// A title of no more words names no kind of document of its own.
const VAGUE: usize = 2;
/// How far into a document what it calls itself is looked for.
const OPENING: u32 = 10_000;

/// The kind of document and the words that say so.
#[must_use]
pub fn kind(contract: &Contract, tree: &ClauseTree) -> (DocumentKind, Option<Span>) {
    let text = &contract.text;
    let title = title(contract, tree);
    if let Some(kind) = title.and_then(|t| named(text, t)) {
        return (kind, title);
    }
    let opening = tree.sentences.iter().take_while(|s| s.span.start < OPENING);
    let mut spoken = opening.filter(|s| matches!(s.role, Role::Text | Role::Recital | Role::Definition));
    if let Some((kind, quote)) = spoken.find_map(|s| Some((self_reference(text, s.span)?, s.span))) {
        return (kind, Some(quote));
    }
    // A title that names something else is no invitation to guess; "Terms" alone is.
    let vague = title.is_none_or(|t| t.of(text).split_whitespace().count() <= VAGUE);
    by_headings(text, tree).filter(|_| vague).unwrap_or((DocumentKind::Other, None))
}

/// What a contract says about itself on its face.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Profile {
    /// Its title.
    pub title: Option<Span>,
    /// Its kind and the words that say so.
    pub kind: (DocumentKind, Option<Span>),
    /// How the parties stand to each other and the sentence that says so.
    pub relationship: (Relationship, Option<Span>),
    /// Term, governing law, precedence, cap.
    pub key_facts: KeyFacts,
    /// Kinds of data.
    pub handles: Handles,
}

/// All of it at once: the text is cut into words once instead of three times.
#[must_use]
pub fn profile(contract: &Contract, tree: &ClauseTree) -> Profile {
    let words = Words::new(&contract.text);
    Profile {
        title: title(contract, tree),
        kind: kind(contract, tree),
        relationship: relationship::read(contract, tree, &words),
        key_facts: key_facts::read(contract, tree, &words),
        handles: handles::read(tree, &words),
    }
}

/// The title of the document.
#[must_use]
pub fn title(contract: &Contract, tree: &ClauseTree) -> Option<Span> {
    let text = &contract.text;
    let lines = opening_lines(contract);
    let bits: Vec<u32> = lines.iter().map(|l| title_bits(text, *l)).collect();
    let with = |wanted: u32| bits.iter().position(|b| b & wanted != 0).map(|i| lines[i]);
    with(NOUN - 1).or_else(|| with(NOUN)).or_else(|| {
        let first = tree.clauses.iter().take(3).find(|c| c.label.is_empty() && c.heading.is_some())?;
        let heading = contract.blocks.iter().find(|b| Some(b.span.start) == first.heading.map(|h| h.start))?;
        first.heading.filter(|_| heading.level == Some(1))
    })
}

/// Lines that stand before the running text, and those of headers.
fn opening_lines(contract: &Contract) -> Vec<Span> {
    const MOST: usize = 14;
    const LONGEST: usize = 25;
    let text = &contract.text;
    let mut out = Vec::new();
    for block in contract.blocks.iter().filter(|b| matches!(b.place, Place::Body | Place::Cell { .. })).take(MOST) {
        let shown = block.span.of(text);
        if is_clause(block, shown) {
            break;
        }
        let long = shown.split_whitespace().count() > LONGEST;
        let mut at = block.span.start as usize;
        for line in shown.split('\n').take(if long { 1 } else { usize::MAX }) {
            out.push(trim(text, Span::new(at, at + line.len())));
            at += line.len() + 1;
        }
        if long {
            break;
        }
    }
    out.extend(contract.blocks.iter().filter(|b| b.place == Place::HeaderFooter).map(|b| b.span));
    out
}

/// Whether a block is a numbered clause, so that no title follows.
fn is_clause(block: &Block, line: &str) -> bool {
    let label = block.label.as_deref().and_then(Label::computed).or_else(|| Label::at_start(line));
    block.bullet || label.is_some_and(|l| l.word.is_empty() && !l.figures.is_empty())
}

fn title_bits(text: &str, line: Span) -> u32 {
    const LONGEST: usize = 18;
    let shown = line.of(text);
    if shown.ends_with(['.', ';', ',', ':']) || shown.split_whitespace().count() > LONGEST {
        return 0;
    }
    let bits = TITLES.bits(Words::new(shown).of(Span::new(0, shown.len())));
    if bits & NO == 0 { bits } else { 0 }
}

/// The kind that the words of `span` name.
fn named(text: &str, span: Span) -> Option<DocumentKind> {
    let shown = span.of(text);
    of_bits(TITLES.bits(Words::new(shown).of(Span::new(0, shown.len()))))
}

fn of_bits(bits: u32) -> Option<DocumentKind> {
    NAMES.get((bits & (NOUN - 1)).trailing_zeros() as usize).map(|(kind, _)| *kind)
}

/// The kind that a sentence gives the document it stands in: "This Mutual Non-Disclosure Agreement ...".
fn self_reference(text: &str, sentence: Span) -> Option<DocumentKind> {
    let shown = sentence.of(text);
    let words = Words::new(shown);
    let words = words.of(Span::new(0, shown.len()));
    let is = fold("is", None);
    let start = words.iter().position(is_this)?;
    (start..words.len()).filter(|i| is_this(&words[*i])).find_map(|this| {
        let name =
            words[this + 1..].iter().take_while(|w| (w.marks.capital || w.hash == is) && !w.marks.after_pause).count();
        // The first word of a lower-case name ("this data processing agreement") is tried too.
        let run = &words[this + 1..words.len().min(this + 2 + name + LONGEST_NAME)];
        let hit = (0..=name).find_map(|at| TITLES.at(run, at).filter(|h| h.bits & (NOUN - 1) != 0))?;
        of_bits(hit.bits)
    })
}

const LONGEST_NAME: usize = 4;

fn is_this(word: &Word) -> bool {
    word.hash == fold("this", None) || word.hash == fold("these", None)
}

/// The kind whose own clause titles are most frequent.
fn by_headings(text: &str, tree: &ClauseTree) -> Option<(DocumentKind, Option<Span>)> {
    const FEWEST: usize = 2;
    let mut found: [(usize, Option<Span>); NAMES.len()] = [(0, None); NAMES.len()];
    for heading in tree.clauses.iter().filter_map(|c| c.heading) {
        let shown = heading.of(text);
        let words = Words::new(shown);
        let words = words.of(Span::new(0, shown.len()));
        // "Fund expenses" is no clause on expenses of services.
        let bits =
            HEADINGS.hits(words).filter(|h| words.len() <= h.len + 1 && h.at == 0).fold(0, |bits, h| bits | h.bits);
        for (_, (count, first)) in found.iter_mut().enumerate().filter(|(i, _)| bits & (1 << i) != 0) {
            *count += 1;
            first.get_or_insert(heading);
        }
    }
    // Of equals the later row wins: the titles of services agreements are the commonest.
    let best = (0..NAMES.len()).max_by_key(|i| found[*i].0).filter(|i| found[*i].0 >= FEWEST)?;
    Some((NAMES[best].0, found[best].1))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::source::{Format, Limits, View, project, read};

    /// A contract made of a Markdown text, with its clauses.
    pub fn contract(text: &str) -> (Contract, ClauseTree) {
        let source = read(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
        let contract = project(&source, View::Accepted);
        let tree = ClauseTree::new(&contract);
        (contract, tree)
    }

    #[test]
    fn kinds_are_read_from_titles_then_from_what_a_text_calls_itself_then_from_headings() {
        use DocumentKind as K;
        let cases = [
            (
                "# Northwind Data Processing Addendum\n\nText.",
                K::DataProcessingAgreement,
                "Northwind Data Processing Addendum",
            ),
            (
                "# Data Processing Addendum to the Terms of Service\n\nText.",
                K::DataProcessingAgreement,
                "Data Processing Addendum to the Terms of Service",
            ),
            ("# Master Services Agreement\n\nText.", K::ServicesAgreement, "Master Services Agreement"),
            ("# Cloud Service Agreement\n\nText.", K::CloudTerms, "Cloud Service Agreement"),
            (
                "# Mutual Non-Disclosure Agreement\n\nText.",
                K::NonDisclosureAgreement,
                "Mutual Non-Disclosure Agreement",
            ),
            (
                "# Standard Terms\n\n1. **Purpose.** This Mutual NDA lets each party share plans.",
                K::NonDisclosureAgreement,
                "This Mutual NDA lets each party share plans.",
            ),
            (
                "Welcome to Fabrikam!\n\nThese terms of use bind every user of the site.",
                K::CloudTerms,
                "These terms of use bind every user of the site.",
            ),
            (
                "This is the Business Associate Agreement of the parties.",
                K::BusinessAssociateAgreement,
                "This is the Business Associate Agreement of the parties.",
            ),
            (
                "# Terms\n\n## Sub-processors\n\nText here.\n\n## Data subject rights\n\nText here.",
                K::DataProcessingAgreement,
                "Sub-processors",
            ),
            ("# Lease of a barn\n\nThe tenant pays rent.", K::Other, ""),
        ];
        for (text, want, quote) in cases {
            let (contract, tree) = contract(text);
            let (kind, span) = kind(&contract, &tree);
            assert_eq!((kind, span.map_or("", |s| s.of(&contract.text))), (want, quote), "{text}");
        }
    }

    #[test]
    fn a_title_is_a_short_line_before_the_text_and_no_clause() {
        let cases = [
            ("SUPPLY AGREEMENT\n\nbetween A and B\n\n1. Supply. The seller supplies.", "SUPPLY AGREEMENT"),
            ("Last updated: 1 May 2026\n\n# Hosting Terms\n\nText.", "Hosting Terms"),
            ("1. Agreement\n\nThe parties agree.", ""),
        ];
        for (text, want) in cases {
            let (contract, tree) = contract(text);
            assert_eq!(title(&contract, &tree).map_or("", |s| s.of(&contract.text)), want, "{text}");
        }
    }
}
