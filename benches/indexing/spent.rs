//! What a run takes.

use std::fs;
use std::time::{Duration, Instant};

/// Time, and the time of all processors together, which other work on the machine changes little.
#[derive(Clone, Copy)]
pub(crate) struct Spent {
    pub(crate) time: Duration,
    pub(crate) processor: Duration,
}

impl Spent {
    pub(crate) const MOST: Self = Self { time: Duration::MAX, processor: Duration::MAX };

    pub(crate) fn by(run: impl FnOnce()) -> Self {
        let (before, begun) = (processor_so_far(), Instant::now());
        run();
        let time = begun.elapsed();
        Self { time, processor: processor_so_far().saturating_sub(before) }
    }

    /// The less of each, as other work only ever adds to it.
    pub(crate) fn least(self, other: Self) -> Self {
        Self { time: self.time.min(other.time), processor: self.processor.min(other.processor) }
    }

    /// Both, as multiples of those of another; the second is `None` where the system does not say.
    pub(crate) fn ratio(self, to: Self) -> (f64, Option<f64>) {
        let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
        let is_known = !to.processor.is_zero();
        (ratio(self.time, to.time), is_known.then(|| ratio(self.processor, to.processor)))
    }
}

/// Zero where the system does not say.
fn processor_so_far() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything: 11 fields, then ticks in the program and for it.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
