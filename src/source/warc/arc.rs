//! ARC, the forerunner of WARC: a line with address, host, date, type and length before each answer
//! (Burner and Kahle, "Arc File Format", 1996).

use chrono::{DateTime, NaiveDateTime, Utc};

use super::super::Declared;
use super::super::read::Flow;
use super::super::records::Records;
use super::super::stream::{Fault, Stream, fault};
use super::blocks::Blocks;
use super::{answered, damaged, found};
use crate::article::ArticleWarning;
use crate::source::http::ContentType;

/// Addresses of pages begin so; where a record is damaged, the next one is looked for.
const START: &[u8] = b"http";

/// Hands over every page in the archive.
pub(in crate::source) fn read(
    stream: Stream<'_>,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let is_packed = !stream.is_raw();
    let mut blocks = Blocks::new(stream);
    loop {
        match next(&mut blocks, records).map_err(|error| fault(&error, is_packed))? {
            Some(flow) if flow.is_continue() => {}
            Some(flow) => return Ok(flow),
            None => return Ok(Flow::Continue(())),
        }
    }
}

fn next(blocks: &mut Blocks<'_>, records: &mut Records<'_>) -> std::io::Result<Option<Flow>> {
    if !blocks.skip_blank()? {
        return Ok(None);
    }
    let (offset, place) = (blocks.offset(), blocks.place());
    let line = blocks.line()?.unwrap_or_default();
    let Some(line) = Line::parse(&String::from_utf8_lossy(&line)) else {
        if !blocks.starts_with(START)? {
            blocks.go_to_line(START)?;
        }
        return Ok(Some(records.hand_over(Err(damaged(offset, "no record begins here")))));
    };
    // The first record describes the file.
    if !line.url.starts_with("http") {
        blocks.skip(line.length)?;
        records.pass_over();
        return Ok(Some(Flow::Continue(())));
    }
    let limit = records.limit() + super::MAX_ANSWER_FIELDS;
    let block = blocks.block(line.length, limit, START)?;
    let declared = Declared { url: Some(line.url), captured: line.captured, ..Declared::default() };
    let payload = if block.bytes.starts_with(b"HTTP/") {
        answered(place, &block, declared, records)
    } else {
        let content_type = Some(ContentType::parse(&line.content_type));
        found(place, block.bytes.clone(), content_type, declared)
    };
    Ok(Some(match payload {
        Ok(mut payload) => {
            payload.warnings.extend(block.is_cut.then_some(ArticleWarning::Truncated));
            records.record(payload)
        }
        Err(fault) => records.hand_over(Err(fault)),
    }))
}

/// The line before an answer. The second version of the format has more in the middle.
#[derive(Debug, Eq, PartialEq)]
struct Line {
    url: String,
    captured: Option<DateTime<Utc>>,
    content_type: String,
    length: u64,
}

impl Line {
    fn parse(line: &str) -> Option<Self> {
        let parts: Vec<&str> = line.trim_end().split(' ').collect();
        let [url, _host, date, content_type, .., length] = parts[..] else { return None };
        let captured = NaiveDateTime::parse_from_str(date, "%Y%m%d%H%M%S").ok();
        Some(Self {
            url: Some(url).filter(|url| url.contains(':'))?.to_owned(),
            captured: captured.map(|time| time.and_utc()),
            content_type: content_type.to_owned(),
            length: length.parse().ok()?,
        })
    }
}
