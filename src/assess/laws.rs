//! Laws and standards on a finding: what a chosen profile demands of the contract, apart from the house position, and the
//! limits of figures.

use super::finding::{Answer, AppliesFinding, Concern, ElementStatus, Finding, LawFinding, Parameter, Required};
use super::{Document, applies};
use crate::library::profile::{Demand, HOUSE, Limit, Profile};
use crate::library::{Check, Citation, CitationKind, Library, Provision, Severity, Status};

/// What a review judges by besides the house position.
#[derive(Clone, Debug, Default)]
pub struct Regimes<'a> {
    /// The profiles, by id; the house position among them or not.
    pub profiles: Vec<&'a Profile>,
    /// Conditions that the user states.
    pub assumed: Vec<String>,
}

/// Adds to findings of the house position what each profile demands: a must that is not there makes the finding partial,
/// or missing where none of the provision is there.
pub fn judge(findings: &mut [Finding], library: &Library, regimes: &Regimes) {
    for finding in findings {
        let Some(provision) = library.provision(&finding.provision) else { continue };
        limits(finding, provision, library, regimes);
        let house = finding.status;
        let mut laws = Vec::new();
        for profile in regimes.profiles.iter().filter(|p| p.id != HOUSE) {
            let Some(demand) = profile.demand(&provision.id) else { continue };
            if let Some(law) = demanded(finding, provision, profile, demand, regimes, house) {
                laws.push(law);
            }
        }
        if laws.iter().any(|l| l.required == Required::NotMet) {
            let found = provision.core.eval(&|e| status(finding, provision, e) != ElementStatus::Missing);
            let worst = if found { Status::Partial } else { Status::Missing };
            finding.status = finding.status.max(worst);
            // One step lower for partial only where no must is missing.
            finding.severity = provision.severity;
        }
        // The sources of the laws that were judged are said with their verdict.
        let judged = |c: &LawFinding| {
            regimes.profiles.iter().any(|p| p.laws.contains(&c.profile) && laws.iter().any(|l| l.profile == p.id))
        };
        finding.laws.retain(|c| !judged(c));
        laws.append(&mut finding.laws);
        finding.laws = laws;
    }
}

fn status(finding: &Finding, provision: &Provision, element: u16) -> ElementStatus {
    let id = provision.elements.get(usize::from(element)).map(|e| e.id.as_str());
    let found = finding.elements.iter().find(|e| Some(e.id.as_str()) == id);
    found.map_or(ElementStatus::Missing, |e| e.status)
}

/// How a finding stands under the musts of a profile; none where it has none.
fn demanded(
    finding: &mut Finding,
    provision: &Provision,
    profile: &Profile,
    demand: &Demand,
    regimes: &Regimes,
    house: Status,
) -> Option<LawFinding> {
    let unclear =
        || LawFinding { profile: profile.id.clone(), policy: house, ..source(provision, profile, demand, &[]) };
    let Some(must) = &demand.must else { return demand.untold.then(unclear) };
    let id = |e: u16| provision.elements.get(usize::from(e)).map_or("", |el| el.id.as_str());
    let by_itself = |e: u16| profile.by_itself.iter().any(|p| p.split_once('/') == Some((&provision.id, id(e))));
    let beyond = |e: u16| profile.limits.iter().any(|l| l.element == id(e) && legal_limit(finding, provision, l));
    let holds = |e: u16| by_itself(e) || status(finding, provision, e) == ElementStatus::Met && !beyond(e);
    let open = |e: u16| {
        let condition = profile.condition(&provision.id, id(e));
        condition.filter(|c| !regimes.assumed.contains(&c.when)).map(|c| c.when.clone())
    };
    let lacking = must.lacking(&|e| holds(e) || open(e).is_some());
    let conditional = must.lacking(&holds);
    let mut conditions: Vec<String> = conditional.iter().filter_map(|e| open(*e)).collect();
    conditions.dedup();
    let absent = |e: &u16| status(finding, provision, *e) == ElementStatus::Missing;
    let required = match lacking.as_slice() {
        [] if conditions.is_empty() => Required::Met,
        [] => Required::Unclear,
        some if !finding.unread.is_empty() && some.iter().all(absent) => Required::Unclear,
        _ => Required::NotMet,
    };
    let named = if lacking.is_empty() { must.elements() } else { lacking.clone() };
    let wanted: Vec<&str> = named.iter().map(|e| id(*e)).collect();
    let law = LawFinding {
        profile: profile.id.clone(),
        required,
        policy: house,
        lacking: lacking.iter().map(|e| id(*e).to_string()).collect(),
        conditions,
        ..source(provision, profile, demand, &wanted)
    };
    let musts: Vec<String> = must.elements().iter().map(|e| id(*e).to_string()).collect();
    mark(finding, profile, &musts, &law.lacking);
    // Who asks for a law says with it that the law is in play, save where the demand itself hangs on a condition.
    let unconditional = must.elements().iter().any(|e| open(*e).is_none());
    if unconditional && finding.applies.answer == Answer::Unknown {
        finding.applies =
            AppliesFinding { answer: Answer::Yes, why: format!("the review was asked to judge by {}", profile.title) };
    }
    finding.demanded |= unconditional;
    Some(law)
}

/// Notes on the elements who asks for them, and which are still wanted.
fn mark(finding: &mut Finding, profile: &Profile, musts: &[String], lacking: &[String]) {
    for element in &mut finding.elements {
        if musts.contains(&element.id) {
            element.demanded_by.push(profile.id.clone());
        }
        element.wanted |= lacking.contains(&element.id);
    }
}

/// The sources of a demand: the page's citations of the profile's laws that ask for one of the elements, else its own.
fn source(provision: &Provision, profile: &Profile, demand: &Demand, elements: &[&str]) -> LawFinding {
    let own: Vec<&Citation> = provision.citations.iter().filter(|c| profile.laws.contains(&c.law)).collect();
    let asks = |c: &&&Citation| c.elements.iter().any(|e| elements.contains(&e.as_str()));
    let exact: Vec<&Citation> = own.iter().filter(asks).copied().collect();
    let rows = if exact.is_empty() { own } else { exact };
    let term = rows.iter().any(|c| c.kind == CitationKind::ContractTerm);
    let kind = if term { CitationKind::ContractTerm } else { rows.first().map_or(CitationKind::Guidance, |c| c.kind) };
    let rows: Vec<&Citation> = rows.into_iter().filter(|c| c.kind == kind).collect();
    let citation = if rows.is_empty() {
        demand.basis.join("; ")
    } else {
        rows.iter().map(|c| c.cite.as_str()).collect::<Vec<_>>().join("; ")
    };
    let checked = !rows.is_empty() && rows.iter().all(|c| c.check == Check::Checked);
    LawFinding {
        profile: String::new(),
        citation,
        kind,
        check: if checked { Check::Checked } else { Check::FromKnowledge },
        required: Required::Unclear,
        policy: Status::Missing,
        lacking: Vec::new(),
        conditions: Vec::new(),
    }
}

/// The figure of an element, in the unit of a limit.
fn figure(finding: &Finding, provision: &Provision, limit: &Limit) -> Option<f64> {
    let element = provision.elements.iter().find(|e| e.id == limit.element)?;
    let name = element.reading.parameter.as_ref()?;
    let Some(Parameter::Figure(value)) = finding.parameters.get(name) else { return None };
    let value = f64::from(*value);
    // Business days and months at their longest: a deadline is compared at its worst.
    let days = match name.rsplit('_').next()? {
        "hours" => value / 24.0,
        "days" => value,
        "months" => value * 31.0,
        "years" => value * 366.0,
        _ => return (limit.unit == "per-year" || name.ends_with(&limit.unit.replace('-', "_"))).then_some(value),
    };
    match limit.unit.as_str() {
        "hours" => Some(days * 24.0),
        "days" | "business-days" => Some(days),
        "months" => Some(days / 31.0),
        "years" => Some(days / 366.0),
        _ => None,
    }
}

fn legal_limit(finding: &Finding, provision: &Provision, limit: &Limit) -> bool {
    let figure = (limit.provision == provision.id).then(|| figure(finding, provision, limit)).flatten();
    figure.zip(limit.legal).is_some_and(|(figure, legal)| limit.direction.beyond(figure, legal))
}

/// Concerns for figures beyond a limit: of several profiles the strictest limit speaks, the law's before the house's.
fn limits(finding: &mut Finding, provision: &Provision, library: &Library, regimes: &Regimes) {
    let house = library.profile(HOUSE).into_iter();
    let profiles: Vec<&Profile> = house.chain(regimes.profiles.iter().copied().filter(|p| p.id != HOUSE)).collect();
    for element in &provision.elements {
        let own = profiles.iter().flat_map(|p| p.limits.iter().map(move |l| (*p, l)));
        let own = own.filter(|(_, l)| l.provision == provision.id && l.element == element.id);
        let mut beyond: Vec<(Severity, f64, Concern)> =
            own.filter_map(|(p, l)| exceeded(finding, provision, p, l)).collect();
        beyond.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
        finding.concerns.extend(beyond.into_iter().map(|b| b.2).next());
    }
}

/// A figure beyond a limit: how grave, how strict the limit is (the lower the stricter), and the concern.
fn exceeded(
    finding: &Finding,
    provision: &Provision,
    profile: &Profile,
    limit: &Limit,
) -> Option<(Severity, f64, Concern)> {
    let figure = figure(finding, provision, limit)?;
    let (severity, most, whose) = [
        (Severity::High, limit.legal, format!("{} ({})", profile.title, limit.citation)),
        (Severity::Medium, limit.fail_beyond, format!("what is accepted at all under: {}", profile.title)),
        (Severity::Low, limit.policy, profile.title.clone()),
    ]
    .into_iter()
    .find_map(|(severity, most, whose)| {
        let most = most.filter(|m| limit.direction.beyond(figure, *m))?;
        Some((severity, most, whose))
    })?;
    let side = if limit.direction == crate::library::profile::Direction::AtMost { "at most" } else { "at least" };
    let known = if severity == Severity::High && limit.check == Check::FromKnowledge {
        "; the figure is not confirmed in a source"
    } else {
        ""
    };
    let quote = finding.elements.iter().find(|e| e.id == limit.element).and_then(|e| e.evidence.first());
    let concern = Concern {
        id: format!("{}-beyond-limit", limit.element),
        severity,
        quote: quote.map_or_else(String::new, |e| e.quote.clone()),
        why: format!("{} {} where {side} {} is asked for by {whose}{known}.", plain(figure), limit.unit, plain(most)),
        only_in: None,
    };
    let strictness = if side == "at most" { most } else { -most };
    Some((severity, strictness, concern))
}

/// A figure without a needless fraction.
fn plain(figure: f64) -> String {
    if figure.fract() == 0.0 { format!("{figure:.0}") } else { format!("{figure:.1}") }
}

/// The profiles that what a bundle handles or names speaks for, each with the reason.
#[must_use]
pub fn propose<'a>(bundle: &[Document], library: &'a Library) -> Vec<(&'a Profile, String)> {
    let reason = |profile: &Profile| -> Option<String> {
        let data = profile.proposed.data.iter().find_map(|d| applies::shown(*d, bundle.iter()));
        let word = || profile.proposed.words.iter().find(|w| bundle.iter().any(|d| names(&d.contract.text, w)));
        data.or_else(|| word().map(|w| format!("the contract names \u{201c}{w}\u{201d}")))
    };
    library.profiles.iter().filter_map(|p| Some((p, reason(p)?))).collect()
}

/// Whether a text holds these words, as they are written and not within other words.
fn names(text: &str, words: &str) -> bool {
    let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .any(|(at, _)| apart(text[..at].chars().next_back()) && apart(text[at + words.len()..].chars().next()))
}
