//! Why an operation stopped, and what the reader can do about it.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;

/// Why an operation on an archive stopped.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Error {
    #[error("cannot read `{}`", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write `{}`", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("there is no index at `{}`", path.display())]
    NoIndex { path: PathBuf },
    #[error("index `{}` has format {found}, this build reads {supported}", path.display())]
    IndexFormat { path: PathBuf, found: String, supported: String },
    #[error("index `{}` is damaged: {detail}", path.display())]
    Damaged { path: PathBuf, detail: String },
    #[error("index `{}` is being written by another process{}", path.display(), by(.holder.as_deref()))]
    Locked { path: PathBuf, holder: Option<String> },
    #[error("the search engine failed on index `{}`", path.display())]
    Engine { path: PathBuf, source: Box<TantivyError> },
    #[error("no article has the id or path `{wanted}`")]
    NoSuchArticle { wanted: String },
    #[error("`{wanted}` is the start of {count} ids")]
    AmbiguousId { wanted: String, count: usize },
    #[error("`{wanted}` holds {count} articles, and one is wanted")]
    SeveralArticles { wanted: String, count: usize },
    #[error("the cursor is of generation {of} of the index, which is at generation {now} now")]
    StaleCursor { of: u64, now: u64 },
    #[error("the cursor is of another question, or of another order of its hits")]
    ForeignCursor,
    #[error("that would be {buckets} buckets of a {bucket} each")]
    TooManyBuckets { bucket: &'static str, buckets: u64 },
    #[error("cannot read `{}`: {detail}", path.display())]
    BadFile { path: PathBuf, detail: String },
    #[error("nothing was measured: {detail}")]
    NotMeasured { detail: String },
}

fn by(holder: Option<&str>) -> String {
    holder.map(|holder| format!(" ({holder})")).unwrap_or_default()
}

impl Error {
    /// What the reader can do about it, in one line; printed after the error as `hint:`.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Write { source, .. } if is_disk_full(source) => Some(FULL.into()),
            Self::Read { .. }
            | Self::BadFile { .. }
            | Self::Write { .. }
            | Self::NotMeasured { .. } => None,
            Self::NoIndex { path } => {
                Some(format!("make one: `dateline index -i {} FOLDER`", path.display()))
            }
            Self::IndexFormat { path, .. } => Some(rebuild(path)),
            Self::Damaged { path, .. } => Some(verify(path)),
            Self::Locked { .. } => Some("wait for it to end, then try again".into()),
            Self::Engine { path, source } => match source.as_ref() {
                TantivyError::IoError(error) if is_disk_full(error) => Some(FULL.into()),
                TantivyError::OpenReadError(_) | TantivyError::IncompatibleIndex(_) => {
                    Some(verify(path))
                }
                _ => None,
            },
            Self::NoSuchArticle { .. } => Some("`dateline search -f ids QUERY` lists ids".into()),
            Self::AmbiguousId { .. } => Some("type more of it".into()),
            Self::SeveralArticles { wanted, .. } => {
                Some(format!("`dateline search -f ids 'path:\"{wanted}\"'` lists their ids"))
            }
            Self::StaleCursor { .. } => Some(
                "begin again without `--cursor`: places may have changed with the index".into(),
            ),
            Self::TooManyBuckets { .. } => {
                Some("take longer ones with `--bucket`, or fewer of them with `date:`".into())
            }
            Self::ForeignCursor => {
                Some("ask the question that printed it, with the same `--sort` and `--any`".into())
            }
        }
    }

    /// For `map_err`: a failure to read `path`.
    pub(crate) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }

    /// For `map_err`: a failure to write `path`.
    pub(crate) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }
}

fn rebuild(path: &Path) -> String {
    format!("build it anew: `dateline index --rebuild -i {} FOLDER`", path.display())
}

fn verify(path: &Path) -> String {
    format!("`dateline verify -i {}` says what is damaged and how to get back", path.display())
}

const FULL: &str = "the disk is full; nothing is lost: make room, then run the same command again";

fn is_disk_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
