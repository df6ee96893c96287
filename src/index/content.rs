//! What an index holds, for those who compare figures of two.

use xxhash_rust::xxh3::Xxh3;

use super::compact::Extent;
use super::reader::ArchiveReader;
use crate::error::Error;
use crate::fs::size_below;

/// Which engine this is, with its version.
pub fn engine_version() -> String {
    tantivy::version_string().into()
}

impl ArchiveReader {
    /// How much the index takes.
    pub fn extent(&self) -> Extent {
        let segments = self.searcher().segment_readers();
        Extent {
            segments: segments.len() as u64,
            articles: self.articles(),
            deleted: segments.iter().map(|it| u64::from(it.num_deleted_docs())).sum(),
            manifest_files: 0,
            bytes: size_below(&self.data),
        }
    }

    /// A digest of what the index holds, whatever its segments and its generation: of the id, the
    /// length and the date of each article, in the order of ids, and of the digests of the sources.
    /// Texts are not read; two that differ have other sources, or another length, or were cleaned by
    /// another build, which answers tell.
    pub fn content(&self) -> Result<u64, Error> {
        let mut articles = Vec::new();
        for segment in self.searcher().segment_readers() {
            let columns = segment.fast_fields();
            let ids = columns.u64("id").map_err(self.engine_error())?;
            let lengths = columns.u64("length").map_err(self.engine_error())?;
            let days = columns.i64("published").map_err(self.engine_error())?;
            articles.extend(segment.doc_ids_alive().map(|doc| {
                (ids.first(doc).unwrap_or(0), lengths.first(doc).unwrap_or(0), days.first(doc))
            }));
        }
        articles.sort_unstable();
        let mut digest = Xxh3::new();
        for (id, length, day) in articles {
            digest.update(&id.to_le_bytes());
            digest.update(&length.to_le_bytes());
            digest.update(&day.unwrap_or(i64::MIN).to_le_bytes());
        }
        let (manifest, _) = self.manifest_and_sites()?;
        let sources = manifest.into_values().filter(|entry| entry.articles > 0);
        let mut sources: Vec<_> = sources.filter_map(|entry| entry.sha256).collect();
        sources.sort_unstable();
        digest.update(sources.concat().as_bytes());
        Ok(digest.digest())
    }
}
