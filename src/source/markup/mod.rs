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

use self::cut::{Cutter, Piece};
pub(super) use self::text::{blocks, has_markup, has_words, plain, unwrapped};
pub(super) use self::tree::{Element, Node};
use super::charset::Charset;
use super::format::HEAD;
use super::keys::Fields;
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use super::{Declared, Media};
use crate::reject::RejectReason;

/// Takes what a record says from its element; `None` where it is of a kind that holds no article.
pub(super) type Map<'m> = dyn Fn(&Element) -> Result<Option<Fields>, Fault> + 'm;

/// The records of a stream, each of which is an element.
pub(super) struct Elements<'a> {
    cutter: Cutter<'a>,
    charset: Charset,
    /// What precedes the first record, as far as it lies in the head of the stream.
    prolog: String,
    is_packed: bool,
}

impl<'a> Elements<'a> {
    /// The elements of `stream` that have one of `names`, in any case.
    pub(super) fn open(
        stream: Stream<'a>,
        names: &'static [&'static str],
        records: &Records<'_>,
    ) -> Result<Self, Fault> {
        let is_packed = !stream.is_raw();
        let (mut stream, charset) = Charset::of_stream(stream, records, tree::declared_encoding)?;
        let head = stream.bytes.head(HEAD).map_err(|error| fault(&error, is_packed))?;
        let prolog = charset.decode(&head[..cut::first(head, names)]).text;
        let cutter = Cutter::new(stream.bytes, names, records.limit());
        Ok(Self { cutter, charset, prolog, is_packed })
    }

    /// What precedes the first record: an element without a name, which holds all of it. It is
    /// empty where it makes no sense, as the records are worth reading without it.
    pub(super) fn prolog(&self) -> Element {
        tree::parse(&self.prolog).unwrap_or_default()
    }

    /// Hands over every record, as `map` takes it from its element.
    pub(super) fn read(mut self, records: &mut Records<'_>, map: &Map<'_>) -> Result<Flow, Fault> {
        let (limit, mut is_empty) = (records.limit(), true);
        while let Some(piece) = self.cutter.next().map_err(|error| fault(&error, self.is_packed))? {
            is_empty = false;
            let outcome = match piece {
                Piece::Whole { offset, bytes } => {
                    let read = |text: &str| fields(offset, text, map);
                    self.charset.document(offset, bytes, records, read)
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

/// What the record with this text says, as `map` takes it from its element.
fn fields(offset: u64, text: &str, map: &Map<'_>) -> Result<Option<Fields>, Fault> {
    let place = |(reason, detail)| (reason, format!("the record at byte {offset}: {detail}"));
    let root = tree::parse(text).map_err(place)?;
    match root.elements().next() {
        Some(element) => map(element),
        None => Err(place((RejectReason::BadRecord, "it has no tag".into()))),
    }
}

#[cfg(test)]
mod tests;
