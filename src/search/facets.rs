//! How many of the articles that match a query have each value of a field.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Schema;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::Matching;
use super::probe::Probe;
use crate::article::{CountryCode, named_enum};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Field, Query};
use crate::region::country_by_name;

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
    /// The columns of the index that hold its values: those of the field that queries know by the
    /// same name. A year has none; it is read from the date.
    fn columns(self) -> &'static [&'static str] {
        Field::from_name(self.name()).map_or(&[], Field::columns)
    }

    /// The value that is counted for what a column holds.
    fn value(self, held: String) -> String {
        match self {
            // An article that is filed under a country and about it counts once.
            Self::Region => country_by_name(&held).map_or(held, |code| code.to_string()),
            _ => held,
        }
    }

    /// Whether the values have an order of their own.
    fn is_ordered(self) -> bool {
        self == Self::Year
    }
}

/// The values of a field among the articles that match.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Facets {
    /// The field.
    pub field: FacetField,
    /// How many articles match.
    pub total: u64,
    /// How many of them have no value.
    pub without: u64,
    /// Each value with its number of articles: years in their order, others by number, the most
    /// first, then by name. An article with several values counts for each.
    pub values: Vec<(String, u64)>,
}

/// Counts the values of `field` in the articles of `archive` that match `query`.
pub fn facets(
    archive: &ArchiveReader,
    field: FacetField,
    query: &Query,
    matching: Matching,
) -> Result<Facets, Error> {
    let (query, _) = Probe::new(archive, matching)?.lower(query)?;
    let searcher = archive.searcher();
    let Counts { total, without, values } =
        searcher.search(&*query, &Counter { field }).map_err(archive.engine_error())?;
    let mut values: Vec<_> = values.into_iter().collect();
    if !field.is_ordered() {
        // Stable, and sorted by name before.
        values.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
    }
    Ok(Facets { field, total, without, values })
}

struct Counter {
    field: FacetField,
}

#[derive(Default)]
struct Counts {
    total: u64,
    without: u64,
    values: BTreeMap<String, u64>,
}

impl Collector for Counter {
    type Fruit = Counts;
    type Child = SegmentCounter;

    fn check_schema(&self, _: &Schema) -> tantivy::Result<()> {
        Ok(())
    }

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCounter> {
        let columns = reader.fast_fields();
        let mut texts = Vec::new();
        for name in self.field.columns() {
            texts.extend(columns.str(name)?.map(Texts::new));
        }
        let published = match self.field {
            FacetField::Year => Some(columns.i64("published")?),
            _ => None,
        };
        let values = Values::default();
        let (total, without, found) = (0, 0, Vec::new());
        Ok(SegmentCounter { field: self.field, texts, published, values, found, total, without })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for Counts { total, without, values } in segments {
            all.total += total;
            all.without += without;
            for (value, articles) in values {
                *all.values.entry(value).or_default() += articles;
            }
        }
        Ok(all)
    }
}

/// Counts in one segment.
struct SegmentCounter {
    field: FacetField,
    texts: Vec<Texts>,
    published: Option<Column<i64>>,
    values: Values,
    /// The numbers of the values of the article at hand.
    found: Vec<usize>,
    total: u64,
    without: u64,
}

/// A column of texts, and the numbers that its terms have among the values.
struct Texts {
    column: StrColumn,
    numbers: Vec<Option<usize>>,
}

impl Texts {
    fn new(column: StrColumn) -> Self {
        let numbers = vec![None; column.num_terms()];
        Self { column, numbers }
    }

    /// The term in words; empty where the index is damaged, which `verify` tells.
    fn held(&self, term: u64) -> String {
        let mut held = String::new();
        let _ = self.column.ord_to_str(term, &mut held);
        held
    }
}

/// Values by number, each with its articles.
#[derive(Default)]
struct Values {
    articles: Vec<u64>,
    /// Two columns, or two spellings, may have one value.
    numbers: BTreeMap<String, usize>,
}

impl Values {
    fn number(&mut self, value: String) -> usize {
        let Self { articles, numbers } = self;
        *numbers.entry(value).or_insert_with(|| {
            articles.push(0);
            articles.len() - 1
        })
    }
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Self { field, texts, published, values, found, .. } = self;
        found.clear();
        for texts in texts {
            for term in texts.column.term_ords(doc) {
                let Some(known) = usize::try_from(term).ok().filter(|&at| at < texts.numbers.len())
                else {
                    continue;
                };
                let number = match texts.numbers[known] {
                    Some(number) => number,
                    None => values.number(field.value(texts.held(term))),
                };
                texts.numbers[known] = Some(number);
                if !found.contains(&number) {
                    found.push(number);
                }
            }
        }
        let year = published.as_ref().and_then(|published| year(published, doc));
        found.extend(year.map(|year| values.number(year)));
        for &number in &*found {
            values.articles[number] += 1;
        }
        self.total += 1;
        self.without += u64::from(self.found.is_empty());
    }

    fn harvest(self) -> Counts {
        let Values { articles, numbers } = self.values;
        let values = numbers.into_iter().map(|(value, number)| (value, articles[number]));
        Counts { total: self.total, without: self.without, values: values.collect() }
    }
}

/// The year in which an article was published.
fn year(published: &Column<i64>, doc: DocId) -> Option<String> {
    let day = DateTime::from_timestamp(published.first(doc)?, 0)?;
    Some(format!("{:04}", day.year()))
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
