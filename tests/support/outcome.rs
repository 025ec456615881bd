//! What every read of odd bytes is held to: a document that is sound, or an error with its remedy.

use proviso::clause::ClauseTree;
use proviso::error::Error;
use proviso::facts::Facts;
use proviso::source::{Contract, Format, Limits, View, project, read};

/// Reads bytes through all that needs no library, in both views, and holds the result to the invariants.
pub fn outcome(bytes: &[u8], format: Format) -> Result<Contract, Error> {
    within(bytes, format, &Limits::default())
}

/// The same within other limits.
pub fn within(bytes: &[u8], format: Format, limits: &Limits) -> Result<Contract, Error> {
    let source = read(bytes, format, limits).inspect_err(|e| {
        assert!(!e.reason.is_empty() && !e.remedy.is_empty(), "{e:?}");
    })?;
    for view in [View::Original, View::Accepted] {
        let contract = project(&source, view);
        let tree = ClauseTree::new(&contract);
        let _ = Facts::new(&contract, &tree);
        assert_sound(&contract, &tree);
    }
    Ok(project(&source, View::Accepted))
}

/// Spans lie within the text, in order, on character boundaries.
fn assert_sound(contract: &Contract, tree: &ClauseTree) {
    let text = &contract.text;
    let spans = contract.blocks.iter().map(|b| b.span).chain(tree.sentences.iter().map(|s| s.span));
    for span in spans.chain(tree.units.iter().map(|u| u.own)) {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {}", text.len());
    }
    assert!(contract.blocks.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    assert!(contract.origins.windows(2).all(|w| w[0].0 <= w[1].0));
}

/// Whether a note holds these words.
pub fn noted(contract: &Contract, words: &str) -> bool {
    contract.notes.iter().any(|n| n.contains(words))
}
