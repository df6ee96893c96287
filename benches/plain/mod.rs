//! The same articles in an index of plain tantivy, as its own examples make one: title and body
//! stored and indexed with positions by the default tokenizer, the date in a column, the region as
//! it stands, in the order in which they came. Ten hits are fetched, and its own generator cuts a
//! snippet of each.

mod engine;

use std::path::Path;

use chrono::NaiveDate;
pub(crate) use engine::Engine;
use tantivy::query::Query;
use tantivy::schema::{FAST, Field, INDEXED, STORED, STRING, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexWriter, ReloadPolicy, TantivyDocument, doc};

/// The year that questions with a date are about.
pub(crate) const YEAR: i32 = 2019;

/// The region that questions with a region are about.
pub(crate) const REGION: &str = "Kenya";

/// What is asked about some words.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Word,
    All(usize),
    Any(usize),
    Phrase,
    AllInYear,
    AnyInYear,
    AllInRegion,
}

pub(crate) struct Plain {
    pub(crate) engine: Engine,
    title: Field,
    body: Field,
}

impl Plain {
    /// The records of JSON lines, in one segment; those that are in the folder already, if it has
    /// an index.
    pub(crate) fn of(parts: impl Iterator<Item = String>, folder: &Path) -> Self {
        if !folder.is_dir() {
            std::fs::create_dir_all(folder).expect("a folder");
            write(parts, folder);
        }
        let index = Index::open_in_dir(folder).expect("an index");
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: tantivy::IndexReader = reader.try_into().expect("a reader");
        let engine = Engine {
            searcher: reader.searcher(),
            words: "body",
            stemmer: None,
            dates: ["published"; 2],
            region: ("region", REGION),
        };
        let [title, body] = ["title", "body"].map(|name| engine.field(name));
        Self { engine, title, body }
    }

    /// How many articles have all the words, and the best ten of them.
    pub(crate) fn search(&self, words: &[String]) -> (usize, usize) {
        let kind = Kind::All(words.len());
        let (total, hits) = self.engine.count_and_best(kind, &*self.engine.query(kind, words));
        (total, hits.len())
    }

    /// Likewise, with titles and snippets; gives the length of all.
    pub(crate) fn search_with_snippets(&self, words: &[String]) -> usize {
        let kind = Kind::All(words.len());
        let query = self.engine.query(kind, words);
        let (total, hits) = self.engine.count_and_best(kind, &*query);
        total + self.show(&*query, &self.engine.fetch(&hits))
    }

    /// The length of titles and snippets.
    pub(crate) fn show(&self, query: &dyn Query, hits: &[TantivyDocument]) -> usize {
        let searcher = &self.engine.searcher;
        let mut snippets = SnippetGenerator::create(searcher, query, self.body).expect("snippets");
        snippets.set_max_num_chars(240);
        let lengths = hits.iter().map(|document| {
            let title = document.get_first(self.title).and_then(|value| value.as_str());
            let snippet = snippets.snippet_from_doc(document).to_html();
            title.unwrap_or_default().len() + snippet.len()
        });
        lengths.sum()
    }
}

fn write(parts: impl Iterator<Item = String>, folder: &Path) {
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", TEXT | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let published = schema.add_i64_field("published", INDEXED | FAST | STORED);
    let region = schema.add_text_field("region", STRING | STORED);
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 200_000_000).expect("a writer");
    for part in parts {
        for line in part.lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let value = |key: &str| record[key].as_str().unwrap_or_default();
            let day: NaiveDate = value("date").parse().expect("a day");
            let second = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
            let document = doc!(
                title => value("title"), body => value("text"),
                published => second, region => value("region"),
            );
            writer.add_document(document).expect("added");
        }
    }
    writer.commit().expect("committed");
    let segments = index.searchable_segment_ids().expect("segments");
    if segments.len() > 1 {
        writer.merge(&segments).wait().expect("merged");
    }
    writer.wait_merging_threads().expect("merged");
}
