//! The lines of a text, from elements, from a page's markup, and from lines of a fixed width.

use super::tree::unescaped;
use super::{Element, Node};
use crate::text::one_line;

/// Elements that stand within a line, of NITF and HTML; all others part lines.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "alt-code",
    "b",
    "chron",
    "city",
    "classifier",
    "copyrite",
    "country",
    "em",
    "event",
    "font",
    "frac",
    "frac-den",
    "frac-num",
    "frac-sep",
    "function",
    "i",
    "inline",
    "lang",
    "location",
    "money",
    "num",
    "object.title",
    "org",
    "person",
    "postaddr",
    "pronounce",
    "q",
    "region",
    "small",
    "span",
    "state",
    "story.date",
    "strong",
    "sub",
    "sublocation",
    "sup",
    "u",
    "virtloc",
];

/// The text in `element`, a block a line; elements called `skipped` are left out.
pub(in crate::source) fn blocks(element: &Element, skipped: &[&str]) -> String {
    let mut text = String::new();
    let mut line = String::new();
    push_blocks(element, skipped, &mut line, &mut text);
    end_line(&mut line, &mut text);
    text
}

fn push_blocks(element: &Element, skipped: &[&str], line: &mut String, text: &mut String) {
    for node in &element.nodes {
        match node {
            Node::Text(own) => line.push_str(own),
            Node::Element(inner) if skipped.contains(&local(&inner.name)) => {}
            Node::Element(inner) if INLINE.contains(&local(&inner.name)) => {
                push_blocks(inner, skipped, line, text);
            }
            Node::Element(inner) => {
                end_line(line, text);
                push_blocks(inner, skipped, line, text);
                end_line(line, text);
            }
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn end_line(line: &mut String, text: &mut String) {
    let whole = one_line(line);
    line.clear();
    if whole.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&whole);
}

/// The paragraphs of a text whose lines were broken to a fixed width, a line each. A paragraph
/// begins after an empty line, and where a line is indented deeper than the text as a whole: that
/// keeps the rows of a table apart, too.
pub(in crate::source) fn unwrapped(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let base = lines().map(indent).min().unwrap_or_default();
    let mut unwrapped = String::new();
    let mut paragraph = String::new();
    for line in text.lines() {
        if line.trim().is_empty() || indent(line) > base {
            end_line(&mut paragraph, &mut unwrapped);
        }
        paragraph.push_str(line);
        paragraph.push(' ');
    }
    end_line(&mut paragraph, &mut unwrapped);
    unwrapped
}

/// Whether `text` holds markup of a page rather than plain words.
pub(in crate::source) fn has_markup(text: &str) -> bool {
    tags(text).next().is_some()
}

/// Whether there is a word in `text` outside its tags.
pub(in crate::source) fn has_words(text: &str) -> bool {
    plain(text).contains(char::is_alphanumeric)
}

/// `text` as plain words on one line: without tags, and with the characters that references stand
/// for. Feeds escape twice as often as once.
pub(in crate::source) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in tags(text) {
        plain.push_str(&text[done..start]);
        done = end;
    }
    plain.push_str(&text[done..]);
    one_line(&unescaped(&plain))
}

/// Where the tags in `text` begin and end.
fn tags(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('<')?;
            let name = text[start + 1..].trim_start_matches(['/', '!']);
            at = start + 1;
            if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
                at = start + text[start..].find('>')? + 1;
                return Some((start, at));
            }
        }
    })
}
