//! What the engine stores of an article.

use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer,
};

use crate::record::{ArticleRecord, Detail};

/// The record of an article as JSON, as it was stored.
///
/// It is a text to the engine, not bytes: those it reads one by one. And it is read straight from
/// the store: the engine's own document would be a second copy of it.
pub(crate) struct StoredArticle(String);

impl StoredArticle {
    /// The record, in some detail; `None` where it is damaged.
    pub(crate) fn record(self, detail: Detail) -> Option<ArticleRecord> {
        ArticleRecord::from_json(&self.0, detail)
    }

    /// Title and body; `None` where the record is damaged.
    pub(crate) fn text(self) -> Option<(String, String)> {
        ArticleRecord::text_from_json(&self.0)
    }
}

impl DocumentDeserialize for StoredArticle {
    fn deserialize<'de, D>(mut document: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        // Nothing else is stored.
        let first = document.next_field::<Text>()?;
        Ok(Self(first.map(|(_, Text(json))| json).unwrap_or_default()))
    }
}

struct Text(String);

impl ValueDeserialize for Text {
    fn deserialize<'de, D>(value: D) -> Result<Self, DeserializeError>
    where
        D: ValueDeserializer<'de>,
    {
        value.deserialize_string().map(Self)
    }
}
