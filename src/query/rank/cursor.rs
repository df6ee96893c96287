//! The postings of a term in one segment, gone through by documents and, ahead of that, by bounds.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

use super::blocks::{Blocks, DOCS, Kept};
use super::bm25::{ANY_RATIO, Lengths, RatioBounds};
use crate::schema::DocBits;

/// What is known of the texts of one field in one segment.
#[derive(Clone)]
pub(super) struct Texts {
    pub(super) lengths: Arc<Lengths>,
    pub(super) bounds: Arc<RatioBounds>,
    pub(super) length_ids: FieldNormReader,
}

impl Texts {
    fn ratio(&self, frequency: u32, doc: DocId) -> f32 {
        self.lengths.ratio(frequency, self.length_ids.fieldnorm_id(doc))
    }
}

/// A place in the postings of a term.
pub(super) struct Cursor {
    postings: BlockSegmentPostings,
    /// The place in the block that is decoded.
    at: usize,
    doc: DocId,
    texts: Texts,
    blocks: Blocks,
    /// The block that bounds were last asked of, and its bound; never before the decoded one.
    ahead: usize,
    bound: f32,
    /// The bound of the block that is not full, once it was decoded.
    last_bound: Option<f32>,
}

impl Cursor {
    /// At the first document.
    pub(super) fn new(postings: BlockSegmentPostings, blocks: Blocks, texts: Texts) -> Self {
        let doc = postings.doc(0);
        let mut cursor = Self {
            postings,
            at: 0,
            doc,
            texts,
            blocks,
            ahead: 0,
            bound: ANY_RATIO,
            last_bound: None,
        };
        cursor.bound = cursor.block_bound(0);
        cursor
    }

    /// The document that it is at, [`TERMINATED`] at the end.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// How many documents there are in all.
    pub(super) fn len(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// Goes on to the first document that is not before `target`.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let ahead = self.postings.docs().iter().skip(self.at + 1).take(NEAR);
            let place = self.at + 1 + ahead.take_while(|&&doc| doc < target).count();
            let is_near = place <= self.at + NEAR && place < self.postings.block_len();
            self.at = if is_near { place } else { self.postings.seek(target) };
            self.doc = self.postings.doc(self.at);
        }
        self.doc
    }

    /// Whether the block is decoded in which `doc` would stand, which is not before the document that
    /// it is at.
    pub(super) fn is_decoded(&self, doc: DocId) -> bool {
        self.postings.docs().last().is_some_and(|&last| doc <= last)
    }

    /// Goes on to the next document.
    pub(super) fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.at += 1;
        if self.at >= self.postings.block_len() {
            self.postings.advance();
            self.at = 0;
        }
        self.doc = self.postings.doc(self.at);
        self.doc
    }

    /// The ratio in the document that it is at.
    pub(super) fn ratio(&self) -> f32 {
        self.texts.ratio(self.postings.freq(self.at), self.doc)
    }

    /// Goes through the documents of the decoded block from the one that it is at, and gives those
    /// whose ratios are above `bar`, or but a little below, and that are `among` those given, if any
    /// are; with the ratios. Most are told apart without a division.
    pub(super) fn rest_of_block_above(
        &self,
        bar: f32,
        among: Option<&DocBits>,
        mut found: impl FnMut(DocId, f32),
    ) {
        let docs = self.postings.docs().get(self.at..).unwrap_or_default();
        let frequencies = self.postings.freqs().get(self.at..).unwrap_or_default();
        let bar = bar * (1.0 - BAR_ROUNDING);
        let mut places = [0_u8; DOCS];
        let mut picked = 0;
        for ((place, &doc), &frequency) in (0..).zip(docs).zip(frequencies) {
            places[picked] = place;
            let length_id = self.texts.length_ids.fieldnorm_id(doc);
            let is_above = self.texts.lengths.is_above(bar, frequency, length_id);
            // Without a branch, which would be foreseen badly.
            picked += usize::from(is_above & among.is_none_or(|it| it.contains(doc)));
        }
        for &place in &places[..picked] {
            let place = usize::from(place);
            found(docs[place], self.texts.ratio(frequencies[place], docs[place]));
        }
    }

    /// Gives the documents up to `end` from the one that it is at, with their ratios, and goes on
    /// behind them.
    pub(super) fn for_each_to(&mut self, end: DocId, mut found: impl FnMut(DocId, f32)) {
        while self.doc <= end {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            let frequencies = self.postings.freqs().get(self.at..).unwrap_or_default();
            let mut passed = 0;
            for (&doc, &frequency) in docs.iter().zip(frequencies) {
                if doc > end {
                    break;
                }
                found(doc, self.texts.ratio(frequency, doc));
                passed += 1;
            }
            self.at += passed;
            if self.at >= self.postings.block_len() {
                self.postings.advance();
                self.at = 0;
            }
            self.doc = self.postings.doc(self.at);
            if passed == 0 {
                return;
            }
        }
    }

    /// The last document of the decoded block.
    pub(super) fn end_of_block(&self) -> DocId {
        match self.postings.docs() {
            full if full.len() == DOCS => full[DOCS - 1],
            _ => TERMINATED,
        }
    }

    /// The end of the block in which `doc` would stand, and the bound of ratios in it. Decodes
    /// nothing; `doc` is never below that of a call before, nor below the document that it is at.
    pub(super) fn bound_at(&mut self, doc: DocId) -> (DocId, f32) {
        let mut last = self.blocks.last_doc(self.ahead);
        if last < doc {
            self.ahead = self.blocks.block_of(self.ahead + 1, doc);
            last = self.blocks.last_doc(self.ahead);
            self.bound = self.block_bound(self.ahead);
        } else if self.bound >= ANY_RATIO {
            // It may have been decoded since.
            self.bound = self.block_bound(self.ahead);
        }
        (last, self.bound)
    }

    /// The bound of ratios from `doc` to `end`; as [`Self::bound_at`].
    pub(super) fn bound_to(&mut self, doc: DocId, end: DocId) -> f32 {
        let (mut last, mut bound) = self.bound_at(doc);
        let mut block = self.ahead;
        while last < end {
            block += 1;
            if block - self.ahead > BLOCKS_LOOKED_AT {
                return ANY_RATIO;
            }
            bound = bound.max(self.block_bound(block));
            last = self.blocks.last_doc(block);
        }
        bound
    }

    fn block_bound(&mut self, block: usize) -> f32 {
        match self.blocks.kept(block) {
            Some(Kept { frequency, length_id, bits }) => {
                self.texts.bounds.bound(frequency, length_id, bits)
            }
            None => self.last_block_bound(),
        }
    }

    fn last_block_bound(&mut self) -> f32 {
        if let Some(bound) = self.last_bound {
            return bound;
        }
        let is_decoded = match self.blocks.full().checked_sub(1) {
            Some(before) => self.doc > self.blocks.last_doc(before),
            // Where nothing is known of full blocks they are all in the last one.
            None => self.postings.doc_freq() as usize == self.postings.block_len(),
        };
        if !is_decoded {
            return ANY_RATIO;
        }
        let docs = self.postings.docs().iter().zip(self.postings.freqs());
        let ratios = docs.map(|(&doc, &frequency)| self.texts.ratio(frequency, doc));
        *self.last_bound.insert(ratios.fold(0.0, f32::max))
    }
}

/// By how much of it a bar is lowered for what rounding may have made of it.
const BAR_ROUNDING: f32 = 1e-5;

/// How many places ahead are looked at one by one before a block is searched: lists that go side by
/// side are seldom further apart.
const NEAR: usize = 4;

/// How many blocks a bound is made of at most: a rare word's block may span all of a frequent one.
const BLOCKS_LOOKED_AT: usize = 16;
