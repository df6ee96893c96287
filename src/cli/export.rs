//! `dateline export`.

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::Utc;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::args::{QuestionOptions, SortOrder};
use super::hit_options::{CopiesOptions, detail, shows_passages};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, aliases, index, question};
use crate::fs::write_whole;
use crate::index::ArchiveReader;
use crate::render::{self, Format, HitWriter, LineEnd, Style};
use crate::search::{Detail, Hits, SearchRequest, Stream, stream};

#[derive(Args, Debug)]
pub(super) struct ExportOptions {
    #[command(flatten)]
    question: QuestionOptions,

    /// The order of the articles
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    sort: SortOrder,

    #[command(flatten)]
    copies: CopiesOptions,

    /// How many passages of each article go with it
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,

    /// The file to write, as a whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What to write of them
    #[arg(short, long, value_name = "FORMAT", default_value = "jsonl", value_parser = export_format())]
    format: ExportFormat,
}

/// What is written of the articles that match.
#[derive(Clone, Copy, Debug)]
enum ExportFormat {
    Hits(Format),
    /// The records themselves, of articles that come from WARC files; packed.
    Warc,
}

/// The name of that format.
const WARC: &str = "warc";

/// The formats by their names; a table is for people.
fn export_format() -> impl TypedValueParser<Value = ExportFormat> {
    let formats = Format::ALL.iter().filter(|format| **format != Format::Table);
    let names = formats.map(|format| format.name()).chain([WARC]);
    PossibleValuesParser::new(names).map(|name| {
        // Every other name is that of a format.
        Format::from_name(&name).map_or(ExportFormat::Warc, ExportFormat::Hits)
    })
}

pub(super) fn run(
    place: &IndexPlace,
    options: &ExportOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    index::build_sample(place, terminal)?;
    let archive = aliases::open(place, &options.question.aliases, terminal)?;
    let parsed = question::read(&options.question)?;
    let error_style = terminal.error_style();
    render::repairs(terminal.err(), &parsed.repairs, error_style)?;
    let format = match options.format {
        ExportFormat::Hits(format) => Some(format),
        ExportFormat::Warc => None,
    };
    let request = SearchRequest {
        repairs: parsed.repairs,
        matching: question::matching(&options.question),
        sort: options.sort.into(),
        limit: usize::MAX,
        snippets: if format.is_some_and(shows_passages) { options.snippets } else { 0 },
        detail: format.map_or(Detail::Whole, detail),
        copies: options.copies.choice(),
        ..SearchRequest::new(parsed.query)
    };
    let mut export = Export { archive: &archive, format, written: 0, left_out: 0 };
    let style = terminal.style();
    let mut stream = stream(&archive, &request)?;
    let answer = match &options.output {
        None => export.write(&mut stream, terminal.out(), style)?,
        Some(path) => {
            let mut outcome = Ok(stream.summary());
            write_whole(path, |file| {
                outcome = export.write(&mut stream, file, style);
                match &outcome {
                    Err(Failure::Output(error)) => {
                        Err(io::Error::new(error.kind(), error.to_string()))
                    }
                    // The file is not kept.
                    Err(_) => Err(io::ErrorKind::Interrupted.into()),
                    Ok(_) => Ok(()),
                }
            })?;
            outcome?
        }
    };
    render::summary(terminal.err(), &answer)?;
    if export.left_out > 0 {
        let left_out = export.left_out;
        let note = "of no WARC file that is still there and can be sought";
        writeln!(terminal.err(), "note: {left_out} articles are left out: they are {note}")?;
    }
    Ok(if export.written == 0 { Outcome::NothingFound } else { Outcome::Done })
}

struct Export<'a> {
    archive: &'a ArchiveReader,
    format: Option<Format>,
    /// Articles that were written.
    written: u64,
    /// Articles whose records could not be had.
    left_out: u64,
}

impl Export<'_> {
    fn write(
        &mut self,
        stream: &mut Stream<'_>,
        out: &mut dyn Write,
        style: Style,
    ) -> Result<Hits> {
        match self.format {
            None => self.records(stream, out),
            Some(format) => {
                let mut writer = HitWriter::new(format, style, LineEnd::default());
                writer.begin(out, &stream.summary())?;
                loop {
                    let hits = stream.batch()?;
                    if hits.is_empty() {
                        break;
                    }
                    writer.hits(out, &hits)?;
                    self.written += hits.len() as u64;
                }
                let answer = stream.end()?;
                writer.end(out, &answer)?;
                Ok(answer)
            }
        }
    }

    fn records(&mut self, stream: &mut Stream<'_>, out: &mut dyn Write) -> Result<Hits> {
        let known = stream.summary();
        render::warc_info(out, &known.understood, Utc::now())?;
        loop {
            let hits = stream.batch()?;
            if hits.is_empty() {
                break;
            }
            for hit in &hits {
                match self.archive.warc_record(&hit.article) {
                    Some(record) => {
                        render::warc_record(out, &record)?;
                        self.written += 1;
                    }
                    None => self.left_out += 1,
                }
            }
        }
        Ok(known)
    }
}
