//! Languages so close that statistics of letters mistake one for another.
//!
//! What tells them apart are a few frequent words that one has and the others lack. Where a text
//! shows none of them, or as many of each, what the page declares decides.

use crate::article::Language;

/// Words of a text that are looked at.
const READ: usize = 150;

/// Groups of languages, each with words that the others of its group write differently or lack.
#[rustfmt::skip]
const GROUPS: &[&[(&str, &str)]] = &[
    &[
        ("no", "av ble etter blir sier nå meg noe mye mot politiet opp bare fikk hva selv år"),
        ("da", "af blev efter bliver siger nu mig noget meget mod politiet op bare fik hvad selv"),
        ("nn", "ikkje eg ein ei frå vart meir kva òg kjem seier berre korleis dei"),
        ("sv", "och att är inte för av på som ett från efter säger när även sedan"),
    ],
    &[
        ("cs", "se jsou který která které při také být podle ještě jako kteří uvedl řekl byl jeho"),
        ("sk", "sa sú ktorý ktorá ktoré pri tiež byť podľa ešte ako ktorí uviedol povedal bol jeho"),
    ],
    &[
        ("hr", "što tko tijekom europske europski europska tisuća tjedan tjedna siječnja veljače ožujka \
                travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca priopćenju \
                izvješće vlak"),
        ("sr", "predsednik predsednika takođe gde vreme pre posle dve svet sveta deo uvek nedelje mesto \
                reč videti evropske evropska šta saopštenju"),
        ("bs", "sedmica sedmice hiljada općina općine općini saopćeno saopćenju historija evropske \
                kahva februara januara također uposlenika"),
    ],
    &[
        ("id", "karena bisa polisi uang kantor mobil ujar pihaknya saat warga bahwa usai"),
        ("ms", "kerana boleh polis wang kereta pejabat ialah beliau manakala berkata menerusi bagi"),
    ],
    &[
        ("pt", "não são também uma um em pelo pela ao à foi você mais já seu sua"),
        ("gl", "unha non dun dunha tamén polo pola coa xa máis ten galego galega segundo ás"),
        ("es", "una los las el y pero del fue con sin también más según ayer su"),
        ("ast", "una los nun tamién pa pola asturies les coles ye yera"),
    ],
];

/// Of the languages that are close to `detected`, the one whose words `text` has; `hint`, if it is
/// one of them, wins where that leaves a doubt.
pub(super) fn settle(text: &str, detected: &'static str, hint: Option<Language>) -> Settled {
    let group = GROUPS.iter().find(|group| group.iter().any(|(code, _)| *code == detected));
    let Some(group) = group else { return Settled { code: detected, is_sure: true } };
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(READ).map(str::to_lowercase).collect();
    let counts = group.iter().map(|(code, list)| {
        let count = words.iter().filter(|word| list.split_whitespace().any(|own| own == *word));
        (*code, count.count())
    });
    let counts: Vec<(&'static str, usize)> = counts.collect();
    let of = |code: &str| counts.iter().find(|(known, _)| *known == code).map_or(0, |(_, n)| *n);
    let (best, most) =
        counts.iter().rev().max_by_key(|(_, count)| *count).copied().unwrap_or((detected, 0));
    let declared = hint.and_then(|hint| counts.iter().find(|(code, _)| hint.as_str() == *code));
    match declared {
        Some((declared, count)) if *count >= most || most < 3 => {
            Settled { code: declared, is_sure: *count > 0 }
        }
        _ if most >= 3 && most > of(detected) => {
            Settled { code: best, is_sure: most >= 2 * of(detected) }
        }
        _ => Settled { code: detected, is_sure: most == 0 || of(detected) == most },
    }
}

/// One of a group of close languages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Settled {
    pub(super) code: &'static str,
    /// Whether the text itself says so.
    pub(super) is_sure: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, detected: &'static str, hint: Option<&str>, meant: &str) {
        let settled = settle(text, detected, hint.and_then(Language::new));
        assert_eq!(settled.code, meant, "for `{text}`");
    }

    #[test]
    fn neighbours_are_told_by_their_words() {
        check(
            "Havnen ble stengt etter stormen, sier politiet, og nå venter fiskerne.",
            "da",
            None,
            "no",
        );
        check(
            "Havnen blev lukket efter stormen, siger politiet, og nu venter fiskerne.",
            "no",
            None,
            "da",
        );
        check(
            "Prístav bol po búrke zatvorený, uviedol minister, a rybári sú podľa neho v meste.",
            "cs",
            None,
            "sk",
        );
        check(
            "Pelabuhan ditutup kerana ribut, berkata beliau, manakala nelayan boleh menunggu.",
            "id",
            None,
            "ms",
        );
        check(
            "O porto estivo pechado tres días e non se sabe cando unha nave poderá saír, segundo a Xunta.",
            "pt",
            None,
            "gl",
        );
    }

    #[test]
    fn without_their_words_the_page_decides() {
        check("Luka zatvorena", "hr", Some("bs"), "bs");
        check("Luka zatvorena", "hr", None, "hr");
        check("Luka zatvorena", "hr", Some("en"), "hr");
    }

    #[test]
    fn a_false_declaration_loses_to_the_words() {
        let danish = "Havnen blev lukket efter stormen, siger politiet, og nu venter fiskerne.";
        check(danish, "da", Some("no"), "da");
    }
}
