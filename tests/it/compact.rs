//! `compact` makes one segment of all, changes no answer, and disturbs nobody who reads.

use dateline::index::ArchiveReader;

use crate::sandbox::{Sandbox, parsed};

/// An index of several segments and manifest files, with deleted articles.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for round in 0..4 {
        for number in 0..=round {
            let text = format!("Report {number}\n\nThe council met {round} times and went home.\n");
            sandbox.write(&format!("news/{number}.txt"), text);
        }
        sandbox.done("index -q -i index news");
    }
    sandbox
}

fn compacted(sandbox: &Sandbox) -> serde_json::Value {
    parsed(&sandbox.done("compact -i index --format json"))
}

fn content(sandbox: &Sandbox) -> Vec<String> {
    let hits = sandbox.done("search -i index --copies show -n 1000 --format csv *");
    let mut hits: Vec<_> = hits.lines().map(str::to_owned).collect();
    hits.sort();
    hits
}

#[test]
fn an_index_becomes_one_segment_with_the_same_articles() {
    let sandbox = archive();
    let before = content(&sandbox);
    let report = compacted(&sandbox);
    assert!(report["before"]["manifest_files"].as_u64() > Some(1), "{report}");
    let after = &report["after"];
    assert_eq!((&after["segments"], &after["deleted"]), (&1.into(), &0.into()), "{report}");
    assert_eq!((&after["articles"], &after["manifest_files"]), (&4.into(), &1.into()), "{report}");
    assert!(after["bytes"].as_u64() < report["before"]["bytes"].as_u64(), "{report}");
    assert_eq!(content(&sandbox), before);
    sandbox.done("verify -i index");
    assert_eq!(sandbox.index("-i index news")["files_unchanged"], 4);
}

#[test]
fn what_is_compact_is_left_alone() {
    let sandbox = archive();
    compacted(&sandbox);
    let generation = || parsed(&sandbox.done("stats -i index --format json"))["generation"].clone();
    let before = generation();
    let report = compacted(&sandbox);
    assert_eq!(report["before"], report["after"]);
    assert_eq!(generation(), before);
}

#[cfg(unix)]
#[test]
fn whoever_reads_goes_on_reading() {
    let sandbox = archive();
    let reader = ArchiveReader::open(&sandbox.path().join("index")).expect("an index");
    compacted(&sandbox);
    assert_eq!(reader.find("news/0.txt").expect("found").len(), 1);
    assert_eq!(reader.stats().expect("counted").articles, 4);
    assert!(reader.rejects().expect("listed").is_empty());
}

/// `DATELINE_FAULT` is heard by builds with debug assertions only.
#[cfg(debug_assertions)]
#[test]
fn a_crash_after_any_step_leaves_the_articles_as_they_were() {
    let sandbox = archive();
    let before = content(&sandbox);
    for step in 1..1_000 {
        let mut command = sandbox.command(["compact", "-i", "index"]);
        let said = sandbox.said(command.env("DATELINE_FAULT", format!("crash:{step}")));
        assert_eq!(content(&sandbox), before, "crash at {step}");
        sandbox.done("verify -i index");
        if said.code == Some(0) {
            assert!(step > 10);
            return;
        }
    }
    panic!("no run without a crash");
}
