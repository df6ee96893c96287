//! What is deleted is gone, stays gone, and takes nothing else with it.

use serde_json::{Value, json};

use crate::sandbox::{Said, Sandbox, parsed, text};

const BODY: &str = "The council met on Monday and agreed to open the old bridge to traffic again.";

fn page(sandbox: &Sandbox, path: &str, title: &str) {
    sandbox.write(path, format!("{title}\n\n{title}. {BODY}\n"));
}

fn records(sandbox: &Sandbox, titles: &[&str]) {
    let record = |title: &&str| {
        json!({"title": title, "url": url(title), "text": format!("{title}. {BODY}")}).to_string()
    };
    let lines: Vec<_> = titles.iter().map(record).collect();
    sandbox.write("news/wire.jsonl", lines.join("\n"));
}

fn url(title: &str) -> String {
    format!("https://wire.example/{}", title.to_lowercase().replace(' ', "-"))
}

fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    page(&sandbox, "news/a/one.txt", "Harbour closed by storm");
    page(&sandbox, "news/a/two.txt", "Railway strike ends");
    page(&sandbox, "news/b/three.txt", "Budget passed at midnight");
    records(&sandbox, &["Vote delayed", "Mayor resigns", "Library reopens"]);
    sandbox.index("-i index news");
    sandbox
}

fn delete(sandbox: &Sandbox, arguments: &[&str]) -> Said {
    let line = ["delete", "-i", "index", "--format", "json"].iter().chain(arguments);
    sandbox.run(line)
}

#[track_caller]
fn deleted(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let said = delete(sandbox, arguments);
    assert_eq!(said.code, Some(0), "{}", said.err);
    sandbox.done("verify -i index");
    parsed(&said.out)
}

fn titles(sandbox: &Sandbox) -> Vec<String> {
    let said = sandbox
        .run(["search", "-i", "index", "--copies", "show", "-n", "100", "--format", "jsonl", "*"]);
    let mut titles: Vec<_> = said.out.lines().map(|line| text(&parsed(line)["title"])).collect();
    titles.sort();
    titles
}

#[test]
fn articles_are_named_by_question_path_and_address() {
    for (arguments, expected) in [
        (&["midnight"][..], &["Budget passed at midnight"][..]),
        (&["harbour OR railway"], &["Harbour closed by storm", "Railway strike ends"]),
        (&["--path", "news/a"], &["Harbour closed by storm", "Railway strike ends"]),
        (&["--path", "./news/a/one.txt"], &["Harbour closed by storm"]),
        (&["--url", "http://www.wire.example/mayor-resigns/"], &["Mayor resigns"]),
        (
            &["bridge"],
            &[
                "Budget passed at midnight",
                "Harbour closed by storm",
                "Library reopens",
                "Mayor resigns",
                "Railway strike ends",
                "Vote delayed",
            ],
        ),
    ] {
        let sandbox = archive();
        let before = titles(&sandbox);
        let dry = deleted(&sandbox, &[arguments, &["--dry-run"]].concat());
        assert_eq!(titles(&sandbox), before, "{arguments:?}");
        let report = deleted(&sandbox, arguments);
        for report in [&dry, &report] {
            assert_eq!(report["articles"], json!(expected.len()), "{arguments:?}");
            let first = report["first"].as_array().expect("a list");
            let mut named: Vec<_> = first.iter().map(|article| text(&article["title"])).collect();
            named.sort();
            assert_eq!(named, expected, "{arguments:?}");
        }
        let left: Vec<_> =
            before.iter().filter(|title| !expected.contains(&title.as_str())).cloned().collect();
        assert_eq!(report["articles_left"], json!(left.len()));
        assert_eq!(titles(&sandbox), left, "{arguments:?}");
    }
}

#[test]
fn what_names_nothing_deletes_nothing() {
    let sandbox = archive();
    assert_eq!(delete(&sandbox, &["nonesuch"]).code, Some(1));
    assert_eq!(delete(&sandbox, &["--path", "elsewhere"]).code, Some(1));
    assert_eq!(delete(&sandbox, &[]).code, Some(2));
    assert_eq!(delete(&sandbox, &[""]).code, Some(2));
    let said = delete(&sandbox, &["(harbour"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("`harbour`"), "{}", said.err);
    assert_eq!(titles(&sandbox).len(), 6);
}

#[test]
fn what_is_deleted_stays_so_whatever_is_read_again() {
    let sandbox = archive();
    deleted(&sandbox, &["mayor OR harbour"]);
    let left =
        ["Budget passed at midnight", "Library reopens", "Railway strike ends", "Vote delayed"];
    assert_eq!(titles(&sandbox), left);
    // Unchanged, read again, in another place of its file, and read anew.
    sandbox.index("-i index news");
    assert_eq!(titles(&sandbox), left);
    records(&sandbox, &["Tram derails", "Vote delayed", "Mayor resigns", "Library reopens"]);
    sandbox.index("-i index news");
    let left = [&left[..3], &["Tram derails", "Vote delayed"]].concat();
    assert_eq!(titles(&sandbox), left);
    let report = sandbox.index("-i index --rebuild news");
    assert_eq!(report["rejects"]["deleted"], json!(2), "{report}");
    assert_eq!(titles(&sandbox), left);
    sandbox.done("verify -i index");
    // Under another name, gone for a while, and with the head of the index lost.
    let news = sandbox.path().join("news");
    std::fs::rename(news.join("a/one.txt"), news.join("one.txt")).expect("moved");
    sandbox.index("-i index news");
    assert_eq!(titles(&sandbox), left);
    sandbox.remove("news/one.txt");
    sandbox.index("-i index news");
    assert_eq!(sandbox.index("-i index news")["files_removed"], json!(0));
    page(&sandbox, "news/one.txt", "Harbour closed by storm");
    sandbox.index("-i index news");
    assert_eq!(titles(&sandbox), left);
    sandbox.write("index/dateline.json", "{");
    sandbox.index("-i index --rebuild news");
    assert_eq!(titles(&sandbox), left);
}

#[test]
fn another_article_at_the_same_place_is_not_taken_for_it() {
    let sandbox = archive();
    deleted(&sandbox, &["--path", "news/b/three.txt"]);
    page(&sandbox, "news/b/three.txt", "Orchestra tours the north");
    sandbox.index("-i index news");
    assert!(titles(&sandbox).contains(&"Orchestra tours the north".to_owned()));
    sandbox.done("verify -i index");
}

#[test]
fn an_older_text_does_not_take_the_place_of_a_deleted_one() {
    let sandbox = Sandbox::new();
    let save = |number: u32, saved: &str| {
        let text = "Lorries may cross it from the first of next month, carts at once and for free.";
        let head = "<title>Bridge opens</title><h1>Bridge opens</h1>";
        let page = format!("{head}<p>{BODY} {text} The toll house stays as it is, it said.</p>");
        sandbox.write(&format!("news/{number}.html"), page);
        let url = "https://wire.example/1-bridge";
        let notes = json!({"url": url, "title": "Bridge opens", "crawled_at": saved});
        sandbox.write(&format!("news/{number}.json"), notes.to_string());
    };
    save(1, "2022-01-01T00:00:00Z");
    save(2, "2022-03-01T00:00:00Z");
    assert_eq!(sandbox.index("-i index news")["articles_total"], json!(1));
    deleted(&sandbox, &["bridge"]);
    for options in ["-i index news", "-i index --rebuild news"] {
        let report = sandbox.index(options);
        assert_eq!(report["articles_total"], json!(0), "{report}");
    }
    save(1, "2022-02-01T00:00:00Z");
    assert_eq!(sandbox.index("-i index news")["articles_total"], json!(0));
    save(1, "2022-04-01T00:00:00Z");
    assert_eq!(sandbox.index("-i index news")["articles_total"], json!(1), "a later text is new");
    sandbox.done("verify -i index");
}
