//! stub
use crate::{clause::ClauseTree, source::Contract, span::Span};
#[derive(Clone, Debug)]
pub struct Reference { pub span: Span, pub label: String, pub clause: Option<u32> }
pub fn references(_: &Contract, _: &ClauseTree) -> Vec<Reference> { Vec::new() }
