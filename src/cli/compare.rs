//! `dateline compare`.

use super::args::CompareOptions;
use super::counting::{Asked, ask_parsed, open};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, question};
use crate::render;
use crate::search::{Aspect, CompareRequest, Matching, compare};

/// What is compared unless that is said.
const ASPECTS: [Aspect; 4] = [Aspect::Words, Aspect::Person, Aspect::Organisation, Aspect::Place];

pub(super) fn run(
    place: &IndexPlace,
    options: &CompareOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let archive = open(place, &options.aliases, terminal)?;
    let matching = if options.any { Matching::AnyWord } else { Matching::AllWords };
    let mut ask = |typed: &String| {
        let parsed = question::read_words(&[typed.into()], options.strict_syntax)?;
        ask_parsed(&archive, parsed, matching, terminal)
    };
    let (a, b) = (ask(&options.a)?, ask(&options.b)?);
    let (Asked { query: a, answer: answer_a, .. }, Asked { query: b, answer: answer_b, .. }) =
        (a, b);
    let mut aspects = options.by.clone();
    if aspects.is_empty() {
        aspects = ASPECTS.to_vec();
    }
    let limit = if options.limit == 0 { usize::MAX } else { options.limit };
    let (queries, unit, least) = ([a, b], options.unit, options.min);
    let request = CompareRequest { queries, matching, unit, aspects, least, limit };
    let found = compare(&archive, &request)?;
    let mut answers = [answer_a, answer_b];
    for answer in &mut answers {
        answer.took += found.took;
        render::summary(terminal.err(), answer)?;
    }
    let style = terminal.style();
    render::compare(terminal.out(), &answers, &found, options.format.into(), style)?;
    // Of nothing, nothing can be said.
    let is_nothing = found.sizes.iter().any(|size| size.is_none());
    Ok(if is_nothing { Outcome::NothingFound } else { Outcome::Done })
}
