//! The same articles in an index of plain tantivy, as its own examples make one: title and body
//! stored and indexed with positions by the default tokenizer, nothing else. A question asks for
//! articles with all its words; ten are fetched, and its own generator cuts a snippet of each.

use std::path::Path;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term, doc};

pub(crate) struct Plain {
    searcher: Searcher,
    title: Field,
    body: Field,
}

impl Plain {
    /// The records of JSON lines, in one segment.
    pub(crate) fn of(parts: impl Iterator<Item = String>, folder: &Path) -> Self {
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", TEXT | STORED);
        let body = schema.add_text_field("body", TEXT | STORED);
        std::fs::create_dir_all(folder).expect("a folder");
        let index = Index::create_in_dir(folder, schema.build()).expect("an index");
        let mut writer: IndexWriter =
            index.writer_with_num_threads(1, 200_000_000).expect("a writer");
        for part in parts {
            for line in part.lines() {
                let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
                let text = |key: &str| record[key].as_str().unwrap_or_default();
                let document = doc!(title => text("title"), body => text("text"));
                writer.add_document(document).expect("added");
            }
        }
        writer.commit().expect("committed");
        let segments = index.searchable_segment_ids().expect("segments");
        if segments.len() > 1 {
            writer.merge(&segments).wait().expect("merged");
        }
        Self { searcher: index.reader().expect("a reader").searcher(), title, body }
    }

    fn query(&self, words: &[&str]) -> BooleanQuery {
        let clause = |word: &&str| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.body, word);
            (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        BooleanQuery::new(words.iter().map(clause).collect())
    }

    /// How many articles have all the words, and the best ten of them.
    pub(crate) fn search(&self, words: &[&str]) -> (usize, usize) {
        let best = (Count, TopDocs::with_limit(10).order_by_score());
        let (total, hits) = self.searcher.search(&self.query(words), &best).expect("an answer");
        (total, hits.len())
    }

    /// Likewise, with titles and snippets; gives the length of all.
    pub(crate) fn search_with_snippets(&self, words: &[&str]) -> usize {
        let query = self.query(words);
        let best = (Count, TopDocs::with_limit(10).order_by_score());
        let (total, hits) = self.searcher.search(&query, &best).expect("an answer");
        let mut snippets =
            SnippetGenerator::create(&self.searcher, &query, self.body).expect("snippets");
        snippets.set_max_num_chars(240);
        let mut length = total;
        for (_, address) in hits {
            let document: TantivyDocument = self.searcher.doc(address).expect("a document");
            let title = document.get_first(self.title).and_then(|value| value.as_str());
            length += title.unwrap_or_default().len();
            length += snippets.snippet_from_doc(&document).to_html().len();
        }
        length
    }
}
