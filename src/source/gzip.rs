//! gzip: members one after another, and where each begins.
//!
//! A web archive whose records are compressed each by itself can be entered at any of them, if one
//! knows where its member begins in the file. So the starts are kept for the reader of records to
//! ask about.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::Window;

/// How every member begins (RFC 1952).
const MAGIC: [u8; 2] = [0x1F, 0x8B];

/// Starts that are kept; a reader of records is never further behind than its window.
const KEPT: usize = 1 << 14;

/// Where members begin: in the unpacked stream, and in the packed one.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts(Rc<RefCell<VecDeque<(u64, u64)>>>);

impl Starts {
    /// Where the member begins whose unpacked bytes begin at `offset`; `None` where none does.
    /// Offsets are to be asked for in ascending order.
    pub(super) fn of(&self, offset: u64) -> Option<u64> {
        let mut starts = self.0.borrow_mut();
        while starts.front().is_some_and(|(unpacked, _)| *unpacked < offset) {
            starts.pop_front();
        }
        starts.front().filter(|(unpacked, _)| *unpacked == offset).map(|(_, packed)| *packed)
    }

    fn push(&self, unpacked: u64, packed: u64) {
        let mut starts = self.0.borrow_mut();
        if starts.len() == KEPT {
            starts.pop_front();
        }
        starts.push_back((unpacked, packed));
    }
}

/// Unpacks all members of a stream.
pub(super) struct Gzip<'a> {
    /// `None` only while one member follows another, and after an error.
    member: Option<GzDecoder<Window<'a>>>,
    unpacked: u64,
    starts: Starts,
}

impl<'a> Gzip<'a> {
    pub(super) fn new(packed: Window<'a>, starts: Starts) -> Self {
        starts.push(0, packed.offset());
        Self { member: Some(GzDecoder::new(packed)), unpacked: 0, starts }
    }

    /// Goes to the next member; false at the end of the stream. Zeros after the last member pad a
    /// file to the size of a tape block.
    fn next_member(&mut self) -> io::Result<bool> {
        let Some(member) = self.member.take() else { return Ok(false) };
        let mut packed = member.into_inner();
        while packed.peek()? == Some(0) {
            packed.skip(1);
        }
        let head = packed.ahead(MAGIC.len())?;
        if head.is_empty() {
            return Ok(false);
        }
        if !head.starts_with(&MAGIC) {
            return Err(io::Error::other("bytes after the end of the gzip stream"));
        }
        self.starts.push(self.unpacked, packed.offset());
        self.member = Some(GzDecoder::new(packed));
        Ok(true)
    }
}

impl Read for Gzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let count = member.read(into)?;
            self.unpacked += count as u64;
            if count > 0 {
                return Ok(count);
            }
            if !self.next_member()? {
                break;
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::tests::gzip;

    #[test]
    fn members_follow_each_other_and_their_starts_are_known() {
        let members = [gzip("one "), gzip(""), gzip("two"), vec![0; 7]];
        let packed = members.concat();
        let starts = Starts::default();
        let mut text = String::new();
        let outcome =
            Gzip::new(Window::new(packed.as_slice()), starts.clone()).read_to_string(&mut text);
        assert_eq!((outcome.expect("unpacked"), text.as_str()), (7, "one two"));
        let second = members[0].len() as u64;
        assert_eq!([0, 4, 5].map(|offset| starts.of(offset)), [Some(0), Some(second), None]);
    }

    #[test]
    fn bytes_after_the_end_are_damage() {
        let packed = [gzip("one"), b"more".to_vec()].concat();
        let mut text = String::new();
        let outcome =
            Gzip::new(Window::new(packed.as_slice()), Starts::default()).read_to_string(&mut text);
        assert!(outcome.is_err());
    }
}
