//! A stream of bytes that can be looked at before it is taken.
//!
//! Formats are told apart by their first bytes, records by the bytes that close them: both need to
//! look ahead without losing what they saw. [`Window`] holds just as much as it was asked to show.

use std::fmt;
use std::io::{self, Read};

/// Bytes asked of the stream beneath at a time.
const CHUNK: usize = 64 << 10;

/// A stream with a movable window on it.
pub(super) struct Window<'a> {
    input: Box<dyn Read + 'a>,
    /// What was read and not yet taken lies at `start..end`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    ended: bool,
    /// An error that was met while looking at the head.
    deferred: Option<io::Error>,
}

impl<'a> Window<'a> {
    /// A window at the start of `input`.
    pub(super) fn new(input: impl Read + 'a) -> Self {
        let input = Box::new(input);
        Self {
            input,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
            ended: false,
            deferred: None,
        }
    }

    /// Number of bytes taken so far.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes that follow: `wanted` of them or more, fewer only where the stream ends.
    pub(super) fn ahead(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.end - self.start < wanted && !self.ended {
            self.read_more()?;
        }
        Ok(self.held())
    }

    /// The first bytes, `wanted` of them if there are so many. An error after the first one comes
    /// to light when the stream is read that far: what lies before it may be worth reading.
    pub(super) fn head(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.end - self.start < wanted && !self.ended && self.deferred.is_none() {
            match self.read_more() {
                Err(error) if self.end > self.start => self.deferred = Some(error),
                outcome => outcome?,
            }
        }
        Ok(self.held())
    }

    /// The bytes that were read and not yet taken.
    pub(super) fn held(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// The next bytes, as many as are at hand: none only at the end of the stream.
    pub(super) fn some(&mut self) -> io::Result<&[u8]> {
        self.ahead(1)
    }

    /// The next byte; `None` at the end of the stream.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.some()?.first().copied())
    }

    /// Takes the next `count` bytes; no more than were shown.
    pub(super) fn skip(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// Takes the next `count` bytes, which were shown, and shows them once more.
    pub(super) fn cut(&mut self, count: usize) -> &[u8] {
        let start = self.start;
        self.skip(count);
        &self.buffer[start..self.start]
    }

    /// Gives back the last bytes that were taken, to be taken again.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        let mut buffer = bytes.to_vec();
        buffer.extend_from_slice(&self.buffer[self.start..self.end]);
        (self.start, self.end) = (0, buffer.len());
        self.buffer = buffer;
        self.offset -= bytes.len() as u64;
    }

    fn read_more(&mut self) -> io::Result<()> {
        if let Some(error) = self.deferred.take() {
            return Err(error);
        }
        self.make_room();
        let count = loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => break outcome?,
            }
        };
        self.end += count;
        self.ended = count == 0;
        Ok(())
    }

    /// Sees that there is room to read into. Bytes are moved only where the buffer is full, so
    /// a stream that gives one byte a time costs no more than another.
    fn make_room(&mut self) {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
        if self.end < self.buffer.len() {
            return;
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.buffer.len() - self.end < CHUNK {
            self.buffer.resize(self.end + CHUNK, 0);
        }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ahead = self.some()?;
        let count = ahead.len().min(into.len());
        into[..count].copy_from_slice(&ahead[..count]);
        self.skip(count);
        Ok(count)
    }
}

impl fmt::Debug for Window<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window").field("offset", &self.offset).finish_non_exhaustive()
    }
}

/// A stream that gives at most `step` bytes a time, as pipes and decompressors do.
#[cfg(test)]
pub(super) struct Trickle<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) step: usize,
}

#[cfg(test)]
impl Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.step.min(self.bytes.len()).min(into.len());
        into[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_ahead_takes_nothing() {
        let mut window = Window::new(Trickle { bytes: b"abcdef", step: 1 });
        assert_eq!(window.ahead(4).expect("readable"), b"abcd");
        assert_eq!(window.offset(), 0);
        window.skip(2);
        assert_eq!((window.offset(), window.peek().expect("readable")), (2, Some(b'c')));
        assert_eq!(window.ahead(100).expect("readable"), b"cdef");
        window.put_back(b"b");
        assert_eq!((window.offset(), window.peek().expect("readable")), (1, Some(b'b')));
        window.skip(1);
        let mut rest = Vec::new();
        window.read_to_end(&mut rest).expect("readable");
        assert_eq!((rest.as_slice(), window.offset()), (&b"cdef"[..], 6));
    }
}
