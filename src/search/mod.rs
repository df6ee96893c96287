//! From a query to ranked hits.

mod census;
mod collect;
mod decay;
mod diagnose;
mod explain;
mod facets;
mod highlight;
mod partial;
mod probe;
mod run;
mod shares;
mod snippet;
mod sought;

pub use census::{census, is_named};
pub use decay::HalfLife;
pub use diagnose::{ClauseDiagnosis, Diagnosis, Suggestion, UnknownWord, diagnose};
pub use explain::{Clause, ClauseRole, Explanation, explain};
pub use facets::{FacetField, Facets, facet_label, facets};
pub use run::{best, ids, search};

use std::ops::Range;
use std::time::Duration;

use chrono::NaiveDate;

use crate::query::{Limit, Query, Repair};
use crate::record::ArticleRecord;

/// What is asked of an index.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The question.
    pub query: Query,
    /// What was changed in the question as typed.
    pub repairs: Vec<Repair>,
    /// Which articles match a question without operators.
    pub matching: Matching,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits are wanted.
    pub limit: usize,
    /// How many are skipped first.
    pub offset: usize,
    /// Whether each hit comes with its best passage.
    pub snippets: bool,
    /// How scores fade with age, if they do.
    pub recency: Option<Recency>,
    /// Whether each hit tells what its score is made of.
    pub shares: bool,
}

/// How relevance fades with age.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Recency {
    /// The time in which a score is halved.
    pub half_life: HalfLife,
    /// The day of the search: later dates are errors, and count as this day.
    pub today: NaiveDate,
}

/// Which articles match several words side by side.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Matching {
    /// Those with all the words.
    #[default]
    AllWords,
    /// Those with all the words; where they are fewer than a page, it is filled up with articles
    /// that lack some.
    AllWordsFirst,
    /// Those with any of the words, best first.
    AnyWord,
}

/// The order of the hits. Equal places go to the newer article, then to the smaller id.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; undated articles last.
    Newest,
    /// Oldest first; undated articles last.
    Oldest,
}

/// The answer to a [`SearchRequest`].
#[derive(Clone, Debug)]
pub struct Hits {
    /// The question as it was understood, in canonical form.
    pub understood: String,
    /// What was changed in the question as typed.
    pub repairs: Vec<Repair>,
    /// Patterns of the question that stand for fewer words than match them.
    pub limits: Vec<Limit>,
    /// How many articles match.
    pub total: u64,
    /// How many articles the index holds.
    pub articles: u64,
    /// The generation of the index that answered.
    pub generation: u64,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Articles that lack some of the words, which fill up the first page; they are not counted.
    pub partial: Vec<PartialHit>,
    /// Why nothing matches, where that was asked.
    pub diagnosis: Option<Diagnosis>,
    /// Time from the parsed query to the finished hits.
    pub took: Duration,
}

/// One matching article.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place, counting from 1.
    pub rank: usize,
    /// BM25 score; 0 where the order is not by relevance.
    pub score: f32,
    /// The article.
    pub article: ArticleRecord,
    /// The best passage, where one was asked for and a word of the question stands in the body.
    pub snippet: Option<Snippet>,
    /// What the score is made of, where that was asked for and hits are in the order of relevance.
    pub shares: Option<ScoreShares>,
}

/// What a score is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreShares {
    /// Those of the clauses that score, in the order of the question. They sum to the score.
    pub shares: Vec<Share>,
    /// What the score, and each share with it, was multiplied by for the age of the article.
    pub recency: Option<f64>,
}

/// What a clause adds to a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The clause in canonical form.
    pub clause: String,
    /// Its part of the score, above zero.
    pub score: f64,
}

/// An article that lacks some of the words.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialHit {
    /// The words that it lacks, as they were understood; never empty.
    pub lacks: Vec<String>,
    /// The article; the ranks go on behind those of the hits.
    pub hit: Hit,
}

/// A passage of the body, with the words that matched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Snippet {
    /// The passage, on one line.
    pub text: String,
    /// The bytes of `text` that matched, in order, on character boundaries, not overlapping.
    pub highlights: Vec<Range<usize>>,
    /// The bytes of the title that matched, likewise.
    pub title_highlights: Vec<Range<usize>>,
}
