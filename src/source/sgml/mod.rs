//! Collections of news in SGML: Reuters-21578, and those of TREC and its kin.

mod reuters;
mod trec;

use super::format::SgmlKind;
use super::markup::Elements;
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream};

/// Hands over every record of `stream`.
pub(super) fn read(
    stream: Stream<'_>,
    kind: SgmlKind,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    match kind {
        SgmlKind::Reuters => Elements::open(stream, &["reuters"], records)?
            .read(records, &|record| reuters::fields(record).map(Some)),
        SgmlKind::Trec => Elements::open(stream, &["doc"], records)?
            .read(records, &|record| trec::fields(record).map(Some)),
    }
}

#[cfg(test)]
mod tests;
