//! The same articles in an index of plain tantivy, as its own examples make one: title and body
//! stored and indexed with positions by the default tokenizer, the date in a column, the region as
//! it stands, in the order in which they came. Ten hits are fetched, and its own generator cuts a
//! snippet of each.

mod engine;
mod writer;

use std::io::{self, Write};
use std::path::Path;

use chrono::DateTime;
pub(crate) use engine::Engine;
use tantivy::query::Query;
use tantivy::schema::{Field, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, ReloadPolicy, TantivyDocument};
pub(crate) use writer::PlainWriter;

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
    published: Field,
}

impl Plain {
    /// The records of JSON lines, in one segment; those that are in the folder already, if it has
    /// an index.
    pub(crate) fn of(parts: impl Iterator<Item = String>, folder: &Path) -> Self {
        if !folder.is_dir() {
            std::fs::create_dir_all(folder).expect("a folder");
            let mut writer = PlainWriter::create(folder, 1, 200_000_000);
            for part in parts {
                part.lines().for_each(|line| writer.add(line));
            }
            writer.end_in_one_segment();
        }
        Self::open(folder)
    }

    /// An index that is there.
    pub(crate) fn open(folder: &Path) -> Self {
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
        let [title, body, published] = ["title", "body", "published"].map(|it| engine.field(it));
        Self { engine, title, body, published }
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
        let snippets = self.snippets(query);
        let lengths = hits.iter().map(|document| {
            let title = document.get_first(self.title).and_then(|value| value.as_str());
            let snippet = snippets.snippet_from_doc(document).to_html();
            title.unwrap_or_default().len() + snippet.len()
        });
        lengths.sum()
    }

    /// Prints how many articles have all the words, and title, date and a snippet of the ten best.
    pub(crate) fn print(&self, words: &[String], out: &mut impl Write) -> io::Result<()> {
        let kind = Kind::All(words.len());
        let query = self.engine.query(kind, words);
        let (total, hits) = self.engine.count_and_best(kind, &*query);
        writeln!(out, "{total} articles")?;
        let snippets = self.snippets(&*query);
        for document in self.engine.fetch(&hits) {
            let title = document.get_first(self.title).and_then(|value| value.as_str());
            let second = document.get_first(self.published).and_then(|value| value.as_i64());
            let day = second.and_then(|second| DateTime::from_timestamp(second, 0));
            let day = day.map(|day| day.date_naive().to_string());
            let snippet = snippets.snippet_from_doc(&document).to_html();
            writeln!(out, "{}\n{}\n{snippet}", title.unwrap_or_default(), day.unwrap_or_default())?;
        }
        Ok(())
    }

    fn snippets(&self, query: &dyn Query) -> SnippetGenerator {
        let searcher = &self.engine.searcher;
        let mut snippets = SnippetGenerator::create(searcher, query, self.body).expect("snippets");
        snippets.set_max_num_chars(240);
        snippets
    }
}
