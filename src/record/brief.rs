//! The few fields of a record that lists of hits show, read without the others: names, dates and
//! their evidence make up most of a record of a short article.

use serde::Deserialize;

use super::ArticleRecord;

#[derive(Deserialize)]
struct BriefRecord {
    v: u32,
    id: String,
    source_id: Option<String>,
    path: String,
    record: u32,
    url: Option<String>,
    title: String,
    body: String,
    tag: Option<String>,
    about: Vec<String>,
    date: Option<String>,
    language: Option<String>,
    publisher: Option<String>,
}

/// The record in `json` with these fields alone.
pub(super) fn read(json: String) -> Option<ArticleRecord> {
    let brief: BriefRecord = serde_json::from_str(&without(json, r#","author":"#)).ok()?;
    Some(ArticleRecord {
        v: brief.v,
        id: brief.id,
        source_id: brief.source_id,
        path: brief.path,
        record: brief.record,
        url: brief.url,
        title: brief.title,
        body: brief.body,
        tag: brief.tag,
        about: brief.about,
        date: brief.date,
        language: brief.language,
        publisher: brief.publisher,
        ..ArticleRecord::default()
    })
}

#[derive(Deserialize)]
struct TextRecord {
    title: String,
    body: String,
}

/// Title and body of the record in `json`.
pub(super) fn text(json: String) -> Option<(String, String)> {
    let json = without(json, r#","description":"#);
    let TextRecord { title, body } = serde_json::from_str(&json).ok()?;
    Some((title, body))
}

/// `json` without the field that begins with `field`, and all that follows: nothing is read sooner
/// than what is not looked at. Within a text the quotation marks would be escaped, and the objects
/// within a record have no fields of such names.
fn without(mut json: String, field: &str) -> String {
    if let Some(end) = memchr::memmem::find(json.as_bytes(), field.as_bytes()) {
        json.truncate(end);
        json.push('}');
    }
    json
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
        let brief = read(json.clone()).expect("a record");
        assert_eq!(brief, ArticleRecord { description: None, author: None, ..record });
        assert_eq!(text(json), Some((trap.to_owned(), trap.to_owned())));
    }
}
