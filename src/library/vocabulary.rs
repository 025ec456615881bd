//! The vocabulary: word lists that the rules of all pages share (`clause-library/vocabulary.md`).
//!
//! A list is a level-two heading in CAPITALS and a paragraph of words and phrases parted by commas. CAPITALS within
//! a list take in another list. Lines that begin with `>` are remarks.

use super::diagnostic::Diagnostic;
use super::rule::{self, Expr};
use std::collections::BTreeMap;

/// Word lists by name.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Entries of each list.
    pub lists: BTreeMap<String, Vec<Expr>>,
}

impl Vocabulary {
    /// Reads a vocabulary file; lists of `self` by the same name are replaced.
    pub fn read(&mut self, text: &str, file: &str, out: &mut Vec<Diagnostic>) {
        let mut at = 0;
        let mut current: Option<String> = None;
        let mut fresh: BTreeMap<String, Vec<Expr>> = BTreeMap::new();
        let mut uses: Vec<(String, std::ops::Range<usize>)> = Vec::new();
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            if let Some(name) = line.strip_prefix("## ") {
                let name = name.trim();
                let range = start + 3..start + 3 + name.len();
                if !rule::is_list_name(name) {
                    out.push(Diagnostic::error(
                        file,
                        range,
                        format!("{name} is no name for a list"),
                        "CAPITALS, figures and hyphens",
                    ));
                } else if fresh.contains_key(name) {
                    out.push(Diagnostic::error(
                        file,
                        range,
                        format!("the list {name} is here twice"),
                        "join the two, or rename one",
                    ));
                } else {
                    fresh.insert(name.to_string(), Vec::new());
                }
                current = Some(name.to_string());
            } else if let Some(list) = current.as_ref().and_then(|c| fresh.get_mut(c)).filter(|_| is_entries(line)) {
                let goes_on = text[at..].lines().next().is_some_and(is_entries);
                let words = line.trim_end();
                if goes_on && !words.ends_with(',') {
                    let end = start + words.len();
                    let help = "a comma here, or the whole entry in one line";
                    out.push(Diagnostic::error(file, end - 1..end, "an entry does not go on in the next line", help));
                }
                entries(line, start, file, list, &mut uses, out);
            }
        }
        self.lists.extend(fresh);
        for (name, range) in uses {
            if !self.lists.contains_key(&name) {
                out.push(self.unknown(&name, file, range));
            }
        }
    }

    /// The mistake of naming a list that is not there.
    #[must_use]
    pub fn unknown(&self, name: &str, file: &str, at: std::ops::Range<usize>) -> Diagnostic {
        let near = super::diagnostic::nearest(name, self.lists.keys().map(String::as_str));
        let help = near.map_or_else(|| "expected a list of vocabulary.md".into(), |n| format!("did you mean {n}?"));
        Diagnostic::error(file, at, format!("there is no list {name}"), help)
    }
}

fn is_entries(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with(['>', '#', '<'])
}

fn entries(
    line: &str,
    start: usize,
    file: &str,
    list: &mut Vec<Expr>,
    uses: &mut Vec<(String, std::ops::Range<usize>)>,
    out: &mut Vec<Diagnostic>,
) {
    let mut at = start;
    for entry in line.split(',') {
        let text = entry.trim();
        let from = at + (entry.len() - entry.trim_start().len());
        at += entry.len() + 1;
        if text.is_empty() {
            continue;
        }
        if let Some(bad) = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '=' | '.'))) {
            let range = from + bad..from + bad + 1;
            out.push(Diagnostic::error(
                file,
                range,
                "a list holds plain words and phrases",
                "letters, figures, hyphens and commas between the entries",
            ));
            continue;
        }
        if rule::is_list_name(text) {
            uses.push((text.to_string(), from..from + text.len()));
            list.push(Expr::List(text.to_string()));
        } else {
            let expr = rule::plain_phrase(text);
            if let Expr::Phrase(items) = &expr {
                for (_, item) in items {
                    if let Expr::List(name) = item {
                        uses.push((name.clone(), from..from + text.len()));
                    }
                }
            }
            list.push(expr);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_take_words_phrases_and_other_lists() {
        let mut vocabulary = Vocabulary::default();
        let mut out = Vec::new();
        vocabulary.read("# V\n\n## NOTIFY\n> remark\nnotify, give notice,\nTELL\n\n## TELL\ntell\n", "v.md", &mut out);
        assert!(out.is_empty(), "{out:?}");
        assert_eq!(vocabulary.lists["NOTIFY"].len(), 3);
    }

    #[test]
    fn a_misspelt_list_is_shown_at_its_place() {
        let mut out = Vec::new();
        Vocabulary::default().read("## NOTIFY\nnotify, NOTFY\n", "v.md", &mut out);
        assert_eq!((out[0].at.clone(), out[0].help.as_str()), (18..23, "did you mean NOTIFY?"));
    }
}
