//! Questions from a file: a line each, plain, with tabs, or JSON.
//!
//! | row | is |
//! |---|---|
//! | `wage talks` | a question of the class `file` |
//! | `phrase⇥"wage talks"⇥count` | class, question, and what is wanted of it, which may be left out |
//! | `{"query": "...", "class": "...", "ask": "..."}` | likewise |
//! | `{"query": "+wage +talks", "tags": ["intersection", ...]}` | a row of the search benchmark game: the first tag is the class, and the question is in its language (see [`super::game`]) |
//!
//! Empty lines are passed over. What is no question is counted and named, and the others go on.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::{BrokenRow, Workload, game};
use crate::bench::{Ask, Task};
use crate::error::Error;
use crate::query::{Query, parse};

/// The class of questions whose file names none.
const CLASS: &str = "file";

/// The questions of a file. An error if it cannot be read or holds none.
pub fn read(path: &Path) -> Result<Workload, Error> {
    let (tasks, broken) = rows(path, task)?;
    Ok(Workload { tasks, broken, ..Workload::default() })
}

/// What `read` makes of each row of a file, and the rows of which it makes nothing. An error if
/// those are all.
pub(super) fn rows<T>(
    path: &Path,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<(Vec<T>, Vec<BrokenRow>), Error> {
    let bytes = fs::read(path).map_err(Error::reading(path))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let (mut whole, mut broken) = (Vec::new(), Vec::new());
    for (line, row) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        let row = std::str::from_utf8(row).map_err(|_| "it is not UTF-8".to_owned());
        if row.as_ref().is_ok_and(|row| row.trim().is_empty()) {
            continue;
        }
        match row.and_then(|row| read(row.trim_end_matches('\r'))) {
            Ok(task) => whole.push(task),
            Err(why) => broken.push(BrokenRow { line, why }),
        }
    }
    if !whole.is_empty() {
        return Ok((whole, broken));
    }
    let detail = match broken.first() {
        None => "it holds no question".to_owned(),
        Some(BrokenRow { line, why }) => {
            format!("no row of it holds a question; line {line}: {why}")
        }
    };
    Err(Error::BadFile { path: path.to_owned(), detail })
}

fn task(row: &str) -> Result<Task, String> {
    if row.trim_start().starts_with('{') {
        return JsonRow::read(row)?.task(CLASS);
    }
    let columns: Vec<_> = row.split('\t').map(str::trim).collect();
    match columns.as_slice() {
        [query] => made(CLASS, query, None),
        [class, query] => made(class, query, None),
        [class, query, ask] => made(class, query, Some(ask)),
        _ => Err(format!("it has {} columns and may have three", columns.len())),
    }
}

/// A task of what a row says.
pub(super) fn made(class: &str, query: &str, ask: Option<&str>) -> Result<Task, String> {
    if class.is_empty() {
        return Err("its class is empty".to_owned());
    }
    // Whether there is a question at all does not depend on the day.
    if parse(query, NaiveDate::default()).query == Query::Nothing {
        return Err("it asks for nothing".to_owned());
    }
    let ask = match ask {
        Some(text) => text.parse().map_err(|error| format!("{error}"))?,
        None => Ask::default(),
    };
    Ok(Task { class: class.to_owned(), query: query.to_owned(), ask, at: None })
}

/// A row of JSON.
#[derive(Deserialize)]
pub(super) struct JsonRow {
    query: String,
    class: Option<String>,
    ask: Option<String>,
    tags: Option<Vec<String>>,
    /// Read by logs alone.
    pub(super) time: Option<Value>,
}

impl JsonRow {
    pub(super) fn read(row: &str) -> Result<Self, String> {
        // Its position counts lines of the row, of which there is one.
        serde_json::from_str(row).map_err(|error| format!("it is no row of JSON: {error}"))
    }

    /// The task; of `class` where it names none.
    pub(super) fn task(&self, class: &str) -> Result<Task, String> {
        let class = self.class.as_deref().unwrap_or(class);
        let ask = self.ask.as_deref();
        match &self.tags {
            None => made(class, self.query.trim(), ask),
            Some(tags) => {
                let class = tags.first().map_or(class, String::as_str);
                made(class, &game::question(&self.query)?, ask)
            }
        }
    }
}
