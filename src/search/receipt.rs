//! Receipts: what was asked and what was found, exactly enough to ask again and say what changed.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256 as Hasher};

use super::{Copies, HalfLife, Hit, Hits, Matching, Recency, SearchRequest, Sort, ids};
use crate::article::{ArticleId, Sha256};
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::query::parse;
use crate::search::Detail;

/// The version of receipts, their field `v`.
const VERSION: u32 = 1;

/// A search as it can be shown to others, and made again.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Receipt {
    v: u32,
    /// When the search was made.
    pub made: DateTime<Utc>,
    /// The question as typed.
    pub typed: String,
    /// The question in canonical form, which is the one that is asked again.
    pub query: String,
    /// How it was asked.
    pub asked: Asked,
    /// The generation of the index that answered.
    pub generation: u64,
    /// How many articles that held.
    pub articles: u64,
    /// How many of them matched.
    pub total: u64,
    /// How many of those have no date.
    pub undated: u64,
    /// How many stories they are, where copies were put together.
    pub stories: Option<u64>,
    /// The digest of the ids of all that matched, sorted, each with a line break behind it.
    pub all_sha256: String,
    /// The hits that were printed, in their order.
    pub hits: Vec<ReceiptHit>,
}

/// How a question was asked.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Asked {
    /// Whether any of the words was enough.
    pub any: bool,
    /// The order, by its name.
    pub sort: String,
    /// How many hits were wanted; `None` for all.
    pub limit: Option<usize>,
    /// How many were passed over first.
    pub offset: usize,
    /// The time in which scores were halved, if they were.
    pub decay: Option<String>,
    /// What became of copies of a hit, by its name.
    pub copies: String,
    /// The day of the search, in the reader's own calendar.
    pub day: NaiveDate,
}

/// A hit that was printed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ReceiptHit {
    /// The article.
    pub id: String,
    /// The digest of the bytes that it was made from.
    pub sha256: String,
    /// Its headline, so that it can be named when it is gone.
    pub title: String,
}

/// What became of the answer to a question.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Drift {
    /// Hits that were not printed then.
    pub added: Vec<ReceiptHit>,
    /// Hits that are not among those of now.
    pub removed: Vec<ReceiptHit>,
    /// Hits whose bytes are others.
    pub changed: Vec<ReceiptHit>,
    /// Hits that are at another place, with the one of then and the one of now, counting from 1.
    pub moved: Vec<(ReceiptHit, usize, usize)>,
    /// Whether other articles match, printed or not.
    pub is_other_set: bool,
}

impl Receipt {
    /// The receipt for the printed hits of an answer to `request`. The hits must hold whole
    /// articles.
    pub fn new(
        archive: &ArchiveReader,
        request: &SearchRequest,
        typed: String,
        made: (DateTime<Utc>, NaiveDate),
        answer: &Hits,
        hits: Vec<ReceiptHit>,
    ) -> Result<Self, Error> {
        let (made, day) = made;
        let matching = match request.matching {
            Matching::AnyWord => Matching::AnyWord,
            Matching::AllWords | Matching::AllWordsFirst => Matching::AllWords,
        };
        Ok(Self {
            v: VERSION,
            made,
            typed,
            query: answer.understood.clone(),
            asked: Asked {
                any: matching == Matching::AnyWord,
                sort: request.sort.name().to_owned(),
                limit: Some(request.limit).filter(|&limit| limit < usize::MAX),
                offset: request.offset,
                decay: request.recency.map(|recency| recency.half_life.to_string()),
                copies: request.copies.name().to_owned(),
                day,
            },
            generation: answer.generation,
            articles: answer.articles,
            total: answer.total,
            undated: answer.undated,
            stories: answer.stories,
            all_sha256: digest(&ids(archive, &request.query, matching)?),
            hits,
        })
    }

    /// The same question, asked in the same way.
    pub fn request(&self) -> SearchRequest {
        let Asked { any, sort, limit, offset, decay, copies, day } = &self.asked;
        let half_life: Option<HalfLife> = decay.as_deref().and_then(|decay| decay.parse().ok());
        SearchRequest {
            matching: if *any { Matching::AnyWord } else { Matching::AllWords },
            sort: Sort::from_name(sort).unwrap_or_default(),
            limit: limit.unwrap_or(usize::MAX),
            offset: *offset,
            snippets: 0,
            detail: Detail::Whole,
            copies: Copies::from_name(copies).unwrap_or_default(),
            recency: half_life.map(|half_life| Recency { half_life, today: *day }),
            ..SearchRequest::new(parse(&self.query, *day).query)
        }
    }

    /// What changed from this receipt to one of the same question that was made later.
    pub fn drift(&self, now: &Self) -> Drift {
        let places = |hits: &[ReceiptHit]| -> HashMap<String, usize> {
            let ids = hits.iter().map(|hit| hit.id.clone());
            ids.zip(1..).collect()
        };
        let (then_at, now_at) = (places(&self.hits), places(&now.hits));
        let mut drift =
            Drift { is_other_set: self.all_sha256 != now.all_sha256, ..Drift::default() };
        for hit in &self.hits {
            if !now_at.contains_key(&hit.id) {
                drift.removed.push(hit.clone());
            }
        }
        for (place, hit) in (1..).zip(&now.hits) {
            match then_at.get(&hit.id) {
                None => drift.added.push(hit.clone()),
                Some(&before) => {
                    if before != place {
                        drift.moved.push((hit.clone(), before, place));
                    }
                    if self.hits[before - 1].sha256 != hit.sha256 {
                        drift.changed.push(hit.clone());
                    }
                }
            }
        }
        drift
    }
}

impl Drift {
    /// Whether the answer is what it was.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&Hit> for ReceiptHit {
    fn from(hit: &Hit) -> Self {
        let article = &hit.article;
        Self {
            id: article.id.clone(),
            sha256: article.sha256.clone(),
            title: article.title.clone(),
        }
    }
}

/// The digest of ids, each on a line.
fn digest(ids: &[ArticleId]) -> String {
    let mut hasher = Hasher::new();
    for id in ids {
        hasher.update(id.to_string());
        hasher.update("\n");
    }
    Sha256(hasher.finalize().into()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(hits: &[(&str, &str)]) -> Receipt {
        let hit = |(id, sha256): &(&str, &str)| ReceiptHit {
            id: (*id).to_owned(),
            sha256: (*sha256).to_owned(),
            title: format!("headline of {id}"),
        };
        Receipt {
            v: VERSION,
            made: DateTime::UNIX_EPOCH,
            typed: "harbour last week".into(),
            query: "harbour AND date:1969-12-22..1969-12-28".into(),
            asked: Asked {
                any: false,
                sort: "relevance".into(),
                limit: Some(10),
                offset: 0,
                decay: Some("30d".into()),
                copies: "part".into(),
                day: NaiveDate::default(),
            },
            generation: 1,
            articles: 9,
            total: 3,
            undated: 0,
            stories: None,
            all_sha256: digest(&[ArticleId(hits.len() as u64)]),
            hits: hits.iter().map(hit).collect(),
        }
    }

    #[test]
    fn what_came_went_moved_and_changed_is_told() {
        let then = receipt(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(then.drift(&then).is_none());
        let now = receipt(&[("c", "3"), ("b", "9"), ("d", "4"), ("e", "5")]);
        let drift = then.drift(&now);
        let ids = |hits: &[ReceiptHit]| hits.iter().map(|hit| hit.id.clone()).collect::<String>();
        let told = (ids(&drift.added), ids(&drift.removed), ids(&drift.changed));
        assert_eq!(told, ("de".into(), "a".into(), "b".into()));
        let moved: Vec<_> =
            drift.moved.iter().map(|(hit, from, to)| (&*hit.id, *from, *to)).collect();
        assert_eq!(moved, [("c", 3, 1)]);
        assert!(drift.is_other_set);
    }

    #[test]
    fn a_question_is_asked_again_as_it_was_understood_then() {
        let receipt = receipt(&[]);
        let request = receipt.request();
        assert_eq!(request.query.to_string(), receipt.query);
        assert_eq!(request.sort, Sort::Relevance);
        assert_eq!(request.recency.map(|it| it.half_life.to_string()).as_deref(), Some("30d"));
    }

    #[test]
    fn a_receipt_is_read_as_it_is_written() {
        let receipt = receipt(&[("a", "1")]);
        let text = serde_json::to_string(&receipt).expect("JSON");
        assert_eq!(serde_json::from_str::<Receipt>(&text).expect("a receipt"), receipt);
    }
}
