//! Words to stems, by language.

use std::borrow::Cow;
use std::fmt;

use foldhash::{HashMap, HashMapExt as _};

use frostem::{Algorithm, Stemmer};

use super::fold;
use crate::article::Language;

/// How many stems are remembered; a word list of this size covers nearly all running text.
const REMEMBERED: usize = 1 << 16;

/// Stems words of one language by the Snowball algorithm for it, and remembers what it stemmed:
/// running text repeats few words, and a look-up costs a tenth of the algorithm.
///
/// A language without an algorithm keeps its words as they are. Text of an unknown language is
/// stemmed as English: the detector gives up mostly on short English texts full of names and
/// numbers, and the algorithm leaves other scripts alone.
pub struct Stems {
    stemmer: Option<Stemmer>,
    known: HashMap<Box<str>, Box<str>>,
}

impl Stems {
    /// The stemmer for `language`.
    pub fn new(language: Option<Language>) -> Self {
        let stemmer = match &language {
            None => Some(Stemmer::new(Algorithm::English)),
            Some(language) => Stemmer::try_from_name(language.as_str()).ok(),
        };
        Self { stemmer, known: HashMap::new() }
    }

    /// Whether there is an algorithm for the language.
    pub fn is_stemming(&self) -> bool {
        self.stemmer.is_some()
    }

    /// The stem of `word`, folded.
    ///
    /// The algorithms know letters by their accents, so the stem is taken of the word in lower
    /// case and folded afterwards. A word of digits, or longer than any word of the language,
    /// is only folded.
    pub fn stem(&mut self, word: &str) -> Cow<'_, str> {
        let Some(stemmer) = self.stemmer else { return Cow::Owned(fold(word).into_owned()) };
        if !self.known.contains_key(word) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            let stem = fold(&stemmer.stem(&word.to_lowercase())).into_owned();
            // An algorithm may leave nothing of a word that is all suffix.
            let stem = if stem.is_empty() { fold(word).into_owned() } else { stem };
            self.known.insert(word.into(), stem.into());
        }
        Cow::Borrowed(self.known.get(word).map_or("", AsRef::as_ref))
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stems").field("is_stemming", &self.is_stemming()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, word: &str, stem: &str) {
        assert_eq!(Stems::new(Language::new(language)).stem(word), stem, "for `{word}`");
    }

    #[test]
    fn inflected_forms_meet_in_their_stem() {
        check("en", "elections", "elect");
        check("en", "Election", "elect");
        check("fr", "Élections", "elect");
        check("de", "Wahlen", "wahl");
        check("ru", "выборами", "выбор");
    }

    #[test]
    fn an_unknown_language_is_stemmed_as_english() {
        assert_eq!(Stems::new(None).stem("elections"), "elect");
        assert_eq!(Stems::new(None).stem("выборами"), "выборами");
    }

    #[test]
    fn a_language_without_an_algorithm_keeps_its_words() {
        check("kk", "Сайлау", "саилау");
        check("zh", "选举", "选举");
    }
}
