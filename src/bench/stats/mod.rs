//! What samples say, and how sure it is.
//!
//! Everything is exact where that is cheap: percentiles are samples, their intervals are ranks, the
//! signed-rank test counts all signs of few differences. What is drawn at random follows from a
//! fixed seed, so that the same samples always give the same figures.

mod binomial;
mod bootstrap;
mod percentile;
mod signed_rank;
mod spread;

pub use bootstrap::Mean;
pub use percentile::{Estimate, LEAST_BEYOND, Percentile};
pub use spread::Spread;

pub(super) use bootstrap::{draw, interval_of};
pub(super) use signed_rank::{holm, signed_rank};

/// A count or a time as a real number.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 ns, which are 104 days")]
pub(super) fn real(n: u64) -> f64 {
    n as f64
}

/// The mean of real numbers; of none, none.
pub(super) fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = numbers.fold((0.0, 0_u64), |(sum, n), number| (sum + number, n + 1));
    (n > 0).then(|| sum / real(n))
}

/// The logarithm of a time in nanoseconds; of nothing, that of one.
pub(super) fn log_time(nanos: u64) -> f64 {
    real(nanos.max(1)).ln()
}

/// The median by nearest rank of numbers in ascending order.
pub(super) fn median(sorted: &[u64]) -> Option<u64> {
    sorted.get(sorted.len().div_ceil(2).checked_sub(1)?).copied()
}
