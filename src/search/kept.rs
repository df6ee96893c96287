//! The best candidates seen so far, one of each story where copies are put together.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use tantivy::Score;

use super::Sort;
use super::collect::{Candidate, Place};

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
        self.0.place.compare(&other.0.place, self.1)
    }
}

/// Keeps the best candidates seen so far.
pub(super) struct Kept {
    sort: Sort,
    limit: usize,
    /// Some may have been replaced by a better one of their story.
    heap: BinaryHeap<Ranked>,
    /// The best of each story; `None` where each candidate stands for itself.
    of_story: Option<HashMap<u64, Place>>,
}

impl Kept {
    /// Keeps `limit` of them; one of each story, if they are told apart by it.
    pub(super) fn new(sort: Sort, limit: usize, by_story: bool) -> Self {
        let of_story = by_story.then(HashMap::new);
        Self { sort, limit, heap: BinaryHeap::new(), of_story }
    }

    /// Takes a candidate in if it is good enough; gives the score above which another one may be,
    /// once there are as many as are wanted.
    pub(super) fn offer(&mut self, candidate: Candidate) -> Option<Score> {
        if self.of_story.is_some() {
            return self.offer_of_story(candidate);
        }
        if self.heap.len() < self.limit {
            self.heap.push(Ranked(candidate, self.sort));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && candidate.place.compare(&worst.0.place, self.sort) == Ordering::Less
        {
            *worst = Ranked(candidate, self.sort);
        }
        self.least_score()
    }

    /// The last of those that are kept, once there are as many as are wanted.
    pub(super) fn last(&self) -> Option<&Place> {
        let kept = self.of_story.as_ref().map_or(self.heap.len(), HashMap::len);
        self.heap.peek().filter(|_| kept == self.limit).map(|worst| &worst.0.place)
    }

    fn least_score(&self) -> Option<Score> {
        // An equal score may still win by its date.
        self.last().map(|last| last.score.next_down())
    }

    /// Likewise, where one candidate stands for all of its story.
    fn offer_of_story(&mut self, candidate: Candidate) -> Option<Score> {
        let Self { sort, limit, heap, of_story } = self;
        let of_story = of_story.as_mut()?;
        let Candidate { place, story, .. } = candidate;
        let is_better = |other: &Place| place.compare(other, *sort) == Ordering::Less;
        let enters = match of_story.get(&story) {
            Some(known) => is_better(known),
            None if of_story.len() < *limit => true,
            None => heap.peek().is_none_or(|worst| is_better(&worst.0.place)),
        };
        if enters {
            of_story.insert(story, place);
            heap.push(Ranked(candidate, *sort));
        }
        while let Some(Ranked(worst, _)) = heap.peek() {
            let is_replaced = of_story.get(&worst.story) != Some(&worst.place);
            if !is_replaced && of_story.len() <= *limit {
                break;
            }
            if !is_replaced {
                of_story.remove(&worst.story);
            }
            heap.pop();
        }
        self.least_score()
    }

    /// Those that were kept, in no order.
    pub(super) fn into_candidates(self) -> Vec<Candidate> {
        let Self { heap, of_story, .. } = self;
        let is_best = |it: &Candidate| match &of_story {
            Some(of_story) => of_story.get(&it.story) == Some(&it.place),
            None => true,
        };
        heap.into_iter().map(|ranked| ranked.0).filter(is_best).collect()
    }
}
