//! Not yet.

use super::format::Format;
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream};
use crate::reject::RejectReason;

/// Hands over every record of `stream`.
pub(super) fn read(
    stream: Stream<'_>,
    delimiter: u8,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let _ = (stream, delimiter, records);
    Err((RejectReason::Unsupported, "not yet".into()))
}

/// The table that `text` is the head of; `named` is what its name promises.
pub(super) fn sniff(text: &[u8], named: Option<Format>) -> Option<Format> {
    let _ = text;
    named.filter(|format| matches!(format, Format::Table(_)))
}
