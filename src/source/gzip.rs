//! Gzip: members one after another, read on after damage, and where each of them begins.
//!
//! A web archive packs every record into a member of its own. So one damaged member costs only
//! itself: the error is given once, and reading goes on at the next member. Readers of other formats
//! stop at the error.

use std::io::{self, BufRead, Read};
use std::mem;

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::Window;
use super::starts::Starts;

/// Magic number and the one compression method there is (RFC 1952).
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// Bytes that tell a member: the magic number and the flags.
const HEAD: usize = 4;

/// Flags that are reserved, so that no member has them.
const RESERVED: u8 = 0xE0;

/// Packed bytes that are kept to go back to. A member that was torn off runs on into the next one;
/// that it did comes to light within some kilobytes.
const MAX_KEPT: usize = 1 << 20;

/// Unpacks all members of a stream.
pub(super) struct Gzip<'a> {
    decoder: GzDecoder<Packed<'a>>,
    place: Place,
    /// Number of bytes unpacked so far.
    unpacked: u64,
    starts: Starts,
}

/// Where reading is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    /// Where a member begins, or the stream ends.
    Between,
    Inside,
    /// After damage, somewhere before the next member.
    Lost,
    AtEnd,
}

impl<'a> Gzip<'a> {
    /// Unpacks `packed`, and notes in `starts` where members begin.
    pub(super) fn new(packed: Window<'a>, starts: Starts) -> Self {
        let mut decoder = GzDecoder::new(Packed::new(Window::new(io::empty())));
        *decoder.get_mut() = Packed::new(packed);
        Self { decoder, place: Place::Between, unpacked: 0, starts }
    }

    /// Goes into the next member; false at the end of the stream.
    fn next_member(&mut self) -> io::Result<bool> {
        let packed = self.decoder.get_mut();
        let place = mem::replace(&mut self.place, Place::AtEnd);
        match place {
            Place::AtEnd => return Ok(false),
            Place::Lost => packed.go_to_member()?,
            Place::Between | Place::Inside => packed.skip_padding()?,
        }
        let head = packed.window.ahead(HEAD)?;
        match head.len() {
            0 => return Ok(false),
            1..HEAD => return Err(io::ErrorKind::UnexpectedEof.into()),
            _ if !begins_member(head) => {
                self.place = Place::Lost;
                let detail = "no gzip data where some should begin";
                return Err(io::Error::new(io::ErrorKind::InvalidData, detail));
            }
            _ => {}
        }
        self.starts.note(self.unpacked, packed.window.offset());
        packed.from = 1;
        let packed = mem::replace(packed, Packed::new(Window::new(io::empty())));
        self.decoder.reset(packed);
        self.place = Place::Inside;
        Ok(true)
    }
}

impl Read for Gzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.place == Place::Inside || self.next_member()? {
            let outcome = self.decoder.read(into);
            let packed = self.decoder.get_mut();
            match outcome {
                Ok(0) => {
                    packed.let_go();
                    self.place = Place::Between;
                }
                Ok(count) => {
                    self.unpacked += count as u64;
                    return Ok(count);
                }
                Err(error) => {
                    packed.go_back();
                    self.place = if packed.is_broken { Place::AtEnd } else { Place::Lost };
                    return Err(error);
                }
            }
        }
        Ok(0)
    }
}

/// Whether a member may begin with `head`.
fn begins_member(head: &[u8]) -> bool {
    head.starts_with(&MAGIC) && head.get(MAGIC.len()).is_some_and(|flags| flags & RESERVED == 0)
}

/// Where in `bytes` a member may begin first.
fn find_member(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, &MAGIC).find(|&at| begins_member(&bytes[at..]))
}

/// The packed bytes. Those that were taken are kept from where another member may begin.
struct Packed<'a> {
    window: Window<'a>,
    /// Number of bytes that were taken and are kept.
    kept: usize,
    /// From where in the window another member may begin: not where this one does.
    from: usize,
    /// Whether the stream beneath gave an error, so that there is no going on.
    is_broken: bool,
}

impl<'a> Packed<'a> {
    fn new(window: Window<'a>) -> Self {
        Self { window, kept: 0, from: 0, is_broken: false }
    }

    /// Passes over the zeros that fill up a block of a tape or disk after the last member.
    fn skip_padding(&mut self) -> io::Result<()> {
        while self.window.peek()? == Some(0) {
            self.window.skip(1);
        }
        Ok(())
    }

    /// Goes to where a member may begin, or to the end.
    fn go_to_member(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.window.ahead(HEAD)?;
            let found = find_member(ahead);
            let is_end = ahead.len() < HEAD;
            let passed = if is_end { ahead.len() } else { ahead.len() + 1 - HEAD };
            self.window.skip(found.unwrap_or(passed));
            if found.is_some() || is_end {
                return Ok(());
            }
        }
    }

    /// Lets go of what is kept: it was part of the member that ends here.
    fn let_go(&mut self) {
        self.window.skip(self.kept);
        self.kept = 0;
    }

    /// Goes back to what is kept: the member was damaged before that.
    fn go_back(&mut self) {
        self.kept = 0;
    }
}

impl Read for Packed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Packed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.window.ahead(self.kept + 1) {
            Ok(ahead) => Ok(&ahead[self.kept..]),
            Err(error) => {
                self.is_broken = true;
                Err(error)
            }
        }
    }

    fn consume(&mut self, count: usize) {
        let from = match self.kept {
            0 => self.from,
            1..MAX_KEPT => {
                self.kept += count;
                return;
            }
            // The member goes on so well that this is part of it.
            _ => 1,
        };
        let taken = self.kept + count;
        let held = self.window.held();
        let head_of_last = held.len().min(taken + HEAD - 1);
        let found = held.get(from..head_of_last).and_then(find_member).map(|at| from + at);
        let passed = found.unwrap_or(taken).min(taken);
        self.window.skip(passed);
        self.kept = taken - passed;
        self.from = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::tests::gzip;
    use crate::source::window::Trickle;

    /// Text of that many lines that packs badly, so that it is torn in the middle of something.
    fn lines(name: &str, count: u32) -> String {
        let line = |line: u32| format!("{name}{}", line.wrapping_mul(2_654_435_761));
        (0..count).map(line).collect::<Vec<_>>().join("\n")
    }

    /// What is unpacked, with `|` for every error.
    fn unpack(packed: &[u8], starts: &Starts) -> String {
        let (mut unpacked, mut buffer) = (String::new(), vec![0; 4_096]);
        let mut gzip =
            Gzip::new(Window::new(Trickle { bytes: packed, step: 1_000 }), starts.clone());
        loop {
            match gzip.read(&mut buffer) {
                Ok(0) => return unpacked,
                Ok(count) => unpacked.push_str(&String::from_utf8_lossy(&buffer[..count])),
                Err(_) => unpacked.push('|'),
            }
        }
    }

    #[test]
    fn members_follow_each_other_and_are_found() {
        let members = [gzip("one "), gzip(""), gzip("two ")];
        let packed = [members.concat(), vec![0; 600], gzip("three"), vec![0; 5]].concat();
        let starts = Starts::default();
        assert_eq!(unpack(&packed, &starts), "one two three");
        let (second, third) = (members[0].len() + members[1].len(), members.concat().len() + 600);
        let found = [0, 4, 8].map(|at| starts.at(at));
        assert_eq!(found, [Some(0), Some(second as u64), Some(third as u64)]);
    }

    #[test]
    fn a_damaged_member_costs_only_itself() {
        let (whole, last) = (lines("a", 2_000), lines("c", 10));
        let torn = gzip(lines("b", 2_000));
        let mut crc = gzip("b");
        let at = crc.len() - 6;
        crc[at] ^= 0xFF;
        for (name, damaged) in [
            ("torn off", torn[..torn.len() / 2].to_vec()),
            ("torn off at once", torn[..12].to_vec()),
            ("noise", b"no gzip data \x1F\x8B\x08\xFF at all".to_vec()),
            ("its checksum", crc),
        ] {
            let packed = [gzip(&whole), damaged, gzip(&last)].concat();
            let found = unpack(&packed, &Starts::default());
            assert!(found.starts_with(&whole), "{name}: what lies before is whole");
            assert!(found.ends_with(&format!("|{last}")), "{name}: what lies after is whole");
        }
    }

    #[test]
    fn a_stream_that_is_cut_short_gives_one_error() {
        let packed = gzip(lines("a", 2_000));
        for length in [3, 12, packed.len() / 2, packed.len() - 4] {
            let found = unpack(&packed[..length], &Starts::default());
            assert_eq!(found.matches('|').count(), 1, "for {length} bytes");
            assert!(found.ends_with('|'), "for {length} bytes");
        }
    }
}
