//! Documents of a segment as bits.

use std::sync::Arc;

use tantivy::{DocId, DocSet, TERMINATED};

/// A set of documents, a bit for each of the segment.
#[derive(Clone, Debug)]
pub(crate) struct DocBits {
    words: Box<[u64]>,
    len: u32,
}

impl DocBits {
    /// None of a segment with so many documents.
    pub(crate) fn none(documents: DocId) -> Self {
        Self { words: vec![0; documents.div_ceil(64) as usize].into(), len: 0 }
    }

    /// Those that are left in `docs`.
    pub(crate) fn of(docs: &mut dyn DocSet, documents: DocId) -> Self {
        let mut bits = Self::none(documents);
        let mut doc = docs.doc();
        while doc != TERMINATED {
            bits.insert(doc);
            doc = docs.advance();
        }
        bits
    }

    /// Takes in a document of the segment.
    pub(crate) fn insert(&mut self, doc: DocId) {
        let (word, bit) = place(doc);
        self.len += u32::from(self.words[word] & bit == 0);
        self.words[word] |= bit;
    }

    pub(crate) fn contains(&self, doc: DocId) -> bool {
        let (word, bit) = place(doc);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.words)
    }

    /// The first one that is not before `target`; [`TERMINATED`] if there is none.
    pub(crate) fn next_from(&self, target: DocId) -> DocId {
        let (first, bit) = place(target);
        let rest = self.words.get(first..).unwrap_or_default().iter();
        let mut from = !(bit - 1);
        for (word, start) in rest.zip((target - target % 64..).step_by(64)) {
            if word & from != 0 {
                return start + (word & from).trailing_zeros();
            }
            from = u64::MAX;
        }
        TERMINATED
    }
}

/// The word, and the bit in it, of a document.
fn place(doc: DocId) -> (usize, u64) {
    ((doc / 64) as usize, 1 << (doc % 64))
}

/// Goes through a set of bits.
#[derive(Debug)]
pub(crate) struct BitDocs {
    bits: Arc<DocBits>,
    doc: DocId,
}

impl BitDocs {
    pub(crate) fn new(bits: Arc<DocBits>) -> Self {
        let doc = bits.next_from(0);
        Self { bits, doc }
    }
}

impl DocSet for BitDocs {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.bits.next_from(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.bits.next_from(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.bits.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_hold_what_they_were_given(
            docs in prop::collection::btree_set(0_u32..300, 0..40),
            targets in prop::collection::btree_set(0_u32..320, 0..10),
        ) {
            let mut bits = DocBits::none(300);
            for &doc in &docs {
                bits.insert(doc);
            }
            prop_assert_eq!(bits.len() as usize, docs.len());
            for doc in 0..320 {
                prop_assert_eq!(bits.contains(doc), docs.contains(&doc));
            }
            let bits = Arc::new(bits);
            let mut through = BitDocs::new(Arc::clone(&bits));
            let again = DocBits::of(&mut through, 300);
            prop_assert_eq!(again.words, bits.words.clone());
            let mut through = BitDocs::new(bits);
            for target in targets {
                let next = docs.range(target..).next().copied().unwrap_or(TERMINATED);
                prop_assert_eq!(through.seek(target), next);
            }
        }
    }
}
