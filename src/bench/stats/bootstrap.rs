//! How sure a mean is, by drawing from what was measured.

use super::real;
use crate::random::Random;

/// How often is drawn.
const RESAMPLES: usize = 2_000;

/// Where the sequence of random numbers begins; the same for all, so that figures can be repeated.
const SEED: u64 = 0x00da_7e11_4e00_0001;

/// The mean of samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean, in nanoseconds.
    pub value: f64,
    /// The standard deviation of the samples, in nanoseconds; 0 for a single one.
    pub sd: f64,
    /// The ends of its 95 % confidence interval; only where there were several processes.
    pub interval: Option<(f64, f64)>,
}

impl Mean {
    /// The mean of the samples of several processes; `None` if there are none.
    ///
    /// Its interval comes from drawing processes, not samples (percentile bootstrap, Efron and
    /// Tibshirani 1993): what differs from one process to the next, such as where its memory lies,
    /// is the same in all samples of one, and thousands of them say no more about it than one does.
    pub fn of(processes: &[Vec<u64>]) -> Option<Self> {
        let sums: Vec<(f64, u64)> = processes
            .iter()
            .filter(|samples| !samples.is_empty())
            .map(|samples| (samples.iter().map(|it| real(*it)).sum(), samples.len() as u64))
            .collect();
        let value = ratio(sums.iter().copied())?;
        let squares = processes.iter().flatten().map(|it| (real(*it) - value).powi(2)).sum::<f64>();
        let n: u64 = sums.iter().map(|it| it.1).sum();
        let sd = if n > 1 { (squares / real(n - 1)).sqrt() } else { 0.0 };
        Some(Self { value, sd, interval: interval(&sums) })
    }
}

fn ratio(sums: impl Iterator<Item = (f64, u64)>) -> Option<f64> {
    let (sum, n) = sums.fold((0.0, 0), |(sum, n), it| (sum + it.0, n + it.1));
    (n > 0).then(|| sum / real(n))
}

fn interval(sums: &[(f64, u64)]) -> Option<(f64, f64)> {
    if sums.len() < 2 {
        return None;
    }
    let mut random = Random::new(SEED);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            let times = draw(&mut random, sums.len());
            ratio(
                times
                    .iter()
                    .zip(sums)
                    .map(|(&times, it)| (it.0 * f64::from(times), it.1 * u64::from(times))),
            )
        })
        .collect();
    interval_of(&mut means, sums.len())
}

/// Draws from `n` things and says how often each was drawn: one less than there are, and the one
/// where there is but one.
///
/// Drawing all `n` makes intervals of few things too narrow, by the root of (n - 1) / n; drawing one
/// less gives the variance without bias (Rao and Wu 1988, "Resampling inference with complex survey
/// data").
pub(in super::super) fn draw(random: &mut Random, n: usize) -> Vec<u32> {
    let mut times = vec![0; n];
    for _ in 0..n.saturating_sub(1).max(1).min(n) {
        times[random.below(n)] += 1;
    }
    times
}

/// How much of a normal distribution lies below the lower end of a 95 % interval of the t
/// distribution, by degrees of freedom, beginning with one.
const TAILS: [f64; 20] = [
    0.0, 0.000_01, 0.000_73, 0.002_75, 0.005_08, 0.007_20, 0.009_02, 0.010_56, 0.011_84, 0.012_94,
    0.013_87, 0.014_67, 0.015_37, 0.015_98, 0.016_53, 0.017_01, 0.017_44, 0.017_82, 0.018_17,
    0.018_49,
];

/// The ends of a 95 % interval, of numbers that were made by drawing so many processes; `None` of
/// none.
///
/// Of few processes it takes in more than the middle 95 % of the numbers, as the t distribution is
/// wider than the normal one (the expanded percentile interval, Hesterberg 2015, "What teachers
/// should know about the bootstrap"); of 21 and more as much as of 21.
pub(in super::super) fn interval_of(numbers: &mut [f64], processes: usize) -> Option<(f64, f64)> {
    numbers.sort_unstable_by(f64::total_cmp);
    let freedom = processes.clamp(2, TAILS.len() + 1) - 1;
    let outside = real(numbers.len() as u64) * TAILS[freedom - 1];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of all numbers")]
    let outside = outside as usize;
    Some((*numbers.get(outside)?, *numbers.get(numbers.len() - 1 - outside)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_that_of_all_samples_with_their_deviation() {
        let mean = Mean::of(&[vec![2, 4, 4, 4], vec![], vec![5, 5, 7, 9]]).expect("samples");
        assert!((mean.value - 5.0).abs() < 1e-12);
        assert!((mean.sd - (32.0_f64 / 7.0).sqrt()).abs() < 1e-12);
        assert_eq!(mean.interval, Some((3.5, 6.5)), "each of the two processes alone");
        assert_eq!(Mean::of(&[vec![7]]), Some(Mean { value: 7.0, sd: 0.0, interval: None }));
        assert_eq!(Mean::of(&[vec![], vec![]]), None);
    }

    #[test]
    fn samples_of_one_process_more_do_not_make_a_mean_surer() {
        let width = |samples: usize| {
            let process = |time| vec![time; samples];
            let (low, high) = Mean::of(&[90, 95, 100, 105, 110].map(process))
                .and_then(|mean| mean.interval)
                .expect("five processes");
            high - low
        };
        assert!((width(10) - width(1_000)).abs() < 1e-9);
        // Of five with the deviation 7.9, the mean has 3.5, and t is 2.8 on either side.
        assert!((16.0..=20.0).contains(&width(10)), "{}", width(10));
    }
}
