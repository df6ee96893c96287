//! `dateline cite`.

use clap::{Args, ValueEnum};

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
    #[arg(short, long, value_name = "FORMAT", default_value = "markdown")]
    format: CiteFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CiteFormat {
    /// Footnotes
    Markdown,
    Bibtex,
    Ris,
    CslJson,
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
    let format = match options.format {
        CiteFormat::Markdown => CitationFormat::Markdown,
        CiteFormat::Bibtex => CitationFormat::Bibtex,
        CiteFormat::Ris => CitationFormat::Ris,
        CiteFormat::CslJson => CitationFormat::CslJson,
    };
    render::citations(terminal.out(), &articles, format)?;
    Ok(Outcome::Done)
}
