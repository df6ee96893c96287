//! The archive on disk: what is in it, and how it changes.
//!
//! [`update`] compares the files of today with what the index knows, reads what is new or changed,
//! removes what is gone, and commits. A stop at any moment leaves the last commit, and the next
//! run goes on from there.
//!
//! # Invariants
//!
//! - A commit holds whole sources only, so that no source is ever half indexed.
//! - What cannot be read now is never removed; what is gone is.
//! - An update gives the articles that a rebuild would give.

mod layout;
mod manifest;
mod pipeline;
mod reader;
mod report;
mod roots;
mod window;
mod writer;

use std::collections::HashSet;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use reader::ArchiveReader;
pub use report::{IndexReport, Stats};
#[cfg(feature = "cli")]
pub(crate) use roots::label;

use crate::article::Sha256;
use crate::error::Error;
use crate::extract::Cleaning;
use crate::reject::{Reject, RejectReason};
use crate::source::{ReadOptions, Root, WalkOptions};
use manifest::Entry;
use pipeline::{Event, Made, Recipe};
use writer::{EngineBudget, Writer};

/// What is to be indexed, and how.
#[derive(Clone, Debug)]
pub struct IndexRequest {
    /// Folders and files, as typed.
    pub paths: Vec<PathBuf>,
    /// Files that go by another name than they have on the disk, such as what was piped in.
    pub named: Vec<Root>,
    /// Which files below them are read.
    pub walk: WalkOptions,
    /// What is thought of the files that the index knows already.
    pub trust: Trust,
    /// Whether files that are gone take their articles with them.
    pub prune: Prune,
    /// Whether what the index holds already is kept.
    pub mode: Mode,
    /// How files are read.
    pub read: ReadOptions,
    /// Whether text is cleaned.
    pub cleaning: Cleaning,
    /// Threads that clean; the engine has as many of its own.
    pub threads: usize,
    /// Memory for the engine's unwritten segments, in bytes.
    pub engine_bytes: usize,
    /// Commits are made this often, as soon as a source ends.
    pub commit_every: Duration,
}

impl IndexRequest {
    /// An update with `paths`, on all cores, with a commit a minute.
    pub fn update(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            named: Vec::new(),
            walk: WalkOptions::default(),
            trust: Trust::default(),
            prune: Prune::default(),
            mode: Mode::Update,
            read: ReadOptions::default(),
            cleaning: Cleaning::On,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            engine_bytes: 256 << 20,
            commit_every: Duration::from_mins(1),
        }
    }

    fn recipe(&self) -> Recipe {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        hasher.write_u64(self.read.keys.fingerprint());
        hasher.write_u64(self.read.max_article_bytes);
        hasher.write_u8(u8::from(self.cleaning == Cleaning::On));
        if let Some(preprocessor) = &self.read.preprocessor {
            hasher.write(format!("{preprocessor:?}").as_bytes());
        }
        Recipe {
            walk: self.walk.clone(),
            read: self.read.clone(),
            cleaning: self.cleaning,
            trust: self.trust,
            prune: self.prune,
            fingerprint: hasher.finish(),
        }
    }
}

/// Whether what an index holds is kept.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Mode {
    /// What is unchanged is kept.
    #[default]
    Update,
    /// Everything is read anew; the old index answers until the new one is complete.
    Rebuild,
}

/// What is thought of a file that the index knows already.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Trust {
    /// Its bytes are as they were if its size and time are.
    #[default]
    Stamps,
    /// Its bytes are hashed.
    Digests,
}

/// Whether files that are gone take their articles with them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Prune {
    /// Those below a folder that is given whole do; a file that is given by its name does not.
    #[default]
    On,
    /// None does.
    Off,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// Sources dealt with.
    pub sources: u64,
    /// Articles written.
    pub articles: u64,
    /// Bytes of the sources dealt with.
    pub bytes: u64,
}

/// Brings the index in `folder` up to date with the files below `request.paths`. Tells `progress`
/// after each source.
pub fn update(
    folder: &Path,
    request: &IndexRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<IndexReport, Error> {
    let begun = Instant::now();
    let budget = EngineBudget { threads: request.threads, bytes: request.engine_bytes };
    let mut writer = Writer::open(folder, request.mode == Mode::Rebuild, budget)?;
    let (mut roots, known_roots) = roots::resolve(&request.paths, writer.roots())?;
    roots.extend(request.named.iter().cloned());
    let new_roots = known_roots != writer.roots();
    writer.set_roots(known_roots);
    let known = writer.manifest().clone();
    let (fields, recipe) = (writer.fields(), request.recipe());
    let mut run = Run::new(writer, request, recipe.fingerprint);
    pipeline::run(&roots, &known, &recipe, fields, request.threads.max(1), |event| {
        run.apply(event)?;
        progress(run.progress);
        Ok::<(), Error>(())
    })?;
    let mut report = run.finish(new_roots)?;
    report.elapsed = begun.elapsed();
    report.peak_memory = peak_memory();
    Ok(report)
}

/// A run under way: applies events to the index and counts them.
struct Run {
    writer: Writer,
    settings: u64,
    commit_every: Duration,
    early_commits: bool,
    last_commit: Instant,
    /// What is being recorded of the source under way.
    entry: Entry,
    /// The source under way has articles in the index that are out of date.
    outdated: Option<String>,
    digests: HashSet<Sha256>,
    report: IndexReport,
    progress: Progress,
}

impl Run {
    fn new(writer: Writer, request: &IndexRequest, settings: u64) -> Self {
        Self {
            writer,
            settings,
            commit_every: request.commit_every,
            early_commits: request.mode == Mode::Update,
            last_commit: Instant::now(),
            entry: Entry::default(),
            outdated: None,
            digests: HashSet::new(),
            report: IndexReport::default(),
            progress: Progress::default(),
        }
    }

    fn apply(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Start { path } => {
                self.entry = Entry::default();
                self.outdated = Some(path);
                return Ok(());
            }
            Event::Article(made) => return self.article(*made),
            Event::Reject(reject) => {
                self.reject(&reject);
                return Ok(());
            }
            Event::End { file, summary, settled } => {
                self.remove_outdated();
                self.report.bytes_read += summary.bytes;
                self.entry.sha256 = Some(summary.sha256.to_string());
                self.end(&file, settled);
            }
            Event::Failed { reject, file, settled } => self.failed(&reject, file.as_ref(), settled),
            Event::Unchanged => self.report.files_unchanged += 1,
            Event::Touched { file, settled } => {
                self.report.files_unchanged += 1;
                if let Some(mut entry) = self.writer.manifest().get(&file.path).cloned() {
                    (entry.modified, entry.settled) = (file.modified, settled);
                    self.writer.record(file.path, Some(entry));
                }
            }
            Event::Gone { path } => self.gone(path),
        }
        self.progress.sources += 1;
        self.commit_if_due()
    }

    fn article(&mut self, made: Made) -> Result<(), Error> {
        self.remove_outdated();
        self.entry.articles += 1;
        self.report.articles_written += 1;
        self.progress.articles += 1;
        self.report.duplicates += u64::from(!self.digests.insert(made.sha256));
        match made.dated {
            Some(source) => *self.report.dated.entry(source).or_default() += 1,
            None => self.report.undated += 1,
        }
        self.writer.add(made.document)
    }

    fn reject(&mut self, reject: &Reject) {
        *self.report.rejects.entry(reject.reason).or_default() += 1;
        self.entry.add_reject(reject);
    }

    /// Takes the articles of the source under way out of the index, once, before its new ones.
    fn remove_outdated(&mut self) {
        if let Some(path) = self.outdated.take()
            && self.writer.manifest().get(&path).is_some_and(|entry| entry.articles > 0)
        {
            self.writer.remove_articles(&path);
        }
    }

    fn end(&mut self, file: &crate::source::SourceFile, settled: bool) {
        let known = self.writer.manifest().contains_key(&file.path);
        let count =
            if known { &mut self.report.files_replaced } else { &mut self.report.files_added };
        *count += 1;
        self.progress.bytes += file.size;
        let mut entry = std::mem::take(&mut self.entry);
        (entry.size, entry.modified, entry.settled) = (file.size, file.modified, settled);
        entry.settings = self.settings;
        self.writer.record(file.path.clone(), Some(entry));
    }

    /// A source of which nothing could be used. One that cannot be read now keeps the articles it
    /// has; one whose bytes are no article any more loses them.
    fn failed(&mut self, reject: &Reject, file: Option<&crate::source::SourceFile>, settled: bool) {
        match (reject.reason, file) {
            (RejectReason::Vanished, Some(file)) => {
                self.outdated = None;
                *self.report.rejects.entry(reject.reason).or_default() += 1;
                if self.writer.manifest().contains_key(&file.path) {
                    self.gone(file.path.clone());
                }
            }
            (RejectReason::Unreadable, _) | (_, None) => {
                self.outdated = None;
                let mut entry =
                    self.writer.manifest().get(&reject.path).cloned().unwrap_or_default();
                (entry.rejects, entry.reject_counts) = Default::default();
                self.entry = entry;
                self.reject(reject);
                let entry = std::mem::take(&mut self.entry);
                if self.writer.manifest().get(&reject.path) != Some(&entry) {
                    self.writer.record(reject.path.clone(), Some(entry));
                }
            }
            (_, Some(file)) => {
                self.remove_outdated();
                self.entry.articles = 0;
                self.reject(reject);
                self.end(file, settled);
            }
        }
    }

    fn gone(&mut self, path: String) {
        if self.writer.manifest().get(&path).is_some_and(|entry| entry.articles > 0) {
            self.writer.remove_articles(&path);
        }
        self.report.files_removed += 1;
        self.writer.record(path, None);
    }

    /// Commits between two sources when it is time. A rebuild commits once, at its end.
    fn commit_if_due(&mut self) -> Result<(), Error> {
        if self.early_commits && self.last_commit.elapsed() >= self.commit_every {
            self.commit()?;
            self.writer.make_visible()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        if self.writer.has_changes() {
            self.writer.commit()?;
        }
        self.last_commit = Instant::now();
        Ok(())
    }

    fn finish(mut self, new_roots: bool) -> Result<IndexReport, Error> {
        if self.writer.has_changes() || new_roots || self.writer.generation() == 0 {
            self.writer.commit()?;
        }
        let mut report = self.report;
        report.generation = self.writer.generation();
        report.articles_total = self.writer.manifest().values().map(|entry| entry.articles).sum();
        self.writer.finish()?;
        Ok(report)
    }
}

/// The largest resident memory of this process so far, in bytes, where the system says.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
