//! The engine alone: what indexing is measured against.

use std::path::Path;

use crossbeam_channel::{Receiver, bounded};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexSettings, IndexWriter};

use super::engine::{engine_error, merge_policy, settings, writer_options};
use super::memory::Shares;
use crate::error::Error;
use crate::record::ArticleRecord;
use crate::schema::{self, Documents, Fields};

/// How articles lie in a segment.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Arrangement {
    /// The newest first, as in an archive.
    ByDate,
    /// In the order in which they came, to tell what the other costs.
    AsTheyCame,
}

/// Writes articles, a JSON record a line, with nothing but the engine: set up as for an indexing run,
/// one commit, and neither cleaning nor names nor a manifest. Lines that are no record are passed
/// over. Returns the number of articles.
pub fn write_bare<'a>(
    folder: &Path,
    lines: impl Iterator<Item = &'a str>,
    arrangement: Arrangement,
    threads: usize,
    memory: u64,
) -> Result<u64, Error> {
    let wrap = |error| engine_error(folder, error);
    let (engine_schema, fields) = Fields::schema();
    let directory = MmapDirectory::open(folder).map_err(|error| wrap(error.into()))?;
    let settings = match arrangement {
        Arrangement::ByDate => settings(),
        Arrangement::AsTheyCame => IndexSettings { sort_by_field: None, ..settings() },
    };
    let index = Index::builder()
        .schema(engine_schema)
        .settings(settings)
        .tokenizers(schema::tokenizers())
        .open_or_create(directory)
        .map_err(wrap)?;
    let mut engine: IndexWriter =
        index.writer_with_options(writer_options(Shares::of(memory), threads)).map_err(wrap)?;
    engine.set_merge_policy(Box::new(merge_policy()));
    let (to_threads, for_threads) = bounded::<&str>(4 * threads);
    let added = std::thread::scope(|scope| {
        let add = |lines: Receiver<&'a str>| add_all(&engine, fields, lines);
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let lines = for_threads.clone();
                scope.spawn(move || add(lines))
            })
            .collect();
        drop(for_threads);
        for line in lines {
            if to_threads.send(line).is_err() {
                break;
            }
        }
        drop(to_threads);
        workers.into_iter().filter_map(|worker| worker.join().ok()).sum::<tantivy::Result<u64>>()
    });
    let added = added.map_err(wrap)?;
    engine.commit().map_err(wrap)?;
    engine.wait_merging_threads().map_err(wrap)?;
    Ok(added)
}

fn add_all(engine: &IndexWriter, fields: Fields, lines: Receiver<&str>) -> tantivy::Result<u64> {
    let mut documents = Documents::new(fields);
    let mut added = 0;
    for line in lines {
        if let Ok(article) = serde_json::from_str::<ArticleRecord>(line) {
            engine.add_document(documents.document(&article, &article.path))?;
            added += 1;
        }
    }
    Ok(added)
}
