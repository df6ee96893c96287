//! The answer of a server as a crawler recorded it: status, header fields and content.
//!
//! Crawlers store answers in several states: as sent, or already without chunks or compression but
//! with the header fields that announce them. So what is announced is taken off if it can be taken
//! off, and left as it is if not.

use std::io::Read;

use brotli_decompressor::Decompressor;
use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::zstd::Zstd;
use super::{Media, Window};

/// Most header fields that are read of an answer.
const MAX_FIELDS: usize = 256;

/// Buffer of the Brotli decoder, in bytes.
const BROTLI_BUFFER: usize = 4_096;

/// An answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where a redirect leads.
    pub(super) location: Option<String>,
    pub(super) content_type: Option<ContentType>,
    pub(super) body: Vec<u8>,
    /// Whether the content ends before its time, or was cut at the limit.
    pub(super) is_cut: bool,
}

/// What a field `Content-Type` says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct ContentType {
    /// Type and subtype, in lower case.
    pub(super) essence: String,
    pub(super) charset: Option<&'static Encoding>,
}

impl ContentType {
    /// Reads `text/html; charset="utf-8"`.
    pub(super) fn parse(value: &str) -> Self {
        let mut parts = value.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
        let named = parts.filter_map(|part| part.split_once('='));
        let charset = named
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .find_map(|(_, label)| Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes()));
        Self { essence, charset }
    }

    /// The kind of text, where it is one.
    pub(super) fn media(&self) -> Option<Media> {
        match self.essence.as_str() {
            "text/html" | "application/xhtml+xml" => Some(Media::Html),
            "text/plain" => Some(Media::Text),
            _ => None,
        }
    }

    /// Whether this is something to see, hear or run, not to read.
    pub(super) fn is_no_text(&self) -> bool {
        let (kind, subtype) = self.essence.split_once('/').unwrap_or_default();
        matches!(kind, "image" | "video" | "audio" | "font")
            || matches!(subtype, "css" | "javascript" | "x-javascript" | "ecmascript" | "wasm")
    }
}

impl Answer {
    /// Reads the answer in `block`; `None` where there is no header. Of the content no more than
    /// `limit` bytes are unpacked.
    pub(super) fn parse(block: &[u8], limit: usize) -> Option<Self> {
        let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
        let mut answer = httparse::Response::new(&mut fields);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        let httparse::Status::Complete(end) = config.parse_response(&mut answer, block).ok()?
        else {
            return None;
        };
        let field = |name: &str| {
            let mut fields = answer.headers.iter();
            let found = fields.find(|field| field.name.eq_ignore_ascii_case(name))?;
            Some(String::from_utf8_lossy(found.value).into_owned())
        };
        let mut content = Body { bytes: block[end..].to_vec(), is_cut: false };
        if field("transfer-encoding").is_some_and(|value| value.to_lowercase().contains("chunked"))
        {
            content.take_chunks_off();
        }
        for coding in field("content-encoding").unwrap_or_default().rsplit(',') {
            content.unpack(coding.trim(), limit);
        }
        content.cut(limit);
        Some(Self {
            status: answer.code?,
            location: field("location"),
            content_type: field("content-type").map(|value| ContentType::parse(&value)),
            body: content.bytes,
            is_cut: content.is_cut,
        })
    }
}

/// The content of an answer, as far as it is unpacked.
struct Body {
    bytes: Vec<u8>,
    is_cut: bool,
}

impl Body {
    /// Joins the chunks, if these are chunks.
    fn take_chunks_off(&mut self) {
        let mut joined = Vec::with_capacity(self.bytes.len());
        let mut rest = self.bytes.as_slice();
        loop {
            let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest)
            else {
                // Not chunked at all, or cut short after some chunks.
                if joined.is_empty() {
                    return;
                }
                self.is_cut = true;
                break;
            };
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let chunk = &rest[start..];
            if size == 0 {
                break;
            }
            let Some((chunk, after)) = chunk.split_at_checked(size) else {
                joined.extend_from_slice(chunk);
                self.is_cut = true;
                break;
            };
            joined.extend_from_slice(chunk);
            rest = after.strip_prefix(b"\r\n").unwrap_or(after);
        }
        self.bytes = joined;
    }

    /// Takes a compression off, if it can be taken off.
    fn unpack(&mut self, coding: &str, limit: usize) {
        let packed = self.bytes.as_slice();
        let unpacked = match coding.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => drain(MultiGzDecoder::new(packed), limit),
            "deflate" => drain(ZlibDecoder::new(packed), limit)
                .or_else(|| drain(DeflateDecoder::new(packed), limit)),
            "br" => drain(Decompressor::new(packed, BROTLI_BUFFER), limit),
            "zstd" => drain(Zstd::new(Window::new(packed)), limit),
            _ => None,
        };
        if let Some((bytes, is_cut)) = unpacked {
            self.bytes = bytes;
            self.is_cut |= is_cut;
        }
    }

    fn cut(&mut self, limit: usize) {
        self.is_cut |= self.bytes.len() > limit;
        self.bytes.truncate(limit);
    }
}

/// What comes out of a decoder, one byte more than the limit at most, and whether it ended before
/// its time; `None` where nothing comes out.
fn drain(decoder: impl Read, limit: usize) -> Option<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    let outcome = decoder.take(limit as u64 + 1).read_to_end(&mut bytes);
    (!bytes.is_empty()).then_some((bytes, outcome.is_err()))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;
    use crate::source::tests::gzip;

    fn body(fields: &str, body: &[u8]) -> (String, bool) {
        let block = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes(), body].concat();
        let answer = Answer::parse(&block, 100).expect("an answer");
        (String::from_utf8_lossy(&answer.body).into_owned(), answer.is_cut)
    }

    #[test]
    fn what_is_announced_is_taken_off_if_it_can_be() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"Polls open.").expect("memory");
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(b"Polls open.").expect("memory");
        let packed = gzip("Polls open.");
        let chunked =
            [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
        for (fields, content) in [
            ("", &b"Polls open."[..]),
            ("Transfer-Encoding: chunked\r\n", b"6\r\nPolls \r\n5;x=y\r\nopen.\r\n0\r\n\r\n"),
            ("Transfer-Encoding: chunked\r\n", b"Polls open."),
            ("Content-Encoding: gzip\r\n", &packed),
            ("Content-Encoding: gzip\r\n", b"Polls open."),
            ("content-encoding: deflate\r\n", &zlib.finish().expect("memory")),
            ("content-encoding: deflate\r\n", &raw.finish().expect("memory")),
            ("Content-Encoding: gzip, gzip\r\n", &gzip(&packed)),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &chunked),
        ] {
            assert_eq!(body(fields, content), ("Polls open.".into(), false), "for {fields}");
        }
    }

    #[test]
    fn what_ends_before_its_time_or_is_too_long_is_cut() {
        let chunked = "Transfer-Encoding: chunked\r\n";
        assert_eq!(body(chunked, b"20\r\nPolls op"), ("Polls op".into(), true));
        let long = "x".repeat(200);
        assert_eq!(body("", long.as_bytes()), (long[..100].into(), true));
        assert_eq!(body("Content-Encoding: gzip\r\n", &gzip(&long)), (long[..100].into(), true));
    }

    #[test]
    fn a_type_tells_charset_and_medium() {
        let html = ContentType::parse("Text/HTML; Charset=\"windows-1251\"");
        assert_eq!(html.media(), Some(Media::Html));
        assert_eq!(html.charset, Some(encoding_rs::WINDOWS_1251));
        assert!(ContentType::parse("image/png").is_no_text());
        assert!(!ContentType::parse("application/rss+xml").is_no_text());
    }
}
