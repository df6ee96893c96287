//! What people see of hits.

use super::super::samples::{self, shown};
use super::super::{Emphasis, MIN_WIDTH};
use super::*;

fn written(answer: &Hits, width: usize, emphasis: Emphasis) -> String {
    let mut table = Table::new(Style::new(width, emphasis));
    shown(|out| {
        table.begin(out, answer)?;
        answer.hits.iter().try_for_each(|hit| table.hit(out, hit))?;
        table.end(out, answer)
    })
}

#[test]
fn hits_are_blocks_of_lines() {
    insta::assert_snapshot!(written(&samples::answer(), 80, Emphasis::Plain), @r"
    1  2022-11-21  Russia > about XA  Example Herald
       Harbour town votes on its bridge, observers find few faults
       The harbour town voted on Sunday on whether to build the long disputed
       bridge, and the observers who came from abroad found few faults.
       3jf8w1m0c9tqz  archive/2022/november.jsonl#3

    2  undated
       (no title)
       0000000000001  scrape/page.txt

    3  2022        Russia > about XA  Новости дня
       =1+1
       abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcde…
       港口城市周日就是否修建这座备受争议的大桥进行投票，观察员认为问题不
       多。�[2Jbridgesegdirb
       3jf8w1m0c9tqz  …�/a-very-long-folder-name/and-another-one/within-it/page.html
    ");
}

#[test]
fn articles_that_lack_words_stand_below_a_line_that_says_which() {
    let mut answer = samples::answer();
    answer.hits.truncate(1);
    answer.partial = vec![
        samples::lacking(2, &["bridge"]),
        samples::lacking(3, &["bridge"]),
        samples::lacking(4, &["bridge", "\"a vote\""]),
    ];
    insta::assert_snapshot!(written(&answer, 80, Emphasis::Plain), @r#"
    1  2022-11-21  Russia > about XA  Example Herald
       Harbour town votes on its bridge, observers find few faults
       The harbour town voted on Sunday on whether to build the long disputed
       bridge, and the observers who came from abroad found few faults.
       3jf8w1m0c9tqz  archive/2022/november.jsonl#3

    without `bridge`:
    2  undated
       (no title)
       0000000000001  scrape/page.txt

    3  undated
       (no title)
       0000000000001  scrape/page.txt

    without `bridge`, `"a vote"`:
    4  undated
       (no title)
       0000000000001  scrape/page.txt
    "#);
}

#[test]
fn a_narrow_terminal_gets_narrow_blocks() {
    insta::assert_snapshot!(written(&samples::answer(), MIN_WIDTH, Emphasis::Plain), @r"
    1  2022-11-21  Russia > about XA
       Example Herald
       Harbour town votes on its bridge,
       observers find few faults
       The harbour town voted on Sunday on
       whether to build the long disputed
       bridge, and the observers who came…
       3jf8w1m0c9tqz  …2022/november.jsonl#3

    2  undated
       (no title)
       0000000000001  scrape/page.txt

    3  2022        Russia > about XA
       Новости дня
       =1+1
       abcdefghijabcdefghijabcdefghijabcde…
       港口城市周日就是否修建这座备受争议的
       大桥进行投票，观察员认为问题不
       多。�[2Jbridgesegdirb
       3jf8w1m0c9tqz  …e/within-it/page.html
    ");
}

#[test]
fn without_colour_matches_are_between_asterisks() {
    let mut answer = samples::answer();
    answer.hits.truncate(1);
    insta::assert_snapshot!(written(&answer, 80, Emphasis::Marks), @r"
    1  2022-11-21  Russia > about XA  Example Herald
       Harbour town votes on its *bridge*, *observers* find few faults
       The harbour town voted on Sunday on whether to build the long disputed
       *bridge*, and the *observers* who came from abroad found few faults.
       3jf8w1m0c9tqz  archive/2022/november.jsonl#3
    ");
}

#[test]
fn with_colour_matches_are_red_and_titles_bold() {
    let mut answer = samples::answer();
    answer.hits.truncate(1);
    let text = written(&answer, 80, Emphasis::Colour);
    insta::assert_snapshot!(text.replace('\u{1b}', "␛"), @r"
    ␛[2m1␛[0m  2022-11-21  Russia > about XA  Example Herald
       ␛[1mHarbour town votes on its ␛[0m␛[1m␛[31mbridge␛[0m␛[1m, ␛[0m␛[1m␛[31mobservers␛[0m␛[1m find few faults␛[0m
       The harbour town voted on Sunday on whether to build the long disputed
       ␛[1m␛[31mbridge␛[0m, and the ␛[1m␛[31mobservers␛[0m who came from abroad found few faults.
       ␛[2m3jf8w1m0c9tqz  archive/2022/november.jsonl#3␛[0m
    ");
}

#[test]
fn ranks_are_aligned() {
    let mut answer = samples::answer();
    answer.hits = vec![samples::hit_with_score(1.0), samples::hit_with_score(1.0)];
    answer.hits[0].rank = 9;
    answer.hits[1].rank = 10;
    insta::assert_snapshot!(written(&answer, 80, Emphasis::Plain), @r"
     9  undated
        (no title)
        0000000000001  scrape/page.txt

    10  undated
        (no title)
        0000000000001  scrape/page.txt
    ");
}

#[test]
fn a_score_is_made_of_shares() {
    let mut answer = samples::answer();
    answer.hits.truncate(1);
    let share = |clause: &str, score| Share { clause: clause.to_owned(), score };
    answer.hits[0].shares = Some(ScoreShares {
        shares: vec![share("bridge", 8.204), share("\"election observers\"", 4.206)],
        recency: Some(0.5),
    });
    insta::assert_snapshot!(written(&answer, MIN_WIDTH, Emphasis::Plain), @r#"
    1  2022-11-21  Russia > about XA
       Example Herald
       Harbour town votes on its bridge,
       observers find few faults
       The harbour town voted on Sunday on
       whether to build the long disputed
       bridge, and the observers who came…
       score 12.41 = bridge 8.20 + "election
       observers" 4.21 (for its age × 0.500)
       3jf8w1m0c9tqz  …2022/november.jsonl#3
    "#);
}

#[test]
fn a_snippet_too_long_shows_where_it_matches() {
    let mut answer = samples::answer();
    answer.hits.truncate(1);
    let filler = "nothing of the kind stands here ".repeat(12);
    let text = format!("{filler}the bridge {filler}");
    answer.hits[0].snippets[0].highlights = vec![samples::range_of(&text, "bridge")];
    answer.hits[0].snippets[0].text = text;
    insta::assert_snapshot!(written(&answer, 80, Emphasis::Marks), @r"
    1  2022-11-21  Russia > about XA  Example Herald
       Harbour town votes on its *bridge*, *observers* find few faults
       …nothing of the kind stands here nothing of the kind stands here nothing of
       the kind stands here nothing of the kind stands here nothing of the kind
       stands here the *bridge* nothing of the kind stands here nothing of the…
       3jf8w1m0c9tqz  archive/2022/november.jsonl#3
    ");
}

#[track_caller]
fn check_summary(change: impl FnOnce(&mut Hits), expected: &str) {
    let mut answer = samples::answer();
    change(&mut answer);
    assert_eq!(shown(|out| summary(out, &answer)), format!("{expected}\n"));
}

#[test]
fn a_summary_says_what_was_understood_and_how_much_matched() {
    check_summary(
        |_| (),
        "bridge AND observers: 12 of 1,284 articles, 2 undated, generation 7, 3.1 ms, 1 to 3 shown",
    );
    check_summary(
        |answer| answer.total = 3,
        "bridge AND observers: 3 of 1,284 articles, 2 undated, generation 7, 3.1 ms",
    );
    check_summary(
        |answer| {
            answer.understood.clear();
            answer.hits.clear();
            (answer.total, answer.articles, answer.undated) = (0, 1, 0);
        },
        "(empty query): 0 of 1 article, 0 undated, generation 7, 3.1 ms",
    );
    check_summary(
        |answer| answer.understood = "a\u{1b}[2J\nb".to_owned(),
        "a\u{fffd}[2J b: 12 of 1,284 articles, 2 undated, generation 7, 3.1 ms, 1 to 3 shown",
    );
}

#[test]
fn each_repair_is_a_note() {
    let style = Style::new(80, Emphasis::Plain);
    assert_eq!(
        shown(|out| repairs(out, &samples::answer().repairs, style)),
        "note: closed the quotation mark at the end\n"
    );
}
