//! What is fuzzed: every reader through the one way in that the program has, the parser of queries,
//! and what finds names and countries. Whatever the bytes, these return.
//!
//! Shared by the fuzz targets and by the test that runs a fixed number of mutations of each seed.

use std::io::Write as _;
use std::ops::ControlFlow;

use dateline::article::Language;
use dateline::entity::{Part, Story, group, recognise};
use dateline::extract::{Recipe, extract};
use dateline::region::locate;
use dateline::source::{Found, ReadOptions, Root, WalkOptions, read, walk};

/// The readers, by the ending of a file for each, under which its seeds lie.
pub(super) const READERS: &[&str] = &[
    "txt", "html", "json", "jsonl", "csv", "xml", "sgm", "mhtml", "mbox", "warc", "arc", "tar",
    "zip", "gz", "bz2", "xz", "zst",
];

/// Reads a file with this ending and these bytes, and makes articles of what is in it.
pub(super) fn read_file(ending: &str, bytes: &[u8]) {
    let mut file = tempfile::Builder::new()
        .suffix(&format!(".{ending}"))
        .tempfile()
        .expect("a temporary file");
    file.write_all(bytes).expect("written");
    let root = Root { path: file.path().to_owned(), label: format!("a.{ending}") };
    let options = ReadOptions { max_article_bytes: 1 << 20, ..ReadOptions::default() };
    for found in walk(&[root], &WalkOptions::default()) {
        let Found::File(file) = found else { continue };
        let outcome = read(&file, &options, &mut |record| {
            if let Ok(raw) = record {
                let outcome = extract(raw, &Recipe::default());
                if let Err(reject) = outcome {
                    // A panic in a parser comes back as this.
                    assert_ne!(reject.reason.name(), "internal-error", "{}", reject.detail);
                }
            }
            ControlFlow::Continue(())
        });
        drop(outcome);
    }
}

/// Parses a query; every text is one.
pub(super) fn parse_query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parsed = dateline::query::parse(&text, today());
    // What is understood can be said again.
    let _ = parsed.query.to_string();
}

/// Finds the names and countries of a text; its first line says the language.
pub(super) fn find_names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (language, rest) = text.split_once('\n').unwrap_or(("", &text));
    let (title, body) = rest.split_once('\n').unwrap_or(("", rest));
    let story = Story { title, body, language: Language::new(language) };
    let mentions = recognise(&story);
    let mut last = (Part::Title, 0);
    for mention in &mentions {
        assert!((mention.part, mention.range.start) >= last, "names overlap: {mention:?}");
        assert!(!mention.text(&story).is_empty(), "a name that is none: {mention:?}");
        last = (mention.part, mention.range.end);
    }
    let named: u32 = group(&story, &mentions).iter().map(|entity| entity.count).sum();
    assert_eq!(named as usize, mentions.len());
    let _ = locate(&story, &mentions);
}

fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2022, 11, 21).expect("a day")
}
