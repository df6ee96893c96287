//! Records between tags: what feeds, wire formats in XML and SGML collections share.
//!
//! A stream is cut into records by the tags that open and close them ([`cut`]); each record is then
//! decoded by itself and becomes a small tree ([`tree`]), from which the format takes what it
//! knows. So a file of any size is read in the memory of one record, and a damaged record costs
//! only itself.
//!
//! Only what the document itself says is used: entities are never looked up elsewhere, and none
//! that it declares are expanded.

mod cut;
mod text;
mod tree;

use encoding_rs::{Encoding, UTF_8};

use self::cut::{Cutter, Piece};
pub(super) use self::text::{blocks, has_markup, has_words, plain, unwrapped};
pub(super) use self::tree::{Element, Node};
use super::charset::Charset;
use super::format::HEAD;
use super::keys::Fields;
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use super::{Content, Declared, Media, RawDocument};
use crate::reject::RejectReason;

/// A stream of elements, each of which is a record.
pub(super) struct Elements<'a> {
    cutter: Cutter<'a>,
    charset: Charset,
    /// The encoding that was taken off the whole stream.
    wide: Option<&'static Encoding>,
    /// What precedes the first record, as far as it lies in the head of the stream.
    prolog: String,
    is_packed: bool,
}

impl<'a> Elements<'a> {
    /// The elements of `stream` that have one of `names`; in the stream of what was given with it,
    /// as `records` knows.
    pub(super) fn open(
        stream: Stream<'a>,
        names: &'static [&'static str],
        records: &Records<'_>,
    ) -> Result<Self, Fault> {
        let is_packed = !stream.is_raw();
        let (mut stream, wide) = stream.narrowed()?;
        let head = stream.bytes.head(HEAD).map_err(|error| fault(&error, is_packed))?;
        let stated = records.charset().or_else(|| tree::declared_encoding(head));
        // What declares a wide encoding in bytes that are narrow was converted since.
        let stated = stated.filter(|encoding| wide.is_none() && encoding.is_ascii_compatible());
        let charset = Charset::of(head, stated);
        let prolog = charset.decode(&head[..cut::first(head, names)]).text;
        let cutter = Cutter::new(stream.bytes, names, records.limit());
        Ok(Self { cutter, charset, wide, prolog, is_packed })
    }

    /// What precedes the first record: an element without a name, which holds all of it. It is
    /// empty where it makes no sense, as the records are worth reading without it.
    pub(super) fn prolog(&self) -> Element {
        tree::parse(&self.prolog).unwrap_or_default()
    }

    /// Hands over every record, as `map` takes it from its element; `None` is a record that by
    /// its kind holds no article.
    pub(super) fn read(
        mut self,
        records: &mut Records<'_>,
        map: &dyn Fn(&Element) -> Result<Option<Fields>, Fault>,
    ) -> Result<Flow, Fault> {
        let (limit, mut is_empty) = (records.limit(), true);
        while let Some(piece) = self.cutter.next().map_err(|error| fault(&error, self.is_packed))? {
            is_empty = false;
            let outcome = match piece {
                Piece::Whole { offset, bytes } => {
                    document(offset, bytes, &self.charset, self.wide, records, map)
                }
                Piece::TooLarge { offset } => Err((
                    RejectReason::TooLarge,
                    format!("the record at byte {offset} is larger than {limit} bytes"),
                )),
                Piece::Unclosed { offset } => Err((
                    RejectReason::BadRecord,
                    format!("the record at byte {offset} has no end before the next begins"),
                )),
                Piece::CutShort { offset } => Err((
                    RejectReason::CutShort,
                    format!("the file ends in the record at byte {offset}"),
                )),
            };
            let Some(record) = outcome.transpose() else {
                records.pass_over();
                continue;
            };
            if records.hand_over(record).is_break() {
                return Ok(Flow::Break(()));
            }
        }
        if is_empty {
            return Err((RejectReason::Empty, "it holds no record".into()));
        }
        Ok(Flow::Continue(()))
    }
}

/// What a record says: a text, or a headline that stands for one.
pub(super) fn story(
    id: Option<String>,
    (media, text): (Media, String),
    declared: Declared,
) -> Result<Fields, Fault> {
    if has_words(&text) {
        return Ok(Fields { id, media, text, declared });
    }
    if declared.title.as_deref().is_none_or(|title| !has_words(title)) {
        let detail = "the record has neither a headline nor a text".to_owned();
        return Err((RejectReason::Empty, detail));
    }
    Ok(Fields { id, media: Media::Text, text: String::new(), declared })
}

/// A byline without the word that introduces it.
pub(super) fn author(byline: &str) -> Option<String> {
    let byline = plain(byline);
    let name = match byline.split_at_checked(3) {
        Some((by, name)) if by.eq_ignore_ascii_case("by ") => name,
        _ => &byline,
    };
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Builds the document of the record in `bytes`, which begin at `offset`.
fn document(
    offset: u64,
    bytes: &[u8],
    charset: &Charset,
    wide: Option<&'static Encoding>,
    records: &Records<'_>,
    map: &dyn Fn(&Element) -> Result<Option<Fields>, Fault>,
) -> Result<Option<RawDocument>, Fault> {
    let decoded = charset.decode(bytes);
    let root = tree::parse(&decoded.text)
        .map_err(|(reason, detail)| (reason, format!("the record at byte {offset}: {detail}")))?;
    let Some(element) = root.elements().next() else {
        return Err((RejectReason::BadRecord, format!("the record at byte {offset} has no tag")));
    };
    let Some(Fields { id, media, text, declared }) = map(element)? else { return Ok(None) };
    let encoding = wide.or_else(|| Encoding::for_label(decoded.charset.as_bytes()));
    Ok(Some(RawDocument {
        locator: records.locate(offset, bytes),
        source_id: id,
        media,
        content: Content::Decoded(text),
        charset: encoding.filter(|encoding| *encoding != UTF_8),
        declared,
        warnings: decoded.warnings,
    }))
}

#[cfg(test)]
mod tests;
