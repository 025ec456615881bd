//! How the wordings of one provision fared, for "proviso explain".

use super::Document;
use super::evidence;
use super::finding::{ElementStatus, Evidence};
use super::hits::{Hit, hits, readers, status_of, streams};
use super::sense::Sense;
use crate::error::Result;
use crate::library::{Element, Library, Provision};
use crate::source::Limits;

/// How the wordings of one provision fared, for "explain".
#[derive(Clone, Debug)]
pub struct Trace {
    /// Element or adverse wording.
    pub id: String,
    /// Its question.
    pub question: String,
    /// Whether it is an adverse wording.
    pub adverse: bool,
    /// Its status.
    pub status: ElementStatus,
    /// Each place where one of its wordings matched.
    pub attempts: Vec<Attempt>,
    /// Its wordings that matched nowhere.
    pub silent: Vec<String>,
}

/// One match and how it was taken.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Where.
    pub evidence: Evidence,
    /// How it was taken.
    pub sense: Sense,
}

/// Tells how each wording of a provision fared.
///
/// # Errors
/// Where it is not done before the backstop.
pub fn explain(bundle: &[Document], library: &Library, provision: &Provision, limits: &Limits) -> Result<Vec<Trace>> {
    let streams = streams(bundle);
    let mut readers = readers(bundle, &streams, library, limits);
    let hits = hits(provision, &mut readers);
    limits.in_time()?;
    let trace = |element: &Element, own: &[Hit], adverse: bool| Trace {
        id: element.id.clone(),
        question: element.question.clone(),
        adverse,
        status: status_of(own),
        attempts: own
            .iter()
            .map(|h| Attempt {
                evidence: evidence::of(h, &element.rules[h.rule].text, &readers[h.document]),
                sense: h.sense.clone(),
            })
            .collect(),
        silent: (0..element.rules.len())
            .filter(|r| !own.iter().any(|h| h.rule == *r))
            .map(|r| element.rules[r].text.clone())
            .collect(),
    };
    let elements = provision.elements.iter().zip(&hits.elements).map(|(e, h)| trace(e, h, false));
    Ok(elements.chain(provision.patterns.iter().zip(&hits.patterns).map(|(e, h)| trace(e, h, true))).collect())
}
