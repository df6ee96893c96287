//! Read, clean, write: stages joined by bounded queues, results in the order of the files.
//!
//! One thread walks, compares with the manifest and reads; several clean and make documents; the
//! caller's thread writes. Every event carries its number, and the writer takes them in that
//! order, so the outcome does not depend on the number of threads.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::time::{SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use tantivy::TantivyDocument;

use super::manifest::{Entry, Manifest};
use super::window::Window;
use super::{Prune, Trust};
use crate::article::{DateSource, Sha256};
use crate::extract::{Cleaning, extract};
use crate::reject::{Reject, RejectReason};
use crate::schema::{Documents, Fields, source_key};
use crate::source::{
    Found, RawDocument, ReadOptions, Root, SourceFile, SourceSummary, WalkOptions, read, walk,
};

/// Bytes of raw documents under way at most.
const WINDOW_BYTES: u64 = 128 << 20;

/// A file changed this shortly before it was read may change again within the same tick of the
/// file system's clock; two seconds is the coarsest in use (FAT).
const SETTLING_NANOSECONDS: i64 = 2_000_000_000;

/// How files become articles.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    pub(super) walk: WalkOptions,
    pub(super) read: ReadOptions,
    pub(super) cleaning: Cleaning,
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
    /// The source is there no more.
    Gone {
        path: String,
    },
}

/// An article, ready to be written.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) document: TantivyDocument,
    pub(super) sha256: Sha256,
    pub(super) dated: Option<DateSource>,
}

struct Numbered<T> {
    number: u64,
    bytes: u64,
    value: T,
}

/// Runs the stages and hands every event to `write`, in order, on this thread. Stops at the first
/// error that `write` gives.
pub(super) fn run<E>(
    roots: &[Root],
    known: &Manifest,
    recipe: &Recipe,
    fields: Fields,
    threads: usize,
    mut write: impl FnMut(Event) -> Result<(), E>,
) -> Result<(), E> {
    let window = Window::new(WINDOW_BYTES);
    let (to_clean, for_cleaners) = bounded::<Numbered<RawDocument>>(4 * threads);
    // The window bounds what this one holds.
    let (to_writer, for_writer) = unbounded::<Numbered<Event>>();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (jobs, results) = (for_cleaners.clone(), to_writer.clone());
            scope.spawn(move || clean_all(&jobs, &results, recipe.cleaning, fields));
        }
        drop(for_cleaners);
        let window_ref = &window;
        scope.spawn(move || {
            let next = 0;
            Reader { known, recipe, window: window_ref, to_clean, to_writer, next }.run(roots);
        });
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

fn clean_all(
    jobs: &Receiver<Numbered<RawDocument>>,
    results: &Sender<Numbered<Event>>,
    cleaning: Cleaning,
    fields: Fields,
) {
    let mut documents = Documents::new(fields);
    for Numbered { number, bytes, value: raw } in jobs {
        let event = match extract(raw, cleaning) {
            Ok(article) => Event::Article(Box::new(Made {
                document: documents.document(&article),
                sha256: article.locator.sha256,
                dated: article.published.map(|published| published.source),
            })),
            Err(reject) => Event::Reject(reject),
        };
        // The writer has stopped with an error of its own.
        if results.send(Numbered { number, bytes, value: event }).is_err() {
            return;
        }
    }
}

/// The first stage: walks, decides what to read, reads.
struct Reader<'a> {
    known: &'a Manifest,
    recipe: &'a Recipe,
    window: &'a Window,
    to_clean: Sender<Numbered<RawDocument>>,
    to_writer: Sender<Numbered<Event>>,
    next: u64,
}

impl Reader<'_> {
    fn run(mut self, roots: &[Root]) {
        let mut seen = HashSet::new();
        let mut unreadable = BTreeSet::new();
        for found in walk(roots, &self.recipe.walk) {
            let flow = match found {
                Found::File(file) if seen.insert(source_key(&file.path)) => self.file(file),
                // The same file below two of the given paths.
                Found::File(_) => ControlFlow::Continue(()),
                Found::Reject(reject) => {
                    unreadable.insert(reject.path.clone());
                    self.emit(Event::Failed { reject, file: None, settled: false })
                }
            };
            if flow.is_break() {
                return;
            }
        }
        if self.recipe.prune == Prune::On {
            self.gone(roots, &seen, &unreadable);
        }
    }

    fn file(&mut self, file: SourceFile) -> ControlFlow<()> {
        let now = now_nanoseconds();
        let settled = file.modified != 0 && file.modified < now - SETTLING_NANOSECONDS;
        if let Some(entry) = self.known.get(&file.path).filter(|entry| self.is_current(entry)) {
            let same_stamp = entry.size == file.size && entry.modified == file.modified;
            if same_stamp && entry.settled && self.recipe.trust == Trust::Stamps {
                return self.emit(Event::Unchanged);
            }
            // The digest is that of the file alone, without what is noted beside it.
            if entry.size == file.size && file.notes.is_empty() && same_bytes(&file, entry) {
                return self.emit(match same_stamp && entry.settled {
                    true => Event::Unchanged,
                    false => Event::Touched { file, settled },
                });
            }
        }
        self.emit(Event::Start { path: file.path.clone() })?;
        let recipe = self.recipe;
        let outcome = read(&file, &recipe.read, &mut |record| match record {
            Ok(raw) => self.hand_over(raw),
            Err(reject) => self.emit(Event::Reject(reject)),
        });
        match outcome {
            Ok(summary) => self.emit(Event::End { file, summary, settled }),
            Err(reject) => self.emit(Event::Failed { reject, file: Some(file), settled }),
        }
    }

    /// Whether an entry can be kept if its file is as it was: made by these settings, and not for
    /// want of a permission, which no time stamp shows.
    fn is_current(&self, entry: &Entry) -> bool {
        let unreadable = entry.reject_counts.contains_key(RejectReason::Unreadable.name());
        entry.settings == self.recipe.fingerprint && !unreadable
    }

    fn hand_over(&mut self, raw: RawDocument) -> ControlFlow<()> {
        let bytes = size_of_content(&raw);
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

    /// Reports the sources below `roots` that were there once. Those below a folder that cannot
    /// be read now are left alone: a disk that is not mounted must not empty the index.
    fn gone(&mut self, roots: &[Root], seen: &HashSet<u64>, unreadable: &BTreeSet<String>) {
        for path in self.known.keys() {
            let walked = roots.iter().any(|root| is_below(path, &root.label));
            let hidden = unreadable.iter().any(|folder| is_below(path, folder));
            let missing = walked && !hidden && !seen.contains(&source_key(path));
            if missing && self.emit(Event::Gone { path: path.clone() }).is_break() {
                return;
            }
        }
    }
}

/// Whether `path` is `folder` or lies below it.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('/') || folder.is_empty() || folder.ends_with('/')
    })
}

fn size_of_content(raw: &RawDocument) -> u64 {
    let bytes = match &raw.content {
        crate::source::Content::Encoded(bytes) => bytes.len(),
        crate::source::Content::Decoded(text) => text.len(),
    };
    bytes as u64
}

fn same_bytes(file: &SourceFile, entry: &Entry) -> bool {
    let digest = || -> io::Result<Sha256> {
        let mut opened = File::open(&file.file)?;
        let mut digest = <sha2::Sha256 as sha2::Digest>::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            match opened.read(&mut buffer)? {
                0 => return Ok(Sha256(sha2::Digest::finalize(digest).into())),
                length => sha2::Digest::update(&mut digest, &buffer[..length]),
            }
        }
    };
    digest().is_ok_and(|digest| entry.sha256.as_deref() == Some(&digest.to_string()))
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
