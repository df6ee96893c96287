//! A question is typed without quotes, and options stand anywhere about it.
//!
//! 1. What the command knows as an option is one, before and behind the question.
//! 2. A word that begins with `-` is excluded, whatever letter follows.
//! 3. `--` ends the options. 4. An unknown option is an error, and an option with one hyphen is told.
//! 5. With `--strict-syntax` a repair is an error that says what and where.

use crate::sandbox::{Sandbox, with_corpus};

fn ids(sandbox: &Sandbox, line: &str) -> Vec<String> {
    let said = sandbox.run(line.split(' '));
    assert!(matches!(said.code, Some(0 | 1)), "`{line}` said\n{}", said.err);
    said.out.lines().map(str::to_owned).collect()
}

#[test]
fn options_stand_before_and_behind_the_question() {
    let sandbox = with_corpus();
    let all = ids(&sandbox, "search --format ids Kazakhstan AND election");
    assert!(all.len() > 2, "{all:?}");
    for line in [
        "search -n 2 --format ids Kazakhstan AND election",
        "search Kazakhstan AND election -n 2 --format ids",
        "search Kazakhstan -n2 AND --format=ids election",
        "search -f=ids Kazakhstan AND election --limit=2 --color never",
        "search Kazakhstan AND election -n 2 -i index --format ids",
        "search --format ids -n 2 -- Kazakhstan AND election",
    ] {
        assert_eq!(ids(&sandbox, line), all[..2], "`{line}`");
    }
    let json = sandbox.done("search Kazakhstan election -n 2 --format json");
    assert!(json.starts_with("{\"v\":1,\"query\":\"Kazakhstan AND election\""), "{json}");
    let newest = ids(&sandbox, "search Kazakhstan --sort -date --format ids");
    assert_eq!(newest, ids(&sandbox, "search --sort -date --format ids Kazakhstan"));
    assert_ne!(newest, ids(&sandbox, "search --sort date --format ids Kazakhstan"));
}

#[test]
fn a_word_behind_a_hyphen_is_excluded() {
    let sandbox = with_corpus();
    let all = sandbox.done("search -c Kazakhstan AND election");
    let without = sandbox.done("search Kazakhstan election -OSCE -c");
    assert_ne!(without, all);
    for arguments in [
        &["search", "-c", "Kazakhstan election -OSCE"][..],
        &["search", "-OSCE", "Kazakhstan", "-c", "election"],
        &["search", "-c", "--", "-OSCE", "Kazakhstan election"],
    ] {
        assert_eq!(sandbox.run(arguments).out, without, "{arguments:?}");
    }
    // Letters that are options by themselves begin words all the same.
    for word in ["-football", "-china", "-india", "-nothing", "-hotel"] {
        let said = sandbox.run(["search", "Kazakhstan", word]);
        let understood = format!("Kazakhstan AND NOT {}", &word[1..]);
        assert!(said.err.contains(&understood), "`{word}` said\n{}", said.err);
    }
}

#[test]
fn two_hyphens_end_the_options() {
    let sandbox = with_corpus();
    let said = sandbox.run(["search", "--", "Kazakhstan", "-n", "2"]);
    assert!(said.err.contains("Kazakhstan AND NOT n AND 2"), "{}", said.err);
}

#[test]
fn every_command_that_takes_a_question_reads_it_so() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    for (line, same) in [
        ("facets about Kazakhstan -OSCE -n 3", "facets -n 3 about -- Kazakhstan -OSCE"),
        ("facets about -n 3 Kazakhstan -fire", "facets about Kazakhstan NOT fire -n 3"),
        ("delete Kazakhstan -election --dry-run", "delete --dry-run Kazakhstan NOT election"),
        ("delete -election Kazakhstan --dry-run", "delete --dry-run -- -election Kazakhstan"),
    ] {
        let (said, expected) = (sandbox.run(line.split(' ')), sandbox.run(same.split(' ')));
        assert_eq!((said.code, &said.out), (Some(0), &expected.out), "`{line}`: {}", said.err);
    }
}

#[test]
fn what_is_no_option_is_told() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    let said = sandbox.run(["search", "Kazakhstan", "--fromat", "json"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("--fromat") && said.err.contains("--format"), "{}", said.err);
    let said = sandbox.run(["search", "Kazakhstan", "-limit", "2"]);
    assert!(said.err.contains("`-limit` is a word to exclude"), "{}", said.err);
    let said = sandbox.run(["delete", "Kazakhstan", "-dry-run"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("the option is `--dry-run`"), "{}", said.err);
    assert!(!sandbox.found("Kazakhstan").is_empty());
}

#[test]
fn strict_syntax_makes_a_repair_an_error() {
    let sandbox = with_corpus();
    sandbox.index("corpus");
    for line in [
        "search Kazakhstan note: --strict-syntax",
        "facets about Kazakhstan note: --strict-syntax",
        "explain Kazakhstan note: --strict-syntax",
        "delete Kazakhstan note: --strict-syntax --dry-run",
    ] {
        let said = sandbox.run(line.split(' '));
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "`{line}`");
        assert!(said.err.contains("R3 at character 12, `note:`"), "`{line}`: {}", said.err);
    }
    for query in ["Kazakhstan or election", "Kazakhstan OSCE", "\"snap election\"~3 -Moldova"] {
        let said = sandbox.run(["search", "--strict-syntax", query]);
        assert!(matches!(said.code, Some(0 | 1)), "`{query}`: {}", said.err);
    }
    sandbox.write("topics.tsv", "1\tKazakhstan\n2\tKazakhstan (\n3\telection\n");
    let lax = sandbox.run(["batch", "topics.tsv"]);
    assert_eq!(lax.code, Some(0), "{}", lax.err);
    assert!(lax.err.contains("`topics.tsv` line 2: a missing `)`"), "{}", lax.err);
    let strict = sandbox.run(["batch", "topics.tsv", "--strict-syntax"]);
    assert_eq!(strict.code, Some(2), "{}", strict.err);
    assert!(strict.err.contains("`topics.tsv` line 2: the syntax"), "{}", strict.err);
    assert!(strict.out.contains("3 Q0") && !strict.out.contains("2 Q0"), "{}", strict.out);
}
