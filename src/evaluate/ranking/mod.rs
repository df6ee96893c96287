//! How well a ranking answers topics, by judgments.
//!
//! The measures, their names and their conventions are those of `trec_eval`, so that figures can
//! be put beside published ones:
//!
//! - A run is ranked by its scores, as numbers of 32 bits; equal ones by document, the greater name
//!   first. The column of ranks is not looked at.
//! - A document that nobody judged is not relevant. One judged above 0 is; in nDCG it counts as
//!   much as the judgment says, in the other measures once.
//! - Means are taken over all topics that have a relevant document, as `trec_eval -c` takes them: a
//!   topic that the run does not answer counts 0. Topics without relevant documents are left out.

mod compare;
mod read;

pub use compare::{Comparison, Difference, compare};
pub use read::{Fault, Qrels, Run};

use std::collections::HashSet;

use read::Judgments;

/// How many documents of a topic [`Measure::Ndcg10`] and [`Measure::Precision10`] look at.
const CUT: usize = 10;

/// How many [`Measure::Recall100`] looks at.
const DEEP_CUT: usize = 100;

/// A measure of one ranking, from 0 to 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Measure {
    /// Gain of the first ten, discounted by the logarithm of the rank, as part of the largest
    /// possible one (Järvelin and Kekäläinen 2002).
    Ndcg10,
    /// Precision at each relevant document, averaged over all that are relevant.
    AveragePrecision,
    /// The part of the first ten that is relevant.
    Precision10,
    /// The part of what is relevant that is among the first hundred.
    Recall100,
    /// One by the rank of the first relevant document.
    ReciprocalRank,
}

impl Measure {
    /// All of them, in the order in which they are printed.
    pub const ALL: [Self; 5] = [
        Self::Ndcg10,
        Self::AveragePrecision,
        Self::Precision10,
        Self::Recall100,
        Self::ReciprocalRank,
    ];

    /// The name that `trec_eval` has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndcg10 => "ndcg_cut_10",
            Self::AveragePrecision => "map",
            Self::Precision10 => "P_10",
            Self::Recall100 => "recall_100",
            Self::ReciprocalRank => "recip_rank",
        }
    }

    /// Of the judgments of the ranked documents, best rank first, and those of all documents.
    fn of(self, ranked: &[u32], ideal: &[u32]) -> f64 {
        let relevant = ideal.len();
        let found = |cut: usize| ranked.iter().take(cut).filter(|&&level| level > 0).count();
        match self {
            Self::Ndcg10 => part_of(gain(ranked), gain(ideal)),
            Self::AveragePrecision => {
                let (mut sum, mut seen) = (0.0, 0);
                for (rank, _) in (1..).zip(ranked).filter(|(_, level)| **level > 0) {
                    seen += 1;
                    sum += share(seen, rank);
                }
                part_of(sum, share(relevant, 1))
            }
            Self::Precision10 => share(found(CUT), CUT),
            Self::Recall100 => share(found(DEEP_CUT), relevant),
            Self::ReciprocalRank => {
                let first = ranked.iter().position(|&level| level > 0);
                first.map_or(0.0, |place| share(1, place + 1))
            }
        }
    }
}

/// The discounted gain of the first ten.
fn gain(levels: &[u32]) -> f64 {
    let discount = |rank: u32| f64::from(rank + 1).log2();
    (1..).zip(levels.iter().take(CUT)).map(|(rank, &level)| f64::from(level) / discount(rank)).sum()
}

fn part_of(part: f64, all: f64) -> f64 {
    if all > 0.0 { part / all } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "no run holds 2^52 documents")]
fn share(part: usize, all: usize) -> f64 {
    part_of(part as f64, all as f64)
}

/// The values of all measures, in the order of [`Measure::ALL`].
pub type Scores = [f64; 5];

/// How well a run answers the topics that have judgments.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Each topic that has a relevant document, in the order of their names, with its scores.
    pub topics: Vec<(String, Scores)>,
    /// The means.
    pub mean: Scores,
    /// Topics that the run does not answer.
    pub unanswered: usize,
    /// Topics of the run without judgments, or without a relevant document.
    pub unjudged: usize,
}

/// Scores a run.
pub fn evaluate(qrels: &Qrels, run: &Run) -> Evaluation {
    let mut topics = Vec::new();
    let mut unanswered = 0;
    for (topic, judgments) in qrels.topics() {
        let ideal = ideal(judgments);
        if ideal.is_empty() {
            continue;
        }
        let ranked = run.ranking(topic);
        unanswered += usize::from(ranked.is_none());
        let ranked = ranked.unwrap_or_default().into_iter();
        let ranked: Vec<u32> =
            ranked.map(|document| judgments.get(document).copied().unwrap_or_default()).collect();
        topics.push((topic.to_owned(), Measure::ALL.map(|measure| measure.of(&ranked, &ideal))));
    }
    let known: HashSet<&str> = topics.iter().map(|(topic, _)| topic.as_str()).collect();
    let unjudged = run.topics().filter(|topic| !known.contains(topic)).count();
    let mean = mean(topics.iter().map(|(_, scores)| scores));
    Evaluation { topics, mean, unanswered, unjudged }
}

/// The levels of what is relevant, highest first.
fn ideal(judgments: &Judgments) -> Vec<u32> {
    let mut levels: Vec<u32> = judgments.values().copied().filter(|&level| level > 0).collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels
}

fn mean<'a>(scores: impl ExactSizeIterator<Item = &'a Scores>) -> Scores {
    let count = scores.len();
    let mut sums = Scores::default();
    for scores in scores {
        sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
    }
    sums.map(|sum| part_of(sum, share(count, 1)))
}

#[cfg(test)]
mod tests;
