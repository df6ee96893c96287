//! Headers and blocks of a stream of records.

use std::io::{self, Read as _};

use memchr::memmem;

use super::super::Window;
use super::super::gzip::Starts;
use super::super::stream::Stream;
use super::Block;

/// The longest header; those in use have a few hundred bytes.
const MAX_HEADER: usize = 256 << 10;

/// A stream of records, each a header and a block.
pub(super) struct Blocks<'a> {
    bytes: Window<'a>,
    starts: Option<Starts>,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(stream: Stream<'a>) -> Self {
        Self { starts: stream.starts(), bytes: stream.bytes }
    }

    /// Number of bytes taken so far.
    pub(super) fn offset(&self) -> u64 {
        self.bytes.offset()
    }

    /// Where the next record begins, for those who will seek it: in the file, where the record is
    /// compressed by itself, else in the unpacked stream.
    pub(super) fn place(&self) -> u64 {
        let offset = self.bytes.offset();
        self.starts.as_ref().and_then(|starts| starts.of(offset)).unwrap_or(offset)
    }

    /// Passes over the empty lines between records; false at the end of the stream.
    pub(super) fn skip_blank(&mut self) -> io::Result<bool> {
        loop {
            match self.bytes.peek()? {
                Some(b'\r' | b'\n') => self.bytes.skip(1),
                next => return Ok(next.is_some()),
            }
        }
    }

    /// Whether the next bytes are these.
    pub(super) fn starts_with(&mut self, start: &[u8]) -> io::Result<bool> {
        Ok(self.bytes.ahead(start.len())?.starts_with(start))
    }

    /// Goes to the next line that starts so, or to the end.
    pub(super) fn go_to_line(&mut self, start: &[u8]) -> io::Result<()> {
        // A record that is damaged in its first line is not met again.
        self.bytes.skip(1);
        let wanted = [b"\n", start].concat();
        loop {
            let ahead = self.bytes.ahead(wanted.len())?;
            if let Some(at) = memmem::find(ahead, &wanted) {
                self.bytes.skip(at + 1);
                return Ok(());
            }
            let passed = (ahead.len() + 1).saturating_sub(wanted.len());
            if passed == 0 {
                let rest = ahead.len();
                self.bytes.skip(rest);
                return Ok(());
            }
            self.bytes.skip(passed);
        }
    }

    /// The lines up to an empty one; `None` where the stream ends before. Of a header that is too
    /// long the first part.
    pub(super) fn header(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut header = Vec::new();
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.trim_ascii().is_empty() || header.len() > MAX_HEADER {
                return Ok(Some(header));
            }
            header.extend_from_slice(&line);
        }
    }

    /// The next line with its end; `None` where the stream ends before that.
    pub(super) fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        while line.len() <= MAX_HEADER {
            let some = self.bytes.some()?;
            if some.is_empty() {
                return Ok(None);
            }
            let end = memchr::memchr(b'\n', some).map(|at| at + 1);
            let count = end.unwrap_or(some.len());
            line.extend_from_slice(&some[..count]);
            self.bytes.skip(count);
            if end.is_some() {
                break;
            }
        }
        Ok(Some(line))
    }

    /// A block of `length` bytes, the first `limit` of them. Where its length is wrong, so that it
    /// runs into a record that starts with `start`, it ends before that one.
    pub(super) fn block(&mut self, length: u64, limit: usize, start: &[u8]) -> io::Result<Block> {
        let wanted = length.min(limit as u64);
        let mut bytes = Vec::new();
        (&mut self.bytes).take(wanted).read_to_end(&mut bytes)?;
        let mut is_cut = (bytes.len() as u64) < length;
        self.skip(length - wanted)?;
        let ends_well = matches!(self.bytes.ahead(2)?, [] | [b'\r' | b'\n', ..]);
        let next = [b"\r\n\r\n", start, b"1."].concat();
        if (!ends_well || is_cut)
            && let Some(at) = memmem::find(&bytes, &next)
        {
            if wanted == length {
                self.bytes.put_back(&bytes[at + 4..]);
            }
            bytes.truncate(at);
            is_cut = true;
        }
        Ok(Block { bytes, is_cut })
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, count: u64) -> io::Result<()> {
        io::copy(&mut (&mut self.bytes).take(count), &mut io::sink()).map(|_| ())
    }
}
