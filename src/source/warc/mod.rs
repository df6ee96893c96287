//! Web archives: WARC (ISO 28500, versions 0.17 to 1.1) and its forerunner ARC.
//!
//! Every record uses up a number, also those about other records, so that `b.warc.gz` record 17 is
//! the same for every reader. Damage costs as little as it can: the reader goes on at the next line
//! that begins a record.

mod arc;
mod blocks;
mod header;

pub(super) use arc::read as read_arc;

use self::blocks::Blocks;
use self::header::{Header, Kind};
use super::Declared;
use super::http::{Answer, ContentType};
use super::read::Flow;
use super::records::{Given, Payload, Records};
use super::stream::{Fault, Stream, fault};
use crate::article::ArticleWarning;
use crate::reject::RejectReason;

/// How every record begins.
const START: &[u8] = b"WARC/";

/// Hands over every page in the archive.
pub(super) fn read(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
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

/// Deals with the next record; `None` at the end of the archive.
fn next(blocks: &mut Blocks<'_>, records: &mut Records<'_>) -> std::io::Result<Option<Flow>> {
    if !blocks.skip_blank()? {
        return Ok(None);
    }
    let offset = blocks.offset();
    if !blocks.starts_with(START)? {
        blocks.go_to_line(START)?;
        return Ok(Some(records.hand_over(Err(damaged(offset, "no record begins here")))));
    }
    let place = blocks.place();
    let header = match blocks.header()? {
        None => {
            let detail = format!("the file ends in the header of the record at byte {offset}");
            return Ok(Some(records.hand_over(Err((RejectReason::CutShort, detail)))));
        }
        Some(text) => Header::parse(&text),
    };
    let header = match header {
        Ok(header) => header,
        Err(detail) => {
            blocks.go_to_line(START)?;
            return Ok(Some(records.hand_over(Err(damaged(offset, &detail)))));
        }
    };
    if header.kind == Kind::Other || !header.is_of_a_page() {
        blocks.skip(header.length)?;
        records.pass_over();
        return Ok(Some(Flow::Continue(())));
    }
    // The fields of an answer come on top of the page.
    let block = blocks.block(header.length, records.limit() + MAX_ANSWER_FIELDS, START)?;
    Ok(Some(match page(&header, place, &block, records) {
        Ok(payload) => records.record(payload),
        Err(fault) => records.hand_over(Err(fault)),
    }))
}

/// Bytes that the header of an answer may take.
const MAX_ANSWER_FIELDS: usize = 256 << 10;

fn damaged(offset: u64, detail: &str) -> Fault {
    (RejectReason::BadRecord, format!("byte {offset}: {detail}"))
}

/// A block of a record, as far as it could be read.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    /// Whether it ends before its time, or was cut at the limit.
    pub(super) is_cut: bool,
}

/// What the record is worth.
fn page(
    header: &Header,
    offset: u64,
    block: &Block,
    records: &Records<'_>,
) -> Result<Payload, Fault> {
    match header.kind {
        Kind::Revisit => {
            let of =
                header.refers_to.as_deref().or(header.url.as_deref()).unwrap_or("another record");
            return Err((RejectReason::Revisit, format!("unchanged since the capture of {of}")));
        }
        Kind::Continuation => {
            let detail = "a part of a record that begins in another file".to_owned();
            return Err((RejectReason::BadRecord, detail));
        }
        Kind::Response | Kind::Resource | Kind::Conversion | Kind::Other => {}
    }
    let declared =
        Declared { url: header.url.clone(), captured: header.captured, ..Declared::default() };
    let is_answer = header.kind == Kind::Response && block.bytes.starts_with(b"HTTP/");
    let mut payload = if is_answer {
        answered(offset, block, declared, records)?
    } else {
        let content_type = header.content_type.as_deref().map(ContentType::parse);
        found(offset, block.bytes.clone(), content_type, declared)?
    };
    payload.source_id.clone_from(&header.id);
    if header.is_truncated || block.is_cut {
        payload.warnings.push(ArticleWarning::Truncated);
    }
    Ok(payload)
}

/// The page in the answer of a server.
pub(super) fn answered(
    offset: u64,
    block: &Block,
    declared: Declared,
    records: &Records<'_>,
) -> Result<Payload, Fault> {
    let answer = Answer::parse(&block.bytes, records.limit()).ok_or_else(|| {
        (RejectReason::BadRecord, "the answer has no header that can be read".into())
    })?;
    records.budget().spend(answer.body.len()).map_err(|error| fault(&error, true))?;
    if !(200..300).contains(&answer.status) {
        let to = answer.location.map(|location| format!(", on to {location}")).unwrap_or_default();
        let detail = format!("the server answered with status {}{to}", answer.status);
        return Err((RejectReason::HttpError, detail));
    }
    let mut payload = found(offset, answer.body, answer.content_type, declared)?;
    if answer.is_cut {
        payload.warnings.push(ArticleWarning::Truncated);
    }
    Ok(payload)
}

/// What was found at an address.
fn found(
    offset: u64,
    bytes: Vec<u8>,
    content_type: Option<ContentType>,
    declared: Declared,
) -> Result<Payload, Fault> {
    if let Some(content_type) = content_type.as_ref().filter(|kind| kind.is_no_text()) {
        let detail = format!("the server called it {}", content_type.essence);
        return Err((RejectReason::Unsupported, detail));
    }
    let charset = content_type.as_ref().and_then(|content_type| content_type.charset);
    Ok(Payload {
        offset,
        bytes,
        source_id: None,
        given: Given { declared, charset },
        media: content_type.and_then(|content_type| content_type.media()),
        warnings: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
