//! Proviso reads service agreements and says what data protection they lack.
//!
//! This page is the architecture. A contract goes one way through it, as plain data between stages; no stage knows
//! the one that made its input:
//!
//! ```text
//! bytes ─ source::read ─▶ Source ─ source::project(view) ─▶ Contract ─ clause ─▶ ClauseTree ─ facts ─▶ Facts
//!         (docx, markdown, html, txt)                        (text, blocks)      (labels, units)     (parties, terms, periods)
//!
//!       ─ matching ─▶ Match ─ assess ─▶ Finding ─ suggest ─▶ Suggestion ─ report ─▶ text, Markdown, HTML, JSON
//!         (library, compiled once)
//! ```
//!
//! [`review::review`] is that line in code, for one contract or for several judged as one; [`run`] is the table of
//! contents of the program, a file per subcommand.
//!
//! # Code map
//!
//! - [`source`]: what the bytes hold, before any view of tracked changes ([`source::Source`]), and the text that a view
//!   shows ([`source::Contract`]). Text is rendered text, without markup and without computed numbers; numbers are a
//!   field of each block. Readers know nothing of clauses.
//! - [`clause`]: labels (`grammar/label.pest`), the tree, sentences with what they are good for, and units: a paragraph
//!   or an item with its lead-ins, so that "(a) notify ..." reads "The Processor shall notify ...".
//! - [`facts`]: language, kind of document, parties and roles with the reason, defined terms, cross-references, periods
//!   (`grammar/period.pest`), what is referred to and not supplied.
//! - [`library`]: provision pages (Markdown, for lawyers), the vocabulary, the rule language (`grammar/rule.pest`), and
//!   the compiled form: a graph of nodes in which equal parts of rules are one.
//! - [`matching`]: words in windows (a sentence with its lead-ins), and the evaluation of each node once per contract,
//!   as sorted lists that are merged. No regular expression, no pass per rule.
//! - [`assess`]: what a match says (whose duty, negation, permission, efforts), anchors and scopes, adverse wording,
//!   formulas, and the findings.
//! - [`suggest`]: the clause text for a gap in the contract's own names.
//! - [`report`]: one file per format over the same data. [`batch`]: from arguments to files. [`cli`]: types and help.
//!   [`examples`]: the tests that pages hold. [`evaluate`]: how verdicts and a person's labels agree.
//!
//! # Invariants
//!
//! 1. The same input, library, options and version give the same bytes. No clock, no absolute path.
//! 2. Readers never fail on odd content and never panic; only "this is not a contract file" is an error. Limits are
//!    counts with names and reasons ([`source::limits`]).
//! 3. The same agreement as Markdown and as DOCX gives the same clause tree and findings.
//! 4. Every word of a file is in the text, or a note says what was left out.
//! 5. Every quote is `text[start..end]`.
//! 6. A module uses only what stands left of it (`tests/layers.rs` holds the order): span, error; word; source and
//!    library, which do not know each other; clause; facts; matching; assess; suggest; report; review; examples,
//!    clauses, evaluate; batch, cli; run; main.
//! 7. One package, one place: pest in the three grammars' readers, pulldown-cmark in the Markdown reader and the page
//!    parser, strsim where short names are compared, askama in reports, clap in the command line. docx-rs only writes:
//!    its reader hangs, aborts or returns nothing on files that users have.
//! 8. Nothing leaves the machine.
//!
//! # Decisions
//!
//! - Words match by inflection, never by a stem that merges customer with customs (`library::inflect`).
//! - A rule matches within one sentence and its lead-ins; what spans sentences is said by an element's anchor and scope.
//!   So every hit has a quote of a sentence, and a figure never counts far from the duty that it limits.
//! - Party, negation and efforts are read by the engine for every wording alike, not by each rule.
//! - A text without clauses has scopes all the same: some sentences around the anchor.

pub mod assess;
pub mod batch;
pub mod clause;
mod clauses;
pub mod cli;
pub mod error;
pub mod evaluate;
pub mod examples;
pub mod facts;
pub mod library;
pub mod matching;
pub mod report;
pub mod review;
pub mod run;
pub mod source;
pub mod span;
pub mod suggest;
pub mod word;
