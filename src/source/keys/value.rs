//! The text of a value, as the field that it stands for reads it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;

use super::Field;

/// How services name the plain value in an object made of it: `{"name": "Reuters"}`,
/// `{"$date": …}`, `{"rendered": "<p>…"}`.
const INNER_KEYS: &[&str] = &[
    "name",
    "$date",
    "$oid",
    "$numberLong",
    "value",
    "@value",
    "rendered",
    "main",
    "original",
    "text",
    "#text",
    "content",
];

/// How deep in objects and arrays a text is looked for.
const MAX_DEPTH: usize = 4;

/// The text of `value` for `field`; `None` where it holds nothing that the field can be.
pub(super) fn text(field: Field, value: &Value) -> Option<String> {
    within(field, value, MAX_DEPTH)
}

fn within(field: Field, value: &Value, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Null | Value::Bool(_) => None,
        Value::String(text) => string(field, text),
        Value::Number(number) => match field {
            Field::Id => Some(number.to_string()),
            Field::Date => date_in_digits(&number.to_string()),
            _ => None,
        },
        Value::Array(values) => {
            let mut texts = values.iter().filter_map(|value| within(field, value, depth));
            let mut joined = |separator| Some(texts.by_ref().collect::<Vec<_>>().join(separator));
            match field {
                Field::Author | Field::Region => joined(", "),
                Field::Body | Field::Html => joined("\n"),
                _ => texts.next(),
            }
            .filter(|text| !text.is_empty())
        }
        Value::Object(object) => {
            INNER_KEYS.iter().find_map(|key| within(field, object.get(*key)?, depth))
        }
    }
}

fn string(field: Field, text: &str) -> Option<String> {
    let text = text.trim();
    let is_missing = ["", "null", "none", "nan"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_missing {
        return None;
    }
    match field {
        Field::Body | Field::Html => Some(text.to_owned()),
        Field::Date => Some(date_in_digits(text).unwrap_or_else(|| text.to_owned())),
        Field::Url => is_address(text).then(|| text.to_owned()),
        // Under the same key others keep the address of a feed.
        Field::Publisher if text.contains("://") => None,
        // A name or a headline is one line.
        _ => Some(text.replace(char::is_control, " ")),
    }
}

/// Whether `text` can be the address of a page: `source` holds one for some, a newspaper for others.
fn is_address(text: &str) -> bool {
    let host_and_path = text.split_once("://").map_or(text, |(_, rest)| rest);
    let has_path = host_and_path.split_once('/').is_some_and(|(host, _)| host.contains('.'));
    !text.contains(char::is_whitespace) && (text.contains("://") || has_path)
}

/// The ISO 8601 form of a date that is but a number; `None` for a number that is no date of news.
fn date_in_digits(text: &str) -> Option<String> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let compact = match whole.len() {
        4 if text == whole => whole.parse::<u16>().ok().map(|year| year.to_string()),
        8 => NaiveDate::parse_from_str(whole, "%Y%m%d").ok().map(|day| day.to_string()),
        // GDELT's form.
        14 => NaiveDateTime::parse_from_str(whole, "%Y%m%d%H%M%S")
            .ok()
            .map(|time| iso(time.and_utc())),
        _ => None,
    };
    compact.or_else(|| since_1970(whole.parse().ok()?).map(iso))
}

/// The time that `count` seconds, milliseconds or microseconds after 1970 are, whichever lies
/// between 1973 and 2100; in these bounds no count can be read in two ways.
fn since_1970(count: i64) -> Option<DateTime<Utc>> {
    let is_sane = |seconds: &i64| (100_000_000..4_102_444_800).contains(seconds);
    let seconds = [1, 1_000, 1_000_000].map(|unit| count / unit).into_iter().find(is_sane)?;
    DateTime::from_timestamp(seconds, 0)
}

fn iso(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
