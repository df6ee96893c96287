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
//! - An update gives the articles that a rebuild would give, and the families of their copies.

mod bare;
mod compact;
mod content;
mod delete;
mod deleted;
mod disk;
mod engine;
mod families;
mod history;
mod layout;
mod learning;
mod manifest;
mod memory;
mod pipeline;
mod read_window;
mod reader;
mod report;
mod roots;
mod run;
mod sites;
mod sources;
mod values;
pub mod verify;
mod versions;
mod window;
mod writer;

use std::collections::BTreeSet;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use bare::{Arrangement, write_bare};
pub use compact::{CompactReport, Extent, compact};
pub use content::engine_version;
pub use delete::{DeleteReport, delete};
pub use families::Families;
pub use history::{History, PageVersion, Unread, history};
pub use layout::aliases_path;
pub use memory::LEAST_MEMORY;
pub use reader::ArchiveReader;
pub use report::{IndexReport, Stats};
#[cfg(feature = "cli")]
pub(crate) use roots::label;
pub use sources::IndexedFile;
pub(crate) use values::{FieldValues, UNMET, Value};

use crate::error::Error;
use crate::extract::{self, Cleaning, Naming};
use crate::source::{ReadOptions, Root, WalkOptions};
use learning::{Learned, learn};
use memory::Shares;
use pipeline::{Job, Recipe};
use run::Run;
use writer::Writer;

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
    /// Whether names and countries are looked for.
    pub naming: Naming,
    /// Whether what sites repeat on their pages is learned and taken off.
    pub learning: Learning,
    /// Threads that clean; the engine has as many of its own.
    pub threads: usize,
    /// The most memory that the process may take, in bytes; no less than [`LEAST_MEMORY`].
    pub memory: u64,
    /// The most that making one article may take.
    pub article_time: Duration,
    /// Commits are made this often, as soon as a source ends.
    pub commit_every: Duration,
    /// And after so many articles.
    pub commit_articles: u64,
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
            naming: Naming::On,
            learning: Learning::default(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory: 1 << 30,
            article_time: Duration::from_mins(1),
            commit_every: Duration::from_mins(1),
            commit_articles: 100_000,
        }
    }

    fn learns(&self) -> bool {
        self.cleaning != Cleaning::Off && self.learning != Learning::Off
    }

    fn recipe(&self) -> Recipe {
        let largest = Shares::of(self.memory).largest_article();
        let max_article_bytes = self.read.max_article_bytes.min(largest);
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        hasher.write_u64(self.read.keys.fingerprint());
        hasher.write_u64(max_article_bytes);
        hasher.write(format!("{:?}{:?}", self.cleaning, self.naming).as_bytes());
        hasher.write_u8(u8::from(self.learns()));
        if let Some(preprocessor) = &self.read.preprocessor {
            hasher.write(format!("{preprocessor:?}").as_bytes());
        }
        Recipe {
            walk: self.walk.clone(),
            read: ReadOptions { max_article_bytes, ..self.read.clone() },
            extraction: extract::Recipe {
                cleaning: self.cleaning,
                naming: self.naming,
                ..extract::Recipe::default()
            },
            article_time: self.article_time,
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

/// Whether what sites repeat on their pages is learned and taken off.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Learning {
    /// It is; what was learned from enough pages of a site stands.
    #[default]
    On,
    /// What was learned before is forgotten. Only a rebuild cleans all articles by what is learned
    /// now.
    Anew,
    /// Pages are cleaned each by itself.
    Off,
}

/// What is thought of a file that the index knows already.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Trust {
    /// Its bytes are as they were if its size and time are.
    #[default]
    Stamps,
    /// Its bytes are hashed.
    Digests,
    /// It is read again.
    Nothing,
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

/// What a run is doing.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Phase {
    /// Looking through what is new for what sites repeat.
    #[default]
    Learning,
    /// Making articles.
    Indexing,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// What it is doing; the counts are of that alone.
    pub phase: Phase,
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
    let shares = Shares::of(request.memory);
    let threads = request.threads.max(1);
    let mut writer = Writer::open(folder, request.mode == Mode::Rebuild, shares, threads)?;
    let (mut roots, known_roots) = roots::resolve(&request.paths, writer.roots())?;
    roots.extend(request.named.iter().cloned());
    let new_roots = known_roots != writer.roots();
    writer.set_roots(known_roots.clone());
    if request.learning == Learning::Anew {
        writer.forget_sites();
    }
    let (known, sites) = (writer.manifest().clone(), writer.sites());
    let (fields, recipe) = (writer.fields(), request.recipe());
    let mut run = Run::new(writer, request, recipe.fingerprint)?;
    let mut job =
        Job { roots, known: &known, known_roots: &known_roots, recipe, fields, threads, shares };
    let mut again = BTreeSet::new();
    if request.learns() {
        let Learned { sites, stale, templates, homes } = learn(&mut job, &sites, progress);
        run.learned(sites, &stale);
        job.recipe.extraction.templates = Arc::new(templates);
        job.recipe.extraction.homes = Arc::new(homes);
        again = stale;
    }
    let mut apply = |run: &mut Run, event| {
        run.apply(event)?;
        progress(run.progress());
        Ok::<(), Error>(())
    };
    pipeline::run(&job, |event| apply(&mut run, event))?;
    again.extend(run.orphans());
    job.read_again(roots::locate(&again, &known_roots));
    pipeline::run(&job, |event| apply(&mut run, event))?;
    let mut report = run.finish(new_roots)?;
    report.elapsed = begun.elapsed();
    report.peak_memory = peak_memory();
    Ok(report)
}

/// The largest resident memory of this process so far, in bytes, where the system says.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
