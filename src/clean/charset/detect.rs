//! Which encoding bytes are in when nothing says so.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

/// Bytes that detection looks at, from the first that is not ASCII: at 9 MB/s, 30 milliseconds.
pub(super) const SAMPLE: usize = 256 << 10;

/// Of characters written in several bytes, how many must be whole for the text to be damaged UTF-8
/// rather than something else: nine of ten.
const WHOLE_PER_BROKEN: usize = 9;

/// Whether `bytes` are UTF-8, with some damage at most: cut off at the end, or with a few bad bytes.
pub(super) fn is_utf_8(bytes: &[u8]) -> bool {
    let Err(error) = std::str::from_utf8(bytes) else { return true };
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let is_cut_off = error.error_len().is_none();
    whole > 0 && (is_cut_off || whole >= WHOLE_PER_BROKEN * broken)
}

/// The most likely encoding of `bytes`, which are not UTF-8.
pub(super) fn encoding(bytes: &[u8], high: HighBytes) -> &'static Encoding {
    // Where high bytes are quotes and dashes, the detector has nothing to go by: measured on 60
    // English pages, it took 38 for Baltic, Polish or worse.
    if high.are_punctuation() {
        return WINDOWS_1252;
    }
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    // The letter before the first one counts too.
    let sample = &bytes[start.saturating_sub(2)..bytes.len().min(start.saturating_add(SAMPLE))];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// What the bytes beyond ASCII look like before it is known what they mean.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct HighBytes {
    /// All of them.
    total: usize,
    /// Those that windows-1252 and its kin have quotes, dashes and signs for.
    signs: usize,
    /// Those in runs of [`LONG_RUN`] or more.
    in_long_runs: usize,
    /// Letters of ASCII.
    ascii_letters: usize,
}

/// High bytes in a row that are a word, or a part of one, in a script other than Latin. In Western
/// languages two accented letters in a row are rare, and three of quotes and dashes are.
const LONG_RUN: usize = 4;

impl HighBytes {
    /// Counts those of `bytes`.
    pub(super) fn count(bytes: &[u8]) -> Self {
        let mut counts = Self::default();
        let mut before = b' ';
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            let run = rest.iter().take_while(|byte| !byte.is_ascii()).count();
            if run == 0 {
                counts.ascii_letters += usize::from(first.is_ascii_alphabetic());
                before = first;
                rest = &rest[1..];
                continue;
            }
            let (word, after) = rest.split_at(run);
            let touches_letter =
                before.is_ascii_alphabetic() || after.first().is_some_and(u8::is_ascii_alphabetic);
            counts.total += run;
            counts.in_long_runs += if run >= LONG_RUN { run } else { 0 };
            counts.signs += word.iter().filter(|&&byte| is_sign(byte, touches_letter)).count();
            before = b' ';
            rest = after;
        }
        counts
    }

    /// Whether they are quotes, dashes and signs in a text of Latin letters: half of them or more,
    /// the rest being letters with accents in a few names.
    pub(super) fn are_punctuation(self) -> bool {
        self.signs * 2 >= self.total
            && self.in_long_runs * 10 <= self.total
            && self.total * 10 <= self.ascii_letters
    }

    /// Whether they make up words of their own.
    pub(super) fn are_whole_words(self) -> bool {
        self.in_long_runs * 2 > self.total
    }
}

/// Whether windows-1252 has no letter for `byte`. From 0x80 to 0x9F its kin for other languages agree
/// on what is no letter; above, some have letters where it has signs (`£` is `Ł` in Polish), so there
/// a sign is one that touches no letter.
fn is_sign(byte: u8, touches_letter: bool) -> bool {
    match byte {
        0x80 | 0x82 | 0x84..=0x87 | 0x89 | 0x8B | 0x91..=0x97 | 0x99 | 0x9B => true,
        0xA0..=0xBF => !touches_letter,
        _ => false,
    }
}
