//! Finds the array of records in an object that wraps it, as an answer from a web service does:
//! `{"status": "ok", "articles": [{…}, {…}]}`, or Elasticsearch's `{"hits": {"hits": [{…}]}}`.

use memchr::memchr2;

use crate::source::keys::{fold, is_text_key};

/// How far into an object its array of records is looked for, in bytes. What services put before
/// it is a few hundred bytes of status and totals.
pub(super) const HEAD: usize = 64 << 10;

/// Names of arrays of records, and of objects around such an array; folded.
const WRAPPERS: &[&str] = &[
    "articles",
    "data",
    "docs",
    "documents",
    "entries",
    "hits",
    "items",
    "news",
    "posts",
    "records",
    "response",
    "results",
    "rows",
    "stories",
    "value",
];

/// Where records begin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Wrapped {
    /// Bytes before the array's first element.
    pub(super) start: usize,
    /// Objects that the array lies in.
    pub(super) wrappers: usize,
}

/// Finds the array of records in the object that `head` begins with; `None` where the object is a
/// record itself: where it has a text before any such array, or no such array.
pub(super) fn find(head: &[u8]) -> Option<Wrapped> {
    let mut depth = 0;
    // Objects around this place whose keys all name wrappers.
    let mut wrappers = 0;
    let mut key = Key::None;
    let mut at = 0;
    while let Some(&byte) = head.get(at) {
        let is_member = depth == wrappers;
        at += 1;
        match byte {
            b'"' => {
                let text = string(&head[at..])?;
                at += text.len() + 1;
                if is_member {
                    key = Key::read(text, &head[at..], key)?;
                }
            }
            b'{' => {
                if depth == 0 || (is_member && key == Key::Wrapper) {
                    wrappers += 1;
                }
                depth += 1;
            }
            b'[' => {
                if is_member && key == Key::Wrapper && first(&head[at..]) == Some(b'{') {
                    return Some(Wrapped { start: at, wrappers });
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                wrappers = wrappers.min(depth);
                if depth == 0 {
                    return None;
                }
            }
            b',' if is_member => key = Key::None,
            _ => {}
        }
    }
    None
}

/// What the key before a value says of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Key {
    /// There is none: a key is due.
    None,
    Wrapper,
    Text,
    Other,
}

impl Key {
    /// The state after the string `text`, a key or the value of one; `None` where it is the text
    /// of a record.
    fn read(text: &[u8], after: &[u8], before: Self) -> Option<Self> {
        if first(after) != Some(b':') {
            return (before != Self::Text).then_some(before);
        }
        let name = fold(std::str::from_utf8(text).unwrap_or_default());
        Some(if WRAPPERS.contains(&&*name) {
            Self::Wrapper
        } else if is_text_key(&name) {
            Self::Text
        } else {
            Self::Other
        })
    }
}

/// The string that was opened just before `text`, as it is written; `None` where it is cut off.
fn string(text: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(&text[..at]);
        }
        at += 2;
    }
}

/// The first byte that is not white space.
fn first(text: &[u8]) -> Option<u8> {
    text.trim_ascii_start().first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which part of `head` lies before the records; empty where it is a record itself.
    #[track_caller]
    fn check(head: &str, before: &str, wrappers: usize) {
        let expected = (!before.is_empty()).then_some(Wrapped { start: before.len(), wrappers });
        assert_eq!(find(head.as_bytes()), expected, "for {head}");
        for end in 0..head.len() {
            let _ = find(&head.as_bytes()[..end]);
        }
    }

    #[test]
    fn records_lie_in_an_array_under_a_known_name() {
        check(
            r#"{"status":"ok","n":[1],"articles": [ {"a":1}]}"#,
            r#"{"status":"ok","n":[1],"articles": ["#,
            1,
        );
        check(
            r#"{"took":5,"hits":{"total":{"value":2},"hits":[{"_source"#,
            r#"{"took":5,"hits":{"total":{"value":2},"hits":["#,
            2,
        );
        check(r#"{"q":{"x":1},"Results":[{"#, r#"{"q":{"x":1},"Results":["#, 1);
    }

    #[test]
    fn a_record_is_no_wrapper() {
        for record in [
            r#"{"title":"a","text":"b","items":[{"x":1}]}"#,
            r#"{"title":"items","body":"[{"}"#,
            r#"{"tags":[{"a":1}],"related":{"items":[{"a":1}]}}"#,
            r#"{"data":["a","b"]}"#,
            r#"{"data":[]} {"items":[{"#,
            r#"{"a\"items":[{"#,
            "{}",
        ] {
            check(record, "", 0);
        }
    }

    #[test]
    fn a_text_beside_the_array_of_a_wrapper_is_read_as_such() {
        check(r#"{"items":[{"a":1}],"text":"b"}"#, r#"{"items":["#, 1);
    }
}
