//! Not yet.

use super::format::XmlKind;
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream};
use crate::reject::RejectReason;

/// Hands over every record of `stream`.
pub(super) fn read(
    stream: Stream<'_>,
    kind: XmlKind,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let _ = (stream, kind, records);
    Err((RejectReason::Unsupported, "not yet".into()))
}
