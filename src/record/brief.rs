//! The few fields of a record that lists of hits show, read without the others: names, dates and
//! their evidence make up most of a record of a short article.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::Deserialize;

use super::ArticleRecord;

/// How a field begins.
type Name = LazyLock<Finder<'static>>;

macro_rules! names {
    ($($name:ident = $begins:literal;)*) => {
        $(static $name: Name = LazyLock::new(|| Finder::new($begins));)*
    };
}

names! {
    // A record begins with its version; its seal, if any, stands behind that.
    VERSION = r#"{"v":"#;
    ID = r#","id":"#;
    SOURCE_ID = r#","source_id":"#;
    PATH = r#","path":"#;
    RECORD = r#","record":"#;
    URL = r#","url":"#;
    TITLE = r#","title":"#;
    BODY = r#","body":"#;
    TAG = r#","tag":"#;
    ABOUT = r#","about":"#;
    DATE = r#","date":"#;
    LANGUAGE = r#","language":"#;
    PUBLISHER = r#","publisher":"#;
}

/// The record in `json` with these fields alone.
pub(super) fn read(json: &str) -> Option<ArticleRecord> {
    let mut fields = Fields(json);
    Some(ArticleRecord {
        v: fields.next(&VERSION)?,
        id: fields.next(&ID)?,
        source_id: fields.next(&SOURCE_ID)?,
        path: fields.next(&PATH)?,
        record: fields.next(&RECORD)?,
        url: fields.next(&URL)?,
        title: fields.next(&TITLE)?,
        body: fields.next(&BODY)?,
        tag: fields.next(&TAG)?,
        about: fields.next(&ABOUT)?,
        date: fields.next(&DATE)?,
        language: fields.next(&LANGUAGE)?,
        publisher: fields.next(&PUBLISHER)?,
        ..ArticleRecord::default()
    })
}

/// Title and body of the record in `json`.
pub(super) fn text(json: &str) -> Option<(String, String)> {
    let mut fields = Fields(json);
    Some((fields.next(&TITLE)?, fields.next(&BODY)?))
}

/// What is left of a record of which fields are read, in the order in which they are written.
///
/// Nothing is read sooner than what is not looked at: a field is found by its name. Within a text
/// the quotation marks would be escaped, and the objects within a record have no fields of such
/// names, or none that others stand before.
struct Fields<'j>(&'j str);

impl<'j> Fields<'j> {
    /// The value of the next field of this name.
    fn next<T: Deserialize<'j>>(&mut self, name: &Name) -> Option<T> {
        let at = name.find(self.0.as_bytes())?;
        let left = &self.0[at + name.needle().len()..];
        let mut values = serde_json::Deserializer::from_str(left).into_iter();
        let value = values.next()?.ok()?;
        self.0 = &left[values.byte_offset()..];
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_whatever_the_texts_say() {
        let trap = r#"He wrote "x","author":"me" and ,\"description\":"#;
        let record = ArticleRecord {
            v: 1,
            id: "a".into(),
            title: trap.into(),
            body: trap.into(),
            tag: Some(trap.into()),
            about: vec!["KZ".into(), "author".into(), trap.into()],
            publisher: Some("p".into()),
            description: Some(trap.into()),
            author: Some(trap.into()),
            ..ArticleRecord::default()
        };
        let json = serde_json::to_string(&record).expect("JSON");
        let brief = read(&json).expect("a record");
        assert_eq!(brief, ArticleRecord { description: None, author: None, ..record });
        assert_eq!(text(&json), Some((trap.to_owned(), trap.to_owned())));
    }
}
