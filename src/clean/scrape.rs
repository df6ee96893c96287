//! The story in a page that was saved as text.

use super::Cleaned;

/// Finds the story in a text scrape.
pub fn clean_text(text: &str) -> Cleaned {
    Cleaned { body: text.to_owned(), ..Cleaned::default() }
}
