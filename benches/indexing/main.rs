//! What indexing costs, side by side with what it cannot cost less than.
//!
//! `cargo bench --bench indexing` prints a table: each figure is the best of several runs, taken in
//! turns with the one that it is compared with, because other work on the machine only ever slows a
//! run down. Names of figures can be given to run only those:
//! `cargo bench --bench indexing -- jsonl memory`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dateline::article::Language;
use dateline::entity::Story;
use dateline::extract::{Naming, Recipe, extract, names as names_in};
use dateline::index::{Arrangement, IndexReport, IndexRequest, update, write_bare};
use dateline::record::ArticleRecord;
use dateline::source::{RawDocument, Root};
use documents::{decoded, documents};

mod beside;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "../documents/mod.rs"]
mod documents;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "../generated/mod.rs"]
mod generated;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "../gold/mod.rs"]
mod gold;
#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "../plain/mod.rs"]
mod plain;
mod spent;

const RUNS: usize = 4;
const MEMORY: u64 = 1 << 30;

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let figures: [(&str, fn()); 7] = [
        // First, as what it measures is read once.
        ("names", names),
        ("jsonl", beside::jsonl),
        ("sorting", beside::sorting),
        ("html", html),
        ("memory", memory),
        ("bytes", bytes_written),
        ("append", append),
    ];
    for (name, figure) in figures {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            figure();
        }
    }
}

/// Finding names and countries: what the model and the lists take to read and to keep, articles a
/// second on one core, and what indexing takes with and without.
fn names() {
    let (before, begun) = (resident(), Instant::now());
    // All that is read is read for a story with a name of each kind.
    let first = Story {
        title: "Minister visits Lisbon",
        body: "Maria Alves, the minister, met the United Nations in Lisbon, Portugal, on Monday.",
        language: Language::new("en"),
    };
    named(&first);
    let loading = begun.elapsed();
    let kept = resident().saturating_sub(before);
    let folder = folder();
    let input = folder.path().join("a.jsonl");
    fs::write(&input, generated::jsonl(3, 10_000)).expect("written");
    let mut raw = documents(&Root { path: folder.path().to_owned(), label: "a".into() });
    if let Some(shared) = gold::shared() {
        let part = shared.join("news/wikinews");
        raw = documents(&Root { path: part, label: "wikinews".into() });
    }
    let texts: Vec<ArticleRecord> = articles(&raw).collect();
    let bytes: usize = texts.iter().map(|text| text.body.len()).sum();
    let finding = best(|| {
        for text in &texts {
            let language = text.language.as_deref().and_then(Language::new);
            named(&Story { title: &text.title, body: &text.body, language });
        }
    });
    println!("names: read in {:.1} ms, {} KiB kept", loading.as_secs_f64() * 1e3, kept >> 10);
    let each = bytes / texts.len().max(1);
    let of_3_kb = rate(bytes as u64 / 3_000, finding);
    println!("  {} articles of {each} bytes: {of_3_kb:.0} of 3 kB a second on a core", texts.len());
    for naming in [Naming::On, Naming::Off] {
        let request =
            IndexRequest { memory: MEMORY, naming, ..IndexRequest::update([input.clone()]) };
        let time = best(|| {
            let index = self::folder();
            update(index.path(), &request, &mut |_| ()).expect("indexed");
        });
        println!("  indexing, names {naming:?}  {:>8.0} articles/s", rate(10_000, time));
    }
}

fn named(story: &Story<'_>) {
    black_box(names_in(story, None));
}

/// Memory of the process that is in use, in bytes; 0 where the system does not say.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kibibytes.and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) << 10
}

/// Pages: the time of each stage as a share of finding the main text, one thread.
fn html() {
    let folder = folder();
    let mut random = generated::Random::new(5);
    for number in 0..100 {
        fs::write(folder.path().join(format!("{number}.html")), generated::heavy_page(&mut random))
            .expect("written");
    }
    let root = Root { path: folder.path().to_owned(), label: "a".into() };
    let mut raw = Vec::new();
    let reading = best(|| raw = documents(&root));
    let pages: Vec<_> = raw.iter().map(decoded).collect();
    let decoding = best(|| raw.iter().for_each(|raw| drop(decoded(raw))));
    let cleaning = best(|| {
        for page in &pages {
            drop(dateline::clean::clean_html(page, None, &dateline::clean::Template::default()));
        }
    });
    let all = best(|| raw.iter().for_each(|raw| drop(extract(raw.clone(), &Recipe::default()))));
    let records: String = articles(&raw).map(|article| line(&article)).collect();
    // Starting and ending take the same time for a hundred articles as for a million.
    let many = records.repeat(20);
    let writing = best(|| {
        let index = self::folder();
        write_bare(index.path(), many.lines(), Arrangement::ByDate, 1, MEMORY).expect("written");
    }) / 20;
    let bytes: usize = pages.iter().map(String::len).sum();
    let megabytes = bytes >> 20;
    println!(
        "html: {} pages, {megabytes} MiB, one thread; share of main-text extraction",
        raw.len()
    );
    let enriching = all.saturating_sub(cleaning).saturating_sub(decoding);
    for (name, time) in [
        ("read", reading),
        ("decode", decoding),
        ("main text", cleaning),
        ("enrich", enriching),
        ("analyse and write", writing),
    ] {
        let share = time.as_secs_f64() / cleaning.as_secs_f64();
        println!("  {name:<18} {:>8.1} ms {:>6.2}", time.as_secs_f64() * 1e3, share);
    }
}

/// The largest resident memory of the program under several ceilings.
fn memory() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), generated::jsonl(9, 20_000)).expect("written");
    let mut page = String::from("<html><body>");
    let mut random = generated::Random::new(2);
    while page.len() < 12 << 20 {
        page.push_str(&generated::page(&mut random));
    }
    fs::write(folder.path().join("large.html"), &page).expect("written");
    println!("memory: 20,000 articles and a page of 12 MB");
    for ceiling in ["256MiB", "512MiB", "1GiB"] {
        let index = self::folder();
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["index", "--format", "json", "--memory", ceiling, "--index"])
            .args([index.path(), folder.path()])
            .output()
            .expect("the program runs");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
        let peak = report["peak_memory"].as_u64().unwrap_or_default() >> 20;
        println!("  --memory {ceiling:<8} peak {peak:>5} MiB");
    }
}

/// Bytes handed to the file system for each byte that the index has in the end.
fn bytes_written() {
    let folder = folder();
    let input = folder.path().join("a.jsonl");
    fs::write(&input, generated::jsonl(13, 20_000)).expect("written");
    let Some(before) = written_so_far() else {
        println!("bytes: the system does not say");
        return;
    };
    let index = self::folder();
    index_into(index.path(), &input, 2);
    let written = written_so_far().unwrap_or_default() - before;
    let kept = size_of(index.path());
    println!("bytes: written {} MiB, kept {} MiB", written >> 20, kept >> 20);
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    let ratio = written as f64 / kept as f64;
    println!("  ratio         {ratio:>8.2}");
}

/// One more day in an archive of a hundred, against reading all of it.
fn append() {
    let folder = folder();
    let day = |number: u64| {
        let name = folder.path().join(format!("day-{number:03}.jsonl"));
        fs::write(name, generated::jsonl(100 + number, 200)).expect("written");
    };
    (0..100).for_each(day);
    let index = self::folder();
    let full = timed(|| {
        index_into(index.path(), folder.path(), 2);
    });
    let mut appended = Duration::MAX;
    for number in 0..RUNS as u64 {
        day(100 + number);
        appended = appended.min(timed(|| {
            let report = index_into(index.path(), folder.path(), 2);
            assert_eq!(report.files_added, 1);
        }));
    }
    let unchanged = timed(|| {
        index_into(index.path(), folder.path(), 2);
    });
    println!("append: 1 % of 20,000 articles");
    println!("  all           {:>8.0} ms", full.as_secs_f64() * 1e3);
    println!("  one more day  {:>8.0} ms", appended.as_secs_f64() * 1e3);
    println!("  nothing new   {:>8.0} ms", unchanged.as_secs_f64() * 1e3);
    println!("  ratio         {:>8.3}", appended.as_secs_f64() / full.as_secs_f64());
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn timed(run: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    run();
    begun.elapsed()
}

fn best(mut run: impl FnMut()) -> Duration {
    (0..RUNS).map(|_| timed(&mut run)).min().unwrap_or_default()
}

fn rate(count: u64, time: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let count = count as f64;
    count / time.as_secs_f64()
}

fn index_into(index: &Path, input: &Path, threads: usize) -> IndexReport {
    let request = IndexRequest { threads, memory: MEMORY, ..IndexRequest::update([input]) };
    update(index, &request, &mut |_| ()).expect("indexed")
}

fn articles(raw: &[RawDocument]) -> impl Iterator<Item = ArticleRecord> {
    raw.iter()
        .filter_map(|raw| extract(raw.clone(), &Recipe::default()).ok())
        .map(|article| ArticleRecord::from(&article))
}

fn line(article: &ArticleRecord) -> String {
    let mut line = String::new();
    let json = serde_json::to_string(article).expect("JSON");
    writeln!(line, "{json}").expect("memory");
    line
}

fn written_so_far() -> Option<u64> {
    let io = fs::read_to_string("/proc/self/io").ok()?;
    io.lines().find_map(|line| line.strip_prefix("wchar: "))?.parse().ok()
}

fn size_of(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}
