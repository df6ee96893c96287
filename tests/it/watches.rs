//! Saved questions tell what is new, once.

use crate::sandbox::{Sandbox, parsed, text};

fn article(title: &str, body: &str) -> String {
    serde_json::json!({ "title": title, "body": body }).to_string()
}

fn with_bridges() -> Sandbox {
    let sandbox = Sandbox::new();
    let lines = [
        article("Bridge opens", "The new bridge over the river was opened on Monday."),
        article("Fair closes", "The fair closed its doors on Sunday after a week of rain."),
    ];
    sandbox.write("a.jsonl", lines.join("\n"));
    sandbox.index("a.jsonl");
    sandbox
}

fn add_article(sandbox: &Sandbox, file: &str, title: &str) {
    sandbox.write(file, article(title, "It was said on Tuesday that the bridge must be mended."));
    sandbox.index(file);
}

#[test]
fn a_watch_tells_what_came_since_and_tells_it_once() {
    let sandbox = with_bridges();
    let said = sandbox.run(["watch", "add", "bridges", "bridge"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("1 articles match bridge now"), "{}", said.err);
    let quiet = sandbox.run(["watch", "run"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (Some(1), ""), "{}", quiet.err);

    add_article(&sandbox, "b.jsonl", "Bridge closed");
    let dry = sandbox.done("watch run --dry-run bridges");
    let told = sandbox.done("watch run");
    assert_eq!(dry, told);
    assert!(told.starts_with("bridges: 1 new of 2 that match bridge\n"), "{told}");
    assert!(told.contains("Bridge closed") && !told.contains("Bridge opens"), "{told}");
    assert_eq!(sandbox.run(["watch", "run"]).code, Some(1));

    // Neither a rebuild nor one that goes and comes back is news.
    sandbox.done("index --rebuild --quiet a.jsonl b.jsonl");
    assert_eq!(sandbox.run(["watch", "run"]).code, Some(1));
}

#[test]
fn machines_get_the_watch_with_each_hit() {
    let sandbox = with_bridges();
    sandbox.done("watch add bridges bridge --known");
    sandbox.done("watch add fairs --known fair");
    let json = parsed(&sandbox.done("watch run --dry-run -f json"));
    let watches = json["watches"].as_array().expect("a list");
    let names: Vec<_> = watches.iter().map(|it| text(&it["watch"])).collect();
    assert_eq!(names, ["bridges", "fairs"]);
    assert_eq!(text(&watches[0]["hits"][0]["title"]), "Bridge opens");
    let lines = sandbox.done("watch run --dry-run -f jsonl");
    assert_eq!(lines.lines().map(|line| text(&parsed(line)["watch"])).collect::<Vec<_>>(), names);
    let rows = sandbox.done("watch run -f csv");
    assert_eq!(rows.lines().count(), 3);
    assert!(rows.lines().next().is_some_and(|line| line.starts_with("watch,rank,")));
}

#[test]
fn watches_are_listed_and_removed_by_their_names() {
    let sandbox = with_bridges();
    assert_eq!(sandbox.run(["watch", "list"]).code, Some(1));
    sandbox.done("watch add bridges bridge OR ferry");
    let listed = parsed(&sandbox.done("watch list -f json"));
    assert_eq!(text(&listed["watches"][0]["query"]), "bridge OR ferry");
    assert_eq!(sandbox.done("watch list -f csv").lines().count(), 2);
    assert!(sandbox.done("watch list").contains("1 article told"));

    let taken = sandbox.run(["watch", "add", "bridges", "dam"]);
    assert_eq!(taken.code, Some(2));
    assert!(taken.err.contains("there is a watch `bridges`"), "{}", taken.err);
    sandbox.done("watch add --replace bridges dam");
    sandbox.done("watch remove bridges");
    for line in ["watch remove bridges", "watch run bridges", "watch add ../x dam"] {
        assert_eq!(sandbox.run(line.split(' ')).code, Some(2), "`{line}`");
    }
}

#[test]
fn a_damaged_watch_does_not_stop_the_others() {
    let sandbox = with_bridges();
    sandbox.done("watch add bridges bridge --known");
    sandbox.write("index/watches/fairs.json", "{");
    let listed = sandbox.run(["watch", "list"]);
    assert!(listed.out.contains("bridges"), "{}", listed.out);
    let told = sandbox.run(["watch", "run"]);
    assert!(told.out.contains("Bridge opens"), "{}", told.out);
    for said in [listed, told] {
        assert_eq!(said.code, Some(2), "{}", said.err);
        assert!(said.err.contains("fairs.json"), "{}", said.err);
    }
    assert_eq!(sandbox.run(["watch", "run"]).out, "");
    sandbox.done("watch remove fairs");
    assert_eq!(sandbox.run(["watch", "run"]).code, Some(1));
}
