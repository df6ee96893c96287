//! Bytes to Unicode: byte order mark, valid UTF-8, what the page declares, what its bytes suggest.
//!
//! The order is that of evidence. Text in another encoding is next to never valid UTF-8 by chance,
//! so UTF-8 beats a declaration, which is often a server's default; a declaration beats detection,
//! which guesses.
//!
//! # Invariants
//!
//! - Bytes that no encoding allows become U+FFFD; nothing else of the text is lost.
//! - The text has no control characters but `\n` and `\t`, and no byte order mark; every line ends
//!   in `\n`.
//!
//! # Cost
//!
//! A few passes over the bytes. Detection, slower than parsing the page, looks at no more than
//! [`detect::SAMPLE`] bytes.

mod declared;
mod detect;
mod mojibake;

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252};
use memchr::memmem;

use self::detect::HighBytes;
pub(crate) use self::mojibake::with_apostrophes;
use crate::article::ArticleWarning;
use crate::source::{Media, Utf32, utf_16, utf_32};

/// Decoded text, and how it was decoded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// WHATWG label of the encoding used, lower case; `utf-32le` and `utf-32be` for those two, which
    /// that standard leaves out.
    pub charset: &'static str,
    /// Doubts about the choice.
    pub warnings: Vec<ArticleWarning>,
}

/// Decodes `bytes`. What the server stated beats what the page declares, as in a browser; a
/// declaration is looked for in pages only.
pub fn decode(bytes: &[u8], media: Media, stated: Option<&'static Encoding>) -> Decoded {
    if let Some(wide) = utf_32(bytes) {
        return decode_utf_32(bytes, wide);
    }
    let declared = stated.or_else(|| match media {
        Media::Html => declared::encoding(bytes),
        Media::Text => None,
    });
    let (encoding, basis) = choose(bytes, declared);
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    let mut warnings = Vec::new();
    if malformed {
        warnings.push(ArticleWarning::MalformedText);
    }
    match basis {
        Basis::Certain => {}
        Basis::Guess => warnings.push(ArticleWarning::CharsetGuessed),
        Basis::Overruling => warnings.push(ArticleWarning::CharsetOverruled),
    }
    let (text, mended) = mend(text);
    warnings.extend(mended);
    Decoded { text, charset: label(encoding), warnings }
}

/// What the choice of an encoding rests on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Basis {
    /// The bytes themselves, or a declaration that they do not contradict.
    Certain,
    /// Detection, as nothing is declared.
    Guess,
    /// The bytes, against the declaration.
    Overruling,
}

/// Chooses the encoding of `bytes`, whose page declares `declared`.
fn choose(bytes: &[u8], declared: Option<&'static Encoding>) -> (&'static Encoding, Basis) {
    let against = |encoding| match declared {
        Some(declared) if declared != encoding => Basis::Overruling,
        _ => Basis::Certain,
    };
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, Basis::Certain);
    }
    if let Some(encoding) = utf_16(bytes) {
        return (encoding, if declared.is_some() { Basis::Overruling } else { Basis::Guess });
    }
    if bytes.is_ascii() {
        return choose_for_ascii(bytes, declared);
    }
    if detect::is_utf_8(bytes) {
        return (UTF_8, against(UTF_8));
    }
    let high = HighBytes::count(bytes);
    if let Some(declared) = declared
        && fits(declared, bytes, high)
    {
        return (declared, Basis::Certain);
    }
    let detected = detect::encoding(bytes, high);
    match declared {
        None => (detected, Basis::Guess),
        Some(declared) if declared == detected => (declared, Basis::Certain),
        Some(_) => (detected, Basis::Overruling),
    }
}

/// ASCII is UTF-8, unless it switches to Japanese by escape sequences.
fn choose_for_ascii(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> (&'static Encoding, Basis) {
    if memmem::find(bytes, b"\x1B$").is_none() {
        return (UTF_8, Basis::Certain);
    }
    let is_declared = declared == Some(ISO_2022_JP);
    (ISO_2022_JP, if is_declared { Basis::Certain } else { Basis::Guess })
}

/// Whether `bytes`, which are not UTF-8, can be text in the encoding that their page declares.
///
/// One malformed sequence in twenty is put down to damage. A declared windows-1252 (which is what
/// `iso-8859-1` means to a browser) never is malformed and is the most common false default, so
/// words written in high bytes from end to end, as in Russian, are held against it.
fn fits(declared: &'static Encoding, bytes: &[u8], high: HighBytes) -> bool {
    if declared == UTF_8 {
        return false;
    }
    if declared == WINDOWS_1252 {
        return !high.are_whole_words();
    }
    let (text, malformed) = declared.decode_without_bom_handling(bytes);
    let count = |wanted: fn(char) -> bool| text.chars().filter(|&c| wanted(c)).count();
    !malformed || count(|c| c == '\u{FFFD}') * 20 <= count(|c| !c.is_ascii())
}

fn decode_utf_32(bytes: &[u8], wide: Utf32) -> Decoded {
    let text = wide.decode(bytes);
    let is_malformed = text.contains(char::REPLACEMENT_CHARACTER);
    Decoded {
        text: tidy(text),
        charset: match wide {
            Utf32::Little => "utf-32le",
            Utf32::Big => "utf-32be",
        },
        warnings: is_malformed.then_some(ArticleWarning::MalformedText).into_iter().collect(),
    }
}

/// [`tidy`], with the damage undone that the text took when it was decoded before, where that is
/// certain.
pub fn mend<'t>(text: impl Into<Cow<'t, str>>) -> (String, Option<ArticleWarning>) {
    let text = text.into();
    match mojibake::repair(&text) {
        (Cow::Borrowed(_), warning) => (tidy(text), warning),
        (Cow::Owned(repaired), warning) => (tidy(repaired), warning),
    }
}

/// Puts line ends into one form and takes out what is no text: control characters but `\n` and
/// `\t`, and byte order marks. Text that was Unicode from the start, as in JSON, needs it too.
pub fn tidy<'t>(text: impl Into<Cow<'t, str>>) -> String {
    let text = text.into();
    if !text.bytes().any(may_be_untidy) || !text.contains(is_untidy) {
        return text.into_owned();
    }
    let mut tidy = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                tidy.push('\n');
            }
            // A page break and its kind part lines; taken out, they would join two words.
            '\x0B' | '\x0C' => tidy.push('\n'),
            '\u{80}'..='\u{9F}' => tidy.extend(from_c1(character)),
            character if is_untidy(character) => {}
            character => tidy.push(character),
        }
    }
    tidy
}

/// Whether a byte may be of a character that is untidy, in UTF-8.
fn may_be_untidy(byte: u8) -> bool {
    // Controls; the lead of U+0080 to U+00BF; that of the byte order mark.
    byte < b' ' && byte != b'\n' && byte != b'\t' || matches!(byte, 0x7F | 0xC2 | 0xEF)
}

fn is_untidy(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t') || character == '\u{FEFF}'
}

/// What a control character from U+0080 to U+009F stands for: windows-1252 that was taken for
/// ISO 8859-1 on its way into Unicode. Five of them stand for nothing.
fn from_c1(character: char) -> Option<char> {
    let byte = [u8::try_from(u32::from(character)).ok()?];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().filter(|c| !c.is_control())
}

/// The encodings of the WHATWG standard by their names in lower case; `UTF-16` cannot be declared,
/// yet files are written in it.
const LABELS: &[&str] = &[
    "utf-8",
    "ibm866",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "macintosh",
    "windows-874",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "x-mac-cyrillic",
    "gbk",
    "gb18030",
    "big5",
    "euc-jp",
    "iso-2022-jp",
    "shift_jis",
    "euc-kr",
    "replacement",
    "utf-16be",
    "utf-16le",
    "x-user-defined",
];

/// The name of `encoding` in lower case.
pub(crate) fn label(encoding: &'static Encoding) -> &'static str {
    let name = encoding.name();
    LABELS.iter().find(|label| label.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
}

#[cfg(test)]
mod tests;
