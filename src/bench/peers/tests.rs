//! Peers on an archive of two files with records and some pages, where what each finds is known.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use tempfile::TempDir;

use super::*;
use crate::bench::{Archive, Ask, Found};
use crate::index::{ArchiveReader, IndexRequest, update};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day")
}

/// A title, a body, a date.
type Record = (&'static str, &'static str, &'static str);

fn indexed(files: &[(&str, &[Record])]) -> (TempDir, ArchiveReader) {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).expect("made");
    for (name, records) in files {
        let line = |(title, body, date): &Record| {
            let record = serde_json::json!({ "title": title, "text": body, "date": date });
            format!("{record}\n")
        };
        let text: String = records.iter().map(line).collect();
        fs::write(corpus.join(name), text).expect("written");
    }
    let index = folder.path().join("index");
    update(&index, &IndexRequest::update([corpus]), &mut |_| ()).expect("indexed");
    let archive = ArchiveReader::open(&index).expect("opened");
    (folder, archive)
}

fn small() -> (TempDir, ArchiveReader) {
    let dock = "The dockers of the harbour went on strike on Monday, as talks about wages failed.";
    let ferry = "The ferry lay in the harbours of the island until the strikes had ended at last.";
    let market = "Traders at the market waited for the wage talks of the autumn to begin again.";
    let bread = "Bakers asked for a better price of bread, and ministers promised to look at it.";
    indexed(&[
        ("a.jsonl", &[("Harbour closed", dock, "2022-11-20")]),
        ("b.jsonl", &[("Ferry", ferry, "2023-02-01")]),
        ("c.jsonl", &[("Market", market, "2022-11-21"), ("Bread", bread, "2021-05-05")]),
    ])
}

fn task(query: &str, ask: Ask) -> Task {
    Task { class: "test".to_owned(), query: query.to_owned(), ask, at: None }
}

fn scan(archive: &ArchiveReader) -> Ripgrep<'_> {
    Ripgrep::new(archive, Scanner::BuiltIn, today()).expect("files")
}

fn bare<'a>(archive: &'a ArchiveReader, folder: &TempDir) -> Tantivy<'a> {
    let path = folder.path().join("peer");
    Tantivy::open(archive, &path, today(), &mut |_| ()).expect("built")
}

/// What both find, what either does alone, and why.
fn told(peer: &dyn Peer, query: &str) -> String {
    let told = differences(peer, &[task(query, Ask::default())]).expect("compared");
    let Difference { both, only_ours, only_theirs, examples, .. } = &told.queries[0];
    let reasons = examples.iter().map(|it| format!(" {}:{}", it.side, it.reason));
    format!("{both} {only_ours} {only_theirs}{}", reasons.collect::<String>())
}

#[test]
fn a_scan_finds_whole_words_in_files_and_says_why_it_differs() {
    let (_folder, archive) = small();
    let peer = scan(&archive);
    assert_eq!((peer.files(), peer.left_out()), (3, 0));
    for (query, meant) in [
        ("ferry", "1 0 0"),
        ("bread AND price", "1 0 0"),
        // Stems.
        ("harbour", "1 1 0 ours:form"),
        ("\"wage talks\"", "1 0 0"),
        ("wage OR ferry", "2 1 0 ours:form"),
        // Two articles of one file.
        ("market AND bread", "0 0 1 theirs:record"),
        // A key of the record.
        ("text", "0 0 3 theirs:left-out theirs:left-out theirs:left-out"),
    ] {
        assert_eq!(told(&peer, query), meant, "for `{query}`");
    }
}

#[test]
fn the_engine_alone_finds_words_as_they_stand() {
    let (folder, archive) = small();
    let peer = bare(&archive, &folder);
    for (query, meant) in [
        ("ferry", "1 0 0"),
        ("harbour", "1 1 0 ours:form"),
        ("strike AND harbour", "1 1 0 ours:form"),
        ("wage OR ferry OR bread", "3 1 0 ours:form"),
        ("\"wage talks\"", "1 0 0"),
        ("title:harbour", "1 0 0"),
        ("harb*", "2 0 0"),
        ("fery~1", "1 0 0"),
        ("talks AND date:2022-11-21", "1 0 0"),
        ("talks AND date:2022-11", "2 0 0"),
        ("talks AND NOT market", "1 0 0"),
        ("\"talks wage\"~2", "0 1 1 ours:form theirs:order"),
        ("*", "4 0 0"),
    ] {
        assert_eq!(told(&peer, query), meant, "for `{query}`");
    }
}

#[test]
fn what_a_peer_cannot_be_asked_is_counted_by_class_and_reason() {
    let (folder, archive) = small();
    let tasks = [
        task("harbour", Ask::Count),
        task("harbour date:2022", Ask::Count),
        task("ferry date:2022", Ask::Count),
        task("harbour w/5 strike", Ask::Count),
        task("harbour", Ask::Timeline(crate::search::Bucket::Month)),
        task(
            "harbour",
            Ask::Hits {
                sort: crate::search::Sort::Newest,
                offset: 0,
                limit: 10,
                snippets: 0,
                collapse: false,
            },
        ),
    ];
    let reasons = |peer: &dyn Peer| {
        let (asked, others) = split(peer, &tasks);
        let others = others.iter().map(|it| format!("{} {}", it.tasks, it.why));
        (asked.len(), others.collect::<Vec<_>>().join(", "))
    };
    assert_eq!(
        reasons(&scan(&archive)),
        (1, "2 a date, 1 nearness, 1 articles over time, 1 an order".to_owned())
    );
    assert_eq!(
        reasons(&bare(&archive, &folder)),
        (4, "1 nearness, 1 articles over time".to_owned())
    );
}

#[test]
fn the_peers_index_is_used_again_until_the_archive_changes() {
    let (folder, mut archive) = small();
    let path = folder.path().join("peer");
    let written = |archive: &ArchiveReader| {
        let mut written = 0;
        Tantivy::open(archive, &path, today(), &mut |n| written = n).expect("opened");
        written
    };
    assert_eq!(written(&archive), 4);
    assert_eq!(written(&archive), 0);
    let corpus = folder.path().join("corpus");
    fs::remove_file(corpus.join("b.jsonl")).expect("removed");
    let index = folder.path().join("index");
    update(&index, &IndexRequest::update([corpus]), &mut |_| ()).expect("indexed");
    archive = ArchiveReader::open(&index).expect("opened");
    assert_eq!(written(&archive), 3);
}

#[test]
fn a_folder_with_anything_else_is_left_alone() {
    let (folder, archive) = small();
    let path = folder.path().join("corpus");
    let error = Tantivy::open(&archive, &path, today(), &mut |_| ()).expect_err("refused");
    assert!(error.to_string().ends_with("it holds something else than an index of tantivy alone"));
    assert!(path.join("a.jsonl").exists());
}

#[test]
fn targets_give_equal_checksums_for_equal_answers_and_time_their_phases() {
    let (folder, archive) = small();
    let print = |out: &mut dyn std::io::Write, found: &Found| writeln!(out, "{}", found.total());
    let ours = Archive::new(&archive, today(), print);
    let (bare, scan) = (bare(&archive, &folder), scan(&archive));
    let targets: [&dyn Target; 3] = [&ours, &bare, &scan];
    for target in targets {
        let ask = |query, ask| target.perform(&task(query, ask)).expect("answered");
        let answer = ask("bread", Ask::best(10, 1));
        assert_eq!(answer.total, 1);
        assert!(answer.phases.total() > std::time::Duration::ZERO);
        assert_eq!(answer.checksum, ask("bread", Ask::best(10, 0)).checksum);
        assert_ne!(answer.checksum, ask("ferry", Ask::best(10, 0)).checksum);
        assert_eq!(ask("bread", Ask::best(0, 0)).total, 1);
        assert_eq!(ask("bread", Ask::Count).total, 1);
        assert_eq!(ask("nosuchword", Ask::default()).total, 0);
        assert_eq!(ask("", Ask::default()).total, 0);
    }
    let passages = ours.perform(&task("bread", Ask::default())).expect("answered").phases;
    assert!(passages.of(crate::bench::Phase::Snippet) > std::time::Duration::ZERO);
    for sort in [crate::search::Sort::Newest, crate::search::Sort::Oldest] {
        let hits = Ask::Hits { sort, offset: 1, limit: 2, snippets: 1, collapse: false };
        let two: [&dyn Target; 2] = [&ours, &bare];
        for target in two {
            assert_eq!(target.perform(&task("talks", hits)).expect("answered").total, 2);
        }
    }
}

#[test]
fn on_the_sample_archive_every_difference_has_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let index = folder.path().join("index");
    update(&index, &IndexRequest::update([corpus]), &mut |_| ()).expect("indexed");
    let archive = ArchiveReader::open(&index).expect("opened");
    let tasks = crate::bench::workload::auto(&archive, 1, 2, &[]).expect("drawn").tasks;
    let (bare, scan) = (bare(&archive, &folder), scan(&archive));
    let peers: [&dyn Peer; 2] = [&bare, &scan];
    for peer in peers {
        let told = differences(peer, &tasks).expect("compared");
        assert!(told.queries.len() > 10, "{}", told.queries.len());
        assert!(!told.not_asked.is_empty());
        for query in &told.queries {
            let alone = query.only_ours + query.only_theirs;
            assert_eq!(query.examples.is_empty(), alone == 0, "{query:?}");
        }
        assert!(told.queries.iter().any(|it| it.both > 0));
    }
}
