//! Reads an index: one snapshot of it, whatever is written meanwhile.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::{ExistsQuery, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher};

use super::disk::{Disk, Purpose};
use super::engine::engine_error;
use super::families::{self, Families};
use super::layout::{KnownRoot, Layout, Payload, aliases_path};
use super::manifest::{self, Manifest};
use super::pipeline::is_below;
use super::report::Stats;
use super::sites::Sites;
use super::values::KnownValues;
use super::writer::read_payload;
use crate::alias::{Alias, AliasFile, Aliases, Cluster, Fault};
use crate::article::{ArticleId, ID_LENGTH, Language};
use crate::copies::Likeness;
use crate::error::Error;
use crate::fs::size_below;
use crate::record::{ArticleRecord, Detail};
use crate::reject::{Reject, RejectReason};
use crate::schema::{self, Fields, Numbers, OpenSegments, StoredArticle, source_key};
use crate::source::record_at;

/// How many values of a field [`ArchiveReader::stats`] gives.
const TOP_VALUES: usize = 50;

/// Values of a field with their numbers of articles, most first.
type ValueCounts = Vec<(String, u64)>;

/// An index, opened for reading.
pub struct ArchiveReader {
    folder: PathBuf,
    pub(super) data: PathBuf,
    searcher: Searcher,
    fields: Fields,
    segments: OpenSegments,
    languages: OnceLock<Vec<Language>>,
    families: OnceLock<Families>,
    payload: Payload,
    aliases: Aliases,
    alias_faults: Vec<Fault>,
    /// What texts mean by those.
    values: KnownValues,
}

impl ArchiveReader {
    /// Opens the index in `folder`. Never waits for a writer, and never writes.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let mut tries = 0;
        let mut archive = loop {
            match Self::open_once(folder) {
                // A rebuild put another data folder in place between two of our steps.
                Err(Error::Engine { .. } | Error::Read { .. }) if tries < 3 => tries += 1,
                outcome => break outcome?,
            }
        };
        archive.alias_faults = archive.aliases.add(&AliasFile::read(&aliases_path(folder))?);
        Ok(archive)
    }

    /// Whether there is an index in `folder`.
    pub fn exists(folder: &Path) -> bool {
        matches!(Layout::new(folder).read_header(), Ok(Some(_)) | Err(_))
    }

    fn open_once(folder: &Path) -> Result<Self, Error> {
        let layout = Layout::new(folder);
        let header =
            layout.read_header()?.ok_or_else(|| Error::NoIndex { path: folder.to_owned() })?;
        layout.check(&header)?;
        let wrap = |error| engine_error(folder, error);
        let disk = Disk::open(&layout.segments(&header.data), Purpose::Search);
        let disk = disk.map_err(|error| wrap(error.into()))?;
        let mut index = Index::open(disk).map_err(wrap)?;
        index.set_tokenizers(schema::tokenizers());
        let payload = read_payload(folder, index.load_metas().map_err(wrap)?.payload.as_deref())?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let searcher = reader.map_err(wrap)?.searcher();
        let (_, fields) = Fields::schema();
        let data = layout.data(&header.data);
        let (aliases, alias_faults) = (Aliases::known(), Vec::new());
        let folder = folder.to_owned();
        let (languages, families, values) = Default::default();
        let segments = OpenSegments::of(&searcher);
        Ok(Self {
            folder,
            data,
            searcher,
            fields,
            segments,
            languages,
            families,
            payload,
            aliases,
            alias_faults,
            values,
        })
    }

    /// The names that mean one person, organisation or place: what is known, and what the file
    /// beside the index says.
    pub fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// What those in `cluster` are called: as the file has it, else as most articles do. Articles
    /// that were deleted count until they are merged away.
    pub(crate) fn usual_name(&self, cluster: &Cluster) -> Result<String, Error> {
        let field = self.fields.entity(cluster.kind).name;
        let mut articles = Vec::with_capacity(cluster.names.len());
        for alias in &cluster.names {
            let term = Term::from_field_text(field, &alias.key);
            articles.push(self.searcher.doc_freq(&term).map_err(self.engine_error())?);
        }
        let articles = cluster.names.iter().zip(articles);
        let of = |alias: &Alias| articles.clone().find(|(it, _)| *it == alias).map_or(0, |it| it.1);
        Ok(cluster.usual(of).text.clone())
    }

    /// The lines of that file that were passed over.
    pub fn alias_faults(&self) -> &[Fault] {
        &self.alias_faults
    }

    /// Has questions and facets take names as `aliases` say.
    pub fn set_aliases(&mut self, aliases: Aliases) {
        self.aliases = aliases;
        self.values = KnownValues::default();
    }

    /// What the texts of the columns mean, as far as questions have met them.
    pub(crate) fn known_values(&self) -> &KnownValues {
        &self.values
    }

    /// The generation that is read.
    pub fn generation(&self) -> u64 {
        self.payload.generation
    }

    /// How many articles there are.
    pub fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    /// What is open of the segments.
    pub(crate) fn segments(&self) -> &OpenSegments {
        &self.segments
    }

    /// Which articles are copies of one another. Opened when it is first asked for; costs nothing
    /// in proportion to the archive.
    pub fn families(&self) -> Result<&Families, Error> {
        if let Some(families) = self.families.get() {
            return Ok(families);
        }
        let opened = match families::open(&self.data) {
            // A later commit has put other files in its place.
            Err(Error::Read { .. }) => families::open(&Self::open(&self.folder)?.data),
            outcome => outcome,
        }?;
        Ok(self.families.get_or_init(|| opened))
    }

    /// Where the article with exactly this id stands.
    pub(crate) fn address_of(&self, id: ArticleId) -> Result<Option<DocAddress>, Error> {
        let term = Term::from_field_u64(self.fields.id, id.0);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector).map_err(self.engine_error())?;
        Ok(found.into_iter().next())
    }

    /// Every article with the number that those of its family have in common.
    pub fn family_of_each(&self, level: Likeness) -> Result<Vec<(ArticleId, u64)>, Error> {
        let families = self.families()?;
        let mut found = Vec::new();
        for reader in self.searcher.segment_readers() {
            let columns = reader.fast_fields();
            let ids = columns.u64("id").map_err(self.engine_error())?;
            let numbers = columns.u64("number").map_err(self.engine_error())?;
            found.extend(reader.doc_ids_alive().filter_map(|doc| {
                let family = families.family(level, numbers.first(doc)?);
                Some((ArticleId(ids.first(doc)?), family))
            }));
        }
        Ok(found)
    }

    /// The number of the article at an address, by which its family is known.
    pub(crate) fn number_at(&self, address: DocAddress) -> Result<u64, Error> {
        let reader = self.searcher.segment_reader(address.segment_ord);
        let numbers = self.segments.numbers(reader, Numbers::Number);
        let numbers = numbers.map_err(self.engine_error())?;
        Ok(numbers.first(address.doc_id).unwrap_or(u64::MAX))
    }

    /// Where the articles with these numbers stand; those that are gone are left out. Looks through
    /// the numbers of all articles.
    pub(crate) fn addresses_of(&self, numbers: &BTreeSet<u64>) -> Result<Vec<DocAddress>, Error> {
        let mut found = Vec::with_capacity(numbers.len());
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let column = self.segments.numbers(reader, Numbers::Number);
            let column = column.map_err(self.engine_error())?;
            let is_meant = |doc| column.first(doc).is_some_and(|it| numbers.contains(&it));
            let docs = reader.doc_ids_alive().filter(|&doc| is_meant(doc));
            found.extend(docs.map(|doc| DocAddress::new(segment, doc)));
        }
        Ok(found)
    }

    /// The languages that the articles are written in, the one of most articles first.
    pub(crate) fn languages(&self) -> Result<&[Language], Error> {
        if let Some(languages) = self.languages.get() {
            return Ok(languages);
        }
        let found = self.find_languages()?;
        Ok(self.languages.get_or_init(|| found))
    }

    fn find_languages(&self) -> Result<Vec<Language>, Error> {
        let mut languages = Vec::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.lang).map_err(self.engine_error())?;
            let mut terms = index
                .terms()
                .stream()
                .map_err(|error| self.engine_error()(tantivy::TantivyError::from(error)))?;
            while terms.advance() {
                let code = std::str::from_utf8(terms.key()).ok().and_then(Language::new);
                languages.extend(code.filter(|code| !languages.contains(code)));
            }
        }
        languages.sort_by_cached_key(|&language| {
            let term = Term::from_field_text(self.fields.lang, language.as_str());
            (Reverse(self.searcher.doc_freq(&term).unwrap_or(0)), language)
        });
        Ok(languages)
    }

    /// For `map_err`: an error of the engine on this index.
    pub(crate) fn engine_error(&self) -> impl Fn(tantivy::TantivyError) -> Error {
        let folder = self.folder.clone();
        move |error| engine_error(&folder, error)
    }

    /// The stored article at an address, in some detail.
    pub(crate) fn article_at(
        &self,
        address: DocAddress,
        detail: Detail,
    ) -> Result<ArticleRecord, Error> {
        let stored: StoredArticle = self.searcher.doc(address).map_err(self.engine_error())?;
        stored.record(detail).ok_or_else(|| Error::Damaged {
            path: self.folder.clone(),
            detail: "a stored article cannot be read".into(),
        })
    }

    /// The articles with this id, the start of an id, or this path.
    pub fn find(&self, wanted: &str) -> Result<Vec<ArticleRecord>, Error> {
        let mut found = self.find_id(wanted)?;
        if found.is_empty() {
            found = self.find_path(&super::roots::label(Path::new(wanted)))?;
        }
        if found.is_empty() {
            return Err(Error::NoSuchArticle { wanted: wanted.to_owned() });
        }
        found.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
        Ok(found)
    }

    /// The one article with this id, the start of an id, or this path.
    pub fn find_one(&self, wanted: &str) -> Result<ArticleRecord, Error> {
        let mut found = self.find(wanted)?;
        match (found.pop(), found.len()) {
            (Some(article), 0) => Ok(article),
            (_, others) => {
                Err(Error::SeveralArticles { wanted: wanted.to_owned(), count: others + 1 })
            }
        }
    }

    /// The ids of the articles that are named by their files and addresses, sorted.
    pub fn ids_named(&self, paths: &[PathBuf], urls: &[String]) -> Result<Vec<ArticleId>, Error> {
        let mut ids = Vec::new();
        for path in paths {
            ids.extend(self.ids_below(path)?);
        }
        for url in urls {
            ids.extend(self.ids_at(url)?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// The ids of the articles of a file, of all files below a folder, or of a member of an archive.
    fn ids_below(&self, path: &Path) -> Result<Vec<ArticleId>, Error> {
        let label = super::roots::label(path);
        let mut ids = Vec::new();
        for (source, entry) in self.manifest()? {
            if entry.articles > 0 && is_below(&source, &label) {
                let term = Term::from_field_u64(self.fields.source, source_key(&source));
                ids.extend(self.ids(&TermQuery::new(term, IndexRecordOption::Basic))?);
            }
        }
        if ids.is_empty() {
            let members = self.find_path(&label)?;
            ids.extend(members.iter().map(|article| ArticleId::new(&article.path, article.record)));
        }
        Ok(ids)
    }

    /// The ids of the articles at an address, however it is spelled.
    fn ids_at(&self, url: &str) -> Result<Vec<ArticleId>, Error> {
        let by_url = schema::url_term(self.fields, url);
        let by_identity = schema::identity_of(url)
            .map(|identity| Term::from_field_u64(self.fields.identity, identity));
        let mut ids = Vec::new();
        for term in std::iter::once(by_url).chain(by_identity) {
            ids.extend(self.ids(&TermQuery::new(term, IndexRecordOption::Basic))?);
        }
        Ok(ids)
    }

    /// The articles of a file, or of a member of an archive (`a.zip!/b.html`).
    fn find_path(&self, path: &str) -> Result<Vec<ArticleRecord>, Error> {
        let sources = path.match_indices('!').map(|(at, _)| &path[..at]);
        for source in std::iter::once(path).chain(sources) {
            let term = Term::from_field_u64(self.fields.source, source_key(source));
            let mut found = self.all(&TermQuery::new(term, IndexRecordOption::Basic))?;
            found.retain(|article| {
                let below = article.path.strip_prefix(path);
                below.is_some_and(|below| below.is_empty() || below.starts_with('!'))
            });
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn find_id(&self, start: &str) -> Result<Vec<ArticleRecord>, Error> {
        if start.len() < 4 || start.len() > ID_LENGTH || !start.is_ascii() {
            return Ok(Vec::new());
        }
        let bound = |fill: &str| format!("{start}{}", fill.repeat(ID_LENGTH - start.len()));
        let (Ok(first), Ok(last)) =
            (bound("0").parse::<ArticleId>(), bound("z").parse::<ArticleId>())
        else {
            return Ok(Vec::new());
        };
        let term = |id: ArticleId| Term::from_field_u64(self.fields.id, id.0);
        let query = RangeQuery::new(Bound::Included(term(first)), Bound::Included(term(last)));
        let found = self.all(&query)?;
        if found.len() > 1 {
            return Err(Error::AmbiguousId { wanted: start.to_owned(), count: found.len() });
        }
        Ok(found)
    }

    /// The article with exactly this id.
    pub(super) fn article(&self, id: ArticleId) -> Result<Option<ArticleRecord>, Error> {
        let term = Term::from_field_u64(self.fields.id, id.0);
        Ok(self.all(&TermQuery::new(term, IndexRecordOption::Basic))?.into_iter().next())
    }

    /// The ids of all articles that match, sorted.
    pub(crate) fn ids(&self, query: &dyn tantivy::query::Query) -> Result<Vec<ArticleId>, Error> {
        let addresses =
            self.searcher.search(query, &DocSetCollector).map_err(self.engine_error())?;
        let mut columns = Vec::new();
        for segment in self.searcher.segment_readers() {
            columns.push(segment.fast_fields().u64("id").map_err(self.engine_error())?);
        }
        let id = |address: DocAddress| {
            columns[address.segment_ord as usize].first(address.doc_id).map(ArticleId)
        };
        let mut ids: Vec<_> = addresses.into_iter().filter_map(id).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    fn all(&self, query: &dyn tantivy::query::Query) -> Result<Vec<ArticleRecord>, Error> {
        let addresses =
            self.searcher.search(query, &DocSetCollector).map_err(self.engine_error())?;
        let mut addresses: Vec<_> = addresses.into_iter().collect();
        addresses.sort_unstable();
        addresses.into_iter().map(|it| self.article_at(it, Detail::Whole)).collect()
    }

    /// The record of a web archive that an article was made from, header and block; `None` where
    /// it comes from none, or from one that is gone, changed, or lies within another file.
    pub fn warc_record(&self, article: &ArticleRecord) -> Option<Vec<u8>> {
        let path = super::roots::disk_path(&article.path, &self.payload.roots)?;
        // What cannot be read any more is as good as gone.
        let record = record_at(&path, article.offset).ok()??;
        let url = article.url.as_deref().unwrap_or_default().as_bytes();
        let is_of_page = record.windows(url.len().max(1)).any(|bytes| bytes == url);
        is_of_page.then_some(record)
    }

    /// Every input that gave no article, in the order of their paths.
    pub fn rejects(&self) -> Result<Vec<Reject>, Error> {
        let manifest = self.manifest()?;
        let rejects = manifest.into_iter().flat_map(|(path, entry)| {
            entry.rejects.into_iter().map(move |reject| Reject {
                path: format!("{path}{}", reject.member),
                record: reject.record,
                // A reason of a later build, which this one has no word for.
                reason: RejectReason::from_name(&reject.reason).unwrap_or(RejectReason::Internal),
                detail: reject.detail,
            })
        });
        Ok(rejects.collect())
    }

    fn manifest(&self) -> Result<Manifest, Error> {
        self.manifest_and_sites().map(|(manifest, _)| manifest)
    }

    pub(super) fn manifest_and_sites(&self) -> Result<(Manifest, Sites), Error> {
        match manifest::read(&self.data, &self.payload.manifest) {
            // Later commits have put other files in its place.
            Err(Error::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                let now = Self::open(&self.folder)?;
                manifest::read(&now.data, &now.payload.manifest)
            }
            outcome => outcome,
        }
    }

    /// What was indexed, and where it was.
    pub(super) fn known_roots(&self) -> &[KnownRoot] {
        &self.payload.roots
    }

    /// What the index holds.
    pub fn stats(&self) -> Result<Stats, Error> {
        let manifest = self.manifest()?;
        let mut rejects = BTreeMap::new();
        for (name, count) in manifest.values().flat_map(|entry| &entry.reject_counts) {
            let reason = RejectReason::from_name(name).unwrap_or(RejectReason::Internal);
            *rejects.entry(reason).or_default() += count;
        }
        let dated = ExistsQuery::new("published".into(), false);
        let dated = self.searcher.search(&dated, &Count).map_err(self.engine_error())? as u64;
        Ok(Stats {
            generation: self.payload.generation,
            articles: self.articles(),
            files: manifest.values().filter(|entry| entry.articles > 0).count() as u64,
            rejects,
            segments: self.searcher.segment_readers().len(),
            index_bytes: size_below(&self.data),
            dates: self.date_range()?,
            undated: self.articles() - dated,
            facets: self.facets()?,
        })
    }

    /// First and last day of publication.
    fn date_range(&self) -> Result<Option<(String, String)>, Error> {
        let mut range: Option<(i64, i64)> = None;
        for segment in self.searcher.segment_readers() {
            let column = segment.fast_fields().i64("published").map_err(self.engine_error())?;
            for doc in segment.doc_ids_alive() {
                if let Some(second) = column.first(doc) {
                    let (first, last) = range.unwrap_or((second, second));
                    range = Some((first.min(second), last.max(second)));
                }
            }
        }
        let day = |second| {
            chrono::DateTime::from_timestamp(second, 0).map(|time| time.format("%F").to_string())
        };
        Ok(range.and_then(|(first, last)| Some((day(first)?, day(last)?))))
    }

    /// How many articles have each value, for every field that is counted.
    fn facets(&self) -> Result<Vec<(String, ValueCounts)>, Error> {
        let columns = [
            ("tag", "tag"),
            ("about", "about"),
            ("lang", "lang"),
            ("publisher", "publisher"),
            ("person", "person"),
            ("org", "org"),
            ("place", "place"),
            ("date.src", "date_source"),
        ];
        columns
            .into_iter()
            .map(|(name, column)| Ok((name.to_owned(), self.count_values(column)?)))
            .collect()
    }

    /// The values of a column with their numbers of articles, most first; those without a value
    /// under the empty string.
    fn count_values(&self, name: &str) -> Result<ValueCounts, Error> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let column = segment.fast_fields().str(name).map_err(self.engine_error())?;
            let mut of_value: BTreeMap<u64, u64> = BTreeMap::new();
            let mut without = 0;
            for doc in segment.doc_ids_alive() {
                let mut any = false;
                for value in column.iter().flat_map(|column| column.term_ords(doc)) {
                    *of_value.entry(value).or_default() += 1;
                    any = true;
                }
                without += u64::from(!any);
            }
            *counts.entry(String::new()).or_default() += without;
            for (value, count) in of_value {
                let mut text = String::new();
                if let Some(column) = &column {
                    column
                        .ord_to_str(value, &mut text)
                        .map_err(|error| self.engine_error()(tantivy::TantivyError::from(error)))?;
                }
                *counts.entry(text).or_default() += count;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().filter(|&(_, count)| count > 0).collect();
        counts.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
        counts.truncate(TOP_VALUES);
        Ok(counts)
    }
}

impl std::fmt::Debug for ArchiveReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArchiveReader").field("folder", &self.folder).finish_non_exhaustive()
    }
}
