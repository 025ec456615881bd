//! How alike two short texts are: headings with titles, misspelt names.

/// Likeness of two short texts from 0 to 1, capitals and punctuation aside. Not for texts over some 200 characters.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&folded(a), &folded(b))
}

/// The text in lower case, letters and figures only, single spaces.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The known name that is nearest to a misspelt one, for "did you mean".
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    crate::library::diagnostic::nearest(name, known)
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn headings_are_alike_whatever_their_case_and_marks() {
        assert!(likeness("5. AUDIT RIGHTS", "Audit rights") > likeness("Audit rights", "Term"));
        assert!((likeness("Audit Rights.", "audit rights") - 1.0).abs() < 1e-9);
    }
}
