//! From paths to raw documents: which files there are, and which articles lie in each.
//!
//! [`walk`] lists the files below the given paths in a fixed order; [`read`] yields the raw
//! documents of one file, one at a time, so that a file of any size is read in bounded memory.
//! Whatever cannot be read is a [`Reject`](crate::reject::Reject) and never stops the rest.

mod charset;
mod format;
mod gzip;
mod http;
mod input;
mod json;
mod keys;
mod mail;
mod markup;
mod notes;
mod preprocess;
mod read;
mod records;
mod sgml;
mod starts;
mod stream;
mod table;
mod tar;
mod walk;
mod warc;
mod window;
mod xml;
mod zip;
mod zstd;

pub(crate) use format::{Utf32, utf_16, utf_32};
pub use keys::{Field, KeyMap, KeyMapError};
pub use preprocess::Preprocessor;
pub use read::{ReadOptions, SourceSummary, read};
pub use records::MAX_DEPTH;
pub use walk::{Found, GlobError, Globs, Root, SourceFile, WalkOptions, walk};
pub(crate) use warc::record_at;

use chrono::{DateTime, Utc};
use encoding_rs::Encoding;

use self::window::Window;
use crate::article::{ArticleWarning, Locator};

/// One record as it lies in a source, not yet decoded or cleaned.
#[derive(Clone, Debug, PartialEq)]
pub struct RawDocument {
    /// Where its bytes are.
    pub locator: Locator,
    /// The record's own id, where it has one.
    pub source_id: Option<String>,
    /// What kind of text it is.
    pub media: Media,
    /// The text.
    pub content: Content,
    /// For content that is still encoded, the encoding that the server stated; for content that is
    /// not, the one it was in, where that was not UTF-8.
    pub charset: Option<&'static Encoding>,
    /// What the source says about it, apart from the text itself.
    pub declared: Declared,
    /// What went wrong while reading it.
    pub warnings: Vec<ArticleWarning>,
}

/// What kind of text a raw document is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Media {
    /// Lines of text.
    Text,
    /// A page with markup.
    Html,
}

/// The text of a raw document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Content {
    /// In a character encoding that is still to be found.
    Encoded(Vec<u8>),
    /// Already Unicode, as in JSON.
    Decoded(String),
    /// The JSON of a [record](crate::record) with a seal: an article that was made before.
    Record(String),
}

impl Content {
    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Its bytes, in whatever encoding.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Encoded(bytes) => bytes,
            Self::Decoded(text) | Self::Record(text) => text.as_bytes(),
        }
    }
}

/// What the keys of a record say. A declared value beats anything that is found in the text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Article`, as written")]
pub struct Declared {
    pub title: Option<String>,
    pub date: Option<String>,
    pub tag: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub captured: Option<DateTime<Utc>>,
}

impl Declared {
    /// Takes from `other` what this one does not say.
    fn complete(&mut self, other: &Self) {
        let complete = |own: &mut Option<String>, other: &Option<String>| {
            if own.is_none() {
                own.clone_from(other);
            }
        };
        complete(&mut self.title, &other.title);
        complete(&mut self.date, &other.date);
        complete(&mut self.tag, &other.tag);
        complete(&mut self.url, &other.url);
        complete(&mut self.language, &other.language);
        complete(&mut self.author, &other.author);
        complete(&mut self.publisher, &other.publisher);
        self.captured = self.captured.or(other.captured);
    }
}

#[cfg(test)]
mod tests;
