//! The bytes of one file: counted and hashed as they lie on the disk, unpacked as they are read.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use sha2::Digest as _;

use super::walk::{io_reject, special_kind};
use super::{SourceFile, SourceSummary, Window};
use crate::article::Sha256;
use crate::reject::RejectReason;

/// How a gzip member begins: magic number and the one compression method there is (RFC 1952).
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// Pages are saved compressed, and then archived compressed once more; nothing honest goes deeper.
const MAX_LAYERS: usize = 2;

/// A gzip stream unpacks to 1,032 times its size at most, so only one inside another gets here.
const MAX_GROWTH: u64 = 1_100;

/// Unpacked bytes that raise no suspicion, however few they were made from.
const HARMLESS: u64 = 64 << 20;

/// Why a file cannot be read, or not to its end.
pub(super) type Fault = (RejectReason, String);

/// A file that is open for reading.
pub(super) struct Input {
    file: File,
    tally: RefCell<Tally>,
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
        Ok(Self { file, tally: RefCell::default() })
    }

    /// The bytes of the file with every layer of gzip taken off.
    pub(super) fn unpacked(&self) -> Result<Unpacked<'_>, Fault> {
        let mut bytes = Window::new(self.raw());
        for layers in (0..=MAX_LAYERS).map(Layers) {
            let head = bytes.ahead(GZIP.len()).map_err(|error| layers.fault(&error))?;
            if !head.starts_with(&GZIP) {
                return Ok(Unpacked { bytes, layers });
            }
            bytes = Window::new(Unpacking {
                unpacked: MultiGzDecoder::new(bytes),
                bytes: 0,
                tally: &self.tally,
            });
        }
        Err((RejectReason::Binary, format!("gzip inside gzip, more than {MAX_LAYERS} deep")))
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
        Raw { file: &self.file, tally: &self.tally }
    }
}

/// The content of a file.
pub(super) struct Unpacked<'a> {
    pub(super) bytes: Window<'a>,
    pub(super) layers: Layers,
}

/// How many layers of gzip were taken off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layers(usize);

impl Layers {
    /// What an error met below these layers means.
    pub(super) fn fault(self, error: &io::Error) -> Fault {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match error.kind() {
            UnexpectedEof if self.0 > 0 => {
                (RejectReason::BadGzip, "the gzip stream ends before its time".into())
            }
            InvalidData | InvalidInput if self.0 > 0 => (RejectReason::BadGzip, error.to_string()),
            _ => io_reject(error),
        }
    }
}

/// Reads from the disk.
struct Raw<'a> {
    file: &'a File,
    tally: &'a RefCell<Tally>,
}

impl Read for Raw<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        let mut tally = self.tally.borrow_mut();
        tally.bytes += count as u64;
        tally.hasher.update(&into[..count]);
        Ok(count)
    }
}

/// Unpacks, and stops at what was made to swamp its reader.
struct Unpacking<'a> {
    unpacked: MultiGzDecoder<Window<'a>>,
    bytes: u64,
    tally: &'a RefCell<Tally>,
}

impl Read for Unpacking<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(into)?;
        self.bytes += count as u64;
        if self.bytes > HARMLESS.max(self.tally.borrow().bytes.saturating_mul(MAX_GROWTH)) {
            let detail = format!("it unpacks to more than {MAX_GROWTH} times its size");
            return Err(io::Error::new(io::ErrorKind::InvalidData, detail));
        }
        Ok(count)
    }
}
