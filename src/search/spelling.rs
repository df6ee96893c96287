//! Words that are nearly spelled like another.

/// A word that others are compared with, letter by letter.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    letters: Vec<char>,
    set: LetterSet,
}

/// Which letters a word has: a bit for each, which some share.
#[derive(Clone, Copy, Debug, Default)]
struct LetterSet(u64);

impl LetterSet {
    fn with(self, letter: char) -> Self {
        Self(self.0 | 1 << (u32::from(letter) % 64))
    }

    /// At least so many edits lie between words with these letters: one changes two bits at most.
    fn edits(self, other: Self) -> usize {
        ((self.0 ^ other.0).count_ones() as usize).div_ceil(2)
    }
}

impl Spelling {
    /// The spelling of `word`.
    pub(super) fn new(word: &str) -> Self {
        let set = word.chars().fold(LetterSet::default(), LetterSet::with);
        Self { letters: word.chars().collect(), set }
    }

    /// Whether `word` is within `distance` edits, an exchange of neighbours counting as one
    /// (Damerau-Levenshtein, restricted).
    ///
    /// Nearly all words of a text are told apart by their lengths and letters alone.
    pub(super) fn is_near(&self, word: &str, distance: usize) -> bool {
        let (mut length, mut set) = (0_usize, LetterSet::default());
        for letter in word.chars() {
            length += 1;
            set = set.with(letter);
        }
        let is_far = length.abs_diff(self.letters.len()) > distance;
        !is_far && self.set.edits(set) <= distance && self.edits(word) <= distance
    }

    /// The number of edits that make `word` of it.
    fn edits(&self, word: &str) -> usize {
        let word: Vec<char> = word.chars().collect();
        let mut before: Vec<usize> = Vec::new();
        let mut last: Vec<usize> = (0..=word.len()).collect();
        for (i, &a) in self.letters.iter().enumerate() {
            let mut row = Vec::with_capacity(word.len() + 1);
            row.push(i + 1);
            for (j, &b) in word.iter().enumerate() {
                let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
                if i > 0 && j > 0 && a == word[j - 1] && self.letters[i - 1] == b {
                    cost = cost.min(before[j - 1] + 1);
                }
                row.push(cost);
            }
            before = std::mem::replace(&mut last, row);
        }
        last.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_edit_is_a_letter_wrong_missing_surplus_or_swapped() {
        for (word, edits) in [
            ("harbour", 0),
            ("harbor", 1),
            ("harboour", 1),
            ("harbuor", 1),
            ("hrabuor", 2),
            ("harbxur", 1),
            ("arbours", 2),
            ("", 7),
        ] {
            let spelling = Spelling::new("harbour");
            assert_eq!(spelling.edits(word), edits, "for `{word}`");
            assert_eq!(spelling.is_near(word, 1), edits <= 1, "for `{word}`");
        }
    }

    proptest! {
        #[test]
        fn what_letters_tell_apart_is_apart(one in "[a-eé]{0,6}", other in "[a-eé]{0,6}") {
            let spelling = Spelling::new(&one);
            for distance in 0..3 {
                let is_near = spelling.is_near(&other, distance);
                prop_assert_eq!(is_near, spelling.edits(&other) <= distance);
            }
        }
    }
}
