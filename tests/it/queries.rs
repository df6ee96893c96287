//! The first command of the README builds the sample index and answers. The furniture of
//! pages makes no article match. Fields select. No question is an error.

use dateline::index::ArchiveReader;
use dateline::query::parse;
use dateline::search::{SearchRequest, search};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

#[test]
fn the_first_search_builds_the_sample_index_and_says_so() {
    let sandbox = with_corpus();
    let said = sandbox.run(["search", "Kazakhstan", "election", "OSCE"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("indexing `corpus` first"), "{}", said.err);
    assert!(said.out.contains("Kazakhstan"), "{}", said.out);
    let again = sandbox.run(["search", "Kazakhstan election OSCE"]);
    assert!(!again.err.contains("indexing"), "{}", again.err);
    assert_eq!(said.out, again.out);
}

#[test]
fn the_furniture_of_pages_is_not_found() {
    let sandbox = with_corpus();
    for word in [
        "Zharmukhanov",
        "Qarabelik",
        "Severmost",
        "TILLGATE",
        "Reykjavik",
        "Golovkin",
        "Skopje",
        "cookie",
        "newsletter",
        "subscribe",
    ] {
        assert!(sandbox.found(word).is_empty(), "`{word}` found {:?}", sandbox.found(word));
    }
}

#[test]
fn fields_select() {
    let sandbox = with_corpus();
    let wrongly_filed = "corpus/portal/kazakhstan-early-vote-observers.txt".to_owned();
    for query in [
        "region:Russia",
        "region:Kazakhstan",
        "tag:Russia",
        "about:KZ",
        "org:OSCE",
        "date:none",
        "person:Tokayev",
    ] {
        let found = sandbox.found(&format!("{query} Kazakhstan"));
        assert!(found.contains(&wrongly_filed), "`{query}` found {found:?}");
    }
    assert!(!sandbox.found("tag:Kazakhstan").contains(&wrongly_filed));
    let russian = sandbox.found("lang:ru");
    assert_eq!(russian.len(), 2, "{russian:?}");
    let out = sandbox.done("search --copies show -n 100 --format jsonl date:2022-11");
    let dates: Vec<_> = out.lines().map(|line| text(&parsed(line)["date"])).collect();
    assert!(dates.len() >= 4 && dates.iter().all(|date| date.starts_with("2022-11")), "{dates:?}");
}

/// Spanish stems `cookie` to what an English article about Captain Cook holds.
#[test]
fn a_word_is_stemmed_in_the_language_of_the_article() {
    let sandbox = Sandbox::new();
    let english = "{\"title\": \"Harbour\", \"text\": \"The statue of Captain Cook stands at \
                   the harbour, where the ferries leave for the islands every morning.\", \
                   \"language\": \"en\"}\n";
    let spanish = "{\"title\": \"Puerto\", \"text\": \"Las cookies de la panadería del puerto se \
                   venden cada mañana a los viajeros que esperan el barco.\", \
                   \"language\": \"es\"}\n";
    sandbox.write("a/en.jsonl", format!("{english}{english}"));
    sandbox.write("a/es.jsonl", spanish);
    sandbox.index("a");
    assert_eq!(sandbox.found("cookie"), ["a/es.jsonl"]);
    assert_eq!(sandbox.found("\"cookie de la\""), ["a/es.jsonl"]);
    assert_eq!(sandbox.found("cooks"), ["a/en.jsonl", "a/en.jsonl"]);
    assert_eq!(sandbox.found("ferry harbours"), ["a/en.jsonl", "a/en.jsonl"]);
}

#[test]
fn newest_first_puts_undated_articles_last() {
    let sandbox = with_corpus();
    let out = sandbox.done("search -n 100 --sort -date --format jsonl *");
    let dates: Vec<_> = out.lines().map(|line| text(&parsed(line)["date"])).collect();
    let with_date = dates.iter().take_while(|date| !date.is_empty()).count();
    assert!(dates[with_date..].iter().all(String::is_empty), "{dates:?}");
    assert!(dates[..with_date].windows(2).all(|pair| pair[0][..4] >= pair[1][..4]), "{dates:?}");
}

#[test]
fn no_question_is_an_error() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    for query in [
        "O'Brien",
        "Tokayev:",
        "Toka*",
        "Kazakhstan's",
        "“snap election”",
        "\"snap election",
        "re: Kazakhstan",
        "https://example.org/a:b?c=d",
        "-OSCE",
        "NOT OSCE",
        "date:2022-11-21",
        "date:[2022-11-01 TO 2022-11-30]",
        "date:>=2022-11-01",
        "alpha w/5 beta",
        "alpha NEAR beta",
        "a:(^",
        "((((",
        "*kaev",
        "Tokaev~1",
        "/toka.*ev/",
        "section:/world/asia",
        "a && b",
        "a || b",
        "!a b",
        "(a OR",
        "title:\"x",
        "",
        "选举",
        "e\u{301}lection",
        "İstanbul",
        "a*",
    ] {
        let said = sandbox.run(["search", "--", query]);
        assert!(matches!(said.code, Some(0 | 1)), "`{query}` gave {:?}: {}", said.code, said.err);
    }
    assert!(!sandbox.found("Toka*").is_empty());
    assert!(!sandbox.found("Tokaev~1").is_empty());
    assert!(!sandbox.found("“OSCE observers”").is_empty() || !sandbox.found("OSCE").is_empty());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let mut command = sandbox.command(["search", "-n", "100", "--format", "json", "*"]);
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Ten thousand strings of operators, words of the archive and noise: an answer to each.
#[test]
fn random_strings_get_an_answer() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let archive = ArchiveReader::open(&sandbox.path().join("index")).expect("an index");
    let today = chrono::NaiveDate::from_ymd_opt(2024, 3, 15).expect("a day");
    let unit = prop_oneof![
        prop::sample::select(vec![
            "(",
            ")",
            "\"",
            "-",
            "=",
            "~2",
            "^3",
            "*",
            "?",
            ":",
            "|",
            "&&",
            "\\",
            " ",
            " ",
            " AND ",
            " OR ",
            " NOT ",
            "title:",
            "region:",
            "date:",
            "person:",
            "url:",
            "path:",
            "2022-11",
            "..",
            "Kazakhstan",
            "OSCE",
            "elect",
            "Tokayev",
            "U.S.",
            "COVID-19",
            "O'Brien",
            "выборы",
            "选举",
            " w/5 ",
            " pre/90 ",
            " w/s ",
            " /p ",
            "atleast2(",
            "lead(",
            "first20(",
            "body:",
            "~3u",
        ])
        .prop_map(str::to_owned),
        "\\PC{1,4}",
    ];
    let typed = prop::collection::vec(unit, 0..12).prop_map(|units| units.concat());
    let mut runner =
        TestRunner::new(Config { cases: 10_000, failure_persistence: None, ..Config::default() });
    runner
        .run(&typed, |typed| {
            let parsed = parse(&typed, today);
            let request = SearchRequest { limit: 3, ..SearchRequest::new(parsed.query) };
            let answer = search(&archive, &request);
            prop_assert!(answer.is_ok(), "`{}`: {:?}", typed, answer.err());
            Ok(())
        })
        .expect("an answer to every question");
}
