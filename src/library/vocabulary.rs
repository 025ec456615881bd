//! The vocabulary: word lists that the rules of all pages share (`clause-library/vocabulary.md`).
//!
//! A list is a level-two heading in CAPITALS and a paragraph of words and phrases parted by commas. CAPITALS within
//! a list take in another list. Lines that begin with `>` are remarks.

use super::diagnostic::{Diagnostic, meant};
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
                    out.push(Diagnostic::error(file, range, format!("{name} is no name for a list"), NAME));
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
                for (entry, range) in entries(line, start) {
                    match entry {
                        Ok(entry) => {
                            uses.extend(lists_in(&entry).into_iter().map(|name| (name, range.clone())));
                            list.push(entry);
                        }
                        Err((message, help)) => out.push(Diagnostic::error(file, range, message, help)),
                    }
                }
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
        let help = meant(name, self.lists.keys().map(String::as_str), "expected a list of vocabulary.md");
        Diagnostic::error(file, at, format!("there is no list {name}"), help)
    }
}

fn is_entries(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with(['>', '#', '<'])
}

/// What is expected of the name of a list.
pub(super) const NAME: &str = "CAPITALS, figures and hyphens";

/// An entry, or what is wrong with it and the remedy.
type Entry = Result<Expr, (&'static str, &'static str)>;

/// The entries of text that begins at `start`, parted by commas, each with its place.
pub(super) fn entries(text: &str, start: usize) -> Vec<(Entry, std::ops::Range<usize>)> {
    let mut at = start;
    let mut out = Vec::new();
    for entry in text.split(',') {
        let words = entry.trim();
        let from = at + (entry.len() - entry.trim_start().len());
        at += entry.len() + 1;
        if words.is_empty() {
            continue;
        }
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '=' | '.' | '\n' | '\r');
        if let Some(bad) = words.find(|c: char| !plain(c)) {
            let help = "letters, figures, hyphens and commas between the entries";
            out.push((Err(("a list holds plain words and phrases", help)), from + bad..from + bad + 1));
            continue;
        }
        let expr = if rule::is_list_name(words) { Expr::List(words.to_string()) } else { rule::plain_phrase(words) };
        out.push((Ok(expr), from..from + words.len()));
    }
    out
}

/// The lists that an entry names.
fn lists_in(entry: &Expr) -> Vec<String> {
    let list = |e: &Expr| if let Expr::List(name) = e { Some(name.clone()) } else { None };
    match entry {
        Expr::Phrase(items) => items.iter().filter_map(|(_, item)| list(item)).collect(),
        other => list(other).into_iter().collect(),
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
