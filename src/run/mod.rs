//! The table of contents of the program: a file per subcommand, and what they share: where a contract comes from
//! (`input`), where the library does (`pages`), and where the words go (`output`).

mod clauses;
mod explain;
mod input;
mod library;
mod output;
mod pages;
mod profiles;
mod review;
mod text;

use crate::cli::Command;
use crate::error::Result;
use crate::report;

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
        Command::Review(args) => review::review(&args),
        Command::Text(args) => text::text(&args),
        Command::Clauses(args) => clauses::clauses(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Library(command) => library::library(command),
        Command::Profiles(command) => profiles::profiles(command),
        Command::Schema => output::print(&report::json::schema()),
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut command_line(), "proviso", &mut out);
            output::print(&String::from_utf8_lossy(&out))
        }
        Command::Man => {
            let mut out = Vec::new();
            clap_mangen::Man::new(command_line()).render(&mut out).map_err(|e| output::write_error(&e))?;
            output::print(&String::from_utf8_lossy(&out))
        }
    }
}

fn command_line() -> clap::Command {
    use clap::CommandFactory as _;
    crate::cli::Cli::command()
}
