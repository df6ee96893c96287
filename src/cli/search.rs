//! `dateline search`.

use super::args::{SearchOptions, SortOrder};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index, question};
use crate::index::ArchiveReader;
use crate::query::{Query, Wording};
use crate::render::{self, Format, HitWriter};
use crate::search::{Hits, Matching, Recency, SearchRequest, Sort, diagnose, search, stream};

pub(super) fn run(
    place: &IndexPlace,
    options: &SearchOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.question.aliases, terminal)?;
    let request = request(options)?;
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
    let error_style = terminal.error_style();
    let mut answer = search(archive, request)?;
    render::limits(terminal.err(), &answer.limits, error_style)?;
    render::summary(terminal.err(), &answer)?;
    if options.hits.count {
        writeln!(terminal.out(), "{}", answer.total)?;
        return Ok(answer);
    }
    explain_nothing(archive, request, &mut answer, terminal)?;
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
    let error_style = terminal.error_style();
    let mut stream = stream(archive, request)?;
    let mut known = stream.summary();
    render::limits(terminal.err(), &known.limits, error_style)?;
    explain_nothing(archive, request, &mut known, terminal)?;
    writer.begin(terminal.out(), &known)?;
    loop {
        let hits = stream.batch()?;
        if hits.is_empty() {
            break;
        }
        writer.hits(terminal.out(), &hits)?;
    }
    let answer = stream.end()?;
    writer.end(terminal.out(), &answer)?;
    render::summary(terminal.err(), &answer)?;
    Ok(answer)
}

/// Finds out why nothing matches, if nothing does, and tells it.
fn explain_nothing(
    archive: &ArchiveReader,
    request: &SearchRequest,
    answer: &mut Hits,
    terminal: &mut Terminal,
) -> Result<()> {
    if answer.total > 0 || request.query == Query::Nothing {
        return Ok(());
    }
    let error_style = terminal.error_style();
    let diagnosis = answer.diagnosis.insert(diagnose(archive, request)?);
    Ok(render::diagnosis(terminal.err(), diagnosis, error_style)?)
}

fn request(options: &SearchOptions) -> Result<SearchRequest> {
    let parsed = question::read(&options.question)?;
    let has_room = says_what_is_lacking(options.hits.format());
    let fills_up = parsed.wording == Wording::Plain && !options.no_relax && has_room;
    let matching = match question::matching(&options.question) {
        Matching::AllWords if fills_up => Matching::AllWordsFirst,
        matching => matching,
    };
    Ok(SearchRequest {
        query: parsed.query,
        repairs: parsed.repairs,
        matching,
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
        recency: options.decay.map(|half_life| Recency { half_life, today: question::today() }),
        shares: options.explain,
    })
}

/// Whether the format has a place to say which words an article lacks.
fn says_what_is_lacking(format: Format) -> bool {
    match format {
        Format::Table
        | Format::Json
        | Format::Jsonl
        | Format::Csv
        | Format::Tsv
        | Format::Markdown => true,
        Format::Paths
        | Format::Ids
        | Format::Trec
        | Format::Bibtex
        | Format::Ris
        | Format::CslJson => false,
    }
}
