//! Where an article stands in the order of the hits.

use std::cmp::Ordering;

use tantivy::Score;

use super::Sort;

/// What decides where an article stands in any order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// Zero where it does not count.
    pub(super) score: Score,
    pub(super) published: Option<i64>,
    /// In words; only where it counts.
    pub(super) length: u64,
    pub(super) id: u64,
}

impl Place {
    /// How it stands to another: `Less` is the better one.
    pub(super) fn compare(&self, other: &Self, sort: Sort) -> Ordering {
        // `None` is below any date, so that undated articles come last.
        let newest = other.published.cmp(&self.published);
        let first = match sort {
            Sort::Relevance => other.score.total_cmp(&self.score),
            Sort::Newest => Ordering::Equal,
            Sort::Oldest => match (self.published, other.published) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => newest,
            },
            Sort::Shortest => self.length.cmp(&other.length),
            Sort::Longest => other.length.cmp(&self.length),
        };
        first.then(newest).then_with(|| self.id.cmp(&other.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_places_go_to_the_newer_article_then_to_the_smaller_id() {
        let place = |score, published, length, id| Place { score, published, length, id };
        let order = |sort| {
            let mut places = [
                place(1.0, None, 5, 1),
                place(1.0, Some(7), 5, 3),
                place(1.0, Some(7), 5, 2),
                place(1.0, Some(9), 5, 4),
                place(2.0, Some(1), 6, 5),
                place(2.0, None, 4, 6),
            ];
            places.sort_by(|a, b| a.compare(b, sort));
            places.map(|place| place.id)
        };
        assert_eq!(order(Sort::Relevance), [5, 6, 4, 2, 3, 1]);
        assert_eq!(order(Sort::Newest), [4, 2, 3, 5, 1, 6]);
        assert_eq!(order(Sort::Oldest), [5, 2, 3, 4, 1, 6]);
        assert_eq!(order(Sort::Shortest), [6, 4, 2, 3, 1, 5]);
        assert_eq!(order(Sort::Longest), [5, 4, 2, 3, 1, 6]);
    }
}
