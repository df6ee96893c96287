//! Cuts a stream into the rows of a table without parsing them.
//!
//! A row ends with its line, unless that lies in a quoted cell. A quote opens such a cell at its
//! start only, as the `csv` crate has it; two quotes in it are one of the text. A cell of several
//! lines whose last quote stands within a word was never meant to be one: its first quote was left
//! open, and another one, lines later, must not join the rows between them.
//!
//! # Cost
//!
//! Every byte is looked at once; a quote that is never closed costs another look at what follows
//! it, up to the limit.

use std::io;

use csv::StringRecord;

use crate::source::Window;

/// The byte order mark of UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What is cut off a stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Piece<'a> {
    /// One row, without the end of its line.
    Whole { offset: u64, bytes: &'a [u8] },
    /// A row over the limit.
    TooLarge { offset: u64 },
    /// The first line of a row in which a quote opens that is never closed.
    Unquoted { offset: u64 },
}

/// The rows of a stream that are not blank.
pub(super) struct Rows<'a> {
    bytes: Window<'a>,
    delimiter: u8,
    limit: usize,
}

/// Where in a row a place is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    /// At the start of a cell.
    Start,
    /// In a cell without quotes, or after those of one.
    Plain,
    /// Between the quotes of a cell.
    Quoted,
    /// After a quote in there, which may be its end or the first of two.
    Quote,
}

/// How a look for the end of a row came out.
enum Outcome {
    /// Its line ends at this byte, counted from its start.
    Ends(usize),
    /// It is as long as this, and the stream ends.
    Finish(usize, Place),
    /// It is over the limit.
    Over,
    /// There is none, as a quote was left open.
    None,
}

impl<'a> Rows<'a> {
    /// The rows of `bytes`; one of more than `limit` bytes is named, and not held in memory.
    pub(super) fn new(bytes: Window<'a>, delimiter: u8, limit: usize) -> Self {
        Self { bytes, delimiter, limit }
    }

    /// The next row, or what stands in its place; `None` after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        self.skip_blank()?;
        let offset = self.bytes.offset();
        let length = match self.look()? {
            Outcome::Finish(0, _) => return Ok(None),
            Outcome::Finish(_, Place::Quoted) | Outcome::None => {
                self.skip_line()?;
                return Ok(Some(Piece::Unquoted { offset }));
            }
            Outcome::Ends(length) | Outcome::Finish(length, _) => length,
            Outcome::Over => {
                self.bytes.skip(self.limit);
                self.skip_line()?;
                return Ok(Some(Piece::TooLarge { offset }));
            }
        };
        // The row stays in the window until the next one is asked for.
        self.bytes.ahead(length)?;
        let bytes = self.bytes.cut(length);
        Ok(Some(Piece::Whole { offset, bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes) }))
    }

    /// Takes the line end of the row before, blank lines, and a byte order mark.
    fn skip_blank(&mut self) -> io::Result<()> {
        if self.bytes.offset() == 0 && self.bytes.ahead(BOM.len())?.starts_with(BOM) {
            self.bytes.skip(BOM.len());
        }
        loop {
            let bytes = self.bytes.some()?;
            let count = bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if count == 0 {
                return Ok(());
            }
            self.bytes.skip(count);
        }
    }

    /// Looks for the end of the row that begins here, and takes nothing.
    fn look(&mut self) -> io::Result<Outcome> {
        let (mut at, mut place, mut has_lines) = (0, Place::Start, false);
        loop {
            let bytes = self.bytes.ahead(at + 1)?;
            if bytes.len() == at {
                return Ok(Outcome::Finish(at, place));
            }
            while let Some(&byte) = bytes.get(at) {
                if byte == b'\n' && place != Place::Quoted {
                    return Ok(Outcome::Ends(at));
                }
                has_lines |= byte == b'\n';
                let next = place.after(byte, self.delimiter);
                let is_amid_word = place == Place::Quote && next == Place::Plain && byte != b'\r';
                if has_lines && is_amid_word {
                    return Ok(Outcome::None);
                }
                place = next;
                at += 1;
                if at > self.limit {
                    return Ok(Outcome::Over);
                }
            }
        }
    }

    /// Takes the rest of the line.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.bytes.some()?;
            let end = memchr::memchr(b'\n', bytes);
            let count = end.map_or(bytes.len(), |end| end + 1);
            let is_done = end.is_some() || bytes.is_empty();
            self.bytes.skip(count);
            if is_done {
                return Ok(());
            }
        }
    }
}

impl Place {
    /// The place after `byte`.
    fn after(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Start | Self::Quote, b'"') | (Self::Quoted, _) => Self::Quoted,
            (_, byte) if byte == delimiter => Self::Start,
            _ => Self::Plain,
        }
    }
}

/// The cells of one row, without white space at their ends.
pub(super) fn cells(row: &str, delimiter: u8) -> StringRecord {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .buffer_capacity(row.len().max(1))
        .from_reader(row.as_bytes());
    let mut cells = StringRecord::new();
    // Text in memory can be read, and with any number of cells nothing is wrong with it.
    let _ = reader.read_record(&mut cells);
    cells
}
