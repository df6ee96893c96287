//! How the engine is set up for archives.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexSettings, TantivyError};

use super::disk::{Disk, Purpose};
use super::layout::Layout;
use super::memory::Shares;
use crate::error::Error;
use crate::fs::Step;
use crate::schema::{self, Fields};

/// Block size of the stored articles, in bytes: a hit decompresses one block, and small blocks
/// measured twice as fast to fetch ten hits from as the engine's 16 kB.
const STORE_BLOCK_BYTES: usize = 4_096;

/// Which segments are merged while an archive is read and afterwards.
pub(super) fn merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    // What a commit a minute leaves, and what daily updates add, counts as of one size and is
    // merged as soon as there are six: cheap at this size, and it keeps the number of segments
    // low where most of them arise.
    policy.set_min_layer_size(20_000);
    // Six of about the same size become one. Each article is then written again about log6(n /
    // 20,000) times, three times in an archive of four million, and there are about 5 segments a
    // factor of six. With fewer, a run spends its time merging; with more, every search pays.
    policy.set_min_num_segments(6);
    // Larger segments stay as they are: merging them takes minutes and as much room again, and a
    // search gains nothing from it. `dateline compact` merges them all the same.
    policy.set_max_docs_before_merge(5_000_000);
    // Articles that were replaced take room and time in every search until they are merged away.
    policy.set_del_docs_ratio_before_merge(0.2);
    policy
}

/// How the engine writes: with as many threads as there is memory for, and one that merges.
pub(super) fn writer_options(shares: Shares, threads: usize) -> IndexWriterOptions {
    let (threads, bytes_each) = shares.engine_threads(threads);
    IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(bytes_each)
        .num_merge_threads(1)
        .build()
}

/// How segments lie on the disk.
pub(super) fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: STORE_BLOCK_BYTES,
        sort_by_field: Some(schema::sort_order()),
        ..Default::default()
    }
}

/// Opens the engine's index in a data folder, or starts one.
pub(super) fn open_or_create(layout: &Layout, data: &str) -> Result<(Index, Disk), Error> {
    let folder: PathBuf = layout.segments(data);
    make_folder(&folder).map_err(Error::writing(&folder))?;
    let disk = Disk::open(&folder, Purpose::Write)
        .map_err(|error| engine_error(&layout.folder, error.into()))?;
    let wrap = |error| disk.failure().unwrap_or_else(|| engine_error(&layout.folder, error));
    let (schema, _) = Fields::schema();
    let index = Index::builder()
        .schema(schema)
        .settings(settings())
        .tokenizers(schema::tokenizers())
        .open_or_create(disk.clone())
        .map_err(wrap)?;
    Ok((index, disk))
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let step = Step::write()?;
    fs::create_dir_all(folder)?;
    step.done();
    Ok(())
}

/// An error of the engine, in our words where it means something to a reader.
pub(super) fn engine_error(folder: &Path, error: TantivyError) -> Error {
    let path = folder.to_owned();
    match error {
        TantivyError::LockFailure(..) => Error::Locked { path, holder: None },
        TantivyError::DataCorruption(damage) => {
            Error::Damaged { path, detail: format!("{damage:?}") }
        }
        source => Error::Engine { path, source: Box::new(source) },
    }
}
