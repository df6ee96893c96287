//! Every bad input gets a named reason, the rest is indexed, and the exit status says done.

use std::collections::BTreeMap;

use serde_json::json;

use crate::sandbox::{Sandbox, parsed, text};

const GOOD: &str = "The council met on Monday and agreed to open the old bridge to traffic again.";

#[test]
fn every_bad_input_is_named_and_the_rest_is_indexed() {
    let sandbox = Sandbox::new();
    sandbox.write("a/good.txt", GOOD);
    sandbox.write("a/binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0");
    sandbox.write("a/empty.txt", "");
    sandbox.write("a/blank.html", " \n\t \n");
    sandbox.write("a/broken.txt", [GOOD.as_bytes(), b" The \xff\xfe end of it."].concat());
    sandbox.write("a/cut.html", format!("<html><head><title>Bridge</title></head><body><article><h1>Bridge opens</h1><p>{GOOD}</p><p>{GOOD} <b"));
    sandbox.write(
        "a/half.json",
        format!("[{{\"title\":\"One\",\"text\":\"{GOOD}\"}},{{\"title\":\"Two\",\"te"),
    );
    sandbox.write(
        "a/lines.jsonl",
        format!("{{\"text\":\"{GOOD}\"}}\nnot json\n{{\"colour\":\"red\"}}\n"),
    );
    let report = sandbox.index("a");
    let rejects: BTreeMap<String, u64> =
        serde_json::from_value(report["rejects"].clone()).expect("counts");
    for reason in ["binary", "empty", "cut-short", "bad-json", "no-text-key"] {
        assert!(rejects.contains_key(reason), "no `{reason}` in {rejects:?}");
    }
    assert_eq!(rejects["empty"], 2);
    assert_eq!(report["articles_total"], json!(5));
    let listed = sandbox.done("rejects --format jsonl");
    assert_eq!(listed.lines().count(), 6, "{listed}");
    let broken = sandbox.found("traffic");
    assert_eq!(broken.len(), 5, "{broken:?}");
}

#[test]
fn a_line_over_the_limit_is_rejected_and_the_next_is_read() {
    let sandbox = Sandbox::new();
    let long = "word ".repeat(15 << 20);
    sandbox.write("a/lines.jsonl", format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"{GOOD}\"}}\n"));
    let report = sandbox.index("a");
    assert_eq!(report["rejects"]["too-large"], json!(1));
    assert_eq!(report["articles_total"], json!(1));
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let sandbox = Sandbox::new();
    sandbox.write("a/good.txt", GOOD);
    std::os::unix::fs::symlink("..", sandbox.path().join("a/up")).expect("linked");
    std::os::unix::fs::symlink("self", sandbox.path().join("a/self")).expect("linked");
    let report = sandbox.index("a");
    assert_eq!(report["articles_total"], json!(1));
    let listed = sandbox.done("rejects --format jsonl");
    assert!(listed.lines().any(|line| text(&parsed(line)["path"]).ends_with("self")), "{listed}");
}

#[test]
fn what_is_not_there_is_said() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(["search", "-i", "nowhere", "word"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("there is no index at `nowhere`") && said.err.contains("hint:"),
        "{}",
        said.err
    );
    let said = sandbox.run(["extract", "nothing"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("nothing"), "{}", said.err);
}

#[test]
fn an_index_of_another_version_is_refused_with_advice() {
    let sandbox = Sandbox::new();
    sandbox.write("a/good.txt", GOOD);
    sandbox.index("a");
    sandbox
        .write("index/dateline.json", "{\"format\":99,\"fingerprint\":\"x\",\"data\":\"data-1\"}");
    let said = sandbox.run(["search", "bridge"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("format 99") && said.err.contains("--rebuild"), "{}", said.err);
    assert_eq!(sandbox.index("--rebuild a")["articles_total"], json!(1));
    assert_eq!(sandbox.found("bridge").len(), 1);
}
