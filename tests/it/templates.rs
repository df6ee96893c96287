//! What a site repeats on its pages is learned from the archive.
//!
//! 1. A line that stands on many pages of a site is no part of its articles, nor does a search for
//!    its words find them. 2. The same line is kept where another site prints it once. 3. It does
//!    not matter in how many runs the pages came, or which of them went: an update gives what a
//!    rebuild gives. 4. From enough pages on a template stands. 5. It can be learned anew, and not
//!    at all. 6. The records of a table that state headlines are no pages.

use serde_json::json;

use crate::sandbox::{Sandbox, parsed};

/// A line that looks like a sentence of an article.
const SLOGAN: &str = "The harbour gazette has been written by sailors for sailors since 1871.";

/// A page of a site, as text; every word of its story is its own.
fn page(number: u32) -> String {
    // Digits are no difference between lines, letters are.
    let own = |place: u32| -> String {
        let digits = format!("{number:03}{place:02}");
        digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    };
    let sentence = |from: u32| {
        let words: Vec<_> = (from..from + 14).map(own).collect();
        format!("The {} ended.", words.join(" "))
    };
    format!("{}\n\n{}\n\n{SLOGAN}\n\n{}\n", sentence(0), sentence(20), sentence(40))
}

fn write(sandbox: &Sandbox, site: &str, numbers: std::ops::Range<u32>) {
    for number in numbers {
        sandbox.write(&format!("corpus/{site}/{number:03}.txt"), page(number));
    }
}

/// Every article, without what depends on the run.
fn articles(sandbox: &Sandbox) -> Vec<String> {
    let hits = sandbox.done("search --copies show -n 1000 --format jsonl *");
    let mut lines: Vec<String> = hits
        .lines()
        .map(|line| {
            let hit = parsed(line);
            json!([hit["path"], hit["body"], hit["title"]]).to_string()
        })
        .collect();
    lines.sort();
    lines
}

fn with_slogan(sandbox: &Sandbox) -> usize {
    articles(sandbox).iter().filter(|article| article.contains(SLOGAN)).count()
}

#[test]
fn what_a_site_repeats_is_not_found() {
    let sandbox = Sandbox::new();
    write(&sandbox, "gazette", 0..12);
    sandbox.write("corpus/almanac/a.txt", page(900));
    sandbox.index("corpus");
    assert_eq!(with_slogan(&sandbox), 1);
    let hits = sandbox.done("search --format paths written by sailors");
    assert_eq!(hits.trim(), "corpus/almanac/a.txt");
}

#[test]
fn an_update_cleans_as_a_rebuild_would() {
    let sandbox = Sandbox::new();
    // Too few to learn from, then enough, then so many that the template stands.
    for (from, until, with) in [(0, 2, 2), (2, 9, 0), (9, 40, 0), (40, 43, 0)] {
        write(&sandbox, "gazette", from..until);
        sandbox.index("corpus");
        assert_eq!(with_slogan(&sandbox), with, "after {until} pages");
        let updated = articles(&sandbox);
        sandbox.index("--rebuild corpus");
        assert_eq!(articles(&sandbox), updated, "after {until} pages");
    }
}

#[test]
fn pages_that_go_take_what_they_taught_with_them() {
    let sandbox = Sandbox::new();
    write(&sandbox, "gazette", 0..6);
    sandbox.index("corpus");
    assert_eq!(with_slogan(&sandbox), 0);
    for number in 1..6 {
        sandbox.remove(&format!("corpus/gazette/{number:03}.txt"));
    }
    sandbox.index("corpus");
    assert_eq!(with_slogan(&sandbox), 1);
    let updated = articles(&sandbox);
    sandbox.index("--rebuild corpus");
    assert_eq!(articles(&sandbox), updated);
}

#[test]
fn pages_in_a_folder_that_is_indexed_later_change_those_before() {
    let sandbox = Sandbox::new();
    let record = |number: u32| {
        json!({"url": format!("https://gazette.example/{number}"), "text": page(number)})
            .to_string()
    };
    let lines = |numbers: std::ops::Range<u32>| numbers.map(record).collect::<Vec<_>>().join("\n");
    sandbox.write("first/a.jsonl", lines(0..2));
    sandbox.write("second/b.jsonl", lines(2..6));
    sandbox.write("second/other.txt", "The ferry left at noon, the harbour office said on Friday.");
    sandbox.index("first");
    assert_eq!(with_slogan(&sandbox), 2);
    sandbox.index("second");
    assert_eq!(with_slogan(&sandbox), 0);
    // A file that moves takes what it taught with it.
    std::fs::rename(sandbox.path().join("first/a.jsonl"), sandbox.path().join("first/c.jsonl"))
        .expect("renamed");
    let report = sandbox.index("first");
    assert_eq!(report["files_moved"], json!(1));
    sandbox.remove("second/b.jsonl");
    sandbox.index("first second");
    assert_eq!(with_slogan(&sandbox), 2);
}

#[test]
fn a_template_that_stands_is_kept_and_can_be_learned_anew() {
    let sandbox = Sandbox::new();
    write(&sandbox, "gazette", 0..40);
    sandbox.index("corpus");
    for number in 1..40 {
        sandbox.remove(&format!("corpus/gazette/{number:03}.txt"));
    }
    sandbox.index("corpus");
    sandbox.index("--rebuild corpus");
    assert_eq!(with_slogan(&sandbox), 0);
    sandbox.index("--rebuild --relearn corpus");
    assert_eq!(with_slogan(&sandbox), 1);
}

#[test]
fn nothing_is_learned_where_that_is_not_wanted_or_records_state_their_headlines() {
    let sandbox = Sandbox::new();
    write(&sandbox, "gazette", 0..12);
    sandbox.index("--no-learn corpus");
    assert_eq!(with_slogan(&sandbox), 12);
    let record = |number: u32| {
        json!({"title": format!("Report {number}"), "text": page(number), "site": "a"}).to_string()
    };
    let records: Vec<String> = (0..12).map(record).collect();
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.jsonl", records.join("\n"));
    sandbox.index("corpus");
    assert_eq!(with_slogan(&sandbox), 12);
}

/// `DATELINE_FAULT` is heard by builds with debug assertions only.
#[cfg(debug_assertions)]
#[test]
fn a_run_that_is_stopped_after_it_learned_is_made_good_by_the_next() {
    let sandbox = Sandbox::new();
    write(&sandbox, "gazette", 0..2);
    sandbox.index("-i before corpus");
    write(&sandbox, "gazette", 2..9);
    // Every step in turn, up to one that a run no longer reaches.
    for step in 1..500 {
        let mut copied = std::process::Command::new("cp");
        copied.args(["-a", "before", &format!("index-{step}")]).current_dir(sandbox.path());
        assert!(copied.status().expect("started").success());
        let index = format!("index-{step}");
        let mut command = sandbox.command(["index", "-q", "-i", &index, "corpus"]);
        let said = sandbox.said(command.env("DATELINE_FAULT", format!("crash:{step}")));
        if said.code == Some(0) {
            assert!(step > 3, "nothing was stopped");
            return;
        }
        sandbox.index(&format!("-i {index} corpus"));
        let bodies =
            sandbox.done(&format!("search -i {index} --copies show -n 100 --format jsonl *"));
        assert!(!bodies.contains(SLOGAN), "after step {step}");
    }
    panic!("a run takes fewer steps than this");
}
