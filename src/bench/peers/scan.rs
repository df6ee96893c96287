//! A plain scan of files, by `rg` where there is one, else in this process.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::pattern::compiled;
use crate::error::Error;

/// Bytes of paths that a command line takes at once; Linux allows two million in all.
const MOST_ARGUMENTS: usize = 1 << 20;

/// Who looks through files.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Scanner {
    /// `rg`, a process for each pattern, on one thread.
    Program(PathBuf),
    /// This process: each file is read as a whole and searched by the engine that `rg` uses.
    BuiltIn,
}

impl Scanner {
    /// `rg` if one of the folders in `path`, as the environment has it, holds it.
    pub fn find(path: Option<&OsStr>) -> Self {
        let folders = path.map(std::env::split_paths).into_iter().flatten();
        let name = format!("rg{}", std::env::consts::EXE_SUFFIX);
        let program = folders.map(|folder| folder.join(&name)).find(|it| it.is_file());
        program.map_or(Self::BuiltIn, Self::Program)
    }

    /// Which of the files a pattern matches: a mark for each. A file that cannot be read does not
    /// match.
    pub(super) fn matching(&self, pattern: &str, files: &[PathBuf]) -> Result<Vec<bool>, Error> {
        match self {
            Self::Program(program) => by_program(program, pattern, files),
            Self::BuiltIn => built_in(pattern, files),
        }
    }
}

fn built_in(pattern: &str, files: &[PathBuf]) -> Result<Vec<bool>, Error> {
    let regex = compiled(pattern).map_err(|error| Error::Read {
        path: pattern.into(),
        source: io::Error::new(io::ErrorKind::InvalidInput, error),
    })?;
    let matches = |file: &PathBuf| fs::read(file).is_ok_and(|bytes| regex.is_match(&bytes));
    Ok(files.iter().map(matches).collect())
}

fn by_program(program: &Path, pattern: &str, files: &[PathBuf]) -> Result<Vec<bool>, Error> {
    let mut marks = Vec::with_capacity(files.len());
    let mut rest = files;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        let mut command = Command::new(program);
        command.args(["--no-config", "--no-messages", "--no-ignore", "--hidden", "--threads=1"]);
        command.args(["--files-with-matches", "--null", "--ignore-case", "--regexp", pattern]);
        let output = command.arg("--").args(now).output().map_err(Error::reading(program))?;
        // 1 is nothing found, 2 an error.
        if !matches!(output.status.code(), Some(0 | 1)) {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            let source = io::Error::other(format!("`rg` failed on `{pattern}`: {said}"));
            return Err(Error::Read { path: program.to_owned(), source });
        }
        let found: Vec<&[u8]> = output.stdout.split(|&byte| byte == 0).collect();
        let found: std::collections::HashSet<&[u8]> = found.into_iter().collect();
        marks.extend(now.iter().map(|file| found.contains(file.as_os_str().as_encoded_bytes())));
        rest = later;
    }
    Ok(marks)
}

/// How many of the files fit on a command line; one at least.
fn fitting(files: &[PathBuf]) -> usize {
    let mut bytes = 0;
    let fit = files.iter().take_while(|file| {
        bytes += file.as_os_str().len() + 1;
        bytes <= MOST_ARGUMENTS
    });
    fit.count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_on_the_path_or_done_without() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().as_os_str();
        assert_eq!(Scanner::find(None), Scanner::BuiltIn);
        assert_eq!(Scanner::find(Some(path)), Scanner::BuiltIn);
        let program = folder.path().join(format!("rg{}", std::env::consts::EXE_SUFFIX));
        fs::write(&program, "").expect("written");
        assert_eq!(Scanner::find(Some(path)), Scanner::Program(program));
    }

    #[test]
    fn both_find_the_same_where_there_is_a_program() {
        let found = Scanner::find(std::env::var_os("PATH").as_deref());
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("written");
            path
        };
        let files = [file("a b", "The Harbour"), file("-c", "harbours"), file("d", "harbour")];
        // Where there is none, this process is asked twice.
        for scanner in [Scanner::BuiltIn, found] {
            let marks = scanner.matching("\\bharbour\\b", &files).expect("scanned");
            assert_eq!(marks, [true, false, true], "{scanner:?}");
        }
    }

    #[test]
    fn command_lines_are_filled_up_and_take_one_file_at_least() {
        let long = PathBuf::from("x".repeat(MOST_ARGUMENTS / 2));
        assert_eq!(fitting(&[long.clone(), long.clone(), long]), 1);
        assert_eq!(fitting(&["x".repeat(MOST_ARGUMENTS * 2).into(), "y".into()]), 1);
        assert_eq!(fitting(&["x".into(), "y".into()]), 2);
    }
}
