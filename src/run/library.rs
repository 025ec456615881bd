//! `proviso library`: looking at the clause library, checking, testing and extending it.

use super::output::{print, write_whole};
use super::{CLEAN, FAILED, GAPS, pages};
use crate::cli::{EvaluateArgs, LibraryArg, LibraryCommand, LibraryFolder};
use crate::error::{Error, Result};
use crate::evaluate;
use crate::examples;
use crate::library::embedded;
use crate::library::folder::{self, Loaded};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// `proviso library`.
pub(super) fn library(command: LibraryCommand) -> Result<u8> {
    match command {
        LibraryCommand::List(args) => list(&args),
        LibraryCommand::Show { provision, library: arg } => show(&provision, &arg),
        LibraryCommand::Check(folder) => check(&folder),
        LibraryCommand::Test { only, warnings, folder } => test(&only, warnings, &folder),
        LibraryCommand::Evaluate(args) => evaluate(&args),
        LibraryCommand::New { provision, folder } => new(&provision, &folder),
        LibraryCommand::Compile { folder } => compile(&folder),
    }
}

fn list(args: &LibraryArg) -> Result<u8> {
    let library = pages::library(args.library.as_deref())?;
    let width = library.provisions.iter().map(|p| p.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for p in &library.provisions {
        let _ = writeln!(out, "{:width$}  {:8}  {}", p.id, p.severity.word(), p.title);
    }
    print(&out)
}

fn show(provision: &str, args: &LibraryArg) -> Result<u8> {
    let files = pages::embedded_with(args.library.as_deref())?;
    let ending = format!("{provision}.md");
    let found = files.iter().find(|(name, _)| name.rsplit('/').next() == Some(ending.as_str()));
    match found {
        Some((_, text)) => print(text),
        None => Err(pages::unknown_provision(provision, &pages::library(args.library.as_deref())?)),
    }
}

fn check(folder: &LibraryFolder) -> Result<u8> {
    let (files, prefix) = pages::files(folder)?;
    let loaded = folder::load(&files, &prefix);
    if !loaded.diagnostics.is_empty() {
        eprintln!("{}", pages::shown(&loaded, &files, &prefix));
    }
    match &loaded.library {
        Some(library) => print(&format!("{} provisions can be read\n", library.provisions.len())),
        None => Ok(FAILED),
    }
}

fn test(only: &[String], warnings: bool, folder: &LibraryFolder) -> Result<u8> {
    let (files, prefix) = pages::files(folder)?;
    let mut loaded = folder::load(&files, &prefix);
    let Some(library) = loaded.library.take() else {
        eprintln!("{}", pages::shown(&loaded, &files, &prefix));
        return Ok(FAILED);
    };
    for id in only {
        if library.provision(id).is_none() {
            return Err(pages::unknown_provision(id, &library));
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
            eprintln!("{}\n", pages::shown(&drawn, &files, &prefix));
        }
    }
    print(&out)?;
    Ok(if failed > 0 { GAPS } else { CLEAN })
}

fn evaluate(args: &EvaluateArgs) -> Result<u8> {
    let shown = args.labels.display();
    let text = std::fs::read_to_string(&args.labels)
        .map_err(|e| Error::new(format!("{shown}: {e}"), "name the file that holds the labels"))?;
    let labels = evaluate::labels(&text).map_err(|e| e.about(&shown.to_string()))?;
    let library = Arc::new(pages::library(args.library.library.as_deref())?);
    let reviews = super::review::house_reviews(&args.contracts, &library, args.limits)?;
    print(&evaluate::evaluate(&labels, &reviews).render(args.errors))
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
        eprintln!("{}", pages::shown(&loaded, &files, ""));
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
