//! What two who answer the same questions find, and what only one of them does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Peer, Reason, Side, Unit, split};
use crate::bench::Task;
use crate::error::Error;

/// How many of those that only one side finds are looked into, for each question and side.
const EXAMPLES: usize = 3;

/// What this program and a peer find.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// The name of the peer.
    pub peer: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// Each different question, in the order of the tasks.
    pub queries: Vec<Difference>,
    /// Tasks that the peer cannot be asked.
    pub not_asked: Vec<NotAsked>,
}

/// What both find for a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The class of the first task that asks it.
    pub class: String,
    /// The question.
    pub query: String,
    /// How many both find.
    pub both: u64,
    /// How many only this program finds.
    pub only_ours: u64,
    /// How many only the peer finds.
    pub only_theirs: u64,
    /// The first of those that only one side finds.
    pub examples: Vec<Example>,
}

/// Something that only one side finds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Example {
    /// Who finds it.
    pub side: Side,
    /// The id of the article, or the file.
    pub name: String,
    /// Why, most likely.
    pub reason: Reason,
}

/// Tasks of a class that a peer cannot be asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NotAsked {
    /// The class.
    pub class: String,
    /// Why.
    pub why: &'static str,
    /// How many there are.
    pub tasks: u64,
}

impl Differences {
    /// How many questions find the same on both sides.
    pub fn same(&self) -> usize {
        self.queries.iter().filter(|it| it.only_ours == 0 && it.only_theirs == 0).count()
    }

    /// How many examples of each side have a reason, the most first.
    pub fn reasons(&self) -> Vec<(Side, Reason, u64)> {
        let mut counts: BTreeMap<(Side, Reason), u64> = BTreeMap::new();
        for example in self.queries.iter().flat_map(|it| &it.examples) {
            *counts.entry((example.side, example.reason)).or_default() += 1;
        }
        let counts = counts.into_iter().map(|((side, reason), count)| (side, reason, count));
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by_key(|&(side, reason, count)| (std::cmp::Reverse(count), side, reason));
        counts
    }
}

/// Puts each different question of `tasks` to both sides, and compares all that they find.
pub fn differences(peer: &dyn Peer, tasks: &[Task]) -> Result<Differences, Error> {
    let (asked, not_asked) = split(peer, tasks);
    let mut seen = BTreeSet::new();
    let mut queries = Vec::new();
    for task in &asked {
        if seen.insert(task.query.as_str()) {
            queries.push(difference(peer, task)?);
        }
    }
    Ok(Differences { peer: peer.name(), unit: peer.unit(), queries, not_asked })
}

fn difference(peer: &dyn Peer, task: &Task) -> Result<Difference, Error> {
    let (ours, theirs) = (peer.ours(task)?, peer.found(task)?);
    let only_ours: Vec<_> = ours.difference(&theirs).collect();
    let only_theirs: Vec<_> = theirs.difference(&ours).collect();
    let mut examples = Vec::new();
    for (side, names) in [(Side::Ours, &only_ours), (Side::Theirs, &only_theirs)] {
        for name in names.iter().take(EXAMPLES) {
            let reason = peer.reason(task, name, side)?;
            examples.push(Example { side, name: (*name).clone(), reason });
        }
    }
    Ok(Difference {
        class: task.class.clone(),
        query: task.query.clone(),
        both: (ours.len() - only_ours.len()) as u64,
        only_ours: only_ours.len() as u64,
        only_theirs: only_theirs.len() as u64,
        examples,
    })
}
