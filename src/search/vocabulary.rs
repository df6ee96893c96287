//! Which words of a question a word of a text is.
//!
//! A text has thousands of words of which a question seeks a few. A word is looked at only if it
//! begins as one of those does, and each different one is compared with them once for all texts of an
//! answer: stemming every word of ten hits took longer than finding them.

use foldhash::{HashMap, HashMapExt as _};

use super::sought::{First, Seen, Sought};
use crate::analysis::{Stems, fold};
use crate::article::Language;

/// How many different words of texts are remembered for each language.
const REMEMBERED: usize = 1 << 16;

/// The number of a word of the question.
pub(super) type WordId = usize;

/// The words of a question.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Sought>,
    lexicons: HashMap<Option<Language>, (Beginnings, Lexicon)>,
    /// The language whose stems are sought in articles of any language.
    main: Option<Language>,
}

/// What is known of the words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    stems: Stems,
    /// For each word of the question, the stems by which it is known.
    wanted: Vec<Vec<String>>,
    /// Whether words that begin with a letter beyond ASCII may be sought.
    known_letters: HashMap<char, bool>,
    /// The answers by the form that was looked at, as places in `answers`.
    known: [HashMap<Box<str>, usize>; Seen::COUNT],
    /// The first one is none.
    answers: Vec<Vec<WordId>>,
}

/// How words begin that are sought.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// The ASCII letters and digits, in lower case; `None` where words may begin with any letter.
    initials: Option<Vec<u8>>,
    /// Letters beyond ASCII, folded.
    others: Vec<char>,
    /// How those of ASCII begin that are sought as words, in lower case; `None` for in any way.
    of_words: Option<Vec<Box<[u8]>>>,
}

impl Vocabulary {
    /// Of a question for articles most of which are in the language `main`.
    pub(super) fn new(main: Option<Language>) -> Self {
        Self { main, ..Self::default() }
    }

    /// Takes in a word.
    pub(super) fn add(&mut self, word: Sought) -> WordId {
        self.words.push(word);
        self.words.len() - 1
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words of the question, how those begin that they are in `language`, and what is known of
    /// its words.
    pub(super) fn in_language(
        &mut self,
        language: Option<Language>,
    ) -> (&[Sought], &Beginnings, &mut Lexicon) {
        let Self { words, lexicons, main } = self;
        let (beginnings, lexicon) = lexicons.entry(language).or_insert_with(|| {
            let lexicon = Lexicon::new(words, language, *main);
            (Beginnings::of(words, &lexicon.wanted, language), lexicon)
        });
        (words, beginnings, lexicon)
    }
}

impl Lexicon {
    fn new(words: &[Sought], language: Option<Language>, main: Option<Language>) -> Self {
        let (mut stems, mut main) = (Stems::new(language), Stems::new(main));
        let wanted = words.iter().map(|word| {
            let mut wanted: Vec<_> =
                word.stem(&mut stems).into_iter().chain(word.stem(&mut main)).collect();
            wanted.dedup();
            wanted
        });
        let wanted: Vec<_> = wanted.collect();
        let (known, answers) = (Default::default(), vec![Vec::new()]);
        Self { stems, wanted, known_letters: HashMap::new(), known, answers }
    }

    /// Whether `term`, as it stands in a text, may be sought.
    pub(super) fn may_be_sought(
        &mut self,
        beginnings: &Beginnings,
        term: &str,
        seen: Seen,
    ) -> bool {
        let Some(initials) = &beginnings.initials else { return true };
        let may_begin = match term.as_bytes() {
            [] => false,
            [first, ..] if first.is_ascii() => initials.contains(&first.to_ascii_lowercase()),
            _ => term.chars().next().is_some_and(|letter| {
                let known = self.known_letters.entry(letter);
                *known.or_insert_with(|| beginnings.may_begin_with(letter))
            }),
        };
        may_begin
            && (seen != Seen::Word
                || !term.is_ascii()
                || beginnings.may_begin_word(term.as_bytes()))
    }

    /// Which of `words`, those of the question, `term` of a text is.
    pub(super) fn sought(&mut self, words: &[Sought], term: &str, seen: Seen) -> &[WordId] {
        let known = self.known[seen as usize].get(term).copied();
        let place = known.unwrap_or_else(|| self.learn(words, term, seen));
        &self.answers[place]
    }

    fn learn(&mut self, words: &[Sought], term: &str, seen: Seen) -> usize {
        let found = self.compare(words, term, seen);
        if self.known[seen as usize].len() >= REMEMBERED {
            self.known = Default::default();
            self.answers.truncate(1);
        }
        let place = if found.is_empty() { 0 } else { self.answers.len() };
        if place > 0 {
            self.answers.push(found);
        }
        self.known[seen as usize].insert(term.into(), place);
        place
    }

    fn compare(&mut self, words: &[Sought], term: &str, seen: Seen) -> Vec<WordId> {
        let folded = fold(term);
        let seeks_stems = self.wanted.iter().any(|wanted| !wanted.is_empty());
        // Only words have stems; other forms stand in the index as they are.
        let stem = match seen {
            Seen::Word if seeks_stems => self.stems.stem(term),
            _ => &folded,
        };
        let words = words.iter().zip(&self.wanted).enumerate();
        let is_it = |word: &Sought, wanted: &[String]| {
            let by_stem = wanted.iter().any(|wanted| wanted == stem);
            let by_spelling = wanted.is_empty() || seen != Seen::Word;
            by_stem || by_spelling && word.is_spelled(&folded)
        };
        words.filter(|(_, (word, wanted))| is_it(word, wanted)).map(|(id, _)| id).collect()
    }
}

impl Beginnings {
    fn of(words: &[Sought], wanted: &[Vec<String>], language: Option<Language>) -> Self {
        let mut stems = wanted.iter().flatten();
        let is_any = |word: &Sought| word.first() == Some(First::Any);
        let begins_otherwise = stems.any(|stem| Stems::beginning(language, stem).is_none());
        let has_initials = !begins_otherwise && !words.iter().any(is_any);
        let mut beginnings = Self {
            initials: has_initials.then(Vec::new),
            others: Vec::new(),
            of_words: of_words(words, wanted, language),
        };
        let letters = words.iter().filter_map(|word| match word.first()? {
            First::One(letter) => Some(letter),
            First::Any => None,
        });
        let stems = wanted.iter().flatten();
        letters
            .chain(stems.filter_map(|stem| stem.chars().next()))
            .for_each(|it| beginnings.add(it));
        beginnings
    }

    fn add(&mut self, letter: char) {
        match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() => {
                self.initials
                    .iter_mut()
                    .filter(|it| !it.contains(&byte))
                    .for_each(|it| it.push(byte));
            }
            _ => self.others.push(letter),
        }
    }

    /// The ASCII letters and digits with which words begin, in lower case; `None` where that may be
    /// any letter.
    pub(super) fn initials(&self) -> Option<&[u8]> {
        self.initials.as_deref()
    }

    /// Whether a word with one of the initials may be sought in some form, by the ASCII letters and
    /// digits with which a text goes on.
    pub(super) fn may_begin_some_form(&self, text: &[u8]) -> bool {
        // A word in capitals has a second form.
        text.get(1).is_some_and(u8::is_ascii_uppercase) || self.may_begin_word(text)
    }

    /// Likewise, as a word.
    fn may_begin_word(&self, text: &[u8]) -> bool {
        let begins = |with: &[u8]| {
            let begun = text.get(..with.len());
            begun.is_some_and(|begun| begun.eq_ignore_ascii_case(with))
        };
        self.of_words.as_ref().is_none_or(|these| these.iter().any(|with| begins(with)))
    }

    /// Whether words may begin with a letter beyond ASCII.
    fn may_begin_with(&self, letter: char) -> bool {
        let folded = fold(letter.encode_utf8(&mut [0; 4])).chars().next();
        folded.is_none_or(|letter| match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() => self.initials.iter().flatten().any(|it| *it == byte),
            _ => self.others.contains(&letter),
        })
    }
}

/// How words of ASCII begin that are sought as words, in lower case; `None` for in any way.
fn of_words(
    words: &[Sought],
    wanted: &[Vec<String>],
    language: Option<Language>,
) -> Option<Vec<Box<[u8]>>> {
    let mut these: Vec<&str> = Vec::new();
    for (word, wanted) in words.iter().zip(wanted) {
        match word {
            Sought::Word { .. } => {
                for stem in wanted {
                    these.push(Stems::beginning(language, stem)?);
                }
            }
            Sought::Exact(word) => these.push(word),
            Sought::Nothing => {}
            Sought::Pattern(..) | Sought::Near(..) => return None,
        }
    }
    // One beyond ASCII is no word's of ASCII.
    let these = these.into_iter().filter(|it| it.is_ascii());
    Some(these.map(|it| it.as_bytes().into()).collect())
}
