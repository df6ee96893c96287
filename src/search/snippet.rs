//! The passage of an article that answers best.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Snippet;
use super::highlight::{Match, ranges};

/// How long a passage is, in bytes: about two or three lines of a terminal.
const LENGTH: usize = 240;

/// The passage of `body` with the most different leaves of the question, then the most matches,
/// then the earliest; from the start of a sentence where that leaves room for the matches.
pub(super) fn best_passage(body: &str, matches: &[Match]) -> Option<Snippet> {
    let window = best_window(matches)?;
    let first = matches[window.start].range.0;
    let last = matches[window.end - 1].range.1;
    let start = passage_start(body, first, last);
    let end = passage_end(body, start, last);
    let (text, offset) = shown(body, start..end);
    let inside: Vec<Match> = matches
        .iter()
        .filter(|m| m.range.0 >= offset && m.range.1 <= end)
        .map(|m| Match { range: (m.range.0 - offset, m.range.1 - offset), leaf: m.leaf })
        .collect();
    Some(Snippet { text, highlights: ranges(&inside), title_highlights: Vec::new() })
}

/// The run of matches within [`LENGTH`] bytes that answers best.
fn best_window(matches: &[Match]) -> Option<Range<usize>> {
    let mut best: Option<(usize, usize, Range<usize>)> = None;
    let mut end = 0;
    for start in 0..matches.len() {
        end = end.max(start + 1);
        while end < matches.len() && matches[end].range.1 <= matches[start].range.0 + LENGTH {
            end += 1;
        }
        let mut leaves: Vec<usize> = matches[start..end].iter().map(|m| m.leaf).collect();
        leaves.sort_unstable();
        leaves.dedup();
        let (kinds, count) = (leaves.len(), end - start);
        if best.as_ref().is_none_or(|(k, c, _)| (kinds, count) > (*k, *c)) {
            best = Some((kinds, count, start..end));
        }
    }
    best.map(|(_, _, window)| window)
}

/// Where a passage with the matches from `first` to `last` starts: at the sentence, if they fit
/// in with it, else at a word before the first match.
fn passage_start(body: &str, first: usize, last: usize) -> usize {
    let room = LENGTH.saturating_sub(last - first);
    let earliest = body.floor_char_boundary(first.saturating_sub(room));
    let before = &body[earliest..first];
    let sentence = before
        .split_sentence_bound_indices()
        .map(|(offset, _)| offset)
        .find(|&offset| offset > 0 || earliest == 0);
    let paragraph = before.rfind('\n').map(|at| at + 1);
    let half = body.floor_char_boundary(first.saturating_sub(room / 2));
    let word = body[half..first].find(char::is_whitespace).map(|at| half + at + 1);
    paragraph
        .or(sentence)
        .map(|offset| earliest + offset)
        .or((earliest == 0).then_some(0))
        .or(word)
        .unwrap_or(first)
}

/// Where the passage ends: after [`LENGTH`] bytes, the last match, or at the paragraph.
fn passage_end(body: &str, start: usize, last: usize) -> usize {
    let limit = body.floor_char_boundary((start + LENGTH).max(last).min(body.len()));
    if let Some(paragraph) = body[last..limit].find('\n') {
        return last + paragraph;
    }
    if limit == body.len() {
        return limit;
    }
    body[last..limit].rfind(char::is_whitespace).map_or(last, |space| last + space)
}

/// The passage on one line, and where in the body it begins. White space keeps its length, so
/// that the places of matches stay true.
fn shown(body: &str, range: Range<usize>) -> (String, usize) {
    let passage = &body[range.clone()];
    let offset = range.start + (passage.len() - passage.trim_start().len());
    let text = passage.trim().replace(['\n', '\r', '\t'], " ");
    (text, offset)
}
