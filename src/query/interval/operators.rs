//! The operators of [`super::Places`], over lists of intervals that are minimal and in order.

use std::cmp::Reverse;

use super::super::ast::{Proximity, Reach};
use super::{Filling, Interval, Layout};

impl Interval {
    pub(super) fn width(self) -> u32 {
        self.last - self.first + 1
    }

    /// From the first word of both to the last.
    fn joined(self, other: Self) -> Self {
        let (first, last) = (self.first.min(other.first), self.last.max(other.last));
        Self { first, last, filling: Filling::Open }
    }

    /// How many words stand between this and `behind`; `None` where it does not begin behind this.
    fn words_before(self, behind: Self) -> Option<u32> {
        behind.first.checked_sub(self.last)?.checked_sub(1)
    }

    /// Whether the word at a position is known to belong to what matched.
    fn occupies(self, position: u32) -> bool {
        match self.filling {
            Filling::Solid => (self.first..=self.last).contains(&position),
            Filling::Open => position == self.first || position == self.last,
        }
    }

    fn shares_a_word(self, other: Self) -> bool {
        self.occupies(other.first)
            || self.occupies(other.last)
            || other.occupies(self.first)
            || other.occupies(self.last)
    }
}

/// Only those that hold no other, in order.
fn minimal(mut intervals: Vec<Interval>) -> Vec<Interval> {
    // Backwards, a shorter one with the same start comes first, and of equal ones the open one,
    // which leaves more room for others.
    intervals.sort_unstable_by_key(|it| (it.first, Reverse(it.last), it.filling));
    let mut kept: Vec<Interval> = Vec::with_capacity(intervals.len());
    for interval in intervals.into_iter().rev() {
        if kept.last().is_none_or(|behind| interval.last < behind.last) {
            kept.push(interval);
        }
    }
    kept.reverse();
    kept
}

/// What stands at any of these places.
pub(super) fn any_of(intervals: Vec<Interval>) -> Vec<Interval> {
    minimal(intervals)
}

/// Words at exactly their offsets, which begin with 0, in `width` positions.
pub(super) fn run(words: &[(u32, Vec<u32>)], width: u32) -> Vec<Interval> {
    let Some(((_, firsts), others)) = words.split_first() else { return Vec::new() };
    let mut next = vec![0_usize; others.len()];
    let mut found = Vec::new();
    for &first in firsts {
        let complete = others.iter().zip(&mut next).all(|((offset, positions), next)| {
            let wanted = first + offset;
            *next += positions[*next..].partition_point(|&position| position < wanted);
            positions.get(*next) == Some(&wanted)
        });
        if complete {
            found.push(Interval { first, last: first + width - 1, filling: Filling::Solid });
        }
    }
    found
}

/// `apart`, and the words at `joined` where none of those starts.
pub(super) fn where_nothing_starts(apart: Vec<Interval>, joined: &[u32]) -> Vec<Interval> {
    let starts = |first: u32| apart.binary_search_by_key(&first, |it| it.first).is_ok();
    let words = joined.iter().filter(|&&at| !starts(at));
    let words = words.map(|&at| Interval { first: at, last: at, filling: Filling::Solid });
    let words: Vec<_> = words.collect();
    minimal(apart.into_iter().chain(words).collect())
}

/// One of each of `parts` in their order, with at most `slop` other words among them.
pub(super) fn in_order(parts: &[Vec<Interval>], slop: u32) -> Vec<Interval> {
    let Some((firsts, others)) = parts.split_first() else { return Vec::new() };
    let mut next = vec![0_usize; others.len()];
    let mut found = Vec::new();
    for &start in firsts {
        let (mut end, mut between) = (start, 0_u32);
        // The nearest next part leaves the shortest way, and the next start needs none before it.
        let complete = others.iter().zip(&mut next).all(|(part, next)| {
            *next += part[*next..].partition_point(|it| it.first <= end.last);
            let Some(&behind) = part.get(*next) else { return false };
            between = between.saturating_add(end.words_before(behind).unwrap_or_default());
            end = behind;
            true
        });
        if !complete {
            break;
        }
        if between <= slop {
            let filling = if between == 0 { Filling::Solid } else { Filling::Open };
            found.push(Interval { first: start.first, last: end.last, filling });
        }
    }
    minimal(found)
}

/// A part of a phrase in any order, and how often the phrase has it.
struct Needed<'a> {
    places: &'a [Interval],
    times: usize,
    seen: usize,
    width: u32,
}

/// One of each of `parts` in any order, with at most `slop` other words among them. Equal parts
/// need as many places.
pub(super) fn in_any_order(parts: &[Vec<Interval>], slop: u32) -> Vec<Interval> {
    let mut needed: Vec<Needed<'_>> = Vec::new();
    for places in parts {
        match needed.iter_mut().find(|it| it.places == places) {
            Some(same) => same.times += 1,
            None => needed.push(Needed { places, times: 1, seen: 0, width: 0 }),
        }
    }
    let events =
        needed.iter().enumerate().flat_map(|(part, it)| it.places.iter().map(move |p| (*p, part)));
    let mut events: Vec<(Interval, usize)> = events.collect();
    events.sort_unstable_by_key(|(interval, _)| (interval.first, interval.last));
    let mut missing = needed.len();
    let mut found = Vec::new();
    let mut start = 0;
    for &(interval, part) in &events {
        let entering = &mut needed[part];
        entering.seen += 1;
        entering.width = interval.width();
        missing -= usize::from(entering.seen == entering.times);
        while missing == 0 {
            let (first, leaving) = events[start];
            let words: usize = needed.iter().map(|it| it.times * it.width as usize).sum();
            let whole = first.joined(interval);
            let others = (whole.width() as usize).saturating_sub(words);
            if others <= slop as usize {
                let filling = if others == 0 { Filling::Solid } else { Filling::Open };
                found.push(Interval { filling, ..whole });
            }
            let leaving = &mut needed[leaving];
            missing += usize::from(leaving.seen == leaving.times);
            leaving.seen -= 1;
            start += 1;
        }
    }
    minimal(found)
}

/// One of `left` near to one of `right`.
///
/// They may overlap where one reaches across the other, as the chain `a w/5 b w/5 c` does in
/// `a c b`, but share no word.
pub(super) fn near(
    left: &[Interval],
    right: &[Interval],
    proximity: Proximity,
    layout: &Layout,
) -> Vec<Interval> {
    let mut found = Vec::new();
    for &one in left {
        // All that overlap with this one, with a neighbour on either side: those farther off make
        // longer intervals around these.
        let overlapping = right.partition_point(|it| it.last < one.first);
        let behind = right.partition_point(|it| it.first <= one.last);
        let from = if proximity.ordered { behind } else { overlapping.saturating_sub(1) };
        for &other in &right[from..right.len().min(behind + 1)] {
            let whole = one.joined(other);
            let between = one.words_before(other).or_else(|| other.words_before(one));
            let apart = between.is_some() || !one.shares_a_word(other);
            let near = match proximity.reach {
                Reach::Words(most) => between.unwrap_or(0) <= most && layout.is_in_one_part(whole),
                Reach::Sentence => layout.is_in_one_sentence(whole),
                Reach::Paragraph => layout.is_in_one_paragraph(whole),
            };
            if apart && near {
                found.push(whole);
            }
        }
    }
    minimal(found)
}

/// How many of the intervals can be taken that share no word.
pub(crate) fn count_apart(intervals: &[Interval]) -> usize {
    let mut count = 0;
    let mut taken_to = None;
    for interval in intervals {
        if taken_to.is_none_or(|last| interval.first > last) {
            taken_to = Some(interval.last);
            count += 1;
        }
    }
    count
}
