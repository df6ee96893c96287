//! The answer of a server as a crawler recorded it: status, header fields and content.
//!
//! Crawlers store answers in several states: as sent, or already without chunks or compression but
//! with the header fields that announce them. So what is announced is taken off if it can be taken
//! off, and left as it is if not.

use std::borrow::Cow;
use std::io::Read;

use brotli_decompressor::Decompressor;
use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::format::starts_with_tag;
use super::starts::Starts;
use super::zstd::Zstd;
use super::{Media, Window};
use crate::reject::RejectReason;

/// Most header fields that are read of an answer.
const MAX_FIELDS: usize = 512;

/// Most codings that are taken off one another; servers use one.
const MAX_CODINGS: usize = 8;

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

    /// The type, with the reason to reject it, where it is something to see, hear or run, not to
    /// read.
    pub(super) fn no_text(&self) -> Option<(RejectReason, &str)> {
        let (kind, subtype) = self.essence.split_once('/')?;
        let reason = match (kind, subtype) {
            ("image" | "video" | "audio" | "font", _) | (_, "wasm" | "vnd.ms-fontobject") => {
                RejectReason::Binary
            }
            ("application", subtype)
                if subtype.starts_with("font-") || subtype.starts_with("x-font-") =>
            {
                RejectReason::Binary
            }
            (_, "css" | "javascript" | "x-javascript" | "ecmascript") => RejectReason::Unsupported,
            _ => return None,
        };
        Some((reason, &self.essence))
    }
}

impl Answer {
    /// Reads the answer in `block`, some of which is missing where it `is_cut`; `None` where there
    /// is no head. Of the content no more than `limit` bytes are unpacked.
    pub(super) fn parse(block: &[u8], is_cut: bool, limit: usize) -> Option<Self> {
        let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
        let mut answer = httparse::Response::new(&mut fields);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        let block = in_version_1(block);
        let httparse::Status::Complete(end) = config.parse_response(&mut answer, &block).ok()?
        else {
            return None;
        };
        let field = |name: &str| {
            let mut fields = answer.headers.iter();
            let found = fields.find(|field| field.name.eq_ignore_ascii_case(name))?;
            Some(String::from_utf8_lossy(found.value).into_owned())
        };
        let mut content = Body { bytes: block[end..].to_vec(), is_cut };
        let transfer = field("transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        let own = field("content-encoding").unwrap_or_default().to_ascii_lowercase();
        if transfer.contains("chunked") {
            content.take_chunks_off();
        }
        // What was put on last comes off first.
        for coding in transfer.rsplit(',').chain(own.rsplit(',')).take(MAX_CODINGS) {
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

/// The block with a status line of HTTP/1.1: crawlers write `HTTP/2 200`, and the fields are alike.
fn in_version_1(block: &[u8]) -> Cow<'_, [u8]> {
    match block.iter().position(|&byte| byte == b' ') {
        Some(end) if !block.starts_with(b"HTTP/1.") => {
            Cow::Owned([b"HTTP/1.1", &block[end..]].concat())
        }
        _ => Cow::Borrowed(block),
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
        let mut is_whole = false;
        while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) {
            is_whole = size == 0;
            if is_whole {
                break;
            }
            let chunk = &rest[start..];
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let Some((chunk, after)) = chunk.split_at_checked(size) else {
                joined.extend_from_slice(chunk);
                break;
            };
            joined.extend_from_slice(chunk);
            rest = after.strip_prefix(b"\r\n").unwrap_or(after);
        }
        if is_whole || !joined.is_empty() {
            self.bytes = joined;
            self.is_cut = !is_whole;
        }
    }

    /// Takes a compression off, if it can be taken off.
    fn unpack(&mut self, coding: &str, limit: usize) {
        let packed = self.bytes.as_slice();
        // A page is never packed, but may by chance unpack.
        if starts_with_tag(packed) {
            return;
        }
        // These two have no mark of their own, so that only a whole one is one.
        let is_sure = |(_, is_cut): &(Vec<u8>, bool)| !is_cut || self.is_cut;
        let unpacked = match coding {
            "gzip" | "x-gzip" => drain(MultiGzDecoder::new(packed), limit),
            "deflate" => drain(ZlibDecoder::new(packed), limit)
                .or_else(|| drain(DeflateDecoder::new(packed), limit).filter(is_sure)),
            "br" => drain(Decompressor::new(packed, BROTLI_BUFFER), limit).filter(is_sure),
            "zstd" => drain(Zstd::new(Window::new(packed), Starts::default()), limit),
            _ => return,
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
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;
    use crate::source::tests::gzip;

    fn body(fields: &str, body: &[u8]) -> (String, bool) {
        let block = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes(), body].concat();
        let answer = Answer::parse(&block, false, 100).expect("an answer");
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
        // A block that is not compressed, and an empty one after it.
        let brotli = [b"\xA0\x00\x10", &b"Polls open."[..], b"\x03"].concat();
        let zstd = compress_to_vec(&b"Polls open."[..], CompressionLevel::Fastest);
        for (fields, content) in [
            ("", &b"Polls open."[..]),
            ("Transfer-Encoding: chunked\r\n", b"6\r\nPolls \r\n5;x=y\r\nopen.\r\n0\r\n\r\n"),
            ("Transfer-Encoding: chunked\r\n", b"Polls open."),
            ("Content-Encoding: gzip\r\n", &packed),
            ("Content-Encoding: gzip\r\n", b"Polls open."),
            ("content-encoding: deflate\r\n", &zlib.finish().expect("memory")),
            ("content-encoding: deflate\r\n", &raw.finish().expect("memory")),
            ("Content-Encoding: gzip, gzip\r\n", &gzip(&packed)),
            ("Content-Encoding: br\r\n", &brotli),
            ("Content-Encoding: zstd\r\n", &zstd),
            ("Content-Encoding: br, gzip\r\n", &gzip(&brotli)),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &chunked),
            ("Transfer-Encoding: gzip, chunked\r\n", &chunked),
        ] {
            assert_eq!(body(fields, content), ("Polls open.".into(), false), "for {fields}");
        }
    }

    #[test]
    fn what_was_unpacked_already_is_left_as_it_is() {
        for content in ["Polls open.", "<p>Polls open.", "{\"polls\": \"open\"}", "[]", ";", "x"] {
            for coding in ["gzip", "deflate", "br", "zstd", "br, gzip", "identity", "unheard-of"] {
                let fields = format!("Content-Encoding: {coding}\r\n");
                let expected = (content.to_owned(), false);
                assert_eq!(body(&fields, content.as_bytes()), expected, "for {coding}");
            }
        }
    }

    #[test]
    fn heads_are_read_as_crawlers_write_them() {
        for head in [
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            "HTTP/2 200\r\ncontent-type: text/html\r\n\r\n",
            "HTTP/1.0 200\nContent-Type : text/html\n\n",
            "HTTP/1.1  200  OK\r\nno field\r\nContent-Type:\r\n text/html\r\n\r\n",
        ] {
            let answer = Answer::parse(head.as_bytes(), false, 100).expect(head);
            let kind = answer.content_type.expect(head);
            assert_eq!((answer.status, kind.media()), (200, Some(Media::Html)), "for {head}");
        }
        assert_eq!(Answer::parse(b"HTTP/1.1 200 OK\r\nContent-", true, 100), None);
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
        for (value, expected) in [
            ("image/png", Some(RejectReason::Binary)),
            ("application/x-font-woff", Some(RejectReason::Binary)),
            ("text/css; charset=utf-8", Some(RejectReason::Unsupported)),
            ("application/rss+xml", None),
            ("application/octet-stream", None),
            ("", None),
        ] {
            let reason = ContentType::parse(value).no_text().map(|(reason, _)| reason);
            assert_eq!(reason, expected, "{value}");
        }
    }
}
