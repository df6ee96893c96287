//! `dateline pairs`.

use super::args::PairsOptions;
use super::counting::{Asked, ask, open};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result};
use crate::article::EntityKind;
use crate::render;
use crate::search::{PairsRequest, pairs};

pub(super) fn run(
    place: &IndexPlace,
    options: &PairsOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let archive = open(place, &options.question.aliases, terminal)?;
    let Asked { query, matching, mut answer } = ask(&archive, &options.question, terminal)?;
    let mut kinds = options.kind.clone();
    if kinds.is_empty() {
        kinds = vec![EntityKind::Person, EntityKind::Organisation];
    }
    kinds.sort_unstable();
    kinds.dedup();
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let (unit, least) = (options.unit.unit, options.min);
    let request = PairsRequest { query, matching, unit, kinds, least, limit };
    let found = pairs(&archive, &request)?;
    answer.took += found.took;
    render::summary(terminal.err(), &answer)?;
    let style = terminal.style();
    render::pairs(terminal.out(), &answer, &found, options.format.into(), style)?;
    Ok(if found.pairs.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
