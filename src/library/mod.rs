pub mod diagnostic;
pub mod inflect;
pub mod rule;
