//! `compare` says what one set of articles has more of than another.
//!
//! - Words that were planted in one set come first, and the other way round from the other side.
//! - The numbers of articles are those that a search finds.
//! - Words that hold sentences together, and what both sets have alike, are not told.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed, text};

/// Articles of two months; the planted words stand in most of one month's and few of the other's.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let fillers = ["harbour", "bridge", "council", "school", "market", "river", "winter", "train"];
    let mut lines = String::new();
    for n in 0..240_usize {
        let month = 10 + n % 2;
        let filler = |at: usize| fillers[(n / 2 * 7 + at * 3) % fillers.len()];
        let planted = match (month, n / 2 % 10) {
            (10, 0..6) => "Drought emptied the reservoir.",
            (11, 0..6) => "Mr Tomas Berg opened the flood barrier.",
            (11, 6) => "A drought was over.",
            _ => "Nothing was new.",
        };
        let body = format!("The {} and the {} were there. {planted}", filler(0), filler(1));
        let line = json!({
            "title": format!("Notice {n}"), "text": body, "date": format!("2022-{month}-05"),
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    sandbox.write("a.jsonl", lines);
    sandbox.index("a.jsonl --no-clean");
    sandbox
}

fn compared(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let all = [&["compare", "--format", "json"], arguments].concat();
    let said = sandbox.run(&all);
    assert_eq!(said.code, Some(0), "{arguments:?} said\n{}", said.err);
    parsed(&said.out)
}

fn more_in(compared: &Value, side: &str, by: &str) -> Vec<String> {
    let all = compared["differences"].as_array().expect("differences").iter();
    let of_side = all.filter(|it| text(&it["more_in"]) == side && text(&it["by"]) == by);
    of_side.map(|it| text(&it["value"])).collect()
}

#[test]
fn planted_words_come_first_from_either_side() {
    let sandbox = archive();
    let there = compared(&sandbox, &["--a", "date:2022-10", "--b", "date:2022-11"]);
    let back = compared(&sandbox, &["--a", "date:2022-11", "--b", "date:2022-10"]);
    let mut first = more_in(&there, "a", "words");
    assert_eq!(first, more_in(&back, "b", "words"));
    first.truncate(3);
    first.sort();
    assert_eq!(first, ["drought", "emptied", "reservoir"]);
    let mut other = more_in(&there, "b", "words");
    other.truncate(6);
    other.sort();
    assert_eq!(other, ["barrier", "berg", "flood", "mr", "opened", "tomas"]);
    assert_eq!(more_in(&there, "b", "person"), ["Tomas Berg"]);
    for word in ["the", "were", "harbour", "river", "notice"] {
        let told = [more_in(&there, "a", "words"), more_in(&there, "b", "words")].concat();
        assert!(!told.iter().any(|it| it == word), "{word} in {told:?}");
    }
}

#[test]
fn numbers_are_those_that_a_search_finds() {
    let sandbox = archive();
    let compared = compared(&sandbox, &["--a", "date:2022-10", "--b", "*", "--by", "words,person"]);
    let found = |query: String| -> u64 {
        sandbox.run(["search", "-c", &query]).out.trim().parse().expect("a number")
    };
    assert_eq!(compared["both"].as_u64(), Some(120));
    for it in compared["differences"].as_array().expect("differences") {
        let value = text(&it["value"]);
        let query = match text(&it["by"]).as_str() {
            "words" => format!("={value}"),
            by => format!("{by}:\"{value}\""),
        };
        assert_eq!(it["a"].as_u64(), Some(found(format!("{query} date:2022-10"))), "{query}");
        assert_eq!(it["b"].as_u64(), Some(found(query.clone())), "{query}");
    }
    let table = sandbox.done("compare --a drought --b flood");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    assert_eq!(sandbox.run(["compare", "--a", "zzyzx", "--b", "flood"]).code, Some(1));
    assert_eq!(sandbox.run(["compare", "--a", "flood"]).code, Some(2));
}
