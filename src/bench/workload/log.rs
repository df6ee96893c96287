//! A log of questions, to be asked again as they came: `TIME⇥QUESTION` in each row, with what is
//! wanted as a third column, or JSON with `time` and `query`. A time is RFC 3339 or a number of
//! seconds from any beginning.

use std::path::Path;
use std::time::Duration;

use chrono::DateTime;
use serde_json::Value;

use super::Workload;
use super::file::{JsonRow, made, rows};
use crate::bench::Task;
use crate::error::Error;

/// The class of questions whose log names none.
const CLASS: &str = "log";

/// Nanoseconds of a second.
const SECOND: i128 = 1_000_000_000;

/// Seconds that a time has at most: thirty thousand years.
const MOST_SECONDS: f64 = 1e12;

/// The questions of a log in the order of their times, each with its time from the first one on. An
/// error if it cannot be read or holds none.
pub fn replay(path: &Path) -> Result<Workload, Error> {
    let (mut asked, broken) = rows(path, row)?;
    asked.sort_by_key(|(time, _)| *time);
    let first = asked.first().map_or(0, |(time, _)| *time);
    let tasks =
        asked.into_iter().map(|(time, task)| Task { at: Some(between(first, time)), ..task });
    Ok(Workload { tasks: tasks.collect(), broken, ..Workload::default() })
}

fn between(first: i128, time: i128) -> Duration {
    let nanoseconds = time - first;
    let seconds = u64::try_from(nanoseconds / SECOND).unwrap_or_default();
    let rest = u32::try_from(nanoseconds % SECOND).unwrap_or_default();
    Duration::new(seconds, rest)
}

/// A question and its time in nanoseconds.
fn row(row: &str) -> Result<(i128, Task), String> {
    if row.trim_start().starts_with('{') {
        let row = JsonRow::read(row)?;
        let time = match &row.time {
            None => return Err("it has no `time`".to_owned()),
            Some(Value::String(text)) => time(text)?,
            Some(value) => time(&value.to_string())?,
        };
        return Ok((time, row.task(CLASS)?));
    }
    let columns: Vec<_> = row.split('\t').map(str::trim).collect();
    match columns.as_slice() {
        [at, query] => Ok((time(at)?, made(CLASS, query, None)?)),
        [at, query, ask] => Ok((time(at)?, made(CLASS, query, Some(ask))?)),
        [_] => Err("it has no tab behind a time".to_owned()),
        _ => Err(format!("it has {} columns and may have three", columns.len())),
    }
}

/// A time in nanoseconds, from 1970 on where it is a date.
fn time(text: &str) -> Result<i128, String> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        let fraction = i128::from(time.timestamp_subsec_nanos());
        return Ok(i128::from(time.timestamp()) * SECOND + fraction);
    }
    let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.abs() <= MOST_SECONDS);
    let Some(seconds) = seconds else {
        return Err(format!("`{text}` is no time of RFC 3339 and no number of seconds"));
    };
    #[expect(clippy::cast_possible_truncation, reason = "it is a whole number below 10^21")]
    let nanoseconds = (seconds * 1e9).round() as i128;
    Ok(nanoseconds)
}
