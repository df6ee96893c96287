//! `dateline search`.

use std::path::Path;

use chrono::Utc;

use super::args::SearchOptions;
use super::hit_options::shows_passages;
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result, aliases, index, question};
use crate::fs::write_whole;
use crate::index::ArchiveReader;
use crate::query::{Query, Wording};
use crate::render::{self, HitWriter};
use crate::search::{
    Detail, Hits, Matching, Receipt, ReceiptHit, Recency, SearchRequest, diagnose, search, stream,
};

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
    let mut printed = Vec::new();
    let answer = if options.hits.limit().is_some() {
        page(&archive, &request, options, &mut writer, terminal)?
    } else {
        // Only a receipt needs to hold what was printed.
        let receipt = options.receipt.is_some().then_some(&mut printed);
        all(&archive, &request, &mut writer, receipt, terminal)?
    };
    if let Some(path) = &options.receipt {
        if options.hits.limit().is_some() {
            printed.extend(answer.hits.iter().map(ReceiptHit::from));
        }
        write_receipt(path, &archive, &request, options, &answer, printed)?;
    }
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
    mut receipt: Option<&mut Vec<ReceiptHit>>,
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
        if let Some(printed) = &mut receipt {
            printed.extend(hits.iter().map(ReceiptHit::from));
        }
    }
    let answer = stream.end()?;
    writer.end(terminal.out(), &answer)?;
    render::summary(terminal.err(), &answer)?;
    Ok(answer)
}

/// Writes down what was asked and found.
fn write_receipt(
    path: &Path,
    archive: &ArchiveReader,
    request: &SearchRequest,
    options: &SearchOptions,
    answer: &Hits,
    printed: Vec<ReceiptHit>,
) -> Result<()> {
    let typed = question::typed(&options.question.query);
    let made = (Utc::now(), question::today());
    let receipt = Receipt::new(archive, request, typed, made, answer, printed)?;
    Ok(write_whole(path, |file| {
        serde_json::to_writer_pretty(&mut *file, &receipt)?;
        file.write_all(b"\n")
    })?)
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
    // Formats with passages have a place to say which words an article lacks.
    let has_room = shows_passages(options.hits.format());
    let fills_up = parsed.wording == Wording::Plain && !options.no_relax && has_room;
    let matching = match question::matching(&options.question) {
        Matching::AllWords if fills_up => Matching::AllWordsFirst,
        matching => matching,
    };
    Ok(SearchRequest {
        query: parsed.query,
        repairs: parsed.repairs,
        matching,
        sort: options.sort.into(),
        limit: options.hits.limit().unwrap_or(usize::MAX),
        offset: options.hits.offset,
        snippets: options.hits.snippets(),
        detail: match options.receipt {
            // It holds the digests of articles.
            Some(_) => Detail::Whole,
            None => options.hits.detail(),
        },
        after: options.hits.cursor,
        recency: options.decay.map(|half_life| Recency { half_life, today: question::today() }),
        shares: options.explain,
        copies: options.hits.copies(),
    })
}
