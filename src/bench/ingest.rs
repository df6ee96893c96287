//! Indexing as it is measured: by itself, and while questions are asked.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::clock::{Clock, Monotonic};
use super::generated::write_articles;
use super::interrupt::Interrupt;
use super::report::Ingest;
use super::resources::Usage;
use super::samples::nanos;
use crate::error::Error;
use crate::index::{ArchiveReader, IndexReport, IndexRequest, Prune, peak_memory, update};

/// Articles that are added at a time while questions are asked.
const BATCH: usize = 200;

/// Indexes files into the index in `folder`, on so many threads, and sees when they are found.
pub(super) fn ingest(
    clock: &Monotonic,
    folder: &Path,
    sources: &[PathBuf],
    threads: usize,
) -> Result<Ingest, Error> {
    let bytes_before = size(folder);
    let before = Usage::now(clock);
    let begun = clock.now();
    let request = IndexRequest { threads, prune: Prune::Off, ..IndexRequest::update(sources) };
    let report = update(folder, &request, &mut |_| ())?;
    let elapsed = clock.since(begun);
    ArchiveReader::open(folder)?.stats()?;
    let searchable = clock.since(begun);
    let after = Usage::now(clock);
    Ok(Ingest {
        index_bytes: size(folder).saturating_sub(bytes_before),
        written_bytes: after.written_bytes.zip(before.written_bytes).map(|(now, then)| now - then),
        peak_memory: peak_memory(),
        ..came_to(&report, elapsed, searchable)
    })
}

fn came_to(report: &IndexReport, elapsed: Duration, searchable: Duration) -> Ingest {
    Ingest {
        articles: report.articles_written,
        rejected: report.rejects.values().sum(),
        source_bytes: report.bytes_read,
        elapsed_ns: nanos(elapsed),
        searchable_ns: nanos(searchable),
        ..Ingest::default()
    }
}

/// Adds articles to the index in `folder` until `stop` is set: those of `sources` first, and then made
/// up ones, which `room` has room for. Tells what was added in all.
pub(super) fn add_until(
    folder: &Path,
    sources: &[PathBuf],
    room: &Path,
    seed: u64,
    stop: &Interrupt,
) -> Result<Ingest, Error> {
    let clock = Monotonic::begin();
    let mut sum = Ingest::default();
    if !sources.is_empty() {
        add(&mut sum, ingest(&clock, folder, sources, 1)?);
    }
    let mut batch = 0;
    while !stop.is_set() {
        let path = room.join(format!("made-up-{batch}.jsonl"));
        let written = File::create(&path)
            .and_then(|file| write_articles(&mut BufWriter::new(file), BATCH, seed + batch));
        written.map_err(|source| Error::Write { path: path.clone(), source })?;
        add(&mut sum, ingest(&clock, folder, &[path], 1)?);
        batch += 1;
    }
    Ok(sum)
}

fn add(sum: &mut Ingest, more: Ingest) {
    sum.articles += more.articles;
    sum.rejected += more.rejected;
    sum.source_bytes += more.source_bytes;
    sum.index_bytes += more.index_bytes;
    sum.written_bytes = Some(sum.written_bytes.unwrap_or(0) + more.written_bytes.unwrap_or(0));
    sum.elapsed_ns += more.elapsed_ns;
    // Of several, the one that took longest.
    sum.searchable_ns = sum.searchable_ns.max(more.searchable_ns);
    sum.peak_memory = more.peak_memory;
}

/// Copies an index, so that the copy can be changed.
pub(super) fn copy_index(from: &Path, to: &Path) -> Result<(), Error> {
    let unreadable = |error: walkdir::Error| Error::Read {
        path: error.path().unwrap_or(from).to_owned(),
        source: error.into(),
    };
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.map_err(unreadable)?;
        let Ok(relative) = entry.path().strip_prefix(from) else { continue };
        let place = to.join(relative);
        let copied = if entry.file_type().is_dir() {
            fs::create_dir_all(&place)
        } else {
            fs::copy(entry.path(), &place).map(|_| ())
        };
        copied.map_err(|source| Error::Write { path: place, source })?;
    }
    Ok(())
}

fn size(folder: &Path) -> u64 {
    crate::fs::size_below(folder)
}
