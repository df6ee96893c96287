//! Generated articles in two indexes side by side, each of one segment: in `FOLDER/index` that of
//! dateline, in `FOLDER/plain` that of plain tantivy (see `plain`). What is there already is kept.

pub(crate) mod cold;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::generated::{self, Random};
use crate::plain::Plain;

/// Articles that are generated at a time.
const PART: u64 = 10_000;

/// Where the two are.
pub(crate) struct Indexes {
    pub(crate) dateline: PathBuf,
    pub(crate) plain: PathBuf,
}

impl Indexes {
    /// Those of a folder; made if they are missing, of so many articles.
    pub(crate) fn of(folder: &Path, articles: u64) -> Self {
        let dateline = folder.join("index");
        if !dateline.is_dir() {
            write(&dateline, articles);
        }
        let plain = folder.join("plain");
        drop(Plain::of(parts(articles), &plain));
        Self { dateline, plain }
    }
}

/// Writes that of dateline by its program: a bench that does not use the library has none of its
/// tables to load, and is as light as a program of plain tantivy is.
fn write(index: &Path, articles: u64) {
    let source = index.with_extension("jsonl");
    let mut file = File::create(&source).expect("made");
    for lines in parts(articles) {
        file.write_all(lines.as_bytes()).expect("written");
    }
    for (command, paths) in [("index", vec![&source]), ("compact", Vec::new())] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"));
        program.arg(command).arg("--index").arg(index).args(paths).stdout(Stdio::null());
        assert!(program.status().expect("it starts").success(), "{program:?}");
    }
    fs::remove_file(source).expect("removed");
}

/// The articles as lines of JSON.
pub(crate) fn parts(articles: u64) -> impl Iterator<Item = String> {
    let firsts = (0..articles).step_by(usize::try_from(PART).expect("small"));
    (0..).zip(firsts).map(move |(n, first)| generated::jsonl(7 + n, PART.min(articles - first)))
}

/// Different words as questions have them: seldom the most frequent ones, seldom very rare ones.
pub(crate) fn words(random: &mut Random, count: usize) -> Vec<String> {
    words_from(60, 6_000.0, random, count)
}

/// Different words behind the first ones, `among` so many.
pub(crate) fn words_from(first: u64, among: f64, random: &mut Random, count: usize) -> Vec<String> {
    let mut ranks = BTreeSet::new();
    while ranks.len() < count {
        ranks.insert(first + random.zipf(among));
    }
    ranks.into_iter().map(generated::word).collect()
}
