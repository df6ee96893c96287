//! `facets` counts what `search` finds.
//!
//! - A value has as many articles as a search for it finds.
//! - Of a field with one value an article the numbers add up to all.
//! - A field goes by any name that a question may have for it.
//! - The first values are those of the whole list.
//! - A question narrows what is counted, and nothing found is told.

use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

fn counted(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    first(sandbox, "0", arguments)
}

fn first(sandbox: &Sandbox, limit: &str, arguments: &[&str]) -> Value {
    let all = [&["facets", "--format", "json", "-n", limit], arguments].concat();
    let said = sandbox.run(&all);
    assert!(matches!(said.code, Some(0 | 1)), "{arguments:?} said\n{}", said.err);
    parsed(&said.out)
}

fn articles(counts: &Value) -> Vec<(String, u64)> {
    let values = counts["values"].as_array().expect("values");
    let articles = |value: &Value| value["articles"].as_u64().expect("a number");
    values.iter().map(|value| (text(&value["value"]), articles(value))).collect()
}

fn found(sandbox: &Sandbox, query: &str) -> u64 {
    let said = sandbox.run(["search", "--count", query]);
    said.out.trim().parse().expect("a number")
}

#[test]
fn a_value_has_as_many_articles_as_a_search_for_it_finds() {
    let sandbox = with_corpus();
    for field in ["region", "about", "lang", "year", "date.src"] {
        let counts = counted(&sandbox, &[field]);
        assert!(!articles(&counts).is_empty(), "{field}");
        // A tag may name a part of the world, and a search for that finds all its countries.
        let is_country = |value: &str| field != "region" || value.len() == 2;
        for (value, n) in articles(&counts).into_iter().filter(|(value, _)| is_country(value)) {
            let query = match field {
                "year" => format!("date:{value}"),
                "region" => format!("region:\"{value}\""),
                field => format!("{field}:{value}"),
            };
            assert_eq!(n, found(&sandbox, &query), "for `{query}`");
        }
    }
}

#[test]
fn the_numbers_of_single_values_add_up_to_all_and_none_is_told() {
    let sandbox = with_corpus();
    let all = found(&sandbox, "*");
    for field in ["tag", "publisher", "lang", "year", "date.src"] {
        let counts = counted(&sandbox, &[field]);
        let sum: u64 = articles(&counts).iter().map(|(_, n)| n).sum();
        let without = counts["without"].as_u64().expect("a number");
        assert_eq!((sum + without, counts["total"].as_u64()), (all, Some(all)), "{counts}");
    }
    let years = articles(&counted(&sandbox, &["year"]));
    assert!(years.is_sorted(), "{years:?}");
}

#[test]
fn a_question_narrows_what_is_counted() {
    let sandbox = with_corpus();
    let counts = counted(&sandbox, &["about", "Kazakhstan", "election"]);
    assert_eq!(counts["total"].as_u64(), Some(found(&sandbox, "Kazakhstan election")));
    assert_eq!(articles(&counts)[0].0, "KZ");
    let nothing = sandbox.run(["facets", "person", "zzyzx"]);
    assert_eq!(nothing.code, Some(1), "{}", nothing.out);
    assert!(nothing.out.contains("person of 0 articles"), "{}", nothing.out);
    assert_eq!(sandbox.run(["facets", "colour"]).code, Some(2));
}

#[test]
fn a_field_goes_by_any_name_that_a_question_may_have_for_it() {
    let sandbox = with_corpus();
    for (name, others) in [
        ("lang", &["language", "LANG"][..]),
        ("org", &["organisation", "organization"]),
        ("publisher", &["source", "outlet", "site"]),
        ("person", &["people"]),
        ("region", &["country"]),
        ("date.src", &["Date.Src"]),
    ] {
        let expected = articles(&counted(&sandbox, &[name]));
        for other in others {
            assert_eq!(articles(&counted(&sandbox, &[other])), expected, "{other}");
        }
    }
    let said = sandbox.run(["facets", "title"]);
    assert!(said.code == Some(2) && said.err.contains("publisher, lang"), "{}", said.err);
}

#[test]
fn the_first_values_are_those_of_the_whole_list() {
    let sandbox = with_corpus();
    for field in ["person", "publisher", "year"] {
        let whole = counted(&sandbox, &[field]);
        for limit in ["1", "2", "7"] {
            let first = first(&sandbox, limit, &[field]);
            let n = limit.parse().expect("a number");
            let expected: Vec<_> = articles(&whole).into_iter().take(n).collect();
            assert_eq!(articles(&first), expected, "{field}");
            assert_eq!(first["distinct"], whole["distinct"]);
        }
    }
}
