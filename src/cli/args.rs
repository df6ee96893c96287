//! What can be typed.

mod bench;
mod counting;
mod reading;
mod runs;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::cite::CiteOptions;
use super::export::ExportOptions;
use super::family::{DiffOptions, FamilyOptions, FirstOptions};
use super::history::HistoryOptions;
use super::hit_options::HitOptions;
use super::kwic::KwicOptions;
use super::replay::ReplayOptions;
use super::similar::SimilarOptions;
use super::watches::WatchOptions;
use crate::article::EntityKind;
use crate::render::ListFormat;
use crate::search::{FacetField, HalfLife, Sort};
pub(super) use bench::{
    BenchCommand, BenchCompareOptions, BenchOptions, BenchPeer, BenchReportOptions,
    BenchRunOptions, BenchWorkloadOptions,
};
pub(super) use counting::{
    CompareOptions, CoverageOptions, PairsOptions, TermsOptions, TimeOptions, TimelineOptions,
    TrendOptions, UnitOptions,
};
pub(super) use reading::ReadingOptions;
use reading::size;
pub(super) use runs::{BatchFormat, BatchOptions, EvalFormat, EvalOptions};

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
    /// Say how a question is understood, what each part of it finds, and how it is answered
    Explain(ExplainOptions),
    /// Print an article with all that is known of it
    Show(ShowOptions),
    /// Write every article that matches, in any format
    Export(ExportOptions),
    /// Save questions, and tell what is new since they were asked last
    Watch(WatchOptions),
    /// Ask the question of a receipt again, and say what changed
    Replay(ReplayOptions),
    /// List the articles that are like one
    Similar(SimilarOptions),
    /// Cite articles, with their places in the archive and digests
    Cite(CiteOptions),
    /// Print what indexing would make of files, one JSON line an article
    Extract(ExtractOptions),
    /// Count the values of a field in the articles that match a question
    Facets(FacetsOptions),
    /// List the copies of an article: who printed it, when, and how much of it
    Family(FamilyOptions),
    /// Say what tells two articles apart, word by word
    Diff(DiffOptions),
    /// List the texts that a page has had, and what changed from one to the next
    History(HistoryOptions),
    /// Find who had it first: the earliest article of each story that answers a question
    First(FirstOptions),
    /// Count the articles that match a question by day, week, month, quarter or year
    Timeline(TimelineOptions),
    /// Count several questions side by side over time, with `--` between them
    Trend(TrendOptions),
    /// Say who appears with whom in the articles that match a question
    Pairs(PairsOptions),
    /// Say what the answers to one question have more of than those to another
    Compare(CompareOptions),
    /// Say what the archive holds of each publisher over time, and where it has gaps
    Coverage(CoverageOptions),
    /// List the terms of the index that a pattern stands for, with their numbers of articles
    Terms(TermsOptions),
    /// List the names that mean one person, organisation or place, merge and split them
    Entities(EntitiesOptions),
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
    /// Score such answers by judgments of what is relevant
    Eval(EvalOptions),
    /// Measure how long questions take, so that the figures can be quoted
    Bench(Box<BenchOptions>),
    /// Measure as standard input says; `bench` starts it
    #[command(hide = true)]
    BenchWorker,
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

/// A question, as it is typed.
#[derive(Args, Debug)]
pub(super) struct QuestionOptions {
    /// The question; it needs no quotes, and options may stand before and behind it. A word that
    /// begins with `-` is excluded; behind `--` there are no options
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<OsString>,

    /// Articles with any of the words match, best first
    #[arg(long)]
    pub(super) any: bool,

    /// Fail if anything in the question must be repaired, and say what and where
    #[arg(long)]
    pub(super) strict_syntax: bool,

    #[command(flatten)]
    pub(super) aliases: AliasOptions,
}

#[derive(Args, Debug)]
pub(super) struct SearchOptions {
    #[command(flatten)]
    pub(super) question: QuestionOptions,

    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub(super) sort: SortOrder,

    /// Let a score be halved for each such time that an article is older than the newest one:
    /// 12h, 30d, 8w, 6mo, 2y
    #[arg(long, value_name = "TIME")]
    pub(super) decay: Option<HalfLife>,

    /// Say what each part of the question adds to the score of a hit; in tables and JSON
    #[arg(long)]
    pub(super) explain: bool,

    /// Write a receipt to this file: what was asked of which generation, how much was found, and
    /// the hits that were printed; `dateline replay` asks again and says what changed
    #[arg(long, value_name = "FILE", conflicts_with = "count")]
    pub(super) receipt: Option<PathBuf>,

    /// Never fill up a page with articles that lack some of the words
    #[arg(long)]
    pub(super) no_relax: bool,

    #[command(flatten)]
    pub(super) hits: HitOptions,
}

#[derive(Args, Debug)]
pub(super) struct ExplainOptions {
    #[command(flatten)]
    pub(super) question: QuestionOptions,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
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

impl From<SortOrder> for Sort {
    fn from(order: SortOrder) -> Self {
        match order {
            SortOrder::Relevance => Self::Relevance,
            SortOrder::Date => Self::Oldest,
            SortOrder::MinusDate => Self::Newest,
            SortOrder::Length => Self::Shortest,
            SortOrder::MinusLength => Self::Longest,
        }
    }
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

    /// Tell why it is about the countries that it is about: every clue, where it stands, and what
    /// it weighs
    #[arg(long, conflicts_with = "why_date")]
    pub(super) why_region: bool,
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
    /// region, tag, about, person, org, place, publisher, lang, year or date.src, under any name that
    /// a question may have for it
    #[arg(value_name = "FIELD", value_parser = facet_field)]
    pub(super) field: FacetField,

    #[command(flatten)]
    pub(super) question: QuestionOptions,

    #[command(flatten)]
    pub(super) unit: UnitOptions,

    /// How many values to show; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    pub(super) limit: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ListFormatName,
}

/// Which names mean one person, organisation or place.
#[derive(Args, Debug, Default)]
pub(super) struct AliasOptions {
    /// Take names as this file of aliases says, too; can be given more than once
    #[arg(long = "aliases", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Take names as they stand, whatever the index's own aliases say
    #[arg(long)]
    pub(super) no_aliases: bool,
}

#[derive(Args, Debug)]
pub(super) struct EntitiesOptions {
    #[command(subcommand)]
    pub(super) command: EntitiesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum EntitiesCommand {
    /// List who has several names: those in force and those proposed
    List(EntitiesListOptions),
    /// Make one of all who have these names; the first name stands for all
    Merge(EntitiesMergeOptions),
    /// Take a name out of what it is joined with, for good; or keep several apart
    Split(EntitiesSplitOptions),
}

/// Which of those with several names are meant.
#[derive(Args, Debug)]
pub(super) struct EntryOptions {
    /// Only persons, organisations or places
    #[arg(short, long, value_name = "KIND", value_parser = named(EntityKind::ALL, EntityKind::name))]
    pub(super) kind: Option<EntityKind>,

    /// Only those that so many articles name
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) min: u32,

    /// Only those for whom something is proposed
    #[arg(long)]
    pub(super) proposed: bool,
}

#[derive(Args, Debug)]
pub(super) struct EntitiesListOptions {
    /// Only those with these words in one of their names
    #[arg(value_name = "WORDS")]
    pub(super) words: Vec<String>,

    #[command(flatten)]
    pub(super) which: EntryOptions,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ListFormatName,
}

#[derive(Args, Debug)]
pub(super) struct EntitiesMergeOptions {
    /// Names of one; with --proposed, take over what is proposed for those who have these names
    #[arg(value_name = "NAME", required_unless_present = "proposed")]
    pub(super) names: Vec<String>,

    #[command(flatten)]
    pub(super) which: EntryOptions,
}

#[derive(Args, Debug)]
pub(super) struct EntitiesSplitOptions {
    /// The name; or names that mean several
    #[arg(value_name = "NAME", required = true)]
    pub(super) names: Vec<String>,

    /// What they name, where that is in doubt
    #[arg(short, long, value_name = "KIND", value_parser = named(EntityKind::ALL, EntityKind::name))]
    pub(super) kind: Option<EntityKind>,
}

/// What is typed as one of `all`, each by its name.
pub(super) fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let names = all.iter().map(move |&it| name(it));
    PossibleValuesParser::new(names).try_map(move |typed| {
        let found = all.iter().copied().find(|&it| name(it) == typed);
        found.ok_or("there is none of this name")
    })
}

/// The field of this name, under any that queries know it by.
fn facet_field(typed: &str) -> Result<FacetField, String> {
    FacetField::from_typed(typed).ok_or_else(|| {
        let names: Vec<_> = FacetField::ALL.iter().map(|field| field.name()).collect();
        format!("what can be counted: {}", names.join(", "))
    })
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
    /// All articles that match this question
    #[arg(value_name = "QUERY", group = "which", conflicts_with_all = ["path", "url"])]
    pub(super) query: Vec<OsString>,

    /// All articles of this file, or of the files below this folder; can be given more than once
    #[arg(long, value_name = "PATH", group = "which")]
    pub(super) path: Vec<PathBuf>,

    /// All articles at this address; can be given more than once
    #[arg(long, value_name = "URL", group = "which")]
    pub(super) url: Vec<String>,

    /// Only say what would be deleted
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Fail if anything in the question must be repaired, even with --dry-run
    #[arg(long)]
    pub(super) strict_syntax: bool,

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
