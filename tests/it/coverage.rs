//! `coverage` says what the archive holds of each publisher over time.
//!
//! - Each article is in one place: the numbers of all publishers sum to all articles, and those of the
//!   stretches of time to the dated ones that are exact enough.
//! - A gap and a burst that were put in are told with their days, and nothing else is.
//! - Who finds nothing is told out of how many articles and publishers.
//! - A timeline says where the archive itself has few articles.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn rows(coverage: &Value) -> &Vec<Value> {
    coverage["rows"].as_array().expect("rows")
}

fn in_buckets(row: &Value) -> u64 {
    row["buckets"].as_array().expect("buckets").iter().map(|it| number(&it[1])).sum()
}

#[test]
fn every_article_is_in_one_place() {
    let sandbox = with_corpus();
    let found = |query: &str| -> u64 {
        sandbox.run(["search", "-c", query]).out.trim().parse().expect("a number")
    };
    for arguments in ["-b day", "-b week", "-b month", "-b year", "--by lang -b month"] {
        let coverage = parsed(&sandbox.done(&format!("coverage {arguments} --format json")));
        let sum = |of: &dyn Fn(&Value) -> u64| rows(&coverage).iter().map(of).sum::<u64>();
        assert_eq!(sum(&|row| number(&row["articles"])), found("*"), "{arguments}");
        assert_eq!(sum(&|row| number(&row["undated"])), found("date:none"), "{arguments}");
        let dated = sum(&|row| in_buckets(row) + number(&row["imprecise"]));
        assert_eq!(dated, found("date:*"), "{arguments}");
        for row in rows(&coverage) {
            let field = text(&coverage["by"]);
            let query = match row["value"].as_str() {
                Some(value) if field == "publisher" => format!("publisher:=\"{value}\""),
                Some(value) => format!("{field}:{value}"),
                None => format!("{field}:none"),
            };
            assert_eq!(number(&row["articles"]), found(&query), "{query}");
        }
    }
    let one = parsed(&sandbox.done("coverage --publisher Meridian --format json"));
    assert!(rows(&one).len() == 1 && text(&one["rows"][0]["value"]).contains("meridian"), "{one}");
    let table = sandbox.done("coverage");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    assert_eq!(sandbox.run(["coverage", "--publisher", "zzyzx"]).code, Some(1));
    assert_eq!(sandbox.run(["coverage", "--by", "region"]).code, Some(2));
}

/// Forty weeks of a daily paper with a silence of ten days and a day of four times the articles, and of
/// a weekly that is always the same.
fn with_a_gap() -> Sandbox {
    let sandbox = Sandbox::new();
    let begins: NaiveDate = "2022-01-03".parse().expect("a day");
    let mut lines = String::new();
    let mut add = |publisher: &str, day: NaiveDate, n: u64| {
        for article in 0..n {
            let line = json!({
                "title": format!("Notice {article} of {day}"),
                "text": "The harbour was open and the bridge was not.",
                "date": day.to_string(),
                "publisher": publisher,
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
    };
    for n in 0..280_u64 {
        let day = begins + Days::new(n);
        let usual = 4 + n % 7 % 3;
        let articles = match n {
            100..110 => 0,
            200 => usual * 4 + 10,
            _ => usual,
        };
        add("Daily Example", day, articles);
        if n % 7 == 2 {
            add("Example Weekly", day, 5);
        }
    }
    sandbox.write("a.jsonl", lines);
    sandbox.index("a.jsonl --no-clean --no-names");
    sandbox
}

#[test]
fn a_gap_and_a_burst_are_told_with_their_days() {
    let sandbox = with_a_gap();
    let told = sandbox.done("coverage --gaps --format csv");
    let told: Vec<_> =
        told.lines().skip(1).map(|line| line.rsplit_once(',').expect("a row").0).collect();
    assert_eq!(
        told,
        [
            "Daily Example,gap,2022-04-13,2022-04-22,0",
            "Daily Example,burst,2022-07-22,2022-07-22,30",
        ]
    );
    let table = sandbox.done("coverage");
    assert!(
        table.contains("gap    2022-04-13 to 2022-04-22        0 (usually 49)  Daily Example"),
        "{table}"
    );
    let timeline = parsed(&sandbox.done("timeline bridge -b week --format json"));
    let thin = timeline["buckets"].as_array().expect("buckets").iter();
    let thin: Vec<_> =
        thin.filter(|it| !it["usually"].is_null()).map(|it| text(&it["bucket"])).collect();
    assert_eq!(thin, ["2022-W15", "2022-W16"]);
    // Neighbours count that the question does not ask for.
    let one = parsed(&sandbox.done("timeline date:2022-04-18..2022-04-24 -b week --format json"));
    assert!(!one["buckets"][0]["usually"].is_null(), "{one}");
}

#[test]
fn who_finds_nothing_is_told_out_of_how_much() {
    let sandbox = with_a_gap();
    for (query, told) in [
        (
            "ferry date:2022-04",
            "0 of 118 articles dated 2022-04-01 to 2022-04-30, from 2 publishers",
        ),
        ("ferry date:2022-04-15", "0 of 0 articles dated 2022-04-15\n"),
        ("ferry", "from 2 publishers"),
    ] {
        let said = sandbox.run(["search", query]);
        assert!(said.code == Some(1) && said.err.contains(told), "{}", said.err);
    }
    let answer = parsed(&sandbox.run(["search", "ferry since:2022-07", "-f", "json"]).out);
    let denominator = &answer["diagnosis"]["denominator"];
    assert_eq!(
        (text(&denominator["first"]), number(&denominator["publishers"])),
        ("2022-07-01".into(), 2)
    );
}
