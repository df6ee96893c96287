//! How many of the articles that match a query have each value of a field.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Datelike as _};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Schema;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::Matching;
use super::probe::Probe;
use crate::alias::{Aliases, key, usual_spelling};
use crate::article::{CountryCode, EntityKind, named_enum};
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

    /// What is counted for what a column holds.
    fn value(self, held: &str, aliases: &Aliases) -> Value {
        let Some(kind) = self.entity() else {
            let code = country_by_name(held).filter(|_| self == Self::Region);
            // An article that is filed under a country and about it counts once.
            return Value::Plain(code.map_or_else(|| held.to_owned(), |code| code.to_string()));
        };
        let name = || Value::Name(key(held));
        aliases.number(kind, held).map_or_else(name, Value::Cluster)
    }

    /// The kind of entity that the values are names of.
    fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organisation => Some(EntityKind::Organisation),
            Self::Place => Some(EntityKind::Place),
            _ => None,
        }
    }

    /// Whether the values have an order of their own.
    fn is_ordered(self) -> bool {
        self == Self::Year
    }
}

/// A value, whatever its spelling.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Value {
    /// As it stands.
    Plain(String),
    /// Someone with several names, by the place among all clusters.
    Cluster(usize),
    /// A name by its key.
    Name(String),
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
    /// How long counting took.
    pub took: Duration,
}

/// Counts the values of `field` in the articles of `archive` that match `query`. Names that mean
/// one person, organisation or place are one value.
pub fn facets(
    archive: &ArchiveReader,
    field: FacetField,
    query: &Query,
    matching: Matching,
) -> Result<Facets, Error> {
    let begun = Instant::now();
    let (query, _) = Probe::new(archive, matching)?.lower(query)?;
    // The collector must not borrow, as each thread takes it along.
    let counter = Counter { field, aliases: Arc::new(archive.aliases().clone()) };
    let Counts { total, without, values: found } =
        archive.searcher().search(&*query, &counter).map_err(archive.engine_error())?;
    let mut values = Vec::with_capacity(found.len());
    for (value, Counted { articles, spellings }) in found {
        let name = match value {
            Value::Plain(name) => name,
            Value::Cluster(number) => archive.usual_name(&archive.aliases().clusters()[number])?,
            Value::Name(key) => usual_spelling(&spellings).map_or(key, str::to_owned),
        };
        values.push((name, articles));
    }
    values.sort();
    if !field.is_ordered() {
        // Stable, and sorted by name before.
        values.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
    }
    Ok(Facets { field, total, without, values, took: begun.elapsed() })
}

struct Counter {
    field: FacetField,
    aliases: Arc<Aliases>,
}

#[derive(Default)]
struct Counts {
    total: u64,
    without: u64,
    values: BTreeMap<Value, Counted>,
}

/// How often a value was found.
#[derive(Clone, Debug, Default)]
struct Counted {
    articles: u64,
    /// In how many articles it is spelled so; only where that gives its name.
    spellings: BTreeMap<String, u64>,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        for (spelling, articles) in other.spellings {
            *self.spellings.entry(spelling).or_default() += articles;
        }
    }
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
        let (field, aliases) = (self.field, Arc::clone(&self.aliases));
        Ok(SegmentCounter { field, aliases, texts, published, values, found, total, without })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for Counts { total, without, values } in segments {
            all.total += total;
            all.without += without;
            for (value, counted) in values {
                all.values.entry(value).or_default().add(counted);
            }
        }
        Ok(all)
    }
}

/// Counts in one segment.
struct SegmentCounter {
    field: FacetField,
    aliases: Arc<Aliases>,
    texts: Vec<Texts>,
    published: Option<Column<i64>>,
    values: Values,
    /// The numbers of the values of the article at hand.
    found: Vec<usize>,
    total: u64,
    without: u64,
}

/// A column of texts.
struct Texts {
    column: StrColumn,
    /// For each of its terms that was found, what it counts for.
    terms: Vec<Option<Term>>,
}

/// A term of a column.
#[derive(Clone, Copy)]
struct Term {
    /// The number of its value.
    number: usize,
    /// In how many articles it was found.
    articles: u64,
}

impl Texts {
    fn new(column: StrColumn) -> Self {
        let terms = vec![None; column.num_terms()];
        Self { column, terms }
    }

    /// The term in words; empty where the index is damaged, which `verify` tells.
    fn held(&self, term: usize) -> String {
        let mut held = String::new();
        let _ = self.column.ord_to_str(term as u64, &mut held);
        held
    }
}

/// Values by number, each with its articles.
#[derive(Default)]
struct Values {
    counted: Vec<Counted>,
    /// Two columns, or two spellings, may have one value.
    numbers: BTreeMap<Value, usize>,
}

impl Values {
    fn number(&mut self, value: Value) -> usize {
        let Self { counted, numbers } = self;
        *numbers.entry(value).or_insert_with(|| {
            counted.push(Counted::default());
            counted.len() - 1
        })
    }
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Self { field, aliases, texts, published, values, found, .. } = self;
        found.clear();
        for texts in texts {
            for term in texts.column.term_ords(doc) {
                let Some(at) = usize::try_from(term).ok().filter(|&at| at < texts.terms.len())
                else {
                    continue;
                };
                let known = texts.terms[at].unwrap_or_else(|| {
                    let number = values.number(field.value(&texts.held(at), aliases));
                    Term { number, articles: 0 }
                });
                texts.terms[at] = Some(Term { articles: known.articles + 1, ..known });
                if !found.contains(&known.number) {
                    found.push(known.number);
                }
            }
        }
        let year = published.as_ref().and_then(|published| year(published, doc));
        found.extend(year.map(|year| values.number(Value::Plain(year))));
        for &number in &*found {
            values.counted[number].articles += 1;
        }
        self.total += 1;
        self.without += u64::from(self.found.is_empty());
    }

    fn harvest(mut self) -> Counts {
        if self.field.entity().is_some() {
            self.add_spellings();
        }
        let Values { mut counted, numbers } = self.values;
        let mut take = |number: usize| std::mem::take(&mut counted[number]);
        let values = numbers.into_iter().map(|(value, number)| (value, take(number))).collect();
        Counts { total: self.total, without: self.without, values }
    }
}

impl SegmentCounter {
    fn add_spellings(&mut self) {
        for texts in &self.texts {
            for (at, term) in texts.terms.iter().enumerate() {
                if let Some(Term { number, articles }) = *term {
                    let spellings = &mut self.values.counted[number].spellings;
                    *spellings.entry(texts.held(at)).or_default() += articles;
                }
            }
        }
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
