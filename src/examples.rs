//! Running the examples of provision pages: each text must get its verdict, and the preferred clause must be met.

mod mutate;

use crate::assess::finding::ElementStatus;
use crate::assess::{Document, Trace, assess, assess_for, explain};
use crate::clause::ClauseTree;
use crate::facts::Facts;
use crate::library::compile::PageFile;
use crate::library::diagnostic::Diagnostic;
use crate::library::page::{Example, Rank};
use crate::library::{Library, Provision, Status};
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
    out.diagnostics.extend(given_and_taken_back(file, library));
    out.diagnostics.extend(mutate::still_met(file, library));
    out.diagnostics.extend(idle(file, library));
    out
}

/// A met example with an adverse one after it gives and takes back, and is never met.
fn given_and_taken_back(file: &PageFile, library: &Library) -> Vec<Diagnostic> {
    let of = |status| file.page.examples.iter().filter(move |e| e.status == status);
    let mut out = Vec::new();
    for adverse in of(Status::Adverse) {
        for met in of(Status::Met) {
            let both = format!("{}\n\n{}", met.text, adverse.text);
            if status(&both, &file.page.id, library) == Some(Status::Met) {
                let message = format!("{}: after a met example this one is still judged met", file.page.id);
                out.push(Diagnostic::error(
                    &file.file,
                    adverse.at.clone(),
                    message,
                    "expected its wording to defeat or to weaken",
                ));
                break;
            }
        }
    }
    out
}

/// Elements that no example states: an error where the verdict needs them, else a warning; wordings that no example
/// exercises are warnings.
fn idle(file: &PageFile, library: &Library) -> Vec<Diagnostic> {
    let page = &file.page;
    let Some(provision) = library.provision(&page.id) else { return Vec::new() };
    let texts = page.examples.iter().map(|e| e.text.clone()).chain(page.positions.iter().map(|p| filled(&p.text)));
    let traces: Vec<Vec<Trace>> = texts
        .filter_map(|t| document(&t))
        .map(|d| explain(&[d], library, provision, &Limits::default()).unwrap_or_default())
        .collect();
    let mut out = Vec::new();
    let looked = page.elements.iter().chain(&page.patterns);
    for (n, one) in looked.enumerate() {
        let own: Vec<&Trace> = traces.iter().filter_map(|t| t.get(n)).collect();
        let at = one.rules.first().map_or(0..0, |r| r.1.clone());
        if own.iter().all(|t| t.status == ElementStatus::Missing) {
            let index = u16::try_from(n).unwrap_or(u16::MAX);
            let needed =
                n < page.elements.len() && page.core.elements().iter().chain(&page.met.elements()).any(|e| *e == index);
            let message = format!("{}: no example states {}", page.id, one.id);
            let mut diagnostic = Diagnostic::error(&file.file, at, message, "an example that does");
            diagnostic.warning = !needed;
            out.push(diagnostic);
            continue;
        }
        for (r, (_, at)) in one.rules.iter().enumerate() {
            let text = &library_rule(provision, n, r);
            if own.iter().all(|t| t.silent.contains(text)) {
                let message = format!("{}: no example exercises this wording of {}", page.id, one.id);
                let mut diagnostic = Diagnostic::error(&file.file, at.clone(), message, "an example that does");
                diagnostic.warning = true;
                out.push(diagnostic);
            }
        }
    }
    out
}

/// The text of a wording of the n-th element or adverse wording.
fn library_rule(provision: &Provision, n: usize, rule: usize) -> String {
    let all = provision.elements.iter().chain(&provision.patterns);
    all.into_iter().nth(n).and_then(|e| e.rules.get(rule)).map_or_else(String::new, |r| r.text.clone())
}

/// The status that a text gets for a provision.
#[must_use]
pub fn status(text: &str, id: &str, library: &Library) -> Option<Status> {
    let provision = library.provision(id)?;
    let judged = assess_for(&[document(text)?], library, &[provision], &Limits::default()).ok()?;
    judged.first().map(|f| f.status)
}

fn statuses(text: &str, library: &Library) -> Vec<(String, Status)> {
    let Some(document) = document(text) else { return Vec::new() };
    // Without a backstop nothing is given up.
    let findings = assess(&[document], library, &Limits::default()).unwrap_or_default();
    findings.into_iter().map(|f| (f.provision, f.status)).collect()
}

/// An example as a contract; none where it has no words.
fn document(text: &str) -> Option<Document> {
    let source = read(text.as_bytes(), Format::Markdown, &Limits::default()).ok()?;
    let contract = project(&source, View::Accepted);
    let tree = ClauseTree::new(&contract);
    let facts = Facts::new(&contract, &tree);
    Some(Document { path: "example.md".into(), contract, tree, facts })
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
    let adverse = usize::from(page.front.adverse);
    let wanted = [(Status::Met, 2), (Status::Partial, 2), (Status::Missing, 2), (Status::Adverse, adverse)];
    let (status, least) = wanted.into_iter().find(|(s, least)| count(*s) < *least)?;
    let at = file.text.find("## Examples").unwrap_or(0);
    let message = format!("{}: {} of its examples are {}", page.id, count(status), status.word());
    Some(Diagnostic::error(&file.file, at..at + 11, message, format!("expected at least {least}")))
}
