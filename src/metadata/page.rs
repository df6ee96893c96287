//! What a page with markup says of itself.

use dom_query::Document;

use crate::article::{Language, Published, Title};

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each field is the one of the same name in `Cleaned`")]
pub struct PageFacts {
    pub title: Option<Title>,
    pub tag: Option<String>,
    pub published: Option<Published>,
    pub url: Option<String>,
    pub language: Option<Language>,
    pub publisher: Option<String>,
    pub author: Option<String>,
}

/// What `page` says of itself. `url` is its address where the source states it.
pub fn page_facts(_page: &Document, _url: Option<&str>) -> PageFacts {
    PageFacts::default()
}
