//! Which run of lines is the story.
//!
//! Each line counts for or against it; the story is the run with the highest sum (Pasternack and
//! Roth 2009, "Extracting article text from the web with maximum subsequence segmentation"). On a
//! whole page that is not enough, as a hundred comments outweigh the story that they are about.
//! The page is therefore cut where comments or long menus stand, and the first part that holds a
//! story worth the name is taken: what a site adds, it adds below.

use std::ops::Range;

use super::lines::Kind;

/// Lines without a sentence that part one text of a page from the next.
const GAP: usize = 10;

/// Part of the highest sum that the first story must reach, in percent.
const FIRST: i64 = 50;

/// Words from which on a paragraph counts in full, whatever its neighbours: teasers are shorter.
const LONG: usize = 60;

/// Lines from the first paragraph to the rest of the story, at most.
const LEAD_APART: usize = 4;

/// Words that such a paragraph has at least; a caption or teaser often has fewer.
const FEWEST_IN_LEAD: usize = 15;

/// Successive lines and the sum of their scores.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Run {
    pub(super) lines: Range<usize>,
    pub(super) sum: i64,
}

/// The run of successive lines with the highest sum of scores; empty if none is above zero. Of
/// equal ones the longest that starts first.
pub(super) fn best_run(scores: &[i64]) -> Run {
    let mut best = Run::default();
    let (mut start, mut sum) = (0, 0);
    for (at, score) in scores.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (at, 0);
        }
        sum += score;
        if sum > best.sum {
            best = Run { lines: start..at + 1, sum };
        }
    }
    best
}

/// The story among the lines of a whole page; empty if nothing reads like one.
pub(super) fn story_run(kinds: &[Kind]) -> Range<usize> {
    let scores = scores(kinds);
    let runs: Vec<Run> = parts(kinds)
        .map(|part| {
            let Run { lines, sum } = best_run(&scores[part.clone()]);
            Run { lines: part.start + lines.start..part.start + lines.end, sum }
        })
        .collect();
    let highest = runs.iter().map(|run| run.sum).max().unwrap_or_default();
    let first = runs.into_iter().find(|run| run.sum > 0 && run.sum * 100 >= highest * FIRST);
    let Some(Run { lines, .. }) = first else { return 0..0 };
    let lead = lead(kinds, lines.start);
    lead.unwrap_or(lines.start)..lines.end
}

/// The first paragraph of the story that starts at `start`, where a picture or a row of buttons
/// stands between them.
fn lead(kinds: &[Kind], start: usize) -> Option<usize> {
    let before = start.saturating_sub(LEAD_APART)..start;
    let is_lead = |at: &usize| matches!(kinds[*at], Kind::Prose(FEWEST_IN_LEAD..));
    let lead = before.into_iter().find(is_lead)?;
    let between = &kinds[lead..start];
    let is_of_list = |kind: &Kind| matches!(kind, Kind::Listed | Kind::Stamped);
    (!between.iter().any(is_of_list)).then_some(lead)
}

/// What each line counts for. A shorter paragraph without another next to it counts half: it may be
/// the teaser below a headline. Furniture between two paragraphs does not part them.
fn scores(kinds: &[Kind]) -> Vec<i64> {
    let mut scores: Vec<i64> = kinds.iter().map(|kind| kind.score()).collect();
    let text: Vec<usize> = (0..kinds.len()).filter(|&at| kinds[at].furniture().is_none()).collect();
    let is_sentences = |place: Option<usize>| {
        place.and_then(|place| text.get(place)).is_some_and(|&at| kinds[at].is_sentences())
    };
    for (place, &at) in text.iter().enumerate() {
        let is_alone = !is_sentences(place.checked_sub(1)) && !is_sentences(Some(place + 1));
        if is_alone && matches!(kinds[at], Kind::Prose(..LONG)) {
            scores[at] /= 2;
        }
    }
    scores
}

/// The parts of a page. Each begins with a sentence, after many lines without one or after the
/// stamp of a comment; the first begins with the page.
fn parts(kinds: &[Kind]) -> impl Iterator<Item = Range<usize>> {
    let mut starts = vec![0];
    let (mut quiet, mut stamped) = (0, false);
    for (at, kind) in kinds.iter().enumerate() {
        if kind.is_sentences() {
            if quiet >= GAP || stamped {
                starts.push(at);
            }
            (quiet, stamped) = (0, false);
        } else {
            quiet += 1;
            stamped |= *kind == Kind::Stamped;
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([kinds.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [Kind; 3] = [Kind::Prose(40), Kind::Prose(50), Kind::Prose(30)];

    #[track_caller]
    fn check(parts: &[&[Kind]], meant: Range<usize>) {
        assert_eq!(story_run(&parts.concat()), meant);
    }

    #[test]
    fn the_first_story_is_taken_not_the_longest() {
        let menu = [Kind::Short; GAP];
        check(&[&menu, &STORY, &menu, &STORY, &[Kind::Prose(90)]], 10..13);
        check(&[&[Kind::Prose(12)], &menu, &STORY], 11..14);
        check(&[&STORY, &menu[1..], &STORY], 0..15);
    }

    #[test]
    fn a_stamp_parts_comments_from_the_story() {
        let comment = [Kind::Stamped, Kind::Prose(80)];
        check(&[&STORY, &comment, &comment, &comment], 0..3);
    }

    #[test]
    fn a_first_paragraph_above_buttons_belongs_to_the_story() {
        let buttons = [Kind::Appeal, Kind::Repeated, Kind::Short];
        check(&[&[Kind::Short, Kind::Prose(20)], &buttons, &STORY], 1..8);
        check(&[&[Kind::Short, Kind::Prose(14)], &buttons, &STORY], 5..8);
        check(&[&[Kind::Prose(20), Kind::Listed], &buttons[1..], &STORY], 4..7);
        check(&[&[Kind::Prose(20)], &buttons, &buttons, &STORY], 7..10);
    }

    #[test]
    fn teasers_do_not_make_a_story() {
        let teaser = [Kind::Short, Kind::Prose(14)];
        check(&[&teaser, &teaser, &teaser, &teaser[..1], &STORY], 7..10);
        check(&[&teaser[..1]], 0..0);
        check(&[], 0..0);
    }
}
