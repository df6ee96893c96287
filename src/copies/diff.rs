//! What an editor changed: two texts, word by word.
//!
//! Words and signs are compared. Where lines break does not count, as papers cut the same story into
//! paragraphs of their own, and neither does how they draw quotation marks and dashes. Lines that both texts have are set against each
//! other first, so that a moved quotation does not tear the rest apart, and only what lies between
//! them is compared by words (Myers 1986, "An O(ND) difference algorithm and its variations").

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::article::named_enum;

named_enum! {
    /// What became of a piece of text.
    Change {
        /// It is in both.
        Kept = "kept",
        /// It is in the first alone.
        Removed = "removed",
        /// It is in the second alone.
        Added = "added",
    }
}

/// A piece of text and what became of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Segment {
    /// What became of it.
    pub change: Change,
    /// As it stands, with the space or line break before it; what is kept, as it stands in the second
    /// text.
    pub text: String,
}

/// What tells two texts apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Difference {
    /// In the order of the texts. No two neighbours have become the same; what was removed stands
    /// before what was added instead.
    pub segments: Vec<Segment>,
    /// Words of both.
    pub kept: u64,
    /// Words of the first alone.
    pub removed: u64,
    /// Words of the second alone.
    pub added: u64,
}

/// More words than these of a piece without a common line are not compared but replaced: the time
/// grows with their number and the number of changes.
const MOST_WORDS: usize = 8_000;

impl Difference {
    /// From one text to another.
    pub fn between(before: &str, after: &str) -> Self {
        let (before, after) = (lines(before), lines(after));
        let mut difference = Self::default();
        for op in capture_diff_slices(Algorithm::Myers, &keys(&before), &keys(&after)) {
            let (old, new) = (&before[op.old_range()], &after[op.new_range()]);
            let (old, new) = (tokens(old), tokens(new));
            match op {
                DiffOp::Equal { .. } => difference.push(Change::Kept, &new),
                _ if old.len().max(new.len()) > MOST_WORDS => {
                    difference.push(Change::Removed, &old);
                    difference.push(Change::Added, &new);
                }
                _ => difference.compare(&old, &new),
            }
        }
        difference
    }

    /// Whether both texts have the same words and signs.
    pub fn is_none(&self) -> bool {
        self.segments.iter().all(|segment| segment.change == Change::Kept)
    }

    fn compare(&mut self, old: &[Token<'_>], new: &[Token<'_>]) {
        let keys = |tokens: &[Token<'_>]| tokens.iter().map(|it| plain(it.text)).collect();
        let (old_keys, new_keys): (Vec<String>, Vec<String>) = (keys(old), keys(new));
        for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
            let (old, new) = (&old[op.old_range()], &mut new[op.new_range()].to_vec());
            if let DiffOp::Equal { .. } = op {
                // What was removed before it may have begun the line that it begins now.
                if let (Some(Change::Removed), [first, ..]) = (self.last_change(), &mut **new) {
                    first.space = old[0].space;
                }
                self.push(Change::Kept, new);
            } else {
                self.push(Change::Removed, old);
                // What stands for something stands on its line.
                if let ([_, ..], [first, ..]) = (old, &mut **new)
                    && first.space == "\n"
                {
                    first.space = " ";
                }
                self.push(Change::Added, new);
            }
        }
    }

    fn last_change(&self) -> Option<Change> {
        Some(self.segments.last()?.change)
    }

    fn push(&mut self, change: Change, tokens: &[Token<'_>]) {
        if tokens.is_empty() {
            return;
        }
        let words = tokens.iter().filter(|token| token.is_word()).count() as u64;
        *match change {
            Change::Kept => &mut self.kept,
            Change::Removed => &mut self.removed,
            Change::Added => &mut self.added,
        } += words;
        if self.last_change() != Some(change) {
            self.segments.push(Segment { change, text: String::new() });
        }
        if let Some(last) = self.segments.last_mut() {
            let is_first = self.kept + self.removed + self.added == words && last.text.is_empty();
            let begin = if is_first { "" } else { tokens[0].space };
            last.text.extend([begin, tokens[0].text]);
            tokens[1..].iter().for_each(|token| last.text.extend([token.space, token.text]));
        }
    }
}

/// A word or a sign.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    /// Nothing, a space or a line break.
    space: &'static str,
    text: &'a str,
}

impl Token<'_> {
    fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }
}

/// The lines of a text that are not blank.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// What lines are compared by.
fn keys(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| plain(&line.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

/// A text with quotation marks, apostrophes and dashes as typewriters have them.
fn plain(text: &str) -> String {
    let plain = |c| match c {
        '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The words and signs of lines.
fn tokens<'a>(lines: &[&'a str]) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    for line in lines {
        let mut space = "\n";
        for text in line.split_word_bounds() {
            if text.trim().is_empty() {
                space = " ";
            } else {
                tokens.push(Token { space, text });
                space = "";
            }
        }
    }
    tokens
}
