//! The index as it lies on disk, and the one moment at which it changes.
//!
//! ```text
//! index/
//!   dateline.json        format, fingerprint, and which folder holds the data
//!   writer.lock          held by the one process that writes
//!   aliases.txt          what was decided about names, see [`crate::alias`]; nothing here changes it
//!   data-1/
//!     segments/          the engine's files
//!     manifest-7.jsonl   what generation 7 changed in the list of sources
//!     families.json      which of the following files hold, see [`super::families`]
//!     families-9         which articles are copies of one another
//!     sketches-9         by what copies are found
//! ```
//!
//! The engine's own `meta.json` is replaced in one step at each commit, and carries a
//! [`Payload`] that names all else belonging to it. So a stop at any point leaves the generation
//! before or the one after. Only a rebuild makes a new data folder; replacing `dateline.json` is
//! then the one step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::fs::{Step, write_whole};
use crate::schema;

/// The version of this layout.
const FORMAT: u32 = 3;

/// The first file read: what the index is and where its data lies.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Header {
    format: u32,
    fingerprint: String,
    /// Name of the data folder.
    pub(super) data: String,
}

/// What the engine's commit carries: everything that belongs to the generation.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Payload {
    /// Counts the commits of this index, from 1.
    pub(super) generation: u64,
    /// The files that, read in order, give the manifest.
    pub(super) manifest: Vec<String>,
    /// The digests of those files, by their names.
    #[serde(default)]
    pub(super) digests: BTreeMap<String, String>,
    /// How many documents were ever written: the number of the next one.
    #[serde(default)]
    pub(super) next_number: u64,
    /// What was indexed, and under which label.
    pub(super) roots: Vec<KnownRoot>,
}

/// A path that was given to be indexed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct KnownRoot {
    /// What it is called in articles, as it was typed the first time.
    pub(super) label: String,
    /// Where it was, from the root of the file system.
    pub(super) absolute: PathBuf,
}

/// Where what was decided about the names in an index stands.
pub fn aliases_path(folder: &Path) -> PathBuf {
    folder.join("aliases.txt")
}

/// An index folder.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) folder: PathBuf,
}

impl Layout {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn header_path(&self) -> PathBuf {
        self.folder.join("dateline.json")
    }

    pub(super) fn data(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(super) fn segments(&self, data: &str) -> PathBuf {
        self.data(data).join("segments")
    }

    /// The header; `None` where there is no index yet.
    pub(super) fn read_header(&self) -> Result<Option<Header>, Error> {
        let path = self.header_path();
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::reading(&path)(error)),
        };
        let header: Header = serde_json::from_slice(&text).map_err(|error| Error::Damaged {
            path: self.folder.clone(),
            detail: format!("`dateline.json`: {error}"),
        })?;
        Ok(Some(header))
    }

    /// Fails where the index was made by a build that writes something else.
    pub(super) fn check(&self, header: &Header) -> Result<(), Error> {
        if header.format == FORMAT && header.fingerprint == schema::fingerprint() {
            return Ok(());
        }
        Err(Error::IndexFormat {
            path: self.folder.clone(),
            found: format!("{}/{}", header.format, header.fingerprint),
            supported: format!("{FORMAT}/{}", schema::fingerprint()),
        })
    }

    /// Makes `data` the folder that the index reads from: the one moment of a rebuild.
    pub(super) fn write_header(&self, data: &str) -> Result<(), Error> {
        let fingerprint = schema::fingerprint();
        let header = Header { format: FORMAT, fingerprint, data: data.to_owned() };
        write_whole(&self.header_path(), |file| {
            serde_json::to_writer_pretty(&mut *file, &header)?;
            file.write_all(b"\n")
        })
    }

    /// A name for a new data folder, not in use.
    pub(super) fn fresh_data_name(&self) -> String {
        (1..=u64::MAX)
            .map(|number| format!("data-{number}"))
            .find(|name| !self.data(name).exists())
            .unwrap_or_default()
    }

    /// Removes the data folders that an unfinished or replaced build left behind. What cannot be
    /// removed now goes another time.
    pub(super) fn remove_other_data(&self, keep: Option<&str>) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("data-") && Some(name.as_ref()) != keep {
                let step = Step::remove();
                let _ = fs::remove_dir_all(entry.path());
                step.done();
            }
        }
    }

    /// The manifest files of all data folders, in the order in which they were written.
    pub(super) fn manifest_files(&self) -> Vec<PathBuf> {
        let number = |path: &Path, prefix: &str| -> Option<u64> {
            path.file_stem()?.to_str()?.strip_prefix(prefix)?.parse().ok()
        };
        let list = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            entries.map(|entry| entry.path()).collect::<Vec<_>>()
        };
        let mut files = Vec::new();
        for folder in list(&self.folder) {
            let Some(data) = number(&folder, "data-") else { continue };
            let of_folder = list(&folder).into_iter();
            files.extend(of_folder.filter_map(|path| {
                let is_whole = path.extension().is_some_and(|extension| extension == "jsonl");
                let manifest = number(&path, "manifest-").filter(|_| is_whole)?;
                Some((data, manifest, path))
            }));
        }
        files.sort();
        files.into_iter().map(|(.., path)| path).collect()
    }

    /// Takes the right to write, until the guard is dropped or the process ends in any way.
    pub(super) fn lock(&self) -> Result<WriterLock, Error> {
        fs::create_dir_all(&self.folder).map_err(Error::writing(&self.folder))?;
        let path = self.folder.join("writer.lock");
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(Error::writing(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).ok().map(|text| text.trim().to_owned());
                let holder = holder.filter(|text| !text.is_empty());
                return Err(Error::Locked { path: self.folder.clone(), holder });
            }
            Err(fs::TryLockError::Error(error)) => return Err(Error::writing(&path)(error)),
        }
        let since = chrono::Local::now().format("%Y-%m-%d %H:%M:%S");
        // The note is a courtesy to the next writer; the lock holds without it.
        let _ = file.set_len(0);
        let _ = writeln!(file, "process {} since {since}", std::process::id());
        Ok(WriterLock { _file: file })
    }
}

/// The right to write to an index. The operating system takes it back when the process ends, so
/// a killed run leaves nothing to clean up.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}
