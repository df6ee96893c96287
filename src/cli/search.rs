//! `dateline search`.

use super::args::{HitFormat, SearchOptions, SortOrder};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index};
use crate::query::{Query, parse};
use crate::render::{self, Format};
use crate::search::{Matching, SearchRequest, Sort, search};

pub(super) fn run(
    place: &IndexPlace,
    options: &SearchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.aliases, terminal)?;
    let request = request(options);
    let answer = search(&archive, &request)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &answer.repairs, error_style)?;
    if request.query == Query::Nothing {
        writeln!(
            terminal.err(),
            "note: an empty question matches nothing; `*` matches everything"
        )?;
    }
    if options.count {
        writeln!(terminal.out(), "{}", answer.total)?;
    } else {
        render::summary(terminal.err(), &answer)?;
        let style = terminal.style();
        render::hits(terminal.out(), &answer, format(options.format), style)?;
    }
    Ok(if answer.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn request(options: &SearchOptions) -> SearchRequest {
    let parsed = parse(&options.query.join(" "), today());
    let wants_passages = matches!(
        options.format,
        HitFormat::Table | HitFormat::Json | HitFormat::Jsonl | HitFormat::Csv
    );
    SearchRequest {
        query: parsed.query,
        repairs: parsed.repairs,
        matching: if options.any { Matching::AnyWord } else { Matching::AllWords },
        sort: match options.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Date => Sort::Oldest,
            SortOrder::MinusDate => Sort::Newest,
        },
        limit: if options.count { 0 } else { options.limit },
        offset: options.offset,
        snippets: wants_passages,
    }
}

/// The day on the reader's own calendar.
pub(super) fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

fn format(format: HitFormat) -> Format {
    match format {
        HitFormat::Table => Format::Table,
        HitFormat::Json => Format::Json,
        HitFormat::Jsonl => Format::Jsonl,
        HitFormat::Csv => Format::Csv,
        HitFormat::Paths => Format::Paths,
        HitFormat::Ids => Format::Ids,
    }
}
