//! `dateline delete`.

use std::ffi::OsString;

use super::args::{DeleteOptions, ReportFormat};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, question};
use crate::index::{ArchiveReader, DeleteReport, delete};
use crate::query::Query;
use crate::render;
use crate::search::{Matching, ids};

pub(super) fn run(
    place: &IndexPlace,
    options: &DeleteOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let report = match &options.query[..] {
        [] => delete(&place.folder, options.dry_run, |archive| {
            archive.ids_named(&options.path, &options.url)
        })?,
        words => by_query(place, options, words, terminal)?,
    };
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::delete_report(terminal.out(), &report, style)?,
        ReportFormat::Json => render::delete_report_json(terminal.out(), &report)?,
    }
    Ok(if report.articles == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// A question that had to be repaired may be another than was meant: nothing is deleted by it.
fn by_query(
    place: &IndexPlace,
    options: &DeleteOptions,
    words: &[OsString],
    terminal: &mut Terminal,
) -> Result<DeleteReport> {
    let parsed = question::read_words(words, options.strict_syntax)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &parsed.repairs, error_style)?;
    if parsed.query == Query::Nothing {
        return Err(Failure::Usage("an empty question names no articles".into()));
    }
    if !parsed.repairs.is_empty() && !options.dry_run {
        let understood = &parsed.query;
        let detail = format!("the question was read as `{understood}`; type it so to delete");
        return Err(Failure::Usage(detail));
    }
    let choose = |archive: &ArchiveReader| ids(archive, &parsed.query, Matching::AllWords);
    Ok(delete(&place.folder, options.dry_run, choose)?)
}
