//! Puts questions to a target, and takes the time.

use std::fmt;
use std::time::Duration;

use super::clock::Clock;
use super::interrupt::Interrupt;
use super::samples::{Answers, Samples, Times};
use super::task::{Target, Task};

/// What is asked of whom, by which clock.
pub(super) struct Runner<'a, C, T: ?Sized> {
    pub(super) clock: &'a C,
    pub(super) target: &'a T,
    pub(super) tasks: &'a [Task],
    pub(super) interrupt: &'a Interrupt,
    pub(super) answers: Answers,
    /// Is told of each answer.
    pub(super) answered: &'a (dyn Fn() + Sync),
}

impl<C: Clock, T: Target + ?Sized> Runner<'_, C, T> {
    /// Puts the question at a place in the workload. `intended` is when it should have begun; by
    /// itself, now.
    pub(super) fn put(&self, place: usize, intended: Option<Duration>, samples: &mut Samples) {
        let begun = self.clock.now();
        let outcome = self.target.perform(&self.tasks[place]);
        let ended = self.clock.now();
        match outcome {
            Ok(answer) => {
                let times = Times { intended: intended.unwrap_or(begun), begun, ended };
                samples.add(place, times, answer, self.answers);
            }
            Err(error) => samples.fail(place, error.to_string()),
        }
        (self.answered)();
    }

    /// Has so many threads do the same, and joins what they have measured.
    pub(super) fn on_threads(&self, threads: usize, work: impl Fn(&mut Samples) + Sync) -> Samples {
        let measure = || {
            let mut samples = Samples::new(self.tasks.len());
            work(&mut samples);
            samples
        };
        let parts = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(measure)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|it| std::panic::resume_unwind(it)))
                .collect()
        });
        Samples::joined(parts, self.answers)
    }
}

impl<C, T: ?Sized> fmt::Debug for Runner<'_, C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runner").field("tasks", &self.tasks.len()).finish_non_exhaustive()
    }
}
