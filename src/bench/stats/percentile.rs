//! Percentiles of samples.

use super::binomial;
use crate::article::named_enum;

named_enum! {
    /// A percentile that is reported.
    Percentile {
        /// The median.
        P50 = "p50",
        /// One in ten is slower.
        P90 = "p90",
        /// One in twenty.
        P95 = "p95",
        /// One in a hundred.
        P99 = "p99",
        /// One in a thousand.
        P999 = "p99.9",
    }
}

/// How many samples must lie beyond a percentile for it to be given.
///
/// With fewer it is a matter of a handful of samples, and its interval would have no upper end.
pub const LEAST_BEYOND: usize = 10;

/// A figure and the ends of its 95 % confidence interval.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Estimate<T> {
    /// As it was measured.
    pub value: T,
    /// The lower end.
    pub low: T,
    /// The upper end.
    pub high: T,
}

impl Percentile {
    /// How many samples of a thousand are no greater.
    pub const fn per_mille(self) -> u32 {
        match self {
            Self::P50 => 500,
            Self::P90 => 900,
            Self::P95 => 950,
            Self::P99 => 990,
            Self::P999 => 999,
        }
    }

    /// Its place among `n` samples in ascending order, counted from 1: the nearest rank, the least
    /// one that has at least this share of the samples at or below it.
    pub const fn rank(self, n: usize) -> usize {
        (n * self.per_mille() as usize).div_ceil(1000)
    }

    /// How few samples it can be taken from.
    pub const fn least_samples(self) -> usize {
        // n less its rank is n times what is beyond, rounded down.
        (LEAST_BEYOND * 1000).div_ceil(1000 - self.per_mille() as usize)
    }

    /// The percentile of samples in ascending order; `None` if fewer than [`LEAST_BEYOND`] of them
    /// lie beyond it.
    ///
    /// It is one of the samples, and so are the ends of its interval: those whose ranks a binomial
    /// count leaves with 2.5 % on either side (David and Nagaraja 2003, "Order Statistics", 7.1),
    /// which holds for samples of any distribution as long as they are independent.
    pub fn of(self, sorted: &[u64]) -> Option<Estimate<u64>> {
        let n = sorted.len();
        let rank = self.rank(n);
        if n - rank < LEAST_BEYOND {
            return None;
        }
        let share = f64::from(self.per_mille()) / 1000.0;
        let low = binomial::quantile(n, share, 0.025).max(1);
        let high = (binomial::quantile(n, share, 0.975) + 1).min(n);
        let at = |rank: usize| sorted.get(rank - 1).copied();
        Some(Estimate { value: at(rank)?, low: at(low)?, high: at(high)? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::Random;

    fn ranks(n: u64) -> Vec<u64> {
        (1..=n).collect()
    }

    #[test]
    fn a_percentile_is_a_sample_and_so_are_the_ends_of_its_interval() {
        for (percentile, n, expected) in [
            // Ranks of the median for 95 %, as tables of nonparametric statistics give them.
            (Percentile::P50, 20, Some((10, 6, 15))),
            (Percentile::P50, 100, Some((50, 40, 61))),
            (Percentile::P90, 100, Some((90, 84, 96))),
            (Percentile::P99, 1_000, Some((990, 983, 997))),
            // Nine are beyond.
            (Percentile::P50, 19, None),
            (Percentile::P99, 999, None),
            (Percentile::P999, 9_999, None),
            (Percentile::P50, 0, None),
        ] {
            let got = percentile.of(&ranks(n)).map(|it| (it.value, it.low, it.high));
            assert_eq!(got, expected, "{percentile} of 1..={n}");
        }
    }

    #[test]
    fn the_least_number_of_samples_is_the_least() {
        for &percentile in Percentile::ALL {
            let n = percentile.least_samples() as u64;
            assert!(percentile.of(&ranks(n)).is_some(), "{percentile} of {n}");
            assert!(percentile.of(&ranks(n - 1)).is_none(), "{percentile} of {n} - 1");
        }
    }

    #[test]
    fn of_a_hundred_intervals_about_ninety_five_hold_the_truth() {
        // Uniform below a million: the true p90 is 900,000.
        let mut random = Random::new(1);
        let mut holds = || {
            let mut samples: Vec<u64> = (0..200).map(|_| random.below(1_000_000) as u64).collect();
            samples.sort_unstable();
            let Estimate { low, high, .. } = Percentile::P90.of(&samples).expect("20 are beyond");
            (low..=high).contains(&900_000)
        };
        let held = (0..2_000).filter(|_| holds()).count();
        assert!((1_890..=1_960).contains(&held), "{held} of 2,000");
    }

    proptest! {
        #[test]
        fn a_percentile_has_its_share_at_or_below_it(
            mut samples in proptest::collection::vec(0_u64..500, 20..400)
        ) {
            samples.sort_unstable();
            for &percentile in Percentile::ALL {
                let Some(Estimate { value, low, high }) = percentile.of(&samples) else { continue };
                prop_assert!(low <= value && value <= high);
                let at_or_below = samples.iter().filter(|it| **it <= value).count();
                let below = samples.iter().filter(|it| **it < value).count();
                let share = samples.len() * percentile.per_mille() as usize;
                prop_assert!(at_or_below * 1000 >= share && below * 1000 < share);
            }
        }
    }
}
