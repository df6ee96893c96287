//! `dateline history`.

use clap::Args;

use super::args::ListFormatName;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::index::{ArchiveReader, history};
use crate::render::{self, Changes};
use crate::source::ReadOptions;

#[derive(Args, Debug)]
pub(super) struct HistoryOptions {
    /// The address, however it is spelled
    #[arg(value_name = "URL")]
    url: String,

    /// Show what changed, word by word
    #[arg(long)]
    diff: bool,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: ListFormatName,
}

pub(super) fn run(
    place: &IndexPlace,
    options: &HistoryOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let found = history(&archive, &options.url, &ReadOptions::default())?;
    if found.versions.is_empty() {
        let url = crate::text::printable(&options.url);
        writeln!(terminal.err(), "no article of the index was saved from `{url}`")?;
        return Ok(Outcome::NothingFound);
    }
    let changes = if options.diff { Changes::Shown } else { Changes::Counted };
    let style = terminal.style();
    render::history(terminal.out(), &found, changes, options.format.into(), style)?;
    Ok(Outcome::Done)
}
