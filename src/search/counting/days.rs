//! How many articles were published on each day.
//!
//! Days are those of each publisher's own clock, as the index keeps them: who asks for a day means
//! the one that the paper bore. They cannot be moved to another time zone: most dates are known to
//! the day alone, so that some articles would move and others not.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use foldhash::{HashMap, HashMapExt as _};

use super::Tally;
use super::matched::Matched;
use crate::error::Error;

/// Seconds in a day.
const DAY: i64 = 86_400;

/// Articles that the engine hands over at a time.
const BLOCK: usize = 64;

/// Articles by their days.
#[derive(Clone, Debug, Default)]
pub(super) struct ByDay {
    /// Those whose day is known.
    pub(super) on: BTreeMap<NaiveDate, Tally>,
    /// Those of which no more is known than that they lie from one day to another: a month, a year.
    pub(super) within: BTreeMap<(NaiveDate, NaiveDate), Tally>,
    pub(super) undated: Tally,
}

impl ByDay {
    /// Counts the articles that match.
    pub(super) fn of(matched: &Matched<'_>) -> Result<Self, Error> {
        let mut days: HashMap<(i64, i64), Tally> = HashMap::new();
        let mut undated = Tally::default();
        matched.each_segment(|segment, articles| {
            let columns = segment.fast_fields();
            let (published, last) = (columns.i64("published")?, columns.i64("published_last")?);
            let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
            articles.each(&mut |docs| {
                firsts.clear();
                firsts.resize(docs.len().max(BLOCK), None);
                lasts.clone_from(&firsts);
                published.first_vals(docs, &mut firsts[..docs.len()]);
                last.first_vals(docs, &mut lasts[..docs.len()]);
                for (first, last) in firsts.iter().zip(&lasts).take(docs.len()) {
                    let Some(first) = *first else {
                        undated.add();
                        continue;
                    };
                    let days_of = (first, last.unwrap_or(first));
                    let days_of = (days_of.0.div_euclid(DAY), days_of.1.div_euclid(DAY));
                    days.entry(days_of).or_default().add();
                }
            })
        })?;
        let mut by_day = Self { undated, ..Self::default() };
        let mut days: Vec<_> = days.into_iter().collect();
        days.sort_unstable();
        for ((first, last), tally) in days {
            match (calendar_day(first), calendar_day(last)) {
                (Some(first), Some(last)) if first == last => {
                    *by_day.on.entry(first).or_default() += tally;
                }
                (Some(first), Some(last)) => {
                    *by_day.within.entry((first, last)).or_default() += tally;
                }
                // No calendar has it: it says as much as none.
                _ => by_day.undated += tally,
            }
        }
        Ok(by_day)
    }

    pub(super) fn total(&self) -> Tally {
        let dated = self.on.values().chain(self.within.values());
        dated.copied().chain([self.undated]).sum()
    }

    /// The first and the last day that is known; where none is, of what is known less exactly.
    pub(super) fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        let ends = self.on.first_key_value().zip(self.on.last_key_value());
        ends.map(|((first, _), (last, _))| (*first, *last)).or_else(|| {
            let first = self.within.keys().map(|(first, _)| *first).min();
            first.zip(self.within.keys().map(|(_, last)| *last).max())
        })
    }
}

/// The day that so many days stand before since 1970.
pub(super) fn calendar_day(days: i64) -> Option<NaiveDate> {
    Some(DateTime::from_timestamp(days.checked_mul(DAY)?, 0)?.date_naive())
}
