//! Scores the names found in articles, and the countries.
//!
//! Names are compared per article as sets of surface form and kind: Unicode NFC, small letters,
//! blanks made one, a leading "the" and a possessive ending dropped, outer punctuation stripped.
//! Nothing else is forgiven: a wrong boundary or a wrong kind is one error of each sort. Counts are
//! summed over the articles before precision and recall are taken (micro average).

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

/// What was found, held against what is right.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// Found and not right.
    pub surplus: usize,
    /// Right and not found.
    pub missing: usize,
}

impl Counts {
    /// Adds the things of one article.
    pub fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        let right = gold.intersection(found).count();
        self.right += right;
        self.surplus += found.len() - right;
        self.missing += gold.len() - right;
    }

    /// The share of what was found that is right, from 0 to 1.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.surplus)
    }

    /// The share of what is right that was found, from 0 to 1.
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missing)
    }

    /// The harmonic mean of the two, from 0 to 1.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.surplus + self.missing)
    }
}

/// A name in the form in which names are compared.
pub fn surface(name: &str) -> String {
    let name: String = name.nfc().collect::<String>().to_lowercase();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let bare = name.strip_suffix('s').unwrap_or(name).strip_suffix(['\'', '’']);
    let name = bare.filter(|_| name.chars().count() > 3).unwrap_or(name);
    name.trim_matches([' ', '.', ',', ';', ':', '"', '“', '”', '\'', '’', '‘', '(', ')']).to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "an archive holds far fewer than 2^52 names")]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_article_and_possessive() {
        for (name, expected) in [
            ("the  Harbour\nBoard", "harbour board"),
            ("Osmonova's", "osmonova"),
            ("Workers’", "workers"),
            ("U.S.", "u.s"),
            ("\"Cafe\u{301}\"", "caf\u{e9}"),
            ("As'", "as"),
        ] {
            assert_eq!(surface(name), expected, "for `{name}`");
        }
    }

    #[test]
    fn counts_are_summed_over_articles() {
        let set = |words: &str| words.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
        let mut counts = Counts::default();
        counts.add(&set("a b c"), &set("a b x"));
        counts.add(&set("a"), &set("y"));
        assert_eq!(counts, Counts { right: 2, surplus: 2, missing: 2 });
        assert!((counts.f1() - 0.5).abs() < 1e-9);
        assert!(Counts::default().f1().abs() < 1e-9);
    }
}
