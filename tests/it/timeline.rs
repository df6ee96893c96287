//! `timeline` and `trend` count over time what `search` finds.
//!
//! - A bucket has as many articles as a search for its days finds, but for imprecise ones.
//! - Buckets, imprecise and undated articles sum to all that match.
//! - Buckets follow each other without a gap, as far as a question asks and the archive reaches.
//! - A trend is several timelines, in the same buckets.
//! - Archives of random articles have random numbers, and these hold for all of them.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

fn asked(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let said = sandbox.run(arguments);
    assert!(matches!(said.code, Some(0 | 1)), "{arguments:?} said\n{}", said.err);
    parsed(&said.out)
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn buckets(counted: &Value) -> Vec<(String, u64)> {
    let buckets = counted["buckets"].as_array().expect("buckets");
    buckets.iter().map(|it| (text(&it["bucket"]), number(&it["articles"]))).collect()
}

fn found(sandbox: &Sandbox, query: &str) -> u64 {
    sandbox.run(["search", "--count", query]).out.trim().parse().expect("a number")
}

#[track_caller]
fn adds_up(counted: &Value) {
    let sum: u64 = buckets(counted).iter().map(|(_, n)| n).sum();
    let apart = number(&counted["imprecise"]) + number(&counted["undated"]);
    assert_eq!(sum + apart, number(&counted["total"]), "{counted}");
}

#[test]
fn a_bucket_has_what_a_search_for_its_days_finds() {
    let sandbox = with_corpus();
    for bucket in ["day", "month", "year"] {
        let counted = asked(&sandbox, &["timeline", "election", "-b", bucket, "--format", "json"]);
        adds_up(&counted);
        assert_eq!(number(&counted["total"]), found(&sandbox, "election"));
        assert_eq!(number(&counted["undated"]), found(&sandbox, "election date:none"));
        let filled = buckets(&counted).into_iter().filter(|(_, n)| *n > 0);
        for (label, n) in filled.take(40) {
            let within = found(&sandbox, &format!("election date:{label}"));
            assert!(n <= within && within <= n + number(&counted["imprecise"]), "{label}");
        }
    }
}

#[test]
fn buckets_reach_as_far_as_a_question_and_the_archive_do() {
    let sandbox = Sandbox::new();
    let line = |title: &str, date: &str| {
        format!(
            "{}\n",
            json!({"title": title, "text": "Votes were counted in the harbour town on Sunday evening.", "date": date})
        )
    };
    let lines = [
        line("Harbour votes", "2021-12-30"),
        line("Bridge votes", "2022-02-10"),
        line("Harbour again", "2022-02"),
        line("Harbour once more", "2022"),
        line("Bridge at last", "2022-05-01"),
    ];
    sandbox.write("a.jsonl", lines.concat());
    sandbox.index("a.jsonl");
    let of = |query: &str, bucket: &str| {
        let counted = asked(&sandbox, &["timeline", query, "--bucket", bucket, "-f", "json"]);
        adds_up(&counted);
        let labels: Vec<_> =
            buckets(&counted).iter().map(|(label, n)| format!("{label} {n}")).collect();
        (labels.join(", "), number(&counted["imprecise"]))
    };
    // The month holds the whole of February, and no month the whole of the year.
    assert_eq!(of("harbour title:harbour", "month"), ("2021-12 1, 2022-01 0, 2022-02 1".into(), 1));
    assert_eq!(of("title:harbour", "week"), ("2021-W52 1".into(), 2));
    assert_eq!(of("title:harbour", "year"), ("2021 1, 2022 2".into(), 0));
    let asked_for = of("title:bridge date:2021..2022-04", "quarter");
    assert_eq!(asked_for, ("2021-Q4 0, 2022-Q1 1, 2022-Q2 0".into(), 0));
    let share = asked(&sandbox, &["timeline", "title:bridge", "-b", "year", "-f", "json"]);
    assert_eq!(
        (number(&share["buckets"][0]["of"]), &share["buckets"][0]["share"]),
        (4, &json!(0.5))
    );
    let far = sandbox.run(["timeline", "*", "-b", "day"]);
    assert!(far.out.lines().all(|line| line.chars().count() <= 80), "{}", far.out);
}

#[test]
fn a_trend_is_several_timelines() {
    let sandbox = with_corpus();
    let trend = asked(
        &sandbox,
        &[
            "trend",
            "election",
            "--",
            "observers",
            "OSCE",
            "--",
            "zzyzx",
            "-b",
            "month",
            "-f",
            "json",
        ],
    );
    let queries: Vec<_> =
        trend["series"].as_array().expect("series").iter().map(|it| text(&it["query"])).collect();
    assert_eq!(queries, ["election", "observers AND OSCE", "zzyzx"]);
    for (place, query) in queries.iter().enumerate() {
        let alone = asked(&sandbox, &["timeline", query, "-b", "month", "-f", "json"]);
        for key in ["total", "undated", "imprecise"] {
            assert_eq!(trend["series"][place][key], alone[key], "{query}");
        }
        let filled = |all: Vec<(String, u64)>| -> Vec<_> {
            all.into_iter().filter(|(_, n)| *n > 0).collect()
        };
        let together = trend["buckets"].as_array().expect("buckets").iter();
        let together = together.map(|it| (text(&it["bucket"]), number(&it["articles"][place])));
        assert_eq!(filled(together.collect()), filled(buckets(&alone)), "{query}");
    }
    let csv = sandbox.done("trend election -- OSCE --format csv");
    assert!(csv.starts_with("query,kind,bucket,"), "{csv}");
    assert!(csv.contains("\nOSCE,undated,"), "{csv}");
    for wrong in [&["trend"][..], &["trend", "a", "--"], &["trend", "a", "--", "--", "b"]] {
        assert_eq!(sandbox.run(wrong).code, Some(2), "{wrong:?}");
    }
    assert_eq!(sandbox.run(["timeline", "zzyzx"]).code, Some(1));
    assert_eq!(sandbox.run(["trend", "zzyzx", "--", "yzzyx"]).code, Some(1));
}

#[test]
fn a_table_says_what_it_counts_and_fits() {
    let sandbox = with_corpus();
    for line in [
        "timeline Kazakhstan election",
        "timeline --share Kazakhstan",
        "trend Kazakhstan -- observers -- OSCE",
        "trend --share --bucket quarter Kazakhstan -- observers",
    ] {
        let out = sandbox.done(line);
        assert!(out.contains("on its publisher's own clock"), "{out}");
        assert!(out.contains("(none)"), "{out}");
        let widest = out.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "`{line}` printed\n{out}");
    }
}

/// A date as exactly as an archive may know it.
fn any_date() -> impl Strategy<Value = Option<String>> {
    let day = (2019..2023_i32, 1..13_u32, 1..29_u32);
    prop_oneof![
        Just(None),
        day.clone().prop_map(|(y, m, d)| Some(format!("{y}-{m:02}-{d:02}"))),
        day.clone().prop_map(|(y, m, d)| Some(format!("{y}-{m:02}-{d:02}T23:30:00+05:00"))),
        day.clone().prop_map(|(y, m, _)| Some(format!("{y}-{m:02}"))),
        day.prop_map(|(y, _, _)| Some(y.to_string())),
    ]
}

#[test]
fn numbers_add_up_in_any_archive() {
    let articles = proptest::collection::vec((any_date(), 0..4_usize), 1..60);
    let mut runner =
        TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&articles, |articles| {
        let sandbox = Sandbox::new();
        let words = ["harbour", "bridge", "harbour bridge", "ferry"];
        let line = |(n, (date, word)): (usize, &(Option<String>, usize))| {
            let text = format!("Number {n} of the {} was counted on Sunday.", words[*word]);
            json!({"title": format!("Notice {n}"), "text": text, "date": date}).to_string()
        };
        let lines: Vec<_> = articles.iter().enumerate().map(line).collect();
        let lines = lines.join("\n");
        sandbox.write("a.jsonl", lines);
        sandbox.index("a.jsonl --no-clean");
        for query in ["*", "harbour", "bridge -harbour", "ferry date:2020..2021-06"] {
            for bucket in ["day", "week", "month", "quarter", "year"] {
                let counted =
                    asked(&sandbox, &["timeline", query, "-b", bucket, "--format", "json"]);
                adds_up(&counted);
                prop_assert_eq!(number(&counted["total"]), found(&sandbox, query));
            }
            let exported = sandbox.run(["search", "--all", "-f", "ids", query]).out.lines().count();
            prop_assert_eq!(exported as u64, found(&sandbox, query));
        }
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
}
