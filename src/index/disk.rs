//! The engine's files: its own directory, which here remembers what failed.
//!
//! The engine reports a failure of its threads as text. What the system said is kept, so that a
//! reader hears of a full disk in plain words. After a commit that failed nothing more is
//! committed: a merge that ends then would make half of it visible.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, IndexMeta};

use super::read_window::ReadWindow;
use crate::error::Error;
use crate::fs::{Step, remove_file, sync_folder};

/// The file whose replacement is a commit.
pub(super) const META: &str = "meta.json";

/// Files of the engine that belong to no segment.
const KEPT: [&str; 2] = [META, NOTE];

/// Kinds of files that hold most of a segment, and that a merge reads from end to end.
const LARGE: [&str; 3] = ["idx", "pos", "store"];

/// The engine's note of the files that it made.
const NOTE: &str = ".managed.json";

/// The folder of the engine's files.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    engine: MmapDirectory,
    folder: PathBuf,
    purpose: Purpose,
    failures: Arc<Mutex<Failures>>,
}

/// What the files are opened for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Purpose {
    /// To search: files are mapped, and what is read often stays in memory.
    Search,
    /// To write: large files are read by [`ReadWindow`], so that a merge takes no more memory than
    /// it is meant to.
    Write,
}

#[derive(Debug, Default)]
struct Failures {
    /// The last file that could not be written, and why.
    last: Option<Failure>,
    /// Whether a commit failed.
    of_commit: bool,
}

/// An error of the system, which cannot be copied itself.
#[derive(Clone, Debug)]
struct Failure {
    path: PathBuf,
    kind: io::ErrorKind,
    code: Option<i32>,
    message: String,
}

impl Disk {
    pub(super) fn open(folder: &Path, purpose: Purpose) -> Result<Self, OpenDirectoryError> {
        let engine = MmapDirectory::open(folder)?;
        Ok(Self { engine, folder: folder.to_owned(), purpose, failures: Arc::default() })
    }

    /// What the system said of the last file that could not be written.
    pub(super) fn failure(&self) -> Option<Error> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let Failure { path, kind, code, message } = failures.last.clone()?;
        let wrapped = || io::Error::new(kind, message);
        let source = code.map_or_else(wrapped, io::Error::from_raw_os_error);
        Some(Error::Write { path, source })
    }

    /// Removes what a stopped run left behind: files that the last commit does not name. The engine
    /// would stumble over them, as it gives the files of a run that is begun anew the same names.
    pub(super) fn remove_leftovers(&self, metas: &IndexMeta) -> tantivy::Result<()> {
        let named = metas.list_segment_files();
        // Whoever opens the index just now has the files of the commit that it read.
        let _lock = self.engine.acquire_lock(&META_LOCK)?;
        for entry in std::fs::read_dir(&self.folder)?.filter_map(Result::ok) {
            let name = PathBuf::from(entry.file_name());
            let is_kept = KEPT.iter().any(|kept| name.as_os_str() == *kept);
            let is_lock = name.extension().is_some_and(|extension| extension == "lock");
            if !is_kept && !is_lock && !named.contains(&name) {
                remove_file(&entry.path())?;
            }
        }
        Ok(())
    }

    fn note(&self, path: &Path, error: &io::Error) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.of_commit |= path == Path::new(META);
        failures.last = Some(Failure {
            path: self.folder.join(path),
            kind: error.kind(),
            code: error.raw_os_error(),
            message: error.to_string(),
        });
    }

    fn noting<T>(&self, path: &Path, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| self.note(path, error))
    }

    fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let is_commit = path == Path::new(META);
        if is_commit && self.failures.lock().unwrap_or_else(PoisonError::into_inner).of_commit {
            return Err(io::Error::other("an earlier commit failed"));
        }
        let step = Step::write()?;
        self.engine.atomic_write(path, data)?;
        step.done();
        // The engine goes on to remove what the commit before held; the new one must stand by then.
        if is_commit { sync_folder(&self.folder) } else { Ok(()) }
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_large = LARGE.iter().any(|kind| path.extension().is_some_and(|it| it == *kind));
        if self.purpose == Purpose::Search || !is_large {
            return self.engine.get_file_handle(path);
        }
        let file = File::open(self.folder.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        })?;
        let window = ReadWindow::new(self.engine.clone(), path.to_owned(), file)
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        Ok(Arc::new(window))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let step = Step::remove();
        self.engine.delete(path)?;
        step.done();
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.engine.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let wrap = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        let step = self.noting(path, Step::write()).map_err(wrap)?;
        let file = self.engine.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.note(path, io_error);
            }
        })?;
        step.done();
        let watched = WatchedFile { file, path: path.to_owned(), disk: self.clone() };
        Ok(io::BufWriter::new(Box::new(watched)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let text = self.engine.atomic_read(path)?;
        // The engine's note of the files that it made can be done without: what no commit names is
        // removed here. A damaged one must not keep an index from being opened.
        if path == Path::new(NOTE) && serde_json::from_slice::<Vec<PathBuf>>(&text).is_err() {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        Ok(text)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.noting(path, self.replace(path, data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.engine.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.engine.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.engine.watch(callback)
    }
}

/// A file being written, whose failures are remembered.
struct WatchedFile {
    file: WritePtr,
    path: PathBuf,
    disk: Disk,
}

impl io::Write for WatchedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = Step::fill().and_then(|()| self.file.write(bytes));
        self.disk.noting(&self.path, written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.disk.noting(&self.path, flushed)
    }
}

impl TerminatingWrite for WatchedFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let ended = Step::write().and_then(|step| {
            self.file.terminate_ref(token)?;
            step.done();
            Ok(())
        });
        self.disk.noting(&self.path, ended)
    }
}
