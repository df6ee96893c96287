//! `dateline search`.

use super::args::{SearchOptions, SortOrder};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, index};
use crate::index::ArchiveReader;
use crate::query::{Query, parse};
use crate::render::{self, HitWriter};
use crate::search::{Hits, Matching, SearchRequest, Sort, search, stream};

pub(super) fn run(
    place: &IndexPlace,
    options: &SearchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = ArchiveReader::open(&place.folder)?;
    let request = request(options);
    let line_end = options.hits.line_end()?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &request.repairs, error_style)?;
    if request.query == Query::Nothing {
        writeln!(
            terminal.err(),
            "note: an empty question matches nothing; `*` matches everything"
        )?;
    }
    let mut writer = HitWriter::new(options.hits.format(), terminal.style(), line_end);
    let answer = match options.hits.limit() {
        Some(_) => page(&archive, &request, options, &mut writer, terminal)?,
        None => all(&archive, &request, &mut writer, terminal)?,
    };
    Ok(if answer.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Prints a page of hits, or how many there are; what is known of the answer comes first, so that it
/// stands above them.
fn page(
    archive: &ArchiveReader,
    request: &SearchRequest,
    options: &SearchOptions,
    writer: &mut HitWriter,
    terminal: &mut Terminal,
) -> Result<Hits> {
    let answer = search(archive, request)?;
    render::summary(terminal.err(), &answer)?;
    if options.hits.count {
        writeln!(terminal.out(), "{}", answer.total)?;
        return Ok(answer);
    }
    render::next_page(terminal.err(), &answer)?;
    writer.begin(terminal.out(), &answer)?;
    writer.hits(terminal.out(), &answer.hits)?;
    writer.end(terminal.out(), &answer)?;
    Ok(answer)
}

/// Prints every hit as it is fetched.
fn all(
    archive: &ArchiveReader,
    request: &SearchRequest,
    writer: &mut HitWriter,
    terminal: &mut Terminal,
) -> Result<Hits> {
    let mut stream = stream(archive, request)?;
    writer.begin(terminal.out(), &stream.summary())?;
    loop {
        let hits = stream.batch()?;
        if hits.is_empty() {
            break;
        }
        writer.hits(terminal.out(), &hits)?;
    }
    let answer = stream.summary();
    writer.end(terminal.out(), &answer)?;
    render::summary(terminal.err(), &answer)?;
    Ok(answer)
}

fn request(options: &SearchOptions) -> SearchRequest {
    let parsed = parse(&options.query.join(" "), today());
    SearchRequest {
        query: parsed.query,
        repairs: parsed.repairs,
        matching: if options.any { Matching::AnyWord } else { Matching::AllWords },
        sort: match options.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Date => Sort::Oldest,
            SortOrder::MinusDate => Sort::Newest,
            SortOrder::Length => Sort::Shortest,
            SortOrder::MinusLength => Sort::Longest,
        },
        limit: options.hits.limit().unwrap_or(usize::MAX),
        offset: options.hits.offset,
        snippets: options.hits.snippets(),
        detail: options.hits.detail(),
        after: options.hits.cursor,
    }
}

/// The day on the reader's own calendar.
pub(super) fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}
