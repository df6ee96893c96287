//! Columns, read for a block of articles at once.

use tantivy::DocId;
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};

/// So many articles at most are a block: a set of them is a number of 64 bits.
pub(super) const BLOCK: usize = 64;

/// Reads the values of blocks; kept from one to the next for its memory.
#[derive(Default)]
pub(super) struct BlockReader<T> {
    /// The articles that have a value, and how many values each has.
    owners: Vec<DocId>,
    counts: Vec<u32>,
    /// The place of each value in the column.
    rows: Vec<u32>,
    values: Vec<T>,
    /// For columns of several values an article: the place of each owner among all owners.
    ranks: Vec<u32>,
}

impl<T: Copy + Default + PartialOrd + std::fmt::Debug + Send + Sync + 'static> BlockReader<T> {
    /// Hands over all values of `docs`, which are in order, each with the place of its article among
    /// them.
    pub(super) fn each(
        &mut self,
        column: &Column<T>,
        docs: &[DocId],
        mut visit: impl FnMut(usize, T),
    ) {
        self.locate(&column.index, docs);
        let Self { owners, counts, rows, values, .. } = self;
        values.resize(rows.len(), T::default());
        read(&*column.values, rows, values);
        let (mut place, mut rest) = (0, values.as_slice());
        for (owner, &count) in owners.iter().zip(&*counts) {
            // Every owner is one of `docs`, and they are in the same order.
            while docs.get(place).is_some_and(|doc| doc != owner) {
                place += 1;
            }
            let (own, others) = rest.split_at(rest.len().min(count as usize));
            for &value in own {
                visit(place, value);
            }
            rest = others;
        }
    }

    /// The first value of each of `docs`, at its place among them.
    pub(super) fn first(&mut self, column: &Column<T>, docs: &[DocId]) -> [Option<T>; BLOCK] {
        let mut firsts = [None; BLOCK];
        self.each(column, docs, |place, value| {
            if let Some(first) = firsts.get_mut(place) {
                first.get_or_insert(value);
            }
        });
        firsts
    }

    /// Finds the owners and rows of a block.
    fn locate(&mut self, index: &ColumnIndex, docs: &[DocId]) {
        let Self { owners, counts, rows, ranks, .. } = self;
        owners.clear();
        counts.clear();
        rows.clear();
        let ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) = index else {
            // One at a time, an owner of several as often.
            index.docids_to_rowids(docs, owners, rows);
            counts.resize(owners.len(), 1);
            return;
        };
        ranks.clear();
        index.optional_index.rank_if_exists_batch(docs, owners, ranks);
        // Where one owner is the next to another, the end of one is the beginning of the other.
        let begins = &*index.start_index_column;
        let mut behind = None;
        for &rank in &*ranks {
            let start = behind.filter(|(next, _)| *next == rank).map(|(_, start)| start);
            let start = start.unwrap_or_else(|| begins.get_val(rank));
            let end = begins.get_val(rank + 1);
            behind = Some((rank + 1, end));
            rows.extend(start..end);
            counts.push(end.saturating_sub(start));
        }
    }
}

/// The values of these rows.
fn read<T: PartialOrd + 'static>(column: &dyn ColumnValues<T>, rows: &[u32], values: &mut [T]) {
    match (rows.first(), rows.last()) {
        (Some(&first), Some(&last)) if last.wrapping_sub(first) as usize + 1 == rows.len() => {
            column.get_range(first.into(), values);
        }
        _ => column.get_vals(rows, values),
    }
}
