//! What was not indexed, and why: every input that gives no article is named with a reason.

use crate::article::named_enum;

/// An input, or one record of it, that gave no article.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reject {
    /// Path of the file or folder, as it was given, with `/` between its parts.
    pub path: String,
    /// The record within the file, counting from 0; `None` where the whole file is meant.
    pub record: Option<u32>,
    /// Why, in one of a fixed set of words.
    pub reason: RejectReason,
    /// What exactly was wrong, for a reader: one line, lower case, no final period.
    pub detail: String,
}

named_enum! {
    /// Why an input gave no article.
    RejectReason {
        /// The file or folder cannot be opened or read.
        Unreadable = "unreadable",
        /// It was there when the folder was listed and is there no more.
        Vanished = "vanished",
        /// A chain of symbolic links that leads back to itself.
        LinkLoop = "link-loop",
        /// A pipe, socket or device.
        Special = "special-file",
        /// No bytes, or white space alone.
        Empty = "empty",
        /// Pictures, archives and other bytes that are no text.
        Binary = "binary",
        /// Text of a kind that is no article: style sheets, scripts, documentation.
        Unsupported = "unsupported",
        /// Larger than the limit for one article.
        TooLarge = "too-large",
        /// Not JSON where JSON was expected.
        BadJson = "bad-json",
        /// A damaged archive or compressed file; what could be unpacked of it is kept.
        BadArchive = "bad-archive",
        /// A damaged record of a table, feed, mailbox or web archive.
        BadRecord = "bad-record",
        /// Something that unpacks to many times its size, made to swamp its reader.
        Bomb = "bomb",
        /// Archives or elements in one another, deeper than anyone nests them in good faith.
        TooDeep = "too-deep",
        /// A member that is locked by a password.
        Encrypted = "encrypted",
        /// The program given by `--pre` failed on this file.
        Preprocessor = "preprocessor",
        /// The server answered with an error or a redirect, not with the page.
        HttpError = "http-error",
        /// A later capture of a page that had not changed; the page itself is another record.
        Revisit = "revisit",
        /// A file that belongs to a saved page: its pictures, frames and scripts.
        PagePart = "page-part",
        /// An older text of an article of which a newer one is kept.
        Superseded = "superseded",
        /// It was deleted by hand and stays so.
        Deleted = "deleted",
        /// The source itself took the article back.
        Withdrawn = "withdrawn",
        /// Cleaning took longer than the limit for one article.
        TooSlow = "too-slow",
        /// The file ends in the middle of a record; the records before it are kept.
        CutShort = "cut-short",
        /// A record without any key that holds a text.
        NoTextKey = "no-text-key",
        /// Nothing that could be an article is left after cleaning.
        NoArticle = "no-article",
        /// Dateline itself failed on this input: a fault to report.
        Internal = "internal-error",
    }
}
