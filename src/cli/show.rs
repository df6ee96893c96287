//! `dateline show`.

use super::args::{ReportFormat, ShowOptions};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::index::ArchiveReader;
use crate::render::{self, Layout};

pub(super) fn run(
    place: &IndexPlace,
    options: &ShowOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let style = terminal.style();
    let layout = if terminal.is_for_people() { Layout::Pretty } else { Layout::Compact };
    for wanted in &options.wanted {
        for article in archive.find(wanted)? {
            match options.format {
                ReportFormat::Table if options.why_date => {
                    render::why_date(terminal.out(), &article, style)?;
                }
                ReportFormat::Table if options.why_region => {
                    render::why_region(terminal.out(), &article, style)?;
                }
                ReportFormat::Table => render::article(terminal.out(), &article, style)?,
                ReportFormat::Json => render::article_json(terminal.out(), &article, layout)?,
            }
        }
    }
    Ok(Outcome::Done)
}
