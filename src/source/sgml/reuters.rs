//! A record of Reuters-21578, as its `lewis.dtd` and its README describe it.

use crate::source::keys::Fields;
use crate::source::markup::{Element, Node, author, story, unwrapped};
use crate::source::stream::Fault;
use crate::source::{Declared, Media};

/// What agencies print below a story: that it ends, or that it goes on.
const SIGN_OFFS: &[&str] = &["reuter", "more"];

/// What `record` says. Places are those that the collection's indexers assigned.
pub(super) fn fields(record: &Element) -> Result<Fields, Fault> {
    let id = record.attribute("newid").map(str::to_owned);
    let mut declared = Declared {
        date: record.text_of(&["date"]),
        tag: record.child("places").and_then(tag),
        publisher: Some("Reuters".into()),
        ..Declared::default()
    };
    let Some(text) = record.child("text") else {
        return story(id, (Media::Text, String::new()), declared);
    };
    declared.title = text.text_of(&["title"]);
    declared.author = text.text_of(&["author"]).as_deref().and_then(byline);
    let body = match text.child("body") {
        Some(body) => {
            let dateline = text.text_of(&["dateline"]).unwrap_or_default();
            format!("{dateline} {}", own_text(body))
        }
        // Of a flash the title is all; what stands beside it is filler.
        None if declared.title.is_some() => String::new(),
        None => own_text(text),
    };
    let body: String = body.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let mut body = unwrapped(without_sign_off(&body));
    if declared.title.is_none() {
        declared.title = take_headline(&mut body);
    }
    story(id, (Media::Text, body), declared)
}

/// The places in a list of them.
fn tag(places: &Element) -> Option<String> {
    let places: Vec<String> = places.all("d").filter_map(Element::text).collect();
    (!places.is_empty()).then(|| places.join(", "))
}

/// The text directly in an element, with the white space at its start: that tells paragraphs.
fn own_text(element: &Element) -> String {
    let texts = element.nodes.iter().filter_map(|node| match node {
        Node::Text(text) => Some(text.as_str()),
        Node::Element(_) => None,
    });
    texts.collect()
}

/// A byline without the agency that every one of them names.
fn byline(text: &str) -> Option<String> {
    let byline = author(text)?;
    let agency = |name: &str| matches!(name.trim().to_lowercase().as_str(), "reuter" | "reuters");
    match byline.rsplit_once(',') {
        Some((name, last)) if agency(last) => Some(name.to_owned()),
        _ => Some(byline),
    }
}

/// Whether a line is a sign-off, with no more beside it than marks and what stands for a control
/// character (`REUTER...^M`). It is set in, or in capitals: the last word of a sentence may stand
/// on a line of its own, too.
fn is_sign_off(line: &str) -> bool {
    let is_set_apart = line.starts_with(' ') || !line.contains(char::is_lowercase);
    let line = line.trim();
    let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    is_set_apart
        && SIGN_OFFS.contains(&word.to_lowercase().as_str())
        && rest.chars().filter(|c| c.is_alphanumeric()).count() <= 1
}

/// `text` without the words that close it, on lines of their own or at the end of the last.
fn without_sign_off(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let (rest, last) = text.rsplit_once('\n').unwrap_or(("", text));
        if !is_sign_off(last) {
            // Not the name in "he told Reuter", which ends a sentence and does not follow one.
            let rest = text.strip_suffix("REUTER").unwrap_or(text).trim_end();
            return if rest.ends_with(['.', ')', '"']) { rest } else { text };
        }
        text = rest.trim_end();
    }
}

/// Takes the headline off a text that was kept as it came: its first line, in capitals.
fn take_headline(text: &mut String) -> Option<String> {
    let (first, rest) = text.split_once('\n')?;
    if first.contains(char::is_lowercase) || !first.contains(char::is_uppercase) {
        return None;
    }
    let first = first.to_owned();
    *text = rest.to_owned();
    Some(first)
}
