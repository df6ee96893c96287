//! What the commands share that count what matches.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use super::args::{AliasOptions, QuestionOptions};
use super::terminal::Terminal;
use super::{IndexPlace, Result, aliases, index, question};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Parsed, Query};
use crate::render;
use crate::search::{Hits, Matching, SearchRequest, search};

/// The archive that is asked.
pub(super) fn open(
    place: &IndexPlace,
    options: &AliasOptions,
    terminal: &mut Terminal,
) -> Result<ArchiveReader> {
    index::build_sample(place, terminal)?;
    aliases::open(place, options, terminal)
}

/// What a question comes to before anything is counted.
pub(super) struct Asked {
    pub(super) query: Query,
    pub(super) matching: Matching,
    /// What is known of its answer, without hits.
    pub(super) answer: Hits,
}

/// Reads the question, tells what was repaired in it, and finds how much matches. Without a question
/// all articles are meant.
pub(super) fn ask(
    archive: &ArchiveReader,
    options: &QuestionOptions,
    terminal: &mut Terminal,
) -> Result<Asked> {
    let parsed = question::read(options)?;
    let is_empty = options.query.is_empty();
    let parsed = if is_empty { Parsed { query: Query::All, ..parsed } } else { parsed };
    ask_parsed(archive, parsed, question::matching(options), terminal)
}

/// Likewise, of a question that was read.
pub(super) fn ask_parsed(
    archive: &ArchiveReader,
    Parsed { query, repairs, .. }: Parsed,
    matching: Matching,
    terminal: &mut Terminal,
) -> Result<Asked> {
    let style = terminal.error_style();
    render::repairs(terminal.err(), &repairs, style)?;
    let request =
        SearchRequest { matching, repairs, limit: 0, snippets: 0, ..SearchRequest::new(query) };
    let answer = search(archive, &request)?;
    render::limits(terminal.err(), &answer.limits, style)?;
    Ok(Asked { query: request.query, matching, answer })
}

/// Writes a figure to a file, if one is wanted.
pub(super) fn plot(path: Option<&Path>, draw: impl FnOnce() -> io::Result<String>) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let write = || File::create(path)?.write_all(draw()?.as_bytes());
    write().map_err(|source| Error::Write { path: path.to_owned(), source }.into())
}
