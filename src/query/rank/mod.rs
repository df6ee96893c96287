//! What matches a question and how well, as one flat query: the words that score, and what else is
//! asked of an article.
//!
//! Whatever is asked comes down to this. An article must have a word of each group, be in every
//! set of the filters, and in none of those excluded; words that are optional only add to the
//! score. What scores under a condition, as the words of a phrase among alternatives, are words
//! whose forms count only where the condition holds. So the score is a sum over words, always of
//! the same kind (`bm25`), each of which has a bound for every block of postings (`blocks`), and
//! the best articles are found without scoring the others (`prune`), however they are filtered. Dates
//! are no filter like others: they select stretches of each segment, and nothing outside is read
//! (`dates`).
//!
//! Scores depend on the statistics of the whole snapshot and on the article, and on nothing else:
//! not on its segment, nor on what is skipped, nor on the order in which lists are read.

mod blocks;
mod bm25;
mod cursor;
mod floor;
mod matches;
mod prune;
mod segment;
mod test;
#[cfg(test)]
mod tests;
mod weight;
mod window;
mod word;

use std::fmt;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery, Weight,
};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use super::dates::Dates;
use super::excluded::Excluded;
use super::listed::Listed;
use super::many::{self, MANY};
use crate::schema::OpenSegments;
pub(crate) use prune::Above;
use prune::for_each_above;
use weight::RankWeight;

/// So many words are gone through side by side without a plan.
const FEW: usize = 16;

/// A question, ready to be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct RankQuery {
    /// Of each group one word or more; no group is empty.
    pub(super) groups: Vec<Vec<Word>>,
    /// Words that only add to the score.
    pub(super) optional: Vec<Word>,
    /// One of many words, most of which count under conditions.
    alternatives: Option<Alternatives>,
    /// Sets that an article is in.
    pub(super) filters: Vec<Arc<dyn Query>>,
    /// Sets that it is not in.
    pub(super) without: Vec<Arc<dyn Query>>,
    /// The days that it is of one of.
    pub(super) dates: Option<Dates>,
    /// What is open of the segments; without it answers are the same.
    pub(super) segments: OpenSegments,
}

/// Many words of which an article must have one that counts there.
#[derive(Clone, Debug)]
struct Alternatives {
    words: Vec<Word>,
    /// The articles that have.
    set: Arc<dyn Query>,
}

/// A word that scores.
#[derive(Clone, Debug)]
pub(super) enum Word {
    /// By the frequencies of its forms, which add up as if they were one.
    Forms {
        forms: Vec<Form>,
        /// What its score is multiplied by.
        factor: f32,
    },
    /// The same score in all of a set.
    Documents { query: Arc<dyn Query>, score: f32 },
}

/// A form of a word.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) term: Term,
    /// The set in which alone it counts.
    pub(super) only: Option<Arc<dyn Query>>,
    /// In how many articles it counts at most, where the set is smaller than that of the term.
    pub(super) at_most: u64,
}

impl Word {
    /// A term that counts wherever it stands.
    pub(super) fn term(term: Term) -> Self {
        Self::Forms { forms: vec![Form { term, only: None, at_most: u64::MAX }], factor: 1.0 }
    }

    /// With its score multiplied.
    pub(super) fn boosted(mut self, by: f32) -> Self {
        match &mut self {
            Self::Forms { factor, .. } => *factor *= by,
            Self::Documents { score, .. } => *score *= by,
        }
        self
    }

    /// Where it counts only in a set.
    fn only(self, set: &Arc<dyn Query>) -> Self {
        let both = |other: &Arc<dyn Query>| -> Arc<dyn Query> {
            Arc::new(BooleanQuery::intersection(vec![set.box_clone(), other.box_clone()]))
        };
        match self {
            Self::Forms { forms, factor } => {
                let limited = |form: Form| {
                    let only = form.only.as_ref().map_or_else(|| Arc::clone(set), both);
                    Form { only: Some(only), ..form }
                };
                Self::Forms { forms: forms.into_iter().map(limited).collect(), factor }
            }
            Self::Documents { query, score } => Self::Documents { query: both(&query), score },
        }
    }

    /// The articles that have it.
    fn selecting(&self) -> Box<dyn Query> {
        match self {
            Self::Forms { forms, .. } => many::any_of(forms.iter().map(Form::selecting).collect()),
            Self::Documents { query, .. } => query.box_clone(),
        }
    }
}

impl Form {
    fn selecting(&self) -> Box<dyn Query> {
        let term = Box::new(TermQuery::new(self.term.clone(), IndexRecordOption::Basic));
        match &self.only {
            None => term,
            Some(only) => Box::new(BooleanQuery::intersection(vec![term, only.box_clone()])),
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documents { .. } => f.write_str("pattern"),
            Self::Forms { forms, .. } => {
                for (place, form) in forms.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(f, "{comma}{}", form.term.value().as_str().unwrap_or("?"))?;
                }
                Ok(())
            }
        }
    }
}

impl RankQuery {
    /// Articles with this word.
    pub(super) fn word(word: Word) -> Self {
        Self { groups: vec![vec![word]], ..Self::default() }
    }

    /// Articles in a set, which does not score.
    pub(super) fn filter(set: Box<dyn Query>) -> Self {
        Self { filters: vec![Arc::from(set)], ..Self::default() }
    }

    /// Articles outside of a set.
    pub(super) fn without(set: Box<dyn Query>) -> Self {
        Self { without: vec![Arc::from(set)], ..Self::default() }
    }

    /// Articles of a span of days.
    pub(super) fn dated(dates: Dates) -> Self {
        Self { dates: Some(dates), ..Self::default() }
    }

    /// Asked of a snapshot, of which this is open.
    pub(super) fn of(self, segments: OpenSegments) -> Self {
        let filters = self.filters.into_iter().map(|set| Listed::of(set, &segments)).collect();
        Self { filters, segments, ..self }
    }

    /// With words that add to the score where they stand.
    pub(super) fn and_perhaps(mut self, words: impl IntoIterator<Item = Word>) -> Self {
        self.optional.extend(words);
        self
    }

    /// All of these.
    pub(super) fn all_of(clauses: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for clause in clauses {
            all.groups.extend(clause.groups);
            all.optional.extend(clause.optional);
            match (&all.alternatives, clause.alternatives) {
                (None, alternatives) => all.alternatives = alternatives,
                (Some(_), None) => {}
                (Some(_), Some(Alternatives { words, set })) => {
                    all.optional.extend(words);
                    all.filters.push(set);
                }
            }
            all.filters.extend(clause.filters);
            all.without.extend(clause.without);
            all.dates = match (all.dates, clause.dates) {
                (Some(dates), Some(others)) => Some(dates.and(&others)),
                (dates, others) => dates.or(others),
            };
        }
        all
    }

    /// At least one of these, with the scores of all that match.
    pub(super) fn any_of(alternatives: Vec<Self>) -> Self {
        match alternatives.len() {
            0 => return Self::filter(Box::new(EmptyQuery)),
            1 => return Self::all_of(alternatives),
            _ => {}
        }
        if alternatives.iter().all(Self::is_group) {
            let mut joined = Vec::new();
            let mut optional = Vec::new();
            for alternative in alternatives {
                joined.extend(alternative.groups.into_iter().flatten());
                optional.extend(alternative.optional);
            }
            return Self { groups: vec![joined], optional, ..Self::default() };
        }
        let has_words = alternatives.iter().all(Self::has_words);
        let sets = alternatives.iter().map(Self::selecting).collect();
        let set: Arc<dyn Query> = Arc::from(many::any_of(sets));
        let (groups, others): (Vec<_>, Vec<_>) = alternatives.into_iter().partition(Self::is_group);
        let mut optional: Vec<Word> = groups.into_iter().flat_map(Self::words).collect();
        let are_all_open = others.len() <= MANY;
        // Each is a set that is kept open; in greater number the rest adds nothing to the score.
        for alternative in others.into_iter().take(MANY) {
            let set = Arc::from(alternative.selecting());
            optional.extend(alternative.words().map(|word| word.only(&set)));
        }
        if has_words && are_all_open && optional.len() > FEW {
            let alternatives = Some(Alternatives { words: optional, set });
            return Self { alternatives, ..Self::default() };
        }
        Self { optional, filters: vec![set], ..Self::default() }
    }

    /// All words that score.
    fn words(self) -> impl Iterator<Item = Word> {
        let alternatives = self.alternatives.into_iter().flat_map(|it| it.words);
        self.groups.into_iter().flatten().chain(self.optional).chain(alternatives)
    }

    /// Whether all that matches has a word that scores.
    fn has_words(&self) -> bool {
        !self.groups.is_empty() || self.alternatives.is_some()
    }

    /// Whether nothing is asked but one word of a few.
    fn is_group(&self) -> bool {
        let is_free = self.filters.is_empty() && self.without.is_empty() && self.dates.is_none();
        is_free && self.groups.len() == 1 && self.alternatives.is_none()
    }

    /// Whether it has filters that are no lists, beside a few words; or many words, with filters of
    /// their own. Words and lists alone are counted faster by the engine.
    fn is_filtered(&self) -> bool {
        let words = self.groups.iter().map(Vec::len).sum::<usize>() + self.optional.len();
        let is_list = |filter: &Arc<dyn Query>| filter.is::<Listed>();
        (1..=FEW).contains(&words) && !self.filters.iter().all(is_list)
            || self.alternatives.is_some()
    }

    /// The groups that are a word of a phrase among the filters: where the phrase stands, they do.
    fn is_in_phrase(&self, group: &[Word]) -> bool {
        let [Word::Forms { forms, .. }] = group else { return false };
        let [Form { term, only: None, .. }] = forms.as_slice() else { return false };
        let phrases = self.filters.iter().filter_map(|it| it.downcast_ref::<PhraseQuery>());
        phrases.flat_map(PhraseQuery::phrase_terms).any(|it| it == *term)
    }

    /// The same, for going through all that matches: words of phrases only score, so that they are
    /// not sought twice.
    fn for_all(&self) -> Self {
        let is_in_phrase = |group: &Vec<Word>| self.is_in_phrase(group);
        let (scoring, groups) = self.groups.iter().cloned().partition(is_in_phrase);
        let scoring: Vec<Vec<Word>> = scoring;
        Self { groups, ..self.clone() }.and_perhaps(scoring.into_iter().flatten())
    }

    /// With all scores multiplied.
    pub(super) fn boosted(mut self, by: f32) -> Self {
        let boost = |word: &mut Word| *word = word.clone().boosted(by);
        let alternatives = self.alternatives.iter_mut().flat_map(|it| &mut it.words);
        let words = self.groups.iter_mut().flatten().chain(&mut self.optional);
        words.chain(alternatives).for_each(boost);
        self
    }

    /// The same articles, without scores.
    pub(super) fn selecting(&self) -> Box<dyn Query> {
        let group = |words: &Vec<Word>| many::any_of(words.iter().map(Word::selecting).collect());
        let groups = self.groups.iter().filter(|it| !self.is_in_phrase(it)).map(group);
        let mut required: Vec<Box<dyn Query>> =
            groups.chain(self.filters.iter().map(|set| set.box_clone())).collect();
        required.extend(self.alternatives.iter().map(|it| it.set.box_clone()));
        required.extend(self.dates.clone().map(|dates| -> Box<dyn Query> { Box::new(dates) }));
        if required.is_empty() {
            required.push(Box::new(AllQuery));
        }
        let required = many::all_of(required);
        if self.without.is_empty() {
            return required;
        }
        let without = many::any_of(self.without.iter().map(|set| set.box_clone()).collect());
        let without: Box<dyn Query> = Box::new(Excluded(without));
        Box::new(BooleanQuery::new(vec![(Occur::Must, required), (Occur::MustNot, without)]))
    }
}

/// A question for words within filters. What it finds is counted on the way to the best of it: going
/// through filters is most of the work, and a second pass would do it twice.
pub(crate) struct Filtered(RankWeight);

impl Filtered {
    /// The question as one, if it is one.
    pub(crate) fn of(query: &dyn Query, searcher: &Searcher) -> tantivy::Result<Option<Self>> {
        let query = query.downcast_ref::<RankQuery>().filter(|query| query.is_filtered());
        query.map(|query| Ok(Self(RankWeight::new(&query.for_all(), searcher)?))).transpose()
    }

    /// Calls `callback` with every document of a segment that matches, in their order; with its
    /// score, if that is above the threshold, which the callback gives anew.
    pub(crate) fn for_each(
        &self,
        reader: &SegmentReader,
        threshold: Score,
        callback: &mut dyn FnMut(DocId, Option<Score>) -> Score,
    ) -> tantivy::Result<()> {
        if let Some(segment) = self.0.open(reader, 1.0)? {
            matches::for_each_match(segment, threshold, callback);
        }
        Ok(())
    }
}

/// A question whose best documents need not be those that score highest: what a score must exceed
/// depends on the document.
pub(crate) struct Uneven(RankWeight);

impl Uneven {
    /// The question as one, if it is one.
    pub(crate) fn of(query: &dyn Query, searcher: &Searcher) -> tantivy::Result<Option<Self>> {
        let query = query.downcast_ref::<RankQuery>();
        query.map(|query| Ok(Self(RankWeight::new(query, searcher)?))).transpose()
    }

    /// Gives `above` the documents of a segment whose scores are above what it says, in their order.
    /// What it says of a document holds for those that follow, those from `apart` on for themselves.
    pub(crate) fn for_each(
        &self,
        reader: &SegmentReader,
        apart: DocId,
        above: &mut dyn Above,
    ) -> tantivy::Result<()> {
        if let Some(mut segment) = self.0.open(reader, 1.0)? {
            segment.within.part(apart);
            for_each_above(segment, Score::MIN, above);
        }
        Ok(())
    }
}

impl Query for RankQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                Ok(Box::new(RankWeight::new(self, searcher)?))
            }
            EnableScoring::Disabled { .. } => self.selecting().weight(scoring),
        }
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        let alternatives = self.alternatives.iter().flat_map(|it| &it.words);
        let words = self.groups.iter().flatten().chain(&self.optional);
        for word in words.chain(alternatives) {
            if let Word::Forms { forms, .. } = word {
                for form in forms {
                    visitor(&form.term, false);
                }
            }
        }
    }
}
