//! Scores the countries found in articles.
//!
//! Countries are compared per article as sets, and counted over all articles (micro average). The
//! foremost country is right if it is one of those that are right for it: the one named most often
//! where that is known, or any of the codes that an editor gave.

use std::collections::BTreeSet;

use super::entities::Counts;

/// The score of a set of articles.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct RegionScore {
    /// The countries, held against those that are right.
    pub countries: Counts,
    /// Articles whose foremost country is right.
    pub foremost_right: usize,
    /// All articles.
    pub articles: usize,
}

impl RegionScore {
    /// Adds an article: the countries that are right, those of them that may stand foremost, the
    /// countries that were found, and the one found foremost.
    pub fn add(
        &mut self,
        gold: &BTreeSet<String>,
        gold_foremost: &BTreeSet<String>,
        found: &[String],
        foremost: Option<&String>,
    ) {
        self.countries.add(gold, &found.iter().cloned().collect());
        self.foremost_right += usize::from(foremost.is_some_and(|it| gold_foremost.contains(it)));
        self.articles += 1;
    }

    /// The share of articles whose foremost country is right, from 0 to 1; of no articles 0.
    #[expect(clippy::cast_precision_loss, reason = "an archive holds far fewer than 2^52 articles")]
    pub fn foremost(&self) -> f64 {
        if self.articles == 0 { 0.0 } else { self.foremost_right as f64 / self.articles as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_without_countries_counts_against_the_foremost() {
        let set = |codes: &str| codes.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
        let list = |codes: &str| codes.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut score = RegionScore::default();
        let found = list("KZ RU");
        score.add(&set("KZ CN"), &set("KZ"), &found, found.first());
        score.add(&set("PE"), &set("PE"), &[], None);
        assert_eq!(score.countries, Counts { right: 1, surplus: 1, missing: 2 });
        assert!((score.foremost() - 0.5).abs() < 1e-9);
        assert!(RegionScore::default().foremost().abs() < 1e-9);
    }
}
