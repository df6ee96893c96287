//! Zstandard: frames one after another, and the dictionary that web archives put before them.
//!
//! A `.warc.zst` file begins with a skippable frame of its own kind that holds the dictionary of
//! all the frames after it, itself compressed or not (the "WARC file format using Zstandard" note
//! of IIPC, <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>).

use std::io::{self, Read};

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::Window;
use super::starts::Starts;

/// How a frame of data begins.
const FRAME: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// How the skippable frame that holds a dictionary begins.
const DICTIONARY: [u8; 4] = [0x5D, 0x2A, 0x4D, 0x18];

/// The largest dictionary; those in use are of about a megabyte.
const MAX_DICTIONARY: usize = 64 << 20;

/// Magic number and length of a skippable frame.
const SKIPPABLE_HEAD: usize = 8;

/// Unpacks all frames of a stream.
pub(super) struct Zstd<'a> {
    packed: Window<'a>,
    decoder: FrameDecoder,
    place: Place,
    /// Number of bytes unpacked so far.
    unpacked: u64,
    starts: Starts,
}

/// Where reading is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    /// Where a frame begins, or the stream ends.
    Between,
    Inside,
    /// At the end of the stream, or of what can be read of it.
    AtEnd,
}

impl<'a> Zstd<'a> {
    /// Unpacks `packed`, and notes in `starts` where frames begin.
    pub(super) fn new(packed: Window<'a>, starts: Starts) -> Self {
        let (decoder, place) = (FrameDecoder::new(), Place::Between);
        Self { packed, decoder, place, unpacked: 0, starts }
    }

    /// Goes to the start of the next frame of data; false at the end of the stream.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            let head = self.packed.ahead(SKIPPABLE_HEAD)?;
            if head.is_empty() {
                return Ok(false);
            }
            if head.starts_with(&FRAME) {
                self.starts.note(self.unpacked, self.packed.offset());
                self.decoder.init(&mut self.packed).map_err(io::Error::other)?;
                return Ok(true);
            }
            let (Some(&magic), Some(&length)) =
                (head.first_chunk::<4>(), head[4.min(head.len())..].first_chunk::<4>())
            else {
                return Err(io::ErrorKind::UnexpectedEof.into());
            };
            if !matches!(magic, [0x50..=0x5F, 0x2A, 0x4D, 0x18]) {
                return Err(io::Error::other("no Zstandard frame where one should begin"));
            }
            self.packed.skip(SKIPPABLE_HEAD);
            let length = u64::from(u32::from_le_bytes(length));
            if magic == DICTIONARY {
                self.take_dictionary(length)?;
            } else {
                io::copy(&mut (&mut self.packed).take(length), &mut io::sink())?;
            }
        }
    }

    fn take_dictionary(&mut self, length: u64) -> io::Result<()> {
        if length > MAX_DICTIONARY as u64 {
            return Err(io::Error::other("its dictionary is too large"));
        }
        let mut bytes = Vec::new();
        (&mut self.packed).take(length).read_to_end(&mut bytes)?;
        if bytes.starts_with(&FRAME) {
            let mut unpacked = Vec::new();
            let inner = Zstd::new(Window::new(bytes.as_slice()), Starts::default());
            inner.take(MAX_DICTIONARY as u64).read_to_end(&mut unpacked)?;
            bytes = unpacked;
        }
        let dictionary = Dictionary::decode_dict(&bytes).map_err(io::Error::other)?;
        self.decoder.add_dict(dictionary).map_err(io::Error::other)
    }
}

impl Zstd<'_> {
    /// The next unpacked bytes of this frame or of one after it; none at the end of the stream.
    fn unpack(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.place == Place::Between && !self.next_frame()? {
                return Ok(0);
            }
            self.place = Place::Inside;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.packed, one).map_err(io::Error::other)?;
            }
            let count = self.decoder.read(into)?;
            if count > 0 {
                return Ok(count);
            }
            if self.decoder.is_finished() {
                self.place = Place::Between;
            }
        }
    }
}

impl Read for Zstd<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() || self.place == Place::AtEnd {
            return Ok(0);
        }
        match self.unpack(into) {
            Ok(count) => {
                self.unpacked += count as u64;
                Ok(count)
            }
            // An error is given once; there is nothing to go on with.
            Err(error) => {
                self.place = Place::AtEnd;
                let is_cut = matches!(self.packed.peek(), Ok(None));
                Err(if is_cut { io::ErrorKind::UnexpectedEof.into() } else { error })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn unpack(packed: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        let mut unpacked = Zstd::new(Window::new(packed), Starts::default());
        unpacked.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_follow_each_other_and_skippable_ones_are_skipped() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let mut packed = frame("one ");
        packed.extend([0x51, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]);
        packed.extend(frame(""));
        packed.extend(frame("two"));
        assert_eq!(unpack(&packed).expect("unpacked"), "one two");
    }

    #[test]
    fn damage_is_an_error() {
        let mut packed = compress_to_vec(&b"some text"[..], CompressionLevel::Fastest);
        packed.extend(b"no frame");
        assert!(unpack(&packed).is_err());
        assert!(unpack(&packed[..10]).is_err());
    }
}
