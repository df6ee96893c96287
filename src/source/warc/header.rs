//! The header of a WARC record.

use std::io;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::blocks::{Block, Blocks};
use super::{Head, answered, stored};
use crate::article::ArticleWarning;
use crate::reject::RejectReason;
use crate::source::Declared;
use crate::source::records::{Claim, Payload, Records};
use crate::source::stream::Fault;

/// What a record is (ISO 28500, section 5.5).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// The answer of a server.
    Response,
    /// A file without one.
    Resource,
    /// Another form of a record, such as its plain text.
    Conversion,
    /// A later capture of the same content.
    Revisit,
    /// A part of a record whose beginning is elsewhere.
    Continuation,
    /// What is about records: `warcinfo`, `request`, `metadata`, and what is not known.
    Other,
}

/// The fields of a record's header that matter here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// Bytes of the block.
    pub(super) length: u64,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) captured: Option<DateTime<Utc>>,
    pub(super) content_type: Option<String>,
    /// Whether the crawler stored no more than the beginning.
    pub(super) is_truncated: bool,
    /// Of which capture a revisit is one more, as `address, time`.
    pub(super) refers_to: Option<String>,
}

impl Header {
    /// Reads the lines of `text`, the first of which is the version. `Err` says what is wrong.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(text).replace('\r', "");
        // A line that begins with white space goes on with the one before.
        let text = text.replace("\n ", " ").replace("\n\t", " ");
        let fields: Vec<_> = text.lines().skip(1).filter_map(|line| line.split_once(':')).collect();
        let field = |name: &str| {
            let found = fields.iter().find(|(own, _)| own.trim().eq_ignore_ascii_case(name))?;
            // Some writers put addresses in angle brackets, as the first standard had it.
            let value = found.1.trim().trim_start_matches('<').trim_end_matches('>');
            (!value.is_empty()).then(|| value.to_owned())
        };
        let kind = match field("WARC-Type").unwrap_or_default().to_ascii_lowercase().as_str() {
            "response" => Kind::Response,
            "resource" => Kind::Resource,
            "conversion" => Kind::Conversion,
            "revisit" => Kind::Revisit,
            "continuation" => Kind::Continuation,
            "" => return Err("its header has no `WARC-Type`".into()),
            _ => Kind::Other,
        };
        let length = field("Content-Length").ok_or("its header has no `Content-Length`")?;
        let length = length.parse().map_err(|_| format!("`{length}` is no length"))?;
        let refers_to: Vec<_> = ["WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"]
            .iter()
            .filter_map(|name| field(name))
            .collect();
        // Of a record in segments only the first is read.
        let is_truncated = ["WARC-Truncated", "WARC-Segment-Number"];
        Ok(Self {
            kind,
            length,
            id: field("WARC-Record-ID").map(|id| id.trim_start_matches("urn:uuid:").to_owned()),
            url: field("WARC-Target-URI"),
            captured: field("WARC-Date").and_then(|date| time(&date)),
            content_type: field("Content-Type"),
            is_truncated: is_truncated.iter().any(|name| field(name).is_some()),
            refers_to: (!refers_to.is_empty()).then(|| refers_to.join(", ")),
        })
    }

    /// Why a record of this kind holds no page of its own.
    fn reject(&self) -> Option<Fault> {
        let url = self.url.as_deref().unwrap_or("a page");
        match self.kind {
            Kind::Revisit => {
                let of = self.refers_to.as_deref().unwrap_or("an earlier time");
                let detail = format!("{url} is unchanged since the capture of {of}");
                Some((RejectReason::Revisit, detail))
            }
            Kind::Continuation => {
                let detail = format!("a later segment of {url}; segments are not joined");
                Some((RejectReason::BadRecord, detail))
            }
            Kind::Response | Kind::Resource | Kind::Conversion | Kind::Other => None,
        }
    }
}

impl Head for Header {
    /// The version alone stands in the first line: `WARC/1.0`.
    fn begins(line: &[u8]) -> bool {
        line.trim_ascii_end().strip_prefix(b"WARC/").is_some_and(|version| {
            matches!(version, [b'0'..=b'9', b'.', rest @ ..]
                if !rest.is_empty() && rest.iter().all(u8::is_ascii_digit))
        })
    }

    fn take(blocks: &mut Blocks<'_>) -> io::Result<Option<Result<Self, String>>> {
        Ok(blocks.head()?.map(|text| Self::parse(&text)))
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn may_hold_page(&self) -> bool {
        self.kind != Kind::Other && self.url.as_deref().is_none_or(is_of_page)
    }

    fn page(&self, place: u64, block: Block, records: &Records<'_>) -> Result<Payload, Fault> {
        if let Some(fault) = self.reject() {
            return Err(fault);
        }
        let declared =
            Declared { url: self.url.clone(), captured: self.captured, ..Declared::default() };
        let mut payload = if self.kind == Kind::Response && block.bytes.starts_with(b"HTTP/") {
            answered(place, &block, declared, records)?
        } else {
            stored(place, block, self.content_type.as_deref(), declared, records)?
        };
        payload.source_id.clone_from(&self.id);
        if let (Kind::Conversion, Claim::Called(media)) = (self.kind, payload.claim) {
            payload.claim = Claim::Made(media);
        }
        if self.is_truncated && payload.warnings.is_empty() {
            payload.warnings.push(ArticleWarning::Truncated);
        }
        Ok(payload)
    }
}

/// Whether what lies at an address is more than a crawler's note of whom it asked for the way.
pub(super) fn is_of_page(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    !matches!(scheme.as_str(), "dns" | "filedesc" | "metadata" | "warcinfo" | "whois")
}

/// Reads a time as the standards have it; earlier crawlers left out the zone, which is UTC.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let in_utc = |format| NaiveDateTime::parse_from_str(text, format).map(|time| time.and_utc());
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .or_else(|_| in_utc("%Y-%m-%dT%H:%M:%S%.f"))
        .or_else(|_| in_utc("%Y%m%d%H%M%S"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_any_case_and_order() {
        let text = b"WARC/1.0\r\ncontent-length: 7\r\nWARC-TYPE: Response\r\n\
                     WARC-Record-ID: <urn:uuid:12>\r\nWARC-Target-URI: <https://a.example/1>\r\n\
                     WARC-Date: 2022-11-17T10:00:00Z\r\nWARC-Truncated: length\r\n";
        let header = Header::parse(text).expect("a header");
        assert_eq!((header.kind, header.length, header.is_truncated), (Kind::Response, 7, true));
        assert_eq!(header.id.as_deref(), Some("12"));
        assert_eq!(header.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(header.captured, time("2022-11-17T10:00:00Z"));
    }

    #[test]
    fn a_field_may_go_on_in_the_next_line() {
        let text = b"WARC/1.0\nWARC-Type: resource\nWARC-Target-URI:\n https://a.example/1\n\
                     Content-Length: 7\n";
        let header = Header::parse(text).expect("a header");
        assert_eq!(header.url.as_deref(), Some("https://a.example/1"));
    }

    #[test]
    fn a_record_begins_with_its_version() {
        for line in [&b"WARC/0.17\r"[..], b"WARC/1.0\r", b"WARC/1.1"] {
            assert!(Header::begins(line), "{line:?}");
        }
        for line in [&b"WARC/1.0 is a format"[..], b"WARC/", b"WARC/1.", b" WARC/1.0", b""] {
            assert!(!Header::begins(line), "{line:?}");
        }
    }

    #[test]
    fn times_are_read_with_and_without_zone() {
        let expected = DateTime::from_timestamp(1_668_679_200, 0);
        for text in ["2022-11-17T10:00:00Z", "2022-11-17T10:00:00", "20221117100000"] {
            assert_eq!(time(text), expected, "{text}");
        }
        assert_eq!(time("yesterday"), None);
    }

    #[test]
    fn a_header_without_type_or_length_is_none() {
        for text in ["WARC/1.0\r\nContent-Length: 7", "WARC/1.0\r\nWARC-Type: response"] {
            assert!(Header::parse(text.as_bytes()).is_err());
        }
    }
}
