//! A closed loop: each thread asks the next question as soon as it has an answer.
//!
//! It tells how long answers take while nobody waits in line: service time. Under load, latency is
//! more; see [`super::open`].

use std::sync::{Mutex, PoisonError};

use super::clock::Clock;
use super::runner::Runner;
use super::samples::Samples;
use super::task::Target;
use crate::random::Random;

/// Puts every question `rounds` times, by so many threads. Each round has an order of its own, so
/// that classes are interleaved and no question always follows the same one.
pub(super) fn closed<C: Clock, T: Target + ?Sized>(
    runner: &Runner<'_, C, T>,
    threads: usize,
    rounds: usize,
    seed: u64,
) -> Samples {
    let order = Mutex::new(Order::new(runner.tasks.len(), rounds, seed));
    // A thread that panics takes the run with it, not the order.
    let next = || order.lock().unwrap_or_else(PoisonError::into_inner).next();
    runner.on_threads(threads, |samples| {
        while !runner.interrupt.is_set() {
            let Some(place) = next() else { break };
            runner.put(place, None, samples);
        }
    })
}

/// The places of questions in the order of asking.
struct Order {
    random: Random,
    round: Vec<usize>,
    /// How many of this round are still to come; they are taken from its end.
    left: usize,
    /// Rounds behind this one.
    rounds: usize,
}

impl Order {
    fn new(tasks: usize, rounds: usize, seed: u64) -> Self {
        Self { random: Random::new(seed), round: (0..tasks).collect(), left: 0, rounds }
    }
}

impl Iterator for Order {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.left == 0 {
            self.rounds = self.rounds.checked_sub(1)?;
            self.random.shuffle(&mut self.round);
            self.left = self.round.len();
        }
        self.left = self.left.checked_sub(1)?;
        self.round.get(self.left).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_round_has_each_question_once_in_an_order_of_its_own() {
        let order: Vec<_> = Order::new(20, 3, 11).collect();
        let rounds: Vec<_> = order.chunks(20).collect();
        assert_ne!(rounds[0], rounds[1]);
        for round in rounds {
            let mut sorted = round.to_vec();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..20).collect::<Vec<_>>());
        }
        assert_eq!(Order::new(0, 3, 11).count(), 0);
    }
}
