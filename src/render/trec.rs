//! Runs in the form of TREC, for evaluation with `trec_eval` and its kin.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use super::listing::Listing;
use super::numbers;
use crate::record::ArticleRecord;
use crate::search::{Hit, Hits};
use crate::text::printable;

/// Writes the answer to `topic` as lines of a run: `topic Q0 docno rank score tag`.
///
/// The docno is the record's own id, else the name of its file without folders and extension,
/// with `#` and the number of the record if that is not the file's first. White space within a
/// name becomes `_`, and so does an empty name.
///
/// `trec_eval` goes by the scores alone, as numbers of 32 bits, and puts equal ones in an order of
/// its own. So a score that is not below the one before is written as slightly less; by this an
/// order by date survives too, in which all scores are 0.
pub fn trec_run(out: &mut dyn Write, topic: &str, answer: &Hits, tag: &str) -> io::Result<()> {
    let mut run = Run::new(topic, tag);
    answer.hits.iter().try_for_each(|hit| run.hit(out, hit))
}

/// Writes one line on how many questions were answered, from how many articles of which generation,
/// and in what time.
pub fn batch_summary(
    out: &mut dyn Write,
    questions: u64,
    (articles, generation): (u64, u64),
    took: Duration,
) -> io::Result<()> {
    writeln!(
        out,
        "{} answered from {}, generation {generation}, {}",
        numbers::counted(questions, "question"),
        numbers::counted(articles, "article"),
        numbers::duration(took),
    )
}

/// The lines of one topic.
pub(super) struct Run {
    topic: String,
    tag: String,
    /// The score that was written last.
    score: f32,
}

impl Run {
    pub(super) fn new(topic: &str, tag: &str) -> Self {
        Self { topic: name(topic), tag: name(tag), score: f32::INFINITY }
    }
}

impl Listing for Run {
    fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let Self { topic, tag, score } = self;
        *score = hit.score.min(below(*score));
        writeln!(out, "{topic} Q0 {} {} {score} {tag}", docno(&hit.article), hit.rank)
    }
}

/// The next number that is less by an amount worth printing.
fn below(score: f32) -> f32 {
    const STEP: f32 = 1e-6;
    (score - STEP).min(score.next_down())
}

fn docno(article: &ArticleRecord) -> String {
    if let Some(id) = &article.source_id {
        return name(id);
    }
    let stem = Path::new(&article.path).file_stem().unwrap_or_default().to_string_lossy();
    match article.record {
        0 => name(&stem),
        record => name(&format!("{stem}#{record}")),
    }
}

/// The text as one word.
fn name(text: &str) -> String {
    match printable(text).as_ref() {
        "" => "_".to_owned(),
        text => text.replace(char::is_whitespace, "_"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, shown};
    use super::*;

    fn run(answer: &Hits) -> String {
        shown(|out| trec_run(out, "q 1", answer, "dateline"))
    }

    #[test]
    fn a_line_names_topic_document_rank_score_and_run() {
        let mut answer = samples::answer();
        answer.hits[1].article.source_id = Some("afp 0042".into());
        answer.hits[2].article.source_id = None;
        answer.hits[2].article.record = 7;
        insta::assert_snapshot!(run(&answer), @r"
        q_1 Q0 ex-0042 1 12.41 dateline
        q_1 Q0 afp_0042 2 7.5 dateline
        q_1 Q0 page#7 3 7.499999 dateline
        ");
    }

    #[test]
    fn a_name_is_never_empty_and_never_two_words() {
        for (text, expected) in [("", "_"), ("a\u{3000}b\tc", "a_b_c"), ("\u{202e}", "_")] {
            assert_eq!(name(text), expected, "for {text:?}");
        }
    }

    #[test]
    fn equal_scores_keep_their_order() {
        for scores in [[0.0; 4], [12.5; 4], [3e7; 4], [1.0, 2.0, 3.0, f32::NAN], [f32::MAX; 4]] {
            let mut answer = samples::answer();
            answer.hits = scores.map(samples::hit_with_score).to_vec();
            let run = run(&answer);
            let printed = run.lines().filter_map(|line| line.split(' ').nth(4)?.parse().ok());
            let printed: Vec<f32> = printed.collect();
            assert_eq!(printed.len(), scores.len());
            assert!(printed.is_sorted_by(|a, b| a > b), "{printed:?} for {scores:?}");
        }
    }
}
