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
    /// List and show the laws, standards and house positions that contracts are judged by
    #[command(subcommand)]
    Profiles(ProfilesCommand),
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
    /// Laws and standards to judge by besides the house position (baseline); auto takes those that the contract's own
    /// words propose. See "proviso profiles list"
    #[arg(long, value_name = "ID", default_value = "baseline", value_delimiter = ',', help_heading = "What is judged")]
    pub profile: Vec<String>,
    /// Conditions of a profile that hold ("transfer-outside-eea")
    #[arg(long, value_name = "CONDITION", value_delimiter = ',', help_heading = "What is judged")]
    pub assume: Vec<String>,
    /// Which text of tracked changes is judged; both tells what hangs on them
    #[arg(long, value_enum, default_value_t = ViewsArg::Both, help_heading = "What is judged")]
    pub view: ViewsArg,
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

/// One contract, and how it is read.
#[derive(Debug, Args)]
pub struct ContractArgs {
    /// The contract; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
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

/// `proviso text`.
#[derive(Debug, Args)]
#[command(mut_arg("view", |view| view.help("Which text of tracked changes is printed")))]
pub struct TextArgs {
    /// Put the computed number in front of each paragraph
    #[arg(long)]
    pub numbered: bool,
    /// The contract.
    #[command(flatten)]
    pub contract: ContractArgs,
}

/// `proviso clauses`.
#[derive(Debug, Args)]
pub struct ClausesArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print the text of each clause too
    #[arg(long)]
    pub text: bool,
    /// Print what is known of the contract: kind, parties, terms, references, periods, what was not supplied
    #[arg(long)]
    pub facts: bool,
    /// The contract.
    #[command(flatten)]
    pub contract: ContractArgs,
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
#[command(mut_arg("view", |view| view.help("Which text of tracked changes is judged")))]
pub struct ExplainArgs {
    /// Id of the provision ("proviso library list" shows them)
    pub provision: String,
    /// A folder of pages that add to the library or replace pages of the same id
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// The contract.
    #[command(flatten)]
    pub contract: ContractArgs,
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
    /// Measure the library on labelled contracts: precision, recall and F1 per provision
    Evaluate(EvaluateArgs),
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

/// `proviso library evaluate`.
#[derive(Debug, Args)]
#[command(after_help = "\
A line of LABELS is a JSON object:
  {\"id\": \"file name without ending\", \"provision\": \"retention\", \"status\": \"met\"}
with met, partial, missing or adverse; \"elements\": {\"limited-period\": \"weak\"} and
\"parameters\": {\"deletion_days\": 30} may stand beside it.")]
pub struct EvaluateArgs {
    /// The labels, a JSON object a line
    #[arg(value_name = "LABELS")]
    pub labels: PathBuf,
    /// The folder of the contracts that are labelled
    #[arg(long, value_name = "FOLDER")]
    pub contracts: PathBuf,
    /// List at most so many disagreements
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub errors: usize,
    /// Where the library is taken from.
    #[command(flatten)]
    pub library: LibraryArg,
    /// Budgets.
    #[command(flatten)]
    pub limits: LimitArgs,
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

/// Which texts of tracked changes are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViewsArg {
    /// All changes accepted
    Accepted,
    /// All changes rejected
    Original,
    /// Both: an insertion does not count before it is accepted, a deletion is told
    Both,
}

/// `proviso profiles`.
#[derive(Debug, Subcommand)]
pub enum ProfilesCommand {
    /// List the profiles
    List(LibraryArg),
    /// Print what a profile asks for
    Show {
        /// Id of the profile
        #[arg(value_name = "ID")]
        profile: String,
        /// The library.
        #[command(flatten)]
        library: LibraryArg,
    },
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
