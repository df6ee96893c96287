//! The bytes of one file, counted and hashed as they lie on the disk.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read};
use std::process::Child;

use sha2::Digest as _;

use super::stream::{Budget, Fault, Stream};
use super::walk::{io_reject, special_kind};
use super::{Preprocessor, SourceFile, SourceSummary};
use crate::article::Sha256;
use crate::reject::RejectReason;

/// A file that is open for reading.
pub(super) struct Input {
    file: File,
    /// The program that turns the file into text.
    preprocessor: Option<RefCell<Child>>,
    tally: RefCell<Tally>,
    budget: Budget,
}

/// What was read from the disk so far.
#[derive(Default)]
struct Tally {
    bytes: u64,
    hasher: sha2::Sha256,
}

impl Input {
    /// Opens `file`, and starts the preprocessor where it is for this file.
    pub(super) fn open(
        file: &SourceFile,
        preprocessor: Option<&Preprocessor>,
    ) -> Result<Self, Fault> {
        // Asked before opening: to open a named pipe is to wait for its writer.
        let metadata = fs::metadata(&file.file).map_err(|error| io_reject(&error))?;
        if !metadata.is_file() {
            return Err((RejectReason::Special, special_kind(metadata.file_type()).into()));
        }
        let opened = File::open(&file.file).map_err(|error| io_reject(&error))?;
        let preprocessor = match preprocessor.filter(|program| program.is_for(&file.file)) {
            None => None,
            Some(program) => Some(RefCell::new(program.start(&file.file).map_err(|error| {
                let detail = format!("`{}` cannot be run: {error}", program.command.display());
                (RejectReason::Preprocessor, detail)
            })?)),
        };
        let (tally, budget) = (RefCell::default(), Budget::default());
        Ok(Self { file: opened, preprocessor, tally, budget })
    }

    /// The bytes of the file, or what the preprocessor makes of it.
    pub(super) fn stream(&self) -> Stream<'_> {
        let output = self.preprocessor.as_ref().and_then(|child| child.borrow_mut().stdout.take());
        match output {
            Some(output) => Stream::of_program(output),
            None => Stream::of_file(self.raw()),
        }
    }

    /// Waits for the preprocessor, and says whether it succeeded, where its output was read
    /// completely; else stops it.
    pub(super) fn end_preprocessor(&self, is_complete: bool) -> Result<(), Fault> {
        let Some(child) = &self.preprocessor else { return Ok(()) };
        let mut child = child.borrow_mut();
        if !is_complete {
            // It may have ended by itself.
            let _ = child.kill();
        }
        match child.wait() {
            Ok(status) if status.success() || !is_complete => Ok(()),
            Ok(status) => Err((RejectReason::Preprocessor, format!("it ended with {status}"))),
            Err(error) => Err((RejectReason::Preprocessor, error.to_string())),
        }
    }

    /// What may be unpacked from it.
    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Reads what is left of the file.
    pub(super) fn drain(&self) -> Result<(), Fault> {
        io::copy(&mut self.raw(), &mut io::sink()).map_err(|error| io_reject(&error))?;
        Ok(())
    }

    /// What was read so far.
    pub(super) fn summary(self) -> SourceSummary {
        let Tally { bytes, hasher } = self.tally.into_inner();
        SourceSummary { bytes, sha256: Sha256(hasher.finalize().into()) }
    }

    fn raw(&self) -> Raw<'_> {
        Raw { file: &self.file, tally: &self.tally, budget: &self.budget }
    }
}

/// Reads from the disk.
struct Raw<'a> {
    file: &'a File,
    tally: &'a RefCell<Tally>,
    budget: &'a Budget,
}

impl Read for Raw<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.budget.earn(count as u64);
        let mut tally = self.tally.borrow_mut();
        tally.bytes += count as u64;
        tally.hasher.update(&into[..count]);
        Ok(count)
    }
}
