//! What is printed, and how it is asked for.
//!
//! 1. Every format holds the same hits, in the same order.
//! 2. Pages by cursor are the whole, in any order.
//! 3. A cursor of another index, another question or another order is refused, and the way out told.
//! 4. `-l`, `-c` and `-0` do what they do elsewhere.
//! 5. Every command accounts for what it found.
//! 6. Passages and highlights stand where they say.
//! 7. A concordance keeps to its column.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::{Said, Sandbox, parsed, text, with_corpus};

/// Every order of hits.
const ORDERS: [&str; 5] = ["relevance", "date", "-date", "length", "-length"];

/// The ids in what a search prints, in their order.
fn ids(format: &str, out: &str) -> Vec<String> {
    let all = |values: &[Value]| values.iter().map(|it| text(&it["id"])).collect::<Vec<_>>();
    let column = |separator: u8| {
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(separator)
            .quoting(separator == b',')
            .from_reader(out.as_bytes());
        rows.records().map(|row| row.expect("a row")[2].to_owned()).collect()
    };
    match format {
        "json" => all(parsed(out)["hits"].as_array().expect("hits")),
        "csl-json" => all(parsed(out).as_array().expect("items")),
        "jsonl" => all(&out.lines().map(parsed).collect::<Vec<_>>()),
        "csv" => column(b','),
        "tsv" => column(b'\t'),
        "ids" => out.lines().map(str::to_owned).collect(),
        "bibtex" => {
            let of_entry = |line: &str| Some(line.strip_prefix('@')?.split_once('{')?.1.to_owned());
            let keys = out.lines().filter_map(of_entry);
            keys.map(|key| key.trim_end_matches(',').to_owned()).collect()
        }
        "ris" => {
            out.lines().filter_map(|line| line.strip_prefix("ID  - ")).map(Into::into).collect()
        }
        "markdown" => {
            let last =
                |line: &str| Some(line.trim().strip_prefix('`')?.split_once('`')?.0.to_owned());
            out.lines().filter_map(last).collect()
        }
        "table" => {
            let blocks = out.split("\n\n").filter(|block| !block.trim().is_empty());
            let last =
                |block: &str| block.trim_end().lines().last().map(str::trim).map(str::to_owned);
            blocks.filter_map(last).map(|line| line[..13].to_owned()).collect()
        }
        other => panic!("`{other}` holds no ids"),
    }
}

/// Asks for every article by itself.
fn asked(sandbox: &Sandbox, options: &[&str], query: &str) -> Said {
    let said =
        sandbox.run(["search", "--copies", "show"].iter().chain(options).chain(&["--", query]));
    assert_eq!(said.code, Some(0), "{options:?} said\n{}", said.err);
    said
}

#[test]
fn every_format_holds_the_same_hits() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    for options in [&["-n", "12"][..], &["--all"], &["--all", "--sort", "-date"]] {
        for query in ["Kazakhstan", "region:Kazakhstan", "\"snap presidential election\""] {
            let print = |format: &str| {
                let options: Vec<_> = options.iter().copied().chain(["--format", format]).collect();
                asked(&sandbox, &options, query).out
            };
            let json = print("jsonl");
            let expected = ids("jsonl", &json);
            assert!(!expected.is_empty(), "{query}");
            for format in
                ["table", "json", "csv", "tsv", "markdown", "ids", "bibtex", "ris", "csl-json"]
            {
                assert_eq!(ids(format, &print(format)), expected, "{format} {options:?} {query}");
            }
            let mut paths: Vec<String> = Vec::new();
            for path in json.lines().map(|line| text(&parsed(line)["path"])) {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
            assert_eq!(print("paths").lines().collect::<Vec<_>>(), paths);
            assert_eq!(print("trec").lines().count(), expected.len());
        }
    }
}

#[test]
fn what_the_table_shows_the_other_formats_hold() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let table = asked(&sandbox, &["-n", "5"], "Kazakhstan OSCE").out;
    let rows = asked(&sandbox, &["-n", "5", "--format", "csv"], "Kazakhstan OSCE").out;
    let mut rows = csv::Reader::from_reader(rows.as_bytes());
    let table = squeezed(&table).replace('…', "");
    for row in rows.records().map(|row| row.expect("a row")) {
        for cell in [&row[2], &row[8], &row[12]] {
            let start: String = squeezed(cell).chars().take(60).collect();
            assert!(table.contains(start.trim()), "{start} is not in\n{table}");
        }
    }
}

#[test]
fn pages_by_cursor_are_the_whole() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let fading = ["--decay", "30d"];
    for order in ORDERS.map(|order| ["--sort", order]).into_iter().chain([fading]) {
        for query in ["*", "Kazakhstan", "election OR vote OR poll"] {
            let all = asked(&sandbox, &[&order[..], &["--all", "-f", "ids"]].concat(), query).out;
            let many =
                asked(&sandbox, &[&order[..], &["-n", "999", "-f", "ids"]].concat(), query).out;
            assert_eq!(all, many, "{order:?} {query}");
            let (mut found, mut cursor) = (Vec::new(), None::<String>);
            for page in 0.. {
                let mut options = [&order[..], &["-n", "7", "-f", "json"]].concat();
                options.extend(cursor.iter().flat_map(|cursor| ["--cursor", cursor.as_str()]));
                let said = asked(&sandbox, &options, query);
                let json = parsed(&said.out);
                for (place, hit) in json["hits"].as_array().expect("hits").iter().enumerate() {
                    assert_eq!(hit["rank"], 7 * page + place + 1);
                    found.push(text(&hit["id"]));
                }
                let next = json["cursor"].as_str().map(str::to_owned);
                let told = next.as_ref().map(|next| format!("next page: --cursor {next}\n"));
                assert!(told.is_none_or(|told| said.err.contains(&told)), "{}", said.err);
                cursor = next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, all.lines().collect::<Vec<_>>(), "{order:?} {query}");
        }
    }
}

#[test]
fn a_cursor_holds_for_its_question_and_its_generation() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let first = asked(&sandbox, &["-n", "2", "-f", "json"], "Kazakhstan");
    let generation = |json: &str| parsed(json)["generation"].as_u64().expect("a number");
    let (cursor, then) = (text(&parsed(&first.out)["cursor"]), generation(&first.out));
    let refused = |options: &[&str], query: &str| {
        let said =
            sandbox.run([&["search", "--cursor", &cursor], options, &["--", query]].concat());
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{options:?} {query}");
        said.err
    };
    assert!(refused(&[], "OSCE").contains("the cursor is of another question"));
    let other_order = refused(&["--sort", "date"], "Kazakhstan");
    assert!(other_order.contains("hint: ask the question that printed it"), "{other_order}");
    assert!(refused(&["--any"], "Kazakhstan").contains("another question"));
    assert!(refused(&["--decay", "30d"], "Kazakhstan").contains("another question"));
    assert!(refused(&["--offset", "3"], "Kazakhstan").contains("--offset"));
    let said = sandbox.run(["search", "--cursor", "12", "Kazakhstan"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("not a cursor"), "{}", said.err);
    // Other options than those that make the order may change.
    asked(
        &sandbox,
        &["--cursor", &cursor, "-n", "3", "--snippets", "2", "-f", "csv"],
        "Kazakhstan",
    );
    sandbox.write("corpus/new.txt", "Rain fell on the harbour of Kazakhstan all day long.\n");
    sandbox.index("corpus");
    let stale = refused(&[], "Kazakhstan");
    let now = generation(&asked(&sandbox, &["-f", "json"], "Kazakhstan").out);
    assert!(now > then);
    let expected = format!("of generation {then} of the index, which is at generation {now} now");
    assert!(stale.contains(&expected), "{stale}");
    assert!(stale.contains("hint: begin again without `--cursor`"), "{stale}");
}

#[test]
fn files_are_listed_and_articles_counted_as_elsewhere() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let json = asked(&sandbox, &["--all", "-f", "jsonl"], "election").out;
    let paths: Vec<_> = json.lines().map(|line| text(&parsed(line)["path"])).collect();
    let distinct: BTreeSet<_> = paths.iter().cloned().collect();
    assert!(distinct.len() > 10, "{distinct:?}");
    let listed = asked(&sandbox, &["-l"], "election").out;
    assert_eq!(listed.lines().count(), distinct.len());
    assert_eq!(listed.lines().map(str::to_owned).collect::<BTreeSet<_>>(), distinct);
    assert_eq!(asked(&sandbox, &["-l", "-n", "1"], "election").out.lines().count(), 1);
    assert_eq!(asked(&sandbox, &["-l", "-0"], "election").out, listed.replace('\n', "\0"));
    assert_eq!(asked(&sandbox, &["-c"], "election").out, format!("{}\n", paths.len()));
    let none = sandbox.run(["search", "-c", "xylophonist"]);
    assert_eq!((none.code, none.out.as_str()), (Some(1), "0\n"));
    let wrong = sandbox.run(["search", "-0", "election"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("`-0` goes with"), "{}", wrong.err);
}

#[test]
fn lengths_and_dates_order_hits_and_the_undated_come_last() {
    let sandbox = Sandbox::new();
    let article = |words: usize, date: &str| {
        let text = format!("Harbour news. {}", "The ferry leaves at noon. ".repeat(words));
        format!("{{\"title\": \"Ferry {words}\", \"text\": \"{text}\"{date}}}\n")
    };
    let dated = |day: u32| format!(", \"date\": \"2021-05-0{day}\"");
    let articles = [(9, dated(2)), (3, dated(3)), (12, String::new()), (6, dated(1))];
    let lines: String = articles.iter().map(|(words, date)| article(*words, date)).collect();
    sandbox.write("a/a.jsonl", lines);
    sandbox.index("a");
    let order = |sort: &str| {
        let said = asked(&sandbox, &["--sort", sort, "-f", "jsonl"], "ferry");
        assert!(said.err.contains("4 of 4 articles, 1 undated, generation "), "{}", said.err);
        let titles = said.out.lines().map(|line| text(&parsed(line)["title"])[6..].to_owned());
        titles.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order("length"), "3 6 9 12");
    assert_eq!(order("-length"), "12 9 6 3");
    assert_eq!(order("date"), "6 9 3 12");
    assert_eq!(order("-date"), "3 9 6 12");
    assert_eq!(order("newest"), "3 9 6 12");
    assert_eq!(order("longest"), "12 9 6 3");
}

#[test]
fn every_command_accounts_for_what_it_found() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let json = parsed(&asked(&sandbox, &["-f", "json"], "Kazakhstan").out);
    let account = format!(
        "Kazakhstan: {} of {} articles, {} undated, generation {}, ",
        json["total"], json["articles"], json["undated"], json["generation"]
    );
    assert!(json["undated"].as_u64().is_some_and(|undated| undated > 0), "{json}");
    for line in [
        "search --copies show Kazakhstan",
        "search --copies show -c Kazakhstan",
        "search --copies show -l Kazakhstan",
        "search --copies show --all --format csv Kazakhstan",
        "kwic Kazakhstan",
        "kwic --sort left --format tsv Kazakhstan",
        "facets about Kazakhstan",
    ] {
        let said = sandbox.run(line.split(' '));
        assert!(said.err.contains(&account), "`{line}` said\n{}", said.err);
    }
    for line in ["kwic --format json Kazakhstan", "facets about --format json Kazakhstan"] {
        let printed = parsed(&sandbox.done(line));
        for field in ["query", "total", "undated", "articles", "generation"] {
            assert_eq!(printed[field], json[field], "`{line}`");
        }
    }
    let undated = sandbox.done("search -c Kazakhstan date:none");
    assert_eq!(undated.trim(), json["undated"].to_string());
}

/// Half-open ranges of JSON.
fn ranges(value: &Value) -> Vec<(usize, usize)> {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
    let pairs = value.as_array().expect("a list").iter();
    pairs.map(|pair| (number(&pair[0]), number(&pair[1]))).collect()
}

#[track_caller]
fn check_ranges(whole: &str, bytes: &Value, chars: &Value) -> Vec<String> {
    let characters: Vec<char> = whole.chars().collect();
    let parts = ranges(bytes).into_iter().zip(ranges(chars)).map(|((start, end), (from, to))| {
        let part = &whole[start..end];
        assert_eq!(part.chars().collect::<Vec<_>>(), characters[from..to]);
        part.to_owned()
    });
    parts.collect()
}

#[test]
fn passages_and_highlights_stand_where_they_say() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let mut n_snippets = 0;
    for query in
        ["выборы OR election", "\"snap presidential election\"", "OSCE w/9 observ*", "préside*"]
    {
        let out = asked(&sandbox, &["--all", "--snippets", "3", "-f", "jsonl"], query).out;
        for hit in out.lines().map(parsed) {
            let (title, body) = (text(&hit["title"]), text(&hit["body"]));
            check_ranges(&title, &hit["title_highlights"], &hit["title_highlights_chars"]);
            let snippets = hit["snippets"].as_array().expect("snippets");
            assert!(snippets.len() <= 3);
            for snippet in snippets {
                let shown = text(&snippet["text"]);
                let (range, chars) = (&snippet["range"], &snippet["range_chars"]);
                let one = |pair: &Value| Value::Array(vec![pair.clone()]);
                let stands = check_ranges(&body, &one(range), &one(chars)).remove(0);
                assert_eq!(stands.replace('\n', " "), shown);
                let marked =
                    check_ranges(&shown, &snippet["highlights"], &snippet["highlights_chars"]);
                assert!(!marked.is_empty(), "{snippet}");
                for found in snippet["matches"].as_array().expect("matches") {
                    assert!(!text(&found["clause"]).is_empty());
                    check_ranges(&shown, &one(&found["range"]), &one(&found["range_chars"]));
                }
                n_snippets += 1;
            }
            match snippets.first() {
                Some(first) => assert_eq!(first["highlights"], hit["snippet"]["highlights"]),
                None => assert!(hit["snippet"].is_null() || hit["snippet"]["text"] == ""),
            }
        }
    }
    assert!(n_snippets > 40, "{n_snippets}");
    let bare = asked(&sandbox, &["--snippets", "0", "-f", "jsonl"], "election").out;
    assert!(bare.lines().map(parsed).all(|hit| hit["snippet"].is_null()));
}

#[test]
fn a_concordance_keeps_to_its_column() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let lines = sandbox.done("kwic -n 40 Kazakhstan OR выборы");
    let column = |line: &str| {
        let at = line.to_lowercase().find("  kazakhstan").or(line.to_lowercase().find("  выбор"));
        line[..at.unwrap_or_else(|| panic!("no keyword in {line}"))].chars().count()
    };
    let columns: BTreeSet<_> = lines.lines().map(column).collect();
    assert_eq!(columns.len(), 1, "{lines}");
    assert_eq!(lines.lines().count(), 40);
    assert!(lines.lines().all(|line| line.chars().count() <= 80), "{lines}");
    let json = parsed(&sandbox.done("kwic --all --sort right --format json Kazakhstan"));
    let found = json["lines"].as_array().expect("lines");
    assert_eq!(json["matches"], found.len());
    let right =
        |line: &Value| format!("{}{}", text(&line["keyword"]), text(&line["right"])).to_lowercase();
    let starts: Vec<_> = found
        .iter()
        .map(|line| right(line).split_whitespace().take(1).collect::<String>())
        .collect();
    assert!(
        starts.is_sorted_by_key(|it| it.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
    );
    let some = parsed(&sandbox.done("kwic -n 5 --sort right --format json Kazakhstan"));
    assert_eq!(some["lines"].as_array(), Some(&found[..5].to_vec()));
    for line in found.iter().take(5) {
        let id = text(&line["id"]);
        let article = parsed(&sandbox.done(&format!("show --format json {id}")));
        let part = text(&article[text(&line["part"])]);
        let (start, end) = ranges(&Value::Array(vec![line["range"].clone()]))[0];
        assert_eq!(part[start..end], text(&line["keyword"]));
    }
    let none = sandbox.run(["kwic", "region:Kazakhstan"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("asks for no words"), "{}", none.err);
    let said = sandbox.run(["kwic", "xylophonist"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
}
