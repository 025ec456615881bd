//! One function per subcommand: the table of contents of the program.

use crate::assess::finding::ElementStatus;
use crate::assess::sense::Sense;
use crate::assess::{Document, Trace, explain};
use crate::batch::guard::guarded;
use crate::batch::{self, Input};
use crate::cli::{
    ClausesArgs, Command, Detail, ExplainArgs, FailOn, InputFormat, LibraryArg, LibraryCommand, LibraryFolder,
    LimitArgs, OutputFormat, ReviewArgs, SideArg, TextArgs, ViewArg,
};
use crate::error::{Error, Result};
use crate::library::folder::{self, Files, Loaded};
use crate::library::{Library, Severity, Status, embedded};
use crate::report::{self, DocumentReview, Gaps, Header, LibraryStamp, Matter, Review, SCHEMA_VERSION, Side, Summary};
use crate::review::{Bytes, failed, read, review};
use crate::source::{Format, Limits, View};
use crate::{clauses, examples};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// No gap at or above the threshold.
pub const CLEAN: u8 = 0;
/// Gaps at or above the threshold.
pub const GAPS: u8 = 1;
/// Something could not be read, or the command is wrong. Errors win over gaps.
pub const FAILED: u8 = 2;

/// Runs a command; the exit code.
///
/// # Errors
/// Where the command as a whole could not be done.
pub fn run(command: Command) -> Result<u8> {
    match command {
        Command::Review(args) => run_review(&args),
        Command::Text(args) => run_text(&args),
        Command::Clauses(args) => run_clauses(&args),
        Command::Explain(args) => run_explain(&args),
        Command::Library(command) => run_library(command),
        Command::Schema => print(&report::json::schema()),
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut command_line(), "proviso", &mut out);
            print(&String::from_utf8_lossy(&out))
        }
        Command::Man => {
            let mut out = Vec::new();
            clap_mangen::Man::new(command_line()).render(&mut out).map_err(|e| write_error(&e))?;
            print(&String::from_utf8_lossy(&out))
        }
    }
}

fn command_line() -> clap::Command {
    use clap::CommandFactory as _;
    crate::cli::Cli::command()
}

fn run_review(args: &ReviewArgs) -> Result<u8> {
    let library = Arc::new(library(args.library.as_deref())?);
    let limits = limits(args.limits);
    if let Some(profile) = args.profile.iter().find(|p| *p != "baseline") {
        let reason = format!("there is no profile \"{profile}\"");
        return Err(Error::new(reason, "this version judges by \"baseline\", the house position"));
    }
    let view = view(args.view);
    let header = header(&library, args);
    let (inputs, missing) = inputs(&args.paths);
    for (path, error) in &missing {
        eprintln!("proviso: {path}: {error}");
    }
    let beside: Vec<Bytes> = args.together.iter().map(|p| bytes(&beside_input(p), None)).collect::<Result<_>>()?;
    let mut documents: Vec<DocumentReview> =
        inputs.par_iter().map(|input| review_one(input, args.format_in, &beside, view, &library, limits)).collect();
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
fn report_worthy(finding: &crate::assess::Finding) -> bool {
    finding.status != Status::Met && finding.demanded && finding.applies.answer != crate::assess::finding::Answer::No
}

fn review_one(
    input: &Input,
    format_in: Option<InputFormat>,
    beside: &[Bytes],
    view: View,
    library: &Arc<Library>,
    limits: Limits,
) -> DocumentReview {
    let own = match bytes(input, format_in) {
        Ok(own) => own,
        Err(error) => return failed(&input.shown, input.format, &[], view, &error),
    };
    let bundle: Vec<Bytes> =
        std::iter::once(own).chain(beside.iter().filter(|b| b.path != input.shown).cloned()).collect();
    let bundle = Arc::new(bundle);
    let (theirs, library) = (Arc::clone(&bundle), Arc::clone(library));
    let reviewed = guarded(limits, move |limits| review(&theirs, view, &library, limits));
    reviewed.unwrap_or_else(|error| failed(&input.shown, bundle[0].format, &bundle[0].bytes, view, &error))
}

fn beside_input(path: &Path) -> Input {
    let format = path.extension().and_then(|e| e.to_str()).and_then(Format::from_extension);
    Input { file: path.to_path_buf(), shown: path.to_string_lossy().replace('\\', "/"), format }
}

fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<(String, Error)>) {
    if let [only] = paths
        && only.as_os_str() == "-"
    {
        return (vec![Input { file: only.clone(), shown: "-".into(), format: None }], Vec::new());
    }
    batch::collect(paths)
}

/// The bytes of an input; standard input for "-".
fn bytes(input: &Input, format_in: Option<InputFormat>) -> Result<Bytes> {
    if input.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| Error::new(format!("standard input: {e}"), "pipe a contract in"))?;
        let format = match format_in {
            Some(InputFormat::Docx) => Format::Docx,
            Some(InputFormat::Md) => Format::Markdown,
            Some(InputFormat::Html) => Format::Html,
            Some(InputFormat::Txt) => Format::Text,
            None if bytes.starts_with(b"PK") => Format::Docx,
            None => {
                return Err(Error::new(
                    "the format of standard input is not given",
                    "add --format-in docx, md, html or txt",
                ));
            }
        };
        return Ok(Bytes { path: input.shown.clone(), format: Some(format), bytes });
    }
    if input.file.is_dir() {
        return Err(Error::new("this is a folder", "name a file, or review the folder with \"proviso review\""));
    }
    let bytes = fs::read(&input.file).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Error::new("there is no such file", "check the spelling of the path"),
        _ => Error::new(format!("the file cannot be read ({e})"), "check its permissions"),
    })?;
    Ok(Bytes { path: input.shown.clone(), format: input.format, bytes })
}

fn one_document(
    file: &Path,
    format_in: Option<InputFormat>,
    view_arg: ViewArg,
    limit_args: LimitArgs,
) -> Result<Document> {
    let mut input = beside_input(file);
    input.shown = file.to_string_lossy().replace('\\', "/");
    let shown = input.shown.clone();
    let bytes = bytes(&input, format_in).map_err(|e| e.about(&shown))?;
    let limits = limits(limit_args);
    guarded(limits, move |limits| read(&bytes, view(view_arg), limits)).map_err(|e| e.about(&shown))
}

/// The limits that reading uses, with those that the command line sets.
fn limits(args: LimitArgs) -> Limits {
    let usual = Limits::default();
    let bytes = |megabytes: Option<u32>| megabytes.map(|m| u64::from(m) << 20);
    let size = |megabytes: Option<u32>| bytes(megabytes).and_then(|b| usize::try_from(b).ok());
    let total_bytes = bytes(args.max_inflated).unwrap_or(usual.total_bytes);
    Limits {
        entries: args.max_entries.unwrap_or(usual.entries),
        part_bytes: total_bytes / 2,
        total_bytes,
        ratio: args.max_ratio.unwrap_or(usual.ratio),
        depth: args.max_depth.unwrap_or(usual.depth),
        tag_bytes: size(args.max_tag).unwrap_or(usual.tag_bytes),
        events: args.max_events.unwrap_or(usual.events),
        text_bytes: size(args.max_text).unwrap_or(usual.text_bytes),
        words: args.max_words.unwrap_or(usual.words),
        paragraphs: args.max_paragraphs.unwrap_or(usual.paragraphs),
        places: args.max_places.unwrap_or(usual.places),
        seconds: args.max_seconds.unwrap_or(usual.seconds),
        backstop: usual.backstop,
    }
}

fn view(arg: ViewArg) -> View {
    match arg {
        ViewArg::Accepted => View::Accepted,
        ViewArg::Original => View::Original,
    }
}

/// The embedded library, with a folder laid over it.
fn library(folder: Option<&Path>) -> Result<Library> {
    let Some(folder) = folder else { return embedded::library() };
    let base = embedded::files().unwrap_or_default();
    let files = folder::overlay(&base, &folder::files(folder)?);
    let loaded = folder::load(&files, "");
    let errors = shown(&loaded, &files, "");
    loaded.library.ok_or_else(|| {
        Error::new(
            format!("the library in {} has mistakes\n{errors}", folder.display()),
            "mend them, or check with \"proviso library check\"",
        )
    })
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
        view: view(args.view),
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

/// Writes a file whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |e: &io::Error| {
        Error::new(format!("{}: it cannot be written ({e})", path.display()), "check the folder and its permissions")
    };
    let name =
        path.file_name().ok_or_else(|| Error::new(format!("{} is no file name", path.display()), "name a file"))?;
    let mut temporary = name.to_os_string();
    temporary.push(format!(".{}.part", std::process::id()));
    let temporary = path.with_file_name(temporary);
    fs::write(&temporary, bytes).map_err(|e| failed(&e))?;
    fs::rename(&temporary, path).map_err(|e| {
        // The half-done file is of no use; that it could not be removed changes nothing.
        let _ = fs::remove_file(&temporary);
        failed(&e)
    })
}

fn print(text: &str) -> Result<u8> {
    let mut out = io::stdout().lock();
    finish(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|()| CLEAN)
}

/// A reader that went away ("| head") is no error.
fn finish(result: io::Result<()>) -> Result<()> {
    match result {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(write_error(&e)),
        _ => Ok(()),
    }
}

fn write_error(e: &io::Error) -> Error {
    Error::new(format!("standard output: {e}"), "check where it goes")
}

fn run_text(args: &TextArgs) -> Result<u8> {
    let document = one_document(&args.file, args.format_in, args.view, args.limits)?;
    let contract = &document.contract;
    for note in &contract.notes {
        eprintln!("proviso: note: {note}");
    }
    if !args.numbered {
        return print(&format!("{}\n", contract.text));
    }
    let mut out = String::with_capacity(contract.text.len() + contract.blocks.len() * 8);
    let mut at = 0;
    for block in &contract.blocks {
        out.push_str(&contract.text[at..block.span.start as usize]);
        if let Some(label) = &block.label {
            let _ = write!(out, "{label} ");
        }
        out.push_str(block.span.of(&contract.text));
        at = block.span.end as usize;
    }
    out.push_str(&contract.text[at..]);
    out.push('\n');
    print(&out)
}

fn run_clauses(args: &ClausesArgs) -> Result<u8> {
    let document = one_document(&args.file, args.format_in, args.view, args.limits)?;
    print(&match (args.facts, args.json) {
        (true, true) => clauses::facts_json(&document),
        (true, false) => clauses::facts(&document),
        (false, true) => clauses::json(&document),
        (false, false) => clauses::text(&document, args.text),
    })
}

fn run_explain(args: &ExplainArgs) -> Result<u8> {
    let library = library(args.library.as_deref())?;
    let Some(provision) = library.provision(&args.provision) else {
        return Err(unknown_provision(&args.provision, &library));
    };
    let document = one_document(&args.file, args.format_in, args.view, args.limits)?;
    let id = provision.id.clone();
    print(&guarded(limits(args.limits), move |limits| explanation(document, &library, &id, limits))?)
}

/// How the wordings of a provision fared in a document, in words.
fn explanation(document: Document, library: &Library, id: &str, limits: &Limits) -> Result<String> {
    let Some(provision) = library.provision(id) else { return Err(unknown_provision(id, library)) };
    let bundle = [document];
    let finding = crate::assess::assess(&bundle, library, limits)?.into_iter().find(|f| f.provision == id);
    let mut out = String::new();
    let words = finding.map_or("", |f| report::status_words(f.status));
    let _ = writeln!(out, "{} ({}): {words}\n", provision.title, provision.id);
    for trace in explain(&bundle, library, provision, limits)? {
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

fn unknown_provision(id: &str, library: &Library) -> Error {
    let near = crate::matching::similarity::nearest(id, library.provisions.iter().map(|p| p.id.as_str()));
    let remedy = near.map_or_else(|| "see \"proviso library list\"".into(), |n| format!("did you mean {n}?"));
    Error::new(format!("there is no provision {id}"), remedy)
}

fn run_library(command: LibraryCommand) -> Result<u8> {
    match command {
        LibraryCommand::List(args) => list(&args),
        LibraryCommand::Show { provision, library: arg } => show(&provision, &arg),
        LibraryCommand::Check(folder) => check(&folder),
        LibraryCommand::Test { only, warnings, folder } => test(&only, warnings, &folder),
        LibraryCommand::New { provision, folder } => new(&provision, &folder),
        LibraryCommand::Compile { folder } => compile(&folder),
    }
}

fn list(args: &LibraryArg) -> Result<u8> {
    let library = library(args.library.as_deref())?;
    let width = library.provisions.iter().map(|p| p.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for p in &library.provisions {
        let _ = writeln!(out, "{:width$}  {:8}  {}", p.id, p.severity.word(), p.title);
    }
    print(&out)
}

fn show(provision: &str, args: &LibraryArg) -> Result<u8> {
    let mut files = embedded::files()?;
    if let Some(folder) = &args.library {
        files = folder::overlay(&files, &folder::files(folder)?);
    }
    let ending = format!("{provision}.md");
    let found = files.iter().find(|(name, _)| name.rsplit('/').next() == Some(ending.as_str()));
    match found {
        Some((_, text)) => print(text),
        None => Err(unknown_provision(provision, &library(args.library.as_deref())?)),
    }
}

/// The files of a library folder with the embedded vocabulary where it has none; or the embedded files.
fn library_files(folder: &LibraryFolder) -> Result<(Files, String)> {
    match &folder.folder {
        None => Ok((embedded::files()?, String::new())),
        Some(path) => {
            let own = folder::files(path)?;
            let mut files = own.clone();
            if !own.contains_key(folder::VOCABULARY)
                && let Some(vocabulary) = embedded::files()?.remove(folder::VOCABULARY)
            {
                files.insert(folder::VOCABULARY.into(), vocabulary);
            }
            Ok((files, format!("{}/", path.display())))
        }
    }
}

/// All diagnostics, drawn into their files.
fn shown(loaded: &Loaded, files: &Files, prefix: &str) -> String {
    use std::io::IsTerminal as _;
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let draw = |d: &crate::library::diagnostic::Diagnostic| {
        let name = d.file.strip_prefix(prefix).unwrap_or(&d.file);
        files.get(name).map_or_else(|| format!("{}: {}; {}", d.file, d.message, d.help), |text| d.render(text, colour))
    };
    loaded.diagnostics.iter().map(draw).collect::<Vec<_>>().join("\n\n")
}

fn check(folder: &LibraryFolder) -> Result<u8> {
    let (files, prefix) = library_files(folder)?;
    let loaded = folder::load(&files, &prefix);
    if !loaded.diagnostics.is_empty() {
        eprintln!("{}", shown(&loaded, &files, &prefix));
    }
    match &loaded.library {
        Some(library) => print(&format!("{} provisions can be read\n", library.provisions.len())),
        None => Ok(FAILED),
    }
}

fn test(only: &[String], warnings: bool, folder: &LibraryFolder) -> Result<u8> {
    let (files, prefix) = library_files(folder)?;
    let mut loaded = folder::load(&files, &prefix);
    let Some(library) = loaded.library.take() else {
        eprintln!("{}", shown(&loaded, &files, &prefix));
        return Ok(FAILED);
    };
    for id in only {
        if library.provision(id).is_none() {
            return Err(unknown_provision(id, &library));
        }
    }
    let mut out = String::new();
    let mut failed = 0;
    for page in loaded.pages.iter().filter(|p| only.is_empty() || only.contains(&p.page.id)) {
        let mut outcome = examples::run(page, &library);
        let errors = outcome.diagnostics.iter().filter(|d| !d.warning).count();
        let warned = outcome.diagnostics.len() - errors;
        failed += errors;
        outcome.diagnostics.retain(|d| warnings || !d.warning);
        let unseen = if outcome.unseen.0 == 0 {
            String::new()
        } else {
            format!(", unseen {}/{}", outcome.unseen.1, outcome.unseen.0)
        };
        let _ = writeln!(
            out,
            "{:28} {} examples, {} failed, {} warnings{unseen}",
            page.page.id, outcome.run, errors, warned
        );
        let drawn = Loaded { library: None, pages: Vec::new(), diagnostics: outcome.diagnostics };
        if !drawn.diagnostics.is_empty() {
            eprintln!("{}\n", shown(&drawn, &files, &prefix));
        }
    }
    print(&out)?;
    Ok(if failed > 0 { GAPS } else { CLEAN })
}

fn new(id: &str, folder: &Path) -> Result<u8> {
    let fine = !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !fine {
        return Err(Error::new(format!("\"{id}\" is no id"), "small letters, figures and hyphens: \"price-review\""));
    }
    let path = folder.join(format!("{id}.md"));
    if path.exists() {
        return Err(Error::new(format!("{} is there already", path.display()), "choose another id or edit the page"));
    }
    write_whole(&path, crate::library::skeleton(id).as_bytes())?;
    print(&format!("wrote {}; change it, then run \"proviso library test {}\"\n", path.display(), folder.display()))
}

fn compile(folder: &Path) -> Result<u8> {
    let files = folder::files(folder)?;
    let loaded = folder::load(&files, "");
    let Some(library) = &loaded.library else {
        eprintln!("{}", shown(&loaded, &files, ""));
        return Ok(FAILED);
    };
    let (compiled, sources) = embedded::encode(library, &files)?;
    write_whole(&folder.join("compiled.bin"), &compiled)?;
    write_whole(&folder.join("sources.bin"), &sources)?;
    print(&format!(
        "{} provisions, {} bytes, {} rule nodes\n",
        library.provisions.len(),
        compiled.len(),
        library.program.nodes.len()
    ))
}
