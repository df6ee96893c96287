//! How a word is written, which folding takes off.

/// Which letters of a word are capitals.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Capitals {
    /// None. So it is in scripts without capitals, and in numbers.
    None,
    /// Some, and others are small.
    Some,
    /// All; digits do not count.
    All,
}

/// Which letters of `word` are capitals.
pub fn capitals(word: &str) -> Capitals {
    let has_capitals = word.contains(char::is_uppercase);
    let has_others = || word.contains(|c: char| c.is_lowercase() || is_title_case(c));
    match (has_capitals, has_capitals && !has_others()) {
        (_, true) => Capitals::All,
        (true, false) => Capitals::Some,
        (false, false) if word.contains(is_title_case) => Capitals::Some,
        (false, false) => Capitals::None,
    }
}

/// A ligature of a capital and a small letter, such as `ǅ`.
fn is_title_case(c: char) -> bool {
    !c.is_ascii() && !c.is_uppercase() && !c.is_lowercase() && c.to_lowercase().next() != Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_told_in_every_script_that_has_them() {
        for (words, expected) in [
            ("apple été война 选举 2022 3.5", Capitals::None),
            ("Apple iPhone Été Война McDonald ǅep", Capitals::Some),
            ("RICO A ÉTÉ США G20 U.S", Capitals::All),
        ] {
            for word in words.split(' ') {
                assert_eq!(capitals(word), expected, "for `{word}`");
            }
        }
    }
}
