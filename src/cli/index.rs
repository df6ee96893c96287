//! `dateline index`.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{IndexOptions, ReadingOptions, ReportFormat};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result};
use crate::extract::Cleaning;
use crate::index::{self, IndexReport, IndexRequest, Mode};
use crate::render;
use crate::source::{Found, KeyMap, ReadOptions, walk};

pub(super) fn run(
    place: &IndexPlace,
    options: &IndexOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let (read, cleaning) = reading(&options.reading)?;
    let mut request = IndexRequest { read, cleaning, ..IndexRequest::update(&options.paths) };
    if options.rebuild {
        request.mode = Mode::Rebuild;
    }
    if let Some(threads) = options.threads {
        request.threads = threads.max(1);
    }
    let progress = terminal.shows_progress && !options.quiet;
    let report = update(place, &request, progress)?;
    if !options.quiet {
        let style = terminal.style();
        match options.format {
            ReportFormat::Table => render::index_report(terminal.out(), &report, style)?,
            ReportFormat::Json => render::index_report_json(terminal.out(), &report)?,
        }
    }
    Ok(Outcome::Done)
}

/// Makes the default index from the sample archive, where there is none yet.
pub(super) fn build_sample(place: &IndexPlace, terminal: &mut Terminal) -> Result<()> {
    let corpus = PathBuf::from("corpus");
    if !place.is_default || index::ArchiveReader::exists(&place.folder) || !corpus.is_dir() {
        return Ok(());
    }
    writeln!(terminal.err(), "note: `index` is empty; indexing `corpus` first")?;
    let report = update(place, &IndexRequest::update([corpus]), terminal.shows_progress)?;
    let (articles, elapsed) = (report.articles_total, report.elapsed.as_secs_f64());
    writeln!(terminal.err(), "note: indexed {articles} articles in {elapsed:.1} s")?;
    Ok(())
}

/// What the options say of reading and cleaning.
pub(super) fn reading(options: &ReadingOptions) -> Result<(ReadOptions, Cleaning)> {
    let keys =
        KeyMap::with_overrides(&options.map).map_err(|error| Failure::Usage(error.to_string()))?;
    let read = ReadOptions { keys, ..ReadOptions::default() };
    Ok((read, if options.no_clean { Cleaning::Off } else { Cleaning::On }))
}

fn update(place: &IndexPlace, request: &IndexRequest, progress: bool) -> Result<IndexReport> {
    if !progress {
        return Ok(index::update(&place.folder, request, &mut |_| ())?);
    }
    let bar = progress_bar();
    let report = std::thread::scope(|scope| {
        // Counting ahead gives the time left; it costs a walk without reading.
        scope.spawn(|| count_files(&request.paths, &bar));
        let report = index::update(&place.folder, request, &mut |progress| {
            bar.set_position(progress.sources);
            bar.set_message(format!("{} articles", progress.articles));
        });
        bar.finish_and_clear();
        report
    });
    Ok(report?)
}

fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{elapsed_precise} {wide_bar} {pos}/{len} files, {msg}, {per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

fn count_files(paths: &[PathBuf], bar: &ProgressBar) {
    let roots: Vec<_> = paths
        .iter()
        .map(|path| crate::source::Root { path: path.clone(), label: String::new() })
        .collect();
    for found in walk(&roots) {
        if bar.is_finished() {
            return;
        }
        if matches!(found, Found::File(_)) {
            bar.inc_length(1);
        }
    }
}
