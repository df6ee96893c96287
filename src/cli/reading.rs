//! What the options say of the files that are read.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::args::ReadingOptions;
use super::{Failure, Result};
use crate::extract::{Cleaning, Naming};
use crate::source::{Globs, KeyMap, Preprocessor, ReadOptions, Root, WalkOptions};

/// Which files are read, and how.
pub(super) struct Reading {
    /// As typed, or as listed in a file.
    pub(super) paths: Vec<PathBuf>,
    /// What came from standard input.
    pub(super) piped: Option<Piped>,
    pub(super) walk: WalkOptions,
    pub(super) read: ReadOptions,
    pub(super) cleaning: Cleaning,
    pub(super) naming: Naming,
    /// Whether to learn first what publishers repeat.
    pub(super) learns: bool,
    pub(super) article_time: Duration,
}

/// Standard input as a file, so that it can be told by its first bytes and sought in, as an archive
/// needs it.
pub(super) struct Piped {
    file: NamedTempFile,
    name: String,
}

impl Piped {
    /// The file under the name that its articles go by.
    pub(super) fn root(&self) -> Root {
        Root { path: self.file.path().to_owned(), label: self.name.clone() }
    }
}

/// What `options` say. `paths` are those typed; `default` is read where nothing is named.
pub(super) fn reading(
    options: &ReadingOptions,
    paths: &[PathBuf],
    default: &[&str],
) -> Result<Reading> {
    let is_piped = |path: &&PathBuf| path.as_os_str() == "-";
    let mut named: Vec<_> = paths.iter().filter(|path| !is_piped(path)).cloned().collect();
    let mut piped = None;
    if paths.iter().any(|path| is_piped(&path)) {
        if options.files_from.as_deref() == Some(Path::new("-")) {
            let detail = "standard input cannot be both an archive and a list of files";
            return Err(Failure::Usage(detail.into()));
        }
        piped = Some(spool(&options.stdin_name)?);
    }
    match &options.files_from {
        Some(list) => named.extend(listed(list, options.null)?),
        None if paths.is_empty() => named.extend(default.iter().map(PathBuf::from)),
        None => {}
    }
    Ok(Reading {
        paths: named,
        piped,
        walk: walk(options)?,
        read: read(options)?,
        cleaning: match (options.no_clean, options.keep_all) {
            (true, _) => Cleaning::Off,
            (false, true) => Cleaning::KeepAll,
            (false, false) => Cleaning::On,
        },
        naming: if options.no_names { Naming::Off } else { Naming::On },
        learns: !options.no_clean && !options.no_learn,
        article_time: Duration::from_secs(options.article_time.max(1)),
    })
}

fn walk(options: &ReadingOptions) -> Result<WalkOptions> {
    Ok(WalkOptions {
        hidden: options.hidden,
        follow: options.follow,
        no_ignore: options.no_ignore,
        globs: globs(&options.glob)?,
    })
}

fn read(options: &ReadingOptions) -> Result<ReadOptions> {
    let keys =
        KeyMap::with_overrides(&options.map).map_err(|error| Failure::Usage(error.to_string()))?;
    let globs = globs(&options.pre_glob)?;
    let preprocessor = options.pre.clone().map(|command| Preprocessor { command, globs });
    Ok(ReadOptions { keys, max_article_bytes: options.max_article, preprocessor })
}

fn globs(given: &[String]) -> Result<Globs> {
    Globs::new(given).map_err(|error| Failure::Usage(error.to_string()))
}

/// Copies standard input to a file of its own.
fn spool(name: &str) -> Result<Piped> {
    let spooled = NamedTempFile::new().and_then(|mut file| {
        io::copy(&mut io::stdin().lock(), &mut file)?;
        Ok(file)
    });
    match spooled {
        Ok(file) => Ok(Piped { file, name: name.to_owned() }),
        Err(error) => Err(Failure::Usage(format!("standard input cannot be kept: {error}"))),
    }
}

/// The files named in `list`, one a line, or each ended by a zero byte.
fn listed(list: &Path, null: bool) -> Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    let outcome = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut names)
    } else {
        File::open(list).and_then(|mut file| file.read_to_end(&mut names))
    };
    outcome.map_err(|error| Failure::Usage(format!("`{}`: {error}", list.display())))?;
    let end = if null { 0 } else { b'\n' };
    let names = names.split(|&byte| byte == end);
    let names =
        names.map(|name| if null { name } else { name.strip_suffix(b"\r").unwrap_or(name) });
    Ok(names.filter(|name| !name.is_empty()).map(path).collect())
}

#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    PathBuf::from(OsString::from_vec(name.to_vec()))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from(String::from_utf8_lossy(name).into_owned()))
}
