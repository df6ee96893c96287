//! Fits text into columns: wraps it, shortens it, and keeps track of the words that matched.
//!
//! Columns are counted with `unicode-width`, one user-perceived character at a time, so that a wide
//! character takes two and a combining mark none. Lines break at spaces and before a wide letter,
//! which is how Chinese and Japanese are broken; a word wider than a line is cut between
//! characters. The full line breaking of UAX #14 would also break at hyphens and keep opening
//! brackets from the end of a line; for passages of a few lines that is not worth its tables.
//!
//! Everything here takes time linear in the text.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::{Emphasis, Role, Style};
use crate::search::Cut;
use crate::text::printable;

const ELLIPSIS: &str = "…";

/// A text ready for the terminal, with the places of the words that matched.
#[derive(Debug, Default)]
pub(super) struct Passage {
    text: String,
    /// In order, not overlapping, on the boundaries of characters.
    matches: Vec<Range<usize>>,
    /// Where text before or behind it is left out.
    cut: Cut,
}

impl Passage {
    /// The printable form of `text`, with `highlights` marked as matches.
    ///
    /// Highlights are expected in order. One that starts or ends within a user-perceived character
    /// takes in the whole of it; one outside the text has no effect.
    pub(super) fn new(text: &str, highlights: &[Range<usize>], emphasis: Emphasis) -> Self {
        let mut passage = Self { text: String::with_capacity(text.len()), ..Self::default() };
        let mut highlights = highlights.iter().filter(|range| !range.is_empty()).peekable();
        let mut within = false;
        for (start, cluster) in text.grapheme_indices(true) {
            while highlights.next_if(|range| range.end <= start).is_some() {}
            let end = start + cluster.len();
            let matched = highlights.peek().is_some_and(|range| range.start < end);
            if matched != within {
                passage.turn(matched, emphasis);
                within = matched;
            }
            passage.text.push_str(&printable(cluster));
        }
        if within {
            passage.turn(false, emphasis);
        }
        passage
    }

    /// The printable form of a text in which nothing matched.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: printable(text).into_owned(), ..Self::default() }
    }

    /// The passage as one that is cut out of a text.
    pub(super) fn cut(self, cut: Cut) -> Self {
        Self { cut, ..self }
    }

    /// Starts or ends a match here.
    fn turn(&mut self, starts: bool, emphasis: Emphasis) {
        if starts {
            self.matches.push(self.text.len()..self.text.len());
        }
        if emphasis == Emphasis::Marks {
            self.text.push('*');
        }
        if let Some(last) = self.matches.last_mut() {
            last.end = self.text.len();
        }
    }

    /// The passage in pieces that matched and pieces that did not.
    pub(super) fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::with_capacity(2 * self.matches.len() + 1);
        let mut done = 0;
        for Range { start, end } in self.matches.iter().cloned() {
            pieces.extend([(&self.text[done..start], false), (&self.text[start..end], true)]);
            done = end;
        }
        pieces.push((&self.text[done..], false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    /// Whether there is nothing to read.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The passage in lines of at most `width` columns; none if it is blank.
    pub(super) fn lines(&self, width: usize) -> Vec<Line<'_>> {
        let line = |range| Line { passage: self, range, cut_before: false, cut_after: false };
        wrap(&self.text, width).into_iter().map(line).collect()
    }

    /// At most `n_lines` lines of at most `width` columns, those with the most matches; an ellipsis
    /// marks where text is left out.
    pub(super) fn excerpt(&self, width: usize, n_lines: usize) -> Vec<Line<'_>> {
        if self.cut == Cut::default() {
            let whole = self.lines(width);
            if whole.len() <= n_lines {
                return whole;
            }
        }
        // Room for two, since both ends of the excerpt may lie on one line.
        let mut lines = self.lines(width.saturating_sub(2));
        let (first, n_all) = (densest(&lines, n_lines), lines.len());
        lines.truncate(first + n_lines);
        lines.drain(..first);
        if let Some(line) = lines.first_mut() {
            line.cut_before = first > 0 || self.cut.before;
        }
        if let Some(line) = lines.last_mut() {
            line.cut_after = first + n_lines < n_all || self.cut.after;
        }
        lines
    }
}

/// Where those `n_lines` lines in a row start that have the most matches; of equals, the earliest.
fn densest(lines: &[Line<'_>], n_lines: usize) -> usize {
    let counts: Vec<usize> = lines.iter().map(|line| line.matches().len()).collect();
    let mut best = (0, 0);
    for (first, window) in counts.windows(n_lines.max(1)).enumerate() {
        let n_matches = window.iter().sum();
        if n_matches > best.1 {
            best = (first, n_matches);
        }
    }
    best.0
}

/// One line of a passage.
#[derive(Debug)]
pub(super) struct Line<'a> {
    passage: &'a Passage,
    range: Range<usize>,
    /// Whether text before it is left out.
    cut_before: bool,
    /// Whether text after it is left out.
    cut_after: bool,
}

impl Line<'_> {
    /// The matches that the line holds, wholly or in part.
    fn matches(&self) -> &[Range<usize>] {
        let matches = &self.passage.matches;
        let first = matches.partition_point(|range| range.end <= self.range.start);
        let after = matches.partition_point(|range| range.start < self.range.end);
        matches.get(first..after).unwrap_or_default()
    }

    /// Writes the line, what did not match in the ink of `role`, without a line break.
    pub(super) fn write(&self, out: &mut dyn Write, role: Role, style: Style) -> io::Result<()> {
        // Lines and matches both start and end on the boundaries of characters.
        let text = &self.passage.text;
        let mut done = self.range.start;
        out.write_all(if self.cut_before { ELLIPSIS } else { "" }.as_bytes())?;
        for matched in self.matches() {
            let start = matched.start.max(done);
            let end = matched.end.min(self.range.end);
            style.write(out, role, &text[done..start])?;
            style.write(out, Role::Match, &text[start..end])?;
            done = end;
        }
        style.write(out, role, &text[done..self.range.end])?;
        out.write_all(if self.cut_after { ELLIPSIS } else { "" }.as_bytes())
    }
}

/// Where the lines of a printable text lie when none may be wider than `width` columns (taken to
/// be at least 2, the width of one wide character). No line starts or ends with a space.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut wrapper = Wrapper { width: width.max(2), ..Wrapper::default() };
    for (start, cluster) in text.grapheme_indices(true) {
        let columns = cluster.width();
        if cluster == " " {
            wrapper.space(start);
        } else if columns <= wrapper.width {
            wrapper.place(start, columns, breaks_before(cluster, columns));
        } else {
            // Only in hostile text: a chain of joined letters longer than a line.
            for (offset, c) in cluster.char_indices() {
                wrapper.place(start + offset, c.width().unwrap_or_default(), false);
            }
        }
    }
    wrapper.finish(text.len())
}

/// Whether a line may start with this cluster although no space comes before it.
fn breaks_before(cluster: &str, columns: usize) -> bool {
    columns == 2 && cluster.starts_with(char::is_alphanumeric)
}

/// Fills lines greedily.
///
/// Always `line <= end <= word`: the line holds `line..end` for certain, and the word that starts
/// at `word` is still being read and may have to move to the next line.
#[derive(Debug, Default)]
struct Wrapper {
    width: usize,
    lines: Vec<Range<usize>>,
    line: usize,
    end: usize,
    word: usize,
    /// Columns from the start of the line, and from the start of the word.
    line_columns: usize,
    word_columns: usize,
}

impl Wrapper {
    /// Takes in a space at byte `at`.
    fn space(&mut self, at: usize) {
        if self.word < at {
            self.end = at;
        }
        self.start_word(at + 1);
        if self.line_columns == 0 {
            (self.line, self.end) = (self.word, self.word);
        } else {
            self.line_columns += 1;
        }
    }

    /// Takes in a character at byte `at`.
    fn place(&mut self, at: usize, columns: usize, may_break: bool) {
        if may_break && self.word < at {
            self.end = at;
            self.start_word(at);
        }
        if self.line_columns + columns > self.width && self.end > self.line {
            self.break_line(self.end);
        }
        if self.line_columns + columns > self.width && at > self.line {
            self.start_word(at);
            self.break_line(at);
        }
        self.line_columns += columns;
        self.word_columns += columns;
    }

    fn start_word(&mut self, at: usize) {
        self.word = at;
        self.word_columns = 0;
    }

    /// Ends the line at `end`; the next one starts with the word being read.
    fn break_line(&mut self, end: usize) {
        self.lines.push(self.line..end);
        (self.line, self.end) = (self.word, self.word);
        self.line_columns = self.word_columns;
    }

    fn finish(mut self, length: usize) -> Vec<Range<usize>> {
        let end = if self.word < length { length } else { self.end };
        if end > self.line {
            self.lines.push(self.line..end);
        }
        self.lines
    }
}

/// The columns that a printable text takes.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text in at most `width` columns, its end cut off if need be.
pub(super) fn fit(text: &str, width: usize) -> Cow<'_, str> {
    match prefix(text.graphemes(true), width) {
        None => Cow::Borrowed(text),
        Some(0) if width == 0 => Cow::Borrowed(""),
        Some(length) => Cow::Owned(format!("{}{ELLIPSIS}", text[..length].trim_end())),
    }
}

/// The text in at most `width` columns, its start cut off if need be: for paths, whose end tells
/// more.
pub(super) fn fit_end(text: &str, width: usize) -> Cow<'_, str> {
    match prefix(text.graphemes(true).rev(), width) {
        None => Cow::Borrowed(text),
        Some(0) if width == 0 => Cow::Borrowed(""),
        Some(length) => Cow::Owned(format!("{ELLIPSIS}{}", &text[text.len() - length..])),
    }
}

/// How many bytes of the clusters, in the order given, fit beside an ellipsis; `None` if all fit
/// without one.
fn prefix<'a>(clusters: impl Iterator<Item = &'a str>, width: usize) -> Option<usize> {
    let (mut columns, mut length, mut beside_ellipsis) = (0, 0, 0);
    for cluster in clusters {
        columns += cluster.width();
        if columns > width {
            return Some(beside_ellipsis);
        }
        length += cluster.len();
        if columns < width {
            beside_ellipsis = length;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_wrap(text: &str, width: usize, expected: &[&str]) {
        let lines: Vec<_> = wrap(text, width).into_iter().map(|range| &text[range]).collect();
        assert_eq!(lines, expected, "for {text:?} at {width}");
    }

    #[test]
    fn lines_break_at_spaces() {
        check_wrap("the harbour town voted", 11, &["the harbour", "town voted"]);
        check_wrap("the harbour town voted", 10, &["the", "harbour", "town voted"]);
        check_wrap("  a    b  ", 80, &["a    b"]);
        check_wrap("a         b", 5, &["a", "b"]);
        check_wrap("   ", 80, &[]);
        check_wrap("", 80, &[]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_cut() {
        check_wrap("a incomprehensible b", 6, &["a", "incomp", "rehens", "ible b"]);
        check_wrap("abcdef", 0, &["ab", "cd", "ef"]);
    }

    #[test]
    fn wide_letters_take_two_columns_and_break_anywhere() {
        check_wrap("港口城市投票", 8, &["港口城市", "投票"]);
        check_wrap("港口城市投票", 7, &["港口城", "市投票"]);
        check_wrap("ab港口", 5, &["ab港", "口"]);
        check_wrap("港口。城市", 4, &["港", "口。", "城市"]);
    }

    #[test]
    fn a_mark_stays_with_its_letter() {
        check_wrap("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]);
        check_wrap("👩‍👩‍👧👩‍👩‍👧", 2, &["👩‍👩‍👧", "👩‍👩‍👧"]);
    }

    #[test]
    fn a_chain_of_joined_letters_is_cut_after_all() {
        let chain = "\u{915}\u{94d}".repeat(10);
        assert_eq!(chain.graphemes(true).count(), 1);
        assert!(wrap(&chain, 4).len() > 1);
    }

    #[test]
    fn a_text_too_wide_is_shortened() {
        for (text, width, start, end) in [
            ("harbour", 7, "harbour", "harbour"),
            ("harbour", 6, "harbo…", "…rbour"),
            ("harbour town", 9, "harbour…", "…our town"),
            ("港口城市", 6, "港口…", "…城市"),
            ("e\u{301}tat", 3, "e\u{301}t…", "…at"),
            ("harbour", 1, "…", "…"),
            ("harbour", 0, "", ""),
            ("", 0, "", ""),
        ] {
            assert_eq!(fit(text, width), start, "for {text} at {width}");
            assert_eq!(fit_end(text, width), end, "for {text} at {width}");
        }
    }

    #[track_caller]
    fn check_marks(text: &str, highlights: &[Range<usize>], expected: &str) {
        assert_eq!(Passage::new(text, highlights, Emphasis::Marks).text, expected);
    }

    #[test]
    fn matches_are_marked_by_whole_characters() {
        let two = [0..3, 8..12];
        check_marks("the old town", &two, "*the* old *town*");
        let adjacent = [0..3, 3..7];
        check_marks("the old town", &adjacent, "*the old* town");
        check_marks("cafe\u{301} au lait", &[Range { start: 0, end: 4 }], "*cafe\u{301}* au lait");
        check_marks("港口", &[Range { start: 4, end: 5 }], "港*口*");
        check_marks("\u{1b}town", &[Range { start: 1, end: 5 }], "\u{fffd}*town*");
    }

    #[test]
    fn ranges_that_make_no_sense_do_no_harm() {
        let outside = [3..3, 40..50];
        check_marks("the old town", &outside, "the old town");
        check_marks("the", &[Range { start: 1, end: usize::MAX }], "t*he*");
        check_marks("the", &[Range { start: 2, end: 1 }], "the");
    }

    #[test]
    fn an_excerpt_shows_the_lines_with_most_matches() {
        let text = "one two three four five six seven eight";
        let highlights = [14..18, 19..23];
        let passage = Passage::new(text, &highlights, Emphasis::Plain);
        let lines = |n_lines| {
            let style = Style::new(80, Emphasis::Plain);
            let mut out = Vec::new();
            for line in passage.excerpt(11, n_lines) {
                line.write(&mut out, Role::Text, style).expect("memory takes all");
                out.push(b'\n');
            }
            String::from_utf8(out).expect("text")
        };
        assert_eq!(lines(9), "one two\nthree four\nfive six\nseven eight\n");
        assert_eq!(lines(2), "…three\nfour five…\n");
        assert_eq!(lines(1), "…four five…\n");
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_but_spaces(text in any::<String>(), width in 0..50_usize) {
            let text = printable(&text);
            let lines = wrap(&text, width);
            let kept: String = lines.iter().map(|range| &text[range.clone()]).collect();
            prop_assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
            for range in lines {
                let line = &text[range];
                prop_assert!(line.width() <= width.max(2), "{line:?}");
                // A blank that carries an accent is a sign like any other.
                let mut signs = line.graphemes(true);
                prop_assert!(signs.next() != Some(" ") && signs.next_back() != Some(" "));
            }
        }

        #[test]
        fn a_shortened_text_fits(text in any::<String>(), width in 0..50_usize) {
            let text = printable(&text);
            prop_assert!(fit(&text, width).width() <= width);
            prop_assert!(fit_end(&text, width).width() <= width);
        }
    }
}
