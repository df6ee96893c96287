//! Every document of a segment that matches, and the scores of those that may be among the best.
//!
//! For who counts what matches all of it must be gone through, but few of it must be scored: bounds
//! of the words' scores hold for a stretch of documents, and where their sum is too low nothing of
//! the stretch is.

use tantivy::{DocId, Score, TERMINATED};

use super::blocks::DOCS;
use super::floor::Floor;
use super::segment::{Segment, after, rounded};

/// Calls `callback` with every document that matches, in their order; with its score, if that is above
/// the threshold, which the callback gives anew.
pub(super) fn for_each_match(
    mut segment: Segment,
    threshold: Score,
    callback: &mut dyn FnMut(DocId, Option<Score>) -> Score,
) {
    let n_words = segment.words.len();
    let floor = Floor::new(threshold, n_words);
    let single = segment.single_words();
    let words = single.clone().unwrap_or_else(|| (0..n_words).collect());
    let stretch = Stretch { end: 0, behind: vec![0.0; n_words + 1] };
    let mut matches = Matches { segment, words, floor, callback, stretch };
    match single {
        Some(words) => matches.through_words(&words),
        None => matches.through_all(),
    }
}

struct Matches<'a> {
    segment: Segment,
    /// All words, in the order in which they are scored.
    words: Vec<usize>,
    floor: Floor,
    callback: &'a mut dyn FnMut(DocId, Option<Score>) -> Score,
    stretch: Stretch,
}

/// Documents for which the same bounds hold.
struct Stretch {
    /// Behind the last one.
    end: DocId,
    /// What a word and those after it may add to a score; one more for the end.
    behind: Vec<f32>,
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
        let mut block = [0; DOCS];
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
                if let Some(there) = missed {
                    next = there;
                    continue;
                }
                // What was copied from the lead is behind it.
                if let Some((cursor, _)) = self.segment.words[lead].single() {
                    cursor.seek(doc);
                }
                self.found(doc);
            }
            next = next.max(after(block[length - 1]));
        }
    }

    /// A document that matches.
    fn found(&mut self, doc: DocId) {
        if doc >= self.stretch.end {
            self.enter(doc);
        }
        let score = self.score(doc);
        let is_best = score.is_some();
        let threshold = (self.callback)(doc, score);
        if is_best {
            self.floor = Floor::new(threshold, self.words.len());
        }
    }

    /// The score of a document, if it is above the threshold: word by word, until the bounds of the
    /// rest do not reach it.
    fn score(&mut self, doc: DocId) -> Option<Score> {
        let Self { segment, words, floor, stretch, .. } = self;
        let mut sum = 0.0;
        for (&word, &behind) in words.iter().zip(&stretch.behind) {
            if !floor.admits(rounded(sum) + behind) {
                return None;
            }
            sum += segment.word_score(word, doc).unwrap_or_default();
        }
        Some(rounded(sum)).filter(|&score| score > floor.threshold)
    }

    /// Finds the bounds that hold from `doc` on.
    fn enter(&mut self, doc: DocId) {
        let Self { segment, words, stretch, .. } = self;
        let mut last = TERMINATED;
        let mut bound = 0.0;
        for (place, &word) in words.iter().enumerate().rev() {
            let (end, score) = segment.words[word].bound_at(doc);
            last = last.min(end);
            bound += score;
            stretch.behind[place] = bound;
        }
        stretch.end = after(last);
    }
}
