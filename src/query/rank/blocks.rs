//! What the engine keeps of each block of postings, so that blocks that cannot matter are passed
//! over unread.
//!
//! tantivy keeps it beside the postings but shows a block's bound only for its own weighting, and
//! only of the block that is decoded. So the list is read here, in the form that version 0.27 gives
//! it (`postings/skip.rs`): for each full block of 128 documents twelve bytes, in front of the
//! postings of the term. Where it does not look as expected nothing is passed over, and answers are
//! the same.

use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::postings::TermInfo;
use tantivy::{DocId, TERMINATED};

/// Documents in a full block.
pub(super) const DOCS: usize = 128;

/// Bytes for each.
const ENTRY: usize = 12;

/// How many blocks ahead are looked at one by one before all are searched.
const NEAR: usize = 8;

/// Bytes in front of the first term of a field: its number of tokens.
const HEADER: usize = 8;

/// The entries in front of the postings of a term that has `full` blocks.
fn entries(term: &OwnedBytes, full: usize) -> Option<OwnedBytes> {
    let bytes = term.as_slice();
    let (mut length, mut at) = (0_usize, 0);
    // A number in groups of seven bits, the lowest first; the last one is marked.
    loop {
        let byte = *bytes.get(at)?;
        length |= usize::from(byte & 0x7f).checked_shl(7 * u32::try_from(at).ok()?)?;
        at += 1;
        if byte & 0x80 != 0 {
            break;
        }
    }
    (length == full * ENTRY && at + length <= bytes.len()).then(|| term.slice(at..at + length))
}

/// The full blocks of a term; one that is not full, or all of them where nothing is known, come
/// last as one more.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    entries: OwnedBytes,
}

impl Default for Blocks {
    fn default() -> Self {
        Self { entries: OwnedBytes::empty() }
    }
}

/// What is kept of a full block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// The best pair of frequency and length, by the engine's weighting.
    pub(super) frequency: u8,
    pub(super) length_id: u8,
    /// The bits of each frequency less one.
    pub(super) bits: u8,
}

impl Blocks {
    /// Those of a term in the file of its field.
    pub(super) fn of(term: &TermInfo, file: Option<FileSlice>) -> Self {
        let full = term.doc_freq as usize / DOCS;
        let read = |file: FileSlice| {
            let range = term.postings_range.start + HEADER..term.postings_range.end + HEADER;
            let bytes = (range.end as u64 <= file.num_bytes().get_bytes())
                .then(|| file.slice(range))?
                .read_bytes()
                .ok()?;
            entries(&bytes, full)
        };
        let entries = file.filter(|_| full > 0).and_then(read);
        entries.map_or_else(Self::default, |entries| Self { entries })
    }

    /// How many are full.
    pub(super) fn full(&self) -> usize {
        self.entries.len() / ENTRY
    }

    /// The last document of a block.
    pub(super) fn last_doc(&self, block: usize) -> DocId {
        self.entry(block).map_or(TERMINATED, |&[a, b, c, d, ..]| DocId::from_le_bytes([a, b, c, d]))
    }

    /// The first block, from `block` on, that ends at `doc` or behind it.
    pub(super) fn block_of(&self, block: usize, doc: DocId) -> usize {
        // Most of the time it is not far.
        for near in block..block + NEAR {
            if self.last_doc(near) >= doc {
                return near;
            }
        }
        let entries = self.entries.as_slice().as_chunks::<ENTRY>().0;
        let ends = |&[a, b, c, d, ..]: &[u8; ENTRY]| DocId::from_le_bytes([a, b, c, d]) < doc;
        let rest = entries.get(block + NEAR..).unwrap_or_default();
        block + NEAR + rest.partition_point(ends)
    }

    /// What is kept of a block, if it is full.
    pub(super) fn kept(&self, block: usize) -> Option<Kept> {
        let &[_, _, _, _, _, bits, _, _, _, _, length_id, frequency] = self.entry(block)?;
        Some(Kept { frequency, length_id, bits })
    }

    fn entry(&self, block: usize) -> Option<&[u8; ENTRY]> {
        self.entries.as_slice().as_chunks::<ENTRY>().0.get(block)
    }
}
