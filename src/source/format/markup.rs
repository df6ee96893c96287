//! Text with markup: pages, and what only resembles them.

use memchr::memmem;

use super::{SgmlKind, XmlKind};

/// What text with markup is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Markup {
    /// A page or a part of one.
    Html,
    /// A document of news.
    Xml(XmlKind),
    /// A collection of news.
    Sgml(SgmlKind),
    /// Something else, called so.
    Other(&'static str),
}

/// Elements that a page, or a piece of one, begins with; those of the MIME sniffing standard
/// (section 7.1), and those that modern pages and feeds begin with.
const HTML_TAGS: &[&str] = &[
    "a",
    "article",
    "aside",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "em",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "link",
    "main",
    "meta",
    "nav",
    "noscript",
    "ol",
    "p",
    "picture",
    "pre",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "table",
    "title",
    "ul",
    "video",
];

/// Beginnings of other text with markup, without the `<`.
const OTHERS: &[(&str, Markup)] = &[
    ("rss", Markup::Xml(XmlKind::Rss)),
    ("rdf:rdf", Markup::Xml(XmlKind::Rss)),
    ("feed", Markup::Xml(XmlKind::Atom)),
    ("urlset", Markup::Xml(XmlKind::Sitemap)),
    ("nitf", Markup::Xml(XmlKind::Nitf)),
    ("newsmessage", Markup::Xml(XmlKind::NewsMl)),
    ("newsitem", Markup::Xml(XmlKind::NewsMl)),
    ("packageitem", Markup::Xml(XmlKind::NewsMl)),
    ("reuters", Markup::Sgml(SgmlKind::Reuters)),
    ("doc", Markup::Sgml(SgmlKind::Trec)),
    ("sitemapindex", Markup::Other("an index of site maps")),
    ("newsml", Markup::Other("NewsML of the first version")),
    ("opml", Markup::Other("a list of feeds")),
    ("?php", Markup::Other("a PHP script")),
    ("%@", Markup::Other("a server page")),
    ("svg", Markup::Other("an SVG picture")),
    ("!doctype", Markup::Other("SGML or XML")),
    ("?xml", Markup::Other("XML")),
];

/// What `text` is, going by what it begins with; `None` where that is no markup.
pub(super) fn kind(text: &[u8]) -> Option<Markup> {
    let body = after_prolog(text);
    if is_html(body) {
        return Some(Markup::Html);
    }
    let other = |text: &[u8]| {
        let after = text.trim_ascii_start().strip_prefix(b"<")?;
        let (_, markup) = OTHERS.iter().find(|(name, _)| starts_with_name(after, name))?;
        Some(*markup)
    };
    // The root element says more than the XML declaration before it.
    other(body)
        .or_else(|| other(text))
        .or_else(|| text.trim_ascii_start().starts_with(b"<!--").then_some(Markup::Html))
}

/// Elements that hold no text, so that what follows one need not be markup.
const VOID_TAGS: &[&str] = &["base", "br", "hr", "img", "link", "meta"];

/// Words to a tag, from which on text is no page. News pages have about one, the barest of feeds
/// some thirty.
const WORDS_A_TAG: usize = 200;

/// Whether `text` is a page or a part of one: it begins with an element of HTML, and that is not a
/// lone one which whoever took the page for text has left in.
pub(crate) fn is_html(text: &[u8]) -> bool {
    let after = text.trim_ascii_start().strip_prefix(b"<").unwrap_or_default();
    starts_with_tag(text)
        && !(VOID_TAGS.iter().any(|tag| starts_with_name(after, tag)) && is_plain(text))
}

/// Whether there are too few tags in `text` for its words to be marked up.
fn is_plain(text: &[u8]) -> bool {
    let is_tag =
        |pair: &&[u8]| pair[0] == b'<' && matches!(pair[1], b'/' | b'a'..=b'z' | b'A'..=b'Z');
    let n_tags = text.windows(2).filter(is_tag).count();
    let n_words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    n_tags * WORDS_A_TAG < n_words
}

/// Whether `text` begins with an element of HTML, or with its document type.
pub(crate) fn starts_with_tag(text: &[u8]) -> bool {
    let Some(after) = text.trim_ascii_start().strip_prefix(b"<") else { return false };
    if let Some(doctype) = strip_name(after, "!doctype") {
        return starts_with_name(doctype.trim_ascii_start(), "html");
    }
    HTML_TAGS.iter().any(|tag| starts_with_name(after, tag))
}

/// `text` from the first thing that is no comment, processing instruction or XML declaration.
fn after_prolog(text: &[u8]) -> &[u8] {
    let mut text = text.trim_ascii_start();
    loop {
        let end = match text {
            [b'<', b'!', b'-', b'-', ..] => "-->",
            // A PHP script may go on to the end of the file without closing this.
            [b'<', b'?', b'x' | b'X', ..] => "?>",
            // The document type says less than the root element, save for pages.
            [b'<', b'!', b'D' | b'd', ..] if !starts_with_tag(text) => doctype_end(text),
            _ => return text,
        };
        let Some(at) = memmem::find(text, end.as_bytes()) else { return text };
        text = text[at + end.len()..].trim_ascii_start();
    }
}

/// What closes the document type at the start of `text`, which may hold declarations of its own.
fn doctype_end(text: &[u8]) -> &'static str {
    match text.iter().find(|byte| matches!(byte, b'[' | b'>')) {
        Some(b'[') => "]>",
        _ => ">",
    }
}

fn starts_with_name(text: &[u8], name: &str) -> bool {
    strip_name(text, name).is_some()
}

/// What follows `name` at the start of `text`, in any case, where the name ends there.
fn strip_name<'t>(text: &'t [u8], name: &str) -> Option<&'t [u8]> {
    let (start, rest) = text.split_at_checked(name.len())?;
    let ends = match rest.first() {
        None => true,
        Some(byte) => byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'),
    };
    (ends && start.eq_ignore_ascii_case(name.as_bytes())).then_some(rest)
}
