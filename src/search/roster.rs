//! A list of questions counted in one go: how many articles match each, and when or where.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::thread;

use chrono::NaiveDate;

use super::{
    Bucket, Copies, FacetField, Matching, SearchRequest, TimelineRequest, Unit, facets, search,
    timeline,
};
use crate::copies::Likeness;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;

/// Questions that are counted side by side: what is the same for all is looked up once.
const CHUNK: usize = 64;

/// More values of a field have no column of their own.
const MOST_COLUMNS: usize = 60;

/// What the columns of a roster are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RosterColumns {
    /// Stretches of time.
    Time(Bucket),
    /// Values of a field.
    Values(FacetField),
}

/// How many articles match each of many questions.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Roster {
    /// What the columns are; `None` where there are none.
    pub by: Option<RosterColumns>,
    /// The names of the columns: stretches in their order, values with the most articles first.
    pub columns: Vec<String>,
    /// One for each question.
    pub rows: Vec<RosterRow>,
}

/// How many articles match a question.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RosterRow {
    /// Articles that match.
    pub articles: u64,
    /// Stories that they are.
    pub stories: u64,
    /// Those without a date.
    pub undated: u64,
    /// Those in each column.
    pub cells: Vec<u64>,
    /// Those that are in none: without a date or one exact enough, without a value, or with one
    /// that has no column.
    pub elsewhere: u64,
}

/// What was counted for a question, by the keys of columns.
struct Counted {
    row: RosterRow,
    cells: BTreeMap<Key, u64>,
}

/// A column, in the order of columns.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Key {
    Day(NaiveDate),
    Value(String),
}

/// Counts what matches each of `queries`, on all cores.
pub fn roster(
    archive: &ArchiveReader,
    queries: &[Query],
    matching: Matching,
    columns: Option<RosterColumns>,
) -> Result<Roster, Error> {
    let chunks: Vec<&[Query]> = queries.chunks(CHUNK).collect();
    let counted: Mutex<BTreeMap<usize, Result<Vec<Counted>, Error>>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((place, chunk)) = {
            let place = next.fetch_add(1, Relaxed);
            chunks.get(place).map(|chunk| (place, chunk))
        } {
            let outcome = count(archive, chunk, matching, columns);
            // A thread that panics takes the others with it.
            counted.lock().unwrap_or_else(PoisonError::into_inner).insert(place, outcome);
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(chunks.len());
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let counted = counted.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut all = Vec::with_capacity(queries.len());
    for chunk in counted.into_values() {
        all.extend(chunk?);
    }
    Ok(joined(all, columns))
}

fn count(
    archive: &ArchiveReader,
    queries: &[Query],
    matching: Matching,
    columns: Option<RosterColumns>,
) -> Result<Vec<Counted>, Error> {
    let mut all = Vec::with_capacity(queries.len());
    for query in queries {
        let request = SearchRequest {
            matching,
            limit: 0,
            snippets: 0,
            copies: Copies::Collapse(Likeness::Part),
            ..SearchRequest::new(query.clone())
        };
        let answer = search(archive, &request)?;
        let row = RosterRow {
            articles: answer.total,
            stories: answer.stories.unwrap_or(answer.total),
            undated: answer.undated,
            ..RosterRow::default()
        };
        all.push(Counted { row, cells: BTreeMap::new() });
    }
    match columns {
        None => {}
        Some(RosterColumns::Time(bucket)) => {
            let queries = queries.to_vec();
            let request = TimelineRequest {
                queries,
                matching,
                unit: Unit::Articles,
                bucket: Some(bucket),
                rows: 0,
            };
            let timeline = timeline(archive, &request)?;
            for (counted, series) in all.iter_mut().zip(timeline.series) {
                let cells = timeline.buckets.iter().zip(series.tallies);
                let cells = cells.filter(|(_, tally)| tally.articles > 0);
                counted.cells =
                    cells.map(|(it, tally)| (Key::Day(it.first), tally.articles)).collect();
                counted.row.elsewhere = series.imprecise.articles + series.undated.articles;
            }
        }
        Some(RosterColumns::Values(field)) => {
            for (counted, query) in all.iter_mut().zip(queries) {
                let values = facets(archive, field, query, matching, Unit::Articles, usize::MAX)?;
                counted.row.elsewhere = values.without.articles;
                let cells = values.values.into_iter();
                counted.cells =
                    cells.map(|(value, tally)| (Key::Value(value), tally.articles)).collect();
            }
        }
    }
    Ok(all)
}

/// The rows with the same columns for all.
fn joined(all: Vec<Counted>, columns: Option<RosterColumns>) -> Roster {
    let mut totals: BTreeMap<&Key, u64> = BTreeMap::new();
    for (key, articles) in all.iter().flat_map(|counted| &counted.cells) {
        *totals.entry(key).or_default() += articles;
    }
    let keys: Vec<Key> = match columns {
        None => Vec::new(),
        Some(RosterColumns::Time(bucket)) => {
            let first = totals.keys().next().copied().and_then(Key::day);
            let last = totals.keys().next_back().copied().and_then(Key::day);
            let days = first.zip(last).map(|(first, last)| bucket.buckets(first, last));
            days.into_iter().flatten().map(Key::Day).collect()
        }
        Some(RosterColumns::Values(_)) => {
            let mut values: Vec<_> = totals.into_iter().collect();
            values.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
            values.into_iter().take(MOST_COLUMNS).map(|(key, _)| key.clone()).collect()
        }
    };
    let row = |counted: Counted| {
        let Counted { row, mut cells } = counted;
        let in_columns = keys.iter().map(|key| cells.remove(key).unwrap_or_default()).collect();
        let elsewhere = row.elsewhere + cells.into_values().sum::<u64>();
        RosterRow { cells: in_columns, elsewhere, ..row }
    };
    let rows = all.into_iter().map(row).collect();
    let name = |key: &Key| match (key, columns) {
        (Key::Day(day), Some(RosterColumns::Time(bucket))) => bucket.label(*day),
        (Key::Day(day), _) => day.to_string(),
        (Key::Value(value), _) => value.clone(),
    };
    Roster { by: columns, columns: keys.iter().map(name).collect(), rows }
}

impl Key {
    fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Value(_) => None,
        }
    }
}
