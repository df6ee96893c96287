//! Web archives, whole and damaged.

use std::fmt::Write as _;

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
fn archives_are_read_in_any_packing() {
    let pages = [page(1), page(2)];
    let apart = pages.iter().flat_map(gzip).collect::<Vec<u8>>();
    let together = gzip(pages.concat());
    for (name, bytes) in [("plain", pages.concat()), ("apart", apart), ("together", together)] {
        let found: Vec<_> = documents(&bytes).iter().map(|page| page.content.clone()).collect();
        assert_eq!(found.len(), 2, "for {name}");
    }
}

#[test]
fn a_record_compressed_by_itself_is_found_where_it_lies_in_the_file() {
    let members = [gzip(page(0)), gzip(page(1)), gzip(page(2))];
    let found = documents(&members.concat());
    let offsets: Vec<_> = found.iter().map(|page| page.locator.offset).collect();
    let second = members[0].len() as u64;
    assert_eq!(offsets, [0, second, second + members[1].len() as u64]);
    let together = documents(&gzip([page(0), page(1)].concat()));
    assert_eq!(together[1].locator.offset, page(0).len() as u64);
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
            "unsupported: the server called it image/png",
        ),
        (
            response("https://a.example/site.css", 200, "", "p {}"),
            "unsupported: going by its name, it is a style sheet",
        ),
        (response("https://a.example/1", 200, HTML, ""), "empty: no bytes, or white space alone"),
        (
            record("revisit", again, b"HTTP/1.1 200 OK\r\n\r\n"),
            "revisit: unchanged since the capture of https://a.example/1, 2021-01-01T00:00:00Z",
        ),
        (
            record("continuation", again, b"open."),
            "bad-record: a part of a record that begins in another file",
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
fn damage_costs_only_the_records_that_it_touches() {
    let headless = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n".to_vec();
    let archive = [page(0), b"garbage\r\n\r\n".to_vec(), headless, page(3)].concat();
    assert_eq!(documents(&archive).len(), 2);
    let (first, second) = (page(0).len(), page(0).len() + 11);
    assert_eq!(
        rejects(&archive),
        [
            format!("bad-record: byte {first}: no record begins here"),
            format!("bad-record: byte {second}: its header has no `Content-Length`"),
        ]
    );
}

#[test]
fn a_length_that_is_wrong_is_noticed() {
    let text = String::from_utf8(page(0)).expect("ASCII");
    let (length, at) = {
        let at = text.find("Content-Length: ").expect("a length") + 16;
        (text[at..].split("\r\n").next().expect("a number").to_owned(), at)
    };
    for wrong in ["20", "900"] {
        let mut damaged = text.clone();
        damaged.replace_range(at..at + length.len(), wrong);
        let found = documents(&[damaged.into_bytes(), page(1), page(2)].concat());
        assert!(found.last().is_some_and(|last| last.content.as_bytes().ends_with(b"Page 2.")));
    }
}

#[test]
fn a_record_cut_short_is_kept_and_marked() {
    let archive = [page(0), page(1)].concat();
    let found = documents(&archive[..archive.len() - 6]);
    assert_eq!(found[0].warnings, []);
    assert_eq!(found[1].warnings, [ArticleWarning::Truncated]);
    let end = page(0).len() + 30;
    assert!(rejects(&archive[..end])[0].starts_with("cut-short: "));
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
fn arc_archives_are_read() {
    let mut archive = String::from(
        "filedesc://a.arc 0.0.0.0 20081030110246 text/plain 22\n1 0 Example\nURL IP-add\n\n",
    );
    for number in 1..=2 {
        let answer = format!("HTTP/1.1 200 OK\r\n{HTML}\r\n<p>Page {number}.");
        let length = answer.len();
        writeln!(archive, "http://a.example/{number} 1.2.3.4 20081030110246 text/html {length}")
            .expect("memory");
        writeln!(archive, "{answer}").expect("memory");
    }
    let found = documents(archive.as_bytes());
    let urls: Vec<_> = found.iter().filter_map(|page| page.declared.url.as_deref()).collect();
    assert_eq!(urls, ["http://a.example/1", "http://a.example/2"]);
    assert_eq!(found[1].content.as_bytes(), b"<p>Page 2.");
    let captured = found[0].declared.captured.map(|time| time.to_rfc3339());
    assert_eq!(captured.as_deref(), Some("2008-10-30T11:02:46+00:00"));
}
