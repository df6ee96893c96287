//! The best documents of a segment, without looking at most of the others.
//!
//! Bounds of the words' scores are known for each block of postings. Where those of all words do
//! not reach what a document must exceed by now, the block is passed over unread; a document of the
//! lead is looked up in the other lists only where its own score and their bounds reach it (Ding
//! and Suel 2011, "Faster top-k document retrieval using block-max indexes"). Alternatives are gone
//! through as `MaxScore` does (Turtle and Flood 1995, "Query evaluation: strategies and
//! optimizations"): words whose bounds together are too low give no documents of their own.
//!
//! The outcome is exact: bounds are a little higher than any score that rounding may make, and the
//! sums that are compared do not depend on what was skipped.

use std::ops::Range;

use tantivy::query::Scorer;
use tantivy::{DocId, Score, TERMINATED};

use super::blocks::DOCS;
use super::bm25::{exact, ratio_of, share, share_bound};
use super::floor::Floor;
use super::segment::{Lead, Segment, after, rounded};
use super::test::Test;
use super::window::{MOST, Window};

/// The least number of documents that alternatives are gone through at a time.
const LEAST: DocId = 1_024;

/// Takes in the best documents, in their order.
pub(crate) trait Above {
    /// What a score must exceed from a document on, where that depends on the document.
    fn threshold_from(&mut self, doc: DocId) -> Option<Score>;

    /// Takes in a document whose score is above the threshold, and gives that anew.
    fn found(&mut self, doc: DocId, score: Score) -> Score;
}

/// The same threshold for all documents.
pub(super) struct Everywhere<'a>(pub(super) &'a mut dyn FnMut(DocId, Score) -> Score);

impl Above for Everywhere<'_> {
    fn threshold_from(&mut self, _: DocId) -> Option<Score> {
        None
    }

    fn found(&mut self, doc: DocId, score: Score) -> Score {
        (self.0)(doc, score)
    }
}

/// Gives `above` every document whose score is above the threshold, in the order of documents.
pub(super) fn for_each_above(mut segment: Segment, threshold: Score, above: &mut dyn Above) {
    let mut lead = std::mem::replace(&mut segment.lead, Lead::none());
    let stretches = segment.within.stretches();
    let mut top = Top::new(segment, threshold, above);
    for stretch in stretches {
        top.segment.within.seek(stretch.start);
        match &mut lead {
            Lead::Documents(scorer) => top.through_documents(&mut **scorer, &stretch),
            Lead::Words(group) => match group.as_slice() {
                &[word] if top.segment.words[word].single().is_some() => {
                    top.through_word(word, &stretch);
                }
                _ => top.through_group(group, &stretch),
            },
        }
    }
}

struct Top<'a> {
    segment: Segment,
    floor: Floor,
    above: &'a mut dyn Above,
    /// What is looked up in a document of the lead, in this order.
    others: Vec<Other>,
    /// What those behind each may add to its score, the last one first.
    behind: Vec<f32>,
    /// How many of them, the first ones, are a word in one form that is required.
    plain: usize,
}

/// What is looked up.
#[derive(Clone, Debug)]
enum Other {
    /// Words of which one must be there.
    Required(Vec<usize>),
    /// A word that may be there.
    Optional(usize),
}

impl Other {
    fn words(&self) -> &[usize] {
        match self {
            Self::Required(words) => words,
            Self::Optional(word) => std::slice::from_ref(word),
        }
    }
}

impl<'a> Top<'a> {
    fn new(mut segment: Segment, threshold: Score, above: &'a mut dyn Above) -> Self {
        let required = std::mem::take(&mut segment.groups).into_iter().map(Other::Required);
        let optional = std::mem::take(&mut segment.optional).into_iter().map(Other::Optional);
        let others: Vec<Other> = required.chain(optional).collect();
        let is_plain = |other: &&Other| match other {
            Other::Required(words) => {
                matches!(words.as_slice(), &[word] if segment.words[word].single().is_some())
            }
            Other::Optional(_) => false,
        };
        let plain = others.iter().take_while(is_plain).count();
        let floor = Floor::new(threshold, segment.words.len());
        Self { segment, floor, above, behind: Vec::new(), others, plain }
    }

    /// Finds what a score must exceed from `doc` on.
    fn pass(&mut self, doc: DocId) {
        if let Some(threshold) = self.above.threshold_from(doc) {
            self.floor = Floor::new(threshold, self.segment.words.len());
        }
    }

    /// Whether a score up to this bound may be above the threshold.
    fn may_enter(&self, bound: f32) -> bool {
        self.floor.admits(bound)
    }

    /// What all others may add from `doc` to `end`.
    fn others_to(&mut self, doc: DocId, end: DocId) -> f32 {
        let words = self.others.iter().flat_map(Other::words);
        words.map(|&word| self.segment.words[word].bound_to(doc, end)).sum()
    }

    /// One list of postings leads, a block at a time.
    fn through_word(&mut self, word: usize, stretch: &Range<DocId>) {
        let mut candidates = [(0, 0.0); DOCS];
        let mut doc = self.segment.words[word].seek(stretch.start);
        while doc < stretch.end {
            self.pass(doc);
            let (mut end, bound) = self.segment.words[word].bound_at(doc);
            let others = self.others_to(doc, end);
            if self.may_enter(bound + others) {
                let Segment { words, tests, .. } = &mut self.segment;
                let among = tests.first().and_then(Test::bits);
                let Some((lead, weight)) = words[word].single() else { return };
                lead.seek(doc);
                // Where blocks are not known, the one that is read ends before.
                end = end.min(lead.end_of_block());
                let least = self.floor.of_bounds - others;
                let mut found = 0;
                lead.rest_of_block_above(ratio_of(least / weight), among, |doc, ratio| {
                    candidates[found] = (doc, exact(weight * share(ratio)));
                    found += 1;
                });
                if end >= stretch.end {
                    found = candidates[..found].partition_point(|&(doc, _)| doc < stretch.end);
                }
                self.look_all_up(&mut candidates[..found], end);
            }
            doc = after(end);
        }
    }

    /// Looks candidates up to `end` up in all others.
    fn look_all_up(&mut self, candidates: &mut [(DocId, f64)], end: DocId) {
        let left = self.segment.sift(candidates);
        let left = self.narrow(&mut candidates[..left], end);
        for &(doc, sum) in &candidates[..left] {
            self.look_up(doc, sum, self.plain);
        }
    }

    /// Looks candidates up to `end` up in the lists of the plain words, one list after the other;
    /// those that are left stand first. Gives how many they are.
    fn narrow(&mut self, candidates: &mut [(DocId, f64)], end: DocId) -> usize {
        let mut left = candidates.len();
        for place in 0..self.plain {
            let Some(&(first, _)) = candidates[..left].first() else { return 0 };
            let behind = self.others[place + 1..].iter().flat_map(Other::words);
            let words = &mut self.segment.words;
            let behind: f32 = behind.map(|&word| words[word].bound_to(first, end)).sum();
            let word = self.others[place].words().first();
            let word = word.and_then(|&word| self.segment.words[word].single());
            let Some((list, weight)) = word else { return left };
            let floor = self.floor;
            let mut kept = 0;
            for at in 0..left {
                let (doc, sum) = candidates[at];
                // A block is not decoded for what cannot enter.
                let may_enter = list.is_decoded(doc) || {
                    let (_, ratio) = list.bound_at(doc);
                    floor.admits(rounded(sum) + weight * share_bound(ratio) + behind)
                };
                if may_enter && list.seek(doc) == doc {
                    let sum = sum + exact(weight * share(list.ratio()));
                    candidates[kept] = (doc, sum);
                    kept += usize::from(floor.admits(rounded(sum) + behind));
                }
            }
            left = kept;
        }
        left
    }

    /// The documents of a set lead, as many at a time as a block of postings has.
    fn through_documents(&mut self, lead: &mut dyn Scorer, stretch: &Range<DocId>) {
        let mut candidates = [(0, 0.0); DOCS];
        let mut doc = lead.doc();
        if doc < stretch.start {
            doc = lead.seek(stretch.start);
        }
        while doc < stretch.end {
            self.pass(doc);
            let (mut end, mut bound) = (TERMINATED, 0.0);
            for &word in self.others.iter().flat_map(Other::words) {
                let (last, score) = self.segment.words[word].bound_at(doc);
                end = end.min(last);
                bound += score;
            }
            // What is behind the stretch may have less to exceed.
            let behind = after(end).min(stretch.end);
            if !self.may_enter(bound) {
                doc = lead.seek(behind);
                continue;
            }
            let mut found = 0;
            while doc < behind && found < DOCS {
                candidates[found] = (doc, 0.0);
                found += 1;
                doc = lead.advance();
            }
            self.look_all_up(&mut candidates[..found], end);
        }
    }

    /// Words of which one must be there lead, a window of documents at a time.
    fn through_group(&mut self, group: &[usize], stretch: &Range<DocId>) {
        let mut window = Window::new();
        let fixed = self.others.len();
        let mut doc = stretch.start;
        loop {
            let next = group.iter().map(|&word| self.segment.words[word].doc()).min();
            doc = next.unwrap_or(TERMINATED).max(doc);
            self.others.truncate(fixed);
            // Lists that are passed over unread do not come to their end by themselves.
            if doc >= stretch.end {
                return;
            }
            self.pass(doc);
            let ends = group.iter().map(|&word| self.segment.words[word].bound_at(doc).0);
            let end = ends.min().unwrap_or(TERMINATED);
            let end = end.clamp(doc + (LEAST - 1), doc + (MOST - 1)).min(stretch.end - 1);
            let leading = self.leading(group, doc, end);
            if !leading.is_empty() {
                self.through_window(&leading, &mut window, doc, end);
            }
            doc = after(end);
        }
    }

    /// The words of the group of which a document up to `end` must have one to enter; the rest of
    /// the group joins the others, those that may add most first.
    fn leading(&mut self, group: &[usize], doc: DocId, end: DocId) -> Vec<usize> {
        let mut rest = self.others_to(doc, end);
        let words = &mut self.segment.words;
        let here = group.iter().filter(|&&word| words[word].doc() <= end).copied();
        let mut here: Vec<usize> = here.collect();
        let bounds = here.iter_mut().map(|word| (words[*word].bound_to(doc, end), *word));
        let mut bounds: Vec<_> = bounds.collect();
        bounds.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut leading = bounds.len();
        while let Some(&(bound, _)) = leading.checked_sub(1).and_then(|last| bounds.get(last))
            && !self.may_enter(rest + bound)
        {
            rest += bound;
            leading -= 1;
        }
        let following = bounds[leading..].iter().map(|&(_, word)| Other::Optional(word));
        self.others.extend(following);
        bounds[..leading].iter().map(|&(_, word)| word).collect()
    }

    fn through_window(&mut self, leading: &[usize], window: &mut Window, start: DocId, end: DocId) {
        let others = self.others_to(start, end);
        self.segment.add_scores(leading, start, end, window);
        window.for_each(|place, score| {
            if self.may_enter(rounded(score) + others) {
                self.look_up(start + place, score, 0);
            }
        });
    }

    /// Looks a document up in the others from `first` on; `sum` is what the lead, and those before,
    /// give it.
    fn look_up(&mut self, doc: DocId, mut sum: f64, first: usize) {
        self.behind.clear();
        let mut bound = 0.0;
        for other in self.others[first..].iter().rev() {
            self.behind.push(bound);
            let words = other.words().iter();
            bound += words.map(|&it| self.segment.words[it].bound_at(doc).1).sum::<f32>();
        }
        if !self.may_enter(rounded(sum) + bound) {
            return;
        }
        for (other, &behind) in self.others[first..].iter().zip(self.behind.iter().rev()) {
            let mut is_there = false;
            for &word in other.words() {
                let score = self.segment.word_score(word, doc);
                is_there |= score.is_some();
                sum += score.unwrap_or_default();
            }
            let is_missing = !is_there && matches!(other, Other::Required(_));
            if is_missing || !self.may_enter(rounded(sum) + behind) {
                return;
            }
        }
        let score = rounded(sum);
        if score > self.floor.threshold && self.segment.passes(doc) {
            let threshold = self.above.found(doc, score);
            self.floor = Floor::new(threshold, self.segment.words.len());
        }
    }
}
