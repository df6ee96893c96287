//! `dateline similar`.

use clap::Args;

use super::args::named;
use super::hit_options::{detail, shows_passages};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::index::ArchiveReader;
use crate::render::{self, Format};
use crate::search::{SimilarRequest, similar};

#[derive(Args, Debug)]
pub(super) struct SimilarOptions {
    /// The article: its id, the start of it, or the path of its file
    #[arg(value_name = "ID|PATH")]
    wanted: String,

    /// How many articles to print
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,

    /// How many passages to show of each
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,

    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table", value_parser = named(Format::ALL, Format::name))]
    format: Format,
}

pub(super) fn run(
    place: &IndexPlace,
    options: &SimilarOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let article = archive.find_one(&options.wanted)?;
    let format = options.format;
    let request = SimilarRequest {
        article: &article,
        limit: options.limit,
        snippets: if shows_passages(format) { options.snippets } else { 0 },
        detail: detail(format),
    };
    let answer = similar(&archive, &request)?;
    render::summary(terminal.err(), &answer)?;
    let style = terminal.style();
    render::hits(terminal.out(), &answer, format, style)?;
    Ok(if answer.hits.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
