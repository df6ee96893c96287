//! A page's own title taken apart: headline, section, name of the site.
//!
//! `<title>` and its kin put these in a row, in any order, between marks of any kind. Which part is
//! which is not told by its place: the site stands in front on one page in twenty, and a headline
//! may hold a dash itself. So parts are only taken off that are known for what they are.

use std::ops::Range;

use super::{Names, squeezed};

/// Characters that part a title.
const MARKS: &[char] = &[
    '|', '｜', '¦', '_', '-', '–', '—', '―', ':', '：', '·', '•', '●', '»', '«', '›', '‹', '/',
    '~', '>', '<', '*', '→', '←',
];

/// Parts into which a title is taken at most. Real ones have five or fewer; the number of runs of
/// parts grows with the square.
const MOST_PARTS: usize = 10;

/// Words of the name of a section, at most.
const SECTION_WORDS: usize = 5;

/// What stands between two parts of a title.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Joint {
    /// A mark that headlines use themselves, as in "Brexit: what now".
    Weak,
    /// A dash or its like, spaced: in a title it parts, in a headline it may.
    Dash,
    /// A mark that no headline is written with.
    Hard,
}

/// A title and where it may be parted.
#[derive(Debug)]
pub(super) struct Segments<'t> {
    text: &'t str,
    parts: Vec<Range<usize>>,
    /// One between each two parts.
    joints: Vec<Joint>,
}

impl<'t> Segments<'t> {
    /// Parts `text`.
    pub(super) fn of(text: &'t str) -> Self {
        let mut segments = Self { text, parts: Vec::new(), joints: Vec::new() };
        let mut start = 0;
        let mut characters = text.char_indices().peekable();
        while let Some((at, mark)) = characters.next() {
            if !MARKS.contains(&mark) || segments.joints.len() + 1 >= MOST_PARTS {
                continue;
            }
            let mut end = at + mark.len_utf8();
            while let Some((next, more)) = characters.next_if(|(_, c)| MARKS.contains(c)) {
                end = next + more.len_utf8();
            }
            let Some(joint) = joint(&text[..at], &text[at..end], &text[end..]) else { continue };
            if segments.push(start..at) {
                segments.joints.push(joint);
            }
            start = end;
        }
        if !segments.push(start..text.len()) {
            segments.joints.pop();
        }
        segments
    }

    /// Adds a part, unless it holds nothing that could be read.
    fn push(&mut self, range: Range<usize>) -> bool {
        let part = &self.text[range.clone()];
        let from = range.start + (part.len() - part.trim_start().len());
        let until = range.start + part.trim_end().len();
        let is_read = part.contains(char::is_alphanumeric);
        if is_read {
            self.parts.push(from..until);
        }
        is_read
    }

    /// Whether there is more than one part.
    pub(super) fn is_parted(&self) -> bool {
        self.parts.len() > 1
    }

    /// Whether `text` is one of its parts, and not the longest.
    pub(super) fn has_lesser_part(&self, text: &str) -> bool {
        let text = squeezed(text);
        let is_part = |range: &Range<usize>| squeezed(&self.text[range.clone()]) == text;
        text != squeezed(self.longest_part()) && self.parts.iter().any(is_part)
    }

    /// The part with the most letters, the first of equals.
    pub(super) fn longest_part(&self) -> &'t str {
        let parts = (0..self.parts.len()).map(|at| self.run(at..at + 1));
        parts.rev().max_by_key(|part| squeezed(part).len()).unwrap_or_default()
    }

    /// Every run of neighbouring parts, with the marks between them, longest first.
    pub(super) fn runs(&self) -> Vec<&'t str> {
        let n = self.parts.len();
        let runs = (1..=n).rev().flat_map(|length| (0..=n - length).map(move |at| (at, length)));
        runs.map(|(at, length)| self.run(at..at + length)).collect()
    }

    fn run(&self, parts: Range<usize>) -> &'t str {
        &self.text[self.parts[parts.start].start..self.parts[parts.end - 1].end]
    }

    /// The text without the parts at its ends that name the site, or, behind a mark that is `least`
    /// as strong, a section.
    pub(super) fn headline(&self, names: &Names, least: Joint) -> &'t str {
        if self.parts.is_empty() {
            return self.text.trim();
        }
        let mut kept = 0..self.parts.len();
        while kept.len() > 1
            && let Some(less) = self.without_one(&kept, names, least)
        {
            kept = less;
        }
        self.run(kept)
    }

    /// `kept` without the parts at one end, if they are no headline. The name of a site may hold
    /// marks itself, so up to three parts are tried for one.
    fn without_one(
        &self,
        kept: &Range<usize>,
        names: &Names,
        least: Joint,
    ) -> Option<Range<usize>> {
        let most = (kept.len() - 1).min(3);
        for length in (1..=most).rev() {
            let back = kept.end - length..kept.end;
            if names.is_site(self.run(back.clone())) {
                return Some(kept.start..back.start);
            }
            let front = kept.start..kept.start + length;
            if names.is_site(self.run(front.clone())) {
                return Some(front.end..kept.end);
            }
        }
        let (back, front) = (kept.end - 1..kept.end, kept.start..kept.start + 1);
        let but_last = kept.start..back.start;
        if self.joints[but_last.end - 1] >= least
            && names.is_section(self.run(back))
            && self.outweighs(&but_last, kept.end - 1)
        {
            return Some(but_last);
        }
        let but_first = front.end..kept.end;
        // "Flu – a harmless illness" is a headline, though there is a section on flu.
        (self.joints[front.start] == Joint::Hard
            && names.is_section(self.run(front.clone()))
            && self.outweighs(&but_first, front.start))
        .then_some(but_first)
    }

    /// Whether the parts `rest` say more than the part `other`, which is short.
    fn outweighs(&self, rest: &Range<usize>, other: usize) -> bool {
        let other = self.run(other..other + 1);
        let words = other.split_whitespace().count();
        words <= SECTION_WORDS && squeezed(self.run(rest.clone())).len() > squeezed(other).len()
    }
}

/// Whether `mark` parts the text before it from that after it, and how strongly.
///
/// With space around it any mark does. Without, bars and underscores do, which no headline has, and
/// a dash where it touches a script that writes without spaces and knows no compounds with it.
fn joint(before: &str, mark: &str, after: &str) -> Option<Joint> {
    let (last, next) = (before.chars().next_back()?, after.chars().next()?);
    let spaced = last.is_whitespace() && next.is_whitespace();
    let touches_unspaced = is_unspaced(last) || is_unspaced(next);
    match mark.chars().next()? {
        '|' | '｜' | '¦' | '_' => Some(Joint::Hard),
        ':' if mark.len() > 1 => Some(Joint::Hard),
        ':' if next.is_whitespace() => Some(Joint::Weak),
        '：' => Some(Joint::Weak),
        '<' | '>' | '*' if !spaced => None,
        '»' | '›' | '·' | '•' | '●' | '>' if spaced => Some(Joint::Hard),
        _ if spaced => Some(Joint::Dash),
        '-' | '–' | '—' if touches_unspaced => Some(Joint::Hard),
        '-' | '–' | '—' if next.is_whitespace() || last.is_whitespace() => Some(Joint::Weak),
        _ => None,
    }
}

/// Whether a character is of a script that writes words without spaces between them.
pub(in crate::metadata) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, parts: &[&str]) {
        let segments = Segments::of(text);
        let got: Vec<&str> =
            segments.parts.iter().map(|range| &segments.text[range.clone()]).collect();
        assert_eq!(got, parts, "for `{text}`");
        assert_eq!(segments.joints.len() + 1, segments.parts.len().max(1), "for `{text}`");
    }

    #[test]
    fn a_title_is_parted_at_marks_of_any_kind() {
        check("Port opens | World | Gull", &["Port opens", "World", "Gull"]);
        check("Port opens|World_Gull", &["Port opens", "World", "Gull"]);
        check("Порт открыт :: Мир :: Чайка", &["Порт открыт", "Мир", "Чайка"]);
        check("GULL.EXAMPLE::: Port / opens", &["GULL.EXAMPLE", "Port", "opens"]);
        check("港口重新开放-国际新闻-海鸥网", &["港口重新开放", "国际新闻", "海鸥网"]);
        check("Port opens » Gull", &["Port opens", "Gull"]);
        check("Gull: port opens", &["Gull", "port opens"]);
    }

    #[test]
    fn marks_within_words_part_nothing() {
        for text in ["Twenty-one ships", "At 10:30 on Monday", "and/or", "«Чайка» идёт в порт", "-"]
        {
            assert!(!Segments::of(text).is_parted(), "for `{text}`");
        }
    }

    #[test]
    fn a_title_of_marks_has_no_parts_and_a_long_one_few() {
        check("", &[]);
        check("| - |", &[]);
        assert!(Segments::of(&"a | ".repeat(10_000)).parts.len() <= MOST_PARTS);
    }
}
