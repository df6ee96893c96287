//! `dateline stats` and `dateline rejects`.

use super::args::{ListFormatName, RejectsOptions, ReportFormat, StatsOptions};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::index::ArchiveReader;
use crate::render::{self, ListFormat};

pub(super) fn stats(
    place: &IndexPlace,
    options: &StatsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let stats = ArchiveReader::open(&place.folder)?.stats()?;
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
    let format = match options.format {
        ListFormatName::Table => ListFormat::Table,
        ListFormatName::Json => ListFormat::Json,
        ListFormatName::Jsonl => ListFormat::Jsonl,
        ListFormatName::Csv => ListFormat::Csv,
    };
    render::rejects(terminal.out(), &rejects, format, style)?;
    Ok(if rejects.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
