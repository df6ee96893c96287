//! The clock that runs are timed by.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The end of a wait that is spent looking at the clock, as a thread that sleeps wakes up late: 50
/// microseconds or so on Linux, more where it is busy.
const SPIN: Duration = Duration::from_micros(200);

/// Readings in a row that are timed as one, so that they take many ticks of any clock.
const READINGS: u32 = 100;

/// A clock that never goes back.
pub(super) trait Clock: Sync {
    /// The time since some moment that stays the same.
    fn now(&self) -> Duration;

    /// The time since then.
    fn since(&self, then: Duration) -> Duration {
        self.now().saturating_sub(then)
    }

    /// Waits until then; not at all where that is past.
    fn wait_until(&self, time: Duration);
}

/// The monotonic clock of the system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Monotonic(Instant);

impl Monotonic {
    /// A clock that begins now.
    pub(super) fn begin() -> Self {
        Self(Instant::now())
    }
}

impl Clock for Monotonic {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait_until(&self, time: Duration) {
        loop {
            let left = time.saturating_sub(self.now());
            if left.is_zero() {
                return;
            }
            match left.checked_sub(SPIN) {
                Some(long) => std::thread::sleep(long),
                None => std::hint::spin_loop(),
            }
        }
    }
}

/// What reading the clock costs, in nanoseconds: the median of many readings back to back.
pub(super) fn timer_overhead(clock: &impl Clock) -> f64 {
    let mut costs: Vec<_> = (0..501)
        .map(|_| {
            let begun = clock.now();
            for _ in 1..READINGS {
                black_box(clock.now());
            }
            clock.since(begun)
        })
        .collect();
    costs.sort_unstable();
    costs[costs.len() / 2].as_secs_f64() * 1e9 / f64::from(READINGS)
}

/// A clock that goes on only when it is told to, for tests.
#[cfg(test)]
pub(super) mod simulated {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[derive(Debug, Default)]
    pub(in crate::bench) struct Simulated(AtomicU64);

    impl Simulated {
        pub(in crate::bench) fn advance(&self, by: Duration) {
            let by = u64::try_from(by.as_nanos()).expect("a short time");
            self.0.fetch_add(by, Ordering::Relaxed);
        }
    }

    impl Clock for Simulated {
        fn now(&self) -> Duration {
            Duration::from_nanos(self.0.load(Ordering::Relaxed))
        }

        fn wait_until(&self, time: Duration) {
            self.advance(time.saturating_sub(self.now()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_no_sooner_than_it_should() {
        let clock = Monotonic::begin();
        for micros in [0, 1, 150, 1_000] {
            let until = clock.now() + Duration::from_micros(micros);
            clock.wait_until(until);
            assert!(clock.now() >= until);
        }
    }

    #[test]
    fn reading_the_clock_costs_something() {
        let cost = timer_overhead(&Monotonic::begin());
        assert!(cost > 0.0 && cost < 1e6, "{cost}");
        assert!(timer_overhead(&simulated::Simulated::default()).abs() < f64::EPSILON);
    }
}
