//! What is noted beside a page: its metadata as JSON, and the answer of the server.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use encoding_rs::Encoding;
use serde_json::Value;

use super::records::Given;
use super::stream::Fault;
use super::walk::io_reject;
use super::{KeyMap, SourceFile};
use crate::reject::RejectReason;

/// The largest note; metadata of a page is of a few kilobytes.
const MAX_BYTES: u64 = 4 << 20;

/// Reads what is noted beside `file`.
pub(super) fn read(file: &SourceFile, keys: &KeyMap) -> Result<Given, Fault> {
    let mut given = Given::default();
    for note in &file.notes {
        let text = text(note)?;
        let noted = if note.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            from_json(&text, keys).map_err(|detail| explain(note, &detail))?
        } else {
            from_headers(&text)?
        };
        given.declared.complete(&noted.declared);
        given.charset = given.charset.or(noted.charset);
    }
    Ok(given)
}

fn text(note: &Path) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    let file = File::open(note).map_err(|error| io_reject(&error))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| io_reject(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(explain(note, "it is too large"));
    }
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').to_owned())
}

/// What to do about a file that only looks like a note.
fn explain(note: &Path, detail: &str) -> Fault {
    let name = note.file_name().unwrap_or_default().to_string_lossy();
    let detail = format!("`{name}` beside it is no metadata of this page: {detail}; rename it");
    (RejectReason::BadRecord, detail)
}

/// One object that says of the page what a record says of itself.
fn from_json(text: &str, keys: &KeyMap) -> Result<Given, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => {
            let captured = CAPTURED.iter().find_map(|key| object.get(*key)?.as_str());
            let mut declared = keys.declared(&object);
            declared.captured = captured.and_then(time);
            Ok(Given { declared, charset: None })
        }
        Ok(_) => Err("not one object".into()),
        Err(error) => Err(error.to_string()),
    }
}

/// Keys under which scrapers write when they fetched the page.
const CAPTURED: &[&str] = &["captured", "crawled_at", "date_download", "fetched_at", "scraped_at"];

/// The head of the server's answer, one field a line.
fn from_headers(text: &str) -> Result<Given, Fault> {
    let mut lines = text.lines();
    if let Some(status) = text.strip_prefix("HTTP/").and_then(|_| lines.next())
        && let Some(code) = status.split_whitespace().nth(1)
        && !code.starts_with('2')
    {
        return Err((RejectReason::HttpError, format!("the server answered with status {code}")));
    }
    let mut given = Given::default();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => given.charset = charset(value),
            "date" => given.declared.captured = time(value),
            "content-location" | "url" => given.declared.url = Some(value.to_owned()),
            "content-language" => given.declared.language = Some(value.to_owned()),
            _ => {}
        }
    }
    given.declared.url = given.declared.url.filter(|url| url.contains("://"));
    Ok(given)
}

/// The encoding in a value of the kind `text/html; charset=utf-8`.
fn charset(value: &str) -> Option<&'static Encoding> {
    let mut parts = value.split(';').map(str::trim);
    let label =
        parts.find_map(|part| part.split_once('=').filter(|(name, _)| *name == "charset"))?;
    Encoding::for_label(label.1.trim_matches('"').as_bytes())
}

/// A moment, as in JSON or as in HTTP.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    read.ok().map(|time| time.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_give_charset_capture_and_status() {
        let text = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\
                    Date: Thu, 17 Nov 2022 10:00:00 GMT\r\nurl: https://a.example/1\r\n";
        let given = from_headers(text).expect("a page");
        assert_eq!(given.charset, Some(encoding_rs::WINDOWS_1251));
        assert_eq!(given.declared.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(given.declared.captured, time("2022-11-17T10:00:00Z"));
        let (reason, _) = from_headers("HTTP/2 404\r\n").expect_err("no page");
        assert_eq!(reason, RejectReason::HttpError);
    }

    #[test]
    fn metadata_is_one_object() {
        let keys = KeyMap::default();
        let given = from_json(r#"{"title": "T", "crawled_at": "2022-11-17T10:00:00Z"}"#, &keys);
        let declared = given.expect("metadata").declared;
        assert_eq!(declared.title.as_deref(), Some("T"));
        assert_eq!(declared.captured, time("2022-11-17T10:00:00Z"));
        assert!(from_json("[1]", &keys).is_err());
    }
}
