//! What the hot parts take, each as near to alone as it can be asked for: from what was typed to
//! what is meant, to what the engine is asked, to the best articles, to the passages that are shown;
//! and from a record or a page to an article, to its names, to the index. One thread but for writing,
//! warm, on generated articles (fixed seed).
//!
//! Elsewhere: whole questions by their kind (`latency`, and beside plain tantivy `ranking`), whole
//! processes (`process`), whole runs of indexing (`indexing`), real pages beside the crates that they
//! are taken apart with (`pages`).
//!
//! Samples are few, so that all of it takes about a minute: a part of which a change is measured
//! wants more, as in `cargo bench --bench parts -- match --sample-size 100 --measurement-time 5`.

use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use dateline::index::{ArchiveReader, IndexReport, IndexRequest, update};

#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "../documents/mod.rs"]
mod documents;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "../generated/mod.rs"]
mod generated;

mod matching;
mod question;
mod shown;
mod text;
mod writing;

/// How many articles the index holds that is searched.
const ARTICLES: u64 = 20_000;

/// The parts of an answer, in their order.
fn answering(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("a.jsonl");
    std::fs::write(&source, generated::jsonl(7, ARTICLES)).expect("written");
    let index = folder.path().join("index");
    written(&index, &source);
    let archive = ArchiveReader::open(&index).expect("opened");
    question::parse(criterion);
    question::explain(criterion, &archive);
    matching::matching(criterion, &archive);
    shown::fetch(criterion, &archive);
    shown::snippets(criterion, &archive);
}

/// The parts of indexing, in their order.
fn indexing(criterion: &mut Criterion) {
    text::read(criterion);
    text::clean(criterion);
    text::article(criterion);
    text::names(criterion);
    writing::writing(criterion);
}

/// Writes an index of a file, with all that comes with it.
fn written(index: &Path, source: &Path) -> IndexReport {
    update(index, &IndexRequest::update([source]), &mut |_| ()).expect("indexed")
}

/// The day that questions count from.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day")
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(700));
    targets = answering, indexing
}
criterion_main!(benches);
