//! What follows from an article or an answer: articles that are like it, citations, receipts, and
//! exports.

use std::io::{Read as _, Write as _};

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

fn article(title: &str, body: &str) -> String {
    serde_json::json!({ "title": title, "body": body }).to_string()
}

/// Three articles about a strike, one about a fair, one about a strike elsewhere in passing.
fn harbour() -> Sandbox {
    let sandbox = Sandbox::new();
    let lines = [
        article(
            "Dockers strike in Rotterdam",
            "Dockers in Rotterdam walked out on Monday over pay. The union said the strike at the \
             container terminals would last a week, and the port authority warned of delays.",
        ),
        article(
            "Rotterdam port talks fail",
            "Talks between the dockers' union and the container terminals of Rotterdam failed on \
             Friday. The strike goes on, and ships wait outside the port.",
        ),
        article(
            "Ships wait as strike goes on",
            "Forty ships lay at anchor on Sunday while dockers kept the container terminals of \
             Rotterdam closed. The union asks for pay as in Antwerp.",
        ),
        article(
            "Flower fair opens",
            "Growers showed tulips and hyacinths in a hall near the coast on Saturday. Visitors \
             came from all over the country, and the weather was fine.",
        ),
    ];
    sandbox.write("a.jsonl", lines.join("\n"));
    sandbox.index("a.jsonl");
    sandbox
}

fn id_of(sandbox: &Sandbox, query: &str) -> String {
    let hits = sandbox.done(&format!("search -n 1 -f ids {query}"));
    hits.trim().to_owned()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(parsed).collect()
}

#[test]
fn similar_lists_what_is_about_the_same_and_not_the_article_itself() {
    let sandbox = harbour();
    let id = id_of(&sandbox, "title:dockers");
    let found = lines(&sandbox.done(&format!("similar {id} -f jsonl")));
    let titles: Vec<_> = found.iter().map(|hit| text(&hit["title"])).collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles.contains(&"Rotterdam port talks fail".to_owned()), "{titles:?}");
    assert!(titles.contains(&"Ships wait as strike goes on".to_owned()), "{titles:?}");
    for hit in &found {
        let score = hit["score"].as_f64().expect("a number");
        assert!(score > 0.0 && score <= 1.0, "{score}");
        assert!(!hit["snippets"].as_array().expect("a list").is_empty());
    }
}

#[test]
fn similar_finds_nothing_where_nothing_is_like_it() {
    let sandbox = harbour();
    let id = id_of(&sandbox, "tulips");
    let said = sandbox.run(["similar", &id]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{}", said.err);
    let said = sandbox.run(["similar", "a.jsonl"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("`a.jsonl` holds 4 articles, and one is wanted"), "{}", said.err);
}

#[test]
fn a_citation_leads_back_to_the_bytes() {
    let sandbox = harbour();
    let id = id_of(&sandbox, "tulips");
    let article = parsed(&sandbox.done(&format!("show {id} -f json")));
    let digest = text(&article["sha256"]);
    for format in ["markdown", "bibtex", "ris", "csl-json"] {
        let cited = sandbox.done(&format!("cite {id} -f {format}"));
        assert!(cited.contains(&digest) && cited.contains("a.jsonl"), "{cited}");
    }
    let two = sandbox.done(&format!("cite {id} {}", id_of(&sandbox, "title:dockers")));
    assert_eq!(two.lines().count(), 2);
    assert_eq!(sandbox.run(["cite", "nosuch"]).code, Some(2));
}

#[test]
fn a_receipt_is_replayed_and_tells_what_changed() {
    let sandbox = harbour();
    sandbox.done("search --receipt r.json rotterdam strike");
    let receipt = parsed(&std::fs::read_to_string(sandbox.path().join("r.json")).expect("there"));
    assert_eq!(text(&receipt["query"]), "rotterdam AND strike");
    assert_eq!(text(&receipt["typed"]), "rotterdam strike");
    assert_eq!(receipt["total"], 3);
    assert_eq!(receipt["hits"].as_array().map(Vec::len), Some(3));
    let same = sandbox.done("replay r.json");
    assert!(same.contains("The answer is the same"), "{same}");

    let added = article(
        "Strike in Rotterdam ends",
        "The strike of the dockers in Rotterdam ended on Tuesday with a rise in pay.",
    );
    sandbox.write("b.jsonl", added);
    sandbox.index("b.jsonl");
    let said = sandbox.run(["replay", "r.json"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.out.contains("new      "), "{}", said.out);
    assert!(said.out.contains("Strike in Rotterdam ends"), "{}", said.out);
    let drift = parsed(&sandbox.run(["replay", "r.json", "-f", "json"]).out);
    assert_eq!((&drift["is_same"], &drift["is_same_set"]), (&false.into(), &false.into()));
    assert_eq!(drift["added"].as_array().map(Vec::len), Some(1));
    assert_eq!(drift["removed"].as_array().map(Vec::len), Some(0));
    assert_eq!((&drift["then"]["total"], &drift["now"]["total"]), (&3.into(), &4.into()));
}

#[test]
fn a_receipt_of_all_hits_holds_all_hits() {
    let sandbox = with_corpus();
    let ids = sandbox.done("search --all --sort=-date --receipt r.json -f ids kazakhstan");
    let receipt = parsed(&std::fs::read_to_string(sandbox.path().join("r.json")).expect("there"));
    let held: Vec<_> =
        receipt["hits"].as_array().expect("a list").iter().map(|hit| text(&hit["id"])).collect();
    assert_eq!(held, ids.lines().collect::<Vec<_>>());
    sandbox.done("replay r.json");
}

#[test]
fn what_is_no_receipt_is_named() {
    let sandbox = harbour();
    sandbox.write("r.json", "{}");
    let said = sandbox.run(["replay", "r.json"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("`r.json`: it is no receipt"), "{}", said.err);
}

#[test]
fn an_export_holds_every_article_that_is_counted() {
    let sandbox = with_corpus();
    let answer = parsed(&sandbox.done("search -f json kazakhstan"));
    let total = answer["stories"].as_u64().expect("a number");
    assert!(total > 10);
    let lines_of = |line: &str| sandbox.done(line).lines().count() as u64;
    let shown = lines_of("export --copies show -f ids kazakhstan");
    assert_eq!(Some(shown), answer["total"].as_u64());
    assert_eq!(lines_of("export kazakhstan"), total);
    assert_eq!(lines_of("export -f csv kazakhstan"), total + 1);
    assert_eq!(sandbox.done("export -f ids -o ids.txt kazakhstan"), "");
    let ids = std::fs::read_to_string(sandbox.path().join("ids.txt")).expect("written");
    assert_eq!(ids, sandbox.done("search --all -f ids kazakhstan"));
    assert_eq!(sandbox.run(["export", "nosuchword"]).code, Some(1));
    let said = sandbox.run(["export", "-o", "no/such/folder.csv", "kazakhstan"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
}

/// A web archive with a page for each address; packed record by record, or not at all.
fn warc(urls: &[&str], is_packed: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    for url in urls {
        let words = url.rsplit('/').next().expect("a name").replace('-', " ");
        let page = format!(
            "<html><head><title>About {words}</title></head><body><article><h1>About {words}</h1>\
             <p>The council spoke about {words} on Monday, and will speak about it again soon. \
             Nobody from {words} was there to hear what was said of it that day.</p>\
             </article></body></html>"
        );
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
             WARC-Date: 2023-05-01T10:00:00Z\r\nContent-Type: application/http\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
        if is_packed {
            let mut member = GzEncoder::new(&mut bytes, flate2::Compression::default());
            member.write_all(record.as_bytes()).expect("memory");
            member.finish().expect("memory");
        } else {
            bytes.extend(record.into_bytes());
        }
    }
    bytes
}

#[test]
fn records_of_web_archives_are_exported_as_they_are() {
    for (name, is_packed) in [("a.warc.gz", true), ("a.warc", false)] {
        let sandbox = Sandbox::new();
        let urls = ["https://gull.example/old-bridge", "https://gull.example/new-ferry"];
        sandbox.write(&format!("saved/{name}"), warc(&urls, is_packed));
        sandbox.write("saved/b.jsonl", article("Ferry", "A ferry that is in no web archive."));
        sandbox.index("saved");
        let said = sandbox.run(["export", "-f", "warc", "-o", "out.warc.gz", "ferry"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.err.contains("note: 1 articles are left out"), "{}", said.err);
        let packed = std::fs::read(sandbox.path().join("out.warc.gz")).expect("written");
        let mut unpacked = String::new();
        MultiGzDecoder::new(packed.as_slice()).read_to_string(&mut unpacked).expect("gzip");
        assert_eq!(unpacked.matches("WARC-Type: response").count(), 1, "{unpacked}");
        let record = String::from_utf8(warc(&urls[1..], false)).expect("UTF-8");
        assert!(unpacked.ends_with(&record), "{unpacked}");
        // It is an archive like any other.
        let again = Sandbox::new();
        again.write("out.warc.gz", packed);
        again.index("out.warc.gz");
        assert_eq!(again.found("ferry"), ["out.warc.gz"]);
    }
}
