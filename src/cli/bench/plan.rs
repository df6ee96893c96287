//! What the options ask for.

use super::super::args::BenchRunOptions;
use super::super::{Failure, IndexPlace, Result};
use super::target;
use crate::bench::{Mode, Plan, Task};
use crate::index::ArchiveReader;

/// Questions that a process holds at most.
const MOST_ARRIVALS: f64 = 1e7;

/// What is to be measured.
pub(super) fn plan(place: &IndexPlace, options: &BenchRunOptions) -> Result<Plan> {
    let (what, how) = (&options.what, &options.how);
    let mode = match (how.mode, &what.replay) {
        (Some(mode), _) => mode.into(),
        (None, Some(_)) => Mode::Open,
        (None, None) => Mode::Closed,
    };
    let plan = Plan {
        index: place.folder.clone(),
        target: target::DATELINE.into(),
        room: None,
        mode,
        threads: how.threads,
        processes: how.processes,
        rounds: how.rounds,
        rate: how.rate,
        duration: how.duration,
        objective: (mode == Mode::Sweep).then_some(how.objective),
        replay: what.replay.as_ref().map(|_| what.speed),
        sources: what.sources.clone(),
        warm_up: how.warm_up,
        seed: what.seed,
    };
    let against = !options.report.against.is_empty();
    match misuse(&plan).or_else(|| against.then(|| no_peers(mode)).flatten()) {
        Some(message) => Err(Failure::Usage(message.into())),
        None => Ok(plan),
    }
}

/// Why this cannot be meant, if it cannot.
fn misuse(plan: &Plan) -> Option<&'static str> {
    let Plan { mode, rate, replay, .. } = *plan;
    let arrivals = rate.unwrap_or(0.0) * plan.duration.as_secs_f64();
    match mode {
        Mode::Open if rate.is_none() && replay.is_none() => {
            Some("--mode open: at what rate? Take `--rate 20`, or a log with `--replay`")
        }
        Mode::Open if rate.is_some() && replay.is_some() => {
            Some("--rate: a log has rates of its own; `--speed 2` replays it twice as fast")
        }
        Mode::Ingest if plan.sources.is_empty() => {
            Some("--mode ingest: what is to be indexed? Name it with `--source PATH`")
        }
        _ if replay.is_some() && mode != Mode::Open => {
            Some("--replay: a log is replayed with `--mode open` alone")
        }
        _ if arrivals > MOST_ARRIVALS => Some(
            "--rate: more than ten million questions; take a lower one, or a shorter --duration",
        ),
        Mode::Cold if !cfg!(target_os = "linux") => {
            Some("--mode cold: only Linux can drop a file from memory")
        }
        _ => None,
    }
}

/// Why nobody else can be asked in this mode, if that is so.
fn no_peers(mode: Mode) -> Option<&'static str> {
    let can_be_asked = matches!(mode, Mode::Closed | Mode::Open);
    (!can_be_asked)
        .then_some("--against: others are asked with `--mode closed` or `--mode open` alone")
}

/// Fails where nobody can answer.
pub(super) fn check_index(plan: &Plan) -> Result<()> {
    if ArchiveReader::open(&plan.index)?.articles() > 0 {
        return Ok(());
    }
    let index = plan.index.display();
    Err(Failure::Usage(format!(
        "index `{index}` holds no articles, so there is nothing to measure; index some with `dateline \
         index`"
    )))
}

/// Fails where there is nothing to ask.
pub(super) fn check_tasks(plan: &Plan, tasks: &[Task]) -> Result<()> {
    if plan.mode == Mode::Ingest || !tasks.is_empty() {
        return Ok(());
    }
    Err(Failure::Usage("there are no questions to put, of these classes or at all".into()))
}
