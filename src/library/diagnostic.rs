//! Mistakes in library files, shown in the file: the line, underlined, and what was expected.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// A mistake in a page, the vocabulary or a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the user named it.
    pub file: String,
    /// Bytes of the file that are wrong.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was expected, or what to do.
    pub help: String,
    /// Whether it is only a warning.
    pub warning: bool,
}

impl Diagnostic {
    /// An error at some bytes of a file.
    pub fn error(file: &str, at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { file: file.into(), at, message: message.into(), help: help.into(), warning: false }
    }

    /// The mistake drawn into `source`, the file's text.
    #[must_use]
    pub fn render(&self, source: &str, colour: bool) -> String {
        let start = floor(source, self.at.start.min(source.len()));
        let end = floor(source, self.at.end.clamp(start, source.len()));
        let level = if self.warning { Level::WARNING } else { Level::ERROR };
        let mut annotation = AnnotationKind::Primary.span(start..end.max(start));
        if !self.help.is_empty() {
            annotation = annotation.label(self.help.as_str());
        }
        let snippet = Snippet::source(source).path(self.file.as_str()).annotation(annotation);
        let report: [Group; 1] = [level.primary_title(self.message.as_str()).element(snippet)];
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&report)
    }

    /// The line (from 1) that the mistake begins on.
    #[must_use]
    pub fn line(&self, source: &str) -> usize {
        source[..floor(source, self.at.start.min(source.len()))].matches('\n').count() + 1
    }
}

fn floor(source: &str, mut at: usize) -> usize {
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The remedy for a misspelt name: the known one that is nearest, else `otherwise`.
#[must_use]
pub fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(name, known).map_or_else(|| otherwise.into(), |near| format!("did you mean {near}?"))
}

/// The known name that is nearest to a misspelt one, for "did you mean".
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|k| (strsim::levenshtein(name, k), k))
        .filter(|(distance, k)| *distance <= k.len().max(3) / 3)
        .min()
        .map(|(_, k)| k)
}
