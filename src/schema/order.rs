//! In which order articles lie in a segment: by date, so that those of a time lie side by side.

use tantivy::columnar::Column;
use tantivy::{DocId, IndexSortByField, Order, SegmentReader};

use super::segments::{OpenSegments, Times};

/// The column that articles lie by.
const COLUMN: &str = "order";

/// What it holds of an article without a date: less than of any other. Years have four digits, which
/// 37 bits are enough for.
const UNDATED: i64 = -(1 << 36);

/// How articles lie in a segment: the newest first, those without a date last.
///
/// They lie by a column of their own that has a value for each: tantivy 0.27 can neither sort nor merge
/// a segment in which none has a value to sort by.
pub(crate) fn sort_order() -> IndexSortByField {
    IndexSortByField { field: COLUMN.into(), order: Order::Desc }
}

/// What the column holds of an article with this first second; it never falls where dates rise.
pub(crate) fn order_of(published: Option<i64>) -> i64 {
    published.map_or(UNDATED, |published| published.max(UNDATED + 1))
}

/// The documents of a segment, newest first.
pub(crate) struct ByDate {
    order: Column<i64>,
    documents: DocId,
}

impl ByDate {
    /// Those of a segment.
    pub(crate) fn of(segments: &OpenSegments, reader: &SegmentReader) -> tantivy::Result<Self> {
        let order = segments.times(reader, Times::Order)?;
        Ok(Self { order, documents: reader.max_doc() })
    }

    /// The first document that was published no later than in this second, or that has no date; how
    /// many documents there are, if none is.
    pub(crate) fn first_until(&self, second: i64) -> DocId {
        self.first_not_newer(Some(second))
    }

    /// The first document that is not newer than this date; without a date, the first that has none.
    pub(crate) fn first_not_newer(&self, published: Option<i64>) -> DocId {
        self.first_below(order_of(published))
    }

    /// The first document without a date; how many documents there are, if all have one.
    pub(crate) fn first_undated(&self) -> DocId {
        self.first_not_newer(None)
    }

    fn first_below(&self, most: i64) -> DocId {
        let (mut start, mut end) = (0, self.documents);
        while start < end {
            let middle = start + (end - start) / 2;
            if self.order.first(middle).unwrap_or(UNDATED) > most {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }
}
