//! How long it takes to count: facets of regions, persons and publishers, and a timeline, over 200,000
//! generated articles (fixed seed), of which a question matches all, many or few.
//!
//! `cargo bench --bench counting` makes them, which takes some minutes; `cargo bench --bench counting --
//! 20000` makes fewer. Warm, one thread, one segment; the median and the 99th percentile of the runs.
//! Names of persons are made of many given and family names, as the generated texts have eight alone.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use dateline::article::EntityKind;
use dateline::index::{ArchiveReader, IndexRequest, compact, update};
use dateline::query::{Query, parse};
use dateline::search::{
    Aspect, Bucket, CompareRequest, CoverageRequest, FacetField, Matching, PairsRequest,
    TimelineRequest, Unit, compare, coverage, facets, pairs, timeline,
};
use generated::Random;

#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;

const ARTICLES: u64 = 200_000;

/// Articles that are generated at a time.
const PART: u64 = 10_000;

const PUBLISHERS: f64 = 200.0;

/// Runs of what takes milliseconds, and of what takes longer.
const RUNS: [usize; 2] = [200, 5];

fn main() {
    let typed = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles: u64 = typed.unwrap_or(ARTICLES);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = ArchiveReader::open(&make(folder.path(), articles)).expect("opened");
    let today = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    let (often, some) = (generated::word(50), generated::word(3_000));
    println!("{} articles; milliseconds, median and 99th percentile", archive.articles());
    println!("\n| what | matches | median | p99 |\n| --- | --- | --- | --- |");
    for typed in ["*", often.as_str(), some.as_str()] {
        let query = parse(typed, today).query;
        let of = |field| {
            facets(&archive, field, &query, Matching::AllWords, Unit::Articles, 50)
                .expect("counted")
        };
        let total = of(FacetField::Language).total.articles;
        let over_time = || timeline(&archive, &over_time(&query)).expect("counted");
        for field in [FacetField::Region, FacetField::Person, FacetField::Publisher] {
            line(&format!("facets {field}"), total, RUNS[0], || drop(black_box(of(field))));
        }
        line("timeline", total, RUNS[0], || drop(black_box(over_time())));
        line("facets region and timeline", total, RUNS[0], || {
            drop(black_box((of(FacetField::Region), over_time())));
        });
        line("facets person and timeline", total, RUNS[0], || {
            drop(black_box((of(FacetField::Person), over_time())));
        });
        let request = pairs_of(&query);
        line("pairs", total, RUNS[1], || drop(black_box(pairs(&archive, &request))));
        let request = compare_of(&query);
        line("compare with all", total, RUNS[1], || drop(black_box(compare(&archive, &request))));
    }
    let request =
        CoverageRequest { query: Query::All, by: FacetField::Publisher, bucket: Bucket::Day };
    line("coverage", articles, RUNS[1], || drop(black_box(coverage(&archive, &request))));
}

fn over_time(query: &Query) -> TimelineRequest {
    let queries = vec![query.clone()];
    TimelineRequest {
        queries,
        matching: Matching::AllWords,
        unit: Unit::Articles,
        bucket: Some(Bucket::Month),
        rows: 40,
    }
}

fn pairs_of(query: &Query) -> PairsRequest {
    PairsRequest {
        query: query.clone(),
        matching: Matching::AllWords,
        unit: Unit::Articles,
        kinds: vec![EntityKind::Person, EntityKind::Organisation],
        least: 3,
        limit: 25,
    }
}

fn compare_of(query: &Query) -> CompareRequest {
    CompareRequest {
        queries: [query.clone(), Query::All],
        matching: Matching::AllWords,
        unit: Unit::Articles,
        aspects: vec![Aspect::Words],
        least: 3,
        limit: 15,
    }
}

/// Runs it so many times, after one to warm up, and prints how long that takes.
fn line(what: &str, matches: u64, runs: usize, mut run: impl FnMut()) {
    run();
    let mut times: Vec<Duration> = Vec::with_capacity(runs);
    for _ in 0..runs {
        let begun = Instant::now();
        run();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let milliseconds = |at: usize| times[at.min(runs - 1)].as_secs_f64() * 1e3;
    let (median, p99) = (milliseconds(runs / 2), milliseconds(runs * 99 / 100));
    println!("| {what} | {matches} | {median:.2} | {p99:.2} |");
}

/// An index of generated articles in one segment.
fn make(folder: &Path, articles: u64) -> PathBuf {
    let source = folder.join("a.jsonl");
    let mut file = File::create(&source).expect("made");
    let firsts = (0..articles).step_by(usize::try_from(PART).expect("small"));
    for (n, first) in (0..).zip(firsts) {
        let lines = generated::jsonl(7 + n, PART.min(articles - first));
        file.write_all(with_names(&lines, 7 + n).as_bytes()).expect("written");
    }
    drop(file);
    let index = folder.join("index");
    update(&index, &IndexRequest::update([source.clone()]), &mut |_| ()).expect("indexed");
    compact(&index).expect("one segment");
    fs::remove_file(source).expect("removed");
    index
}

/// The records with a publisher, and with some of 100,000 persons named at the end.
fn with_names(lines: &str, seed: u64) -> String {
    let mut random = Random::new(seed ^ 0x5eed);
    let name = |random: &mut Random, count: f64| {
        let word = generated::word(100 + random.zipf(count));
        word[..1].to_uppercase() + &word[1..]
    };
    let mut written = String::with_capacity(lines.len());
    for line in lines.lines() {
        let mut record: serde_json::Value = serde_json::from_str(line).expect("a record");
        let mut text = record["text"].as_str().unwrap_or_default().to_owned();
        for _ in 0..4 {
            let (given, family) = (name(&mut random, 100.0), name(&mut random, 1_000.0));
            let _ = write!(text, " Mr {given} {family} said so.");
        }
        record["text"] = text.into();
        record["publisher"] = format!("{} Daily", name(&mut random, PUBLISHERS)).into();
        let _ = writeln!(written, "{record}");
    }
    written
}
