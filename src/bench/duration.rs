//! Times as they are typed.

use std::time::Duration;

/// A time as it is typed: `50us`, `1.5 ms`, `10s`, `2min`; `None` for one that is none, or longer than
/// 31 years.
pub fn duration(text: &str) -> Option<Duration> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let unit = match text[end..].trim() {
        "ns" => 1e-9,
        "us" | "µs" | "μs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "min" | "m" => 60.0,
        "h" => 3_600.0,
        _ => return None,
    };
    let seconds = number * unit;
    (seconds < 1e9).then(|| Duration::try_from_secs_f64(seconds).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_number_and_a_unit() {
        for (typed, nanoseconds) in [
            ("50us", Some(50_000)),
            ("800µs", Some(800_000)),
            ("1.5 ms", Some(1_500_000)),
            ("2min", Some(120_000_000_000)),
            ("1h", Some(3_600_000_000_000)),
            ("50", None),
            ("ms", None),
            ("-1s", None),
            ("1e3s", None),
            ("1.2.3s", None),
            ("9999999999s", None),
        ] {
            let read = duration(typed).map(|it| it.as_nanos());
            assert_eq!(read, nanoseconds, "for `{typed}`");
        }
    }
}
