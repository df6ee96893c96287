//! `dateline stats` and `dateline rejects`.

use super::args::{AliasOptions, RejectsOptions, ReportFormat, StatsOptions};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index};
use crate::index::ArchiveReader;
use crate::render;
use crate::search;

pub(super) fn stats(
    place: &IndexPlace,
    options: &StatsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &AliasOptions::default(), terminal)?;
    let stats = search::stats(&archive)?;
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::stats(terminal.out(), &stats, style)?,
        ReportFormat::Json => render::stats_json(terminal.out(), &stats)?,
    }
    Ok(Outcome::Done)
}

pub(super) fn rejects(
    place: &IndexPlace,
    options: &RejectsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let rejects = ArchiveReader::open(&place.folder)?.rejects()?;
    let style = terminal.style();
    render::rejects(terminal.out(), &rejects, options.format.into(), style)?;
    Ok(if rejects.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
