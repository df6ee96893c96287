//! A whole run: fresh processes one after the other, and what became of them, in a report.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::clock::Monotonic;
use super::closed::closed;
use super::fingerprint::{fingerprint, index_facts};
use super::gather::{queries, timer_overhead_ns};
use super::ingest::{add_until, copy_index};
use super::interrupt::Interrupt;
use super::machine::Watched;
use super::processes::{Died, Processes};
use super::program::Program;
use super::report::{
    IndexFacts, Ingest, Load, Mode, REPORT_VERSION, Report, Resources, Settings, Warning,
};
use super::resources::Usage;
use super::runner::Runner;
use super::samples::Answers;
use super::sweep::{Objective, highest_kept, sweep};
use super::task::Task;
use super::warnings::{of_build, of_machine, of_runs, of_samples, warning};
use super::wire::{Order, ProcessRuns, Work};
use super::{clock, cold};
use crate::error::Error;

/// The part of what a closed loop answers at which a sweep begins.
const FIRST_RATE: f64 = 0.25;

/// What is measured, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The index.
    pub index: PathBuf,
    /// Who answers, as [`Report::target`].
    pub target: String,
    /// Where whoever answers may keep what it needs beside the index.
    pub room: Option<PathBuf>,
    /// The mode.
    pub mode: Mode,
    /// Threads that ask; for ingest, that index.
    pub threads: usize,
    /// Fresh processes.
    pub processes: usize,
    /// How often each question is put in each.
    pub rounds: usize,
    /// Questions a second, in [`Mode::Open`]; where [`Mode::Sweep`] begins.
    pub rate: Option<f64>,
    /// How long each process is asked at a rate.
    pub duration: Duration,
    /// What latency is to be; for sweeps.
    pub objective: Option<Objective>,
    /// In [`Mode::Open`]: have questions come as their log has it, so many times as fast.
    pub replay: Option<f64>,
    /// What is indexed.
    pub sources: Vec<PathBuf>,
    /// The most time for warming up each process.
    pub warm_up: Duration,
    /// The order of questions and arrivals follow from it.
    pub seed: u64,
}

/// How programs are started, and who is told.
#[derive(Clone, Copy)]
pub struct Programs<'a> {
    /// Those that measure, with [`work`](super::work).
    pub processes: Processes<'a>,
    /// The one that answers a question as from a command line.
    pub asking: &'a (dyn Fn(&Task) -> Command + Sync),
}

/// Measures as planned. `begun` is the time, RFC 3339 in UTC.
pub fn measure(
    plan: &Plan,
    tasks: &[Task],
    programs: &Programs<'_>,
    begun: String,
) -> Result<Report, Error> {
    let temporary = std::env::temp_dir();
    let writes = matches!(plan.mode, Mode::WhileIndexing | Mode::Ingest);
    let watched = Watched::begin(if writes { &temporary } else { &plan.index });
    let mut run =
        Run { plan, tasks, programs, runs: Vec::new(), died: Vec::new(), notes: Vec::new() };
    let Extra { index, loads, rate, ingest } = run.all()?;
    let Run { runs, died, notes, .. } = run;
    // Nobody may have the index open while it is measured cold, so this opens it afterwards.
    let index = index.map_or_else(|| index_facts(&plan.index), Ok)?;
    let machine = watched.end();
    let queries = if plan.mode == Mode::Ingest { Vec::new() } else { queries(tasks, &runs) };
    let mut warnings = of_machine(&machine);
    warnings.extend(of_build());
    warnings.extend(of_runs(&runs));
    warnings.extend(of_samples(&queries));
    warnings.extend(notes);
    warnings.extend(died.iter().cloned());
    if plan.mode == Mode::Cold {
        warnings.extend(cold::doubt(&plan.index, &runs));
    }
    Ok(Report {
        v: REPORT_VERSION,
        target: plan.target.clone(),
        settings: Settings {
            mode: plan.mode,
            threads: plan.threads,
            processes: runs.len(),
            rounds: match plan.mode {
                Mode::Closed | Mode::WhileIndexing => plan.rounds,
                Mode::Cold | Mode::Process | Mode::Ingest => 1,
                Mode::Open | Mode::Sweep => 0,
            },
            rate,
            seed: plan.seed,
            warm_up: runs.iter().map(|run| run.warm_up).collect(),
            timer_overhead_ns: timer_overhead_ns(&runs),
        },
        fingerprint: fingerprint(index, machine, tasks, begun),
        warnings,
        partial: !died.is_empty()
            || programs.processes.interrupt.is_set()
            || runs.iter().any(|run| run.stopped),
        queries,
        resources: runs.iter().map(|run| run.resources.clone()).collect(),
        loads,
        ingest,
    })
}

/// What some modes give beside samples.
#[derive(Default)]
struct Extra {
    /// The index, where it is not the one that was named.
    index: Option<IndexFacts>,
    loads: Vec<Load>,
    rate: Option<f64>,
    ingest: Vec<Ingest>,
}

/// A run under way.
struct Run<'a> {
    plan: &'a Plan,
    tasks: &'a [Task],
    programs: &'a Programs<'a>,
    runs: Vec<ProcessRuns>,
    /// Processes that measured nothing.
    died: Vec<Warning>,
    notes: Vec<Warning>,
}

impl Run<'_> {
    fn all(&mut self) -> Result<Extra, Error> {
        let Plan { mode, rounds, duration, .. } = *self.plan;
        match mode {
            Mode::Closed => self.repeat(&Work::Closed { rounds })?,
            Mode::Open => return self.open(),
            Mode::Sweep => return self.sweep(duration),
            Mode::Cold => self.cold()?,
            Mode::Process => self.whole_program()?,
            Mode::WhileIndexing => return self.while_indexing(),
            Mode::Ingest => return self.ingest(),
        }
        Ok(Extra::default())
    }

    fn order(&self, work: Work, number: usize) -> Order {
        Order {
            index: self.plan.index.clone(),
            target: self.plan.target.clone(),
            room: self.plan.room.clone(),
            work,
            threads: self.plan.threads,
            seed: self.plan.seed.wrapping_add(number as u64),
            warm_up: self.plan.warm_up,
        }
    }

    /// Has as many processes as planned do the same, one after the other.
    fn repeat(&mut self, work: &Work) -> Result<(), Error> {
        self.repeat_with(self.plan.processes, |run, number| {
            run.programs.processes.run(&run.order(work.clone(), number), run.tasks)
        })
    }

    /// Likewise, each in some way. One that dies is told, the others count; where all do, that is
    /// the end.
    fn repeat_with(
        &mut self,
        count: usize,
        mut measure: impl FnMut(&Self, usize) -> Result<ProcessRuns, Died>,
    ) -> Result<(), Error> {
        for number in 0..count {
            if self.is_interrupted() {
                break;
            }
            match measure(self, number) {
                Ok(run) => self.runs.push(run),
                // A stop may reach it before it can tell anything.
                Err(_) if self.is_interrupted() => break,
                Err(Died(how)) => {
                    let which = format!("process {} of {count} {how}", number + 1);
                    self.died.push(warning("process", which));
                }
            }
        }
        match self.died.first() {
            Some(died) if self.runs.is_empty() => {
                Err(Error::NotMeasured { detail: died.detail.clone() })
            }
            _ => Ok(()),
        }
    }

    fn is_interrupted(&self) -> bool {
        self.programs.processes.interrupt.is_set()
    }

    fn open(&mut self) -> Result<Extra, Error> {
        let Plan { duration, replay, rate, .. } = *self.plan;
        let work = match replay {
            Some(speed) => Work::Replay { speed },
            None => Work::Open { rate: rate.unwrap_or(1.0), duration },
        };
        self.repeat(&work)?;
        let loads = self.runs.iter_mut().filter_map(|run| run.load.clone()).collect();
        Ok(Extra { loads, rate: rate.filter(|_| replay.is_none()), ..Extra::default() })
    }

    /// Looks for the highest rate that keeps the objective, and measures there.
    fn sweep(&mut self, duration: Duration) -> Result<Extra, Error> {
        let first = match self.plan.rate {
            Some(rate) => rate,
            None => self.capacity()? * FIRST_RATE,
        };
        let objective = self.plan.objective;
        let mut lowest: Option<ProcessRuns> = None;
        let mut has_lost = false;
        let attempt = |rate: f64| -> Result<Option<Load>, Error> {
            // Lower than one question in all this time there is nothing to measure.
            let is_too_low = rate * duration.as_secs_f64() < 1.0;
            if has_lost && is_too_low || self.is_interrupted() {
                return Ok(None);
            }
            let order = self.order(Work::Open { rate, duration }, 0);
            let Some(run) = self.run_or_stop(&order)? else { return Ok(None) };
            let mut load = run.load.clone().unwrap_or(Load {
                rate,
                achieved: 0.0,
                p99_ns: None,
                saturated: true,
                kept: None,
            });
            load.kept = Some(!load.saturated && objective.is_none_or(|it| keeps(&run, it)));
            has_lost |= load.kept == Some(false);
            lowest = Some(run);
            Ok(Some(load))
        };
        let loads = sweep(first, attempt)?;
        let rate = highest_kept(&loads);
        match rate {
            Some(rate) => self.repeat(&Work::Open { rate, duration })?,
            // Nothing kept it: what was measured last is at the lowest rate that was tried.
            None => self.runs.extend(lowest),
        }
        if rate.is_none() && !loads.is_empty() {
            let detail = "no rate that was tried keeps the objective; figures are of the last one";
            self.notes.push(warning("objective", detail));
        }
        let last = loads.last().map(|load| load.rate);
        Ok(Extra { loads, rate: rate.or(last), ..Extra::default() })
    }

    /// Runs a process; `None` where it was stopped before it had anything to tell.
    fn run_or_stop(&self, order: &Order) -> Result<Option<ProcessRuns>, Error> {
        match self.programs.processes.run(order, self.tasks) {
            Ok(run) => Ok(Some(run)),
            Err(_) if self.is_interrupted() => Ok(None),
            Err(Died(detail)) => Err(Error::NotMeasured { detail }),
        }
    }

    /// Questions a second that a closed loop answers.
    fn capacity(&self) -> Result<f64, Error> {
        let order = self.order(Work::Closed { rounds: 1 }, 0);
        let Some(run) = self.run_or_stop(&order)? else { return Ok(1.0) };
        let answers = run.measured.iter().map(|it| it.samples.len()).sum::<usize>();
        #[expect(clippy::cast_precision_loss, reason = "questions are far fewer than 2^53")]
        let rate = answers as f64 / (run.resources.wall_ms / 1e3).max(1e-6);
        Ok(rate.max(0.01))
    }

    /// Each round is a pass in which every question has a process of its own.
    fn cold(&mut self) -> Result<(), Error> {
        self.repeat_with(self.plan.rounds, |run, number| {
            cold::pass(&run.programs.processes, &run.order(Work::Once, number), run.tasks)
        })
    }

    /// Likewise; each question is asked as from a command line.
    fn whole_program(&mut self) -> Result<(), Error> {
        // The library says what each question comes to; what the program prints must be the same
        // each time.
        let known = self.run_or_stop(&self.order(Work::Once, 0))?;
        self.repeat_with(self.plan.rounds, |run, number| Ok(run.program_pass(number)))?;
        for (place, of_library) in known.into_iter().flat_map(|it| it.measured).enumerate() {
            for run in &mut self.runs {
                run.measured[place].outcome.total = of_library.outcome.total;
            }
        }
        Ok(())
    }

    fn program_pass(&self, number: usize) -> ProcessRuns {
        let clock = Monotonic::begin();
        let Processes { interrupt, answered, .. } = self.programs.processes;
        let runner = Runner {
            clock: &clock,
            target: &Program { command: self.programs.asking },
            tasks: self.tasks,
            interrupt,
            answers: Answers::Same,
            answered: &|| (),
        };
        let before = Usage::now(&clock);
        let seed = self.plan.seed.wrapping_add(number as u64);
        let samples = closed(&runner, self.plan.threads, 1, seed);
        let resources = Resources { peak_memory: None, ..before.until_now(&clock) };
        answered(samples.answered() as u64);
        ProcessRuns {
            measured: samples.measured(false),
            stable: true,
            stopped: interrupt.is_set(),
            timer_overhead_ns: clock::timer_overhead(&clock),
            resources,
            ..ProcessRuns::default()
        }
    }

    /// Asks a copy of the index while articles are added to it.
    fn while_indexing(&mut self) -> Result<Extra, Error> {
        let room = temporary()?;
        let (copy, articles) = (room.path().join("index"), room.path().join("articles"));
        copy_index(&self.plan.index, &copy)?;
        std::fs::create_dir(&articles)
            .map_err(|source| Error::Write { path: articles.clone(), source })?;
        let plan = Plan { index: copy.clone(), ..self.plan.clone() };
        let is_over = Interrupt::default();
        let added = std::thread::scope(|scope| {
            let Plan { sources, seed, .. } = &plan;
            let adding = scope.spawn(|| add_until(&copy, sources, &articles, *seed, &is_over));
            let mut run =
                Run { plan: &plan, runs: Vec::new(), died: Vec::new(), notes: Vec::new(), ..*self };
            let outcome = run.repeat(&Work::Reopening { rounds: plan.rounds });
            is_over.set();
            (self.runs, self.died) = (run.runs, run.died);
            let added = adding.join().unwrap_or_else(|it| std::panic::resume_unwind(it));
            outcome.and(added)
        })?;
        Ok(Extra { ingest: vec![added], ..Extra::default() })
    }

    /// Indexes into a folder of its own, each process into another.
    fn ingest(&mut self) -> Result<Extra, Error> {
        let room = temporary()?;
        let mut facts = None;
        self.repeat_with(self.plan.processes, |run, number| {
            let order = run.order(Work::Ingest { sources: run.plan.sources.clone() }, number);
            let index = room.path().join(format!("index-{number}"));
            let order = Order { index: index.clone(), ..order };
            let measured = run.programs.processes.run(&order, &[])?;
            (run.programs.processes.answered)(1);
            facts = index_facts(&index).ok();
            // It is of no use any more, and may be large; what stays goes with the folder.
            let _ = std::fs::remove_dir_all(&index);
            Ok(measured)
        })?;
        let ingest = self.runs.iter().filter_map(|run| run.ingest).collect();
        Ok(Extra { index: facts, ingest, ..Extra::default() })
    }
}

/// Whether a process kept an objective. Where nobody came, nobody waited.
fn keeps(run: &ProcessRuns, objective: Objective) -> bool {
    let mut latencies: Vec<_> = run.measured.iter().flat_map(|it| &it.samples).copied().collect();
    let has_failed = run.measured.iter().any(|it| it.outcome.errors > 0);
    if latencies.is_empty() { !has_failed } else { objective.is_kept(&mut latencies) }
}

fn temporary() -> Result<tempfile::TempDir, Error> {
    let path = std::env::temp_dir();
    tempfile::tempdir().map_err(|source| Error::Write { path, source })
}

impl Plan {
    /// How many answers there will be, where that is known before.
    pub fn answers(&self, tasks: usize) -> Option<u64> {
        let passes = match self.mode {
            Mode::Closed | Mode::WhileIndexing => self.processes * self.rounds,
            Mode::Cold | Mode::Process => self.rounds,
            Mode::Ingest => return Some(self.processes as u64),
            Mode::Open | Mode::Sweep => return None,
        };
        Some((passes * tasks) as u64)
    }
}

impl std::fmt::Debug for Programs<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Programs").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
