//! The passages of an article that answer best.
//!
//! The best one shows the most different clauses of the question, then the most answers, then it is
//! the earliest. The next ones show what is still missing, if anything is. None shows half of an
//! answer: words near to each other, and those of a phrase, stand in it together or not at all.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::bounds::{Bounds, LENGTH, bounds};
use super::highlight::{Answer, Answers};
use super::{Found, Snippet};

/// How many times passages are chosen for what is still missing; after that they come by worth.
const MOST_ROUNDS: usize = 8;

/// How many places are weighed for each of those; a text with more is longer than any article.
const MOST_WINDOWS: usize = 10_000;

/// The `wanted` best passages of `body`, best first.
pub(super) fn passages(
    body: &str,
    answers: &Answers,
    n_clauses: usize,
    wanted: usize,
) -> Vec<Snippet> {
    if wanted == 0 || answers.answers.is_empty() {
        return Vec::new();
    }
    let mut choice = Choice { body, all: &answers.answers, taken: BTreeMap::new() };
    let mut chosen: Vec<Bounds> = Vec::new();
    let mut is_shown = vec![false; n_clauses];
    while chosen.len() < wanted.min(MOST_ROUNDS) {
        let Some(window) = choice.best(&is_shown) else { break };
        let passage = choice.take(&window);
        within(choice.all, &passage.range).for_each(|answer| is_shown[answer.clause] = true);
        chosen.push(passage);
    }
    if chosen.len() == MOST_ROUNDS && wanted > MOST_ROUNDS {
        chosen.extend(choice.others(n_clauses, wanted - MOST_ROUNDS));
    }
    chosen.into_iter().map(|passage| snippet(body, answers, passage)).collect()
}

fn snippet(body: &str, answers: &Answers, Bounds { range, cut }: Bounds) -> Snippet {
    let (start, end) = (range.start, range.end);
    let shift = |range: Range<usize>| range.start - start..range.end - start;
    let inside = || within(&answers.answers, &range);
    let found = |it: &Answer| Found { clause: it.clause, range: shift(it.range.clone()) };
    Snippet {
        // White space keeps its length, so that the places of matches stay true.
        text: body[range.clone()].replace(['\n', '\r', '\t'], " "),
        highlights: answers.marks(inside()).into_iter().map(shift).collect(),
        found: inside().map(found).collect(),
        range: start..end,
        cut,
    }
}

/// The answers that stand in `range` as a whole.
fn within<'a>(answers: &'a [Answer], range: &Range<usize>) -> impl Iterator<Item = &'a Answer> {
    let (start, end) = (range.start, range.end);
    let first = answers.partition_point(|it| it.range.start < start);
    let begun = answers[first..].iter().take_while(move |it| it.range.start < end);
    begun.filter(move |it| it.range.end <= end)
}

/// The passages that were taken, and what is left.
struct Choice<'a> {
    body: &'a str,
    /// In order.
    all: &'a [Answer],
    /// Where passages end, by where they start.
    taken: BTreeMap<usize, usize>,
}

/// Answers that stand near enough for one passage.
struct Window {
    answers: Range<usize>,
    bytes: Range<usize>,
}

/// How well a window answers: clauses not yet shown, clauses, answers.
type Worth = (usize, usize, usize);

impl Choice<'_> {
    /// The window with the most clauses that are not yet shown, then clauses, then answers.
    fn best(&self, is_shown: &[bool]) -> Option<Window> {
        let mut best: Option<(Worth, Window)> = None;
        for (worth, window) in self.windows(is_shown).take(MOST_WINDOWS) {
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, window));
            }
        }
        best.map(|(_, window)| window)
    }

    /// Up to `wanted` more passages, by their worth alone.
    fn others(&mut self, n_clauses: usize, wanted: usize) -> Vec<Bounds> {
        let is_shown = vec![true; n_clauses];
        let windows = self.windows(&is_shown).map(|(worth, window)| (worth, window.answers.start));
        let mut starts: Vec<(Worth, usize)> = windows.collect();
        starts.sort_by_key(|(worth, _)| Reverse(*worth));
        let mut chosen = Vec::new();
        for (_, start) in starts {
            if chosen.len() == wanted {
                break;
            }
            if let Some(window) = self.window(start) {
                chosen.push(self.take(&window));
            }
        }
        chosen
    }

    /// Every window that is left, in order, with its worth.
    fn windows(&self, is_shown: &[bool]) -> impl Iterator<Item = (Worth, Window)> {
        // For each clause, the window that it was last seen in.
        let mut seen_in = vec![usize::MAX; is_shown.len()];
        (0..self.all.len()).filter_map(move |start| {
            let window = self.window(start)?;
            let (mut new, mut clauses) = (0, 0);
            for answer in &self.all[window.answers.clone()] {
                if seen_in[answer.clause] != start {
                    seen_in[answer.clause] = start;
                    clauses += 1;
                    new += usize::from(!is_shown[answer.clause]);
                }
            }
            Some(((new, clauses, window.answers.len()), window))
        })
    }

    /// The answers from `start` on that fit into a passage; `None` where one is taken.
    fn window(&self, start: usize) -> Option<Window> {
        let first = &self.all[start];
        let free = self.free(&first.range)?;
        let mut bytes = first.range.clone();
        let mut end = start + 1;
        while let Some(next) = self.all.get(end)
            && next.range.end <= (first.range.start + LENGTH).max(bytes.end).min(free.end)
        {
            bytes.end = bytes.end.max(next.range.end);
            end += 1;
        }
        Some(Window { answers: start..end, bytes })
    }

    /// The bytes around `range` that no passage has taken; `None` where one has taken some of it.
    fn free(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let before = self.taken.range(..=range.start).next_back().map_or(0, |(_, end)| *end);
        let after = self.taken.range(range.start..).next().map_or(self.body.len(), |(at, _)| *at);
        (before <= range.start && range.end <= after).then_some(before..after)
    }

    /// Takes the passage around a window.
    fn take(&mut self, window: &Window) -> Bounds {
        let free = self.free(&window.bytes).unwrap_or(window.bytes.clone());
        let passage = bounds(self.body, &window.bytes, &free);
        self.taken.insert(passage.range.start, passage.range.end);
        passage
    }
}
