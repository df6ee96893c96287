//! Not yet.

use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream};
use crate::reject::RejectReason;

/// Hands over every record of every member of `stream`.
pub(super) fn read(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    let _ = (stream, records);
    Err((RejectReason::Unsupported, "not yet".into()))
}
