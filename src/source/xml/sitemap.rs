//! Pages of a site map for news: a headline, its address and its date, and no text.

use crate::source::keys::Fields;
use crate::source::markup::{Element, story};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};

/// What `page` says; `None` where it is no news.
pub(super) fn fields(page: &Element) -> Result<Option<Fields>, Fault> {
    let Some(news) = page.child("news:news") else { return Ok(None) };
    let publication = news.child("news:publication");
    let of_publication = |name| publication.and_then(|publication| publication.text_of(&[name]));
    let declared = Declared {
        title: news.text_of(&["news:title"]),
        date: news.text_of(&["news:publication_date"]),
        url: page.text_of(&["loc"]),
        language: of_publication("news:language"),
        publisher: of_publication("news:name"),
        ..Declared::default()
    };
    story(None, (Media::Text, String::new()), declared).map(Some)
}
