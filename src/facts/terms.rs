//! stub
use crate::{clause::ClauseTree, source::Contract, span::Span};
#[derive(Clone, Debug)]
pub struct Term { pub name: String, pub mention: Span, pub definition: Span }
pub fn terms(_: &Contract, _: &ClauseTree) -> Vec<Term> { Vec::new() }
