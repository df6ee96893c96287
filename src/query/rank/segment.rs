//! A question in one segment: which documents match, and their scores.

use std::cmp::Reverse;

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::test::Test;
use super::weight::SEEKING;
use super::window::Window;
use super::word::Word;
use crate::query::dates::Within;

/// All of a question, opened in one segment.
pub(super) struct Segment {
    pub(super) words: Vec<Word>,
    /// Of each group a document has one word or more.
    pub(super) groups: Vec<Vec<usize>>,
    /// Words that only add to the score.
    pub(super) optional: Vec<usize>,
    /// Sets that a document is in.
    pub(super) tests: Vec<Test>,
    /// Sets that it is not in.
    pub(super) without: Vec<Test>,
    /// Conditions of forms of words.
    pub(super) conditions: Vec<Test>,
    /// What gives the documents that are looked at.
    pub(super) lead: Lead,
    /// Where documents are looked at.
    pub(super) within: Within,
}

/// What has fewest documents of all that a document must be in.
pub(super) enum Lead {
    /// The words of a group, which is no longer among the groups.
    Words(Vec<usize>),
    /// A set, which is no longer among the tests.
    Documents(Box<dyn Scorer>),
}

impl Lead {
    /// That of a question whose lead is chosen later, or was taken out.
    pub(super) fn none() -> Self {
        Self::Words(Vec::new())
    }
}

impl Segment {
    /// Chooses what leads, if nothing does yet: there is a group or a test at least; otherwise
    /// nothing matches.
    pub(super) fn led(self) -> Option<Self> {
        let Self { words, mut groups, mut tests, .. } = self;
        let cost = |group: &Vec<usize>| -> u64 { group.iter().map(|&it| words[it].cost()).sum() };
        // The last one has fewest documents.
        groups.sort_by_cached_key(|group| Reverse(cost(group)));
        tests.sort_by_key(|test| Reverse(test.cost()));
        let by_words = groups.last().map(cost);
        let by_test = tests.last().map(Test::cost);
        let lead = match (by_words, by_test) {
            (Some(words), Some(test)) if test < words / SEEKING => {
                tests.pop().map(Test::into_scorer)
            }
            (None, _) => tests.pop().map(Test::into_scorer),
            _ => None,
        };
        let lead = match lead {
            Some(scorer) => Lead::Documents(scorer),
            None => Lead::Words(groups.pop()?),
        };
        groups.reverse();
        tests.reverse();
        // Those that are known come first.
        tests.sort_by_key(|test| test.bits().is_none());
        Some(Self { words, groups, tests, lead, ..self })
    }

    /// The first document, not before `target`, that the lead has.
    fn lead_to(&mut self, target: DocId) -> DocId {
        match &mut self.lead {
            Lead::Words(group) => {
                let docs = group.iter().map(|&word| self.words[word].seek(target));
                docs.min().unwrap_or(TERMINATED)
            }
            Lead::Documents(scorer) if scorer.doc() < target => scorer.seek(target),
            Lead::Documents(scorer) => scorer.doc(),
        }
    }

    /// Goes on to the first document, not before `target`, that matches.
    pub(super) fn match_from(&mut self, target: DocId) -> DocId {
        let mut target = self.admitted_from(target);
        while target != TERMINATED {
            let doc = self.lead_to(target);
            target = self.admitted_from(doc);
            if target == doc && doc != TERMINATED {
                match self.miss(doc) {
                    None => return doc,
                    Some(next) => target = self.admitted_from(next),
                }
            }
        }
        TERMINATED
    }

    /// The first document, not before `target`, of a stretch and of the first test, if that is known.
    fn admitted_from(&mut self, mut target: DocId) -> DocId {
        let known = self.tests.first().and_then(Test::bits);
        loop {
            let within = self.within.seek(target);
            target = known.map_or(within, |bits| bits.next_from(within));
            if target == within || target == TERMINATED {
                return target;
            }
        }
    }

    /// The scores of the words in a document that matches, in their order.
    pub(super) fn scores(&mut self, doc: DocId) -> impl Iterator<Item = f64> {
        let (words, conditions) = (&mut self.words, &mut self.conditions);
        words.iter_mut().map(move |word| word.score(doc, conditions).unwrap_or_default())
    }

    /// The score of a document that matches.
    pub(super) fn score(&mut self, doc: DocId) -> Score {
        rounded(self.scores(doc).sum())
    }

    /// Adds the scores of words in the documents from `start` to `end` to a window that begins there.
    pub(super) fn add_scores(
        &mut self,
        words: &[usize],
        start: DocId,
        end: DocId,
        window: &mut Window,
    ) {
        let Self { words: all, conditions, .. } = self;
        for &word in words {
            all[word].seek(start);
            all[word].for_each_to(end, conditions, |doc, score| window.add(doc - start, score));
        }
    }

    /// Why a document of the lead does not match: no document before the one given does.
    pub(super) fn miss(&mut self, doc: DocId) -> Option<DocId> {
        let lead = match &self.lead {
            Lead::Words(group) => Some(group),
            Lead::Documents(_) => None,
        };
        let (words, conditions) = (&mut self.words, &mut self.conditions);
        // The lead may have been taken out.
        let lead = lead.filter(|group| !group.is_empty());
        for group in lead.into_iter().chain(&self.groups) {
            // Most groups are one word in one form.
            if let &[word] = group.as_slice()
                && let Some((cursor, _)) = words[word].single()
            {
                match cursor.seek(doc) {
                    next if next == doc => continue,
                    next => return Some(next),
                }
            }
            let mut next = TERMINATED;
            let mut is_there = false;
            for &word in group {
                next = next.min(words[word].seek(doc));
                is_there = is_there || next == doc && words[word].is_in(doc, conditions);
            }
            if !is_there {
                return Some(next.max(after(doc)));
            }
        }
        (!self.passes(doc)).then(|| after(doc))
    }

    /// Keeps the candidates that the tests admit which are known; they stand first. Gives how many
    /// they are.
    pub(super) fn sift(&self, candidates: &mut [(DocId, f64)]) -> usize {
        let mut left = candidates.len();
        for test in &self.tests {
            let Some(bits) = test.bits() else { break };
            let mut kept = 0;
            for at in 0..left {
                candidates[kept] = candidates[at];
                kept += usize::from(bits.contains(candidates[at].0));
            }
            left = kept;
        }
        left
    }

    /// Whether all tests admit a document.
    pub(super) fn passes(&mut self, doc: DocId) -> bool {
        self.within.holds(doc)
            && self.tests.iter_mut().all(|test| test.holds(doc))
            && !self.without.iter_mut().any(|test| test.holds(doc))
    }

    /// The score of a word in a document; `None` where it is not.
    pub(super) fn word_score(&mut self, word: usize, doc: DocId) -> Option<f64> {
        self.words[word].score(doc, &mut self.conditions)
    }
}

/// The documents that match, with their scores.
pub(super) struct RankScorer {
    segment: Segment,
    doc: DocId,
}

impl RankScorer {
    pub(super) fn new(segment: Segment) -> Self {
        let mut scorer = Self { segment, doc: 0 };
        scorer.go_to_match(0);
        scorer
    }

    fn go_to_match(&mut self, target: DocId) -> DocId {
        self.doc = self.segment.match_from(target);
        self.doc
    }

    /// The scores of the words, in their order.
    pub(super) fn scores(&mut self) -> impl Iterator<Item = f64> {
        self.segment.scores(self.doc)
    }
}

impl DocSet for RankScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to_match(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target { self.go_to_match(target) } else { self.doc }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.cost()).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        match &self.segment.lead {
            Lead::Words(group) => group.iter().map(|&word| self.segment.words[word].cost()).sum(),
            Lead::Documents(scorer) => scorer.cost(),
        }
    }
}

impl Scorer for RankScorer {
    fn score(&mut self) -> Score {
        self.segment.score(self.doc)
    }
}

/// The document behind one; there is none behind the end.
pub(super) fn after(doc: DocId) -> DocId {
    doc.saturating_add(1).min(TERMINATED)
}

/// A score as it is given.
#[expect(clippy::cast_possible_truncation, reason = "24 bits are what the engine compares")]
pub(super) fn rounded(score: f64) -> Score {
    score as Score
}
