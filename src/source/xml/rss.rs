//! Items of RSS 0.9 to 2.0, with the modules that add the full text and the date.

use super::address;
use crate::source::keys::Fields;
use crate::source::markup::{Element, author, has_markup, has_words, plain, story};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};

/// Elements that hold the text, the fullest first. A teaser is all that many feeds give: then it
/// is the article.
const TEXTS: &[&str] = &["content:encoded", "yandex:full-text", "description", "summary"];

/// Elements that hold the date of publication.
const DATES: &[&str] = &["pubdate", "dc:date", "dcterms:issued", "dc:date.issued", "published"];

/// What a feed says of itself.
pub(super) struct Channel {
    title: Option<String>,
    language: Option<String>,
}

impl Channel {
    /// The channel whose first lines `prolog` holds.
    pub(super) fn of(prolog: &Element) -> Self {
        let channel = prolog.find("channel");
        let text = |names: &[&str]| channel.and_then(|channel| channel.text_of(names));
        Self {
            title: text(&["title"]).map(|title| plain(&title)),
            language: text(&["language", "dc:language"]),
        }
    }

    /// What `item` says.
    pub(super) fn fields(&self, item: &Element) -> Result<Fields, Fault> {
        let text = |names: &[&str]| item.text_of(names);
        // The `source` of an item is the newspaper that a collecting feed has it from.
        let publisher = text(&["source", "dc:publisher"]).map(|name| plain(&name));
        let declared = Declared {
            title: text(&["title", "dc:title"]).map(|title| plain(&title)),
            date: text(DATES),
            url: url(item),
            language: text(&["dc:language"]).or_else(|| self.language.clone()),
            author: text(&["dc:creator", "author"]).and_then(|name| author(person(&name))),
            publisher: publisher.or_else(|| self.title.clone()),
            ..Declared::default()
        };
        let id = text(&["guid"]).or_else(|| item.attribute("rdf:about").map(str::to_owned));
        story(id, body(item), declared)
    }
}

/// The address of the page: not that of the service that counts the readers of the feed.
fn url(item: &Element) -> Option<String> {
    let link = item.text_of(&["feedburner:origlink", "link"]).as_deref().and_then(address);
    let atom = || item.all("atom:link").find_map(|link| address(link.attribute("href")?));
    let guid = || {
        let guid = item.child("guid")?;
        let is_link = guid.attribute("ispermalink") != Some("false");
        is_link.then(|| guid.text().as_deref().and_then(address)).flatten()
    };
    link.or_else(atom).or_else(guid)
}

/// The fullest text that has any word in it.
fn body(item: &Element) -> (Media, String) {
    let texts = TEXTS.iter().filter_map(|name| item.text_of(&[name]));
    let text = texts.into_iter().find(|text| has_words(text)).unwrap_or_default();
    if has_markup(&text) { (Media::Html, text) } else { (Media::Text, lines(&text)) }
}

/// Plain text, in which feeds escape characters once more than they should.
fn lines(text: &str) -> String {
    text.lines().map(plain).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The name in `a@b.example (Name)`, which the format asks for.
fn person(text: &str) -> &str {
    match text.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end().trim_end_matches(')'),
        _ => text,
    }
}
