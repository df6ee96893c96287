//! Numbers as people read them: counts with separators, sizes and times in a fitting unit.
//!
//! All in integers, so that nothing is lost on the way and `1000.0 kB` is never written.

use std::time::Duration;

use crate::search::Unit;

/// A count with commas between the thousands: `1,284`.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of things: `1 article`, `1,284 articles`.
pub(super) fn counted(n: u64, thing: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", count(n))
}

/// A number of articles or stories: `1,204 stories`.
pub(super) fn amount(n: u64, unit: Unit) -> String {
    format!("{} {}", count(n), unit.noun(n))
}

/// A size in bytes, in decimal units: `512 B`, `2.1 GB`.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let (tenths, unit) = fitting(
        bytes.into(),
        &[
            (1_000, "kB"),
            (1_000_000, "MB"),
            (1_000_000_000, "GB"),
            (1_000_000_000_000, "TB"),
            (1_000_000_000_000_000, "PB"),
        ],
    );
    format!("{} {unit}", decimal(tenths))
}

/// A length of time: `3.1 ms`, `58.0 s`, `2 min 5 s`, `1 h 3 min`.
pub(super) fn duration(time: Duration) -> String {
    let nanos = time.as_nanos();
    let seconds = rounded(nanos, NANOS_PER_SECOND);
    if rounded(nanos * 10, NANOS_PER_SECOND) < 600 {
        let (tenths, unit) =
            fitting(nanos, &[(1_000, "µs"), (1_000_000, "ms"), (NANOS_PER_SECOND, "s")]);
        return format!("{} {unit}", decimal(tenths));
    }
    match seconds {
        ..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// A length of time in three digits, from its nanoseconds: `850 ns`, `1.23 ms`, `58.0 s`.
pub(super) fn brief(nanos: u64) -> String {
    let units = [(1_000, "µs"), (1_000_000, "ms"), (NANOS_PER_SECOND, "s")];
    let nanos = u128::from(nanos);
    for (unit, name) in units {
        for (parts, places) in [(100, 2), (10, 1), (1, 0)] {
            let n = rounded(nanos * parts, unit);
            if nanos >= 1_000 && n < 1_000 {
                let (whole, part) = (n / parts, n % parts);
                let point = if places > 0 { "." } else { "" };
                let part = if places > 0 { format!("{part:0places$}") } else { String::new() };
                return format!("{whole}{point}{part} {name}");
            }
        }
    }
    if nanos < 1_000 { format!("{nanos} ns") } else { format!("{} s", nanos / NANOS_PER_SECOND) }
}

/// A speed: `36.2 MB/s`; `None` where no time went by.
pub(super) fn speed(bytes: u64, time: Duration) -> Option<String> {
    let per_second = (u128::from(bytes) * NANOS_PER_SECOND).checked_div(time.as_nanos())?;
    Some(format!("{}/s", size(u64::try_from(per_second).unwrap_or(u64::MAX))))
}

/// A share: `91.6 %`; of nothing, `0.0 %`.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let tenths = if whole == 0 { 0 } else { rounded(u128::from(part) * 1000, whole.into()) };
    format!("{} %", decimal(tenths))
}

/// A share from 0 to 1, to six digits; of nothing, none.
pub(super) fn fraction(part: u64, whole: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "six digits of it are given")]
    let share = (whole > 0).then(|| part as f64 / whole as f64);
    share.map(|share| rounded_to(share, 6))
}

/// A number to so many places behind the point.
pub(super) fn rounded_to(number: f64, places: i32) -> f64 {
    let unit = 10_f64.powi(places);
    (number * unit).round() / unit
}

/// A time in milliseconds, to the microsecond.
pub(super) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

const NANOS_PER_SECOND: u128 = 1_000_000_000;

/// The value in tenths of the first unit in which it is below 1000, or else of the last one.
fn fitting<'a>(value: u128, units: &[(u128, &'a str)]) -> (u128, &'a str) {
    let in_units = |&(unit, name)| (rounded(value * 10, unit), name);
    let fits = units.iter().map(in_units).find(|&(tenths, _)| tenths < 10_000);
    fits.or_else(|| units.last().map(in_units)).unwrap_or((value * 10, ""))
}

fn rounded(value: u128, unit: u128) -> u128 {
    (value + unit / 2) / unit
}

fn decimal(tenths: u128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_284_003, "1,284,003"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(count(n), text);
        }
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(0, "article"), "0 articles");
    }

    #[test]
    fn a_size_is_below_a_thousand_of_its_unit() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (2_149_000_000, "2.1 GB"),
            (u64::MAX, "18446.7 PB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn a_time_is_as_exact_as_a_reader_cares() {
        for (nanos, text) in [
            (0, "0.0 µs"),
            (850_000, "850.0 µs"),
            (999_960, "1.0 ms"),
            (3_140_000, "3.1 ms"),
            (58_000_000_000, "58.0 s"),
            (59_960_000_000, "1 min 0 s"),
            (125_400_000_000, "2 min 5 s"),
            (3_599_700_000_000, "1 h 0 min"),
            (3_800_000_000_000, "1 h 3 min"),
        ] {
            assert_eq!(duration(Duration::from_nanos(nanos)), text);
        }
        assert_eq!(duration(Duration::MAX), "5124095576030431 h 0 min");
    }

    #[test]
    fn a_brief_time_has_three_digits() {
        for (nanos, text) in [
            (0, "0 ns"),
            (999, "999 ns"),
            (1_000, "1.00 µs"),
            (9_994, "9.99 µs"),
            (9_996, "10.0 µs"),
            (999_400, "999 µs"),
            (999_500, "1.00 ms"),
            (1_234_567, "1.23 ms"),
            (58_040_000_000, "58.0 s"),
            (4_321_000_000_000, "4321 s"),
            (u64::MAX, "18446744073 s"),
        ] {
            assert_eq!(brief(nanos), text, "{nanos}");
        }
    }

    #[test]
    fn a_speed_needs_time() {
        assert_eq!(speed(36_200_000, Duration::from_secs(1)).as_deref(), Some("36.2 MB/s"));
        assert_eq!(speed(1, Duration::ZERO), None);
        assert_eq!(speed(u64::MAX, Duration::from_nanos(1)).as_deref(), Some("18446.7 PB/s"));
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(percent(916, 1000), "91.6 %");
        assert_eq!(percent(0, 0), "0.0 %");
    }
}
