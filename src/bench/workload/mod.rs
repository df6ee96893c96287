//! What is asked: drawn from an index, read from a file, or replayed from a log.

mod auto;
mod class;
mod draw;
mod file;
mod game;
mod log;
mod texts;
mod words;

use xxhash_rust::xxh3::Xxh3;

pub use auto::auto;
pub use class::Class;
pub use file::read;
pub use log::replay;
pub use words::Band;

use super::Task;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::search::{SearchRequest, search};

/// Questions, and what could not be made one.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Workload {
    /// The questions, in the order of their classes, of a file, or of their times.
    pub tasks: Vec<Task>,
    /// Classes of which the index gave no question, and why.
    pub skipped: Vec<(Class, String)>,
    /// Rows of a file that hold none, in their order.
    pub broken: Vec<BrokenRow>,
}

/// A row of a file that holds no question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BrokenRow {
    /// Its number, counting from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl Workload {
    /// A digest of all questions, what is asked of each, their classes and times, in their order.
    pub fn digest(&self) -> String {
        let mut digest = Xxh3::new();
        for task in &self.tasks {
            let at = task.at.map_or(0, |at| at.as_nanos());
            for part in [&task.class, &task.query, &task.ask.to_string(), &at.to_string()] {
                digest.update(part.as_bytes());
                digest.update(&[0]);
            }
        }
        format!("{:016x}", digest.digest())
    }
}

/// How many articles match.
fn count(archive: &ArchiveReader, query: &Query) -> Result<u64, Error> {
    let request = SearchRequest { limit: 0, snippets: 0, ..SearchRequest::new(query.clone()) };
    Ok(search(archive, &request)?.total)
}

#[cfg(test)]
mod tests;
