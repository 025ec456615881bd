//! Assessment: from what matched to findings. Party and direction, modality, negation and efforts are read here
//! (`sense`) for each match (`hits`), then anchors and adverse wording (`scope`), then formulas (`judge`).

mod applies;
mod changes;
mod evidence;
mod explain;
pub mod finding;
mod hits;
mod judge;
pub mod laws;
mod scope;
pub mod sense;

pub use applies::not_read;
pub use changes::{Reading, differ, merge};
pub use explain::{Attempt, Trace, explain};
pub use finding::Finding;
pub use judge::{assess, assess_for};

use crate::clause::ClauseTree;
use crate::facts::Facts;
use crate::facts::supplied::Incorporated;
use crate::source::Contract;
use finding::Unread;

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

impl Document {
    /// How a report names something that this document refers to and that was not supplied.
    #[must_use]
    pub fn unread(&self, item: &Incorporated) -> Unread {
        Unread {
            supplied: false,
            what: item.what.clone(),
            clause: self.facts.clause_at(&self.tree, item.quote),
            quote: item.quote.of(&self.contract.text).to_string(),
        }
    }
}
