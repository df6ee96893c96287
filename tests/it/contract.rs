//! `extract` and `search` agree on an article. Every line is JSON with the fields of the
//! contract. `batch` writes a run.

use serde_json::Value;

use crate::sandbox::{parsed, text, with_corpus};

const FIELDS: &[&str] = &[
    "v",
    "id",
    "source_id",
    "path",
    "record",
    "url",
    "title",
    "title_source",
    "body",
    "tag",
    "about",
    "countries",
    "date",
    "date_precision",
    "date_source",
    "date_confidence",
    "language",
    "publisher",
    "author",
    "entities",
    "charset",
    "warnings",
];

#[test]
fn extract_and_search_agree_on_every_article() {
    let sandbox = with_corpus();
    let extracted = sandbox.done("extract corpus");
    let hits = sandbox.done("search --copies show -n 1000 --format jsonl *");
    let mut expected: Vec<Value> = extracted.lines().map(parsed).collect();
    let mut found: Vec<Value> = hits.lines().map(parsed).collect();
    for hit in &mut found {
        for key in
            ["rank", "score", "snippet", "title_highlights", "title_highlights_chars", "snippets"]
        {
            hit.as_object_mut().expect("an object").remove(key);
        }
    }
    // The seal is for indexing what was extracted, and not kept.
    for article in &mut expected {
        article.as_object_mut().expect("an object").remove("seal");
    }
    let by_id = |value: &Value| text(&value["id"]);
    expected.sort_by_key(by_id);
    found.sort_by_key(by_id);
    assert_eq!(expected.len(), 66);
    assert_eq!(expected, found);
}

#[test]
fn every_field_of_the_contract_is_there() {
    let sandbox = with_corpus();
    for line in sandbox.done("extract corpus").lines() {
        let article = parsed(line);
        for field in FIELDS {
            assert!(article.get(field).is_some(), "no `{field}` in {line}");
        }
        assert!(!text(&article["body"]).is_empty() && !text(&article["title"]).is_empty());
        let dated = ["date", "date_precision", "date_source", "date_confidence"];
        assert_eq!(
            1,
            dated
                .iter()
                .map(|field| article[field].is_null())
                .collect::<std::collections::HashSet<_>>()
                .len()
        );
    }
}

#[test]
fn show_takes_an_id_its_start_or_a_path() {
    let sandbox = with_corpus();
    let id = sandbox.done("search --format ids -n 1 OSCE").trim().to_owned();
    let whole = sandbox.done(&format!("show --format json {id}"));
    assert_eq!(whole, sandbox.done(&format!("show --format json {}", &id[..9])));
    let path = text(&parsed(&whole)["path"]);
    assert!(sandbox.done(&format!("show --format json {path}")).contains(&id));
    let said = sandbox.run(["show", "nothing-there"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("hint:"), "{}", said.err);
}

#[test]
fn a_batch_is_a_run_and_a_bad_row_does_not_stop_it() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    sandbox.write(
        "topics.tsv",
        "1\tKazakhstan election\nno tab here\n2\telection\tregion=Kazakhstan\n",
    );
    let said = sandbox.run(["batch", "topics.tsv", "--format", "trec", "-n", "5"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("line 2"), "{}", said.err);
    for line in said.out.lines() {
        let columns: Vec<_> = line.split(' ').collect();
        assert_eq!(columns.len(), 6, "{line}");
        assert!(
            matches!(columns[0], "1" | "2") && columns[1] == "Q0" && columns[5] == "dateline",
            "{line}"
        );
    }
    let answered = |topic: &str| said.out.lines().filter(|line| line.starts_with(topic)).count();
    assert_eq!(answered("1 "), 5);
    // Where sources name the region, those are meant that say it, and not all that are about it.
    let tagged = sandbox.done("search -c tag:Kazakhstan");
    assert_eq!((tagged.trim(), answered("2 ")), ("4", 4));
    let with_words = sandbox.done("batch --all topics.tsv");
    let tagged = sandbox.done("search -c election tag:Kazakhstan");
    let answered = with_words.lines().filter(|line| line.starts_with("2 ")).count();
    assert_eq!((tagged.trim(), answered), ("3", 3));
}
