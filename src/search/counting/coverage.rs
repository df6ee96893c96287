//! What an archive holds of each publisher over time, and where it has gaps and bursts.
//!
//! All is read from three columns when it is asked, which takes some milliseconds for each hundred
//! thousand articles and each hundred publishers; so it never disagrees with the index.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt as _};
use tantivy::SegmentReader;

use super::block::{BLOCK, BlockReader};
use super::calendar::Bucket;
use super::days::{DayReader, calendar_day};
use super::facets::{Counts, FacetField, facets};
use super::matched::{Articles, Matched};
use super::regular::{Break, BreakKind, Season, breaks};
use super::values::{UNSEEN, ValueId, Values};
use super::{Tally, Unit};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{DateTest, Query};
use crate::search::Matching;

/// What is asked about the coverage of an archive.
#[derive(Clone, Debug)]
pub struct CoverageRequest {
    /// Which articles are looked at.
    pub query: Query,
    /// The field by which they are told apart, of which an article has one value.
    pub by: FacetField,
    /// The stretches of time; gaps and bursts are looked for in days, weeks and months.
    pub bucket: Bucket,
}

/// What an archive holds over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The field by which articles are told apart.
    pub by: FacetField,
    /// The length of the stretches of time.
    pub bucket: Bucket,
    /// The first and the last day of any article whose date is exact enough.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// How many articles there are.
    pub total: Tally,
    /// How many of them have a date.
    pub dated: Tally,
    /// Each publisher, those with most articles first; and what has none, if there is any.
    pub rows: Vec<CoverageRow>,
    /// How long it took.
    pub took: Duration,
}

/// What an archive holds of a publisher.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageRow {
    /// Its name; `None` for articles without a publisher.
    pub name: Option<String>,
    /// How many articles there are.
    pub total: Tally,
    /// Those whose date is not exact enough for one of the stretches.
    pub imprecise: Tally,
    /// Those without a date.
    pub undated: Tally,
    /// The first days of the stretches, without a gap from the first with an article to the last, and
    /// the articles in each.
    pub stretches: Vec<(NaiveDate, Tally)>,
    /// Where it breaks with what is usual for it, in order.
    pub breaks: Vec<CoverageBreak>,
}

/// Where a publisher has strikingly few or many articles.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageBreak {
    /// Few or many.
    pub kind: BreakKind,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// The articles from the first day to the last.
    pub tally: Tally,
    /// How many would be usual.
    pub expected: f64,
}

/// Counts the articles of each publisher over time, and finds gaps and bursts.
pub fn coverage(archive: &ArchiveReader, request: &CoverageRequest) -> Result<Coverage, Error> {
    let begun = Instant::now();
    let CoverageRequest { by, bucket, .. } = *request;
    let matched = Matched::new(archive, &request.query, Matching::AllWords, Unit::Articles)?;
    let mut matrix = Matrix::new(archive, by);
    matched.each_segment(|segment, articles| matrix.take_in(segment, articles))?;
    let Matrix { counts, cells, undated } = matrix;
    let total = counts.total;
    let names: BTreeMap<ValueId, String> =
        counts.values.names(archive, |_| true)?.into_iter().collect();
    let mut rows: BTreeMap<ValueId, Filling> = BTreeMap::new();
    let mut days = None;
    let mut cells: Vec<_> = cells.into_iter().collect();
    cells.sort_unstable();
    for ((id, first, last), tally) in cells {
        let row = rows.entry(id).or_default();
        let (Some(first), Some(last)) = (calendar_day(first), calendar_day(last)) else {
            row.undated += tally;
            continue;
        };
        if row.take_in(bucket, (first, last), tally) {
            let (from, to) = days.unwrap_or((first, last));
            days = Some((from.min(first), to.max(last)));
        }
    }
    let mut undated: Vec<_> = undated.into_iter().collect();
    undated.sort_unstable();
    for (id, tally) in undated {
        rows.entry(id).or_default().undated += tally;
    }
    let mut told = Vec::with_capacity(rows.len());
    for (id, filling) in rows {
        told.push(filling.row(names.get(&id).cloned(), bucket)?);
    }
    told.sort_by(|a, b| {
        let order = a.name.is_none().cmp(&b.name.is_none());
        order.then(b.total.cmp(&a.total)).then_with(|| a.name.cmp(&b.name))
    });
    let undated: Tally = told.iter().map(|row| row.undated).sum();
    let dated = Tally::of(total.articles - undated.articles);
    Ok(Coverage { by, bucket, days, total, dated, rows: told, took: begun.elapsed() })
}

/// Articles by publisher and days.
struct Matrix<'a> {
    counts: Counts<'a>,
    /// By publisher, first and last day since 1970 that the date covers.
    cells: HashMap<(ValueId, i64, i64), Tally>,
    undated: HashMap<ValueId, Tally>,
}

impl<'a> Matrix<'a> {
    fn new(archive: &'a ArchiveReader, by: FacetField) -> Self {
        let counts = Counts::new(Values::new(by, archive));
        Self { counts, cells: HashMap::new(), undated: HashMap::new() }
    }

    fn take_in(&mut self, segment: &SegmentReader, articles: &Articles<'_>) -> tantivy::Result<()> {
        let Self { counts, cells, undated } = self;
        counts.take_in(segment, articles)?;
        let texts = counts.values.segments().last().map(Vec::as_slice).unwrap_or_default();
        let (mut days, mut block) = (DayReader::new(segment)?, BlockReader::default());
        articles.each(&mut |docs| {
            for docs in docs.chunks(BLOCK) {
                let mut ids = [UNSEEN; BLOCK];
                for texts in texts.iter().rev() {
                    let firsts = block.first(texts.column.ords(), docs);
                    for (id, first) in ids.iter_mut().zip(firsts) {
                        let text = first.and_then(|text| usize::try_from(text).ok());
                        *id = text.and_then(|text| texts.ids.get(text)).copied().unwrap_or(*id);
                    }
                }
                let mut ids = ids.into_iter();
                days.each(docs, |days| match (ids.next().unwrap_or(UNSEEN), days) {
                    (id, Some((first, last))) => cells.entry((id, first, last)).or_default().add(),
                    (id, None) => undated.entry(id).or_default().add(),
                });
            }
        })
    }
}

/// The articles of a publisher so far.
#[derive(Default)]
struct Filling {
    stretches: BTreeMap<NaiveDate, Tally>,
    imprecise: Tally,
    undated: Tally,
}

impl Filling {
    /// Takes in articles that may be of these days; tells whether one stretch holds them all.
    fn take_in(
        &mut self,
        bucket: Bucket,
        (first, last): (NaiveDate, NaiveDate),
        tally: Tally,
    ) -> bool {
        let begins = bucket.first_day(first);
        let fits = begins == bucket.first_day(last);
        if fits {
            *self.stretches.entry(begins).or_default() += tally;
        } else {
            self.imprecise += tally;
        }
        fits
    }

    fn row(self, name: Option<String>, bucket: Bucket) -> Result<CoverageRow, Error> {
        let Self { stretches: filled, imprecise, undated } = self;
        let ends = filled.first_key_value().zip(filled.last_key_value());
        let stretches: Vec<(NaiveDate, Tally)> = match ends {
            None => Vec::new(),
            Some(((&first, _), (&last, _))) => {
                bucket.check(first, last)?;
                let mut filled = filled.into_iter().peekable();
                let mut tally = |day| filled.next_if(|(first, _)| *first == day).map(|it| it.1);
                let days = bucket.buckets(first, last);
                days.map(|day| (day, tally(day).unwrap_or_default())).collect()
            }
        };
        let in_stretches: Tally = stretches.iter().map(|(_, tally)| *tally).sum();
        let total = [in_stretches, imprecise, undated].into_iter().sum();
        let breaks = found_breaks(&stretches, bucket);
        Ok(CoverageRow { name, total, imprecise, undated, stretches, breaks })
    }
}

/// Where a publisher breaks with what is usual for it.
fn found_breaks(stretches: &[(NaiveDate, Tally)], bucket: Bucket) -> Vec<CoverageBreak> {
    let season = match bucket {
        Bucket::Day => Season { length: 7, a_year: 365 },
        Bucket::Week => Season { length: 1, a_year: 52 },
        Bucket::Month => Season { length: 1, a_year: 12 },
        Bucket::Quarter | Bucket::Year => return Vec::new(),
    };
    // The archive may begin and end within a week or month.
    let edge = usize::from(bucket != Bucket::Day);
    let whole = edge..stretches.len().saturating_sub(edge).max(edge);
    let Some(stretches) = stretches.get(whole) else { return Vec::new() };
    let counts: Vec<u64> = stretches.iter().map(|(_, tally)| tally.articles).collect();
    let told = |Break { kind, places, count, expected }| CoverageBreak {
        kind,
        first: stretches[places.start].0,
        last: bucket.last_day(stretches[places.end - 1].0),
        tally: Tally::of(count),
        expected,
    };
    breaks(&counts, season).into_iter().map(told).collect()
}

/// Out of how much something was looked for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Denominator {
    /// The first and the last day that the question asks for, as far as it does.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// The articles that may be of those days; all, where the question asks for none.
    pub articles: Tally,
    /// How many publishers they are from.
    pub publishers: u64,
}

/// Out of how much `query` looks for something: the articles that the archive has of the days that it
/// asks for. What is absent from many is absent; what is absent from none is not known.
pub fn denominator(archive: &ArchiveReader, query: &Query) -> Result<Denominator, Error> {
    let days = query.days();
    let all = match days {
        (None, None) => Query::All,
        (first, last) => Query::Date(DateTest::Within { first, last }),
    };
    let counted =
        facets(archive, FacetField::Publisher, &all, Matching::AllWords, Unit::Articles, 0)?;
    Ok(Denominator { days, articles: counted.total, publishers: counted.distinct as u64 })
}
