//! How long questions take beside plain tantivy on the same text, and beside the engine on the lists
//! of postings that dateline reads: the ten best of one, two and three words, of phrases, within a
//! year or a region; all of an answer; ten hits with snippets; the newest; scores that fade with age.
//!
//! `cargo bench --bench ranking` makes 200,000 articles, which takes some minutes;
//! `cargo bench --bench ranking -- 20000` makes fewer, and `-- 200000 FOLDER` keeps the indexes in a
//! folder, and finds them there the next time; a third argument picks the lines that hold it. Each question is put to all in turns, five times, of
//! which the fastest counts, as other work on the machine only ever slows one down. Warm, one
//! thread, one segment.
//!
//! `plain` is an index as an engineer would make one with tantivy (see `plain`): not sorted, words
//! of the body alone, as they stand. So it finds a little less, at times, than `engine`, which is
//! tantivy on the index of dateline: the same matches, to the last. Its weighting differs in its
//! constants alone.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use archive::Indexes;
use chrono::NaiveDate;
use dateline::index::ArchiveReader;
use dateline::query::parse;
use dateline::search::{
    Detail, Hits, Matching, Recency, SearchRequest, Sort, best, leading, search,
};
use frostem::{Algorithm, Stemmer};
use generated::Random;
use plain::{Engine, Kind, Plain, REGION, YEAR};
use tantivy::{Index, ReloadPolicy};

#[allow(dead_code, reason = "each bench uses a part of it")]
mod archive;

#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;

#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "plain/mod.rs"]
mod plain;

const ARTICLES: u64 = 200_000;

const QUESTIONS: usize = 300;

const RUNS: usize = 5;

/// In what time scores are halved, in days.
const HALF_LIFE: i64 = 365;

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let articles = typed.first().map_or(ARTICLES, |number| number.parse().expect("a number"));
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = typed.get(1).map_or(temporary.path(), Path::new);
    let indexes = Indexes::of(folder, articles);
    let three = Three {
        archive: ArchiveReader::open(&indexes.dateline).expect("opened"),
        engine: engine(&indexes.dateline),
        plain: Plain::of(archive::parts(articles), &indexes.plain),
        today: NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day"),
    };
    println!(
        "{articles} articles; microseconds, median and 99th percentile of {QUESTIONS} questions\n"
    );
    println!("| asked for | of | plain | engine | dateline | to plain | to engine |");
    println!("|{}", " --- |".repeat(7));
    let words = [Kind::Word, Kind::All(2), Kind::All(3), Kind::Any(2), Kind::Any(3), Kind::Phrase];
    let within = [Kind::AllInYear, Kind::AnyInYear, Kind::AllInRegion];
    let shown = [Kind::Word, Kind::All(2), Kind::All(3)];
    let ordered = [Kind::Word, Kind::All(2), Kind::Any(3)];
    for (task, kinds) in [
        (Task::Best, [&words[..], &within].concat()),
        (Task::Newest, ordered.to_vec()),
        (Task::Fading, ordered.to_vec()),
        (Task::Whole, [&words[..], &within].concat()),
        (Task::Shown, shown.to_vec()),
        (Task::Snippets, shown.to_vec()),
    ] {
        for kind in kinds {
            let line = format!("{} | {}", task.name(), name(kind));
            if typed.get(2).is_none_or(|part| line.contains(part)) {
                three.row(task, kind);
            }
        }
    }
}

/// What is measured of an answer.
#[derive(Clone, Copy)]
enum Task {
    /// Which are the ten best.
    Best,
    /// Which are the ten newest.
    Newest,
    /// Which are the ten best, as scores fade.
    Fading,
    /// How many there are, and the ten best fetched.
    Whole,
    /// Likewise, with their snippets.
    Shown,
    /// Of that, to fetch ten hits that are known and to cut their snippets.
    Snippets,
}

impl Task {
    fn name(self) -> &'static str {
        match self {
            Self::Best => "ten best",
            Self::Newest => "ten by date",
            Self::Fading => "ten best, fading",
            Self::Whole => "whole answer",
            Self::Shown => "with snippets",
            Self::Snippets => "fetch and snippets",
        }
    }
}

/// The engine on the index of dateline.
fn engine(index: &Path) -> Engine {
    let folders = fs::read_dir(index).expect("an index").filter_map(Result::ok);
    let mut segments = folders.map(|entry| entry.path().join("segments"));
    let segments = segments.find(|it| it.join("meta.json").is_file()).expect("an index");
    let opened = Index::open_in_dir(segments).expect("opened");
    let reader = opened.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader: tantivy::IndexReader = reader.try_into().expect("a reader");
    Engine {
        searcher: reader.searcher(),
        words: "text",
        stemmer: Some(Stemmer::new(Algorithm::English)),
        dates: ["published", "published_last"],
        region: ("tag", "kenya"),
    }
}

fn typed(kind: Kind, words: &[String]) -> String {
    match kind {
        Kind::Word | Kind::All(_) => words.join(" "),
        Kind::Any(_) => words.join(" OR "),
        Kind::Phrase => format!("\"{}\"", words.join(" ")),
        Kind::AllInYear => format!("{} date:{YEAR}", words.join(" ")),
        Kind::AnyInYear => format!("({}) date:{YEAR}", words.join(" OR ")),
        Kind::AllInRegion => format!("{} tag:{REGION}", words.join(" ")),
    }
}

fn name(kind: Kind) -> String {
    match kind {
        Kind::Word => "one word".into(),
        Kind::All(words) => format!("all of {words} words"),
        Kind::Any(words) => format!("any of {words} words"),
        Kind::Phrase => "a phrase of 2 words".into(),
        Kind::AllInYear => "all of 2 words, in a year".into(),
        Kind::AnyInYear => "any of 3 words, in a year".into(),
        Kind::AllInRegion => "all of 2 words, in a region".into(),
    }
}

fn n_words(kind: Kind) -> usize {
    match kind {
        Kind::Word => 1,
        Kind::All(words) | Kind::Any(words) => words,
        Kind::Phrase | Kind::AllInYear | Kind::AllInRegion => 2,
        Kind::AnyInYear => 3,
    }
}

/// Those of phrases are more frequent, or next to none would be found.
fn words(random: &mut Random, kind: Kind) -> Vec<String> {
    match kind {
        Kind::Phrase => archive::words_from(10, 600.0, random, n_words(kind)),
        _ => archive::words(random, n_words(kind)),
    }
}

/// Those who are asked.
struct Three {
    archive: ArchiveReader,
    engine: Engine,
    plain: Plain,
    today: NaiveDate,
}

impl Three {
    fn row(&self, task: Task, kind: Kind) {
        let mut random = Random::new(11);
        let mut times: [Vec<f64>; 3] = Default::default();
        for _ in 0..QUESTIONS {
            let words = words(&mut random, kind);
            let request = self.request(task, &typed(kind, &words));
            if matches!(task, Task::Whole) {
                let (total, _) =
                    self.engine.count_and_best(kind, &*self.engine.query(kind, &words));
                assert_eq!(total as u64, self.answer(&request).total, "`{}`", request.query);
            }
            let mut fastest = [f64::INFINITY; 3];
            for _ in 0..RUNS {
                let taken = [
                    self.bare(&self.plain.engine, task, kind, &words),
                    self.bare(&self.engine, task, kind, &words),
                    self.ours(task, &request),
                ];
                fastest.iter_mut().zip(taken).for_each(|(fastest, it)| *fastest = fastest.min(it));
            }
            times.iter_mut().zip(fastest).for_each(|(times, time)| times.push(time));
        }
        let [plain, engine, ours] = times.map(percentiles);
        // Its index has no field from which the engine could cut snippets.
        let has_engine = !matches!(task, Task::Shown | Task::Snippets);
        let beside = |text: String| if has_engine { text } else { String::new() };
        println!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            task.name(),
            name(kind),
            pair(plain),
            beside(pair(engine)),
            pair(ours),
            ratio(ours, plain),
            beside(ratio(ours, engine)),
        );
    }

    /// How long the engine takes, in microseconds.
    fn bare(&self, engine: &Engine, task: Task, kind: Kind, words: &[String]) -> f64 {
        let midnight = self.today.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        let begun = Instant::now();
        let query = engine.query(kind, words);
        match task {
            Task::Best => _ = black_box(engine.best(&*query).len()),
            Task::Newest => _ = black_box(engine.newest(&*query)),
            Task::Fading => _ = black_box(engine.fading(&*query, midnight)),
            Task::Whole => {
                let (total, hits) = engine.count_and_best(kind, &*query);
                black_box((total, engine.fetch(&hits)));
            }
            Task::Shown | Task::Snippets if engine.words != self.plain.engine.words => {}
            Task::Shown => _ = black_box(self.plain.search_with_snippets(words)),
            Task::Snippets => {
                let hits = engine.best(&*query);
                let begun = Instant::now();
                black_box(self.plain.show(&*query, &engine.fetch(&hits)));
                return micros(begun);
            }
        }
        micros(begun)
    }

    fn request(&self, task: Task, typed: &str) -> SearchRequest {
        let query = parse(typed, self.today).query;
        let detail = Detail::Brief;
        let request = SearchRequest { snippets: 0, detail, ..SearchRequest::new(query) };
        match task {
            Task::Best | Task::Whole => request,
            Task::Newest => SearchRequest { sort: Sort::Newest, ..request },
            Task::Fading => {
                let half_life = format!("{HALF_LIFE}d").parse().expect("a time");
                SearchRequest { recency: Some(Recency { half_life, today: self.today }), ..request }
            }
            Task::Shown | Task::Snippets => SearchRequest { snippets: 1, ..request },
        }
    }

    /// How long dateline takes.
    fn ours(&self, task: Task, request: &SearchRequest) -> f64 {
        let begun = Instant::now();
        match task {
            Task::Best => {
                let found = best(&self.archive, &request.query, Matching::AllWords, request.limit);
                black_box(found.expect("an answer").len());
            }
            Task::Newest | Task::Fading => {
                black_box(leading(&self.archive, request).expect("an answer").len());
            }
            Task::Whole | Task::Shown => _ = black_box(self.answer(request)),
            Task::Snippets => {
                let spent = self.answer(request).spent;
                return (spent.fetching + spent.snippets).as_secs_f64() * 1e6;
            }
        }
        micros(begun)
    }

    fn answer(&self, request: &SearchRequest) -> Hits {
        search(&self.archive, request).expect("an answer")
    }
}

fn micros(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e6
}

/// The median and the 99th percentile.
fn percentiles(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    [times[QUESTIONS / 2], times[QUESTIONS * 99 / 100]]
}

fn pair([median, last]: [f64; 2]) -> String {
    format!("{median:.0}, {last:.0}")
}

fn ratio(a: [f64; 2], b: [f64; 2]) -> String {
    format!("{:.3}, {:.3}", a[0] / b[0], a[1] / b[1])
}
