//! Matching: which wordings of the library stand where in a contract. It finds; `assess` judges what it found.

mod evaluate;
pub mod stream;

pub use evaluate::{Evaluator, Match};
pub use stream::{Stream, Window, WindowId};
