//! Articles in an index in memory, and which of them a query finds.

use std::cmp::Reverse;

use serde_json::{Value, json};
use tantivy::collector::{Collector, DocSetCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, DocId, Index, IndexSettings, IndexWriter, Searcher};

use super::super::{Limit, Lowering};
use super::read;
use crate::alias::Aliases;
use crate::article::Language;
use crate::record::ArticleRecord;
use crate::schema::{Documents, Fields, OpenSegments, sort_order, tokenizers};

/// An index in one segment, in which articles are known by the numbers of their texts.
pub(super) struct Archive {
    searcher: Searcher,
    fields: Fields,
    segments: OpenSegments,
    languages: Vec<Language>,
    /// The numbers of the documents.
    numbers: Column<u64>,
}

impl Archive {
    /// Articles with these titles and bodies, of no known language.
    pub(super) fn of(texts: &[(&str, &str)]) -> Self {
        let texts: Vec<_> = texts.iter().map(|(title, body)| (*title, *body, None)).collect();
        Self::in_languages(&texts)
    }

    /// Articles with these titles and bodies in these languages.
    pub(super) fn in_languages(texts: &[(&str, &str, Option<&str>)]) -> Self {
        let fields = texts.iter().map(
            |(title, body, language)| json!({"title": title, "body": body, "language": language}),
        );
        Self::with(&fields.collect::<Vec<_>>())
    }

    /// Articles with these fields of their records.
    pub(super) fn with(articles: &[Value]) -> Self {
        let (schema, fields) = Fields::schema();
        let settings =
            IndexSettings { sort_by_field: Some(sort_order()), ..IndexSettings::default() };
        let index = Index::builder().schema(schema).settings(settings).tokenizers(tokenizers());
        let index = index.create_in_ram().expect("an index");
        let mut writer: IndexWriter =
            index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        let mut documents = Documents::new(fields);
        for (number, stated) in articles.iter().enumerate() {
            let mut article = json!({
                "v": 1, "id": "", "path": "a", "record": number, "offset": 0, "sha256": "",
                "title": "", "title_source": "record", "body": "", "about": [], "countries": [],
                "entities": [], "charset": "utf-8", "warnings": [],
            });
            for (name, value) in stated.as_object().expect("an object") {
                article[name] = value.clone();
            }
            let article: ArticleRecord = serde_json::from_value(article).expect("a record");
            let mut document = documents.document(&article, "a");
            document.add_u64(fields.number, number as u64);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        assert_eq!(searcher.segment_readers().len(), 1);
        let languages = articles.iter().filter_map(|it| Language::new(it["language"].as_str()?));
        let written: Vec<_> = languages.collect();
        let mut languages = written.clone();
        languages
            .sort_by_cached_key(|it| (Reverse(written.iter().filter(|of| *of == it).count()), *it));
        languages.dedup();
        let numbers = searcher.segment_reader(0).fast_fields().u64("number").expect("a column");
        Self { segments: OpenSegments::of(&searcher), searcher, fields, languages, numbers }
    }

    fn number(&self, doc: DocId) -> usize {
        let number = self.numbers.first(doc).expect("each has one");
        usize::try_from(number).expect("a small number")
    }

    /// The numbers of the articles that match.
    pub(super) fn found(&self, typed: &str) -> Vec<usize> {
        let found = self.collect(typed, &DocSetCollector);
        let mut numbers: Vec<_> = found.iter().map(|address| self.number(address.doc_id)).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The numbers of the articles that match with their scores, best first.
    pub(super) fn ranked(&self, typed: &str) -> Vec<(usize, f32)> {
        let best = TopDocs::with_limit(1_000).order_by_score();
        let found = self.collect(typed, &best);
        found.iter().map(|(score, address)| (self.number(address.doc_id), *score)).collect()
    }

    /// The score of an article as the engine explains it; `None` where it does not match.
    pub(super) fn explained(&self, typed: &str, number: usize) -> Option<f32> {
        let documents = self.searcher.segment_reader(0).max_doc();
        let doc_id = (0..documents).find(|&doc| self.number(doc) == number).expect("there");
        let explanation =
            self.lowered(typed).explain(&self.searcher, DocAddress { segment_ord: 0, doc_id });
        explanation.ok().map(|explanation| explanation.value())
    }

    /// What a query leaves out for its size.
    pub(super) fn limits(&self, typed: &str) -> Vec<Limit> {
        self.lower(typed).1
    }

    fn collect<C: Collector>(&self, typed: &str, collector: &C) -> C::Fruit {
        self.searcher.search(&*self.lowered(typed), collector).expect("an answer")
    }

    fn lowered(&self, typed: &str) -> Box<dyn EngineQuery> {
        self.lower(typed).0
    }

    fn lower(&self, typed: &str) -> (Box<dyn EngineQuery>, Vec<Limit>) {
        let aliases = Aliases::none();
        let fields = self.fields;
        let mut lowering =
            Lowering::new(&self.searcher, fields, &self.segments, &self.languages, true, &aliases);
        lowering.lower(&read(typed).query).expect("a query")
    }
}
