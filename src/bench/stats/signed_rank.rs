//! Whether paired differences lean to one side, and what that is worth where many are looked at.

use super::real;

/// Up to so many differences all ways of giving them signs are counted.
const ALL_COUNTED: usize = 60;

/// How probable it is that differences lean so far to either side if both signs are equally likely.
///
/// The signed-rank test (Wilcoxon 1945, "Individual comparisons by ranking methods"), two-sided.
/// Differences of nothing are left out, equal ones share their ranks. For up to 60 differences the
/// distribution is that of all signs, for more it is taken for normal.
pub(in super::super) fn signed_rank(differences: &[f64]) -> f64 {
    let mut changed: Vec<f64> = differences.iter().copied().filter(|it| *it != 0.0).collect();
    changed.sort_unstable_by(|a, b| a.abs().total_cmp(&b.abs()));
    let ranks = doubled_ranks(&changed);
    let positive = ranks.iter().zip(&changed).filter(|(_, it)| **it > 0.0);
    let sum: usize = positive.map(|(rank, _)| rank).sum();
    if ranks.len() <= ALL_COUNTED { counted(&ranks, sum) } else { normal(&ranks, sum) }
}

/// Twice the rank of each, as equal ones share a mean that may end in a half.
fn doubled_ranks(sorted: &[f64]) -> Vec<usize> {
    let is_tied = |a: &f64, b: &f64| a.abs().total_cmp(&b.abs()).is_eq();
    let mut ranks = Vec::with_capacity(sorted.len());
    for tied in sorted.chunk_by(is_tied) {
        let (first, last) = (ranks.len() + 1, ranks.len() + tied.len());
        ranks.extend(tied.iter().map(|_| first + last));
    }
    ranks
}

fn counted(ranks: &[usize], sum: usize) -> f64 {
    let most: usize = ranks.iter().sum();
    // The probability of each sum; a further rank is added with a probability of a half.
    let mut probability = vec![0.0; most + 1];
    probability[0] = 1.0;
    for &rank in ranks {
        for at in (0..=most).rev() {
            let with = if at >= rank { probability[at - rank] } else { 0.0 };
            probability[at] = f64::midpoint(probability[at], with);
        }
    }
    let tail = sum.min(most - sum);
    (2.0 * probability[..=tail].iter().sum::<f64>()).min(1.0)
}

fn normal(ranks: &[usize], sum: usize) -> f64 {
    let of = |n: usize| real(n as u64) / 2.0;
    let mean = ranks.iter().map(|it| of(*it)).sum::<f64>() / 2.0;
    let variance = ranks.iter().map(|it| of(*it).powi(2)).sum::<f64>() / 4.0;
    // Half a rank for what lies between two sums.
    let distance = ((of(sum) - mean).abs() - 0.5).max(0.0);
    beyond(distance / variance.sqrt())
}

/// How probable it is that a normal variable is this many deviations from its mean or farther, with
/// an error below 2e-7 (Abramowitz and Stegun 1964, 7.1.26).
fn beyond(deviations: f64) -> f64 {
    let x = deviations / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let factors = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    factors.iter().fold(0.0, |sum, factor| (sum + factor) * t) * (-x * x).exp()
}

/// The probabilities of several tests, corrected for their number (Holm 1979, "A simple sequentially
/// rejective multiple test procedure"): what remains below 0.05 is, in 95 of 100 such sets of tests,
/// no accident in any.
pub(in super::super) fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let mut corrected = vec![0.0; probabilities.len()];
    let mut least = 0.0_f64;
    for (place, &test) in order.iter().enumerate() {
        let remaining = real((order.len() - place) as u64);
        least = least.max(probabilities[test] * remaining).min(1.0);
        corrected[test] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(got: f64, expected: f64, by: f64) {
        assert!((got - expected).abs() < by, "{got} for {expected}");
    }

    #[test]
    fn probabilities_are_those_of_tables() {
        // Hollander and Wolfe 1973, p. 29: depression before and after, V = 40.
        let first = [1830.0, 500.0, 1620.0, 2480.0, 1680.0, 1880.0, 1550.0, 3060.0, 1300.0];
        let second = [878.0, 647.0, 598.0, 2050.0, 1060.0, 1290.0, 1060.0, 3140.0, 1290.0];
        let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
        near(signed_rank(&differences), 0.039_062_5, 1e-9);
        near(signed_rank(&[1.0, 2.0, 3.0, 4.0, 5.0]), 2.0 / 32.0, 1e-12);
        near(signed_rank(&[-1.0, -2.0, -3.0, -4.0, -5.0, -6.0]), 2.0 / 64.0, 1e-12);
        near(signed_rank(&[1.0, -1.0]), 1.0, 1e-12);
        // All ways of three equal ones: 2 of 8 are as far out.
        near(signed_rank(&[0.5, 0.5, 0.5, 0.0]), 0.25, 1e-12);
        near(signed_rank(&[]), 1.0, 1e-12);
        near(signed_rank(&[0.0, 0.0]), 1.0, 1e-12);
    }

    #[test]
    fn the_normal_distribution_takes_over_without_a_step() {
        let leaning: Vec<f64> = (1..=ALL_COUNTED)
            .map(|n| real(n as u64) * if n % 3 == 0 { -1.0 } else { 1.0 })
            .collect();
        let ranks = doubled_ranks(&leaning);
        let sum = ranks.iter().zip(&leaning).filter(|it| *it.1 > 0.0).map(|it| it.0).sum();
        near(normal(&ranks, sum), counted(&ranks, sum), 1e-3);
        near(beyond(1.959_964), 0.05, 1e-6);
        near(beyond(0.0), 1.0, 1e-6);
    }

    #[test]
    fn many_tests_are_corrected_for_their_number() {
        let corrected = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (got, expected) in corrected.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            near(*got, expected, 1e-12);
        }
        assert_eq!(holm(&[0.5, 0.9]), [1.0, 1.0]);
        assert_eq!(holm(&[]), Vec::<f64>::new());
    }
}
