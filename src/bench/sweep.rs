//! The highest rate that keeps an objective.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::duration::duration;
use super::open::percentile;
use super::report::Load;

/// Rates that are tried at most.
const MOST_RATES: usize = 14;

/// Two rates as near as this are one.
const NEAR: f64 = 1.05;

/// What latency is to be: so much of it within a time, `p99<=50ms`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// The part of all answers, from 0 to 1.
    pub part: f64,
    /// The time that they may take.
    pub at_most: Duration,
}

impl Objective {
    /// Whether latencies in nanoseconds keep it; those of nothing do not.
    pub(super) fn is_kept(&self, latencies: &mut [u64]) -> bool {
        percentile(latencies, self.part).is_some_and(|it| Duration::from_nanos(it) <= self.at_most)
    }
}

impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}<={:?}", self.part * 100.0, self.at_most)
    }
}

impl FromStr for Objective {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is no objective; one is `p99<=50ms`");
        let (percent, time) = text.split_once("<=").ok_or_else(wrong)?;
        let percent = percent.trim().strip_prefix('p').and_then(|it| it.parse::<f64>().ok());
        let percent = percent.filter(|it| (0.0..100.0).contains(it)).ok_or_else(wrong)?;
        let at_most = duration(time.trim()).ok_or_else(wrong)?;
        Ok(Self { part: percent / 100.0, at_most })
    }
}

/// Tries rates from `first` on: twice as high each time while the objective is kept, or half as high
/// while it is not; then between the highest that kept it and the lowest that did not, until those
/// are near. `attempt` says how a rate went, with [`Load::kept`], and `None` when the run is to stop.
pub(super) fn sweep<E>(
    first: f64,
    mut attempt: impl FnMut(f64) -> Result<Option<Load>, E>,
) -> Result<Vec<Load>, E> {
    let mut loads: Vec<Load> = Vec::new();
    let (mut kept, mut lost): (Option<f64>, Option<f64>) = (None, None);
    while loads.len() < MOST_RATES {
        let rate = match (kept, lost) {
            (None, None) => first,
            (Some(kept), None) => kept * 2.0,
            (None, Some(lost)) => lost / 2.0,
            (Some(kept), Some(lost)) if lost / kept < NEAR => break,
            (Some(kept), Some(lost)) => (kept * lost).sqrt(),
        };
        let Some(load) = attempt(rate)? else { break };
        match load.kept {
            Some(true) => kept = Some(rate),
            Some(false) | None => lost = Some(rate),
        }
        loads.push(Load { rate, ..load });
    }
    Ok(loads)
}

/// The highest rate that kept the objective, if any did.
pub(super) fn highest_kept(loads: &[Load]) -> Option<f64> {
    let kept = loads.iter().filter(|load| load.kept == Some(true)).map(|load| load.rate);
    kept.max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries rates on a machine that keeps the objective up to `bound`.
    fn found(first: f64, bound: f64) -> (Option<f64>, usize) {
        let loads = sweep(first, |rate| {
            let kept = Some(rate <= bound);
            Ok::<_, ()>(Some(Load { rate, achieved: rate, p99_ns: None, saturated: false, kept }))
        });
        let loads = loads.expect("rates");
        (highest_kept(&loads), loads.len())
    }

    #[test]
    fn the_highest_rate_is_found_within_a_few_steps() {
        for (first, bound) in [(10.0, 333.0), (10.0, 4.2), (100.0, 100.0), (64.0, 65.0)] {
            let (rate, steps) = found(first, bound);
            let rate = rate.expect("a rate");
            assert!(rate <= bound && rate * NEAR >= bound, "{rate} for {bound}");
            assert!(steps <= MOST_RATES);
        }
    }

    #[test]
    fn where_no_rate_keeps_it_none_is_named() {
        assert_eq!(found(10.0, 0.0), (None, MOST_RATES));
        assert_eq!(found(10.0, f64::INFINITY).1, MOST_RATES);
    }

    #[test]
    fn objectives_are_read_as_typed() {
        let read = |text: &str| text.parse::<Objective>().map(|it| it.to_string());
        assert_eq!(read("p99<=50ms").as_deref(), Ok("p99<=50ms"));
        assert_eq!(read("p99.9 <= 1.5s").as_deref(), Ok("p99.9<=1.5s"));
        for wrong in ["", "p99", "p99<=50", "p100<=1s", "99<=1s", "p99<=fast", "p99<=-1s"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_objective_is_kept_where_so_many_are_within_it() {
        let objective = Objective { part: 0.9, at_most: Duration::from_nanos(9) };
        assert!(objective.is_kept(&mut (0..10).collect::<Vec<_>>()));
        assert!(!objective.is_kept(&mut (2..12).collect::<Vec<_>>()));
        assert!(!objective.is_kept(&mut []));
    }
}
