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
pub(super) fn read(json: &[u8]) -> Option<ArticleRecord> {
    let brief: BriefRecord = serde_json::from_slice(json).ok()?;
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
pub(super) fn text(json: &[u8]) -> Option<(String, String)> {
    let TextRecord { title, body } = serde_json::from_slice(json).ok()?;
    Some((title, body))
}
