//! The engine by itself: its own queries, collectors and weighting over one field of words.

use std::hint::black_box;
use std::ops::Bound;

use chrono::NaiveDate;
use frostem::Stemmer;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, Order, Score, Searcher, SegmentReader, TantivyDocument};

use super::{Kind, YEAR};

/// Where scores are halved with each year of age.
const YEAR_SECONDS: i64 = 365 * 86_400;

/// An index, and the fields of it that questions are about.
pub(crate) struct Engine {
    pub(crate) searcher: Searcher,
    /// The field of words.
    pub(crate) words: &'static str,
    /// How its words are stemmed, where they are.
    pub(crate) stemmer: Option<Stemmer>,
    /// The columns of the first and the last second of an article's date.
    pub(crate) dates: [&'static str; 2],
    /// The field of regions, and how a region stands in it.
    pub(crate) region: (&'static str, &'static str),
}

impl Engine {
    pub(crate) fn field(&self, name: &str) -> Field {
        self.searcher.schema().get_field(name).expect("a field")
    }

    pub(crate) fn query(&self, kind: Kind, words: &[String]) -> Box<dyn Query> {
        let term = |word: &String| {
            let stem = self.stemmer.as_ref().map(|it| it.stem(word).into_owned());
            Term::from_field_text(self.field(self.words), stem.as_ref().unwrap_or(word))
        };
        let clauses = words.iter().map(|word| -> Box<dyn Query> {
            Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
        });
        let mut clauses: Vec<_> = clauses.collect();
        match kind {
            Kind::Word | Kind::All(_) => {}
            Kind::Any(_) => return Box::new(BooleanQuery::union(clauses)),
            Kind::Phrase => return Box::new(PhraseQuery::new(words.iter().map(term).collect())),
            Kind::AllInYear => clauses.extend(self.year()),
            Kind::AnyInYear => {
                clauses = vec![Box::new(BooleanQuery::union(clauses))];
                clauses.extend(self.year());
            }
            Kind::AllInRegion => {
                let (field, region) = self.region;
                let term = Term::from_field_text(self.field(field), region);
                clauses.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
            }
        }
        match clauses.len() {
            1 => clauses.swap_remove(0),
            _ => Box::new(BooleanQuery::intersection(clauses)),
        }
    }

    /// Articles of some day of the year, by ranges of the columns.
    fn year(&self) -> Vec<Box<dyn Query>> {
        let second = |year| {
            let day = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
            day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
        };
        let [first, last] = self.dates.map(|column| self.field(column));
        let from = Bound::Included(Term::from_field_i64(last, second(YEAR)));
        let to = Bound::Excluded(Term::from_field_i64(first, second(YEAR + 1)));
        if first == last {
            return vec![Box::new(RangeQuery::new(from, to))];
        }
        vec![
            Box::new(RangeQuery::new(from, Bound::Unbounded)),
            Box::new(RangeQuery::new(Bound::Unbounded, to)),
        ]
    }

    pub(crate) fn best(&self, query: &dyn Query) -> Vec<(Score, DocAddress)> {
        let best = TopDocs::with_limit(10).order_by_score();
        self.searcher.search(query, &best).expect("an answer")
    }

    /// By the column, whatever the order of the articles is.
    pub(crate) fn newest(&self, query: &dyn Query) -> usize {
        let newest = TopDocs::with_limit(10).order_by_fast_field::<i64>(self.dates[0], Order::Desc);
        self.searcher.search(query, &newest).expect("an answer").len()
    }

    /// By scores that are halved each year before `newest`, in seconds.
    pub(crate) fn fading(&self, query: &dyn Query, newest: i64) -> usize {
        let column = self.dates[0];
        let fading = TopDocs::with_limit(10).tweak_score(move |reader: &SegmentReader| {
            let published = reader.fast_fields().i64(column).expect("a column");
            move |doc: DocId, score: Score| {
                let age = newest - published.first(doc).unwrap_or(newest - YEAR_SECONDS);
                #[expect(clippy::cast_precision_loss, reason = "to the minute will do")]
                let years = age as f32 / YEAR_SECONDS as f32;
                score * (-years).exp2()
            }
        });
        self.searcher.search(query, &fading).expect("an answer").len()
    }

    /// The faster of the two ways to find the best and count all.
    pub(crate) fn count_and_best(
        &self,
        kind: Kind,
        query: &dyn Query,
    ) -> (usize, Vec<(Score, DocAddress)>) {
        let best = TopDocs::with_limit(10).order_by_score();
        match kind {
            Kind::Phrase | Kind::AllInYear | Kind::AnyInYear | Kind::AllInRegion => {
                self.searcher.search(query, &(Count, best)).expect("an answer")
            }
            Kind::Word | Kind::All(_) | Kind::Any(_) => {
                let total = self.searcher.search(query, &Count).expect("an answer");
                (total, self.searcher.search(query, &best).expect("an answer"))
            }
        }
    }

    pub(crate) fn fetch(&self, hits: &[(Score, DocAddress)]) -> Vec<TantivyDocument> {
        let fetched = hits.iter().map(|(_, address)| self.searcher.doc(*address));
        black_box(fetched.collect::<tantivy::Result<_>>().expect("articles"))
    }
}
