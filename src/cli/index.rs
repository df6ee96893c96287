//! `dateline index`.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{IndexOptions, ReportFormat};
use super::reading::{Piped, Reading, reading};
use super::terminal::Terminal;
use super::{Failure, IndexPlace, Outcome, Result, watch};
use crate::index::{
    self, IndexReport, IndexRequest, LEAST_MEMORY, Learning, Mode, Phase, Prune, Trust,
};
use crate::render;
use crate::source::{Found, walk};

pub(super) fn run(
    place: &IndexPlace,
    options: &IndexOptions,
    terminal: &mut Terminal,
) -> Result<Outcome> {
    let reading = reading(&options.reading, &options.paths, &["corpus"])?;
    let request = request(&reading, options)?;
    let report = update(place, &request, terminal.shows_progress && !options.quiet)?;
    print(&report, options, terminal)?;
    if options.watch {
        watch::run(&place.folder, &request.paths, || {
            let learning = match request.learning {
                Learning::Off => Learning::Off,
                Learning::On | Learning::Anew => Learning::On,
            };
            let again = IndexRequest { mode: Mode::Update, learning, ..request.clone() };
            let report = update(place, &again, false)?;
            if report.nothing_changed() {
                return Ok(());
            }
            print(&report, options, terminal)
        })?;
    }
    Ok(Outcome::Done)
}

/// What the options ask for.
fn request(reading: &Reading, options: &IndexOptions) -> Result<IndexRequest> {
    if options.memory < LEAST_MEMORY {
        let detail = format!("--memory: it takes {} MiB at least", LEAST_MEMORY >> 20);
        return Err(Failure::Usage(detail));
    }
    let request = IndexRequest::update(&reading.paths);
    Ok(IndexRequest {
        named: reading.piped.iter().map(Piped::root).collect(),
        walk: reading.walk.clone(),
        read: reading.read.clone(),
        cleaning: reading.cleaning,
        naming: reading.naming,
        article_time: reading.article_time,
        learning: match (reading.learns, options.relearn) {
            (false, _) => Learning::Off,
            (true, true) => Learning::Anew,
            (true, false) => Learning::On,
        },
        mode: if options.rebuild { Mode::Rebuild } else { Mode::Update },
        trust: if options.verify { Trust::Digests } else { Trust::Stamps },
        prune: if options.no_prune { Prune::Off } else { Prune::On },
        memory: options.memory,
        threads: options.threads.unwrap_or(request.threads).max(1),
        ..request
    })
}

fn print(report: &IndexReport, options: &IndexOptions, terminal: &mut Terminal) -> Result<()> {
    if options.quiet {
        return Ok(());
    }
    let style = terminal.style();
    match options.format {
        ReportFormat::Table => render::index_report(terminal.out(), report, style)?,
        ReportFormat::Json => render::index_report_json(terminal.out(), report)?,
    }
    // Whoever watches sees it now.
    Ok(terminal.out().flush()?)
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
            bar.set_message(match progress.phase {
                Phase::Learning => "looking for what sites repeat".to_owned(),
                Phase::Indexing => format!("{} articles", progress.articles),
            });
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
