//! Where the time of indexing goes: articles and bytes a second of each stage, one thread, on
//! generated articles (fixed seed). Reading is from a file in the page cache; writing is measured
//! as a whole run less nothing, so its bars contain the stages before it.
//!
//! Pages are also measured on real ones, where the shared data is there, side by side with the
//! crates that the main text is found with: parsing alone, and Readability on what was parsed.

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::clean;
use dateline::entity::Story;
use dateline::extract::{Recipe, extract, names};
use dateline::index::{IndexRequest, update};
use dateline::source::{Content, Found, RawDocument, ReadOptions, Root, WalkOptions, read, walk};

#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;
#[allow(dead_code, reason = "each bench uses a part of it")]
mod gold;

const ARTICLES: u64 = 500;

fn records(folder: &std::path::Path) -> Vec<RawDocument> {
    let root = Root { path: folder.to_owned(), label: "a".into() };
    let mut records = Vec::new();
    for found in walk(&[root], &WalkOptions::default()) {
        if let Found::File(file) = found {
            let _ = read(&file, &ReadOptions::default(), &mut |record| {
                records.extend(record.ok());
                ControlFlow::Continue(())
            });
        }
    }
    records
}

fn stages(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = generated::jsonl(7, ARTICLES);
    let bytes = text.len() as u64;
    std::fs::write(folder.path().join("a.jsonl"), &text).expect("written");
    let raw = records(folder.path());
    assert_eq!(raw.len() as u64, ARTICLES);
    let bodies: Vec<String> = raw
        .iter()
        .map(|raw| extract(raw.clone(), &Recipe::default()).expect("an article").body)
        .collect();
    let mut random = generated::Random::new(11);
    let pages: Vec<String> = (0..100).map(|_| generated::page(&mut random)).collect();
    let page_bytes: u64 = pages.iter().map(|page| page.len() as u64).sum();

    let mut group_of = criterion.benchmark_group("stage");
    group_of.sample_size(10);
    group_of.throughput(Throughput::Bytes(bytes));
    group_of.bench_function("read", |bench| bench.iter(|| records(black_box(folder.path()))));
    group_of.bench_function("clean-text", |bench| {
        bench.iter(|| {
            bodies
                .iter()
                .map(|body| clean::clean_text(body, &clean::Template::default()).body.len())
                .sum::<usize>()
        });
    });
    group_of.bench_function("enrich", |bench| {
        bench.iter(|| {
            for body in &bodies {
                let story = Story { title: "", body, language: None };
                black_box(names(&story, None));
            }
        });
    });
    group_of.bench_function("extract", |bench| {
        bench.iter_batched(
            || raw.clone(),
            |raw| raw.into_iter().filter_map(|raw| extract(raw, &Recipe::default()).ok()).count(),
            BatchSize::LargeInput,
        );
    });
    group_of.bench_function("index", |bench| {
        bench.iter_batched(
            || tempfile::tempdir().expect("a temporary folder"),
            |index| {
                let request = IndexRequest { threads: 1, ..IndexRequest::update([folder.path()]) };
                update(index.path(), &request, &mut |_| ()).expect("indexed").articles_total
            },
            BatchSize::PerIteration,
        );
    });
    group_of.throughput(Throughput::Bytes(page_bytes));
    group_of.bench_function("clean-html", |bench| {
        bench.iter(|| {
            pages
                .iter()
                .map(|page| {
                    clean::clean_html(page, None, &dateline::clean::Template::default()).body.len()
                })
                .sum::<usize>()
        });
    });
    group_of.finish();
}

/// Real pages: what the parts cost, from the parser to all that is made of a page.
fn pages(criterion: &mut Criterion) {
    let Some(shared) = gold::shared() else { return };
    let raw = records(&shared.join("pages/html"));
    let pages: Vec<String> = raw.iter().map(decoded).collect();
    let bytes: u64 = pages.iter().map(|page| page.len() as u64).sum();
    let template = clean::Template::default();

    let mut group_of = criterion.benchmark_group("pages");
    group_of.sample_size(10);
    group_of.throughput(Throughput::Bytes(bytes));
    let readability = |page: &String| {
        let document = dom_query::Document::from(page.as_str());
        dom_smoothie::Readability::with_document(document, None, None)
            .and_then(|mut readability| readability.parse())
            .map_or(0, |article| article.length)
    };
    group_of.bench_function("dom_query", |bench| {
        bench.iter(|| {
            for page in &pages {
                black_box(dom_query::Document::from(page.as_str()));
            }
        });
    });
    group_of.bench_function("dom_query and dom_smoothie", |bench| {
        bench.iter(|| pages.iter().map(readability).sum::<usize>());
    });
    group_of.bench_function("text, title and date", |bench| {
        bench.iter(|| {
            let cleaned = pages.iter().map(|page| clean::clean_html(page, None, &template));
            cleaned.map(|cleaned| cleaned.body.len()).sum::<usize>()
        });
    });
    group_of.bench_function("lines for learning", |bench| {
        bench.iter(|| pages.iter().map(|page| clean::html_lines(page).len()).sum::<usize>());
    });
    group_of.bench_function("all, from bytes to the article", |bench| {
        bench.iter_batched(
            || raw.clone(),
            |raw| {
                let made = raw.into_iter().filter_map(|raw| extract(raw, &Recipe::default()).ok());
                made.count()
            },
            BatchSize::LargeInput,
        );
    });
    group_of.finish();
}

fn decoded(raw: &RawDocument) -> String {
    match &raw.content {
        Content::Encoded(bytes) => clean::decode(bytes, raw.media, raw.charset).text,
        Content::Decoded(text) | Content::Record(text) => text.clone(),
    }
}

criterion_group!(benches, stages, pages);
criterion_main!(benches);
