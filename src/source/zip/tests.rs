//! Zip archives, good and bad.

use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use ::zip::CompressionMethod;
use ::zip::write::{SimpleFileOptions, ZipWriter};

use crate::source::tests::{Fixture, check, gzip, lines};
use crate::source::{ReadOptions, read};

fn archive_of(method: CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in members {
        writer.start_file(*name, options).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    archive_of(CompressionMethod::Deflated, members)
}

#[test]
fn members_are_read_each_by_its_own_bytes() {
    let members: [(&str, &[u8]); 3] = [
        ("2022/a.txt", b"Polls open."),
        ("b.jsonl", b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"),
        ("../c.html.gz", &gzip("<p>Three.")),
    ];
    let expected = [
        "!/2022/a.txt 0 at 0: Text Polls open.",
        "!/b.jsonl 0 at 0: Text One.",
        "!/b.jsonl 1 at 17: Text Two.",
        "!/../c.html.gz 0 at 0: Html <p>Three.",
    ];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let bytes = archive_of(method, &members);
        check("a.zip", &bytes, &expected);
        check("a.zip.gz", gzip(&bytes), &expected);
    }
}

#[test]
fn archives_lie_in_one_another() {
    let inner = archive(&[("c.html", b"<p>Polls open.")]);
    let outer = archive(&[("2022/b.zip", &inner)]);
    check("a.zip", outer, &["!/2022/b.zip!/c.html 0 at 0: Html <p>Polls open."]);
}

#[test]
fn hidden_members_and_folders_are_passed_over() {
    let bytes = archive(&[
        ("x/", b""),
        ("__MACOSX/x/._a.txt", b"no"),
        ("x/.DS_Store", b"no"),
        ("x/a.txt", b"Polls open."),
    ]);
    check("a.zip", bytes, &["!/x/a.txt 0 at 0: Text Polls open."]);
    check("a.zip", archive(&[]), &["empty: it holds no file"]);
}

#[test]
fn documents_that_are_zip_archives_are_no_archives() {
    let bytes = archive(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    check("a.docx", bytes, &["unsupported: it looks like a Microsoft Office document"]);
}

#[test]
fn a_damaged_member_costs_only_itself() {
    let mut bytes =
        archive_of(CompressionMethod::Stored, &[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let at = bytes.windows(4).position(|four| four == b"One.").expect("stored");
    bytes[at] = b'X';
    let found = lines(&Fixture::new("a.zip", &bytes).file());
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[1], "!/b.txt 0 at 0: Text Two.");
}

#[test]
fn of_an_archive_without_its_end_the_whole_members_are_saved() {
    let bytes = archive(&[("a.txt", b"One."), ("b.txt", b"Two."), ("c.txt", b"Three.")]);
    let end = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    let found = lines(&Fixture::new("a.zip", &bytes[..end]).file());
    assert_eq!(
        found[..3],
        ["!/a.txt 0 at 0: Text One.", "!/b.txt 0 at 0: Text Two.", "!/c.txt 0 at 0: Text Three.",]
    );
    assert!(found[3].contains("bad-archive: "), "{found:?}");
}

#[test]
fn bombs_are_given_up() {
    let bomb = archive(&[("a.jsonl", &vec![b'a'; 33 << 20]), ("b.jsonl", &vec![b'b'; 33 << 20])]);
    let found = lines(&Fixture::new("a.zip", archive(&[("x.zip", &bomb)])).file());
    let last = found.last().expect("a reject");
    assert!(last.contains("bomb: it unpacks to more than 1100 times its size"), "{found:?}");
}

#[test]
fn a_member_whose_own_header_is_damaged_costs_only_itself() {
    let mut bytes = archive(&[("a.txt", b"One."), ("b.txt", b"Two."), ("c.txt", b"Three.")]);
    let name = bytes.windows(5).position(|five| five == b"b.txt").expect("its own header");
    bytes[name - 30] = b'X';
    check(
        "a.zip",
        bytes,
        &[
            "!/a.txt 0 at 0: Text One.",
            "!/b.txt bad-archive: invalid Zip archive: Invalid local file header",
            "!/c.txt 0 at 0: Text Three.",
        ],
    );
}

#[test]
fn members_that_cannot_be_unpacked_are_named() {
    for (method, expected) in
        [(9, "9 (Deflate64)"), (12, "12 (Bzip2)"), (93, "93 (Zstd)"), (77, "77 (Unknown)")]
    {
        let mut bytes = archive(&[("a.txt", b"One.")]);
        let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("one");
        (bytes[8], bytes[directory + 10]) = (method, method);
        let expected =
            format!("!/a.txt bad-archive: compressed by method {expected}, which is not read");
        check("a.zip", bytes, &[&expected]);
    }
}

#[test]
fn members_of_one_name_are_not_lost_in_silence() {
    let mut bytes = archive(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    while let Some(at) = bytes.windows(5).position(|five| five == b"b.txt") {
        bytes[at] = b'a';
    }
    check(
        "a.zip",
        bytes,
        &[
            "!/a.txt 0 at 0: Text Two.",
            "0: bad-archive: of the members of one name, only the last is read",
        ],
    );
}

#[test]
fn reading_stops_at_once_where_it_is_asked_to() {
    let bytes = archive(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let end = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    for bytes in [&bytes[..], &bytes[..end]] {
        let mut count = 0;
        let file = Fixture::new("a.zip", bytes);
        let summary = read(&file.file(), &ReadOptions::default(), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert!(summary.is_ok());
        assert_eq!(count, 1);
    }
}
