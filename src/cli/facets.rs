//! `dateline facets`.

use super::args::FacetsOptions;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index, question};
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::render;
use crate::search::facets;

pub(super) fn run(
    place: &IndexPlace,
    options: &FacetsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let parsed = question::read(&options.question)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &parsed.repairs, error_style)?;
    let query = if options.question.query.is_empty() { Query::All } else { parsed.query };
    let matching = question::matching(&options.question);
    let counted = facets(&archive, options.field, &query, matching)?;
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let style = terminal.style();
    render::facets(terminal.out(), &counted, limit, options.format.into(), style)?;
    Ok(if counted.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}
