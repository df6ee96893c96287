//! The words of a question that are sought in texts, and which words of texts they are.
//!
//! They are cut and compared as the index does it: by stems or as they are written, and a second
//! form of a word (a compound joined, an acronym spelled) counts as well as the first.

use regex::Regex;

use super::spelling::Spelling;
use crate::analysis::{Form, Stems, fold};
use crate::query::{Cut, Letters, Piece, Places, Text, expression, words_of};

/// A word of a question.
#[derive(Clone, Debug)]
pub(super) enum Sought {
    /// In any of its forms: as typed, and folded.
    Word { typed: String, word: String },
    /// As it is written, folded.
    Exact(String),
    /// One that matches a pattern, and how such words begin.
    Pattern(Regex, First),
    /// One within some edits of this one.
    Near(Spelling, usize),
    /// Nothing.
    Nothing,
}

/// With which letter words begin, once folded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum First {
    Any,
    One(char),
}

/// Which form of a word of a text is looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Seen {
    /// The word, which has a stem.
    Word,
    /// A number, or a character of a script without spaces.
    Plain,
    /// A second form on its position.
    Second,
}

impl Seen {
    /// How many forms there are.
    pub(super) const COUNT: usize = 3;
}

impl From<Form> for Seen {
    fn from(form: Form) -> Self {
        match form {
            Form::Word => Self::Word,
            Form::Plain => Self::Plain,
            Form::Second => Self::Second,
        }
    }
}

impl Sought {
    /// The stem that words in the language of `stems` have that it can be; `None` where stems do not
    /// count.
    pub(super) fn stem(&self, stems: &mut Stems) -> Option<String> {
        match self {
            Self::Word { typed, .. } => Some(stems.stem(typed).to_owned()),
            _ => None,
        }
    }

    /// Whether it is a word of a text, folded, whatever their stems.
    pub(super) fn is_spelled(&self, seen: &str) -> bool {
        match self {
            Self::Word { word, .. } | Self::Exact(word) => word == seen,
            Self::Pattern(regex, _) => regex.is_match(seen),
            Self::Near(spelling, distance) => spelling.is_near(seen, *distance),
            Self::Nothing => false,
        }
    }

    /// With which letter those words begin that it can be; `None` where it can be none. That of a
    /// word by its stem is that of the stem.
    pub(super) fn first(&self) -> Option<First> {
        match self {
            Self::Word { word, .. } | Self::Exact(word) => word.chars().next().map(First::One),
            Self::Pattern(_, first) => Some(*first),
            Self::Near(..) => Some(First::Any),
            Self::Nothing => None,
        }
    }
}

/// Where `text` of a question stands.
pub(super) fn sought(text: &Text) -> Places<Sought> {
    match text {
        Text::Word(word) => word_in_any_form(word),
        Text::Phrase { words, slop: 0, ordered: true } => run(&Cut::of(words), in_any_form),
        Text::Exact(words) => run(&Cut::of(words), as_written),
        Text::Phrase { words, slop, ordered } => {
            let parts = words_of(words).map(word_in_any_form).collect();
            Places::Phrase { parts, slop: *slop, ordered: *ordered }
        }
        Text::Wildcard(_) | Text::Regex(_) => Places::word(pattern(text)),
        Text::Cased(letters, text) => cased(*letters, text),
        Text::Fuzzy(word, distance) => {
            Places::word(Sought::Near(Spelling::new(&fold(word)), usize::from(*distance)))
        }
    }
}

/// A word in any of its forms, and a compound joined as well.
fn word_in_any_form(word: &str) -> Places<Sought> {
    let cut = Cut::of(word);
    let parts = run(&cut, in_any_form);
    match cut.joined() {
        Some(joined) => Places::Compound {
            parts: Box::new(parts),
            joined: Sought::Word { typed: joined.to_owned(), word: joined.to_owned() },
        },
        None => parts,
    }
}

/// Words side by side.
fn run(cut: &Cut, sought: fn(&Piece<'_>) -> Sought) -> Places<Sought> {
    // No question is so long that its words could not be counted.
    let number = |place| u32::try_from(place).unwrap_or(u32::MAX);
    let pieces = cut.pieces().into_iter();
    let words = pieces.map(|(place, piece)| (number(place), sought(&piece))).collect();
    Places::Run { words, width: number(cut.positions.len()) }
}

fn in_any_form(piece: &Piece<'_>) -> Sought {
    match piece {
        Piece::Word(position) if position.form == Form::Word => {
            Sought::Word { typed: position.written.clone(), word: position.word.clone() }
        }
        _ => as_written(piece),
    }
}

fn as_written(piece: &Piece<'_>) -> Sought {
    Sought::Exact(match piece {
        Piece::Word(position) => position.word.clone(),
        Piece::Second(second) => (*second).to_owned(),
    })
}

/// Words with such letters, each by itself.
fn cased(letters: Letters, text: &Text) -> Places<Sought> {
    let cased = |places| Places::Cased(letters, Box::new(places));
    match text {
        Text::Phrase { words, slop, ordered } => {
            let parts = words_of(words).map(|word| cased(word_in_any_form(word))).collect();
            Places::Phrase { parts, slop: *slop, ordered: *ordered }
        }
        Text::Exact(words) => {
            let parts = words_of(words).map(|word| cased(run(&Cut::of(word), as_written)));
            Places::Phrase { parts: parts.collect(), slop: 0, ordered: true }
        }
        text => cased(sought(text)),
    }
}

fn pattern(text: &Text) -> Sought {
    let regex = expression(text).and_then(|it| Regex::new(&format!("^(?i:{it})$")).ok());
    match regex {
        Some(regex) => Sought::Pattern(regex, first_of(text)),
        // Too large to be compiled: longer than any word.
        None => Sought::Nothing,
    }
}

/// With which letter the words begin that match a pattern.
fn first_of(pattern: &Text) -> First {
    let Text::Wildcard(wildcard) = pattern else { return First::Any };
    match fold(wildcard).chars().next() {
        None | Some('*' | '?') => First::Any,
        Some(letter) => First::One(letter),
    }
}
