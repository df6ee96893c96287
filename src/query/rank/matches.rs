//! Every document of a segment that matches, and the scores of those that may be among the best.
//!
//! Who counts what matches goes through all of it, but little of it must be scored: bounds of the
//! words' scores hold for a stretch of documents, and a document is scored word by word until the
//! bounds of the rest do not reach what it must exceed. Where many words lead, of which a document
//! has a few, they are gone through one after the other, and their scores are summed on the way.

use std::ops::Range;

use tantivy::{DocId, Score, TERMINATED};

use super::FEW;
use super::floor::Floor;
use super::segment::{Lead, Segment, after, rounded};
use super::window::{MOST, Window};

/// Calls `callback` with every document that matches, in their order; with its score, if that is above
/// the threshold, which the callback gives anew.
pub(super) fn for_each_match(
    mut segment: Segment,
    threshold: Score,
    callback: &mut dyn FnMut(DocId, Option<Score>) -> Score,
) {
    match std::mem::replace(&mut segment.lead, Lead::none()) {
        Lead::Words(group) if group.len() > FEW => {
            for_each_of_many(segment, &group, threshold, callback);
        }
        lead => {
            segment.lead = lead;
            for_each_led(segment, threshold, callback);
        }
    }
}

fn for_each_led(
    segment: Segment,
    threshold: Score,
    callback: &mut dyn FnMut(DocId, Option<Score>) -> Score,
) {
    let floor = Floor::new(threshold, segment.words.len());
    let stretch = Stretch { end: 0, behind: vec![0.0; segment.words.len()] };
    let mut matches = Matches { segment, floor, callback, stretch };
    let mut doc = matches.segment.match_from(0);
    while doc != TERMINATED {
        matches.found(doc);
        doc = matches.segment.match_from(after(doc));
    }
}

/// Many words lead, a window of documents at a time.
fn for_each_of_many(
    mut segment: Segment,
    group: &[usize],
    mut threshold: Score,
    callback: &mut dyn FnMut(DocId, Option<Score>) -> Score,
) {
    let others: Vec<usize> = (0..segment.words.len()).filter(|it| !group.contains(it)).collect();
    let mut window = Window::new();
    for Range { mut start, end } in segment.within.stretches() {
        segment.within.seek(start);
        while start < end {
            let last = (start + (MOST - 1)).min(end - 1);
            segment.add_scores(group, start, last, &mut window);
            window.for_each(|place, mut sum| {
                let doc = start + place;
                // The lead is empty: what is left is the rest of the question.
                if segment.miss(doc).is_none() {
                    let rest = others.iter().filter_map(|&word| segment.word_score(word, doc));
                    sum += rest.sum::<f64>();
                    let score = Some(rounded(sum)).filter(|&score| score > threshold);
                    threshold = callback(doc, score);
                }
            });
            start = last + 1;
        }
    }
}

struct Matches<'a> {
    segment: Segment,
    floor: Floor,
    callback: &'a mut dyn FnMut(DocId, Option<Score>) -> Score,
    stretch: Stretch,
}

/// Documents for which the same bounds hold.
struct Stretch {
    /// Behind the last one.
    end: DocId,
    /// What each word and those after it may add to a score.
    behind: Vec<f32>,
}

impl Matches<'_> {
    /// A document that matches.
    fn found(&mut self, doc: DocId) {
        if doc >= self.stretch.end {
            self.enter(doc);
        }
        let score = self.score(doc);
        let is_best = score.is_some();
        let threshold = (self.callback)(doc, score);
        if is_best {
            self.floor = Floor::new(threshold, self.segment.words.len());
        }
    }

    /// The score of a document, if it is above the threshold: word by word, until the bounds of the
    /// rest do not reach it.
    fn score(&mut self, doc: DocId) -> Option<Score> {
        let Self { segment, floor, stretch, .. } = self;
        let mut sum = 0.0;
        for (word, &behind) in stretch.behind.iter().enumerate() {
            if !floor.admits(rounded(sum) + behind) {
                return None;
            }
            sum += segment.word_score(word, doc).unwrap_or_default();
        }
        Some(rounded(sum)).filter(|&score| score > floor.threshold)
    }

    /// Finds the bounds that hold from `doc` on.
    fn enter(&mut self, doc: DocId) {
        let Self { segment, stretch, .. } = self;
        let mut last = TERMINATED;
        let mut bound = 0.0;
        for (word, behind) in segment.words.iter_mut().zip(&mut stretch.behind).rev() {
            let (end, score) = word.bound_at(doc);
            last = last.min(end);
            bound += score;
            *behind = bound;
        }
        stretch.end = after(last);
    }
}
