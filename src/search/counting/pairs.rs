//! Who appears with whom.
//!
//! # Cost
//!
//! Two passes through the columns of names. Only the names in most articles enter, so that there is
//! one number for each two of them and memory does not grow with the archive; how many were left out
//! is told.

use std::time::{Duration, Instant};

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::block::{BLOCK, BlockReader};
use super::facets::{Counts, FacetField};
use super::matched::Matched;
use super::unusual::real;
use super::values::{Texts, ValueId, Values};
use super::{Tally, Unit};
use crate::article::EntityKind;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::search::Matching;

/// How many names enter: a table of all pairs of them takes 8 MB.
const NAMES: usize = 2_000;

/// A pair is told if chance alone would bring it together so often less than once in a thousand
/// times: the 99.9 % point of chi-squared with one degree of freedom.
const SIGNIFICANT: f64 = 10.83;

/// What is asked about pairs.
#[derive(Clone, Debug)]
pub struct PairsRequest {
    /// Which articles are looked at.
    pub query: Query,
    /// Which articles match a question without operators.
    pub matching: Matching,
    /// What is counted.
    pub unit: Unit,
    /// The kinds of names that are paired.
    pub kinds: Vec<EntityKind>,
    /// In how many articles two must appear together.
    pub least: u64,
    /// How many pairs are wanted.
    pub limit: usize,
}

/// Who appears with whom in the articles that match.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    /// What is counted.
    pub unit: Unit,
    /// How many match.
    pub total: Tally,
    /// How many names there are in them.
    pub names: usize,
    /// How many of those were paired: those in most articles.
    pub paired: usize,
    /// How many pairs appear together often enough, and more often than chance explains.
    pub distinct: usize,
    /// The first of them: those with the greatest lift, of equals those in most articles.
    pub pairs: Vec<Pair>,
    /// How long counting took.
    pub took: Duration,
}

/// Two who appear together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The one in more articles.
    pub a: Named,
    /// The other one.
    pub b: Named,
    /// The articles that name both.
    pub together: Tally,
    /// How many times as many those are as chance would bring together.
    pub lift: f64,
    /// The log-likelihood ratio of the two being independent (Dunning 1993, "Accurate Methods for the
    /// Statistics of Surprise and Coincidence"): 10.8 comes by chance once in a thousand times.
    pub likelihood: f64,
}

/// Someone or something, and the articles that name it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Named {
    /// What it is.
    pub kind: EntityKind,
    /// Its usual name.
    pub name: String,
    /// The articles that match and name it.
    pub tally: Tally,
}

/// Counts who appears with whom. Names that mean one person, organisation or place are one.
pub fn pairs(archive: &ArchiveReader, request: &PairsRequest) -> Result<Pairs, Error> {
    let begun = Instant::now();
    let matched = Matched::new(archive, &request.query, request.matching, request.unit)?;
    let mut kinds = Vec::with_capacity(request.kinds.len());
    for &kind in &request.kinds {
        kinds.push(Kind::of(archive, &matched, kind)?);
    }
    let total = kinds.first().map(|kind| kind.counts.total).unwrap_or_default();
    let names = kinds.iter().map(|kind| kind.counts.tallies.len()).sum();
    let frequent = frequent(&mut kinds);
    let mut table = Table::new(frequent.len());
    let mut place = 0;
    matched.each_segment(|_, articles| {
        let columns = columns(&kinds, place);
        place += 1;
        let mut reader = BlockReader::default();
        let mut present = vec![Vec::new(); BLOCK];
        articles.each(&mut |docs| {
            for docs in docs.chunks(BLOCK) {
                for column in &columns {
                    column.names(&mut reader, docs, &mut present);
                }
                for present in &mut present[..docs.len()] {
                    present.sort_unstable();
                    present.dedup();
                    table.add(present);
                    present.clear();
                }
            }
        })
    })?;
    let together = table.significant(&frequent, total, request.least);
    let distinct = together.len();
    let paired = frequent.len();
    let shown = &together[..distinct.min(request.limit)];
    let pairs = named(archive, kinds, &frequent, shown)?;
    let unit = request.unit;
    Ok(Pairs { unit, total, names, paired, distinct, pairs, took: begun.elapsed() })
}

/// The names of a kind.
struct Kind<'a> {
    of: EntityKind,
    counts: Counts<'a>,
    /// For each value its place among those that are paired.
    places: Vec<Option<u32>>,
}

impl<'a> Kind<'a> {
    fn of(
        archive: &'a ArchiveReader,
        matched: &Matched<'_>,
        kind: EntityKind,
    ) -> Result<Self, Error> {
        let mut counts = Counts::new(Values::new(FacetField::from(kind), archive));
        matched.each_segment(|segment, articles| counts.take_in(segment, articles))?;
        let places = vec![None; counts.tallies.len()];
        Ok(Self { of: kind, counts, places })
    }
}

/// One of those that are paired.
#[derive(Clone, Copy)]
struct Frequent {
    /// Its kind, by place.
    kind: usize,
    value: ValueId,
    tally: Tally,
}

/// The names in most articles; each kind learns the places of its own.
fn frequent(kinds: &mut [Kind<'_>]) -> Vec<Frequent> {
    let mut all = Vec::new();
    for (kind, it) in kinds.iter().enumerate() {
        let tallies = (0..).zip(&it.counts.tallies);
        all.extend(tallies.map(|(value, &tally)| Frequent { kind, value, tally }));
    }
    // Who appears with no one but once tells nothing; of equals the first seen enter.
    let order = |a: &Frequent, b: &Frequent| {
        b.tally.cmp(&a.tally).then((a.kind, a.value).cmp(&(b.kind, b.value)))
    };
    if all.len() > NAMES {
        all.select_nth_unstable_by(NAMES, order);
        all.truncate(NAMES);
    }
    all.sort_unstable_by(order);
    for (place, it) in (0..).zip(&all) {
        kinds[it.kind].places[it.value as usize] = Some(place);
    }
    all
}

/// A column of names, and where each text of it stands among those that are paired.
struct NameColumn<'k> {
    texts: &'k StrColumn,
    places: Vec<Option<u32>>,
}

/// Those of a segment.
fn columns<'k>(kinds: &'k [Kind<'_>], segment: usize) -> Vec<NameColumn<'k>> {
    let of_kind = |kind: &'k Kind<'_>| {
        let texts = kind.counts.values.segments().get(segment).into_iter().flatten();
        texts.map(|Texts { column: texts, ids, .. }| {
            let place = |id: &ValueId| *kind.places.get(*id as usize)?;
            NameColumn { texts, places: ids.iter().map(place).collect() }
        })
    };
    kinds.iter().flat_map(of_kind).collect()
}

impl NameColumn<'_> {
    /// Adds to each of the articles `docs` the places of its names.
    fn names(&self, reader: &mut BlockReader<u64>, docs: &[DocId], present: &mut [Vec<u32>]) {
        reader.each(self.texts.ords(), docs, |doc, text| {
            let place = usize::try_from(text).ok().and_then(|text| self.places.get(text));
            present[doc].extend(place.copied().flatten());
        });
    }
}

/// How many articles name each two.
struct Table {
    names: usize,
    /// For each place, those with the places before it.
    together: Vec<u32>,
}

/// Two places, the first before the second, and what they come to.
struct Together {
    a: usize,
    b: usize,
    articles: u64,
    lift: f64,
    likelihood: f64,
}

impl Table {
    fn new(names: usize) -> Self {
        Self { names, together: vec![0; names * names.saturating_sub(1) / 2] }
    }

    /// Counts an article that names these, in order.
    fn add(&mut self, present: &[u32]) {
        for (n, &b) in present.iter().enumerate() {
            let row = row(b as usize);
            for &a in &present[..n] {
                self.together[row + a as usize] += 1;
            }
        }
    }

    /// Those that appear together `least` times, and more often than chance explains, in their order.
    fn significant(&self, names: &[Frequent], total: Tally, least: u64) -> Vec<Together> {
        let mut found = Vec::new();
        for b in 0..self.names {
            for a in 0..b {
                let articles = u64::from(self.together[row(b) + a]);
                if articles < least.max(1) {
                    continue;
                }
                let alone = [names[a], names[b]].map(|name| name.tally.articles);
                let lift = lift(articles, alone, total.articles);
                let likelihood = likelihood(articles, alone, total.articles);
                if lift > 1.0 && likelihood >= SIGNIFICANT {
                    found.push(Together { a, b, articles, lift, likelihood });
                }
            }
        }
        found.sort_by(|x, y| {
            let by_lift = y.lift.total_cmp(&x.lift);
            by_lift.then(y.articles.cmp(&x.articles)).then((x.a, x.b).cmp(&(y.a, y.b)))
        });
        found
    }
}

/// Where the numbers of a place begin.
fn row(place: usize) -> usize {
    place * place.saturating_sub(1) / 2
}

/// How many times as many are together as if the two were independent.
fn lift(together: u64, alone: [u64; 2], total: u64) -> f64 {
    real(together) * real(total) / (real(alone[0]) * real(alone[1])).max(1.0)
}

/// Dunning's log-likelihood ratio, from the four numbers of articles with both, either and none.
fn likelihood(together: u64, alone: [u64; 2], total: u64) -> f64 {
    let [a, b] = alone;
    let neither = (total + together).saturating_sub(a + b);
    let cells = [
        (together, a, b),
        (a - together, a, total - b),
        (b - together, total - a, b),
        (neither, total - a, total - b),
    ];
    let terms = cells.map(|(seen, row, column)| {
        let expected = real(row) * real(column) / real(total).max(1.0);
        if seen == 0 { 0.0 } else { real(seen) * (real(seen) / expected).ln() }
    });
    2.0 * terms.iter().sum::<f64>()
}

/// The pairs with their names.
fn named(
    archive: &ArchiveReader,
    kinds: Vec<Kind<'_>>,
    frequent: &[Frequent],
    shown: &[Together],
) -> Result<Vec<Pair>, Error> {
    let mut names = vec![String::new(); frequent.len()];
    let mut is_shown = vec![false; frequent.len()];
    for it in shown {
        is_shown[it.a] = true;
        is_shown[it.b] = true;
    }
    let entity_kinds: Vec<_> = kinds.iter().map(|kind| kind.of).collect();
    for kind in kinds {
        let place = |value: ValueId| kind.places[value as usize].map(|place| place as usize);
        let is_wanted = |value| place(value).is_some_and(|place| is_shown[place]);
        for (value, name) in kind.counts.values.names(archive, is_wanted)? {
            if let Some(place) = place(value) {
                names[place] = name;
            }
        }
    }
    let of_place = |place: usize| {
        let Frequent { kind, tally, .. } = frequent[place];
        Named { kind: entity_kinds[kind], name: names[place].clone(), tally }
    };
    let pair = |it: &Together| Pair {
        a: of_place(it.a),
        b: of_place(it.b),
        together: Tally::of(it.articles),
        lift: it.lift,
        likelihood: it.likelihood,
    };
    Ok(shown.iter().map(pair).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_names_have_a_lift_of_one_and_no_surprise() {
        assert!((lift(25, [50, 50], 100) - 1.0).abs() < 1e-12);
        assert!(likelihood(25, [50, 50], 100).abs() < 1e-9);
    }

    #[test]
    fn the_likelihood_is_that_of_the_paper() {
        // Table 2 there: `the swiss` 110 times, 2442 times with other words, 111 the other way.
        let ratio = likelihood(110, [110 + 2_442, 110 + 111], 110 + 2_442 + 111 + 29_114);
        assert!((ratio - 270.72).abs() < 0.01, "{ratio}");
    }

    #[test]
    fn a_table_counts_each_two_once_an_article() {
        let mut table = Table::new(4);
        table.add(&[0, 2, 3]);
        table.add(&[0, 3]);
        table.add(&[1]);
        let at = |a: usize, b: usize| table.together[row(b) + a];
        assert_eq!([at(0, 1), at(0, 2), at(0, 3), at(1, 3), at(2, 3)], [0, 1, 2, 0, 1]);
        assert_eq!(table.together.len(), 6);
    }
}
