//! stub
use crate::{clause::ClauseTree, source::Contract, span::Span};
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind { Other }
impl DocumentKind { pub fn title(self) -> &'static str { "document" } pub fn id(self) -> &'static str { "other" } }
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relationship { Unknown }
#[derive(Clone, Debug, Default)]
pub struct Handles { pub personal_data: Option<Span>, pub phi: Option<Span>, pub cardholder_data: Option<Span>, pub eu_uk_transfers: Option<Span>, pub customs: Option<Span> }
#[derive(Clone, Debug, Default)]
pub struct KeyFacts { pub term: Option<Span>, pub governing_law: Option<Span>, pub precedence: Option<Span>, pub liability_cap: Option<Span> }
pub fn kind(_: &Contract, _: &ClauseTree) -> (DocumentKind, Option<Span>) { (DocumentKind::Other, None) }
pub fn relationship(_: &Contract, _: &ClauseTree) -> (Relationship, Option<Span>) { (Relationship::Unknown, None) }
pub fn title(_: &Contract, _: &ClauseTree) -> Option<Span> { None }
pub fn handles(_: &Contract) -> Handles { Handles::default() }
pub fn key_facts(_: &Contract, _: &ClauseTree) -> KeyFacts { KeyFacts::default() }
