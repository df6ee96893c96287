//! Deletes articles by hand, for good.

use std::path::Path;

use super::deleted::{Tombstone, place, reject};
use super::layout::Layout;
use super::memory::Shares;
use super::reader::ArchiveReader;
use super::writer::Writer;
use crate::article::ArticleId;
use crate::error::Error;
use crate::record::ArticleRecord;

/// How many of the deleted articles a report names.
const NAMED: usize = 10;

/// What was deleted, or would be.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteReport {
    /// How many articles.
    pub articles: u64,
    /// The first of them.
    pub first: Vec<ArticleRecord>,
    /// Whether they are only named.
    pub dry_run: bool,
    /// Articles in the index now.
    pub articles_left: u64,
}

/// Deletes the articles that `choose` finds in the index in `folder`; with `dry_run` only says
/// which. They stay deleted when their sources are read again.
pub fn delete(
    folder: &Path,
    dry_run: bool,
    choose: impl FnOnce(&ArchiveReader) -> Result<Vec<ArticleId>, Error>,
) -> Result<DeleteReport, Error> {
    if Layout::new(folder).read_header()?.is_none() {
        return Err(Error::NoIndex { path: folder.to_owned() });
    }
    let mut writer =
        if dry_run { None } else { Some(Writer::open(folder, false, Shares::of(0), 1)?) };
    // Opened second: nobody else writes from here on.
    let archive = ArchiveReader::open(folder)?;
    let ids = choose(&archive)?;
    let articles = ids.len() as u64;
    let mut first = Vec::new();
    for id in ids {
        if dry_run && first.len() >= NAMED {
            break;
        }
        let Some(article) = archive.article(id)? else { continue };
        if let Some(writer) = &mut writer {
            delete_one(writer, id, &article);
        }
        if first.len() < NAMED {
            first.push(article);
        }
    }
    let left = archive.articles().saturating_sub(if dry_run { 0 } else { articles });
    if let Some(mut writer) = writer {
        if writer.has_changes() {
            writer.commit()?;
        }
        writer.finish()?;
    }
    Ok(DeleteReport { articles, first, dry_run, articles_left: left })
}

fn delete_one(writer: &mut Writer, id: ArticleId, article: &ArticleRecord) {
    writer.remove_article(id);
    let source = source_of(&article.path, writer);
    let entry = writer.change(&source);
    entry.articles = entry.articles.saturating_sub(1);
    entry.deleted.insert(place(article, &source), Tombstone::of(article));
    entry.add_reject(&source, &reject(article));
}

/// The file that the article at `path`, which may lie in an archive, was read from.
fn source_of(path: &str, writer: &Writer) -> String {
    let ends = path.rmatch_indices('!').map(|(at, _)| &path[..at]);
    let mut candidates = std::iter::once(path).chain(ends);
    candidates.find(|path| writer.entry(path).is_some()).unwrap_or(path).to_owned()
}
