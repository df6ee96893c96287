//! How many articles match, and how many of them have no date.

use std::ops::AddAssign;

use tantivy::collector::Collector;
use tantivy::columnar::Cardinality;
use tantivy::query::Weight;
use tantivy::schema::Schema;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::collect::Unused;

/// Numbers of articles.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) undated: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.total += more.total;
        self.undated += more.undated;
    }
}

/// Counts the articles that match.
pub(super) struct Counter;

impl Collector for Counter {
    type Fruit = Counts;
    type Child = Unused<Counts>;

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
    ) -> tantivy::Result<Counts> {
        let published = reader.fast_fields().i64("published")?;
        if published.get_cardinality() == Cardinality::Full {
            // Some questions are counted without going through their articles.
            return Ok(Counts { total: weight.count(reader)?.into(), undated: 0 });
        }
        let alive = reader.alive_bitset();
        let mut counts = Counts::default();
        weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
            for &doc in docs.iter().filter(|&&doc| alive.is_none_or(|it| it.is_alive(doc))) {
                counts.total += 1;
                counts.undated += u64::from(!published.index.has_value(doc));
            }
        })?;
        Ok(counts)
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for segment in segments {
            all += segment;
        }
        Ok(all)
    }
}
