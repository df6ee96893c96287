//! The character encoding of a file of records, settled once for all of them.
//!
//! A record is short, and detection is surer of more text: so what nothing declares is detected on
//! the head of the file. Each record is then decoded by itself; where one is UTF-8 after all, it is
//! read as that.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::format::HEAD;
use super::keys::Fields;
use super::records::Records;
use super::stream::{Fault, Stream, fault};
use super::{Content, Media, RawDocument, Window};
use crate::article::ArticleWarning;
use crate::clean::{self, Decoded};

/// How the records of a file are decoded.
#[derive(Clone, Debug)]
pub(super) struct Charset {
    /// The encoding that was taken off the whole stream.
    wide: Option<&'static Encoding>,
    encoding: Option<&'static Encoding>,
    /// The doubt about records that are not UTF-8.
    doubt: Option<ArticleWarning>,
}

impl Charset {
    /// The encoding of `stream`, and the stream with ASCII as a byte a character. What the server
    /// stated beats what the head of the stream `declares`.
    pub(super) fn of_stream<'a>(
        stream: Stream<'a>,
        records: &Records<'_>,
        declares: fn(&[u8]) -> Option<&'static Encoding>,
    ) -> Result<(Stream<'a>, Self), Fault> {
        let is_packed = !stream.is_raw();
        let (mut stream, wide) = stream.narrowed()?;
        let head = stream.bytes.head(HEAD).map_err(|error| fault(&error, is_packed))?;
        let stated = records.charset().or_else(|| declares(head));
        // Bytes that are narrow and declare a wide encoding were converted since.
        let stated = stated.filter(|encoding| wide.is_none() && encoding.is_ascii_compatible());
        let charset = Self { wide, ..Self::of(head, stated) };
        Ok((stream, charset))
    }

    /// The encoding of the file that begins with `head`, for which `stated` is stated.
    fn of(head: &[u8], stated: Option<&'static Encoding>) -> Self {
        let Decoded { charset, warnings, .. } = clean::decode(head, Media::Text, stated);
        let doubt = warnings.into_iter().find(|doubt| *doubt != ArticleWarning::MalformedText);
        let encoding = match doubt {
            None => stated,
            Some(_) => Encoding::for_label(charset.as_bytes()),
        };
        Self { wide: None, encoding, doubt }
    }

    /// The document of the record in `bytes`, which begin at `offset`, as `read` reads its text;
    /// `None` where that finds a record that by its kind holds no article.
    pub(super) fn document(
        &self,
        offset: u64,
        bytes: &[u8],
        records: &Records<'_>,
        read: impl FnOnce(&str) -> Result<Option<Fields>, Fault>,
    ) -> Result<Option<RawDocument>, Fault> {
        let Decoded { text, charset, warnings } = self.decode(bytes);
        let Some(Fields { id, media, text, declared }) = read(&text)? else { return Ok(None) };
        let encoding = self.wide.or_else(|| Encoding::for_label(charset.as_bytes()));
        Ok(Some(RawDocument {
            locator: records.locate(offset, bytes),
            source_id: id,
            media,
            content: Content::Decoded(text),
            charset: encoding.filter(|encoding| *encoding != UTF_8),
            declared,
            warnings,
        }))
    }

    /// The text of a record.
    pub(super) fn decode(&self, record: &[u8]) -> Decoded {
        let mut decoded = clean::decode(record, Media::Text, self.encoding);
        if let Some(doubt) = self.doubt {
            // The doubt is that of the whole; in this record there is none of its own.
            decoded.warnings.retain(|warning| *warning == ArticleWarning::MalformedText);
            decoded.warnings.extend((decoded.charset != "utf-8").then_some(doubt));
        }
        decoded
    }
}

/// A stream in another encoding as UTF-8. What is no character becomes U+FFFD.
pub(super) struct Transcoded<'a> {
    bytes: Window<'a>,
    decoder: Decoder,
    /// What was decoded and not yet taken: the end of `text` from `start` on.
    text: String,
    start: usize,
    is_done: bool,
}

/// Bytes of decoded text that are held at a time.
const CHUNK: usize = 16 << 10;

impl<'a> Transcoded<'a> {
    /// The text of `bytes`, which are in `encoding`, without a byte order mark.
    pub(super) fn new(bytes: Window<'a>, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { bytes, decoder, text: String::with_capacity(CHUNK), start: 0, is_done: false }
    }

    /// Decodes until there is something to take, or the stream ends.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.start = 0;
        while self.text.is_empty() && !self.is_done {
            let bytes = self.bytes.some()?;
            let is_last = bytes.is_empty();
            let (result, read, _) = self.decoder.decode_to_string(bytes, &mut self.text, is_last);
            self.bytes.skip(read);
            // A decoder that has finished must not be asked again.
            self.is_done = is_last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Transcoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.start == self.text.len() {
            self.refill()?;
        }
        let ready = &self.text.as_bytes()[self.start..];
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_16BE, WINDOWS_1251, WINDOWS_1252};

    use super::*;
    use crate::source::window::Trickle;

    const RUSSIAN: &str = "Избирательные участки открылись в восемь часов утра во всех областях.";

    #[test]
    fn what_is_declared_nowhere_is_detected_on_the_head() {
        let (head, _, _) = WINDOWS_1251.encode(RUSSIAN);
        let charset = Charset::of(&head, None);
        let decoded = charset.decode(&WINDOWS_1251.encode("Да").0);
        assert_eq!((decoded.text.as_str(), decoded.charset), ("Да", "windows-1251"));
        assert_eq!(decoded.warnings, [ArticleWarning::CharsetGuessed]);
        let decoded = charset.decode("Да".as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.warnings), ("Да", vec![]));
    }

    #[test]
    fn what_is_stated_is_believed_without_a_warning() {
        let decoded = Charset::of(b"Caf\xE9", Some(WINDOWS_1252)).decode(b"caf\xE9");
        assert_eq!((decoded.text.as_str(), decoded.warnings), ("café", vec![]));
    }

    #[test]
    fn wide_text_becomes_utf_8_in_whatever_chunks_it_comes() {
        let wide: Vec<u8> =
            format!("\u{FEFF}{RUSSIAN}🗳").encode_utf16().flat_map(u16::to_be_bytes).collect();
        for step in [1, 2, 7, 1000] {
            let window = Window::new(Trickle { bytes: &wide, step });
            let mut text = String::new();
            Transcoded::new(window, UTF_16BE).read_to_string(&mut text).expect("text");
            assert_eq!(text, format!("{RUSSIAN}🗳"));
        }
    }
}
