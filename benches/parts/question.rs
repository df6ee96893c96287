//! From what was typed to what the engine is asked.

use std::hint::black_box;

use criterion::Criterion;
use dateline::index::ArchiveReader;
use dateline::query::parse as parsed;
use dateline::search::{Matching, explain as explained};

use crate::generated::word;
use crate::today;

/// Reading what was typed, which needs no index: two words; a question of many operators; a sentence
/// of twenty words; what was typed carelessly and has to be repaired.
pub(crate) fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for (name, typed) in [
        ("two-words", "wage talks"),
        (
            "boolean",
            "(strike* OR walkout~1 OR \"industrial action\") AND (union w/5 (wage OR pay)) AND NOT \
             (football OR title:cup) AND (region:Kenya OR region:\"South Africa\") AND \
             date:2014-03..2019-11 AND person:\"Lena Okafor\" AND len:>300 AND -publisher:daily",
        ),
        (
            "verbose",
            "which ports were closed by dockers after wage talks with the government broke down in \
             the north of the country",
        ),
        (
            "careless",
            "(wage  talks“ and (kenya ,, or ”south africa date:2019-13-45 title: AND AND region:\
             kenya~ near/ strike**)) )",
        ),
    ] {
        group.bench_function(name, |bench| bench.iter(|| parsed(black_box(typed), today())));
    }
    group.finish();
}

/// What is made of a question in an index, as `dateline explain` tells it: each clause looked up and
/// counted, patterns turned into words, and the plan; no article is ranked or read.
pub(crate) fn explain(criterion: &mut Criterion, archive: &ArchiveReader) {
    let (often, some, rare) = (word(61), word(300), word(20_000));
    let verbose: Vec<_> = (0..20).map(|n| word(100 + 37 * n)).collect();
    let mut group = criterion.benchmark_group("explain");
    for (name, typed) in [
        ("and-2", format!("{often} {some}")),
        ("boolean", format!("({often} OR {some} OR {rare}) \"{often} {some}\" -region:Kenya")),
        ("pattern", format!("{}* {some}~1", &some[..4])),
        ("verbose", verbose.join(" ")),
    ] {
        let parsed = parsed(&typed, today());
        group.bench_function(name, |bench| {
            let matching = Matching::default();
            bench.iter(|| explained(archive, black_box(&parsed), matching).expect("a plan"));
        });
    }
    group.finish();
}
