//! Who wrote an article: names out of bylines.
//!
//! A byline is prose: "By Ann Oakes and Bo Lind, Political Correspondents, in Kyiv". What is kept
//! are the names of people, joined by `, `, so that a facet of authors counts people. A byline that
//! names nobody ("Staff Reporter", "Редакция", "admin") gives no author; one that names an agency is
//! for [`super::wire`]; one that repeats the publisher says nothing.

use super::folded_words;
use super::title::{is_unspaced, readable, squeezed};
use super::wire;

/// Characters of a byline that are looked at.
const MOST_BYLINE: usize = 300;

/// Names that are kept.
const MOST_NAMES: usize = 12;

/// Words and characters of a name, at most.
const NAME_WORDS: usize = 6;
const NAME_LENGTH: usize = 60;

/// What stands in front of the names, in lower case; longer ones before those they start with.
#[rustfmt::skip]
const INTRODUCTIONS: &[&str] = &[
    // English
    "written by", "reported by", "reporting by", "posted by", "published by", "story by",
    "text by", "words by", "opinion by", "analysis by", "review by", "by", "author", "authors",
    // German, Dutch, Nordic
    "ein beitrag von", "ein artikel von", "von", "text", "autorin", "autor", "door", "av", "af",
    "skrevet av", "skrevet af", "tekst", "kirjoittaja", "teksti",
    // French, Spanish, Portuguese, Catalan, Italian, Romanian
    "propos recueillis par", "publié par", "écrit par", "rédigé par", "texte", "par", "auteur",
    "publicado por", "escrito por", "texto", "por", "per", "scritto da", "di", "a cura di",
    "articolo di", "autore", "scris de", "de",
    // Polish, Czech, Slovak, South Slavic, Hungarian
    "opracowanie", "oprac.", "opr.", "tekst", "autorzy", "napisał", "napsal", "napsala", "piše", "pišu",
    "autori", "írta", "szerző",
    // Russian, Ukrainian, Bulgarian, Serbian, Kazakh
    "автор текста", "авторы", "автор", "автори", "текст", "подготовил", "подготовила",
    "підготував", "підготувала", "от", "пише", "пишува",
    // Greek
    "γράφει ο", "γράφει η", "γράφουν οι", "του", "της", "συντάκτης", "από τον", "από την",
    // Turkish, Indonesian, Malay, Vietnamese
    "yazan", "yazar", "haber", "penulis", "oleh", "laporan", "tác giả", "theo",
    // Arabic, Persian, Hebrew
    "كتب", "كتبت", "بقلم", "تأليف", "نویسنده", "מאת",
    // Chinese, Japanese, Korean
    "记者", "記者", "作者", "撰文", "编辑", "編輯", "文",
];

/// What stands behind a name in Korean, Chinese and Japanese, where a title follows it.
const HONORIFICS: &[&str] = &["기자", "특파원", "논설위원", "記者", "记者"];

/// Words between two names.
#[rustfmt::skip]
const CONJUNCTIONS: &[&str] = &[
    "and", "und", "et", "y", "e", "i", "og", "och", "ja", "en", "és", "és", "si", "și", "ve", "dan",
    "và", "i", "a", "и", "и", "та", "й", "и", "және", "και", "και", "και", "و", "with", "mit", "avec",
    "con", "с",
];

/// Words that are no part of a name: what somebody is, or that nobody is named. Stems that end in
/// `*` stand for all words that begin so.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    // English
    "correspondent*", "reporter*", "editor*", "editorial*", "writer*", "staff*", "columnist*", "bureau*",
    "contributor*", "contributing", "desk", "newsdesk", "newsroom", "team", "admin*",
    "webmaster", "online", "guest", "freelance*", "wire", "wires", "anonymous", "unknown", "user",
    "producer*", "photographer*", "analyst*", "author*", "report*", "updated", "published",
    "sponsored", "follow", "login", "source", "now",
    // German, Dutch, Nordic
    "redakt*", "korrespondent*", "agentur*", "verlag", "zeitung", "journalist*", "dpa*", "redactie",
    "verslaggever*", "toimit*", "nyheter", "avisen", "ritzau*",
    // Romance
    "rédact*", "redacc*", "redaç*", "redaz*", "redac*", "correspond*", "corresponsal*", "agence*",
    "agenc*", "agenz*", "journal*", "periodi*", "giornalist*", "envoyé*", "enviad*", "inviat*",
    "équipe", "equipo", "noticias", "notícias", "jornal", "rédaction", "colaborador*",
    // Slavic
    "redakc*", "redakt*", "dziennikar*", "agencj*", "novinar*", "novinář*", "dopisovatel*", "čtk",
    "редакц*", "редактор*", "корреспондент*", "кореспондент*", "журналист*", "обозреват*",
    "агентств*", "агенція", "новинар*", "служба", "администратор*", "новости", "новини", "собкор*",
    // Greek, Turkish, Hungarian, Indonesian
    "συντακτικ*", "συντακτ*", "ομάδα", "ανταποκριτ*", "δημοσιογράφ*", "newsroom", "επιμέλεια",
    "muhabir*", "ajans*", "haber*", "editör*", "merkezi", "szerkeszt*", "wartawan", "redaksi",
    // Arabic, Persian
    "وكالات", "وكالة", "تحرير", "التحرير", "مراسل", "خبرنگار", "گروه", "تحریریه",
    // Chinese, Japanese, Korean
    "本报*", "本報*", "编辑部", "編集部", "综合*", "綜合*", "新闻*", "新聞*", "报道", "報導", "통신*", "편집국",
];

/// Words that only the names of bodies hold.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "news", "newspaper", "media", "press", "magazine", "tv", "radio", "times", "post", "daily",
    "agency", "agencies", "service", "services", "associates", "inc", "ltd", "llc", "gmbh", "group",
    "university", "department", "network", "corporation", "website", "www", "twitter", "facebook",
    "shutterstock", "getty", "kg", "sp", "spa", "株式会社", "haberler",
];

/// What a role is said of, in front of it: "Ann Oakes Senior Political Correspondent".
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "political", "senior", "chief", "foreign", "special", "world", "business", "science", "health",
    "sports", "sport", "education", "diplomatic", "home", "economics", "technology", "tech", "security",
    "legal", "environment", "political", "national", "international", "deputy", "managing",
    "assistant", "executive", "digital", "web", "the", "our", "own", "a", "dr", "crime", "city",
    "defence", "defense", "auto", "arts", "culture", "data", "features", "investigative", "general",
    "специальный", "собственный", "политический", "главный", "наш",
];

/// Small words that stand within names.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "de", "da", "di", "do", "du", "des", "dos", "das", "del", "della", "van", "von", "der", "den",
    "het", "ten", "ter", "la", "le", "el", "al", "bin", "ibn", "bint", "ben", "zu", "zur", "af", "av",
    "d", "y", "e", "i", "st", "’t", "'t", "oğlu", "uulu", "kyzy", "оглы", "кызы", "улы",
];

/// The names in the first of `bylines` that holds any; each is one byline or one name. `sites` are
/// what the publisher calls itself.
pub(super) fn names<'b>(
    bylines: impl IntoIterator<Item = (&'b str, Trust)>,
    sites: &[&str],
) -> Option<String> {
    let sites: Vec<String> = sites.iter().map(|site| squeezed(site)).collect();
    bylines.into_iter().find_map(|(byline, trust)| {
        let mut names = in_byline(byline);
        names.retain(|name| {
            !sites.contains(&squeezed(name))
                && (is_full(name) || trust == Trust::Stated && is_pen_name(name))
        });
        (!names.is_empty()).then(|| names.join(", "))
    })
}

/// How much a place on the page is to be trusted to hold names and nothing else.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Trust {
    /// Stated for machines, or marked as the author.
    Stated,
    /// Called a byline by a class: at times a label, a button or a number of followers.
    Printed,
}

/// Whether `name` has two parts, or is in a script that writes names in one.
fn is_full(name: &str) -> bool {
    name.contains([' ', '·', '・']) || name.chars().any(is_unspaced)
}

/// Whether a single word can be the name that somebody writes under: `Atossa`, not `newsroom2` or
/// `KQED`.
fn is_pen_name(name: &str) -> bool {
    let is_cased = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let is_title_case =
        name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase);
    name.chars().count() >= 3 && (!is_cased || is_title_case)
}

/// The names of people in a byline, each once, in their order.
fn in_byline(byline: &str) -> Vec<String> {
    let byline = readable(byline);
    let mut found: Vec<String> = Vec::new();
    if byline.chars().count() > MOST_BYLINE || byline.contains("://") {
        return found;
    }
    for piece in
        byline.split([',', ';', '|', '/', '、', '，', '；', '•', '·', '&', '(', ')', '（', '）'])
    {
        for name in between_conjunctions(without_introduction(piece)) {
            // "Ann Oakes, The Gull", "Ana Robles, El Faro": where somebody works.
            let is_article = |word: &str| ["the", "el", "la", "le", "il"].contains(&word);
            let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
            if !found.is_empty() && is_article(&first) {
                continue;
            }
            let Some(name) = person(without_introduction(&name)) else { continue };
            let is_new = found.iter().all(|other| squeezed(other) != squeezed(&name));
            if is_new && found.len() < MOST_NAMES {
                found.push(name);
            }
        }
    }
    found
}

/// `text` without what introduces a name.
fn without_introduction(text: &str) -> &str {
    let mut text = text.trim();
    // "Text: By Ann Oakes"
    for _ in 0..3 {
        let rest = INTRODUCTIONS.iter().find_map(|introduction| {
            let rest = strip_folded(text, introduction)?;
            let n_letters = introduction.chars().count();
            let is_unspaced = n_letters > 1 && introduction.chars().all(|c| c >= '\u{2e80}');
            let is_apart = is_unspaced || rest.starts_with(is_gap);
            // "Per Lind" and "Di Wang" are names, "di Anna Riva" has one.
            let is_name = n_letters <= 3
                && !is_unspaced
                && *introduction != "by"
                && !rest.trim_start().starts_with([':', '：'])
                && rest.split_whitespace().count() < 2;
            (is_apart && !is_name).then(|| rest.trim_start_matches(is_gap))
        });
        match rest {
            Some(rest) if !rest.is_empty() => text = rest,
            _ => break,
        }
    }
    text.trim_matches(|c: char| c.is_whitespace() || ":-–—*\"“”«».".contains(c))
}

/// Whether `c` may stand between an introduction and a name.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || ":：・-–—".contains(c)
}

/// What follows `start`, written in any case, in `text`.
fn strip_folded<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in start.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// `text` parted at words such as "and", where names stand on both sides. Of conjunctions of one
/// letter, which stand within names too ("Ortega y Gasset"), both sides must be full names.
fn between_conjunctions(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut parts: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let is_short = word.chars().count() == 1;
        let fewest = if is_short { 2 } else { 1 };
        let is_conjunction = CONJUNCTIONS.contains(&word.to_lowercase().as_str())
            && !word.chars().any(char::is_uppercase);
        if is_conjunction && at >= start + fewest && words.len() - at > fewest {
            parts.push(words[start..at].join(" "));
            start = at + 1;
        }
    }
    parts.push(words[start..].join(" "));
    parts
}

/// The name of a person at the head of `text`, if one stands there.
fn person(text: &str) -> Option<String> {
    let text = wire::without_agency(text);
    if wire::agency(text).is_some() || text.contains(['@', '<', '{', '=', '_', '#']) {
        return None;
    }
    let text =
        HONORIFICS.iter().fold(text, |text, honorific| text.trim_end_matches(honorific).trim());
    let mut words: Vec<&str> = Vec::new();
    let is_cased = text.chars().any(char::is_uppercase);
    for word in text.split_whitespace() {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        if BODIES.contains(&bare) || is_domain(bare) {
            return None;
        }
        if is_role(bare) {
            break;
        }
        // "Ann Oakes in Kyiv", "Ann Oakes, who lives there"
        let is_small = word.chars().next().is_some_and(char::is_lowercase);
        if is_cased && is_small && !PARTICLES.contains(&bare) && !starts_with_particle(word) {
            break;
        }
        words.push(word);
    }
    let is_empty_word = |word: &&str| {
        let bare = word.to_lowercase();
        QUALIFIERS.contains(&bare.as_str()) || PARTICLES.contains(&bare.as_str())
    };
    while words.last().is_some_and(is_empty_word) {
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    (is_name(name) && wire::agency(name).is_none()).then(|| name.to_owned())
}

/// `gull.example`
fn is_domain(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(before, top)| {
        before.len() >= 2 && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

/// "d'Alembert", "al-Masri"
fn starts_with_particle(word: &str) -> bool {
    let Some((particle, rest)) = word.split_once(['\'', '’', '-']) else { return false };
    particle.chars().count() <= 3 && rest.chars().next().is_some_and(char::is_uppercase)
}

fn is_role(word: &str) -> bool {
    ROLES.iter().any(|role| match role.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == *role,
    })
}

/// Whether `text` can be the name of one human being: letters, few words, no digits.
fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_written_so = |c: char| {
        c.is_alphabetic()
            || c.is_whitespace()
            || ".'’ʼ-‐–·・\u{200c}\u{200d}".contains(c)
            || is_mark(c)
    };
    letters >= 2
        && text.chars().count() <= NAME_LENGTH
        && (1..=NAME_WORDS).contains(&folded_words(text).len())
        && text.chars().all(is_written_so)
}

/// Vowel signs and accents, which no letter is.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(byline: &str, meant: &[&str]) {
        assert_eq!(in_byline(byline), meant, "for `{byline}`");
    }

    #[test]
    fn a_byline_gives_the_name_alone() {
        for byline in [
            "Ann Oakes",
            "By Ann Oakes",
            "BY: Ann Oakes",
            "Written by Ann Oakes",
            "Ann Oakes, Political Correspondent",
            "Ann Oakes Senior Political Correspondent",
            "By Ann Oakes in Kyiv",
            "By Ann Oakes, Reuters",
            "Ann Oakes (Associated Press)",
            "Ann Oakes | The Gull staff",
            "Von Ann Oakes, Redaktion",
            "Par Ann Oakes, envoyée spéciale",
            "Por Ann Oakes / Agencias",
            "di Ann Oakes",
            "Door Ann Oakes",
            "Av Ann Oakes",
            "Autor: Ann Oakes",
            "Yazan: Ann Oakes",
            "Oleh Ann Oakes",
        ] {
            check(byline, &["Ann Oakes"]);
        }
    }

    #[test]
    fn names_in_other_scripts_are_names() {
        check("Автор: Анна Дубова", &["Анна Дубова"]);
        check("Анна Дубова, специальный корреспондент", &["Анна Дубова"]);
        check("Γράφει ο Νίκος Βράχος", &["Νίκος Βράχος"]);
        check("بقلم: سمير البحري", &["سمير البحري"]);
        check("记者 王海", &["王海"]);
        check("작성자 김바다 기자", &["작성자 김바다"]);
        check("김바다 기자", &["김바다"]);
        check("מאת דנה ים", &["דנה ים"]);
    }

    #[test]
    fn several_names_are_parted() {
        check("Ann Oakes and Bo Lind", &["Ann Oakes", "Bo Lind"]);
        check("By Ann Oakes, Bo Lind & Cy Marsh", &["Ann Oakes", "Bo Lind", "Cy Marsh"]);
        check("Von Ann Oakes und Bo Lind", &["Ann Oakes", "Bo Lind"]);
        check("Ana Robles y Luis Haya", &["Ana Robles", "Luis Haya"]);
        check("Анна Дубова и Пётр Липов", &["Анна Дубова", "Пётр Липов"]);
        check("王海、李岸", &["王海", "李岸"]);
        check("Ann Oakes, Ann Oakes", &["Ann Oakes"]);
    }

    #[test]
    fn small_words_within_a_name_stay() {
        for name in [
            "Ludo van der Berg",
            "José Ortega y Gasset",
            "Charles de la Tour",
            "Jean d'Ormes",
            "Omar al-Masri",
            "A. B. Oakes",
            "Mary O’Shea",
        ] {
            check(name, &[name]);
        }
    }

    #[test]
    fn who_is_not_named_is_no_author() {
        for byline in [
            "Staff Reporter",
            "By our own correspondent",
            "admin",
            "Редакция",
            "Redaktion",
            "Reuters",
            "AFP",
            "https://gull.example/ann",
            "ann@gull.example",
            "gull.example",
            "2019-11-20",
            "",
        ] {
            check(byline, &[]);
        }
    }

    #[test]
    fn the_publisher_is_not_its_own_author() {
        let stated = |bylines: &[&'static str]| {
            names(
                bylines.iter().map(|byline| (*byline, Trust::Stated)),
                &["The Gull", "Daily Gull"],
            )
        };
        assert_eq!(stated(&["Daily Gull", "Ann Oakes"]).as_deref(), Some("Ann Oakes"));
        assert_eq!(stated(&["Daily Gull"]), None);
    }

    #[test]
    fn a_single_word_is_a_name_where_names_are_stated() {
        for (byline, stated, printed) in [
            ("Atossa", true, false),
            ("newsroom2", false, false),
            ("KQED", false, false),
            ("王海", true, true),
            ("Ann Oakes", true, true),
        ] {
            let is_name = |trust| names([(byline, trust)], &[]).is_some();
            assert_eq!(
                (is_name(Trust::Stated), is_name(Trust::Printed)),
                (stated, printed),
                "{byline}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_byline_gives_short_names(byline in "\\PC{0,200}") {
            for name in in_byline(&byline) {
                prop_assert!(name.chars().count() <= NAME_LENGTH);
                prop_assert!(!name.trim().is_empty() && !name.contains(','));
            }
        }
    }
}
