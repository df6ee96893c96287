//! What changed in a class, and how sure that is.

use super::super::report::QueryRuns;
use super::super::stats::{draw, interval_of, mean};
use super::noise::{LEAST_FLOOR, noise};
use super::side::Side;
use super::{Change, Effect, LEAST_PROCESSES, SIGNIFICANT, Verdict};
use crate::random::Random;

/// How often processes and questions are drawn.
const RESAMPLES: usize = 1_000;

const SEED: u64 = 0x00da_7e11_4e00_0002;

/// What changed, not yet judged.
#[derive(Debug)]
pub(super) struct Measured {
    effect: Effect,
    /// The fewer processes of the two runs.
    processes: usize,
    /// For each question the logarithm of the ratio.
    pub(super) logs: Vec<f64>,
}

/// Measures what changed in these questions; `None` if none was answered in both runs.
pub(super) fn measure(class: &str, pairs: &[(&QueryRuns, &QueryRuns)]) -> Option<Measured> {
    let is_answered = |runs: &QueryRuns| runs.samples.iter().any(|it| !it.is_empty());
    let answered = pairs.iter().filter(|(a, b)| is_answered(a) && is_answered(b));
    let (first, second): (Vec<_>, Vec<_>) = answered.copied().unzip();
    let sides = [Side::new(&first), Side::new(&second)];
    let once = sides.each_ref().map(|side| vec![1; side.processes()]);
    let logs: Vec<f64> = ratios(&sides, &once).flatten().collect();
    let median = mean(logs.iter().copied())?.exp();
    let all = vec![1; first.len()];
    let p99 = change_of_p99(&sides, &all, &once).map(f64::exp);
    let processes = sides.iter().map(Side::processes).min().unwrap_or_default();
    let (of_median, of_p99) = if processes < 2 { (None, None) } else { intervals(&sides) };
    let noise = sides.iter().filter_map(noise).reduce(f64::max);
    let effect = Effect {
        class: class.to_owned(),
        queries: first.len(),
        median: Change { ratio: median, interval: of_median },
        p99: p99.map(|ratio| Change { ratio, interval: of_p99 }),
        noise,
        floor: noise.unwrap_or_default().max(LEAST_FLOOR),
        p: 1.0,
        verdict: Verdict::NoDifferenceShown,
    };
    Some(Measured { effect, processes, logs })
}

impl Measured {
    /// The effect, with a probability that was corrected and what follows from all.
    pub(super) fn judged(self, p: f64) -> Effect {
        let Effect { median: Change { ratio, interval }, floor, .. } = self.effect;
        let excludes_none = interval.is_some_and(|(low, high)| low > 1.0 || high < 1.0);
        let is_beyond_noise = ratio.ln().abs() >= floor.ln_1p();
        let is_shown = self.processes >= LEAST_PROCESSES
            && excludes_none
            && is_beyond_noise
            && p < SIGNIFICANT;
        let verdict = match is_shown {
            false => Verdict::NoDifferenceShown,
            true if ratio < 1.0 => Verdict::Faster,
            true => Verdict::Slower,
        };
        Effect { p, verdict, ..self.effect }
    }
}

/// How often each process of either side was drawn.
type Drawn = [Vec<u32>; 2];

/// What each question changed by, as logarithms.
fn ratios<'a>(
    [first, second]: &'a [Side; 2],
    [of_first, of_second]: &'a Drawn,
) -> impl Iterator<Item = Option<f64>> + 'a {
    first.logs(of_first).zip(second.logs(of_second)).map(|(a, b)| Some(b? - a?))
}

fn change_of_p99(sides: &[Side; 2], queries: &[u32], drawn: &Drawn) -> Option<f64> {
    let [first, second] = sides;
    Some(second.p99(queries, &drawn[1])? - first.p99(queries, &drawn[0])?)
}

type Interval = Option<(f64, f64)>;

/// The intervals of the geometric mean and of the change of p99.
///
/// A hierarchical bootstrap (Davison and Hinkley 1997, "Bootstrap Methods and their Application",
/// 3.8): processes are drawn, the same ones for all questions, as what slows a process slows all of
/// them; then questions, the same ones for both runs, as they were asked in both.
fn intervals(sides: &[Side; 2]) -> (Interval, Interval) {
    let mut random = Random::new(SEED);
    let (mut medians, mut p99s) = (Vec::new(), Vec::new());
    let n_queries = sides[0].queries();
    for _ in 0..RESAMPLES {
        let drawn = sides.each_ref().map(|side| draw(&mut random, side.processes()));
        let queries = draw(&mut random, n_queries);
        let weighted = ratios(sides, &drawn).zip(&queries);
        let weighted = weighted.filter_map(|(log, times)| Some((log?, f64::from(*times))));
        let (sum, n) = weighted.fold((0.0, 0.0), |(sum, n), (log, it)| (sum + log * it, n + it));
        if n > 0.0 {
            medians.push(sum / n);
        }
        p99s.extend(change_of_p99(sides, &queries, &drawn));
    }
    let ends = |mut logs: Vec<f64>| {
        let (low, high) = interval_of(&mut logs, sides.iter().map(Side::processes).min()?)?;
        Some((low.exp(), high.exp()))
    };
    (ends(medians), ends(p99s))
}
