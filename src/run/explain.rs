//! `proviso explain`: how a provision fared in a contract, wording by wording.

use super::input::{limits, one_document};
use super::output::print;
use super::pages;
use crate::assess::finding::ElementStatus;
use crate::assess::sense::Sense;
use crate::assess::{Document, Trace, assess_for};
use crate::batch::guard::guarded;
use crate::cli::ExplainArgs;
use crate::error::Result;
use crate::library::Library;
use crate::report;
use crate::source::Limits;
use std::fmt::Write as _;

/// `proviso explain`.
pub(super) fn explain(args: &ExplainArgs) -> Result<u8> {
    let library = pages::library(args.library.as_deref())?;
    let Some(provision) = library.provision(&args.provision) else {
        return Err(pages::unknown_provision(&args.provision, &library));
    };
    let document = one_document(&args.contract)?;
    let id = provision.id.clone();
    print(&guarded(limits(args.contract.limits), move |limits| explanation(document, &library, &id, limits))?)
}

/// How the wordings of a provision fared in a document, in words.
fn explanation(document: Document, library: &Library, id: &str, limits: &Limits) -> Result<String> {
    let Some(provision) = library.provision(id) else { return Err(pages::unknown_provision(id, library)) };
    let bundle = [document];
    let finding = assess_for(&bundle, library, &[provision], limits)?.into_iter().next();
    let mut out = String::new();
    let words = finding.map_or("", |f| report::status_words(f.status));
    let _ = writeln!(out, "{} ({}): {words}\n", provision.title, provision.id);
    for trace in crate::assess::explain(&bundle, library, provision, limits)? {
        explained(&trace, &mut out);
    }
    Ok(out)
}

fn explained(trace: &Trace, out: &mut String) {
    let status = match (trace.adverse, trace.status) {
        (true, ElementStatus::Missing) => "not there",
        (true, _) => "FOUND (adverse wording)",
        (false, ElementStatus::Met) => "stated",
        (false, ElementStatus::Weak) => "stated, but cut back",
        (false, _) => "not stated",
    };
    let _ = writeln!(out, "{}: {status}\n  {}", trace.id, trace.question);
    for attempt in &trace.attempts {
        let verdict = match &attempt.sense {
            Sense::Stated => "counts".to_string(),
            Sense::Weak(why) => format!("counts as weak: {why}"),
            Sense::Rejected(why) => format!("does not count: {why}"),
        };
        let e = &attempt.evidence;
        let place = if e.clause.is_empty() { e.heading.clone() } else { format!("{} {}", e.clause, e.heading) };
        let quote: String = e.quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(220).collect();
        let _ = writeln!(out, "  - [{}] {verdict}\n      {quote}\n      rule: {}", place.trim(), e.rule);
    }
    if trace.status == ElementStatus::Missing && !trace.adverse {
        for rule in &trace.silent {
            let _ = writeln!(out, "  - nowhere: {rule}");
        }
    }
    out.push('\n');
}
