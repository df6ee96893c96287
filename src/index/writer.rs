//! Writes to an index. The only caller of commit: a commit of the engine without payload would
//! succeed and clear it, and with it the name of the manifest that belongs to the segments.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::index::SegmentMeta;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::schema::Term;
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument,
    TantivyError,
};

use super::compact::Extent;
use super::deleted::remains;
use super::disk::Disk;
use super::layout::{Header, KnownRoot, Layout, Payload, WriterLock};
use super::manifest::{self, Changes, Entry, Manifest};
use super::memory::Shares;
use crate::article::ArticleId;
use crate::error::Error;
use crate::fs::{Step, remove_file};
use crate::schema::{self, Fields, source_key};

/// More files of changes than this are written together as one.
const MAX_MANIFEST_FILES: usize = 16;

/// Block size of the stored articles, in bytes: a hit decompresses one block, and small blocks
/// measured twice as fast to fetch ten hits from as the engine's 16 kB.
const STORE_BLOCK_BYTES: usize = 4_096;

/// The one writer of an index.
pub(super) struct Writer {
    layout: Layout,
    /// Name of the data folder that is written to.
    data: String,
    /// Whether the header names that folder already.
    visible: bool,
    disk: Disk,
    engine: IndexWriter,
    fields: Fields,
    payload: Payload,
    /// The manifest as of the last commit.
    manifest: Manifest,
    changes: Changes,
    is_touched: bool,
    /// More files of changes than this are written together as one.
    manifest_files: usize,
    _lock: WriterLock,
}

impl Writer {
    /// Opens the index in `folder` for writing, or starts one. With `rebuild` a new one is
    /// started beside the old, which stays in force until [`Writer::finish`].
    pub(super) fn open(
        folder: &Path,
        rebuild: bool,
        shares: Shares,
        threads: usize,
    ) -> Result<Self, Error> {
        let layout = Layout::new(folder);
        let lock = layout.lock()?;
        let current = current_header(&layout, rebuild)?;
        if let Some(header) = &current {
            layout.check(header)?;
        }
        let visible = current.is_some();
        let data = current.map_or_else(|| layout.fresh_data_name(), |header| header.data);
        let (index, disk) = open_or_create(&layout, &data)?;
        let wrap = |error| disk.failure().unwrap_or_else(|| engine_error(folder, error));
        let metas = index.load_metas().map_err(wrap)?;
        disk.remove_leftovers(&metas).map_err(wrap)?;
        let payload = read_payload(folder, metas.payload.as_deref())?;
        let manifest = manifest::read(&layout.data(&data), &payload.manifest)?;
        let options = writer_options(shares, threads);
        let engine: IndexWriter = index.writer_with_options(options).map_err(wrap)?;
        engine.set_merge_policy(Box::new(merge_policy()));
        let (_, fields) = Fields::schema();
        let changes = if rebuild { old_tombstones(&layout) } else { Changes::new() };
        Ok(Self {
            layout,
            data,
            visible,
            disk,
            engine,
            fields,
            payload,
            manifest,
            changes,
            is_touched: false,
            manifest_files: MAX_MANIFEST_FILES,
            _lock: lock,
        })
    }

    pub(super) fn fields(&self) -> Fields {
        self.fields
    }

    pub(super) fn generation(&self) -> u64 {
        self.payload.generation
    }

    /// What was indexed before, as of the last commit.
    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn roots(&self) -> &[KnownRoot] {
        &self.payload.roots
    }

    pub(super) fn set_roots(&mut self, roots: Vec<KnownRoot>) {
        self.payload.roots = roots;
    }

    /// Adds an article.
    pub(super) fn add(&mut self, document: TantivyDocument) -> Result<(), Error> {
        match self.engine.add_document(document) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.engine_error(error)),
        }
    }

    /// Removes all articles of a source that stand in the index so far.
    pub(super) fn remove_articles(&mut self, path: &str) {
        self.engine.delete_term(Term::from_field_u64(self.fields.source, source_key(path)));
    }

    /// Removes one article.
    pub(super) fn remove_article(&mut self, id: ArticleId) {
        self.engine.delete_term(Term::from_field_u64(self.fields.id, id.0));
    }

    /// The index as of the last commit.
    pub(super) fn snapshot(&self) -> Result<Searcher, Error> {
        let reader = self.engine.index().reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = reader.try_into().map_err(|error| self.engine_error(error))?;
        Ok(reader.searcher())
    }

    /// What the manifest says of a source, changes since the last commit included.
    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        match self.changes.get(path) {
            Some(changed) => changed.as_ref(),
            None => self.manifest.get(path),
        }
    }

    /// All entries, changes since the last commit included.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&String, &Entry)> {
        let unchanged = self.manifest.iter().filter(|(path, _)| !self.changes.contains_key(*path));
        let changed = self.changes.iter().filter_map(|(path, entry)| Some((path, entry.as_ref()?)));
        unchanged.chain(changed)
    }

    /// What the manifest is to say of a source, to be changed.
    pub(super) fn change(&mut self, path: &str) -> &mut Entry {
        let known = self.manifest.get(path);
        let changed = self.changes.entry(path.to_owned()).or_insert_with(|| known.cloned());
        changed.get_or_insert_default()
    }

    /// Sets what the manifest says of a source; `None` to forget it.
    pub(super) fn record(&mut self, path: String, entry: Option<Entry>) {
        self.changes.insert(path, entry);
    }

    /// Notes that articles were changed though no source was.
    pub(super) fn touch(&mut self) {
        self.is_touched = true;
    }

    /// Whether anything is to be committed.
    pub(super) fn has_changes(&self) -> bool {
        self.is_touched || !self.changes.is_empty()
    }

    /// Makes all that was added, removed and recorded visible in one step.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        let generation = self.payload.generation + 1;
        let mut payload = Payload { generation, ..self.payload.clone() };
        self.write_manifest(&mut payload)?;
        // Strings and numbers always have a JSON form.
        let text = serde_json::to_string(&payload).unwrap_or_default();
        let committed = self.engine.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&text);
            prepared.commit()
        });
        committed.map_err(|error| self.engine_error(error))?;
        self.payload = payload;
        self.is_touched = false;
        for (path, entry) in std::mem::take(&mut self.changes) {
            match entry {
                Some(entry) => self.manifest.insert(path, entry),
                None => self.manifest.remove(&path),
            };
        }
        self.remove_old_manifests();
        Ok(())
    }

    /// Makes a first or rebuilt index the one that readers open. Called at the end of a run; for
    /// a first index also after its first commit, so that it can be searched early.
    pub(super) fn make_visible(&mut self) -> Result<(), Error> {
        if !self.visible {
            self.layout.write_header(&self.data)?;
            self.visible = true;
            self.layout.remove_other_data(Some(&self.data));
        }
        Ok(())
    }

    /// How much the last commit takes, without its bytes.
    pub(super) fn extent(&self) -> Result<Extent, Error> {
        let metas = self.engine.index().load_metas().map_err(|error| self.engine_error(error))?;
        let sum = |count: fn(&SegmentMeta) -> u32| {
            metas.segments.iter().map(|segment| u64::from(count(segment))).sum()
        };
        Ok(Extent {
            segments: metas.segments.len() as u64,
            articles: sum(SegmentMeta::num_docs),
            deleted: sum(SegmentMeta::num_deleted_docs),
            manifest_files: self.payload.manifest.len() as u64,
            bytes: 0,
        })
    }

    /// Makes one segment and one manifest file of all.
    pub(super) fn compact(&mut self) -> Result<(), Error> {
        self.engine.set_merge_policy(Box::new(NoMergePolicy));
        let metas = self.engine.index().load_metas().map_err(|error| self.engine_error(error))?;
        let deleted = metas.segments.iter().any(SegmentMeta::has_deletes);
        if metas.segments.len() > 1 || deleted {
            let ids: Vec<_> = metas.segments.iter().map(SegmentMeta::id).collect();
            let merged = self.engine.merge(&ids).wait();
            merged.map_err(|error| self.engine_error(error))?;
        }
        drop(metas);
        self.manifest_files = 0;
        self.commit()?;
        self.manifest_files = MAX_MANIFEST_FILES;
        self.remove_manifests(|_| false);
        let metas = self.engine.index().load_metas().map_err(|error| self.engine_error(error))?;
        self.disk.remove_leftovers(&metas).map_err(|error| self.engine_error(error))
    }

    /// Waits for running merges and closes the index.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.make_visible()?;
        let (folder, disk) = (self.layout.folder.clone(), self.disk);
        let wrap = |error| disk.failure().unwrap_or_else(|| engine_error(&folder, error));
        self.engine.wait_merging_threads().map_err(wrap)
    }

    /// Writes the changes as a file of their own, or everything anew when there are many files.
    fn write_manifest(&self, payload: &mut Payload) -> Result<(), Error> {
        let name = format!("manifest-{}.jsonl", payload.generation);
        let path = self.layout.data(&self.data).join(&name);
        if payload.manifest.len() < self.manifest_files {
            let changes = self.changes.iter().map(|(path, entry)| (path, entry.as_ref()));
            let digest = manifest::write(&path, changes)?;
            payload.manifest.push(name.clone());
            payload.digests.insert(name, digest);
            return Ok(());
        }
        let entries = self.entries().map(|(path, entry)| (path, Some(entry)));
        let digest = manifest::write(&path, entries)?;
        payload.manifest = vec![name.clone()];
        payload.digests = BTreeMap::from([(name, digest)]);
        Ok(())
    }

    /// Removes manifest files that neither this generation nor the one before names: a reader
    /// may just have opened that one.
    fn remove_old_manifests(&self) {
        let last = format!("manifest-{}.jsonl", self.payload.generation.saturating_sub(1));
        // One commit may have replaced all; its predecessors are needed one generation more.
        let replaced_now = self.payload.manifest.len() == 1 && self.payload.generation > 1;
        self.remove_manifests(|name| name == last || replaced_now);
    }

    /// Removes manifest files that this generation does not name, but those that `keep` says.
    fn remove_manifests(&self, keep: impl Fn(&str) -> bool) {
        let Ok(entries) = fs::read_dir(self.layout.data(&self.data)) else { return };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let in_use = self.payload.manifest.contains(&name) || keep(&name);
            if name.starts_with("manifest-") && !in_use {
                let _ = remove_file(&entry.path());
            }
        }
    }

    /// An error of the engine on this index; what the system said of a file, where it did.
    pub(super) fn engine_error(&self, error: TantivyError) -> Error {
        self.disk.failure().unwrap_or_else(|| engine_error(&self.layout.folder, error))
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("layout", &self.layout).finish_non_exhaustive()
    }
}

/// Which segments are merged while an archive is read and afterwards.
fn merge_policy() -> LogMergePolicy {
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

/// The header of the index that is written to; `None` where a new one is begun.
fn current_header(layout: &Layout, rebuild: bool) -> Result<Option<Header>, Error> {
    match layout.read_header() {
        // A rebuild is the way back from this. The data are left until the new ones are complete.
        Err(Error::Damaged { .. }) if rebuild => Ok(None),
        Err(error) => Err(error),
        Ok(header) => {
            layout.remove_other_data(header.as_ref().map(|header| header.data.as_str()));
            Ok(header.filter(|_| !rebuild))
        }
    }
}

/// What was deleted by hand in the index that is built anew. Read from all its manifest files, so
/// that a damaged index does not bring back what was deleted.
fn old_tombstones(layout: &Layout) -> Changes {
    let mut manifest = Manifest::new();
    for path in layout.manifest_files() {
        manifest::salvage(&path).unwrap_or_default().apply(&mut manifest);
    }
    let remains = |(path, entry)| Some((path, Some(remains(Some(&entry))?)));
    manifest.into_iter().filter_map(remains).collect()
}

fn open_or_create(layout: &Layout, data: &str) -> Result<(Index, Disk), Error> {
    let folder: PathBuf = layout.segments(data);
    make_folder(&folder).map_err(Error::writing(&folder))?;
    let disk = Disk::open(&folder).map_err(|error| engine_error(&layout.folder, error.into()))?;
    let wrap = |error| disk.failure().unwrap_or_else(|| engine_error(&layout.folder, error));
    let settings = IndexSettings { docstore_blocksize: STORE_BLOCK_BYTES, ..Default::default() };
    let (schema, _) = Fields::schema();
    let index = Index::builder()
        .schema(schema)
        .settings(settings)
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

/// Reads what a commit carried; an index without commit has none.
pub(super) fn read_payload(folder: &Path, payload: Option<&str>) -> Result<Payload, Error> {
    let Some(payload) = payload else { return Ok(Payload::default()) };
    serde_json::from_str(payload).map_err(|error| Error::Damaged {
        path: folder.to_owned(),
        detail: format!("what the last commit carries: {error}"),
    })
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
