//! The texts that one address has had.
//!
//! An index holds the newest text of an article alone. What older ones there were its manifest says,
//! and they lie where they lay: in their sources, from which they are made again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use super::manifest::Entry;
use super::reader::ArchiveReader;
use super::roots::disk_path;
use super::versions::newer_text;
use crate::article::ArticleId;
use crate::error::Error;
use crate::extract::{Extractor, Naming, Recipe, Templates};
use crate::record::{ArticleRecord, seconds};
use crate::reject::{Reject, RejectReason};
use crate::schema::{identity_of, url_key};
use crate::source::{Found, RawDocument, ReadOptions, Root, WalkOptions, read, walk};

/// The most that making one article again may take.
const ARTICLE_TIME: Duration = Duration::from_mins(1);

/// The texts of one address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The address as it was asked for.
    pub url: String,
    /// In the order in which they were seen.
    pub versions: Vec<PageVersion>,
    /// Those that the index knew of and that cannot be read any more.
    pub unread: Vec<Unread>,
}

/// A text of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct PageVersion {
    /// The article as it was then; of one that the index does not hold, without names and countries.
    pub article: ArticleRecord,
    /// Whether it is the one that the index holds.
    pub is_indexed: bool,
}

/// A text that cannot be read any more.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Unread {
    /// The file, or the member of an archive.
    pub path: String,
    /// The record in it.
    pub record: Option<u32>,
    /// Why not: one line, lower case, no final period.
    pub why: String,
}

/// A record by the path that it has in articles.
type Place = (String, u32);

/// Records of a source that are looked for.
type Places = BTreeSet<Place>;

/// The texts that the index knows of at an address, however that is spelled. `options` say how the
/// sources were read when they were indexed.
pub fn history(
    archive: &ArchiveReader,
    url: &str,
    options: &ReadOptions,
) -> Result<History, Error> {
    let ids = archive.ids_named(&[], &[url.to_owned()])?;
    let mut versions = Vec::new();
    for id in ids {
        let article = archive.article(id)?;
        versions.extend(article.map(|article| PageVersion { article, is_indexed: true }));
    }
    let (manifest, sites) = archive.manifest_and_sites()?;
    let newest = versions.iter().map(|it| (it.article.path.clone(), it.article.record));
    let older = older_texts(&manifest, newest.collect());
    let templates: Templates =
        sites.into_iter().map(|(name, site)| (name, site.template)).collect();
    let recipe =
        Recipe { naming: Naming::Off, templates: Arc::new(templates), ..Recipe::default() };
    let mut reading = Reading {
        archive,
        url,
        options,
        extractor: Extractor::new(recipe, ARTICLE_TIME),
        versions,
        unread: Vec::new(),
    };
    for (source, places) in older {
        reading.source(&source, places);
    }
    let Reading { mut versions, mut unread, .. } = reading;
    versions.sort_by_cached_key(|PageVersion { article, .. }| {
        (seconds(article.seen.as_deref()), article.path.clone(), article.record)
    });
    unread.sort_unstable();
    Ok(History { url: url.to_owned(), versions, unread })
}

/// The records that were superseded by those of `newest`, or by records that were superseded by
/// these, and so on; by source.
fn older_texts(manifest: &BTreeMap<String, Entry>, newest: Places) -> BTreeMap<String, Places> {
    let mut by_newer: BTreeMap<Place, Vec<(&String, Place)>> = BTreeMap::new();
    for (source, entry) in manifest {
        for reject in entry.rejects.iter().filter(|it| is_superseded(&it.reason)) {
            let newer = newer_text(&reject.detail);
            if let (Some((path, record)), Some(own)) = (newer, reject.record) {
                let place = (format!("{source}{}", reject.member), own);
                by_newer.entry((path.to_owned(), record)).or_default().push((source, place));
            }
        }
    }
    let mut older: BTreeMap<String, Places> = BTreeMap::new();
    let mut next: Vec<_> = newest.into_iter().collect();
    while let Some(newer) = next.pop() {
        for (source, place) in by_newer.remove(&newer).unwrap_or_default() {
            next.push(place.clone());
            older.entry(source.clone()).or_default().insert(place);
        }
    }
    older
}

fn is_superseded(reason: &str) -> bool {
    reason == RejectReason::Superseded.name()
}

struct Reading<'a> {
    archive: &'a ArchiveReader,
    url: &'a str,
    options: &'a ReadOptions,
    extractor: Extractor,
    versions: Vec<PageVersion>,
    unread: Vec<Unread>,
}

impl Reading<'_> {
    /// Makes the articles in these records of a source again.
    fn source(&mut self, source: &str, mut places: Places) {
        let found = disk_path(source, self.archive.known_roots()).and_then(|path| {
            let root = Root { path, label: source.to_owned() };
            walk(&[root], &WalkOptions::default()).next()
        });
        let why = match found {
            Some(Found::File(file)) => {
                let outcome = read(&file, self.options, &mut |record| {
                    self.record(record, &mut places);
                    if places.is_empty() {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                });
                outcome.err().map_or("there is no such record any more".to_owned(), |it| it.detail)
            }
            Some(Found::Reject(reject)) => reject.detail,
            None => "it is not known where the file was".to_owned(),
        };
        let unread = |(path, record)| Unread { path, record: Some(record), why: why.clone() };
        self.unread.extend(places.into_iter().map(unread));
    }

    fn record(&mut self, record: Result<RawDocument, Reject>, places: &mut Places) {
        let raw = match record {
            Ok(raw) => raw,
            Err(Reject { path, record, detail, .. }) => {
                if record.is_some_and(|record| places.remove(&(path.clone(), record))) {
                    self.unread.push(Unread { path, record, why: detail });
                }
                return;
            }
        };
        let (path, record) = (raw.locator.path(), raw.locator.record);
        if !places.remove(&(path.clone(), record)) {
            return;
        }
        match self.extractor.extract(raw) {
            Ok(article) => {
                let article = ArticleRecord::from(&article);
                if self.is_of_url(&article) {
                    self.versions.push(PageVersion { article, is_indexed: false });
                } else {
                    let why = "the file holds another article now".to_owned();
                    self.unread.push(Unread { path, record: Some(record), why });
                }
            }
            Err(reject) => {
                self.unread.push(Unread { path, record: Some(record), why: reject.detail });
            }
        }
    }

    fn is_of_url(&self, article: &ArticleRecord) -> bool {
        let is_same = |own: &String| {
            url_key(own) == url_key(self.url)
                || identity_of(own).is_some_and(|it| Some(it) == identity_of(self.url))
        };
        article.canonical.iter().chain(&article.url).any(is_same)
    }
}

impl PageVersion {
    /// The id that the text has, or had.
    pub fn id(&self) -> ArticleId {
        ArticleId::new(&self.article.path, self.article.record)
    }
}
