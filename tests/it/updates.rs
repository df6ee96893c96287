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
            .done("search --copies show -n 1000 --format jsonl *")
            .lines()
            .map(without_rank)
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
fn one_thread_and_eight_give_the_same_ids_and_the_same_content() {
    let sandbox = with_corpus();
    // Two texts of each article, in files that are read at the same time.
    for (name, day) in [("a", 1), ("b", 2)] {
        let record = |number: u32| {
            json!({
                "url": format!("https://gull.example/{number}"),
                "title": format!("Bridge {number} opens"),
                "text": format!("The council met for day {day} and opened bridge {number}."),
            })
        };
        let lines: Vec<_> = (0..200).map(|number| record(number).to_string()).collect();
        sandbox.write(&format!("corpus/more/{name}.jsonl"), lines.join("\n"));
    }
    let content = |threads: u32| {
        let index = format!("index-{threads}");
        sandbox.done(&format!("index -i {index} -j {threads} corpus"));
        let hits = sandbox
            .done(&format!("search -i {index} --copies show -n 1000 --sort date --format jsonl *"));
        let rejects = sandbox.done(&format!("rejects -i {index} --format jsonl"));
        // Texts that were replaced count in the statistics of words until their segment is merged,
        // and which segment that is depends on the threads.
        sandbox.done(&format!("compact -i {index}"));
        let ranked = sandbox
            .done(&format!("search -i {index} --copies show -n 50 --format ids election OSCE"));
        let mut hits: Vec<String> = hits.lines().map(without_rank).collect();
        hits.sort();
        (hits, rejects, ranked)
    };
    let one = content(1);
    assert!(one.0.len() > 250 && one.1.lines().count() >= 200, "{}", one.1);
    assert_eq!(one, content(8));
}

/// A hit without what depends on the question.
fn without_rank(line: &str) -> String {
    let mut hit = parsed(line);
    for key in ["rank", "score"] {
        hit.as_object_mut().expect("an object").remove(key);
    }
    hit.to_string()
}
