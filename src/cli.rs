//! The command line: types and help only.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads service agreements and says what data protection they lack.
#[derive(Debug, Parser)]
#[command(name = "proviso", version, about, long_about = LONG, after_help = EXAMPLES, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const LONG: &str = "Reads service agreements (.docx, .md, .html, .txt) and says what data protection they lack: for each \
provision of the clause library whether the contract addresses it, with the words that it rests on, and the clause text \
that closes the gap. Nothing leaves the machine. Not legal advice.";

const EXAMPLES: &str = "\
Examples:
  proviso review contract.docx                     what is missing, and the text to ask for
  proviso review contracts/ --format jsonl         a folder, one line per contract
  proviso review msa.docx --together dpa.docx      two files judged as one agreement
  proviso explain breach-notification contract.md  why that verdict
  proviso clauses contract.docx                    the clauses as they were understood

Exit codes: 0 no gap at or above --fail-on, 1 gaps, 2 something could not be read or the command is wrong.";

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Review contracts and report the gaps
    Review(ReviewArgs),
    /// Print the text of a contract as it is judged
    Text(TextArgs),
    /// Print the clauses of a contract as they were understood
    Clauses(ClausesArgs),
    /// Tell how a provision fared in a contract, wording by wording
    Explain(ExplainArgs),
    /// Look at, check, test and extend the clause library
    #[command(subcommand)]
    Library(LibraryCommand),
    /// Print the JSON Schema of the JSON report
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// `proviso review`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  proviso review contracts/ --format html --output report.html --fail-on critical")]
pub struct ReviewArgs {
    /// Contract files or folders; - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Laws to judge by; baseline is the house position
    #[arg(long, value_name = "ID", default_value = "baseline", help_heading = "What is judged")]
    pub profile: Vec<String>,
    /// Which text of tracked changes is judged
    #[arg(long, value_enum, default_value_t = ViewArg::Accepted, help_heading = "What is judged")]
    pub view: ViewArg,
    /// Files that are judged as one agreement with PATH
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "What is judged")]
    pub together: Vec<PathBuf>,
    /// Our side; assumed to be the customer's where not given
    #[arg(long, value_enum, value_name = "SIDE", help_heading = "What is judged")]
    pub we_are: Option<SideArg>,
    /// Format of standard input
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "What is judged")]
    pub format_in: Option<InputFormat>,
    /// A folder of pages that add to the library or replace pages of the same id
    #[arg(long, value_name = "DIR", help_heading = "What is judged")]
    pub library: Option<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = OutputFormat::Terminal, help_heading = "Report")]
    pub format: OutputFormat,
    /// File that the report goes to; - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "-", help_heading = "Report")]
    pub output: PathBuf,
    /// What the report holds
    #[arg(long, value_enum, default_value_t = Detail::All, help_heading = "Report")]
    pub detail: Detail,
    /// Lowest severity of a gap that gives exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::High, help_heading = "Report")]
    pub fail_on: FailOn,
    /// Do not count gaps that may be answered in documents not supplied
    #[arg(long, help_heading = "Report")]
    pub allow_unread: bool,
    /// Budgets.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `proviso text`.
#[derive(Debug, Args)]
pub struct TextArgs {
    /// The contract; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Put the computed number in front of each paragraph
    #[arg(long)]
    pub numbered: bool,
    /// Which text of tracked changes is printed
    #[arg(long, value_enum, default_value_t = ViewArg::Accepted)]
    pub view: ViewArg,
    /// Format of standard input
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format_in: Option<InputFormat>,
    /// Budgets.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `proviso clauses`.
#[derive(Debug, Args)]
pub struct ClausesArgs {
    /// The contract; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print the text of each clause too
    #[arg(long)]
    pub text: bool,
    /// Print what is known of the contract: kind, parties, terms, references, periods, what was not supplied
    #[arg(long)]
    pub facts: bool,
    /// Which text of tracked changes is read
    #[arg(long, value_enum, default_value_t = ViewArg::Accepted)]
    pub view: ViewArg,
    /// Format of standard input
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format_in: Option<InputFormat>,
    /// Budgets.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Budgets for one file. A file beyond one of them gets an error that names the flag; no contract comes near.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Limits for one file")]
pub struct LimitArgs {
    /// Entries of a Word package
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    pub max_entries: Option<usize>,
    /// Unpacked megabytes of a Word package; half of it for one part
    #[arg(long, value_name = "MB", hide_short_help = true)]
    pub max_inflated: Option<u32>,
    /// Unpacked size over packed size of a part beyond its first 8 MB
    #[arg(long, value_name = "TIMES", hide_short_help = true)]
    pub max_ratio: Option<u64>,
    /// Elements, quotes or lists within one another
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    pub max_depth: Option<usize>,
    /// Megabytes of one XML tag with its attributes
    #[arg(long, value_name = "MB", hide_short_help = true)]
    pub max_tag: Option<u32>,
    /// XML tags and references, or pieces of Markdown
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    pub max_events: Option<usize>,
    /// Megabytes of text
    #[arg(long, value_name = "MB", hide_short_help = true)]
    pub max_text: Option<u32>,
    /// Words
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    pub max_words: Option<usize>,
    /// Paragraphs
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    pub max_paragraphs: Option<usize>,
    /// Places weighed of one thing that a contract may say
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    pub max_places: Option<usize>,
    /// Seconds of wall-clock time, a backstop behind the counts above: the same file may meet it on one machine
    /// and not on another
    #[arg(long, value_name = "SECONDS", hide_short_help = true, value_parser = clap::value_parser!(u64).range(1..))]
    pub max_seconds: Option<u64>,
}

/// `proviso explain`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  proviso explain audit-rights contract.docx")]
pub struct ExplainArgs {
    /// Id of the provision ("proviso library list" shows them)
    pub provision: String,
    /// The contract; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A folder of pages that add to the library or replace pages of the same id
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Which text of tracked changes is judged
    #[arg(long, value_enum, default_value_t = ViewArg::Accepted)]
    pub view: ViewArg,
    /// Format of standard input
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format_in: Option<InputFormat>,
    /// Budgets.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `proviso library`.
#[derive(Debug, Subcommand)]
pub enum LibraryCommand {
    /// List the provisions
    List(LibraryArg),
    /// Print a page
    Show {
        /// Id of the provision.
        provision: String,
        /// Where the library is taken from.
        #[command(flatten)]
        library: LibraryArg,
    },
    /// Check that the pages can be read, and show each mistake at its line
    Check(LibraryFolder),
    /// Run the examples of the pages
    Test {
        /// Only these provisions.
        #[arg(long, value_name = "ID")]
        only: Vec<String>,
        /// Show warnings too: wordings that no example exercises
        #[arg(long)]
        warnings: bool,
        /// The library.
        #[command(flatten)]
        folder: LibraryFolder,
    },
    /// Write the skeleton of a page
    New {
        /// Id of the new provision.
        provision: String,
        /// The library folder
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Compile a library folder into the form that the program embeds
    Compile {
        /// The library folder
        #[arg(value_name = "DIR", default_value = "clause-library")]
        folder: PathBuf,
    },
}

/// Where the library is taken from.
#[derive(Debug, Args)]
pub struct LibraryArg {
    /// A folder of pages that add to the library or replace pages of the same id
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// A library folder, or the embedded library.
#[derive(Debug, Args)]
pub struct LibraryFolder {
    /// The library folder; without it the library in the program
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Which text of tracked changes is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViewArg {
    /// All changes accepted
    Accepted,
    /// All changes rejected
    Original,
}

/// Our side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SideArg {
    /// We receive the service
    Customer,
    /// We provide it
    Vendor,
    /// Either
    Both,
}

/// Format of standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Word
    Docx,
    /// Markdown
    Md,
    /// HTML
    Html,
    /// Plain text
    Txt,
}

/// Form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// Text for the terminal
    Terminal,
    /// Markdown
    Markdown,
    /// One JSON object
    Json,
    /// A JSON line per contract, then a summary line
    Jsonl,
    /// One self-contained HTML page
    Html,
}

/// What the report holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Detail {
    /// Every provision
    All,
    /// Leave out what is addressed or does not apply
    Gaps,
}

/// Lowest severity that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Critical gaps only
    Critical,
    /// High and above
    High,
    /// Medium and above
    Medium,
    /// Any gap
    Low,
    /// Never
    Never,
}
