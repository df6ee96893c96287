//! Yields the raw documents of one file.

use std::io::Read as _;
use std::ops::ControlFlow;

use super::format::{self, Format};
use super::input::Input;
use super::json::{self, Layout};
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use super::{Content, Declared, KeyMap, Media, Preprocessor, RawDocument, SourceFile};
use super::{mail, notes, sgml, table, tar, warc, xml, zip};
use crate::article::{ArticleWarning, Sha256};
use crate::reject::{Reject, RejectReason};

/// How files are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Which key of a record holds what.
    pub keys: KeyMap,
    /// The largest article, in bytes as it lies in the (uncompressed) file. Of a longer page so
    /// much is read; a longer record is rejected.
    pub max_article_bytes: u64,
    /// What turns other files into text.
    pub preprocessor: Option<Preprocessor>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { keys: KeyMap::default(), max_article_bytes: 16 << 20, preprocessor: None }
    }
}

/// What reading a whole file showed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourceSummary {
    /// Bytes read from the disk.
    pub bytes: u64,
    /// SHA-256 of those bytes.
    pub sha256: Sha256,
}

/// Whether reading goes on. It stops where the receiver of the documents says so.
pub(super) type Flow = ControlFlow<()>;

/// Reads `file`, handing over each record or what was wrong with it. Stops early, without a
/// summary worth keeping, when `emit` breaks. `Err` where nothing of the file could be used: then
/// `emit` was never called.
///
/// An archive is read member by member, down to [`MAX_DEPTH`](super::records::MAX_DEPTH) archives
/// in one another. Records are numbered from 0 as they lie in the innermost file. A record that
/// gives no document uses up its number, so that mending it does not change the ids of those after
/// it.
///
/// Holds one record in memory, of `max_article_bytes` at most, and what it is parsed into.
pub fn read(
    file: &SourceFile,
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<RawDocument, Reject>) -> ControlFlow<()>,
) -> Result<SourceSummary, Reject> {
    let reject =
        |(reason, detail)| Reject { path: file.path.clone(), record: None, reason, detail };
    let given = notes::read(file, &options.keys).map_err(reject)?;
    let input = Input::open(file, options.preprocessor.as_ref()).map_err(reject)?;
    let mut records = Records::of_file(file, given, options, input.budget(), emit);
    let outcome = read_stream(input.stream(), &mut records);
    let is_complete = outcome.as_ref().is_ok_and(ControlFlow::is_continue);
    let ended = input.end_preprocessor(is_complete);
    let outcome = outcome.and_then(|flow| ended.map(|()| flow));
    let flow = match outcome {
        Ok(flow) => flow,
        Err(fault) if records.is_untouched() => return Err(reject(fault)),
        Err(fault) => records.hand_over(Err(fault)),
    };
    // The digest is that of the whole file, wherever its last record ends.
    if flow.is_continue()
        && let Err(fault) = input.drain()
    {
        let _ = records.hand_over(Err(fault));
    }
    drop(records);
    Ok(input.summary())
}

/// Hands over every record of a stream: a file, or a member of an archive.
pub(super) fn read_stream(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    let mut stream = stream.unpacked(records.budget())?;
    let is_packed = !stream.is_raw();
    let head = stream.bytes.head(format::HEAD).map_err(|error| fault(&error, is_packed))?;
    match format::sniff(head, records.path())? {
        Format::Text => read_page(stream, Media::Text, records),
        Format::Html => read_page(stream, Media::Html, records),
        Format::Json => json::read(stream, Layout::Values, records),
        Format::JsonLines => json::read(stream, Layout::Lines, records),
        Format::Table(delimiter) => table::read(stream, delimiter, records),
        Format::Xml(kind) => xml::read(stream, kind, records),
        Format::Sgml(kind) => sgml::read(stream, kind, records),
        Format::Mail(kind) => mail::read(stream, kind, records),
        Format::Warc => warc::read(stream, records),
        Format::Arc => warc::read_arc(stream, records),
        Format::Tar => read_archive(tar::read, stream, records),
        Format::Zip => read_archive(zip::read, stream, records),
    }
}

/// Hands over the members of an archive; there must be one.
fn read_archive<'a>(
    read: fn(Stream<'a>, &mut Records<'_>) -> Result<Flow, Fault>,
    stream: Stream<'a>,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let flow = read(stream, records)?;
    if records.is_untouched() {
        return Err((RejectReason::Empty, "it holds no file".into()));
    }
    Ok(flow)
}

/// Hands over a stream that is one article.
fn read_page(
    mut stream: Stream<'_>,
    media: Media,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let limit = records.limit();
    let mut page = Vec::new();
    let one_more = limit as u64 + 1;
    let outcome = (&mut stream.bytes).take(one_more).read_to_end(&mut page);
    let mut warnings = Vec::new();
    if let Err(error) = outcome {
        let fault = stream.fault(&error);
        // What was unpacked up to the damage is part of the page.
        if fault.0 != RejectReason::BadArchive || page.trim_ascii().is_empty() {
            return Err(fault);
        }
        warnings.push(ArticleWarning::Truncated);
    }
    if page.len() > limit {
        page.truncate(limit);
        warnings.push(ArticleWarning::Truncated);
    }
    if page.trim_ascii().is_empty() {
        return Err((RejectReason::Empty, "white space alone".into()));
    }
    Ok(records.hand_over(Ok(RawDocument {
        locator: records.locate(0, &page),
        source_id: None,
        media,
        content: Content::Encoded(page),
        charset: None,
        declared: Declared::default(),
        warnings,
    })))
}
