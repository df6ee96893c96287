//! Finds names with the trained model: an averaged structured perceptron (Collins 2002,
//! "Discriminative training methods for hidden Markov models") over BILOU labels.
//!
//! Only runs of capitalised words are looked at. Two passes: what the first makes of a word
//! anywhere in the story is evidence for the second (the prediction history of Ratinov and Roth
//! 2009). The scores of the first pass are kept, so the second costs little.
//!
//! # Cost
//!
//! Linear in the text.

use std::ops::Range;

use super::decode::{Decoder, names};
use super::evidence::Evidence;
use super::features::{self, Feature, Groups, Run};
use super::model::{LABELS, Model, OUTSIDE, Scores};
use super::runs::{is_sentence_start, runs};
use super::words::{StoryWords, Words};
use crate::article::EntityKind;

/// The kinds in the order of the labels.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

/// A name as the model sees it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Tagged {
    /// Its tokens.
    pub(super) words: Range<usize>,
    pub(super) kind: EntityKind,
}

/// A model and how it is used.
#[derive(Clone, Copy)]
pub(super) struct Tagger<'m> {
    pub(super) model: &'m Model,
    pub(super) groups: Groups,
}

/// A run of a story with its labels.
struct Labelled {
    /// Whether it stands in the body.
    in_body: bool,
    range: Range<usize>,
    /// Where its labels begin.
    first: usize,
}

impl Labelled {
    /// Where its labels lie among those of the story.
    fn labels(&self) -> Range<usize> {
        self.first..self.first + self.range.len()
    }
}

impl Tagger<'_> {
    /// The names in title and body, in order, headlines left out.
    pub(super) fn tag(&self, story: &StoryWords<'_>, evidence: &[Evidence]) -> [Vec<Tagged>; 2] {
        let mut labelled: Vec<Labelled> = Vec::new();
        let mut scores: Vec<Scores> = Vec::new();
        let mut features: Vec<Feature> = Vec::new();
        let mut memory = Vec::new();
        for (in_body, words) in [(false, &story.title), (true, &story.body)] {
            for range in runs(words).into_iter().filter(|run| !is_sentence_start(words, run)) {
                let run = Run::new(words, evidence, range.clone(), memory);
                labelled.push(Labelled { in_body, range: range.clone(), first: scores.len() });
                for at in range {
                    features.clear();
                    run.features(at, self.groups, &mut features);
                    let mut here = [0; 16];
                    self.model.add(&features, &mut here);
                    scores.push(here);
                }
                memory = run.into_memory();
            }
        }
        let mut labels = vec![OUTSIDE; scores.len()];
        let mut decoder = Decoder::default();
        for run in &labelled {
            decoder.decode(
                &scores[run.labels()],
                self.model.transitions(),
                &mut labels[run.labels()],
            );
        }
        if self.groups.has(Groups::HISTORY) {
            let words = |run: &Labelled| if run.in_body { &story.body } else { &story.title };
            let mut history = History::of(story);
            let mut elsewhere = Elsewhere::default();
            for run in &labelled {
                history.add(words(run), run.range.start, &labels[run.labels()]);
            }
            for run in &labelled {
                let (start, here) = (run.range.start, run.labels());
                let mut seen = false;
                history.look_up(words(run), start, &labels[here.clone()], &mut elsewhere);
                for (n, scores) in scores[here.clone()].iter_mut().enumerate() {
                    features.clear();
                    elsewhere.features(words(run), start, n, &mut features);
                    seen |= !features.is_empty();
                    self.model.add(&features, scores);
                }
                if seen {
                    let scores = &scores[here.clone()];
                    decoder.decode(scores, self.model.transitions(), &mut labels[here]);
                }
            }
        }
        let mut found = [Vec::new(), Vec::new()];
        for run in &labelled {
            for (at, kind) in names(&labels[run.labels()]) {
                let words = run.range.start + at.start..run.range.start + at.end;
                let kind = KINDS[usize::from(kind)];
                found[usize::from(run.in_body)].push(Tagged { words, kind });
            }
        }
        found
    }
}

/// What the first pass made of each word of a story.
pub(super) struct History {
    /// How often each word has each label, by its number.
    counts: Vec<[u8; LABELS]>,
    /// How often each word stands in a run at all.
    all: Vec<u8>,
}

impl History {
    pub(super) fn of(story: &StoryWords<'_>) -> Self {
        Self { counts: vec![[0; LABELS]; story.n_different], all: vec![0; story.n_different] }
    }

    /// Adds the labels of the run that starts at `start`.
    pub(super) fn add(&mut self, words: &Words<'_>, start: usize, labels: &[u8]) {
        for (word, label) in words.word[start..].iter().zip(labels) {
            let id = word.id as usize;
            for count in [&mut self.counts[id][usize::from(*label)], &mut self.all[id]] {
                *count = count.saturating_add(1);
            }
        }
    }

    /// Looks up what each word of the run that starts at `start` is elsewhere.
    pub(super) fn look_up(
        &self,
        words: &Words<'_>,
        start: usize,
        labels: &[u8],
        found: &mut Elsewhere,
    ) {
        let labelled = words.word[start..].iter().zip(labels);
        found.0.clear();
        found.0.extend(labelled.map(|(word, label)| 1 + self.elsewhere(word.id, *label)));
    }

    /// The label that a word has most often, and whether it has no other, as one number; the place
    /// that has the label `own` is left out. 0 if it stands nowhere else.
    fn elsewhere(&self, word: u32, own: u8) -> u64 {
        // Most words stand in one place.
        if self.all[word as usize] < 2 {
            return 0;
        }
        let mut counts = self.counts[word as usize];
        counts[usize::from(own)] = counts[usize::from(own)].saturating_sub(1);
        let all: u32 = counts.iter().map(|count| u32::from(*count)).sum();
        let (label, most) = (0_u64..).zip(counts).max_by_key(|(_, n)| *n).unwrap_or((0, 0));
        1 + 2 * label + u64::from(u32::from(most) == all)
    }
}

/// What each word of a run is elsewhere in its story, as numbers; 1 for nothing.
#[derive(Debug, Default)]
pub(super) struct Elsewhere(Vec<u64>);

impl Elsewhere {
    /// Adds the features of the word number `n` of the run that starts at `start`: what its word
    /// and those beside it are elsewhere.
    pub(super) fn features(
        &self,
        words: &Words<'_>,
        start: usize,
        n: usize,
        found: &mut Vec<Feature>,
    ) {
        let beside = |n: Option<usize>| n.and_then(|n| self.0.get(n)).copied().unwrap_or(0);
        let around = [beside(n.checked_sub(1)), beside(Some(n)), beside(Some(n + 1))];
        features::history(words, start + n, around, found);
    }
}
