//! A plain scan of the files that an index was made from, as by `rg`: words in any case as a whole,
//! each a scan of its own, and the sets of files put together. It knows no dates, fields or order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::pattern::Grep;
use super::scan::Scanner;
use super::{Peer, Reason, Side, Unit};
use crate::bench::archive::{Clock, Digest};
use crate::bench::{Answer, Ask, Phase, Target, Task};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::{Query, parse};
use crate::record::ArticleRecord;
use crate::search::{Matching, Sort, files};

/// How much of a file is looked at to tell text from all else, as grep does.
const HEAD: usize = 8 * 1024;

/// What compressed files and archives begin with: gzip, zip, bzip2, xz, zstd.
const PACKED: [&[u8]; 5] = [b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"];

/// Files that are scanned for each question.
#[derive(Debug)]
pub struct Ripgrep<'a> {
    archive: &'a ArchiveReader,
    scanner: Scanner,
    today: NaiveDate,
    /// What each file is called in the index, and where it is.
    labels: Vec<String>,
    paths: Vec<PathBuf>,
    left_out: u64,
}

impl<'a> Ripgrep<'a> {
    /// Of the files that the articles came from, as far as they are there and are plain text;
    /// compressed ones, archives, and other files with a zero byte in front are left out.
    pub fn new(
        archive: &'a ArchiveReader,
        scanner: Scanner,
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let (mut labels, mut paths, mut left_out) = (Vec::new(), Vec::new(), 0);
        for file in archive.indexed_files()? {
            match file.path.filter(|path| is_plain(path)) {
                Some(path) => {
                    labels.push(file.label);
                    paths.push(path);
                }
                None => left_out += 1,
            }
        }
        Ok(Self { archive, scanner, today, labels, paths, left_out })
    }

    /// How many files are scanned.
    pub fn files(&self) -> usize {
        self.paths.len()
    }

    /// How many files with articles are not.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Bytes of the files that are scanned.
    pub fn bytes(&self) -> u64 {
        let sizes = self.paths.iter().filter_map(|path| fs::metadata(path).ok());
        sizes.map(|data| data.len()).sum()
    }

    /// Who scans them.
    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }

    fn read(&self, task: &Task) -> Query {
        parse(&task.query, self.today).query
    }

    /// The files that a question finds, a mark for each; of one that cannot be put, none.
    fn scan(&self, query: &Query) -> Result<Vec<bool>, Error> {
        let n = self.paths.len();
        let Ok(grep) = Grep::of(query) else { return Ok(vec![false; n]) };
        let mut matched = BTreeMap::new();
        for pattern in grep.patterns() {
            matched.insert(pattern, self.scanner.matching(pattern, &self.paths)?);
        }
        Ok(grep.files(n, &matched))
    }

    fn labels_of<'b>(&'b self, marks: &'b [bool]) -> impl Iterator<Item = &'b String> {
        self.labels.iter().zip(marks).filter(|(_, mark)| **mark).map(|(label, _)| label)
    }

    /// The articles of a file.
    fn articles(&self, label: &str) -> Result<Vec<ArticleRecord>, Error> {
        match self.archive.find(label) {
            Err(Error::NoSuchArticle { .. }) => Ok(Vec::new()),
            found => found,
        }
    }
}

fn is_plain(path: &Path) -> bool {
    let mut head = Vec::with_capacity(HEAD);
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && !head.contains(&0) && !PACKED.iter().any(|magic| head.starts_with(magic))
}

impl Target for Ripgrep<'_> {
    fn perform(&self, task: &Task) -> Result<Answer, Error> {
        let mut clock = Clock::start();
        let query = self.read(task);
        clock.lap(Phase::Parse);
        let marks = self.scan(&query)?;
        clock.lap(Phase::Match);
        let total = marks.iter().filter(|mark| **mark).count() as u64;
        let mut digest = Digest::of(total);
        let mut printed = String::new();
        if task.ask != Ask::Count {
            for label in self.labels_of(&marks) {
                digest.text(label);
                printed.push_str(label);
                printed.push('\n');
            }
        }
        std::hint::black_box(printed);
        clock.lap(Phase::Print);
        Ok(Answer { total, checksum: digest.end(), phases: clock.phases })
    }
}

impl Peer for Ripgrep<'_> {
    fn name(&self) -> &'static str {
        "ripgrep"
    }

    fn unit(&self) -> Unit {
        Unit::Files
    }

    fn cannot(&self, task: &Task) -> Option<&'static str> {
        match task.ask {
            Ask::Facets(_) => return Some("values of a field"),
            Ask::Timeline(_) => return Some("articles over time"),
            Ask::Hits { collapse: true, .. } => return Some("copies of a story"),
            Ask::Hits { sort, .. } if sort != Sort::Relevance => return Some("an order"),
            Ask::Hits { offset, .. } if offset > 0 => return Some("a page"),
            Ask::Hits { .. } | Ask::Count => {}
        }
        Grep::of(&self.read(task)).err()
    }

    fn found(&self, task: &Task) -> Result<BTreeSet<String>, Error> {
        let marks = self.scan(&self.read(task))?;
        Ok(self.labels_of(&marks).cloned().collect())
    }

    fn ours(&self, task: &Task) -> Result<BTreeSet<String>, Error> {
        let mut found = files(self.archive, &self.read(task), Matching::AllWords)?;
        found.retain(|label| self.labels.binary_search(label).is_ok());
        Ok(found)
    }

    fn reason(&self, task: &Task, name: &str, side: Side) -> Result<Reason, Error> {
        let Ok(grep) = Grep::of(&self.read(task)) else { return Ok(Reason::Cut) };
        let texts = self.articles(name)?.into_iter();
        let texts: Vec<_> = texts.map(|it| format!("{}\n{}", it.title, it.body)).collect();
        let has = |text: &String| grep.matches(text.as_bytes());
        Ok(match side {
            // The file as it lies there does not match.
            Side::Ours if texts.iter().any(has) => Reason::Encoding,
            Side::Ours => Reason::Form,
            Side::Theirs if texts.iter().any(has) => Reason::Cut,
            Side::Theirs if texts.len() > 1 && has(&texts.join("\n")) => Reason::Record,
            Side::Theirs => Reason::LeftOut,
        })
    }
}
