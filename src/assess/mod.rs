//! Assessment: from what matched to findings. Party and direction, modality, negation and efforts are read here
//! (`sense`), then scopes, formulas and adverse wording (`judge`).

mod applies;
mod evidence;
pub mod finding;
mod judge;
pub mod sense;

pub use finding::Finding;
pub use judge::{Attempt, Trace, assess, explain};

use crate::clause::ClauseTree;
use crate::facts::Facts;
use crate::source::Contract;

/// A contract with all that is known of it, ready to be judged.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path as reports show it.
    pub path: String,
    /// Its text.
    pub contract: Contract,
    /// Its clauses.
    pub tree: ClauseTree,
    /// What is known of it.
    pub facts: Facts,
}
