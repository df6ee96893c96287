//! From the places of ten hits to what is shown of them, by what an answer tells of its own time.

use std::time::Duration;

use criterion::{Bencher, Criterion, Throughput};
use dateline::index::ArchiveReader;
use dateline::query::parse;
use dateline::search::{Detail, SearchRequest, Spent, search};

use crate::generated::word;
use crate::today;

/// Hits of an answer.
const HITS: usize = 10;

/// Reading the articles of ten hits from the index: whole ones, and as much as a table of hits shows.
pub(crate) fn fetch(criterion: &mut Criterion, archive: &ArchiveReader) {
    let mut group = criterion.benchmark_group("fetch");
    group.throughput(Throughput::Elements(HITS as u64));
    for (name, detail) in [("whole", Detail::Whole), ("brief", Detail::Brief)] {
        let request = SearchRequest { detail, snippets: 0, ..request(&word(300)) };
        group.bench_function(name, |bench| {
            spent(bench, archive, &request, |spent| spent.fetching);
        });
    }
    group.finish();
}

/// Finding what of ten articles answers the question, and cutting a passage of each: articles of some
/// 400 words, which have been fetched already. `three-passages` cuts up to three of each.
pub(crate) fn snippets(criterion: &mut Criterion, archive: &ArchiveReader) {
    let (often, some) = (word(61), word(300));
    let mut group = criterion.benchmark_group("snippets");
    group.throughput(Throughput::Elements(HITS as u64));
    for (name, typed, snippets) in [
        ("word", some.clone(), 1),
        ("and-2", format!("{often} {some}"), 1),
        ("or-3", format!("{often} OR {some} OR {}", word(700)), 1),
        ("near", format!("{often} w/50 {some}"), 1),
        ("prefix", format!("{}*", &some[..4]), 1),
        ("three-passages", format!("{often} {some}"), 3),
    ] {
        let request = SearchRequest { detail: Detail::Brief, snippets, ..request(&typed) };
        group.bench_function(name, |bench| {
            spent(bench, archive, &request, |spent| spent.snippets);
        });
    }
    group.finish();
}

fn request(typed: &str) -> SearchRequest {
    SearchRequest { limit: HITS, ..SearchRequest::new(parse(typed, today()).query) }
}

/// Measures a part of an answer.
fn spent(
    bench: &mut Bencher<'_>,
    archive: &ArchiveReader,
    request: &SearchRequest,
    part: impl Fn(&Spent) -> Duration,
) {
    let answer = || {
        let answer = search(archive, request).expect("an answer");
        assert_eq!(answer.hits.len(), HITS, "`{}`", request.query);
        part(&answer.spent)
    };
    bench.iter_custom(|times| (0..times).map(|_| answer()).sum());
}
