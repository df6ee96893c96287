//! The story in a page with markup.

use super::Cleaned;

/// Finds the story in a page. `url` is the page's address where the source states it.
pub fn clean_html(_html: &str, _url: Option<&str>) -> Cleaned {
    Cleaned::default()
}

/// All the text that a page shows, furniture included.
pub fn visible_text(_html: &str) -> Cleaned {
    Cleaned::default()
}
