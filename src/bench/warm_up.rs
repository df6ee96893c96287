//! Asking until answers take as long as they will go on taking.

use std::time::Duration;

use super::clock::Clock;
use super::closed::closed;
use super::runner::Runner;
use super::task::Target;

/// How many answers a window has at least: with fewer its median says little.
const WINDOW: usize = 50;

/// How many windows in a row must agree.
const WINDOWS: usize = 3;

/// And how well: the largest median may be above the smallest by this part of it.
const AGREEMENT: f64 = 0.02;

/// Windows after which it is given up.
const MOST_WINDOWS: usize = 60;

/// How a warm-up went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct WarmUp {
    /// How often each question was asked.
    pub(super) rounds: usize,
    /// Whether the last windows agree.
    pub(super) stable: bool,
}

/// Asks in a closed loop until the medians of [`WINDOWS`] windows agree, or `most` time has passed.
pub(super) fn warm_up<C: Clock, T: Target + ?Sized>(
    runner: &Runner<'_, C, T>,
    threads: usize,
    seed: u64,
    most: Duration,
) -> WarmUp {
    let begun = runner.clock.now();
    let rounds_each = WINDOW.div_ceil(runner.tasks.len().max(1));
    let mut medians = Vec::new();
    let mut is_over = most.is_zero();
    while !is_over && !is_stable(&medians) {
        // Another order each time, and none of those that are measured.
        let seed = !seed.wrapping_add(medians.len() as u64);
        let mut latencies = closed(runner, threads, rounds_each, seed).latencies();
        medians.push(median(&mut latencies));
        let spent = runner.clock.since(begun);
        is_over = spent >= most || medians.len() == MOST_WINDOWS || runner.interrupt.is_set();
    }
    WarmUp { rounds: rounds_each * medians.len(), stable: is_stable(&medians) }
}

fn is_stable(medians: &[u64]) -> bool {
    let Some(from) = medians.len().checked_sub(WINDOWS) else { return false };
    let (least, most) = medians[from..]
        .iter()
        .fold((u64::MAX, 0), |(least, most), &it| (least.min(it), most.max(it)));
    #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 nanoseconds")]
    let apart = (most - least) as f64;
    #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 nanoseconds")]
    let allowed = least as f64 * AGREEMENT;
    apart <= allowed
}

fn median(latencies: &mut [u64]) -> u64 {
    latencies.sort_unstable();
    latencies.get(latencies.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_windows_that_agree_are_stable() {
        assert!(!is_stable(&[]) && !is_stable(&[100, 100]));
        assert!(is_stable(&[500, 100, 101, 102]));
        assert!(!is_stable(&[100, 100, 103]));
        assert!(!is_stable(&[100, 101, 102, 110]));
    }
}
