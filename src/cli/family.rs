//! `dateline family`, `dateline diff` and `dateline first`.

use clap::Args;

use super::args::{ListFormatName, QuestionOptions, named};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, aliases, index, question};
use crate::article::ArticleId;
use crate::copies::{Difference, Likeness, Overlap, Shingles};
use crate::index::ArchiveReader;
use crate::record::ArticleRecord;
use crate::render::{self, Compared, Context};
use crate::search::{SearchRequest, family, first};

#[derive(Args, Debug)]
pub(super) struct FamilyOptions {
    /// An id, the start of one, or the path of a file
    #[arg(value_name = "ID|PATH")]
    wanted: String,

    /// How alike copies are at least: exact, high, moderate, or part of one another
    #[arg(long, value_name = "LEVEL", default_value = "part", value_parser = named(Likeness::ALL, Likeness::name))]
    copies: Likeness,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ListFormatName,
}

#[derive(Args, Debug)]
pub(super) struct DiffOptions {
    /// The article to begin with: an id, the start of one, or the path of a file
    #[arg(value_name = "ID|PATH")]
    from: String,

    /// The article that it became
    #[arg(value_name = "ID|PATH")]
    to: String,

    /// Print what both have as a whole, too
    #[arg(long)]
    whole: bool,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ListFormatName,
}

#[derive(Args, Debug)]
pub(super) struct FirstOptions {
    #[command(flatten)]
    question: QuestionOptions,

    /// How many stories to print
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,

    /// How many to skip first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ListFormatName,
}

pub(super) fn run(
    place: &IndexPlace,
    options: &FamilyOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let article = one(&archive, &options.wanted)?;
    let id = ArticleId::new(&article.path, article.record);
    let found = family(&archive, id, options.copies)?;
    let style = terminal.style();
    render::family(terminal.out(), &found, options.format.into(), style)?;
    Ok(if found.copies() == 0 { Outcome::NothingFound } else { Outcome::Done })
}

pub(super) fn diff(
    place: &IndexPlace,
    options: &DiffOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let (from, to) = (one(&archive, &options.from)?, one(&archive, &options.to)?);
    let shingles = |article: &ArticleRecord| Shingles::of_article(&article.title, &article.body);
    let compared = Compared {
        articles: [&from, &to],
        title: Difference::between(&from.title, &to.title),
        body: Difference::between(&from.body, &to.body),
        overlap: Overlap::of(&shingles(&from), &shingles(&to)),
    };
    let context = if options.whole { Context::Whole } else { Context::Changed };
    let style = terminal.style();
    render::comparison(terminal.out(), &compared, context, options.format.into(), style)?;
    let is_same = compared.title.is_none() && compared.body.is_none();
    Ok(if is_same { Outcome::NothingFound } else { Outcome::Done })
}

pub(super) fn run_first(
    place: &IndexPlace,
    options: &FirstOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.question.aliases, terminal)?;
    let parsed = question::read(&options.question)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &parsed.repairs, error_style)?;
    let request = SearchRequest {
        repairs: parsed.repairs,
        matching: question::matching(&options.question),
        limit: options.limit,
        offset: options.offset,
        ..SearchRequest::new(parsed.query)
    };
    let found = first(&archive, &request)?;
    render::limits(terminal.err(), &found.summary.limits, error_style)?;
    render::firsts_summary(terminal.err(), &found)?;
    let style = terminal.style();
    render::firsts(terminal.out(), &found, options.format.into(), style)?;
    Ok(if found.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// The one article that is meant.
fn one(archive: &ArchiveReader, wanted: &str) -> Result<ArticleRecord> {
    let mut found = archive.find(wanted)?;
    match found.len() {
        1 => Ok(found.swap_remove(0)),
        n => Err(Failure::Usage(format!(
            "`{wanted}` holds {n} articles; name one by its id, as `dateline show` prints it"
        ))),
    }
}
