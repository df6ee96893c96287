//! From the bytes of a file to an article and its names.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use dateline::article::Language;
use dateline::clean::{Template, clean_html, clean_text};
use dateline::entity::Story;
use dateline::extract::{Naming, Recipe, extract, names as named};
use dateline::source::{RawDocument, Root};

use crate::documents::documents;
use crate::generated::{self, Random};

/// Records of a file that is read as a whole.
const RECORDS: u64 = 500;

/// Cutting a file of JSON lines, which is in the page cache, into records, and reading each of them.
pub(crate) fn read(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = generated::jsonl(7, RECORDS);
    let root = file(folder.path(), "a.jsonl", &lines);
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("jsonl", |bench| bench.iter(|| documents(black_box(&root))));
    group.finish();
}

/// Finding the story, its title and its date in one page: a light one of little but the story; one of
/// 140 kB, as news sites serve them; a page that was saved as text.
pub(crate) fn clean(criterion: &mut Criterion) {
    let template = Template::default();
    let (light, heavy) = (page(), heavy_page());
    let (title, story) = generated::article(&mut Random::new(5));
    let scrape =
        format!("Home\nSubscribe now\n{title}\n17 November 2022\n{story}\nRelated\nContact");
    let mut group = criterion.benchmark_group("clean");
    for (name, page) in [("page", &light), ("heavy-page", &heavy)] {
        group.throughput(Throughput::Bytes(page.len() as u64));
        group.bench_function(name, |bench| {
            bench.iter(|| clean_html(black_box(page), None, &template));
        });
    }
    group.throughput(Throughput::Bytes(scrape.len() as u64));
    group.bench_function("scrape", |bench| {
        bench.iter(|| clean_text(black_box(&scrape), &template));
    });
    group.finish();
}

/// All of the way from the bytes of one record to the article, cleaned, dated, with its language and
/// with or without names and countries: a page of 140 kB, and a record that is clean already.
pub(crate) fn article(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let heavy = documents(&file(folder.path(), "a.html", &heavy_page()));
    let record = documents(&file(folder.path(), "a.jsonl", &generated::jsonl(7, 1)));
    let mut group = criterion.benchmark_group("article");
    group.throughput(Throughput::Elements(1));
    for (name, raw, naming) in [
        ("heavy-page", &heavy, Naming::On),
        ("record", &record, Naming::On),
        ("record-without-names", &record, Naming::Off),
    ] {
        let raw: &RawDocument = raw.first().expect("a record");
        let recipe = Recipe { naming, ..Recipe::default() };
        group.bench_function(name, |bench| {
            let made = |raw| extract(raw, &recipe).expect("an article");
            bench.iter_batched(|| raw.clone(), made, BatchSize::SmallInput);
        });
    }
    group.finish();
}

/// Persons, organisations, places and countries of one article, of 400 words with names and places
/// among them. The model and the lists have been read.
pub(crate) fn names(criterion: &mut Criterion) {
    let (title, body) = generated::article(&mut Random::new(11));
    let story = Story { title: &title, body: &body, language: Language::new("en") };
    let mut group = criterion.benchmark_group("names");
    group.throughput(Throughput::Elements(1));
    group.bench_function("article", |bench| bench.iter(|| named(black_box(&story), None)));
    group.finish();
}

fn page() -> String {
    generated::page(&mut Random::new(5))
}

fn heavy_page() -> String {
    generated::heavy_page(&mut Random::new(5))
}

/// A file, to be read.
fn file(folder: &std::path::Path, name: &str, text: &str) -> Root {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    Root { path, label: name.into() }
}
