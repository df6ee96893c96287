//! Runs that were never made, for tests.

use std::collections::BTreeMap;

use super::report::{
    Fingerprint, IndexFacts, Machine, Mode, Outcome, QueryRuns, REPORT_VERSION, Report, Resources,
    Settings,
};
use crate::random::Random;

/// What a run that is made up is like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Simulation {
    pub(crate) classes: usize,
    /// Of each class.
    pub(crate) queries: usize,
    pub(crate) processes: usize,
    pub(crate) rounds: usize,
    /// What every time is multiplied by.
    pub(crate) factor: f64,
    pub(crate) seed: u64,
}

impl Default for Simulation {
    fn default() -> Self {
        Self { classes: 2, queries: 10, processes: 10, rounds: 20, factor: 1.0, seed: 0 }
    }
}

/// How far processes differ, all times of one being longer or shorter together.
const BETWEEN_PROCESSES: f64 = 0.03;

/// And each question in each of them.
const BETWEEN_PLACES: f64 = 0.01;

/// How far samples differ within a process; one in fifty is three times as slow besides.
const WITHIN: f64 = 0.1;

impl Simulation {
    /// Makes the run up. Questions are the same whatever the seed; noise follows from it.
    pub(crate) fn run(self) -> Report {
        let mut random = Random::new(self.seed ^ 0x5eed_0000_0000);
        let processes: Vec<f64> =
            (0..self.processes).map(|_| normal(&mut random) * BETWEEN_PROCESSES).collect();
        let mut workload = Random::new(11);
        let mut queries = Vec::new();
        for class in 0..self.classes {
            for query in 0..self.queries {
                let usual = 0.2e6
                    * 4_f64.powi(i32::try_from(class).expect("few classes"))
                    * normal(&mut workload).exp()
                    * self.factor;
                let samples = processes.iter().map(|process| {
                    let level = process + normal(&mut random) * BETWEEN_PLACES;
                    let times = (0..self.rounds).map(|_| {
                        let hiccup = if random.below(50) == 0 { 3.0 } else { 1.0 };
                        nanos(usual * (level + normal(&mut random) * WITHIN).exp() * hiccup)
                    });
                    times.collect()
                });
                queries.push(QueryRuns {
                    samples: samples.collect(),
                    ..runs(&format!("class-{class}"), &format!("words {class} {query}"), &[])
                });
            }
        }
        report(queries)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time of our own")]
fn nanos(time: f64) -> u64 {
    time.round() as u64
}

/// A normal number (Box and Muller 1958).
fn normal(random: &mut Random) -> f64 {
    let radius = (-2.0 * random.unit().ln()).sqrt();
    radius * (std::f64::consts::TAU * random.unit()).cos()
}

/// What was measured of a question, for each process its samples.
pub(crate) fn runs(class: &str, query: &str, samples: &[&[u64]]) -> QueryRuns {
    QueryRuns {
        class: class.into(),
        query: query.into(),
        ask: "hits".into(),
        outcome: Outcome { total: 12, checksum: "00c0ffee".into(), ..Outcome::default() },
        samples: samples.iter().map(|it| it.to_vec()).collect(),
        service: Vec::new(),
        phases: BTreeMap::new(),
    }
}

/// A report on these questions, in closed loop with one thread.
pub(crate) fn report(queries: Vec<QueryRuns>) -> Report {
    let processes = queries.iter().map(|it| it.samples.len()).max().unwrap_or_default();
    let resources = Resources {
        cpu_ms: Some(940.0),
        wall_ms: 1_000.0,
        minor_faults: Some(120),
        major_faults: Some(0),
        read_bytes: Some(4_096),
        peak_memory: Some(88_000_000),
        resident: Some([50_000_000, 50_000_000, 50_000_000]),
    };
    Report {
        v: REPORT_VERSION,
        target: "dateline".into(),
        settings: Settings {
            mode: Mode::Closed,
            threads: 1,
            processes,
            rounds: 20,
            rate: None,
            seed: 42,
            warm_up: vec![3; processes],
            timer_overhead_ns: 21.0,
        },
        fingerprint: Fingerprint {
            dateline: "0.1.0".into(),
            engine: "tantivy 0.27.0".into(),
            build: "rustc 1.91.0, x86_64-unknown-linux-gnu, release".into(),
            machine: Machine {
                cpu: Some("Example CPU".into()),
                cores: Some(2),
                kernel: Some("Linux 6.1".into()),
                memory: Some(8_000_000_000),
                load: Some([0.1, 0.9]),
                ..Machine::default()
            },
            index: IndexFacts {
                articles: 20_000,
                segments: 1,
                deleted: 0,
                bytes: 50_000_000,
                generation: 3,
                content: "aa11".into(),
            },
            queries: "bb22".into(),
            begun: "2026-11-26T12:00:00Z".into(),
        },
        warnings: Vec::new(),
        partial: false,
        queries,
        resources: vec![resources; processes],
        loads: Vec::new(),
        ingest: Vec::new(),
    }
}
