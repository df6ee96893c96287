//! Whether one run answers topics better than another, or only happens to.

use super::{Evaluation, Measure};
use crate::random::Random;

/// How many ways of exchanging the runs are tried, at most.
const TRIALS: u32 = 100_000;

/// With so many topics that differ, or fewer, all ways are tried.
const ALL_TRIED: usize = 16;

/// Where the sequence of random numbers begins; the same for every test, so that a comparison can
/// be repeated.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Two runs held against each other, topic by topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// In the order of [`Measure::ALL`].
    pub measures: [Difference; 5],
}

/// How a measure differs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Difference {
    /// The mean of the second run less that of the first.
    pub mean: f64,
    /// Topics that the second run answers better.
    pub better: usize,
    /// Topics that it answers worse.
    pub worse: usize,
    /// How probable so large a mean difference is, in either direction, if both runs are equally
    /// good.
    pub p: f64,
}

/// Holds a second run against a first one; both were scored by the same judgments.
///
/// The test is the paired randomization test (Smucker, Allan and Carterette 2007, "A comparison of
/// statistical significance tests for information retrieval evaluation"): if it did not matter
/// which run gave which answer, exchanging the two for any of the topics would make differences as
/// large as the one seen. With up to 16 topics that differ all ways are tried, with more 100,000
/// random ones, of which the one seen counts as another.
pub fn compare(first: &Evaluation, second: &Evaluation) -> Comparison {
    let differences = |measure: usize| -> Vec<f64> {
        let pairs = first.topics.iter().zip(&second.topics);
        pairs.map(|((_, a), (_, b))| b[measure] - a[measure]).collect()
    };
    let mut measure = 0..Measure::ALL.len();
    let measures = Measure::ALL.map(|_| difference(&differences(measure.next().unwrap_or(0))));
    Comparison { measures }
}

/// Differences smaller than this come from adding in another order.
const NOTHING: f64 = 1e-12;

fn difference(differences: &[f64]) -> Difference {
    let changed: Vec<f64> = differences.iter().copied().filter(|it| it.abs() > NOTHING).collect();
    let better = changed.iter().filter(|it| **it > 0.0).count();
    // A sum of nothing is a zero below zero, which would be printed.
    let sum = changed.iter().sum::<f64>() + 0.0;
    Difference {
        mean: super::part_of(sum, super::share(differences.len(), 1)),
        better,
        worse: changed.len() - better,
        p: probability(&changed, sum.abs() - NOTHING),
    }
}

/// How often the sum is at least so large, in either direction, when signs are drawn.
fn probability(changed: &[f64], least: f64) -> f64 {
    let is_as_large = |sign: &mut dyn FnMut(usize) -> bool| {
        let signed = changed.iter().enumerate();
        let sum: f64 = signed.map(|(place, it)| if sign(place) { *it } else { -it }).sum();
        u32::from(sum.abs() >= least)
    };
    if changed.len() <= ALL_TRIED {
        let ways = 1_u32 << changed.len();
        let large: u32 = (0..ways).map(|way| is_as_large(&mut |place| way >> place & 1 == 0)).sum();
        return f64::from(large) / f64::from(ways);
    }
    let mut random = Random::new(SEED);
    let mut bits = 0;
    let large: u32 = (0..TRIALS)
        .map(|_| {
            is_as_large(&mut |place| {
                if place % 64 == 0 {
                    bits = random.next();
                }
                bits >> (place % 64) & 1 == 0
            })
        })
        .sum();
    f64::from(large + 1) / f64::from(TRIALS + 1)
}
