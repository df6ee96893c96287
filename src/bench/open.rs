//! An open loop: questions arrive when they will, whether the ones before are answered or not.
//!
//! Latency counts from the moment at which a question was to begin. A closed loop asks less while
//! answers are slow, and so leaves out just those that would have waited (Tene, "coordinated
//! omission"); here a stall of a second is felt by everyone who came within it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::clock::Clock;
use super::report::Load;
use super::runner::Runner;
use super::samples::{Samples, nanos};
use super::task::{Target, Task};
use crate::random::Random;

/// A machine that answers less than this part of what arrives does not keep up.
const KEPT_UP: f64 = 0.95;

/// How long a thread waits at most before it looks whether the run is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// A question that arrives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Arrival {
    /// When, from the beginning of the run.
    pub(super) at: Duration,
    /// Which, by its place in the workload.
    pub(super) task: usize,
}

/// What an open loop has measured.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) samples: Samples,
    pub(super) load: Load,
    /// Questions that had not begun when the run was ended.
    pub(super) unasked: u64,
}

/// Arrivals of a Poisson process: `rate` a second, each in its own time. All questions come before
/// one comes again.
pub(super) fn poisson(tasks: usize, rate: f64, duration: Duration, seed: u64) -> Vec<Arrival> {
    let mut random = Random::new(seed);
    let mut round = Vec::new();
    let mut arrivals = Vec::new();
    let mut at = 0.0;
    loop {
        at -= random.unit().ln() / rate;
        if tasks == 0 || at >= duration.as_secs_f64() {
            return arrivals;
        }
        if round.is_empty() {
            round = (0..tasks).collect();
            random.shuffle(&mut round);
        }
        let task = round.pop().unwrap_or(0);
        arrivals.push(Arrival { at: Duration::from_secs_f64(at), task });
    }
}

/// Arrivals as a log has them, `speed` times as fast. Questions without a time come with those
/// before them.
pub(super) fn replayed(tasks: &[Task], speed: f64) -> Vec<Arrival> {
    let mut at = Duration::ZERO;
    let mut arrivals: Vec<_> = (0..)
        .zip(tasks)
        .map(|(task, it)| {
            at = it.at.unwrap_or(at);
            Arrival { at: at.div_f64(speed), task }
        })
        .collect();
    arrivals.sort_by_key(|arrival| arrival.at);
    arrivals
}

/// Puts questions as they arrive within `span`, by so many threads. A run whose machine does not keep
/// up is ended after twice that time.
pub(super) fn open<C: Clock, T: Target + ?Sized>(
    runner: &Runner<'_, C, T>,
    arrivals: &[Arrival],
    threads: usize,
    span: Duration,
) -> Opened {
    let begun = runner.clock.now();
    let end = begun + 2 * span;
    let (next, asked) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let samples = runner.on_threads(threads, |samples| {
        while let Some(arrival) = arrivals.get(next.fetch_add(1, Ordering::Relaxed)) {
            let intended = begun + arrival.at;
            if !wait(runner, intended) || runner.clock.now() > end {
                break;
            }
            asked.fetch_add(1, Ordering::Relaxed);
            runner.put(arrival.task, Some(intended), samples);
        }
    });
    let took = runner.clock.since(begun).max(span);
    let left = arrivals.len().saturating_sub(asked.into_inner()) as u64;
    let unasked = if runner.interrupt.is_set() { 0 } else { left };
    let load = load(&samples, arrivals.len(), span, took, unasked);
    Opened { samples, load, unasked }
}

/// Waits until then; `false` if the run is to stop.
fn wait<C: Clock, T: Target + ?Sized>(runner: &Runner<'_, C, T>, until: Duration) -> bool {
    loop {
        if runner.interrupt.is_set() {
            return false;
        }
        let now = runner.clock.now();
        if now >= until {
            return true;
        }
        runner.clock.wait_until(until.min(now + LOOK));
    }
}

#[expect(clippy::cast_precision_loss, reason = "questions are far fewer than 2^53")]
fn load(samples: &Samples, arrived: usize, span: Duration, took: Duration, unasked: u64) -> Load {
    let answered = samples.answered() as f64;
    let rate = arrived as f64 / span.as_secs_f64();
    let achieved = answered / took.as_secs_f64();
    Load {
        rate,
        achieved,
        p99_ns: percentile(&mut samples.latencies(), 0.99),
        saturated: unasked > 0 || achieved < KEPT_UP * rate || grows(samples),
        kept: None,
    }
}

/// Whether those who come later wait ever longer: in each quarter of the run more than in the one
/// before, and in the last one for twenty answers. In a line that does not grow, waiting goes up and
/// down.
fn grows(samples: &Samples) -> bool {
    let lateness = samples.lateness();
    let quarter = lateness.len() / 4;
    if quarter < 10 {
        return false;
    }
    let means: Vec<u64> = lateness
        .chunks(quarter)
        .take(4)
        .map(|it| it.iter().sum::<u64>() / quarter as u64)
        .collect();
    let service: u64 =
        samples.latencies().iter().sum::<u64>().saturating_sub(lateness.iter().sum());
    let mean_service = service / lateness.len() as u64;
    means.is_sorted_by(|a, b| a < b) && means[3] > 20 * mean_service
}

/// The smallest latency that at least this part of all does not exceed; `None` where there is none.
pub(super) fn percentile(latencies: &mut [u64], part: f64) -> Option<u64> {
    latencies.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "questions are far fewer than 2^53")]
    let rank = (part * latencies.len() as f64).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank in the list"
    )]
    let rank = rank as usize;
    latencies.get(rank.saturating_sub(1)).copied()
}

/// When the last of them arrives.
pub(super) fn span(arrivals: &[Arrival]) -> Duration {
    // A log of one moment still has a rate.
    arrivals.last().map_or(Duration::ZERO, |it| it.at).max(Duration::from_nanos(nanos(LOOK)))
}

#[cfg(test)]
mod tests;
