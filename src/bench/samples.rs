//! What has been measured of each question.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::report::Outcome;
use super::task::{Answer, Phase, Phases};

/// When a question was answered, and how long it took, in nanoseconds.
#[derive(Clone, Copy, Debug)]
struct Timing {
    begun: u64,
    latency: u64,
    service: u64,
}

/// What has been measured of one question.
#[derive(Clone, Debug, Default)]
struct OfTask {
    timings: Vec<Timing>,
    phases: Phases,
    first: Option<Answer>,
    errors: u64,
    error: Option<String>,
}

/// What has been measured of all questions, by their places in the workload.
#[derive(Clone, Debug)]
pub(super) struct Samples(Vec<OfTask>);

/// What a process has measured of a question.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Measured {
    /// Latencies in nanoseconds, in the order of measuring.
    pub samples: Vec<u64>,
    /// For runs at a rate: the same from the real start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<u64>,
    /// The mean time of each phase in nanoseconds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub phases: BTreeMap<Phase, u64>,
    /// What it came to.
    pub outcome: Outcome,
}

/// When a question was to begin, did, and was answered, by one clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) intended: Duration,
    pub(super) begun: Duration,
    pub(super) ended: Duration,
}

/// Whether the same question has the same answer each time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Answers {
    Same,
    /// The index changes meanwhile.
    Changing,
}

impl Samples {
    pub(super) fn new(tasks: usize) -> Self {
        Self(vec![OfTask::default(); tasks])
    }

    pub(super) fn add(&mut self, task: usize, times: Times, answer: Answer, answers: Answers) {
        let of_task = &mut self.0[task];
        of_task.timings.push(Timing {
            begun: nanos(times.begun),
            latency: nanos(times.ended.saturating_sub(times.intended)),
            service: nanos(times.ended.saturating_sub(times.begun)),
        });
        for phase in Phase::ALL {
            of_task.phases.add(phase, answer.phases.of(phase));
        }
        let first = *of_task.first.get_or_insert(answer);
        if answers == Answers::Same && !is_same(first, answer) {
            self.fail(task, "the same question had another answer".into());
        }
    }

    pub(super) fn fail(&mut self, task: usize, error: String) {
        let of_task = &mut self.0[task];
        of_task.errors += 1;
        of_task.error.get_or_insert(error);
    }

    /// One of what several threads have measured.
    pub(super) fn joined(parts: Vec<Self>, answers: Answers) -> Self {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or(Self(Vec::new()));
        for part in parts {
            for (task, other) in part.0.into_iter().enumerate() {
                whole.join(task, other, answers);
            }
        }
        for of_task in &mut whole.0 {
            of_task.timings.sort_by_key(|timing| timing.begun);
        }
        whole
    }

    fn join(&mut self, task: usize, other: OfTask, answers: Answers) {
        let of_task = &mut self.0[task];
        of_task.timings.extend(other.timings);
        for phase in Phase::ALL {
            of_task.phases.add(phase, other.phases.of(phase));
        }
        of_task.errors += other.errors;
        of_task.error = of_task.error.take().or(other.error);
        match (of_task.first, other.first) {
            (Some(a), Some(b)) if answers == Answers::Same && !is_same(a, b) => {
                self.fail(task, "the same question had another answer".into());
            }
            (a, b) => of_task.first = a.or(b),
        }
    }

    /// All latencies, in nanoseconds.
    pub(super) fn latencies(&self) -> Vec<u64> {
        self.0.iter().flat_map(|it| &it.timings).map(|timing| timing.latency).collect()
    }

    /// How late each question began, in nanoseconds, in the order in which they did.
    pub(super) fn lateness(&self) -> Vec<u64> {
        let mut timings: Vec<_> = self.0.iter().flat_map(|it| &it.timings).collect();
        timings.sort_by_key(|timing| timing.begun);
        timings.iter().map(|timing| timing.latency - timing.service).collect()
    }

    /// How many were answered.
    pub(super) fn answered(&self) -> usize {
        self.0.iter().map(|it| it.timings.len()).sum()
    }

    /// What is kept of each question; `service` beside latency only where they differ.
    pub(super) fn measured(self, with_service: bool) -> Vec<Measured> {
        self.0.into_iter().map(|of_task| of_task.measured(with_service)).collect()
    }
}

impl OfTask {
    fn measured(self, with_service: bool) -> Measured {
        let samples: Vec<_> = self.timings.iter().map(|timing| timing.latency).collect();
        let service = self.timings.iter().filter(|_| with_service).map(|timing| timing.service);
        let count = samples.len().max(1) as u64;
        let phases = Phase::ALL.into_iter().map(|it| (it, nanos(self.phases.of(it)) / count));
        let first = self.first.unwrap_or_default();
        Measured {
            service: service.collect(),
            phases: phases.filter(|&(_, time)| time > 0).collect(),
            outcome: Outcome {
                total: first.total,
                checksum: self.first.map_or(String::new(), |it| format!("{:016x}", it.checksum)),
                errors: self.errors,
                error: self.error,
            },
            samples,
        }
    }
}

fn is_same(a: Answer, b: Answer) -> bool {
    (a.total, a.checksum) == (b.total, b.checksum)
}

/// A time in nanoseconds; those of centuries are cut.
pub(super) fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
