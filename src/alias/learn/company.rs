//! The company that names keep: which others stand in the same articles.

use std::rc::Rc;

use foldhash::HashMap;

use super::census::{Census, NameId};

/// What two names share beyond what chance gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    /// Names that keep company with both.
    pub(super) shared: u32,
    /// How many those would be if neither had to do with the other.
    expected: f64,
    /// The share of the articles of the rarer name that hold the other as well.
    pub(super) together: f64,
}

/// How rarely chance may give as much company as two spellings of one name are to share.
const CHANCE: f64 = 0.001;

impl Company {
    /// Whether more is shared than by chance.
    pub(super) fn is_more(&self) -> bool {
        f64::from(self.shared) > self.expected.max(0.5)
    }

    /// Whether so much is shared that chance would give it once in a thousand pairs.
    pub(super) fn is_well_above_chance(&self) -> bool {
        self.shared >= 2 && poisson_tail(self.shared, self.expected) < CHANCE
    }
}

/// The probability that a count is `least` or more where `mean` is expected, if it is the sum of
/// many rare and independent events (Poisson 1837).
fn poisson_tail(least: u32, mean: f64) -> f64 {
    let (mut term, mut below) = ((-mean).exp(), 0.0);
    for count in 0..least {
        below += term;
        term *= mean / f64::from(count + 1);
    }
    (1.0 - below).max(0.0)
}

/// Who keeps company with names that were asked for.
#[derive(Debug, Default)]
pub(super) struct Companions {
    known: HashMap<Vec<NameId>, Rc<[NameId]>>,
}

impl Companions {
    /// Compares the company of the one who has the names `a` with that of the one with `b`.
    pub(super) fn compare(&mut self, census: &Census, a: &[NameId], b: &[NameId]) -> Company {
        let (of_a, of_b) = (articles_of(census, a), articles_of(census, b));
        let together = of_a.iter().filter(|it| of_b.binary_search(it).is_ok()).count();
        let fewest = of_a.len().min(of_b.len()).max(1);
        let (rarer, other, n_other) = if of_a.len() <= of_b.len() {
            (self.of(census, a), self.of(census, b), of_b.len())
        } else {
            (self.of(census, b), self.of(census, a), of_a.len())
        };
        let all = f64::from(census.n_articles());
        let (mut shared, mut expected) = (0, 0.0);
        for companion in rarer.iter().filter(|it| !a.contains(it) && !b.contains(it)) {
            shared += u32::from(other.binary_search(companion).is_ok());
            let frequency = f64::from(census.name(*companion).articles) / all;
            expected += 1.0 - (1.0 - frequency).powf(count(n_other));
        }
        Company { shared, expected, together: count(together) / count(fewest) }
    }

    fn of(&mut self, census: &Census, names: &[NameId]) -> Rc<[NameId]> {
        let collect = || {
            let articles = articles_of(census, names);
            let mut companions: Vec<_> = articles
                .iter()
                .flat_map(|&article| census.articles.get(article))
                .copied()
                .collect();
            companions.sort_unstable();
            companions.dedup();
            companions.into()
        };
        Rc::clone(self.known.entry(names.to_vec()).or_insert_with(collect))
    }
}

/// The articles that name any of these, ascending.
fn articles_of(census: &Census, names: &[NameId]) -> Vec<u32> {
    let mut articles: Vec<_> =
        names.iter().flat_map(|&name| census.articles_of(name)).copied().collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_events_seldom_come_together() {
        assert!((poisson_tail(0, 3.0) - 1.0).abs() < 1e-12);
        assert!((poisson_tail(1, 0.5) - 0.393_469).abs() < 1e-5);
        assert!(poisson_tail(4, 0.2) < 1e-4);
        assert!(poisson_tail(50, 40.0) > 0.05);
    }
}
