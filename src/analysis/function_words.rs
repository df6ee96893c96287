//! Words that hold sentences together and say nothing of what an article is about.
//!
//! Typed between others they ask for nothing: who looks for `elections in Kazakhstan` does not mind
//! an article without `in`. The list is short on purpose. It has no word that is another in a
//! language written with the same letters (`die` is an article in German, `war` a verb), none that
//! is often typed for a name (`who`, `us`, `it`), none that turns the sense (`not`, `no`), and no
//! single Latin letter, which may be a name as well.

/// English.
const ENGLISH: &[&str] = &[
    "the", "an", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "as",
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "its", "their", "his",
    "her", "this", "that", "these", "those", "which", "whose", "what", "when", "where", "why",
    "how", "than", "then", "they", "we", "he", "she", "them", "him", "about", "into", "do", "does",
    "did", "there",
];

/// Russian, Ukrainian, Belarusian and Bulgarian; Kazakh where its letters allow it.
const CYRILLIC: &[&str] = &[
    "и",
    "в",
    "во",
    "на",
    "с",
    "со",
    "к",
    "ко",
    "о",
    "об",
    "обо",
    "у",
    "за",
    "из",
    "от",
    "до",
    "по",
    "для",
    "при",
    "про",
    "над",
    "под",
    "что",
    "как",
    "это",
    "эта",
    "этот",
    "эти",
    "его",
    "её",
    "ее",
    "их",
    "он",
    "она",
    "они",
    "мы",
    "или",
    "а",
    "но",
    "же",
    "бы",
    "ли",
    "то",
    "так",
    "был",
    "была",
    "были",
    "быть",
    "где",
    "когда",
    "й",
    "та",
    "що",
    "як",
    "це",
    "цей",
    "ця",
    "його",
    "її",
    "від",
    "та",
    "або",
    "і",
    "з",
    "із",
    "зі",
    "від",
    "ў",
    "да",
    "се",
    "са",
    "от",
    "мен",
    "және",
    "үшін",
    "туралы",
];

/// German, Dutch, French, Spanish, Italian, Portuguese, Polish, Turkish: what means nothing else in
/// one of the others or in English.
const LATIN: &[&str] = &[
    "der", "das", "dem", "den", "des", "und", "oder", "ein", "eine", "einer", "eines", "einem",
    "im", "vom", "zum", "zur", "mit", "von", "bei", "nach", "aus", "auf", "für", "über", "ist",
    "sind", "het", "een", "van", "voor", "met", "naar", "bij", "zijn", "le", "la", "les", "du",
    "de", "et", "ou", "une", "dans", "avec", "aux", "sur", "ces", "cette", "el", "los", "las",
    "del", "una", "y", "en", "por", "para", "con", "que", "il", "lo", "gli", "di", "della", "dei",
    "delle", "nel", "nella", "dal", "dalla", "per", "che", "os", "um", "uma", "dos", "das", "na",
    "nos", "nas", "em", "ve", "ile", "için", "bir", "się", "jest", "przez", "oraz",
];

/// Whether `word`, as it was typed, holds sentences together in one of the languages listed. One in
/// capitals is a name: `THE`, `OR`.
pub fn is_function_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let mut letters = word.chars();
    let is_small = letters.next().is_some() && letters.all(|c| !c.is_uppercase());
    is_small && [ENGLISH, CYRILLIC, LATIN].iter().any(|list| list.contains(&lower.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_of_content_are_none() {
        for word in ["the", "The", "in", "или", "И", "für", "Der", "les"] {
            assert!(is_function_word(word), "`{word}`");
        }
        for word in
            ["THE", "OR", "who", "WHO", "us", "it", "not", "die", "war", "a", "A", "e", "will", ""]
        {
            assert!(!is_function_word(word), "`{word}`");
        }
    }
}
