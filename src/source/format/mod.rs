//! Which format a file is: by its first bytes, then by its name.
//!
//! Bytes come first because names of saved pages say little: `article.php?id=7` is HTML, and so is
//! the `.txt` that a scraper wrote without looking. The name decides where bytes cannot, and it
//! rules out text that is no article: style sheets, scripts, documentation.

mod list;
mod magic;
mod mail;
mod markup;
mod names;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr;

use self::markup::Markup;
use super::stream::Fault;
use crate::reject::RejectReason;

pub(crate) use self::markup::{is_html, starts_with_tag};

/// Number of bytes at the head of a file that tell its format.
pub(super) const HEAD: usize = 64 << 10;

/// How the records of a file lie in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    /// One record: lines of text.
    Text,
    /// One record: a page with markup.
    Html,
    /// Records in a JSON array, or one after another.
    Json,
    /// A JSON record a line.
    JsonLines,
    /// A record a row, the first row naming its cells, which this byte separates.
    Table(u8),
    /// Records in the elements of an XML document.
    Xml(XmlKind),
    /// Records between the tags of an SGML collection.
    Sgml(SgmlKind),
    /// Messages.
    Mail(MailKind),
    /// Records of a web archive.
    Warc,
    /// Records of a web archive of the older kind.
    Arc,
    /// Members one after another.
    Tar,
    /// Members with a directory at the end.
    Zip,
}

/// XML documents that hold articles.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum XmlKind {
    /// RSS 0.9 to 2.0, RDF among them.
    Rss,
    /// Atom.
    Atom,
    /// A site map, with or without news.
    Sitemap,
    /// NITF, an article a document.
    Nitf,
    /// NewsML-G2, a message or one item of it.
    NewsMl,
}

/// SGML collections that hold articles.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum SgmlKind {
    /// Reuters-21578.
    Reuters,
    /// The collections of TREC.
    Trec,
}

/// How messages lie in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum MailKind {
    /// One message, or a page saved as one (MHTML).
    Message,
    /// One after another, each after a line that begins with `From `.
    Mailbox,
}

/// The format of the file called `name` whose (unpacked) bytes begin with `head`.
pub(super) fn sniff(head: &[u8], name: &str) -> Result<Format, Fault> {
    if let Some(format) = magic::archive(head) {
        return Ok(format);
    }
    if let Some(kind) = magic::kind(head) {
        return Err((RejectReason::Binary, format!("it looks like {kind}")));
    }
    let text = narrow(head);
    if magic::is_mostly_control(&text) {
        return Err((RejectReason::Binary, "it holds bytes that no text has".into()));
    }
    if text.trim_ascii().is_empty() && head.len() < HEAD {
        let detail = if head.is_empty() { "no bytes" } else { "white space alone" };
        return Err((RejectReason::Empty, detail.into()));
    }
    if let Some(format) = by_structure(&text) {
        return Ok(format);
    }
    if let Some(kind) = names::unsupported(name) {
        return Err((RejectReason::Unsupported, format!("going by its name, it is {kind}")));
    }
    by_content(&text, name).and_then(|format| match format {
        Format::Json | Format::JsonLines if is_wide(head) => Err((
            RejectReason::Unsupported,
            "JSON in UTF-16 or UTF-32: convert it to UTF-8 first".into(),
        )),
        format => Ok(format),
    })
}

/// The format of text whose structure no other text has, whatever its name.
fn by_structure(text: &[u8]) -> Option<Format> {
    match markup::kind(text) {
        Some(Markup::Xml(kind)) => return Some(Format::Xml(kind)),
        Some(Markup::Sgml(kind)) => return Some(Format::Sgml(kind)),
        _ => {}
    }
    mail::kind(text).map(Format::Mail)
}

/// The format of text that may hold articles. Only ASCII in it is looked at.
fn by_content(text: &[u8], name: &str) -> Result<Format, Fault> {
    match markup::kind(text) {
        Some(Markup::Html) => return Ok(Format::Html),
        Some(Markup::Other(kind)) => {
            return Err((RejectReason::Unsupported, format!("it looks like {kind}")));
        }
        Some(Markup::Xml(kind)) => return Ok(Format::Xml(kind)),
        Some(Markup::Sgml(kind)) => return Ok(Format::Sgml(kind)),
        None => {}
    }
    let named = names::format(name);
    match text.trim_ascii_start() {
        [b'{', rest @ ..] if matches!(rest.trim_ascii_start(), [b'"' | b'}', ..] | []) => {
            let is_lines = named == Some(Format::JsonLines) || is_record_a_line(text);
            Ok(if is_lines { Format::JsonLines } else { Format::Json })
        }
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [b'{', ..]) => Ok(Format::Json),
        _ => match super::table::sniff(text, named).or(named).unwrap_or(Format::Text) {
            Format::Text if list::is_list(text) => {
                Err((RejectReason::Unsupported, "a list of words, not of sentences".into()))
            }
            format => Ok(format),
        },
    }
}

/// Whether the first line is a whole object, and the next one begins as an object does.
fn is_record_a_line(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let Some(end) = memchr(b'\n', text) else { return false };
    let (line, rest) = text.split_at(end);
    super::json::is_whole(line) && rest.trim_ascii_start().starts_with(b"{")
}

/// The text of `head` in an encoding where ASCII is a byte a character, without a byte order mark.
fn narrow(head: &[u8]) -> Cow<'_, [u8]> {
    if let Some(wide) = utf_32(head) {
        return Cow::Owned(wide.decode(head).into_bytes());
    }
    if let Some(wide) = utf_16(head) {
        let (text, _) = wide.decode_with_bom_removal(head);
        return Cow::Owned(text.into_owned().into_bytes());
    }
    Cow::Borrowed(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head))
}

fn is_wide(head: &[u8]) -> bool {
    utf_32(head).is_some() || utf_16(head).is_some()
}

/// The order of the bytes of a UTF-32 text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Utf32 {
    /// Least significant first.
    Little,
    /// Most significant first.
    Big,
}

impl Utf32 {
    /// The text of `bytes` without a byte order mark; U+FFFD stands for what is no character.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let mut units = bytes.chunks(4).map(|unit| {
            let unit = <[u8; 4]>::try_from(unit).ok()?;
            char::from_u32(match self {
                Self::Little => u32::from_le_bytes(unit),
                Self::Big => u32::from_be_bytes(unit),
            })
        });
        if units.clone().next() == Some(Some('\u{FEFF}')) {
            units.next();
        }
        units.map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }
}

/// The byte order of a UTF-32 text, by its byte order mark.
pub(crate) fn utf_32(head: &[u8]) -> Option<Utf32> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] => Some(Utf32::Little),
        [0, 0, 0xFE, 0xFF, ..] => Some(Utf32::Big),
        _ => None,
    }
}

/// The byte order of a UTF-16 text: by its byte order mark, else by where its zeros lie.
///
/// Spaces, digits and line ends have a zero in the more significant half in every script, so a
/// tenth of the units suffices; in the other half a zero is a rarity.
pub(crate) fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let units = head[..head.len().min(4096)].chunks_exact(2);
    let total = units.len();
    let first = units.clone().filter(|unit| unit[0] == 0).count();
    let second = units.clone().filter(|unit| unit[1] == 0).count();
    let both = units.filter(|unit| unit == &[0, 0]).count();
    let enough = |zeros: usize| zeros >= 4 && zeros * 10 >= total && both == 0;
    match (first, second) {
        (zeros, others) if enough(zeros) && others * 100 <= total => Some(UTF_16BE),
        (others, zeros) if enough(zeros) && others * 100 <= total => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
