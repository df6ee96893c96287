//! Web archives: WARC (ISO 28500, versions 0.17 to 1.1) and its forerunner ARC.
//!
//! Every record uses up a number, also those about other records, so that `b.warc.gz` record 17 is
//! the same for every reader. Damage costs as little as it can: the reader goes on at the next line
//! that begins a record.

mod arc;
mod blocks;
mod header;
mod raw;

use std::io;

use self::arc::Line;
use self::blocks::{Block, Blocks, End};
use self::header::Header;
pub(crate) use self::raw::record_at;
use super::Declared;
use super::http::{Answer, ContentType};
use super::read::Flow;
use super::records::{Claim, Given, Payload, Records};
use super::stream::{Fault, Stream, fault};
use crate::article::ArticleWarning;
use crate::reject::RejectReason;

/// Bytes that the fields of an answer may take, on top of the page.
const MAX_FIELDS: usize = 256 << 10;

/// What stands before the block of a record.
trait Head: Sized {
    /// Whether it begins with this line.
    fn begins(line: &[u8]) -> bool;

    /// Takes it off; `None` where the stream ends in it. The inner error says what is wrong with it.
    fn take(blocks: &mut Blocks<'_>) -> io::Result<Option<Result<Self, String>>>;

    /// Bytes of the block.
    fn length(&self) -> u64;

    /// Whether the record is one that may hold a page.
    fn may_hold_page(&self) -> bool;

    /// The page in the block of the record at `place`.
    fn page(&self, place: u64, block: Block, records: &Records<'_>) -> Result<Payload, Fault>;
}

/// Hands over every page in a WARC archive.
pub(super) fn read(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    read_all::<Header>(stream, records)
}

/// Hands over every page in an ARC archive.
pub(super) fn read_arc(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    read_all::<Line>(stream, records)
}

fn read_all<H: Head>(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    let mut blocks = Blocks::new(stream, H::begins);
    loop {
        let flow = match next::<H>(&mut blocks, records) {
            Ok(Some(flow)) => flow,
            Ok(None) => break,
            Err(error) => {
                let fault = blocks.recover(&error)?;
                records.hand_over(Err(fault))
            }
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    if records.is_untouched() {
        return Err((RejectReason::Empty, "it holds no page".into()));
    }
    Ok(Flow::Continue(()))
}

/// Deals with the next record; `None` at the end of the archive.
fn next<H: Head>(blocks: &mut Blocks<'_>, records: &mut Records<'_>) -> io::Result<Option<Flow>> {
    if !blocks.skip_blank()? {
        return Ok(None);
    }
    let place = blocks.begin();
    let head = if blocks.is_at_record()? {
        H::take(blocks)?
    } else {
        Some(Err("no record begins here".into()))
    };
    let (flow, end) = match head {
        None => (Flow::Continue(()), End::CutShort),
        Some(Err(detail)) => {
            let fault = (RejectReason::BadRecord, format!("byte {place}: {detail}"));
            return give_up(fault, blocks, records).map(Some);
        }
        Some(Ok(head)) if head.may_hold_page() => {
            let block = blocks.block(head.length(), records.limit().saturating_add(MAX_FIELDS))?;
            let end = block.end;
            let flow = match head.page(place, block, records) {
                Ok(payload) => records.record(payload),
                Err(fault) => records.hand_over(Err(fault)),
            };
            (flow, end)
        }
        Some(Ok(head)) => {
            records.pass_over();
            (Flow::Continue(()), blocks.skip(head.length())?)
        }
    };
    match blocks.damage(end) {
        Some(damage) if flow.is_continue() => give_up(damage, blocks, records).map(Some),
        _ => Ok(Some(flow)),
    }
}

/// Names damage, and goes to the next record.
fn give_up(damage: Fault, blocks: &mut Blocks<'_>, records: &mut Records<'_>) -> io::Result<Flow> {
    let flow = records.hand_over(Err(damage));
    if flow.is_continue() {
        blocks.go_to_record()?;
    }
    Ok(flow)
}

/// The page in the answer of a server.
fn answered(
    place: u64,
    block: &Block,
    declared: Declared,
    records: &Records<'_>,
) -> Result<Payload, Fault> {
    let answer = Answer::parse(&block.bytes, block.is_cut(), records.limit()).ok_or_else(|| {
        (RejectReason::BadRecord, format!("byte {place}: the answer has no head that can be read"))
    })?;
    records.budget().spend(answer.body.len()).map_err(|error| fault(&error, true))?;
    if !(200..300).contains(&answer.status) {
        let to = answer.location.map(|location| format!(", on to {location}")).unwrap_or_default();
        let detail = format!("the server answered with status {}{to}", answer.status);
        return Err((RejectReason::HttpError, detail));
    }
    let mut payload = found(place, answer.body, answer.content_type.as_ref(), declared)?;
    payload.warnings.extend(answer.is_cut.then_some(ArticleWarning::Truncated));
    Ok(payload)
}

/// What was found at an address without a server's answer.
fn stored(
    place: u64,
    block: Block,
    content_type: Option<&str>,
    declared: Declared,
    records: &Records<'_>,
) -> Result<Payload, Fault> {
    let is_cut = block.is_cut() || block.bytes.len() > records.limit();
    let mut bytes = block.bytes;
    bytes.truncate(records.limit());
    let content_type = content_type.map(ContentType::parse);
    let mut payload = found(place, bytes, content_type.as_ref(), declared)?;
    payload.warnings.extend(is_cut.then_some(ArticleWarning::Truncated));
    Ok(payload)
}

fn found(
    place: u64,
    bytes: Vec<u8>,
    content_type: Option<&ContentType>,
    declared: Declared,
) -> Result<Payload, Fault> {
    if let Some((reason, essence)) = content_type.and_then(ContentType::no_text) {
        return Err((reason, format!("the server called it {essence}")));
    }
    Ok(Payload {
        offset: place,
        bytes,
        source_id: None,
        given: Given { declared, charset: content_type.and_then(|kind| kind.charset) },
        claim: content_type.and_then(ContentType::media).map_or(Claim::None, Claim::Called),
        warnings: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
