//! How many articles were published on each day.
//!
//! Days are those of each publisher's own clock, as the index keeps them: who asks for a day means
//! the one that the paper bore. They cannot be moved to another time zone: most dates are known to
//! the day alone, so that some articles would move and others not.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use foldhash::{HashMap, HashMapExt as _};
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::Tally;
use super::block::{BLOCK, BlockReader};
use super::matched::Matched;
use crate::error::Error;

/// Seconds in a day.
const DAY: i64 = 86_400;

/// Of so many days up to the last of a segment, some 180 years, articles are counted in an array.
const DAYS_IN_ARRAY: i64 = 1 << 16;

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
        let mut days: BTreeMap<(i64, i64), Tally> = BTreeMap::new();
        let mut undated = Tally::default();
        matched.each_segment(|segment, articles| {
            let mut reader = DayReader::new(segment)?;
            let mut counts = DayCounts::of_days_up_to(reader.last_day(), reader.first_day());
            articles.each(&mut |docs| {
                reader.each(docs, |days| match days {
                    Some(days) => counts.add(days),
                    None => undated.add(),
                });
            })?;
            counts.each(|span, tally| *days.entry(span).or_default() += tally);
            Ok(())
        })?;
        let mut by_day = Self { undated, ..Self::default() };
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

/// The days of the articles of a segment: the first and the last that the date covers, since 1970.
pub(super) struct DayReader {
    published: Column<i64>,
    published_last: Column<i64>,
    block: BlockReader<i64>,
}

impl DayReader {
    pub(super) fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let (published, published_last) =
            (columns.i64("published")?, columns.i64("published_last")?);
        Ok(Self { published, published_last, block: BlockReader::default() })
    }

    /// The first day that any article begins with.
    fn first_day(&self) -> i64 {
        self.published.min_value().div_euclid(DAY)
    }

    /// The last one.
    fn last_day(&self) -> i64 {
        self.published.max_value().div_euclid(DAY)
    }

    /// Hands over the days of each article in turn, `None` where they are not known.
    pub(super) fn each(&mut self, docs: &[DocId], mut visit: impl FnMut(Option<(i64, i64)>)) {
        for docs in docs.chunks(BLOCK) {
            let firsts = self.block.first(&self.published, docs);
            let lasts = self.block.first(&self.published_last, docs);
            for (first, last) in firsts.into_iter().zip(lasts).take(docs.len()) {
                let days = first
                    .map(|first| (first.div_euclid(DAY), last.unwrap_or(first).div_euclid(DAY)));
                visit(days);
            }
        }
    }
}

/// Articles by their first and last day.
struct DayCounts {
    /// The first day that has a place in the array.
    begins: i64,
    on: Vec<u32>,
    others: HashMap<(i64, i64), Tally>,
}

impl DayCounts {
    fn of_days_up_to(last: i64, first: i64) -> Self {
        let begins = first.max(last.saturating_sub(DAYS_IN_ARRAY - 1));
        let days = usize::try_from(last.saturating_sub(begins)).map_or(0, |days| days + 1);
        Self { begins, on: vec![0; days], others: HashMap::new() }
    }

    fn add(&mut self, (first, last): (i64, i64)) {
        let place = usize::try_from(first.wrapping_sub(self.begins)).ok();
        match place.and_then(|place| self.on.get_mut(place)).filter(|_| first == last) {
            Some(articles) => *articles += 1,
            None => self.others.entry((first, last)).or_default().add(),
        }
    }

    fn each(self, mut visit: impl FnMut((i64, i64), Tally)) {
        for (day, articles) in (self.begins..).zip(self.on).filter(|(_, articles)| *articles > 0) {
            visit((day, day), Tally::of(articles.into()));
        }
        self.others.into_iter().for_each(|(days, tally)| visit(days, tally));
    }
}

/// The day that so many days stand before since 1970.
pub(super) fn calendar_day(days: i64) -> Option<NaiveDate> {
    Some(DateTime::from_timestamp(days.checked_mul(DAY)?, 0)?.date_naive())
}
