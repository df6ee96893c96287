//! What one set of articles has more of than another.
//!
//! Each word and value is judged by the log-odds ratio of an article having it, with an informative
//! prior, divided by its standard error (Monroe, Colaresi and Quinn 2008, "Fightin' Words", sections
//! 3.3 and 3.4). Articles are counted, not mentions, so that one long report does not speak for many.
//! The prior is what the whole archive has, and weighs as much as a set of medium size: so rare words
//! need more evidence, and what is common everywhere says nothing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::facets::{Counts, FacetField};
use super::matched::Matched;
use super::unusual::real;
use super::values::Values;
use super::words::{Marked, Seen, each_word};
use super::{Tally, Unit};
use crate::article::named_enum;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::search::Matching;

/// From this z-score on a difference is told: chance alone brings as much once in twenty times.
const TOLD: f64 = 1.96;

named_enum! {
    /// What is compared.
    Aspect {
        /// Words of title and body, without those that hold sentences together.
        Words = "words",
        /// Persons.
        Person = "person",
        /// Organisations.
        Organisation = "org",
        /// Places.
        Place = "place",
        /// Newspapers, agencies and sites.
        Publisher = "publisher",
        /// Countries and other regions.
        Region = "region",
    }
}

impl Aspect {
    /// The field whose values are compared; words are those of the text.
    fn field(self) -> Option<FacetField> {
        FacetField::from_name(self.name())
    }
}

/// Two questions whose answers are compared.
#[derive(Clone, Debug)]
pub struct CompareRequest {
    /// The questions.
    pub queries: [Query; 2],
    /// Which articles match a question without operators.
    pub matching: Matching,
    /// What is counted in the two sets; of the whole archive it is articles.
    pub unit: Unit,
    /// What is compared.
    pub aspects: Vec<Aspect>,
    /// How many articles of both sets together must have a word or value.
    pub least: u64,
    /// How many are wanted in each direction.
    pub limit: usize,
}

/// What two sets of articles differ in.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is counted in the two sets.
    pub unit: Unit,
    /// How many there are in each set.
    pub sizes: [Tally; 2],
    /// How many are in both.
    pub both: Tally,
    /// For each aspect what they differ in.
    pub contrasts: Vec<Contrast>,
    /// How long comparing took.
    pub took: Duration,
}

/// What two sets differ in.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// In words, persons, ...
    pub aspect: Aspect,
    /// How many words or values were compared.
    pub compared: usize,
    /// What the first set has more of, the most striking first.
    pub more_in_a: Vec<Contrasted>,
    /// What the second set has more of, likewise.
    pub more_in_b: Vec<Contrasted>,
}

/// A word or value that one set has more of.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrasted {
    /// The word, folded; or the value.
    pub name: String,
    /// The articles of each set that have it.
    pub tallies: [Tally; 2],
    /// The log-odds ratio in standard errors; above zero where the first set has more.
    pub z: f64,
}

/// Compares the articles that match two questions.
pub fn compare(archive: &ArchiveReader, request: &CompareRequest) -> Result<Comparison, Error> {
    let begun = Instant::now();
    let [a, b] = &request.queries;
    let matches = |query: &Query| Matched::new(archive, query, request.matching, request.unit);
    let (a, b) = (matches(a)?, matches(b)?);
    let marked = Marked::of(archive, [&a, &b])?;
    let (in_a, in_b, both) = marked.sizes();
    let sizes = Seen { a: in_a, b: in_b, all: Tally::of(archive.articles()) };
    let judge = Judge::new(sizes);
    let mut contrasts = Vec::with_capacity(request.aspects.len());
    for &aspect in &request.aspects {
        let mut found = Found::new(&judge, request.limit);
        match aspect.field() {
            None => each_word(archive, &marked, request.least, |word, seen| {
                found.take_in(seen, || word.to_owned());
            })?,
            Some(field) => {
                let values = values(archive, field, [&a, &b], request)?;
                for (name, seen) in values {
                    found.take_in(seen, || name);
                }
            }
        }
        contrasts.push(found.contrast(aspect));
    }
    let unit = request.unit;
    Ok(Comparison { unit, sizes: [in_a, in_b], both, contrasts, took: begun.elapsed() })
}

/// The values of a field that are frequent enough, with their numbers.
fn values(
    archive: &ArchiveReader,
    field: FacetField,
    sets: [&Matched<'_>; 2],
    request: &CompareRequest,
) -> Result<Vec<(String, Seen)>, Error> {
    let mut counts = Counts::new(Values::new(field, archive));
    Matched::new(archive, &Query::All, request.matching, Unit::Articles)?
        .each_segment(|segment, articles| counts.take_in(segment, articles))?;
    let [a, b] = sets.map(|set| counts.again(set));
    let (a, b) = (a?, b?);
    let is_frequent = |id: usize| {
        a[id].articles + b[id].articles >= request.least && !(a[id], b[id]).eq(&Default::default())
    };
    let names = counts.values.names(archive, |id| is_frequent(id as usize))?;
    let seen = |id: usize| Seen { a: a[id], b: b[id], all: counts.tallies[id] };
    Ok(names.into_iter().map(|(id, name)| (name, seen(id as usize))).collect())
}

/// Judges differences between two sets.
struct Judge {
    sizes: Seen,
    /// How many articles the prior is worth.
    prior: f64,
}

impl Judge {
    fn new(sizes: Seen) -> Self {
        Self { sizes, prior: f64::midpoint(real(sizes.a.articles), real(sizes.b.articles)) }
    }

    /// The log-odds ratio in standard errors: equations 16, 19 and 22 of the paper, where an article
    /// has a word or not.
    fn z(&self, seen: Seen) -> f64 {
        let whole = real(self.sizes.all.articles).max(1.0);
        // What every article has, or none, still leaves some doubt.
        let share = (real(seen.all.articles) / whole).clamp(0.5 / whole, 1.0 - 0.5 / whole);
        let side = |tally: Tally, size: Tally| {
            let has = real(tally.articles) + self.prior * share;
            let has_not = real(size.articles) - real(tally.articles) + self.prior * (1.0 - share);
            ((has / has_not).ln(), 1.0 / has + 1.0 / has_not)
        };
        let (odds_a, variance_a) = side(seen.a, self.sizes.a);
        let (odds_b, variance_b) = side(seen.b, self.sizes.b);
        (odds_a - odds_b) / (variance_a + variance_b).sqrt()
    }
}

/// What was found so far.
struct Found<'j> {
    judge: &'j Judge,
    limit: usize,
    compared: usize,
    more: [Vec<Contrasted>; 2],
}

impl<'j> Found<'j> {
    fn new(judge: &'j Judge, limit: usize) -> Self {
        Self { judge, limit, compared: 0, more: Default::default() }
    }

    fn take_in(&mut self, seen: Seen, name: impl FnOnce() -> String) {
        self.compared += 1;
        let z = self.judge.z(seen);
        if z.abs() < TOLD {
            return;
        }
        let more = &mut self.more[usize::from(z < 0.0)];
        more.push(Contrasted { name: name(), tallies: [seen.a, seen.b], z });
        // Not at each one, so that sorting costs little.
        if more.len() > self.limit.saturating_mul(2).max(1_024) {
            first(more, self.limit);
        }
    }

    fn contrast(self, aspect: Aspect) -> Contrast {
        let Self { limit, compared, more, .. } = self;
        let [more_in_a, more_in_b] = more.map(|mut more| {
            if aspect == Aspect::Words {
                drop_joined(&mut more);
            }
            first(&mut more, limit);
            more
        });
        Contrast { aspect, compared, more_in_a, more_in_b }
    }
}

/// Drops compounds written as one word, which stand in the index beside their parts, where both parts
/// are told: `kassymjomart` beside `kassym` and `jomart`.
fn drop_joined(more: &mut Vec<Contrasted>) {
    let tallies: BTreeMap<String, [Tally; 2]> =
        more.iter().map(|it| (it.name.clone(), it.tallies)).collect();
    let holds = |part: &str, whole: [Tally; 2]| {
        tallies.get(part).is_some_and(|part| part[0] >= whole[0] && part[1] >= whole[1])
    };
    more.retain(|Contrasted { name, tallies, .. }| {
        let mut parts = name.char_indices().skip(1).map(|(at, _)| name.split_at(at));
        !parts.any(|(one, other)| holds(one, *tallies) && holds(other, *tallies))
    });
}

/// Keeps the most striking.
fn first(more: &mut Vec<Contrasted>, limit: usize) {
    more.sort_by(|x, y| y.z.abs().total_cmp(&x.z.abs()).then_with(|| x.name.cmp(&y.name)));
    more.truncate(limit);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen([a, b, all]: [u64; 3]) -> Seen {
        Seen { a: Tally::of(a), b: Tally::of(b), all: Tally::of(all) }
    }

    #[test]
    fn what_both_have_alike_is_no_difference_and_the_sides_mirror_each_other() {
        let judge = Judge::new(seen([100, 100, 1_000]));
        assert!(judge.z(seen([30, 30, 300])).abs() < 1e-12);
        assert!(judge.z(seen([100, 100, 1_000])).abs() < 1e-12);
        let (more, less) = (judge.z(seen([30, 10, 100])), judge.z(seen([10, 30, 100])));
        assert!(more > TOLD && (more + less).abs() < 1e-12, "{more} {less}");
    }

    #[test]
    fn a_rare_word_needs_more_evidence_than_its_share_alone() {
        let judge = Judge::new(seen([1_000, 1_000, 10_000]));
        let (rare, frequent) = (judge.z(seen([3, 0, 3])), judge.z(seen([300, 200, 2_500])));
        assert!(rare < frequent, "{rare} {frequent}");
        assert!(judge.z(seen([60, 0, 60])) > frequent);
    }

    #[test]
    fn a_compound_is_told_by_its_parts() {
        let told = |name: &str, n| Contrasted {
            name: name.to_owned(),
            tallies: [Tally::of(n), Tally::default()],
            z: 3.0,
        };
        let mut more =
            vec![told("kassym", 5), told("kassymjomart", 5), told("jomart", 6), told("jomarts", 7)];
        drop_joined(&mut more);
        let names: Vec<_> = more.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["kassym", "jomart", "jomarts"]);
    }

    #[test]
    fn the_most_striking_are_kept() {
        let judge = Judge::new(seen([1_000, 1_000, 4_000]));
        let mut found = Found::new(&judge, 2);
        for n in 0..3_000_u64 {
            found.take_in(seen([n % 500, 0, n % 500]), || n.to_string());
        }
        let contrast = found.contrast(Aspect::Words);
        let kept: Vec<_> = contrast.more_in_a.iter().map(|it| it.tallies[0].articles).collect();
        assert_eq!((contrast.compared, kept), (3_000, vec![499, 499]));
        assert!(contrast.more_in_b.is_empty());
    }
}
