//! A file of questions, answered as a run in the form of TREC.

use std::collections::HashSet;
use std::fs;
use std::time::Instant;

use super::super::args::BatchOptions;
use super::super::question::{self, today};
use super::super::terminal::Terminal;
use super::super::{Failure, Outcome, Result};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Field, Parsed, Query, Wording, is_field, parse};
use crate::render;
use crate::search::{Detail, Hit, Matching, SearchRequest, Sort, ids, search};

/// One line of a file of questions.
#[derive(Debug, Eq, PartialEq)]
struct Topic<'a> {
    id: &'a str,
    query: &'a str,
    /// A field and the value it must have.
    filter: Option<(&'a str, &'a str)>,
}

pub(super) fn run(
    archive: &ArchiveReader,
    options: &BatchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let topics = fs::read(&options.topics).map_err(Error::reading(&options.topics))?;
    let topics = String::from_utf8_lossy(&topics);
    let topics = topics.strip_prefix('\u{feff}').unwrap_or(&topics);
    let begun = Instant::now();
    let mut seen = HashSet::new();
    let (mut answered, mut left_out) = (0, 0);
    for (number, line) in topics.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let place = format!("`{}` line {}", options.topics.display(), number + 1);
        // One bad row never stops the rest.
        let topic = match topic(line) {
            Ok(topic) => topic,
            Err(fault) => {
                writeln!(terminal.err(), "warning: {place}: {fault}")?;
                continue;
            }
        };
        if !seen.insert(topic.id) {
            let id = topic.id;
            writeln!(terminal.err(), "warning: {place}: topic `{id}` was answered before")?;
            continue;
        }
        let parsed = parse(topic.query, today());
        match question::faults(topic.query, &parsed.repairs) {
            Some(faults) if options.strict_syntax => {
                writeln!(terminal.err(), "warning: {place}: {faults}")?;
                left_out += 1;
            }
            _ => {
                for repair in &parsed.repairs {
                    writeln!(terminal.err(), "note: {place}: {repair}")?;
                }
                answer(archive, &topic, parsed, options, terminal)?;
                answered += 1;
            }
        }
    }
    render::batch_summary(
        terminal.err(),
        answered,
        (archive.articles(), archive.generation()),
        begun.elapsed(),
    )?;
    match (answered, left_out) {
        (0, 0) => Ok(Outcome::NothingFound),
        (_, 0) => Ok(Outcome::Done),
        _ => Err(Failure::Usage(format!("{left_out} questions were not answered"))),
    }
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

/// Prints the articles that answer a topic. Whoever types plain words wants a ranking of what the
/// filters select: articles with any of the words by score, then those with none of them. Whoever
/// types operators means each.
fn answer(
    archive: &ArchiveReader,
    topic: &Topic<'_>,
    parsed: Parsed,
    options: &BatchOptions,
    terminal: &mut Terminal,
) -> Result<()> {
    let query = filtered(archive, topic, parsed.query, terminal)?;
    let is_ranking = parsed.wording == Wording::Plain && !options.all;
    let request = SearchRequest {
        matching: if is_ranking { Matching::AnyWord } else { Matching::AllWords },
        limit: options.limit,
        snippets: 0,
        detail: Detail::Brief,
        ..SearchRequest::new(query)
    };
    let mut answer = search(archive, &request)?;
    if is_ranking && let Some(query) = without_words(&request.query) {
        let limit = options.limit.saturating_sub(answer.hits.len());
        let rest = SearchRequest { query, limit, sort: Sort::Newest, ..request };
        let ranks = answer.hits.len() + 1..;
        let rest = ranks.zip(search(archive, &rest)?.hits);
        answer.hits.extend(rest.map(|(rank, hit)| Hit { rank, ..hit }));
    }
    render::trec_run(terminal.out(), topic.id, &answer, &options.tag)?;
    Ok(())
}

/// What selects the articles that pass the filters of `query` and have none of its words; `None`
/// where it has no filters or no words.
fn without_words(query: &Query) -> Option<Query> {
    let Query::And(clauses) = query else { return None };
    let is_filter = |clause: &Query| matches!(clause, Query::Field(..) | Query::Date(_));
    let (mut filters, words): (Vec<_>, Vec<_>) = clauses.iter().cloned().partition(is_filter);
    if filters.is_empty() {
        return None;
    }
    filters.push(Query::none_of(Query::all_of(words)?));
    Query::all_of(filters)
}

/// The query with the filter of its topic; a filter of no field is left out, with a warning.
fn filtered(
    archive: &ArchiveReader,
    topic: &Topic<'_>,
    query: Query,
    terminal: &mut Terminal,
) -> Result<Query> {
    let Some((field, value)) = topic.filter else { return Ok(query) };
    if query == Query::Nothing {
        return Ok(query);
    }
    if !is_field(field) {
        let id = topic.id;
        writeln!(terminal.err(), "warning: topic `{id}`: `{field}` is no field; left out")?;
        return Ok(query);
    }
    let filter = filter(archive, field, value)?;
    Ok(Query::all_of(vec![query, filter]).unwrap_or(Query::Nothing))
}

/// The test of a filter. A region is what the source says it is, if it names that one at all:
/// judgments were made by its labels, and articles about a country that bear another one are right
/// to find but not what is asked for here.
fn filter(archive: &ArchiveReader, field: &str, value: &str) -> Result<Query> {
    let value = value.replace('"', " ");
    let test = |field: &str| parse(&format!("{field}:\"{value}\""), today()).query;
    let filter = test(field);
    if let Query::Field(Field::Region, _) = filter {
        let label = test(Field::Tag.name());
        if !ids(archive, &label, Matching::AllWords)?.is_empty() {
            return Ok(label);
        }
    }
    Ok(filter)
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
