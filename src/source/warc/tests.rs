//! Web archives: which records are pages, and what is known of them.

mod arc;
mod damage;
mod packed;

use crate::article::ArticleWarning;
use crate::source::tests::{Fixture, check, gzip, lines, outcomes, outcomes_within};
use crate::source::{Media, RawDocument};

/// A record of a type with these fields.
fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2022-11-17T10:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:{kind}>\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The answer of a server for a page.
fn response(url: &str, status: u16, fields: &str, content: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 {status} X\r\n{fields}\r\n{content}");
    record("response", &format!("WARC-Target-URI: {url}\r\n"), answer.as_bytes())
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

fn page(number: u32) -> Vec<u8> {
    response(&format!("https://a.example/{number}"), 200, HTML, &format!("<p>Page {number}."))
}

fn documents(bytes: &[u8]) -> Vec<RawDocument> {
    let fixture = Fixture::new("a.warc", bytes);
    outcomes_within(&fixture.file(), 1_000).into_iter().filter_map(Result::ok).collect()
}

/// Reasons and details without the offsets.
fn rejects(bytes: &[u8]) -> Vec<String> {
    let rejects = outcomes(&Fixture::new("a.warc", bytes).file()).into_iter();
    let rejects = rejects.filter_map(Result::err);
    rejects.map(|reject| format!("{}: {}", reject.reason, reject.detail)).collect()
}

#[test]
fn every_record_uses_up_a_number() {
    let info = record("warcinfo", "", b"software: x");
    let request = record("request", "WARC-Target-URI: https://a.example/1\r\n", b"GET / HTTP/1.1");
    let archive = [info, request, page(2), page(3)].concat();
    let numbers: Vec<_> = documents(&archive).iter().map(|found| found.locator.record).collect();
    assert_eq!(numbers, [2, 3]);
}

#[test]
fn what_the_header_says_comes_with_the_page() {
    let document = documents(&page(1)).remove(0);
    assert_eq!(document.media, Media::Html);
    assert_eq!(document.content.as_bytes(), b"<p>Page 1.");
    assert_eq!(document.charset, Some(encoding_rs::UTF_8));
    assert_eq!(document.source_id.as_deref(), Some("response"));
    let declared = document.declared;
    assert_eq!(declared.url.as_deref(), Some("https://a.example/1"));
    assert_eq!(
        declared.captured.map(|time| time.to_rfc3339()).as_deref(),
        Some("2022-11-17T10:00:00+00:00")
    );
    assert_eq!(declared.date, None, "the time of capture is no date of publication");
}

#[test]
fn resources_and_conversions_are_pages_without_an_answer() {
    let target = "WARC-Target-URI: https://a.example/1\r\n";
    let html = format!("{target}Content-Type: text/html\r\n");
    let text = format!("{target}Content-Type: text/plain\r\n");
    let archive =
        [record("resource", &html, b"Polls <b>open"), record("conversion", &text, b"Polls open")];
    let media: Vec<_> = documents(&archive.concat()).iter().map(|found| found.media).collect();
    assert_eq!(media, [Media::Html, Media::Text]);
}

#[test]
fn what_is_no_page_is_named() {
    let again = "WARC-Target-URI: https://a.example/1\r\n\
                 WARC-Refers-To-Target-URI: https://a.example/1\r\n\
                 WARC-Refers-To-Date: 2021-01-01T00:00:00Z\r\n";
    for (bytes, expected) in [
        (
            response("https://a.example/1", 301, "Location: /2\r\n", ""),
            "http-error: the server answered with status 301, on to /2",
        ),
        (
            response("https://a.example/1", 404, HTML, "<p>None."),
            "http-error: the server answered with status 404",
        ),
        (
            response("https://a.example/1", 200, "Content-Type: image/png\r\n", "x"),
            "binary: the server called it image/png",
        ),
        (
            response("https://a.example/site.css", 200, "", "p {}"),
            "unsupported: going by its name, it is a style sheet",
        ),
        (response("https://a.example/1", 200, HTML, ""), "empty: no bytes, or white space alone"),
        (
            record("revisit", again, b"HTTP/1.1 200 OK\r\n\r\n"),
            "revisit: https://a.example/1 is unchanged since the capture of https://a.example/1, \
             2021-01-01T00:00:00Z",
        ),
        (
            record("continuation", again, b"open."),
            "bad-record: a later segment of https://a.example/1; segments are not joined",
        ),
    ] {
        assert_eq!(rejects(&bytes), [expected]);
    }
}

#[test]
fn a_feed_in_an_archive_has_records_of_its_own() {
    let feed = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    let archive = [page(0), response("https://a.example/f.jsonl", 200, "", feed)].concat();
    let found = lines(&Fixture::new("a.warc", &archive).file());
    assert_eq!(found[1..], ["!record 1 0 at 0: Text One.", "!record 1 1 at 17: Text Two."]);
}

#[test]
fn a_page_over_the_limit_is_cut_and_marked() {
    let long = format!("<p>{}", "x".repeat(300));
    check(
        "a.warc",
        response("https://a.example/1", 200, HTML, &long),
        &[&format!("0 at 0: Html {}", &long[..200])],
    );
}

#[test]
fn what_a_crawler_noted_on_its_way_is_passed_over() {
    let of = |kind: &str, url: &str| record(kind, &format!("WARC-Target-URI: {url}\r\n"), b"x");
    let notes = [
        of("response", "dns:a.example"),
        of("response", "whois://whois.example/a.example"),
        of("metadata", "https://a.example/1"),
        of("unheard-of", "https://a.example/1"),
    ];
    let archive = [notes.concat(), page(4)].concat();
    assert_eq!(rejects(&archive), [""; 0]);
    assert_eq!(documents(&archive)[0].locator.record, 4);
    assert_eq!(rejects(&notes.concat()), ["empty: it holds no page"]);
}

#[test]
fn what_came_by_another_way_than_http_is_a_page_as_it_is() {
    let fields = "WARC-Target-URI: ftp://a.example/1.txt\r\nContent-Type: text/plain\r\n";
    let found = documents(&record("response", fields, b"Polls open.")).remove(0);
    assert_eq!((found.media, found.content.as_bytes()), (Media::Text, &b"Polls open."[..]));
}

#[test]
fn a_page_is_one_whatever_its_address_ends_in() {
    let html = response("https://a.example/what-is-node.js", 200, HTML, "<p>Node.");
    let target = "WARC-Target-URI: https://a.example/what-is-node.js\r\n";
    let text = record("conversion", &format!("{target}Content-Type: text/plain\r\n"), b"Node.");
    assert_eq!(documents(&[html, text].concat()).len(), 2);
    let robots = response("https://a.example/robots.txt", 200, "Content-Type: text/plain\r\n", "x");
    assert_eq!(
        rejects(&robots),
        ["unsupported: going by its name, it is a site's word to machines"]
    );
}

#[test]
fn a_page_that_the_crawler_cut_is_marked() {
    for field in ["WARC-Truncated: length\r\n", "WARC-Segment-Number: 1\r\n"] {
        let fields = format!("WARC-Target-URI: https://a.example/1\r\n{field}");
        let block = format!("HTTP/1.1 206 Partial\r\n{HTML}\r\n<p>Polls");
        let found = documents(&record("response", &fields, block.as_bytes())).remove(0);
        assert_eq!(found.warnings, [ArticleWarning::Truncated], "for {field}");
    }
}

#[test]
fn a_bomb_in_an_answer_is_cut_at_the_limit() {
    let bomb = gzip(gzip("a".repeat(1 << 20)));
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n";
    let block = [head.as_bytes(), &bomb].concat();
    let found = documents(&record("response", "", &block)).remove(0);
    assert_eq!(found.content.as_bytes().len(), 1_000);
    assert_eq!(found.warnings, [ArticleWarning::Truncated]);
}
