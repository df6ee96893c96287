//! Read, clean, write: stages joined by bounded queues, results in the order of the files.
//!
//! One thread walks, compares with the manifest and reads; several clean and make documents; the
//! caller's thread writes. Every event carries its number, and the writer takes them in that
//! order, so the outcome does not depend on the number of threads.
//!
//! Before that, [`look_through`] goes the same way to learn what sites repeat on their pages.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use tantivy::TantivyDocument;

use super::layout::KnownRoot;
use super::learning::Wants;
use super::manifest::{Entry, Manifest};
use super::memory::Shares;
use super::roots::disk_path;
use super::sites::ENOUGH;
use super::window::Window;
use super::{Prune, Trust};
use crate::article::{Article, DateSource, Sha256};
use crate::extract::{self, Extractor, Sample, Wanted, can_learn_from, site_of};
use crate::fs::sha256;
use crate::record::ArticleRecord;
use crate::reject::{Reject, RejectReason};
use crate::schema::{Documents, Fields, source_key};
use crate::source::{
    Found, RawDocument, ReadOptions, Root, SourceFile, SourceSummary, WalkOptions, read, walk,
};

/// A file changed this shortly before it was read may change again within the same tick of the
/// file system's clock; two seconds is the coarsest in use (FAT).
const SETTLING_NANOSECONDS: i64 = 2_000_000_000;

/// How files become articles.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    pub(super) walk: WalkOptions,
    pub(super) read: ReadOptions,
    pub(super) extraction: extract::Recipe,
    /// The most that making one article may take.
    pub(super) article_time: Duration,
    /// What is thought of the files that the index knows already.
    pub(super) trust: Trust,
    /// Whether files that are gone take their articles with them.
    pub(super) prune: Prune,
    /// Hash of what the articles depend on.
    pub(super) fingerprint: u64,
}

/// What happened to a source, in order: `Start`, any number of articles and rejects, `End`; or
/// one of the others alone.
#[derive(Debug)]
pub(super) enum Event {
    /// The articles of this source follow; those that the index holds of it are out of date.
    Start {
        path: String,
    },
    Article(Box<Made>),
    /// What the first pass sees of a record; `None` where it is of no use to it.
    Page(Option<Sample>),
    Reject(Reject),
    /// The source was read to its end.
    End {
        file: SourceFile,
        summary: SourceSummary,
        settled: bool,
    },
    /// Nothing of the source could be used. `file` where it is a file that was looked into.
    Failed {
        reject: Reject,
        file: Option<SourceFile>,
        settled: bool,
    },
    /// The source is as it was.
    Unchanged,
    /// The source was touched, its bytes are as they were.
    Touched {
        file: SourceFile,
        settled: bool,
    },
    /// The source is the one that was at `from`, with the same bytes.
    Moved {
        from: String,
        file: SourceFile,
        settled: bool,
    },
    /// The source is there no more.
    Gone {
        path: String,
    },
}

/// An article, ready to be written.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) document: TantivyDocument,
    pub(super) article: ArticleRecord,
    pub(super) sha256: Sha256,
    pub(super) dated: Option<DateSource>,
}

struct Numbered<T> {
    number: u64,
    bytes: u64,
    value: T,
}

/// What the stages work on.
pub(super) struct Job<'a> {
    pub(super) roots: Vec<Root>,
    /// What the index knew before the run.
    pub(super) known: &'a Manifest,
    /// Where the files that it knows are.
    pub(super) known_roots: &'a [KnownRoot],
    pub(super) recipe: Recipe,
    pub(super) fields: Fields,
    pub(super) threads: usize,
    pub(super) shares: Shares,
}

impl Job<'_> {
    /// Goes on to read these files, whatever the index knows of them.
    pub(super) fn read_again(&mut self, files: Vec<Root>) {
        self.roots = files;
        (self.recipe.trust, self.recipe.prune) = (Trust::Nothing, Prune::Off);
    }
}

/// Makes articles of what is new and hands every event to `write`, in order, on this thread. Stops
/// at the first error that `write` gives.
pub(super) fn run<E>(job: &Job<'_>, write: impl FnMut(Event) -> Result<(), E>) -> Result<(), E> {
    stages(job, None, write)
}

/// Looks through what is new for what can be learned, as far as `wants` wants it.
pub(super) fn look_through<E>(
    job: &Job<'_>,
    wants: &Wants<'_>,
    take: impl FnMut(Event) -> Result<(), E>,
) -> Result<(), E> {
    stages(job, Some(wants), take)
}

fn stages<E>(
    job: &Job<'_>,
    wants: Option<&Wants<'_>>,
    mut write: impl FnMut(Event) -> Result<(), E>,
) -> Result<(), E> {
    let shares = job.shares;
    let (window, cleaning) = (Window::new(shares.waiting), Window::new(shares.cleaning));
    let (to_clean, for_cleaners) = bounded::<Numbered<RawDocument>>(4 * job.threads);
    // The window bounds what this one holds.
    let (to_writer, for_writer) = unbounded::<Numbered<Event>>();
    std::thread::scope(|scope| {
        for _ in 0..job.threads {
            let (jobs, results, memory) = (for_cleaners.clone(), to_writer.clone(), &cleaning);
            scope.spawn(move || match wants {
                None => clean_all(job, memory, &jobs, &results),
                Some(wants) => cut_all(job, memory, wants, &jobs, &results),
            });
        }
        drop(for_cleaners);
        let window_ref = &window;
        let pass = if wants.is_some() { Pass::First } else { Pass::Second };
        scope.spawn(move || Reader::new(job, pass, window_ref, to_clean, to_writer).run());
        let outcome = write_in_order(&for_writer, &window, &mut write);
        window.close();
        outcome
    })
}

/// Takes events in the order of their numbers until all senders are gone.
fn write_in_order<E>(
    events: &Receiver<Numbered<Event>>,
    window: &Window,
    write: &mut impl FnMut(Event) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for event in events {
        early.insert(event.number, event);
        while let Some(event) = early.remove(&next) {
            next += 1;
            write(event.value)?;
            window.leave(event.bytes);
        }
    }
    Ok(())
}

/// The second stage: makes articles and their documents, as far as `memory` allows at a time.
fn clean_all(
    job: &Job<'_>,
    memory: &Window,
    raw: &Receiver<Numbered<RawDocument>>,
    results: &Sender<Numbered<Event>>,
) {
    let mut documents = Documents::new(job.fields);
    let mut extractor = Extractor::new(job.recipe.extraction.clone(), job.recipe.article_time);
    for Numbered { number, bytes, value: mut raw } in raw {
        let needed = job.shares.fit(&mut raw);
        memory.enter(needed);
        let event = match extractor.extract(raw) {
            Ok(article) => Event::Article(Box::new(made(&article, &mut documents))),
            Err(reject) => Event::Reject(reject),
        };
        memory.leave(needed);
        // The writer has stopped with an error of its own.
        if results.send(Numbered { number, bytes, value: event }).is_err() {
            return;
        }
    }
}

/// The second stage of the first pass: reads what is to be learned from.
fn cut_all(
    job: &Job<'_>,
    memory: &Window,
    wants: &Wants<'_>,
    raw: &Receiver<Numbered<RawDocument>>,
    results: &Sender<Numbered<Event>>,
) {
    for Numbered { number, bytes, value: mut raw } in raw {
        let sample = Sample::of(&raw).filter(|sample| wants.sample(sample)).map(|mut sample| {
            let wanted = wants.of(&sample);
            if wanted != Wanted::default() {
                let needed = job.shares.fit(&mut raw);
                memory.enter(needed);
                sample.read(&raw, wanted);
                memory.leave(needed);
            }
            sample
        });
        if results.send(Numbered { number, bytes, value: Event::Page(sample) }).is_err() {
            return;
        }
    }
}

fn made(article: &Article, documents: &mut Documents) -> Made {
    let record = ArticleRecord::from(article);
    Made {
        document: documents.document(&record, &article.locator.source),
        article: record,
        sha256: article.locator.sha256,
        dated: article.published.as_ref().map(|published| published.source),
    }
}

/// Which of the two passes over the files it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Pass {
    First,
    Second,
}

/// Records in a row of which nothing is learned, after which the first pass leaves the rest of a
/// file: one of records that state their headlines has no others.
const FRUITLESS: usize = 200;

/// What the first pass has met in a file, by which it is told when to leave it. That depends on the
/// file alone, so that an update learns what a rebuild does.
#[derive(Debug, Default)]
struct Fruits {
    /// Whether there was a page to learn from, of which there may be more.
    has_pages: bool,
    /// How many records there were of each site.
    sites: HashMap<String, u64>,
    /// How many records in a row were of sites that enough is known of.
    fruitless: usize,
}

impl Fruits {
    /// Whether the file is to be left at this record.
    fn are_gathered(&mut self, raw: &RawDocument) -> bool {
        self.has_pages |= can_learn_from(raw);
        let seen = site_of(raw).map(|site| {
            let seen = self.sites.entry(site).or_default();
            *seen += 1;
            *seen
        });
        let is_fruitless = seen.is_none_or(|seen| seen > ENOUGH);
        self.fruitless = if is_fruitless { self.fruitless + 1 } else { 0 };
        !self.has_pages && self.fruitless >= FRUITLESS
    }
}

/// The first stage: walks, decides what to read, reads.
struct Reader<'a> {
    job: &'a Job<'a>,
    pass: Pass,
    window: &'a Window,
    to_clean: Sender<Numbered<RawDocument>>,
    to_writer: Sender<Numbered<Event>>,
    next: u64,
    /// Files that the index knows, by their size; made when the first unknown file is met.
    by_size: Option<HashMap<u64, Vec<&'a str>>>,
    /// Known files that are now found under another name.
    moved: HashSet<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(
        job: &'a Job<'a>,
        pass: Pass,
        window: &'a Window,
        to_clean: Sender<Numbered<RawDocument>>,
        to_writer: Sender<Numbered<Event>>,
    ) -> Self {
        let (by_size, moved) = (None, HashSet::new());
        Self { job, pass, window, to_clean, to_writer, next: 0, by_size, moved }
    }

    fn run(mut self) {
        let job = self.job;
        let mut seen = Seen::default();
        let outcome = job.roots.iter().try_for_each(|root| self.root(root, &mut seen));
        if outcome.is_continue() && job.recipe.prune == Prune::On {
            // The writer may have stopped; there is nothing left to do then.
            let _ = self.gone(&seen);
        }
    }

    fn root(&mut self, root: &'a Root, seen: &mut Seen) -> ControlFlow<()> {
        let mut is_empty = true;
        for found in walk(std::slice::from_ref(root), &self.job.recipe.walk) {
            is_empty = false;
            match found {
                Found::File(file) if seen.files.insert(source_key(&file.path)) => {
                    self.file(file)?;
                }
                // The same file below two of the given paths.
                Found::File(_) => {}
                Found::Reject(reject) => {
                    seen.unreadable.insert(reject.path.clone());
                    self.emit(Event::Failed { reject, file: None, settled: false })?;
                }
            }
        }
        if is_empty {
            self.empty_root(root, seen)?;
        }
        ControlFlow::Continue(())
    }

    /// A folder that held files and is empty now may be the place of a disk that is not mounted.
    fn empty_root(&mut self, root: &Root, seen: &mut Seen) -> ControlFlow<()> {
        let is_held =
            |(path, entry): &(&String, &Entry)| !entry.gone && is_below(path, &root.label);
        let held = self.job.known.iter().filter(is_held).count();
        if held == 0 {
            return ControlFlow::Continue(());
        }
        seen.unreadable.insert(root.label.clone());
        let detail = format!(
            "the folder is empty and held {held} files, whose articles are kept: is its disk \
             mounted? `dateline delete --path` removes them"
        );
        let (path, reason) = (root.label.clone(), RejectReason::Unreadable);
        let reject = Reject { path, record: None, reason, detail };
        self.emit(Event::Failed { reject, file: None, settled: false })
    }

    fn file(&mut self, file: SourceFile) -> ControlFlow<()> {
        let recipe = &self.job.recipe;
        let now = now_nanoseconds();
        let settled = file.modified != 0 && file.modified < now - SETTLING_NANOSECONDS;
        if recipe.trust != Trust::Nothing
            && let Some(event) = self.known(&file, settled)
        {
            return self.emit(event);
        }
        self.emit(Event::Start { path: file.path.clone() })?;
        let mut fruits = Fruits::default();
        let outcome = read(&file, &recipe.read, &mut |record| match record {
            Ok(raw) if self.pass == Pass::First && fruits.are_gathered(&raw) => {
                ControlFlow::Break(())
            }
            Ok(raw) => self.hand_over(raw),
            Err(reject) => self.emit(Event::Reject(reject)),
        });
        match outcome {
            Ok(summary) => self.emit(Event::End { file, summary, settled }),
            Err(reject) => self.emit(Event::Failed { reject, file: Some(file), settled }),
        }
    }

    /// What became of a file whose bytes are known; `None` where it must be read.
    fn known(&mut self, file: &SourceFile, settled: bool) -> Option<Event> {
        let Some(entry) = self.job.known.get(&file.path) else {
            let from = self.former_name(file)?;
            return Some(Event::Moved { from, file: file.clone(), settled });
        };
        if !self.is_current(entry) || entry.size != file.size {
            return None;
        }
        let is_same_stamp = entry.modified == file.modified && entry.settled;
        if is_same_stamp && self.job.recipe.trust == Trust::Stamps {
            return Some(Event::Unchanged);
        }
        // The digest is that of the file alone, without what is noted beside it.
        if !file.notes.is_empty() || !same_bytes(file, entry) {
            return None;
        }
        let touched = || Event::Touched { file: file.clone(), settled };
        Some(if is_same_stamp { Event::Unchanged } else { touched() })
    }

    /// The name of the file with the same bytes that is there no more.
    fn former_name(&mut self, file: &SourceFile) -> Option<String> {
        let known = self.job.known;
        let by_size = self.by_size.get_or_insert_with(|| {
            let mut by_size: HashMap<u64, Vec<&str>> = HashMap::new();
            for (path, entry) in known.iter().filter(|(_, entry)| is_worth_moving(entry)) {
                by_size.entry(entry.size).or_default().push(path);
            }
            by_size
        });
        let candidates = by_size.get(&file.size)?.clone();
        let former = candidates.into_iter().find(|path| {
            let (Some(entry), Some(place)) =
                (known.get(*path), disk_path(path, self.job.known_roots))
            else {
                return false;
            };
            self.is_current(entry)
                && !self.moved.contains(path)
                && file.notes.is_empty()
                && is_gone(&place)
                && same_bytes(file, entry)
        })?;
        self.moved.insert(former);
        Some(former.to_owned())
    }

    /// Whether an entry can be kept if its file is as it was: made by these settings, and not for
    /// want of a permission, which no time stamp shows.
    fn is_current(&self, entry: &Entry) -> bool {
        let unreadable = entry.reject_counts.contains_key(RejectReason::Unreadable.name());
        entry.settings == self.job.recipe.fingerprint && !unreadable
    }

    fn hand_over(&mut self, raw: RawDocument) -> ControlFlow<()> {
        let bytes = raw.content.len() as u64;
        let number = self.take_number();
        if self.window.enter(bytes)
            && self.to_clean.send(Numbered { number, bytes, value: raw }).is_ok()
        {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }

    fn emit(&mut self, event: Event) -> ControlFlow<()> {
        let number = self.take_number();
        if self.window.enter(0)
            && self.to_writer.send(Numbered { number, bytes: 0, value: event }).is_ok()
        {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }

    fn take_number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// Reports the sources below the given folders that were there once. Those below a folder that
    /// cannot be read now are left alone: a disk that is not mounted must not empty the index.
    fn gone(&mut self, seen: &Seen) -> ControlFlow<()> {
        let job = self.job;
        let folders: Vec<_> = job.roots.iter().filter(|root| root.path.is_dir()).collect();
        for (path, _) in job.known.iter().filter(|(_, entry)| !entry.gone) {
            let walked = folders.iter().any(|root| is_below(path, &root.label));
            let hidden = seen.unreadable.iter().any(|folder| is_below(path, folder));
            let is_there =
                seen.files.contains(&source_key(path)) || self.moved.contains(path.as_str());
            if walked && !hidden && !is_there {
                self.emit(Event::Gone { path: path.clone() })?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// What was met on the walk.
#[derive(Default)]
struct Seen {
    /// The keys of the files.
    files: HashSet<u64>,
    /// What could not be listed or read, as labels.
    unreadable: BTreeSet<String>,
}

/// Whether there is no file at `path`.
fn is_gone(path: &Path) -> bool {
    matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}

/// Whether it matters that the file of an entry has another name now.
fn is_worth_moving(entry: &Entry) -> bool {
    entry.articles > 0 || !entry.deleted.is_empty()
}

/// Whether `path` is `folder` or lies below it.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('/') || folder.is_empty() || folder.ends_with('/')
    })
}

fn same_bytes(file: &SourceFile, entry: &Entry) -> bool {
    sha256(&file.file).is_ok_and(|digest| entry.sha256.as_deref() == Some(&digest.to_string()))
}

fn now_nanoseconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_means_the_same_or_further_down() {
        assert!(is_below("corpus/a.txt", "corpus"));
        assert!(is_below("corpus", "corpus"));
        assert!(!is_below("corpus2/a.txt", "corpus"));
        assert!(is_below("a.txt", ""));
        assert!(is_below("/a.txt", "/"));
    }
}
