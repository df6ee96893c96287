//! `dateline facets`.

use super::args::FacetsOptions;
use super::counting::{Asked, ask, open};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result};
use crate::render;
use crate::search::facets;

pub(super) fn run(
    place: &IndexPlace,
    options: &FacetsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let archive = open(place, &options.question.aliases, terminal)?;
    let Asked { query, matching, mut answer } = ask(&archive, &options.question, terminal)?;
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let counted = facets(&archive, options.field, &query, matching, options.unit.unit, limit)?;
    answer.took += counted.took;
    render::summary(terminal.err(), &answer)?;
    let style = terminal.style();
    render::facets(terminal.out(), &answer, &counted, options.format.into(), style)?;
    Ok(if counted.total.is_none() { Outcome::NothingFound } else { Outcome::Done })
}
