//! Cuts a stream into lines, one JSON record each.

use std::io;

use memchr::memchr;

use super::{Ending, Piece};
use crate::source::Window;

/// The lines of a stream that are not empty.
pub(super) struct Lines<'a> {
    bytes: Window<'a>,
    limit: usize,
    line: Vec<u8>,
}

impl<'a> Lines<'a> {
    /// The lines of `bytes`; one of more than `limit` bytes is named, and not held in memory.
    pub(super) fn new(bytes: Window<'a>, limit: usize) -> Self {
        Self { bytes, limit, line: Vec::new() }
    }

    /// The next line; `None` after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            let start = self.bytes.offset();
            let Some(ending) = self.read_line()? else { return Ok(None) };
            if self.line.len() > self.limit {
                return Ok(Some(Piece::TooLarge { offset: start }));
            }
            let blank = leading_blank(&self.line);
            if blank < self.line.len() {
                let offset = start + blank as u64;
                let bytes = self.line[blank..].trim_ascii_end();
                return Ok(Some(Piece::Whole { offset, bytes, ending }));
            }
        }
    }

    /// Reads a line up to its end, keeping one byte more than the limit at most.
    fn read_line(&mut self) -> io::Result<Option<Ending>> {
        self.line.clear();
        let mut any = false;
        loop {
            let bytes = self.bytes.some()?;
            if bytes.is_empty() {
                return Ok(any.then_some(Ending::Open));
            }
            any = true;
            let newline = memchr(b'\n', bytes);
            let line = &bytes[..newline.unwrap_or(bytes.len())];
            let room = self.limit.saturating_add(1).saturating_sub(self.line.len());
            self.line.extend_from_slice(&line[..line.len().min(room)]);
            let taken = newline.map_or(bytes.len(), |at| at + 1);
            self.bytes.skip(taken);
            if newline.is_some() {
                return Ok(Some(Ending::Closed));
            }
        }
    }
}

/// Bytes before the first that says something: white space and byte order marks.
fn leading_blank(line: &[u8]) -> usize {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_ascii_start();
        let trimmed = trimmed.strip_prefix(super::BOM).unwrap_or(trimmed);
        if trimmed.len() == rest.len() {
            return line.len() - rest.len();
        }
        rest = trimmed;
    }
}
