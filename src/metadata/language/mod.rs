//! The language of a text, what it is written in, and how sure that is.
//!
//! Asked in the order of what they cost: letters that only one language has (`letters`), frequent
//! words (`frequent`), trigrams (`whatlang`). Languages that are next to the same are told apart by
//! words of their own (`related`), with what the page declares as a prior. A text may be in several:
//! its paragraphs are asked one by one, by the first two ways only, which are certain and cheap.
//!
//! # Cost
//!
//! [`READ`] characters of the text and [`PARAGRAPH_READ`] of at most [`MOST_PARAGRAPHS`] paragraphs.

mod frequent;
mod letters;
mod related;

use whatlang::Lang;

use self::letters::Letters;
pub(crate) use self::letters::script_by_code;
use crate::article::Language;

/// Characters of the text that are looked at. On whole articles and on 200 characters detection
/// was equally right (over 99.6 % in five languages), so more would only cost time.
const READ: usize = 800;

/// Letters below which a text is too short to tell: on 80 characters the worst language came out
/// right 94 times in 100.
const FEWEST_LETTERS: usize = 40;

/// Paragraphs that are asked for their own language, spread over the text, and what is read of each.
const MOST_PARAGRAPHS: usize = 8;
const PARAGRAPH_READ: usize = 300;

/// Share of a text, in percent, from which a language is a substantial part of it. A quotation in
/// another language is less.
const LEAST_SHARE: usize = 15;

/// How sure a language is that its letters or frequent words show, in percent.
const SURE: u8 = 99;

/// The same of one that the page declares, and some frequent words bear out.
const BORNE_OUT: u8 = 97;

/// What a text is written in.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WrittenIn {
    /// Its language, or the one that most of it is in.
    pub language: Option<Language>,
    /// How sure that is, in percent; `None` where it is only declared.
    pub confidence: Option<u8>,
    /// The languages of substantial parts and their shares in percent, where there are several.
    pub languages: Vec<(Language, u8)>,
    /// ISO 15924 code of the script of most letters.
    pub script: Option<&'static str>,
}

/// What `text` is written in; `hint` is the language that the page declares, and decides where the
/// text is short or the detection unsure.
pub fn written_in(text: &str, hint: Option<Language>) -> WrittenIn {
    let hint = hint.map(usual);
    let head = head(text, READ);
    let letters = Letters::of(head);
    let script = letters.script();
    let (language, confidence) = detect(head, &letters, hint).unzip();
    let whole =
        WrittenIn { language: language.or(hint), confidence, languages: Vec::new(), script };
    let shares = shares(text, whole.language);
    let [(main, _), _, ..] = shares.as_slice() else { return whole };
    WrittenIn { language: Some(*main), confidence: Some(SURE), languages: shares, ..whole }
}

/// The language of a text and how sure it is, in percent, as far as the text itself says.
fn detect(text: &str, letters: &Letters, hint: Option<Language>) -> Option<(Language, u8)> {
    let mut n_letters = 0;
    let is_enough = text.chars().filter(|c| c.is_alphabetic()).any(|c| {
        n_letters += letter_weight(c);
        n_letters >= FEWEST_LETTERS
    });
    if !is_enough {
        return None;
    }
    if let Some(code) = letters.language() {
        return Some((Language::new(code)?, SURE));
    }
    let words = frequent::Counts::of(text);
    let borne_out = || Some((words.bears_out(hint?.as_str())?, BORNE_OUT));
    let (code, confidence) = match words.settled().map(|code| (code, SURE)).or_else(borne_out) {
        Some(found) => found,
        // Trigrams of a table tell nothing.
        None if hint.is_some() && is_table(text) => return None,
        None => by_trigrams(text)?,
    };
    let settled = related::settle(text, code, hint);
    let confidence = if settled.is_sure { confidence } else { confidence.min(UNSETTLED) };
    Some((Language::new(settled.code)?, confidence))
}

/// Whether every fifth of the letters and digits of a text is a digit.
fn is_table(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    4 * text.bytes().filter(u8::is_ascii_digit).count() >= letters
}

/// How sure one of several close languages is that no word settles.
const UNSETTLED: u8 = 70;

/// The language by trigrams, unless that is a guess.
fn by_trigrams(text: &str) -> Option<(&'static str, u8)> {
    let info = whatlang::detect(text)?;
    // An unsure guess among the Latin alphabets is worth nothing; other scripts have few languages.
    let is_sure = info.is_reliable() || info.script() != whatlang::Script::Latin;
    // Reliable answers were right 97 times in 100 and more; others in scripts of few languages are
    // worth what they say of themselves, from an even chance upwards.
    let (least, most) = if info.is_reliable() { (85.0, 97.0) } else { (50.0, 85.0) };
    let percent = least + (most - least) * info.confidence().clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "50 to 97")]
    let percent = percent as u8;
    is_sure.then(|| (code(info.lang()), percent))
}

/// The languages of the paragraphs of `text` and their shares of it in percent, greatest first;
/// empty unless several are substantial. `first` is the language that the text begins in.
fn shares(text: &str, first: Option<Language>) -> Vec<(Language, u8)> {
    let paragraphs: Vec<&str> =
        text.lines().filter(|line| line.len() >= 2 * FEWEST_LETTERS).collect();
    if paragraphs.len() < 2 {
        return Vec::new();
    }
    // Two neighbours in the middle, as languages may take turns, and the end.
    let (middle, last) = (paragraphs.len() / 2, paragraphs.len() - 1);
    let is_other = |at: usize| {
        let code = certain(head(paragraphs[at], PARAGRAPH_READ));
        code.is_some_and(|code| first.is_none_or(|first| first.as_str() != code))
    };
    let end = (last > middle).then_some(last);
    if ![middle - 1, middle].into_iter().chain(end).any(is_other) {
        return Vec::new();
    }
    let step = paragraphs.len().div_ceil(MOST_PARAGRAPHS);
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for paragraph in paragraphs.iter().step_by(step) {
        let head = head(paragraph, PARAGRAPH_READ);
        let Some(code) = certain(head) else { continue };
        // Scripts are seldom mixed within a paragraph, so one letter weighs for all.
        let weight = head.chars().find(|c| c.is_alphabetic()).map_or(1, letter_weight);
        let length = paragraph.chars().count() * weight;
        match found.iter_mut().find(|(known, _)| *known == code) {
            Some((_, sum)) => *sum += length,
            None => found.push((code, length)),
        }
    }
    let total: usize = found.iter().map(|(_, length)| length).sum();
    found.retain(|(_, length)| length * 100 >= total * LEAST_SHARE);
    if found.len() < 2 {
        return Vec::new();
    }
    // Stable, so that of equals the first in the text stays first.
    found.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    let percent = |length: usize| u8::try_from(length * 100 / total.max(1)).unwrap_or(100);
    let shares =
        found.iter().filter_map(|(code, length)| Some((Language::new(code)?, percent(*length))));
    shares.collect()
}

/// The language of a paragraph, by the ways that are certain and cheap.
fn certain(paragraph: &str) -> Option<&'static str> {
    Letters::of(paragraph).language().or_else(|| frequent::by_frequent_words(paragraph))
}

/// The first `most` characters of `text`.
fn head(text: &str, most: usize) -> &str {
    // In ASCII, which most texts begin with, characters are bytes.
    match text.as_bytes().get(..most) {
        None => return text,
        Some(bytes) if bytes.is_ascii() => return &text[..most],
        Some(_) => {}
    }
    &text[..text.char_indices().nth(most).map_or(text.len(), |(at, _)| at)]
}

/// The code by which a language is usually named: some pages declare withdrawn codes, that of one
/// member of a group, or the code of a country.
fn usual(language: Language) -> Language {
    let usual = match language.as_str() {
        "nb" => "no",
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        "ua" => "uk",
        "jp" => "ja",
        "cz" => "cs",
        "gr" => "el",
        "dk" => "da",
        "cn" | "cmn" | "zho" | "chi" => "zh",
        "eng" => "en",
        "rus" => "ru",
        _ => return language,
    };
    Language::new(usual).unwrap_or(language)
}

/// How many letters of an alphabet a character is worth: a Han or Hangul sign stands for a syllable
/// or a word.
fn letter_weight(c: char) -> usize {
    if c >= '\u{2e80}' { 4 } else { 1 }
}

/// ISO 639-1 where there is a code, else ISO 639-3. `whatlang` tells individual languages; readers
/// and pages name some of them by the code of their group (Mandarin `zh`, Bokmål `no`).
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Cmn => "zh",
        Lang::Nob => "no",
        Lang::Pes => "fa",
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, hint: Option<&str>, meant: Option<&str>) {
        let got = written_in(text, hint.and_then(Language::new)).language;
        assert_eq!(got.map(|language| language.to_string()).as_deref(), meant, "for `{text}`");
    }

    #[test]
    fn a_text_of_some_length_speaks_for_itself() {
        let english = "The harbour was closed for three days after the storm had passed, and nobody \
            could say when the fishermen would be allowed to leave it again.";
        check(english, None, Some("en"));
        check(english, Some("de"), Some("en"));
        check("Порт был закрыт на три дня после того, как прошёл сильный шторм.", None, Some("ru"));
        check("暴风雨过后港口关闭了三天，渔民们无法出海捕鱼，市场上的鱼价上涨。", None, Some("zh"));
        check("Το λιμάνι έμεινε κλειστό για τρεις ημέρες μετά την καταιγίδα.", None, Some("el"));
    }

    #[test]
    fn a_short_text_is_in_the_language_that_the_page_declares() {
        check("Port closed", Some("en"), Some("en"));
        check("Port closed", None, None);
        check("", Some("pl"), Some("pl"));
        check("12 345 678", None, None);
    }

    const ENGLISH: &str = "The harbour was closed for three days after the storm had passed, and it is \
        not known when the fishermen will be allowed to leave it, said the head of the port.";
    const RUSSIAN: &str = "Порт был закрыт на три дня после того, как прошёл сильный шторм, и рыбаки \
        не знали, когда им можно будет выйти в море, сообщил начальник порта.";

    #[test]
    fn a_text_in_two_languages_says_so() {
        let en_ru = written_in(&[ENGLISH, RUSSIAN, ENGLISH, RUSSIAN, RUSSIAN].join("\n"), None);
        let codes: Vec<&str> =
            en_ru.languages.iter().map(|(language, _)| language.as_str()).collect();
        assert_eq!((codes, en_ru.language), (vec!["ru", "en"], Language::new("ru")));
        assert!(en_ru.languages.iter().all(|(_, percent)| (30..70).contains(percent)));
    }

    #[test]
    fn a_quotation_in_another_language_does_not_count() {
        let text = [ENGLISH; 9].join("\n") + "\n" + RUSSIAN;
        let written = written_in(&text, None);
        assert_eq!((written.languages, written.language), (vec![], Language::new("en")));
    }

    #[test]
    fn script_and_confidence_are_told() {
        let written = written_in(RUSSIAN, None);
        assert_eq!((written.script, written.confidence), (Some("Cyrl"), Some(SURE)));
        let short = written_in("Port closed", Language::new("en"));
        assert_eq!((short.script, short.confidence), (Some("Latn"), None));
        assert_eq!(written_in("", None), WrittenIn::default());
    }

    #[test]
    fn codes_of_countries_are_taken_for_their_languages() {
        check("Порт", Some("ua"), Some("uk"));
        check("港", Some("jp"), Some("ja"));
        check("Port", Some("nb-NO"), Some("no"));
    }

    #[test]
    fn every_language_has_a_code_that_can_be_written() {
        for lang in Lang::all() {
            assert!(Language::new(code(*lang)).is_some(), "for {lang}");
        }
    }
}
