//! `dateline coverage`.

use super::args::CoverageOptions;
use super::counting::{Asked, ask_parsed, open, plot};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, question};
use crate::query::{Field, FieldTest, Parsed, Query};
use crate::render::{self, CoverageView};
use crate::search::{CoverageRequest, Matching, coverage};

pub(super) fn run(
    place: &IndexPlace,
    options: &CoverageOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let archive = open(place, &options.aliases, terminal)?;
    let query = match options.publisher.as_slice() {
        [] => Query::All,
        publishers => Query::Field(Field::Publisher, FieldTest::AnyOf(publishers.to_vec())),
    };
    let parsed = Parsed { query, ..question::read_words(&[], false)? };
    let Asked { query, mut answer, .. } =
        ask_parsed(&archive, parsed, Matching::AllWords, terminal)?;
    let request = CoverageRequest { query, by: options.by, bucket: options.bucket };
    let found = coverage(&archive, &request)?;
    answer.took += found.took;
    render::summary(terminal.err(), &answer)?;
    let (format, style) = (options.format.into(), terminal.style());
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let view = if options.gaps { CoverageView::Breaks } else { CoverageView::Whole };
    render::coverage(terminal.out(), &answer, &found, (view, limit), format, style)?;
    plot(options.plot.as_deref(), || render::plot_coverage(&found))?;
    Ok(if found.total.is_none() { Outcome::NothingFound } else { Outcome::Done })
}
