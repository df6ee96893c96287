//! `dateline batch`: a file of questions, answered as a run in the form of TREC, or counted in a
//! table.

mod list;
mod names;
mod topics;

use super::args::{BatchFormat, BatchOptions};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index};
use crate::render::ListFormat;

pub(super) fn run(
    place: &IndexPlace,
    options: &BatchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.aliases, terminal)?;
    let format = match options.format {
        // Who asks for columns wants a table.
        None if options.by.is_some() => ListFormat::Table,
        None | Some(BatchFormat::Trec) => return topics::run(&archive, options, terminal),
        Some(BatchFormat::Table) => ListFormat::Table,
        Some(BatchFormat::Json) => ListFormat::Json,
        Some(BatchFormat::Jsonl) => ListFormat::Jsonl,
        Some(BatchFormat::Csv) => ListFormat::Csv,
    };
    list::run(&archive, options, format, terminal)
}
