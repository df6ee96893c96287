//! A list of names or questions, counted in a table with a row for each.

use std::collections::HashMap;
use std::fs;
use std::time::Instant;

use super::super::args::BatchOptions;
use super::super::question::{self, today};
use super::super::terminal::Terminal;
use super::super::{Outcome, Result};
use super::names::{Row, rows};
use crate::clean::decode;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Query, is_field, parse};
use crate::render::{self, ListFormat, RosterEntry, Status};
use crate::search::{Matching, roster};
use crate::source::Media;

/// What a row asks and what became of it; or why nothing could.
type Read = std::result::Result<(Query, Status), String>;

pub(super) fn run(
    archive: &ArchiveReader,
    options: &BatchOptions,
    format: ListFormat,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let path = &options.topics;
    let bytes = fs::read(path).map_err(Error::reading(path))?;
    let text = decode(&bytes, Media::Text, None).text;
    let begun = Instant::now();
    let (mut entries, mut queries) = (Vec::new(), Vec::new());
    let mut seen = HashMap::new();
    for row in rows(&text) {
        let (query, mut status) =
            read(&row, options).unwrap_or_else(|fault| (Query::Nothing, Status::Bad(fault)));
        let Row { line, name, .. } = row;
        let asked = query.to_string();
        if let Some(line) = seen.insert((name.clone(), asked.clone()), line) {
            status = Status::Repeated { line };
        }
        entries.push(RosterEntry { line, name, query: asked, status });
        queries.push(query);
    }
    let counted = roster(archive, &queries, Matching::AllWords, options.by)?;
    for (entry, row) in entries.iter_mut().zip(&counted.rows) {
        if entry.status == Status::Done && row.articles == 0 {
            entry.status = Status::Nothing;
        }
    }
    let style = terminal.style();
    render::roster(terminal.out(), &entries, &counted, format, style)?;
    let index = (archive.articles(), archive.generation());
    render::roster_summary(terminal.err(), &entries, index, begun.elapsed())?;
    let is_nothing = counted.rows.iter().all(|row| row.articles == 0);
    Ok(if is_nothing { Outcome::NothingFound } else { Outcome::Done })
}

/// A name stands for its words side by side, whatever signs it holds.
fn read(row: &Row, options: &BatchOptions) -> Read {
    let (query, status) = match &row.query {
        Some(typed) => asked(typed, options)?,
        None if options.syntax => asked(&row.name, options)?,
        None => (parse(&quoted(&row.name), today()).query, Status::Done),
    };
    if query == Query::Nothing {
        return Err("it asks for nothing".into());
    }
    let Some(filter) = &row.filter else { return Ok((query, status)) };
    let (field, value) = filter.split_once('=').ok_or("its filter is not `field=value`")?;
    if !is_field(field.trim()) {
        return Err(format!("`{field}` is no field"));
    }
    let filter = parse(&format!("{}:{}", field.trim(), quoted(value)), today()).query;
    Ok((Query::all_of(vec![query, filter]).unwrap_or(Query::Nothing), status))
}

fn asked(typed: &str, options: &BatchOptions) -> Read {
    let parsed = parse(typed, today());
    if options.strict_syntax
        && let Some(faults) = question::faults(typed, &parsed.repairs)
    {
        return Err(faults.replace("\n ", ";"));
    }
    let repairs: Vec<_> = parsed.repairs.iter().map(|repair| repair.message.as_str()).collect();
    let is_sound = repairs.is_empty();
    let status = if is_sound { Status::Done } else { Status::Repaired(repairs.join("; ")) };
    Ok((parsed.query, status))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '“', '”', '„', '«', '»'], " ").trim())
}
