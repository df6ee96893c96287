//! All of the shared data in one run: each part gives as many articles as its README counts, and
//! every file that gives none is named with a reason.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::gold::shared;
use crate::sandbox::{Sandbox, parsed};

/// Counts what begins with each of the parts.
fn by_part<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for path in paths {
        let part = PARTS.iter().find(|(part, _)| path.contains(&format!("/{part}")));
        *counts.entry(part.map_or("elsewhere", |(part, _)| *part)).or_default() += 1;
    }
    counts
}

/// The parts, and the articles that their READMEs count.
const PARTS: &[(&str, u64)] = &[
    ("entities/geo_dev_geovirus.jsonl", 229),
    ("entities/ner_dev_worldwide.jsonl", 150),
    ("news/judged/docs.jsonl.gz", 3_462),
    ("news/raw", 51),
    ("news/reuters21578/reut2-000.sgm.gz", 1_000),
    ("news/reuters21578/reut2-001.sgm.gz", 1_000),
    ("news/reuters21578/reut2-002.sgm.gz", 1_000),
    ("news/reuters21578/reut2-003.sgm.gz", 1_000),
    ("news/reuters21578/reut2-004.sgm.gz", 1_000),
    ("news/wikinews/", 295),
    ("pages/html/", 311),
    ("pages/pages.jsonl", 311),
    ("pages/scrapes.jsonl.gz", 948),
    ("seed/kazakhstan-coup-attempt.scrape.txt", 1),
];

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn every_part_of_the_shared_data_gives_its_articles() {
    let Some(folder) = shared() else {
        eprintln!("skipped: no shared data");
        return;
    };
    let sandbox = Sandbox::new();
    let folder = folder.to_str().expect("UTF-8");
    let report = sandbox.index(folder);
    let hits = sandbox.done("search --copies show -n 100000 --format jsonl *");
    let hits: Vec<Value> = hits.lines().map(parsed).collect();
    assert_eq!(json!(hits.len()), report["articles_total"]);
    let rejects = sandbox.done("rejects --format jsonl");
    let rejects: Vec<Value> = rejects.lines().map(parsed).collect();
    let text = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();

    let paths: Vec<String> = hits.iter().map(|hit| text(&hit["path"])).collect();
    let found = by_part(paths.iter().map(String::as_str));
    let with_reason = |wanted: &str| {
        let rejects = rejects.iter().filter(|reject| reject["reason"] == json!(wanted));
        let paths: Vec<String> = rejects.map(|reject| text(&reject["path"])).collect();
        by_part(paths.iter().map(String::as_str))
    };
    // The same page lies there as HTML and as a record; where both state the address, one is kept.
    let superseded = with_reason("superseded");
    // Records without a text of their own, and pages without a story: a video, a post in a forum.
    let without_text = with_reason("no-article");
    for (part, expected) in PARTS {
        let count = |of: &BTreeMap<&str, u64>| of.get(part).copied().unwrap_or_default();
        let total = count(&found) + count(&superseded) + count(&without_text);
        assert_eq!(total, *expected, "articles of {part}");
    }
    assert_eq!(without_text.values().sum::<u64>(), 101);
    let elsewhere: Vec<_> = paths
        .iter()
        .filter(|path| by_part([path.as_str()].into_iter()).contains_key("elsewhere"))
        .collect();
    let notes = format!("{folder}/news/reuters21578/cat-descriptions_120396.txt");
    assert_eq!(elsewhere, [&notes], "nothing but prose is an article");
    for reject in &rejects {
        assert!(!text(&reject["detail"]).is_empty(), "{reject}");
        assert_ne!(reject["reason"], json!("internal-error"), "{reject}");
    }
}
