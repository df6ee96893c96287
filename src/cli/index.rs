//! `dateline index`.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{IndexOptions, ReportFormat};
use super::reading::{Piped, Reading, reading};
use super::terminal::Terminal;
use super::{IndexPlace, Outcome, Result};
use crate::index::{self, IndexReport, IndexRequest, Mode, Prune, Trust};
use crate::render;
use crate::source::{Found, walk};

pub(super) fn run(
    place: &IndexPlace,
    options: &IndexOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let Reading { paths, piped, walk, read, cleaning } =
        reading(&options.reading, &options.paths, &["corpus"])?;
    let named = piped.iter().map(Piped::root).collect();
    let mut request = IndexRequest { named, walk, read, cleaning, ..IndexRequest::update(&paths) };
    if options.verify {
        request.trust = Trust::Digests;
    }
    if options.no_prune {
        request.prune = Prune::Off;
    }
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

fn update(place: &IndexPlace, request: &IndexRequest, progress: bool) -> Result<IndexReport> {
    if !progress {
        return Ok(index::update(&place.folder, request, &mut |_| ())?);
    }
    let bar = progress_bar();
    let report = std::thread::scope(|scope| {
        // Counting ahead gives the time left; it costs a walk without reading.
        scope.spawn(|| count_files(request, &bar));
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

fn count_files(request: &IndexRequest, bar: &ProgressBar) {
    let roots: Vec<_> = request
        .paths
        .iter()
        .map(|path| crate::source::Root { path: path.clone(), label: String::new() })
        .collect();
    for found in walk(&roots, &request.walk) {
        if bar.is_finished() {
            return;
        }
        if matches!(found, Found::File(_)) {
            bar.inc_length(1);
        }
    }
}
