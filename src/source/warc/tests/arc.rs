//! Archives of the older kind.

use std::fmt::Write as _;

use super::{HTML, documents, rejects};

const INFO: &str =
    "filedesc://a.arc 0.0.0.0 20081030110246 text/plain 22\n1 0 Example\nURL IP-add\n\n";

/// A page and the line before it.
fn page(number: u32) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\n{HTML}\r\n<p>Page {number}.");
    let length = answer.len();
    format!("http://a.example/{number} 1.2.3.4 20081030110246 text/html {length}\n{answer}\n")
}

#[test]
fn pages_come_with_what_the_line_says() {
    let found = documents([INFO, &page(1), &page(2)].concat().as_bytes());
    let urls: Vec<_> = found.iter().filter_map(|page| page.declared.url.as_deref()).collect();
    assert_eq!(urls, ["http://a.example/1", "http://a.example/2"]);
    assert_eq!(found[1].content.as_bytes(), b"<p>Page 2.");
    assert_eq!((found[1].locator.record, found[0].locator.offset), (2, INFO.len() as u64));
    let captured = found[0].declared.captured.map(|time| time.to_rfc3339());
    assert_eq!(captured.as_deref(), Some("2008-10-30T11:02:46+00:00"));
}

#[test]
fn names_that_were_looked_up_are_passed_over() {
    let dns = "dns:a.example 1.2.3.4 20081030110246 text/dns 4\n1234\n";
    let archive = [INFO, dns, &page(2)].concat();
    assert_eq!(documents(archive.as_bytes())[0].locator.record, 2);
    assert_eq!(rejects(archive.as_bytes()), [""; 0]);
}

#[test]
fn damage_costs_only_the_records_that_it_touches() {
    let (first, third) = (page(1), page(3));
    // Lines of text that begin as a record does, but are none.
    let garbage = "garbage\nhttp://a.example/ is where it was\nhttp://a.example/ 1 2 3 4\n";
    let archive = [INFO, &first, garbage, &third].concat();
    assert_eq!(documents(archive.as_bytes()).len(), 2);
    let at = INFO.len() + first.len();
    assert_eq!(
        rejects(archive.as_bytes()),
        [format!("bad-record: byte {at}: no record begins here")]
    );
}

#[test]
fn a_length_that_is_wrong_is_noticed() {
    let whole = page(1);
    let length = whole.lines().next().and_then(|line| line.rsplit(' ').next()).expect("a length");
    for wrong in ["60", "900"] {
        let mut archive = INFO.to_owned();
        let damaged = whole.replacen(&format!(" {length}\n"), &format!(" {wrong}\n"), 1);
        write!(archive, "{damaged}{}{}", page(2), page(3)).expect("memory");
        let found = documents(archive.as_bytes());
        assert_eq!(found.len(), 3, "{wrong}");
        assert_eq!(found[2].content.as_bytes(), b"<p>Page 3.", "{wrong}");
        let at = INFO.len();
        let expected = format!("bad-record: byte {at}: the record has another length than it says");
        assert_eq!(rejects(archive.as_bytes()), [expected], "{wrong}");
    }
}
