//! From records to an index that can be searched.

use criterion::{BatchSize, Criterion, Throughput};

use crate::{generated, written};

/// Articles of a run.
const ARTICLES: u64 = 2_000;

/// A whole run of `update`, from a file of JSON lines to the last commit, names and countries, copies
/// and all, on all cores: articles a second. Starting and ending are much of so short a run;
/// `indexing` measures longer ones, and beside plain tantivy.
pub(crate) fn writing(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("a.jsonl");
    std::fs::write(&source, generated::jsonl(3, ARTICLES)).expect("written");
    let mut group = criterion.benchmark_group("write");
    group.throughput(Throughput::Elements(ARTICLES));
    group.bench_function("update", |bench| {
        bench.iter_batched(
            || tempfile::tempdir().expect("a temporary folder"),
            |index| {
                let report = written(index.path(), &source);
                assert_eq!(report.articles_total, ARTICLES);
                // Dropped by criterion, behind the stopwatch.
                index
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}
