//! What is asked.

use super::super::args::{BenchRunOptions, BenchWorkloadOptions};
use super::super::terminal::Terminal;
use super::super::{Failure, IndexPlace, Result};
use crate::bench::workload::{Class, Workload, auto, read, replay};
use crate::bench::{Task, Warning};
use crate::index::ArchiveReader;
use crate::text::printable;

/// Rows that are told one by one.
const TOLD: usize = 10;

/// The questions that the options mean, and what taints them. Rows that hold none are told.
pub(super) fn workload(
    place: &IndexPlace,
    options: &BenchRunOptions,
    terminal: &mut Terminal,
) -> Result<(Vec<Task>, Vec<Warning>)> {
    let what = &options.what;
    let mut workload = match (&what.queries, &what.replay) {
        (Some(path), _) => read(path)?,
        (None, Some(path)) => replay(path)?,
        (None, None) => drawn(place, what)?,
    };
    let of_file = what.queries.is_some() || what.replay.is_some();
    if of_file && !what.class.is_empty() {
        workload.tasks.retain(|task| what.class.contains(&task.class));
    }
    let doubts = tell(&workload, terminal)?;
    Ok((workload.tasks, doubts))
}

/// Draws questions from the index.
fn drawn(place: &IndexPlace, what: &BenchWorkloadOptions) -> Result<Workload> {
    let classes = what.class.iter().map(|name| class(name)).collect::<Result<Vec<_>>>()?;
    let archive = ArchiveReader::open(&place.folder)?;
    Ok(auto(&archive, what.seed, what.per_class, &classes)?)
}

fn class(name: &str) -> Result<Class> {
    Class::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Class::ALL.iter().map(|class| class.name()).collect();
        Failure::Usage(format!("--class: `{name}` is none of {}", names.join(", ")))
    })
}

fn tell(workload: &Workload, terminal: &mut Terminal) -> Result<Vec<Warning>> {
    for (class, why) in &workload.skipped {
        writeln!(terminal.err(), "note: no questions of class `{class}`: {}", printable(why))?;
    }
    for row in workload.broken.iter().take(TOLD) {
        writeln!(terminal.err(), "warning: line {}: {}", row.line, printable(&row.why))?;
    }
    let Some(first) = workload.broken.first() else { return Ok(Vec::new()) };
    let count = workload.broken.len();
    let rows = if count == 1 { "row holds" } else { "rows hold" };
    let line = first.line;
    let detail =
        format!("{count} {rows} no question, the first in line {line}; the others are asked");
    writeln!(terminal.err(), "warning: {detail}")?;
    Ok(vec![Warning { kind: "query-file".into(), detail }])
}
