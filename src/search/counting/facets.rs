//! How many of the articles that match a query have each value of a field.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::Datelike as _;
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::days::ByDay;
use super::matched::{Articles, Matched};
use super::texts::{Overlaps, add_up, count};
use super::values::{Texts, UNSEEN, ValueId, Values};
use super::{Tally, Unit};
use crate::article::{CountryCode, EntityKind, named_enum};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Field, Query, field_named};
use crate::search::Matching;

named_enum! {
    /// A field whose values can be counted.
    FacetField {
        /// Countries, and other regions, that articles are about or filed under.
        Region = "region",
        /// What the source filed an article under, as it spells it.
        Tag = "tag",
        /// Countries that the text is about, by ISO code.
        About = "about",
        /// Persons.
        Person = "person",
        /// Organisations.
        Organisation = "org",
        /// Places.
        Place = "place",
        /// Newspapers, agencies and sites.
        Publisher = "publisher",
        /// Languages, by ISO code.
        Language = "lang",
        /// Years of publication.
        Year = "year",
        /// Where dates were taken from.
        DateSource = "date.src",
    }
}

impl FacetField {
    /// The field that goes by this name in queries, under any of its names; `None` where its values
    /// are not counted.
    pub fn from_typed(name: &str) -> Option<Self> {
        let known = |name: &str| Self::from_name(&name.to_lowercase());
        field_named(name).map_or_else(|| known(name), |field| known(field.name()))
    }

    /// The columns of the index that hold its values: those of the field that queries know by the
    /// same name. A year has none; it is read from the date.
    fn columns(self) -> &'static [&'static str] {
        Field::from_name(self.name()).map_or(&[], Field::columns)
    }

    /// Those of a segment; none where no article of it has a value.
    pub(super) fn texts(self, segment: &SegmentReader) -> tantivy::Result<Vec<StrColumn>> {
        let mut texts = Vec::new();
        for name in self.columns() {
            texts.extend(segment.fast_fields().str(name)?);
        }
        Ok(texts)
    }

    /// The kind of entity that the values are names of.
    pub(super) fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organisation => Some(EntityKind::Organisation),
            Self::Place => Some(EntityKind::Place),
            _ => None,
        }
    }
}

impl From<EntityKind> for FacetField {
    fn from(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organisation => Self::Organisation,
            EntityKind::Place => Self::Place,
        }
    }
}

/// The values of a field among the articles that match.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Facets {
    /// The field.
    pub field: FacetField,
    /// What is counted.
    pub unit: Unit,
    /// How many match.
    pub total: Tally,
    /// How many of them have no value.
    pub without: Tally,
    /// How many values there are.
    pub distinct: usize,
    /// The first of them, as many as were asked for, each with its number of articles: years in
    /// their order, others by number, the most first, then by name. An article with several values
    /// counts for each.
    pub values: Vec<(String, Tally)>,
    /// How long counting took.
    pub took: Duration,
}

/// Counts the values of `field` in the articles of `archive` that match `query`, and gives the first
/// `limit` of them. Names that mean one person, organisation or place are one value.
pub fn facets(
    archive: &ArchiveReader,
    field: FacetField,
    query: &Query,
    matching: Matching,
    unit: Unit,
    limit: usize,
) -> Result<Facets, Error> {
    let begun = Instant::now();
    let matched = Matched::new(archive, query, matching, unit)?;
    let (total, without, distinct, values) = if field == FacetField::Year {
        years(&matched, limit)?
    } else {
        let mut counts = Counts::new(Values::new(field, archive));
        matched.each_segment(|segment, articles| counts.take_in(segment, articles))?;
        let (total, without, distinct) = (counts.total, counts.without, counts.values.len());
        (total, without, distinct, counts.first(archive, limit)?)
    };
    Ok(Facets { field, unit, total, without, distinct, values, took: begun.elapsed() })
}

/// How many articles have each value.
pub(super) struct Counts<'a> {
    pub(super) values: Values<'a>,
    pub(super) tallies: Vec<Tally>,
    pub(super) total: Tally,
    pub(super) without: Tally,
}

impl<'a> Counts<'a> {
    pub(super) fn new(values: Values<'a>) -> Self {
        let (total, without) = Default::default();
        Self { values, tallies: Vec::new(), total, without }
    }

    /// Counts the articles of the next segment.
    pub(super) fn take_in(
        &mut self,
        segment: &SegmentReader,
        articles: &Articles<'_>,
    ) -> tantivy::Result<()> {
        let columns = self.values.field().texts(segment)?;
        let known = self.values.known(segment, columns.len());
        let all: Vec<_> = columns.iter().collect();
        let mut overlaps = Overlaps::of(&all, &slices(&known));
        let found = count(&all, articles, overlaps.as_mut())?;
        let is_new = any_new(&found.texts, &known);
        self.total += Tally::of(found.total);
        self.without += Tally::of(found.without);
        self.values.take_in(segment, columns.into_iter().zip(found.texts).collect())?;
        let texts = self.values.segments().last().map(Vec::as_slice).unwrap_or_default();
        let (columns, ids, found) = parts(texts);
        if is_new {
            // What all of them mean is known only now: overlaps take a second pass, if there can be any.
            overlaps = Overlaps::of(&columns, &ids);
            if let Some(overlaps) = &mut overlaps {
                count(&columns, articles, Some(overlaps))?;
            }
        }
        self.tallies.resize(self.values.len(), Tally::default());
        add_up(&mut self.tallies, &ids, &found, overlaps.as_ref());
        Ok(())
    }

    /// Counts other articles by the same values.
    pub(super) fn again(&self, matched: &Matched<'_>) -> Result<Vec<Tally>, Error> {
        let mut tallies = vec![Tally::default(); self.values.len()];
        let mut segments = self.values.segments().iter();
        matched.each_segment(|_, articles| {
            let (columns, ids, _) = parts(segments.next().map(Vec::as_slice).unwrap_or_default());
            let mut overlaps = Overlaps::of(&columns, &ids);
            let found = count(&columns, articles, overlaps.as_mut())?;
            add_up(&mut tallies, &ids, &slices(&found.texts), overlaps.as_ref());
            Ok(())
        })?;
        Ok(tallies)
    }

    /// The first `limit` values: those in most articles, of equals the first by name. Only those
    /// that may be among them are looked up.
    fn first(self, archive: &ArchiveReader, limit: usize) -> Result<Vec<(String, Tally)>, Error> {
        let Self { values, tallies, .. } = self;
        if limit == 0 || tallies.is_empty() {
            return Ok(Vec::new());
        }
        let mut order = tallies.clone();
        let place = limit.min(order.len()) - 1;
        let (_, &mut least, _) = order.select_nth_unstable_by(place, |a, b| b.cmp(a));
        let names = values.names(archive, |id| tallies[id as usize] >= least)?;
        let mut first: Vec<_> =
            names.into_iter().map(|(id, name)| (name, tallies[id as usize])).collect();
        first.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
        first.truncate(limit);
        Ok(first)
    }
}

/// The columns of a segment, the values of their texts, and the numbers of those.
fn parts(texts: &[Texts]) -> (Vec<&StrColumn>, Vec<&[ValueId]>, Vec<&[u32]>) {
    let columns = texts.iter().map(|it| &it.column).collect();
    let ids = texts.iter().map(|it| it.ids.as_slice()).collect();
    (columns, ids, texts.iter().map(|it| it.found.as_slice()).collect())
}

/// Whether any text was found of which it was not known what it means.
fn any_new(found: &[Vec<u32>], known: &[Vec<u32>]) -> bool {
    let mut columns = found.iter().zip(known);
    columns.any(|(found, known)| {
        let mut texts = found.iter().enumerate().filter(|(_, articles)| **articles > 0);
        texts.any(|(text, _)| known.get(text).is_none_or(|value| *value == UNSEEN))
    })
}

fn slices(all: &[Vec<u32>]) -> Vec<&[u32]> {
    all.iter().map(Vec::as_slice).collect()
}

/// Counts and values: of all, of those without, of how many values, and the first of those.
type Years = (Tally, Tally, usize, Vec<(String, Tally)>);

/// Counts years of publication.
fn years(matched: &Matched<'_>, limit: usize) -> Result<Years, Error> {
    let days = ByDay::of(matched)?;
    let mut years: BTreeMap<String, Tally> = BTreeMap::new();
    // What is known to lie between two days counts in the year of the first.
    let firsts = days.within.iter().map(|((first, _), tally)| (first, tally));
    for (day, tally) in days.on.iter().chain(firsts) {
        *years.entry(format!("{:04}", day.year())).or_default() += *tally;
    }
    let distinct = years.len();
    Ok((days.total(), days.undated, distinct, years.into_iter().take(limit).collect()))
}

/// The name of a value for people, where it is a code.
pub fn facet_label(field: FacetField, value: &str) -> &str {
    match field {
        FacetField::Region | FacetField::About => {
            let country = CountryCode::new(value).and_then(crate::region::country);
            country.map_or(value, |country| country.name)
        }
        _ => value,
    }
}
