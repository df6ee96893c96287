//! What is said about an answer.
//!
//! 1. Articles that lack some of the words fill up a page of few hits, below a line that says which
//!    words they lack; they are not counted. Nothing behind an operator is given up.
//! 2. Where nothing matches, it is said why, and what the index holds instead.
//! 3. `explain` counts each clause and orders the steps by their cost.
//! 4. What was cut of a pattern is said. 5. Capitals, lengths and expressions are told.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::sandbox::{Said, Sandbox, parsed, text};

/// Ten articles of a line or two.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let filler =
        "The council met in the town hall on Monday evening to talk about what comes next.";
    let mut lines = String::new();
    for (title, body) in [
        ("Harbour strike enters third week", "Dockers at the harbour of Rotterdam stay out."),
        ("Dockers vote", "The dockers voted to end the strike at the harbour."),
        ("Strike at the airport", "Pilots went on strike. The airport was closed."),
        ("Harbour dredged", "The harbour is deep enough for larger ships now."),
        ("Ferry runs again", "The ferry to Rotterdam leaves at noon."),
        ("Wage talks", "Talks on wages for dockers and pilots go on. WHO officials watch."),
        ("Who will sail", "It is not known who sails, and who stays."),
        ("Bridge opens", "The new bridge opened."),
        ("Bridge closes", "The old bridge closed."),
        ("Library", "The library lends tools. APPLE pie was served, an apple each."),
    ] {
        let body = format!("{body} {filler}");
        let row = json!({"title": title, "text": body, "published": "2021-05-20", "region": "Netherlands"});
        writeln!(lines, "{row}").expect("written");
    }
    sandbox.write("news/wire.jsonl", lines);
    sandbox.index("news --no-clean");
    sandbox
}

fn search(sandbox: &Sandbox, arguments: &[&str]) -> Said {
    let said = sandbox.run([&["search", "--copies", "show"], arguments].concat());
    assert!(matches!(said.code, Some(0 | 1)), "{arguments:?} said\n{}", said.err);
    said
}

fn answer(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    parsed(&search(sandbox, &[&["--format", "json"], arguments].concat()).out)
}

/// The titles of hits, each behind the words that it lacks.
fn titles(hits: &Value) -> Vec<String> {
    let hits = hits.as_array().expect("hits");
    let lacks = |hit: &Value| {
        let words = hit["lacks"].as_array().cloned().unwrap_or_default();
        words.iter().fold(String::new(), |all, word| all + &text(word) + "- ")
    };
    hits.iter().map(|hit| lacks(hit) + &text(&hit["title"])).collect()
}

#[test]
fn articles_that_lack_words_fill_up_the_page() {
    let sandbox = archive();
    let answer = answer(&sandbox, &["harbour strike Rotterdam"]);
    assert_eq!(answer["total"], 1);
    assert_eq!(titles(&answer["hits"]), ["Harbour strike enters third week"]);
    // `strike` and `harbour` are in three articles each, `Rotterdam` in two: it weighs most.
    assert_eq!(titles(&answer["partial"]), ["Rotterdam- Dockers vote"]);
    assert_eq!(answer["partial"][0]["rank"], 2);
    assert!(answer["diagnosis"].is_null());
    let table = search(&sandbox, &["harbour strike Rotterdam"]);
    assert!(table.err.contains(": 1 of 10 articles, 0 undated, generation "), "{}", table.err);
    let lines: Vec<&str> = table.out.lines().collect();
    let without = lines.iter().position(|line| *line == "without `Rotterdam`:").expect("a line");
    assert!(lines[without + 2].contains("Dockers vote"), "{}", table.out);
    assert_eq!(lines.iter().filter(|line| line.starts_with("without")).count(), 1);
}

#[test]
fn those_that_lack_least_come_first() {
    let sandbox = archive();
    let answer = answer(&sandbox, &["dockers pilots airport"]);
    assert_eq!(answer["total"], 0);
    let partial = titles(&answer["partial"]);
    assert_eq!(partial, ["dockers- Strike at the airport", "airport- Wage talks"]);
    // Half of the words must be there.
    let partial = titles(&self::answer(&sandbox, &["bridge ferry"])["partial"]);
    assert_eq!(partial.len(), 3, "{partial:?}");
    assert_eq!(partial[0], "bridge- Ferry runs again");
}

#[test]
fn every_row_that_lacks_words_says_so_or_is_left_out() {
    let sandbox = archive();
    let question = "harbour strike Rotterdam";
    let lines = search(&sandbox, &["--format", "jsonl", question]).out;
    let hits: Vec<Value> = lines.lines().map(parsed).collect();
    assert_eq!(hits.len(), 2);
    assert_eq!(hits[1]["lacks"], json!(["Rotterdam"]));
    assert!(hits[0].get("lacks").is_none());
    let table = search(&sandbox, &["--format", "csv", question]).out;
    let last = table.lines().last().expect("a row");
    assert!(table.lines().count() == 3 && last.ends_with(",Rotterdam,,"), "{table}");
    for format in ["ids", "paths"] {
        assert_eq!(search(&sandbox, &["--format", format, question]).out.lines().count(), 1);
    }
    assert_eq!(search(&sandbox, &["--count", question]).out, "1\n");
}

#[test]
fn what_is_asked_for_by_an_operator_is_never_given_up() {
    let sandbox = archive();
    for question in [
        "harbour AND strike AND Rotterdam",
        "+harbour strike Rotterdam",
        "harbour strike Rotterdam -airport",
        "(harbour strike Rotterdam)",
        "harbour w/9 strike Rotterdam",
        "title:harbour title:strike title:third",
    ] {
        let answer = answer(&sandbox, &[question]);
        assert_eq!(titles(&answer["partial"]), [""; 0], "for `{question}`");
    }
    let filtered = answer(&sandbox, &["harbour Rotterdam date:2019"]);
    assert_eq!(titles(&filtered["partial"]), [""; 0]);
    let filtered = answer(&sandbox, &["ferry dockers lead:vote"]);
    assert_eq!(titles(&filtered["partial"]), ["ferry- Dockers vote"]);
    let never = answer(&sandbox, &["--no-relax", "harbour strike Rotterdam"]);
    assert_eq!(titles(&never["partial"]), [""; 0]);
    let few = answer(&sandbox, &["-n", "1", "harbour strike Rotterdam"]);
    assert_eq!(titles(&few["partial"]), [""; 0]);
    let second_page = answer(&sandbox, &["--offset", "1", "harbour strike Rotterdam"]);
    assert_eq!(titles(&second_page["partial"]), [""; 0]);
}

/// The notes below the summary of an answer.
fn notes(sandbox: &Sandbox, question: &str) -> Vec<String> {
    let said = search(sandbox, &["--", question]);
    assert_eq!(said.code, Some(1), "`{question}` found\n{}", said.out);
    said.err.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}

#[test]
fn nothing_found_is_explained() {
    let sandbox = archive();
    for (question, expected) in [
        ("harbor", &["no article has `harbor`; did you mean `harbour` (3 articles)?"][..]),
        ("zyzzyva", &["no article has `zyzzyva`"]),
        (
            "harbor AND stryke",
            &[
                "no article has `harbor`; did you mean `harbour` (3 articles)?",
                "no article has `stryke`; did you mean `strike` (3 articles)?",
                "did you mean `harbour AND strike`? 2 articles",
            ],
        ),
        ("bridge AND date:2019", &["without `bridge`: ", "no article matches `date:2019`"]),
        ("\"strike harbour\"", &["`strike AND harbour` would find 2 articles"]),
        ("bridge AND ferry", &["without `bridge`: 1 article", "without `ferry`: 2 articles"]),
        (
            "person:Rotterdam",
            &["no article has `person:Rotterdam`", "`Rotterdam` would find 2 articles"],
        ),
        (
            "region:Nethrlands",
            &["no article has `region:Nethrlands`; did you mean `netherlands` (10 articles)?"],
        ),
        (
            "caps(dredged)",
            &["no article matches `caps(dredged)`", "`dredged` would find 1 article"],
        ),
        ("len:>500", &["no article matches `len:>=501`"]),
    ] {
        let notes = notes(&sandbox, question);
        for line in expected.iter().filter(|line| !line.ends_with(": ")) {
            assert!(notes.iter().any(|note| note == line), "`{line}` is not in {notes:#?}");
        }
    }
    let three = notes(&sandbox, "library AND ferry AND dredged");
    assert_eq!(three, ["no article matches both `library` and `ferry`", "0 of 10 articles"]);
}

#[test]
fn machines_learn_as_much_of_nothing() {
    let sandbox = archive();
    let answer = answer(&sandbox, &["harbor AND date:2019"]);
    assert_eq!(
        answer["diagnosis"],
        json!({
            "clauses": [
                {
                    "clause": "harbor", "matches": 0, "without": 0,
                    "unknown": [{
                        "word": "harbor",
                        "spellings": [{"spelling": "harbour", "articles": 3}],
                    }],
                    "wider": null,
                },
                {
                    "clause": "date:2019", "matches": 0, "without": 0, "unknown": [],
                    "wider": null,
                },
            ],
            "conflict": null,
            "did_you_mean": null,
            "denominator": {
                "first": "2019-01-01", "last": "2019-12-31", "articles": 0, "publishers": 0,
            },
        })
    );
    let found = self::answer(&sandbox, &["harbour"]);
    assert!(found["diagnosis"].is_null() && found["limits"] == json!([]), "{found}");
}

#[test]
fn a_question_is_explained_clause_by_clause() {
    let sandbox = archive();
    let said =
        sandbox.run(["explain", "harbour strike -airport (ferry OR dockers*)", "--format", "json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let explained = parsed(&said.out);
    assert_eq!(explained["query"], "harbour AND strike AND NOT airport AND (ferry OR dockers*)");
    assert_eq!((&explained["total"], &explained["articles"]), (&json!(2), &json!(10)));
    assert_eq!(explained["wording"], "operators");
    let clauses = explained["clauses"]["clauses"].as_array().expect("clauses");
    let counted: Vec<_> =
        clauses.iter().map(|it| (text(&it["clause"]), it["matches"].as_u64())).collect();
    let expected = [("harbour", 3), ("strike", 3), ("NOT airport", 9), ("ferry OR dockers*", 4)];
    assert_eq!(counted, expected.map(|(clause, n)| (clause.to_owned(), Some(n))));
    let alternatives = &clauses[3]["clauses"];
    assert_eq!(
        alternatives[0],
        json!({"clause": "ferry", "role": "alternative", "matches": 1, "clauses": []})
    );
    let plan = explained["plan"].as_array().expect("a plan");
    let roles: Vec<_> = plan.iter().map(|step| text(&step["role"])).collect();
    assert_eq!(roles, ["walk", "check", "check", "exclude"]);
    let costs: Vec<_> = plan[..3].iter().map(|step| step["cost"].as_u64()).collect();
    assert!(costs.is_sorted(), "{plan:?}");
    for step in plan {
        // A clause counts what a search for it finds.
        let question = text(&step["clause"]);
        assert_eq!(
            step["cost"].as_u64(),
            answer(&sandbox, &[&question])["total"].as_u64(),
            "{step}"
        );
    }
    let table = sandbox.run(["explain", "harbour", "or", "strike", "note:"]);
    assert!(table.out.starts_with("understood  harbour AND strike AND note\n"), "{}", table.out);
    assert!(
        table.err.contains("lower-case `or`") && table.err.contains("`note:`"),
        "{}",
        table.err
    );
    assert_eq!(table.code, Some(1));
    assert!(table.out.lines().all(|line| line.chars().count() <= 80), "{}", table.out);
    let nothing = sandbox.run(["explain", "((("]);
    assert_eq!((nothing.code, nothing.out.contains("understood  nothing")), (Some(1), true));
}

#[test]
fn capitals_lengths_and_expressions_select() {
    let sandbox = archive();
    let found = |question: &str| titles(&answer(&sandbox, &[question])["hits"]);
    assert_eq!(found("allcaps(WHO)"), ["Wage talks"]);
    assert_eq!(found("nocaps(who)"), ["Who will sail"]);
    assert_eq!(found("title:(caps(who))"), ["Who will sail"]);
    assert_eq!(found("/stri(de|ke)/ /air.*/"), ["Strike at the airport"]);
    assert_eq!(found("len:<21").len(), 2);
    assert_eq!(found("len:>20 AND bridge"), [""; 0]);
    assert_eq!(found("bridge len:[10 TO 20]").len(), 2);
    assert_eq!(found("date.conf:<=100 library"), ["Library"]);
    assert_eq!(found("date.conf:101..200"), [""; 0]);
    assert_eq!(found("path:*.jsonl library"), ["Library"]);
    assert_eq!(found("path:*.html library"), [""; 0]);
    assert_eq!(found("region:Nether* library"), ["Library"]);
    let table =
        search(&sandbox, &["--color", "always", "/stri(de|ke)/ w/9 allcaps(who) OR nocaps(apple)"]);
    assert!(table.out.contains("an \u{1b}[1m\u{1b}[31mapple\u{1b}[0m each"), "{}", table.out);
    assert!(!table.out.contains("31mAPPLE"), "{}", table.out);
}

#[test]
fn what_was_cut_of_a_pattern_is_said() {
    let sandbox = Sandbox::new();
    let words: Vec<String> = (0..2_500).map(|n| format!("word{n}")).collect();
    sandbox
        .write("news/long.txt", format!("A long list\n\nHere it begins: {}.\n", words.join(" ")));
    sandbox.index("news --no-clean");
    let said = search(&sandbox, &["word*"]);
    assert!(said.err.contains("note: `word*` stands for 2,000 of 2,500 words"), "{}", said.err);
    let answer = answer(&sandbox, &["word* w/0 word*"]);
    assert_eq!(answer["limits"], json!([{"clause": "word*", "used": 2_000, "of": 2_500}]));
    assert_eq!(answer["total"], 1);
}
