//! What questions ask of the segments of a snapshot again and again, opened once.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tantivy::columnar::Column;
use tantivy::directory::{CompositeFile, FileSlice};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::schema::{Field, Term};
use tantivy::{Searcher, SegmentReader};

use super::bits::DocBits;

/// How many bytes of sets are kept; beyond that all are found anew.
const MOST_KEPT: usize = 64 << 20;

/// The segments of a snapshot, with what is open of them.
///
/// The engine opens a column anew for everyone who asks, and reads some of it for that: a few
/// hundred numbers of a column of 200,000, which took as long as finding the ten best articles. And
/// of the files of postings it does not show all that it keeps in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenSegments(Arc<Opened>);

#[derive(Debug, Default)]
struct Opened {
    segments: HashMap<SegmentId, OpenSegment>,
    /// How many bytes the sets of all segments take.
    kept: AtomicUsize,
}

/// Documents by the terms of which they have one.
type Sets = HashMap<Arc<[Term]>, Arc<DocBits>>;

#[derive(Default)]
struct OpenSegment {
    sets: Mutex<Sets>,
    postings: OnceLock<Option<CompositeFile>>,
    times: [OnceLock<Column<i64>>; 3],
    numbers: [OnceLock<Column<u64>>; 3],
}

/// A column of times, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Times {
    Order,
    Published,
    PublishedLast,
}

/// A column of numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numbers {
    Id,
    Number,
    Length,
}

impl OpenSegments {
    /// Those of a snapshot; nothing is opened yet.
    pub(crate) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        let segments = segments.map(|it| (it.segment_id(), OpenSegment::default())).collect();
        Self(Arc::new(Opened { segments, kept: AtomicUsize::new(0) }))
    }

    /// The postings of a field in a segment; `None` where they cannot be opened, or the segment is
    /// of another snapshot.
    pub(crate) fn postings(&self, reader: &SegmentReader, field: Field) -> Option<FileSlice> {
        let open = || CompositeFile::open(&reader.open_read(SegmentComponent::Postings).ok()?).ok();
        self.0
            .segments
            .get(&reader.segment_id())?
            .postings
            .get_or_init(open)
            .as_ref()?
            .open_read(field)
    }

    /// The documents that have one of these terms, if they were found before: filters by region,
    /// language or publisher are the same for many questions.
    pub(crate) fn set(&self, reader: &SegmentReader, terms: &[Term]) -> Option<Arc<DocBits>> {
        self.0.segments.get(&reader.segment_id())?.sets().get(terms).cloned()
    }

    /// Keeps the documents that have one of these terms.
    pub(crate) fn keep_set(&self, reader: &SegmentReader, terms: Arc<[Term]>, set: &Arc<DocBits>) {
        let Some(segment) = self.0.segments.get(&reader.segment_id()) else { return };
        if self.0.kept.fetch_add(set.bytes(), Relaxed) + set.bytes() > MOST_KEPT {
            self.0.segments.values().for_each(|segment| segment.sets().clear());
            self.0.kept.store(set.bytes(), Relaxed);
        }
        segment.sets().insert(terms, Arc::clone(set));
    }

    /// A column of times.
    pub(crate) fn times(
        &self,
        reader: &SegmentReader,
        which: Times,
    ) -> tantivy::Result<Column<i64>> {
        let kept =
            self.0.segments.get(&reader.segment_id()).map(|segment| &segment.times[which as usize]);
        let name = match which {
            Times::Order => "order",
            Times::Published => "published",
            Times::PublishedLast => "published_last",
        };
        opened(kept, || reader.fast_fields().i64(name))
    }

    /// A column of numbers.
    pub(crate) fn numbers(
        &self,
        reader: &SegmentReader,
        which: Numbers,
    ) -> tantivy::Result<Column<u64>> {
        let kept = self
            .0
            .segments
            .get(&reader.segment_id())
            .map(|segment| &segment.numbers[which as usize]);
        let name = match which {
            Numbers::Id => "id",
            Numbers::Number => "number",
            Numbers::Length => "length",
        };
        opened(kept, || reader.fast_fields().u64(name))
    }
}

/// The column that is kept; it is opened, and kept if there is a place for it, where none is.
fn opened<T: Clone>(
    kept: Option<&OnceLock<T>>,
    open: impl FnOnce() -> tantivy::Result<T>,
) -> tantivy::Result<T> {
    if let Some(column) = kept.and_then(OnceLock::get) {
        return Ok(column.clone());
    }
    let column = open()?;
    // Where another thread was faster, its column is the same.
    let _ = kept.map(|kept| kept.set(column.clone()));
    Ok(column)
}

impl OpenSegment {
    /// Those that are kept; each is whole, whatever became of the thread that put it there.
    fn sets(&self) -> MutexGuard<'_, Sets> {
        self.sets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for OpenSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenSegment").finish_non_exhaustive()
    }
}
