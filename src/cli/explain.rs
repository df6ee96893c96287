//! `dateline explain`.

use super::args::{ExplainOptions, ReportFormat};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index, question};
use crate::index::ArchiveReader;
use crate::render::{self, Layout};
use crate::search::explain;

pub(super) fn run(
    place: &IndexPlace,
    options: &ExplainOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let parsed = question::read(&options.question)?;
    let explained = explain(&archive, &parsed, question::matching(&options.question))?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &explained.repairs, error_style)?;
    render::limits(terminal.err(), &explained.limits, error_style)?;
    let style = terminal.style();
    let layout = if terminal.is_for_people() { Layout::Pretty } else { Layout::Compact };
    match options.format {
        ReportFormat::Table => render::explanation(terminal.out(), &explained, style)?,
        ReportFormat::Json => render::explanation_json(terminal.out(), &explained, layout)?,
    }
    Ok(if explained.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}
