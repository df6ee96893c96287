//! Mends what flattening a page does to its sentences.
//!
//! Some scrapers drop the breaks between paragraphs (`this weekend.On Sunday`), others break lines
//! after each period, also after that of an abbreviation (`at 1:00 a.m.`, then `GMT`), or at a
//! fixed width. Only white space is ever changed, and the hyphen that breaks a word at such a width.
//!
//! Which way a straight quotation mark faces is mostly plain from the space beside it. Where two
//! paragraphs were run together (`he said."The port`) there is none, and the plain marks of the
//! same line decide, as opening and closing ones take turns. Other lines have no say, so that a
//! line is mended in the same way whatever is taken off around it.

use std::collections::HashSet;

use super::words::{
    Abbreviation, classify, count_words, ends_sentence, is_sentence_end, last_abbreviation,
    starts_with_zone,
};
use crate::metadata::one_line;

/// Most lines that one quotation may be torn into and still be put together.
const MOST_TORN: usize = 4;

/// Most rounds of parting one line.
const MOST_ROUNDS: usize = 8;

/// The paragraphs of `text`, one line each, with glued ones parted and torn ones joined.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<String> = unwrap(text).into_iter().flat_map(split_glued).collect();
    join_torn(&lines)
}

/// The lines of `text` without white space around or doubled within; lines that were broken at a
/// fixed width are whole again.
fn unwrap(text: &str) -> Vec<String> {
    let raw: Vec<&str> = text.lines().collect();
    if !is_wrapped(&raw) {
        return raw.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()).collect();
    }
    let spelling = Spelling::of(&raw);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut starts = true;
    for line in raw {
        let text = one_line(line);
        starts |= line.starts_with("  ") || line.starts_with('\t');
        match paragraphs.last_mut() {
            Some(last) if !starts && !text.is_empty() => {
                match spelling.break_between(last, &text) {
                    Break::Word => drop(last.pop()),
                    Break::Hyphen => {}
                    Break::Space => last.push(' '),
                }
                last.push_str(&text);
            }
            _ if !text.is_empty() => paragraphs.push(text.clone()),
            _ => {}
        }
        starts = text.is_empty();
    }
    paragraphs
}

/// What a line that was broken at a fixed width stopped at.
enum Break {
    /// The space between two words.
    Space,
    /// The hyphen of a word that has one.
    Hyphen,
    /// A word without a hyphen, which was given one for it.
    Word,
}

/// How the words of a text are spelled, to tell what its lines stop at.
struct Spelling {
    /// Its words in lower case, with the hyphens within them.
    words: HashSet<String>,
    /// Whether words are broken at the ends of lines, not only at the hyphens that they have: a
    /// wire service does the latter, now and then.
    breaks_words: bool,
}

impl Spelling {
    fn of(lines: &[&str]) -> Self {
        let n_hyphens = lines.iter().filter(|line| line.trim_end().ends_with('-')).count();
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        Self {
            words: words.map(bare).collect(),
            breaks_words: n_hyphens >= 3 && n_hyphens * 20 >= lines.len(),
        }
    }

    /// What stands between `line` and `next`.
    fn break_between(&self, line: &str, next: &str) -> Break {
        /// What follows a word whose other half comes later: "pre- and post-war".
        const LINKS: &[&str] =
            &["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e"];
        /// What mostly begins a word with a hyphen, in English.
        #[rustfmt::skip]
        const COMPOUNDS: &[&str] = &[
            "well", "self", "ill", "high", "low", "long", "short", "full", "half", "part", "so",
            "non", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "all",
        ];
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
        let Some(start) = line.strip_suffix('-') else { return Break::Space };
        let head = start.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
        let tail = next.split(|c| !is_letter(c)).next().unwrap_or_default();
        if head.is_empty() || tail.is_empty() || LINKS.contains(&tail) {
            return Break::Space;
        }
        let (first, second) = (head.to_lowercase(), tail.to_lowercase());
        if self.words.contains(&format!("{first}{second}")) {
            return Break::Word;
        }
        let is_within_word =
            head.ends_with(char::is_lowercase) && tail.starts_with(char::is_lowercase);
        let is_chain = start.strip_suffix(head).is_some_and(|before| before.ends_with('-'));
        let is_compound = is_chain
            || COMPOUNDS.contains(&&*first)
            || self.words.contains(&format!("{first}-{second}"));
        if self.breaks_words && is_within_word && !is_compound {
            Break::Word
        } else {
            Break::Hyphen
        }
    }
}

/// Whether lines were broken at a fixed width: none is long, and most that another follows are of
/// nearly that width and stop in the middle of a sentence.
fn is_wrapped(lines: &[&str]) -> bool {
    const WIDEST: usize = 120;
    let widths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
    if widths.iter().any(|&width| width > WIDEST) {
        return false;
    }
    let followed = lines
        .windows(2)
        .zip(&widths)
        .filter(|(pair, _)| !pair[0].trim().is_empty() && !pair[1].trim().is_empty());
    let (mut n_followed, mut n_wide, mut n_unfinished) = (0, 0, 0);
    for (pair, &width) in followed {
        n_followed += 1;
        n_wide += usize::from(width >= 45);
        n_unfinished += usize::from(!ends_sentence(pair[0]));
    }
    // Prose that stops in mid-sentence goes on in lower case; a list of headlines does not.
    let goes_on = lines.iter().filter(|line| line.trim().starts_with(char::is_lowercase)).count();
    n_followed >= 3
        && n_wide * 10 >= n_followed * 7
        && n_unfinished * 2 >= n_followed
        && goes_on * 3 >= n_followed
}

/// Parts sentences that were run together, each at its own line.
fn split_glued(line: String) -> Vec<String> {
    if !may_be_glued(&line) {
        return vec![line];
    }
    let mut pieces = vec![line];
    // What the marks of a line mean can change once it is parted; a second round settles that, and
    // more are needed by nothing but noise.
    for _ in 0..MOST_ROUNDS {
        let parted: Vec<String> = pieces.iter().flat_map(|piece| parts(piece)).collect();
        if parted.len() == pieces.len() {
            break;
        }
        pieces = parted;
    }
    pieces
}

/// Whether a mark stands between something and a capital or an opening quotation mark: only there
/// can one paragraph be glued to the next. Most lines have no such place.
fn may_be_glued(line: &str) -> bool {
    let is_mark = |c: char| is_sentence_end(c) || is_opening(c) || is_closing(c);
    let mut last_two = (' ', ' ');
    line.chars().any(|c| {
        let (before, mark) = last_two;
        last_two = (mark, c);
        is_mark(mark) && !before.is_whitespace() && (c.is_uppercase() || is_opening(c))
    })
}

fn parts(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in glue_points(line).into_iter().chain([line.len()]) {
        let part = line[start..at].trim();
        if !part.is_empty() {
            parts.push(part.to_owned());
        }
        start = at;
    }
    parts
}

/// Where in `line` one paragraph was glued to the next, as byte offsets.
fn glue_points(line: &str) -> Vec<usize> {
    let mut quotes = Quotes { double: starts_within_quotation(line), ..Quotes::default() };
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut points = Vec::new();
    for (i, &(at, c)) in chars.iter().enumerate() {
        // A break just made counts as white space.
        let broken = points.last() == Some(&at);
        let before = if broken || i == 0 { None } else { Some(chars[i - 1].1) };
        let after = chars.get(i + 1).map(|&(_, c)| c);
        let starts_next = after.is_some_and(|c| c.is_uppercase() || is_opening(c));
        let next_at = at + c.len_utf8();
        let mark = quotes.read(c, before, after);
        match mark {
            Some(Mark::Closing) => {
                let ended = before.is_some_and(|c| is_sentence_end(c) || c.is_lowercase());
                if ended && starts_next {
                    points.push(next_at);
                }
            }
            Some(Mark::Opening) => {
                let ended =
                    before.is_some_and(|c| is_sentence_end(c) || is_closing(c) || c.is_lowercase());
                if ended && after.is_some_and(char::is_uppercase) {
                    points.push(at);
                }
            }
            None => {
                let may_end = is_sentence_end(c) && after.is_some_and(char::is_uppercase);
                if may_end && ends_glued_sentence(line, at, next_at, before) {
                    points.push(next_at);
                }
            }
        }
    }
    points
}

/// Whether the mark at `at`, with a capital right after it, ends a sentence: it is not part of an
/// abbreviation, initials, a version, an address or the name of a host.
fn ends_glued_sentence(line: &str, at: usize, next_at: usize, before: Option<char>) -> bool {
    if !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '%' | ']')) {
        return false;
    }
    // Words longer than this are none; looking no further keeps the whole linear.
    let mut from = at.saturating_sub(64);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let token = line[from..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = token.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let rest = line[next_at..].split(char::is_whitespace).next().unwrap_or_default();
    let rest = rest.char_indices().nth(64).map_or(rest, |(at, _)| &rest[..at]);
    let has_sign = |part: &str| ["@", "://", "www."].iter().any(|sign| part.contains(sign));
    let is_address = has_sign(token) || token == "www" || has_sign(rest);
    // `U.S.Army`: one letter after a period.
    let is_initial = word.chars().count() == 1;
    let next: Vec<char> = line[next_at..].chars().take(3).collect();
    let next_is_word = match next[..] {
        [_, second, ..] if second.is_alphanumeric() => next.get(2) != Some(&'.'),
        [_] | [_, ' ' | '\'' | '’', ..] => true,
        _ => false,
    };
    let plain = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    !is_address && !is_initial && next_is_word && classify(plain).is_none()
}

/// Which way a quotation mark faces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    Opening,
    Closing,
}

/// Whether a quotation is open.
#[derive(Clone, Copy, Debug, Default)]
struct Quotes {
    double: bool,
    single: bool,
    /// `„` has been opened, so that `“` closes, as in German and Polish.
    low: bool,
}

impl Quotes {
    /// Reads the next character; if it is a quotation mark, which way it faces.
    fn read(&mut self, c: char, before: Option<char>, after: Option<char>) -> Option<Mark> {
        let mark = match c {
            '"' => straight(before, after, self.double),
            '\'' => return self.apostrophe(before, after),
            '„' => {
                self.low = true;
                Mark::Opening
            }
            '“' if self.low => {
                self.low = false;
                Mark::Closing
            }
            '“' | '«' => Mark::Opening,
            '”' | '»' => Mark::Closing,
            _ => return None,
        };
        self.double = mark == Mark::Opening;
        Some(mark)
    }

    /// `'` is an apostrophe between letters, unless a quotation that it opened is still open and a
    /// capital follows (`'No real choice'Observers`).
    fn apostrophe(&mut self, before: Option<char>, after: Option<char>) -> Option<Mark> {
        let letter_before = before.is_some_and(char::is_alphanumeric);
        let letter_after = after.is_some_and(char::is_alphanumeric);
        let capital_after = after.is_some_and(char::is_uppercase);
        let glued_end = letter_before && capital_after && self.single;
        let opens = !letter_before && letter_after && !self.single;
        let closes = self.single && (!letter_after || glued_end || !letter_before);
        if opens {
            // After a mark or a space alike: `the ballot.'No real choice'`.
            self.single = true;
            return Some(Mark::Opening);
        }
        if closes && !(letter_before && letter_after && !glued_end) {
            self.single = false;
            return Some(Mark::Closing);
        }
        None
    }
}

/// Which way a straight mark faces; between two letters or marks, it closes a quotation that is open.
fn straight(before: Option<char>, after: Option<char>, open: bool) -> Mark {
    plainly(before, after).unwrap_or(if open { Mark::Closing } else { Mark::Opening })
}

/// Which way a straight mark plainly faces: away from the space beside it.
fn plainly(before: Option<char>, after: Option<char>) -> Option<Mark> {
    let space_before = before.is_none_or(|c| c.is_whitespace() || is_opening_bracket(c));
    let space_after = after.is_none_or(|c| {
        c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '…')
    });
    match (space_before, space_after) {
        (true, false) => Some(Mark::Opening),
        (false, true) => Some(Mark::Closing),
        _ => None,
    }
}

/// Whether `line` begins inside a straight quotation: opening and closing marks take turns, so the
/// first plain mark tells how those before it face. Without a plain one the last is taken to close.
fn starts_within_quotation(line: &str) -> bool {
    let mut n_unclear = 0;
    for (before, after) in straight_marks(line) {
        match plainly(before, after) {
            None => n_unclear += 1,
            Some(Mark::Opening) => return n_unclear % 2 == 1,
            Some(Mark::Closing) => return n_unclear % 2 == 0,
        }
    }
    n_unclear % 2 == 1
}

/// The characters before and after each straight double mark of `line`.
fn straight_marks(line: &str) -> impl Iterator<Item = (Option<char>, Option<char>)> {
    memchr::memchr_iter(b'"', line.as_bytes())
        .map(|at| (line[..at].chars().next_back(), line[at + 1..].chars().next()))
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')')
}

fn is_opening_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘' | '\'')
}

/// Joins lines that were broken within a sentence or a quotation.
pub(super) fn join_torn(lines: &[impl AsRef<str>]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(lines.len());
    // Lines before this one belong to a quotation that began before them.
    let mut until = 0;
    for (at, line) in lines.iter().map(AsRef::as_ref).enumerate() {
        match joined.last_mut() {
            Some(last) if at < until || goes_on(last, line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => joined.push(line.to_owned()),
        }
        if last_mark(line) == Some(Mark::Opening) {
            until = until.max(at + 1 + torn_quotation(&lines[at + 1..]));
        }
    }
    joined
}

/// How many of the next lines belong to a straight quotation that is open: up to the one whose
/// first mark closes it. None where the next mark opens another, as then each paragraph is quoted
/// by itself, or where something else than sentences comes between.
fn torn_quotation(next: &[impl AsRef<str>]) -> usize {
    for (n, line) in next.iter().map(AsRef::as_ref).take(MOST_TORN).enumerate() {
        match marks(line).next() {
            Some(Mark::Closing) => return n + 1,
            None if ends_sentence(line) => {}
            Some(Mark::Opening) | None => return 0,
        }
    }
    0
}

fn last_mark(line: &str) -> Option<Mark> {
    marks(line).last()
}

/// Which way each straight double quotation mark of a line faces.
fn marks(line: &str) -> impl Iterator<Item = Mark> {
    let mut open = starts_within_quotation(line);
    straight_marks(line).map(move |(before, after)| {
        let mark = straight(before, after, open);
        open = mark == Mark::Opening;
        mark
    })
}

/// The last of `line`, more than any test of its end needs.
fn ending(line: &str) -> &str {
    let mut from = line.len().saturating_sub(200);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    &line[from..]
}

/// Whether `next` is the rest of the sentence in `line`.
fn goes_on(line: &str, next: &str) -> bool {
    // A mark alone has lost its sentence.
    if next == "\"" && last_mark(line) == Some(Mark::Opening) {
        return true;
    }
    // A line that many were joined to is long, and its end tells enough.
    let line = ending(line);
    let lower = next.starts_with(char::is_lowercase);
    match last_abbreviation(line) {
        Some(Abbreviation::BeforeName) => count_words(line) > 2,
        Some(Abbreviation::TimeOfDay) => lower || starts_with_zone(next),
        Some(Abbreviation::Other) => lower,
        // A menu in lower case has shorter lines than this.
        None => {
            let open_end = line.ends_with(|c: char| c.is_alphanumeric() || c == ',');
            lower && open_end && count_words(line) >= 6 && count_words(next) >= 2
        }
    }
}

#[cfg(test)]
mod tests;
