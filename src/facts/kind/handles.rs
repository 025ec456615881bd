//! Which kinds of regulated data a contract is about, and which it keeps out.

use super::phrases::{Hit, Phrases, Words};
use crate::clause::{ClauseTree, Part, Role};
use crate::source::Contract;
use crate::span::Span;
use crate::word::Word;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A kind of data that laws single out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DataKind {
    /// Data about individuals.
    PersonalData,
    /// Protected health information.
    Phi,
    /// Payment cards.
    CardholderData,
    /// Personal data that leaves the EEA or the United Kingdom.
    EuUkTransfers,
    /// Customs, cargo and importer data.
    Customs,
    /// Special categories, or what the contract calls sensitive or prohibited.
    Sensitive,
    /// Personal information of Californians, under the CCPA.
    CaliforniaPersonalInformation,
    /// Education records in the United States.
    EducationRecords,
    /// Records of a federal agency of the United States.
    UsFederal,
    /// Data of a financial entity in the European Union.
    EuFinancial,
    /// Personal data that leaves another area whose law restricts it.
    OtherTransferRegimes,
}

/// Which kinds of data a contract is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Handles {
    /// The first sentence that shows that a kind of data is handled.
    pub shown: BTreeMap<DataKind, Span>,
    /// What must not be submitted, in text order.
    pub prohibited: Vec<Prohibited>,
}

/// A sentence that keeps a kind of data out of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Prohibited {
    /// Which data.
    pub what: DataKind,
    /// The sentence.
    pub quote: Span,
}

/// In the order of their bits.
const KINDS: [DataKind; 11] = [
    DataKind::PersonalData,
    DataKind::Phi,
    DataKind::CardholderData,
    DataKind::EuUkTransfers,
    DataKind::Customs,
    DataKind::Sensitive,
    DataKind::CaliforniaPersonalInformation,
    DataKind::EducationRecords,
    DataKind::UsFederal,
    DataKind::EuFinancial,
    DataKind::OtherTransferRegimes,
];
const DATA: u32 = (1 << KINDS.len()) - 1;
/// Names of a standard: they show handling only where a sentence puts a duty on someone.
const WEAK: u32 = 1 << 11;
const BAN: u32 = 1 << 12;
const SUBMIT: u32 = 1 << 13;
const SUBMITTER: u32 = 1 << 14;
const EXCEPT: u32 = 1 << 15;
const NAMED: u32 = 1 << 16;
const NOT: u32 = 1 << 17;
const DUTY: u32 = 1 << 18;
const REGION: u32 = 1 << 19;
const TRANSFER: u32 = 1 << 20;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        (
            1,
            "personal data,personal information,personally identifiable information,personally-identifiable information,pii,personal identifiable information,data subjects,student data,education records",
        ),
        (
            1 << 1,
            "protected health information,phi,ephi,electronic protected health information,health records,medical records,patient data,patient information,patient health information,individually identifiable health information",
        ),
        (
            1 << 2,
            "cardholder data,cardholder information,card holder data,payment card data,payment card information,payment card numbers,primary account number,primary account numbers,card data,credit card data,credit card numbers,payment cardholder data",
        ),
        (
            1 << 2 | WEAK,
            "pci dss,pci-dss,pci data security standard,payment card industry data security standard,payment card industry data security standards",
        ),
        (1 << 1 | WEAK, "hipaa compliance,comply with hipaa"),
        (
            1 << 3,
            "standard contractual clauses,sccs,eu sccs,restricted transfer,restricted transfers,third country,third countries,international data transfer,international data transfers,adequacy decision,adequacy decisions,data exporter,data importer,data privacy framework,international transfers,cross-border transfers",
        ),
        (
            1 << 4,
            "importer of record,customs broker,customs brokers,customs brokerage,customs declaration,customs declarations,customs entry,customs entries,customs clearance,customs data,importer data,importer information,importer security filing,cargo manifest,cargo data,manifest data,trade data,entry summary,entry summaries,customs and border protection,ctpat,c-tpat,customs authority,customs authorities,customs secrecy,customs valuation,customs documentation,customs records,harmonized tariff schedule,passenger name record",
        ),
        (
            1 << 5,
            "special categories of personal data,special category data,special categories,sensitive data,sensitive personal data,sensitive personal information,sensitive information,biometric data,government identification numbers,social security numbers,financial account numbers",
        ),
        (
            1 << 6,
            "ccpa,cpra,california consumer privacy act,california privacy rights act,california consumers,california residents",
        ),
        (
            1 << 7,
            "education records,education record,ferpa,family educational rights and privacy act,student records,student data,school official,school officials",
        ),
        (
            1 << 8,
            "privacy act of 1974,system of records,federal acquisition regulation,contracting officer,controlled unclassified information,dfars,far clause,federal agency,federal information",
        ),
        (
            1 << 9,
            "digital operational resilience act,dora,financial entity,financial entities,ict services,ict third-party service provider,critical or important function,critical or important functions",
        ),
        (1 << 10, "lgpd,pipl,law 25,appi,pdpa,dpdp act,digital personal data protection act"),
        (1 << 5 | NAMED, "prohibited data,excluded data,restricted data,prohibited information,prohibited content"),
        (
            BAN,
            "shall not,must not,may not,will not,agree not to,agrees not to,undertakes not to,warrants not to,not permitted to,prohibited from,refrain from,not be used to,do not,cannot,should not,is prohibited,are prohibited,not intended to,not designed to,not intended for,not designed for,shall never,must never,will never",
        ),
        (
            SUBMIT,
            "submit,submits,submitted,submitting,upload,uploads,uploaded,uploading,input,transmit,transmitting,transmitted,store,storing,stored,enter,entered,import,load,send,sending,post,include,includes,provide,provides,introduce,place,use,contain",
        ),
        (BAN | SUBMIT | SUBMITTER, "does not accept,do not accept,will not accept,shall not accept"),
        (
            SUBMITTER,
            "customer,client,subscriber,licensee,you,user,users,authorized users,authorised users,company,organization,organisation,controller,school,service,services,platform,software,product,products",
        ),
        (EXCEPT, "unless,except,except as,other than,only,without,longer than,in violation of,in breach of"),
        (NOT, "not,no,never,neither,nor"),
        (DUTY, "shall,will,must,agrees,agree,maintains,complies,comply"),
        (
            REGION,
            "european economic area,eea,outside european union,outside eu,outside united kingdom,outside uk,outside of eu,outside of uk,outside of european union,outside of united kingdom,outside switzerland,outside europe",
        ),
        (TRANSFER, "transfer,transfers,transferred,transferring,outside"),
    ])
});

/// Which kinds of data a contract handles, and which it keeps out.
#[must_use]
pub fn handles(contract: &Contract, tree: &ClauseTree) -> Handles {
    read(tree, &Words::new(&contract.text))
}

pub(super) fn read(tree: &ClauseTree, words: &Words) -> Handles {
    let mut first: [Option<Span>; KINDS.len()] = [None; KINDS.len()];
    let mut prohibited = in_lists(tree, words);
    let listed = prohibited.clone();
    for sentence in &tree.sentences {
        if matches!(sentence.role, Role::Contents | Role::Signature | Role::Furniture) {
            continue;
        }
        let own = words.of(sentence.span);
        let hits: Vec<Hit> = PHRASES.hits(own).collect();
        if hits.iter().all(|h| h.bits & (DATA | REGION) == 0) || listed.iter().any(|p| p.quote.contains(sentence.span))
        {
            continue;
        }
        let banned = banned(&hits, sentence.role == Role::Definition);
        push(&mut prohibited, banned, sentence.span);
        for (i, place) in first.iter_mut().enumerate().filter(|(_, p)| p.is_none()) {
            if banned & (1 << i) == 0 && shown(own, &hits, 1 << i) {
                *place = Some(sentence.span);
            }
        }
    }
    prohibited.sort_by_key(|p| p.quote.start);
    let shown = KINDS
        .into_iter()
        .zip(first)
        .filter_map(|(kind, place)| Some((kind, place?)).filter(|_| kind != DataKind::Sensitive))
        .collect();
    Handles { shown, prohibited }
}

fn push(out: &mut Vec<Prohibited>, banned: u32, quote: Span) {
    let kinds = KINDS.iter().enumerate().filter(|(i, _)| banned & (1 << i) != 0);
    out.extend(kinds.map(|(_, what)| Prohibited { what: *what, quote }));
}

/// Items of lists whose lead-in forbids: "Customer shall not submit: (a) ...".
fn in_lists(tree: &ClauseTree, words: &Words) -> Vec<Prohibited> {
    let mut out = Vec::new();
    for unit in tree.units.iter().filter(|u| u.part == Part::Paragraph) {
        let Some(lead) = unit.leads.last() else { continue };
        let own = PHRASES.bits(words.of(unit.own));
        let data = own & DATA;
        let above: Vec<Hit> = PHRASES.hits(words.of(*lead)).collect();
        if data != 0 && (forbids(&above).is_some() || own & SUBMIT != 0 && bans(&above)) {
            push(&mut out, data, unit.own);
        }
    }
    out
}

/// Whether a lead-in forbids whoever uses the service what its items name: "You must not: (a) store ...".
fn bans(lead: &[Hit]) -> bool {
    let Some(ban) = lead.iter().find(|h| h.bits & BAN != 0) else { return false };
    lead.iter().any(|h| h.at <= ban.at && ban.at - h.at <= REACH && h.bits & SUBMITTER != 0)
}

/// Words between the subject, the "shall not" and the verb of a ban.
const REACH: usize = 8;

/// Kinds of data that a sentence keeps out.
fn banned(hits: &[Hit], definition: bool) -> u32 {
    const HEAD: usize = 3;
    let after = |from: usize| hits.iter().filter(|h| h.at > from).fold(0, |bits, h| bits | h.bits) & DATA;
    let named = hits.iter().find(|h| h.bits & NAMED != 0 && h.at < HEAD);
    if let Some(name) = named.filter(|_| definition) {
        return after(name.at);
    }
    if hits.iter().any(|h| h.bits & EXCEPT != 0) {
        return 0;
    }
    let passive = |at: usize| hits.iter().any(|h| h.bits & SUBMIT != 0 && h.at > at);
    let ban = hits.iter().find(|h| h.bits & BAN != 0).map_or(usize::MAX, |h| h.at);
    let near = |wanted: u32| hits.iter().any(|h| h.bits & wanted != 0 && h.at > ban && h.at - ban <= REACH);
    // A ban on transfers is the vendor's; its names stand in many a sentence that bans something else.
    let transfers = u32::from(near(TRANSFER) && hits.iter().any(|h| h.bits & REGION != 0)) << 3;
    let submitted = match forbids(hits) {
        Some(at) if after(at) != 0 => after(at),
        // "Protected health information must not be uploaded."
        _ => hits.iter().find(|h| h.bits & BAN != 0 && passive(h.at)).map_or(0, |ban| {
            let subject = hits.iter().filter(|h| h.at < ban.at && ban.at - h.at <= HEAD + 2);
            subject.fold(0, |bits, h| bits | h.bits) & DATA
        }),
    };
    submitted & !(1 << 3) | transfers
}

/// Where a sentence forbids whoever uses the service to submit something.
fn forbids(hits: &[Hit]) -> Option<usize> {
    let ban = hits.iter().find(|h| h.bits & BAN != 0)?;
    let subject = hits.iter().filter(|h| h.at <= ban.at && ban.at - h.at <= REACH).any(|h| h.bits & SUBMITTER != 0);
    let imperative = ban.at == 0;
    let verb = hits.iter().find(|h| h.bits & SUBMIT != 0 && h.at >= ban.at && h.at - ban.at <= REACH)?;
    (subject || imperative).then_some(verb.at)
}

/// Whether a sentence shows that data of the kind `bit` is handled: it names it, and does not deny it.
fn shown(words: &[Word], hits: &[Hit], bit: u32) -> bool {
    const CLOSE: usize = 4;
    let all = hits.iter().fold(0, |bits, h| bits | h.bits);
    let excepted = all & EXCEPT != 0;
    let denied = |h: &Hit| {
        let from = h.at.saturating_sub(CLOSE);
        !excepted && hits.iter().any(|n| n.bits & (NOT | BAN) != 0 && (from..h.at).contains(&n.at))
    };
    let strong = |h: &&Hit| h.bits & bit != 0 && (h.bits & WEAK == 0 || all & DUTY != 0) && !denied(h);
    let region = bit == 1 << 3 && all & TRANSFER != 0 && all & REGION != 0 && (excepted || all & BAN == 0);
    !words.is_empty() && (region || hits.iter().any(|h| strong(&h)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kind::tests::contract;

    fn seen(text: &str) -> (Vec<DataKind>, Vec<DataKind>) {
        let (contract, tree) = contract(text);
        let found = handles(&contract, &tree);
        (found.shown.into_keys().collect(), found.prohibited.iter().map(|p| p.what).collect())
    }

    #[test]
    fn data_is_handled_where_it_is_named_and_not_denied() {
        use DataKind as D;
        let cases: [(&str, &[DataKind], &[DataKind]); 19] = [
            ("Northwind processes personal data for Fabrikam.", &[D::PersonalData], &[]),
            ("Northwind may use PHI to run the service.", &[D::Phi], &[]),
            ("Northwind shall comply with PCI DSS.", &[D::CardholderData], &[]),
            ("PCI DSS is a standard of the industry.", &[], &[]),
            ("Data is transferred outside the EEA under safeguards.", &[D::EuUkTransfers], &[]),
            ("Northwind acts as customs broker for the goods.", &[D::Customs], &[]),
            ("Northwind shall comply with the CCPA.", &[D::CaliforniaPersonalInformation], &[]),
            ("Northwind is a school official under FERPA.", &[D::EducationRecords], &[]),
            ("Northwind designs a system of records for the Contracting Officer.", &[D::UsFederal], &[]),
            ("The Services support a critical or important function.", &[D::EuFinancial], &[]),
            ("Prices exclude taxes and customs duties.", &[], &[]),
            ("Customer shall not submit Protected Health Information to the service.", &[], &[D::Phi]),
            ("Cardholder data must not be uploaded.", &[], &[D::CardholderData]),
            (
                "“Prohibited Data” means cardholder data and protected health information.",
                &[],
                &[D::CardholderData, D::Phi],
            ),
            ("Northwind shall not transfer personal data outside the EEA.", &[], &[D::EuUkTransfers]),
            ("Northwind does not accept medical records.", &[], &[D::Phi]),
            ("Northwind shall not disclose personal data unless Fabrikam agrees.", &[D::PersonalData], &[]),
            (
                "You must not upload:\n\n- protected health information;\n- patient data of others.\n",
                &[],
                &[D::Phi, D::Phi],
            ),
            (
                "The Customer shall not:\n\n- use the service to store health records; or\n- resell it.\n",
                &[],
                &[D::Phi],
            ),
        ];
        for (text, handled, kept_out) in cases {
            let (found, prohibited) = seen(text);
            assert_eq!(found, handled, "{text}");
            let mut expected = kept_out.to_vec();
            expected.sort_by_key(|k| KINDS.iter().position(|o| o == k));
            assert_eq!(prohibited, expected, "{text}");
        }
    }
}
