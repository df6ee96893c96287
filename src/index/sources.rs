//! Where the articles of an index came from, and all of them one after the other.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;

use super::ArchiveReader;
use super::roots::disk_path;
use crate::error::Error;
use crate::record::{ArticleRecord, Detail};
use crate::schema::source_key;

/// A file that articles came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IndexedFile {
    /// What it is called in the paths of its articles.
    pub label: String,
    /// Where it was, if that is known.
    pub path: Option<PathBuf>,
    /// How many articles it gave.
    pub articles: u64,
}

impl ArchiveReader {
    /// The files that articles came from, in the order of their labels.
    pub fn indexed_files(&self) -> Result<Vec<IndexedFile>, Error> {
        let files = self.manifest_and_sites()?.0.into_iter();
        let files = files.filter(|(_, entry)| entry.articles > 0 && !entry.gone);
        let files = files.map(|(label, entry)| {
            let path = disk_path(&label, self.known_roots());
            IndexedFile { label, path, articles: entry.articles }
        });
        Ok(files.collect())
    }

    /// Hands over every article, in the order of the index, until `take` fails.
    pub fn each_article(
        &self,
        mut take: impl FnMut(ArticleRecord) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for (segment, reader) in (0..).zip(self.searcher().segment_readers()) {
            for doc in reader.doc_ids_alive() {
                take(self.article_at(DocAddress::new(segment, doc), Detail::Whole)?)?;
            }
        }
        Ok(())
    }

    /// The labels of the files with articles that match.
    pub(crate) fn files_with(
        &self,
        query: &dyn tantivy::query::Query,
    ) -> Result<BTreeSet<String>, Error> {
        let found = self.searcher().search(query, &DocSetCollector).map_err(self.engine_error())?;
        let mut columns = Vec::new();
        for segment in self.searcher().segment_readers() {
            columns.push(segment.fast_fields().u64("source").map_err(self.engine_error())?);
        }
        let files = self.indexed_files()?.into_iter();
        let labels: HashMap<u64, String> =
            files.map(|file| (source_key(&file.label), file.label)).collect();
        let label = |address: DocAddress| {
            let key = columns[address.segment_ord as usize].first(address.doc_id)?;
            labels.get(&key).cloned()
        };
        Ok(found.into_iter().filter_map(label).collect())
    }
}
