//! Where a passage begins and ends: with sentences, where they are not too long.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Cut;
use crate::analysis::{Breaks, tokenize};

/// How long a passage is, in bytes: about two or three lines of a terminal. One with answers that
/// take as much holds those and [`LITTLE`] else.
pub(super) const LENGTH: usize = 210;

/// How many bytes there are for the rest of the sentences of a long answer: a few words.
const LITTLE: usize = 24;

/// How far before a passage text is looked at, in bytes, to see whether a sentence begins with it:
/// most words are shorter.
const LOOK_BACK: usize = 48;

/// A passage, and whether the sentences at its ends are whole.
pub(super) struct Bounds {
    pub(super) range: Range<usize>,
    pub(super) cut: Cut,
}

/// The passage of `body` around the bytes `inner`, all of it within `free`.
///
/// It begins with the sentence of the first answer and goes on for as many whole sentences of the
/// paragraph as there is room for; then it takes in those before. Of a sentence that is too long
/// some words are shown.
pub(super) fn bounds(body: &str, inner: &Range<usize>, free: &Range<usize>) -> Bounds {
    let most = LENGTH.max(inner.len() + LITTLE);
    let room = most - inner.len();
    let sentences = Sentences::around(body, inner, room);
    let earliest = body.ceil_char_boundary(inner.start.saturating_sub(room)).max(free.start);
    let starts = || sentences.starts.iter().copied().filter(|&start| start >= earliest);
    let whole = starts().rfind(|&start| start <= inner.start);
    let start = whole.unwrap_or_else(|| {
        let half = body.ceil_char_boundary(inner.start - room.min(inner.start) / 2);
        first_word(body, half.max(earliest).max(sentences.paragraph.start)..inner.start)
    });
    let cut_before = whole.is_none();
    let fits = |end: usize| end >= inner.end && end <= free.end && end - start <= most;
    let whole = sentences.ends().filter(|&end| fits(end)).max();
    let end = whole.unwrap_or_else(|| {
        let limit = body.floor_char_boundary(start + most).min(free.end);
        last_word(body, inner.end..limit.min(sentences.paragraph.end).max(inner.end))
    });
    let cut = Cut { before: cut_before, after: whole.is_none() && end < body.len() };
    let start = starts().find(|&it| it <= start && end - it <= most).unwrap_or(start);
    Bounds { range: trimmed(body, start..end, inner), cut }
}

/// The sentences around an answer.
struct Sentences {
    /// Where they begin, in order.
    starts: Vec<usize>,
    /// The paragraph of the answer, as far as it was looked at.
    paragraph: Range<usize>,
    /// Whether it was looked at to its end.
    is_whole: bool,
}

impl Sentences {
    /// Those that begin up to `room` bytes before `inner`, or behind that.
    fn around(body: &str, inner: &Range<usize>, room: usize) -> Self {
        let from = body.floor_char_boundary(inner.start.saturating_sub(room + LOOK_BACK));
        let to = body.floor_char_boundary((inner.end + room + LOOK_BACK).min(body.len()));
        let before = body[from..inner.start].rfind(is_line_break);
        let behind = body[inner.end..to].find(is_line_break);
        let start = before.map_or(from, |at| body.ceil_char_boundary(from + at + 1));
        let end = behind.map_or(to, |at| inner.end + at);
        let begins = before.is_some() || from == 0;
        let mut starts = Vec::new();
        let mut breaks = Breaks::new(&body[start..end]);
        let mut last = None;
        tokenize(&body[start..end], |token| {
            let is_start = breaks.before(&token).is_some() && (begins || last.is_some());
            if is_start {
                let between = last.map(|last| last..token.range.start);
                starts.push(start + between.map_or(0, |it| opening(&body[start..], it)));
            }
            last = Some(token.range.end);
        });
        let is_whole = behind.is_some() || to == body.len();
        Self { starts, paragraph: start..end, is_whole }
    }

    /// Where sentences end: behind the white space that follows them.
    fn ends(&self) -> impl Iterator<Item = usize> {
        let starts = self.starts.iter().copied().skip(1);
        starts.chain(self.is_whole.then_some(self.paragraph.end))
    }
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Where a sentence begins whose first word stands behind `between`: with what opens a quotation.
fn opening(text: &str, between: Range<usize>) -> usize {
    let ends = |c: char| c.is_whitespace() || "。！？｡।.!?…؟۔”’」』）)》".contains(c);
    let last = text[between.clone()].char_indices().rfind(|(_, c)| ends(*c));
    last.map_or(between.end, |(at, c)| between.start + at + c.len_utf8())
}

/// Where the first word of `range` begins that is whole; its end, if there is none.
fn first_word(text: &str, range: Range<usize>) -> usize {
    let text = &text[range.clone()];
    let word =
        text.char_indices().find(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    // Some scripts go without spaces.
    let character = || text.grapheme_indices(true).nth(1).map(|(at, _)| at);
    word.or_else(character).map_or(range.end, |at| range.start + at)
}

/// Where the last word of `range` ends that is whole; its start, if there is none.
fn last_word(text: &str, range: Range<usize>) -> usize {
    if range.end == text.len() {
        return range.end;
    }
    let text = &text[range.clone()];
    let space = text.rfind(char::is_whitespace);
    let character = || text.grapheme_indices(true).next_back().map(|(at, _)| at);
    space.or_else(character).map_or(range.start, |at| range.start + at)
}

/// `range` without white space at its ends, but with all of `inner`.
fn trimmed(text: &str, range: Range<usize>, inner: &Range<usize>) -> Range<usize> {
    let start = inner.start - text[range.start..inner.start].trim_start().len();
    let end = inner.end + text[inner.end..range.end].trim_end().len();
    start..end
}
