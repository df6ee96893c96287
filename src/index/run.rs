//! A run under way: applies events to the index and counts them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::{Duration, Instant};

use super::deleted;
use super::manifest::Entry;
use super::pipeline::{Event, Made};
use super::sites::Site;
use super::versions::{Version, Versions, superseded_by};
use super::writer::Writer;
use super::{IndexReport, IndexRequest, Mode, Phase, Progress};
use crate::article::{ArticleId, ArticleWarning, Sha256};
use crate::error::Error;
use crate::record::{ArticleRecord, written_seconds};
use crate::reject::{Reject, RejectReason};
use crate::schema::{Documents, identity};
use crate::source::SourceFile;

/// A run under way.
pub(super) struct Run {
    writer: Writer,
    documents: Documents,
    versions: Versions,
    settings: u64,
    commit_every: Duration,
    commit_articles: u64,
    /// Whether what is committed may be searched before the run ends.
    is_searchable_early: bool,
    last_commit: Instant,
    uncommitted: u64,
    source: Source,
    /// Articles whose first text turned out to be older than thought.
    earlier: BTreeMap<ArticleId, i64>,
    /// Sources whose articles may have been older texts, were removed or replaced.
    replaced: BTreeSet<String>,
    moved: BTreeMap<String, String>,
    /// Whether files are read that did not change.
    is_second_pass: bool,
    digests: HashSet<u64>,
    report: IndexReport,
    progress: Progress,
}

/// The source under way.
#[derive(Default)]
struct Source {
    path: String,
    entry: Entry,
    /// Whether the index holds articles of it that are out of date.
    is_outdated: bool,
    /// Whether it was in the index before this run.
    is_known: bool,
    /// The digests of articles of it that were deleted by hand.
    deleted: HashSet<String>,
    /// When its articles were first seen, by their ids.
    first_seen: HashMap<u64, i64>,
}

impl Run {
    pub(super) fn new(
        writer: Writer,
        request: &IndexRequest,
        settings: u64,
    ) -> Result<Self, Error> {
        Ok(Self {
            documents: Documents::new(writer.fields()),
            versions: Versions::new(
                writer.fields(),
                writer.snapshot()?,
                deleted::versions(writer.entries()),
            ),
            writer,
            settings,
            commit_every: request.commit_every,
            commit_articles: request.commit_articles,
            is_searchable_early: request.mode == Mode::Update,
            last_commit: Instant::now(),
            uncommitted: 0,
            source: Source::default(),
            earlier: BTreeMap::new(),
            replaced: BTreeSet::new(),
            moved: BTreeMap::new(),
            is_second_pass: false,
            digests: HashSet::new(),
            report: IndexReport::default(),
            progress: Progress { phase: Phase::Indexing, ..Progress::default() },
        })
    }

    /// How far the run is.
    pub(super) fn progress(&self) -> Progress {
        self.progress
    }

    /// Has the next commit hold what was learned of sites, and the articles of these files be made
    /// again, in this run or, should it be stopped, in the next.
    pub(super) fn learned(
        &mut self,
        sites: BTreeMap<String, Option<Site>>,
        stale: &BTreeSet<String>,
    ) {
        self.writer.record_sites(sites);
        for path in stale {
            self.writer.change(path).distrust();
        }
    }

    pub(super) fn apply(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Start { path } => {
                self.start(path);
                return Ok(());
            }
            Event::Article(made) => return self.article(*made),
            // Of the first pass, which writes nothing.
            Event::Page(_) => return Ok(()),
            Event::Reject(reject) => {
                self.reject(&reject);
                return Ok(());
            }
            Event::End { file, summary, settled } => {
                self.remove_outdated()?;
                self.report.bytes_read += summary.bytes;
                self.source.entry.sha256 = Some(summary.sha256.to_string());
                self.end(&file, settled);
            }
            Event::Failed { reject, file, settled } => {
                self.failed(&reject, file.as_ref(), settled)?;
            }
            Event::Unchanged => self.report.files_unchanged += 1,
            Event::Touched { file, settled } => {
                self.report.files_unchanged += 1;
                if let Some(mut entry) = self.writer.entry(&file.path).cloned() {
                    (entry.modified, entry.settled) = (file.modified, settled);
                    self.writer.record(file.path, Some(entry));
                }
            }
            Event::Moved { from, file, settled } => self.move_source(&from, &file, settled)?,
            Event::Gone { path } => self.gone(path),
        }
        self.progress.sources += 1;
        self.commit_if_due()
    }

    fn start(&mut self, path: String) {
        let entry = self.writer.entry(&path);
        let deleted = entry.map(|entry| entry.deleted.clone()).unwrap_or_default();
        self.source = Source {
            is_outdated: entry.is_some_and(|entry| entry.articles > 0),
            is_known: entry.is_some_and(|entry| !entry.gone),
            path,
            deleted: deleted::digests(&deleted),
            entry: Entry { deleted, settings: self.settings, ..Entry::default() },
            ..Source::default()
        };
    }

    fn article(&mut self, made: Made) -> Result<(), Error> {
        self.remove_outdated()?;
        let Made { mut document, mut article, sha256, dated } = made;
        let Source { path, entry, deleted, .. } = &self.source;
        if deleted::is_deleted(&article, path, &entry.deleted, deleted) {
            self.reject(&deleted::reject(&article));
            return Ok(());
        }
        let own = ArticleId::new(&article.path, article.record);
        let mut first_seen = self.source.first_seen.get(&own.0).copied();
        if let Some(identity) = identity(&article) {
            let version = Version::new(&article);
            let others = self.others(identity, &version)?;
            if let Some(newer) = others.iter().find(|other| other.replaces(&version)) {
                self.supersede_by(newer, &version);
                return Ok(());
            }
            for older in others.iter().filter(|other| !other.is_deleted) {
                self.replace(identity, older, &version);
                first_seen = earliest(first_seen, older.first_seen);
            }
            let first_seen = earliest(first_seen, version.first_seen);
            self.versions.add(identity, Version { first_seen, ..version });
        }
        if set_first_seen(&mut article, first_seen) {
            document = self.documents.document(&article, &self.source.path);
        }
        self.source.entry.articles += 1;
        self.report.articles_written += 1;
        self.progress.articles += 1;
        self.uncommitted += 1;
        let is_truncated = |warning: &String| warning == ArticleWarning::Truncated.name();
        self.report.truncated += u64::from(article.warnings.iter().any(is_truncated));
        self.report.duplicates += u64::from(!self.digests.insert(short(sha256)));
        match dated {
            Some(source) => *self.report.dated.entry(source).or_default() += 1,
            None => self.report.undated += 1,
        }
        self.writer.add(document)?;
        self.commit_within_source()
    }

    fn others(&self, identity: u64, version: &Version) -> Result<Vec<Version>, Error> {
        self.versions.others(identity, version).map_err(|error| self.writer.engine_error(error))
    }

    /// The article under way is an older text of one that is kept.
    fn supersede_by(&mut self, newer: &Version, version: &Version) {
        if let Some(time) = version.first_seen
            && newer.first_seen.is_none_or(|known| time < known)
        {
            let earlier = self.earlier.entry(newer.id).or_insert(time);
            *earlier = time.min(*earlier);
        }
        let source = self.source_of(&newer.path);
        self.source.entry.superseded_by.insert(source);
        self.reject(&superseded(version, newer));
    }

    /// Removes an older text of the article under way.
    fn replace(&mut self, identity: u64, older: &Version, version: &Version) {
        self.writer.remove_article(older.id);
        self.versions.remove(identity, older.id);
        let reject = superseded(older, version);
        let source = self.source_of(&older.path);
        if source == self.source.path {
            self.source.entry.articles = self.source.entry.articles.saturating_sub(1);
            self.reject(&reject);
        } else if let Some(mut entry) = self.writer.entry(&source).cloned() {
            entry.articles = entry.articles.saturating_sub(1);
            entry.add_reject(&source, &reject);
            entry.superseded_by.insert(self.source.path.clone());
            *self.report.rejects.entry(reject.reason).or_default() += 1;
            self.writer.record(source, Some(entry));
        }
        self.report.articles_written = self.report.articles_written.saturating_sub(1);
    }

    /// The file that the article at `path`, which may lie in an archive, was read from.
    fn source_of(&self, path: &str) -> String {
        let ends = path.rmatch_indices('!').map(|(at, _)| &path[..at]);
        let mut candidates = std::iter::once(path).chain(ends);
        let is_source =
            |path: &&str| *path == self.source.path || self.writer.entry(path).is_some();
        candidates.find(is_source).unwrap_or(path).to_owned()
    }

    fn reject(&mut self, reject: &Reject) {
        *self.report.rejects.entry(reject.reason).or_default() += 1;
        self.source.entry.add_reject(&self.source.path, reject);
    }

    /// Takes the articles of the source under way out of the index, once, before its new ones.
    fn remove_outdated(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.source.is_outdated) {
            let path = self.source.path.clone();
            let first_seen = self.versions.first_seen(&path);
            self.source.first_seen = first_seen.map_err(|error| self.writer.engine_error(error))?;
            self.remove_source(&path);
        }
        Ok(())
    }

    fn remove_source(&mut self, path: &str) {
        self.writer.remove_articles(path);
        self.versions.remove_source(path);
        self.replaced.insert(path.to_owned());
    }

    fn end(&mut self, file: &SourceFile, settled: bool) {
        match self.source.is_known {
            _ if self.is_second_pass => {}
            true => self.report.files_replaced += 1,
            false => self.report.files_added += 1,
        }
        self.progress.bytes += file.size;
        let mut entry = std::mem::take(&mut self.source).entry;
        (entry.size, entry.modified, entry.settled) = (file.size, file.modified, settled);
        entry.settings = self.settings;
        self.writer.record(file.path.clone(), Some(entry));
    }

    /// A source of which nothing could be used. One that cannot be read now keeps the articles it
    /// has; one whose bytes are no article any more loses them.
    fn failed(
        &mut self,
        reject: &Reject,
        file: Option<&SourceFile>,
        settled: bool,
    ) -> Result<(), Error> {
        match (reject.reason, file) {
            (RejectReason::Vanished, Some(file)) => {
                *self.report.rejects.entry(reject.reason).or_default() += 1;
                if self.writer.entry(&file.path).is_some() {
                    self.gone(file.path.clone());
                }
            }
            (RejectReason::Unreadable, _) | (_, None) => {
                let known = self.writer.entry(&reject.path).cloned();
                let mut entry = known.clone().unwrap_or_default();
                (entry.rejects, entry.reject_counts) = Default::default();
                self.source = Source { path: reject.path.clone(), entry, ..Source::default() };
                self.reject(reject);
                let entry = std::mem::take(&mut self.source).entry;
                if known.as_ref() != Some(&entry) {
                    self.writer.record(reject.path.clone(), Some(entry));
                }
            }
            (_, Some(file)) => {
                self.remove_outdated()?;
                self.reject(reject);
                self.end(file, settled);
            }
        }
        Ok(())
    }

    fn gone(&mut self, path: String) {
        if self.writer.entry(&path).is_some_and(|entry| entry.articles > 0) {
            self.remove_source(&path);
        }
        self.report.files_removed += 1;
        self.replaced.insert(path.clone());
        let remains = deleted::remains(self.writer.entry(&path));
        self.writer.record(path, remains);
    }

    /// The same bytes under another name: the articles are kept as they were made.
    fn move_source(&mut self, from: &str, file: &SourceFile, settled: bool) -> Result<(), Error> {
        let Some(mut entry) = self.writer.entry(from).cloned() else { return Ok(()) };
        let articles = self.versions.of_source(from);
        for mut article in articles.map_err(|error| self.writer.engine_error(error))? {
            let member = article.path.strip_prefix(from).unwrap_or_default().to_owned();
            article.path = format!("{}{member}", file.path);
            article.id = ArticleId::new(&article.path, article.record).to_string();
            if let Some(identity) = identity(&article) {
                self.versions.add(identity, Version::new(&article));
            }
            self.writer.add(self.documents.document(&article, &file.path))?;
        }
        self.writer.remove_articles(from);
        self.versions.remove_source(from);
        (entry.size, entry.modified, entry.settled) = (file.size, file.modified, settled);
        entry.follow(from, &file.path);
        self.writer.record(from.to_owned(), None);
        self.writer.record(file.path.clone(), Some(entry));
        self.moved.insert(from.to_owned(), file.path.clone());
        self.report.files_moved += 1;
        Ok(())
    }

    /// Commits between two sources when it is time.
    fn commit_if_due(&mut self) -> Result<(), Error> {
        if self.is_commit_due() {
            self.commit()?;
        }
        Ok(())
    }

    fn is_commit_due(&self) -> bool {
        self.last_commit.elapsed() >= self.commit_every || self.uncommitted >= self.commit_articles
    }

    /// Commits in the middle of a source that was not in the index before, when it is time: it may
    /// take hours to read. Should the run be stopped, the source is read again. The articles of a
    /// source that was there before stand until all of it is read.
    fn commit_within_source(&mut self) -> Result<(), Error> {
        if self.source.is_known || !self.is_commit_due() {
            return Ok(());
        }
        let entry = Entry { settled: false, ..self.source.entry.clone() };
        self.writer.record(self.source.path.clone(), Some(entry));
        self.commit()
    }

    fn commit(&mut self) -> Result<(), Error> {
        if self.writer.has_changes() {
            self.writer.commit()?;
            self.versions.committed(self.writer.snapshot()?);
            self.correct_first_seen()?;
        }
        if self.is_searchable_early {
            self.writer.make_visible()?;
        }
        self.last_commit = Instant::now();
        self.uncommitted = 0;
        Ok(())
    }

    /// Writes again the articles of which an older text came to light only after they were
    /// written.
    fn correct_first_seen(&mut self) -> Result<(), Error> {
        for (id, time) in std::mem::take(&mut self.earlier) {
            let article = self.versions.article(id);
            let article = article.map_err(|error| self.writer.engine_error(error))?;
            let Some(mut article) = article else { continue };
            if !set_first_seen(&mut article, Some(time)) {
                continue;
            }
            let source = self.source_of(&article.path);
            self.writer.remove_article(id);
            if let Some(identity) = identity(&article) {
                self.versions.remove(identity, id);
                self.versions.add(identity, Version::new(&article));
            }
            self.writer.add(self.documents.document(&article, &source))?;
            self.writer.touch();
        }
        Ok(())
    }

    /// Files that must be read again, as a text in them may have become the newest of its article:
    /// those that were superseded by a file that is gone or changed.
    pub(super) fn orphans(&mut self) -> Vec<String> {
        self.is_second_pass = true;
        let moved = std::mem::take(&mut self.moved);
        let replaced = std::mem::take(&mut self.replaced);
        if moved.is_empty() && replaced.is_empty() {
            return Vec::new();
        }
        let mut orphans = Vec::new();
        let mut renamed = Vec::new();
        for (path, entry) in self.writer.entries() {
            if entry.superseded_by.is_disjoint(&replaced) {
                let follow = |path: &String| moved.get(path).unwrap_or(path).clone();
                let superseded_by: BTreeSet<_> = entry.superseded_by.iter().map(follow).collect();
                if superseded_by != entry.superseded_by {
                    let mut entry = Entry { superseded_by, ..entry.clone() };
                    for (from, to) in &moved {
                        entry.follow(from, to);
                    }
                    renamed.push((path.clone(), entry));
                }
            } else if !replaced.contains(path) {
                orphans.push(path.clone());
            }
        }
        for (path, entry) in renamed {
            self.writer.record(path, Some(entry));
        }
        orphans
    }

    pub(super) fn finish(mut self, new_roots: bool) -> Result<IndexReport, Error> {
        // What a commit corrects is itself to be committed.
        self.commit()?;
        if self.writer.has_changes() || new_roots || self.writer.generation() == 0 {
            self.writer.commit()?;
        }
        let mut report = self.report;
        report.generation = self.writer.generation();
        report.articles_total = self.writer.manifest().values().map(|entry| entry.articles).sum();
        let begun = Instant::now();
        report.copies = self.writer.find_families()?;
        report.copies_took = begun.elapsed();
        self.writer.finish()?;
        Ok(report)
    }
}

fn superseded(older: &Version, newer: &Version) -> Reject {
    let Version { path, record, .. } = newer;
    Reject {
        path: older.path.clone(),
        record: Some(older.record),
        reason: RejectReason::Superseded,
        detail: superseded_by(path, *record),
    }
}

/// The earlier of two times, where known.
fn earliest(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}

/// Notes that the article was first seen at `time`, if that is earlier; whether it was.
fn set_first_seen(article: &mut ArticleRecord, time: Option<i64>) -> bool {
    let known = crate::record::seconds(article.first_seen.as_deref());
    let Some(time) = time.filter(|time| known.is_none_or(|known| *time < known)) else {
        return false;
    };
    article.first_seen = written_seconds(time);
    true
}

/// Enough of a digest to count articles of the same bytes.
fn short(sha256: Sha256) -> u64 {
    sha256.0.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}
