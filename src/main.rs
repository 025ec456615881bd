//! The `proviso` command.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = proviso::cli::Cli::parse();
    match proviso::run::run(cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("proviso: {error}");
            ExitCode::from(proviso::run::FAILED)
        }
    }
}
