//! Where a binomial count lies.

use super::real;

/// Probabilities this much smaller than the greatest are taken for nothing.
const NEGLIGIBLE: f64 = 1e-20;

/// The least number of `n` trials that as many or fewer succeed in with a probability of at least
/// `share`, where each succeeds with the probability `p`, between 0 and 1.
///
/// Probabilities are taken relative to that of the mode, from which each follows from its
/// neighbour, so nothing overflows and the time taken grows with the root of `n`.
pub(super) fn quantile(n: usize, p: f64, share: f64) -> usize {
    let odds = p / (1.0 - p);
    let of = |k: usize| real(k as u64);
    let mode = mode(n, p);
    let mut below = Vec::new();
    let (mut weight, mut k) = (1.0, mode);
    while k > 0 && weight > NEGLIGIBLE {
        weight *= of(k) / (of(n - k + 1) * odds);
        below.push(weight);
        k -= 1;
    }
    let first = k;
    let mut weights: Vec<f64> = below.into_iter().rev().collect();
    weights.push(1.0);
    let (mut weight, mut k) = (1.0, mode);
    while k < n && weight > NEGLIGIBLE {
        weight *= of(n - k) / of(k + 1) * odds;
        weights.push(weight);
        k += 1;
    }
    let wanted = share * weights.iter().sum::<f64>();
    let mut sum = 0.0;
    let is_enough = |weight: &f64| {
        sum += weight;
        sum >= wanted
    };
    first + weights.iter().position(is_enough).unwrap_or(weights.len() - 1)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n")]
fn mode(n: usize, p: f64) -> usize {
    ((real(n as u64) + 1.0) * p).floor() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_tables() {
        // As exact fractions give them, and R as qbinom(share, n, p).
        for (n, p, share, k) in [
            (10, 0.5, 0.5, 5),
            (100, 0.5, 0.025, 40),
            (100, 0.5, 0.975, 60),
            (1_000, 0.99, 0.025, 983),
            (1_000, 0.99, 0.975, 996),
            (1, 0.5, 0.4, 0),
            (1, 0.5, 0.6, 1),
            // 1.96 deviations of 500 above the mean.
            (1_000_000, 0.5, 0.975, 500_980),
        ] {
            assert_eq!(quantile(n, p, share), k, "qbinom({share}, {n}, {p})");
        }
    }
}
