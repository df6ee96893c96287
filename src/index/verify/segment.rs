//! Looks at one segment of the engine: its files, then every article in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::directory::error::OpenReadError;
use tantivy::index::{SegmentComponent, SegmentMeta, SegmentReader};
use tantivy::{DocId, Index, TantivyError};

use super::{Finding, Problem};
use crate::article::ArticleId;
use crate::record::{ArticleRecord, Detail, seconds};
use crate::schema::{StoredArticle, order_of, published, source_key};

/// The files of a segment, without that of deleted articles.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Store,
];

/// What stands in a sound segment.
#[derive(Default)]
pub(super) struct Content {
    /// The id of each article with the key of its source.
    pub(super) ids: Vec<(u64, u64)>,
    /// How many articles each source has here, by its key.
    pub(super) counts: BTreeMap<u64, u64>,
    /// Sources that the manifest does not know, by their keys.
    pub(super) strays: BTreeMap<u64, String>,
    /// Sources with an article that disagrees with itself.
    pub(super) faulty: BTreeSet<String>,
    pub(super) findings: Vec<Finding>,
}

/// The files of a segment that are damaged or missing.
pub(super) fn check_files(index: &Index, meta: &SegmentMeta) -> Vec<Finding> {
    let deleted = meta.has_deletes().then_some(SegmentComponent::Delete);
    let components = COMPONENTS.into_iter().chain(deleted);
    components.filter_map(|component| check_file(index, &meta.relative_path(component))).collect()
}

fn check_file(index: &Index, path: &Path) -> Option<Finding> {
    let detail = match index.directory().validate_checksum(path) {
        Ok(true) => return None,
        Ok(false) => "its bytes are not those that were written".to_owned(),
        Err(OpenReadError::FileDoesNotExist(_)) => "the file is missing".to_owned(),
        Err(OpenReadError::IoError { io_error, .. }) => {
            format!("it is cut short, overwritten or cannot be read: {io_error}")
        }
        Err(error) => format!("it cannot be read: {error}"),
    };
    Some(Finding::new(Problem::Segment, path.to_string_lossy(), detail))
}

/// Looks at every article of a segment whose files are sound; `Err` says why it cannot be.
/// `known` are the sources of the manifest by their keys.
pub(super) fn read(
    index: &Index,
    meta: &SegmentMeta,
    known: &HashMap<u64, &str>,
) -> Result<Content, String> {
    // A list of segments that was tampered with leads the engine out of bounds.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let reader = SegmentReader::open(&index.segment(meta.clone()))?;
        Reading { known, content: Content::default() }.all(&reader, meta)
    }));
    match read {
        Ok(Ok(content)) => Ok(content),
        Ok(Err(error)) => Err(format!("its articles cannot be read: {error}")),
        Err(_) => Err("its files do not belong together".into()),
    }
}

/// The columns that repeat what an article says.
struct Columns {
    id: Column<u64>,
    source: Column<u64>,
    times: [(&'static str, Column<i64>); 4],
    order: Column<i64>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let time = |name| Ok::<_, TantivyError>((name, fast.i64(name)?));
        Ok(Self {
            id: fast.u64("id")?,
            source: fast.u64("source")?,
            times: [
                time("seen")?,
                time("first_seen")?,
                time("published")?,
                time("published_last")?,
            ],
            order: fast.i64("order")?,
        })
    }

    /// Whether no article lies behind an older one.
    fn are_in_order(&self, documents: DocId) -> bool {
        (1..documents).all(|doc| self.order.first(doc) <= self.order.first(doc - 1))
    }
}

struct Reading<'a> {
    known: &'a HashMap<u64, &'a str>,
    content: Content,
}

impl Reading<'_> {
    fn all(mut self, reader: &SegmentReader, meta: &SegmentMeta) -> tantivy::Result<Content> {
        let columns = Columns::open(reader)?;
        let alive = reader.doc_ids_alive().count();
        if columns.id.num_docs() != meta.max_doc() || alive != meta.num_docs() as usize {
            let detail = format!("{alive} are there, {} are listed", meta.num_docs());
            return Err(TantivyError::InternalError(detail));
        }
        if !columns.are_in_order(meta.max_doc()) {
            let detail = "they do not lie by their dates";
            return Err(TantivyError::InternalError(detail.into()));
        }
        let store = reader.get_store_reader(1)?;
        for number in reader.doc_ids_alive() {
            let stored: StoredArticle = store.get(number)?;
            let Some(article) = stored.record(Detail::Whole) else {
                let detail = format!("article {number} has not the form of one");
                return Err(TantivyError::InternalError(detail));
            };
            self.article(number, &article, &columns)?;
        }
        Ok(self.content)
    }

    fn article(
        &mut self,
        number: DocId,
        article: &ArticleRecord,
        columns: &Columns,
    ) -> tantivy::Result<()> {
        let key = columns.source.first(number).unwrap_or_default();
        let source = if let Some(source) = self.known.get(&key) {
            (*source).to_owned()
        } else if let Some(source) = source_of(&article.path, key) {
            self.content.strays.entry(key).or_insert(source).clone()
        } else {
            let detail = format!("article {number} names no source that it is of");
            return Err(TantivyError::InternalError(detail));
        };
        if let Some(detail) = disagreement(number, article, columns, &source) {
            let place = format!("{}#{}", article.path, article.record);
            self.content.findings.push(Finding::new(Problem::Article, place, detail));
            self.content.faulty.insert(source);
        }
        self.content.ids.push((columns.id.first(number).unwrap_or_default(), key));
        *self.content.counts.entry(key).or_default() += 1;
        Ok(())
    }
}

/// The source with this key that an article at `path` is of: the file, or an archive around it.
fn source_of(path: &str, key: u64) -> Option<String> {
    let ends = path.rmatch_indices('!').map(|(at, _)| &path[..at]);
    let mut candidates = std::iter::once(path).chain(ends);
    candidates.find(|path| source_key(path) == key).map(str::to_owned)
}

/// What an article and its columns say differently.
fn disagreement(
    number: DocId,
    article: &ArticleRecord,
    columns: &Columns,
    source: &str,
) -> Option<String> {
    let id = ArticleId::new(&article.path, article.record);
    if article.id != id.to_string() || columns.id.first(number) != Some(id.0) {
        return Some(format!("its id is {}, by its place it is {id}", article.id));
    }
    let below = article.path.strip_prefix(source);
    if !below.is_some_and(|below| below.is_empty() || below.starts_with('!')) {
        return Some(format!("it is listed as of `{source}`"));
    }
    let dates = published(article);
    let stated = [
        seconds(article.seen.as_deref()),
        seconds(article.first_seen.as_deref()),
        dates.map(|(first, _)| first),
        dates.map(|(_, last)| last),
    ];
    let order = Some(order_of(dates.map(|(first, _)| first)));
    let order = std::iter::once((("order", &columns.order), order));
    let times = columns.times.iter().map(|(name, column)| (*name, column)).zip(stated);
    let mut times = times.chain(order);
    let ((name, _), _) = times.find(|((_, column), stated)| column.first(number) != *stated)?;
    Some(format!("its time in the column `{name}` is another than it states"))
}
