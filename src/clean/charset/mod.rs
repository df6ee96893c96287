//! Bytes to Unicode: byte order mark, valid UTF-8, declared, detected.

use crate::article::ArticleWarning;
use crate::source::Media;

/// Decoded text, and how it was decoded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// WHATWG label of the encoding used, lower case.
    pub charset: &'static str,
    /// Doubts about the choice.
    pub warnings: Vec<ArticleWarning>,
}

/// Decodes `bytes`.
pub fn decode(bytes: &[u8], _media: Media) -> Decoded {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Decoded { text, charset: "utf-8", warnings: Vec::new() }
}
