//! The best hits in a stable order.
//!
//! Equal scores go to the newer article, then to the smaller id: never to the place of a document
//! in its segment, which changes with every merge. The engine's own collectors skip documents
//! that cannot enter the top only for a plain top by score and break ties by that place; this one
//! skips and keeps the order, by letting scores equal to the last kept one through. Where the newest
//! are asked for, segments are left as soon as what follows is older than the last kept one.

use std::collections::HashSet;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering::Relaxed};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::query::Weight;
use tantivy::schema::Schema;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED};

use super::Sort;
use super::count::{Counts, Tally};
use super::decay::{Decay, SegmentDecay};
use super::kept::Kept;
pub(super) use super::place::Place;
use super::stories::{SegmentStories, Stories, StorySet};
use crate::query::{Above, Filtered, Uneven};
use crate::schema::{ByDate, Numbers, OpenSegments, Times, order_of};

/// Collects the first `limit` hits of an order, behind a place in it.
pub(super) struct Best<'a> {
    segments: &'a OpenSegments,
    sort: Sort,
    limit: usize,
    after: Option<Place>,
    /// How scores fade, where they do.
    decay: Option<Decay>,
    /// A score that so many articles of the segments before have or exceed, as bits; they are in
    /// the order of the scores, as none is below zero.
    reached: AtomicU32,
    /// Likewise a date, as [`order_of`] has it.
    reached_date: AtomicI64,
    /// Which story each article is of, where one hit stands for all of a story.
    stories: Option<Stories<'a>>,
    /// The stories that have hits already.
    shown: Option<&'a StorySet>,
}

impl<'a> Best<'a> {
    pub(super) fn new(segments: &'a OpenSegments, sort: Sort, limit: usize) -> Self {
        Self {
            segments,
            sort,
            limit,
            after: None,
            decay: None,
            reached: AtomicU32::new(0),
            reached_date: AtomicI64::new(i64::MIN),
            stories: None,
            shown: None,
        }
    }

    /// Those behind a place alone.
    pub(super) fn behind(self, after: Option<Place>) -> Self {
        Self { after, ..self }
    }

    /// One of each story, and none of those that are shown.
    pub(super) fn one_each(self, stories: Option<Stories<'a>>, shown: &'a StorySet) -> Self {
        Self { stories, shown: Some(shown), ..self }
    }

    /// By scores that fade.
    pub(super) fn fading(self, decay: Option<Decay>) -> Self {
        Self { decay, ..self }
    }
}

/// A hit before its article is fetched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) address: DocAddress,
    pub(super) place: Place,
    /// The number of its story; only where one hit stands for all of a story.
    pub(super) story: u64,
}

/// The length of an article, in words.
pub(super) fn length(searcher: &Searcher, address: DocAddress) -> tantivy::Result<u64> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    Ok(columns.u64("length")?.first(address.doc_id).unwrap_or_default())
}

impl Collector for Best<'_> {
    type Fruit = Vec<Candidate>;
    type Child = Unused<Vec<Candidate>>;

    fn check_schema(&self, _schema: &Schema) -> tantivy::Result<()> {
        Ok(())
    }

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(Unused::default())
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment_ord: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Candidate>> {
        if self.limit == 0 {
            return Ok(Vec::new());
        }
        let mut picker = Picker::new(self, segment_ord, reader)?;
        match self.sort {
            Sort::Relevance => {
                let threshold = picker.threshold;
                weight.for_each_pruning(threshold, reader, &mut |doc, score| {
                    picker.offer_scored(doc, score);
                    picker.threshold
                })?;
            }
            Sort::Newest => picker.offer_newest(weight, reader)?,
            Sort::Oldest | Sort::Shortest | Sort::Longest => {
                weight.for_each_no_score(reader, &mut |docs| {
                    for &doc in docs {
                        picker.offer(doc, 0.0);
                    }
                })?;
            }
        }
        Ok(picker.picked())
    }

    fn merge_fruits(&self, segments: Vec<Vec<Candidate>>) -> tantivy::Result<Vec<Candidate>> {
        let mut all: Vec<_> = segments.into_iter().flatten().collect();
        all.sort_by(|a, b| a.place.compare(&b.place, self.sort));
        if self.stories.is_some() {
            let mut seen = HashSet::new();
            all.retain(|it| seen.insert(it.story));
        }
        all.truncate(self.limit);
        Ok(all)
    }
}

/// The best by relevance, and how many match, in one pass.
pub(super) fn count_and_best(
    filtered: &Filtered,
    best: &Best<'_>,
    searcher: &Searcher,
) -> tantivy::Result<(Counts, Vec<Candidate>)> {
    let mut tally = Tally::default();
    let mut best_of_each = Vec::new();
    for (segment_ord, reader) in (0..).zip(searcher.segment_readers()) {
        let mut picker = Picker::new(best, segment_ord, reader)?;
        filtered.for_each(reader, picker.threshold, &mut |doc, score| {
            if picker.is_alive(doc) {
                tally.add(picker.columns.has_date(doc), picker.story(doc));
                if let Some(score) = score {
                    picker.offer_scored(doc, score);
                }
            }
            picker.threshold
        })?;
        best_of_each.push(picker.picked());
    }
    Ok((tally.counts(), best.merge_fruits(best_of_each)?))
}

/// The best by scores that fade. Articles lie by date, so the factor of one bounds those of all that
/// follow, up to those without a date.
pub(super) fn best_fading(
    uneven: &Uneven,
    best: &Best<'_>,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Candidate>> {
    let mut best_of_each = Vec::new();
    for (segment_ord, reader) in (0..).zip(searcher.segment_readers()) {
        let mut picker = Picker::new(best, segment_ord, reader)?;
        let undated = ByDate::of(best.segments, reader)?.first_undated();
        uneven.for_each(reader, undated, &mut picker)?;
        best_of_each.push(picker.picked());
    }
    best.merge_fruits(best_of_each)
}

impl Above for Picker<'_> {
    fn threshold_from(&mut self, doc: DocId) -> Option<Score> {
        if let Some(fading) = self.fading {
            self.threshold = fading.before_at(self.least, self.columns.published(doc));
        }
        Some(self.threshold)
    }

    fn found(&mut self, doc: DocId, score: Score) -> Score {
        self.offer_scored(doc, score);
        self.threshold_from(doc).unwrap_or(self.threshold)
    }
}

/// Collects the stories of all that stands up to a place in an order.
pub(super) struct Before<'a> {
    pub(super) segments: &'a OpenSegments,
    pub(super) sort: Sort,
    /// The place, which is one of those.
    pub(super) last: Place,
    /// How scores fade, where they do.
    pub(super) decay: Option<Decay>,
    pub(super) stories: Stories<'a>,
}

impl Collector for Before<'_> {
    type Fruit = StorySet;
    type Child = Unused<StorySet>;

    fn check_schema(&self, _schema: &Schema) -> tantivy::Result<()> {
        Ok(())
    }

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(Unused::default())
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<StorySet> {
        let columns = Columns::of(self.segments, reader, self.sort)?;
        let stories = self.stories.in_segment(reader)?;
        let alive = reader.alive_bitset();
        let mut before = StorySet::default();
        let mut take = |doc: DocId, score: Score| {
            let is_before = columns.place(doc, score).compare(&self.last, self.sort).is_le();
            if is_before && alive.is_none_or(|alive| alive.is_alive(doc)) {
                before.insert(stories.story(doc));
            }
        };
        if self.requires_scoring() {
            let fading =
                self.decay.map(|decay| decay.in_segment(self.segments, reader)).transpose()?;
            let least = self.last.score.next_down();
            let least = fading.map_or(least, |fading| fading.before(least));
            weight.for_each_pruning(least, reader, &mut |doc, score| {
                take(doc, fading.map_or(score, |it| it.score(score, columns.published(doc))));
                least
            })?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| {
                for &doc in docs {
                    take(doc, 0.0);
                }
            })?;
        }
        Ok(before)
    }

    fn merge_fruits(&self, segments: Vec<StorySet>) -> tantivy::Result<StorySet> {
        let mut all = StorySet::default();
        for segment in &segments {
            all.extend(segment);
        }
        Ok(all)
    }
}

/// Picks the best hits of a segment.
struct Picker<'a> {
    best: &'a Best<'a>,
    segment_ord: SegmentOrdinal,
    alive: Option<&'a AliveBitSet>,
    columns: Columns,
    fading: Option<SegmentDecay>,
    stories: Option<SegmentStories<'a>>,
    kept: Kept,
    /// Scores up to this one are of no use, before they fade.
    threshold: Score,
    /// The same once they have faded.
    least: Score,
}

impl<'a> Picker<'a> {
    fn new(
        best: &'a Best<'a>,
        segment_ord: SegmentOrdinal,
        reader: &'a SegmentReader,
    ) -> tantivy::Result<Self> {
        let fading = best.decay.map(|decay| decay.in_segment(best.segments, reader)).transpose()?;
        let mut picker = Self {
            best,
            segment_ord,
            alive: reader.alive_bitset(),
            columns: Columns::of(best.segments, reader, best.sort)?,
            fading,
            stories: best.stories.map(|stories| stories.in_segment(reader)).transpose()?,
            kept: Kept::new(best.sort, best.limit, best.stories.is_some()),
            threshold: Score::MIN,
            least: Score::from_bits(best.reached.load(Relaxed)).next_down(),
        };
        picker.threshold = picker.before_fading(picker.least);
        Ok(picker)
    }

    fn is_alive(&self, doc: DocId) -> bool {
        self.alive.is_none_or(|alive| alive.is_alive(doc))
    }

    fn story(&self, doc: DocId) -> Option<u64> {
        self.stories.as_ref().map(|stories| stories.story(doc))
    }

    fn before_fading(&self, threshold: Score) -> Score {
        self.fading.map_or(threshold, |fading| fading.before(threshold))
    }

    /// Takes a hit in by its score before it fades, if that is above the threshold.
    fn offer_scored(&mut self, doc: DocId, score: Score) {
        if score <= self.threshold || !self.is_alive(doc) {
            return;
        }
        let score = self.fading.map_or(score, |it| it.score(score, self.columns.published(doc)));
        if let Some(above) = self.offer(doc, score) {
            self.best.reached.fetch_max(above.next_up().max(0.0).to_bits(), Relaxed);
            self.least = self.least.max(above);
            self.threshold = self.threshold.max(self.before_fading(above));
        }
    }

    /// Takes a hit in; as [`Kept::offer`].
    fn offer(&mut self, doc: DocId, score: Score) -> Option<Score> {
        if !self.is_alive(doc) {
            return None;
        }
        let place = self.columns.place(doc, score);
        let Best { sort, after, shown, .. } = self.best;
        if after.is_some_and(|after| place.compare(&after, *sort).is_le()) {
            return None;
        }
        let story = self.story(doc);
        if story.is_some_and(|story| shown.is_some_and(|shown| shown.contains(story))) {
            return None;
        }
        let address = DocAddress { segment_ord: self.segment_ord, doc_id: doc };
        let story = story.unwrap_or_default();
        self.kept.offer(Candidate { address, place, story })
    }

    /// Takes hits in as they lie, the newest first, until what follows is too old.
    fn offer_newest(&mut self, weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<()> {
        let by_date = ByDate::of(self.best.segments, reader)?;
        // Those before the place behind which hits are asked for lie before this one.
        let start = self.best.after.map_or(0, |after| by_date.first_not_newer(after.published));
        let mut scorer = weight.scorer(reader, 1.0)?;
        let mut doc = scorer.doc();
        if doc < start {
            doc = scorer.seek(start);
        }
        while doc != TERMINATED {
            let order = order_of(self.columns.published(doc));
            // Equal dates are gone through, as the smaller id wins.
            let last = self.kept.last().map_or(i64::MIN, |last| order_of(last.published));
            if order < last.max(self.best.reached_date.load(Relaxed)) {
                break;
            }
            self.offer(doc, 0.0);
            doc = scorer.advance();
        }
        if let Some(last) = self.kept.last() {
            self.best.reached_date.fetch_max(order_of(last.published), Relaxed);
        }
        Ok(())
    }

    fn picked(self) -> Vec<Candidate> {
        self.kept.into_candidates()
    }
}

/// The columns of a segment that an order asks.
struct Columns {
    published: Column<i64>,
    ids: Column<u64>,
    lengths: Option<Column<u64>>,
}

impl Columns {
    fn of(segments: &OpenSegments, reader: &SegmentReader, sort: Sort) -> tantivy::Result<Self> {
        let lengths = match sort {
            Sort::Shortest | Sort::Longest => Some(segments.numbers(reader, Numbers::Length)?),
            Sort::Relevance | Sort::Newest | Sort::Oldest => None,
        };
        Ok(Self {
            published: segments.times(reader, Times::Published)?,
            ids: segments.numbers(reader, Numbers::Id)?,
            lengths,
        })
    }

    fn has_date(&self, doc: DocId) -> bool {
        self.published.index.has_value(doc)
    }

    fn published(&self, doc: DocId) -> Option<i64> {
        self.published.first(doc)
    }

    fn place(&self, doc: DocId, score: Score) -> Place {
        let length = self.lengths.as_ref().and_then(|lengths| lengths.first(doc));
        Place {
            score,
            published: self.published(doc),
            length: length.unwrap_or_default(),
            id: self.ids.first(doc).unwrap_or_default(),
        }
    }
}

/// The engine's interface wants a type that takes single documents; these collectors look at whole
/// segments.
#[derive(Debug, Default)]
pub(super) struct Unused<F>(PhantomData<F>);

impl<F: Default + Send + 'static> SegmentCollector for Unused<F> {
    type Fruit = F;

    fn collect(&mut self, _: DocId, _: Score) {}

    fn harvest(self) -> F {
        F::default()
    }
}
