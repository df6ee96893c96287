//! How many articles match in each stretch of time, of how many that the archive holds.
//!
//! An article whose date is no more exact than a month or year is counted in a bucket only if that
//! holds all the days that it may be of; else it is *imprecise*. So the numbers of the buckets, of
//! imprecise and of undated articles sum to the number of matches.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::calendar::Bucket;
use super::days::ByDay;
use super::matched::Matched;
use super::{Tally, Unit, unusual};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::search::Matching;

/// How many buckets on either side say how many articles the archive usually has.
const NEIGHBOURS: usize = 4;

/// Several questions, counted side by side.
#[derive(Clone, Debug)]
pub struct TimelineRequest {
    /// The questions.
    pub queries: Vec<Query>,
    /// Which articles match a question without operators.
    pub matching: Matching,
    /// What is counted.
    pub unit: Unit,
    /// The stretches of time; by itself, the shortest of which there are no more than `rows`.
    pub bucket: Option<Bucket>,
    /// How many buckets there may be where their length is not said.
    pub rows: u64,
}

/// How many articles match in each stretch of time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Timeline {
    /// The length of the stretches.
    pub bucket: Bucket,
    /// What is counted.
    pub unit: Unit,
    /// The stretches, without a gap: from the first to the last with a match, and as far as a question
    /// asks for and the archive reaches.
    pub buckets: Vec<Stretch>,
    /// For each question its numbers.
    pub series: Vec<Series>,
    /// How long counting took.
    pub took: Duration,
}

/// A stretch of time, and what the archive holds of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stretch {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The articles of any kind that the archive has in it.
    pub archive: Tally,
    /// How many articles the archive usually has in the stretches around, where it has strikingly
    /// few in this one.
    pub usually: Option<u64>,
}

/// The numbers of a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Series {
    /// The question as it was understood, in canonical form.
    pub query: String,
    /// The articles that match in each of the stretches.
    pub tallies: Vec<Tally>,
    /// Those whose date is not exact enough for one of them.
    pub imprecise: Tally,
    /// Those without a date.
    pub undated: Tally,
    /// All that match.
    pub total: Tally,
}

/// Counts what matches each question in the same stretches of time.
pub fn timeline(archive: &ArchiveReader, request: &TimelineRequest) -> Result<Timeline, Error> {
    let begun = Instant::now();
    let matches = |query: &Query| Matched::new(archive, query, request.matching, request.unit);
    let whole = ByDay::of(&matches(&Query::All)?)?;
    let mut counted = Vec::with_capacity(request.queries.len());
    for query in &request.queries {
        counted.push(match query {
            Query::All => whole.clone(),
            query => ByDay::of(&matches(query)?)?,
        });
    }
    let bounds = counted.iter().zip(&request.queries);
    let bounds = joined(bounds.filter_map(|(days, query)| reach(days, query, &whole)));
    let fitting = bounds.map(|(first, last)| Bucket::fitting(first, last, request.rows));
    let bucket = request.bucket.or(fitting).unwrap_or(Bucket::Year);
    let filled: Vec<_> = counted.iter().map(|days| Filled::new(days, bucket)).collect();
    let bounds = joined(bounds.into_iter().chain(filled.iter().filter_map(Filled::bounds)));
    let firsts: Vec<NaiveDate> = match bounds {
        Some((first, last)) => {
            bucket.check(first, last)?;
            bucket.buckets(first, last).collect()
        }
        None => Vec::new(),
    };
    let whole = Filled::new(&whole, bucket);
    let (around, begins) = whole.around(&firsts, bucket);
    let stretch = |(place, &first): (usize, &NaiveDate)| Stretch {
        first,
        last: bucket.last_day(first),
        archive: whole.at(first),
        usually: unusual::strikingly_few(&around, begins + place, NEIGHBOURS),
    };
    let series = request.queries.iter().zip(&counted).zip(&filled);
    let series = series.map(|((query, days), filled)| Series {
        query: query.to_string(),
        tallies: firsts.iter().map(|first| filled.at(*first)).collect(),
        imprecise: filled.imprecise,
        undated: days.undated,
        total: days.total(),
    });
    Ok(Timeline {
        bucket,
        unit: request.unit,
        series: series.collect(),
        buckets: firsts.iter().enumerate().map(stretch).collect(),
        took: begun.elapsed(),
    })
}

/// Two days, and all between.
type Span = (NaiveDate, NaiveDate);

/// The days of which there are matches, and those that the question asks for as far as there are
/// articles; `None` where there are none.
fn reach(days: &ByDay, query: &Query, whole: &ByDay) -> Option<Span> {
    let (first, last) = days.bounds()?;
    let (begins, ends) = whole.bounds()?;
    let (from, to) = query.days();
    let from = from.map_or(first, |from| from.max(begins));
    let to = to.map_or(last, |to| to.min(ends));
    Some((first.min(from), last.max(to)))
}

/// From the first day of any to the last.
fn joined(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|(a, b), (first, last)| (a.min(first), b.max(last)))
}

/// Articles in buckets.
struct Filled {
    /// By the first days of the buckets that are not empty.
    tallies: BTreeMap<NaiveDate, Tally>,
    imprecise: Tally,
}

impl Filled {
    fn new(days: &ByDay, bucket: Bucket) -> Self {
        let mut filled = Self { tallies: BTreeMap::new(), imprecise: Tally::default() };
        for (&day, &tally) in &days.on {
            *filled.tallies.entry(bucket.first_day(day)).or_default() += tally;
        }
        for (&(first, last), &tally) in &days.within {
            let begins = bucket.first_day(first);
            if begins == bucket.first_day(last) {
                *filled.tallies.entry(begins).or_default() += tally;
            } else {
                filled.imprecise += tally;
            }
        }
        filled
    }

    fn at(&self, first: NaiveDate) -> Tally {
        self.tallies.get(&first).copied().unwrap_or_default()
    }

    fn bounds(&self) -> Option<Span> {
        let ends = self.tallies.first_key_value().zip(self.tallies.last_key_value());
        ends.map(|((first, _), (last, _))| (*first, *last))
    }

    /// The tallies of some buckets and of those before and behind as far as there are any, and where
    /// the former begin.
    fn around(&self, firsts: &[NaiveDate], bucket: Bucket) -> (Vec<Tally>, usize) {
        let ends = firsts.first().zip(firsts.last()).zip(self.bounds());
        let Some(((&first, &last), (begins, ends))) = ends else { return (Vec::new(), 0) };
        let previous = |day: &NaiveDate| Some(bucket.first_day(day.pred_opt()?));
        let before = std::iter::successors(previous(&first), previous);
        let behind = std::iter::successors(bucket.next(last), |day| bucket.next(*day));
        let mut days: Vec<_> = before.take_while(|day| *day >= begins).take(NEIGHBOURS).collect();
        days.reverse();
        let place = days.len();
        days.extend(firsts);
        days.extend(behind.take_while(|day| *day <= ends).take(NEIGHBOURS));
        (days.into_iter().map(|day| self.at(day)).collect(), place)
    }
}
