//! Indexing twice changes nothing and says so. Adding, editing and removing a file each show
//! as one. What cannot be read now is not lost. An update gives what a rebuild gives.
//! One writer at a time; readers never wait.

use serde_json::json;

use crate::sandbox::{Sandbox, parsed, with_corpus};

fn three_articles() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ["one", "two", "three"] {
        sandbox.write(
            &format!("corpus/{name}.txt"),
            format!("The council of {name} met on Monday and agreed to open the old bridge again."),
        );
    }
    sandbox
}

#[test]
fn indexing_twice_changes_nothing_and_says_so() {
    let sandbox = three_articles();
    assert_eq!(sandbox.index("corpus")["articles_written"], json!(3));
    let again = sandbox.index("corpus");
    assert_eq!(again["files_added"], json!(0));
    assert_eq!(again["articles_written"], json!(0));
    assert_eq!(again["articles_total"], json!(3));
    assert!(sandbox.done("index corpus").contains("nothing changed"));
}

#[test]
fn each_change_of_a_file_shows_as_one() {
    let sandbox = three_articles();
    sandbox.index("corpus");
    sandbox.write(
        "corpus/four.txt",
        "A fourth council met on Tuesday and spoke about the harbour for hours.",
    );
    let added = sandbox.index("corpus");
    assert_eq!(
        (&added["files_added"], &added["files_replaced"], &added["files_removed"]),
        (&json!(1), &json!(0), &json!(0))
    );
    assert_eq!(sandbox.found("harbour"), ["corpus/four.txt"]);

    sandbox.write(
        "corpus/four.txt",
        "A fourth council met on Tuesday and spoke about the railway for hours.",
    );
    let edited = sandbox.index("corpus");
    assert_eq!(
        (&edited["files_added"], &edited["files_replaced"], &edited["files_removed"]),
        (&json!(0), &json!(1), &json!(0))
    );
    assert!(sandbox.found("harbour").is_empty());
    assert_eq!(sandbox.found("railway"), ["corpus/four.txt"]);

    sandbox.remove("corpus/four.txt");
    let removed = sandbox.index("corpus");
    assert_eq!(
        (&removed["files_added"], &removed["files_replaced"], &removed["files_removed"]),
        (&json!(0), &json!(0), &json!(1))
    );
    assert!(sandbox.found("railway").is_empty());
    assert_eq!(removed["articles_total"], json!(3));
}

#[test]
fn a_file_that_is_no_article_any_more_loses_its_articles() {
    let sandbox = three_articles();
    sandbox.index("corpus");
    sandbox.write("corpus/one.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0");
    let report = sandbox.index("corpus");
    assert_eq!(report["articles_total"], json!(2));
    assert_eq!(report["rejects"]["binary"], json!(1));
}

#[test]
fn a_root_that_vanished_does_not_empty_the_index() {
    let sandbox = three_articles();
    sandbox.index("corpus");
    std::fs::rename(sandbox.path().join("corpus"), sandbox.path().join("unmounted"))
        .expect("moved");
    let report = sandbox.index("corpus");
    assert_eq!(report["articles_total"], json!(3));
    assert_eq!(report["files_removed"], json!(0));
}

#[test]
fn an_update_gives_what_a_rebuild_gives() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    sandbox.write(
        "corpus/portal/new.txt",
        "Georgia\n\nThe parliament in Tbilisi opened its session on Monday with a speech.",
    );
    sandbox.remove("corpus/wires/northlight.jsonl");
    sandbox.index("corpus");
    let all = |sandbox: &Sandbox| {
        let mut lines: Vec<String> = sandbox
            .done("search -n 1000 --format jsonl *")
            .lines()
            .map(|line| {
                let mut hit = parsed(line);
                for key in ["rank", "score"] {
                    hit.as_object_mut().expect("an object").remove(key);
                }
                hit.to_string()
            })
            .collect();
        lines.sort();
        lines
    };
    let updated = all(&sandbox);
    sandbox.index("--rebuild corpus");
    assert_eq!(updated, all(&sandbox));
}

#[test]
fn the_same_folder_named_in_another_way_is_the_same() {
    let sandbox = three_articles();
    sandbox.index("corpus");
    let absolute = sandbox.path().join("corpus");
    let report = sandbox.index(absolute.to_str().expect("UTF-8"));
    assert_eq!(report["files_unchanged"], json!(3));
    assert_eq!(report["articles_total"], json!(3));
}

#[test]
fn threads_do_not_change_the_outcome() {
    let sandbox = with_corpus();
    sandbox.done("index -i a -j 1 corpus");
    sandbox.done("index -i b -j 4 corpus");
    let hits = |index: &str| {
        sandbox.done(&format!("search -i {index} -n 100 --format jsonl election OSCE"))
    };
    assert_eq!(hits("a"), hits("b"));
}
