//! Which numbers are too small or too large for chance.

use super::Tally;

/// How unlikely a number of articles must be by chance to be called strikingly small: in a table of
/// forty rows, one in 25 has such a row by chance alone.
const RARE: f64 = 1e-3;

/// A count as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts of articles are far below 2^53")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

/// The median of the tallies around `place`, `reach` on either side, if that at `place` is less than
/// half of it and too small for chance.
pub(super) fn strikingly_few(tallies: &[Tally], place: usize, reach: usize) -> Option<u64> {
    let around = place.saturating_sub(reach)..(place + reach + 1).min(tallies.len());
    let mut around: Vec<u64> =
        around.filter(|&it| it != place).map(|it| tallies[it].articles).collect();
    around.sort_unstable();
    let median = *around.get(around.len().saturating_sub(1) / 2)?;
    let here = tallies[place].articles;
    let is_striking = here * 2 < median && ln_at_most(here, real(median)) < RARE.ln();
    is_striking.then_some(median)
}

/// The logarithm of the probability that a Poisson count of mean `mean` is at most `count`.
pub(super) fn ln_at_most(count: u64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    // Terms fall towards zero, as the count lies below the mean wherever the sum matters.
    let mut sum = 0.0;
    let mut term = 1.0;
    let mut k = count;
    loop {
        sum += term;
        if k == 0 || term < sum * 1e-16 {
            break;
        }
        term *= real(k) / mean;
        k -= 1;
        if sum > 1e300 {
            return 0.0;
        }
    }
    (real(count) * mean.ln() - mean - ln_factorial(count) + sum.ln()).min(0.0)
}

/// The logarithm of `n!`.
pub(super) fn ln_factorial(n: u64) -> f64 {
    ln_gamma(real(n) + 1.0)
}

/// The logarithm of the gamma function of `x`, which is above zero: Stirling's series from 10 on
/// (Abramowitz and Stegun 1964, 6.1.41), below by recurrence; exact to about ten digits.
pub(super) fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < 10.0 {
        shift += x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * square)) / square) / x;
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factorials_and_tails_are_those_of_tables() {
        for (n, factorial) in
            [(0_u64, 1.0_f64), (1, 1.0), (5, 120.0), (20, 2.432_902_008_176_64e18)]
        {
            assert!((ln_factorial(n) - factorial.ln()).abs() < 1e-9, "{n}!");
        }
        // Summed by hand from the probabilities of each count.
        for (count, mean, probability) in [
            (0, 3.0, (-3.0_f64).exp()),
            (1, 3.0, 4.0 * (-3.0_f64).exp()),
            (2, 3.0, 8.5 * (-3.0_f64).exp()),
            (9, 0.0, 1.0),
        ] {
            let ln = ln_at_most(count, mean);
            assert!((ln - f64::ln(probability)).abs() < 1e-9, "{count} of {mean}: {ln}");
        }
        assert!(ln_at_most(1_000_000, 10.0) > -1e-9);
        assert!(ln_at_most(10, 1_000_000.0) < -900_000.0);
    }

    #[test]
    fn few_among_many_are_striking_and_few_among_few_are_not() {
        let tallies = |counts: &[u64]| counts.iter().map(|&n| Tally::of(n)).collect::<Vec<_>>();
        let of = |counts: &[u64], place| strikingly_few(&tallies(counts), place, 4);
        assert_eq!(of(&[40, 41, 3, 40, 39], 2), Some(40));
        assert_eq!(of(&[40, 41, 30, 40, 39], 2), None);
        assert_eq!(of(&[2, 3, 0, 2, 3], 2), None);
        assert_eq!(of(&[7], 0), None);
        assert_eq!(of(&[0, 0, 0, 50, 60], 0), None);
    }
}
