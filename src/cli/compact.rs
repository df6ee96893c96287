//! `dateline compact`.

use super::args::{CompactOptions, ReportFormat};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result};
use crate::index::compact;
use crate::render;

pub(super) fn run(
    place: &IndexPlace,
    options: &CompactOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let report = compact(&place.folder)?;
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::compact_report(terminal.out(), &report, style)?,
        ReportFormat::Json => render::compact_report_json(terminal.out(), &report)?,
    }
    Ok(Outcome::Done)
}
