//! Sketches of articles with adjacent numbers, as a file: what is known of each by its number, and
//! who has a key.
//!
//! ```text
//! first number, count              two numbers of 32 bits
//! digest and size of each text     64 and 32 bits
//! key and number of its carrier    32 bits each, ascending
//! ```
//!
//! All little-endian. The file is mapped, and a look-up reads a few places of it: keys are hashes, so
//! where one stands is guessed from its value.

use std::cmp::Ordering;
use std::io::{self, Write};
use std::ops::Range;

use tantivy::directory::OwnedBytes;

use crate::copies::Print;

const HEAD: usize = 8;
const PRINT: usize = 12;
const ENTRY: usize = 8;

/// A key and who has it.
pub(super) type Entry = (u32, u32);

/// The sketches of articles with adjacent numbers.
pub(super) struct Table {
    bytes: OwnedBytes,
    first: u32,
    count: u32,
}

impl Table {
    /// `None` where the bytes are no such file.
    pub(super) fn open(bytes: OwnedBytes) -> Option<Self> {
        let (first, count) = (u32_at(&bytes, 0)?, u32_at(&bytes, 4)?);
        let entries = bytes.len().checked_sub(HEAD + PRINT * count as usize)?;
        let is_whole = entries % ENTRY == 0 && first.checked_add(count).is_some();
        is_whole.then_some(Self { bytes, first, count })
    }

    /// Writes a file; `entries` in ascending order.
    pub(super) fn write(
        out: &mut dyn Write,
        first: u32,
        prints: impl ExactSizeIterator<Item = Print>,
        entries: impl Iterator<Item = Entry>,
    ) -> io::Result<()> {
        let count = u32::try_from(prints.len()).map_err(io::Error::other)?;
        out.write_all(&first.to_le_bytes())?;
        out.write_all(&count.to_le_bytes())?;
        for print in prints {
            out.write_all(&print.digest.to_le_bytes())?;
            out.write_all(&print.size.to_le_bytes())?;
        }
        for (key, number) in entries {
            out.write_all(&key.to_le_bytes())?;
            out.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// The numbers of its articles.
    pub(super) fn numbers(&self) -> Range<u32> {
        self.first..self.first + self.count
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        (self.bytes.len() - self.entries_at()) / ENTRY
    }

    fn entries_at(&self) -> usize {
        HEAD + PRINT * self.count as usize
    }

    /// What is known of the text with a number of this table.
    pub(super) fn print(&self, number: u32) -> Print {
        let at = HEAD + PRINT * number.saturating_sub(self.first) as usize;
        let digest = self.bytes.get(at..at + 8).and_then(|it| it.try_into().ok());
        Print {
            digest: digest.map_or(0, u64::from_le_bytes),
            size: u32_at(&self.bytes, at + 8).unwrap_or_default(),
        }
    }

    /// The entry at a place below [`Self::len`].
    pub(super) fn entry(&self, place: usize) -> Entry {
        let at = self.entries_at() + ENTRY * place;
        let half = |at| u32_at(&self.bytes, at).unwrap_or_default();
        (half(at), half(at + 4))
    }

    /// Who has a key, in ascending order.
    pub(super) fn carriers(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        let entries = (self.place_of(key)..self.len()).map(|place| self.entry(place));
        entries.take_while(move |(it, _)| *it == key).map(|(_, number)| number)
    }

    /// Where the entries of a key begin or would: first guessed, then sought around the guess in
    /// growing steps, then between two steps.
    fn place_of(&self, key: u32) -> usize {
        let is_before = |place: usize| self.entry(place).0.cmp(&key) == Ordering::Less;
        let len = self.len();
        let guess = (len as u64).saturating_mul(u64::from(key)) >> u32::BITS;
        let guess = usize::try_from(guess).unwrap_or_default();
        let (mut low, mut high, mut step) = (guess, guess, 8);
        while low > 0 && !is_before(low - 1) {
            high = low - 1;
            low = low.saturating_sub(step);
            step *= 2;
        }
        step = 8;
        while high < len && is_before(high) {
            low = high + 1;
            high = high.saturating_add(step).min(len);
            step *= 2;
        }
        while low < high {
            let middle = low.midpoint(high);
            if is_before(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// The entries of several tables, ascending.
pub(super) fn merged<'a>(tables: &'a [&'a Table]) -> impl Iterator<Item = Entry> + 'a {
    let mut places = vec![0; tables.len()];
    std::iter::from_fn(move || {
        let heads = tables.iter().zip(&places).enumerate();
        let heads = heads.filter(|(_, (table, place))| **place < table.len());
        let (entry, at) = heads.map(|(at, (table, place))| (table.entry(*place), at)).min()?;
        places[at] += 1;
        Some(entry)
    })
}

/// The number of 32 bits at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(first: u32, sizes: &[u32], entries: &[Entry]) -> Table {
        let mut bytes = Vec::new();
        let prints = sizes.iter().map(|&size| Print { digest: u64::from(size), size });
        Table::write(&mut bytes, first, prints, entries.iter().copied()).expect("written");
        Table::open(OwnedBytes::new(bytes)).expect("a table")
    }

    #[test]
    fn prints_are_found_by_number() {
        let table = table(7, &[30, 0, 50], &[]);
        assert_eq!(table.numbers(), 7..10);
        assert_eq!(table.print(9), Print { digest: 50, size: 50 });
    }

    #[test]
    fn a_file_cut_short_is_none() {
        let mut bytes = Vec::new();
        let entries = [(1, 2), (3, 4)].into_iter();
        Table::write(&mut bytes, 0, [Print::default()].into_iter(), entries).expect("written");
        bytes.pop();
        assert!(Table::open(OwnedBytes::new(bytes)).is_none());
        assert!(Table::open(OwnedBytes::new(vec![1; 7])).is_none());
    }

    proptest! {
        #[test]
        fn carriers_are_those_with_the_key(
            mut entries in prop::collection::vec((prop_oneof![0..9_u32, any::<u32>()], 0..50_u32), 0..80),
            sought in prop_oneof![0..9_u32, any::<u32>()],
        ) {
            entries.sort_unstable();
            let table = table(0, &[], &entries);
            for key in entries.iter().map(|(key, _)| *key).chain([sought]) {
                let meant: Vec<_> =
                    entries.iter().filter(|it| it.0 == key).map(|it| it.1).collect();
                prop_assert_eq!(table.carriers(key).collect::<Vec<_>>(), meant);
            }
        }

        #[test]
        fn tables_merge_in_order(
            mut parts in prop::collection::vec(prop::collection::vec((0..9_u32, 0..50_u32), 0..9), 0..4),
        ) {
            for part in &mut parts {
                part.sort_unstable();
            }
            let tables: Vec<_> = parts.iter().map(|part| table(0, &[], part)).collect();
            let mut all: Vec<_> = parts.into_iter().flatten().collect();
            all.sort_unstable();
            let tables: Vec<_> = tables.iter().collect();
            prop_assert_eq!(merged(&tables).collect::<Vec<_>>(), all);
        }
    }
}
