//! Parses a record as far as it is needed.
//!
//! Scrapers keep much beside the article: every link of the page, other crawlers' findings, whole
//! feeds. What stands under keys that nobody asks for is checked and passed over, which takes a
//! fraction of the time of building its values; its keys remain, for the message that none of them
//! holds a text.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::KeyMap;

/// Parses the record in `text`; what stands under keys that `keys` does not need becomes `null`.
pub(super) fn parse(text: &str, keys: &KeyMap) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Needed { keys }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// A value of which only some keys are needed, if it is an object.
struct Needed<'k> {
    keys: &'k KeyMap,
}

impl<'de> DeserializeSeed<'de> for Needed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Needed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = if self.keys.needs(&key) {
                entries.next_value()?
            } else {
                entries.next_value::<IgnoredAny>()?;
                Value::Null
            };
            object.insert(key, value);
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_nobody_asks_for_is_passed_over() {
        let keys = KeyMap::with_overrides(&["meta.story=body".to_owned()]).expect("a mapping");
        let record = r#"{"title": "Port", "links": [{"a": 1}], "meta": {"story": "x"},
            "_source": {"text": "y"}, "Date-Publish": "2020"}"#;
        let parsed = parse(record, &keys).expect("JSON");
        let meant = json!({"title": "Port", "links": null, "meta": {"story": "x"},
            "_source": {"text": "y"}, "Date-Publish": "2020"});
        assert_eq!(parsed, meant);
    }

    #[test]
    fn damage_is_found_wherever_it_stands() {
        let keys = KeyMap::default();
        for text in [r#"{"links": [1, }"#, r#"{"title": "a"} x"#, r#"{"title": "a"#, "[1, 2", ""] {
            assert!(parse(text, &keys).is_err(), "for `{text}`");
        }
        assert_eq!(parse("[{\"a\": 1}]", &keys).expect("JSON"), json!([]));
    }
}
