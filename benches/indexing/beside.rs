//! Cleaned records, from the file to an index, beside what writes them without dateline.

use std::fs;
use std::path::Path;

use dateline::extract::Naming;
use dateline::index::{Arrangement, IndexRequest, update, write_bare};
use dateline::source::{RawDocument, Root};

use crate::documents::documents;
use crate::plain::PlainWriter;
use crate::spent::Spent;
use crate::{MEMORY, RUNS, articles, folder, generated, gold, line, rate};

/// Who writes records into an index.
#[derive(Clone, Copy)]
enum Writer {
    /// Tantivy as an engineer would use it (see `plain`): two fields of words, a date, a region, in
    /// the order in which they came.
    Plain,
    /// The engine with the fields of dateline, without a step before or after it.
    Engine(Arrangement),
    /// `dateline index`.
    Dateline(Naming),
}

impl Writer {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain tantivy",
            Self::Engine(Arrangement::AsTheyCame) => "engine, all fields, as they came",
            Self::Engine(Arrangement::ByDate) => "engine, all fields, by date",
            Self::Dateline(Naming::On) => "dateline",
            Self::Dateline(Naming::Off) => "dateline, without names",
        }
    }

    /// Writes the records of a file into an index; how many there are.
    fn write(self, index: &Path, input: &Path, memory: u64) -> u64 {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let read = || fs::read_to_string(input).expect("readable");
        match self {
            Self::Plain => {
                let memory = usize::try_from(memory).expect("memory of this machine");
                let mut writer = PlainWriter::create(index, threads, memory);
                read().lines().for_each(|line| writer.add(line));
                writer.end()
            }
            Self::Engine(arrangement) => {
                let written = write_bare(index, read().lines(), arrangement, threads, memory);
                written.expect("written")
            }
            Self::Dateline(naming) => {
                let request =
                    IndexRequest { threads, memory, naming, ..IndexRequest::update([input]) };
                update(index, &request, &mut |_| ()).expect("indexed").articles_total
            }
        }
    }
}

/// Cleaned JSONL, end to end: generated articles, and real ones where the shared data is there. As
/// `dateline extract` writes them, with all that is found in a text, so that indexing alone is
/// measured; and as others do, so that language, names and countries are found, too.
pub(crate) fn jsonl() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), generated::jsonl(3, 10_000)).expect("written");
    let raw = documents(&Root { path: folder.path().to_owned(), label: "a".into() });
    sealed_and_not("generated", &raw);
    let Some(news) = gold::shared().map(|shared| shared.join("news")) else { return };
    let mut raw = Vec::new();
    for part in ["reuters21578", "wikinews"] {
        raw.extend(documents(&Root { path: news.join(part), label: part.into() }));
    }
    sealed_and_not("Reuters and Wikinews", &raw);
}

fn sealed_and_not(name: &str, raw: &[RawDocument]) {
    use Arrangement::{AsTheyCame, ByDate};
    let on = Writer::Dateline(Naming::On);
    let bare = [Writer::Plain, Writer::Engine(AsTheyCame), Writer::Engine(ByDate), on];
    let sealed: String = articles(raw).map(|article| line(&article.with_seal())).collect();
    table(&format!("jsonl: {name}, of dateline"), &sealed, &bare, MEMORY);
    let others: String = articles(raw).map(|article| line(&article)).collect();
    let writers = [Writer::Plain, Writer::Dateline(Naming::Off), on];
    table(&format!("jsonl: {name}, of others"), &others, &writers, MEMORY);
}

/// What it costs that articles lie by date: the engine alone, once with memory for segments that
/// need no merging, and once with so little that they do.
pub(crate) fn sorting() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), generated::jsonl(3, 24_000)).expect("written");
    let raw = documents(&Root { path: folder.path().to_owned(), label: "a".into() });
    let sealed: String = articles(&raw).map(|article| line(&article.with_seal())).collect();
    let writers = [Arrangement::AsTheyCame, Arrangement::ByDate].map(Writer::Engine);
    table("sorting, no merge", &sealed, &writers, MEMORY);
    table("sorting, merges", &sealed, &writers, dateline::index::LEAST_MEMORY);
}

/// The best of several runs of each, in turns, and its ratios to the first.
fn table(name: &str, records: &str, writers: &[Writer], memory: u64) {
    let folder = folder();
    let count = records.lines().count() as u64;
    let input = folder.path().join("a.jsonl");
    fs::write(&input, records).expect("written");
    let mut best = vec![Spent::MOST; writers.len()];
    for _ in 0..RUNS {
        for (best, writer) in best.iter_mut().zip(writers) {
            let index = self::folder();
            *best = best.least(Spent::by(|| {
                assert_eq!(writer.write(index.path(), &input, memory), count);
            }));
        }
    }
    println!("\n{name}: {count} articles, {} MiB of memory", memory >> 20);
    println!("| who | articles/s | time | processor |\n| --- | --- | --- | --- |");
    for (spent, writer) in best.iter().zip(writers) {
        let (time, processor) = spent.ratio(best[0]);
        let processor = processor.map_or(String::new(), |it| format!("{it:.2}"));
        println!(
            "| {} | {:.0} | {time:.2} | {processor} |",
            writer.name(),
            rate(count, spent.time)
        );
    }
}
