//! Questions as people in a hurry type them, paste them, or leave them half typed: each finds what
//! was meant, or says why not. None finds everything by accident.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, parsed, text};

/// Articles of a line, by their ids.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for (id, language, date, title, text) in [
        ("covid", "en", "2020-03-15", "Port closed over COVID-19", "O'Brien said the U.S. would."),
        ("towers", "en", "2021-09-11", "Twenty years after 9/11", "Flags hung at half mast."),
        ("code", "en", "2022-05-02", "Teaching C++ at school", "Write to desk@paper.example."),
        ("letter", "en", "2022-05-03", "Vitamin C", "The letter c is older. AT&T said so."),
        (
            "vote",
            "en",
            "2022-11-20",
            "Harbour vote: dockers say no",
            "A snap vote, and a long one.",
        ),
        ("strike", "en", "", "Strike ends", "It ended on 20 November 2022, dockers said."),
        ("russian", "ru", "2023-01-10", "Выборы в порту", "Докеры выбрали Петра Лаврова."),
        ("chinese", "zh", "2023-01-11", "港口罢工", "港口工人开始罢工。"),
        ("arabic", "ar", "2023-01-12", "إضراب في الميناء", "بدأ عمال الميناء الإضراب."),
        ("emoji", "en", "2023-01-13", "Dockers post 🚢 and 🎉", "The union thanked its readers."),
    ] {
        let mut record = json!({"id": id, "title": title, "text": text, "language": language,
            "url": format!("https://www.paper.example/news/{id}-story.html")});
        if !date.is_empty() {
            record["date"] = json!(date);
        }
        writeln!(lines, "{record}").expect("written");
    }
    sandbox.write("wire.jsonl", lines);
    sandbox.index("--no-clean wire.jsonl");
    sandbox
}

/// What is typed, the articles that match, and what is said besides.
const QUESTIONS: &[(&str, &str, &str)] = &[
    // Pasted from where quotation marks are curly, spaces do not break, and lines do.
    ("“snap vote”", "vote", ""),
    ("„snap vote“", "vote", ""),
    ("‘snap vote’", "vote", ""),
    ("snap\u{a0}vote", "vote", ""),
    ("snap\r\n\tvote ", "vote", ""),
    // Headlines and addresses.
    ("Harbour vote: dockers say no", "vote", "`vote:` was read as a word"),
    ("Twenty years after 9/11 – Flags", "towers", ""),
    ("https://www.paper.example/news/vote-story.html?utm_source=x#top", "vote", ""),
    (
        "paper.example/news/vote-story.html",
        "",
        "`url:paper.example/news/vote-story.html` would find 1 article",
    ),
    ("www.paper.example/news/vote-story.html", "vote", ""),
    ("https://other.example/2022/11/snap-vote.html", "", "`snap AND vote` would find 1 article"),
    // Signs within words.
    ("C++", "code", ""),
    ("c", "letter", ""),
    ("\"C++ at school\"", "code", ""),
    ("AT&T", "letter", ""),
    ("O'Brien", "covid", ""),
    ("O’Brien’s", "covid", ""),
    ("COVID-19", "covid", ""),
    ("covid19", "covid", ""),
    ("covid", "covid", ""),
    ("U.S.", "covid", ""),
    ("US", "covid", ""),
    ("9/11", "towers", ""),
    ("desk@paper.example", "code", ""),
    ("#dockers", "emoji strike vote", ""),
    // Other scripts, and signs that are no words.
    ("выборы", "russian", ""),
    ("Лавров", "russian", ""),
    ("лавровым", "russian", ""),
    ("罢工", "chinese", ""),
    ("الميناء", "arabic", ""),
    ("🎉 dockers", "emoji strike vote", ""),
    ("🎉", "", "an empty question matches nothing"),
    // Half typed.
    ("\"snap vote", "vote", "an open quotation mark was closed"),
    ("vote (snap", "vote", "a missing `)` was added"),
    ("vote) snap", "vote", "a surplus `)` was dropped"),
    ("dockers [strike", "strike", ""),
    ("vote AND", "vote", "`AND` with nothing to work on"),
    ("OR vote", "vote", "`OR` with nothing to work on"),
    ("dockers -", "emoji strike vote", ""),
    ("\"", "", "an empty question matches nothing"),
    ("()", "", "an empty question matches nothing"),
    ("AND", "", "an empty question matches nothing"),
    ("", "", "an empty question matches nothing"),
    // What can stand alone.
    ("-dockers", "arabic chinese code covid letter russian towers", ""),
    ("of", "", "no article has `of`"),
    ("and the", "emoji", ""),
    ("the", "covid letter emoji", ""),
    ("*", "arabic chinese code covid emoji letter russian strike towers vote", ""),
    ("v*", "", "`v*` was read without its wildcard"),
    // Words that may have been operators, and those that hold a sentence together.
    ("dockers or vote", "vote", "the operator is `OR`"),
    ("who closed the port?", "", "without `who`: 1 article"),
    ("vote of the dockers", "vote", ""),
    // Dates.
    ("date:2020-03-15", "covid", ""),
    ("20 November 2022", "strike", "`date:2022-11-20` asks for articles of that time"),
    ("November 20, 2022", "strike", "`date:2022-11-20` asks for articles of that time"),
    ("dockers November 2022", "strike", "`date:2022-11` asks for articles of that time"),
    ("2022-11-20", "", "`date:2022-11-20` asks for articles of that time"),
    ("20.11.2022", "", "`date:2022-11-20` asks for articles of that time"),
    ("date:20.11.2022", "vote", ""),
    // Misspelt.
    ("dokcers", "", "did you mean `dockers` (3 articles)?"),
    ("dokcers vote", "", "did you mean `dockers AND vote`? 1 article"),
];

#[test]
fn every_careless_question_is_answered_or_explained() {
    let sandbox = archive();
    for (typed, expected, note) in QUESTIONS {
        let said = sandbox.run(["search", "--no-relax", "-f", "jsonl", "-n", "20", "--", typed]);
        let mut found: Vec<String> =
            said.out.lines().map(|hit| text(&parsed(hit)["source_id"])).collect();
        found.sort();
        let mut expected: Vec<&str> = expected.split_whitespace().collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "`{typed}` said\n{}", said.err);
        assert_eq!(said.code, Some(i32::from(found.is_empty())), "`{typed}` said\n{}", said.err);
        assert!(said.err.contains(note), "`{note}` is not said of `{typed}`:\n{}", said.err);
        let n_notes = said.err.lines().filter(|line| line.starts_with("note: ")).count();
        assert!(!note.is_empty() || n_notes == 0, "`{typed}` said\n{}", said.err);
    }
}

#[test]
fn a_pasted_text_is_a_question() {
    let sandbox = archive();
    let title = "Harbour vote: dockers say no. A snap vote, and a long one.";
    assert_eq!(sandbox.found(title).len(), 1);
    // With a word too many it comes below a line that says so.
    let said = sandbox.run(["search", &title.replace("snap", "hasty snap")]);
    assert!(said.out.starts_with("without `hasty`:\n1  2022-11-20"), "{}", said.out);
    // What is far too long is neither refused nor printed back.
    let long = format!("dockers {}", "and they said so, \"again\" (and again): ".repeat(2_000));
    let said = sandbox.run(["search", &long]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("only the first"), "{}", said.err);
    let account = said.err.lines().find(|line| line.contains(" of 10 articles")).expect("a line");
    assert!(account.len() < 700, "{account}");
}

/// Other systems show no passage for these, or mark the words of a phrase one by one.
#[test]
fn what_is_found_by_any_operator_is_shown() {
    let sandbox = archive();
    for (typed, shown) in [
        ("body:(dock*)", "dockers"),
        ("*ockers body:ended", "dockers"),
        ("dokcers~ ended", "dockers"),
        ("/dock.*s/ ended", "dockers"),
        ("\"snap vote\"", "snap vote"),
        ("snap w/5 long", "snap vote, and a long"),
        ("Лаврову", "Лаврова"),
        ("c++ desk", "desk"),
        ("罢工", "罢工"),
    ] {
        let said = sandbox.run(["search", "-f", "jsonl", "--", typed]);
        let hit = parsed(said.out.lines().next().unwrap_or_else(|| panic!("`{typed}` finds")));
        let passage = text(&hit["snippet"]["text"]);
        let found = hit["snippets"][0]["matches"].as_array().expect("matches").iter();
        let at = |found: &Value, end: usize| found["range"][end].as_u64().expect("a place");
        let byte = |place: u64| usize::try_from(place).expect("small");
        let mut found = found.map(|it| &passage[byte(at(it, 0))..byte(at(it, 1))]);
        assert!(found.any(|it| it == shown), "`{typed}`: {hit}");
    }
}
