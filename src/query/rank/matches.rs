//! Every document of a segment that matches, and the scores of those that may be among the best.
//!
//! For who counts what matches all of it must be gone through, but few of it must be scored: bounds
//! of the words' scores hold for a stretch of documents, and where their sum is too low nothing of
//! the stretch is.

use tantivy::{DocId, Score, TERMINATED};

use super::floor::Floor;
use super::segment::{Segment, after};

/// Calls `callback` with every document that matches, in their order; with its score, if that is above
/// the threshold, which the callback gives anew.
pub(super) fn for_each_match(
    segment: Segment,
    threshold: Score,
    callback: &mut dyn FnMut(DocId, Option<Score>) -> Score,
) {
    let mut matches = Matches {
        floor: Floor::new(threshold, segment.words.len()),
        segment,
        callback,
        stretch: Stretch::default(),
    };
    match matches.segment.single_words() {
        Some(words) => matches.through_words(&words),
        None => matches.through_all(),
    }
}

struct Matches<'a> {
    segment: Segment,
    floor: Floor,
    callback: &'a mut dyn FnMut(DocId, Option<Score>) -> Score,
    stretch: Stretch,
}

/// Documents for which one bound holds.
#[derive(Default)]
struct Stretch {
    /// Behind the last one.
    end: DocId,
    bound: f32,
}

impl Matches<'_> {
    /// Whatever is asked.
    fn through_all(&mut self) {
        let mut doc = self.segment.match_from(0);
        while doc != TERMINATED {
            self.found(doc);
            doc = self.segment.match_from(after(doc));
        }
    }

    /// Words alone, each in one form, that with the fewest documents first: its blocks are gone
    /// through as they are decoded, and each document is looked up in the other lists until one
    /// lacks it.
    fn through_words(&mut self, words: &[usize]) {
        let Some((&lead, others)) = words.split_first() else { return };
        let mut block = [0; super::blocks::DOCS];
        // No document before this one is in all lists.
        let mut next = 0;
        while let Some((cursor, _)) = self.segment.words[lead].single()
            && cursor.seek(next) != TERMINATED
        {
            let length = cursor.copy_rest_of_block(&mut block);
            for &doc in &block[..length] {
                if doc < next {
                    continue;
                }
                let missed = others.iter().find_map(|&word| {
                    let (cursor, _) = self.segment.words[word].single()?;
                    Some(cursor.seek(doc)).filter(|&there| there != doc)
                });
                match missed {
                    Some(there) => next = there,
                    None => self.found(doc),
                }
            }
            next = next.max(after(block[length - 1]));
        }
    }

    /// A document that matches.
    fn found(&mut self, doc: DocId) {
        if doc >= self.stretch.end {
            self.stretch = self.stretch_at(doc);
        }
        let score = self.floor.admits(self.stretch.bound).then(|| self.segment.score(doc));
        let score = score.filter(|&score| score > self.floor.threshold);
        let is_best = score.is_some();
        let threshold = (self.callback)(doc, score);
        if is_best {
            self.floor = Floor::new(threshold, self.segment.words.len());
        }
    }

    fn stretch_at(&mut self, doc: DocId) -> Stretch {
        let (mut last, mut bound) = (TERMINATED, 0.0);
        for word in &mut self.segment.words {
            let (end, score) = word.bound_at(doc);
            last = last.min(end);
            bound += score;
        }
        Stretch { end: after(last), bound }
    }
}
