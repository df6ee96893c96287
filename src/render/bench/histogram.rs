//! All samples by how long they took.

use std::io::{self, Write};

use super::super::bars::{Bar, bars};
use super::super::numbers::{brief, count};
use super::super::style::{Role, Style};
use crate::bench::Report;

/// At most so many rows.
const ROWS: usize = 12;

/// Writes a bar for each stretch of time, each two or more times as long as the one before.
pub(super) fn write(out: &mut dyn Write, report: &Report, style: Style) -> io::Result<()> {
    let times: Vec<u64> =
        report.queries.iter().flat_map(|it| it.samples.iter().flatten()).copied().collect();
    let buckets = buckets(&times);
    if buckets.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    style.write(out, Role::Label, "how many samples took how long")?;
    writeln!(out)?;
    let bar = |&(below, n): &(u64, u64)| Bar {
        name: format!("< {}", round(below)),
        number: count(n),
        length: n,
    };
    bars(out, &buckets.iter().map(bar).collect::<Vec<_>>(), style)
}

/// A time that is a round number of its unit: `200 µs`.
fn round(nanos: u64) -> String {
    let text = brief(nanos);
    match text.split_once(' ') {
        Some((number, unit)) if number.contains('.') => {
            format!("{} {unit}", number.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => text,
    }
}

/// The ends of stretches, and how many samples lie in each, from the fastest to the slowest sample;
/// ends are powers of ten and two and five times that, or powers of ten alone.
fn buckets(times: &[u64]) -> Vec<(u64, u64)> {
    let Some((least, most)) = times.iter().min().zip(times.iter().max()) else { return Vec::new() };
    let ends = |steps: &[u64]| {
        let powers = (0..=19).filter_map(|power| 10_u64.checked_pow(power));
        let ends = powers.flat_map(|it| steps.iter().filter_map(move |step| it.checked_mul(*step)));
        let mut ends: Vec<u64> = ends.filter(|end| end > least).collect();
        let n = ends.iter().position(|end| end > most).unwrap_or(ends.len());
        ends.truncate(n + 1);
        ends
    };
    let mut ends =
        Some(ends(&[1, 2, 5])).filter(|it| it.len() <= ROWS).unwrap_or_else(|| ends(&[1]));
    if ends.last().is_none_or(|end| end <= most) {
        ends.push(u64::MAX);
    }
    let mut buckets: Vec<(u64, u64)> = ends.into_iter().map(|end| (end, 0)).collect();
    for time in times {
        let place = buckets.partition_point(|(end, _)| end <= time);
        if let Some(bucket) = buckets.get_mut(place) {
            bucket.1 += 1;
        }
    }
    buckets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_counted_between_round_times() {
        let ms = |n: u64| n * 1_000_000;
        assert_eq!(
            buckets(&[ms(1), ms(1), ms(3), ms(49)]),
            [(ms(2), 2), (ms(5), 1), (ms(10), 0), (ms(20), 0), (ms(50), 1)]
        );
        assert_eq!(buckets(&[ms(5)]), [(ms(10), 1)]);
        assert_eq!(buckets(&[]), []);
        let wide = buckets(&[0, ms(10_000)]);
        assert!(wide.len() <= ROWS, "{wide:?}");
        assert_eq!(wide.iter().map(|it| it.1).sum::<u64>(), 2);
        let extreme = buckets(&[1, u64::MAX - 1]);
        assert_eq!(extreme.iter().map(|it| it.1).sum::<u64>(), 2);
    }

    #[test]
    fn ends_are_written_without_zeros_behind_the_point() {
        assert_eq!(round(1_000_000), "1 ms");
        assert_eq!(round(200_000), "200 µs");
        assert_eq!(round(20), "20 ns");
        assert_eq!(round(10_000_000_000), "10 s");
    }
}
