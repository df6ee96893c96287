//! The files that hold families, and the one that says which of them hold.
//!
//! `families.json` is replaced in one step and names the others with their digests. So a stop at any
//! point leaves the families of before, which are right as far as they go: they say up to which
//! number articles were looked at.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Directory as _;
use tantivy::directory::{MmapDirectory, OwnedBytes};
use xxhash_rust::xxh3::Xxh3;

use super::file::Families;
use super::table::{Table, merged};
use crate::copies::{COPIES_VERSION, Forest, Print};
use crate::error::Error;
use crate::fs::{remove_file, write_whole};

/// The file that names the others.
pub(in crate::index) const HEAD: &str = "families.json";

/// So many tables of about one size become one: each entry is written again log4(n) times, and a
/// look-up asks few tables.
const MERGED: usize = 4;

/// What `families.json` says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(in crate::index) struct Head {
    version: u32,
    /// The generation whose articles were all looked at; 0 where a run was stopped.
    pub(super) generation: u64,
    /// The number in the name of the next file.
    next_file: u64,
    families: Named,
    sketches: Vec<Named>,
}

/// A file of ours and its digest: 16 hexadecimal digits of XXH3.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Named {
    name: String,
    digest: String,
}

impl Head {
    /// `None` where there is none, or one of another version.
    pub(in crate::index) fn read(data: &Path) -> Result<Option<Self>, Error> {
        let path = data.join(HEAD);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::reading(&path)(error)),
        };
        let damaged =
            |error| Error::Damaged { path: data.to_owned(), detail: format!("`{HEAD}`: {error}") };
        let head: Self = serde_json::from_slice(&text).map_err(damaged)?;
        Ok(Some(head).filter(|head| head.version == COPIES_VERSION))
    }

    /// Opens the families that it names.
    pub(super) fn families(&self, data: &Path) -> Result<Families, Error> {
        let opened = Families::open(open(data, &self.families.name)?);
        opened.ok_or_else(|| not_ours(data, &self.families.name))
    }

    /// The files whose bytes are not those that were written, and why.
    pub(in crate::index) fn unsound(&self, data: &Path) -> Vec<(String, String)> {
        let named = self.sketches.iter().chain([&self.families]);
        let fault = |file: &Named| match digest_of(&data.join(&file.name)) {
            Ok(digest) if digest == file.digest => None,
            Ok(_) => Some((file.name.clone(), "its bytes are not those that were written".into())),
            Err(error) => Some((file.name.clone(), error.to_string())),
        };
        named.filter_map(fault).collect()
    }
}

/// Removes what is known of families; the next run looks for them anew.
pub(in crate::index) fn forget(data: &Path) -> io::Result<()> {
    match remove_file(&data.join(HEAD)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// All that is known of families, to be gone on with.
pub(super) struct State {
    pub(super) head: Head,
    pub(super) forest: Forest,
    /// In the order of their numbers, which follow on one another.
    pub(super) tables: Vec<Table>,
}

impl State {
    /// Nothing known.
    pub(super) fn new() -> Self {
        let head = Head { version: COPIES_VERSION, next_file: 1, ..Head::default() };
        Self { head, forest: Forest::new(0, []), tables: Vec::new() }
    }

    /// What the files say; an error where one cannot be used.
    pub(super) fn read(data: &Path, head: Head) -> Result<Self, Error> {
        let families = head.families(data)?;
        let mut tables = Vec::new();
        let mut next = 0;
        for Named { name, .. } in &head.sketches {
            let table = Table::open(open(data, name)?).filter(|it| it.numbers().start == next);
            let table = table.ok_or_else(|| not_ours(data, name))?;
            next = table.numbers().end;
            tables.push(table);
        }
        if next != families.known() {
            return Err(not_ours(data, &head.families.name));
        }
        let forest = Forest::new(families.known(), families.links());
        Ok(Self { head, forest, tables })
    }

    /// The number of the first article that was not looked at.
    pub(super) fn end(&self) -> u32 {
        self.tables.last().map_or(0, |table| table.numbers().end)
    }

    /// What is known of the text with this number, which is below the end.
    pub(super) fn print(&self, number: u32) -> Print {
        let after = self.tables.partition_point(|table| table.numbers().start <= number);
        self.tables.get(after.wrapping_sub(1)).map_or_else(Print::default, |it| it.print(number))
    }

    /// Adds the sketches of the articles that follow; `entries` in ascending order.
    pub(super) fn add(
        &mut self,
        data: &Path,
        prints: &[Print],
        entries: &[(u32, u32)],
    ) -> Result<(), Error> {
        let first = self.end();
        let (named, table) = self.write_table(data, |out| {
            Table::write(out, first, prints.iter().copied(), entries.iter().copied())
        })?;
        self.head.sketches.push(named);
        self.tables.push(table);
        self.forest.grow(self.end());
        Ok(())
    }

    /// Merges the last tables while there are several of about one size, but for the entries of
    /// articles that are gone.
    pub(super) fn merge(&mut self, data: &Path, stands: impl Fn(u32) -> bool) -> Result<(), Error> {
        let size = |table: &Table| table.len().max(1).ilog(MERGED);
        loop {
            let last = self.tables.last().map_or(0, size);
            let small = self.tables.iter().rev().take_while(|it| size(it) <= last).count();
            if small < MERGED {
                return Ok(());
            }
            let from = self.tables.len() - small;
            let tables = self.tables.split_off(from);
            let numbers: Vec<u32> = tables.iter().flat_map(Table::numbers).collect();
            let first = numbers.first().copied().unwrap_or_default();
            let prints: Vec<Print> =
                tables.iter().flat_map(|it| it.numbers().map(|n| it.print(n))).collect();
            let of_tables: Vec<&Table> = tables.iter().collect();
            let (named, table) = self.write_table(data, |out| {
                let entries = merged(&of_tables).filter(|(_, number)| stands(*number));
                Table::write(out, first, prints.into_iter(), entries)
            })?;
            self.head.sketches.truncate(from);
            self.head.sketches.push(named);
            self.tables.push(table);
        }
    }

    fn write_table(
        &mut self,
        data: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(Named, Table), Error> {
        let named = self.write_file(data, "sketches", write)?;
        let table = Table::open(open(data, &named.name)?);
        let table = table.ok_or_else(|| not_ours(data, &named.name))?;
        Ok((named, table))
    }

    fn write_file(
        &mut self,
        data: &Path,
        kind: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Named, Error> {
        let name = format!("{kind}-{}", self.head.next_file);
        self.head.next_file += 1;
        let mut digest = Xxh3::new();
        write_whole(&data.join(&name), |out| write(&mut Digesting { out, digest: &mut digest }))?;
        Ok(Named { name, digest: written(digest.digest()) })
    }

    /// Makes all this what holds, for the articles of `generation`; 0 where some are still to be
    /// looked at.
    pub(super) fn commit(&mut self, data: &Path, generation: u64) -> Result<(), Error> {
        let forest = std::mem::replace(&mut self.forest, Forest::new(0, []));
        let named = self.write_file(data, "families", |out| Families::write(out, &forest));
        self.forest = forest;
        self.head.families = named?;
        self.commit_head(data, generation)
    }

    /// The same where nothing else changed.
    pub(super) fn commit_head(&mut self, data: &Path, generation: u64) -> Result<(), Error> {
        self.head.generation = generation;
        write_whole(&data.join(HEAD), |out| {
            serde_json::to_writer_pretty(&mut *out, &self.head)?;
            out.write_all(b"\n")
        })?;
        self.remove_others(data);
        Ok(())
    }

    /// Removes the files that do not hold. What cannot be removed now goes another time.
    pub(super) fn remove_others(&self, data: &Path) {
        let Ok(entries) = fs::read_dir(data) else { return };
        let named = |name: &str| {
            let mut files = self.head.sketches.iter().chain([&self.head.families]);
            name == HEAD || files.any(|file| file.name == name)
        };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_ours = name.starts_with("families") || name.starts_with("sketches-");
            if is_ours && !named(&name) {
                let _ = remove_file(&entry.path());
            }
        }
    }
}

fn open(data: &Path, name: &str) -> Result<OwnedBytes, Error> {
    let path = data.join(name);
    let mapped = MmapDirectory::open(data).map_err(io::Error::other).and_then(|directory| {
        let file = directory.open_read(Path::new(name)).map_err(|error| match error {
            tantivy::directory::error::OpenReadError::FileDoesNotExist(_) => {
                io::Error::from(io::ErrorKind::NotFound)
            }
            error => io::Error::other(error),
        })?;
        file.read_bytes()
    });
    mapped.map_err(Error::reading(&path))
}

fn not_ours(data: &Path, name: &str) -> Error {
    Error::Damaged { path: data.to_owned(), detail: format!("`{name}` has not the form it had") }
}

fn digest_of(path: &Path) -> io::Result<String> {
    let mut digest = Xxh3::new();
    let mut file = fs::File::open(path)?;
    io::copy(&mut file, &mut Digesting { out: &mut io::sink(), digest: &mut digest })?;
    Ok(written(digest.digest()))
}

fn written(digest: u64) -> String {
    format!("{digest:016x}")
}

/// Takes the digest of what is written.
struct Digesting<'a> {
    out: &'a mut dyn Write,
    digest: &'a mut Xxh3,
}

impl Write for Digesting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
