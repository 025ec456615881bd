//! Running the examples of provision pages: each text must get its verdict, and the preferred clause must be met.

use crate::assess::{Document, assess};
use crate::clause::ClauseTree;
use crate::facts::Facts;
use crate::library::compile::PageFile;
use crate::library::diagnostic::Diagnostic;
use crate::library::page::{Example, Rank};
use crate::library::{Library, Status};
use crate::source::{Format, Limits, View, project, read};

/// What came of the examples of one page.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Examples run, the preferred clause included.
    pub run: usize,
    /// Unseen texts run and passed.
    pub unseen: (usize, usize),
    /// Examples with another verdict, and rules that the page does not need.
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs the examples of one page.
#[must_use]
pub fn run(file: &PageFile, library: &Library) -> Outcome {
    let mut out = Outcome::default();
    let id = file.page.id.as_str();
    for example in &file.page.examples {
        out.run += 1;
        if let Some(got) = mismatch(example, id, library) {
            out.diagnostics.push(wrong(file, example, got));
        }
        out.diagnostics.extend(also_met(file, example, library));
    }
    for example in &file.page.unseen {
        out.unseen.0 += 1;
        match mismatch(example, id, library) {
            Some(got) => {
                let mut diagnostic = wrong(file, example, got);
                diagnostic.warning = true;
                out.diagnostics.push(diagnostic);
            }
            None => out.unseen.1 += 1,
        }
    }
    out.run += 1;
    out.diagnostics.extend(preferred(file, library));
    out.diagnostics.extend(counts(file));
    out
}

/// The status that a text gets for a provision.
#[must_use]
pub fn status(text: &str, id: &str, library: &Library) -> Option<Status> {
    statuses(text, library).into_iter().find(|(p, _)| p == id).map(|(_, s)| s)
}

fn statuses(text: &str, library: &Library) -> Vec<(String, Status)> {
    let Ok(source) = read(text.as_bytes(), Format::Markdown, &Limits::default()) else { return Vec::new() };
    let contract = project(&source, View::Accepted);
    let tree = ClauseTree::new(&contract);
    let facts = Facts::new(&contract, &tree);
    let document = Document { path: "example.md".into(), contract, tree, facts };
    assess(&[document], library).into_iter().map(|f| (f.provision, f.status)).collect()
}

fn mismatch(example: &Example, id: &str, library: &Library) -> Option<Status> {
    status(&example.text, id, library).filter(|got| *got != example.status)
}

fn wrong(file: &PageFile, example: &Example, got: Status) -> Diagnostic {
    let message = format!("{}: this example is judged {}", file.page.id, got.word());
    Diagnostic::error(&file.file, example.at.clone(), message, format!("expected {}", example.status.word()))
}

/// A text that is met here and met for another provision that the page does not name: one of the two is too lax.
fn also_met(file: &PageFile, example: &Example, library: &Library) -> Option<Diagnostic> {
    if example.status != Status::Met {
        return None;
    }
    let page = &file.page;
    let others = statuses(&example.text, library).into_iter().filter(|(id, s)| *s == Status::Met && *id != page.id);
    let strange: Vec<String> = others.map(|(id, _)| id).filter(|id| !page.front.also_met.contains(id)).collect();
    if strange.is_empty() {
        return None;
    }
    let message = format!("{}: this example is also judged met for {}", page.id, strange.join(", "));
    Some(Diagnostic::error(&file.file, example.at.clone(), message, "name it under also_met, or make a rule stricter"))
}

/// The preferred clause, filled with usual names, must be met.
fn preferred(file: &PageFile, library: &Library) -> Option<Diagnostic> {
    let position = file.page.positions.iter().find(|p| p.rank == Rank::Preferred)?;
    let text = filled(&position.text);
    let got = status(&text, &file.page.id, library)?;
    let at = file.text.find("### Preferred").unwrap_or(0);
    (got != Status::Met).then(|| {
        let message = format!("{}: the preferred clause, filled in, is judged {}", file.page.id, got.word());
        Diagnostic::error(&file.file, at..at + 13, message, "expected met")
    })
}

/// A clause text with usual names in its slots and the proposed figures in its brackets.
#[must_use]
pub fn filled(text: &str) -> String {
    text.replace("{vendor}", "the Supplier")
        .replace("{customer}", "the Customer")
        .replace("{data}", "Customer Personal Data")
        .replace("{agreement}", "this Agreement")
        .replace(['[', ']'], "")
}

/// The page must show enough: two met, one partial, two missing, and an adverse one where the row allows it.
fn counts(file: &PageFile) -> Option<Diagnostic> {
    let page = &file.page;
    let count = |status| page.examples.iter().filter(|e| e.status == status).count();
    let adverse = if page.front.adverse { 1 } else { 0 };
    let wanted = [(Status::Met, 2), (Status::Partial, 2), (Status::Missing, 2), (Status::Adverse, adverse)];
    let (status, least) = wanted.into_iter().find(|(s, least)| count(*s) < *least)?;
    let at = file.text.find("## Examples").unwrap_or(0);
    let message = format!("{}: {} of its examples are {}", page.id, count(status), status.word());
    Some(Diagnostic::error(&file.file, at..at + 11, message, format!("expected at least {least}")))
}
