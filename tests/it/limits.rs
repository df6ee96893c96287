//! What one article, and the whole process, may take: time, size and memory, each with an outcome
//! that has a name.

use std::fmt::Write as _;

use serde_json::json;

use crate::sandbox::{Sandbox, parsed};

const SENTENCE: &str = "The council met on Monday and agreed to open the old bridge again. ";

/// Articles of some 3 kB with words of their own, a record a line.
fn records(count: usize) -> String {
    let mut lines = String::new();
    for number in 0..count {
        let words: Vec<_> = (0..40).map(|word| format!("word{}", number * 37 + word)).collect();
        let text = format!("{} {}", SENTENCE.repeat(40), words.join(" "));
        writeln!(lines, "{}", json!({"title": format!("Bridge {number}"), "text": text}))
            .expect("memory");
    }
    lines
}

#[test]
fn the_process_stays_below_its_memory_ceiling() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.jsonl", records(600));
    sandbox.write("corpus/tags.html", "<b>x</b> ".repeat(150_000));
    sandbox.write("corpus/text.txt", SENTENCE.repeat(20_000));
    for ceiling in [256_u64, 512] {
        let report = sandbox.index(&format!("--rebuild -j 4 --memory {ceiling}MiB corpus"));
        let Some(peak) = report["peak_memory"].as_u64() else { return };
        assert!(peak <= ceiling << 20, "{} MiB of {ceiling}", peak >> 20);
        assert_eq!(report["files_added"], json!(3));
    }
    let said = sandbox.run(["index", "--memory", "1MB", "corpus"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("256 MiB at least"), "{}", said.err);
}

#[test]
fn an_article_that_takes_too_long_is_named_and_the_run_goes_on() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.txt", SENTENCE.repeat(180_000));
    sandbox.write("corpus/b.txt", SENTENCE);
    let report = sandbox.index("--article-time 1 -j 1 corpus");
    assert_eq!(report["rejects"], json!({"too-slow": 1}));
    assert_eq!(sandbox.found("bridge"), ["corpus/b.txt"]);
}

#[test]
fn of_an_article_that_is_too_large_a_part_is_indexed_and_counted() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.txt", format!("{SENTENCE}{}", "And it went on. ".repeat(500)));
    let report = sandbox.index("--max-article 4KB corpus");
    assert_eq!((&report["articles_total"], &report["truncated"]), (&json!(1), &json!(1)));
    let hit = parsed(&sandbox.done("search --format jsonl bridge"));
    assert_eq!(hit["warnings"], json!(["truncated"]));
}
