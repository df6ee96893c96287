//! One walk over a page that gathers everything the metadata rules choose from.
//!
//! Costs one visit of each node, and at most [`MOST_TEXT`] characters of text for each element of
//! interest, so that a page of nested headings is not read over and over.

use dom_query::{Document, NodeRef};

use super::json_ld::{self, Described};
use super::one_line;
use super::places::{self, Place};
use super::published::named_dates;

/// Longest text that is gathered from an element: a long headline.
const MOST_TEXT: usize = 400;

/// Most nodes that are visited for a text.
const MOST_NODES: usize = 300;

/// Most names of one kind that are gathered: authors, links to the front page.
const MOST_NAMES: usize = 24;

/// Most elements of one kind that are gathered.
pub(super) const MOST_ELEMENTS: usize = 500;

/// What a page holds that says something about it.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    /// `<meta>`: name or property in lower case, and content.
    pub(super) metas: Vec<(String, String)>,
    /// The text of `<title>`.
    pub(super) title: Option<String>,
    /// The texts of `<h1>`.
    pub(super) headings: Vec<String>,
    /// What JSON-LD describes.
    pub(super) described: Vec<Described>,
    /// `<html lang>`.
    pub(super) language: Option<String>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// Where dates may be printed or marked, in the order of the page.
    pub(super) places: Vec<Place>,
    /// Bytes of text before each heading and each text that repeats the page's title.
    pub(super) headings_at: Vec<usize>,
    /// Values in scripts under names that mean the publication.
    pub(super) state_dates: Vec<String>,
    /// The texts of the elements marked as author.
    pub(super) authors: Vec<String>,
    /// The texts of the elements that a class calls a byline.
    pub(super) bylines: Vec<String>,
    /// What the links to the front page are called: their text, title or image.
    pub(super) home_names: Vec<String>,
    /// The texts of the links in a trail of sections, outermost first.
    pub(super) trail: Vec<String>,
}

impl Harvest {
    /// Gathers from `page`.
    pub(super) fn of(page: &Document) -> Self {
        let mut harvest = Self::default();
        let mut scripts = Vec::new();
        let mut walk = places::Walk::default();
        for node in page.root().descendants_it() {
            if node.is_element() {
                harvest.visit(&node, &mut scripts);
            }
            walk.visit(&node, &mut harvest);
        }
        harvest.described = json_ld::described(scripts.iter().map(String::as_str));
        // What is too broken to be read as JSON still has its dates under their names.
        if harvest.described.iter().all(|item| item.published.is_none()) {
            let broken = scripts.iter().flat_map(|script| named_dates(script));
            harvest.state_dates.extend(broken.map(str::to_owned).take(MOST_ELEMENTS));
        }
        harvest
    }

    /// The first non-empty content of the first of `names` that the page has.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str())
        })
    }

    fn visit(&mut self, node: &NodeRef, scripts: &mut Vec<String>) {
        let Some(name) = node.node_name() else { return };
        match &*name {
            "html" => self.language = attribute(node, "lang"),
            "meta" => self.visit_meta(node),
            "title" if self.title.is_none() => self.title = short_text(node),
            "h1" => push(&mut self.headings, short_text(node)),
            "link" => {
                let rel = attribute(node, "rel").unwrap_or_default();
                if rel.eq_ignore_ascii_case("canonical") && self.canonical.is_none() {
                    self.canonical = attribute(node, "href");
                }
            }
            "script" if is_json_ld(Some(node)) && scripts.len() < MOST_ELEMENTS => {
                scripts.push(node.text().to_string());
            }
            "a" => self.visit_link(node),
            _ => {}
        }
        self.visit_marked(node);
    }

    fn visit_link(&mut self, node: &NodeRef) {
        let Some(address) = attribute(node, "href") else { return };
        let path = address.split_once("://").map_or(&*address, |(_, rest)| {
            rest.split_once('/').map_or("/", |(_, path)| if path.is_empty() { "/" } else { path })
        });
        if path != "/" || self.home_names.len() >= MOST_NAMES {
            return;
        }
        let image = || {
            let mut inside = node.descendants_it().take(20);
            inside.find_map(|inner| attribute(&inner, "alt"))
        };
        let name = attribute(node, "title").or_else(|| short_text(node)).or_else(image);
        self.home_names.extend(name);
    }

    fn visit_author(&mut self, node: &NodeRef) {
        if self.authors.len() < MOST_NAMES {
            // Within what is marked as the author, the name may be marked by itself.
            let mut inside = node.descendants_it().filter(NodeRef::is_element).take(20);
            let name = inside.find(|inner| attribute(inner, "itemprop").as_deref() == Some("name"));
            let content = attribute(node, "content");
            self.authors.extend(content.or_else(|| short_text(&name.unwrap_or(*node))));
        }
    }

    fn visit_meta(&mut self, node: &NodeRef) {
        let key = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|name| attribute(node, name));
        if let (Some(key), Some(content)) = (key, attribute(node, "content"))
            && self.metas.len() < MOST_ELEMENTS
        {
            self.metas.push((key.to_ascii_lowercase(), content));
        }
    }

    /// Elements that say what they hold, by microdata, relation or class.
    fn visit_marked(&mut self, node: &NodeRef) {
        let property = attribute(node, "itemprop").or_else(|| attribute(node, "property"));
        let is_author = matches!(property.as_deref(), Some("author" | "creator"))
            || attribute(node, "rel").as_deref() == Some("author");
        if is_author {
            self.visit_author(node);
        }
        if self.bylines.len() < MOST_NAMES && is_called_a_byline(node) {
            self.bylines.extend(short_text(node));
        }
        if self.trail.len() < MOST_NAMES && is_called_a_trail(node) {
            let links = node.descendants_it().filter(|inner| inner.has_name("a"));
            self.trail.extend(links.take(MOST_NAMES).filter_map(|link| short_text(&link)));
        }
    }
}

/// Whether a node is a script with JSON-LD.
pub(super) fn is_json_ld(node: Option<&NodeRef>) -> bool {
    let kind = node.and_then(|node| attribute(node, "type")).unwrap_or_default();
    kind.to_ascii_lowercase().contains("ld+json")
}

fn push(texts: &mut Vec<String>, text: Option<String>) {
    if texts.len() < MOST_ELEMENTS {
        texts.extend(text);
    }
}

/// Whether the class of an element says that it holds the name of who wrote the article.
fn is_called_a_byline(node: &NodeRef) -> bool {
    const WORDS: &[&str] = &[
        "byline",
        "author",
        "writer",
        "autor",
        "auteur",
        "autore",
        "verfasser",
        "journalist",
        "reporter",
        "redactor",
        "muhabir",
        "penulis",
    ];
    const NEVER: &[&str] = &[
        "comment", "related", "bio", "about", "avatar", "image", "photo", "social", "date", "time",
        "sidebar", "footer", "unauthor", "list", "card", "teaser", "follow", "caption",
    ];
    is_called(node, WORDS, NEVER)
}

/// Whether an element is the trail of sections that leads to the article.
fn is_called_a_trail(node: &NodeRef) -> bool {
    is_called(node, &["breadcrumb", "bread-crumb", "crumbs"], &[])
}

/// Whether the class of an element holds one of `words` and none of `never`.
fn is_called(node: &NodeRef, words: &[&str], never: &[&str]) -> bool {
    let Some(names) = node.attr("class").filter(|names| names.len() < 200) else { return false };
    let names = names.to_ascii_lowercase();
    words.iter().any(|word| names.contains(word)) && !never.iter().any(|word| names.contains(word))
}

/// The value of an attribute on one line, if it has any.
pub(super) fn attribute(node: &NodeRef, name: &str) -> Option<String> {
    let value = node.attr(name)?;
    let value = one_line(&value);
    (!value.is_empty()).then_some(value)
}

/// The text of an element on one line; `None` where it is empty or longer than a headline.
pub(super) fn short_text(node: &NodeRef) -> Option<String> {
    let mut text = String::new();
    for part in node.descendants_it().take(MOST_NODES).filter(NodeRef::is_text) {
        let part = part.text();
        if text.len() + part.len() > 4 * MOST_TEXT {
            return None;
        }
        text.push_str(&part);
        text.push(' ');
    }
    let text = one_line(&text);
    (!text.is_empty() && text.chars().count() <= MOST_TEXT).then_some(text)
}
