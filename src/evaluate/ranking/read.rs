//! Judgments and runs in the forms of TREC.

use std::collections::{BTreeMap, HashMap};

/// A line that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The number of the line, counting from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Documents with the levels at which they are relevant; 0 is not relevant.
pub(super) type Judgments = HashMap<String, u32>;

/// Which documents are relevant to which topics: lines of `topic iteration document level`.
#[derive(Clone, Debug, Default)]
pub struct Qrels(BTreeMap<String, Judgments>);

impl Qrels {
    /// Reads judgments. Levels below 0 count as 0; of several judgments the last one stands.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut topics = BTreeMap::<String, Judgments>::new();
        for (line, columns) in rows(text) {
            let [topic, _, document, level] = columns.as_slice() else {
                let what = format!("{} columns in place of 4", columns.len());
                return Err(Fault { line, what: what + ": topic, 0, document, level" });
            };
            let level: i64 = level
                .parse()
                .map_err(|_| Fault { line, what: format!("the level `{level}` is no number") })?;
            let level = u32::try_from(level.clamp(0, i64::from(u32::MAX))).unwrap_or_default();
            let judgments = topics.entry((*topic).to_owned()).or_default();
            judgments.insert((*document).to_owned(), level);
        }
        Ok(Self(topics))
    }

    /// The topics in the order of their names.
    pub(super) fn topics(&self) -> impl Iterator<Item = (&str, &Judgments)> {
        self.0.iter().map(|(topic, judgments)| (topic.as_str(), judgments))
    }
}

/// Documents with their scores.
type Scored = HashMap<String, f32>;

/// The answers to topics: lines of `topic Q0 document rank score tag`.
#[derive(Clone, Debug, Default)]
pub struct Run(BTreeMap<String, Scored>);

impl Run {
    /// Reads a run.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut topics = BTreeMap::<String, Scored>::new();
        for (line, columns) in rows(text) {
            let [topic, _, document, _, score, _] = columns.as_slice() else {
                let what = format!("{} columns in place of 6", columns.len());
                return Err(Fault { line, what: what + ": topic, Q0, document, rank, score, tag" });
            };
            let score: f32 = score
                .parse()
                .ok()
                .filter(|score: &f32| !score.is_nan())
                .ok_or_else(|| Fault { line, what: format!("the score `{score}` is no number") })?;
            let scored = topics.entry((*topic).to_owned()).or_default();
            if scored.insert((*document).to_owned(), score).is_some() {
                let what = format!("topic `{topic}` has document `{document}` twice");
                return Err(Fault { line, what });
            }
        }
        Ok(Self(topics))
    }

    /// The topics that it answers.
    pub(super) fn topics(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The documents of a topic, best first; `None` where it is not answered.
    pub(super) fn ranking(&self, topic: &str) -> Option<Vec<&str>> {
        let scored = self.0.get(topic)?.iter();
        let mut scored: Vec<(&str, f32)> =
            scored.map(|(it, score)| (it.as_str(), *score)).collect();
        scored.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(a.0)));
        Some(scored.into_iter().map(|(document, _)| document).collect())
    }
}

/// The columns of each line that is not blank, with its number.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let rows = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    (1..).zip(rows).filter(|(_, columns)| !columns.is_empty())
}
