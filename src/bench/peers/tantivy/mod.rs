//! The engine alone, as its own examples use it, on the same text: title and body with positions by
//! its default tokenizer, the date in a column, all stored. Questions are put in its own kinds of
//! queries, and passages are cut by its own generator.
//!
//! Where a union is asked for, what matches is counted apart from the best hits, since the engine
//! finds those faster by bounds; else in the same pass. Either is the faster of the two.

mod build;
mod lower;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::Query as EngineQuery;
use tantivy::schema::{Field, OwnedValue, Value as _};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DateTime, DocAddress, Index, Order, Searcher, TantivyDocument, TantivyError};

use super::pattern::Grep;
use super::{Peer, Reason, Side, Unit};
use crate::article::ArticleId;
use crate::bench::archive::{Clock, Digest};
use crate::bench::{Answer, Ask, Phase, Target, Task};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{DateTest, Query, Text, parse};
use crate::search::{Matching, Sort, ids};
use build::Fields;
use lower::Lower;

/// Characters of a passage; as many as this program shows, about.
const PASSAGE: usize = 240;

/// The same articles in an index of the engine's own.
pub struct Tantivy<'a> {
    archive: &'a ArchiveReader,
    index: Index,
    searcher: Searcher,
    fields: Fields,
    today: NaiveDate,
}

impl Tantivy<'_> {
    fn lower(&self, query: &Query) -> Result<Box<dyn EngineQuery>, &'static str> {
        Lower { index: &self.index, fields: self.fields }.query(query)
    }

    fn read(&self, task: &Task) -> Query {
        parse(&task.query, self.today).query
    }

    /// The engine's query for a task; one that [`Peer::cannot`] takes away matches nothing.
    fn query(&self, task: &Task) -> (Query, Box<dyn EngineQuery>) {
        let query = self.read(task);
        let lowered = self.lower(&query);
        (query, lowered.unwrap_or_else(|_| Box::new(tantivy::query::EmptyQuery)))
    }

    /// How many match, and the best of them.
    fn best(
        &self,
        query: &dyn EngineQuery,
        is_union: bool,
        sort: Sort,
        range: (usize, usize),
        clock: &mut Clock,
    ) -> tantivy::Result<(usize, Vec<DocAddress>)> {
        let (offset, limit) = range;
        if limit == 0 {
            let total = self.searcher.search(query, &Count)?;
            clock.lap(Phase::Collect);
            return Ok((total, Vec::new()));
        }
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let order = match sort {
            Sort::Newest => Some(Order::Desc),
            Sort::Oldest => Some(Order::Asc),
            _ => None,
        };
        let (total, best) = match order {
            Some(order) => {
                let top = top.order_by_fast_field::<DateTime>("date", order);
                let (total, best) = self.searcher.search(query, &(Count, top))?;
                (total, best.into_iter().map(|(_, address)| address).collect())
            }
            None if is_union => {
                let best = self.searcher.search(query, &top.order_by_score())?;
                clock.lap(Phase::Match);
                let total = self.searcher.search(query, &Count)?;
                clock.lap(Phase::Collect);
                (total, best.into_iter().map(|(_, address)| address).collect())
            }
            None => {
                let (total, best) = self.searcher.search(query, &(Count, top.order_by_score()))?;
                (total, best.into_iter().map(|(_, address)| address).collect())
            }
        };
        clock.lap(Phase::Match);
        Ok((total, best))
    }

    fn hits(&self, task: &Task, clock: &mut Clock) -> tantivy::Result<(u64, u64)> {
        let (query, lowered) = self.query(task);
        clock.lap(Phase::Parse);
        let Ask::Hits { sort, offset, limit, snippets, .. } = task.ask else {
            let total = self.searcher.search(&*lowered, &Count)? as u64;
            clock.lap(Phase::Collect);
            return Ok((total, Digest::of(total).end()));
        };
        let is_union = matches!(query, Query::Or(_) | Query::Text(_));
        let (total, best) = self.best(&*lowered, is_union, sort, (offset, limit), clock)?;
        let mut documents: Vec<TantivyDocument> = Vec::with_capacity(best.len());
        for address in best {
            documents.push(self.searcher.doc(address)?);
        }
        clock.lap(Phase::Fetch);
        let mut passages = Vec::new();
        if snippets > 0 {
            let mut generator =
                SnippetGenerator::create(&self.searcher, &*lowered, self.fields.body)?;
            generator.set_max_num_chars(PASSAGE);
            let passage = |document| generator.snippet_from_doc(document).to_html();
            passages = documents.iter().map(passage).collect();
            clock.lap(Phase::Snippet);
        }
        let mut digest = Digest::of(total as u64);
        let mut shown = Vec::with_capacity(documents.len());
        for (rank, document) in documents.iter().enumerate() {
            let id = self.id(document);
            digest.number(id.0);
            shown.push(json!({
                "id": id.to_string(),
                "title": text(document, self.fields.title),
                "body": text(document, self.fields.body),
                "date": self.date(document),
                "snippet": passages.get(rank),
            }));
        }
        let written = json!({ "total": total, "hits": shown }).to_string();
        std::hint::black_box(written);
        clock.lap(Phase::Print);
        Ok((total as u64, digest.end()))
    }

    fn id(&self, document: &TantivyDocument) -> ArticleId {
        let id = document.get_first(self.fields.id).and_then(|value| value.as_u64());
        ArticleId(id.unwrap_or_default())
    }

    fn date(&self, document: &TantivyDocument) -> Option<i64> {
        let date = document.get_first(self.fields.date).map(OwnedValue::from);
        date.and_then(|value| match value {
            OwnedValue::Date(date) => Some(date.into_timestamp_secs()),
            _ => None,
        })
    }

    fn ids(&self, query: &dyn EngineQuery) -> tantivy::Result<BTreeSet<String>> {
        let mut columns = Vec::new();
        for segment in self.searcher.segment_readers() {
            columns.push(segment.fast_fields().u64("id")?);
        }
        let found = self.searcher.search(query, &DocSetCollector)?;
        let id = |address: DocAddress| columns[address.segment_ord as usize].first(address.doc_id);
        Ok(found.into_iter().filter_map(id).map(|id| ArticleId(id).to_string()).collect())
    }
}

/// A stored text; empty where there is none.
fn text(document: &TantivyDocument, field: Field) -> &str {
    document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
}

/// A failure of the engine on the peer's own index.
fn failed(error: TantivyError) -> Error {
    Error::Engine { path: "tantivy".into(), source: Box::new(error) }
}

impl Target for Tantivy<'_> {
    fn perform(&self, task: &Task) -> Result<Answer, Error> {
        let mut clock = Clock::start();
        let (total, checksum) = self.hits(task, &mut clock).map_err(failed)?;
        Ok(Answer { total, checksum, phases: clock.phases })
    }
}

impl Peer for Tantivy<'_> {
    fn name(&self) -> &'static str {
        "tantivy"
    }

    fn unit(&self) -> Unit {
        Unit::Articles
    }

    fn cannot(&self, task: &Task) -> Option<&'static str> {
        match task.ask {
            Ask::Facets(_) => return Some("values of a field"),
            Ask::Timeline(_) => return Some("articles over time"),
            Ask::Hits { collapse: true, .. } => return Some("copies of a story"),
            Ask::Hits { sort: Sort::Shortest | Sort::Longest, .. } => return Some("an order"),
            Ask::Hits { .. } | Ask::Count => {}
        }
        self.lower(&self.read(task)).err()
    }

    fn found(&self, task: &Task) -> Result<BTreeSet<String>, Error> {
        self.ids(&*self.query(task).1).map_err(failed)
    }

    fn ours(&self, task: &Task) -> Result<BTreeSet<String>, Error> {
        let found = ids(self.archive, &self.read(task), Matching::AllWords)?;
        Ok(found.into_iter().map(|id| id.to_string()).collect())
    }

    fn reason(&self, task: &Task, name: &str, side: Side) -> Result<Reason, Error> {
        let query = self.read(task);
        let article = self.archive.find_one(name)?;
        let text = format!("{}\n{}", article.title, article.body);
        let is_literal = Grep::of_text(&query).map(|grep| grep.matches(text.as_bytes()));
        let is_exact = !matches!(article.date_precision.as_deref(), Some("month" | "year"));
        Ok(match (is_literal, side) {
            (Ok(false), Side::Ours) => Reason::Form,
            (_, Side::Theirs) if is_loose(&query) => Reason::Order,
            _ if is_bound_to_dates(&query) && !is_exact => Reason::Period,
            _ => Reason::Cut,
        })
    }
}

fn is_loose(query: &Query) -> bool {
    match query {
        Query::Text(Text::Phrase { slop, .. }) => *slop > 1,
        Query::And(clauses) | Query::Or(clauses) => clauses.iter().any(is_loose),
        _ => false,
    }
}

fn is_bound_to_dates(query: &Query) -> bool {
    match query {
        Query::Date(DateTest::Within { .. }) => true,
        Query::And(clauses) => clauses.iter().any(is_bound_to_dates),
        _ => false,
    }
}

impl std::fmt::Debug for Tantivy<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tantivy").field("index", &self.index).finish_non_exhaustive()
    }
}
