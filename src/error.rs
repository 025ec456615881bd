//! Errors that a user can act on. Each says what is wrong and what to do; the file is named by whoever opened it.

/// Why a file, a page or an option could not be used, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; {remedy}")]
pub struct Error {
    /// What was found, in the user's words ("the file is an old Word document (.doc)").
    pub reason: String,
    /// What to do about it ("save it as .docx").
    pub remedy: String,
}

impl Error {
    /// An error from its two halves.
    pub fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into() }
    }

    /// The same error with the file (or other thing) that it is about in front.
    #[must_use]
    pub fn about(self, what: &str) -> Self {
        Self { reason: format!("{what}: {}", self.reason), remedy: self.remedy }
    }
}

/// A value, or an [`Error`] with its remedy.
pub type Result<T> = std::result::Result<T, Error>;

/// `items` as a user reads a choice: "a, b or c".
#[must_use]
pub fn one_of(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_string(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}
