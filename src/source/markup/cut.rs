//! Cuts a stream of markup into its records without parsing them.
//!
//! A record is an element with a known name; such elements never lie in one another, so the next
//! one that begins ends a record that was never closed. Comments and CDATA sections are passed over
//! as wholes, for feeds quote markup in them.
//!
//! # Cost
//!
//! Every byte is looked at once.

use std::io;

use memchr::{memchr, memmem};

use crate::source::Window;

/// What is cut off a stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Piece<'a> {
    /// One record.
    Whole { offset: u64, bytes: &'a [u8] },
    /// A record over the limit.
    TooLarge { offset: u64 },
    /// A record in which the next one begins.
    Unclosed { offset: u64 },
    /// The stream ends in a record that begins here.
    CutShort { offset: u64 },
}

/// What stands at a place in a stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    /// A tag that opens a record.
    Start,
    /// A tag that closes one.
    End,
    /// The end of the stream.
    Finish,
}

/// Bytes after a `<` that tell what it begins; more than the longest name of a record.
const LOOK: usize = 24;

/// The records of a stream.
pub(super) struct Cutter<'a> {
    bytes: Window<'a>,
    names: &'static [&'static str],
    limit: usize,
    /// The record so far; nothing is kept between records.
    record: Option<Vec<u8>>,
    /// The last whole record.
    whole: Vec<u8>,
}

impl<'a> Cutter<'a> {
    /// The elements in `bytes` that have one of `names`, in any case; one of more than `limit`
    /// bytes is named, and not held in memory.
    pub(super) fn new(bytes: Window<'a>, names: &'static [&'static str], limit: usize) -> Self {
        Self { bytes, names, limit, record: None, whole: Vec::new() }
    }

    /// The next record, or what stands in its place; `None` after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            match self.find()? {
                Mark::Finish => return Ok(None),
                Mark::End => self.take(1)?,
                Mark::Start => break,
            }
        }
        let offset = self.bytes.offset();
        self.record = Some(std::mem::take(&mut self.whole));
        let mark = self.take_record()?;
        self.whole = self.record.take().unwrap_or_default();
        let piece = match mark {
            _ if self.whole.len() > self.limit => Piece::TooLarge { offset },
            Mark::End => Piece::Whole { offset, bytes: &self.whole },
            Mark::Start => Piece::Unclosed { offset },
            Mark::Finish => Piece::CutShort { offset },
        };
        Ok(Some(piece))
    }

    /// Takes a record from its first byte to its last, and says what ended it.
    fn take_record(&mut self) -> io::Result<Mark> {
        if let Some(record) = &mut self.record {
            record.clear();
        }
        if !self.take_through(b">")? {
            return Ok(Mark::Finish);
        }
        if self.record.as_ref().is_some_and(|record| record.ends_with(b"/>")) {
            return Ok(Mark::End);
        }
        let mark = self.find()?;
        if mark == Mark::End && !self.take_through(b">")? {
            return Ok(Mark::Finish);
        }
        Ok(mark)
    }

    /// Takes bytes up to the next tag of a record.
    fn find(&mut self) -> io::Result<Mark> {
        loop {
            let bytes = self.bytes.some()?;
            if bytes.is_empty() {
                return Ok(Mark::Finish);
            }
            let Some(at) = memchr(b'<', bytes) else {
                let all = bytes.len();
                self.take(all)?;
                continue;
            };
            self.take(at)?;
            let ahead = self.bytes.ahead(LOOK)?;
            if let Some(mark) = mark(ahead, self.names) {
                return Ok(mark);
            }
            let end: &[u8] = match ahead {
                [b'<', b'!', b'-', b'-', ..] => b"-->",
                [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => b"]]>",
                _ => b"<",
            };
            self.take_through(end)?;
        }
    }

    /// Takes bytes up to the end of the next `wanted`; false where the stream has none. Within a
    /// record that is over the limit nothing is looked for any more: a comment that is never
    /// closed must not cost the rest of the file.
    fn take_through(&mut self, wanted: &[u8]) -> io::Result<bool> {
        loop {
            let bytes = self.bytes.ahead(wanted.len())?;
            if bytes.len() < wanted.len() {
                let all = bytes.len();
                self.take(all)?;
                return Ok(false);
            }
            if let Some(at) = memmem::find(bytes, wanted) {
                self.take(at + wanted.len())?;
                return Ok(true);
            }
            // The end of these bytes may be the start of what is wanted.
            let mut count = bytes.len() + 1 - wanted.len();
            if let Some(room) = self.room() {
                count = count.min(room);
            }
            self.take(count)?;
            if self.room() == Some(0) {
                return Ok(true);
            }
        }
    }

    /// How many more bytes of a record are kept, one over the limit among them; `None` between
    /// records.
    fn room(&self) -> Option<usize> {
        let record = self.record.as_ref()?;
        Some(self.limit.saturating_add(1).saturating_sub(record.len()))
    }

    /// Takes the next `count` bytes, which were looked at, keeping one more than the limit at most.
    fn take(&mut self, count: usize) -> io::Result<()> {
        let room = self.room().unwrap_or_default();
        let bytes = self.bytes.some()?;
        if let Some(record) = &mut self.record {
            record.extend_from_slice(&bytes[..count.min(room)]);
        }
        self.bytes.skip(count);
        Ok(())
    }
}

/// Where in `head` the first record begins; its length where none does.
pub(super) fn first(head: &[u8], names: &'static [&'static str]) -> usize {
    let mut cutter = Cutter::new(Window::new(head), names, 0);
    // Reading from memory never fails.
    while let Ok(Mark::End) = cutter.find() {
        let _ = cutter.take(1);
    }
    usize::try_from(cutter.bytes.offset()).unwrap_or(head.len())
}

/// What tag of a record stands at the start of `text`.
fn mark(text: &[u8], names: &[&str]) -> Option<Mark> {
    let text = text.strip_prefix(b"<")?;
    let (mark, text) = match text.strip_prefix(b"/") {
        Some(text) => (Mark::End, text),
        None => (Mark::Start, text),
    };
    let is_named = names.iter().any(|name| {
        let Some((start, rest)) = text.split_at_checked(name.len()) else { return false };
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        start.eq_ignore_ascii_case(name.as_bytes()) && rest.first().is_some_and(ends)
    });
    is_named.then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::window::Trickle;

    const LIMIT: usize = 60;

    /// Checks what `text` is cut into, in whatever chunks it comes.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        for step in [1, 2, 3, 7, 1000] {
            let window = Window::new(Trickle { bytes: text.as_bytes(), step });
            let mut cutter = Cutter::new(window, &["item", "entry"], LIMIT);
            let mut pieces = Vec::new();
            while let Some(piece) = cutter.next().expect("readable") {
                pieces.push(match piece {
                    Piece::Whole { offset, bytes } => {
                        format!("{offset} {}", String::from_utf8_lossy(bytes))
                    }
                    Piece::TooLarge { offset } => format!("{offset} too large"),
                    Piece::Unclosed { offset } => format!("{offset} unclosed"),
                    Piece::CutShort { offset } => format!("{offset} cut short"),
                });
            }
            assert_eq!(pieces, expected, "for {text} by {step}");
        }
    }

    #[test]
    fn records_are_elements_with_a_known_name() {
        check(
            "<r><items/><item a='1'>x<b>y</b></item >\n<ITEM/><entry>z</entry></r>",
            &["11 <item a='1'>x<b>y</b></item >", "41 <ITEM/>", "48 <entry>z</entry>"],
        );
        check("no markup < at all", &[]);
        check("</item><item>x</item>", &["7 <item>x</item>"]);
    }

    #[test]
    fn markup_that_is_quoted_is_no_record() {
        check("<!-- <item>x</item> --><item>y</item>", &["23 <item>y</item>"]);
        check(
            "<item><![CDATA[</item><item>]]></item>",
            &["0 <item><![CDATA[</item><item>]]></item>"],
        );
    }

    #[test]
    fn a_damaged_record_costs_only_itself() {
        check("<item>x<item>y</item>", &["0 unclosed", "7 <item>y</item>"]);
        check("<item>x</item><item>y</it", &["0 <item>x</item>", "14 cut short"]);
        check("<item>x</item><item", &["0 <item>x</item>"]);
        check("<item>x</item><item a='", &["0 <item>x</item>", "14 cut short"]);
    }

    #[test]
    fn a_record_over_the_limit_is_named_and_the_next_is_read() {
        let long = "x".repeat(LIMIT);
        check(&format!("<item>{long}</item><item/>"), &["0 too large", "73 <item/>"]);
        check(&format!("<item><!-- {long}</item><item/>"), &["0 too large", "78 <item/>"]);
    }
}
