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
    let mut choice = Choice::of(body, &answers.answers);
    let mut chosen: Vec<Bounds> = Vec::new();
    let mut is_shown = vec![false; n_clauses];
    while chosen.len() < wanted.min(MOST_ROUNDS) {
        let Some(window) = choice.best(&is_shown) else { break };
        let passage = choice.take(&window);
        for place in within(choice.all, &passage.range) {
            is_shown[choice.all[place].clause] = true;
        }
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
    let inside = || within(&answers.answers, &range).map(|place| &answers.answers[place]);
    let found = |it: &Answer| Found { clause: it.clause, range: shift(it.range.clone()) };
    Snippet {
        text: on_one_line(&body[range.clone()]),
        highlights: answers.marks(inside()).into_iter().map(shift).collect(),
        found: inside().map(found).collect(),
        range: start..end,
        cut,
    }
}

/// White space keeps its length, so that the places of matches stay true.
fn on_one_line(text: &str) -> String {
    match memchr::memchr3(b'\n', b'\r', b'\t', text.as_bytes()) {
        None => text.to_owned(),
        Some(_) => text.replace(['\n', '\r', '\t'], " "),
    }
}

/// The places of the answers that stand in `range` as a whole.
fn within(answers: &[Answer], range: &Range<usize>) -> impl Iterator<Item = usize> {
    let first = answers.partition_point(|it| it.range.start < range.start);
    let behind = answers.partition_point(|it| it.range.start < range.end);
    (first..behind).filter(move |&place| answers[place].range.end <= range.end)
}

/// The passages that were taken, and what is left.
struct Choice<'a> {
    body: &'a str,
    /// In order.
    all: &'a [Answer],
    /// Which of them stand in a passage.
    is_taken: Vec<bool>,
    /// Where passages end, by where they start; none overlaps another.
    taken: BTreeMap<usize, usize>,
}

/// Answers that stand near enough for one passage.
struct Window {
    answers: Range<usize>,
    bytes: Range<usize>,
}

/// How well a window answers: clauses not yet shown, clauses, answers.
type Worth = (usize, usize, usize);

impl<'a> Choice<'a> {
    fn of(body: &'a str, all: &'a [Answer]) -> Self {
        Self { body, all, is_taken: vec![false; all.len()], taken: BTreeMap::new() }
    }

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

    /// The answers from `start` on that fit into a passage; `None` where that one is shown.
    fn window(&self, start: usize) -> Option<Window> {
        if self.is_taken[start] {
            return None;
        }
        let first = &self.all[start];
        let free = self.free(&first.range);
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

    /// The bytes around `range` that no passage has taken; no more than that where one has taken
    /// some of it.
    fn free(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.taken.range(..=range.start).next_back().map_or(0, |(_, end)| *end);
        let after = self.taken.range(range.start..).next().map_or(self.body.len(), |(at, _)| *at);
        let is_free = before <= range.start && range.end <= after;
        if is_free { before..after } else { range.clone() }
    }

    /// Takes the passage around a window.
    fn take(&mut self, window: &Window) -> Bounds {
        let free = self.free(&window.bytes);
        let passage = bounds(self.body, &window.bytes, &free);
        for place in within(self.all, &passage.range) {
            self.is_taken[place] = true;
        }
        if free != window.bytes {
            self.taken.insert(passage.range.start, passage.range.end);
        }
        passage
    }
}

#[cfg(test)]
mod tests {
    use super::super::highlight::Highlighter;
    use super::*;
    use crate::query::parse;
    use crate::record::ArticleRecord;

    /// The passages of a body, with what matched in brackets and `…` where a sentence is cut.
    fn shown(typed: &str, body: &str, wanted: usize) -> Vec<String> {
        let query = parse(typed, chrono::NaiveDate::default()).query;
        let mut highlighter = Highlighter::new(&query, None, false);
        let article = ArticleRecord { body: body.to_owned(), ..ArticleRecord::default() };
        let marked = highlighter.article(&article);
        let passages = passages(body, &marked.body, highlighter.clauses().len(), wanted);
        passages.iter().map(|snippet| shown_snippet(snippet, body)).collect()
    }

    fn shown_snippet(snippet: &Snippet, body: &str) -> String {
        let Snippet { text, range, cut, highlights, .. } = snippet;
        assert_eq!(*text, body[range.clone()].replace('\n', " "));
        let mut shown = if cut.before { "…" } else { "" }.to_owned();
        let mut at = 0;
        for mark in highlights {
            shown.extend([&text[at..mark.start], "[", &text[mark.clone()], "]"]);
            at = mark.end;
        }
        shown + &text[at..] + if cut.after { "…" } else { "" }
    }

    #[test]
    fn a_passage_is_made_of_whole_sentences() {
        let body = "It rained. The strike began on Monday. Nobody came. They waited.\nThe end.";
        assert_eq!(
            shown("strike", body, 1),
            ["It rained. The [strike] began on Monday. Nobody came. They waited."]
        );
        let body = "“The strike is on,” he said. “We go.” (They went.)";
        assert_eq!(
            shown("went", body, 1),
            ["“The strike is on,” he said. “We go.” (They [went].)"]
        );
        let long = "Rain fell on the harbour all day and all night long. ".repeat(4);
        let body = format!("{long}“The strike is on,” he said. {long}");
        let found = shown("strike", &body, 1).remove(0);
        assert!(found.starts_with("“The [strike] is on,” he said. Rain fell"), "{found}");
        assert!(found.ends_with("night long."), "{found}");
    }

    #[test]
    fn a_long_sentence_is_cut_at_words() {
        let long = "and rain fell on the harbour ".repeat(20);
        let found = shown("strike", &format!("{long}the strike {long}"), 1).remove(0);
        assert!(found.starts_with('…') && found.ends_with('…'), "{found}");
        let inner = found.trim_matches('…');
        assert!(inner.len() <= LENGTH + "[]".len() && !inner.starts_with(' '), "{found}");
        assert!(
            ["and", "rain", "fell", "on", "the", "harbour"]
                .iter()
                .any(|word| inner.ends_with(&format!(" {word}"))),
            "{found}"
        );
        let found = shown("结果", &"选举结果公布".repeat(80), 1).remove(0);
        assert!(found.contains("[结果]") && found.len() < LENGTH + 80, "{found}");
    }

    #[test]
    fn the_best_passage_shows_most_of_the_question() {
        let filler = "\nNothing of the kind was said there by anyone who came.".repeat(6);
        let body =
            format!("The strike.{filler}\nA strike in the harbour.{filler}\nIts harbour. A crane.");
        let found = shown("strike harbour crane", &body, 9);
        assert_eq!(found[..2], ["A [strike] in the [harbour].", "Its [harbour]. A [crane]."]);
        assert_eq!(found[2..], ["The [strike]."]);
        assert!(shown("strike", &body, 0).is_empty());
    }

    #[test]
    fn what_is_near_stands_in_a_passage_as_a_whole() {
        let body = format!("The strike {}in the harbour.", "went on and on ".repeat(30));
        let found = shown("strike w/150 harbour", &body, 1).remove(0);
        assert!(found.starts_with("The [strike]") && found.ends_with("[harbour]."), "{found}");
    }

    #[test]
    fn passages_beyond_those_that_are_weighed_are_found_as_well() {
        let filler = "Nothing of the kind was said there by anyone who came to it. ".repeat(4);
        let body = format!("The strike. {filler}\n").repeat(40);
        assert_eq!(shown("strike", &body, 30).len(), 30);
        assert_eq!(shown("strike", &body, 99).len(), 40);
    }
}
