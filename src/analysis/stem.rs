//! Words to stems, by language.

use std::borrow::Cow;
use std::fmt;

use foldhash::{HashMap, HashMapExt as _};

use frostem::{Algorithm, Stemmer};

use super::fold;
use crate::article::Language;

/// How many stems are remembered; a word list of this size covers nearly all running text.
const REMEMBERED: usize = 1 << 16;

/// How many letters of a Russian surname stay at least.
const SHORTEST_OF_SURNAME: usize = 3;

/// Languages whose algorithms only take endings off or put others in their place, so that a word
/// begins as its stem does once both are folded. Those of others take prefixes off, or write in other
/// letters.
const ENDINGS_ONLY: &[&str] = &[
    "ca", "cs", "da", "de", "en", "es", "et", "eu", "fi", "fr", "hi", "hu", "hy", "it", "ne", "no",
    "pl", "pt", "ro", "ru", "sv",
];

/// How many letters at its end a stem may have that its word has not: `chevaux` is `cheval`.
const MOST_PUT: usize = 2;

/// How many letters at the end of an English stem its words may not have: the algorithm puts `i` for
/// `y`, `e` behind what is left (`hoping`, `relation`), `ie` for `y` (`dying`) and `le` for `ility`,
/// of which the `e` may go again; and `y` in `sky`.
fn put_by_english(stem: &str) -> usize {
    if stem.ends_with("le") || stem.ends_with("ie") {
        2
    } else {
        usize::from(stem.ends_with(['e', 'i', 'l', 'y']))
    }
}

/// Stems words of one language by the Snowball algorithm for it, and remembers what it stemmed:
/// running text repeats few words, and a look-up costs a tenth of the algorithm.
///
/// A language without an algorithm keeps its words as they are. Text of an unknown language is
/// stemmed as English: the detector gives up mostly on short English texts full of names and
/// numbers, and the algorithm leaves other scripts alone.
pub struct Stems {
    stemmer: Option<Stemmer>,
    /// Whether the language is Russian.
    is_russian: bool,
    known: HashMap<Short, Short>,
    stem: String,
}

impl Stems {
    /// The stemmer for `language`.
    pub fn new(language: Option<Language>) -> Self {
        let stemmer = match &language {
            None => Some(Stemmer::new(Algorithm::English)),
            Some(language) => Stemmer::try_from_name(language.as_str()).ok(),
        };
        let is_russian = language.is_some_and(|language| language.as_str() == "ru");
        Self { stemmer, is_russian, known: HashMap::new(), stem: String::new() }
    }

    /// With what every word in `language` begins that has this stem, once it is folded: a word that
    /// begins otherwise need not be stemmed to be told apart. `None` where words may begin otherwise
    /// than their stems.
    pub fn beginning(language: Option<Language>, stem: &str) -> Option<&str> {
        let put = match language.as_ref().map_or("en", Language::as_str) {
            "en" => put_by_english(stem),
            // Of a double consonant before the last vowels one goes.
            "fi" => {
                MOST_PUT.max(stem.chars().rev().take_while(|it| "aeiouy".contains(*it)).count())
            }
            code if ENDINGS_ONLY.contains(&code) => MOST_PUT,
            code if Stemmer::try_from_name(code).is_ok() => return None,
            // Its words are their own stems.
            _ => 0,
        };
        let kept = stem.chars().count().saturating_sub(put).max(1);
        let end = stem.char_indices().nth(kept).map_or(stem.len(), |(at, _)| at);
        // German has one stem for `oe` and `ö`.
        let is_german = language.is_some_and(|language| language.as_str() == "de");
        let umlaut = stem.find(['a', 'o', 'u']).filter(|_| is_german);
        Some(&stem[..umlaut.map_or(end, |at| end.min(at + 1))])
    }

    /// The stem of `word`, folded.
    ///
    /// The algorithms know letters by their accents, so the stem is taken of the word in lower
    /// case and folded afterwards. A word of digits, or longer than any word of the language,
    /// is only folded.
    pub fn stem(&mut self, word: &str) -> &str {
        let Self { stemmer, is_russian, known, stem } = self;
        let short = Short::new(word);
        if let Some(known) = short.as_ref().and_then(|short| known.get(short)) {
            known.write_to(stem);
            return stem;
        }
        stem.clear();
        if let Some(stemmer) = stemmer {
            let word = word.to_lowercase();
            let shortest = if *is_russian { russian(stemmer, &word) } else { stemmer.stem(&word) };
            stem.push_str(&fold(&shortest));
        }
        // There may be no algorithm, or one that leaves nothing of a word that is all suffix.
        if stem.is_empty() {
            stem.push_str(&fold(word));
        }
        if let (Some(short), Some(of_it)) = (short, Short::new(stem)) {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(short, of_it);
        }
        stem
    }
}

/// The stem of a Russian word, the same for all cases of a surname.
///
/// The algorithm takes the end of `Токаев` for that of a case, and leaves it where there is one:
/// of `Токаева` it makes `токаев`. So what is left is stemmed once more, as long as three letters
/// stay: `Алиев` is no `ал`.
fn russian<'w>(stemmer: &Stemmer, word: &'w str) -> Cow<'w, str> {
    let mut stem = stemmer.stem(word);
    let is_surname = |stem: &str| ["ов", "ев", "ёв"].iter().any(|end| stem.ends_with(end));
    if is_surname(word) && stem.chars().count() < SHORTEST_OF_SURNAME {
        return Cow::Borrowed(word);
    }
    if is_surname(&stem) {
        let shorter = stemmer.stem(&stem);
        if shorter.chars().count() >= SHORTEST_OF_SURNAME {
            stem = Cow::Owned(shorter.into_owned());
        }
    }
    stem
}

/// A word of at most [`Short::MOST`] bytes, in place: what is looked up for every word of a text
/// must lie in as few lines of the processor's cache as it can. With boxed words, looking up took a
/// fifth of the time of indexing.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
struct Short {
    bytes: [u8; Self::MOST],
    length: u8,
}

impl Short {
    /// Eleven letters of Cyrillic, or nearly all words in Latin letters.
    const MOST: usize = 23;

    fn new(word: &str) -> Option<Self> {
        let mut bytes = [0; Self::MOST];
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        Some(Self { bytes, length: u8::try_from(word.len()).ok()? })
    }

    fn write_to(&self, text: &mut String) {
        text.clear();
        // It was made of a string, so nothing is ever lost here.
        text.push_str(str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default());
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stems")
            .field("is_stemming", &self.stemmer.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn all_cases_of_a_surname_meet() {
        let mut stems = Stems::new(Language::new("ru"));
        for name in [
            "Токаев",
            "Назарбаев",
            "Лавров",
            "Медведев",
            "Алиев",
            "Мирзиёев",
            "Жапаров",
            "Песков",
            "Бердымухамедов",
            "Кадыров",
            "Аблязов",
            "Масимов",
            "Абаев",
            "Путин",
            "Рахмон",
            "Акаев",
            "Атамбаев",
            "Каримов",
            "Горбачёв",
            "Собянин",
        ] {
            let stem = stems.stem(name).to_owned();
            for ending in ["а", "у", "е"] {
                assert_eq!(stems.stem(&format!("{name}{ending}")), stem, "{name}{ending}");
            }
            assert!(stem.chars().count() > 2, "{name}");
            let instrumental = if name == "Рахмон" { "ом" } else { "ым" };
            assert_eq!(stems.stem(&format!("{name}{instrumental}")), stem);
        }
        // So do words that end alike.
        for forms in [["остров", "острова"], ["готов", "готовы"], ["законов", "закона"]]
        {
            assert_eq!(stems.stem(forms[0]).to_owned(), stems.stem(forms[1]));
        }
        assert_ne!(stems.stem("Алиева").to_owned(), stems.stem("ал"));
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

    #[test]
    fn words_begin_as_their_stems_do() {
        for (language, word, beginning) in [
            ("en", "elections", Some("elect")),
            ("en", "dying", Some("d")),
            ("en", "possibilities", Some("possib")),
            ("en", "hoping", Some("hop")),
            ("de", "Koenig", Some("ko")),
            ("fi", "hauttaia", Some("haut")),
            ("fr", "chevaux", Some("chev")),
            ("kk", "Сайлау", Some("саилау")),
            ("tr", "evler", None),
        ] {
            let language = Language::new(language);
            let mut stems = Stems::new(language);
            assert_eq!(Stems::beginning(language, stems.stem(word)), beginning, "for `{word}`");
        }
    }

    /// Endings for which the algorithms put others.
    const ENDINGS: &[&str] = &[
        "ational",
        "ability",
        "ibility",
        "bly",
        "tional",
        "enci",
        "anci",
        "izer",
        "bli",
        "alli",
        "entli",
        "ousli",
        "ization",
        "ation",
        "alism",
        "iveness",
        "fulness",
        "ousness",
        "aliti",
        "iviti",
        "biliti",
        "ogi",
        "logy",
        "ied",
        "ies",
        "ying",
        "ing",
        "eed",
        "eedly",
        "ingly",
        "edly",
        "sses",
        "y",
        "aux",
        "eaux",
        "euse",
        "euses",
        "amment",
        "emment",
        "logie",
        "ution",
        "ence",
        "issement",
        "ción",
        "ución",
        "logía",
        "encia",
        "yendo",
        "iéndolo",
        "logia",
        "ência",
        "azione",
        "enza",
        "abilitate",
        "icitate",
        "ivitate",
        "ští",
        "čtí",
        "cí",
        "zi",
        "ější",
        "dagok",
        "ként",
        "löst",
        "fullt",
        "erede",
        "lig",
        "heit",
        "keit",
        "isch",
        "lich",
        "ssa",
        "lla",
        "ksi",
        "ische",
        "ować",
        "ami",
        "ości",
        "arik",
        "ística",
        "ique",
        "iqUe",
        "rais",
        "îmes",
        "ante",
        "ador",
        "amente",
        "mente",
        "idade",
        "ividade",
    ];

    proptest! {
        #[test]
        fn where_only_endings_go_the_beginning_stays(
            word in "[a-zäöüßáéíóúàèìòùâêîôûãõñçåæøčšžěůýășțőűąćęłńóśźż]{1,12}|[а-яё]{1,12}|[ա-և]{1,12}|[अ-ह]{1,9}",
            english in "[a-eiloprsty]{1,10}",
            begun in "[a-zéèäöüåøščžąłñç]{1,6}",
            ending in proptest::sample::select(ENDINGS),
        ) {
            let ended = format!("{begun}{ending}");
            for (word, &language) in [&word, &ended, &english].into_iter().flat_map(|word| ENDINGS_ONLY.iter().map(move |it| (word, it))) {
                let mut stems = Stems::new(Language::new(language));
                let stem = stems.stem(word);
                let begins = Stems::beginning(Language::new(language), stem);
                let begins = begins.expect("a language of endings");
                prop_assert!(fold(word).starts_with(begins), "`{}` in `{}`", word, language);
            }
        }
    }
}
