//! How many articles match, and how many of them have no date.

use std::ops::AddAssign;

use tantivy::collector::Collector;
use tantivy::query::Weight;
use tantivy::schema::Schema;
use tantivy::{DocId, SegmentOrdinal, SegmentReader, TERMINATED};

use super::collect::Unused;
use super::stories::{Stories, StorySet};
use crate::schema::{ByDate, OpenSegments};

/// Numbers of articles.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) undated: u64,
    /// How many stories they are, where copies of one count once; else as many as articles.
    pub(super) stories: u64,
}

/// Articles being counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    total: u64,
    undated: u64,
    /// Where copies count once.
    stories: Option<StorySet>,
}

impl Tally {
    /// Counts an article; its story where copies count once.
    pub(super) fn add(&mut self, has_date: bool, story: Option<u64>) {
        self.total += 1;
        self.undated += u64::from(!has_date);
        if let Some(story) = story {
            self.stories.get_or_insert_default().insert(story);
        }
    }

    pub(super) fn counts(self) -> Counts {
        let Self { total, undated, stories } = self;
        Counts { total, undated, stories: stories.map_or(total, |stories| stories.len()) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.total += more.total;
        self.undated += more.undated;
        if let Some(stories) = more.stories {
            self.stories.get_or_insert_default().extend(&stories);
        }
    }
}

/// Counts the articles that match, and their stories where one is known by its number.
pub(super) struct Counter<'a> {
    pub(super) segments: &'a OpenSegments,
    pub(super) stories: Option<Stories<'a>>,
}

impl Collector for Counter<'_> {
    type Fruit = Tally;
    type Child = Unused<Tally>;

    fn check_schema(&self, _: &Schema) -> tantivy::Result<()> {
        Ok(())
    }

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(Unused::default())
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Tally> {
        let first_undated = ByDate::of(self.segments, reader)?.first_undated();
        let Some(stories) = self.stories else {
            // Some questions are counted without going through their articles.
            let total = weight.count(reader)?.into();
            let undated = count_from(first_undated, weight, reader)?;
            return Ok(Tally { total, undated, stories: None });
        };
        let stories = stories.in_segment(reader)?;
        let alive = reader.alive_bitset();
        let mut tally = Tally::default();
        weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
            for &doc in docs.iter().filter(|&&doc| alive.is_none_or(|it| it.is_alive(doc))) {
                tally.add(doc < first_undated, Some(stories.story(doc)));
            }
        })?;
        Ok(tally)
    }

    fn merge_fruits(&self, segments: Vec<Tally>) -> tantivy::Result<Tally> {
        let mut all = Tally::default();
        for segment in segments {
            all += segment;
        }
        Ok(all)
    }
}

/// How many articles match, from a document on.
fn count_from(first: DocId, weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<u64> {
    if first == reader.max_doc() {
        return Ok(0);
    }
    let mut scorer = weight.scorer(reader, 1.0)?;
    let alive = reader.alive_bitset();
    let mut doc = scorer.doc();
    if doc < first {
        doc = scorer.seek(first);
    }
    let mut count = 0;
    while doc != TERMINATED {
        count += u64::from(alive.is_none_or(|alive| alive.is_alive(doc)));
        doc = scorer.advance();
    }
    Ok(count)
}
