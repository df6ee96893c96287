//! `dateline kwic`.

use clap::{Args, ValueEnum};

use super::args::QuestionOptions;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index, question};
use crate::render::{self, KwicFormat, Style};
use crate::search::{KwicRequest, LineOrder, SearchRequest, kwic};

/// How many lines are printed.
const LINES: usize = 25;

#[derive(Args, Debug)]
pub(super) struct KwicOptions {
    #[command(flatten)]
    pub(super) question: QuestionOptions,

    /// How many lines to print
    #[arg(short = 'n', long, value_name = "N", default_value_t = LINES)]
    limit: usize,

    /// Print every line; sorted by words they are all held in memory
    #[arg(long, conflicts_with = "limit")]
    all: bool,

    /// The order of the lines
    #[arg(long, value_name = "ORDER", default_value = "rank", allow_hyphen_values = true)]
    sort: LineSort,

    /// The width of a line, in columns; for machines, the characters on either side
    #[arg(long, value_name = "N")]
    width: Option<usize>,

    /// How to print the lines
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: LineFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LineSort {
    /// Best article first
    Rank,
    /// Oldest first, undated last
    Date,
    /// Newest first, undated last
    #[value(name = "-date")]
    MinusDate,
    /// By the words before the match, the nearest first
    Left,
    /// By the match and the words behind it
    Right,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LineFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Tsv,
}

pub(super) fn run(
    place: &IndexPlace,
    options: &KwicOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.question.aliases, terminal)?;
    let style = terminal.style();
    let width = options.width.unwrap_or(style.width());
    let request = request(options, width)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &request.search.repairs, error_style)?;
    let found = kwic(&archive, &request)?;
    render::limits(terminal.err(), &found.summary.limits, error_style)?;
    render::kwic_summary(terminal.err(), &found)?;
    if found.lines.is_empty() && found.summary.total > 0 && found.summary.clauses.is_empty() {
        writeln!(terminal.err(), "note: the question asks for no words that could be shown")?;
    }
    let format = match options.format {
        LineFormat::Table => KwicFormat::Table,
        LineFormat::Json => KwicFormat::Json,
        LineFormat::Jsonl => KwicFormat::Jsonl,
        LineFormat::Csv => KwicFormat::Csv,
        LineFormat::Tsv => KwicFormat::Tsv,
    };
    render::kwic(terminal.out(), &found, format, Style::new(width, style.emphasis()))?;
    Ok(if found.lines.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

fn request(options: &KwicOptions, width: usize) -> Result<KwicRequest> {
    let parsed = question::read(&options.question)?;
    let search = SearchRequest {
        repairs: parsed.repairs,
        matching: question::matching(&options.question),
        ..SearchRequest::new(parsed.query)
    };
    Ok(KwicRequest {
        search,
        order: match options.sort {
            LineSort::Rank => LineOrder::Rank,
            LineSort::Date => LineOrder::Oldest,
            LineSort::MinusDate => LineOrder::Newest,
            LineSort::Left => LineOrder::Left,
            LineSort::Right => LineOrder::Right,
        },
        limit: if options.all { usize::MAX } else { options.limit },
        context: width,
    })
}
