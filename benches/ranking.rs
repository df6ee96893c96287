//! How long ranking takes beside the bare engine, which answers the same words from the same lists
//! of postings: the ten best of one, two and three words, all of them or any, and within a year; the
//! ten newest, and the ten best by scores that fade with age.
//!
//! `cargo bench --bench ranking` makes 200,000 articles, which takes some minutes;
//! `cargo bench --bench ranking -- 20000` makes fewer. Each question is put to both in turns, five
//! times, of which the fastest counts, as other work on the machine only ever slows one down. Warm,
//! one thread, one segment. The engine's own weighting differs in its constants alone.
//!
//! Ten hits with snippets are set beside plain tantivy on an index of its own (see `plain`), which
//! answers the same words as a conjunction and cuts its own snippets.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write as _;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::NaiveDate;
use dateline::index::{ArchiveReader, IndexRequest, compact, update};
use dateline::query::{Query, parse};
use dateline::search::{Detail, Matching, Recency, SearchRequest, Sort, best, leading, search};
use frostem::{Algorithm, Stemmer};
use generated::Random;
use plain::Plain;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Query as EngineQuery, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, Index, ReloadPolicy, Score, Searcher, SegmentReader, TantivyDocument};

#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;

#[allow(dead_code, reason = "each bench uses a part of it")]
#[path = "plain/mod.rs"]
mod plain;

const ARTICLES: u64 = 200_000;

/// Articles that are generated at a time.
const PART: u64 = 10_000;

const QUESTIONS: usize = 300;

const RUNS: usize = 5;

fn main() {
    let typed = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles: u64 = typed.unwrap_or(ARTICLES);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = make(folder.path(), articles);
    let archive = ArchiveReader::open(&index).expect("opened");
    let engine = Engine::open(&index);
    let plain = Plain::of(parts(articles), &folder.path().join("plain"));
    println!(
        "{articles} articles; microseconds, median and 99th percentile of {QUESTIONS} questions"
    );
    println!(
        "\n| ten best | engine | dateline | ratio | whole answer: engine | dateline | ratio | with snippets: plain | dateline | ratio |"
    );
    println!("|{}", " --- |".repeat(10));
    for kind in [
        Kind::Word,
        Kind::All(2),
        Kind::All(3),
        Kind::Any(2),
        Kind::Any(3),
        Kind::AllInYear,
        Kind::AnyInYear,
    ] {
        line(kind, &archive, &engine, &plain);
    }
    println!("\n| ten by date | engine | dateline | ratio |\n|{}", " --- |".repeat(4));
    for kind in [Kind::Word, Kind::Any(3)] {
        ordered_line(kind, Order::Newest, &archive, &engine);
    }
    println!("\n| ten best, fading | engine | dateline | ratio |\n|{}", " --- |".repeat(4));
    for kind in [Kind::Word, Kind::All(2), Kind::Any(3)] {
        ordered_line(kind, Order::Fading, &archive, &engine);
    }
}

/// An order that the engine has to score or look at every article for.
#[derive(Clone, Copy)]
enum Order {
    Newest,
    Fading,
}

/// In what time scores are halved, in days.
const HALF_LIFE: i64 = 365;

/// Generated articles as lines of JSON.
fn parts(articles: u64) -> impl Iterator<Item = String> {
    let firsts = (0..articles).step_by(usize::try_from(PART).expect("small"));
    (0..).zip(firsts).map(move |(n, first)| generated::jsonl(7 + n, PART.min(articles - first)))
}

/// An index of generated articles in one segment.
fn make(folder: &Path, articles: u64) -> PathBuf {
    let source = folder.join("a.jsonl");
    let mut file = File::create(&source).expect("made");
    for lines in parts(articles) {
        file.write_all(lines.as_bytes()).expect("written");
    }
    let index = folder.join("index");
    update(&index, &IndexRequest::update([source.clone()]), &mut |_| ()).expect("indexed");
    compact(&index).expect("one segment");
    fs::remove_file(source).expect("removed");
    index
}

/// The engine by itself.
struct Engine {
    searcher: Searcher,
    stemmer: Stemmer,
}

impl Engine {
    fn open(index: &Path) -> Self {
        let folders = fs::read_dir(index).expect("an index").filter_map(Result::ok);
        let mut segments = folders.map(|entry| entry.path().join("segments"));
        let segments = segments.find(|it| it.join("meta.json").is_file()).expect("an index");
        let opened = Index::open_in_dir(segments).expect("opened");
        let reader = opened.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: tantivy::IndexReader = reader.try_into().expect("a reader");
        Self { searcher: reader.searcher(), stemmer: Stemmer::new(Algorithm::English) }
    }

    fn query(&self, kind: Kind, words: &[String]) -> Box<dyn EngineQuery> {
        let schema = self.searcher.schema();
        let field = |name: &str| schema.get_field(name).expect("a field");
        let word = |word: &String| -> Box<dyn EngineQuery> {
            let term = Term::from_field_text(field("text"), &self.stemmer.stem(word));
            assert!(self.searcher.doc_freq(&term).expect("known") > 0, "`{word}`");
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let mut clauses: Vec<_> = words.iter().map(word).collect();
        match kind {
            Kind::Word | Kind::All(_) => {}
            Kind::Any(_) => return Box::new(BooleanQuery::union(clauses)),
            Kind::AllInYear | Kind::AnyInYear => {
                if matches!(kind, Kind::AnyInYear) {
                    clauses = vec![Box::new(BooleanQuery::union(clauses))];
                }
                let second = |year| {
                    let day = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
                    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
                };
                let bound = |name, second| Term::from_field_i64(field(name), second);
                clauses.push(Box::new(RangeQuery::new(
                    Bound::Included(bound("published_last", second(YEAR))),
                    Bound::Unbounded,
                )));
                clauses.push(Box::new(RangeQuery::new(
                    Bound::Unbounded,
                    Bound::Excluded(bound("published", second(YEAR + 1))),
                )));
            }
        }
        match clauses.len() {
            1 => clauses.swap_remove(0),
            _ => Box::new(BooleanQuery::intersection(clauses)),
        }
    }

    fn best(&self, query: &dyn EngineQuery) -> usize {
        let best = TopDocs::with_limit(10).order_by_score();
        self.searcher.search(query, &best).expect("an answer").len()
    }

    /// By the column, whatever the order of the articles is.
    fn newest(&self, query: &dyn EngineQuery) -> usize {
        let newest =
            TopDocs::with_limit(10).order_by_fast_field::<i64>("published", tantivy::Order::Desc);
        self.searcher.search(query, &newest).expect("an answer").len()
    }

    fn fading(&self, query: &dyn EngineQuery, newest: i64) -> usize {
        let fading = TopDocs::with_limit(10).tweak_score(move |reader: &SegmentReader| {
            let published = reader.fast_fields().i64("published").expect("a column");
            move |doc: DocId, score: Score| {
                let age = newest - published.first(doc).unwrap_or(newest - HALF_LIFE * 86_400);
                #[expect(clippy::cast_precision_loss, reason = "to the minute will do")]
                let half_lives = age as f32 / (HALF_LIFE * 86_400) as f32;
                score * (-half_lives).exp2()
            }
        });
        self.searcher.search(query, &fading).expect("an answer").len()
    }

    fn answer(&self, query: &dyn EngineQuery) -> usize {
        let best = TopDocs::with_limit(10).order_by_score();
        let total = self.searcher.search(query, &Count).expect("an answer");
        let best = self.searcher.search(query, &best).expect("an answer");
        for (_, address) in best {
            black_box(self.searcher.doc::<TantivyDocument>(address).expect("an article"));
        }
        total
    }
}

/// The year that questions with a date are about.
const YEAR: i32 = 2019;

#[derive(Clone, Copy)]
enum Kind {
    Word,
    All(usize),
    Any(usize),
    AllInYear,
    AnyInYear,
}

impl Kind {
    fn name(self) -> String {
        match self {
            Self::Word => "one word".into(),
            Self::All(words) => format!("all of {words} words"),
            Self::Any(words) => format!("any of {words} words"),
            Self::AllInYear => "all of 2 words, in a year".into(),
            Self::AnyInYear => "any of 3 words, in a year".into(),
        }
    }

    fn n_words(self) -> usize {
        match self {
            Self::Word => 1,
            Self::All(words) | Self::Any(words) => words,
            Self::AllInYear => 2,
            Self::AnyInYear => 3,
        }
    }

    fn typed(self, words: &[String]) -> String {
        match self {
            Self::Any(_) => words.join(" OR "),
            Self::AllInYear => format!("{} date:{YEAR}", words.join(" ")),
            Self::AnyInYear => format!("({}) date:{YEAR}", words.join(" OR ")),
            Self::Word | Self::All(_) => words.join(" "),
        }
    }
}

/// Words as questions have them: seldom the most frequent ones, seldom very rare ones.
fn words(random: &mut Random, count: usize) -> Vec<String> {
    let mut ranks = BTreeSet::new();
    while ranks.len() < count {
        ranks.insert(60 + random.zipf(6_000.0));
    }
    ranks.into_iter().map(generated::word).collect()
}

fn ordered_line(kind: Kind, order: Order, archive: &ArchiveReader, engine: &Engine) {
    let today = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    let newest = today.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let mut random = Random::new(11);
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..QUESTIONS {
        let words = words(&mut random, kind.n_words());
        let query = parse(&kind.typed(&words), today).query;
        let plain = SearchRequest { snippets: 0, ..SearchRequest::new(query) };
        let request = match order {
            Order::Newest => SearchRequest { sort: Sort::Newest, ..plain },
            Order::Fading => {
                let half_life = format!("{HALF_LIFE}d").parse().expect("a time");
                let recency = Some(Recency { half_life, today });
                SearchRequest { recency, ..plain }
            }
        };
        let questions: [&dyn Fn() -> usize; 2] = [
            &|| match order {
                Order::Newest => engine.newest(&*engine.query(kind, &words)),
                Order::Fading => engine.fading(&*engine.query(kind, &words), newest),
            },
            &|| leading(archive, &request).expect("an answer").len(),
        ];
        let mut fastest = [f64::INFINITY; 2];
        for _ in 0..RUNS {
            for (question, fastest) in questions.iter().zip(&mut fastest) {
                let begun = Instant::now();
                black_box(question());
                *fastest = fastest.min(begun.elapsed().as_secs_f64() * 1e6);
            }
        }
        times.iter_mut().zip(fastest).for_each(|(times, time)| times.push(time));
    }
    let [bare, ours] = times.map(percentiles);
    println!("| {} | {} | {} | {} |", kind.name(), pair(bare), pair(ours), ratio(ours, bare));
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

fn line(kind: Kind, archive: &ArchiveReader, engine: &Engine, plain: &Plain) {
    let today = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    let mut random = Random::new(11);
    let mut times: [Vec<f64>; 6] = Default::default();
    for _ in 0..QUESTIONS {
        let words = words(&mut random, kind.n_words());
        let typed = kind.typed(&words);
        let query: Query = parse(&typed, today).query;
        let answered = |snippets| {
            // What a list of hits shows of each.
            let detail = Detail::Brief;
            let request = SearchRequest { snippets, detail, ..SearchRequest::new(query.clone()) };
            usize::try_from(search(archive, &request).expect("an answer").total).expect("few")
        };
        assert_eq!(engine.answer(&*engine.query(kind, &words)), answered(0), "`{typed}`");
        let asked: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_conjunction = matches!(kind, Kind::Word | Kind::All(_));
        let questions: [&dyn Fn() -> usize; 6] = [
            &|| engine.best(&*engine.query(kind, &words)),
            &|| best(archive, &query, Matching::AllWords, 10).expect("an answer").len(),
            &|| engine.answer(&*engine.query(kind, &words)),
            &|| answered(0),
            &|| if is_conjunction { plain.search_with_snippets(&asked) } else { 0 },
            &|| answered(1),
        ];
        let mut fastest = [f64::INFINITY; 6];
        for _ in 0..RUNS {
            for (question, fastest) in questions.iter().zip(&mut fastest) {
                let begun = Instant::now();
                black_box(question());
                *fastest = fastest.min(begun.elapsed().as_secs_f64() * 1e6);
            }
        }
        times.iter_mut().zip(fastest).for_each(|(times, time)| times.push(time));
    }
    let [ranked_bare, ranked, bare, whole, shown_plain, shown] = times.map(percentiles);
    let cells = [
        kind.name(),
        pair(ranked_bare),
        pair(ranked),
        ratio(ranked, ranked_bare),
        pair(bare),
        pair(whole),
        ratio(whole, bare),
    ];
    let beside = match kind {
        Kind::Word | Kind::All(_) => [pair(shown_plain), pair(shown), ratio(shown, shown_plain)],
        Kind::Any(_) | Kind::AllInYear | Kind::AnyInYear => {
            [String::new(), pair(shown), String::new()]
        }
    };
    println!("| {} | {} |", cells.join(" | "), beside.join(" | "));
}
