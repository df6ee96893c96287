//! Time in calendar buckets.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::article::named_enum;
use crate::error::Error;

/// More buckets than these are not made.
const MOST_BUCKETS: u64 = 100_000;

named_enum! {
    /// A stretch of the calendar, as articles are counted by.
    Bucket {
        /// A day.
        Day = "day",
        /// A week of ISO 8601, Monday to Sunday.
        Week = "week",
        /// A month.
        Month = "month",
        /// Three months, the first of which is January, April, July or October.
        Quarter = "quarter",
        /// A year.
        Year = "year",
    }
}

impl Bucket {
    /// The first day of the bucket that holds `day`.
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        let first = match self {
            Self::Day => Some(day),
            Self::Week => {
                day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
            }
            Self::Month => day.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        };
        // Only the first week of the calendar begins before it.
        first.unwrap_or(day)
    }

    /// The first day of the bucket behind the one that begins on `first`; `None` at the end of the
    /// calendar.
    pub fn next(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => first.succ_opt(),
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
            Self::Quarter => first.checked_add_months(Months::new(3)),
            Self::Year => first.checked_add_months(Months::new(12)),
        }
    }

    /// The last day of the bucket that begins on `first`.
    pub fn last_day(self, first: NaiveDate) -> NaiveDate {
        self.next(first).and_then(|next| next.pred_opt()).unwrap_or(first)
    }

    /// The name of the bucket that begins on `first`, as in ISO 8601 where that has one: `2022-11-20`,
    /// `2022-W46`, `2022-11`, `2022-Q4`, `2022`.
    pub fn label(self, first: NaiveDate) -> String {
        match self {
            Self::Day => first.to_string(),
            Self::Week => first.format("%G-W%V").to_string(),
            Self::Month => first.format("%Y-%m").to_string(),
            Self::Quarter => format!("{:04}-Q{}", first.year(), first.month0() / 3 + 1),
            Self::Year => first.format("%Y").to_string(),
        }
    }

    /// The first days of all buckets that hold a day from `first` to `last`.
    pub fn buckets(self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let begin = Some(self.first_day(first));
        std::iter::successors(begin, move |day| self.next(*day)).take_while(move |day| *day <= last)
    }

    /// How many those are.
    pub fn count(self, first: NaiveDate, last: NaiveDate) -> u64 {
        let (first, last) = (self.first_day(first), self.first_day(last));
        let days = u64::try_from((last - first).num_days()).unwrap_or_default();
        let months = || {
            let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
            u64::try_from(month(last) - month(first)).unwrap_or_default()
        };
        1 + match self {
            Self::Day => days,
            Self::Week => days / 7,
            Self::Month => months(),
            Self::Quarter => months() / 3,
            Self::Year => months() / 12,
        }
    }

    /// Refuses so many buckets that no one could read them: a wrong date far from all others would fill
    /// the memory with empty ones.
    pub(super) fn check(self, first: NaiveDate, last: NaiveDate) -> Result<(), Error> {
        match self.count(first, last) {
            ..=MOST_BUCKETS => Ok(()),
            buckets => Err(Error::TooManyBuckets { bucket: self.name(), buckets }),
        }
    }

    /// The shortest stretch of which at most `most` reach from `first` to `last`.
    pub fn fitting(first: NaiveDate, last: NaiveDate, most: u64) -> Self {
        let fits = |bucket: &&Self| bucket.count(first, last) <= most;
        Self::ALL.iter().find(fits).copied().unwrap_or(Self::Year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_day_lies_in_one_bucket_of_each_kind() {
        for (bucket, within, first, last, label) in [
            (Bucket::Day, "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"),
            (Bucket::Week, "2022-11-20", "2022-11-14", "2022-11-20", "2022-W46"),
            (Bucket::Week, "2021-01-03", "2020-12-28", "2021-01-03", "2020-W53"),
            (Bucket::Week, "2024-12-31", "2024-12-30", "2025-01-05", "2025-W01"),
            (Bucket::Month, "2024-02-10", "2024-02-01", "2024-02-29", "2024-02"),
            (Bucket::Quarter, "2022-12-31", "2022-10-01", "2022-12-31", "2022-Q4"),
            (Bucket::Year, "2022-07-01", "2022-01-01", "2022-12-31", "2022"),
        ] {
            let begins = bucket.first_day(day(within));
            assert_eq!((begins, bucket.last_day(begins)), (day(first), day(last)), "{label}");
            assert_eq!(bucket.label(begins), label);
        }
    }

    #[test]
    fn buckets_follow_each_other_and_are_as_many_as_counted() {
        let days = ["1999-12-31", "2000-01-01", "2000-02-29", "2003-05-05", "2004-12-31"];
        for &bucket in Bucket::ALL {
            for (n, first) in days.iter().enumerate() {
                for last in &days[n..] {
                    let buckets: Vec<_> = bucket.buckets(day(first), day(last)).collect();
                    let n = bucket.count(day(first), day(last));
                    assert_eq!(buckets.len() as u64, n, "{bucket} {first} {last}");
                    assert!(buckets.windows(2).all(|it| bucket.next(it[0]) == Some(it[1])));
                    assert!(buckets[0] <= day(first));
                    assert!(buckets.last().is_some_and(|it| bucket.last_day(*it) >= day(last)));
                }
            }
        }
    }

    #[test]
    fn the_span_chooses_the_bucket() {
        for (first, last, bucket) in [
            ("2022-11-01", "2022-11-30", Bucket::Day),
            ("2022-11-01", "2023-03-30", Bucket::Week),
            ("2020-11-01", "2023-03-30", Bucket::Month),
            ("2015-11-01", "2023-03-30", Bucket::Quarter),
            ("1915-11-01", "2023-03-30", Bucket::Year),
        ] {
            assert_eq!(Bucket::fitting(day(first), day(last), 40), bucket, "{first} {last}");
        }
    }
}
