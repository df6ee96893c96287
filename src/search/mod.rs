//! From a query to ranked hits.

mod bounds;
mod census;
mod collect;
mod count;
mod counting;
mod cursor;
mod decay;
mod diagnose;
mod explain;
mod family;
mod first;
mod highlight;
mod kept;
mod kwic;
mod partial;
mod passage;
mod place;
mod probe;
mod receipt;
mod roster;
mod run;
mod scan;
mod shares;
mod similar;
mod sought;
mod spelling;
mod stories;
mod stream;
mod survey;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use census::{census, is_named};
pub use counting::{
    Aspect, BreakKind, Bucket, CompareRequest, Comparison, Contrast, Contrasted, Coverage,
    CoverageBreak, CoverageRequest, CoverageRow, Denominator, FacetField, Facets, Named, Pair,
    Pairs, PairsRequest, Series, Stretch, Tally, TermField, Terms, Timeline, TimelineRequest, Unit,
    compare, coverage, denominator, facet_label, facets, pairs, terms, timeline,
};
pub use cursor::Cursor;
pub use decay::HalfLife;
pub use diagnose::{ClauseDiagnosis, Diagnosis, Suggestion, UnknownWord, diagnose};
pub use explain::{Clause, ClauseRole, Explanation, explain};
pub use family::{Common, Family, Member, family};
pub use first::{Firsts, Story, first};
pub use kwic::{Concordance, KwicLine, KwicRequest, LineOrder, kwic};
pub use receipt::{Asked, Drift, Receipt, ReceiptHit};
pub use roster::{Roster, RosterColumns, RosterRow, roster};
pub use run::{best, files, ids, leading, search};
pub use similar::{SimilarRequest, similar};
pub use stories::{Copies, CopiesOf};
pub use stream::{Stream, stream};
pub use survey::{sample, words};

use std::ops::Range;
use std::time::Duration;

use chrono::NaiveDate;

use crate::article::named_enum;
use crate::query::{Limit, Query, Repair};
use crate::record::ArticleRecord;

pub use crate::record::Detail;

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
    /// How many passages each hit comes with.
    pub snippets: usize,
    /// How much of each article is read.
    pub detail: Detail,
    /// The hit behind which to go on, of an answer to the same question; instead of an offset.
    pub after: Option<Cursor>,
    /// How scores fade with age, if they do.
    pub recency: Option<Recency>,
    /// Whether each hit tells what its score is made of.
    pub shares: bool,
    /// What becomes of copies of a hit.
    pub copies: Copies,
}

impl SearchRequest {
    /// The ten best hits for `query`, with a passage each.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            repairs: Vec::new(),
            matching: Matching::default(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            snippets: 1,
            detail: Detail::default(),
            after: None,
            recency: None,
            shares: false,
            copies: Copies::Show,
        }
    }
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

named_enum! {
    /// The order of the hits. Equal places go to the newer article, then to the smaller id.
    #[derive(Default)]
    Sort {
        /// Best first.
        #[default]
        Relevance = "relevance",
        /// Newest first; undated articles last.
        Newest = "-date",
        /// Oldest first; undated articles last.
        Oldest = "date",
        /// Those with the fewest words first.
        Shortest = "length",
        /// Those with the most words first.
        Longest = "-length",
    }
}

/// The answer to a [`SearchRequest`].
#[derive(Clone, Debug)]
pub struct Hits {
    /// The question as it was understood, in canonical form.
    pub understood: String,
    /// What was changed in the question as typed.
    pub repairs: Vec<Repair>,
    /// The clauses of the question that words of the text answer, in canonical form; none where no
    /// snippets were asked for.
    pub clauses: Vec<String>,
    /// Patterns of the question that stand for fewer words than match them.
    pub limits: Vec<Limit>,
    /// How many articles match.
    pub total: u64,
    /// How many of them have no date.
    pub undated: u64,
    /// How many stories they are, where one hit stands for all copies of one; there are as many
    /// hits.
    pub stories: Option<u64>,
    /// How many articles the index holds.
    pub articles: u64,
    /// The generation of the index that answered.
    pub generation: u64,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Where to go on for the hits that follow these; `None` behind the last one.
    pub cursor: Option<Cursor>,
    /// Articles that lack some of the words, which fill up the first page; they are not counted.
    pub partial: Vec<PartialHit>,
    /// Why nothing matches, where that was asked.
    pub diagnosis: Option<Diagnosis>,
    /// Time from the parsed query to the finished hits.
    pub took: Duration,
    /// Where most of it went.
    pub spent: Spent,
}

/// Where the time of an answer went.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Spent {
    /// From the question to what the engine is asked.
    pub lowering: Duration,
    /// Finding the best hits; counting as well, where both are one pass.
    pub matching: Duration,
    /// Counting what matches, where that is a pass of its own.
    pub counting: Duration,
    /// Reading the articles of the hits.
    pub fetching: Duration,
    /// Finding what of them answers the question, and cutting passages.
    pub snippets: Duration,
}

/// One matching article.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place, counting from 1.
    pub rank: usize,
    /// BM25 score; 0 where the order is not by relevance.
    pub score: f32,
    /// The article; with [`Detail::Brief`], what a list of hits shows of it.
    pub article: ArticleRecord,
    /// The bytes of the title that matched, in order, on character boundaries, not overlapping.
    pub title_highlights: Vec<Range<usize>>,
    /// The best passages, best first: as many as were asked for, if so many hold an answer.
    pub snippets: Vec<Snippet>,
    /// What the score is made of, where that was asked for and hits are in the order of relevance.
    pub shares: Option<ScoreShares>,
    /// What is known of its copies, where it stands for them.
    pub copies: Option<CopiesOf>,
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
    /// The passage, on one line: with spaces for line breaks and tabs, but otherwise as it stands.
    pub text: String,
    /// Where in the body it stands, in bytes.
    pub range: Range<usize>,
    /// Whether it shows only some of a sentence.
    pub cut: Cut,
    /// The bytes of `text` that matched, in order, on character boundaries, not overlapping.
    pub highlights: Vec<Range<usize>>,
    /// The answers that the passage holds, in their order.
    pub found: Vec<Found>,
}

/// Where a passage leaves out some of a sentence.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Cut {
    /// At its beginning.
    pub before: bool,
    /// At its end.
    pub after: bool,
}

/// An answer in a passage: words that match a clause of the question as a whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    /// Which clause, by its place in [`Hits::clauses`].
    pub clause: usize,
    /// From the first byte of the text that matched to behind the last.
    pub range: Range<usize>,
}
