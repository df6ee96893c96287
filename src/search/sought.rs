//! The words of a text as the index knows them, and the words of a question that are sought there.

use std::ops::Range;

use regex::Regex;

use crate::analysis::{Break, Breaks, Capitals, Form, Stems, capitals, fold, tokenize};
use crate::query::{Layout, Letters, Places, Text, expression};

/// A word of a text.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) range: Range<usize>,
    word: String,
    stem: String,
    /// Other forms on its position, and what they cover.
    seconds: Vec<(String, Range<usize>)>,
}

/// What a text is to its article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    Title,
    Body,
}

/// The words of `text`, by their positions, and how it is laid out.
pub(super) fn words_of(text: &str, part: Part, stems: &mut Stems) -> (Vec<Seen>, Layout) {
    let mut words: Vec<Seen> = Vec::new();
    let mut layout = Layout::default();
    let mut breaks = Breaks::new(text);
    tokenize(text, |token| {
        match (breaks.before(&token), part) {
            (Some(Break::Paragraph), Part::Body) => layout.paragraphs.push(token.position),
            (Some(_), _) if token.position > 0 => layout.sentences.push(token.position),
            _ => {}
        }
        let word = fold(token.term).into_owned();
        match (token.form, words.last_mut()) {
            (Form::Second, Some(last)) => last.seconds.push((word, token.range)),
            (form, _) => {
                match capitals(token.term) {
                    Capitals::None => {}
                    Capitals::Some => layout.some_capitals.push(token.position),
                    Capitals::All => layout.all_capitals.push(token.position),
                }
                let stem = match form {
                    Form::Word => stems.stem(token.term),
                    _ => word.as_str(),
                };
                let stem = stem.to_owned();
                words.push(Seen { range: token.range, word, stem, seconds: Vec::new() });
            }
        }
    });
    (words, layout)
}

/// A word of a question.
#[derive(Clone, Debug)]
pub(super) enum Sought {
    /// In any of its forms.
    Word(Written),
    /// As it is written.
    Exact(Written),
    /// One that matches a pattern.
    Pattern(Regex),
    /// One within some edits of this one.
    Near(Vec<char>, usize),
    /// Nothing.
    Nothing,
}

/// A word as written, with the other forms on its position.
#[derive(Clone, Debug)]
pub(super) struct Written {
    term: String,
    word: String,
    seconds: Vec<String>,
}

impl Sought {
    /// What of the text answers this at a word of it.
    pub(super) fn matched(&self, seen: &Seen, stems: &mut Stems) -> Option<Range<usize>> {
        let is_match = match self {
            Self::Word(word) => seen.word == word.word || seen.stem == stems.stem(&word.term),
            Self::Exact(word) => seen.word == word.word,
            Self::Pattern(regex) => regex.is_match(&seen.word),
            Self::Near(word, distance) => is_near(word, &seen.word, *distance),
            Self::Nothing => false,
        };
        if is_match {
            return Some(seen.range.clone());
        }
        // A compound or an acronym that is written in another way than in the question.
        let (Self::Word(word) | Self::Exact(word)) = self else { return None };
        let mut seconds = seen.seconds.iter();
        let second = seconds.find(|(second, _)| {
            *second == word.word || word.seconds.contains(second) && second.contains('.')
        });
        second.map(|(_, range)| range.clone())
    }
}

/// Where `text` of a question stands, and the word itself if it is a single one.
pub(super) fn sought(text: &Text) -> (Places<Sought>, Option<Sought>) {
    let alone = |word: Sought| (Places::word(word.clone()), Some(word));
    match text {
        Text::Word(words) | Text::Phrase { words, slop: 0, ordered: true } => {
            run(words, Sought::Word)
        }
        Text::Exact(words) => run(words, Sought::Exact),
        Text::Phrase { words, slop, ordered } => {
            let parts = words.split(' ').map(|word| run(word, Sought::Word).0).collect();
            (Places::Phrase { parts, slop: *slop, ordered: *ordered }, None)
        }
        Text::Wildcard(_) | Text::Regex(_) => alone(pattern(text)),
        Text::Cased(letters, text) => (cased(*letters, text), None),
        Text::Fuzzy(word, distance) => {
            alone(Sought::Near(fold(word).chars().collect(), usize::from(*distance)))
        }
    }
}

/// Words side by side; a compound joined, too.
fn run(text: &str, kind: fn(Written) -> Sought) -> (Places<Sought>, Option<Sought>) {
    let mut words = written(text);
    if let [_] = words.as_slice() {
        let word = kind(words.swap_remove(0));
        return (Places::word(word.clone()), Some(word));
    }
    let joined = words.first().and_then(|first| {
        let joined = first.seconds.iter().find(|second| !second.contains('.'))?;
        let is_compound = !text.contains(' ');
        is_compound.then(|| Written {
            term: joined.clone(),
            word: joined.clone(),
            seconds: Vec::new(),
        })
    });
    let width = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let words = (0..).zip(words.into_iter().map(kind)).collect();
    let parts = Places::Run { words, width };
    match joined {
        Some(joined) => {
            let joined = kind(joined);
            (Places::Compound { parts: Box::new(parts), joined }, None)
        }
        None => (parts, None),
    }
}

fn written(text: &str) -> Vec<Written> {
    let mut words: Vec<Written> = Vec::new();
    tokenize(text, |token| {
        let word = fold(token.term).into_owned();
        match (token.form, words.last_mut()) {
            (Form::Second, Some(last)) => last.seconds.push(word),
            _ => words.push(Written { term: token.term.to_owned(), word, seconds: Vec::new() }),
        }
    });
    words
}

/// Words with such letters, each by itself.
fn cased(letters: Letters, text: &Text) -> Places<Sought> {
    let cased = |places| Places::Cased(letters, Box::new(places));
    let each = |words: &str, kind: fn(Written) -> Sought| {
        words.split(' ').map(|word| cased(run(word, kind).0)).collect()
    };
    match text {
        Text::Phrase { words, slop, ordered } => {
            Places::Phrase { parts: each(words, Sought::Word), slop: *slop, ordered: *ordered }
        }
        Text::Exact(words) => {
            Places::Phrase { parts: each(words, Sought::Exact), slop: 0, ordered: true }
        }
        text => cased(sought(text).0),
    }
}

fn pattern(text: &Text) -> Sought {
    let regex = expression(text).and_then(|it| Regex::new(&format!("^(?i:{it})$")).ok());
    regex.map_or(Sought::Nothing, Sought::Pattern)
}

/// Whether two words are within `distance` edits, an exchange of neighbours counting as one
/// (Damerau-Levenshtein, restricted). Rows of the matrix are kept short by the length check.
pub(super) fn is_near(wanted: &[char], word: &str, distance: usize) -> bool {
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
