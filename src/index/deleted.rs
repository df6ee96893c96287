//! What was deleted by hand, so that it does not come back when its source is read again.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::manifest::Entry;
use super::versions::{Version, is_same_headline};
use crate::article::ArticleId;
use crate::record::{ArticleRecord, seconds};
use crate::reject::{Reject, RejectReason};
use crate::schema::identity;

/// A deleted article of a source. Its text is not kept; its headline is, because records move when
/// a file changes, and another article at its place is not to be taken for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Tombstone {
    sha256: String,
    title: String,
    /// By which older texts of the article are found, that would take its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
}

/// The deleted articles of one source, by `member#record`.
pub(super) type Deleted = BTreeMap<String, Tombstone>;

impl Tombstone {
    pub(super) fn of(article: &ArticleRecord) -> Self {
        Self {
            sha256: article.sha256.clone(),
            title: article.title.clone(),
            identity: identity(article),
            seen: article.seen.clone(),
        }
    }
}

/// Where an article of the source at path `source` stands in it.
pub(super) fn place(article: &ArticleRecord, source: &str) -> String {
    let member = article.path.strip_prefix(source).unwrap_or_default();
    format!("{member}#{}", article.record)
}

/// The digests of the deleted articles.
pub(super) fn digests(deleted: &Deleted) -> HashSet<String> {
    deleted.values().map(|tombstone| tombstone.sha256.clone()).collect()
}

/// Whether an article was deleted: the same bytes, or the same place and headline.
pub(super) fn is_deleted(
    article: &ArticleRecord,
    source: &str,
    deleted: &Deleted,
    digests: &HashSet<String>,
) -> bool {
    if deleted.is_empty() {
        return false;
    }
    let same_place = deleted.get(&place(article, source));
    digests.contains(&article.sha256)
        || same_place.is_some_and(|there| is_same_headline(&there.title, &article.title))
}

/// The news that an article was deleted.
pub(super) fn reject(article: &ArticleRecord) -> Reject {
    Reject {
        path: article.path.clone(),
        record: Some(article.record),
        reason: RejectReason::Deleted,
        detail: "it was deleted by hand".into(),
    }
}

/// The deleted articles as texts by their identities: an older text of one stays replaced.
pub(super) fn versions<'a>(
    entries: impl Iterator<Item = (&'a String, &'a Entry)>,
) -> HashMap<u64, Vec<Version>> {
    let mut versions: HashMap<u64, Vec<Version>> = HashMap::new();
    for (source, entry) in entries {
        for (place, tombstone) in &entry.deleted {
            let Some(identity) = tombstone.identity else { continue };
            let (member, record) = place.rsplit_once('#').unwrap_or((place, ""));
            let (path, record) = (format!("{source}{member}"), record.parse().unwrap_or_default());
            versions.entry(identity).or_default().push(Version {
                id: ArticleId::new(&path, record),
                path,
                record,
                first_seen: None,
                seen: seconds(tombstone.seen.as_deref()),
                title: tombstone.title.clone(),
                is_deleted: true,
            });
        }
    }
    versions
}

/// What stays of an entry whose file is gone: its deleted articles, should it come back.
pub(super) fn remains(entry: Option<&Entry>) -> Option<Entry> {
    let deleted = entry.map(|entry| entry.deleted.clone()).unwrap_or_default();
    (!deleted.is_empty()).then(|| Entry { deleted, gone: true, ..Entry::default() })
}
