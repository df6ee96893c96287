//! What the letters of a text say alone: its script, and the language where that has letters of its
//! own or a script to itself.
//!
//! Greek, Korean or Georgian need no statistics, and among the languages that share Cyrillic or
//! Arabic letters each has some that its neighbours lack: no Ukrainian text is without `і`, no
//! Russian one without `ы`. Counting them is certain after two lines of text and costs next to
//! nothing, where comparing trigrams mistakes one neighbour for another.

/// Letters that must be counted before they mean anything.
const FEWEST: u32 = 30;

/// Scripts by their ISO 15924 codes and the ranges of their letters, in the order of Unicode.
#[rustfmt::skip]
const RANGES: &[(u32, u32, &str)] = &[
    (0x41, 0x24f, "Latn"), (0x370, 0x3ff, "Grek"), (0x400, 0x52f, "Cyrl"), (0x531, 0x58f, "Armn"),
    (0x591, 0x5f4, "Hebr"), (0x600, 0x6ff, "Arab"), (0x750, 0x77f, "Arab"), (0x780, 0x7bf, "Thaa"),
    (0x8a0, 0x8ff, "Arab"), (0x900, 0x97f, "Deva"), (0x980, 0x9ff, "Beng"), (0xa00, 0xa7f, "Guru"),
    (0xa80, 0xaff, "Gujr"), (0xb00, 0xb7f, "Orya"), (0xb80, 0xbff, "Taml"), (0xc00, 0xc7f, "Telu"),
    (0xc80, 0xcff, "Knda"), (0xd00, 0xd7f, "Mlym"), (0xd80, 0xdff, "Sinh"), (0xe00, 0xe7f, "Thai"),
    (0xe80, 0xeff, "Laoo"), (0xf00, 0xfff, "Tibt"), (0x1000, 0x109f, "Mymr"), (0x10a0, 0x10ff, "Geor"),
    (0x1100, 0x11ff, "Hang"), (0x1200, 0x139f, "Ethi"), (0x1780, 0x17ff, "Khmr"), (0x1800, 0x18af, "Mong"),
    (0x1c80, 0x1c8f, "Cyrl"), (0x1c90, 0x1cbf, "Geor"), (0x1e00, 0x1eff, "Latn"), (0x1f00, 0x1fff, "Grek"),
    (0x2d00, 0x2d2f, "Geor"), (0x3040, 0x309f, "Hira"), (0x30a0, 0x30ff, "Kana"), (0x3130, 0x318f, "Hang"),
    (0x31f0, 0x31ff, "Kana"), (0x3400, 0x4dbf, "Hani"), (0x4e00, 0x9fff, "Hani"), (0xac00, 0xd7af, "Hang"),
    (0xf900, 0xfaff, "Hani"), (0xfb50, 0xfdff, "Arab"), (0xfe70, 0xfefc, "Arab"), (0x20000, 0x323af, "Hani"),
];

/// Scripts that only one language writes news in, and that language.
#[rustfmt::skip]
const ALONE: &[(&str, &str)] = &[
    ("Grek", "el"), ("Armn", "hy"), ("Geor", "ka"), ("Thai", "th"), ("Laoo", "lo"), ("Khmr", "km"),
    ("Mymr", "my"), ("Tibt", "bo"), ("Sinh", "si"), ("Taml", "ta"), ("Telu", "te"), ("Knda", "kn"),
    ("Mlym", "ml"), ("Gujr", "gu"), ("Guru", "pa"), ("Orya", "or"), ("Thaa", "dv"), ("Jpan", "ja"),
    ("Kore", "ko"), ("Hani", "zh"),
];

/// The script of this code, as texts are found to be in it.
pub(crate) fn script_by_code(code: &str) -> Option<&'static str> {
    let codes = RANGES.iter().map(|(.., code)| *code).chain(ALONE.iter().map(|(code, _)| *code));
    codes.into_iter().find(|known| *known == code)
}

/// How often each script stands in a text.
#[derive(Debug, Default)]
pub(super) struct Letters<'t> {
    text: &'t str,
    /// By script, in the order in which they come.
    scripts: Vec<(&'static str, u32)>,
}

impl<'t> Letters<'t> {
    /// Counts the letters of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        let mut letters = Self { text, scripts: Vec::new() };
        let mut last = 0;
        let others = if text.is_ascii() { "" } else { text };
        for c in others.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()) {
            let (from, until, _) = RANGES[last];
            if !(from..=until).contains(&u32::from(c)) {
                let Some(at) = range(c) else { continue };
                last = at;
            }
            letters.add(RANGES[last].2, 1);
        }
        let ascii = text.bytes().filter(u8::is_ascii_alphabetic).count();
        if ascii > 0 {
            letters.add("Latn", u32::try_from(ascii).unwrap_or(u32::MAX));
        }
        letters
    }

    fn add(&mut self, script: &'static str, more: u32) {
        match self.scripts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count = count.saturating_add(more),
            None => self.scripts.push((script, more)),
        }
    }

    /// The script of most letters. Japanese and Korean mix scripts and have codes for the mixture.
    pub(super) fn script(&self) -> Option<&'static str> {
        let kana = self.count("Hira") + self.count("Kana");
        let (han, hangul) = (self.count("Hani"), self.count("Hang"));
        let (mut best, mut most) = (None, 0);
        for (script, count) in &self.scripts {
            if *count > most {
                (best, most) = (Some(*script), *count);
            }
        }
        match best? {
            // A Chinese text may name a Japanese brand; a Japanese one is a third kana or more.
            "Hani" | "Hira" | "Kana" if kana * 8 >= han => Some("Jpan"),
            "Hang" | "Hani" if hangul * 4 >= han && hangul > 0 => Some("Kore"),
            script => Some(script),
        }
    }

    fn count(&self, script: &str) -> u32 {
        self.scripts.iter().find(|(known, _)| *known == script).map_or(0, |(_, count)| *count)
    }

    /// The language, where the letters leave no doubt.
    pub(super) fn language(&self) -> Option<&'static str> {
        let script = self.script()?;
        if let Some((_, language)) = ALONE.iter().find(|(alone, _)| *alone == script) {
            let is_weighty = matches!(script, "Hani" | "Jpan" | "Kore");
            let total: u32 = self.scripts.iter().map(|(_, count)| count).sum();
            return (is_weighty || total >= FEWEST / 2).then_some(language);
        }
        let total = self.count(script);
        if total < FEWEST {
            return None;
        }
        match script {
            "Cyrl" => cyrillic(&Shares::of(self.text, total)),
            "Arab" => arabic(&Shares::of(self.text, total)),
            "Latn" if self.text.is_ascii() => None,
            "Latn" => (self.text.matches(['ə', 'Ə']).count() * 1000 / total as usize >= 20)
                .then_some("az"),
            _ => None,
        }
    }
}

/// The place in [`RANGES`] of the script that `c` is of.
fn range(c: char) -> Option<usize> {
    let c = u32::from(c);
    let at = RANGES.partition_point(|(_, until, _)| *until < c);
    RANGES.get(at).filter(|(from, ..)| *from <= c).map(|_| at)
}

/// The letters that tell languages apart lie below this: Latin, Cyrillic, Arabic.
const LETTERS_END: usize = 0x700;

/// How often some letters stand among all of a script.
struct Shares {
    /// By letter, in lower case.
    counts: Vec<u32>,
    total: u32,
}

impl Shares {
    fn of(text: &str, total: u32) -> Self {
        let mut counts = vec![0; LETTERS_END];
        for c in text.chars().filter(|c| !c.is_ascii()) {
            // Letters that matter here have one character in either case.
            let lower = c.to_lowercase().next().unwrap_or(c);
            if let Some(count) = counts.get_mut(lower as usize) {
                *count += 1;
            }
        }
        Self { counts, total }
    }

    /// How many of a thousand letters are one of `letters`, which are in lower case.
    fn per_mille(&self, letters: &str) -> u32 {
        let count = |c: char| self.counts.get(c as usize).copied().unwrap_or_default();
        let count: u32 = letters.chars().map(count).sum();
        count.saturating_mul(1000) / self.total.max(1)
    }
}

/// Which of the languages in Cyrillic letters has these.
fn cyrillic(shares: &Shares) -> Option<&'static str> {
    let has = |letters: &str, least: u32| shares.per_mille(letters) >= least;
    // The names of one country in the press of another bring letters in, but few.
    let lacks = |letters: &str| shares.per_mille(letters) <= 3;
    let language = if has("ҙҡҫ", 15) {
        "ba"
    } else if has("җ", 2) && has("ә", 20) {
        "tt"
    } else if has("ӣӯҷҳ", 15) && has("ӣӯҷ", 5) {
        "tg"
    } else if has("ўқғҳ", 20) && has("ў", 5) {
        "uz"
    } else if has("қғұ", 20) {
        "kk"
    } else if has("өү", 20) && lacks("ә") {
        if has("ң", 3) { "ky" } else { "mn" }
    } else if has("ј", 10) && has("ћђ", 1) {
        "sr"
    } else if has("ј", 10) && has("ѓќѕ", 1) {
        "mk"
    } else if has("ў", 4) && has("і", 20) {
        "be"
    } else if has("ії", 20) && has("їєґ", 2) && lacks("ыэ") {
        "uk"
    } else if has("ыэ", 8) && lacks("іїєўј") {
        "ru"
    } else if has("ъ", 5) && lacks("ыэіј") {
        "bg"
    } else {
        return None;
    };
    Some(language)
}

/// Which of the languages in Arabic letters has these.
fn arabic(shares: &Shares) -> Option<&'static str> {
    let has = |letters: &str, least: u32| shares.per_mille(letters) >= least;
    let language = if has("ۇۈ", 20) {
        "ug"
    } else if has("ێۆەڕڵ", 60) {
        "ckb"
    } else if has("ښړټډځڅۍ", 15) {
        "ps"
    } else if has("ےںٹڈڑہ", 50) {
        "ur"
    } else if has("ڳڄڻٻڀ", 15) {
        "sd"
    } else if has("یکپچگژ", 60) {
        "fa"
    } else if has("ةىأإيك", 50) && shares.per_mille("پچگژیک") <= 10 {
        "ar"
    } else {
        return None;
    };
    Some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_are_in_order_and_apart() {
        assert!(RANGES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn a_script_is_that_of_most_letters() {
        for (text, script) in [
            ("The port of Гавань", Some("Latn")),
            ("Порт Gull", Some("Cyrl")),
            ("Το λιμάνι", Some("Grek")),
            ("الميناء", Some("Arab")),
            ("הנמל", Some("Hebr")),
            ("港口重新开放", Some("Hani")),
            ("港が再開した", Some("Jpan")),
            ("항구가 다시 열렸다", Some("Kore")),
            ("बंदरगाह", Some("Deva")),
            ("ნავსადგური", Some("Geor")),
            ("12, 34!", None),
        ] {
            assert_eq!(Letters::of(text).script(), script, "for `{text}`");
        }
    }

    #[test]
    fn neighbours_in_one_script_are_told_by_their_letters() {
        for (text, language) in [
            ("Порт был закрыт на три дня, а рыбаки ждали, пока выловят обломки.", Some("ru")),
            ("Порт був закритий на три дні, і рибалки чекали, поки її звільнять.", Some("uk")),
            (
                "Порт быў закрыты тры дні, і рыбакі чакалі, пакуль яго вызваляць ад лёду.",
                Some("be"),
            ),
            (
                "Пристанището беше затворено три дни, а рибарите чакаха бурята да отмине към морето.",
                Some("bg"),
            ),
            (
                "Лука је била затворена три дана, а рибари су чекали да ће је отворити још ноћас.",
                Some("sr"),
            ),
            ("Порт үш күнге жабылды, ал балықшылар оның қашан ашылатынын білмеді.", Some("kk")),
            ("أغلق الميناء ثلاثة أيام بعد العاصفة، وانتظر الصيادون في المدينة.", Some("ar")),
            (
                "بندر سه روز پس از توفان بسته بود و ماهیگیران در شهر منتظر بودند که باز شود.",
                Some("fa"),
            ),
            (
                "بندرگاہ طوفان کے بعد تین دن بند رہی اور ماہی گیر شہر میں انتظار کرتے رہے۔",
                Some("ur"),
            ),
            (
                "Liman üç gün bağlı qaldı və balıqçılar onun nə vaxt açılacağını bilmədilər.",
                Some("az"),
            ),
            ("The port was closed for three days and the men waited for the storm to end.", None),
        ] {
            assert_eq!(Letters::of(text).language(), language, "for `{text}`");
        }
    }
}
