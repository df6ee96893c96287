//! Words in Cyrillic script without the endings of their cases: `Токаева` and `Токаевым` are
//! `Токаев`, `Россию` is what `Россия` is.
//!
//! A light stemmer for names (in the manner of Savoy 2006, "Light stemming approaches"): it takes
//! endings of nouns and adjectives off and leaves what makes a family name (`-ов`, `-ин`). Names of
//! man and wife become one, which is right for a tool that tells persons by their first names, too.

/// Endings in Russian and Ukrainian, folded (`й` is `и`, `ї` is `і`), longer ones first.
const ENDINGS: [&str; 38] = [
    "иеи", "ыми", "ими", "ого", "его", "ому", "ему", "ами", "ями", "еві", "ові", "ою", "ои", "ая",
    "яя", "ую", "юю", "ыи", "ии", "им", "ым", "ом", "ем", "ах", "ях", "оі", "ия", "ие", "ию", "ы",
    "а", "я", "у", "ю", "е", "о", "і", "и",
];

/// Letters that stay, at least.
const SHORTEST: usize = 3;

/// The word without its ending; words in other scripts as they are.
pub(crate) fn base(key: &str) -> &str {
    if !is_cyrillic(key) {
        return key;
    }
    let is_long = |rest: &str| rest.chars().nth(SHORTEST - 1).is_some();
    let stem = ENDINGS.iter().find_map(|end| key.strip_suffix(end).filter(|rest| is_long(rest)));
    let stem = stem.unwrap_or(key);
    // What stands before an ending: `Казан-ь-ю`, `Юр-и-я`.
    stem.strip_suffix(['и', 'ь', 'і']).filter(|rest| is_long(rest)).unwrap_or(stem)
}

/// Whether the word begins with a Cyrillic letter.
pub(crate) fn is_cyrillic(key: &str) -> bool {
    key.as_bytes().first().is_some_and(|byte| (0xD0..=0xD3).contains(byte))
}

/// Ends of family names, as [`base`] leaves them.
const FAMILY: [&str; 16] = [
    "ов", "ев", "ин", "ын", "ск", "цк", "енк", "чук", "юк", "ян", "дзе", "швил", "вич", "баев",
    "ець", "ук",
];

/// Whether the folded word looks like a family name.
pub(crate) fn is_family_name(key: &str) -> bool {
    let base = base(key);
    is_cyrillic(key) && base.chars().count() >= 5 && FAMILY.iter().any(|end| base.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::token::name_key;
    use super::*;

    #[test]
    fn cases_of_a_name_have_one_base() {
        for forms in [
            "Токаев Токаева Токаеву Токаевым Токаеве",
            "Зеленский Зеленского Зеленскому Зеленским",
            "Зеленський Зеленського Зеленському",
            "Сергей Сергея Сергею Сергеем",
            "Россия России Россию Россией",
            "Казахстан Казахстана Казахстане",
            "Ирина Ирины Ириной",
            "Левченко Левченка",
            "банк банка банке",
        ] {
            let bases: std::collections::BTreeSet<String> =
                forms.split(' ').map(|form| base(&name_key(form)).to_owned()).collect();
            assert_eq!(bases.len(), 1, "{forms}: {bases:?}");
        }
        assert_eq!(base("almaty"), "almaty");
    }
}
