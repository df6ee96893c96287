//! Yields the raw documents of one file.

use std::io::{self, Read as _};
use std::ops::ControlFlow;

use super::format::{self, Format};
use super::input::{Fault, Input, Unpacked};
use super::json::{self, Layout};
use super::{Content, Declared, KeyMap, Media, RawDocument, SourceFile};
use crate::article::{Locator, Sha256};
use crate::reject::{Reject, RejectReason};

/// How files are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Which key of a record holds what.
    pub keys: KeyMap,
    /// The largest article, in bytes as it lies in the (uncompressed) file.
    pub max_article_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { keys: KeyMap::default(), max_article_bytes: 64 << 20 }
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

/// Reads `file`, handing over each record or what was wrong with it. Stops early, without a
/// summary worth keeping, when `emit` breaks. `Err` where nothing of the file could be used: then
/// `emit` was never called.
///
/// Records are numbered from 0 as they lie in the file. A record that gives no document uses up
/// its number, so that mending it does not change the ids of those after it.
///
/// Holds one record in memory, of `max_article_bytes` at most, and what it is parsed into.
pub fn read(
    file: &SourceFile,
    options: &ReadOptions,
    emit: &mut dyn FnMut(Result<RawDocument, Reject>) -> ControlFlow<()>,
) -> Result<SourceSummary, Reject> {
    let mut records = Records { path: &file.path, emit, next: 0 };
    let input = Input::open(file).map_err(|fault| reject(&file.path, None, fault))?;
    let outcome = input.unpacked().and_then(|bytes| read_all(bytes, file, options, &mut records));
    let flow = match outcome {
        Ok(flow) => flow,
        Err(fault) if records.is_untouched() => return Err(reject(&file.path, None, fault)),
        Err(fault) => records.hand_over(Err(fault)),
    };
    // The digest is that of the whole file, wherever its last record ends.
    if flow.is_continue()
        && let Err(fault) = input.drain()
    {
        let _ = records.hand_over(Err(fault));
    }
    Ok(input.summary())
}

fn reject(path: &str, record: Option<u32>, (reason, detail): Fault) -> Reject {
    Reject { path: path.to_owned(), record, reason, detail }
}

/// Hands over every record of a file's unpacked bytes.
fn read_all(
    mut input: Unpacked<'_>,
    file: &SourceFile,
    options: &ReadOptions,
    records: &mut Records<'_>,
) -> Result<ControlFlow<()>, Fault> {
    let layers = input.layers;
    let head = input.bytes.ahead(format::HEAD).map_err(|error| layers.fault(&error))?;
    let format = format::sniff(head, &file.path)?;
    let limit = usize::try_from(options.max_article_bytes).unwrap_or(usize::MAX);
    let keys = &options.keys;
    match format {
        Format::Text => read_page(input, Media::Text, limit, records),
        Format::Html => read_page(input, Media::Html, limit, records),
        Format::Json => json::read(input, Layout::Values, keys, limit, records),
        Format::JsonLines => json::read(input, Layout::Lines, keys, limit, records),
    }
}

/// Hands over a file that is one article.
fn read_page(
    input: Unpacked<'_>,
    media: Media,
    limit: usize,
    records: &mut Records<'_>,
) -> Result<ControlFlow<()>, Fault> {
    let Unpacked { bytes, layers } = input;
    let mut page = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    io::Read::take(bytes, one_more).read_to_end(&mut page).map_err(|error| layers.fault(&error))?;
    if page.len() > limit {
        return Err((RejectReason::TooLarge, format!("it is larger than {limit} bytes")));
    }
    if page.trim_ascii().is_empty() {
        return Err((RejectReason::Empty, "white space alone".into()));
    }
    Ok(records.hand_over(Ok(RawDocument {
        locator: records.locate(0, &page),
        source_id: None,
        media,
        content: Content::Encoded(page),
        declared: Declared::default(),
        warnings: Vec::new(),
    })))
}

/// Numbers the records of a file and hands them over.
pub(super) struct Records<'a> {
    path: &'a str,
    emit: &'a mut dyn FnMut(Result<RawDocument, Reject>) -> ControlFlow<()>,
    next: u32,
}

impl Records<'_> {
    /// Where the next record is: `bytes`, which begin at `offset`.
    pub(super) fn locate(&self, offset: u64, bytes: &[u8]) -> Locator {
        let path = self.path.to_owned();
        Locator { path, record: self.next, offset, sha256: Sha256::of(bytes) }
    }

    /// Hands over the next record, or why there is none.
    pub(super) fn hand_over(&mut self, record: Result<RawDocument, Fault>) -> ControlFlow<()> {
        let number = self.next;
        let flow = (self.emit)(record.map_err(|fault| reject(self.path, Some(number), fault)));
        match number.checked_add(1) {
            Some(next) => self.next = next,
            // Ids are made from the number: a file of four billion records ends here.
            None => return ControlFlow::Break(()),
        }
        flow
    }

    /// Whether nothing was handed over yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.next == 0
    }
}
