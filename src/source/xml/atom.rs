//! Entries of Atom (RFC 4287).
//!
//! `updated`, which every entry must have, is the date of its last change and not that of its
//! publication: an entry without `published` has no date.

use super::{address, language};
use crate::source::keys::Fields;
use crate::source::markup::{Element, has_markup, plain, story};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};

/// What a feed says of itself, and so of those entries that say nothing else.
#[derive(Default)]
pub(super) struct Feed {
    title: Option<String>,
    language: Option<String>,
    authors: Option<String>,
    base: Option<String>,
}

impl Feed {
    /// The feed whose first lines `prolog` holds.
    pub(super) fn of(prolog: &Element) -> Self {
        let Some(feed) = prolog.child("feed") else { return Self::default() };
        Self {
            title: feed.child("title").and_then(line),
            language: language(feed),
            authors: authors(feed),
            base: feed.attribute("xml:base").map(str::to_owned),
        }
    }

    /// What `entry` says.
    pub(super) fn fields(&self, entry: &Element) -> Result<Fields, Fault> {
        let source = entry.child("source");
        let content = entry.child("content").and_then(body);
        let text = content.or_else(|| entry.child("summary").and_then(body));
        let own_language = language(entry).or_else(|| entry.child("content").and_then(language));
        let publisher = source.and_then(|source| source.child("title")).and_then(line);
        let own_authors = authors(entry).or_else(|| source.and_then(authors));
        let declared = Declared {
            title: entry.child("title").and_then(line),
            // `issued` is what drafts of the format called it.
            date: entry.text_of(&["published", "issued"]),
            url: self.url(entry),
            language: own_language.or_else(|| self.language.clone()),
            author: own_authors.or_else(|| self.authors.clone()),
            publisher: publisher.or_else(|| self.title.clone()),
            ..Declared::default()
        };
        story(entry.text_of(&["id"]), text.unwrap_or((Media::Text, String::new())), declared)
    }

    /// The address of the page that the entry is about.
    fn url(&self, entry: &Element) -> Option<String> {
        let is_page = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate"));
        let base = entry.attribute("xml:base").or(self.base.as_deref());
        let mut links = entry.all("link").filter(is_page);
        let link = links.find_map(|link| resolved(link.attribute("href")?, base));
        link.or_else(|| entry.text_of(&["id"]).as_deref().and_then(address))
    }
}

/// The text of a construct on one line, of whatever type it is.
fn line(construct: &Element) -> Option<String> {
    let text = construct.text()?;
    let line = match construct.attribute("type") {
        Some("html" | "text/html") => plain(&text),
        _ => crate::text::one_line(&text),
    };
    (!line.is_empty()).then_some(line)
}

/// The text of a content or a summary; `None` where it lies elsewhere or is no text.
fn body(content: &Element) -> Option<(Media, String)> {
    let text = content.text()?;
    match content.attribute("type") {
        None | Some("text" | "text/plain") if !has_markup(&text) => Some((Media::Text, text)),
        // Many a feed forgets to say that its text is markup.
        None | Some("text" | "text/plain" | "html" | "text/html") => Some((Media::Html, text)),
        Some("xhtml" | "application/xhtml+xml") => Some((Media::Html, content.markup().to_owned())),
        Some(_) => None,
    }
}

fn authors(element: &Element) -> Option<String> {
    let names: Vec<String> =
        element.all("author").filter_map(|author| author.text_of(&["name"])).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The address that `link` is, seen from `base`; `None` where it is none without one.
fn resolved(link: &str, base: Option<&str>) -> Option<String> {
    if link.contains("://") {
        return address(link);
    }
    let (scheme, rest) = base?.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(elsewhere) = link.strip_prefix("//") {
        return address(&format!("{scheme}://{elsewhere}"));
    }
    if let Some(path) = link.strip_prefix('/') {
        return address(&format!("{scheme}://{host}/{path}"));
    }
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    address(&format!("{scheme}://{host}/{folder}{link}"))
}
