//! What an archive is made of, for who draws questions from it.

use std::collections::BinaryHeap;

use tantivy::DocAddress;
use tantivy::TantivyError;
use tantivy::termdict::TermMerger;

use crate::article::ArticleId;
use crate::error::Error;
use crate::index::ArchiveReader;
use crate::record::{ArticleRecord, Detail};

/// Hands every word of titles and bodies to `emit`, folded and in the order of its bytes, with the
/// number of articles that have it in this form. Articles that were deleted count until they are
/// merged away.
pub fn words(archive: &ArchiveReader, mut emit: impl FnMut(&str, u64)) -> Result<(), Error> {
    let field = archive.fields().text_word;
    let mut indexes = Vec::new();
    for segment in archive.searcher().segment_readers() {
        indexes.push(segment.inverted_index(field).map_err(archive.engine_error())?);
    }
    let mut streams = Vec::with_capacity(indexes.len());
    for index in &indexes {
        let stream = index.terms().stream().map_err(TantivyError::from);
        streams.push(stream.map_err(archive.engine_error())?);
    }
    let mut merged = TermMerger::new(streams);
    while merged.advance() {
        let infos = merged.current_segment_ords_and_term_infos();
        let articles = infos.map(|(_, info)| u64::from(info.doc_freq)).sum();
        if let Ok(word) = std::str::from_utf8(merged.key()) {
            emit(word, articles);
        }
    }
    Ok(())
}

/// The articles whose ids have the smallest keys, that of the smallest first: a sample that depends
/// neither on segments nor on the order of writing.
pub fn sample(
    archive: &ArchiveReader,
    limit: usize,
    key: impl Fn(ArticleId) -> u64,
) -> Result<Vec<ArticleRecord>, Error> {
    let mut smallest: BinaryHeap<(u64, u64, DocAddress)> = BinaryHeap::new();
    for (segment, reader) in (0..).zip(archive.searcher().segment_readers()) {
        let ids = reader.fast_fields().u64("id").map_err(archive.engine_error())?;
        for doc in reader.doc_ids_alive() {
            let Some(id) = ids.first(doc) else { continue };
            smallest.push((key(ArticleId(id)), id, DocAddress::new(segment, doc)));
            if smallest.len() > limit {
                smallest.pop();
            }
        }
    }
    let sorted = smallest.into_sorted_vec().into_iter();
    sorted.map(|(.., address)| archive.article_at(address, Detail::Whole)).collect()
}
