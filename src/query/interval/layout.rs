//! How an article is laid out: its title, its sentences, its paragraphs, its capitals.

use super::super::ast::{Letters, Zone};
use super::Interval;

/// Where sentences and paragraphs begin, by the positions of their first words, and which words
/// have capitals; ascending.
///
/// The title comes first; the body begins with the first paragraph. Without a paragraph everything
/// is title.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// Words with capitals and small letters.
    pub(crate) some_capitals: Vec<u32>,
    /// Words with capitals alone.
    pub(crate) all_capitals: Vec<u32>,
    /// Beginnings of sentences that begin neither the title nor a paragraph.
    pub(crate) sentences: Vec<u32>,
    /// Beginnings of paragraphs of the body.
    pub(crate) paragraphs: Vec<u32>,
}

impl Layout {
    /// Whether all of the interval stands in one sentence.
    pub(super) fn is_in_one_sentence(&self, interval: Interval) -> bool {
        !begins_within(&self.sentences, interval) && self.is_in_one_paragraph(interval)
    }

    /// Whether all of the interval stands in one paragraph, or in the title.
    pub(super) fn is_in_one_paragraph(&self, interval: Interval) -> bool {
        !begins_within(&self.paragraphs, interval)
    }

    /// Whether all of the interval stands in the title, or all in the body.
    pub(super) fn is_in_one_part(&self, interval: Interval) -> bool {
        let body = self.paragraphs.get(..1).unwrap_or_default();
        !begins_within(body, interval)
    }

    /// Whether all of the interval stands in `zone`.
    pub(super) fn is_within(&self, Interval { first, last, .. }: Interval, zone: Zone) -> bool {
        let body = self.paragraphs.first().copied().unwrap_or(u32::MAX);
        let second = self.paragraphs.get(1).copied().unwrap_or(u32::MAX);
        match zone {
            Zone::Title => last < body,
            Zone::TitleAndLead => last < second,
            Zone::Lead => first >= body && last < second,
            Zone::First(words) => first >= body && last - body < words,
            Zone::Body => first >= body,
        }
    }
}

impl Layout {
    /// Whether the word or compound that fills the interval is written with such letters.
    pub(super) fn is_written(&self, interval: Interval, letters: Letters) -> bool {
        match letters {
            Letters::SomeCapitals => {
                n_within(&self.some_capitals, interval) + n_within(&self.all_capitals, interval) > 0
            }
            Letters::AllCapitals => n_within(&self.all_capitals, interval) == interval.width(),
            Letters::NoCapitals => !self.is_written(interval, Letters::SomeCapitals),
        }
    }
}

/// How many of `positions` lie in the interval.
fn n_within(positions: &[u32], Interval { first, last, .. }: Interval) -> u32 {
    let from = positions.partition_point(|&position| position < first);
    let within = positions[from..].iter().take_while(|&&position| position <= last);
    within.map(|_| 1).sum()
}

/// Whether one of `beginnings` lies behind the first word of the interval and not behind its last.
fn begins_within(beginnings: &[u32], Interval { first, last, .. }: Interval) -> bool {
    let next = beginnings.partition_point(|&beginning| beginning <= first);
    beginnings.get(next).is_some_and(|&beginning| beginning <= last)
}
