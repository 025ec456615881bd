//! The compiled rules: a graph of nodes in which equal parts of rules are one node, so that each is matched once
//! per contract however many rules share it.

use super::rule::Slot;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Index of a node.
pub type NodeId = u32;

/// Nodes and words of all rules. A node stands after those that it refers to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Program {
    /// The graph.
    pub nodes: Vec<Node>,
    /// Folded word hashes in order, each with its range of [`Self::word_nodes`].
    pub words: Vec<(u64, u32, u32)>,
    /// Nodes that a word is a hit of.
    pub word_nodes: Vec<NodeId>,
    /// Lists that the engine itself reads, by [`Known`].
    pub known: Vec<NodeId>,
    /// [`Self::words`] to look up in, made at the first look and kept for all contracts: gathering all words of the
    /// library takes longer than looking up those of a contract.
    #[serde(skip)]
    pub(super) ranges: OnceLock<FxHashMap<u64, (u32, u32)>>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Node {
    /// Any of a set of words; the set is told by [`Program::words`], the number only tells sets apart.
    Words(u32),
    /// A party or a period.
    Slot(Slot),
    /// One after the other; the figure is how many words may stand before each.
    Phrase(Vec<(u8, NodeId)>),
    /// Both within some words of each other.
    Near {
        /// One side.
        left: NodeId,
        /// The other.
        right: NodeId,
        /// Words that may stand between.
        distance: u8,
        /// Whether the left has to stand first.
        ordered: bool,
    },
    /// The left where the right is not near.
    NotNear {
        /// One side.
        left: NodeId,
        /// The other.
        right: NodeId,
        /// Words that may stand between.
        distance: u8,
        /// Whether the left has to stand first.
        ordered: bool,
    },
    /// All in the sentence; none of the second; all of the third in the sentence, above it or before it.
    And(Vec<NodeId>, Vec<NodeId>, Vec<NodeId>),
    /// Any.
    Or(Vec<NodeId>),
}

/// Lists of the vocabulary that the engine reads to judge a sentence (each must exist).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// "shall", "must", "agrees to".
    Modal,
    /// "may", "is entitled to".
    May,
    /// "not", "no", "never".
    Negator,
    /// "not later than", "not only": a negator that negates no duty.
    NoNegator,
    /// "commercially reasonable efforts", "where practicable".
    Efforts,
    /// "Each party", "the parties".
    EachParty,
    /// "is set out in", "are governed by".
    Defers,
}

impl Known {
    /// Names of the lists, in order of the variants.
    pub const LISTS: [&str; 7] = ["MODAL", "MAY", "NEGATOR", "NO-NEGATOR", "EFFORTS", "EACH-PARTY", "DEFERS"];
}

impl Program {
    /// The node of a list that the engine reads.
    #[must_use]
    pub fn known(&self, list: Known) -> Option<NodeId> {
        self.known.get(list as usize).copied()
    }

    /// Nodes that a word of this folded hash is a hit of.
    #[must_use]
    pub fn nodes_of(&self, word: u64) -> &[NodeId] {
        let ranges =
            self.ranges.get_or_init(|| self.words.iter().map(|(hash, from, to)| (*hash, (*from, *to))).collect());
        ranges.get(&word).map_or(&[], |(from, to)| &self.word_nodes[*from as usize..*to as usize])
    }
}
