//! One contract, or several judged as one, from bytes to its review: the pipeline.

use crate::assess::laws::{self, Regimes};
use crate::assess::{Document, Finding, Reading, assess, differ, merge, not_read};
use crate::clause::ClauseTree;
use crate::error::{Error, Result};
use crate::facts::Facts;
use crate::facts::parties::PartyRole;
use crate::library::Library;
use crate::library::folder::hex;
use crate::library::profile::HOUSE;
use crate::report::{DocumentReview, DocumentStatus, JudgedBy, KeyFacts, Recognised};
use crate::source::{self, Contract, Format, Limits, Source, View, Views, project};
use crate::span::Span;
use crate::suggest::suggest;
use sha2::{Digest, Sha256};

/// Bytes of a contract with the path that reports show.
#[derive(Clone, Debug)]
pub struct Bytes {
    /// Path as reports show it.
    pub path: String,
    /// Format, where it is known.
    pub format: Option<Format>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Reads a contract up to its facts.
///
/// # Errors
/// Where the bytes are no contract file.
pub fn read(input: &Bytes, view: View, limits: &Limits) -> Result<Document> {
    document(&input.path, project(&source(input, limits)?, view), limits)
}

/// Reads a contract up to what its bytes hold.
fn source(input: &Bytes, limits: &Limits) -> Result<Source> {
    let format = input.format.ok_or_else(|| match source::docx::other_kind(&input.bytes) {
        Some((what, remedy)) => Error::new(format!("the file is {what}"), remedy),
        None => Error::new(
            "the format cannot be told from the name",
            "name the file .docx, .md, .html or .txt, or give --format-in for standard input",
        ),
    })?;
    let source = source::read(&input.bytes, format, limits)?;
    limits.in_time()?;
    Ok(source)
}

/// One view of a source with all that is known of it.
fn document(path: &str, contract: Contract, limits: &Limits) -> Result<Document> {
    let tree = ClauseTree::new(&contract);
    limits.in_time()?;
    let facts = Facts::new(&contract, &tree);
    limits.in_time()?;
    Ok(Document { path: path.to_string(), contract, tree, facts })
}

/// What a review is asked to judge by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Texts of tracked changes.
    pub views: Views,
    /// Ids of profiles; [`AUTO`] stands for those that the contract itself proposes.
    pub profiles: Vec<String>,
    /// Conditions of profiles that the user states.
    pub assumed: Vec<String>,
}

/// The profiles that a contract proposes.
pub const AUTO: &str = "auto";

impl From<Views> for Asked {
    fn from(views: Views) -> Self {
        Self { views, profiles: vec![HOUSE.into()], assumed: Vec::new() }
    }
}

/// Reviews documents as one agreement.
///
/// # Errors
/// Where one of them cannot be read, or is not in English.
pub fn review(inputs: &[Bytes], asked: &Asked, library: &Library, limits: &Limits) -> Result<DocumentReview> {
    let views = asked.views;
    let mut sources = Vec::with_capacity(inputs.len());
    let mut bundle = Vec::with_capacity(inputs.len());
    for input in inputs {
        let about = |e: Error| if inputs.len() > 1 { e.about(&input.path) } else { e };
        let source = source(input, limits).map_err(about)?;
        let document = document(&input.path, project(&source, views.first()), limits).map_err(about)?;
        legible(&document).map_err(about)?;
        sources.push(source);
        bundle.push(document);
    }
    let mut findings = assess(&bundle, library, limits)?;
    let mut judged = Views::from(views.first());
    if views == Views::Both
        && sources.iter().any(|s| !s.revisions.is_empty())
        && let Some(both) = both(&findings, &sources, &bundle, library, limits)?
    {
        (findings, judged) = (both, Views::Both);
    }
    let judged_by = profiles(asked, &bundle, library);
    let profiles = judged_by.iter().filter_map(|j| library.profile(&j.profile)).collect();
    laws::judge(&mut findings, library, &Regimes { profiles, assumed: asked.assumed.clone() });
    suggest(&mut findings, &bundle, library);
    Ok(DocumentReview { judged_by, ..document_review(inputs, &bundle, judged, findings) })
}

/// The profiles that are asked for, and where they are to be proposed, those with the reason.
fn profiles(asked: &Asked, bundle: &[Document], library: &Library) -> Vec<JudgedBy> {
    let named = asked.profiles.iter().filter(|p| *p != AUTO);
    let mut out: Vec<JudgedBy> = named.map(|p| JudgedBy { profile: p.clone(), why: String::new() }).collect();
    if asked.profiles.iter().any(|p| p == AUTO) {
        for (profile, why) in laws::propose(bundle, library) {
            if !out.iter().any(|j| j.profile == profile.id) {
                out.push(JudgedBy { profile: profile.id.clone(), why: one_line(&why) });
            }
        }
    }
    out
}

/// The findings of both views as one list, where tracked changes make the texts differ.
fn both(
    accepted: &[Finding],
    sources: &[Source],
    bundle: &[Document],
    library: &Library,
    limits: &Limits,
) -> Result<Option<Vec<Finding>>> {
    let texts: Vec<Contract> = sources.iter().map(|s| project(s, View::Original)).collect();
    if !bundle.iter().zip(&texts).any(|(d, text)| differ(&d.contract, text)) {
        return Ok(None);
    }
    let pairs = bundle.iter().zip(texts);
    let original: Vec<Document> = pairs.map(|(d, text)| document(&d.path, text, limits)).collect::<Result<_>>()?;
    let readings: Vec<Reading> = (sources.iter().zip(bundle).zip(&original))
        .map(|((source, accepted), original)| Reading {
            path: &accepted.path,
            source,
            accepted: &accepted.contract,
            original: &original.contract,
        })
        .collect();
    Ok(Some(merge(accepted.to_vec(), assess(&original, library, limits)?, &readings)))
}

/// The review of an input that could not be reviewed.
#[must_use]
pub fn failed(path: &str, format: Option<Format>, bytes: &[u8], view: Views, error: &Error) -> DocumentReview {
    DocumentReview {
        path: path.to_string(),
        together: Vec::new(),
        format,
        sha256: if bytes.is_empty() { String::new() } else { sha256(bytes) },
        status: DocumentStatus::Failed,
        error: Some(error.to_string()),
        warnings: Vec::new(),
        view,
        judged_by: Vec::new(),
        language: String::new(),
        kind: Recognised { is: crate::facts::kind::DocumentKind::Other, quote: String::new() },
        relationship: Recognised { is: crate::facts::kind::Relationship::Unknown, quote: String::new() },
        title: String::new(),
        parties: Vec::new(),
        key_facts: KeyFacts::default(),
        words: 0,
        clauses: 0,
        not_supplied: Vec::new(),
        not_read: Vec::new(),
        placeholders: Vec::new(),
        drafting_notes: Vec::new(),
        findings: Vec::new(),
    }
}

/// Refuses a document without text, and a text that is certainly in another language: their silence would be reported
/// as gaps.
fn legible(document: &Document) -> Result<()> {
    if document.contract.text.trim().is_empty() {
        return Err(Error::new("the document holds no text", "if it is a scan, run text recognition first"));
    }
    match &document.facts.language {
        Some(language) if language.certain && language.name == "Latin" => Err(Error::new(
            "the text is in Latin: it looks like filler text (\"lorem ipsum\"), not like a contract",
            "supply the contract itself; \"proviso text\" prints what the file holds",
        )),
        Some(language) if !language.english && language.certain => Err(Error::new(
            format!("the text is in {}, and the library speaks English only", language.name),
            "review an English version; \"proviso text\" and \"proviso clauses\" read any language",
        )),
        _ => Ok(()),
    }
}

fn document_review(inputs: &[Bytes], bundle: &[Document], view: Views, findings: Vec<Finding>) -> DocumentReview {
    let Some(first) = bundle.first() else {
        return failed("", None, &[], view, &Error::new("nothing was given", "name a file"));
    };
    let text = &first.contract.text;
    let quote = |span: Option<Span>| span.map_or_else(String::new, |s| one_line(s.of(text)));
    let facts = &first.facts;
    let warnings = bundle.iter().flat_map(|d| {
        let prefix = if bundle.len() > 1 { format!("{}: ", d.path) } else { String::new() };
        let unweighed = unweighed(d, &findings);
        warnings(d).into_iter().chain(unweighed).map(move |w| format!("{prefix}{w}"))
    });
    let not_supplied = bundle.iter().flat_map(|d| d.facts.incorporated.iter().map(|i| d.unread(i)));
    let shown = |of: fn(&Facts) -> &[Span]| {
        let all = bundle.iter().flat_map(|d| of(&d.facts).iter().map(|s| one_line(s.of(&d.contract.text))));
        all.collect::<Vec<_>>()
    };
    DocumentReview {
        path: first.path.clone(),
        together: if bundle.len() > 1 { bundle.iter().map(|d| d.path.clone()).collect() } else { Vec::new() },
        format: inputs.first().and_then(|i| i.format),
        sha256: inputs.first().map_or_else(String::new, |i| sha256(&i.bytes)),
        status: DocumentStatus::Reviewed,
        error: None,
        warnings: warnings.collect(),
        view,
        judged_by: Vec::new(),
        language: facts.language.as_ref().map_or_else(String::new, |l| l.name.clone()),
        kind: Recognised { is: facts.kind, quote: quote(facts.kind_quote) },
        relationship: Recognised { is: facts.relationship, quote: quote(facts.relationship_quote) },
        title: quote(facts.title),
        parties: facts.parties.list.clone(),
        key_facts: KeyFacts {
            term: quote(facts.key_facts.term),
            governing_law: quote(facts.key_facts.governing_law),
            precedence: quote(facts.key_facts.precedence),
            liability_cap: quote(facts.key_facts.liability_cap),
        },
        words: bundle.iter().map(|d| d.contract.text.split_whitespace().count()).sum(),
        clauses: bundle.iter().map(|d| d.tree.clauses.len().saturating_sub(1)).sum(),
        not_supplied: not_supplied.collect(),
        not_read: not_read(&bundle.iter().collect::<Vec<_>>()),
        placeholders: shown(|f| &f.placeholders),
        drafting_notes: shown(|f| &f.drafting),
        findings,
    }
}

/// What the reader left out, and what a person should know before trusting the verdicts.
fn warnings(document: &Document) -> Vec<String> {
    let mut out = document.contract.notes.clone();
    let facts = &document.facts;
    if facts.parties.name_of(PartyRole::Vendor).is_none() {
        out.push("the text does not show which party provides the service; duties of either party were counted".into());
    }
    if facts.language.as_ref().is_none_or(|l| !l.english) {
        out.push("the language could not be told; the library speaks English only".into());
    }
    match facts.placeholders.len() {
        0 => {}
        1 => out.push("1 placeholder is not filled in".into()),
        n => out.push(format!("{n} placeholders are not filled in")),
    }
    match facts.unticked.len() {
        0 => {}
        1 => out.push("1 option is not ticked and was not counted".into()),
        n => out.push(format!("{n} options are not ticked and were not counted")),
    }
    match facts.drafting.len() {
        0 => {}
        1 => out.push("1 note to the drafter stands in the text and was not counted as a term".into()),
        n => out.push(format!("{n} notes to the drafter stand in the text and were not counted as terms")),
    }
    out.extend(unsettled(document));
    out
}

/// Wording in brackets, with the first of it.
fn unsettled(document: &Document) -> Option<String> {
    const LONGEST: usize = 80;
    let all = &document.facts.alternatives;
    let first = one_line(all.first()?.of(&document.contract.text));
    let cut = if first.chars().nth(LONGEST).is_some() { " ..." } else { "" };
    let first: String = first.chars().take(LONGEST).collect();
    Some(match all.len() {
        1 => format!("1 passage in square brackets was read as text and may not be settled: \"{first}{cut}\""),
        n => format!(
            "{n} passages in square brackets were read as text and may not be settled, the first: \"{first}{cut}\""
        ),
    })
}

/// The provisions of whose wordings the document holds more than was weighed.
fn unweighed(document: &Document, findings: &[Finding]) -> Option<String> {
    let of = |f: &&Finding| f.unweighed.contains(&document.path);
    let titles: Vec<&str> = findings.iter().filter(of).map(|f| f.title.as_str()).collect();
    (!titles.is_empty()).then(|| {
        format!(
            "wordings of these provisions stand in more places than are weighed (--max-places); those further on were not: {}",
            titles.join("; ")
        )
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
