//! Mutations: a met example whose duties are negated, made permissions, cut back to efforts, or put on the other party is
//! no longer met. A verdict that does not fall reads less than it seems to.

use super::status;
use crate::library::compile::PageFile;
use crate::library::diagnostic::Diagnostic;
use crate::library::page::{By, Reading};
use crate::library::{Library, Provision, Status};

/// A change of a text.
struct Mutation {
    /// What it does.
    name: &'static str,
    /// The text of a duty in place of its modal verb and the "not" that may follow; none leaves it.
    change: fn(modal: &str, negated: bool) -> Option<String>,
    /// Whether elements read so say by themselves that the change makes no difference.
    excused: fn(&Reading) -> bool,
}

const MUTATIONS: [Mutation; 3] = [
    Mutation {
        name: "every duty negated",
        change: |modal, negated| Some(if negated { modal.to_string() } else { format!("{modal} not") }),
        excused: |r| r.negation,
    },
    Mutation {
        name: "every duty made a permission",
        change: |_, negated| (!negated).then(|| "may".to_string()),
        excused: |r| r.may || r.by != By::Vendor,
    },
    Mutation {
        name: "every duty cut back to efforts",
        change: |modal, negated| (!negated).then(|| format!("{modal} use reasonable efforts to")),
        excused: |r| r.efforts || r.by != By::Vendor,
    },
];

/// Met examples that are met still when a mutation has taken the duty out of them.
pub(super) fn still_met(file: &PageFile, library: &Library) -> Vec<Diagnostic> {
    let page = &file.page;
    let Some(provision) = library.provision(&page.id) else { return Vec::new() };
    let mut out = Vec::new();
    for example in page.examples.iter().filter(|e| e.status == Status::Met) {
        for mutation in MUTATIONS.iter().filter(|m| !core(provision, m.excused)) {
            let Some(text) = mutated(&example.text, mutation) else { continue };
            if status(&text, &page.id, library) == Some(Status::Met) {
                let message = format!("{}: with {} this example is still judged met", page.id, mutation.name);
                out.push(Diagnostic::error(&file.file, example.at.clone(), message, "expected the verdict to fall"));
            }
        }
    }
    out
}

/// Whether any element that makes the provision found is read so.
fn core(provision: &Provision, test: fn(&Reading) -> bool) -> bool {
    provision.core.elements().iter().any(|e| provision.elements.get(usize::from(*e)).is_some_and(|e| test(&e.reading)))
}

/// A text in which every sentence states its duty with "shall", "will" or "must", changed; none where one states it
/// otherwise, which would go on stating it.
fn mutated(text: &str, mutation: &Mutation) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 64);
    let mut changed = false;
    let mut words = text.split_inclusive(char::is_whitespace).peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end();
        if !matches!(bare, "shall" | "will" | "must") {
            out.push_str(word);
            continue;
        }
        let negated = words.peek().is_some_and(|next| next.trim_end() == "not");
        match (mutation.change)(bare, negated) {
            Some(put) => {
                changed = true;
                if negated {
                    words.next();
                }
                out.extend([put.as_str(), " "]);
            }
            None => out.push_str(word),
        }
    }
    // "shall at no time be sent without encryption": a second "not" would turn it into its opposite.
    let denies = |w: &str| {
        matches!(w.trim_matches(|c: char| !c.is_alphabetic()), "no" | "without" | "never" | "otherwise" | "only")
    };
    if text.split_whitespace().any(denies) {
        return None;
    }
    let sentences = text.split(['.', ';']).filter(|s| s.split_whitespace().count() > 3);
    let dutiful = sentences.clone().filter(|s| s.split_whitespace().any(|w| matches!(w, "shall" | "will" | "must")));
    (changed && dutiful.count() == sentences.count()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_duty_of_a_text_is_changed_and_a_text_with_another_kind_of_sentence_is_left() {
        let of = |text: &str| MUTATIONS.iter().map(|m| mutated(text, m)).collect::<Vec<_>>();
        let text = "Supplier shall encrypt all data.";
        let want = [
            "Supplier shall not encrypt all data.",
            "Supplier may encrypt all data.",
            "Supplier shall use reasonable efforts to encrypt all data.",
        ];
        assert_eq!(of(text), want.map(|w| Some(w.to_string())));
        assert_eq!(of("Supplier shall not sell data.")[..2], [Some("Supplier shall sell data.".into()), None]);
        assert_eq!(of("Supplier shall encrypt data. Disks are encrypted as well."), [None, None, None]);
    }
}
