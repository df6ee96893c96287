//! Which source gave which articles, and what each site repeats: what an update compares the files
//! of today with, and how it cleans what is new.
//!
//! Each generation writes only what it changed, in a file of its own; read in order they give
//! the whole. When the changes outgrow the base, a generation writes everything anew, so that an
//! update costs in proportion to what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::deleted::Deleted;
use super::sites::{Site, Sites};
use super::versions::{newer_text, superseded_by};
use crate::error::Error;
use crate::fs::write_whole;
use crate::reject::Reject;

/// How many rejects of one source are kept in words; all are counted.
const REJECTS_IN_WORDS: usize = 1_000;

/// What the index knows of one source.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(super) struct Entry {
    /// Size in bytes when it was read.
    pub(super) size: u64,
    /// Time of the last change when it was read, in nanoseconds since 1970.
    pub(super) modified: i64,
    /// Digest of its bytes; `None` where it could not be read.
    pub(super) sha256: Option<String>,
    /// Hash of the settings that its articles were made with.
    pub(super) settings: u64,
    /// Whether size and time may be trusted: not when the file was changed at the very time of
    /// reading, as a further change would then leave no trace.
    pub(super) settled: bool,
    /// How many articles it gave.
    pub(super) articles: u64,
    /// Files that hold newer texts of articles in this one. When one of them goes or changes, this
    /// one is read again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) superseded_by: BTreeSet<String>,
    /// Articles that were deleted by hand and are left out when the source is read again.
    #[serde(default, skip_serializing_if = "Deleted::is_empty")]
    pub(super) deleted: Deleted,
    /// Whether there is no such file any more and only its deleted articles are remembered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) gone: bool,
    /// What gave none, in words, the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rejects: Vec<RejectRecord>,
    /// What gave none, counted by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) reject_counts: BTreeMap<String, u64>,
}

/// A [`Reject`] on disk; its path is that of the entry and, in an archive, of the member.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct RejectRecord {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) member: String,
    pub(super) record: Option<u32>,
    pub(super) reason: String,
    pub(super) detail: String,
}

impl Entry {
    /// Has the source be read again, whatever its size and time.
    pub(super) fn distrust(&mut self) {
        // No file is of this size, so no stamp of one can agree.
        (self.size, self.settled, self.sha256) = (u64::MAX, false, None);
    }

    /// Has what is said of superseded texts follow a source that has moved.
    pub(super) fn follow(&mut self, from: &str, to: &str) {
        for reject in &mut self.rejects {
            let followed = newer_text(&reject.detail).and_then(|(path, record)| {
                let member = path.strip_prefix(from)?;
                let is_of_source = member.is_empty() || member.starts_with('!');
                is_of_source.then(|| superseded_by(&format!("{to}{member}"), record))
            });
            reject.detail = followed.unwrap_or_else(|| std::mem::take(&mut reject.detail));
        }
    }

    /// Adds a reject of the source at `path`, whose entry this is.
    pub(super) fn add_reject(&mut self, path: &str, reject: &Reject) {
        *self.reject_counts.entry(reject.reason.to_string()).or_default() += 1;
        if self.rejects.len() < REJECTS_IN_WORDS {
            self.rejects.push(RejectRecord {
                member: reject.path.strip_prefix(path).unwrap_or_default().to_owned(),
                record: reject.record,
                reason: reject.reason.to_string(),
                detail: reject.detail.clone(),
            });
        }
    }
}

/// Every source that the index knows, by its path.
pub(super) type Manifest = BTreeMap<String, Entry>;

/// A line of a manifest file: what is known of a site or a source, or the news that nothing is any
/// more.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Line {
    Site {
        site: String,
        #[serde(flatten)]
        learned: Option<Site>,
    },
    Source {
        path: String,
        #[serde(flatten)]
        entry: Option<Entry>,
    },
}

/// What a generation changes: `None` for what goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Changes {
    /// By path.
    pub(super) sources: BTreeMap<String, Option<Entry>>,
    /// By the name of the site.
    pub(super) sites: BTreeMap<String, Option<Site>>,
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.sites.is_empty()
    }

    /// Applies them to what was known before.
    pub(super) fn apply(self, manifest: &mut Manifest, sites: &mut Sites) {
        apply(self.sources, manifest);
        apply(self.sites, sites);
    }

    fn add(&mut self, line: Line) {
        match line {
            Line::Site { site, learned } => drop(self.sites.insert(site, learned)),
            Line::Source { path, entry } => drop(self.sources.insert(path, entry)),
        }
    }
}

fn apply<T>(changes: BTreeMap<String, Option<T>>, known: &mut BTreeMap<String, T>) {
    for (name, value) in changes {
        match value {
            Some(value) => known.insert(name, value),
            None => known.remove(&name),
        };
    }
}

/// Reads the files in order.
pub(super) fn read(data: &Path, files: &[String]) -> Result<(Manifest, Sites), Error> {
    let (mut manifest, mut sites) = (Manifest::new(), Sites::new());
    for name in files {
        let path = data.join(name);
        let file = File::open(&path).map_err(Error::reading(&path))?;
        let mut changes = Changes::default();
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let line = line.map_err(Error::reading(&path))?;
            let line: Line = serde_json::from_str(&line).map_err(|error| Error::Damaged {
                path: data.to_owned(),
                detail: format!("`{name}` line {}: {error}", number + 1),
            })?;
            changes.add(line);
        }
        changes.apply(&mut manifest, &mut sites);
    }
    Ok((manifest, sites))
}

/// Writes one file of changes, as a whole or not at all. Returns its digest.
pub(super) fn write<'a>(
    path: &Path,
    sources: impl Iterator<Item = (&'a String, Option<&'a Entry>)>,
    sites: impl Iterator<Item = (&'a String, Option<&'a Site>)>,
) -> Result<String, Error> {
    let sites =
        sites.map(|(site, learned)| Line::Site { site: site.clone(), learned: learned.cloned() });
    let sources =
        sources.map(|(path, entry)| Line::Source { path: path.clone(), entry: entry.cloned() });
    let mut digest = Xxh3::new();
    write_whole(path, |file| {
        for line in sites.chain(sources) {
            let mut line = serde_json::to_vec(&line)?;
            line.push(b'\n');
            digest.update(&line);
            file.write_all(&line)?;
        }
        Ok(())
    })?;
    Ok(written(digest.digest()))
}

/// A digest of a manifest file as the commit carries it: 16 hexadecimal digits of XXH3.
fn written(digest: u64) -> String {
    format!("{digest:016x}")
}

/// What can be read of a manifest file.
#[derive(Debug, Default)]
pub(super) struct Salvaged {
    /// What its lines say.
    pub(super) changes: Changes,
    /// The numbers of the lines that cannot be read, from 1.
    pub(super) damaged: Vec<usize>,
    /// The digest of the file as it is.
    pub(super) digest: String,
}

/// Reads what can be read of a file.
pub(super) fn salvage(path: &Path) -> io::Result<Salvaged> {
    let bytes = std::fs::read(path)?;
    let digest = written(xxhash_rust::xxh3::xxh3_64(&bytes));
    let mut salvaged = Salvaged { digest, ..Salvaged::default() };
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match serde_json::from_slice::<Line>(line) {
            Ok(line) => salvaged.changes.add(line),
            Err(_) => salvaged.damaged.push(number + 1),
        }
    }
    Ok(salvaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_files_change_what_earlier_ones_say() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let entry = |articles| Entry { articles, settled: true, ..Entry::default() };
        let (a, b, c) = ("a".to_owned(), "b".to_owned(), "c".to_owned());
        let site = |documents| Site { documents, ..Site::default() };
        let (file, sites) = (folder.path().join("1"), [(&a, Some(&site(1))), (&b, Some(&site(2)))]);
        let sources = [(&a, Some(&entry(1))), (&b, Some(&entry(2)))];
        write(&file, sources.into_iter(), sites.into_iter()).expect("written");
        let (file, sites) = (folder.path().join("2"), [(&b, Some(&site(3))), (&a, None)]);
        let sources = [(&a, None), (&c, Some(&entry(3)))];
        write(&file, sources.into_iter(), sites.into_iter()).expect("written");
        let (manifest, sites) = read(folder.path(), &["1".into(), "2".into()]).expect("read");
        assert_eq!(manifest, Manifest::from([(b.clone(), entry(2)), (c, entry(3))]));
        assert_eq!(sites, Sites::from([(b, site(3))]));
    }

    #[test]
    fn a_damaged_line_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("1"), "{\"path\":\"a\"}\n{\"pa").expect("written");
        let error = read(folder.path(), &["1".into()]).expect_err("damaged");
        assert!(error.to_string().contains("`1` line 2"), "{error}");
    }
}
