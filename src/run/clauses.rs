//! `proviso clauses`: the clauses of a contract as they were understood.

use super::input::one_document;
use super::output::print;
use crate::cli::ClausesArgs;
use crate::error::Result;

/// `proviso clauses`.
pub(super) fn clauses(args: &ClausesArgs) -> Result<u8> {
    let document = one_document(&args.contract)?;
    print(&match (args.facts, args.json) {
        (true, true) => crate::clauses::facts_json(&document),
        (true, false) => crate::clauses::facts(&document),
        (false, true) => crate::clauses::json(&document),
        (false, false) => crate::clauses::text(&document, args.text),
    })
}
