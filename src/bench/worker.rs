//! What a process does that measures.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::clock::{Clock, Monotonic, timer_overhead};
use super::closed::closed;
use super::ingest::ingest;
use super::interrupt::Interrupt;
use super::open::{Arrival, Opened, open, poisson, replayed, span};
use super::report::Resources;
use super::residency::resident;
use super::resources::Usage;
use super::runner::Runner;
use super::samples::{Answers, Samples};
use super::task::{Answer, Phase, Target, Task};
use super::warm_up::{WarmUp, warm_up};
use super::wire::{Order, ProcessRuns, Work};
use crate::error::Error;

/// How many answers are told at a time.
const TOLD_AT_A_TIME: u64 = 25;

/// Is given a target once it is open.
pub type UseTarget<'a> = dyn FnMut(&dyn Target) -> Result<(), Error> + 'a;

/// Opens a target and hands it over.
pub type OpenTarget<'a> = dyn Fn(&mut UseTarget<'_>) -> Result<(), Error> + 'a;

/// Measures as `order` says. `answered` is told of answers now and then.
pub fn work(
    order: &Order,
    tasks: &[Task],
    target: &OpenTarget<'_>,
    interrupt: &Interrupt,
    answered: &(dyn Fn(u64) + Sync),
) -> Result<ProcessRuns, Error> {
    let clock = Monotonic::begin();
    let count = AtomicU64::new(0);
    let count_answer = || {
        if count.fetch_add(1, Ordering::Relaxed) % TOLD_AT_A_TIME == TOLD_AT_A_TIME - 1 {
            answered(TOLD_AT_A_TIME);
        }
    };
    let worker = Worker { order, tasks, clock: &clock, interrupt, answered: &count_answer };
    let mut runs = match &order.work {
        Work::Closed { rounds } => worker.warm(target, |runner| {
            Outcome::closed(closed(runner, order.threads, *rounds, order.seed))
        }),
        Work::Open { rate, duration } => {
            let arrivals = poisson(tasks.len(), *rate, *duration, order.seed);
            worker.warm(target, |runner| worker.open(runner, &arrivals, *duration))
        }
        Work::Replay { speed } => {
            let arrivals = replayed(tasks, *speed);
            worker.warm(target, |runner| worker.open(runner, &arrivals, span(&arrivals)))
        }
        Work::Once => worker.once(target),
        Work::Reopening { rounds } => worker.reopening(target, *rounds),
        Work::Ingest { sources } => ingest_into(&order.index, sources, order.threads),
    }?;
    runs.timer_overhead_ns = timer_overhead(&clock);
    runs.stopped = interrupt.is_set();
    Ok(runs)
}

struct Worker<'a> {
    order: &'a Order,
    tasks: &'a [Task],
    clock: &'a Monotonic,
    interrupt: &'a Interrupt,
    answered: &'a (dyn Fn() + Sync),
}

/// What a run has measured.
enum Outcome {
    Closed(Samples),
    Open(Opened),
}

impl Outcome {
    fn closed(samples: Samples) -> Self {
        Self::Closed(samples)
    }
}

type Asking<'a> = Runner<'a, Monotonic, dyn Target + 'a>;

impl Worker<'_> {
    fn runner<'a>(&'a self, target: &'a dyn Target, answers: Answers) -> Asking<'a> {
        Runner {
            clock: self.clock,
            target,
            tasks: self.tasks,
            interrupt: self.interrupt,
            answers,
            answered: self.answered,
        }
    }

    /// Warms up, and then measures.
    fn warm(
        &self,
        open_target: &OpenTarget<'_>,
        measure: impl Fn(&Asking<'_>) -> Outcome,
    ) -> Result<ProcessRuns, Error> {
        let mut runs = ProcessRuns::default();
        open_target(&mut |target| {
            let Order { threads, seed, warm_up: most, .. } = *self.order;
            let silent = Runner { answered: &|| (), ..self.runner(target, Answers::Same) };
            let WarmUp { rounds, stable } = warm_up(&silent, threads, seed, most);
            let resident_before = self.resident();
            let before = Usage::now(self.clock);
            let outcome = measure(&self.runner(target, Answers::Same));
            let resources = before.until_now(self.clock);
            let resident =
                resident_before.zip(self.resident()).map(|([a, _], [b, all])| [a, b, all]);
            runs = outcome.runs();
            (runs.warm_up, runs.stable) = (rounds, stable);
            runs.resources = Resources { resident, ..resources };
            Ok(())
        })?;
        Ok(runs)
    }

    /// Bytes in memory of what is asked, and of all.
    fn resident(&self) -> Option<[u64; 2]> {
        let asked = self.order.room.as_ref().unwrap_or(&self.order.index);
        resident(asked).filter(|[_, all]| *all > 0)
    }

    fn open(&self, runner: &Asking<'_>, arrivals: &[Arrival], span: Duration) -> Outcome {
        Outcome::Open(open(runner, arrivals, self.order.threads, span))
    }

    /// Asks each question once; opening counts, so there should be one question alone.
    fn once(&self, open_target: &OpenTarget<'_>) -> Result<ProcessRuns, Error> {
        let mut samples = Samples::new(self.tasks.len());
        let before = Usage::now(self.clock);
        let begun = self.clock.now();
        open_target(&mut |target| {
            let opened = self.clock.since(begun);
            let counted = Opening { target, opened };
            let runner = self.runner(&counted, Answers::Same);
            for place in 0..self.tasks.len() {
                runner.put(place, Some(begun), &mut samples);
            }
            Ok(())
        })?;
        let resources = before.until_now(self.clock);
        let measured = samples.measured(false);
        Ok(ProcessRuns { measured, stable: true, resources, ..ProcessRuns::default() })
    }

    /// Asks in rounds, each of a reader that sees what was added until then.
    fn reopening(&self, open_target: &OpenTarget<'_>, rounds: usize) -> Result<ProcessRuns, Error> {
        let Order { threads, seed, .. } = *self.order;
        let mut parts = vec![Samples::new(self.tasks.len())];
        let before = Usage::now(self.clock);
        for round in 0..rounds {
            if self.interrupt.is_set() {
                break;
            }
            open_target(&mut |target| {
                let runner = self.runner(target, Answers::Changing);
                parts.push(closed(&runner, threads, 1, seed.wrapping_add(round as u64)));
                Ok(())
            })?;
        }
        let resources = before.until_now(self.clock);
        let mut measured = Samples::joined(parts, Answers::Changing).measured(false);
        // No answer is that of the next process.
        for it in &mut measured {
            it.outcome.checksum.clear();
        }
        // What is asked while the index changes is never as warm as can be.
        Ok(ProcessRuns { measured, stable: true, resources, ..ProcessRuns::default() })
    }
}

impl Outcome {
    fn runs(self) -> ProcessRuns {
        match self {
            Self::Closed(samples) => {
                ProcessRuns { measured: samples.measured(false), ..ProcessRuns::default() }
            }
            Self::Open(Opened { samples, load, unasked }) => ProcessRuns {
                measured: samples.measured(true),
                load: Some(load),
                unasked,
                ..ProcessRuns::default()
            },
        }
    }
}

/// A target whose answers are said to have taken an opening, too.
struct Opening<'a> {
    target: &'a dyn Target,
    opened: Duration,
}

impl Target for Opening<'_> {
    fn perform(&self, task: &Task) -> Result<Answer, Error> {
        let mut answer = self.target.perform(task)?;
        answer.phases.add(Phase::Open, self.opened);
        Ok(answer)
    }
}

/// Indexes files into an index of its own.
fn ingest_into(
    index: &Path,
    sources: &[std::path::PathBuf],
    threads: usize,
) -> Result<ProcessRuns, Error> {
    let clock = Monotonic::begin();
    let before = Usage::now(&clock);
    let ingest = ingest(&clock, index, sources, threads)?;
    let resources = before.until_now(&clock);
    Ok(ProcessRuns { ingest: Some(ingest), stable: true, resources, ..ProcessRuns::default() })
}
