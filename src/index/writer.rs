//! Writes to an index. The only caller of commit: a commit of the engine without payload would
//! succeed and clear it, and with it the name of the manifest that belongs to the segments.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tantivy::index::SegmentMeta;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::Term;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

use super::compact::Extent;
use super::deleted::remains;
use super::disk::Disk;
use super::engine::{engine_error, merge_policy, open_or_create, writer_options};
use super::families;
use super::layout::{Header, KnownRoot, Layout, Payload, WriterLock};
use super::manifest::{self, Changes, Entry, Manifest};
use super::memory::Shares;
use super::sites::{Site, Sites};
use crate::article::ArticleId;
use crate::error::Error;
use crate::fs::remove_file;
use crate::schema::{Fields, source_key};

/// More files of changes than this are written together as one.
const MAX_MANIFEST_FILES: usize = 16;

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
    /// What is known of sites, as of the last commit.
    sites: Sites,
    changes: Changes,
    is_touched: bool,
    /// More files of changes than this are written together as one.
    manifest_files: usize,
    threads: usize,
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
        let (manifest, sites) = manifest::read(&layout.data(&data), &payload.manifest)?;
        let options = writer_options(shares, threads);
        let engine: IndexWriter = index.writer_with_options(options).map_err(wrap)?;
        engine.set_merge_policy(Box::new(merge_policy()));
        let (_, fields) = Fields::schema();
        let changes = if rebuild { what_outlasts(&layout) } else { Changes::default() };
        Ok(Self {
            layout,
            data,
            visible,
            disk,
            engine,
            fields,
            payload,
            manifest,
            sites,
            changes,
            is_touched: false,
            manifest_files: MAX_MANIFEST_FILES,
            threads,
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

    /// Adds an article, under the next number.
    pub(super) fn add(&mut self, mut document: TantivyDocument) -> Result<(), Error> {
        document.add_u64(self.fields.number, self.payload.next_number);
        self.payload.next_number += 1;
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

    /// What is known of sites, changes since the last commit included.
    pub(super) fn sites(&self) -> Sites {
        let (mut manifest, mut sites) = (Manifest::new(), self.sites.clone());
        let changes = Changes { sites: self.changes.sites.clone(), ..Changes::default() };
        changes.apply(&mut manifest, &mut sites);
        sites
    }

    /// Notes what is known now of some sites; `None` for those to forget.
    pub(super) fn record_sites(&mut self, sites: BTreeMap<String, Option<Site>>) {
        self.changes.sites.extend(sites);
    }

    /// Forgets what is known of all sites.
    pub(super) fn forget_sites(&mut self) {
        let names: Vec<String> = self.sites().into_keys().collect();
        self.record_sites(names.into_iter().map(|name| (name, None)).collect());
    }

    /// What the manifest says of a source, changes since the last commit included.
    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        match self.changes.sources.get(path) {
            Some(changed) => changed.as_ref(),
            None => self.manifest.get(path),
        }
    }

    /// All entries, changes since the last commit included.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&String, &Entry)> {
        let sources = &self.changes.sources;
        let unchanged = self.manifest.iter().filter(|(path, _)| !sources.contains_key(*path));
        let changed = sources.iter().filter_map(|(path, entry)| Some((path, entry.as_ref()?)));
        unchanged.chain(changed)
    }

    /// What the manifest is to say of a source, to be changed.
    pub(super) fn change(&mut self, path: &str) -> &mut Entry {
        let known = self.manifest.get(path);
        let changed = self.changes.sources.entry(path.to_owned()).or_insert_with(|| known.cloned());
        changed.get_or_insert_default()
    }

    /// Sets what the manifest says of a source; `None` to forget it.
    pub(super) fn record(&mut self, path: String, entry: Option<Entry>) {
        self.changes.sources.insert(path, entry);
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
        std::mem::take(&mut self.changes).apply(&mut self.manifest, &mut self.sites);
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

    /// Looks for copies among what is new. Gives the number of articles that are some.
    pub(super) fn find_families(&self) -> Result<u64, Error> {
        let commit = families::Commit {
            folder: &self.layout.folder,
            data: &self.layout.data(&self.data),
            generation: self.payload.generation,
            next_number: self.payload.next_number,
            searcher: self.snapshot()?,
            threads: self.threads,
        };
        commit.find_families()
    }

    /// Finds families, waits for running merges and closes the index.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.find_families()?;
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
            let sources = self.changes.sources.iter().map(|(path, entry)| (path, entry.as_ref()));
            let sites = self.changes.sites.iter().map(|(name, site)| (name, site.as_ref()));
            let digest = manifest::write(&path, sources, sites)?;
            payload.manifest.push(name.clone());
            payload.digests.insert(name, digest);
            return Ok(());
        }
        let entries = self.entries().map(|(path, entry)| (path, Some(entry)));
        let sites = self.sites();
        let sites = sites.iter().map(|(name, site)| (name, Some(site)));
        let digest = manifest::write(&path, entries, sites)?;
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

/// What was deleted by hand in the index that is built anew, and what stands of the
/// sites. Read
/// from all its manifest files, so that a damaged index does not bring back what was deleted.
fn what_outlasts(layout: &Layout) -> Changes {
    let (mut manifest, mut sites) = (Manifest::new(), Sites::new());
    for path in layout.manifest_files() {
        let salvaged = manifest::salvage(&path).unwrap_or_default();
        salvaged.changes.apply(&mut manifest, &mut sites);
    }
    let remains = |(path, entry)| Some((path, Some(remains(Some(&entry))?)));
    let standing = sites.into_iter().filter_map(|(name, site)| Some((name, site.standing()?)));
    Changes {
        sources: manifest.into_iter().filter_map(remains).collect(),
        sites: standing.map(|(name, site)| (name, Some(site))).collect(),
    }
}

/// Reads what a commit carried; an index without commit has none.
pub(super) fn read_payload(folder: &Path, payload: Option<&str>) -> Result<Payload, Error> {
    let Some(payload) = payload else { return Ok(Payload::default()) };
    serde_json::from_str(payload).map_err(|error| Error::Damaged {
        path: folder.to_owned(),
        detail: format!("what the last commit carries: {error}"),
    })
}
