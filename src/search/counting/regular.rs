//! Where a series of counts breaks with its own habits: gaps and bursts.
//!
//! Each count is held against those of the same place in the season around it: a Monday against the
//! eight Mondays before and the eight behind. What they say of the rate is a gamma distribution with
//! Jeffreys' prior, so a count by chance is negative binomial (Gelman et al., "Bayesian Data Analysis",
//! 2.6); this holds for small counts as for large ones, and few neighbours make for caution. Neighbours
//! more than three standard deviations from their median do not count: another gap or burst says nothing. Counts that vary more than chance alone are divided by how much more (as
//! quasi-Poisson models do).
//!
//! A run of nothing is judged as a whole, by the neighbours of the run: so a publisher of one article a
//! day has gaps, too, of some weeks.

use std::ops::Range;

use super::unusual::{ln_gamma, real};

/// How many seasons on either side are looked at.
const REACH: usize = 8;

/// With fewer neighbours nothing is said.
const FEWEST: usize = 6;

/// How likely a series of a year without gaps and bursts has one by chance.
const FALSE_ALARMS_A_YEAR: f64 = 0.01;

/// Most counts, of which how much they vary is told: others may be gaps and bursts.
const USUAL: f64 = 0.9;

/// The mean of the smallest nine tenths of squares of standard normal variates is so many times less
/// than one, that of all of them.
const TRIMMED: f64 = 1.6;

/// How far from their median, in standard deviations, neighbours count.
const FAR: f64 = 3.0;

/// How a series goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Season {
    /// After how many counts it begins again.
    pub(super) length: usize,
    /// How many counts there are in a year.
    pub(super) a_year: u32,
}

/// How counts break with what is usual.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum BreakKind {
    /// Less than half, and too little for chance.
    Gap,
    /// More than twice as much, and too much for chance.
    Burst,
}

impl BreakKind {
    /// The stable name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Burst => "burst",
        }
    }
}

/// Counts side by side that break with what is usual in the same way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Break {
    pub(super) kind: BreakKind,
    /// Their places.
    pub(super) places: Range<usize>,
    pub(super) count: u64,
    /// What would be usual.
    pub(super) expected: f64,
}

/// The gaps and bursts of a series, in order.
pub(super) fn breaks(counts: &[u64], season: Season) -> Vec<Break> {
    let series = Series::new(counts, season);
    // Each count may be too small or too large.
    let rare = (FALSE_ALARMS_A_YEAR / (2.0 * f64::from(season.a_year))).ln();
    let mut found: Vec<Break> = Vec::new();
    let mut place = 0;
    while place < counts.len() {
        let run = counts[place..].iter().take_while(|&&count| count == 0).count();
        let places = place..place + run.max(1);
        place = places.end;
        let it =
            if run > 0 { series.silence(places, rare) } else { series.single(places.start, rare) };
        let Some(it) = it else { continue };
        match found.last_mut() {
            Some(last) if last.kind == it.kind && last.places.end == it.places.start => {
                last.places.end = it.places.end;
                last.count += it.count;
                last.expected += it.expected;
            }
            _ => found.push(it),
        }
    }
    found
}

struct Series<'a> {
    counts: &'a [u64],
    season: Season,
    /// How many times as much counts vary as by chance alone; one at least.
    dispersion: f64,
    /// The neighbours of each place; `None` where there are too few.
    around: Vec<Option<Neighbours>>,
}

/// The counts of the same place in the seasons around.
struct Neighbours {
    /// The smallest first; behind `n` there is nothing.
    counts: [u64; 2 * REACH],
    n: usize,
}

/// What neighbours say.
struct Rate {
    /// The sum of their counts, as far as they count.
    sum: f64,
    neighbours: f64,
}

impl Rate {
    fn mean(&self) -> f64 {
        self.sum / self.neighbours
    }
}

impl<'a> Series<'a> {
    fn new(counts: &'a [u64], season: Season) -> Self {
        let mut series = Self { counts, season, dispersion: 1.0, around: Vec::new() };
        let around = |place: usize| series.neighbours(place, &(place..place + 1));
        series.around = (0..counts.len()).map(around).collect();
        series.dispersion = series.dispersion();
        series
    }

    /// The neighbours of `places` for the count at `place`, which is one of those.
    fn neighbours(&self, place: usize, places: &Range<usize>) -> Option<Neighbours> {
        let Season { length, .. } = self.season;
        let (mut counts, mut n) = ([0; 2 * REACH], 0);
        let mut take = |place: usize| {
            if !places.contains(&place) {
                counts[n] = self.counts[place];
                n += 1;
            }
            n
        };
        let (mut at, mut taken) = (place, 0);
        while at >= length && taken < REACH {
            at -= length;
            taken = take(at);
        }
        let (mut at, most) = (place + length, taken + REACH);
        while at < self.counts.len() && taken < most {
            taken = take(at);
            at += length;
        }
        counts[..n].sort_unstable();
        (n >= FEWEST).then_some(Neighbours { counts, n })
    }

    /// What neighbours say.
    fn rate(&self, around: &Neighbours) -> Rate {
        let Neighbours { counts, n } = around;
        let median = real(counts[(n - 1) / 2] + counts[n / 2]) / 2.0;
        let far = FAR * (median.max(1.0) * self.dispersion).sqrt();
        let (mut sum, mut neighbours) = (0.0, 0_u64);
        for &count in counts[..*n].iter().filter(|&&it| (real(it) - median).abs() <= far) {
            sum += real(count);
            neighbours += 1;
        }
        Rate { sum, neighbours: real(neighbours.max(1)) }
    }

    /// How many times as much most counts vary as by chance alone.
    fn dispersion(&self) -> f64 {
        let square = |(place, around): (usize, &Option<Neighbours>)| {
            let rate = self.rate(around.as_ref()?);
            let mean = rate.mean().max(0.5 / rate.neighbours);
            let off = real(self.counts[place]) - rate.mean();
            Some(off * off / (mean * (1.0 + 1.0 / rate.neighbours)))
        };
        let mut squares: Vec<f64> = self.around.iter().enumerate().filter_map(square).collect();
        squares.sort_by(f64::total_cmp);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a length"
        )]
        let usual = (real(squares.len() as u64) * USUAL) as usize;
        let mean = squares[..usual].iter().sum::<f64>() / real(usual.max(1) as u64);
        (mean * TRIMMED).max(1.0)
    }

    /// Whether a count breaks with what is usual.
    fn single(&self, place: usize, limit: f64) -> Option<Break> {
        let places = place..place + 1;
        let rate = self.rate(self.around[place].as_ref()?);
        let (count, expected) = (self.counts[place], rate.mean());
        let kind = if real(count) < expected { BreakKind::Gap } else { BreakKind::Burst };
        let by_chance = match kind {
            BreakKind::Gap if real(count) * 2.0 <= expected => self.ln_at_most(count, &rate),
            BreakKind::Burst if real(count) >= expected * 2.0 => self.ln_at_least(count, &rate),
            _ => return None,
        };
        (by_chance < limit).then_some(Break { kind, places, count, expected })
    }

    /// Whether a run of nothing is too long.
    fn silence(&self, places: Range<usize>, limit: f64) -> Option<Break> {
        // A long run asks the same neighbours for every place of the same season.
        let of_season: Option<Vec<Rate>> = places
            .clone()
            .take(self.season.length)
            .map(|place| Some(self.rate(&self.neighbours(place, &places)?)))
            .collect();
        let of_season = of_season?;
        let rates = || places.clone().zip(of_season.iter().cycle()).map(|(_, rate)| rate);
        let expected: f64 = rates().map(Rate::mean).sum();
        let shape = of_season.iter().map(|rate| rate.sum).sum::<f64>() / self.dispersion + 0.5;
        let by_chance = -shape * (expected / self.dispersion / shape).ln_1p();
        let kind = BreakKind::Gap;
        (by_chance < limit).then_some(Break { kind, places, count: 0, expected })
    }

    /// The logarithm of the probability that a count is no larger.
    fn ln_at_most(&self, count: u64, rate: &Rate) -> f64 {
        let chance = Chance::new(rate, self.dispersion);
        let count = (real(count) / self.dispersion).ceil();
        chance.ln_sum(count, |k| (k > 0.0).then(|| (k - 1.0, 1.0 / chance.next(k - 1.0))))
    }

    /// The logarithm of the probability that a count is no smaller.
    fn ln_at_least(&self, count: u64, rate: &Rate) -> f64 {
        let chance = Chance::new(rate, self.dispersion);
        let count = (real(count) / self.dispersion).floor();
        chance.ln_sum(count, |k| Some((k + 1.0, chance.next(k))))
    }
}

/// Counts by chance: a negative binomial distribution.
struct Chance {
    shape: f64,
    neighbours: f64,
}

impl Chance {
    fn new(rate: &Rate, dispersion: f64) -> Self {
        Self { shape: rate.sum.max(0.0) / dispersion + 0.5, neighbours: rate.neighbours }
    }

    fn ln_of(&self, k: f64) -> f64 {
        let Self { shape, neighbours } = self;
        ln_gamma(k + shape)
            - ln_gamma(k + 1.0)
            - ln_gamma(*shape)
            - shape * (1.0 / neighbours).ln_1p()
            - k * neighbours.ln_1p()
    }

    /// How many times as probable the count behind `k` is as `k`.
    fn next(&self, k: f64) -> f64 {
        (k + self.shape) / (k + 1.0) / (self.neighbours + 1.0)
    }

    /// The logarithm of the sum from `k` on, as `step` leads, until it adds nothing.
    fn ln_sum(&self, k: f64, step: impl Fn(f64) -> Option<(f64, f64)>) -> f64 {
        let (mut at, mut term, mut sum) = (k, 1.0_f64, 0.0_f64);
        loop {
            sum += term;
            let Some((next, ratio)) = step(at) else { break };
            (at, term) = (next, term * ratio);
            // Towards the mean terms grow: the sum is then no small one.
            if term < sum * 1e-12 || sum > 1e12 {
                break;
            }
        }
        (self.ln_of(k) + sum.ln()).min(0.0)
    }
}

#[cfg(test)]
#[path = "regular/tests.rs"]
mod tests;
