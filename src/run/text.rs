//! `proviso text`: the text of a contract as it is judged.

use super::input::one_document;
use super::output::print;
use crate::cli::TextArgs;
use crate::error::Result;
use std::fmt::Write as _;

/// `proviso text`.
pub(super) fn text(args: &TextArgs) -> Result<u8> {
    let document = one_document(&args.contract)?;
    let contract = &document.contract;
    for note in &contract.notes {
        eprintln!("proviso: note: {note}");
    }
    if contract.text.trim().is_empty() {
        eprintln!("proviso: note: the document holds no text; if it is a scan, run text recognition first");
    }
    if !args.numbered {
        return print(&format!("{}\n", contract.text));
    }
    let mut out = String::with_capacity(contract.text.len() + contract.blocks.len() * 8);
    let mut at = 0;
    for block in &contract.blocks {
        out.push_str(&contract.text[at..block.span.start as usize]);
        if let Some(label) = &block.label {
            let _ = write!(out, "{label} ");
        }
        out.push_str(block.span.of(&contract.text));
        at = block.span.end as usize;
    }
    out.push_str(&contract.text[at..]);
    out.push('\n');
    print(&out)
}
