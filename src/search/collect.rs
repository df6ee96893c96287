//! The best hits in a stable order.
//!
//! Equal scores go to the newer article, then to the smaller id: never to the place of a document
//! in its segment, which changes with every merge. The engine's own collectors skip documents
//! that cannot enter the top only for a plain top by score and break ties by that place; this one
//! skips and keeps the order, by letting scores equal to the last kept one through.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::schema::Schema;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::Sort;
use super::decay::Decay;

/// Collects the first `limit` hits of an order.
#[derive(Debug)]
pub(super) struct Best {
    sort: Sort,
    limit: usize,
    /// How scores fade, where they do.
    decay: Option<Decay>,
    /// A score that so many articles of the segments before have or exceed, as bits; they are in
    /// the order of the scores, as none is below zero.
    reached: AtomicU32,
}

impl Best {
    pub(super) fn new(sort: Sort, limit: usize, decay: Option<Decay>) -> Self {
        Self { sort, limit, decay, reached: AtomicU32::new(0) }
    }
}

/// A hit before its article is fetched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) address: DocAddress,
    pub(super) score: Score,
    pub(super) published: Option<i64>,
    pub(super) id: u64,
}

impl Candidate {
    /// How it stands to another: `Less` is the better place.
    pub(super) fn place(&self, other: &Self, sort: Sort) -> Ordering {
        let newest = || {
            // `None` is below any date, so that undated articles come last.
            other.published.cmp(&self.published)
        };
        let first = match sort {
            Sort::Relevance => other.score.total_cmp(&self.score).then_with(newest),
            Sort::Newest => newest(),
            Sort::Oldest => match (self.published, other.published) {
                (Some(a), Some(b)) => a.cmp(&b),
                (a, b) => b.cmp(&a),
            },
        };
        first.then_with(|| self.id.cmp(&other.id))
    }
}

/// Orders a heap so that the worst candidate is on top.
struct Ranked(Candidate, Sort);

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.place(&other.0, self.1)
    }
}

/// Keeps the best candidates seen so far.
struct Kept {
    sort: Sort,
    limit: usize,
    heap: BinaryHeap<Ranked>,
}

impl Kept {
    /// Takes a candidate in if it is good enough; gives the score above which another one may be.
    fn offer(&mut self, candidate: Candidate) -> Score {
        if self.heap.len() < self.limit {
            self.heap.push(Ranked(candidate, self.sort));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && candidate.place(&worst.0, self.sort) == Ordering::Less
        {
            *worst = Ranked(candidate, self.sort);
        }
        match self.heap.peek() {
            // An equal score may still win by its date.
            Some(worst) if self.heap.len() == self.limit => worst.0.score.next_down(),
            _ => Score::MIN,
        }
    }
}

impl Collector for Best {
    type Fruit = Vec<Candidate>;
    type Child = Unused;

    fn check_schema(&self, _schema: &Schema) -> tantivy::Result<()> {
        Ok(())
    }

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Unused> {
        Ok(Unused)
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
        let published = reader.fast_fields().i64("published")?;
        let ids = reader.fast_fields().u64("id")?;
        let alive = reader.alive_bitset();
        let mut kept = Kept { sort: self.sort, limit: self.limit, heap: BinaryHeap::new() };
        let candidate = |doc: DocId, score: Score| Candidate {
            address: DocAddress { segment_ord, doc_id: doc },
            score,
            published: published.first(doc),
            id: ids.first(doc).unwrap_or_default(),
        };
        let is_alive = |doc: DocId| alive.is_none_or(|alive| alive.is_alive(doc));
        if self.limit == 0 {
            return Ok(Vec::new());
        }
        if self.requires_scoring() {
            let fading = self.decay.map(|decay| decay.in_segment(reader)).transpose()?;
            let before = |threshold| fading.map_or(threshold, |fading| fading.before(threshold));
            let reached = Score::from_bits(self.reached.load(Relaxed)).next_down();
            let mut threshold = before(reached);
            weight.for_each_pruning(threshold, reader, &mut |doc, score| {
                if is_alive(doc) {
                    let mut candidate = candidate(doc, score);
                    if let Some(fading) = fading {
                        candidate.score = fading.score(score, candidate.published);
                    }
                    let above = kept.offer(candidate);
                    if above > Score::MIN {
                        self.reached.fetch_max(above.next_up().max(0.0).to_bits(), Relaxed);
                        threshold = threshold.max(before(above));
                    }
                }
                threshold
            })?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| {
                for &doc in docs.iter().filter(|&&doc| is_alive(doc)) {
                    kept.offer(candidate(doc, 0.0));
                }
            })?;
        }
        Ok(kept.heap.into_iter().map(|ranked| ranked.0).collect())
    }

    fn merge_fruits(&self, segments: Vec<Vec<Candidate>>) -> tantivy::Result<Vec<Candidate>> {
        let mut all: Vec<_> = segments.into_iter().flatten().collect();
        all.sort_by(|a, b| a.place(b, self.sort));
        all.truncate(self.limit);
        Ok(all)
    }
}

/// [`Best`] looks at whole segments; the engine's interface wants a type for single documents.
#[derive(Debug)]
pub(super) struct Unused;

impl SegmentCollector for Unused {
    type Fruit = Vec<Candidate>;

    fn collect(&mut self, _: DocId, _: Score) {}

    fn harvest(self) -> Vec<Candidate> {
        Vec::new()
    }
}
