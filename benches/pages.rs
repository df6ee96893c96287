//! What it takes to make articles of real pages, where the shared data is there, side by side with the
//! crates that their main text is found with: bytes a second, one thread.
//!
//! `parts` measures one generated page; `quality` says how good the articles are.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::clean;
use dateline::extract::{Recipe, extract};
use dateline::source::Root;
use documents::{decoded, documents};

#[allow(dead_code, reason = "each bench uses a part of it")]
mod documents;
#[allow(dead_code, reason = "each bench uses a part of it")]
mod gold;

/// What the parts cost, from the parser alone to all that is made of a page.
fn pages(criterion: &mut Criterion) {
    let Some(shared) = gold::shared() else { return };
    let raw = documents(&Root { path: shared.join("pages/html"), label: "html".into() });
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

criterion_group!(benches, pages);
criterion_main!(benches);
