//! Heads and blocks of a stream of records.

use std::io::{self, Read as _};

use memchr::{memchr, memchr_iter};

use super::super::Window;
use super::super::starts::Starts;
use super::super::stream::{Fault, Stream, fault};
use crate::reject::RejectReason;

/// The longest head, in bytes; those in use have a few hundred.
const MAX_HEAD: usize = 256 << 10;

/// Bytes of a line that are looked at to see whether a record begins with it.
const MAX_FIRST_LINE: usize = 16 << 10;

/// Whether a record begins with this line.
pub(super) type Begins = fn(&[u8]) -> bool;

/// A stream of records, each a head and a block.
pub(super) struct Blocks<'a> {
    bytes: Window<'a>,
    starts: Option<Starts>,
    is_packed: bool,
    begins: Begins,
    /// Where the record lies that is being read.
    place: u64,
    /// An error that was met after what is worth reading.
    deferred: Option<io::Error>,
}

/// A block of a record, as far as it could be read.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    pub(super) end: End,
}

/// How a block ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    /// Where its record says.
    Whole,
    /// It goes on beyond the limit.
    OverLimit,
    /// Its length is wrong: it has an end, or a next record, elsewhere.
    Misplaced,
    /// The stream ends in it.
    CutShort,
}

impl Block {
    /// Whether some of it is missing.
    pub(super) fn is_cut(&self) -> bool {
        self.end != End::Whole
    }
}

impl<'a> Blocks<'a> {
    pub(super) fn new(stream: Stream<'a>, begins: Begins) -> Self {
        let (starts, is_packed) = (stream.starts(), !stream.is_raw());
        Self { bytes: stream.bytes, starts, is_packed, begins, place: 0, deferred: None }
    }

    /// Passes over the empty lines between records; false at the end of the stream.
    pub(super) fn skip_blank(&mut self) -> io::Result<bool> {
        if let Some(error) = self.deferred.take() {
            return Err(error);
        }
        loop {
            match self.bytes.peek()? {
                Some(b'\r' | b'\n') => self.bytes.skip(1),
                next => return Ok(next.is_some()),
            }
        }
    }

    /// Notes that a record begins here, and says where that is for those who will seek it: of an
    /// archive that packs each record by itself, in the file as it lies there.
    pub(super) fn begin(&mut self) -> u64 {
        let offset = self.bytes.offset();
        let packed = self.starts.as_ref().and_then(|starts| starts.at(offset));
        self.place = packed.unwrap_or(offset);
        self.place
    }

    /// Whether a record begins here.
    pub(super) fn is_at_record(&mut self) -> io::Result<bool> {
        let head = self.bytes.head(MAX_FIRST_LINE)?;
        let end = memchr(b'\n', head).unwrap_or(head.len());
        Ok((self.begins)(&head[..end]))
    }

    /// Goes to the next line that a record begins with, or to the end.
    pub(super) fn go_to_record(&mut self) -> io::Result<()> {
        while !self.is_at_record()? {
            let some = self.bytes.some()?;
            let (end, count) = (memchr(b'\n', some), some.len());
            self.bytes.skip(end.map_or(count, |at| at + 1));
            if count == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Goes on after an error, at the next record that can be read. `Err` where there is no going
    /// on, else what the error says of the record.
    pub(super) fn recover(&mut self, error: &io::Error) -> Result<Fault, Fault> {
        let (reason, detail) = self.tell(error)?;
        // The damage may lie in a record that was not reached yet.
        let place = self.starts.as_ref().and_then(Starts::last).unwrap_or(self.place);
        while let Err(error) = self.go_to_record() {
            // The same damage, further on.
            self.tell(&error)?;
        }
        Ok((reason, format!("byte {place}: {detail}")))
    }

    /// What an error means; `Err` where it is the last that the stream says.
    fn tell(&self, error: &io::Error) -> Result<Fault, Fault> {
        let fault = fault(error, self.is_packed);
        match &self.starts {
            Some(_) if fault.0 == RejectReason::BadArchive => Ok(fault),
            _ => Err(fault),
        }
    }

    /// What is to be said of a record that ends so.
    pub(super) fn damage(&self, end: End) -> Option<Fault> {
        let place = self.place;
        match end {
            End::Whole | End::OverLimit => None,
            End::Misplaced => {
                let detail = format!("byte {place}: the record has another length than it says");
                Some((RejectReason::BadRecord, detail))
            }
            // The error that ended it says so.
            End::CutShort if self.deferred.is_some() => None,
            End::CutShort => {
                let detail = format!("the file ends in the record at byte {place}");
                Some((RejectReason::CutShort, detail))
            }
        }
    }

    /// The lines up to an empty one, or to another record; `None` where the stream ends before. Of
    /// a head that is too long the first part.
    pub(super) fn head(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut head = Vec::new();
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.trim_ascii().is_empty() || head.len() > MAX_HEAD {
                return Ok(Some(head));
            }
            head.extend_from_slice(&line);
            if self.is_at_record()? {
                return Ok(Some(head));
            }
        }
    }

    /// The next line with its end; `None` where the stream ends before that.
    pub(super) fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        while line.len() <= MAX_HEAD {
            let some = self.bytes.some()?;
            if some.is_empty() {
                return Ok(None);
            }
            let end = memchr(b'\n', some).map(|at| at + 1);
            let count = end.unwrap_or(some.len());
            line.extend_from_slice(&some[..count]);
            self.bytes.skip(count);
            if end.is_some() {
                break;
            }
        }
        Ok(Some(line))
    }

    /// A block of `length` bytes, the first `limit` of them. Where it runs into another record, it
    /// ends before that one.
    pub(super) fn block(&mut self, length: u64, limit: usize) -> io::Result<Block> {
        let wanted = length.min(limit as u64);
        let mut bytes = Vec::new();
        let outcome = (&mut self.bytes).take(wanted).read_to_end(&mut bytes);
        let mut end = self.end(outcome.map(|count| count as u64), wanted)?;
        if end == End::Whole && wanted < length {
            end = match self.skip(length - wanted)? {
                End::Whole => End::OverLimit,
                end => end,
            };
        } else if end == End::Whole && !self.ends_well()? {
            end = End::Misplaced;
        }
        if matches!(end, End::Misplaced | End::CutShort)
            && let Some(at) = self.find_record(&bytes)
        {
            if wanted == length && self.deferred.is_none() {
                self.bytes.put_back(&bytes[at..]);
            }
            bytes.truncate(bytes[..at].trim_ascii_end().len());
            end = End::Misplaced;
        }
        Ok(Block { bytes, end })
    }

    /// Passes over a block of so many bytes.
    pub(super) fn skip(&mut self, length: u64) -> io::Result<End> {
        let passed = io::copy(&mut (&mut self.bytes).take(length), &mut io::sink());
        match self.end(passed, length)? {
            End::Whole if !self.ends_well()? => Ok(End::Misplaced),
            end => Ok(end),
        }
    }

    /// How a block ends of which so many bytes were taken. What comes before the end of a stream is
    /// whole, also where the stream is packed and ends before its time.
    fn end(&mut self, taken: io::Result<u64>, wanted: u64) -> io::Result<End> {
        match taken {
            Ok(taken) if taken == wanted => Ok(End::Whole),
            Ok(_) => Ok(End::CutShort),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                self.deferred = Some(error);
                Ok(End::CutShort)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether the block that ends here is followed by an empty line, another record or nothing.
    fn ends_well(&mut self) -> io::Result<bool> {
        match self.bytes.head(1) {
            Ok([] | [b'\r' | b'\n', ..]) => Ok(true),
            Ok(_) => self.is_at_record(),
            // The block itself is whole.
            Err(error) => {
                self.deferred = Some(error);
                Ok(true)
            }
        }
    }

    /// Where in a block another record begins: on a line after an empty one.
    fn find_record(&self, block: &[u8]) -> Option<usize> {
        memchr_iter(b'\n', block).map(|at| at + 1).find(|&at| {
            let line = block[at..].split(|&byte| byte == b'\n').next().unwrap_or_default();
            (self.begins)(line)
        })
    }
}
