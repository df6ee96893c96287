//! Columns, read for a block of articles at once.

use tantivy::DocId;
use tantivy::columnar::Column;

/// So many articles at most are a block: a set of them is a number of 64 bits.
pub(super) const BLOCK: usize = 64;

/// Reads the values of blocks; kept from one to the next for its memory.
#[derive(Default)]
pub(super) struct BlockReader<T> {
    owners: Vec<DocId>,
    rows: Vec<u32>,
    values: Vec<T>,
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
        let Self { owners, rows, values } = self;
        owners.clear();
        rows.clear();
        column.row_ids_for_docs(docs, owners, rows);
        values.resize(rows.len(), T::default());
        match (rows.first(), rows.last()) {
            (Some(&first), Some(&last)) if (last - first) as usize + 1 == rows.len() => {
                column.values.get_range(first.into(), values);
            }
            _ => column.values.get_vals(rows, values),
        }
        let mut place = 0;
        for (owner, &value) in owners.iter().zip(&*values) {
            // Every owner is one of `docs`, and they are in the same order.
            while docs.get(place).is_some_and(|doc| doc != owner) {
                place += 1;
            }
            visit(place, value);
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
}
