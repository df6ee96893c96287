//! The texts of one article: the newest is kept, with the time at which the first was seen.
//!
//! Two texts are of one article if their addresses are the same (see
//! [`url_identity`](crate::metadata::url_identity)) and their headlines have words in common: some
//! archives give one address to all their articles, and none of those may be lost.
//!
//! Which text is newer does not depend on the order in which they are read, so that an update
//! gives what a rebuild gives.

use std::collections::{HashMap, HashSet};

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, Searcher, SegmentReader, TERMINATED, TantivyError};

use crate::article::ArticleId;
use crate::metadata::folded_words;
use crate::record::{self, ArticleRecord, Detail};
use crate::schema::{Fields, StoredArticle, source_key};

/// What is known of one text of an article.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Version {
    pub(super) id: ArticleId,
    pub(super) path: String,
    pub(super) record: u32,
    pub(super) first_seen: Option<i64>,
    pub(super) seen: Option<i64>,
    pub(super) title: String,
    /// Whether the text was deleted by hand and is no longer in the index.
    pub(super) is_deleted: bool,
}

impl Version {
    pub(super) fn new(article: &ArticleRecord) -> Self {
        Self {
            id: ArticleId::new(&article.path, article.record),
            path: article.path.clone(),
            record: article.record,
            first_seen: record::seconds(article.first_seen.as_deref()),
            seen: record::seconds(article.seen.as_deref()),
            title: article.title.clone(),
            is_deleted: false,
        }
    }

    /// Whether this text replaces `other`. What was seen later does; at the same second, what
    /// comes later in the archive.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        let age = |version: &Self| (version.seen, version.path.clone(), version.record);
        age(self) > age(other)
    }

    /// Whether two texts at one address are of one article.
    fn is_same_article(&self, other: &Self) -> bool {
        is_same_headline(&self.title, &other.title)
    }
}

/// Whether the headlines of two texts at one place are those of one article: at least half of the
/// shorter one's words are in the other.
pub(super) fn is_same_headline(one: &str, other: &str) -> bool {
    let words = |title: &str| folded_words(title).into_iter().collect::<HashSet<_>>();
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    common * 2 >= one.len().min(other.len())
}

/// What is said of a text that another one superseded.
pub(super) fn superseded_by(path: &str, record: u32) -> String {
    format!("{SUPERSEDED_BY}{path}{RECORD}{record}")
}

/// The place of the other one, from what is said of it.
pub(super) fn newer_text(said: &str) -> Option<(&str, u32)> {
    let (path, record) = said.strip_prefix(SUPERSEDED_BY)?.rsplit_once(RECORD)?;
    Some((path, record.parse().ok()?))
}

const SUPERSEDED_BY: &str = "an older text of the article in ";
const RECORD: &str = ", record ";

/// The texts that the index holds, what is not yet committed among them.
pub(super) struct Versions {
    fields: Fields,
    /// The index as of the last commit.
    snapshot: Searcher,
    /// Texts written since, by their identities.
    pending: HashMap<u64, Vec<Version>>,
    /// Texts that were deleted by hand, likewise.
    deleted: HashMap<u64, Vec<Version>>,
    /// Sources whose articles in the snapshot are out of date.
    outdated: HashSet<u64>,
    /// Articles that were removed one by one since.
    removed: HashSet<u64>,
}

impl Versions {
    pub(super) fn new(
        fields: Fields,
        snapshot: Searcher,
        deleted: HashMap<u64, Vec<Version>>,
    ) -> Self {
        let (pending, outdated, removed) = Default::default();
        Self { fields, snapshot, pending, deleted, outdated, removed }
    }

    /// Takes note of a commit.
    pub(super) fn committed(&mut self, snapshot: Searcher) {
        *self = Self::new(self.fields, snapshot, std::mem::take(&mut self.deleted));
    }

    /// Takes note of a text that was written.
    pub(super) fn add(&mut self, identity: u64, version: Version) {
        self.pending.entry(identity).or_default().push(version);
    }

    /// Takes note of an article that was removed.
    pub(super) fn remove(&mut self, identity: u64, id: ArticleId) {
        self.removed.insert(id.0);
        if let Some(pending) = self.pending.get_mut(&identity) {
            pending.retain(|version| version.id != id);
        }
    }

    /// Takes note that the articles of a source were removed as a whole.
    pub(super) fn remove_source(&mut self, path: &str) {
        self.outdated.insert(source_key(path));
    }

    /// The other texts of the article.
    pub(super) fn others(
        &self,
        identity: u64,
        version: &Version,
    ) -> Result<Vec<Version>, TantivyError> {
        let mut found = self.pending.get(&identity).cloned().unwrap_or_default();
        found.extend(self.deleted.get(&identity).into_iter().flatten().cloned());
        let term = Term::from_field_u64(self.fields.identity, identity);
        self.each(&term, |article| found.push(Version::new(&article)))?;
        found.retain(|other| other.id != version.id && other.is_same_article(version));
        Ok(found)
    }

    /// Articles of a source as of the last commit, in the order of their places.
    pub(super) fn of_source(&self, path: &str) -> Result<Vec<ArticleRecord>, TantivyError> {
        let mut found = Vec::new();
        let term = Term::from_field_u64(self.fields.source, source_key(path));
        self.each(&term, |article| found.push(article))?;
        found.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
        Ok(found)
    }

    /// When the articles of a source were first seen, by their ids.
    pub(super) fn first_seen(&self, path: &str) -> Result<HashMap<u64, i64>, TantivyError> {
        let mut found = HashMap::new();
        let term = Term::from_field_u64(self.fields.source, source_key(path));
        for segment in self.snapshot.segment_readers() {
            let ids = segment.fast_fields().u64("id")?;
            let times = segment.fast_fields().i64("first_seen")?;
            for document in self.documents(segment, &term)? {
                if let (Some(id), Some(time)) = (ids.first(document), times.first(document)) {
                    found.insert(id, time);
                }
            }
        }
        Ok(found)
    }

    /// The article with this id as of the last commit.
    pub(super) fn article(&self, id: ArticleId) -> Result<Option<ArticleRecord>, TantivyError> {
        let mut found = None;
        let term = Term::from_field_u64(self.fields.id, id.0);
        self.each(&term, |article| found = Some(article))?;
        Ok(found)
    }

    /// Hands over every article of the snapshot that has `term` and still stands.
    fn each(&self, term: &Term, mut take: impl FnMut(ArticleRecord)) -> Result<(), TantivyError> {
        for segment in self.snapshot.segment_readers() {
            let documents = self.documents(segment, term)?;
            if documents.is_empty() {
                continue;
            }
            let store = segment.get_store_reader(1)?;
            for document in documents {
                let stored: StoredArticle = store.get(document)?;
                if let Some(article) = stored.record(Detail::Whole) {
                    take(article);
                }
            }
        }
        Ok(())
    }

    fn documents(&self, segment: &SegmentReader, term: &Term) -> Result<Vec<DocId>, TantivyError> {
        let index = segment.inverted_index(term.field())?;
        let mut found = Vec::new();
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
            return Ok(found);
        };
        let (ids, sources) =
            (segment.fast_fields().u64("id")?, segment.fast_fields().u64("source")?);
        let stands = |document: &DocId| {
            !segment.is_deleted(*document)
                && ids.first(*document).is_none_or(|id| !self.removed.contains(&id))
                && sources.first(*document).is_none_or(|source| !self.outdated.contains(&source))
        };
        while postings.doc() != TERMINATED {
            found.extend(Some(postings.doc()).filter(stands));
            postings.advance();
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(path: &str, seen: i64, title: &str) -> Version {
        Version {
            id: ArticleId::new(path, 0),
            path: path.into(),
            record: 0,
            first_seen: Some(seen),
            seen: Some(seen),
            title: title.into(),
            is_deleted: false,
        }
    }

    #[test]
    fn what_was_seen_later_replaces_what_was_seen_before() {
        let (old, new) = (version("b", 1, "x"), version("a", 2, "x"));
        assert!(new.replaces(&old) && !old.replaces(&new));
        let (first, second) = (version("a", 1, "x"), version("b", 1, "x"));
        assert!(second.replaces(&first) && !first.replaces(&second));
    }

    #[test]
    fn texts_at_one_address_are_of_one_article_if_their_headlines_agree() {
        for (one, other, same) in [
            ("Bridge opens", "UPDATE 2: Bridge opens after a year of delay", true),
            ("Bridge opens to traffic", "Bridge opens, ministers absent", true),
            ("Bridge opens", "Harvest fails in the south", false),
        ] {
            assert_eq!(version("a", 1, one).is_same_article(&version("b", 2, other)), same);
        }
    }
}
