//! Who answers.

use super::super::args::BenchRunOptions;
use super::super::{Failure, Result, question};
use crate::bench::{Archive, Order, Plan, Report, Task, UseTarget};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::render;

/// This program.
pub(super) const DATELINE: &str = "dateline";

/// Opens what is to answer in this process.
// merge: peers, by `order.target`.
pub(super) fn open(order: &Order, with: &mut UseTarget<'_>) -> std::result::Result<(), Error> {
    let reader = ArchiveReader::open(&order.index)?;
    with(&Archive::new(&reader, question::today(), render::found))
}

/// The same questions put to others.
// merge: a report of each `--against`, with what tells its answers apart.
pub(super) fn peers(
    _plan: &Plan,
    _tasks: &[Task],
    options: &BenchRunOptions,
    _report: &Report,
) -> Result<Vec<Report>> {
    match options.report.against.as_slice() {
        [] => Ok(Vec::new()),
        [..] => Err(Failure::Usage("--against: this build has no peers".into())),
    }
}
