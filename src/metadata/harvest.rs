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
    /// The text of the element marked as author.
    pub(super) author: Option<String>,
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
            _ => {}
        }
        self.visit_author(node);
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

    /// The author, by microdata or relation.
    fn visit_author(&mut self, node: &NodeRef) {
        let is = |name, value: &str| attribute(node, name).as_deref() == Some(value);
        let is_author =
            || is("itemprop", "author") || is("property", "author") || is("rel", "author");
        if self.author.is_none() && is_author() {
            self.author = short_text(node);
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
