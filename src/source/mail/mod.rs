//! Messages: newsletters, and pages that a browser saved as one (MHTML).
//!
//! Of a message the text is taken, the one with markup where it has both; attachments are not
//! looked into.

mod mailbox;

use std::io::Read as _;

use chrono::{DateTime, Utc};
use encoding_rs::Encoding;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    ContentType, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _,
};

use self::mailbox::{Mailbox, Piece};
use super::format::MailKind;
use super::read::Flow;
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use super::{Content, Declared, Media, RawDocument};
use crate::reject::RejectReason;

/// Hands over every message.
pub(super) fn read(
    stream: Stream<'_>,
    kind: MailKind,
    records: &mut Records<'_>,
) -> Result<Flow, Fault> {
    match kind {
        MailKind::Message => read_message(stream, records),
        MailKind::Mailbox => read_mailbox(stream, records),
    }
}

fn read_message(mut stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    let limit = records.limit();
    let mut bytes = Vec::new();
    let outcome = (&mut stream.bytes).take(limit as u64 + 1).read_to_end(&mut bytes);
    outcome.map_err(|error| stream.fault(&error))?;
    if bytes.len() > limit {
        return Err((RejectReason::TooLarge, format!("it is larger than {limit} bytes")));
    }
    let document = document(0, &bytes, records)?;
    Ok(records.hand_over(Ok(document)))
}

fn read_mailbox(stream: Stream<'_>, records: &mut Records<'_>) -> Result<Flow, Fault> {
    let (is_packed, limit) = (!stream.is_raw(), records.limit());
    let mut mailbox = Mailbox::new(stream.bytes, limit);
    while let Some(piece) = mailbox.next().map_err(|error| fault(&error, is_packed))? {
        let message = match piece {
            Piece::Message { offset, bytes } => document(offset, bytes, records),
            Piece::TooLarge { offset } => Err((
                RejectReason::TooLarge,
                format!("the message at byte {offset} is larger than {limit} bytes"),
            )),
        };
        if records.hand_over(message).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    Ok(Flow::Continue(()))
}

/// The document of the message in `bytes`.
fn document(offset: u64, bytes: &[u8], records: &Records<'_>) -> Result<RawDocument, Fault> {
    let bad =
        |detail: &str| (RejectReason::BadRecord, format!("the message at byte {offset}: {detail}"));
    let message = MessageParser::default().parse(bytes).ok_or_else(|| bad("no header"))?;
    let html = message.html_bodies().find(|part| part.is_text_html());
    let text = message.text_bodies().find(|part| part.is_text() && !part.is_text_html());
    let (media, part) = match (html, text) {
        (Some(part), _) => (Media::Html, part),
        (None, Some(part)) => (Media::Text, part),
        (None, None) => return Err((RejectReason::NoTextKey, "a message without text".into())),
    };
    Ok(RawDocument {
        locator: records.locate(offset, bytes),
        source_id: message.message_id().map(str::to_owned),
        media,
        content: content(part, bytes),
        charset: part.content_type().and_then(charset),
        declared: declared(&message, part.content_location()),
        warnings: Vec::new(),
    })
}

/// The text of a part of the message in `message`. The crate takes text for UTF-8 where the header
/// of the part names no encoding, as in pages that Chromium saved: where that fails, the bytes are
/// left to be decoded by what the page declares.
fn content(part: &MessagePart<'_>, message: &[u8]) -> Content {
    let text = part.text_contents().unwrap_or_default();
    if text.contains(char::REPLACEMENT_CHARACTER)
        && let Some(bytes) = encoded(part, message)
    {
        return Content::Encoded(bytes);
    }
    Content::Decoded(text.to_owned())
}

/// The bytes of a part of the message in `message`, with the encoding of their transport taken off.
fn encoded(part: &MessagePart<'_>, message: &[u8]) -> Option<Vec<u8>> {
    let bytes = message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        mail_parser::Encoding::None => Some(bytes.to_owned()),
        mail_parser::Encoding::QuotedPrintable => quoted_printable_decode(bytes),
        mail_parser::Encoding::Base64 => base64_decode(bytes),
    }
}

/// The encoding that the header of a part names.
fn charset(kind: &ContentType<'_>) -> Option<&'static Encoding> {
    Encoding::for_label(kind.attribute("charset")?.as_bytes())
}

/// What the header says. That of a saved page tells when and where it was saved; that of a
/// newsletter, who published it and when.
fn declared(message: &Message<'_>, location: Option<&str>) -> Declared {
    let saved_from = header(message, "Snapshot-Content-Location").or_else(|| {
        let is_page = message
            .content_type()
            .is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("related"));
        location.filter(|_| is_page).map(str::to_owned)
    });
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    if let Some(url) = saved_from.filter(|url| url.contains("://")) {
        let captured = date.and_then(|date| DateTime::parse_from_rfc3339(&date).ok());
        let captured = captured.map(|time| time.with_timezone(&Utc));
        return Declared { url: Some(url), captured, ..Declared::default() };
    }
    let sender = message.from().and_then(|from| from.first());
    let publisher = sender.and_then(|sender| sender.name.as_deref().or(sender.address()));
    Declared {
        title: message.subject().map(str::to_owned),
        date,
        publisher: publisher.map(str::to_owned),
        url: header(message, "Archived-At").map(|url| url.trim_matches(['<', '>']).to_owned()),
        language: header(message, "Content-Language"),
        ..Declared::default()
    }
}

fn header(message: &Message<'_>, name: &str) -> Option<String> {
    match message.header(name)? {
        HeaderValue::Text(text) => Some(text.trim().to_owned()),
        HeaderValue::TextList(texts) => texts.first().map(|text| text.trim().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
