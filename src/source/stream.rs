//! A stream of bytes that may hold articles: a file or a member of an archive, with what packs it
//! taken off.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::io::{self, BufReader, Read};

use bzip2::read::MultiBzDecoder;
use encoding_rs::Encoding;
use lzma_rust2::XzReader;

use super::Window;
use super::charset::Transcoded;
use super::format::{HEAD, utf_16, utf_32};
use super::gzip::Gzip;
use super::starts::Starts;
use super::walk::io_reject;
use super::zstd::Zstd;
use crate::reject::RejectReason;

/// Pages are saved compressed, and then archived compressed once more; nothing honest goes deeper.
const MAX_LAYERS: usize = 2;

/// A gzip stream unpacks to 1,032 times its size at most, so only one inside another, or one of
/// the stronger compressions fed with nothing but repetition, gets here.
const MAX_GROWTH: u64 = 1_100;

/// Unpacked bytes that raise no suspicion, however few they were made from.
const HARMLESS: u64 = 64 << 20;

/// Memory that decoding xz may take, in KiB: what its highest common level needs (65 MiB), twice.
const XZ_MEMORY_KIB: u32 = 128 << 10;

/// Why a stream cannot be read, or not to its end.
pub(super) type Fault = (RejectReason, String);

/// How much may still be unpacked from one file on the disk, all its archives and layers together.
#[derive(Debug, Default)]
pub(super) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    /// Counts bytes that were read from the disk.
    pub(super) fn earn(&self, bytes: u64) {
        self.packed.set(self.packed.get() + bytes);
    }

    /// Counts bytes that were unpacked; an error where they are more than the file can honestly
    /// hold.
    pub(super) fn spend(&self, bytes: usize) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get() + bytes as u64);
        if self.unpacked.get() > HARMLESS.max(self.packed.get().saturating_mul(MAX_GROWTH)) {
            return Err(io::Error::other(Swamped));
        }
        Ok(())
    }
}

/// What was made to swamp its reader.
#[derive(Debug)]
struct Swamped;

impl fmt::Display for Swamped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it unpacks to more than {MAX_GROWTH} times its size")
    }
}

impl Error for Swamped {}

/// A stream of bytes that may hold articles.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    pub(super) bytes: Window<'a>,
    /// Whether the bytes come out of an archive or a compressed file.
    is_packed: bool,
    /// Where the members begin that these bytes are packed in, one after another. A stream that has
    /// them gives an error once, and goes on after the damage or ends.
    starts: Option<Starts>,
}

impl<'a> Stream<'a> {
    /// The bytes of a file as they lie on the disk.
    pub(super) fn of_file(bytes: impl Read + 'a) -> Self {
        Self { bytes: Window::new(bytes), is_packed: false, starts: None }
    }

    /// What a program writes.
    pub(super) fn of_program(output: impl Read + 'a) -> Self {
        Self { bytes: Window::new(output), is_packed: true, starts: None }
    }

    /// The bytes of a member of an archive, unpacked.
    pub(super) fn of_member(bytes: impl Read + 'a, budget: &'a Budget) -> Self {
        Self { bytes: Window::new(Metered { bytes, budget }), is_packed: true, starts: None }
    }

    /// Whether nothing was unpacked to get these bytes, so that they are those of the file.
    pub(super) fn is_raw(&self) -> bool {
        !self.is_packed
    }

    /// This stream with every layer of compression taken off.
    pub(super) fn unpacked(mut self, budget: &'a Budget) -> Result<Self, Fault> {
        for layer in 0..=MAX_LAYERS {
            let head = self.bytes.head(Compression::HEAD);
            let head = head.map_err(|error| fault(&error, self.is_packed))?;
            let Some(compression) = Compression::of(head) else { return Ok(self) };
            let starts = Starts::default();
            self = Self::of_member(compression.open(self.bytes, starts.clone()), budget);
            // Of a file that is packed twice, nothing can be found by what the inner one says.
            self.starts = (layer == 0 && compression.has_members()).then_some(starts);
        }
        let detail = format!("compressed more than {MAX_LAYERS} times over");
        Err((RejectReason::TooDeep, detail))
    }

    /// Where the members begin that these bytes are packed in; `None` where they are not packed in
    /// members one after another.
    pub(super) fn starts(&self) -> Option<Starts> {
        self.starts.clone()
    }

    /// This stream of text with ASCII as a byte a character: text in UTF-16 becomes UTF-8, so that
    /// records lie where they do in that. Also the encoding that was taken off.
    pub(super) fn narrowed(mut self) -> Result<(Self, Option<&'static Encoding>), Fault> {
        let head = self.bytes.head(HEAD).map_err(|error| fault(&error, self.is_packed))?;
        if utf_32(head).is_some() {
            let detail = "text in UTF-32: convert it to UTF-8 first".to_owned();
            return Err((RejectReason::Unsupported, detail));
        }
        let Some(encoding) = utf_16(head) else { return Ok((self, None)) };
        let bytes = Window::new(Transcoded::new(self.bytes, encoding));
        Ok((Self { bytes, ..self }, Some(encoding)))
    }

    /// What an error met while reading this stream means.
    pub(super) fn fault(&self, error: &io::Error) -> Fault {
        fault(error, self.is_packed)
    }
}

/// What an error met while reading means.
pub(super) fn fault(error: &io::Error, is_packed: bool) -> Fault {
    if error.get_ref().is_some_and(
        <dyn std::error::Error + std::marker::Send + std::marker::Sync + 'static>::is::<Swamped>,
    ) {
        return (RejectReason::Bomb, error.to_string());
    }
    match error.kind() {
        _ if error.raw_os_error().is_some() || !is_packed => io_reject(error),
        io::ErrorKind::UnexpectedEof => {
            (RejectReason::BadArchive, "the packed data ends before its time".into())
        }
        _ => (RejectReason::BadArchive, error.to_string()),
    }
}

/// Whether the stream that begins with `head` is compressed.
pub(super) fn is_compressed(head: &[u8]) -> bool {
    Compression::of(head).is_some()
}

/// Ways to compress one stream into another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Compression {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

impl Compression {
    /// Number of bytes at the head of a stream that tell its compression.
    const HEAD: usize = 16;

    /// The compression of the stream that begins with `head`.
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            // Magic number and the one compression method there is (RFC 1952).
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            // The level, then a block or the end of an empty stream.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => {
                Some(Self::Bzip2)
            }
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            // A frame, or a skippable frame, in which web archives put their dictionary (RFC 8878).
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// Whether records are packed one by one in this, so that it matters where each begins.
    fn has_members(self) -> bool {
        matches!(self, Self::Gzip | Self::Zstd)
    }

    /// The unpacked bytes of `packed`, one stream after another where several follow each other.
    /// Where each begins is noted in `starts`, if this has them.
    fn open<'a>(self, packed: Window<'a>, starts: Starts) -> Box<dyn Read + 'a> {
        match self {
            Self::Gzip => Box::new(Gzip::new(packed, starts)),
            Self::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
            Self::Xz => {
                let packed = BufReader::new(packed);
                Box::new(XzReader::new_mem_limit(packed, true, XZ_MEMORY_KIB))
            }
            Self::Zstd => Box::new(Zstd::new(packed, starts)),
        }
    }
}

/// Unpacked bytes, counted against what the file may unpack to.
struct Metered<'a, R> {
    bytes: R,
    budget: &'a Budget,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.budget.spend(count)?;
        Ok(count)
    }
}
