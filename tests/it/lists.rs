//! Lists of names are counted, a row each, and numbers add up, in articles as in stories.

use serde_json::Value;

use crate::sandbox::{Sandbox, parsed, text, with_corpus};

fn rows(sandbox: &Sandbox, line: &str) -> Vec<Value> {
    sandbox.done(line).lines().map(parsed).collect()
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("no number `{key}` in {value}"))
}

#[test]
fn each_name_has_a_row_with_its_status_and_numbers_that_add_up() {
    let sandbox = with_corpus();
    sandbox.write(
        "names.csv",
        "name;query;filter\nTokayev;;\nOSCE;osce AND kazakhstan;\nNosuchname;;\nTokayev;;\n\
         Bad;tokayev;nosuch=1\nOpen;\"(osce\";\nOil;oil;region=KZ\n;;\n",
    );
    for by in ["month", "year", "publisher", "lang"] {
        let rows = rows(&sandbox, &format!("batch names.csv --by {by} -f jsonl"));
        let status: Vec<_> = rows.iter().map(|row| text(&row["status"])).collect();
        let expected = ["ok", "ok", "nothing", "repeated", "bad", "repaired", "ok"];
        assert_eq!(status, expected, "by {by}");
        for row in &rows {
            let columns = row["by"].as_object().expect("columns").values();
            let sum: u64 = columns.map(|n| n.as_u64().expect("a number")).sum();
            assert_eq!(sum + number(row, "none"), number(row, "articles"), "by {by}: {row}");
            assert!(number(row, "stories") <= number(row, "articles"));
        }
        assert_eq!(number(&rows[0], "line"), 2);
        let alone: u64 = sandbox.done("search -c tokayev").trim().parse().expect("a number");
        assert_eq!(number(&rows[0], "articles"), alone);
    }
}

#[test]
fn a_list_is_written_in_every_form_and_read_in_any_encoding() {
    let sandbox = with_corpus();
    // `Токаев` in windows-1251, and a name with signs that mean something in a question.
    sandbox.write("names.txt", b"Kassym-Jomart Tokayev\nOR (AND\n\xD2\xEE\xEA\xE0\xE5\xE2\n");
    let json = parsed(&sandbox.done("batch names.txt -f json --by year"));
    let names: Vec<_> =
        json["rows"].as_array().expect("rows").iter().map(|it| text(&it["name"])).collect();
    assert_eq!(names[..2], ["Kassym-Jomart Tokayev", "OR (AND"]);
    assert_eq!(text(&json["rows"][1]["status"]), "nothing");
    let csv = sandbox.done("batch names.txt -f csv --by year");
    let header = csv.lines().next().expect("a header");
    assert!(header.starts_with("line,name,query,status,detail,articles,stories,undated,"), "{csv}");
    assert!(header.ends_with(",(none)"), "{csv}");
    assert!(
        csv.lines().all(|line| line.matches(',').count() == header.matches(',').count()),
        "{csv}"
    );
    let table = sandbox.done("batch names.txt --by month");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    assert_eq!(sandbox.run(["batch", "names.txt", "--by", "nosuch"]).code, Some(2));
}

#[test]
fn numbers_add_up_in_articles_and_in_stories() {
    let sandbox = with_corpus();
    let summary = sandbox.run(["search", "-f", "json", "*"]);
    let answer = parsed(&summary.out);
    let totals = [("articles", number(&answer, "total")), ("stories", number(&answer, "stories"))];
    assert!(totals[0].1 > totals[1].1, "{totals:?}");
    for (unit, total) in totals {
        for field in ["publisher", "lang", "year"] {
            let counted =
                parsed(&sandbox.done(&format!("facets {field} --count {unit} -n 0 -f json")));
            let values = counted["values"].as_array().expect("values");
            let sum: u64 = values.iter().map(|it| number(it, "articles")).sum();
            assert_eq!(sum + number(&counted, "without"), total, "{field} in {unit}");
            assert_eq!((number(&counted, "total"), text(&counted["count"])), (total, unit.into()));
        }
        for bucket in ["day", "month", "year"] {
            let line = format!("timeline --bucket {bucket} --count {unit} -f json *");
            let counted = parsed(&sandbox.done(&line));
            let buckets = counted["buckets"].as_array().expect("buckets");
            let sum: u64 = buckets.iter().map(|it| number(it, "articles")).sum();
            let apart = number(&counted, "imprecise") + number(&counted, "undated");
            assert_eq!(sum + apart, total, "{bucket} in {unit}");
        }
    }
}

#[test]
fn pages_hold_one_hit_a_story_and_every_story_once() {
    let sandbox = with_corpus();
    let any = "kazakhstan OR election OR oil";
    let filtered = "kazakhstan tag:*";
    for (order, query) in
        [("relevance", any), ("relevance", filtered), ("-date", any), ("length", any)]
    {
        let query = format!("--sort={order} -f ids {query}");
        let all = sandbox.done(&format!("search --all {query}"));
        let whole =
            parsed(&sandbox.done(&format!("search -f json {}", query.replace("-f ids ", ""))));
        assert_eq!(all.lines().count() as u64, number(&whole, "stories"), "by {order}");
        assert!(number(&whole, "stories") < number(&whole, "total"));
        let mut paged = Vec::new();
        let mut cursor = String::new();
        loop {
            let said = sandbox.run(format!("search -n 7 {cursor}{query}").split(' '));
            assert_eq!(said.code, Some(0), "{}", said.err);
            paged.extend(said.out.lines().map(str::to_owned));
            let next = said.err.lines().find_map(|line| line.strip_prefix("next page: "));
            let Some(next) = next else { break };
            cursor = format!("{next} ");
        }
        assert_eq!(paged, all.lines().collect::<Vec<_>>(), "by {order}");
        let shown = sandbox.done(&format!("search --copies show --all {query}"));
        assert_eq!(shown.lines().count() as u64, number(&whole, "total"), "by {order}");
    }
}

#[test]
fn a_hit_tells_of_the_copies_that_it_stands_for() {
    let sandbox = with_corpus();
    let answer = parsed(&sandbox.done("search -n 100 -f json OSCE observers Tokayev"));
    let hits = answer["hits"].as_array().expect("hits");
    let copies: Vec<_> = hits.iter().filter(|hit| !hit["copies"].is_null()).collect();
    assert_eq!(copies.len(), 1, "{answer}");
    let told = &copies[0]["copies"];
    assert_eq!(number(told, "count"), 4);
    let first = sandbox.done(&format!("family {} -f jsonl", text(&copies[0]["id"])));
    let first = parsed(first.lines().next().expect("a copy"));
    assert_eq!(told["first"]["id"], first["id"]);
    let table = sandbox.done("search -n 100 OSCE observers Tokayev");
    assert!(table.contains("+4 copies, 4 publishers, first 2022-11-21 "), "{table}");
}
