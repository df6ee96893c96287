//! The story in the state of an application that draws its page itself: `__NEXT_DATA__`,
//! `window.__INITIAL_STATE__ = {…}`.
//!
//! Looked at only where the page shows no story. Such state has no common form; but wherever the
//! story lies in it, it is a long string, or a list whose members hold its paragraphs. Of all
//! strings and lists the one with most words in sentences is taken.
//!
//! # Cost
//!
//! Linear: each script is parsed once, and at most [`MOST_BYTES`] of all.

use dom_query::Document;
use serde_json::Value;

use super::blocks;
use crate::clean::lines::Kind;
use crate::metadata::one_line;

/// Bytes of scripts that are read of one page.
const MOST_BYTES: usize = 4 << 20;

/// Values that are visited in one page.
const MOST_VALUES: usize = 200_000;

/// How deep below a list its paragraphs may lie.
const DEEPEST: usize = 6;

/// The lines of the story in the scripts of `page`; empty where there is none.
pub(super) fn story(page: &Document) -> Vec<String> {
    let mut left = MOST_BYTES;
    let mut best = Found::default();
    for script in &page.select("script") {
        let text = script.text();
        if text.len() > left || script.attr("type").is_some_and(|kind| kind.contains("ld+json")) {
            continue;
        }
        left -= text.len();
        if let Some(value) = state(&text) {
            let found = search(&value);
            if found.words > best.words {
                best = found;
            }
        }
    }
    best.lines
}

/// The value that a script is, or that it gives to a variable.
fn state(script: &str) -> Option<Value> {
    let script = script.trim_start();
    let start = if script.starts_with(['{', '[']) {
        0
    } else {
        let assigned = script.find('=')? + 1;
        let rest = script[assigned..].trim_start();
        rest.starts_with(['{', '[']).then_some(script.len() - rest.len())?
    };
    serde_json::Deserializer::from_str(&script[start..]).into_iter().next()?.ok()
}

/// Lines, and how many words of sentences they hold.
#[derive(Debug, Default)]
struct Found {
    lines: Vec<String>,
    words: usize,
}

/// The string or list in `value` that holds most.
fn search(value: &Value) -> Found {
    let mut best = Found::default();
    let mut queue = vec![value];
    let mut visited = 0;
    while let Some(value) = queue.pop() {
        visited += 1;
        if visited > MOST_VALUES {
            break;
        }
        let found = match value {
            Value::String(text) => prose(text),
            Value::Array(items) => {
                // A list of articles holds more than a list of paragraphs, but not as directly.
                let mut found = Found::default();
                let is_list_of_articles = items.iter().any(|item| item.get("headline").is_some());
                if !is_list_of_articles {
                    for item in items {
                        gather(item, DEEPEST, &mut found);
                    }
                }
                queue.extend(items);
                found
            }
            Value::Object(fields) => {
                queue.extend(fields.values());
                continue;
            }
            _ => continue,
        };
        if found.words > best.words {
            best = found;
        }
    }
    best
}

/// Adds the paragraphs in `value` to `found`, as far as they lie no deeper than `depth`.
fn gather(value: &Value, depth: usize, found: &mut Found) {
    match value {
        Value::String(text) => {
            let mut piece = prose(text);
            found.words += piece.words;
            found.lines.append(&mut piece.lines);
        }
        // Lists within lists are searched by themselves, which bounds the work.
        Value::Object(fields) if depth > 0 => {
            for field in fields.values() {
                gather(field, depth - 1, found);
            }
        }
        _ => {}
    }
}

/// The lines of a text or of a piece of markup, if they hold a sentence.
fn prose(text: &str) -> Found {
    if text.len() < 40 || !text.contains(' ') && text.is_ascii() {
        return Found::default();
    }
    let lines: Vec<String> = if text.contains("</") {
        blocks::read(&Document::from(text)).blocks.into_iter().map(|block| block.text).collect()
    } else {
        text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
    };
    let words = lines.iter().map(|line| sentence_words(line)).sum();
    if words == 0 { Found::default() } else { Found { lines, words } }
}

/// The words of a line, if it is a paragraph.
pub(super) fn sentence_words(line: &str) -> usize {
    match Kind::of(line) {
        Kind::Prose(words) => words,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The harbour of the small town was closed for three days after the storm \
        had passed, and no ship could leave it before the wreck at its mouth was towed away.";

    fn found(script: &str) -> Vec<String> {
        story(&Document::from(format!("<script>{script}</script>").as_str()))
    }

    #[test]
    fn a_story_is_found_however_the_state_is_built() {
        for script in [
            format!(r#"{{"props": {{"article": {{"body": "<p>{PROSE}<\/p><p>{PROSE}<\/p>"}}}}}}"#),
            format!(
                r#"window.__STATE__ = {{"a": [{{"type": "p", "text": "{PROSE}"}}, {{"c": {{"t": "{PROSE}"}}}}]}};"#
            ),
            format!(r#"window['x'] = ["{PROSE}", "{PROSE}"]; other()"#),
            format!(r#"{{"text": "{PROSE}\n\n{PROSE}", "teaser": "{PROSE}"}}"#),
        ] {
            assert_eq!(found(&script), [PROSE, PROSE], "for `{script}`");
        }
    }

    #[test]
    fn scripts_without_a_story_give_none() {
        for script in ["", "var a = 1", "{", "var a = {b}", r#"{"text": "Port reopens"}"#] {
            assert_eq!(found(script), Vec::<String>::new(), "for `{script}`");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(found(&deep), Vec::<String>::new());
    }
}
