//! Finding the articles of an answer.

use std::hint::black_box;

use criterion::Criterion;
use dateline::index::ArchiveReader;
use dateline::query::parse;
use dateline::search::{SearchRequest, Sort, ids, leading};

use crate::generated::word;
use crate::today;

/// Which articles are the first ten, by the kind of the question: from what is meant to ids in order.
/// Nothing is counted, no article is fetched. `all-ids` gives all that match instead, unordered.
pub(crate) fn matching(criterion: &mut Criterion, archive: &ArchiveReader) {
    let (often, some, rare) = (word(61), word(300), word(20_000));
    let classes = [
        ("word-frequent", often.clone()),
        ("word-rare", rare.clone()),
        ("and-2", format!("{often} {some}")),
        ("or-3", format!("{often} OR {some} OR {rare}")),
        ("phrase", format!("\"{often} {some}\"")),
        ("near", format!("{often} w/5 {some}")),
        ("prefix", format!("{}*", &some[..4])),
        ("fuzzy", format!("{some}~1")),
        ("wildcard", format!("*{}", &some[some.len() - 4..])),
        ("date-range", format!("{often} date:2016..2018")),
        ("region", format!("{often} region:Kenya")),
        ("person", format!("{often} person:Serikova")),
    ];
    let mut group = criterion.benchmark_group("match");
    let mut first_ten = |name: &str, typed: &str, sort| {
        let query = parse(typed, today()).query;
        let request = SearchRequest { sort, snippets: 0, ..SearchRequest::new(query) };
        group.bench_function(name, |bench| {
            bench.iter(|| leading(archive, black_box(&request)).expect("an answer"));
        });
    };
    for (name, typed) in &classes {
        first_ten(name, typed, Sort::Relevance);
    }
    first_ten("newest", &often, Sort::Newest);
    first_ten("oldest", &often, Sort::Oldest);
    let query = parse(&often, today()).query;
    group.bench_function("all-ids", |bench| {
        let matching = dateline::search::Matching::default();
        bench.iter(|| ids(archive, black_box(&query), matching).expect("ids"));
    });
    group.finish();
}
