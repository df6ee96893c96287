//! The texts of one article over time: the newest is found, with the time at which the first was
//! seen. Files that move take their articles with them; files that go take them away, unless asked
//! not to.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed};

/// A page with the address and the time at which it was saved noted beside it.
fn save(sandbox: &Sandbox, path: &str, saved: &str, url: &str, title: &str, text: &str) {
    let page = format!("<title>{title}</title><h1>{title}</h1><p>{text} {text} {text}</p>");
    sandbox.write(&format!("{path}.html"), page);
    let notes = json!({"url": url, "title": title, "crawled_at": saved});
    sandbox.write(&format!("{path}.json"), notes.to_string());
}

const URL: &str = "https://gull.example/a/1-bridge";
const OLD: &str = "The council agreed on Monday to open the old bridge to carts alone.";
const NEW: &str = "The council agreed on Tuesday to open the old bridge to lorries as well.";

/// All articles, sorted by path.
fn all(sandbox: &Sandbox) -> Vec<Value> {
    let said = sandbox.run(["search", "--copies", "show", "-n", "1000", "--format", "jsonl", "*"]);
    let mut hits: Vec<Value> = said.out.lines().map(parsed).collect();
    hits.sort_by_key(|hit| hit["path"].to_string());
    hits
}

fn paths(sandbox: &Sandbox) -> Vec<String> {
    let path = |hit: &Value| hit["path"].as_str().expect("a path").to_owned();
    all(sandbox).iter().map(path).collect()
}

#[test]
fn of_two_texts_of_an_article_the_newer_is_kept_whatever_the_order() {
    for (older, newer) in [("corpus/a", "corpus/b"), ("corpus/b", "corpus/a")] {
        let sandbox = Sandbox::new();
        save(&sandbox, older, "2022-11-17T10:00:00Z", URL, "Bridge opens", OLD);
        let tracked = format!("{}?utm_source=letter#top", URL.replace("https://", "http://www."));
        save(&sandbox, newer, "2023-01-05T10:00:00Z", &tracked, "UPDATE Bridge opens", NEW);
        let report = sandbox.index("corpus");
        assert_eq!(report["articles_total"], json!(1));
        assert_eq!(report["rejects"], json!({"superseded": 1}));
        let article = &all(&sandbox)[0];
        assert_eq!(article["path"], json!(format!("{newer}.html")));
        assert_eq!(article["seen"], json!("2023-01-05T10:00:00Z"));
        assert_eq!(article["first_seen"], json!("2022-11-17T10:00:00Z"));
        assert!(sandbox.found("carts").is_empty());
    }
}

#[test]
fn an_article_fetched_again_in_a_later_run_keeps_its_first_date() {
    let sandbox = Sandbox::new();
    save(&sandbox, "corpus/b", "2022-11-17T10:00:00Z", URL, "Bridge opens", OLD);
    sandbox.index("corpus");
    save(&sandbox, "corpus/a", "2023-01-05T10:00:00Z", URL, "Bridge opens", NEW);
    sandbox.index("corpus");
    save(&sandbox, "corpus/c", "2021-03-01T10:00:00Z", URL, "Bridge opens", OLD);
    let report = sandbox.index("corpus");
    assert_eq!(report["articles_total"], json!(1));
    let article = &all(&sandbox)[0];
    assert_eq!(article["path"], json!("corpus/a.html"));
    assert_eq!(article["first_seen"], json!("2021-03-01T10:00:00Z"));
}

#[test]
fn an_older_text_comes_back_when_the_newer_one_is_gone() {
    let sandbox = Sandbox::new();
    save(&sandbox, "corpus/a", "2022-11-17T10:00:00Z", URL, "Bridge opens", OLD);
    save(&sandbox, "corpus/b", "2023-01-05T10:00:00Z", URL, "Bridge opens", NEW);
    sandbox.index("corpus");
    sandbox.remove("corpus/b.html");
    sandbox.remove("corpus/b.json");
    let report = sandbox.index("corpus");
    assert_eq!(report["articles_total"], json!(1));
    assert_eq!(sandbox.found("carts"), ["corpus/a.html"]);
}

#[test]
fn articles_that_only_share_an_address_are_all_kept() {
    let sandbox = Sandbox::new();
    save(&sandbox, "corpus/a", "2022-11-17T10:00:00Z", URL, "Bridge opens", OLD);
    save(&sandbox, "corpus/b", "2023-01-05T10:00:00Z", URL, "Harvest fails", NEW);
    assert_eq!(sandbox.index("corpus")["articles_total"], json!(2));
}

#[test]
fn a_file_that_moved_is_recognised_and_not_read_anew() {
    let sandbox = Sandbox::new();
    for name in ["one", "two"] {
        sandbox.write(&format!("corpus/{name}.txt"), format!("The council of {name} met. {OLD}"));
    }
    sandbox.index("corpus");
    let before = all(&sandbox);
    fs::create_dir(sandbox.path().join("corpus/a")).expect("a folder");
    for name in ["one", "two"] {
        let (from, to) = (format!("corpus/{name}.txt"), format!("corpus/a/{name}-moved.txt"));
        fs::rename(sandbox.path().join(from), sandbox.path().join(to)).expect("moved");
    }
    let report = sandbox.index("corpus");
    assert_eq!(
        (&report["files_moved"], &report["files_added"], &report["files_removed"]),
        (&json!(2), &json!(0), &json!(0))
    );
    assert_eq!((&report["bytes_read"], &report["articles_total"]), (&json!(0), &json!(2)));
    assert_eq!(paths(&sandbox), ["corpus/a/one-moved.txt", "corpus/a/two-moved.txt"]);
    assert_eq!(all(&sandbox)[0]["body"], before[0]["body"]);
    assert_eq!(sandbox.found("path:corpus/a/one-moved.txt"), ["corpus/a/one-moved.txt"]);
    assert!(sandbox.done("index corpus").contains("nothing changed"));
}

#[test]
fn a_copy_is_no_move() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.txt", OLD);
    sandbox.index("corpus");
    sandbox.write("corpus/two.txt", OLD);
    let report = sandbox.index("corpus");
    assert_eq!((&report["files_moved"], &report["files_added"]), (&json!(0), &json!(1)));
}

#[test]
fn what_is_gone_is_removed_from_a_folder_but_not_for_a_single_file_or_when_told_to_keep() {
    let sandbox = Sandbox::new();
    for name in ["one", "two"] {
        sandbox.write(&format!("corpus/{name}.txt"), format!("The council of {name} met. {OLD}"));
    }
    sandbox.index("corpus");
    sandbox.remove("corpus/one.txt");
    for (arguments, left) in
        [("corpus/one.txt", 2), ("corpus/two.txt", 2), ("--no-prune corpus", 2), ("corpus", 1)]
    {
        let report = sandbox.index(arguments);
        assert_eq!(report["articles_total"], json!(left), "after `index {arguments}`");
    }
}

#[test]
fn a_folder_that_is_suddenly_empty_is_taken_for_a_disk_that_is_not_mounted() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.txt", OLD);
    sandbox.index("corpus");
    fs::rename(sandbox.path().join("corpus"), sandbox.path().join("disk")).expect("moved");
    fs::create_dir(sandbox.path().join("corpus")).expect("a folder");
    let report = sandbox.index("corpus");
    assert_eq!(report["articles_total"], json!(1));
    assert_eq!(report["rejects"], json!({"unreadable": 1}));
    assert!(sandbox.done("rejects").contains("is its disk mounted?"));
}

#[test]
fn a_change_that_leaves_size_and_time_as_they_were_shows_with_verify() {
    let sandbox = Sandbox::new();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let write = |text: &str| {
        sandbox.write("corpus/one.txt", text);
        let file = fs::File::options().write(true).open(sandbox.path().join("corpus/one.txt"));
        file.and_then(|file| file.set_modified(long_ago)).expect("a time");
    };
    write(OLD);
    sandbox.index("corpus");
    write(&OLD.replace("carts", "boats"));
    assert_eq!(sandbox.index("corpus")["files_unchanged"], json!(1));
    assert_eq!(sandbox.index("--verify corpus")["files_replaced"], json!(1));
    assert_eq!(sandbox.found("boats"), ["corpus/one.txt"]);
}

/// A page that was saved four times: as it was, unchanged, changed, and with another headline.
fn saved_four_times() -> Sandbox {
    let sandbox = Sandbox::new();
    save(&sandbox, "corpus/a", "2022-11-17T10:00:00Z", URL, "Bridge opens", OLD);
    save(&sandbox, "corpus/b", "2022-12-01T10:00:00Z", URL, "Bridge opens", OLD);
    save(&sandbox, "corpus/c", "2023-01-05T10:00:00Z", URL, "Bridge opens", NEW);
    save(&sandbox, "corpus/d", "2023-02-05T10:00:00Z", URL, "Old bridge opens", NEW);
    save(&sandbox, "corpus/e", "2023-02-05T10:00:00Z", "https://gull.example/a/2", "Rain", OTHER);
    sandbox.done("index -q corpus");
    sandbox
}

const OTHER: &str = "It rained on Friday in all of the valley, and the river rose by a foot.";

#[test]
fn history_lists_the_texts_of_a_page_and_what_changed() {
    let sandbox = saved_four_times();
    let told = parsed(&sandbox.done(&format!("history {URL} -f json")));
    let versions = told["versions"].as_array().expect("a list");
    let of = |key: &str| versions.iter().map(|it| it[key].clone()).collect::<Vec<_>>();
    let paths = ["corpus/a.html", "corpus/b.html", "corpus/c.html", "corpus/d.html"];
    assert_eq!(of("path"), paths.map(Value::from));
    assert_eq!(of("indexed"), [false, false, false, true].map(Value::from));
    assert_eq!(of("changed"), [json!(null), json!(false), json!(true), json!(true)]);
    assert_eq!(of("title_changed"), [json!(null), json!(false), json!(false), json!(true)]);
    // Three times over: Monday to Tuesday, `carts alone` to `lorries as well`.
    assert_eq!((&versions[2]["removed"], &versions[2]["added"]), (&json!(9), &json!(12)));
    assert_eq!((&versions[3]["removed"], &versions[3]["added"]), (&json!(0), &json!(0)));
    assert_eq!(told["unread"], json!([]));
    let table = sandbox.done("history www.gull.example/a/1-bridge --diff");
    assert!(table.contains("4 texts, 1 as before"), "{table}");
    assert!(table.contains("[-Monday-] {+Tuesday+}"), "{table}");
    assert!(table.contains("other headline"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    for (format, lines) in [("jsonl", 4), ("csv", 5)] {
        assert_eq!(sandbox.done(&format!("history {URL} -f {format}")).lines().count(), lines);
    }
    assert_eq!(sandbox.run(["history", "https://gull.example/none"]).code, Some(1));
}

#[test]
fn history_says_which_texts_cannot_be_read_any_more() {
    let sandbox = saved_four_times();
    sandbox.remove("corpus/a.html");
    save(&sandbox, "corpus/b", "2022-12-01T10:00:00Z", "https://gull.example/x", "Rain", OTHER);
    let told = parsed(&sandbox.done(&format!("history {URL} -f json")));
    assert_eq!(told["versions"].as_array().map(Vec::len), Some(2));
    let unread = told["unread"].as_array().expect("a list");
    let paths: Vec<_> = unread.iter().map(|it| it["path"].clone()).collect();
    assert_eq!(paths, [json!("corpus/a.html"), json!("corpus/b.html")]);
    assert!(unread.iter().all(|it| !it["why"].as_str().unwrap_or_default().is_empty()));
}

#[test]
fn history_follows_files_that_move() {
    let sandbox = Sandbox::new();
    let line = |saved: &str, text: &str| {
        let text = format!("{text} {text} {text}");
        let record =
            json!({"url": URL, "title": "Bridge opens", "text": text, "crawled_at": saved});
        format!("{record}\n")
    };
    sandbox.write("corpus/a.jsonl", line("2022-11-17T10:00:00Z", OLD));
    let both = line("2023-01-05T10:00:00Z", OTHER) + &line("2023-02-05T10:00:00Z", NEW);
    sandbox.write("corpus/b.jsonl", both);
    sandbox.done("index -q corpus");
    let paths = |sandbox: &Sandbox| {
        let told = parsed(&sandbox.done(&format!("history {URL} -f json")));
        let versions = told["versions"].as_array().cloned().unwrap_or_default();
        versions.iter().map(|it| it["path"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        paths(&sandbox),
        ["corpus/a.jsonl", "corpus/b.jsonl", "corpus/b.jsonl"].map(Value::from)
    );
    let place = |name: &str| sandbox.path().join("corpus").join(name);
    fs::rename(place("b.jsonl"), place("c.jsonl")).expect("moved");
    assert_eq!(sandbox.index("corpus")["files_moved"], json!(1));
    assert_eq!(
        paths(&sandbox),
        ["corpus/a.jsonl", "corpus/c.jsonl", "corpus/c.jsonl"].map(Value::from)
    );
}
