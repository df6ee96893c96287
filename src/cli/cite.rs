//! `dateline cite`.

use clap::Args;

use super::args::named;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::index::ArchiveReader;
use crate::render::{self, CitationFormat};

#[derive(Args, Debug)]
pub(super) struct CiteOptions {
    /// The articles: ids, the starts of them, or paths of files
    #[arg(value_name = "ID|PATH", required = true)]
    wanted: Vec<String>,

    /// How to print the citations
    #[arg(short, long, value_name = "FORMAT", default_value = "markdown", value_parser = named(CitationFormat::ALL, CitationFormat::name))]
    format: CitationFormat,
}

pub(super) fn run(
    place: &IndexPlace,
    options: &CiteOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let mut articles = Vec::new();
    for wanted in &options.wanted {
        articles.extend(archive.find(wanted)?);
    }
    render::citations(terminal.out(), &articles, options.format)?;
    Ok(Outcome::Done)
}
