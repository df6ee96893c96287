//! Intervals as a query of the engine: candidates have all the words, and of these only those match
//! in which the words stand as asked.
//!
//! The candidates also give the score, so that `a w/5 b` ranks what it finds as `a AND b` would.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::{Layout, Places, count_apart};
use crate::schema::marks;

/// What stands at the positions of a word.
#[derive(Clone, Debug)]
pub(in super::super) enum Terms {
    /// One term.
    One(Term),
    /// Any of these.
    AnyOf(Vec<Term>),
}

/// A word whose positions are asked of the index.
#[derive(Debug)]
pub(in super::super) struct WordQuery {
    pub(in super::super) terms: Terms,
    /// In which articles alone it counts.
    pub(in super::super) only: Option<Box<dyn Query>>,
}

impl Clone for WordQuery {
    fn clone(&self) -> Self {
        let only = self.only.as_ref().map(|only| only.box_clone());
        Self { terms: self.terms.clone(), only }
    }
}

/// The candidates in which `places` are found, `times` or more that share no word.
#[derive(Debug)]
pub(in super::super) struct IntervalQuery {
    /// Matches all articles that may match, and scores them.
    pub(in super::super) candidates: Box<dyn Query>,
    pub(in super::super) places: Places<WordQuery>,
    pub(in super::super) times: u32,
    /// The field of sentences, paragraphs and capitals.
    pub(in super::super) marks: Field,
}

impl Clone for IntervalQuery {
    fn clone(&self) -> Self {
        let candidates = self.candidates.box_clone();
        Self { candidates, places: self.places.clone(), times: self.times, marks: self.marks }
    }
}

impl Query for IntervalQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                EnableScoring::disabled_from_searcher(searcher)
            }
            disabled @ EnableScoring::Disabled { .. } => disabled,
        };
        let places = self.places.try_map(&mut |word: &WordQuery| {
            let only = word.only.as_ref().map(|only| only.weight(unscored)).transpose()?;
            Ok::<_, TantivyError>(WordWeight { terms: word.terms.clone(), only })
        })?;
        let candidates = self.candidates.weight(scoring)?;
        Ok(Box::new(IntervalWeight { candidates, places, times: self.times, marks: self.marks }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.candidates.query_terms(visitor);
    }
}

struct WordWeight {
    terms: Terms,
    only: Option<Box<dyn Weight>>,
}

struct IntervalWeight {
    candidates: Box<dyn Weight>,
    places: Places<WordWeight>,
    times: u32,
    marks: Field,
}

impl IntervalWeight {
    fn interval_scorer(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<IntervalScorer> {
        let candidates = self.candidates.scorer(reader, boost)?;
        let places = self.places.try_map(&mut |word| WordPositions::open(word, reader))?;
        let marks = Marks::open(self.marks, &self.places, reader)?;
        let times = usize::try_from(self.times).unwrap_or(usize::MAX);
        let mut scorer = IntervalScorer { candidates, places, times, marks };
        scorer.go_to_match();
        Ok(scorer)
    }
}

impl Weight for IntervalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.interval_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.interval_scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        let score = scorer.score();
        let mut explanation = Explanation::new("words where they are asked for", score);
        explanation.add_detail(self.candidates.explain(reader, doc)?);
        Ok(explanation)
    }
}

struct IntervalScorer {
    candidates: Box<dyn Scorer>,
    places: Places<WordPositions>,
    times: usize,
    marks: Marks,
}

impl IntervalScorer {
    /// Goes on to the next candidate that matches, unless this one does.
    fn go_to_match(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.is_match(doc) {
            doc = self.candidates.advance();
        }
        doc
    }

    fn is_match(&mut self, doc: DocId) -> bool {
        let layout = self.marks.layout(doc);
        let found = self.places.find(&mut |word| word.positions(doc), &layout);
        found.len() >= self.times && (self.times <= 1 || count_apart(&found) >= self.times)
    }
}

impl DocSet for IntervalScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.go_to_match()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // Positions are read once: a match stays one without looking again.
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            self.go_to_match();
        }
        self.candidates.doc()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        // Positions cost about ten times as much as documents; so the engine's phrases have it.
        self.candidates.cost().saturating_mul(10)
    }
}

impl Scorer for IntervalScorer {
    fn score(&mut self) -> Score {
        self.candidates.score()
    }
}

/// The positions of a word, one article after the other.
struct WordPositions {
    postings: Vec<SegmentPostings>,
    /// The postings by the documents that they are at.
    queue: BinaryHeap<Reverse<(DocId, usize)>>,
    only: Option<Box<dyn Scorer>>,
}

impl WordPositions {
    fn open(word: &WordWeight, reader: &SegmentReader) -> tantivy::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = Vec::new();
        match &word.terms {
            Terms::One(term) => {
                postings.extend(reader.inverted_index(term.field())?.read_postings(term, option)?);
            }
            Terms::AnyOf(terms) => {
                for term in terms {
                    let index = reader.inverted_index(term.field())?;
                    postings.extend(index.read_postings(term, option)?);
                }
            }
        }
        let queue = postings.iter().enumerate().map(|(at, it)| Reverse((it.doc(), at))).collect();
        let only = word.only.as_ref().map(|only| only.scorer(reader, 1.0)).transpose()?;
        Ok(Self { postings, queue, only })
    }

    /// The positions in `doc`, ascending, each once. `doc` is never below that of the call before.
    fn positions(&mut self, doc: DocId) -> Vec<u32> {
        if self.only.as_mut().is_some_and(|only| !is_in(&mut **only, doc)) {
            return Vec::new();
        }
        let mut positions = Vec::new();
        let mut lists = 0;
        while let Some(mut first) = self.queue.peek_mut() {
            let Reverse((at_doc, at)) = *first;
            if at_doc > doc || at_doc == TERMINATED {
                break;
            }
            let postings = &mut self.postings[at];
            if at_doc < doc {
                *first = Reverse((postings.seek(doc), at));
            } else {
                postings.append_positions_with_offset(0, &mut positions);
                lists += 1;
                *first = Reverse((postings.advance(), at));
            }
        }
        if lists > 1 {
            positions.sort_unstable();
        }
        // Words of title and lead are recorded as often as they count.
        positions.dedup();
        positions
    }
}

/// Whether `doc`, which is never below that of the call before, is in a set.
fn is_in(set: &mut dyn Scorer, doc: DocId) -> bool {
    if set.doc() < doc {
        set.seek(doc);
    }
    set.doc() == doc
}

/// The marks of an article's words, one article after the other; none of a kind that does not matter.
struct Marks {
    breaks: Option<[WordPositions; 2]>,
    capitals: Option<[WordPositions; 2]>,
}

impl Marks {
    fn open<W>(field: Field, places: &Places<W>, reader: &SegmentReader) -> tantivy::Result<Self> {
        let open = |term| {
            let terms = Terms::One(Term::from_field_text(field, term));
            WordPositions::open(&WordWeight { terms, only: None }, reader)
        };
        let pair = |one, other| Ok::<_, TantivyError>([open(one)?, open(other)?]);
        let breaks = places.needs_breaks().then(|| pair(marks::SENTENCE, marks::PARAGRAPH));
        let capitals =
            places.needs_capitals().then(|| pair(marks::SOME_CAPITALS, marks::ALL_CAPITALS));
        Ok(Self { breaks: breaks.transpose()?, capitals: capitals.transpose()? })
    }

    fn layout(&mut self, doc: DocId) -> Layout {
        let mut layout = Layout::default();
        if let Some([sentences, paragraphs]) = &mut self.breaks {
            (layout.sentences, layout.paragraphs) =
                (sentences.positions(doc), paragraphs.positions(doc));
        }
        if let Some([some, all]) = &mut self.capitals {
            (layout.some_capitals, layout.all_capitals) = (some.positions(doc), all.positions(doc));
        }
        layout
    }
}
