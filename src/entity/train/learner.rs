//! Learns weights run by run.

use xxhash_rust::xxh3::xxh3_64;

use super::super::decode::{Decoder, whole_names};
use super::super::features::{Feature, Groups};
use super::super::model::{BUCKETS, LABELS, OUTSIDE, Scores};
use super::corpus::{Document, Example};

/// Times that all text is read before the learner begins again.
const EPOCHS: u64 = 5;

/// Times that it begins again, in another order each time; the model is the average of all. One
/// order alone is right or wrong by chance in one name of a hundred.
const BEGINNINGS: u64 = 6;

/// What a wrong label gets on top of its score, so that right ones win by a margin (Taskar et al.
/// 2003, "Max-margin Markov networks").
const MARGIN: i32 = 4;

/// How much smaller the margin over `Outside` is: a name too many is worse than a name too few.
const CAUTION: i32 = 2;

/// Parts of the runs that are learned from without a group of features, so that no other group
/// leans on its being there: an article may be short, its language another, its names unknown.
const HIDDEN: [(Groups, f64); 4] = [
    (Groups::ARTICLE, 0.2),
    (Groups::OF_LANGUAGE, 0.1),
    (Groups::HISTORY, 0.3),
    (Groups::GAZETTEER, 0.1),
];

/// Words with a feature in the training text before it is used.
const SEEN: u16 = 3;

/// Rows whose weights are all smaller than this are left out.
const SMALLEST: f64 = 0.1;

/// What a weight of 1 is in the file.
const UNIT: f64 = 16.0;

/// For each run of a document and each of its words, the features of the history.
pub(super) type History = Vec<Vec<Vec<Feature>>>;

/// What is known of the documents beyond themselves, one of each a document.
#[derive(Default)]
pub(super) struct Lessons {
    /// For each run, whether it is passed over; empty if none is.
    pub(super) doubtful: Vec<Vec<bool>>,
    /// What a first pass made of them; `None` for a model without a second.
    pub(super) histories: Option<Vec<History>>,
}

/// A draw from 0 to 1 that is always the same for the same thing.
fn draw(what: &[u64]) -> f64 {
    let bytes: Vec<u8> = what.iter().flat_map(|it| it.to_le_bytes()).collect();
    (xxh3_64(&bytes) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Weights under way: what they are now, and what the average takes off them.
pub(super) struct Learner {
    weights: Vec<[i32; 16]>,
    later: Vec<[i64; LABELS]>,
    transitions: [Scores; LABELS],
    later_transitions: [[i64; LABELS]; LABELS],
    seen: Vec<u16>,
    time: i64,
    groups: Groups,
}

impl Learner {
    pub(super) fn new(documents: &[&Document], groups: Groups) -> Self {
        let mut seen = vec![0_u16; BUCKETS];
        for document in documents {
            for feature in document.runs.iter().flat_map(|run| run.features.iter().flatten()) {
                let seen = &mut seen[feature.bucket() as usize];
                *seen = seen.saturating_add(1);
            }
        }
        Self {
            weights: vec![[0; 16]; BUCKETS],
            later: vec![[0; LABELS]; BUCKETS],
            transitions: [[0; 16]; LABELS],
            later_transitions: [[0; LABELS]; LABELS],
            seen,
            time: 1,
            groups,
        }
    }

    /// Whether a feature is used at all: those seen once tell nothing of other texts.
    fn is_used(&self, feature: Feature, groups: Groups) -> bool {
        groups.has(feature.group())
            && (feature.group() == Groups::HISTORY || self.seen[feature.bucket() as usize] >= SEEN)
    }

    pub(super) fn learn(&mut self, documents: &[&Document], lessons: &Lessons) {
        let mut decoder = Decoder::default();
        for epoch in 0..EPOCHS * BEGINNINGS {
            if epoch % EPOCHS == 0 {
                self.restart();
            }
            let mut order: Vec<(u64, usize, usize)> = Vec::new();
            for (at, document) in documents.iter().enumerate() {
                for time in 0..document.times {
                    let key = draw(&[epoch, document.number, time as u64]).to_bits();
                    order.push((key, at, time));
                }
            }
            order.sort_unstable();
            for (_, at, time) in order {
                let document = documents[at];
                for (n, run) in document.runs.iter().enumerate() {
                    if lessons.doubtful.get(at).is_some_and(|runs| runs[n]) {
                        continue;
                    }
                    let mut groups = self.groups;
                    for (n, (hidden, share)) in (1..).zip(HIDDEN) {
                        let key = [epoch, document.number, time as u64, run.start as u64, n];
                        if draw(&key) < share {
                            groups = groups.without(hidden);
                        }
                    }
                    let history = lessons.histories.as_ref().map(|histories| &histories[at][n]);
                    self.learn_run(run, history, groups, &mut decoder);
                }
            }
        }
    }

    /// Begins again with nothing learned; the average goes on.
    fn restart(&mut self) {
        let time = self.time;
        let forget = |now: &mut i32, later: &mut i64| {
            // As one step back by all that was learned.
            *later -= i64::from(*now) * time;
            *now = 0;
        };
        for (now, later) in self.weights.iter_mut().zip(&mut self.later) {
            now.iter_mut().zip(later).for_each(|(now, later)| forget(now, later));
        }
        for (now, later) in self.transitions.iter_mut().zip(&mut self.later_transitions) {
            now.iter_mut().zip(later).for_each(|(now, later)| forget(now, later));
        }
    }

    fn learn_run(
        &mut self,
        run: &Example,
        history: Option<&Vec<Vec<Feature>>>,
        groups: Groups,
        decoder: &mut Decoder,
    ) {
        let used: Vec<Vec<u32>> = (0..run.labels.len())
            .map(|at| {
                let history = history.map(|it| it[at].iter()).into_iter().flatten();
                let all = run.features[at].iter().chain(history);
                all.filter(|it| self.is_used(**it, groups)).map(|it| it.bucket()).collect()
            })
            .collect();
        let scores: Vec<Scores> = used
            .iter()
            .zip(&run.labels)
            .map(|(used, gold)| {
                let mut scores = [MARGIN; 16];
                scores[usize::from(OUTSIDE)] -= CAUTION;
                scores[usize::from(*gold)] = 0;
                for &bucket in used {
                    for (score, weight) in scores.iter_mut().zip(&self.weights[bucket as usize]) {
                        *score += weight;
                    }
                }
                scores
            })
            .collect();
        let mut labels = vec![OUTSIDE; run.labels.len()];
        decoder.decode(&scores, &whole_names(&self.transitions), &mut labels);
        self.time += 1;
        if labels == run.labels {
            return;
        }
        for ((used, gold), found) in used.iter().zip(&run.labels).zip(&labels) {
            if gold == found {
                continue;
            }
            for (label, step) in [(*gold, 1), (*found, -1)] {
                for &bucket in used {
                    let label = usize::from(label);
                    self.weights[bucket as usize][label] += step;
                    self.later[bucket as usize][label] += i64::from(step) * self.time;
                }
            }
        }
        for (labels, step) in [(&run.labels, 1), (&labels, -1)] {
            let mut before = OUTSIDE;
            for &label in labels.iter().chain([&OUTSIDE]) {
                let place = (usize::from(before), usize::from(label));
                self.transitions[place.0][place.1] += step;
                self.later_transitions[place.0][place.1] += i64::from(step) * self.time;
                before = label;
            }
        }
    }

    /// The average over all steps, in the form of the file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mean = |now: i32, later: i64| f64::from(now) - later as f64 / self.time as f64;
        let mut bytes = Vec::new();
        for (now, later) in self.transitions.iter().zip(&self.later_transitions) {
            for (now, later) in now.iter().zip(later) {
                bytes.extend(((mean(*now, *later) * UNIT).round() as i16).to_le_bytes());
            }
        }
        let mut map = vec![0_u8; BUCKETS / 8];
        let mut rows = Vec::new();
        for (bucket, (now, later)) in self.weights.iter().zip(&self.later).enumerate() {
            let row: Vec<f64> =
                now.iter().zip(later).map(|(now, later)| UNIT * mean(*now, *later)).collect();
            let largest = row.iter().fold(0.0_f64, |largest, it| largest.max(it.abs()));
            if largest < SMALLEST * UNIT {
                continue;
            }
            map[bucket / 8] |= 1 << (bucket % 8);
            let mut shift = 0_u8;
            while largest / f64::from(1 << shift) > 127.0 {
                shift += 1;
            }
            let weight = |it: &f64| (it / f64::from(1 << shift)).round() as i8;
            rows.extend(row.iter().map(|it| weight(it).cast_unsigned()));
            rows.extend([0; 15 - LABELS]);
            rows.push(shift);
        }
        bytes.extend(map);
        bytes.extend(rows);
        bytes
    }
}
