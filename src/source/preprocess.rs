//! Files that another program turns into text: `--pre pdftotext-stdout --pre-glob '*.pdf'`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::Globs;

/// A program that is given the path of a file and writes its text, or a page, to its standard
/// output.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Preprocessor {
    /// The program.
    pub command: PathBuf,
    /// The files it is for; all of them where there is no glob.
    pub globs: Globs,
}

impl Preprocessor {
    /// Whether the file at `path` is for it.
    pub(super) fn is_for(&self, path: &Path) -> bool {
        self.globs.is_empty() || self.globs.name(path)
    }

    /// Starts it on the file at `path`.
    pub(super) fn start(&self, path: &Path) -> io::Result<Child> {
        Command::new(&self.command).arg(path).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()
    }
}
