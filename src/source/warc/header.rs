//! The header of a WARC record.

use chrono::{DateTime, Utc};

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
    pub(super) is_truncated: bool,
    /// Of which capture a revisit is one more, as `address, time`.
    pub(super) refers_to: Option<String>,
}

impl Header {
    /// Reads the lines of `text`, the first of which is the version. `Err` says what is wrong.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(text);
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
        Ok(Self {
            kind,
            length,
            id: field("WARC-Record-ID").map(|id| id.trim_start_matches("urn:uuid:").to_owned()),
            url: field("WARC-Target-URI"),
            captured: field("WARC-Date").and_then(|date| time(&date)),
            content_type: field("Content-Type"),
            is_truncated: field("WARC-Truncated").is_some(),
            refers_to: (!refers_to.is_empty()).then(|| refers_to.join(", ")),
        })
    }

    /// Whether what it holds came over the web, and not from a name server.
    pub(super) fn is_of_a_page(&self) -> bool {
        let scheme = self.url.as_deref().and_then(|url| url.split(':').next()).unwrap_or_default();
        !matches!(scheme, "dns" | "whois" | "warcinfo" | "metadata")
    }
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
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
    fn a_header_without_type_or_length_is_none() {
        for text in ["WARC/1.0\r\nContent-Length: 7", "WARC/1.0\r\nWARC-Type: response"] {
            assert!(Header::parse(text.as_bytes()).is_err());
        }
    }
}
