//! Which articles a span of days selects: a stretch of each segment.
//!
//! The articles of a segment lie by the first second of their dates, the newest first (`schema`), so
//! those that begin within a span lie side by side, and bisection finds where. An article that is
//! known to the month or the year is of all its days, so some that begin before the span reach into
//! it: those of the month and of the year in which it begins. They lie at the first second of these,
//! with others that were published just then and do not reach so far; they alone are looked at one
//! by one.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};
use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::schema::{ByDate, OpenSegments, Times, first_second, last_second};

/// A span of days; articles that are of one of them are selected. An end may be open.
#[derive(Clone, Debug, Default)]
pub(super) struct Dates {
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
    /// What is open of the segments; without it the same is selected.
    pub(super) segments: OpenSegments,
}

impl Dates {
    /// What is selected by both. This may be a span that ends before it begins: an article that is
    /// known to the year is of January and of March.
    pub(super) fn and(self, other: &Self) -> Self {
        let last = [self.last, other.last].into_iter().flatten().min();
        Self { first: self.first.max(other.first), last, segments: self.segments }
    }

    /// Where the articles lie in a segment.
    pub(super) fn within(&self, reader: &SegmentReader) -> tantivy::Result<Within> {
        let by_date = ByDate::of(&self.segments, reader)?;
        let start = self.last.map_or(0, |day| by_date.first_until(last_second(day)));
        let Some(first) = self.first else {
            return Ok(Within::of(start..by_date.first_undated()));
        };
        let mut end = by_date.first_until(first_second(first) - 1);
        let mut within = Within::of(start..end);
        for begin in [first.with_day(1), first.with_ordinal(1)].into_iter().flatten() {
            let second = first_second(begin);
            let docs = by_date.first_until(second)..by_date.first_until(second - 1);
            let docs = docs.start.max(start).max(end)..docs.end;
            end = end.max(docs.end);
            within.stretches.extend(Stretch::of(docs, Overlap::Some));
        }
        if within.stretches.iter().any(|stretch| stretch.overlap == Overlap::Some) {
            let last_seconds = self.segments.times(reader, Times::PublishedLast)?;
            within.reach = Some(Reach { last_seconds, at_least: first_second(first) });
        }
        Ok(within)
    }
}

/// Where in a segment the documents lie that may be selected.
pub(super) struct Within {
    /// In order, none of them empty.
    stretches: Vec<Stretch>,
    /// The one that is gone through.
    at: usize,
    /// Where some of the stretches are tested.
    reach: Option<Reach>,
}

/// Documents that lie side by side.
struct Stretch {
    docs: Range<DocId>,
    overlap: Overlap,
}

/// How many documents of a stretch are of the span.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Overlap {
    All,
    Some,
}

/// Tests whether an article that begins before a span reaches into it.
struct Reach {
    last_seconds: Column<i64>,
    at_least: i64,
}

impl Stretch {
    fn of(docs: Range<DocId>, overlap: Overlap) -> Option<Self> {
        (!docs.is_empty()).then_some(Self { docs, overlap })
    }
}

impl Within {
    /// All of these documents.
    pub(super) fn of(docs: Range<DocId>) -> Self {
        let stretches = Stretch::of(docs, Overlap::All).into_iter().collect();
        Self { stretches, at: 0, reach: None }
    }

    /// Whether nothing is selected.
    pub(super) fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Has no stretch go beyond the document before `doc` that begins before it.
    pub(super) fn part(&mut self, doc: DocId) {
        let halves = self.stretches.drain(..).flat_map(|Stretch { docs, overlap }| {
            let middle = doc.clamp(docs.start, docs.end);
            [docs.start..middle, middle..docs.end].map(|docs| Stretch::of(docs, overlap))
        });
        self.stretches = halves.flatten().collect();
    }

    /// The stretches, in order.
    pub(super) fn stretches(&self) -> Vec<Range<DocId>> {
        self.stretches.iter().map(|stretch| stretch.docs.clone()).collect()
    }

    /// Goes on to the first document, not before `doc`, of a stretch.
    pub(super) fn seek(&mut self, doc: DocId) -> DocId {
        while let Some(Stretch { docs, .. }) = self.stretches.get(self.at) {
            if doc < docs.end {
                return doc.max(docs.start);
            }
            self.at += 1;
        }
        TERMINATED
    }

    /// Whether a document of the stretch that it is at is selected.
    pub(super) fn holds(&self, doc: DocId) -> bool {
        let stretch = self.stretches.get(self.at);
        stretch.is_none_or(|stretch| stretch.overlap == Overlap::All)
            || self.reach.as_ref().is_none_or(|reach| {
                reach.last_seconds.first(doc).is_some_and(|last| last >= reach.at_least)
            })
    }

    fn len(&self) -> u32 {
        self.stretches.iter().map(|stretch| stretch.docs.end - stretch.docs.start).sum()
    }
}

impl Query for Dates {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(DatesWeight(self.clone())))
    }
}

struct DatesWeight(Dates);

impl Weight for DatesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(
            Selected::new(self.0.within(reader)?, reader.max_doc()),
            boost,
        )))
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        let (within, documents) = (self.0.within(reader)?, reader.max_doc());
        match reader.alive_bitset() {
            None if within.reach.is_none() => Ok(within.len()),
            Some(alive) => Ok(Selected::new(within, documents).count(alive)),
            None => Ok(Selected::new(within, documents).count_including_deleted()),
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut within = self.0.within(reader)?;
        if within.seek(doc) == doc && within.holds(doc) {
            return Ok(Explanation::new("within a span of days", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}

/// What is selected in a segment.
struct Selected {
    within: Within,
    doc: DocId,
    /// How many there are in all.
    documents: DocId,
}

impl Selected {
    fn new(within: Within, documents: DocId) -> Self {
        let mut selected = Self { within, doc: 0, documents };
        selected.go_to(0);
        selected
    }

    fn go_to(&mut self, target: DocId) -> DocId {
        self.doc = self.within.seek(target);
        while self.doc != TERMINATED && !self.within.holds(self.doc) {
            self.doc = self.within.seek(self.doc + 1);
        }
        self.doc
    }
}

impl DocSet for Selected {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target { self.go_to(target) } else { self.doc }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.within.len()
    }

    /// That of all documents: it is no trouble to ask for one, and a list that is gone through in its
    /// place begins and ends with the stretches as well.
    fn cost(&self) -> u64 {
        self.documents.into()
    }
}
