//! Where sentences and paragraphs begin.
//!
//! A line is a paragraph. A sentence ends at a full stop and its like before white space, unless
//! what follows is in lower case or the stop belongs to an abbreviation, an initial or an acronym.
//! In doubt a sentence goes on: `in the U.S. The talks` is read as one, so that a question for
//! words of one sentence finds too much rather than too little.

use std::ops::Range;

use super::{Form, Token};

/// What begins with a word.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Break {
    /// A sentence in the middle of a paragraph.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// Short forms before a name.
const BEFORE_NAMES: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "sen", "rep", "gov", "lt", "col", "capt",
    "cpl", "sgt", "maj", "cmdr", "adm", "st", "rev", "hon", "vs", "hr", "frl", "mme", "mlle", "sr",
    "sra", "dra", "dott", "ing", "им", "ул", "пл", "пос", "акад", "проф", "ген", "гр", "св",
];

/// Short forms before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec", "no", "nos", "nr",
    "art", "fig", "vol", "pp", "sec", "ch", "ca", "approx", "ст", "гл", "стр", "рис", "ок",
];

/// No short form is longer, in bytes.
const LONGEST_SHORT_FORM: usize = 8;

/// Reads the breaks of one text, word by word.
#[derive(Debug)]
pub struct Breaks<'t> {
    text: &'t str,
    last: Option<Range<usize>>,
}

impl<'t> Breaks<'t> {
    /// For the tokens of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, last: None }
    }

    /// What begins with `token`, which follows the one asked of before. The first word of a text
    /// begins a paragraph.
    pub fn before(&mut self, token: &Token<'_>) -> Option<Break> {
        if token.form == Form::Second {
            return None;
        }
        let Some(last) = self.last.replace(token.range.clone()) else {
            return Some(Break::Paragraph);
        };
        let between = &self.text[last.end..token.range.start];
        if between == " " || between.is_empty() {
            return None;
        }
        if between.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            return Some(Break::Paragraph);
        }
        let ends = ends_sentence(&self.text[last], between, &self.text[token.range.clone()]);
        ends.then_some(Break::Sentence)
    }
}

/// Whether a sentence ends in what stands between two words.
fn ends_sentence(before: &str, between: &str, after: &str) -> bool {
    if between.contains(['。', '！', '？', '｡', '।']) {
        return true;
    }
    let Some(at) = between.find(['.', '!', '?', '…', '؟', '۔']) else { return false };
    let behind = &between[at..];
    if !behind.contains(char::is_whitespace) || after.starts_with(char::is_lowercase) {
        return false;
    }
    let is_one_stop = behind.starts_with('.') && !behind[1..].contains(['.', '!', '?', '…']);
    !(is_one_stop && at == 0 && is_short_form(before, after))
}

/// Whether the stop behind `before` shortens it.
fn is_short_form(before: &str, after: &str) -> bool {
    if before.contains('.') || before.chars().nth(1).is_none() && !is_digit(before) {
        return true;
    }
    if before.len() > LONGEST_SHORT_FORM {
        return false;
    }
    let before = before.to_lowercase();
    BEFORE_NAMES.contains(&before.as_str())
        || is_digit(after) && BEFORE_NUMBERS.contains(&before.as_str())
}

fn is_digit(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::super::tokenize;
    use super::*;

    /// The text with `|` before the first word of a sentence and `¶` before that of a paragraph.
    fn marked(text: &str) -> String {
        let mut breaks = Breaks::new(text);
        let mut marked = String::new();
        let mut done = 0;
        tokenize(text, |token| {
            if let Some(found) = breaks.before(&token) {
                marked.push_str(&text[done..token.range.start]);
                marked.push(if found == Break::Sentence { '|' } else { '¶' });
                done = token.range.start;
            }
        });
        marked + &text[done..]
    }

    #[test]
    fn sentences_and_paragraphs_begin_behind_stops_and_lines() {
        for expected in [
            "¶Polls closed. |Counting began! |Who won? |Nobody… |It goes on.",
            "¶One line\n¶another line\n\n¶and more",
            "“¶Go.” “|Why?” he asked. “|No,” (she said.) |They went.",
            "¶Polls close at 7 p.m. on Sunday.",
            "¶Mr. Smith met Dr. J. Doe of the U.S. Senate. |They talked.",
            "¶It was No. 5 on Nov. 3. |It was 2019. |In 2020 it was not",
            "¶He said no. |We went to St. Moritz.",
            "¶The firm example.org grew 3.5 percent",
            "¶выборы прошли. |Президент им. Абая. |Г. Иванов",
            "¶选举结束。|结果公布！|谁赢了",
            "¶Wait... |Then nothing",
        ] {
            let text = expected.replace(['|', '¶'], "");
            assert_eq!(marked(&text), expected);
        }
    }
}
