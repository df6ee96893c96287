//! Common keys are known in any spelling, in an order of preference; mappings by hand come first.
//! Values that are not plain strings are read as their field needs. A record without a text says
//! what it has instead.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;

fn map(overrides: &[&str]) -> KeyMap {
    let overrides: Vec<_> = overrides.iter().map(ToString::to_string).collect();
    KeyMap::with_overrides(&overrides).expect("valid mappings")
}

/// What is read from `record`, as `field: value` lines in a fixed order.
fn read(overrides: &[&str], record: Value) -> String {
    let Value::Object(record) = record else { panic!("not an object") };
    let Some(fields) = map(overrides).read(&record) else {
        let (reason, detail) = no_text(&record);
        return format!("{reason}: {detail}");
    };
    let declared = fields.declared;
    [
        ("id", fields.id),
        ("title", declared.title),
        (if fields.media == Media::Html { "html" } else { "body" }, Some(fields.text)),
        ("date", declared.date),
        ("region", declared.tag),
        ("url", declared.url),
        ("language", declared.language),
        ("author", declared.author),
        ("publisher", declared.publisher),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(format!("{name}: {}", value?)))
    .collect::<Vec<_>>()
    .join("\n")
}

#[track_caller]
fn check(record: Value, expected: &[&str]) {
    let shown = record.to_string();
    assert_eq!(read(&[], record), expected.join("\n"), "for {shown}");
}

#[track_caller]
fn check_mapped(overrides: &[&str], record: Value, expected: &[&str]) {
    let shown = record.to_string();
    assert_eq!(read(overrides, record), expected.join("\n"), "for {overrides:?} on {shown}");
}

/// Checks how the value under `date` is read.
#[track_caller]
fn check_date(value: &Value, expected: Option<&str>) {
    assert_eq!(value::text(Field::Date, value).as_deref(), expected, "for {value}");
}

#[test]
fn records_of_common_scrapers_are_known() {
    // news-please
    check(
        json!({
            "authors": ["Aida Bek", "Jo Lind"], "date_download": "2022-11-20 01:00:00",
            "date_modify": "2022-11-19 01:00:00", "date_publish": "2022-11-17 06:12:00",
            "description": "A teaser.", "filename": "x.json", "language": "en",
            "maintext": "Polls opened.", "source_domain": "example.org", "title": "Polls open",
            "title_page": "Polls open | Example", "url": "https://example.org/a"
        }),
        &[
            "title: Polls open",
            "body: Polls opened.",
            "date: 2022-11-17 06:12:00",
            "url: https://example.org/a",
            "language: en",
            "author: Aida Bek, Jo Lind",
            "publisher: example.org",
        ],
    );
    // trafilatura, whose `source` is an address
    check(
        json!({
            "title": "Polls open", "author": "Aida Bek", "hostname": "example.org",
            "date": "2022-11-17", "fingerprint": "ab12", "id": null, "raw_text": "Polls opened .",
            "text": "Polls opened.", "language": null, "filedate": "2022-11-20",
            "source": "https://example.org/a", "source-hostname": "Example", "excerpt": "A teaser."
        }),
        &[
            "id: ab12",
            "title: Polls open",
            "body: Polls opened.",
            "date: 2022-11-17",
            "url: https://example.org/a",
            "author: Aida Bek",
            "publisher: Example",
        ],
    );
    // CC-News
    check(
        json!({
            "requested_url": "https://example.org/r", "responded_url": "https://example.org/s",
            "plain_text": "Polls opened.", "published_date": "2022-11-17", "title": "Polls open",
            "publisher": "Example", "authors": [], "language": "en", "tags": ["a"]
        }),
        &[
            "title: Polls open",
            "body: Polls opened.",
            "date: 2022-11-17",
            "url: https://example.org/r",
            "language: en",
            "publisher: Example",
        ],
    );
    // Media Cloud
    check(
        json!({
            "stories_id": 8712, "publish_date": "2022-11-17 00:00:00", "story_text": "Polls opened.",
            "indexed_date": "2022-11-18", "media_name": "Example", "media_url": "https://example.org",
            "title": "Polls open"
        }),
        &[
            "id: 8712",
            "title: Polls open",
            "body: Polls opened.",
            "date: 2022-11-17 00:00:00",
            "publisher: Example",
        ],
    );
    // NewsAPI
    check(
        json!({
            "source": {"id": "ex", "name": "Example"}, "author": null, "title": "Polls open",
            "url": "https://example.org/a", "publishedAt": "2022-11-17T06:12:00Z",
            "content": "Polls opened."
        }),
        &[
            "title: Polls open",
            "body: Polls opened.",
            "date: 2022-11-17T06:12:00Z",
            "url: https://example.org/a",
            "publisher: Example",
        ],
    );
    // WordPress
    check(
        json!({
            "id": 7, "date": "2022-11-17T11:12:00", "date_gmt": "2022-11-17T06:12:00",
            "modified": "2022-11-18T00:00:00", "link": "https://example.org/a",
            "title": {"rendered": "Polls open"}, "content": {"rendered": "<p>Polls opened.</p>"}
        }),
        &[
            "id: 7",
            "title: Polls open",
            "html: <p>Polls opened.</p>",
            "date: 2022-11-17T11:12:00",
            "url: https://example.org/a",
        ],
    );
}

#[test]
fn the_article_may_lie_inside_an_envelope() {
    check(
        json!({"_index": "news", "_id": "k1", "_source": {"headline": "Polls open", "body": "B."}}),
        &["id: k1", "title: Polls open", "body: B."],
    );
    check(
        json!({"webTitle": "Polls open", "fields": {"bodyText": "B.", "headline": "Other"}}),
        &["title: Polls open", "body: B."],
    );
}

#[test]
fn the_spelling_of_a_key_does_not_matter() {
    for key in ["date_publish", "datePublish", "Date-Publish", "DATE PUBLISH"] {
        check(json!({ "Text": "B.", key: "2022" }), &["body: B.", "date: 2022"]);
    }
}

#[test]
fn the_first_key_that_holds_something_wins() {
    check(json!({"content": "C.", "text": "T.", "maintext": " "}), &["body: T."]);
    check(json!({"text": "None", "content": "C.", "title": "NaN"}), &["body: C."]);
}

#[test]
fn text_comes_before_markup_unless_markup_is_mapped() {
    let record = json!({"html": "<p>H.", "text": "T."});
    check(record.clone(), &["body: T."]);
    check_mapped(&["html=html"], record.clone(), &["html: <p>H."]);
    check_mapped(&["html=html", "text=body"], record, &["body: T."]);
    check(json!({"html": "<p>H."}), &["html: <p>H."]);
    check(json!({"text": "  <div>H."}), &["html: <div>H."]);
}

#[test]
fn other_dates_and_countries_of_publishers_are_not_taken() {
    check(
        json!({
            "text": "T.", "date_modify": "2022", "date_download": "2022", "created_at": "2022",
            "indexed_date": "2022", "seendate": "2022", "crawled": "2022", "updated": "2022",
            "sourcecountry": "Austria"
        }),
        &["body: T."],
    );
}

#[test]
fn mapped_keys_come_before_known_ones_and_fall_back_to_them() {
    let record = json!({"text": "T.", "story": "S.", "meta": {"Pub": {"date": "2022-11-17"}}});
    check_mapped(
        &["story=body", "meta.pub.date=date"],
        record.clone(),
        &["body: S.", "date: 2022-11-17"],
    );
    check_mapped(&["none=body", "meta.none=date"], record, &["body: T."]);
    check_mapped(&["a.b=BODY"], json!({"a.b": "B.", "a": {"b": "C."}}), &["body: B."]);
    check_mapped(&["a=body", "b=body"], json!({"b": "B.", "a": "A."}), &["body: A."]);
    check_mapped(&["q=x=body"], json!({"q=x": "B."}), &["body: B."]);
}

#[test]
fn a_mapping_that_cannot_be_read_says_what_it_should_be() {
    for (given, expected) in [
        ("story", "`story` is no mapping: it has the form KEY=FIELD"),
        ("=body", "`=body` is no mapping: there is no key before `=`"),
        (
            "story=bdy",
            "`story=bdy` is no mapping: there is no field `bdy`; fields are id, title, body, html, \
             date, region, url, language, author, publisher",
        ),
    ] {
        let error = KeyMap::with_overrides(&[given.to_owned()]).expect_err("not a mapping");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn lists_are_joined_or_their_first_value_is_taken() {
    check(
        json!({
            "text": ["One.", "", "Two."], "authors": [{"name": "A. B."}, "C. D."],
            "region": ["", "Central Asia", "Europe"]
        }),
        &["body: One.\nTwo.", "region: Central Asia, Europe", "author: A. B., C. D."],
    );
}

#[test]
fn a_date_that_is_a_number_is_written_out() {
    check_date(&json!(1_668_665_520), Some("2022-11-17T06:12:00Z"));
    check_date(&json!(1_668_665_520_000_i64), Some("2022-11-17T06:12:00Z"));
    check_date(&json!(1_668_665_520.75), Some("2022-11-17T06:12:00Z"));
    check_date(&json!("1668665520"), Some("2022-11-17T06:12:00Z"));
    check_date(&json!({"$date": {"$numberLong": "1668665520000"}}), Some("2022-11-17T06:12:00Z"));
    check_date(&json!(20_221_117), Some("2022-11-17"));
    check_date(&json!("20221117061200"), Some("2022-11-17T06:12:00Z"));
    check_date(&json!(2022), Some("2022"));
}

#[test]
fn a_number_that_is_no_date_is_not_taken_and_a_string_stays_as_it_is() {
    for number in [json!(0), json!(-1), json!(7), json!(1e300), json!(u64::MAX), json!(99_999_999)]
    {
        check_date(&number, None);
    }
    check_date(&json!("17 November 2022"), Some("17 November 2022"));
    check_date(&json!("0"), Some("0"));
}

#[test]
fn an_address_is_told_from_the_name_of_a_source() {
    for (source, field) in [
        ("Reuters", "publisher"),
        ("The Times/AP", "publisher"),
        ("bbc.co.uk", "publisher"),
        ("https://example.org/a", "url"),
    ] {
        check(
            json!({"text": "T.", "source": source}),
            &["body: T.", &format!("{field}: {source}")],
        );
    }
    check(json!({"text": "T.", "url": "example.org/a"}), &["body: T.", "url: example.org/a"]);
}

#[test]
fn what_a_record_declares_is_one_line() {
    check(
        json!({"text": "One.\nTwo.", "author": "A.\nB.\u{1b}[1m"}),
        &["body: One.\nTwo.", "author: A. B. [1m"],
    );
}

#[test]
fn a_record_without_a_text_says_what_it_has() {
    check(
        json!({"heading": "x", "story_html\u{1b}": 1}),
        &["no-text-key: no key of a text among `heading`, `story_html\u{FFFD}`: name it by \
           `--map KEY=body`"],
    );
    let many: Map<_, _> = (0..10).map(|n| (format!("{n}{}", "k".repeat(50)), json!(n))).collect();
    let detail = read(&[], Value::Object(many));
    assert!(detail.contains("…`, 2 more: name it"), "{detail}");
    check(json!({}), &["no-text-key: the record has no keys"]);
    check(json!({"Text": "", "id": 1}), &["empty: the key `Text` holds no text"]);
}

#[test]
fn the_fingerprint_tells_maps_apart() {
    let maps: &[&[&str]] = &[&[], &["a=body"], &["b=body"], &["a=html"], &["a=body", "b=body"]];
    let prints: BTreeSet<_> = maps.iter().map(|overrides| map(overrides).fingerprint()).collect();
    assert_eq!(prints.len(), maps.len());
    assert_eq!(KeyMap::default().fingerprint(), map(&[]).fingerprint());
}

#[test]
fn every_field_has_known_keys_and_none_is_listed_twice() {
    let fields: Vec<_> = KeyMap::known().map(|(field, _)| field).collect();
    assert_eq!(fields, Field::ALL);
    for (field, keys) in KeyMap::known() {
        let folded: BTreeSet<_> = keys.iter().map(|key| fold(key)).collect();
        assert_eq!(folded.len(), keys.len(), "for {field}");
    }
}
