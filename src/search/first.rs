//! Who had it first: the earliest article of each story that a question finds.
//!
//! A story is a family. One that has an article which matches is found, and its first article is the
//! first of all of it, whether or not that one has the words: an editor may have put them in.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, SegmentReader};

use super::counting::{Matched, Unit};
use super::family::{Precedence, precedence};
use super::{Detail, Hits, SearchRequest, search};
use crate::copies::Likeness;
use crate::error::Error;
use crate::index::{ArchiveReader, Families};
use crate::record::ArticleRecord;

/// The stories that a question finds.
#[derive(Clone, Debug)]
pub struct Firsts {
    /// What is known of the answer in articles, without hits.
    pub summary: Hits,
    /// How many stories there are.
    pub total: u64,
    /// How many of them have no article with a date.
    pub undated: u64,
    /// As many as were asked for: oldest first, undated ones last.
    pub stories: Vec<Story>,
}

/// A story.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its first article.
    pub first: ArticleRecord,
    /// Whether that one matches the question itself.
    pub is_match: bool,
    /// How many other articles tell it.
    pub copies: u64,
    /// How many articles of it match.
    pub matching: u64,
    /// How many articles of it have no date.
    pub undated: u64,
    /// How many publishers printed it.
    pub publishers: u64,
    /// The day of the last dated one: `2022-11-21`.
    pub last: Option<String>,
}

/// Finds the first article of each story that `request` asks for; its limit and offset count
/// stories.
pub fn first(archive: &ArchiveReader, request: &SearchRequest) -> Result<Firsts, Error> {
    let counting = SearchRequest { limit: 0, snippets: 0, after: None, ..request.clone() };
    let begun = Instant::now();
    let mut summary = search(archive, &counting)?;
    let families = archive.families()?;
    let mut matching = HashSet::new();
    let mut found: HashMap<u64, u64> = HashMap::new();
    let matched = Matched::new(archive, &request.query, request.matching, Unit::Articles)?;
    matched.each_segment(|segment, articles| {
        let numbers = segment.fast_fields().u64("number")?;
        articles.each(&mut |docs| {
            for number in docs.iter().filter_map(|&doc| numbers.first(doc)) {
                matching.insert(number);
                *found.entry(families.family(Likeness::Part, number)).or_default() += 1;
            }
        })
    })?;
    let stories = tell(archive, families, &found).map_err(archive.engine_error())?;
    let undated = stories.iter().filter(|story| story.first.0).count() as u64;
    let total = stories.len() as u64;
    let mut shown = Vec::new();
    for told in stories.iter().skip(request.offset).take(request.limit) {
        shown.push(Story {
            first: archive.article_at(told.address, Detail::Brief)?,
            is_match: matching.contains(&told.number),
            copies: told.articles.saturating_sub(1),
            matching: found.get(&told.family).copied().unwrap_or_default(),
            undated: told.undated,
            publishers: told.publishers.len() as u64,
            last: told.last.and_then(day),
        });
    }
    summary.took = begun.elapsed();
    Ok(Firsts { summary, total, undated, stories: shown })
}

fn day(second: i64) -> Option<String> {
    Some(chrono::DateTime::from_timestamp(second, 0)?.format("%F").to_string())
}

/// What is known of a story before its articles are read.
struct Told {
    family: u64,
    first: Precedence,
    address: DocAddress,
    number: u64,
    articles: u64,
    undated: u64,
    last: Option<i64>,
    /// By the numbers of their names.
    publishers: Vec<usize>,
}

/// Goes through all articles for those of the families that were found.
fn tell(
    archive: &ArchiveReader,
    families: &Families,
    found: &HashMap<u64, u64>,
) -> tantivy::Result<Vec<Told>> {
    let mut told: HashMap<u64, Told> = HashMap::with_capacity(found.len());
    let mut publishers = Publishers::default();
    for (segment_ord, reader) in (0..).zip(archive.searcher().segment_readers()) {
        let columns = Columns::of(reader)?;
        for doc in reader.doc_ids_alive() {
            let Some(number) = columns.number.first(doc) else { continue };
            let family = families.family(Likeness::Part, number);
            if !found.contains_key(&family) {
                continue;
            }
            let published = columns.published.first(doc);
            let id = columns.id.first(doc).unwrap_or_default();
            let own = precedence(published, columns.first_seen.first(doc), id);
            let address = DocAddress::new(segment_ord, doc);
            let story = told.entry(family).or_insert_with(|| Told {
                family,
                first: own,
                address,
                number,
                articles: 0,
                undated: 0,
                last: None,
                publishers: Vec::new(),
            });
            if own < story.first {
                (story.first, story.address, story.number) = (own, address, number);
            }
            story.articles += 1;
            story.undated += u64::from(published.is_none());
            story.last = story.last.max(published);
            for ord in columns.publisher.iter().flat_map(|column| column.term_ords(doc)) {
                let name = publishers.number(ord, || columns.name(ord))?;
                if !story.publishers.contains(&name) {
                    story.publishers.push(name);
                }
            }
        }
        publishers.of_segment.clear();
    }
    let mut told: Vec<_> = told.into_values().collect();
    told.sort_unstable_by_key(|story| story.first);
    Ok(told)
}

/// Publishers by numbers that hold for all segments.
#[derive(Default)]
struct Publishers {
    names: HashMap<String, usize>,
    /// By their numbers in the segment under way.
    of_segment: HashMap<u64, usize>,
}

impl Publishers {
    fn number(
        &mut self,
        ord: u64,
        name: impl FnOnce() -> tantivy::Result<String>,
    ) -> tantivy::Result<usize> {
        if let Some(number) = self.of_segment.get(&ord) {
            return Ok(*number);
        }
        let next = self.names.len();
        let number = *self.names.entry(name()?).or_insert(next);
        self.of_segment.insert(ord, number);
        Ok(number)
    }
}

struct Columns {
    number: Column<u64>,
    id: Column<u64>,
    published: Column<i64>,
    first_seen: Column<i64>,
    publisher: Option<StrColumn>,
}

impl Columns {
    fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            number: columns.u64("number")?,
            id: columns.u64("id")?,
            published: columns.i64("published")?,
            first_seen: columns.i64("first_seen")?,
            publisher: columns.str("publisher")?,
        })
    }

    fn name(&self, ord: u64) -> tantivy::Result<String> {
        let mut name = String::new();
        if let Some(publisher) = &self.publisher {
            publisher.ord_to_str(ord, &mut name)?;
        }
        Ok(name)
    }
}
