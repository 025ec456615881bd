//! JSON: one object; JSON Lines: a line per document and a summary line. Both are of the shape of [`Review`].

use super::{DocumentReview, Header, Review, Summary};
use serde::Serialize;

/// The summary line of JSON Lines.
#[derive(Serialize, schemars::JsonSchema)]
struct SummaryLine<'a> {
    /// Always true.
    summary: bool,
    /// Empty: it is no document.
    path: &'a str,
    header: &'a Header,
    totals: &'a Summary,
}

/// The review as one JSON object, with a newline at its end.
#[must_use]
pub fn json(review: &Review) -> String {
    pretty(review)
}

/// A document as one line.
#[must_use]
pub fn line(document: &DocumentReview) -> String {
    compact(document)
}

/// The summary line.
#[must_use]
pub fn summary_line(header: &Header, totals: &Summary) -> String {
    compact(&SummaryLine { summary: true, path: "", header, totals })
}

/// JSON Schema (draft 2020-12) of the JSON report.
#[must_use]
pub fn schema() -> String {
    pretty(&schemars::schema_for!(Review))
}

fn pretty(value: &impl Serialize) -> String {
    // The types hold no map with keys other than strings, the one thing that cannot be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
