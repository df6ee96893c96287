//! The bytes of one file, counted and hashed as they lie on the disk.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read};

use sha2::Digest as _;

use super::stream::{Budget, Fault, Stream};
use super::walk::{io_reject, special_kind};
use super::{SourceFile, SourceSummary};
use crate::article::Sha256;
use crate::reject::RejectReason;

/// A file that is open for reading.
pub(super) struct Input {
    file: File,
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
    /// Opens `file`.
    pub(super) fn open(file: &SourceFile) -> Result<Self, Fault> {
        // Asked before opening: to open a named pipe is to wait for its writer.
        let metadata = fs::metadata(&file.file).map_err(|error| io_reject(&error))?;
        if !metadata.is_file() {
            return Err((RejectReason::Special, special_kind(metadata.file_type()).into()));
        }
        let file = File::open(&file.file).map_err(|error| io_reject(&error))?;
        Ok(Self { file, tally: RefCell::default(), budget: Budget::default() })
    }

    /// The bytes of the file.
    pub(super) fn stream(&self) -> Stream<'_> {
        Stream::of_file(self.raw())
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
