//! The lines of a page, as numbers that can be counted.

use unicode_normalization::UnicodeNormalization as _;
use xxhash_rust::xxh3::xxh3_64;

use crate::clean::guard;
use crate::clean::sentences::paragraphs;
use crate::clean::words::count_words;
use crate::metadata::one_line;

/// Longest line that is counted, in bytes: of a text this long no publisher has a template.
const LONGEST: usize = 2_000;

/// Words from which on a line is long, and needs more evidence to be template.
const LONG: usize = 25;

/// The bit of a fingerprint that tells long lines from others.
const LONG_BIT: u64 = 1;

/// The fingerprint of `line`: its words, folded, with every number read as 0. `None` for lines
/// without a letter, which are known for what they are, and for the longest.
pub(super) fn fingerprint(line: &str) -> Option<u64> {
    if line.len() > LONGEST {
        return None;
    }
    let mut folded = Folded { text: String::with_capacity(line.len()), has_letter: false };
    if line.is_ascii() {
        line.chars().for_each(|c| folded.push(c.to_ascii_lowercase()));
    } else {
        line.nfkc().flat_map(char::to_lowercase).for_each(|c| folded.push(c));
    }
    let Folded { text, has_letter } = folded;
    let long = u64::from(count_words(line) >= LONG);
    has_letter.then(|| xxh3_64(text.trim_end().as_bytes()) & !LONG_BIT | long)
}

/// Whether the line of this fingerprint is long.
pub(super) fn is_long(fingerprint: u64) -> bool {
    fingerprint & LONG_BIT == 1
}

/// A line as it is compared: one space between words, one `0` for each run of digits.
struct Folded {
    text: String,
    has_letter: bool,
}

impl Folded {
    fn push(&mut self, c: char) {
        let folded = if c.is_alphabetic() {
            self.has_letter = true;
            c
        } else if c.is_numeric() {
            '0'
        } else {
            ' '
        };
        // `4,000` and `4 May 5:30` are one number as well.
        if folded == '0' && self.text.ends_with("0 ") {
            self.text.pop();
        }
        let starts = folded == ' ' && self.text.is_empty();
        let again = matches!(folded, ' ' | '0') && self.text.ends_with(folded);
        if !starts && !again {
            self.text.push(folded);
        }
    }
}

/// The distinct lines of a text, sorted.
pub fn text_lines(text: &str) -> Vec<u64> {
    distinct_lines(&paragraphs(text))
}

/// The distinct lines that a page shows, sorted.
pub fn html_lines(html: &str) -> Vec<u64> {
    distinct_lines(&html_text(html))
}

/// What a page shows, line by line.
pub fn html_text(html: &str) -> Vec<String> {
    let page = guard::parse(html).page;
    page.select("head, script, style, noscript, template").remove();
    page.formatted_text().lines().map(one_line).collect()
}

/// The distinct lines among `lines`, as numbers, sorted.
pub fn distinct_lines(lines: &[String]) -> Vec<u64> {
    let mut fingerprints: Vec<u64> = lines.iter().filter_map(|line| fingerprint(line)).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    fingerprints
}
