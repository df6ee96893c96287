//! Articles described by JSON-LD (<https://schema.org/Article>) in a page.
//!
//! What publishers write is often not quite JSON: comments around it, line breaks within strings,
//! a stray `;` after it. Whatever can be read is; the rest is passed over.

use serde_json::Value;

/// Most values visited in one page. Real pages hold a few dozen; the limit bounds hostile ones.
const MOST_VALUES: usize = 2_000;

/// What a page's JSON-LD says of one thing that it describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Described {
    /// Whether it is an article, and not the site, a video or a breadcrumb.
    pub(super) is_article: bool,
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    /// `NewsArticle` and the like.
    pub(super) kind: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) section: Option<String>,
    pub(super) description: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
}

/// Reads the text of each JSON-LD script; what they describe, in the order of the page.
pub(super) fn described<'a>(scripts: impl Iterator<Item = &'a str>) -> Vec<Described> {
    let mut found = Vec::new();
    for script in scripts {
        // A queue, not recursion; serde_json itself refuses to nest deeper than 128.
        let mut queue: Vec<Value> = parse(script).into_iter().collect();
        while let Some(value) = queue.pop() {
            if found.len() >= MOST_VALUES {
                return found;
            }
            match value {
                // Reversed, as the queue gives the last first.
                Value::Array(items) => queue.extend(items.into_iter().rev().take(MOST_VALUES)),
                Value::Object(mut object) => {
                    for key in ["mainEntity", "mainEntityOfPage", "@graph"] {
                        if let Some(inner @ (Value::Array(_) | Value::Object(_))) =
                            object.remove(key)
                        {
                            queue.push(inner);
                        }
                    }
                    found.push(describe(&object));
                }
                _ => {}
            }
        }
    }
    found
}

fn parse(script: &str) -> Option<Value> {
    let text = script
        .trim()
        .trim_start_matches("//")
        .trim_start_matches("<![CDATA[")
        .trim_start_matches("/*<![CDATA[*/")
        .trim_start_matches("<!--")
        .trim_start();
    first_value(text).or_else(|| {
        // Raw line breaks within strings are the most frequent fault.
        first_value(&text.replace(|c: char| c.is_control(), " "))
    })
}

/// The first value in `text`, whatever stands after it.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
}

fn describe(object: &serde_json::Map<String, Value>) -> Described {
    let text = |key: &str| object.get(key).and_then(first_text);
    let named = |key: &str| object.get(key).and_then(names);
    Described {
        is_article: object.get("@type").is_some_and(is_article),
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        kind: text("@type"),
        author: named("author").or_else(|| named("creator")),
        publisher: named("publisher"),
        section: text("articleSection"),
        description: text("description"),
        keywords: object.get("keywords").map(texts).unwrap_or_default(),
        language: text("inLanguage"),
        body: text("articleBody"),
    }
}

/// Whether a `@type` is an article: schema.org's own subtypes all end in these words.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end))
        }
        Value::Array(kinds) => kinds.iter().any(|kind| kind.is_string() && is_article(kind)),
        _ => false,
    }
}

/// The string that `value` is, or the first in it.
fn first_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(items) => items.first()?.as_str()?,
        Value::Object(object) => object.get("@value").or_else(|| object.get("name"))?.as_str()?,
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The string that `value` is, or the strings in it.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().take(100).filter_map(first_text).collect(),
        other => first_text(other).into_iter().collect(),
    }
}

/// The names of the people or bodies in `value`, separated by commas.
fn names(value: &Value) -> Option<String> {
    let Value::Array(items) = value else { return first_text(value) };
    let names: Vec<String> =
        items.iter().filter(|item| !item.is_array()).filter_map(first_text).take(12).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines(script: &str) -> Vec<String> {
        described([script].into_iter()).into_iter().filter_map(|item| item.headline).collect()
    }

    #[test]
    fn an_article_is_found_however_it_is_wrapped() {
        let article = r#"{"@type": "NewsArticle", "headline": "Port reopens"}"#;
        for script in [
            article.to_owned(),
            format!("[{article}]"),
            format!(r#"{{"@graph": [{{"@type": "WebSite"}}, {article}]}}"#),
            format!(r#"{{"@type": "WebPage", "mainEntity": {article}}}"#),
            format!("//<![CDATA[\n{article}\n//]]>"),
            format!("<!-- {article} -->"),
            format!("{article};"),
            article.replace("Port reopens", "Port\nreopens"),
        ] {
            assert_eq!(
                headlines(&script),
                ["Port reopens"]
                    .map(|line| { if script.contains("Port\n") { "Port reopens" } else { line } }),
                "for `{script}`"
            );
        }
    }

    #[test]
    fn a_type_is_an_article_or_not() {
        for (kind, meant) in [
            (r#""NewsArticle""#, true),
            (r#"["CreativeWork", "BlogPosting"]"#, true),
            (r#""VideoObject""#, false),
            ("3", false),
        ] {
            let script = format!(r#"{{"@type": {kind}}}"#);
            assert_eq!(described([&*script].into_iter())[0].is_article, meant, "for `{kind}`");
        }
    }

    #[test]
    fn authors_are_listed_by_name() {
        for (author, meant) in [
            (r#""Ann Oakes""#, Some("Ann Oakes")),
            (r#"{"name": "Ann Oakes"}"#, Some("Ann Oakes")),
            (r#"[{"name": "Ann Oakes"}, "Bo Lind"]"#, Some("Ann Oakes, Bo Lind")),
            ("[]", None),
            ("7", None),
        ] {
            let script = format!(r#"{{"author": {author}}}"#);
            assert_eq!(described([&*script].into_iter())[0].author.as_deref(), meant);
        }
    }

    #[test]
    fn what_is_no_json_describes_nothing() {
        for script in ["", "{", "[[[", "null", "var x = 1", &"[".repeat(10_000)] {
            assert_eq!(described([script].into_iter()), []);
        }
    }
}
