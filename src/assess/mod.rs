//! Assessment: from what matched to findings. Party and direction, modality, negation and efforts are read here
//! (`sense`) for each match (`hits`), then anchors and adverse wording (`scope`), then formulas (`judge`).

mod applies;
mod evidence;
mod explain;
pub mod finding;
mod hits;
mod judge;
mod scope;
pub mod sense;

pub use applies::not_read;
pub use explain::{Attempt, Trace, explain};
pub use finding::Finding;
pub use judge::assess;

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
