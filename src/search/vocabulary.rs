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
    lexicons: HashMap<Option<Language>, Lexicon>,
    /// The language whose stems are sought in articles of any language.
    main: Option<Language>,
}

/// What is known of the words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    stems: Stems,
    /// For each word of the question, the stems by which it is known.
    wanted: Vec<Vec<String>>,
    initials: Initials,
    beginnings: Beginnings,
    /// The answers by the form that was looked at, as places in `answers`.
    known: [HashMap<Box<str>, usize>; Seen::COUNT],
    /// The first one is none.
    answers: Vec<Vec<WordId>>,
}

/// The letters that words begin with which are sought.
#[derive(Debug)]
struct Initials {
    any: bool,
    /// A bit for each ASCII character, in lower case.
    ascii: u128,
    /// Those beyond ASCII, folded.
    others: Vec<char>,
    /// Whether words that begin with a letter beyond ASCII may be sought.
    known: HashMap<char, bool>,
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

    /// The words of the question, and what is known of words in `language`.
    pub(super) fn in_language(&mut self, language: Option<Language>) -> (&[Sought], &mut Lexicon) {
        let Self { words, lexicons, main } = self;
        let lexicon =
            lexicons.entry(language).or_insert_with(|| Lexicon::new(words, language, *main));
        (words, lexicon)
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
        let stems_begin_alike = Stems::keep_beginnings(language);
        let initials = Initials::of(words, &wanted, stems_begin_alike);
        let beginnings = Beginnings::of(words, &wanted, stems_begin_alike);
        let (known, answers) = (Default::default(), vec![Vec::new()]);
        Self { stems, wanted, initials, beginnings, known, answers }
    }

    /// A bit for each ASCII character, in lower case, with which words may begin that are sought.
    pub(super) fn ascii_initials(&self) -> u128 {
        if self.initials.any { u128::MAX } else { self.initials.ascii }
    }

    /// Whether `term`, as it stands in a text, may be sought.
    pub(super) fn may_be_sought(&mut self, term: &str, seen: Seen) -> bool {
        self.initials.may_begin(term) && (seen != Seen::Word || self.beginnings.may_begin(term))
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

/// How words of ASCII begin that are sought as words.
#[derive(Debug)]
enum Beginnings {
    Any,
    /// With one of these, in lower case.
    These(Vec<Box<[u8]>>),
}

impl Beginnings {
    fn of(words: &[Sought], wanted: &[Vec<String>], stems_begin_alike: bool) -> Self {
        let mut these = Vec::new();
        for (word, wanted) in words.iter().zip(wanted) {
            let of_stem = |stem: &String| {
                let kept = stem.chars().count().saturating_sub(Stems::REPLACED).max(1);
                stem.chars().take(kept).collect::<String>()
            };
            match word {
                Sought::Word { .. } if stems_begin_alike => {
                    these.extend(wanted.iter().map(of_stem));
                }
                Sought::Exact(word) => these.push(word.clone()),
                Sought::Nothing => {}
                Sought::Word { .. } | Sought::Pattern(..) | Sought::Near(..) => return Self::Any,
            }
        }
        // One beyond ASCII is no word's of ASCII.
        let these = these.into_iter().filter(|it| it.is_ascii());
        Self::These(these.map(|it| it.into_bytes().into()).collect())
    }

    fn may_begin(&self, term: &str) -> bool {
        let Self::These(these) = self else { return true };
        let begins = |with: &[u8]| {
            let begun = term.as_bytes().get(..with.len());
            begun.is_some_and(|begun| begun.eq_ignore_ascii_case(with))
        };
        these.iter().any(|with| begins(with)) || !term.is_ascii()
    }
}

impl Initials {
    fn of(words: &[Sought], wanted: &[Vec<String>], stems_begin_alike: bool) -> Self {
        let by_stem = !stems_begin_alike && wanted.iter().any(|stems| !stems.is_empty());
        let known = HashMap::new();
        let mut initials = Self { any: by_stem, ascii: 0, others: Vec::new(), known };
        for first in words.iter().filter_map(Sought::first) {
            match first {
                First::Any => initials.any = true,
                First::One(letter) => initials.add(letter),
            }
        }
        let stems = wanted.iter().flatten();
        stems.filter_map(|stem| stem.chars().next()).for_each(|letter| initials.add(letter));
        initials
    }

    fn add(&mut self, letter: char) {
        match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() => self.ascii |= 1 << byte,
            _ => self.others.push(letter),
        }
    }

    fn may_begin(&mut self, term: &str) -> bool {
        match term.as_bytes().first() {
            _ if self.any => true,
            None => false,
            Some(byte) if byte.is_ascii() => self.ascii & 1 << byte.to_ascii_lowercase() != 0,
            Some(_) => term.chars().next().is_some_and(|letter| self.may_begin_with(letter)),
        }
    }

    fn may_begin_with(&mut self, letter: char) -> bool {
        let Self { ascii, others, known, .. } = self;
        *known.entry(letter).or_insert_with(|| {
            let folded = fold(letter.encode_utf8(&mut [0; 4])).chars().next();
            folded.is_none_or(|letter| match u8::try_from(letter) {
                Ok(byte) if byte.is_ascii() => *ascii & 1 << byte != 0,
                _ => others.contains(&letter),
            })
        })
    }
}
