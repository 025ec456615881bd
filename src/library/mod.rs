//! The clause library: pages that lawyers write, compiled into plain data that matching reads.
//!
//! `page` reads one provision, `vocabulary` the shared word lists, `rule` and `formula` the two small languages
//! in them, `compile` makes the [`Library`]. Nothing here knows what a contract file or a clause is.

pub mod compile;
pub mod diagnostic;
pub mod embedded;
pub mod folder;
pub mod formula;
pub mod inflect;
pub mod page;
pub mod profile;
pub mod program;
pub mod rule;
pub mod vocabulary;

use formula::Formula;
use page::{Position, Reading};
use profile::Profile;
use program::{NodeId, Program};
use serde::{Deserialize, Serialize};

/// All provisions with their rules, ready to match.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Library {
    /// Version of the library.
    pub version: String,
    /// Date of the latest review of a page, ISO.
    pub date: String,
    /// SHA-256 of all pages, hexadecimal.
    pub digest: String,
    /// How it did on labelled contracts, where that was measured.
    pub measured: Option<Measured>,
    /// Provisions, by id.
    pub provisions: Vec<Provision>,
    /// What laws, standards and the house ask, by id.
    pub profiles: Vec<Profile>,
    /// The rules.
    pub program: Program,
}

/// How often "addressed" was wrong on labelled contracts that no rule was written on (`measured.toml` in the library
/// folder). A test over those contracts holds the figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Contracts judged.
    pub contracts: usize,
    /// Verdicts "addressed" among them.
    pub addressed: usize,
    /// Of these, where the labels say that the provision is not there.
    pub absent: usize,
    /// Of these, where the labels say that it is there in part.
    pub partly: usize,
}

/// A provision, compiled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Provision {
    /// Its id, which never changes its meaning.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Severity of its absence.
    pub severity: Severity,
    /// Issue that it is grouped under.
    pub issue: Issue,
    /// When it applies: any of these.
    pub applies_when: Vec<Applies>,
    /// Provisions that already say it by what they exclude: where one of them is met, its absence is a wish.
    pub implied_by: Vec<String>,
    /// Kinds of document for which the house position does not ask for it.
    pub not_demanded_in: Vec<String>,
    /// Whether wording to the contrary makes it adverse.
    pub adverse: bool,
    /// What the agreement must say.
    pub requirement: String,
    /// Why a customer needs it.
    pub why: String,
    /// What silence of the contract means.
    pub if_silent: String,
    /// Its elements.
    pub elements: Vec<Element>,
    /// Adverse wordings.
    pub patterns: Vec<Element>,
    /// The least that makes it found.
    pub core: Formula,
    /// What makes it met.
    pub met: Formula,
    /// Clause texts, best first.
    pub positions: Vec<Position>,
    /// What is said to the other side.
    pub comment: String,
    /// Sources.
    pub citations: Vec<Citation>,
}

/// An element or an adverse wording, compiled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Element {
    /// Its id within the provision.
    pub id: String,
    /// The question it answers, or why the wording hurts.
    pub question: String,
    /// How its hits are read.
    pub reading: Reading,
    /// Its wordings.
    pub rules: Vec<Wording>,
}

/// One wording.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wording {
    /// As it stands on the page.
    pub text: String,
    /// The node to evaluate.
    pub node: NodeId,
    /// Whether it names a negation itself ("shall not sell").
    pub negates: bool,
}

/// Status of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All that the row asks for is there.
    Met,
    /// The core is there, something else is not.
    Partial,
    /// No clause states it.
    Missing,
    /// The contract says the opposite.
    Adverse,
}

impl Status {
    /// The status that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "met" => Self::Met,
            "partial" => Self::Partial,
            "missing" => Self::Missing,
            "adverse" => Self::Adverse,
            _ => return None,
        })
    }

    /// Its key, as pages and JSON have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partial => "partial",
            Self::Missing => "missing",
            Self::Adverse => "adverse",
        }
    }
}

/// How much a gap matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A wish.
    Low,
    /// To be asked for.
    Medium,
    /// To be insisted on.
    High,
    /// A deal-breaker.
    Critical,
}

impl Severity {
    /// One step lower.
    #[must_use]
    pub fn lower(self) -> Self {
        match self {
            Self::Critical => Self::High,
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// The dozen issues that a negotiator thinks in (they group the provisions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // The titles below say it.
pub enum Issue {
    UseOfData,
    SecurityMeasures,
    Incidents,
    AuditAndRecords,
    Subprocessors,
    TransfersAndLocation,
    IndividualsRights,
    EndOfContract,
    LiabilityAndInsurance,
    ConfidentialityAndDisclosure,
    ContractMechanics,
    SectorTerms,
}

impl Issue {
    /// All issues, in the order of reports.
    pub const ALL: [Self; 12] = [
        Self::UseOfData,
        Self::SecurityMeasures,
        Self::Incidents,
        Self::AuditAndRecords,
        Self::Subprocessors,
        Self::TransfersAndLocation,
        Self::IndividualsRights,
        Self::EndOfContract,
        Self::LiabilityAndInsurance,
        Self::ConfidentialityAndDisclosure,
        Self::ContractMechanics,
        Self::SectorTerms,
    ];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::UseOfData => "Use of data",
            Self::SecurityMeasures => "Security measures",
            Self::Incidents => "Incidents",
            Self::AuditAndRecords => "Audit and records",
            Self::Subprocessors => "Subprocessors",
            Self::TransfersAndLocation => "Transfers and location",
            Self::IndividualsRights => "Individuals' rights",
            Self::EndOfContract => "End of contract",
            Self::LiabilityAndInsurance => "Liability and insurance",
            Self::ConfidentialityAndDisclosure => "Confidentiality and disclosure",
            Self::ContractMechanics => "Contract mechanics",
            Self::SectorTerms => "Sector terms",
        }
    }
}

/// When a provision applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// To any service agreement.
    Always,
    /// Where the provider handles personal data.
    PersonalData,
    /// Where personal data leaves the EEA or the UK.
    EuUkTransfers,
    /// Where the contract handles protected health information (HIPAA).
    Phi,
    /// Where it handles payment account data.
    CardholderData,
    /// Where it handles customs, cargo or trade data.
    Customs,
    /// Where it handles personal information under the CCPA.
    CaliforniaPersonalInformation,
    /// Where it handles education records in the United States.
    EducationRecords,
    /// Where the customer is an agency of the United States, or its prime contractor.
    UsFederal,
    /// Where a financial entity in the European Union is served.
    EuFinancial,
    /// Where personal data leaves another area whose law restricts it.
    OtherTransferRegimes,
}

/// A source of a provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The law or standard: an id of the catalogue ("gdpr").
    pub law: String,
    /// The place in it ("Art. 33(2)").
    pub cite: String,
    /// Whether the contract has to say it.
    pub kind: CitationKind,
    /// Whether the place was read.
    pub check: Check,
    /// The elements that it asks for.
    #[serde(default)]
    pub elements: Vec<String>,
    /// What a reader should know about it.
    #[serde(default)]
    pub note: String,
}

/// What a citation is to the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CitationKind {
    /// The law says that the contract has to contain it.
    ContractTerm,
    /// The law puts a duty on a party that the term supports.
    StatutoryDuty,
    /// A standard asks for it.
    Standard,
    /// Soft law, or a treaty between states.
    Guidance,
}

/// Whether a citation was read in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Read in the source.
    Checked,
    /// Not confirmed in a source.
    FromKnowledge,
}

impl Library {
    /// The provision of an id.
    #[must_use]
    pub fn provision(&self, id: &str) -> Option<&Provision> {
        self.provisions.iter().find(|p| p.id == id)
    }

    /// The profile of an id.
    #[must_use]
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|p| p.id == id)
    }
}

/// The skeleton of a page, for "proviso library new".
#[must_use]
pub fn skeleton(id: &str) -> String {
    include_str!("skeleton.md").replace("{id}", id)
}
