//! ARC, the forerunner of WARC: a line with address, host, date, type and length before each answer
//! (Burner and Kahle, "Arc File Format", 1996).

use std::io;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::blocks::{Block, Blocks};
use super::header::is_of_page;
use super::{Head, answered, stored};
use crate::source::Declared;
use crate::source::records::{Payload, Records};
use crate::source::stream::Fault;

/// Length of a time, `YYYYMMDDhhmmss`.
const TIME: usize = 14;

/// Where the parts of a line lie that count from its end: time, type and length. Addresses have
/// been written with spaces in them, so nothing can be counted from the start. The second version
/// has result, checksum, location, offset and file name before the length.
const VERSIONS: [(usize, usize); 2] = [(3, 2), (8, 7)];

/// The line before an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Line {
    url: String,
    captured: Option<DateTime<Utc>>,
    content_type: String,
    length: u64,
}

impl Line {
    fn parse(line: &[u8]) -> Option<Self> {
        let length = line.trim_ascii_end().rsplit(|&byte| byte == b' ').next()?;
        // Most lines that are no such line end here.
        if length.is_empty() || !length.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let line = String::from_utf8_lossy(line);
        let parts: Vec<&str> = line.trim_end().split(' ').collect();
        VERSIONS.iter().find_map(|&(time, content_type)| {
            let at = parts.len().checked_sub(time)?;
            let time = parts[at];
            if time.len() < TIME || !time.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            // The host's number lies between address and time.
            let url = parts[..at.checked_sub(1)?].join(" ");
            Some(Self {
                url: Some(url).filter(|url| url.contains(':'))?,
                captured: moment(&time[..TIME]),
                content_type: parts[parts.len() - content_type].to_owned(),
                length: parts.last()?.parse().ok()?,
            })
        })
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok().map(|time| time.and_utc())
}

impl Head for Line {
    fn begins(line: &[u8]) -> bool {
        Self::parse(line).is_some()
    }

    fn take(blocks: &mut Blocks<'_>) -> io::Result<Option<Result<Self, String>>> {
        let Some(line) = blocks.line()? else { return Ok(None) };
        Ok(Some(Self::parse(&line).ok_or_else(|| "no record begins here".into())))
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn may_hold_page(&self) -> bool {
        is_of_page(&self.url)
    }

    fn page(&self, place: u64, block: Block, records: &Records<'_>) -> Result<Payload, Fault> {
        let declared = Declared {
            url: Some(self.url.clone()),
            captured: self.captured,
            ..Declared::default()
        };
        if block.bytes.starts_with(b"HTTP/") {
            answered(place, &block, declared, records)
        } else {
            stored(place, block, Some(&self.content_type), declared, records)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_versions_are_read() {
        for (line, url, content_type) in [
            (
                "http://a.example/1 1.2.3.4 20081030110246 text/html 120",
                "http://a.example/1",
                "text/html",
            ),
            (
                "http://a.example/a b 1.2.3.4 20081030110246 text/html 120\n",
                "http://a.example/a b",
                "text/html",
            ),
            (
                "http://a.example/1 1.2.3.4 20081030110246 text/plain 200 x - 312 a.arc 120",
                "http://a.example/1",
                "text/plain",
            ),
        ] {
            let found = Line::parse(line.as_bytes()).expect("a line");
            assert_eq!((found.url.as_str(), found.content_type.as_str()), (url, content_type));
            assert_eq!((found.length, found.captured), (120, moment("20081030110246")));
            assert!(found.captured.is_some());
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "1 0 Example",
            "a:b 1 2008103011024ä text/html 1",
            "http://a.example/ was read by 20081030 people in 12",
            "a 1",
        ] {
            assert_eq!(Line::parse(line.as_bytes()), None, "{line}");
        }
    }
}
