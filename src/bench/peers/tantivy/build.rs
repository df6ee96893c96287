//! The index of the engine alone: made once, in a folder of its own, and used again as long as the
//! archive holds the same.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tantivy::schema::{DateOptions, DateTimePrecision, FAST, Field, INDEXED, STORED, Schema, TEXT};
use tantivy::{DateTime, Index, IndexWriter, TantivyDocument, TantivyError};
use xxhash_rust::xxh3::Xxh3;

use super::Tantivy;
use crate::article::ArticleId;
use crate::error::Error;
use crate::fs::write_whole;
use crate::index::ArchiveReader;
use crate::query::Query;
use crate::record::ArticleRecord;
use crate::schema::published;
use crate::search::{Matching, ids};

/// Memory of the writer, in bytes. It has one thread, so that the order of the articles, and with
/// it that of equal scores, is the same each time.
const MEMORY: usize = 200_000_000;

/// The file that says which articles an index holds; written last, so that one without it was
/// never finished.
const MADE_OF: &str = "dateline-made-of";

/// The form of the index; another one is built anew.
const FORM: u32 = 1;

#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) title: Field,
    pub(super) body: Field,
    pub(super) date: Field,
}

impl Fields {
    fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let date = DateOptions::from(INDEXED | FAST | STORED);
        let fields = Self {
            id: builder.add_u64_field("id", FAST | STORED),
            title: builder.add_text_field("title", TEXT | STORED),
            body: builder.add_text_field("body", TEXT | STORED),
            date: builder.add_date_field("date", date.set_precision(DateTimePrecision::Seconds)),
        };
        (builder.build(), fields)
    }
}

impl<'a> Tantivy<'a> {
    /// The articles of `archive` in an index of their own in `folder`, in one segment, which is the
    /// engine's best. It is made where there is none or one of other articles; `progress` is told
    /// how many articles are written.
    ///
    /// An error if the folder holds anything else.
    pub fn open(
        archive: &'a ArchiveReader,
        folder: &Path,
        today: NaiveDate,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Self, Error> {
        let made_of = content(archive)?;
        let is_kept = fs::read_to_string(folder.join(MADE_OF)).is_ok_and(|it| it == made_of);
        if !is_kept {
            clear(folder)?;
            build(archive, folder, progress)?;
            let marker = folder.join(MADE_OF);
            write_whole(&marker, |file| file.write_all(made_of.as_bytes()))?;
        }
        let wrap = wrap(folder);
        let index = Index::open_in_dir(folder).map_err(&wrap)?;
        let searcher = index.reader().map_err(&wrap)?.searcher();
        Ok(Self { archive, index, searcher, fields: Fields::schema().1, today })
    }
}

fn wrap(folder: &Path) -> impl Fn(TantivyError) -> Error {
    let path = folder.to_owned();
    move |source| Error::Engine { path: path.clone(), source: Box::new(source) }
}

/// What an archive holds, as a line: its generation, its number of articles, and a digest of their
/// ids.
fn content(archive: &ArchiveReader) -> Result<String, Error> {
    let found = ids(archive, &Query::All, Matching::AllWords)?;
    let mut digest = Xxh3::new();
    for ArticleId(id) in found {
        digest.update(&id.to_le_bytes());
    }
    let (generation, articles) = (archive.generation(), archive.articles());
    Ok(format!("{FORM} {generation} {articles} {:016x}\n", digest.digest()))
}

/// Empties a folder that holds such an index, finished or not.
fn clear(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::writing(folder))?;
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::reading(folder))? {
        entries.push(entry.map_err(Error::reading(folder))?.path());
    }
    let is_ours = |name: &str| entries.iter().any(|path| path.ends_with(name));
    if !entries.is_empty() && !is_ours(MADE_OF) && !is_ours(BEGUN) {
        let detail = "it holds something else than an index of tantivy alone".to_owned();
        return Err(Error::BadFile { path: folder.to_owned(), detail });
    }
    // The mark of what was begun goes last, so that a stop on the way leaves it.
    entries.sort_by_key(|path| path.ends_with(BEGUN));
    for path in entries {
        fs::remove_file(&path).map_err(Error::writing(&path))?;
    }
    Ok(())
}

/// The file that says that an index is ours before it is finished.
const BEGUN: &str = "dateline-begun";

fn build(
    archive: &ArchiveReader,
    folder: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let wrap = wrap(folder);
    write_whole(&folder.join(BEGUN), |_| Ok(()))?;
    let (schema, fields) = Fields::schema();
    let index = Index::create_in_dir(folder, schema).map_err(&wrap)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY).map_err(&wrap)?;
    let mut written = 0;
    archive.each_article(|article| {
        writer.add_document(document(fields, &article)).map_err(&wrap)?;
        written += 1;
        progress(written);
        Ok(())
    })?;
    writer.commit().map_err(&wrap)?;
    let segments = index.searchable_segment_ids().map_err(&wrap)?;
    if segments.len() > 1 {
        writer.merge(&segments).wait().map_err(&wrap)?;
    }
    writer.garbage_collect_files().wait().map_err(&wrap)?;
    writer.wait_merging_threads().map_err(&wrap)
}

fn document(fields: Fields, article: &ArticleRecord) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let id = article.id.parse::<ArticleId>().map_or(0, |id| id.0);
    document.add_u64(fields.id, id);
    document.add_text(fields.title, &article.title);
    document.add_text(fields.body, &article.body);
    if let Some((first, _)) = published(article) {
        document.add_date(fields.date, DateTime::from_timestamp_secs(first));
    }
    document
}
