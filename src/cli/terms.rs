//! `dateline terms`.

use super::args::TermsOptions;
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, index};
use crate::index::ArchiveReader;
use crate::query::TermPattern;
use crate::render;
use crate::search::terms;

pub(super) fn run(
    place: &IndexPlace,
    options: &TermsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let pattern = TermPattern::read(&options.pattern).map_err(Failure::Usage)?;
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let found = terms(&archive, options.field, &pattern, limit)?;
    let (generation, articles) = (archive.generation(), archive.articles());
    render::terms_summary(terminal.err(), &found, generation)?;
    let style = terminal.style();
    render::terms(terminal.out(), &found, (articles, generation), options.format.into(), style)?;
    Ok(if found.terms.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
