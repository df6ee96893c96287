//! The rows of tables: CSV and its like, with a header that names the columns.
//!
//! A table is cut into rows first ([`rows`]), and each row is parsed by itself. So a table of any
//! size is read in the memory of one row, and every row's own bytes are known exactly.

mod rows;
mod sniff;

use csv::StringRecord;
use serde_json::{Map, Value};

use self::rows::{Piece, Rows, cells};
pub(super) use self::sniff::sniff;
use super::KeyMap;
use super::charset::Charset;
use super::keys::{Fields, no_text};
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use crate::reject::RejectReason;

/// Hands over every row of `stream` after the first, which names the columns.
pub(super) fn read(
    stream: Stream<'_>,
    delimiter: u8,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let is_packed = !stream.is_raw();
    let (stream, charset) = Charset::of_stream(stream, records, |_| None)?;
    let mut rows = Rows::new(stream.bytes, delimiter, records.limit());
    let table = match rows.next().map_err(|error| fault(&error, is_packed))? {
        Some(Piece::Whole { bytes, .. }) => {
            let columns = cells(&charset.decode(bytes).text, delimiter);
            Table { columns, delimiter, charset }
        }
        Some(piece) => return Err(explain(piece, records.limit())),
        None => return Err((RejectReason::Empty, "it holds no row".into())),
    };
    table.check(records)?;
    while let Some(piece) = rows.next().map_err(|error| fault(&error, is_packed))? {
        let outcome = match piece {
            Piece::Whole { offset, bytes } => {
                let read = |text: &str| table.fields(offset, text, records.keys());
                table.charset.document(offset, bytes, records, read)
            }
            piece => Err(explain(piece, records.limit())),
        };
        let Some(record) = outcome.transpose() else {
            records.pass_over();
            continue;
        };
        if records.hand_over(record).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    if records.is_untouched() {
        return Err((RejectReason::Empty, "it holds no row below the header".into()));
    }
    Ok(Flow::Continue(()))
}

/// Why a piece is no row.
fn explain(piece: Piece<'_>, limit: usize) -> Fault {
    match piece {
        Piece::TooLarge { offset } => (
            RejectReason::TooLarge,
            format!("the record at byte {offset} is larger than {limit} bytes"),
        ),
        Piece::Unquoted { offset } | Piece::Whole { offset, .. } => (
            RejectReason::BadRecord,
            format!("a quote that opens in the record at byte {offset} is never closed"),
        ),
    }
}

/// What the rows of a table have in common.
struct Table {
    columns: StringRecord,
    delimiter: u8,
    charset: Charset,
}

impl Table {
    /// Whether rows can hold a text: a table without such a column is named once, not row by row.
    fn check(&self, records: &Records<'_>) -> Result<(), Fault> {
        let full = self.record(self.columns.iter().map(|_| "x"));
        records.keys().read(&full).map(|_| ()).ok_or_else(|| no_text(&full))
    }

    /// The cells of a row under their columns. Of two columns of one name the first that holds
    /// something counts; one without a name holds the number of the row, or nothing.
    fn record<'c>(&self, cells: impl IntoIterator<Item = &'c str>) -> Map<String, Value> {
        let mut record = Map::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            let is_vacant = record.get(column).is_none_or(|value| value == "");
            if is_vacant && !column.is_empty() {
                record.insert(column.to_owned(), Value::String(cell.to_owned()));
            }
        }
        record
    }

    /// What the row with this text says, which begins at byte `offset`; `None` where it has nothing
    /// in it.
    fn fields(&self, offset: u64, text: &str, keys: &KeyMap) -> Result<Option<Fields>, Fault> {
        let cells = cells(text, self.delimiter);
        if cells.iter().all(str::is_empty) {
            return Ok(None);
        }
        let odd = || {
            let (found, columns) = (cells.len(), self.columns.len());
            let detail =
                format!("the header names {columns} columns, the row at byte {offset} has {found}");
            (RejectReason::BadRecord, detail)
        };
        // A delimiter in a text that is not quoted moves the cells after it under other columns.
        if cells.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
            return Err(odd());
        }
        let record = self.record(&cells);
        let is_short = cells.len() < self.columns.len();
        let fault = || if is_short { odd() } else { no_text(&record) };
        keys.read(&record).map(Some).ok_or_else(fault)
    }
}

#[cfg(test)]
mod tests;
