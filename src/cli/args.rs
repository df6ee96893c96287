//! What can be typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::hit_options::HitOptions;
use super::kwic::KwicOptions;
use crate::render::ListFormat;
use crate::search::FacetField;

/// Full-text search over news archives.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, max_term_width = 80)]
#[command(after_help = "Exit status: 0 done, 1 nothing found, 2 wrong usage or failure.")]
pub(super) struct Arguments {
    /// Folder of the index [default: index]
    #[arg(short, long, global = true, value_name = "DIR", env = "DATELINE_INDEX")]
    pub(super) index: Option<PathBuf>,

    /// When to use colour
    #[arg(long = "color", global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) colour: When,

    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Bring the index up to date with a folder of saved pages
    Index(IndexOptions),
    /// Answer a question with ranked hits
    Search(SearchOptions),
    /// Print every place that answers a question, with the words around it
    Kwic(KwicOptions),
    /// Print an article with all that is known of it
    Show(ShowOptions),
    /// Print what indexing would make of files, one JSON line an article
    Extract(ExtractOptions),
    /// Count the values of a field in the articles that match a question
    Facets(FacetsOptions),
    /// Say what is in the index
    Stats(StatsOptions),
    /// List every input that gave no article, with the reason
    Rejects(RejectsOptions),
    /// Say whether the index is sound, and how to get back if it is not
    Verify(VerifyOptions),
    /// Make the index as small and fast as it can be
    Compact(CompactOptions),
    /// Take articles out of the index for good
    Delete(DeleteOptions),
    /// List the keys of JSON and table records that are known, by field
    Keys(KeysOptions),
    /// Answer a file of questions
    Batch(BatchOptions),
}

/// Which files are read, and how they become articles.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which files, and how they are read")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that can be typed")]
pub(super) struct ReadingOptions {
    /// Read the files that this one lists, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,

    /// In that list, a zero byte ends each name
    #[arg(short = '0', long = "null", requires = "files_from")]
    pub(super) null: bool,

    /// Only files that match, or with `!` all others; can be given more than once
    #[arg(short, long, value_name = "GLOB", allow_hyphen_values = true)]
    pub(super) glob: Vec<String>,

    /// Read hidden files and folders too
    #[arg(long)]
    pub(super) hidden: bool,

    /// Follow links to folders
    #[arg(short = 'L', long)]
    pub(super) follow: bool,

    /// Disregard .ignore and .gitignore files
    #[arg(long)]
    pub(super) no_ignore: bool,

    /// A program that is given a file and writes its text, for what dateline cannot read
    #[arg(long, value_name = "COMMAND")]
    pub(super) pre: Option<PathBuf>,

    /// The files that this program is for, such as `*.pdf` [default: all]
    #[arg(long, value_name = "GLOB", requires = "pre")]
    pub(super) pre_glob: Vec<String>,

    /// The name of what comes from standard input, given as the path `-`
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub(super) stdin_name: String,

    /// The largest article, such as 16MB: more of a page is cut off and marked
    #[arg(long, value_name = "SIZE", default_value = "16MB", value_parser = size)]
    pub(super) max_article: u64,

    /// The most time that one article may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(super) article_time: u64,

    /// Which key of JSON records holds a field, such as `story=body` or `meta.pub=date`
    #[arg(long, value_name = "KEY=FIELD")]
    pub(super) map: Vec<String>,

    /// Take the text as it stands, without cleaning it
    #[arg(long)]
    pub(super) no_clean: bool,

    /// Clean each page by itself, without learning what its publisher repeats on others
    #[arg(long)]
    pub(super) no_learn: bool,

    /// Keep pages that are no article, such as front pages and lists of search results
    #[arg(long, conflicts_with = "no_clean")]
    pub(super) keep_all: bool,
}

/// A number of bytes: `500KB`, `2GB`, `1GiB`, `4096`.
fn size(text: &str) -> Result<u64, String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..end].parse().map_err(|_| "a number of bytes, such as 512MB")?;
    let (thousand, unit) = match text[end..].trim().to_ascii_lowercase() {
        unit if unit.ends_with("ib") => (1024_u64, unit[..unit.len() - 2].to_owned()),
        unit => (1000, unit.trim_end_matches('b').to_owned()),
    };
    let power = match unit.as_str() {
        "" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        _ => return Err("a unit such as KB, MB, GB, or MiB".into()),
    };
    number.checked_mul(thousand.pow(power)).ok_or_else(|| "it is too large".into())
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that can be typed")]
pub(super) struct IndexOptions {
    /// Folders and files to index, `-` for standard input [default: corpus]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Read everything anew; the old index answers until the new one is complete
    #[arg(long)]
    pub(super) rebuild: bool,

    /// With --rebuild: forget what was learned of sites, and learn it from all that is there now
    #[arg(long, requires = "rebuild", conflicts_with = "no_learn")]
    pub(super) relearn: bool,

    /// Hash files whose size and time are unchanged, instead of trusting those
    #[arg(long)]
    pub(super) verify: bool,

    /// Keep the articles of files that are gone; else those of a folder that is given go, those
    /// of a single file stay
    #[arg(long)]
    pub(super) no_prune: bool,

    /// Go on as files arrive and change, until stopped
    #[arg(long)]
    pub(super) watch: bool,

    /// Threads that clean articles [default: one a core]
    #[arg(short = 'j', long, value_name = "N")]
    pub(super) threads: Option<usize>,

    /// The most memory that the process may take, such as 512MB or 4GB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = size)]
    pub(super) memory: u64,

    /// How to print the report
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,

    /// No progress and no report
    #[arg(short, long)]
    pub(super) quiet: bool,

    #[command(flatten)]
    pub(super) reading: ReadingOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    Table,
    Json,
}

#[derive(Args, Debug)]
pub(super) struct SearchOptions {
    /// The question; it needs no quotes around it. Options stand before it
    #[arg(value_name = "QUERY", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(super) query: Vec<String>,

    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub(super) sort: SortOrder,

    /// Articles with any of the words match, best first
    #[arg(long)]
    pub(super) any: bool,

    #[command(flatten)]
    pub(super) hits: HitOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SortOrder {
    Relevance,
    /// Oldest first, undated last
    #[value(alias = "oldest")]
    Date,
    /// Newest first, undated last
    #[value(name = "-date", alias = "newest")]
    MinusDate,
    /// Fewest words first
    #[value(alias = "shortest")]
    Length,
    /// Most words first
    #[value(name = "-length", alias = "longest")]
    MinusLength,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum HitFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Tsv,
    Markdown,
    Paths,
    Ids,
    Trec,
    Bibtex,
    Ris,
    CslJson,
}

#[derive(Args, Debug)]
pub(super) struct ShowOptions {
    /// An id, the start of one, or the path of a file
    #[arg(value_name = "ID|PATH", required = true)]
    pub(super) wanted: Vec<String>,

    /// How to print the article
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,

    /// Tell why it has the date that it has: every date found, and what became of it
    #[arg(long)]
    pub(super) why_date: bool,
}

#[derive(Args, Debug)]
pub(super) struct ExtractOptions {
    /// Folders and files to read, `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub(super) paths: Vec<PathBuf>,

    /// Give what was taken off each page as well, as `removed`
    #[arg(long, conflicts_with = "trace")]
    pub(super) removed: bool,

    /// Print block by block what became of each page instead of its article
    #[arg(long)]
    pub(super) trace: bool,

    #[command(flatten)]
    pub(super) reading: ReadingOptions,
}

#[derive(Args, Debug)]
pub(super) struct FacetsOptions {
    /// The field
    #[arg(value_name = "FIELD", value_parser = facet_field())]
    pub(super) field: FacetField,

    /// The question; all articles without one. Options stand before it
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Vec<String>,

    /// Articles with any of the words match
    #[arg(long)]
    pub(super) any: bool,

    /// How many values to show; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    pub(super) limit: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ListFormatName,
}

/// The fields by their names.
fn facet_field() -> impl TypedValueParser<Value = FacetField> {
    let names = FacetField::ALL.iter().map(|field| field.name());
    PossibleValuesParser::new(names)
        .try_map(|name| FacetField::from_name(&name).ok_or("no such field"))
}

#[derive(Args, Debug)]
pub(super) struct StatsOptions {
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
}

#[derive(Args, Debug)]
pub(super) struct VerifyOptions {
    /// Compare every file that was indexed with what was read of it, too
    #[arg(long)]
    pub(super) sources: bool,

    /// Drop what is unsound, so that the next `dateline index` reads only that again
    #[arg(long, conflicts_with = "sources")]
    pub(super) repair: bool,

    /// How to print what is found
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
}

#[derive(Args, Debug)]
pub(super) struct CompactOptions {
    /// How to print the report
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
}

// There is no way to name all by naming none.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("which").required(true).multiple(true))]
pub(super) struct DeleteOptions {
    /// All articles that match this question; quote one that begins with `-`
    #[arg(value_name = "QUERY", group = "which", conflicts_with_all = ["path", "url"])]
    pub(super) query: Vec<String>,

    /// All articles of this file, or of the files below this folder; can be given more than once
    #[arg(long, value_name = "PATH", group = "which")]
    pub(super) path: Vec<PathBuf>,

    /// All articles at this address; can be given more than once
    #[arg(long, value_name = "URL", group = "which")]
    pub(super) url: Vec<String>,

    /// Only say what would be deleted
    #[arg(long)]
    pub(super) dry_run: bool,

    /// How to print the report
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
}

#[derive(Args, Debug)]
pub(super) struct KeysOptions {
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
}

#[derive(Args, Debug)]
pub(super) struct RejectsOptions {
    /// How to print the list
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ListFormatName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ListFormatName {
    Table,
    Json,
    Jsonl,
    Csv,
}

impl From<ListFormatName> for ListFormat {
    fn from(name: ListFormatName) -> Self {
        match name {
            ListFormatName::Table => Self::Table,
            ListFormatName::Json => Self::Json,
            ListFormatName::Jsonl => Self::Jsonl,
            ListFormatName::Csv => Self::Csv,
        }
    }
}

#[derive(Args, Debug)]
pub(super) struct BatchOptions {
    /// Lines of id, tab, query, and perhaps a tab and field=value
    #[arg(value_name = "TOPICS.tsv")]
    pub(super) topics: PathBuf,

    /// How to print the answers
    #[arg(short, long, value_name = "FORMAT", default_value = "trec")]
    pub(super) format: BatchFormat,

    /// How many hits a question
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1_000)]
    pub(super) limit: usize,

    /// Only articles with all the words match
    #[arg(long)]
    pub(super) all: bool,

    /// The name of the run, its last column
    #[arg(long, value_name = "NAME", default_value = "dateline")]
    pub(super) tag: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum BatchFormat {
    Trec,
}
