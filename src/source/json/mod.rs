//! The records of JSON and JSONL files.
//!
//! A file is cut into records first, by [`lines`] or by [`elements`], and each record is parsed by
//! itself. So a file of any size is read in the memory of one record, a bad record costs only
//! itself, and every record's own bytes are known exactly.

mod elements;
mod lines;
mod record;
mod wrapper;

use std::borrow::Cow;
use std::io;

use serde_json::Value;

use self::elements::Elements;
pub(super) use self::elements::is_whole;
use self::lines::Lines;
use self::record::Kept;
use super::keys::{Fields, no_text};
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use super::{Content, Declared, KeyMap, Media, RawDocument, Window};
use crate::article::ArticleWarning;
use crate::record::SEALED;
use crate::reject::RejectReason;

/// The byte order mark of UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Largest record whose seal counts, in bytes.
const MOST_SEALED: usize = 1 << 20;

/// What is cut off a stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Piece<'a> {
    /// One record.
    Whole { offset: u64, bytes: &'a [u8], ending: Ending },
    /// A record over the limit.
    TooLarge { offset: u64 },
    /// The stream ends in a record that begins here, or where another one is due.
    CutShort { offset: u64 },
    /// A byte that has no place between records.
    Misplaced { offset: u64, byte: u8 },
}

/// How a record ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Ending {
    /// Where it should.
    Closed,
    /// Where the stream does.
    Open,
}

/// How records lie in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Layout {
    /// One on each line.
    Lines,
    /// In an array, or one after another.
    Values,
}

/// Cuts a stream by its layout.
enum Cutter<'a> {
    Lines(Lines<'a>),
    Values(Elements<'a>),
}

impl<'a> Cutter<'a> {
    fn new(layout: Layout, bytes: Window<'a>, limit: usize) -> Self {
        match layout {
            Layout::Lines => Self::Lines(Lines::new(bytes, limit)),
            Layout::Values => Self::Values(Elements::new(bytes, limit)),
        }
    }

    fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        match self {
            Self::Lines(lines) => lines.next(),
            Self::Values(elements) => elements.next(),
        }
    }
}

/// Hands over every record of `input`. `Err` says what ended the file before its time; the records
/// before that are handed over all the same.
pub(super) fn read(
    stream: Stream<'_>,
    layout: Layout,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    let (is_packed, limit, keys) = (!stream.is_raw(), records.limit(), records.keys());
    let mut cutter = Cutter::new(layout, stream.bytes, limit);
    while let Some(piece) = cutter.next().map_err(|error| fault(&error, is_packed))? {
        let record = match piece {
            Piece::Whole { offset, bytes, ending } => document(offset, bytes, keys, records)
                .map_err(|fault| fault.explain(offset, ending)),
            Piece::TooLarge { offset } => Err((
                RejectReason::TooLarge,
                format!("the record at byte {offset} is larger than {limit} bytes"),
            )),
            Piece::CutShort { offset } => Err((
                RejectReason::CutShort,
                format!("the file ends in the record at byte {offset}"),
            )),
            Piece::Misplaced { offset, byte } => {
                let byte = char::from(byte).escape_default();
                let detail = format!("`{byte}` at byte {offset} is where a record should begin");
                return Err((RejectReason::BadJson, detail));
            }
        };
        if records.hand_over(record).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    if records.is_untouched() {
        return Err((RejectReason::Empty, "it holds no record".into()));
    }
    Ok(Flow::Continue(()))
}

/// Why a record gives no document.
enum Unusable {
    Parse(serde_json::Error),
    Keys(Fault),
}

impl Unusable {
    /// The reject for a record that begins at `offset`.
    fn explain(self, offset: u64, ending: Ending) -> Fault {
        match self {
            Self::Parse(error) if error.is_eof() && ending == Ending::Open => {
                (RejectReason::CutShort, format!("the file ends in the record at byte {offset}"))
            }
            Self::Parse(error) => {
                // Lines are counted from the record's start, so where there is one they say nothing.
                let detail = error.to_string().replace(" line 1 column ", " its byte ");
                (RejectReason::BadJson, format!("the record at byte {offset}: {detail}"))
            }
            Self::Keys(fault) => fault,
        }
    }
}

/// Builds the document of the record in `bytes`.
fn document(
    offset: u64,
    bytes: &[u8],
    keys: &KeyMap,
    records: &Records<'_>,
) -> Result<RawDocument, Unusable> {
    // Checking first takes a fraction of what looking for faults does, and there are hardly any.
    let (text, warnings) = match str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Vec::new()),
        Err(_) => (String::from_utf8_lossy(bytes), vec![ArticleWarning::MalformedText]),
    };
    if is_sealed(&text, keys) {
        return Ok(RawDocument {
            locator: records.locate(offset, bytes),
            source_id: None,
            media: Media::Text,
            content: Content::Record(text.into_owned()),
            charset: None,
            declared: Declared::default(),
            warnings,
        });
    }
    let value = record::parse(&text, Kept::Needed(keys)).map_err(Unusable::Parse)?;
    let Value::Object(object) = value else {
        let detail = format!("the record is {}, not an object", kind(&value));
        return Err(Unusable::Keys((RejectReason::NoTextKey, detail)));
    };
    let Some(Fields { id, media, text, declared }) = keys.read(&object) else {
        let all = record::parse(&text, Kept::Keys).map_err(Unusable::Parse)?;
        return Err(Unusable::Keys(no_text(all.as_object().unwrap_or(&object))));
    };
    Ok(RawDocument {
        locator: records.locate(offset, bytes),
        source_id: id,
        media,
        content: Content::Decoded(text),
        charset: None,
        declared,
        warnings,
    })
}

/// Whether the record is one that need not be looked into here. Large ones are, as memory for taking
/// them apart may be short, and half a record is none; so are all where keys were mapped by hand.
fn is_sealed(text: &str, keys: &KeyMap) -> bool {
    text.starts_with(SEALED) && text.len() <= MOST_SEALED && !keys.has_overrides()
}

/// What a JSON value is called.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests;
