//! `dateline facets`.

use super::args::FacetsOptions;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index, question};
use crate::query::Query;
use crate::render;
use crate::search::{SearchRequest, facets, search};

pub(super) fn run(
    place: &IndexPlace,
    options: &FacetsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.question.aliases, terminal)?;
    let parsed = question::read(&options.question)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &parsed.repairs, error_style)?;
    let query = if options.question.query.is_empty() { Query::All } else { parsed.query };
    let matching = question::matching(&options.question);
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let counted = facets(&archive, options.field, &query, matching, limit)?;
    let request = SearchRequest { matching, limit: 0, snippets: 0, ..SearchRequest::new(query) };
    let mut answer = search(&archive, &request)?;
    answer.took += counted.took;
    render::summary(terminal.err(), &answer)?;
    let style = terminal.style();
    render::facets(terminal.out(), &answer, &counted, options.format.into(), style)?;
    Ok(if counted.total.is_none() { Outcome::NothingFound } else { Outcome::Done })
}
