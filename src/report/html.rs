//! The report as one HTML file: nothing is loaded, nothing is run, and every text is escaped by the template engine.

use super::order::Page;
use super::{Review, words};
use askama::Template as _;

#[derive(askama::Template)]
#[template(path = "report.html", config = "src/report/askama.toml")]
struct Html {
    page: Page,
}

/// The review as an HTML file.
#[must_use]
pub fn render(review: &Review) -> String {
    // Writing into a string cannot fail, and the template calls nothing that can.
    Html { page: Page::of(review) }.render().unwrap_or_default()
}
