//! stub
use crate::{clause::ClauseTree, source::Contract, span::Span};
#[derive(Clone, Debug)]
pub struct Incorporated { pub what: String, pub quote: Span }
pub fn incorporated(_: &Contract, _: &ClauseTree) -> Vec<Incorporated> { Vec::new() }
pub fn placeholders(_: &Contract) -> Vec<Span> { Vec::new() }
pub fn unticked(_: &Contract) -> Vec<Span> { Vec::new() }
