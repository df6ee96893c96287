//! One record as a small tree, read as feed readers read: what is not quite right is put right
//! where there is but one way to do so.
//!
//! End tags that match nothing are ignored, elements that are never closed end with the one that
//! they lie in, a stray `&` or `<` is itself, and the named characters of HTML are known.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use encoding_rs::Encoding;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use crate::reject::RejectReason;
use crate::source::stream::Fault;

/// Elements in one another, deeper than any writer of news nests them.
const MAX_DEPTH: usize = 256;

/// Bytes between the `&` and the `;` of the longest name that HTML gives to a character, and a few.
const LONGEST_REFERENCE: usize = 40;

/// Bytes at the head of a document in which its XML declaration ends.
const DECLARATION: usize = 256;

/// An element with what lies in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::source) struct Element {
    /// As written, with its prefix, in lower case.
    pub(in crate::source) name: String,
    /// Names in lower case, and values.
    attributes: Vec<(String, String)>,
    pub(in crate::source) nodes: Vec<Node>,
    /// The text of the whole record, and where in it the content of this element lies.
    record: Rc<str>,
    content: Range<usize>,
}

/// What lies in an element.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::source) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The elements directly in this one.
    pub(in crate::source) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements called `name` directly in this one.
    pub(in crate::source) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element called `name` directly in this one.
    pub(in crate::source) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The element that `path` leads to, an element a step.
    pub(in crate::source) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The first element called `name` at whatever depth, in the order of the document.
    pub(in crate::source) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| {
            if element.name == name { Some(element) } else { element.find(name) }
        })
    }

    /// What stands between its tags, as written.
    pub(in crate::source) fn markup(&self) -> &str {
        self.record.get(self.content.clone()).unwrap_or_default()
    }

    /// The value of an attribute, unless it is blank.
    pub(in crate::source) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// All text in this element, in whatever depth, without white space at its ends; `None` where
    /// there is nothing else.
    pub(in crate::source) fn text(&self) -> Option<String> {
        let mut text = String::new();
        self.push_text(&mut text);
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    fn push_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(own) => text.push_str(own),
                Node::Element(element) => element.push_text(text),
            }
        }
    }

    /// The text of the first of the elements called `names` that has one.
    pub(in crate::source) fn text_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).find_map(Element::text))
    }

    fn push(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => self.nodes.push(Node::Text(text.to_owned())),
        }
    }
}

/// The tree of `text`, below an element without a name.
pub(super) fn parse(text: &str) -> Result<Element, Fault> {
    let text: Rc<str> = mended(text).into();
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut open = Stack::new(Rc::clone(&text));
    loop {
        let before = position(&reader);
        let event = reader.read_event().map_err(|error| {
            (RejectReason::BadRecord, error.to_string().replace(char::is_control, " "))
        })?;
        let after = position(&reader);
        match event {
            Event::Start(tag) => open.start(&tag, before, after)?,
            Event::Empty(tag) => {
                open.start(&tag, before, after)?;
                open.close(after);
            }
            Event::End(tag) => open.end(&tag.name().as_ref().to_lowercase(), before),
            Event::Text(text) => open.last().push(&text.into_inner()),
            Event::CData(text) => open.last().push(&text.into_inner()),
            Event::GeneralRef(name) => {
                let name = name.into_inner();
                let text = character(&name).unwrap_or_else(|| format!("&{name};"));
                open.last().push(&text);
            }
            Event::Eof => return Ok(open.finish(after)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Elements that are not closed yet.
struct Stack {
    text: Rc<str>,
    root: Element,
    open: Vec<Element>,
}

impl Stack {
    fn new(text: Rc<str>) -> Self {
        Self { text, root: Element::default(), open: Vec::new() }
    }

    /// The element that text belongs to.
    fn last(&mut self) -> &mut Element {
        self.open.last_mut().unwrap_or(&mut self.root)
    }

    fn start(&mut self, tag: &BytesStart<'_>, before: usize, after: usize) -> Result<(), Fault> {
        let name = tag.name().as_ref().to_lowercase();
        // SGML and careless HTML leave a paragraph to be closed by the next one.
        if name == "p" && self.open.last().is_some_and(|last| last.name == "p") {
            self.close(before);
        }
        if self.open.len() >= MAX_DEPTH {
            let detail = format!("more than {MAX_DEPTH} elements in one another");
            return Err((RejectReason::TooDeep, detail));
        }
        // Looking for duplicates would take as long as the square of their number.
        let mut attributes = tag.html_attributes();
        attributes.with_checks(false);
        let attributes = attributes.flatten().map(|attribute| {
            let name = attribute.key.as_ref().to_lowercase();
            (name, unescaped(&attribute.value).into_owned())
        });
        self.open.push(Element {
            name,
            attributes: attributes.collect(),
            nodes: Vec::new(),
            record: Rc::clone(&self.text),
            content: after..after,
        });
        Ok(())
    }

    /// Closes the innermost element of this name with all in it; where there is none, nothing.
    fn end(&mut self, name: &str, at: usize) {
        let Some(place) = self.open.iter().rposition(|element| element.name == name) else {
            return;
        };
        while self.open.len() > place {
            self.close(at);
        }
    }

    /// Closes the innermost element, whose content ends at `at`.
    fn close(&mut self, at: usize) {
        let Some(mut element) = self.open.pop() else { return };
        element.content.end = at;
        self.last().nodes.push(Node::Element(element));
    }

    fn finish(mut self, at: usize) -> Element {
        while !self.open.is_empty() {
            self.close(at);
        }
        self.root
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// What `&name;` stands for; `None` where that is unknown.
fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?).map(String::from)
}

/// `text` with the characters that its references stand for. Any other `&` is itself.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    let mut unescaped = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find('&') {
        at += found;
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(LONGEST_REFERENCE).position(|byte| *byte == b';');
        let name = end.and_then(|end| text.get(at + 1..at + 1 + end));
        let Some((name, character)) = name.and_then(|name| Some((name, character(name)?))) else {
            at += 1;
            continue;
        };
        unescaped.push_str(&text[done..at]);
        unescaped.push_str(&character);
        at += name.len() + 2;
        done = at;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    unescaped.push_str(&text[done..]);
    Cow::Owned(unescaped)
}

/// `text` with `&lt;` for each `<` that begins no tag.
fn mended(text: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        let quoted = [("<![CDATA[", "]]>"), ("<!--", "-->")];
        if let Some((_, end)) = quoted.iter().find(|(start, _)| rest.starts_with(start)) {
            at += rest.find(end).map_or(rest.len(), |found| found + end.len());
            continue;
        }
        let begins_tag = |c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_' | ':');
        if !rest[1..].starts_with(begins_tag) {
            mended.push_str(&text[done..at]);
            mended.push_str("&lt;");
            done = at + 1;
        }
        at += 1;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    mended.push_str(&text[done..]);
    Cow::Owned(mended)
}

/// The encoding that the XML declaration at the head of a document names.
pub(super) fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let head = head[..head.len().min(DECLARATION)].strip_prefix(b"<?xml")?;
    let head = &head[..memmem::find(head, b"?>")?];
    let value = &head[memmem::find(head, b"encoding")? + "encoding".len()..];
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = value.first().copied().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let label = value[1..].split(|byte| *byte == quote).next()?;
    Encoding::for_label(label)
}
