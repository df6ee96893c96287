//! How many articles match, and how many of them have no date.

use std::ops::AddAssign;

use tantivy::collector::Collector;
use tantivy::columnar::Cardinality;
use tantivy::query::Weight;
use tantivy::schema::Schema;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::collect::Unused;
use super::stories::{Stories, StorySet};

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
pub(super) struct Counter<'a>(pub(super) Option<Stories<'a>>);

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
        let published = reader.fast_fields().i64("published")?;
        if self.0.is_none() && published.get_cardinality() == Cardinality::Full {
            // Some questions are counted without going through their articles.
            return Ok(Tally { total: weight.count(reader)?.into(), ..Tally::default() });
        }
        let stories = self.0.map(|stories| stories.in_segment(reader)).transpose()?;
        let alive = reader.alive_bitset();
        let mut tally = Tally::default();
        weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
            for &doc in docs.iter().filter(|&&doc| alive.is_none_or(|it| it.is_alive(doc))) {
                let story = stories.as_ref().map(|stories| stories.story(doc));
                tally.add(published.index.has_value(doc), story);
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
