//! Parsing that a hostile page cannot make slow.
//!
//! Building and reading a tree takes time in proportion to its elements times how deep each lies:
//! a million `<div>` one within the other is five megabytes and would take hours. An unclosed
//! formatting element costs more still, as HTML makes the parser open it again in each paragraph
//! that follows, and each attribute is compared with those before it in its tag. [`parse`] therefore
//! counts first, in one pass over the bytes, and flattens a page that would cost too much: the same
//! elements in the same order, but none within another.

use dom_query::Document;
use memchr::memmem;

/// Longest page that is looked at, in bytes; news pages have 0.1 to 2 MB.
const LONGEST: usize = 16 << 20;

/// Deepest nesting that is parsed as it stands. Real pages reach about 60; parts of the tree code
/// are recursive.
const DEEPEST: usize = 400;

/// Most elements times depth. A page of 100,000 elements, each 40 deep, has 4 million.
const MOST_WORK: usize = 40_000_000;

/// Most elements that formatting left open may add.
const MOST_REOPENED: usize = 1_000_000;

/// Most attributes of a tag. Real ones have a few dozen, and long tags have long attributes.
const MOST_ATTRIBUTES: usize = 500;

/// Tags of fewer bytes cannot have so many.
const LONG_TAG: usize = 2 * MOST_ATTRIBUTES;

/// Elements that never hold others or that close by themselves.
#[rustfmt::skip]
const NO_DEPTH: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option",
    "optgroup", "html", "head", "body", "colgroup", "rp", "rt",
];

/// Elements that HTML opens again in each block that follows while they are open.
#[rustfmt::skip]
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that are kept when a page is flattened, with all that stands in their tags.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "html", "head", "title", "meta", "link", "script", "style", "body", "h1", "h2", "p", "br", "time",
];

/// A parsed page, and whether it had to be cut or flattened for it.
pub(super) struct Parsed {
    pub(super) page: Document,
    pub(super) is_cut: bool,
}

/// Parses a page in bounded time.
pub(super) fn parse(html: &str) -> Parsed {
    let mut end = html.len().min(LONGEST);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let (html, is_cut) = (&html[..end], end < html.len());
    let page = if is_costly(html) { Document::from(flatten(html)) } else { Document::from(html) };
    Parsed { page, is_cut }
}

/// Whether the tree of `html` would be too deep or too costly.
fn is_costly(html: &str) -> bool {
    // Open elements by name. A closing tag closes one of its own name only; what the parser does
    // beyond that makes the tree shallower.
    let mut open: Vec<(&str, usize)> = Vec::new();
    let (mut depth, mut formatting) = (0_usize, 0_usize);
    let (mut work, mut reopened) = (0_usize, 0_usize);
    for tag in Tags::new(html) {
        work += depth + 1;
        reopened += formatting;
        let is_overloaded = tag.is_overloaded(html);
        if depth > DEEPEST || work > MOST_WORK || reopened > MOST_REOPENED || is_overloaded {
            return true;
        }
        let is_one_of =
            |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if is_one_of(NO_DEPTH) || tag.is_empty {
            continue;
        }
        let known = open.iter().position(|(name, _)| name.eq_ignore_ascii_case(tag.name));
        let weight = usize::from(is_one_of(FORMATTING));
        match (tag.closes, known) {
            (true, None) => {}
            (true, Some(at)) => {
                depth -= 1;
                formatting -= weight;
                open[at].1 -= 1;
                // At most `DEEPEST` names are open at a time, so the list stays short.
                if open[at].1 == 0 {
                    open.swap_remove(at);
                }
            }
            (false, known) => {
                depth += 1;
                formatting += weight;
                match known {
                    Some(at) => open[at].1 += 1,
                    None => open.push((tag.name, 1)),
                }
            }
        }
    }
    false
}

/// `html` without nesting: paragraphs, headings and what stands in the head; every other tag ends
/// the paragraph, or is left out if it is part of a line.
fn flatten(html: &str) -> String {
    let mut flat = String::with_capacity(html.len() / 2);
    let mut done = 0;
    for tag in Tags::new(html) {
        flat.push_str(&html[done..tag.start]);
        done = tag.end;
        let is = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if is(KEPT) && tag.is_overloaded(html) {
            let (open, rest) = (if tag.closes { "</" } else { "<" }, &html[tag.own_end..tag.end]);
            flat.extend([open, tag.name, ">", rest]);
        } else if is(KEPT) {
            flat.push_str(&html[tag.start..tag.end]);
        } else if !is(FORMATTING) && !is(&["span", "sup", "sub", "abbr", "cite", "q", "mark"]) {
            flat.push_str("<p>");
        }
    }
    flat.push_str(&html[done..]);
    flat
}

/// A tag in the text of a page.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Nothing is within it: written with `/>`, or stepped over with all its text.
    is_empty: bool,
    start: usize,
    /// Behind the `>`.
    own_end: usize,
    /// The same; of a script or style, behind its text and closing tag.
    end: usize,
}

impl Tag<'_> {
    /// Whether it has too many attributes.
    fn is_overloaded(&self, html: &str) -> bool {
        let tag = &html.as_bytes()[self.start..self.own_end];
        tag.len() >= LONG_TAG && count_attributes(tag) > MOST_ATTRIBUTES
    }
}

/// How many attributes a tag has: names outside quotation marks, as far as that can be told.
fn count_attributes(tag: &[u8]) -> usize {
    let (mut quote, mut count, mut may_start) = (None, 0, false);
    for &byte in tag {
        match (quote, byte) {
            (Some(open), _) if byte == open => (quote, may_start) = (None, true),
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') => may_start = true,
            (None, b'=' | b'>') => may_start = false,
            (None, _) => {
                count += usize::from(may_start);
                may_start = false;
            }
        }
    }
    count
}

/// The tags of a page, as far as they can be told without parsing it; comments, scripts and styles
/// are stepped over.
struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// The place behind the next `needle`, or the end of the page.
    fn behind(&self, from: usize, needle: &str) -> usize {
        let rest = &self.html.as_bytes()[from..];
        memmem::find(rest, needle.as_bytes()).map_or(self.html.len(), |at| from + at + needle.len())
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        let bytes = self.html.as_bytes();
        loop {
            let start = self.at + memchr::memchr(b'<', &bytes[self.at..])?;
            let closes = bytes.get(start + 1) == Some(&b'/');
            let name_at = start + 1 + usize::from(closes);
            let rest = &bytes[name_at.min(bytes.len())..];
            let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if rest.starts_with(b"!--") {
                self.at = self.behind(name_at, "-->");
            } else if length == 0 {
                self.at = start + 1;
            } else {
                // Inside ASCII, so on character boundaries.
                let name = &self.html[name_at..name_at + length];
                let own_end = self.behind(name_at + length, ">");
                let mut end = own_end;
                let mut is_empty = bytes.get(end.wrapping_sub(2)) == Some(&b'/');
                let raw = ["script", "style"].iter().find(|raw| name.eq_ignore_ascii_case(raw));
                if let (Some(raw), false) = (raw, closes) {
                    end = end_of_raw_text(self.html, end, raw);
                    is_empty = true;
                }
                self.at = end;
                return Some(Tag { name, closes, is_empty, start, own_end, end });
            }
        }
    }
}

/// Behind the closing tag of a script or style whose text starts at `from`.
fn end_of_raw_text(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    memmem::find_iter(&bytes[from..], b"</")
        .map(|at| from + at + 2)
        .find(|&at| {
            bytes
                .get(at..at + name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        })
        .map_or(html.len(), |at| {
            memchr::memchr(b'>', &bytes[at..]).map_or(html.len(), |end| at + end + 1)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_ordinary_page_is_parsed_as_it_stands() {
        let page = "<html><body><div><p>One<p>Two<br><ul><li>a<li>b</ul>".repeat(300);
        assert!(!is_costly(&page.replace("<div>", "<div></div>")));
        assert!(!is_costly("<script>\"<div>\".repeat(9)</script>".repeat(500).as_str()));
    }

    #[test]
    fn a_page_that_would_cost_too_much_is_known_from_its_text() {
        assert!(is_costly(&"<div>".repeat(1_000)));
        assert!(is_costly(&"<a1></a2><b3></b4>".repeat(1_000)));
        let reopened = "<b>".repeat(200) + &"<p>".repeat(10_000);
        assert!(is_costly(&reopened));
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_known_and_loses_them() {
        let many = |attribute: &str| attribute.repeat(2_000);
        let attributes = many(" a=\"b c\"");
        let page = format!("<html><body{attributes}><p>One</p>");
        assert!(is_costly(&page));
        assert_eq!(flatten(&page), "<html><body><p>One</p>");
        assert!(is_costly(&format!("<p {}>", many("a=''"))));
        let data = format!("<p data-a=\"{}\">", many("word / word = "));
        assert!(!is_costly(&data));
    }

    #[test]
    fn a_flattened_page_keeps_its_words_and_its_head() {
        let page =
            "<head><title>Port</title></head><div><div><p>One <b>two</b></div>three &amp; four";
        let flat = Document::from(flatten(page));
        assert_eq!(flat.select("title").text().to_string(), "Port");
        let words: Vec<String> =
            flat.select("body").text().split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.join(" "), "One twothree & four");
        assert_eq!(flat.select("div").length(), 0);
    }

    proptest! {
        #[test]
        fn any_text_can_be_counted_and_flattened(html in "(<[a-z!/-]{0,6}|>|<p>|</div>|<script>|\\PC){0,60}") {
            let _ = is_costly(&html);
            let flat = flatten(&html);
            prop_assert!(flat.len() <= 3 * html.len() + 3);
        }
    }
}
