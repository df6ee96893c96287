//! `dateline timeline` and `dateline trend`.

use std::ffi::OsString;

use super::args::{QuestionOptions, TimelineOptions, TrendOptions};
use super::counting::{Asked, ask, ask_parsed, open, plot};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, question};
use crate::index::ArchiveReader;
use crate::render::{self, Measure};
use crate::search::{Hits, Timeline, TimelineRequest, timeline};

use super::args::TimeOptions;

/// How many rows a table has unless the length of the buckets is said.
const ROWS: u64 = 40;

/// What stands between the questions of a trend.
const BETWEEN: &str = "--";

pub(super) fn run(
    place: &IndexPlace,
    options: &TimelineOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let archive = open(place, &options.question.aliases, terminal)?;
    let asked = ask(&archive, &options.question, terminal)?;
    let (mut answer, counted) = count(&archive, vec![asked], &options.time)?;
    let answer = answer.remove(0);
    render::summary(terminal.err(), &answer)?;
    let (format, style) = (options.time.format.into(), terminal.style());
    let measure = measure(&options.time);
    render::timeline(terminal.out(), &answer, &counted, measure, format, style)?;
    plot(options.time.plot.as_deref(), || render::plot_timeline(&counted, measure))?;
    Ok(outcome(&counted))
}

pub(super) fn run_trend(
    place: &IndexPlace,
    options: &TrendOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let archive = open(place, &options.question.aliases, terminal)?;
    let mut asked = Vec::new();
    for words in questions(&options.question)? {
        let parsed = question::read_words(words, options.question.strict_syntax)?;
        asked.push(ask_parsed(&archive, parsed, question::matching(&options.question), terminal)?);
    }
    let (answers, counted) = count(&archive, asked, &options.time)?;
    for answer in &answers {
        render::summary(terminal.err(), answer)?;
    }
    let (format, style) = (options.time.format.into(), terminal.style());
    let measure = measure(&options.time);
    render::trend(terminal.out(), &answers, &counted, measure, format, style)?;
    plot(options.time.plot.as_deref(), || render::plot_trend(&counted, measure))?;
    Ok(outcome(&counted))
}

/// The questions between which `--` stands.
fn questions(options: &QuestionOptions) -> Result<Vec<&[OsString]>> {
    let questions: Vec<_> = options.query.split(|word| word == BETWEEN).collect();
    if questions.iter().any(|words| words.is_empty()) {
        let message = "a trend compares questions: `dateline trend drought -- flood`";
        return Err(Failure::Usage(message.into()));
    }
    Ok(questions)
}

fn count(
    archive: &ArchiveReader,
    asked: Vec<Asked>,
    options: &TimeOptions,
) -> Result<(Vec<Hits>, Timeline)> {
    let matching = asked.first().map(|asked| asked.matching).unwrap_or_default();
    let (queries, mut answers): (Vec<_>, Vec<_>) =
        asked.into_iter().map(|asked| (asked.query, asked.answer)).unzip();
    let (unit, bucket) = (options.unit.unit, options.bucket);
    let request = TimelineRequest { queries, matching, unit, bucket, rows: ROWS };
    let counted = timeline(archive, &request)?;
    for answer in &mut answers {
        answer.took += counted.took;
    }
    Ok((answers, counted))
}

fn measure(options: &TimeOptions) -> Measure {
    if options.share { Measure::Share } else { Measure::Articles }
}

fn outcome(counted: &Timeline) -> Outcome {
    let is_nothing = counted.series.iter().all(|series| series.total.is_none());
    if is_nothing { Outcome::NothingFound } else { Outcome::Done }
}
