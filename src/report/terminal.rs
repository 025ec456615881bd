//! stub
use super::Review;
/// stub
#[must_use]
pub fn render(_review: &Review) -> String { String::new() }
