//! Words by which contracts call their parties, and words that only look like names.

/// Words that contracts use for the party that provides the service.
pub(super) const VENDOR: [&str; 32] = [
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
pub(super) const CUSTOMER: [&str; 30] = [
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
pub(super) const CERTAIN: [&str; 10] = [
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
pub(super) const EITHER: [&str; 9] =
    ["company", "business", "organization", "organisation", "partner", "corporation", "member", "firm", "participant"];

/// Words that are parties only where the contract says so, or lets them act: elsewhere they are things of the world.
pub(super) const OFTEN_OTHERS: [&str; 30] = [
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

pub(super) const MODALS: [&str; 6] = ["shall", "will", "must", "may", "agrees", "undertakes"];

pub(super) const OTHERS: [&str; 9] =
    ["supervisory", "competent", "public", "regulatory", "protection", "party", "cloud", "hosting", "certification"];

pub(super) const CONTINUES: [&str; 9] =
    ["associate", "day", "days", "purpose", "purposes", "hours", "contact", "continuity", "operations"];

pub(super) const ROLE_HEADINGS: [&str; 6] = ["customer", "client", "supplier", "provider", "vendor", "contractor"];

pub(super) const NO_NAMES: [&str; 60] = [
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
pub(super) const THINGS: [&str; 18] = [
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

/// Whether a name is a role word, or no name of a party at all.
pub(super) fn is_role(name: &str) -> bool {
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
