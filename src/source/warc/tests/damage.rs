//! Archives that are damaged: as little is lost as can be, and nothing in silence.

use super::{documents, gzip, page, record, rejects};
use crate::article::ArticleWarning;

/// What lies in the pages.
fn texts(archive: &[u8]) -> Vec<String> {
    let found = documents(archive).into_iter();
    found.map(|page| String::from_utf8_lossy(page.content.as_bytes()).into_owned()).collect()
}

#[test]
fn damage_costs_only_the_records_that_it_touches() {
    let headless = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n".to_vec();
    let archive = [page(0), b"garbage\r\n\r\n".to_vec(), headless, page(3)].concat();
    assert_eq!(texts(&archive), ["<p>Page 0.", "<p>Page 3."]);
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
fn a_head_that_was_torn_off_ends_at_the_next_record() {
    let archive = [page(0), page(1)[..40].to_vec(), b"\r\n".to_vec(), page(2)].concat();
    assert_eq!(texts(&archive), ["<p>Page 0.", "<p>Page 2."]);
    assert_eq!(rejects(&archive).len(), 1);
}

#[test]
fn a_length_that_is_wrong_is_noticed() {
    let text = String::from_utf8(page(0)).expect("ASCII");
    let (length, at) = {
        let at = text.find("Content-Length: ").expect("a length") + 16;
        (text[at..].split("\r\n").next().expect("a number").to_owned(), at)
    };
    for (wrong, first) in [("63", "<p>Pa"), ("200", "<p>Page 0."), ("900", "<p>Page 0.")] {
        let mut damaged = text.clone();
        damaged.replace_range(at..at + length.len(), wrong);
        let archive = [damaged.into_bytes(), page(1), page(2)].concat();
        let found = documents(&archive);
        assert_eq!(texts(&archive), [first, "<p>Page 1.", "<p>Page 2."], "for {wrong}");
        assert_eq!(found[0].warnings, [ArticleWarning::Truncated], "for {wrong}");
        let expected = "bad-record: byte 0: the record has another length than it says";
        assert_eq!(rejects(&archive), [expected], "for {wrong}");
    }
}

#[test]
fn a_record_cut_short_is_kept_marked_and_named() {
    let archive = [page(0), page(1)].concat();
    let start = page(0).len();
    let expected = format!("cut-short: the file ends in the record at byte {start}");
    let cut = &archive[..archive.len() - 6];
    let found = documents(cut);
    assert_eq!(found[0].warnings, []);
    assert_eq!(found[1].warnings, [ArticleWarning::Truncated]);
    assert_eq!(rejects(cut), std::slice::from_ref(&expected));
    assert_eq!(rejects(&archive[..start + 30]), [expected], "in the head");
    assert_eq!(rejects(&archive[..archive.len() - 4]), [""; 0], "a whole page without a line end");
}

#[test]
fn a_note_cut_short_is_named() {
    let archive = [page(0), record("request", "", &[b'x'; 50])].concat();
    let expected = format!("cut-short: the file ends in the record at byte {}", page(0).len());
    assert_eq!(rejects(&archive[..archive.len() - 20]), [expected]);
}

#[test]
fn a_packed_record_cut_short_is_kept_marked_and_named() {
    let archive = [gzip(page(0)), gzip(page(1))].concat();
    let cut = &archive[..archive.len() - 16];
    let found = documents(cut);
    assert_eq!(found[1].warnings, [ArticleWarning::Truncated]);
    assert!(found[1].content.as_bytes().starts_with(b"<"), "{:?}", found[1]);
    let start = gzip(page(0)).len();
    let expected = format!("bad-archive: byte {start}: the packed data ends before its time");
    assert_eq!(rejects(cut), std::slice::from_ref(&expected));
    assert_eq!(rejects(&archive[..archive.len() - 3]), [expected], "in the checksum");
}

#[test]
fn a_damaged_member_costs_only_itself() {
    let mut noisy = gzip(page(1));
    let middle = noisy.len() / 2;
    noisy[middle..middle + 8].fill(0xFF);
    let torn = gzip(page(1))[..middle].to_vec();
    let mut checksum = gzip(page(1));
    let at = checksum.len() - 8;
    checksum[at] ^= 1;
    for (name, damaged, pages) in [
        ("noise", noisy, &["<p>Page 0.", "<p>Page 2."][..]),
        ("a torn member", torn, &["<p>Page 0.", "<p>Page 2."]),
        ("a checksum", checksum, &["<p>Page 0.", "<p>Page 1.", "<p>Page 2."]),
    ] {
        let archive = [gzip(page(0)), damaged, gzip(page(2))].concat();
        assert_eq!(texts(&archive), pages, "for {name}");
        // Where the head itself was torn, both it and the member are named.
        let rejects = rejects(&archive);
        let place = format!(": byte {}: ", gzip(page(0)).len());
        assert!(rejects.iter().all(|reject| reject.contains(&place)), "for {name}: {rejects:?}");
        let last = rejects.last().expect("a reject");
        assert!(last.starts_with("bad-archive: "), "for {name}: {rejects:?}");
    }
}
