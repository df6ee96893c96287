//! What a process that measures is told, and what it tells.
//!
//! It reads an [`Order`] and questions from its standard input, a JSON line each, up to an empty
//! line. It writes a [`Message`] a line. When its standard input ends before it does, it stops.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::report::{Ingest, Load, Resources};
use super::samples::Measured;
use super::task::Task;

/// What a process is to do.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Order {
    /// The index.
    pub index: PathBuf,
    /// Who answers, as [`Report::target`](super::Report::target).
    pub target: String,
    /// Where whoever answers may keep what it needs beside the index.
    pub room: Option<PathBuf>,
    /// What is done.
    pub work: Work,
    /// Threads that ask.
    pub threads: usize,
    /// The order of questions and arrivals follow from it.
    pub seed: u64,
    /// The most time for warming up; none where nothing is warmed up.
    pub warm_up: Duration,
}

/// What a process does.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// Asks in a closed loop.
    Closed {
        /// How often each question.
        rounds: usize,
    },
    /// Asks as questions arrive.
    Open {
        /// How many a second.
        rate: f64,
        /// For how long.
        duration: Duration,
    },
    /// Asks as a log has it.
    Replay {
        /// How many times as fast.
        speed: f64,
    },
    /// Opens the index and asks, once; both count.
    Once,
    /// Asks in a closed loop, and opens the index anew before each round.
    Reopening {
        /// How often each question.
        rounds: usize,
    },
    /// Indexes files.
    Ingest {
        /// Files and folders.
        sources: Vec<PathBuf>,
    },
}

/// What a process tells.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// So many answers since it told last.
    Answered(u64),
    /// What it has measured; the last message.
    Measured(Box<ProcessRuns>),
    /// Why it has measured nothing; the last message.
    Failed(String),
}

/// What a process has measured.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct ProcessRuns {
    /// Of each question, in the order of the workload.
    pub measured: Vec<Measured>,
    /// Rounds of warm-up.
    pub warm_up: usize,
    /// Whether it was warm by then.
    pub stable: bool,
    /// Whether it was stopped.
    pub stopped: bool,
    /// What reading the clock costs, in nanoseconds.
    pub timer_overhead_ns: f64,
    /// What it used.
    pub resources: Resources,
    /// At a rate, how that went.
    pub load: Option<Load>,
    /// Questions that had not begun when the run was ended.
    pub unasked: u64,
    /// What indexing came to.
    pub ingest: Option<Ingest>,
}

/// A question on a line.
#[derive(Deserialize, Serialize)]
struct TaskLine {
    class: String,
    query: String,
    ask: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Duration>,
}

/// Tells a process what to do.
pub(super) fn write_order(out: &mut impl Write, order: &Order, tasks: &[Task]) -> io::Result<()> {
    line(out, order)?;
    for task in tasks {
        let (class, query) = (task.class.clone(), task.query.clone());
        line(out, &TaskLine { class, query, ask: task.ask.to_string(), at: task.at })?;
    }
    out.write_all(b"\n")?;
    out.flush()
}

/// Reads what is to be done.
pub fn read_order(input: &mut impl BufRead) -> io::Result<(Order, Vec<Task>)> {
    let mut text = String::new();
    input.read_line(&mut text)?;
    let order = serde_json::from_str(&text)?;
    let mut tasks = Vec::new();
    loop {
        text.clear();
        input.read_line(&mut text)?;
        if text.trim().is_empty() {
            return Ok((order, tasks));
        }
        let TaskLine { class, query, ask, at } = serde_json::from_str(&text)?;
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let ask = ask.parse().map_err(invalid)?;
        tasks.push(Task { class, query, ask, at });
    }
}

/// Tells something; at once, as somebody waits for it.
pub fn tell(out: &mut impl Write, message: &Message) -> io::Result<()> {
    line(out, message)?;
    out.flush()
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::task::Ask;

    #[test]
    fn an_order_is_read_as_it_was_written() {
        let order = Order {
            index: "some index".into(),
            target: "dateline".into(),
            room: Some("a folder".into()),
            work: Work::Open { rate: 12.5, duration: Duration::from_millis(1_500) },
            threads: 2,
            seed: u64::MAX,
            warm_up: Duration::from_secs(3),
        };
        let task = |query: &str, at| Task {
            class: "a class".into(),
            query: query.into(),
            ask: Ask::Count,
            at,
        };
        let tasks = [task("\"a\n b\"", None), task("", Some(Duration::from_nanos(7)))];
        let mut written = Vec::new();
        write_order(&mut written, &order, &tasks).expect("written");
        let read = read_order(&mut &written[..]).expect("read");
        assert_eq!(read, (order, tasks.to_vec()));
    }

    #[test]
    fn what_is_no_order_is_an_error() {
        for text in ["", "{}\n", "no order\n\n"] {
            assert!(read_order(&mut text.as_bytes()).is_err(), "{text}");
        }
    }
}
