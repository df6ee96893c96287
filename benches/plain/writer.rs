//! Writing an index of plain tantivy.

use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;
use tantivy::schema::{FAST, Field, INDEXED, STORED, STRING, Schema, TEXT};
use tantivy::{Index, IndexWriter, doc};

/// What is kept of a record of JSON, as `generated` makes them or as dateline prints them.
#[derive(Deserialize)]
struct Record {
    title: String,
    #[serde(alias = "text")]
    body: String,
    date: Option<String>,
    #[serde(alias = "tag")]
    region: Option<String>,
}

/// An index that is being written.
pub(crate) struct PlainWriter {
    index: Index,
    writer: IndexWriter,
    title: Field,
    body: Field,
    published: Field,
    region: Field,
    added: u64,
}

impl PlainWriter {
    /// Starts an index in an empty folder, with so many threads and bytes of memory for all of them.
    pub(crate) fn create(folder: &Path, threads: usize, memory: usize) -> Self {
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", TEXT | STORED);
        let body = schema.add_text_field("body", TEXT | STORED);
        let published = schema.add_i64_field("published", INDEXED | FAST | STORED);
        let region = schema.add_text_field("region", STRING | STORED);
        let index = Index::create_in_dir(folder, schema.build()).expect("an index");
        let writer = index.writer_with_num_threads(threads, memory).expect("a writer");
        Self { index, writer, title, body, published, region, added: 0 }
    }

    /// Adds a record, a line of JSON.
    pub(crate) fn add(&mut self, line: &str) {
        let record: Record = serde_json::from_str(line).expect("a record");
        let mut document = doc!(self.title => record.title, self.body => record.body);
        // What is known to the month alone has no date here.
        let day = record.date.as_deref().and_then(|date| date.get(..10)?.parse::<NaiveDate>().ok());
        if let Some(day) = day {
            document.add_i64(self.published, day.and_time(NaiveTime::MIN).and_utc().timestamp());
        }
        if let Some(region) = record.region {
            document.add_text(self.region, region);
        }
        self.writer.add_document(document).expect("added");
        self.added += 1;
    }

    /// Commits, and waits for merges that have begun; how many records there are.
    pub(crate) fn end(mut self) -> u64 {
        self.writer.commit().expect("committed");
        self.writer.wait_merging_threads().expect("merged");
        self.added
    }

    /// Likewise, and leaves one segment of all.
    pub(crate) fn end_in_one_segment(mut self) {
        self.writer.commit().expect("committed");
        let segments = self.index.searchable_segment_ids().expect("segments");
        if segments.len() > 1 {
            self.writer.merge(&segments).wait().expect("merged");
        }
        self.writer.wait_merging_threads().expect("merged");
    }
}
