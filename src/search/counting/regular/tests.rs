//! Gaps and bursts that were put into random series are found, and nothing else is.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the numbers are small and not below zero"
)]

use super::*;

const DAYS: Season = Season { length: 7, a_year: 365 };

/// A small fast generator (splitmix64, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        real((z ^ (z >> 31)) >> 11) / real(1 << 53)
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.uniform() * real(limit)) as u64
    }

    /// A Poisson count: how many exponential waits fit into one (Knuth), in parts where there are many.
    fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 30.0 {
            return self.poisson(mean / 2.0) + self.poisson(mean / 2.0);
        }
        let (mut product, mut n) = (self.uniform(), 0);
        while product > (-mean).exp() {
            product *= self.uniform();
            n += 1;
        }
        n
    }

    /// A year and what lies around it, of a publisher of `rate` articles on a day of work; weekends are
    /// quiet, and the rate changes over the year.
    fn series(&mut self, rate: f64) -> Vec<u64> {
        let day = |day: u64, random: &mut Self| {
            let weekend = if day % 7 > 4 { 0.3 } else { 1.0 };
            let season = 1.0 + 0.15 * (real(day) / 365.0 * std::f64::consts::TAU).sin();
            random.poisson(rate * weekend * season)
        };
        (0..365 + 112).map(|it| day(it, self)).collect()
    }
}

const RATES: [f64; 8] = [0.2, 0.7, 2.0, 5.0, 12.0, 40.0, 120.0, 400.0];

#[test]
fn a_year_without_gaps_and_bursts_has_none_but_once_in_a_hundred() {
    let mut random = Random(1);
    let (mut alarms, years) = (0, 80);
    for rate in RATES {
        let here = (0..years).filter(|_| !breaks(&random.series(rate), DAYS).is_empty()).count();
        assert!(here <= years / 20, "{here} of {years} years at {rate}");
        alarms += here;
    }
    // A series is longer than a year by a third.
    let all = years * RATES.len();
    assert!(alarms * 100 <= all, "{alarms} of {all} years");
}

/// How many of those put in were found: silences in which some 25 articles or more are missing, and
/// bursts of a few days.
fn found(kind: BreakKind, random: &mut Random) -> (usize, usize) {
    let (mut n_found, mut n) = (0, 0);
    for rate in RATES {
        for _ in 0..40 {
            let mut series = random.series(rate);
            // Of seven days there are 5.6 of work in articles.
            let days = (35.0 / (rate * 5.6 / 7.0)).ceil() as u64;
            let days =
                if kind == BreakKind::Gap { days.clamp(1, 200) } else { 1 + random.below(4) };
            let length = series.len() as u64;
            let begin = (60 + random.below(length.saturating_sub(120 + days).max(1))) as usize;
            let places = begin..begin + days as usize;
            let lost: u64 = series[places.clone()].iter().sum();
            if kind == BreakKind::Gap && lost < 25 {
                continue;
            }
            for count in &mut series[places.clone()] {
                *count = if kind == BreakKind::Gap { 0 } else { *count * 4 + 15 };
            }
            let is_it = |it: &Break| {
                it.kind == kind && it.places.start < places.end && places.start < it.places.end
            };
            n += 1;
            n_found += usize::from(breaks(&series, DAYS).iter().any(is_it));
        }
    }
    (n_found, n)
}

#[test]
fn of_gaps_and_bursts_that_were_put_in_nineteen_in_twenty_are_found() {
    let mut random = Random(3);
    for kind in [BreakKind::Gap, BreakKind::Burst] {
        let (n_found, n) = found(kind, &mut random);
        assert!(n > 150 && n_found * 100 >= n * 95, "{n_found} of {n} {}s", kind.name());
    }
}

#[test]
fn a_gap_is_told_with_its_days_and_what_would_be_usual() {
    let mut counts = vec![10; 200];
    counts[90..104].fill(0);
    counts[150] = 60;
    let found = breaks(&counts, DAYS);
    assert_eq!(found.len(), 2, "{found:?}");
    let [gap, burst] = [&found[0], &found[1]];
    assert_eq!((gap.kind, gap.places.clone(), gap.count), (BreakKind::Gap, 90..104, 0));
    assert!((gap.expected - 140.0).abs() < 1.0, "{gap:?}");
    assert_eq!((burst.kind, burst.places.clone(), burst.count), (BreakKind::Burst, 150..151, 60));
    assert!((burst.expected - 10.0).abs() < 1.0, "{burst:?}");
}

#[test]
fn what_is_always_so_is_no_gap() {
    // A weekly, and a paper without Sundays.
    let weekly: Vec<u64> = (0..400).map(|day| if day % 7 == 3 { 40 } else { 0 }).collect();
    assert_eq!(breaks(&weekly, DAYS), []);
    let daily: Vec<u64> = (0..400).map(|day| if day % 7 == 6 { 0 } else { 40 }).collect();
    assert_eq!(breaks(&daily, DAYS), []);
    for short in [&[][..], &[0], &[5, 0, 5], &[0; 400]] {
        assert_eq!(breaks(short, DAYS), []);
    }
}

#[test]
fn what_varies_much_is_not_alarming() {
    // Four times the variance of chance.
    let mut random = Random(4);
    let lumps = |random: &mut Random| (0..477).map(|_| 4 * random.poisson(5.0)).collect::<Vec<_>>();
    let alarms = (0..100).filter(|_| !breaks(&lumps(&mut random), DAYS).is_empty()).count();
    assert!(alarms <= 3, "{alarms}");
}
