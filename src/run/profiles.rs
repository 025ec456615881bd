//! `proviso profiles`: the laws, standards and house positions that contracts are judged by.

use super::output::print;
use super::pages;
use crate::cli::ProfilesCommand;
use crate::error::Result;
use crate::library::profile::FOLDER;
use std::fmt::Write as _;
use std::path::Path;

/// `proviso profiles`.
pub(super) fn profiles(command: ProfilesCommand) -> Result<u8> {
    match command {
        ProfilesCommand::List(args) => list(args.library.as_deref()),
        ProfilesCommand::Show { profile, library } => show(&profile, library.library.as_deref()),
    }
}

fn list(folder: Option<&Path>) -> Result<u8> {
    let library = pages::library(folder)?;
    let width = library.profiles.iter().map(|p| p.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for p in &library.profiles {
        let musts = p.demands.iter().filter(|d| d.must.is_some()).count();
        let _ = writeln!(out, "{:width$}  {:3} provisions, {:2} with musts  {}", p.id, p.demands.len(), musts, p.title);
    }
    print(&out)
}

fn show(id: &str, folder: Option<&Path>) -> Result<u8> {
    let files = pages::embedded_with(folder)?;
    if let Some(text) = files.get(&format!("{FOLDER}{id}.toml")) {
        print(text)
    } else {
        let ids = files.keys().filter_map(|n| n.strip_prefix(FOLDER)?.strip_suffix(".toml"));
        Err(pages::unknown_profile(id, ids))
    }
}
