//! A question with the statistics of a snapshot, ready to be opened in its segments.

use std::sync::Arc;

use tantivy::query::{AllQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, Score, Searcher, SegmentReader, TantivyError};

use super::blocks::Blocks;
use super::bm25::{Lengths, RatioBounds, float, idf, weight};
use super::cursor::{Cursor, Texts};
use super::prune::{Everywhere, for_each_above};
use super::segment::{Lead, RankScorer, Segment, rounded};
use super::test::Test;
use super::word::{self, Form};
use super::{Alternatives, RankQuery, Word};
use crate::query::dates::{Dates, Within};
use crate::query::listed::Listed;
use crate::query::many::{self, MANY};
use crate::schema::OpenSegments;

/// To look a document up takes as long as to go through so many of a list.
pub(super) const SEEKING: u64 = 4;

/// A filter is kept for questions that hold one document against so many of its own, or more.
const KEEPING: u64 = 16;

/// How many documents are known at once of all conditions of alternatives, at a bit each.
const MOST_BITS: u64 = 1 << 30;

/// A [`RankQuery`] with weights.
pub(super) struct RankWeight {
    words: Vec<WeightedWord>,
    groups: Vec<Vec<usize>>,
    optional: Vec<usize>,
    filters: Vec<Filter>,
    without: Vec<Box<dyn Weight>>,
    dates: Option<Dates>,
    conditions: Vec<Box<dyn Weight>>,
    /// Whether the documents of all conditions are found before words are gone through.
    knows_conditions: bool,
    fields: Vec<(Field, FieldStatistics)>,
    segments: OpenSegments,
}

/// A set that an article is in.
struct Filter {
    weight: Box<dyn Weight>,
    /// The terms of which it has one, where that is all that is asked.
    terms: Option<Arc<[Term]>>,
}

struct WeightedWord {
    forms: WeightedForms,
    weight: f32,
    name: String,
}

enum WeightedForms {
    Terms(Vec<(Term, Option<usize>)>),
    Documents(Box<dyn Weight>),
}

/// What is known of the texts of one field in all segments.
#[derive(Clone)]
struct FieldStatistics {
    average: f32,
    lengths: Arc<Lengths>,
}

/// Makes a [`RankWeight`].
struct Weighing<'a> {
    searcher: &'a Searcher,
    /// How many articles there are, those deleted among them, as everywhere in statistics.
    articles: u64,
    conditions: Vec<Arc<dyn Query>>,
    fields: Vec<(Field, FieldStatistics)>,
}

impl RankWeight {
    pub(super) fn new(query: &RankQuery, searcher: &Searcher) -> tantivy::Result<Self> {
        let articles = searcher.segment_readers().iter().map(|it| u64::from(it.max_doc())).sum();
        let mut weighing =
            Weighing { searcher, articles, conditions: Vec::new(), fields: Vec::new() };
        let mut words = Vec::new();
        let mut weighed = |word: &Word| -> tantivy::Result<usize> {
            words.push(weighing.word(word)?);
            Ok(words.len() - 1)
        };
        let mut groups = Vec::with_capacity(query.groups.len());
        for group in &query.groups {
            groups.push(group.iter().map(&mut weighed).collect::<tantivy::Result<_>>()?);
        }
        let mut optional: Vec<usize> =
            query.optional.iter().map(&mut weighed).collect::<tantivy::Result<_>>()?;
        let mut filters = query.filters.clone();
        let mut knows_conditions = false;
        if let Some(Alternatives { words, set }) = &query.alternatives {
            let words = words.iter().map(&mut weighed).collect::<tantivy::Result<Vec<_>>>()?;
            knows_conditions = weighing.conditions.len() as u64 * articles <= MOST_BITS;
            if knows_conditions {
                groups.push(words);
            } else {
                optional.extend(words);
                filters.push(Arc::clone(set));
            }
        }
        if filters.len() > MANY {
            let all = filters.iter().map(|set| set.box_clone()).collect();
            filters = vec![Arc::from(many::all_of(all))];
        }
        if groups.is_empty() && filters.is_empty() {
            filters.push(Arc::new(AllQuery));
        }
        let without_scores = EnableScoring::disabled_from_searcher(searcher);
        let unscored = |queries: &[Arc<dyn Query>]| {
            queries.iter().map(|query| query.weight(without_scores)).collect::<tantivy::Result<_>>()
        };
        let filter = |query: &Arc<dyn Query>| {
            let terms = query.downcast_ref::<Listed>().map(|it| Arc::clone(&it.terms));
            Ok(Filter { weight: query.weight(without_scores)?, terms })
        };
        Ok(Self {
            words,
            groups,
            optional,
            filters: filters.iter().map(filter).collect::<tantivy::Result<_>>()?,
            without: unscored(&query.without)?,
            dates: query.dates.clone(),
            conditions: unscored(&weighing.conditions)?,
            knows_conditions,
            fields: weighing.fields,
            segments: query.segments.clone(),
        })
    }

    /// The question in a segment; `None` where nothing there matches.
    pub(super) fn open(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<Segment>> {
        let within = match &self.dates {
            Some(dates) => dates.within(reader)?,
            None => Within::of(0..reader.max_doc()),
        };
        if within.is_empty() {
            return Ok(None);
        }
        let opened = |weights: &[Box<dyn Weight>]| {
            let scorers = weights.iter().map(|weight| weight.scorer(reader, 1.0));
            scorers.map(|scorer| Ok(Test::new(scorer?))).collect::<tantivy::Result<Vec<_>>>()
        };
        let mut texts = Vec::with_capacity(self.fields.len());
        for (field, statistics) in &self.fields {
            texts.push((*field, statistics.texts(*field, reader)?));
        }
        let mut words = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let forms = self.forms(word, reader, &texts)?;
            words.push(word::Word { forms, weight: word.weight * boost });
        }
        let cost = |group: &Vec<usize>| -> u64 { group.iter().map(|&it| words[it].cost()).sum() };
        let least = self.groups.iter().map(cost).min();
        let filters = self.filters.iter().map(|filter| self.test(filter, reader, least));
        let filters = filters.collect::<tantivy::Result<_>>()?;
        let mut conditions = opened(&self.conditions)?;
        if self.knows_conditions {
            // Words that share one are gone through one after the other.
            let known = conditions.into_iter().map(|test| test.known(reader.max_doc()).0);
            conditions = known.collect();
        }
        let segment = Segment {
            words,
            groups: self.groups.clone(),
            optional: self.optional.clone(),
            tests: filters,
            without: opened(&self.without)?,
            conditions,
            within,
            lead: Lead::none(),
        };
        Ok(segment.led())
    }

    /// A filter in a segment, in which the words lead through so many documents at `least`. Where that
    /// is many beside its own, these are found at once, and kept: to look for each is slower.
    fn test(
        &self,
        filter: &Filter,
        reader: &SegmentReader,
        least: Option<u64>,
    ) -> tantivy::Result<Test> {
        let Some(terms) = &filter.terms else {
            return Ok(Test::new(filter.weight.scorer(reader, 1.0)?));
        };
        if let Some(known) = self.segments.set(reader, terms) {
            return Ok(Test::Known(known));
        }
        let test = Test::new(filter.weight.scorer(reader, 1.0)?);
        let cost = test.cost();
        // Else the filter leads, or hardly anything is held against it.
        let is_asked = |least: u64| cost >= least / SEEKING && cost <= least * KEEPING;
        // Else bits take more room than a list would.
        let is_dense = cost >= u64::from(reader.max_doc() / u64::BITS);
        if !is_dense || !least.is_some_and(is_asked) {
            return Ok(test);
        }
        let (test, known) = test.known(reader.max_doc());
        self.segments.keep_set(reader, Arc::clone(terms), &known);
        Ok(test)
    }

    fn forms(
        &self,
        word: &WeightedWord,
        reader: &SegmentReader,
        texts: &[(Field, Texts)],
    ) -> tantivy::Result<word::Forms> {
        let terms = match &word.forms {
            WeightedForms::Terms(terms) => terms,
            WeightedForms::Documents(weight) => {
                return Ok(word::Forms::Documents(weight.scorer(reader, 1.0)?));
            }
        };
        let mut forms = Vec::with_capacity(terms.len());
        for (term, only) in terms {
            let index = reader.inverted_index(term.field())?;
            let Some(info) = index.get_term_info(term)? else { continue };
            let Some((_, texts)) = texts.iter().find(|(field, _)| *field == term.field()) else {
                continue;
            };
            let postings =
                index.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
            let file = self.segments.postings(reader, term.field());
            let blocks = Blocks::of(&info, file);
            let cursor = Cursor::new(postings, blocks, texts.clone());
            forms.push(Form { cursor, only: *only });
        }
        Ok(word::Forms::Terms(forms))
    }
}

impl FieldStatistics {
    fn texts(&self, field: Field, reader: &SegmentReader) -> tantivy::Result<Texts> {
        let tokens = reader.inverted_index(field)?.total_num_tokens();
        let in_segment = float(tokens) / float(u64::from(reader.max_doc()));
        Ok(Texts {
            lengths: Arc::clone(&self.lengths),
            bounds: Arc::new(RatioBounds::new(in_segment, self.average)),
            length_ids: reader.get_fieldnorms_reader(field)?,
        })
    }
}

impl Weighing<'_> {
    fn word(&mut self, word: &Word) -> tantivy::Result<WeightedWord> {
        let (forms, weight) = match word {
            Word::Forms { forms, factor } => {
                let mut having = 0;
                let mut terms = Vec::with_capacity(forms.len());
                for form in forms {
                    self.field(form.term.field())?;
                    having += self.searcher.doc_freq(&form.term)?.min(form.at_most);
                    let only = form.only.as_ref().map(|only| self.condition(only));
                    terms.push((form.term.clone(), only));
                }
                let weight = factor * weight(idf(having, self.articles));
                (WeightedForms::Terms(terms), weight)
            }
            Word::Documents { query, score, .. } => {
                let unscored = EnableScoring::disabled_from_searcher(self.searcher);
                (WeightedForms::Documents(query.weight(unscored)?), *score)
            }
        };
        Ok(WeightedWord { forms, weight, name: word.to_string() })
    }

    /// The number of a condition; the same for all words that share it, so that it is put once.
    fn condition(&mut self, condition: &Arc<dyn Query>) -> usize {
        let known = self.conditions.iter().position(|known| Arc::ptr_eq(known, condition));
        known.unwrap_or_else(|| {
            self.conditions.push(Arc::clone(condition));
            self.conditions.len() - 1
        })
    }

    fn field(&mut self, field: Field) -> tantivy::Result<()> {
        if self.fields.iter().any(|(known, _)| *known == field) {
            return Ok(());
        }
        let mut tokens = 0;
        for reader in self.searcher.segment_readers() {
            tokens += reader.inverted_index(field)?.total_num_tokens();
        }
        // Where there is no word nothing is divided by it.
        let average = float(tokens.max(1)) / float(self.articles.max(1));
        let lengths = Arc::new(Lengths::new(average));
        self.fields.push((field, FieldStatistics { average, lengths }));
        Ok(())
    }
}

impl Weight for RankWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.open(reader, boost)? {
            Some(segment) => Box::new(RankScorer::new(segment)),
            None => Box::new(EmptyScorer),
        })
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        if let Some(segment) = self.open(reader, 1.0)? {
            for_each_above(segment, threshold, &mut Everywhere(callback));
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let scorer = self.open(reader, 1.0)?.map(RankScorer::new);
        let Some(mut scorer) = scorer.filter(|it| it.doc() <= doc) else { return not_there(doc) };
        if scorer.seek(doc) != doc {
            return not_there(doc);
        }
        let mut explanation = Explanation::new("sum of words", scorer.score());
        for (word, score) in self.words.iter().zip(scorer.scores()) {
            if score > 0.0 {
                let part = Explanation::new_with_string(word.name.clone(), rounded(score));
                explanation.add_detail(part);
            }
        }
        Ok(explanation)
    }
}

fn not_there<T>(doc: DocId) -> tantivy::Result<T> {
    Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
}
