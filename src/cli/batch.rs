//! `dateline batch`: a file of questions, answered as a run in the form of TREC.

use std::fs;

use super::args::{BatchFormat, BatchOptions};
use super::search::today;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Query, is_field, parse};
use crate::render;
use crate::search::{Detail, Matching, SearchRequest, search};

/// One line of a file of questions.
#[derive(Debug, Eq, PartialEq)]
struct Topic<'a> {
    id: &'a str,
    query: &'a str,
    /// A field and the value it must have.
    filter: Option<(&'a str, &'a str)>,
}

pub(super) fn run(
    place: &IndexPlace,
    options: &BatchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let topics = fs::read(&options.topics).map_err(Error::reading(&options.topics))?;
    let topics = String::from_utf8_lossy(&topics);
    let mut answered = 0;
    for (number, line) in topics.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match topic(line) {
            Ok(topic) => {
                answer(&archive, &topic, options, terminal)?;
                answered += 1;
            }
            // One bad row never stops the rest.
            Err(fault) => {
                let path = options.topics.display();
                writeln!(terminal.err(), "warning: `{path}` line {}: {fault}", number + 1)?;
            }
        }
    }
    Ok(if answered == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn topic(line: &str) -> std::result::Result<Topic<'_>, &'static str> {
    let mut columns = line.trim_end_matches('\r').split('\t');
    let id = columns.next().map(str::trim).filter(|id| !id.is_empty()).ok_or("no id")?;
    let query = columns.next().ok_or("no query: id and query are separated by a tab")?;
    let filter = match columns.next().map(str::trim).filter(|filter| !filter.is_empty()) {
        None => None,
        Some(filter) => Some(filter.split_once('=').ok_or("the filter is not `field=value`")?),
    };
    Ok(Topic { id, query, filter })
}

fn answer(
    archive: &ArchiveReader,
    topic: &Topic<'_>,
    options: &BatchOptions,
    terminal: &mut Terminal,
) -> Result<()> {
    let mut query = parse(topic.query, today()).query;
    if let Some((field, _)) = topic.filter
        && !is_field(field)
    {
        let id = topic.id;
        writeln!(terminal.err(), "warning: topic `{id}`: `{field}` is no field; left out")?;
    } else if let Some((field, value)) = topic.filter {
        let value = value.replace('"', " ");
        let filter = parse(&format!("{field}:\"{value}\""), today()).query;
        query = match query {
            Query::And(mut clauses) => {
                clauses.push(filter);
                Query::And(clauses)
            }
            other => Query::And(vec![other, filter]),
        };
    }
    let request = SearchRequest {
        matching: if options.all { Matching::AllWords } else { Matching::AnyWord },
        limit: options.limit,
        snippets: 0,
        detail: Detail::Brief,
        ..SearchRequest::new(query)
    };
    let answer = search(archive, &request)?;
    match options.format {
        BatchFormat::Trec => render::trec_run(terminal.out(), topic.id, &answer, &options.tag)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_id_query_and_perhaps_a_filter() {
        let plain = Topic { id: "7", query: "crude oil", filter: None };
        assert_eq!(topic("7\tcrude oil"), Ok(plain));
        let filtered = Topic { id: "7", query: "coffee", filter: Some(("region", "brazil")) };
        assert_eq!(topic("7\tcoffee\tregion=brazil\r"), Ok(filtered));
    }

    #[test]
    fn a_bad_row_says_what_is_wrong() {
        assert!(topic("7 crude oil").is_err());
        assert!(topic("\tcrude oil").is_err());
        assert!(topic("7\tcoffee\tbrazil").is_err());
    }
}
