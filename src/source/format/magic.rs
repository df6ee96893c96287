//! Bytes that are no text: what they look like.

use super::Format;

/// How many control characters text may have: one byte in so many. Compressed and compiled data
/// has one in nine by chance alone; of 362 saved pages not one had any, but a few stray ones do no
/// harm.
const TEXT_PER_CONTROL: usize = 50;

/// A known beginning of a binary format.
struct Magic {
    /// Where it lies.
    at: usize,
    bytes: &'static [u8],
    kind: &'static str,
}

const fn at(at: usize, bytes: &'static [u8], kind: &'static str) -> Magic {
    Magic { at, bytes, kind }
}

/// Beginnings that no text has. Formats that begin with plain letters alone (`BM` of a bitmap, `MZ`
/// of a Windows program) are left to their control bytes, so that "BMW recalls cars" stays text.
const MAGICS: &[Magic] = &[
    at(0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    at(0, b"\xFF\xD8\xFF", "a JPEG picture"),
    at(0, b"GIF87a", "a GIF picture"),
    at(0, b"GIF89a", "a GIF picture"),
    at(8, b"WEBPVP8", "a WebP picture"),
    at(4, b"ftypavif", "an AVIF picture"),
    at(4, b"ftyphei", "a HEIF picture"),
    at(0, b"II*\0", "a TIFF picture"),
    at(0, b"MM\0*", "a TIFF picture"),
    at(0, b"\0\0\x01\0", "an icon"),
    at(0, b"%PDF-", "a PDF document"),
    at(0, b"%!PS-", "a PostScript document"),
    at(0, b"{\\rtf", "an RTF document"),
    at(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a Microsoft Office document"),
    at(0, b"Rar!\x1A\x07", "a RAR archive"),
    at(0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    at(0, b"\x04\x22\x4D\x18", "LZ4 data"),
    at(0, b"\x1F\x9D", "data packed by compress"),
    at(0, b"\x1F\x8B", "damaged gzip data"),
    at(0, b"wOFF", "a web font"),
    at(0, b"wOF2", "a web font"),
    at(0, b"OTTO\0", "a font"),
    at(0, b"\0\x01\0\0", "a font"),
    at(0, b"\x7FELF", "a program"),
    at(0, b"\xCA\xFE\xBA\xBE", "a program"),
    at(0, b"\xCF\xFA\xED\xFE", "a program"),
    at(0, b"\0asm", "a WebAssembly program"),
    at(0, b"SQLite format 3\0", "an SQLite database"),
    at(0, b"PAR1", "a Parquet table"),
    at(0, b"ARROW1\0", "an Arrow table"),
    at(0, b"Obj\x01", "an Avro file"),
    at(0, b"bplist00", "a binary property list"),
    at(0, b"ID3\x02", "an MP3 recording"),
    at(0, b"ID3\x03", "an MP3 recording"),
    at(0, b"ID3\x04", "an MP3 recording"),
    at(0, b"\xFF\xFB", "an MP3 recording"),
    at(0, b"OggS\0", "an Ogg recording"),
    at(0, b"fLaC\0", "a FLAC recording"),
    at(8, b"WAVEfmt ", "a WAVE recording"),
    at(8, b"AVI LIST", "an AVI film"),
    at(4, b"ftyp", "an MP4 film"),
    at(0, b"\x1A\x45\xDF\xA3", "a Matroska film"),
    at(0, b"FLV\x01", "a Flash film"),
];

/// The archive that begins with `head`.
pub(super) fn archive(head: &[u8]) -> Option<Format> {
    // The second is an archive without members.
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Format::Zip);
    }
    if head.get(257..).is_some_and(|rest| rest.starts_with(b"ustar")) || is_old_tar(head) {
        return Some(Format::Tar);
    }
    let text = head.trim_ascii_start();
    if text.starts_with(b"WARC/") {
        return Some(Format::Warc);
    }
    text.starts_with(b"filedesc://").then_some(Format::Arc)
}

/// Whether `head` begins with the header of a tar archive from before POSIX, which has no magic
/// number: 512 bytes, of which 148 to 156 hold their sum in octal digits, taken as if those eight
/// were spaces.
fn is_old_tar(head: &[u8]) -> bool {
    let Some(header) = head.first_chunk::<512>().filter(|header| header[0] != 0) else {
        return false;
    };
    let (before, rest) = header.split_at(148);
    let (stated, after) = rest.split_at(8);
    let sum = before.iter().chain(after).map(|&byte| u64::from(byte)).sum::<u64>() + 8 * 32;
    let digits = stated.split(|&byte| byte == 0).next().unwrap_or_default().trim_ascii();
    let stated = std::str::from_utf8(digits).ok().and_then(|d| u64::from_str_radix(d, 8).ok());
    stated == Some(sum)
}

/// What the bytes that begin with `head` look like; `None` where nothing is known of them.
pub(super) fn kind(head: &[u8]) -> Option<&'static str> {
    let found = MAGICS
        .iter()
        .find(|magic| head.get(magic.at..).is_some_and(|rest| rest.starts_with(magic.bytes)));
    found.map(|magic| magic.kind)
}

/// Whether `head` has too many control characters to be text.
pub(super) fn is_mostly_control(head: &[u8]) -> bool {
    // The escape character introduces Japanese text in ISO-2022-JP, and colours in a log.
    let is_text = |byte: &u8| *byte >= b' ' || matches!(*byte, b'\t'..=b'\r' | b'\x1B');
    let controls = head.iter().filter(|byte| !is_text(byte)).count();
    controls * TEXT_PER_CONTROL > head.len()
}
