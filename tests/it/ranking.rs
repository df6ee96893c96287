//! How hits are ranked, what their scores are made of, and how rankings are scored.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

/// The hits of a search, as JSON.
fn hits(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let all =
        ["search", "--copies", "show", "-n", "1000", "--format", "jsonl"].iter().chain(arguments);
    let said = sandbox.run(all);
    assert!(matches!(said.code, Some(0 | 1)), "{arguments:?} said\n{}", said.err);
    said.out.lines().map(parsed).collect()
}

fn ids(hits: &[Value]) -> Vec<String> {
    hits.iter().map(|hit| text(&hit["id"])).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn words_of_title_and_lead_count_more() {
    let sandbox = Sandbox::new();
    let filler = "Nothing else was said of it at the long meeting of the council. ".repeat(6);
    for (name, title, body) in [
        ("title", "Ferry sinks", format!("It was a calm day. {filler}{filler}")),
        ("lead", "News of the day", format!("The ferry sank on a calm day. {filler}{filler}")),
        ("end", "News of the day", format!("{filler}{filler}The ferry sank on a calm day.")),
    ] {
        let record = json!({"title": title, "text": body, "language": "en"});
        sandbox.write(&format!("a/{name}.jsonl"), record.to_string());
    }
    sandbox.index("--no-clean a");
    let paths: Vec<String> =
        hits(&sandbox, &["ferry"]).iter().map(|it| text(&it["path"])).collect();
    assert_eq!(paths, ["a/title.jsonl", "a/lead.jsonl", "a/end.jsonl"]);
}

/// Articles on successive days, the words of which are more frequent in older ones; each seventh
/// has no date.
fn days() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for day in 0..300_u32 {
        let times = usize::try_from((300 - day) / 40 + day % 3 + 1).expect("few");
        let body = format!("{}{}", "The ferry left. ".repeat(times), "It rained. ".repeat(9));
        let mut record = json!({"id": day, "title": "Harbour", "text": body, "language": "en"});
        if day % 7 != 0 {
            let date = chrono::NaiveDate::from_yo_opt(2021, 1 + day).expect("a day");
            record["date"] = json!(date.to_string());
        }
        writeln!(lines, "{record}").expect("written");
    }
    sandbox.write("days.jsonl", lines);
    sandbox.index("--no-clean days.jsonl");
    sandbox
}

#[test]
fn relevance_fades_with_age() {
    let sandbox = days();
    let plain = hits(&sandbox, &["ferry"]);
    assert_eq!(plain.len(), 300);
    // The last day that has an article with a date.
    let newest = chrono::NaiveDate::from_yo_opt(2021, 300).expect("a day");
    let factor = |hit: &Value| match hit["date"].as_str() {
        None => 0.5,
        Some(date) => {
            let date: chrono::NaiveDate = date[..10].parse().expect("a day");
            let days = i32::try_from((newest - date).num_days()).expect("few");
            0.5_f64.powf(f64::from(days) / 30.0)
        }
    };
    let faded = hits(&sandbox, &["--decay", "30d", "ferry"]);
    assert_eq!(faded.len(), 300);
    for hit in &faded {
        let before = plain.iter().find(|it| it["id"] == hit["id"]).expect("it matched before");
        let (expected, score) = (number(&before["score"]) * factor(hit), number(&hit["score"]));
        assert!((score - expected).abs() < 1e-5 * expected, "{score} for {expected}: {hit}");
    }
    assert!(faded.is_sorted_by(|a, b| number(&a["score"]) >= number(&b["score"])));
    assert_ne!(ids(&plain), ids(&faded));
    // The first ones are found by skipping most of the others.
    for limit in ["1", "10", "40"] {
        let first = sandbox.run([
            "search", "--copies", "show", "--decay", "30d", "-n", limit, "-f", "ids", "ferry",
        ]);
        let first: Vec<String> = first.out.lines().map(str::to_owned).collect();
        assert_eq!(first, ids(&faded)[..first.len()]);
        assert_eq!(first.len().to_string(), limit);
    }
    let said = sandbox.run(["search", "--decay", "soon", "ferry"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("12h, 30d, 8w, 6mo or 2y"), "{}", said.err);
}

#[test]
fn the_shares_of_a_score_sum_to_it() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let mut n_hits = 0;
    for query in [
        "Kazakhstan election OSCE",
        "Kazakhstan OR OSCE OR rain",
        "\"early election\" observers",
        "(\"early election\" OR observers^3) Kazakhstan",
        "(election AND Kazakhstan) OR (Tokayev AND NOT OSCE)",
        "election w/20 observers",
        "title:(election OR vote) Kazakhstan",
        "(title:(election observers)^2) OR Toka*",
        "elect* Kazakstan~2",
        "early-election OR COVID-19 OR Kazakhstan",
        "=Tokayev region:Kazakhstan",
        "date:2022 region:Kazakhstan",
    ] {
        for options in [&["--explain"][..], &["--explain", "--decay", "1y"]] {
            let found = hits(&sandbox, &[options, &[query]].concat());
            for hit in &found {
                let shares = hit["shares"].as_array().expect("shares");
                let sum: f64 = shares.iter().map(|share| number(&share["score"])).sum();
                let score = number(&hit["score"]);
                assert!(
                    (sum - score).abs() <= 1e-5 * score,
                    "{sum} for {score}: `{query}` {shares:?}"
                );
                assert_eq!(hit["recency"].is_null(), options.len() == 1);
            }
            n_hits += found.len();
        }
    }
    assert!(n_hits > 50, "{n_hits}");
    let plain = hits(&sandbox, &["Kazakhstan"]);
    assert!(plain.iter().all(|hit| hit["shares"].is_null()));
    let table = sandbox.done("search --explain -n 1 Kazakhstan election");
    assert!(table.contains(" = Kazakhstan ") && table.contains(" + election "), "{table}");
}

const QRELS: &str = "1 0 a 1\n1 0 b 1\n2 0 c 2\n2 0 d 1\n3 0 e 0\n";
const RUN: &str = "1 Q0 a 1 9 t\n1 Q0 x 2 8 t\n1 Q0 b 3 7 t\n2 Q0 x 1 9 t\n2 Q0 c 2 8 t\n";
const OTHER: &str = "1 Q0 a 1 9 t\n1 Q0 b 2 8 t\n9 Q0 a 1 9 t\n";

fn judged() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, content) in [("qrels", QRELS), ("a.run", RUN), ("b.run", OTHER)] {
        sandbox.write(name, content);
    }
    sandbox
}

#[test]
fn a_run_is_scored_by_judgments() {
    let sandbox = judged();
    let scored = parsed(&sandbox.done("eval qrels a.run --per-query --format json"));
    let run = &scored["runs"][0];
    assert_eq!((&run["run"], &run["topics"]), (&json!("a.run"), &json!(2)));
    let of = |topic: &str, measure: &str| number(&run["each"][topic][measure]);
    for (topic, measure, expected) in [
        ("1", "map", f64::midpoint(1.0, 2.0 / 3.0)),
        ("1", "P_10", 0.2),
        ("2", "recip_rank", 0.5),
        ("2", "recall_100", 0.5),
        ("2", "ndcg_cut_10", (2.0 / 3_f64.log2()) / (2.0 + 1.0 / 3_f64.log2())),
    ] {
        assert!((of(topic, measure) - expected).abs() < 1e-9, "{measure} of {topic}");
    }
    let table = sandbox.done("eval qrels a.run");
    assert!(table.contains("nDCG@10") && table.contains("2 topics in a.run"), "{table}");
    let csv = sandbox.done("eval qrels a.run --format csv");
    assert!(
        csv.starts_with("run,topic,ndcg_cut_10,map,P_10,recall_100,recip_rank\na.run,all,"),
        "{csv}"
    );
}

#[test]
fn two_runs_are_compared() {
    let sandbox = judged();
    let scored = parsed(&sandbox.done("eval qrels a.run b.run --format json"));
    assert_eq!(scored["runs"][1]["unanswered"], json!(1));
    assert_eq!(scored["runs"][1]["unjudged"], json!(1));
    let map = &scored["comparison"]["measures"]["map"];
    assert_eq!((&map["better"], &map["worse"]), (&json!(1), &json!(1)));
    // Better by a sixth in one topic, worse by a quarter in the other: all four ways to exchange
    // the runs give a difference at least as large as a half of a twelfth.
    assert!((number(&map["difference"]) + 1.0 / 24.0).abs() < 1e-9, "{map}");
    assert!((number(&map["p"]) - 1.0).abs() < 1e-9, "{map}");
}

#[test]
fn what_cannot_be_scored_is_said() {
    let sandbox = judged();
    sandbox.write("bad.run", "1 Q0 a 1 9 t\n1 Q0 b\n");
    for (arguments, code, complaint) in [
        (["eval", "qrels", "bad.run"], 2, "line 2: 3 columns in place of 6"),
        (["eval", "a.run", "a.run"], 2, "line 1: 6 columns in place of 4"),
        (["eval", "none", "a.run"], 2, "cannot read `none`"),
    ] {
        let said = sandbox.run(arguments);
        assert_eq!(said.code, Some(code), "{}", said.err);
        assert!(said.err.contains(complaint), "{}", said.err);
    }
    sandbox.write("empty", "");
    assert_eq!(sandbox.run(["eval", "empty", "a.run"]).code, Some(1));
}

#[test]
fn a_run_of_questions_can_be_scored() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    sandbox.write(
        "topics.tsv",
        "7\tKazakhstan election\tregion=Kazakhstan\n\
         no tab here\n\
         8\tTokayev\tnonsense\n\
         9\t\"unclosed (\tflavour=sweet\n\
         7\tKazakhstan\n\
         10\tobservers\n",
    );
    let said = sandbox.run(["batch", "topics.tsv", "-n", "3"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let topics: Vec<&str> = said.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(topics.contains(&"7") && topics.contains(&"10"), "{}", said.out);
    assert_eq!(topics.iter().filter(|it| **it == "7").count(), 3, "{}", said.out);
    for complaint in ["line 2", "line 3", "`flavour` is no field", "line 5: topic `7` was answered"]
    {
        assert!(said.err.contains(complaint), "`{complaint}` is missing in\n{}", said.err);
    }
    sandbox.write("run", said.out);
    sandbox.write("qrels", "7 0 nothing 1\n10 0 nothing 1\n");
    sandbox.done("eval qrels run");
}

/// Articles from two places, of which those of Ghent have all, some or none of the words.
fn filed() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for (id, region, date, text) in [
        ("all", "ghent", "2021-03-01", "The steel works of the port bought iron."),
        ("some", "ghent", "2021-03-02", "The port bought iron and sold it, and bought more."),
        ("old", "ghent", "2021-03-03", "The market was closed on Monday and Tuesday."),
        ("new", "ghent", "2021-03-04", "The museum has been opened by the mayor."),
        ("other", "bruges", "2021-03-05", "The steel works of the port bought iron."),
        ("quiet", "bruges", "2021-03-06", "The museum has been opened by the mayor."),
    ] {
        let record = json!({"id": id, "region": region, "date": date, "title": "News of the day",
            "text": text, "language": "en"});
        writeln!(lines, "{record}").expect("written");
    }
    sandbox.write("a.jsonl", lines);
    sandbox.index("--no-clean a.jsonl");
    sandbox
}

#[test]
fn a_run_ranks_what_filters_select() {
    let sandbox = filed();
    for (topic, options, expected) in [
        // Those with none of the words come last, the newest first.
        ("iron and steel\tregion=ghent", "", "all some new old"),
        // A word that only holds others together changes nothing.
        ("iron steel\tregion=ghent", "", "all some new old"),
        ("iron and steel tag:ghent", "", "all some new old"),
        ("iron and steel\tregion=ghent", "-n 3", "all some new"),
        ("iron and steel\tregion=ghent", "-n 1", "all"),
        ("and\tregion=ghent", "", "some old new all"),
        ("\tregion=ghent", "", ""),
        ("*\tregion=ghent", "-n 2", "new old"),
        ("tag:ghent\tregion=ghent", "-n 2", "new old"),
        // Without a filter there is nothing else to rank.
        ("iron and steel", "", "other all some"),
        ("zzz\tregion=ghent", "-n 1", "new"),
        ("zzz", "", ""),
        // What is asked for by operators is not given up.
        ("iron AND steel\tregion=ghent", "", "all"),
        ("iron AND steel", "", "other all"),
        ("iron -steel\tregion=ghent", "", "some"),
        ("iron and steel\tregion=ghent", "--all", "all"),
    ] {
        sandbox.write("topics.tsv", format!("1\t{topic}\n"));
        let options = options.split_whitespace();
        let said = sandbox.run(["batch", "topics.tsv"].into_iter().chain(options));
        let lines: Vec<Vec<&str>> = said.out.lines().map(|it| it.split(' ').collect()).collect();
        let names: Vec<&str> = lines.iter().map(|it| it[2]).collect();
        assert_eq!(names.join(" "), expected, "`{topic}` said\n{}", said.err);
        let ranks = lines.iter().map(|it| it[3].parse::<usize>().expect("a rank"));
        assert!(ranks.eq(1..=lines.len()), "{}", said.out);
    }
}
