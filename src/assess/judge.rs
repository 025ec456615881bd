//! From hits to findings: formulas, the quotes that decided, concerns and parameters.

use super::evidence;
use super::finding::{
    Concern, Confidence, ElementFinding, ElementStatus, Evidence, Finding, LawFinding, Level, Parameter, Required,
    Unread,
};
use super::hits::{DocumentReader, Hit, Hits, hits, readers, status_of, streams};
use super::sense::Sense;
use super::{Document, applies};
use crate::error::Result;
use crate::facts::period::Period;
use crate::library::{Element, Library, Provision, Severity, Status};
use crate::source::Limits;
use std::collections::BTreeMap;

/// Judges a bundle of documents as one agreement against all provisions.
///
/// # Errors
/// Where it is not done before the backstop.
pub fn assess(bundle: &[Document], library: &Library, limits: &Limits) -> Result<Vec<Finding>> {
    assess_for(bundle, library, &library.provisions.iter().collect::<Vec<_>>(), limits)
}

/// Judges a bundle of documents as one agreement against some provisions of a library.
///
/// # Errors
/// Where it is not done before the backstop.
pub fn assess_for(
    bundle: &[Document],
    library: &Library,
    provisions: &[&Provision],
    limits: &Limits,
) -> Result<Vec<Finding>> {
    let streams = streams(bundle);
    let mut readers = readers(bundle, &streams, library, limits);
    let mut findings = provisions
        .iter()
        .map(|provision| {
            let hits = hits(provision, &mut readers);
            limits.in_time()?;
            Ok(finding(provision, &hits, &readers))
        })
        .collect::<Result<Vec<_>>>()?;
    implied(&mut findings, provisions);
    Ok(findings)
}

/// What another provision already excludes is a wish where nothing is said of it (training on data whose use is limited to
/// the service).
fn implied(findings: &mut [Finding], provisions: &[&Provision]) {
    let met: Vec<(String, String)> =
        findings.iter().filter(|f| f.status == Status::Met).map(|f| (f.provision.clone(), f.title.clone())).collect();
    for (finding, provision) in findings.iter_mut().zip(provisions).filter(|(f, _)| f.status == Status::Missing) {
        let by = met.iter().find(|(id, _)| provision.implied_by.contains(id));
        if let Some((_, title)) = by {
            finding.severity = Severity::Low;
            finding.applies.why.push_str(&format!(
                "; \u{201c}{title}\u{201d} already excludes it, so that an express sentence is optional"
            ));
        }
    }
}

fn finding(provision: &Provision, all: &Hits, readers: &[DocumentReader]) -> Finding {
    let states: Vec<ElementStatus> = all.elements.iter().map(|h| status_of(h)).collect();
    let state = |e: u16| states.get(usize::from(e)).copied().unwrap_or(ElementStatus::Missing);
    let strong = |e: u16| state(e) == ElementStatus::Met;
    let found = provision.core.eval(&|e| state(e) != ElementStatus::Missing);
    let defeated =
        provision.patterns.iter().zip(&all.patterns).any(|(p, h)| p.reading.defeats && h.iter().any(Hit::counts));
    let status = match (found, defeated) {
        (false, true) if provision.adverse => Status::Adverse,
        (false, _) => Status::Missing,
        (true, true) => Status::Partial,
        // What cuts it back, or takes it away, may stand among the places that were not weighed.
        (true, false) if !all.unweighed.is_empty() => Status::Partial,
        (true, false) if provision.core.eval(&strong) && provision.met.eval(&strong) => Status::Met,
        (true, false) => Status::Partial,
    };
    let pairs = provision.elements.iter().zip(&all.elements);
    let mut elements: Vec<ElementFinding> = pairs.map(|(e, h)| element(provision, e, h, readers)).collect();
    for wanted in provision.core.lacking(&strong).into_iter().chain(provision.met.lacking(&strong)) {
        elements[usize::from(wanted)].wanted = true;
    }
    let severity = match status {
        Status::Partial => provision.severity.lower(),
        _ => provision.severity,
    };
    let documents: Vec<&Document> = readers.iter().map(|r| r.document).collect();
    Finding {
        provision: provision.id.clone(),
        title: provision.title.clone(),
        issue: provision.issue,
        severity,
        status,
        applies: applies::applies(provision, &documents),
        demanded: applies::demanded(provision, &documents),
        confidence: confidence(provision, status, all, readers),
        unweighed: all.unweighed.iter().map(|d| readers[*d].document.path.clone()).collect(),
        unread: if status == Status::Met { Vec::new() } else { unread(provision, &documents) },
        pending: None,
        removed: None,
        only_in: None,
        elements,
        evidence: evidence(provision, status, all, readers),
        deleted: Vec::new(),
        concerns: concerns(provision, all, readers, status),
        parameters: parameters(provision, all, readers),
        laws: laws(provision, status),
        suggestion: None,
    }
}

/// What may answer a provision that is not met: what was not read first, for it may be anything.
fn unread(provision: &Provision, documents: &[&Document]) -> Vec<Unread> {
    let mut out = applies::not_read(documents);
    out.extend(applies::unread(provision.issue, documents));
    out
}

fn element(provision: &Provision, element: &Element, hits: &[Hit], readers: &[DocumentReader]) -> ElementFinding {
    const MOST: usize = 2;
    let index = provision.elements.iter().position(|e| e.id == element.id).and_then(|i| u16::try_from(i).ok());
    let named = index.is_some_and(|i| provision.core.elements().contains(&i) || provision.met.elements().contains(&i));
    let mut best: Vec<&Hit> = hits.iter().filter(|h| h.counts()).collect();
    best.sort_by_key(|h| (!h.strong(), h.document, h.at.start));
    ElementFinding {
        id: element.id.clone(),
        status: status_of(hits),
        demanded_by: if named { vec!["baseline".into()] } else { Vec::new() },
        wanted: false,
        evidence: evidence::distinct(
            best.into_iter().map(|h| evidence::of(h, &element.rules[h.rule].text, &readers[h.document])),
            MOST,
        ),
    }
}

/// The quotes that decided the status.
fn evidence(provision: &Provision, status: Status, all: &Hits, readers: &[DocumentReader]) -> Vec<Evidence> {
    const MOST: usize = 3;
    let elements = provision.elements.iter().zip(&all.elements);
    let patterns = provision.patterns.iter().zip(&all.patterns);
    let mut out: Vec<Evidence> = Vec::new();
    if matches!(status, Status::Met | Status::Partial) {
        let decisive: Vec<u16> = provision.core.elements().into_iter().chain(provision.met.elements()).collect();
        let hits = elements.enumerate().flat_map(|(i, (e, h))| h.iter().filter(|h| h.counts()).map(move |h| (i, e, h)));
        let hits: Vec<_> = hits.filter(|(i, _, _)| decisive.iter().any(|d| usize::from(*d) == *i)).collect();
        let core = provision.core.elements();
        out = evidence::choose(&hits, &core, readers, MOST);
    }
    if status != Status::Met {
        let adverse = patterns.filter(|(p, _)| status != Status::Missing || p.reading.defeats);
        let hits = adverse.flat_map(|(p, h)| h.iter().filter(|h| h.counts()).map(move |h| (p, h)));
        let more = hits.map(|(p, h)| evidence::of(h, &p.rules[h.rule].text, &readers[h.document]));
        let room = if out.is_empty() { MOST } else { 1 };
        let room = room.max(MOST.saturating_sub(out.len()));
        for one in evidence::distinct(more, room) {
            if !out.iter().any(|o| o.file == one.file && o.start == one.start) {
                out.push(one);
            }
        }
    }
    if status == Status::Missing && out.is_empty() {
        let core = provision.core.elements();
        let near = core.iter().flat_map(|c| all.elements[usize::from(*c)].iter().map(move |h| (*c, h)));
        let near = near.filter(
            |(_, h)| matches!(&h.sense, Sense::Rejected(why) if !why.contains("heading") && !why.contains("apart")),
        );
        let near = near.map(|(c, h)| {
            evidence::of(h, &provision.elements[usize::from(c)].rules[h.rule].text, &readers[h.document])
        });
        out = evidence::distinct(near, 1);
    }
    out
}

fn confidence(provision: &Provision, status: Status, all: &Hits, readers: &[DocumentReader]) -> Confidence {
    let core = provision.core.elements();
    let hits: Vec<&Hit> = core.iter().flat_map(|c| &all.elements[usize::from(*c)]).collect();
    let check = |why: &str| Confidence { level: Level::Check, why: why.into() };
    let unknown = readers.iter().all(|r| r.document.facts.parties.vendor.is_empty());
    match status {
        _ if !all.unweighed.is_empty() => {
            check("its wordings stand in more places than are weighed; read those further on too")
        }
        _ if readers.iter().any(|r| !r.document.contract.cuts.is_empty()) => {
            check("the file was read only in part; what was not read may say otherwise")
        }
        _ if hits.iter().any(|h| readers[h.document].is_turned(h.window)) => {
            check("marks in its wording turn the direction of writing: it is shown in another order than it is stored")
        }
        _ if unknown => check("the text does not show which party provides the service"),
        Status::Met | Status::Partial if !hits.iter().any(|h| h.counts() && h.named) => {
            check("no sentence that states it names the party whose duty it is")
        }
        Status::Partial => {
            Confidence { level: Level::Clear, why: "the clause is there; what is missing is listed".into() }
        }
        Status::Met => Confidence { level: Level::Clear, why: "clear on the text".into() },
        Status::Missing if hits.iter().any(|h| !h.counts()) => {
            check("a passage comes near and was not taken; see the nearest wording")
        }
        Status::Missing => Confidence { level: Level::Clear, why: "no wording comes near".into() },
        Status::Adverse => Confidence { level: Level::Clear, why: "the contract says the opposite".into() },
    }
}

fn concerns(provision: &Provision, all: &Hits, readers: &[DocumentReader], status: Status) -> Vec<Concern> {
    let mut out: Vec<Concern> = Vec::new();
    for (pattern, hits) in provision.patterns.iter().zip(&all.patterns) {
        let Some(hit) = hits.iter().find(|h| h.counts()) else { continue };
        let severity = if pattern.reading.defeats { provision.severity } else { provision.severity.lower() };
        out.push(Concern {
            id: pattern.id.clone(),
            // Where nothing is there to be cut back, cutting back is a detail.
            severity: if status == Status::Missing { Severity::Low.min(severity) } else { severity },
            quote: evidence::of(hit, "", &readers[hit.document]).quote,
            why: pattern.question.clone(),
            only_in: None,
        });
    }
    out
}

/// Figures of the elements that carry a parameter; a figure goes before "undue-delay".
fn parameters(provision: &Provision, all: &Hits, readers: &[DocumentReader]) -> BTreeMap<String, Parameter> {
    let mut out: BTreeMap<String, Parameter> = BTreeMap::new();
    for (element, hits) in provision.elements.iter().zip(&all.elements) {
        let Some(name) = &element.reading.parameter else { continue };
        let slot = out.entry(name.clone()).or_insert(Parameter::Null);
        let mut own: Vec<&Hit> = hits.iter().filter(|h| h.counts()).collect();
        own.sort_by_key(|h| (!h.strong(), h.document, h.at.start));
        for hit in own {
            let value = value(name, hit, &readers[hit.document]);
            let better = matches!((&*slot, &value), (Parameter::Null, _) | (Parameter::Word(_), Parameter::Figure(_)));
            if better && value != Parameter::Null {
                *slot = value;
            }
        }
    }
    out
}

/// What follows another stage.
const THEREAFTER: u64 = crate::word::const_fold(b"thereafter");

/// The period within a match, else in its sentence, in the unit of the parameter's name.
fn value(name: &str, hit: &Hit, reader: &DocumentReader) -> Parameter {
    let window = &reader.stream().windows[hit.window as usize];
    let inside = |from: u32, to: u32| {
        reader.periods.iter().filter(move |(m, _)| m.start >= from && m.end <= to).map(|(_, p)| *p)
    };
    let read = |p: &Period| {
        let figure = if name.ends_with("_hours") {
            p.hours_param()
        } else if name.ends_with("_days") {
            p.days_param()
        } else {
            per_year(p)
        };
        figure.map(Parameter::Figure)
    };
    let own = inside(hit.at.start, hit.at.end).find_map(read);
    let own = own.or_else(|| inside(window.start, window.end).find_map(read));
    let stream = reader.stream();
    let later = (window.start..window.end).any(|p| stream.word(p).hash == THEREAFTER);
    if let (Some(Parameter::Figure(days)), true) = (&own, later && name.ends_with("_days")) {
        // "... available for 30 days. Thereafter it is deleted within 60 days": the last day counts.
        let before = stream.windows[..hit.window as usize].last().filter(|w| w.clause == window.clause);
        let stage = before.and_then(|w| inside(w.start, w.end).filter_map(Period::days_param).max());
        return Parameter::Figure(days.saturating_add(stage.unwrap_or(0)));
    }
    own.unwrap_or_else(
        || {
            if name.ends_with("_hours") { Parameter::Word("undue-delay".into()) } else { Parameter::Null }
        },
    )
}

fn laws(provision: &Provision, status: Status) -> Vec<LawFinding> {
    let law = |c: &crate::library::Citation| LawFinding {
        profile: c.law.clone(),
        citation: c.cite.clone(),
        kind: c.kind,
        check: c.check,
        required: Required::Unclear,
        policy: status,
        lacking: Vec::new(),
        conditions: Vec::new(),
    };
    provision.citations.iter().map(law).collect()
}

/// Times a year, as a whole number; once in two years counts as once.
fn per_year(period: &Period) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Small and positive.
    period.per_year().map(|times| times.round().max(1.0) as u32)
}
