//! How long a whole question takes, by its kind: parse, search, fetch ten hits and cut their snippets,
//! warm, one thread, on 20,000 generated articles (fixed seed). Opening the index is measured by
//! itself; what each part of a question takes is in `parts`.
//!
//! The group `ten-hits` sets two words side by side with plain tantivy on the same text in the same
//! run (see `plain`): finding and counting alone, and with ten hits fetched and their snippets cut.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use dateline::index::{ArchiveReader, IndexRequest, update};
use dateline::query::parse;
use dateline::search::{SearchRequest, Sort, search};

#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;

#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "plain/mod.rs"]
mod plain;

const ARTICLES: u64 = 20_000;

fn latency(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("a.jsonl");
    let lines = generated::jsonl(7, ARTICLES);
    std::fs::write(&file, &lines).expect("written");
    let index = folder.path().join("index");
    update(&index, &IndexRequest::update([file]), &mut |_| ()).expect("indexed");
    let archive = ArchiveReader::open(&index).expect("opened");
    let today = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    // The first of those that are not function words, which questions leave out.
    let (often, some, rare) = (generated::word(61), generated::word(300), generated::word(20_000));

    let mut group = criterion.benchmark_group("query");
    group.sample_size(20);
    for (class, query, sort) in [
        ("word-frequent", often.clone(), Sort::Relevance),
        ("word-rare", rare.clone(), Sort::Relevance),
        ("and-2", format!("{often} {some}"), Sort::Relevance),
        ("or-3", format!("{often} OR {some} OR {rare}"), Sort::Relevance),
        ("phrase", format!("\"{often} {some}\""), Sort::Relevance),
        ("prefix", format!("{}*", &some[..4]), Sort::Relevance),
        ("fuzzy", format!("{some}~1"), Sort::Relevance),
        ("date-range", format!("{often} date:2019"), Sort::Relevance),
        ("region", format!("{often} region:Kenya"), Sort::Relevance),
        ("person", "person:Serikova".to_owned(), Sort::Relevance),
        ("newest", often.clone(), Sort::Newest),
        ("no-hits", "xylophonist".to_owned(), Sort::Relevance),
    ] {
        group.bench_function(class, |bench| {
            bench.iter(|| {
                let parsed = parse(black_box(&query), today);
                let request = SearchRequest { sort, ..SearchRequest::new(parsed.query) };
                search(&archive, &request).expect("answered").total
            });
        });
    }
    group.finish();

    let plain = plain::Plain::of(std::iter::once(lines), &folder.path().join("plain"));
    let words = [often, some];
    let typed = words.join(" ");
    let ask = |snippets| {
        let request = SearchRequest { snippets, ..SearchRequest::new(parse(&typed, today).query) };
        let limit = if snippets > 0 { 10 } else { 0 };
        search(&archive, &SearchRequest { limit, ..request }).expect("answered")
    };
    // The title is no field of its own here, so dateline finds at least as many.
    assert!(ask(1).total >= plain.search(&words).0 as u64);
    let mut group = criterion.benchmark_group("ten-hits");
    group.sample_size(50);
    group.bench_function("counted", |bench| bench.iter(|| ask(black_box(0)).total));
    group.bench_function("with-snippets", |bench| bench.iter(|| ask(black_box(1)).hits.len()));
    group.bench_function("plain-found", |bench| bench.iter(|| plain.search(black_box(&words))));
    group.bench_function("plain-with-snippets", |bench| {
        bench.iter(|| plain.search_with_snippets(black_box(&words)));
    });
    group.finish();

    criterion.bench_function("open", |bench| {
        bench.iter(|| ArchiveReader::open(black_box(&index)).expect("opened").articles());
    });
}

criterion_group!(benches, latency);
criterion_main!(benches);
