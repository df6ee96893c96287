//! A whole process for a question, as from a command line: `dateline search` beside a program of
//! plain tantivy that does the same with nothing around it. From before the process is started to
//! the end of its output and its own end, everything included: loading the program, reading what was
//! typed, opening the index, finding and counting the articles with both words, fetching ten and
//! cutting a snippet of each, printing them into a pipe.
//!
//! `cargo bench --bench process` makes 200,000 articles, which takes some minutes;
//! `-- 20000` makes fewer, and `-- 200000 FOLDER` keeps the indexes in a folder, and finds them there
//! the next time (`ranking` has the same). The program of plain tantivy is this one, started again; as
//! nothing here uses the library, it has nothing of dateline to load.
//!
//! Each question is put to all in turns, several times, of which the fastest counts, as other work on
//! the machine only ever slows one down. Before a cold one the system drops the files of the index
//! from its page cache; those of the program stay there.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use archive::Indexes;
use generated::Random;
use plain::Plain;

#[allow(dead_code, reason = "each bench uses a part of it")]
mod archive;
#[allow(dead_code, reason = "each bench uses a part of it")]
mod generated;
#[allow(dead_code, reason = "each bench uses a part of it")]
mod plain;

const ARTICLES: u64 = 200_000;

/// What this program is called with to answer a question from an index of plain tantivy.
const ANSWER: &str = "answer";

const ALL: [Who; 3] = [Who::Plain, Who::Table, Who::Json];

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    if let [first, index, words @ ..] = &typed[..]
        && first == ANSWER
    {
        return answer(Path::new(index), words);
    }
    let articles = typed.first().map_or(ARTICLES, |number| number.parse().expect("a number"));
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = typed.get(1).map_or(temporary.path(), Path::new);
    let indexes = Indexes::of(folder, articles);
    println!("{articles} articles, two words; milliseconds from exec to the end of the process\n");
    println!("| process | figure | plain tantivy | dateline | ratio | dateline, JSON | ratio |");
    println!("|{}", " --- |".repeat(7));
    for state in [State::Nothing, State::Warm, State::Cold] {
        table(&indexes, state);
    }
}

/// Who is asked.
#[derive(Clone, Copy)]
enum Who {
    Plain,
    /// `dateline search`, which prints a list of hits.
    Table,
    /// `dateline search --format json`, which prints whole articles.
    Json,
}

/// How the process finds things.
#[derive(Clone, Copy)]
enum State {
    /// It is asked for nothing, and only starts and ends.
    Nothing,
    /// All of the index that it needs is in the page cache.
    Warm,
    /// Nothing of it is.
    Cold,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no question",
            Self::Warm => "warm",
            Self::Cold => "cold",
        }
    }

    fn questions(self) -> usize {
        match self {
            Self::Nothing | Self::Warm => 200,
            Self::Cold => 40,
        }
    }

    /// How often each is put.
    fn runs(self) -> usize {
        match self {
            Self::Nothing | Self::Warm => 3,
            Self::Cold => 2,
        }
    }
}

impl Who {
    fn index(self, indexes: &Indexes) -> &Path {
        match self {
            Self::Plain => &indexes.plain,
            Self::Table | Self::Json => &indexes.dateline,
        }
    }

    fn command(self, indexes: &Indexes, state: State, words: &[String]) -> Command {
        let program = match self {
            Self::Plain => std::env::current_exe().expect("this program"),
            Self::Table | Self::Json => env!("CARGO_BIN_EXE_dateline").into(),
        };
        let mut command = Command::new(program);
        match (self, state) {
            (Self::Plain, State::Nothing) => _ = command.args([ANSWER, "nothing"]),
            (Self::Plain, _) => _ = command.arg(ANSWER).arg(&indexes.plain).args(words),
            (_, State::Nothing) => _ = command.arg("--version"),
            (_, _) => {
                command.arg("search").arg("--index").arg(&indexes.dateline).args(words);
            }
        }
        if let (Self::Json, State::Warm | State::Cold) = (self, state) {
            command.args(["--format", "json"]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }
}

/// Prints the rows of a state.
fn table(indexes: &Indexes, state: State) {
    let mut random = Random::new(11);
    let mut times: [Vec<f64>; 3] = Default::default();
    let mut kept: f64 = 0.0;
    for question in 0..state.questions() {
        let words = archive::words(&mut random, 2);
        let mut fastest = [f64::INFINITY; 3];
        for run in 0..state.runs() {
            for turn in 0..ALL.len() {
                let place = (question + run + turn) % ALL.len();
                let who = ALL[place];
                if let State::Cold = state {
                    match archive::cold::drop_from_cache(who.index(indexes)) {
                        Ok(share) => kept = kept.max(share.unwrap_or(1.0)),
                        Err(error) => return println!("| cold | not measured: {error} |||||"),
                    }
                }
                let time = milliseconds(who.command(indexes, state, &words));
                fastest[place] = fastest[place].min(time);
            }
        }
        times.iter_mut().zip(fastest).for_each(|(times, time)| times.push(time));
    }
    for times in &mut times {
        times.sort_by(f64::total_cmp);
    }
    // Of forty, one in ten is as far out as there is anything to tell.
    let tail = if let State::Cold = state { 90 } else { 99 };
    for percent in [50, tail] {
        let [plain, table, json] = times.each_ref().map(|times| times[times.len() * percent / 100]);
        println!(
            "| {} | p{percent} | {plain:.2} | {table:.2} | {:.2} | {json:.2} | {:.2} |",
            state.name(),
            table / plain,
            json / plain
        );
    }
    if let State::Cold = state {
        println!("\nCold: at most {:.2} % of an index was in the page cache.", kept * 100.0);
    }
}

/// From before a process is started until it has ended and all that it printed was read.
fn milliseconds(mut command: Command) -> f64 {
    let mut printed = Vec::with_capacity(1 << 20);
    let begun = Instant::now();
    let mut process = command.spawn().expect("the program starts");
    let mut output = process.stdout.take().expect("it is a pipe");
    output.read_to_end(&mut printed).expect("read");
    let status = process.wait().expect("it ends");
    let time = begun.elapsed().as_secs_f64() * 1e3;
    // 1 says that nothing was found.
    assert!(matches!(status.code(), Some(0 | 1)), "{command:?} ended with {status}");
    time
}

/// What the process of plain tantivy does.
fn answer(index: &Path, words: &[String]) {
    if words.is_empty() {
        return;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    Plain::open(index).print(words, &mut out).and_then(|()| out.flush()).expect("printed");
}
