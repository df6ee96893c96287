//! The shared sets of pages with their right answers, and what the program makes of them.
//!
//! Used by the bench that prints how good the answers are and by the test that holds them.

pub(crate) mod formula;
pub(crate) mod regions;
pub(crate) mod topics;

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use dateline::evaluate::pages::{Answer, Gold, Scores, score};
use serde_json::{Value, json};

/// The folder of the shared data, where it is.
pub(crate) fn shared() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let folder = std::env::var_os("DATELINE_SHARED_DATA").map_or(default.into(), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// A set of pages, and what is right for each.
pub(crate) struct Set {
    /// What the program reads: a folder or a file.
    pub(crate) input: PathBuf,
    pub(crate) pages: Vec<Page>,
    /// Holds the input, where it was made for the purpose.
    _made: Option<tempfile::TempDir>,
}

/// A page of a set.
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) gold: Gold,
    /// By what figures can be broken down: language, source, style.
    pub(crate) kinds: BTreeMap<&'static str, String>,
}

/// Whether the program is told the addresses of pages, as from a web archive, or not, as from a
/// folder of files.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Addresses {
    Told,
    Untold,
}

/// The saved pages.
pub(crate) fn pages(shared: &Path, addresses: Addresses) -> Set {
    let folder = shared.join("pages");
    let records = records(&fs::read_to_string(folder.join("pages.jsonl")).expect("readable"));
    let pages = records.iter().map(page).collect();
    if addresses == Addresses::Untold {
        return Set { input: folder.join("html"), pages, _made: None };
    }
    let told = records.iter().map(|record| {
        let packed = fs::File::open(folder.join(text(record, "html"))).expect("readable");
        let html = unpacked(packed);
        json!({"id": record["id"], "url": record["url"], "html": String::from_utf8_lossy(&html)})
    });
    made(told, pages)
}

/// The pages that were saved as text, with the hosts that they come from.
pub(crate) fn scrapes(shared: &Path) -> Set {
    let packed = fs::File::open(shared.join("pages/scrapes.jsonl.gz")).expect("readable");
    let records = records(&String::from_utf8(unpacked(packed)).expect("UTF-8"));
    let pages = records.iter().map(page).collect();
    let told = records.iter().map(
        |record| json!({"id": record["id"], "publisher": record["host"], "text": record["raw"]}),
    );
    made(told, pages)
}

/// A set in a file of its own.
fn made(records: impl Iterator<Item = Value>, pages: Vec<Page>) -> Set {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("set.jsonl");
    let lines: Vec<String> = records.map(|record| record.to_string()).collect();
    fs::write(&input, lines.join("\n")).expect("written");
    Set { input, pages, _made: Some(folder) }
}

fn page(record: &Value) -> Page {
    let listed = |key: &str, others: &str| -> Vec<String> {
        let others = record[others].as_array().into_iter().flatten();
        let all = std::iter::once(&record[key]).chain(others);
        all.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let days = listed("date", "date_alt");
    let kinds = ["lang", "source", "style"]
        .into_iter()
        .filter_map(|kind| Some((kind, record[kind].as_str()?.to_owned())));
    Page {
        id: text(record, "id").to_owned(),
        gold: Gold {
            text: record["text"].as_str().map(str::to_owned),
            titles: listed("title", "title_alt"),
            days: days.iter().filter_map(|day| day.parse().ok()).collect(),
        },
        kinds: kinds.collect(),
    }
}

/// What the program made of one page.
pub(crate) struct Made {
    pub(crate) answer: Answer,
    /// The kind of evidence for the day.
    pub(crate) date_source: Option<String>,
    /// How sure the program is of the day, in percent.
    pub(crate) date_confidence: Option<u64>,
}

/// What the program at `binary` makes of a set, by the ids of the pages.
pub(crate) fn extract<S: AsRef<OsStr>>(
    binary: &str,
    options: &[S],
    set: &Set,
) -> HashMap<String, Made> {
    let output = Command::new(binary)
        .arg("extract")
        .args(options)
        .arg(&set.input)
        .output()
        .expect("the program runs");
    let articles = records(&String::from_utf8(output.stdout).expect("UTF-8"));
    articles.iter().map(|article| (id_of(article), answer(article))).collect()
}

fn answer(article: &Value) -> Made {
    let day = article["date"].as_str().and_then(|date| date.get(..10));
    Made {
        answer: Answer {
            text: text(article, "body").to_owned(),
            title: text(article, "title").to_owned(),
            day: day.and_then(|day| day.parse::<NaiveDate>().ok()),
        },
        date_source: article["date_source"].as_str().map(str::to_owned),
        date_confidence: article["date_confidence"].as_u64(),
    }
}

/// The id that its record gives, else the name of its file up to the first period.
fn id_of(article: &Value) -> String {
    let name = text(article, "path").rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    article["source_id"].as_str().unwrap_or(stem).to_owned()
}

/// The figures for the pages that `wanted` wants.
pub(crate) fn scores(
    set: &Set,
    made: &HashMap<String, Made>,
    wanted: impl Fn(&Page) -> bool,
) -> Scores {
    let pages = set.pages.iter().filter(|page| wanted(page));
    score(pages.map(|page| (&page.gold, made.get(&page.id).map(|made| &made.answer))))
}

fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn text<'v>(record: &'v Value, key: &str) -> &'v str {
    record[key].as_str().unwrap_or_default()
}

fn unpacked(packed: fs::File) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(packed), &mut bytes)
        .expect("unpacked");
    bytes
}
