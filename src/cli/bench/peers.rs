//! The same questions put to others.

use super::super::Result;
use super::super::args::BenchPeer;
use super::Measuring;
use crate::bench::compare::{Comparison, Results, compare};
use crate::bench::peers::{Differences, differences, split};
use crate::bench::{Plan, Report, Task};
use crate::error::Error;
use crate::index::ArchiveReader;

/// What came of asking somebody else.
pub(super) struct Against {
    /// What was measured.
    pub(super) report: Report,
    /// This program against it, on the questions that both were asked.
    pub(super) comparison: Option<Comparison>,
    /// What only one of both finds.
    pub(super) differences: Differences,
}

/// Puts those of the tasks to a peer that it can be asked.
pub(super) fn against(
    peer: BenchPeer,
    measuring: &Measuring<'_>,
    ours: &Report,
    tasks: &[Task],
) -> Result<Against> {
    let room = tempfile::tempdir()
        .map_err(|source| Error::Write { path: std::env::temp_dir(), source })?;
    let (asked, differences) = {
        let archive = ArchiveReader::open(&measuring.plan.index)?;
        let peer = peer.open(&archive, room.path())?;
        (split(&*peer, tasks).0, differences(&*peer, tasks)?)
    };
    let room = Some(room.path().to_owned());
    let plan = Plan { target: peer.name().into(), room, ..measuring.plan.clone() };
    let report = Measuring { plan: &plan, ..*measuring }.measured(&asked, Vec::new())?;
    let comparison = compare(&report, &of_both(ours, &asked), Results::MayDiffer).ok();
    Ok(Against { report, comparison, differences })
}

/// A report as if only these questions had been put.
fn of_both(report: &Report, asked: &[Task]) -> Report {
    let mut report = report.clone();
    let mut left: Vec<_> = asked.iter().collect();
    report.queries.retain(|query| {
        let is_same = |task: &&Task| {
            (&task.class, &task.query, task.ask.to_string())
                == (&query.class, &query.query, query.ask.clone())
        };
        left.iter().position(is_same).map(|place| left.remove(place)).is_some()
    });
    report
}
