//! The files that hold the postings, by segment and field.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::directory::{CompositeFile, FileSlice};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

/// The files of postings of a snapshot, opened beside the engine, which does not show all that it
/// keeps in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct PostingFiles(Arc<HashMap<SegmentId, CompositeFile>>);

impl PostingFiles {
    /// Opens them; those that cannot be opened are left out.
    pub(crate) fn open(searcher: &Searcher) -> Self {
        let file = |reader: &SegmentReader| {
            let file = reader.open_read(SegmentComponent::Postings).ok()?;
            Some((reader.segment_id(), CompositeFile::open(&file).ok()?))
        };
        Self(Arc::new(searcher.segment_readers().iter().filter_map(file).collect()))
    }

    /// The postings of a field in a segment.
    pub(crate) fn of(&self, segment: SegmentId, field: Field) -> Option<FileSlice> {
        self.0.get(&segment)?.open_read(field)
    }
}
