//! Cuts a stream of JSON into its records without building them.
//!
//! A record is an element of an array, or a value of its own where values follow one another. The
//! array may be the whole file, or lie in an object that wraps it ([`super::wrapper`]). Only
//! brackets and quotes are looked at: whether a record is right is for a JSON parser to say, which
//! sees one record at a time.
//!
//! Commas are taken as white space, so a missing or superfluous one between records costs nothing.
//! After any other byte that has no place between records the rest of the file cannot be trusted,
//! and cutting ends.
//!
//! # Cost
//!
//! Every byte is looked at once, those at the head of a value that stands alone twice.

use std::io;

use memchr::memchr2;

use super::wrapper::{self, Wrapped};
use super::{Ending, Piece};
use crate::source::Window;

/// The records of a stream.
pub(super) struct Elements<'a> {
    bytes: Window<'a>,
    limit: usize,
    place: Place,
    element: Vec<u8>,
}

/// Where the next byte lies.
#[derive(Clone, Copy)]
enum Place {
    /// Between values of the file.
    Top,
    /// Between the elements of an array that lies in so many objects.
    Array { wrappers: usize },
    /// Past the last record.
    End,
}

impl<'a> Elements<'a> {
    /// The records of `bytes`; one of more than `limit` bytes is named, and not held in memory.
    pub(super) fn new(bytes: Window<'a>, limit: usize) -> Self {
        Self { bytes, limit, place: Place::Top, element: Vec::new() }
    }

    /// The next record, or what stands in its place; `None` after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            self.skip_blank()?;
            let offset = self.bytes.offset();
            match (self.place, self.bytes.peek()?) {
                (Place::End, _) | (Place::Top, None) => return Ok(None),
                (Place::Array { .. }, None) => {
                    self.place = Place::End;
                    return Ok(Some(Piece::CutShort { offset }));
                }
                (Place::Top, Some(b'[')) => {
                    self.bytes.skip(1);
                    self.place = Place::Array { wrappers: 0 };
                }
                (Place::Top, Some(b'{')) => match wrapper::find(self.bytes.ahead(wrapper::HEAD)?) {
                    Some(Wrapped { start, wrappers }) => {
                        self.bytes.skip(start);
                        self.place = Place::Array { wrappers };
                    }
                    None => return self.element().map(Some),
                },
                (Place::Array { wrappers }, Some(b']')) => {
                    self.bytes.skip(1);
                    self.place = Place::Top;
                    let mut nesting = Nesting { depth: wrappers, ..Nesting::default() };
                    if wrappers > 0 && self.cut(&mut nesting)?.is_none() {
                        return Ok(Some(Piece::CutShort { offset }));
                    }
                }
                (Place::Array { .. }, Some(byte)) if !matches!(byte, b'}' | b':') => {
                    return self.element().map(Some);
                }
                (_, Some(byte)) => {
                    self.place = Place::End;
                    return Ok(Some(Piece::Misplaced { offset, byte }));
                }
            }
        }
    }

    /// Takes what may stand between records.
    fn skip_blank(&mut self) -> io::Result<()> {
        if self.bytes.offset() == 0 && self.bytes.ahead(super::BOM.len())?.starts_with(super::BOM) {
            self.bytes.skip(super::BOM.len());
        }
        loop {
            let bytes = self.bytes.some()?;
            let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
            let count = bytes.iter().take_while(|byte| blank(byte)).count();
            let is_done = count < bytes.len() || bytes.is_empty();
            self.bytes.skip(count);
            if is_done {
                return Ok(());
            }
        }
    }

    /// Takes the record that begins here.
    fn element(&mut self) -> io::Result<Piece<'_>> {
        let offset = self.bytes.offset();
        let ended = self.cut(&mut Nesting::default())?;
        if ended.is_none() {
            self.place = Place::End;
            return Ok(Piece::CutShort { offset });
        }
        if self.element.len() > self.limit {
            return Ok(Piece::TooLarge { offset });
        }
        Ok(Piece::Whole { offset, bytes: &self.element, ending: Ending::Closed })
    }

    /// Takes bytes up to where `nesting` is closed, keeping one more than the limit at most;
    /// `None` where the stream ends before.
    fn cut(&mut self, nesting: &mut Nesting) -> io::Result<Option<()>> {
        self.element.clear();
        loop {
            let bytes = self.bytes.some()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let end = nesting.advance(bytes);
            let taken = end.unwrap_or(bytes.len());
            let room = self.limit.saturating_add(1).saturating_sub(self.element.len());
            self.element.extend_from_slice(&bytes[..taken.min(room)]);
            self.bytes.skip(taken);
            if end.is_some() {
                return Ok(Some(()));
            }
        }
    }
}

/// Whether `text`, which begins with a bracket, ends where that bracket is closed.
pub(in crate::source) fn is_whole(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    Nesting::default().advance(text) == Some(text.len())
}

/// How deep in brackets and quotes a place in JSON is. Follows a value as it arrives.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    quote: Quote,
}

/// Where in a string a place is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Quote {
    /// In none.
    #[default]
    Outside,
    /// Between its quotes.
    Inside,
    /// After a backslash.
    Escaped,
}

impl Nesting {
    /// Follows `bytes` to where the value ends, and says how many of them belong to it; `None`
    /// where it goes on. A bare word or number ends before what cannot be a part of it.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            match self.quote {
                Quote::Outside => {
                    let byte = bytes[at];
                    let ends_word =
                        byte.is_ascii_whitespace() || matches!(byte, b',' | b'}' | b']');
                    if self.depth == 0 && ends_word {
                        return Some(at);
                    }
                    match byte {
                        b'"' => self.quote = Quote::Inside,
                        b'{' | b'[' => self.depth += 1,
                        b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                        _ => {}
                    }
                    at += 1;
                    if self.depth == 0 && matches!(byte, b'}' | b']') {
                        return Some(at);
                    }
                }
                Quote::Escaped => {
                    self.quote = Quote::Inside;
                    at += 1;
                }
                Quote::Inside => {
                    let found = memchr2(b'"', b'\\', &bytes[at..])?;
                    at += found + 1;
                    self.quote = match bytes[at - 1] {
                        b'"' => Quote::Outside,
                        _ => Quote::Escaped,
                    };
                    if self.depth == 0 && self.quote == Quote::Outside {
                        return Some(at);
                    }
                }
            }
        }
        None
    }
}
