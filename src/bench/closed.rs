//! A closed loop: each thread asks the next question as soon as it has an answer.
//!
//! It tells how long answers take while nobody waits in line: service time. Under load, latency is
//! more; see [`super::open`].

use std::sync::atomic::{AtomicUsize, Ordering};

use super::clock::Clock;
use super::random::Random;
use super::runner::Runner;
use super::samples::Samples;
use super::task::Target;

/// Puts every question `rounds` times, by so many threads. Each round has an order of its own, so
/// that classes are interleaved and no question always follows the same one.
pub(super) fn closed<C: Clock, T: Target + ?Sized>(
    runner: &Runner<'_, C, T>,
    threads: usize,
    rounds: usize,
    seed: u64,
) -> Samples {
    let order = order(runner.tasks.len(), rounds, seed);
    let next = AtomicUsize::new(0);
    runner.on_threads(threads, |samples| {
        while !runner.interrupt.is_set() {
            let Some(&place) = order.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            runner.put(place, None, samples);
        }
    })
}

/// The places of questions in the order of asking.
fn order(tasks: usize, rounds: usize, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed);
    let mut round: Vec<_> = (0..tasks).collect();
    let mut order = Vec::with_capacity(tasks * rounds);
    for _ in 0..rounds {
        random.shuffle(&mut round);
        order.extend_from_slice(&round);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_round_has_each_question_once_in_an_order_of_its_own() {
        let order = order(20, 3, 11);
        let rounds: Vec<_> = order.chunks(20).collect();
        assert_ne!(rounds[0], rounds[1]);
        for round in rounds {
            let mut sorted = round.to_vec();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..20).collect::<Vec<_>>());
        }
    }
}
