//! A temporary folder to run the program in.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The package's own folder.
pub(crate) const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, folders included.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, content).expect("written");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("removed");
    }

    pub(crate) fn command<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        command.env_remove("DATELINE_INDEX").env_remove("NO_COLOR");
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Said {
        self.said(&mut self.command(arguments))
    }

    /// What a command says.
    pub(crate) fn said(&self, command: &mut Command) -> Said {
        let Output { status, stdout, stderr } =
            command.current_dir(self.path()).output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Said { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// Runs a command line of words without spaces, and expects it to succeed.
    #[track_caller]
    pub(crate) fn done(&self, line: &str) -> String {
        let said = self.run(line.split(' '));
        assert_eq!(said.code, Some(0), "`{line}` said\n{}{}", said.out, said.err);
        said.out
    }

    /// The report of an indexing run.
    #[track_caller]
    pub(crate) fn index(&self, paths: &str) -> Value {
        parsed(&self.done(&format!("index --format json {paths}")))
    }

    /// The paths that a search lists, sorted.
    pub(crate) fn found(&self, query: &str) -> Vec<String> {
        let said =
            self.run(["search", "--copies", "show", "-n", "1000", "--format", "jsonl", query]);
        assert!(matches!(said.code, Some(0 | 1)), "`{query}` said\n{}", said.err);
        let mut paths: Vec<_> = said.out.lines().map(|line| text(&parsed(line)["path"])).collect();
        paths.sort();
        paths
    }
}

#[track_caller]
pub(crate) fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in\n{json}"))
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A folder of the data that is shared between checkouts; `None`, with a note, where it is not.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("DATELINE_SHARED_DATA")
        .map_or_else(|| Path::new(PACKAGE).join("../shared/data"), PathBuf::from);
    let path = root.join(folder);
    if path.exists() {
        return Some(path);
    }
    skip(&path);
    None
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen to be skipped")]
fn skip(path: &Path) {
    eprintln!("skipped: {} is not there", path.display());
}

/// The sample archive, copied into the sandbox.
pub(crate) fn with_corpus() -> Sandbox {
    let sandbox = Sandbox::new();
    copy(&Path::new(PACKAGE).join("corpus"), &sandbox.path().join("corpus"));
    sandbox
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("read") {
        let entry = entry.expect("read");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("copied");
        }
    }
}
