//! `proviso review`: contracts to findings, findings to a report and an exit code.

use super::input::{bytes, inputs, limits, single};
use super::output::{finish, print, write_whole};
use super::{CLEAN, FAILED, GAPS, pages};
use crate::assess::Finding;
use crate::assess::finding::Answer;
use crate::batch::Input;
use crate::batch::guard::guarded;
use crate::cli::{Detail, FailOn, InputFormat, LimitArgs, OutputFormat, ReviewArgs, SideArg, ViewsArg};
use crate::error::{Error, Result};
use crate::library::diagnostic::meant;
use crate::library::{Library, Severity, Status};
use crate::report::{self, DocumentReview, Gaps, Header, LibraryStamp, Matter, Review, SCHEMA_VERSION, Side, Summary};
use crate::review::{AUTO, Asked, Bytes, failed};
use crate::source::{Limits, Views};
use rayon::prelude::*;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

/// `proviso review`.
pub(super) fn review(args: &ReviewArgs) -> Result<u8> {
    let library = Arc::new(pages::library(args.library.as_deref())?);
    let limits = limits(args.limits);
    let asked = Arc::new(asked(args, &library)?);
    let header = header(&library, args);
    let (inputs, missing) = inputs(&args.paths);
    for (path, error) in &missing {
        eprintln!("proviso: {path}: {error}");
    }
    let beside: Vec<Bytes> = args.together.iter().map(|p| bytes(&single(p), None)).collect::<Result<_>>()?;
    let mut documents: Vec<DocumentReview> =
        inputs.par_iter().map(|input| review_one(input, args.format_in, &beside, &asked, &library, limits)).collect();
    for document in &documents {
        if let Some(error) = &document.error {
            eprintln!("proviso: {}: {error}", document.path);
        }
    }
    if header.matter.we_are == Side::Vendor {
        // What the customer lacks is no gap of ours (practice of the vendor's desk): it is folded away.
        let absent = documents.iter_mut().flat_map(|d| &mut d.findings).filter(|f| f.status != Status::Met);
        absent.for_each(|f| f.demanded = false);
    }
    let summary = Summary::of(&documents);
    let code = exit_code(args, &documents, !missing.is_empty());
    if args.detail == Detail::Gaps {
        for document in &mut documents {
            document.findings.retain(report_worthy);
        }
    }
    let review = Review { header, documents, summary };
    write_report(args, &review)?;
    Ok(code)
}

/// Whether a finding stays with `--detail gaps`.
fn report_worthy(finding: &Finding) -> bool {
    finding.status != Status::Met && finding.demanded && finding.applies.answer != Answer::No
}

fn review_one(
    input: &Input,
    format_in: Option<InputFormat>,
    beside: &[Bytes],
    asked: &Arc<Asked>,
    library: &Arc<Library>,
    limits: Limits,
) -> DocumentReview {
    let own = match bytes(input, format_in) {
        Ok(own) => own,
        Err(error) => return failed(&input.shown, input.format, &[], asked.views, &error),
    };
    let bundle: Vec<Bytes> =
        std::iter::once(own).chain(beside.iter().filter(|b| b.path != input.shown).cloned()).collect();
    let bundle = Arc::new(bundle);
    let (theirs, by, library) = (Arc::clone(&bundle), Arc::clone(asked), Arc::clone(library));
    let reviewed = guarded(limits, move |limits| crate::review::review(&theirs, &by, &library, limits));
    reviewed.unwrap_or_else(|error| failed(&input.shown, bundle[0].format, &bundle[0].bytes, asked.views, &error))
}

/// Reviews of all contracts of a folder by the house position.
pub(super) fn house_reviews(folder: &Path, library: &Arc<Library>, args: LimitArgs) -> Result<Vec<DocumentReview>> {
    let (inputs, missing) = inputs(&[folder.to_path_buf()]);
    if let Some((path, error)) = missing.into_iter().next() {
        return Err(error.about(&path));
    }
    let (asked, limits) = (Arc::new(Asked::from(Views::Both)), limits(args));
    Ok(inputs.par_iter().map(|input| review_one(input, None, &[], &asked, library, limits)).collect())
}

/// What the command line asks to judge by.
fn asked(args: &ReviewArgs, library: &Library) -> Result<Asked> {
    let known = || library.profiles.iter().map(|p| p.id.as_str()).chain([AUTO]);
    for id in &args.profile {
        if !known().any(|k| k == id) {
            return Err(pages::unknown_profile(id, known()));
        }
    }
    let conditions = || library.profiles.iter().flat_map(|p| &p.conditions).map(|c| c.when.as_str());
    for condition in &args.assume {
        if !conditions().any(|c| c == condition) {
            let remedy = meant(condition, conditions(), "see \"proviso profiles show\"");
            return Err(Error::new(format!("no profile has the condition \"{condition}\""), remedy));
        }
    }
    Ok(Asked { views: views(args.view), profiles: args.profile.clone(), assumed: args.assume.clone() })
}

fn views(arg: ViewsArg) -> Views {
    match arg {
        ViewsArg::Accepted => Views::Accepted,
        ViewsArg::Original => Views::Original,
        ViewsArg::Both => Views::Both,
    }
}

fn header(library: &Library, args: &ReviewArgs) -> Header {
    let side = args.we_are.map_or(Side::Customer, |s| match s {
        SideArg::Customer => Side::Customer,
        SideArg::Vendor => Side::Vendor,
        SideArg::Both => Side::Both,
    });
    let mut profiles = args.profile.clone();
    profiles.sort();
    profiles.dedup();
    Header {
        schema_version: SCHEMA_VERSION.into(),
        tool_version: env!("CARGO_PKG_VERSION").into(),
        library: LibraryStamp {
            version: library.version.clone(),
            date: library.date.clone(),
            digest: library.digest.clone(),
            provisions: library.provisions.len(),
        },
        profiles,
        view: views(args.view),
        matter: Matter { we_are: side, given: args.we_are.is_some() },
        limits: report::limits(library),
    }
}

fn exit_code(args: &ReviewArgs, documents: &[DocumentReview], missing: bool) -> u8 {
    if missing || documents.iter().any(|d| d.error.is_some()) {
        return FAILED;
    }
    let least = match args.fail_on {
        FailOn::Critical => Severity::Critical,
        FailOn::High => Severity::High,
        FailOn::Medium => Severity::Medium,
        FailOn::Low => Severity::Low,
        FailOn::Never => return CLEAN,
    };
    let mut gaps = Gaps::default();
    for finding in documents.iter().flat_map(|d| &d.findings) {
        let excused = args.allow_unread && finding.unread.iter().any(|u| !u.supplied);
        if finding.is_gap() && !excused {
            gaps.add(finding.weight());
        }
    }
    if gaps.at_or_above(least) > 0 { GAPS } else { CLEAN }
}

fn write_report(args: &ReviewArgs, review: &Review) -> Result<()> {
    let to_file = args.output.as_os_str() != "-";
    let text = match args.format {
        OutputFormat::Json => report::json::json(review),
        OutputFormat::Jsonl => {
            let lines: String = review.documents.iter().map(report::json::line).collect();
            lines + &report::json::summary_line(&review.header, &review.summary)
        }
        OutputFormat::Terminal => report::terminal::render(review),
        OutputFormat::Markdown => report::markdown::render(review),
        OutputFormat::Html => report::html::render(review),
    };
    if to_file {
        let plain = anstream::adapter::strip_str(&text).to_string();
        return write_whole(
            &args.output,
            if args.format == OutputFormat::Terminal { plain.as_bytes() } else { text.as_bytes() },
        );
    }
    if args.format == OutputFormat::Terminal {
        let mut out = anstream::AutoStream::auto(io::stdout().lock());
        return finish(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
    }
    print(&text).map(|_| ())
}
