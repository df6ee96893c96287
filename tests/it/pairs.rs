//! `pairs` says who appears with whom; `terms` lists the dictionary.
//!
//! - Two of a pair appear together in as many articles as a search for both finds, and each in as many
//!   as facets count.
//! - The lift is what those numbers say.
//! - A term has as many articles as a search for it finds, and deleted articles do not count.

use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

fn found(sandbox: &Sandbox, query: &str) -> u64 {
    sandbox.run(["search", "--count", query]).out.trim().parse().expect("a number")
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn two_of_a_pair_appear_together_as_often_as_a_search_finds() {
    let sandbox = with_corpus();
    let all = parsed(&sandbox.done("pairs -k person -k org -n 0 --min 2 --format json"));
    let pairs = all["pairs"].as_array().expect("pairs");
    assert!(pairs.len() >= 5, "{all}");
    let total = number(&all["total"]);
    assert_eq!(total, found(&sandbox, "*"));
    for pair in pairs.iter().take(25) {
        let named = |side: &str| {
            let it = &pair[side];
            let query = format!("{}:=\"{}\"", text(&it["kind"]), text(&it["name"]));
            assert!(found(&sandbox, &query) <= number(&it["articles"]), "{query}");
            number(&it["articles"])
        };
        let (a, b, both) = (named("a"), named("b"), number(&pair["articles"]));
        assert!(both >= 2 && both <= b && b <= a, "{pair}");
        let told = pair["lift"].as_f64().expect("a number");
        let [a, b, both, total] =
            [a, b, both, total].map(|n| f64::from(u32::try_from(n).expect("a small number")));
        assert!((told - both * total / (a * b)).abs() < 0.001, "{pair}");
        assert!(pair["log_likelihood"].as_f64() >= Some(10.83), "{pair}");
    }
    let lifts: Vec<_> = pairs.iter().map(|pair| pair["lift"].as_f64()).collect();
    assert!(lifts.is_sorted_by(|a, b| a >= b), "{lifts:?}");
    let few = sandbox.done("pairs -n 2 --min 2");
    assert!(few.contains("`-n 0` shows all") && few.lines().count() == 5, "{few}");
    assert_eq!(sandbox.run(["pairs", "zzyzx"]).code, Some(1));
}

#[test]
fn a_term_has_as_many_articles_as_a_search_for_it_finds() {
    let sandbox = with_corpus();
    for (pattern, field, query) in [
        ("elect*", "word", "="),
        ("observ??s", "word", "="),
        ("electoin~", "word", "="),
        ("/(vote|poll)s?/", "word", "="),
        ("*", "lang", "lang:"),
        ("kazakh*", "tag", "tag:"),
    ] {
        let listed =
            parsed(&sandbox.done(&format!("terms {pattern} --field {field} -n 0 --format json")));
        let terms = listed["terms"].as_array().expect("terms");
        assert!(!terms.is_empty(), "{listed}");
        assert_eq!(number(&listed["distinct"]), terms.len() as u64);
        for term in terms {
            let query = format!("{query}{}", text(&term["term"]));
            assert_eq!(number(&term["articles"]), found(&sandbox, &query), "{query}");
        }
    }
    let tokayev = sandbox.done("terms Kassym-Jomart* --field person --format csv");
    assert!(tokayev.contains("kassym jomart tokayev,"), "{tokayev}");
    assert_eq!(sandbox.run(["terms", "zzyzx*"]).code, Some(1));
    for wrong in [&["terms", "/(a/"][..], &["terms", "…"], &["terms", "a*", "--field", "url"]] {
        assert_eq!(sandbox.run(wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn deleted_articles_do_not_count() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    sandbox.done("delete --path corpus/portal");
    let listed = parsed(&sandbox.done("terms observ* -n 0 --format json"));
    assert_eq!(number(&listed["articles"]), found(&sandbox, "*"));
    for term in listed["terms"].as_array().expect("terms") {
        let query = format!("={}", text(&term["term"]));
        assert_eq!(number(&term["articles"]), found(&sandbox, &query), "{query}");
    }
}
