//! Proviso

pub mod assess;
pub mod batch;
pub mod clause;
mod clauses;
pub mod cli;
pub mod error;
pub mod examples;
pub mod facts;
pub mod library;
pub mod matching;
pub mod report;
pub mod review;
pub mod run;
pub mod source;
pub mod span;
pub mod suggest;
pub mod word;
