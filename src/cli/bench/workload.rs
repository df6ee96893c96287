//! What is asked.

use std::fs;
use std::path::Path;

use super::super::args::BenchRunOptions;
use super::super::terminal::Terminal;
use super::super::{IndexPlace, Result};
use crate::bench::{Ask, Task, Warning};
use crate::error::Error;
use crate::text::printable;

/// Rows that are told one by one.
const TOLD: usize = 10;

/// Questions, and what could not be made one.
// merge: `bench::workload::Workload`.
struct Workload {
    tasks: Vec<Task>,
    skipped: Vec<(String, String)>,
    broken: Vec<(usize, String)>,
}

/// The questions that the options mean, and what taints them. Rows that hold none are told.
pub(super) fn workload(
    _place: &IndexPlace,
    options: &BenchRunOptions,
    terminal: &mut Terminal,
) -> Result<(Vec<Task>, Vec<Warning>)> {
    let what = &options.what;
    // merge: `auto`, `read` and `replay` of `bench::workload`.
    let workload = match what.queries.as_deref().or(what.replay.as_deref()) {
        Some(path) => lines(path)?,
        None => Workload {
            tasks: ["the", "election", "\"the government\""].map(task).into(),
            skipped: Vec::new(),
            broken: Vec::new(),
        },
    };
    let mut doubts = Vec::new();
    for (class, why) in &workload.skipped {
        writeln!(terminal.err(), "note: no questions of class `{class}`: {why}")?;
    }
    for (line, why) in workload.broken.iter().take(TOLD) {
        writeln!(terminal.err(), "warning: line {line}: {}", printable(why))?;
    }
    if let Some((line, _)) = workload.broken.first() {
        let count = workload.broken.len();
        let detail = format!("rows without a question: {count}, the first in line {line}");
        writeln!(terminal.err(), "warning: {detail}; the others are asked")?;
        doubts.push(Warning { kind: "query-file".into(), detail });
    }
    Ok((workload.tasks, doubts))
}

fn lines(path: &Path) -> std::result::Result<Workload, Error> {
    let text = fs::read(path).map_err(Error::reading(path))?;
    let mut workload = Workload { tasks: Vec::new(), skipped: Vec::new(), broken: Vec::new() };
    for (number, line) in (1..).zip(text.split(|&byte| byte == b'\n')) {
        match std::str::from_utf8(line) {
            Ok("") => {}
            Ok(line) => workload.tasks.push(task(line)),
            Err(_) => workload.broken.push((number, "it is not UTF-8".into())),
        }
    }
    Ok(workload)
}

fn task(query: &str) -> Task {
    Task { class: "line".into(), query: query.into(), ask: Ask::default(), at: None }
}
