//! Reading files from a folder, good and bad. Every record of every format comes with its exact
//! bytes; every input that gives none is named with a reason; one bad record costs only itself.

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use super::*;
use crate::article::Sha256;

pub(super) const LIMIT: u64 = 200;

/// A folder with one file in it.
pub(super) struct Fixture {
    folder: TempDir,
    name: &'static str,
}

impl Fixture {
    pub(super) fn new(name: &'static str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("a new file");
        Self { folder, name }
    }

    pub(super) fn file(&self) -> SourceFile {
        let root = Root { path: self.folder.path().join(self.name), label: self.name.into() };
        match walk(&[root], &WalkOptions::default()).next() {
            Some(Found::File(file)) => file,
            found => panic!("not a file: {found:?}"),
        }
    }
}

/// Everything that reading `file` gives: records, or what stands in their place, and at the end
/// the reject of the whole file, if it comes to that.
pub(super) fn outcomes(file: &SourceFile) -> Vec<Result<RawDocument, crate::reject::Reject>> {
    outcomes_within(file, LIMIT)
}

/// Everything that reading `file` gives, where no record may be larger than `limit`.
pub(super) fn outcomes_within(
    file: &SourceFile,
    limit: u64,
) -> Vec<Result<RawDocument, crate::reject::Reject>> {
    let options = ReadOptions { max_article_bytes: limit, ..ReadOptions::default() };
    let mut outcomes = Vec::new();
    let summary = read(file, &options, &mut |outcome| {
        outcomes.push(outcome);
        ControlFlow::Continue(())
    });
    match summary {
        Ok(summary) => {
            let bytes = fs::read(&file.file).expect("a readable file");
            let expected = SourceSummary { bytes: bytes.len() as u64, sha256: Sha256::of(&bytes) };
            assert_eq!(summary, expected, "the digest is that of the whole file");
        }
        Err(reject) => {
            assert!(outcomes.is_empty(), "a rejected file gives nothing");
            outcomes.push(Err(reject));
        }
    }
    outcomes
}

pub(super) fn lines(file: &SourceFile) -> Vec<String> {
    let member = |path: &str| match path.strip_prefix(file.path.as_str()) {
        None | Some("") => String::new(),
        Some(member) => format!("{member} "),
    };
    let line = |outcome| match outcome {
        Ok(RawDocument { locator, media, content, .. }) => {
            let text = match content {
                Content::Encoded(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Content::Decoded(text) | Content::Record(text) => text,
            };
            let member = member(&locator.path());
            format!("{member}{} at {}: {media:?} {text}", locator.record, locator.offset)
        }
        Err(crate::reject::Reject { path, record: Some(record), reason, detail }) => {
            format!("{}{record}: {reason}: {detail}", member(&path))
        }
        Err(reject) => format!("{}{}: {}", member(&reject.path), reject.reason, reject.detail),
    };
    outcomes(file).into_iter().map(line).collect()
}

#[track_caller]
pub(super) fn check(name: &'static str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(lines(&Fixture::new(name, bytes).file()), expected, "for {name}");
}

pub(super) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).expect("memory");
    encoder.finish().expect("memory")
}

const TWO_LINES: &str = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";

#[test]
fn a_page_is_one_record() {
    check("a.txt", "Polls open.\n", &["0 at 0: Text Polls open.\n"]);
    check("a.txt", "<p>Polls open.", &["0 at 0: Html <p>Polls open."]);
}

#[test]
fn records_of_json_come_in_any_layout() {
    check("a.txt", TWO_LINES, &["0 at 0: Text One.", "1 at 17: Text Two."]);
    check(
        "a.json",
        r#"[{"text": "One."}, {"html": "Two."}]"#,
        &["0 at 1: Text One.", "1 at 19: Html Two."],
    );
    check("a.json", "{\n \"text\": \"One.\"\n}\n", &["0 at 0: Text One."]);
    check("a.json", r#"{"articles": [{"text": "One."}]}"#, &["0 at 14: Text One."]);
}

#[test]
fn a_record_is_told_by_its_own_bytes() {
    let outcomes = outcomes(&Fixture::new("a.jsonl", TWO_LINES).file());
    let digests: Vec<_> =
        outcomes.into_iter().map(|outcome| outcome.expect("a record").locator.sha256).collect();
    let expected: Vec<_> = TWO_LINES.lines().map(|line| Sha256::of(line.as_bytes())).collect();
    assert_eq!(digests, expected);
}

#[test]
fn what_keys_declare_comes_with_the_record() {
    let record = r#"{"id": 7, "text": "One.", "title": "T", "region": "Asia", "date": "2022"}"#;
    let document = outcomes(&Fixture::new("a.json", record).file()).remove(0).expect("a record");
    assert_eq!(document.source_id.as_deref(), Some("7"));
    let declared = Declared {
        title: Some("T".into()),
        tag: Some("Asia".into()),
        date: Some("2022".into()),
        ..Declared::default()
    };
    assert_eq!(document.declared, declared);
}

#[test]
fn gzip_is_taken_off_and_the_bytes_inside_decide() {
    check("a.txt", gzip(gzip("Polls open.")), &["0 at 0: Text Polls open."]);
    check("a.gz", gzip(TWO_LINES), &["0 at 0: Text One.", "1 at 17: Text Two."]);
    check("style.css.gz", gzip("p {}"), &["unsupported: going by its name, it is a style sheet"]);
    check("a.gz", gzip(""), &["empty: no bytes"]);
    let members = [gzip("Polls "), gzip("open.")].concat();
    check("a.gz", members, &["0 at 0: Text Polls open."]);
    let deep = gzip(gzip(gzip("Polls open.")));
    check("a.gz", deep, &["too-deep: compressed more than 2 times over"]);
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).expect("options");
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

#[test]
fn every_compression_is_taken_off_one_stream_after_another() {
    type Pack = fn(&[u8]) -> Vec<u8>;
    let compressions: [Pack; 4] = [|bytes| gzip(bytes), bzip2, xz, zstd];
    for (number, pack) in compressions.into_iter().enumerate() {
        let packed = [pack(b"Polls "), pack(b"open.")].concat();
        assert_eq!(
            lines(&Fixture::new("a", &packed).file()),
            ["0 at 0: Text Polls open."],
            "for compression {number}"
        );
        let records = pack(TWO_LINES.repeat(400).as_bytes());
        let found = lines(&Fixture::new("a.jsonl", &records[..records.len() - 7]).file());
        let last = found.last().expect("a reject");
        assert!(last.contains("bad-archive: "), "for compression {number}: {last}");
        let bomb = pack(&pack(&vec![b'a'; 70 << 20]));
        let found = lines(&Fixture::new("a.jsonl", bomb).file());
        assert_eq!(
            found,
            ["bomb: it unpacks to more than 1100 times its size"],
            "for compression {number}"
        );
    }
}

#[test]
fn a_bad_line_costs_only_itself() {
    check(
        "a.jsonl",
        "{\"text\": \"One.\"}\n{\"text\": \"Tw\n\n[1]\n{\"text\": \"Four.\"}",
        &[
            "0 at 0: Text One.",
            "1: bad-json: the record at byte 17: EOF while parsing a string at its byte 12",
            "2: no-text-key: the record is an array, not an object",
            "3 at 35: Text Four.",
        ],
    );
}

#[test]
fn a_file_that_ends_in_a_record_keeps_those_before() {
    let cut = "0 at 1: Text One.";
    check(
        "a.json",
        r#"[{"text": "One."}, {"te"#,
        &[cut, "1: cut-short: the file ends in the record at byte 19"],
    );
    check(
        "a.jsonl",
        &TWO_LINES[..25],
        &["0 at 0: Text One.", "1: cut-short: the file ends in the record at byte 17"],
    );
}

#[test]
fn json_that_cannot_be_cut_is_rejected_where_it_breaks() {
    check("a.json", "Polls open.", &["bad-json: `P` at byte 0 is where a record should begin"]);
    check(
        "a.json",
        r#"[{"text": "One."}} {"text": "Two."}]"#,
        &["0 at 1: Text One.", "1: bad-json: `}` at byte 17 is where a record should begin"],
    );
    check("a.json", "[]", &["empty: it holds no record"]);
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = format!("{{\"a\":{}{}}}\n{TWO_LINES}", "[".repeat(90), "]".repeat(90));
    let found = lines(&Fixture::new("a.jsonl", deep).file());
    assert!(found[0].starts_with("0: no-text-key"), "{found:?}");
    let options = ReadOptions::default();
    // What stands under a key that nobody asks for is passed over, however deep it is.
    for (key, reason) in [("text", "bad-json"), ("a", "no-text-key")] {
        let deeper = format!("{{\"{key}\":{}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
        let mut reasons = Vec::new();
        let file = Fixture::new("a.jsonl", deeper);
        read(&file.file(), &options, &mut |outcome| {
            reasons.push(outcome.expect_err("no record").reason.name());
            ControlFlow::Continue(())
        })
        .expect("a summary");
        assert_eq!(reasons, [reason]);
    }
}

#[test]
fn records_over_the_limit_are_named_and_the_next_is_read() {
    let long = "x".repeat(300);
    let too_large = |at| format!("0: too-large: the record at byte {at} is larger than 200 bytes");
    let line = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Two.\"}}\n");
    check("a.jsonl", &line, &[&too_large(0), "1 at 313: Text Two."]);
    let array = format!("[{{\"text\": \"{long}\"}},\n{{\"text\": \"Two.\"}}]");
    check("a.json", array, &[&too_large(1), "1 at 315: Text Two."]);
}

#[test]
fn of_a_page_over_the_limit_so_much_is_read_and_it_is_marked() {
    let long = "x".repeat(300);
    for (bytes, truncated) in
        [(long.clone().into_bytes(), true), (gzip(&long), true), (long[..200].into(), false)]
    {
        let document = outcomes(&Fixture::new("a", bytes).file()).remove(0).expect("a page");
        assert_eq!(document.content, Content::Encoded(long[..200].into()));
        assert_eq!(document.warnings.contains(&ArticleWarning::Truncated), truncated);
    }
}

#[test]
fn a_truncated_gzip_stream_keeps_what_could_be_read() {
    // Random letters, so that the first half holds whole records.
    let mut state = 7_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + u8::try_from(state >> 24).expect("eight bits") % 26)
    };
    let mut records = String::new();
    for _ in 0..2000 {
        records.push_str("{\"text\": \"");
        records.extend(std::iter::repeat_with(&mut letter).take(60));
        records.push_str("\"}\n");
    }
    let packed = gzip(records);
    let found = lines(&Fixture::new("a.jsonl.gz", &packed[..packed.len() / 2]).file());
    let (last, read) = found.split_last().expect("outcomes");
    assert!(read.len() > 500 && read.iter().all(|line| line.contains(": Text ")), "{}", read.len());
    assert_eq!(last, &format!("{}: bad-archive: the packed data ends before its time", read.len()));
    let page = gzip("Polls open.");
    let cut = outcomes(&Fixture::new("a.gz", &page[..page.len() - 5]).file()).remove(0);
    assert_eq!(cut.expect("a page").warnings, [ArticleWarning::Truncated]);
    check("a.gz", &page[..10], &["bad-archive: the packed data ends before its time"]);
}

#[test]
fn damage_inside_gzip_is_named() {
    let mut packed = gzip("Polls open.");
    let at = packed.len() - 6;
    packed[at] ^= 0xFF;
    let found = outcomes(&Fixture::new("a.gz", packed).file()).remove(0).expect("a page");
    assert_eq!(found.content, Content::Encoded(b"Polls open.".into()));
    assert_eq!(found.warnings, [ArticleWarning::Truncated], "what was unpacked is kept");
}

#[test]
fn gzip_that_was_made_to_swamp_its_reader_is_given_up() {
    let bomb = gzip(gzip("a".repeat(65 << 20)));
    let found = lines(&Fixture::new("a.jsonl.gz", bomb).file());
    assert_eq!(found, ["bomb: it unpacks to more than 1100 times its size"]);
}

#[test]
fn text_in_json_that_is_not_utf_8_is_kept_with_a_warning() {
    let fixture = Fixture::new("a.jsonl", b"{\"text\": \"caf\xE9\"}\n");
    let document = outcomes(&fixture.file()).remove(0).expect("a record");
    assert_eq!(document.content, Content::Decoded("caf\u{FFFD}".into()));
    assert_eq!(document.warnings, [ArticleWarning::MalformedText]);
}

#[test]
fn empty_and_binary_files_are_named() {
    check("a.txt", "", &["empty: no bytes"]);
    check("a.html", " \n", &["empty: white space alone"]);
    check("a.txt", " ".repeat(150), &["empty: white space alone"]);
    check("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", &["binary: it looks like a PNG picture"]);
}

#[test]
fn a_file_that_vanished_since_it_was_listed_is_named() {
    let fixture = Fixture::new("a.txt", "Polls open.");
    let file = fixture.file();
    fs::remove_file(&file.file).expect("a file to remove");
    let found = lines(&file);
    assert!(found[0].starts_with("vanished: "), "{found:?}");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_named() {
    let fixture = Fixture::new("a.txt", "Polls open.");
    let file = SourceFile { file: fixture.folder.path().to_owned(), ..fixture.file() };
    assert_eq!(lines(&file), ["special-file: a folder"]);
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::new("a.txt", "Polls open.");
    let file = fixture.file();
    fs::set_permissions(&file.file, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&file.file).is_ok() {
        eprintln!("skipped: the user who runs the tests may read everything");
        return;
    }
    assert_eq!(lines(&file), ["unreadable: permission denied"]);
}

#[test]
fn reading_stops_where_the_caller_says() {
    let fixture = Fixture::new("a.jsonl", TWO_LINES);
    let mut count = 0;
    let outcome = read(&fixture.file(), &ReadOptions::default(), &mut |_| {
        count += 1;
        ControlFlow::Break(())
    });
    assert!(outcome.is_ok());
    assert_eq!(count, 1);
}

/// Real archives, where they are at hand: every file of them has an outcome that fits its kind.
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real_archives_are_read_to_their_end() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let data = std::env::var("DATELINE_SHARED_DATA").unwrap_or_else(|_| default.into());
    let news = Path::new(&data).join("news");
    if !news.is_dir() {
        eprintln!("skipped: no shared data at {data}");
        return;
    }
    for (part, documents) in [("raw", 51), ("judged/docs.jsonl.gz", 3462), ("wikinews", 295)] {
        let root = Root { path: news.join(part), label: part.into() };
        let mut found = 0;
        for entry in walk(&[root], &WalkOptions::default()) {
            let Found::File(file) = entry else { panic!("not a file: {entry:?}") };
            let outcome = read(&file, &ReadOptions::default(), &mut |outcome| {
                found += usize::from(outcome.is_ok());
                ControlFlow::Continue(())
            });
            assert!(outcome.is_ok() || !file.path.contains(".jsonl"), "{outcome:?}");
        }
        assert_eq!(found, documents, "in {part}");
    }
}
