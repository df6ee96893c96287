//! `verify` finds what is damaged and names it; after a repair, or a rebuild where the head of the
//! index is lost, the content is that of a rebuild.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, text};

/// An archive of pages, one with a table of records, indexed, changed and indexed again.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..30 {
        page(&sandbox, number, "spoke of the bridge");
    }
    let record = |number| format!("{{\"title\":\"Vote {number}\",\"text\":\"{BODY}\"}}\n");
    sandbox.write("news/votes.jsonl", (0..3).map(record).collect::<String>());
    sandbox.done("index -q -j 1 -i index news");
    page(&sandbox, 3, "spoke of the railway");
    sandbox.remove("news/5.txt");
    sandbox.write("news/votes.jsonl", (0..2).map(record).collect::<String>());
    sandbox.done("index -q -i index news");
    sandbox
}

const BODY: &str = "The council met on Monday and agreed to open the old bridge to traffic again.";

fn page(sandbox: &Sandbox, number: u32, what: &str) {
    let text = format!("Report {number} of the council\n\nThe council {what}. {BODY}\n");
    sandbox.write(&format!("news/{number}.txt"), text);
}

/// Ids, titles and sources of all articles, sorted.
fn content(sandbox: &Sandbox, index: &str) -> Vec<(String, String, String)> {
    let line = format!("search -i {index} --copies show -n 1000 --format jsonl *");
    let field = |line: &Value, name: &str| text(&line[name]);
    let hits = sandbox.done(&line);
    let article = |line: Value| (field(&line, "id"), field(&line, "title"), field(&line, "body"));
    let mut articles: Vec<_> = hits.lines().map(|line| article(parsed(line))).collect();
    articles.sort();
    articles
}

fn verified(sandbox: &Sandbox, options: &str) -> (Option<i32>, Value) {
    let line = format!("verify -i index --format json{options}");
    let said = sandbox.run(line.split(' '));
    assert!(!said.out.is_empty(), "{}", said.err);
    (said.code, parsed(&said.out))
}

/// The problems that are found, with their places.
fn problems(found: &Value) -> Vec<(String, String)> {
    let findings = found["findings"].as_array().expect("a list");
    findings.iter().map(|one| (text(&one["problem"]), text(&one["place"]))).collect()
}

/// The files of the index whose names match.
fn files(sandbox: &Sandbox, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["index", "index/data-1", "index/data-1/segments"] {
        for entry in fs::read_dir(sandbox.path().join(folder)).expect("read") {
            let entry = entry.expect("read");
            if is_wanted(&entry.file_name().to_string_lossy()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

fn edit(path: &PathBuf, change: impl Fn(String) -> String) {
    let text = fs::read_to_string(path).expect("read");
    let changed = change(text.clone());
    assert_ne!(text, changed);
    fs::write(path, changed).expect("written");
}

/// Damage to a sound index is found as `problem`; after the repair and an update, or after a
/// rebuild, the content is that of a rebuild.
#[track_caller]
fn damage(what: &str, problem: &str, damage: impl Fn(&Sandbox)) {
    let sandbox = archive();
    sandbox.done("index -q -i oracle news");
    let (code, found) = verified(&sandbox, "");
    assert_eq!((code, problems(&found)), (Some(0), Vec::new()), "before: {what}");
    damage(&sandbox);
    let (code, found) = verified(&sandbox, "");
    assert_eq!(code, Some(2), "{what}: {found}");
    let problems = problems(&found);
    assert!(problems.iter().any(|(found, _)| found == problem), "{what}: {problems:?}");
    let (code, found) = verified(&sandbox, " --repair");
    if problem == "head" {
        assert_eq!(code, Some(2), "{what}: {found}");
        sandbox.done("index -q -i index --rebuild news");
    } else {
        assert_eq!(code, Some(0), "{what}: {found}");
        let (code, found) = verified(&sandbox, "");
        assert_eq!(code, Some(0), "{what}, repaired: {found}");
        sandbox.done("index -q -i index news");
    }
    let (code, found) = verified(&sandbox, "");
    assert_eq!(code, Some(0), "{what}, at the end: {found}");
    assert_eq!(content(&sandbox, "index"), content(&sandbox, "oracle"), "{what}");
}

#[test]
fn a_damaged_file_of_a_segment_is_found_and_read_anew() {
    for extension in ["idx", "pos", "term", "fast", "fieldnorm", "store", "del"] {
        let is_wanted = |name: &str| name.ends_with(&format!(".{extension}"));
        let wanted = |sandbox: &Sandbox| files(sandbox, is_wanted);
        damage(&format!("a byte of .{extension}"), "segment", |sandbox| {
            let path = &wanted(sandbox)[0];
            let mut bytes = fs::read(path).expect("read");
            bytes[0] ^= 0x20;
            fs::write(path, bytes).expect("written");
        });
        damage(&format!(".{extension} cut short"), "segment", |sandbox| {
            for path in wanted(sandbox) {
                let bytes = fs::read(&path).expect("read");
                fs::write(path, &bytes[..bytes.len() / 2]).expect("written");
            }
        });
        damage(&format!(".{extension} removed"), "segment", |sandbox| {
            for path in wanted(sandbox) {
                fs::remove_file(path).expect("removed");
            }
        });
    }
}

#[test]
fn a_damaged_manifest_is_found_and_made_anew() {
    let is_manifest = |name: &str| name.starts_with("manifest-");
    let manifest = |sandbox: &Sandbox| files(sandbox, is_manifest).swap_remove(0);
    damage("a line dropped", "stray", |sandbox| {
        for path in files(sandbox, is_manifest) {
            let text = fs::read_to_string(&path).expect("read");
            let others = text.split_inclusive('\n').filter(|line| !line.contains("news/0.txt"));
            fs::write(&path, others.collect::<String>()).expect("written");
        }
    });
    damage("a line cut", "manifest", |sandbox| {
        edit(&manifest(sandbox), |text| text.replacen("\"size\":", "\"size", 1));
    });
    damage("a digit changed", "manifest", |sandbox| {
        edit(&manifest(sandbox), |text| text.replacen("\"articles\":1", "\"articles\":2", 1));
    });
    damage("a file removed", "manifest", |sandbox| {
        fs::remove_file(manifest(sandbox)).expect("removed");
    });
}

#[test]
fn a_damaged_head_is_found_and_a_rebuild_is_the_way_back() {
    let header = |sandbox: &Sandbox| sandbox.path().join("index/dateline.json");
    let meta = |sandbox: &Sandbox| sandbox.path().join("index/data-1/segments/meta.json");
    damage("the header", "head", |sandbox| fs::write(header(sandbox), "{").expect("written"));
    damage("meta.json", "head", |sandbox| fs::write(meta(sandbox), "{").expect("written"));
    damage("no meta.json", "head", |sandbox| fs::remove_file(meta(sandbox)).expect("removed"));
    damage("the payload", "head", |sandbox| {
        edit(&meta(sandbox), |text| text.replace("\\\"generation\\\":", "\\\"generation:"));
    });
}

#[test]
fn a_list_of_segments_that_lost_one_is_found() {
    let meta = |sandbox: &Sandbox| sandbox.path().join("index/data-1/segments/meta.json");
    damage("no segments", "count", |sandbox| {
        edit(&meta(sandbox), |text| {
            let mut metas = parsed(&text);
            metas["segments"].as_array_mut().expect("a list").remove(0);
            metas.to_string()
        });
    });
    damage("too many articles", "segment", |sandbox| {
        edit(&meta(sandbox), |text| {
            let mut metas = parsed(&text);
            metas["segments"][0]["max_doc"] = 9999.into();
            metas.to_string()
        });
    });
}

#[test]
fn the_engines_own_note_can_be_lost() {
    let sandbox = archive();
    let before = content(&sandbox, "index");
    fs::write(sandbox.path().join("index/data-1/segments/.managed.json"), "[").expect("written");
    assert_eq!(content(&sandbox, "index"), before);
    page(&sandbox, 99, "spoke of the harbour");
    sandbox.done("index -q -i index news");
    assert_eq!(content(&sandbox, "index").len(), before.len() + 1);
    assert_eq!(verified(&sandbox, "").0, Some(0));
}

#[test]
fn sources_that_changed_are_told_apart_and_are_no_damage() {
    let sandbox = archive();
    assert_eq!(verified(&sandbox, " --sources").1["sources_unchanged"], 30);
    page(&sandbox, 1, "spoke of the harbour");
    sandbox.remove("news/2.txt");
    let (code, found) = verified(&sandbox, " --sources");
    assert_eq!((code, &found["sources_unchanged"]), (Some(0), &28.into()), "{found}");
    let place = |problem: &str, place: &str| (problem.to_owned(), place.to_owned());
    let expected = [place("source-changed", "news/1.txt"), place("source-gone", "news/2.txt")];
    assert_eq!(problems(&found), expected);
}

#[test]
fn an_index_that_is_not_there_is_no_finding() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(["verify", "-i", "index"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("there is no index"), "{}", said.err);
    assert!(!sandbox.path().join("index").exists());
}
