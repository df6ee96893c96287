//! `dateline bench`.

mod ask;
mod interrupt;
mod peers;
mod plan;
mod report;
mod target;
mod worker;
mod workload;

use std::process::Command;

use chrono::{SecondsFormat, Utc};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{BenchCommand, BenchOptions, BenchRunOptions};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, index};
use crate::bench::{Interrupt, Mode, Plan, Processes, Programs, Report, Task, Warning, measure};
pub(super) use worker::run as run_worker;

/// The command that a process is started with that measures.
const WORKER: &str = "bench-worker";

pub(super) fn run(
    place: &IndexPlace,
    options: &BenchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    match &options.command {
        Some(BenchCommand::Compare(options)) => report::compare(options, terminal),
        None => run_all(place, &options.run, terminal),
    }
}

fn run_all(
    place: &IndexPlace,
    options: &BenchRunOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let plan = plan::plan(place, options)?;
    let measure = report::measure(options)?;
    let (tasks, doubts) = if plan.mode == Mode::Ingest {
        Default::default()
    } else {
        index::build_sample(place, terminal)?;
        plan::check_index(&plan)?;
        workload::workload(place, options, terminal)?
    };
    plan::check_tasks(&plan, &tasks)?;
    if plan.mode == Mode::WhileIndexing {
        let note = "note: articles are added to a copy of the index, in a temporary folder";
        writeln!(terminal.err(), "{note}; the index itself stays as it is")?;
    }
    let interrupt = interrupt::watch();
    let progress = terminal.shows_progress;
    let measuring = Measuring { plan: &plan, interrupt: &interrupt, progress };
    let report = measuring.measured(&tasks, doubts)?;
    let mut others = Vec::new();
    for &peer in &options.report.against {
        if !interrupt.is_set() {
            others.push(peers::against(peer, &measuring, &report, &tasks)?);
        }
    }
    let outcome = report::write(&report, &others, &measure, &options.report, terminal)?;
    Ok(match outcome {
        _ if interrupt.is_set() => Outcome::Interrupted,
        // What is missing was told, and taints all that is there.
        _ if report.partial => Outcome::Incomplete,
        outcome => outcome,
    })
}

/// How a run is made.
#[derive(Clone, Copy)]
struct Measuring<'a> {
    plan: &'a Plan,
    interrupt: &'a Interrupt,
    /// Whether a bar is shown.
    progress: bool,
}

impl Measuring<'_> {
    /// Measures as planned. `doubts` are warnings that are known before.
    fn measured(&self, tasks: &[Task], doubts: Vec<Warning>) -> Result<Report> {
        let Self { plan, interrupt, progress } = *self;
        let program = std::env::current_exe()
            .map_err(|error| Failure::Usage(format!("this program cannot be found: {error}")))?;
        let worker = || {
            let mut command = Command::new(&program);
            command.arg(WORKER);
            command
        };
        let asking = |task: &Task| ask::command(&program, &plan.index, task);
        let bar = progress_bar(plan.answers(tasks.len()), progress);
        let answered = |more| bar.inc(more);
        let processes = Processes { command: &worker, interrupt, answered: &answered };
        let begun = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
        let report = measure(plan, tasks, &Programs { processes, asking: &asking }, begun);
        bar.finish_and_clear();
        let mut report = report?;
        report.warnings.extend(doubts);
        Ok(report)
    }
}

fn progress_bar(answers: Option<u64>, is_shown: bool) -> ProgressBar {
    let bar = match answers {
        _ if !is_shown => return ProgressBar::hidden(),
        Some(answers) => ProgressBar::new(answers),
        None => ProgressBar::new_spinner(),
    };
    let template = match answers {
        Some(_) => "{elapsed_precise} {wide_bar} {pos}/{len} answers, {eta} left",
        None => "{elapsed_precise} {pos} answers",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(250));
    bar
}
