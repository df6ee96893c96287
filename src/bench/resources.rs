//! What this process has used, as the system says.

use std::fs;

use super::clock::{Clock, Monotonic};
use super::report::Resources;

/// Ticks a second in which Linux counts processor time, on every architecture that matters.
const TICKS: f64 = 100.0;

/// What a process has used so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    wall_ms: f64,
    cpu_ms: Option<f64>,
    minor_faults: Option<u64>,
    major_faults: Option<u64>,
    read_bytes: Option<u64>,
    /// Bytes that were handed to the system to be written.
    pub(super) written_bytes: Option<u64>,
}

impl Usage {
    pub(super) fn now(clock: &Monotonic) -> Self {
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let io = fs::read_to_string("/proc/self/io").unwrap_or_default();
        Self {
            wall_ms: clock.now().as_secs_f64() * 1e3,
            read_bytes: named(&io, "read_bytes:"),
            written_bytes: named(&io, "wchar:"),
            ..Self::of_stat(&stat)
        }
    }

    /// What `/proc/PID/stat` says; proc(5) numbers its fields from 1.
    fn of_stat(stat: &str) -> Self {
        // The name of the program, field 2, may hold anything; it ends with the last parenthesis.
        let fields: Vec<_> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        #[expect(clippy::cast_precision_loss, reason = "ticks are far fewer than 2^53")]
        let ticks = field(14).zip(field(15)).map(|(user, system)| (user + system) as f64);
        Self {
            cpu_ms: ticks.map(|it| it * 1e3 / TICKS),
            minor_faults: field(10),
            major_faults: field(12),
            ..Self::default()
        }
    }

    /// What was used since.
    pub(super) fn until_now(&self, clock: &Monotonic) -> Resources {
        let now = Self::now(clock);
        let more = |now: Option<u64>, then: Option<u64>| Some(now?.saturating_sub(then?));
        Resources {
            cpu_ms: now.cpu_ms.zip(self.cpu_ms).map(|(now, then)| now - then),
            wall_ms: now.wall_ms - self.wall_ms,
            minor_faults: more(now.minor_faults, self.minor_faults),
            major_faults: more(now.major_faults, self.major_faults),
            read_bytes: more(now.read_bytes, self.read_bytes),
            peak_memory: crate::index::peak_memory(),
            resident: None,
        }
    }
}

/// The number behind a name at the beginning of a line.
pub(super) fn named(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_is_read_behind_the_name_of_the_program() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 120 5 3 9 40 2 0 0 20 0 1 0 88 9 1";
        let usage = Usage::of_stat(stat);
        assert_eq!(usage.cpu_ms, Some(420.0));
        assert_eq!((usage.minor_faults, usage.major_faults), (Some(120), Some(3)));
    }

    #[test]
    fn what_cannot_be_read_is_absent() {
        for stat in ["", "7", "7 (a) S 1", "7 (a) S x x x x x x x x x x x x x x"] {
            assert_eq!(Usage::of_stat(stat).cpu_ms, None, "{stat}");
        }
        assert_eq!(named("wchar: 12\nread_bytes: x\n", "wchar:"), Some(12));
        assert_eq!(named("wchar: 12\nread_bytes: x\n", "read_bytes:"), None);
    }
}
