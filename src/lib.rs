//! Proviso
pub mod error;
pub mod source;
pub mod span;
pub mod word;
pub mod clause;
pub mod library;
