//! Recency as a part of relevance: an article counts less the older it is.
//!
//! A score is halved for each half-life that the article is older than the newest one of the
//! archive: `score * 0.5^(age / half-life)`. Exponential decay has no memory, so the order of two
//! articles depends on the time between them and not on the day of the search; only scores shift.
//! An article without a date counts as one half-life old: neither news nor buried.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use tantivy::columnar::{Cardinality, Column};
use tantivy::{Score, SegmentReader};

use crate::index::ArchiveReader;
use crate::schema::{OpenSegments, Times};

const HOUR: i64 = 3_600;

/// The time in which a score is halved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HalfLife {
    /// Above zero.
    seconds: i64,
}

/// What can be typed behind the number, and for how many hours it stands; months and years are
/// those of 30 and 365 days.
const UNITS: [(&str, i64); 5] =
    [("h", 1), ("d", 24), ("w", 7 * 24), ("mo", 30 * 24), ("y", 365 * 24)];

impl FromStr for HalfLife {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let digits = typed.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = typed.split_at(digits);
        let unit = UNITS.iter().find(|(name, _)| *name == unit.trim()).map(|(_, hours)| hours);
        let number = number.parse::<i64>().ok().filter(|&number| number > 0);
        let seconds = number.zip(unit).and_then(|(n, hours)| n.checked_mul(hours * HOUR));
        let seconds = seconds.ok_or("a time such as 12h, 30d, 8w, 6mo or 2y")?;
        Ok(Self { seconds })
    }
}

impl fmt::Display for HalfLife {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = self.seconds / HOUR;
        match hours % 24 {
            0 => write!(f, "{}d", hours / 24),
            _ => write!(f, "{hours}h"),
        }
    }
}

/// How scores fade in a snapshot of an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decay {
    half_life: HalfLife,
    /// When the newest article was published; what claims to be from the future does not count.
    newest: i64,
}

/// What tells it from another one of the same snapshot.
impl fmt::Display for Decay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}", self.half_life, self.newest)
    }
}

impl Decay {
    /// By the dates in a snapshot, looked at on the day `today`.
    pub(super) fn new(
        half_life: HalfLife,
        archive: &ArchiveReader,
        today: NaiveDate,
    ) -> tantivy::Result<Self> {
        let tomorrow = today.succ_opt().unwrap_or(today).and_time(chrono::NaiveTime::MIN);
        let tomorrow = tomorrow.and_utc().timestamp();
        let mut newest = i64::MIN;
        for reader in archive.searcher().segment_readers() {
            let column = archive.segments().times(reader, Times::Published)?;
            newest = newest.max(newest_in(&column).unwrap_or(i64::MIN));
        }
        Ok(Self { half_life, newest: newest.min(tomorrow) })
    }

    /// What the score of an article of this date is multiplied by, from 0 to 1.
    pub(super) fn factor(&self, published: Option<i64>) -> f64 {
        const UNDATED: f64 = 0.5;
        published.map_or(UNDATED, |published| {
            let age = self.newest.saturating_sub(published).max(0);
            #[expect(clippy::cast_precision_loss, reason = "no archive spans 2^52 seconds")]
            let half_lives = age as f64 / self.half_life.seconds as f64;
            (-half_lives).exp2()
        })
    }

    /// The same in one segment.
    pub(super) fn in_segment(
        self,
        segments: &OpenSegments,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentDecay> {
        let column = segments.times(reader, Times::Published)?;
        let newest = newest_in(&column).map(|newest| self.factor(Some(newest)));
        let undated = (column.get_cardinality() != Cardinality::Full).then(|| self.factor(None));
        let most = newest.into_iter().chain(undated).fold(0.0, f64::max);
        Ok(SegmentDecay { decay: self, most })
    }
}

/// How scores fade in a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct SegmentDecay {
    decay: Decay,
    /// The largest factor there.
    most: f64,
}

impl SegmentDecay {
    /// What becomes of the score of an article of this date.
    pub(super) fn score(&self, score: Score, published: Option<i64>) -> Score {
        rounded(f64::from(score) * self.decay.factor(published))
    }

    /// A score that becomes none above `threshold` in an article of this date, or an older one.
    pub(super) fn before_at(&self, threshold: Score, published: Option<i64>) -> Score {
        before(threshold, self.decay.factor(published))
    }

    /// A score that becomes none above `threshold`.
    pub(super) fn before(&self, threshold: Score) -> Score {
        before(threshold, self.most)
    }
}

/// The score that, multiplied by `factor`, is not above `threshold`, even when it was rounded.
fn before(threshold: Score, factor: f64) -> Score {
    if threshold <= 0.0 || factor <= 0.0 {
        return threshold.min(Score::MIN);
    }
    rounded(f64::from(threshold) / factor).next_down()
}

fn newest_in(column: &Column<i64>) -> Option<i64> {
    (column.values.num_vals() > 0).then(|| column.max_value())
}

#[expect(clippy::cast_possible_truncation, reason = "scores are of 24 bits")]
fn rounded(score: f64) -> Score {
    score as Score
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * HOUR;

    #[test]
    fn a_half_life_is_a_number_and_a_unit() {
        for (typed, hours) in
            [("12h", 12), ("30d", 720), ("2w", 336), ("6mo", 4_320), ("1y", 8_760), ("30 d", 720)]
        {
            assert_eq!(typed.parse(), Ok(HalfLife { seconds: hours * HOUR }), "for `{typed}`");
        }
        for typed in ["", "d", "30", "0d", "-3d", "3 fortnights", "3.5d", "9223372036854775807y"] {
            assert!(typed.parse::<HalfLife>().is_err(), "`{typed}`");
        }
        for (typed, printed) in [("2w", "14d"), ("12h", "12h"), ("48h", "2d")] {
            assert_eq!(typed.parse::<HalfLife>().expect("a time").to_string(), printed);
        }
    }

    #[test]
    fn a_score_is_halved_for_each_half_life() {
        let decay = Decay { half_life: HalfLife { seconds: 30 * DAY }, newest: 1_000 * DAY };
        for (published, factor) in [
            (Some(1_000 * DAY), 1.0),
            (Some(970 * DAY), 0.5),
            (Some(940 * DAY), 0.25),
            (Some(985 * DAY), std::f64::consts::FRAC_1_SQRT_2),
            (Some(2_000 * DAY), 1.0),
            (Some(i64::MIN), 0.0),
            (None, 0.5),
        ] {
            assert!((decay.factor(published) - factor).abs() < 1e-9, "for {published:?}");
        }
    }

    /// Whatever fades to something above a threshold was above what is asked for before.
    #[test]
    fn a_threshold_is_met_before_fading() {
        for threshold in [1e-30_f32, 0.001, 1.0, 12.345_678, 3e7] {
            for factor in [1.0, 0.999_999_9, 0.7, 0.333_333_333, 1e-6] {
                let mut score = before(threshold, factor);
                for _ in 0..8 {
                    assert!(rounded(f64::from(score) * factor) <= threshold, "{score}");
                    score = score.next_down();
                }
            }
        }
        assert!(before(0.0, 0.5) < 0.0 && before(1.0, 0.0) < 0.0);
    }
}
