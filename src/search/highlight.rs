//! Which words of an article answer a question: found again in its text, by the same analysis.
//!
//! The engine only knows that an article matches, and for prefixes and near spellings not even by
//! which words. Looking again shows them all, and a phrase only where its words stand together.

use std::collections::BTreeSet;
use std::ops::Range;

use regex::Regex;

use crate::analysis::{Form, Stems, fold, tokenize};
use crate::article::Language;
use crate::query::{Query, Text};

/// Finds the words of a question in texts.
#[derive(Debug)]
pub(super) struct Highlighter {
    leaves: Vec<Leaf>,
}

/// One leaf of the question.
#[derive(Debug)]
enum Leaf {
    /// Words in this order, at most `slop` others among them; each in any of its forms.
    Words { words: Vec<Wanted>, slop: u32, exact: bool },
    /// A word that matches a pattern.
    Pattern(Regex),
    /// A word within some edits of this one.
    Near(Vec<char>, usize),
}

#[derive(Debug)]
struct Wanted {
    written: String,
    word: String,
    seconds: Vec<String>,
}

/// A word of the text, as the index knows it.
struct Seen {
    range: Range<usize>,
    word: String,
    stem: String,
    seconds: Vec<(String, Range<usize>)>,
}

/// A place in a text that answers a leaf.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Match {
    pub(super) range: Range2,
    /// Which leaf of the question.
    pub(super) leaf: usize,
}

/// A byte range that can be ordered.
pub(super) type Range2 = (usize, usize);

impl Highlighter {
    /// For all leaves of `query` that an article may match by; negated ones are none.
    pub(super) fn new(query: &Query) -> Self {
        Self { leaves: query.text_leaves().into_iter().filter_map(leaf).collect() }
    }

    /// Every place in `text` that answers a leaf, in order.
    pub(super) fn matches(&self, text: &str, language: Option<Language>) -> Vec<Match> {
        if self.leaves.is_empty() {
            return Vec::new();
        }
        let mut stems = Stems::new(language);
        let seen = words_of(text, &mut stems);
        let mut found = BTreeSet::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            for (start, end) in leaf.find(&seen, &mut stems) {
                found.insert(Match { range: (start, end), leaf: number });
            }
        }
        found.into_iter().collect()
    }
}

fn leaf(text: &Text) -> Option<Leaf> {
    Some(match text {
        Text::Word(word) => Leaf::Words { words: wanted(word), slop: 0, exact: false },
        Text::Exact(word) => Leaf::Words { words: wanted(word), slop: 0, exact: true },
        Text::Phrase { words, slop, .. } => {
            Leaf::Words { words: wanted(words), slop: *slop, exact: false }
        }
        Text::Wildcard(pattern) => Leaf::Pattern(wildcard(pattern)?),
        Text::Fuzzy(word, distance) => {
            Leaf::Near(fold(word).chars().collect(), usize::from(*distance))
        }
    })
}

fn wanted(text: &str) -> Vec<Wanted> {
    let mut words: Vec<Wanted> = Vec::new();
    tokenize(text, |token| {
        let word = fold(token.term).into_owned();
        match (token.form, words.last_mut()) {
            (Form::Second, Some(last)) => last.seconds.push(word),
            _ => words.push(Wanted { written: token.term.to_owned(), word, seconds: Vec::new() }),
        }
    });
    words
}

fn wildcard(pattern: &str) -> Option<Regex> {
    let literal = regex::escape(&fold(pattern)).replace(r"\*", ".*").replace(r"\?", ".");
    Regex::new(&format!("^{literal}$")).ok()
}

fn words_of(text: &str, stems: &mut Stems) -> Vec<Seen> {
    let mut words: Vec<Seen> = Vec::new();
    tokenize(text, |token| {
        let word = fold(token.term).into_owned();
        match (token.form, words.last_mut()) {
            (Form::Second, Some(last)) => last.seconds.push((word, token.range)),
            (form, _) => {
                let stem = match form {
                    Form::Word => stems.stem(token.term),
                    _ => word.as_str(),
                };
                let stem = stem.to_owned();
                words.push(Seen { range: token.range, word, stem, seconds: Vec::new() });
            }
        }
    });
    words
}

impl Leaf {
    fn find(&self, text: &[Seen], stems: &mut Stems) -> Vec<Range2> {
        match self {
            Self::Pattern(regex) => single(text, |seen| regex.is_match(&seen.word)),
            Self::Near(word, distance) => single(text, |seen| is_near(word, &seen.word, *distance)),
            Self::Words { words, slop, exact } => {
                let stemmed: Vec<String> =
                    words.iter().map(|wanted| stems.stem(&wanted.written).to_owned()).collect();
                let is_word = |place: usize, seen: &Seen| {
                    seen.word == words[place].word || !exact && seen.stem == stemmed[place]
                };
                let mut found = in_order(text, words.len(), *slop, is_word);
                found.extend(joined(words, text));
                found
            }
        }
    }
}

fn single(text: &[Seen], mut is_match: impl FnMut(&Seen) -> bool) -> Vec<Range2> {
    let matching = text.iter().filter(|seen| is_match(seen));
    matching.map(|seen| (seen.range.start, seen.range.end)).collect()
}

/// Runs of `count` words in order with at most `slop` others among them.
fn in_order(
    text: &[Seen],
    count: usize,
    slop: u32,
    is_word: impl Fn(usize, &Seen) -> bool,
) -> Vec<Range2> {
    let mut found = Vec::new();
    for first in 0..text.len() {
        if count == 0 || !is_word(0, &text[first]) {
            continue;
        }
        let reach = first + count + usize::try_from(slop).unwrap_or(usize::MAX / 2);
        let mut next = first + 1;
        let complete = (1..count).all(|place| {
            let end = reach.min(text.len()).max(next);
            let step = text[next..end].iter().position(|seen| is_word(place, seen));
            next += step.map_or(0, |step| step + 1);
            step.is_some()
        });
        if complete {
            found.push((text[first].range.start, text[next - 1].range.end));
        }
    }
    found
}

/// Compounds and acronyms written in another way than in the question.
fn joined(words: &[Wanted], text: &[Seen]) -> Vec<Range2> {
    let mut found = Vec::new();
    let Some(first) = words.first() else { return found };
    for seen in text {
        for (second, range) in &seen.seconds {
            let same_second = first.seconds.contains(second) && !second.contains('.');
            let joins_words = words.len() == 1 && *second == first.word;
            let spelled = words.len() == 1 && first.seconds.contains(second);
            if same_second || joins_words || spelled {
                found.push((range.start, range.end));
            }
        }
        if words.len() > 1 && first.seconds.contains(&seen.word) {
            found.push((seen.range.start, seen.range.end));
        }
    }
    found
}

/// Whether two words are within `distance` edits, an exchange of neighbours counting as one
/// (Damerau-Levenshtein, restricted). Rows of the matrix are kept short by the length check.
fn is_near(wanted: &[char], word: &str, distance: usize) -> bool {
    let word: Vec<char> = word.chars().collect();
    if word.len().abs_diff(wanted.len()) > distance {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    for (i, &a) in wanted.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &b) in word.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == word[j - 1] && wanted[i - 1] == b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().is_some_and(|&edits| edits <= distance)
}

/// Ranges of the matches, joined where they touch or overlap.
pub(super) fn ranges(matches: &[Match]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for &Match { range: (start, end), .. } in matches {
        match merged.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => merged.push(start..end),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks what matches in `text` with brackets.
    #[track_caller]
    fn check(leaf: Text, text: &str, marked: &str) {
        let highlighter = Highlighter::new(&Query::Text(leaf));
        let mut shown = String::new();
        let mut at = 0;
        for range in ranges(&highlighter.matches(text, Language::new("en"))) {
            shown += &text[at..range.start];
            shown.extend(["[", &text[range.clone()], "]"]);
            at = range.end;
        }
        assert_eq!(shown + &text[at..], marked);
    }

    fn phrase(words: &str, slop: u32) -> Text {
        Text::Phrase { words: words.into(), slop, ordered: true }
    }

    #[test]
    fn a_word_is_marked_in_every_form() {
        check(
            Text::Word("election".into()),
            "Elections: an election.",
            "[Elections]: an [election].",
        );
        check(
            Text::Word("O'Brien".into()),
            "OBrien, O’Brien and O Brien",
            "[OBrien], [O’Brien] and [O Brien]",
        );
        check(Text::Word("U.S.".into()), "US and U.S. and us", "[US] and [U.S]. and [us]");
        check(
            Text::Exact("election".into()),
            "Elections: an election.",
            "Elections: an [election].",
        );
    }

    #[test]
    fn a_phrase_is_marked_only_where_its_words_stand_together() {
        check(
            phrase("snap election", 0),
            "A snap vote, a snap election.",
            "A snap vote, a [snap election].",
        );
        check(
            phrase("snap election", 1),
            "snap presidential election",
            "[snap presidential election]",
        );
        check(
            phrase("snap election", 1),
            "snap and very early election",
            "snap and very early election",
        );
    }

    #[test]
    fn patterns_and_near_spellings_are_marked() {
        check(Text::Wildcard("toka*".into()), "Tokayev, Tokaev, Taka", "[Tokayev], [Tokaev], Taka");
        check(
            Text::Fuzzy("tokayev".into(), 1),
            "Tokayev, Tokaev, Tkoayev, Tokev",
            "[Tokayev], [Tokaev], [Tkoayev], Tokev",
        );
    }
}
