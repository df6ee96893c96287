//! Parses a record as far as it is needed.
//!
//! Scrapers keep much beside the article: every link of the page, other crawlers' findings, whole
//! feeds. What stands under keys that nobody asks for is checked and passed over, which takes a
//! fraction of the time of building its values. The keys themselves are of use only in the message
//! that none of them holds a text, so they are read again for it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::KeyMap;

/// What of a record is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kept<'k> {
    /// What stands under the keys that this map needs.
    Needed(&'k KeyMap),
    /// Every key, and `null` under it.
    Keys,
}

/// Parses the record in `text` as far as it is kept.
pub(super) fn parse(text: &str, kept: Kept<'_>) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Record(kept).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// A value of which a part is kept, if it is an object.
struct Record<'k>(Kept<'k>);

impl<'de> DeserializeSeed<'de> for Record<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Record<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key_seed(Key(self.0))? {
            match (key, self.0) {
                (Some(key), Kept::Needed(_)) => {
                    object.insert(key, entries.next_value()?);
                }
                (key, _) => {
                    entries.next_value::<IgnoredAny>()?;
                    object.extend(key.map(|key| (key, Value::Null)));
                }
            }
        }
        Ok(Value::Object(object))
    }

    // What is no object is no record; only its kind is told.

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(Vec::new()))
    }

    fn visit_str<E>(self, _: &str) -> Result<Value, E> {
        Ok(Value::String(String::new()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
}

/// A key of a record, if it is kept.
struct Key<'k>(Kept<'k>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<String>, E> {
        let is_kept = match self.0 {
            Kept::Needed(keys) => keys.needs(key),
            Kept::Keys => true,
        };
        Ok(is_kept.then(|| key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_nobody_asks_for_is_passed_over() {
        let keys = KeyMap::with_overrides(&["meta.story=body".to_owned()]).expect("a mapping");
        let record = r#"{"title": "Port", "links": [{"a": 1}], "meta": {"story": "x"},
            "_source": {"text": "y"}, "Date-Publish": "2020"}"#;
        let parsed = parse(record, Kept::Needed(&keys)).expect("JSON");
        let meant = json!({"title": "Port", "meta": {"story": "x"}, "_source": {"text": "y"},
            "Date-Publish": "2020"});
        assert_eq!(parsed, meant);
        let all = json!({"title": null, "links": null, "meta": null, "_source": null,
            "Date-Publish": null});
        assert_eq!(parse(record, Kept::Keys).expect("JSON"), all);
    }

    #[test]
    fn damage_is_found_wherever_it_stands() {
        let keys = KeyMap::default();
        for text in [r#"{"links": [1, }"#, r#"{"title": "a"} x"#, r#"{"title": "a"#, "[1, 2", ""] {
            assert!(parse(text, Kept::Needed(&keys)).is_err(), "for `{text}`");
        }
        assert_eq!(parse("[{\"a\": 1}]", Kept::Needed(&keys)).expect("JSON"), json!([]));
    }
}
