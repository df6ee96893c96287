//! Where on a page a date may stand: `<time>`, elements that are marked or called a date, short
//! lines with digits; each with how far it is from the headline.

use dom_query::{NodeData, NodeRef};

use super::folded_words;
use super::harvest::{self, Harvest, MOST_ELEMENTS, attribute, short_text};
use super::one_line;
use super::published::named_dates;

/// Longest line that may be a printed date with its label, in bytes.
const LONGEST_LINE: usize = 160;

/// Longest script that writes a date where it stands, in bytes.
const LONGEST_WRITER: usize = 200;

/// Most bytes of scripts that are searched for dates in one page.
const MOST_SCRIPT: usize = 4 << 20;

/// Most ancestors that are asked whether they stand beside the story.
const MOST_ANCESTORS: usize = 40;

/// Elements around a text of which a label may be part.
const LABEL_LEVELS: usize = 2;

/// What kind of place it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum What {
    /// A `<time>`.
    Time,
    /// Marked as `datePublished`.
    Marked,
    /// Marked as `dateModified`.
    MarkedModified,
    /// Called a date by its class or id.
    Called,
    /// A short text with digits.
    Line,
}

/// A place where a date may stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) what: What,
    /// Element and class: `span.date`.
    pub(super) name: String,
    /// What it states or shows.
    pub(super) text: String,
    /// The words right before it, where they are not part of the text.
    pub(super) lead: String,
    /// Bytes of text before it.
    pub(super) at: usize,
    /// Whether it stands in a side bar, a list of other articles or the comments.
    pub(super) aside: bool,
}

/// How far a walk over the page has come.
#[derive(Debug, Default)]
pub(super) struct Walk {
    bytes: usize,
    script_bytes: usize,
    /// The words of the page's title as its head states it.
    title: Option<String>,
}

impl Walk {
    /// Gathers from `node`, which follows those before in the order of the page.
    pub(super) fn visit(&mut self, node: &NodeRef, harvest: &mut Harvest) {
        if node.is_text() {
            self.visit_text(node, harvest);
        } else if node.is_element() {
            self.visit_element(node, harvest);
        } else if let Some(comment) = comment(node) {
            // Blogs state themselves there, in RDF.
            self.search(&comment, harvest);
        }
    }

    fn visit_element(&mut self, node: &NodeRef, harvest: &mut Harvest) {
        let Some(name) = node.node_name() else { return };
        let class = attribute(node, "class").or_else(|| attribute(node, "id"));
        let class = class.filter(|class| class.len() < 200).unwrap_or_default();
        match &*name {
            "h1" => harvest.headings_at.push(self.bytes),
            "script" | "style" | "noscript" | "meta" | "link" | "html" | "body" => return,
            _ => {}
        }
        let Some(what) = what(node, &name, &class) else { return };
        let stated = stated(node, what);
        let text = stated.or_else(|| short_text(node).filter(|text| text.len() <= LONGEST_LINE));
        if let Some(text) = text.filter(|text| holds_digits(text)) {
            let name = if class.is_empty() { name.to_string() } else { format!("{name}.{class}") };
            self.add(node, what, name, text, harvest);
        }
    }

    fn visit_text(&mut self, node: &NodeRef, harvest: &mut Harvest) {
        let parent = node.parent();
        let parent_name = parent.as_ref().and_then(NodeRef::node_name).unwrap_or_default();
        let text = node.text();
        match &*parent_name {
            "script" => return self.visit_script(node, &text, harvest),
            "style" | "noscript" | "title" | "textarea" | "option" => return,
            _ => {}
        }
        let trimmed = text.trim();
        let is_title = self.repeats_title(trimmed, harvest);
        if is_title {
            harvest.headings_at.push(self.bytes);
        }
        // A date in the headline is one of the story.
        if !is_title
            && parent_name.as_ref() != "h1"
            && (4..=LONGEST_LINE).contains(&trimmed.len())
            && holds_digits(trimmed)
        {
            let line = with_label(node).unwrap_or_else(|| one_line(trimmed));
            if !is_sentence(&line) {
                self.add(node, What::Line, parent_name.to_string(), line, harvest);
            }
        }
        self.bytes += trimmed.len();
    }

    fn visit_script(&mut self, node: &NodeRef, script: &str, harvest: &mut Harvest) {
        if script.len() <= LONGEST_WRITER && script.contains("ate") && holds_digits(script) {
            // `showDate("2022/11/17 01:43")`: a call that writes the date where it stands.
            let quoted = script.split(['"', '\'']).nth(1).unwrap_or_default();
            self.add(node, What::Line, "script".to_owned(), one_line(quoted), harvest);
        }
        if !harvest::is_json_ld(node.parent().as_ref()) {
            self.search(script, harvest);
        }
    }

    /// Looks for named dates in a script or a comment.
    fn search(&mut self, script: &str, harvest: &mut Harvest) {
        if self.script_bytes + script.len() <= MOST_SCRIPT {
            self.script_bytes += script.len();
            let values = named_dates(script).into_iter().map(str::to_owned);
            let room = MOST_ELEMENTS.saturating_sub(harvest.state_dates.len());
            harvest.state_dates.extend(values.take(room));
        }
    }

    fn repeats_title(&mut self, text: &str, harvest: &Harvest) -> bool {
        if text.len() < 20 || text.len() > 300 || harvest.headings_at.len() > MOST_ELEMENTS {
            return false;
        }
        let title = self.title.get_or_insert_with(|| {
            let stated = harvest.meta(&["og:title"]).or(harvest.title.as_deref());
            folded_words(stated.unwrap_or_default()).join(" ")
        });
        let words = folded_words(text).join(" ");
        words.len() >= 20
            && (title.contains(&words) || (title.len() >= 20 && words.contains(title.as_str())))
    }

    fn add(&self, node: &NodeRef, what: What, name: String, text: String, harvest: &mut Harvest) {
        if harvest.places.len() >= MOST_ELEMENTS {
            return;
        }
        let (lead, aside) = (lead(node), is_aside(node));
        harvest.places.push(Place { what, name, text, lead, at: self.bytes, aside });
    }
}

/// The text of a comment.
fn comment(node: &NodeRef) -> Option<String> {
    node.query(|node| match &node.data {
        NodeData::Comment { contents } => Some(contents.to_string()),
        _ => None,
    })?
}

fn what(node: &NodeRef, name: &str, class: &str) -> Option<What> {
    let property = attribute(node, "itemprop").or_else(|| attribute(node, "property"));
    if let Some(property) = property {
        let property = property.to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| property.contains(word));
        if says(&["datepublished", "published-date", "pubdate", "datecreated", "published_time"]) {
            return Some(What::Marked);
        }
        if says(&["datemodified", "updated-date", "modified", "dateupdated"]) {
            return Some(What::MarkedModified);
        }
    }
    match name {
        "time" if node.has_attr("pubdate") => Some(What::Marked),
        "time" => Some(What::Time),
        _ => is_called_a_date(class).then_some(What::Called),
    }
}

/// The date that the attributes of a node state.
fn stated(node: &NodeRef, what: What) -> Option<String> {
    const NAMES: &[&str] = &[
        "datetime",
        "content",
        "data-datetime",
        "data-published",
        "data-date",
        "data-time",
        "data-timestamp",
        "data-utime",
        "data-unixtime",
        "timestamp",
        "time",
        "date",
        "title",
    ];
    let names = if what == What::Called { &NAMES[2..] } else { NAMES };
    let values = names.iter().filter_map(|name| attribute(node, name));
    values
        .map(|value| super::published::spelled_out(&value))
        .find(|value| value.len() <= LONGEST_LINE && super::parse_date(value).is_some())
}

/// Whether a class or id calls its element a date, a byline or the like.
fn is_called_a_date(class: &str) -> bool {
    const WORDS: &[&str] = &[
        "date", "datum", "time", "publish", "byline", "posted", "fecha", "parution", "meta",
        "info", "author", "dateline", "created", "data", "kuupaev", "tarih",
    ];
    const NEVER: &[&str] =
        &["comment", "related", "sidebar", "footer", "copyright", "clock", "today"];
    let class = class.to_ascii_lowercase();
    WORDS.iter().any(|word| class.contains(word)) && !NEVER.iter().any(|word| class.contains(word))
}

/// The text around `node` that may hold a label, while it stays short.
fn with_label(node: &NodeRef) -> Option<String> {
    let mut line = None;
    let mut around = node.parent();
    for _ in 0..LABEL_LEVELS {
        let element = around?;
        match short_text(&element).filter(|text| text.len() <= LONGEST_LINE) {
            Some(text) => line = Some(text),
            None => return line,
        }
        around = element.parent();
    }
    line
}

/// The words right before `node`: those of the sibling before it or before its parent.
fn lead(node: &NodeRef) -> String {
    let before = |node: &NodeRef| {
        let mut sibling = node.prev_sibling();
        for _ in 0..3 {
            let text = match &sibling {
                Some(text) if text.is_text() => Some(one_line(&text.text())),
                Some(element) if element.is_element() && !element.has_name("script") => {
                    short_text(element)
                }
                _ => None,
            };
            if text.as_ref().is_some_and(|text| !text.is_empty()) {
                return text;
            }
            sibling = sibling?.prev_sibling();
        }
        None
    };
    let text = before(node).or_else(|| before(&node.parent()?)).unwrap_or_default();
    let start = text.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    text[start..].to_owned()
}

/// Whether the node stands beside the story.
fn is_aside(node: &NodeRef) -> bool {
    const WORDS: &[&str] = &[
        "related",
        "sidebar",
        "side-bar",
        "comment",
        "recommend",
        "popular",
        "trending",
        "latest",
        "footer",
        "widget",
        "most-read",
        "mostread",
        "more-news",
        "ticker",
        "teaser",
        "carousel",
        "lastnews",
        "last-news",
        "newsfeed",
        "read-more",
        "readmore",
        "navbar",
        "header-top",
    ];
    let mut around = node.parent();
    for _ in 0..MOST_ANCESTORS {
        let Some(element) = around else { return false };
        match element.node_name().as_deref() {
            Some("aside" | "footer") => return true,
            Some("body" | "main" | "article") | None => return false,
            _ => {}
        }
        let says_so = |attribute_name| {
            attribute(&element, attribute_name).filter(|value| value.len() < 200).is_some_and(
                |value| {
                    let value = value.to_ascii_lowercase();
                    WORDS.iter().any(|word| value.contains(word))
                },
            )
        };
        if says_so("class") || says_so("id") {
            return true;
        }
        around = element.parent();
    }
    false
}

/// Whether a line tells something: a date with its label and a byline is shorter.
fn is_sentence(line: &str) -> bool {
    let words =
        line.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let ends = line.ends_with(['.', '!', '?', '。', '।']);
    words > 14 || letters > 90 || (ends && words > 5) || line.ends_with('。')
}

fn holds_digits(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}
