//! What people type out of habit, and what other systems make of it: errors, nothing, everything, or
//! something else without a word. Here each finds what was meant.

use serde_json::json;

use super::archive::Archive;
use super::*;

/// Articles by number.
fn archive() -> Archive {
    Archive::with(&[
        json!({
            "title": "Kazakhstan’s snap election", "date": "2022-11-21", "language": "en",
            "body": "Mr O'Brien of the OSCE watched. Kassym-Jomart Tokayev won the snap election.",
            "url": "https://example.org/a", "tag": "Kazakhstan", "about": ["KZ"],
        }),
        json!({
            "title": "Tokaev speaks", "date": "2022-12", "language": "en",
            "body": "Alpha one two three beta. An early vote, and the election of a mayor.",
            "url": "https://www.example.org/b/c?id=7&utm_source=x", "tag": "Moldova",
        }),
        json!({
            "title": "哈萨克斯坦", "body": "哈萨克斯坦总统选举结果公布", "language": "zh",
            "date": "2023-01-31",
        }),
        json!({
            "title": "E\u{301}lection a\u{300} I\u{307}stanbul", "language": "fr",
            "body": "L’élection de l’OSCE à İstanbul. The New York United.",
        }),
    ])
}

#[track_caller]
fn finds(typed: &str, numbers: &[usize]) {
    assert_eq!(archive().found(typed), numbers, "for `{typed}`");
}

#[test]
fn an_apostrophe_is_part_of_a_word() {
    finds("O'Brien", &[0]);
    finds("O’Brien", &[0]);
    finds("obrien", &[0]);
    finds("Kazakhstan's election", &[0]);
    finds("OSCE's", &[0, 3]);
}

#[test]
fn wildcards_other_spellings_and_expressions_find_words() {
    finds("Toka*", &[0, 1]);
    finds("*kaev", &[1]);
    finds("Tokaev~1", &[0, 1]);
    finds("/toka.*ev/", &[0, 1]);
}

#[test]
fn quotation_marks_of_any_kind_and_number_make_a_phrase() {
    finds("“snap election”", &[0]);
    finds("“election snap”", &[]);
    finds("\"snap election", &[0]);
    assert_eq!(read("\"snap election").repairs[0].code, RepairCode::Quote);
}

#[test]
fn a_colon_in_a_headline_is_harmless() {
    finds("Tokayev:", &[0]);
    finds("re: Kazakhstan", &[]);
    finds("Kazakhstan: OSCE", &[0]);
    finds("a:(^ OSCE", &[3]);
    finds("section:/world/asia", &[]);
}

#[test]
fn an_address_asks_for_its_page_and_never_for_everything() {
    finds("https://example.org/a:b?c=d", &[]);
    finds("https://example.org/a?utm_source=y#top", &[0]);
    finds("http://www.example.org/b/c?id=7", &[1]);
    finds("https://example.org", &[0, 1]);
}

#[test]
fn negation_may_stand_alone() {
    finds("-OSCE", &[1, 2]);
    finds("NOT OSCE", &[1, 2]);
    finds("!OSCE", &[1, 2]);
}

#[test]
fn dates_are_typed_as_people_write_them() {
    finds("date:2022-11-21", &[0]);
    finds("date:[2022-11-01 TO 2022-11-30]", &[0]);
    finds("date:>=2022-11-01", &[0, 1, 2]);
    finds("date:2022-11..2023-01", &[0, 1, 2]);
    finds("date:2022-12-24", &[1]);
    finds("date:none", &[3]);
    finds("-date:2022", &[2, 3]);
}

#[test]
fn nearness_is_counted_in_words_and_order_is_kept() {
    finds("alpha w/5 beta", &[1]);
    finds("alpha NEAR beta", &[1]);
    finds("alpha w/2 beta", &[]);
    finds("\"beta alpha\"~5", &[]);
    finds("\"alpha beta\"~3", &[1]);
}

#[test]
fn every_script_and_form_of_writing_is_found() {
    finds("选举", &[2]);
    finds("总统选举", &[2]);
    finds("election", &[0, 1, 3]);
    finds("élection", &[3]);
    finds("e\u{301}lection", &[3]);
    finds("İstanbul", &[3]);
    finds("istanbul", &[3]);
    finds("ISTANBUL", &[3]);
    // Other stemmers make one word of these.
    finds("unit", &[]);
}

/// Each line is typed, and stands behind the arrow as it is understood.
#[test]
fn the_table_of_the_design() {
    check("Kazakhstan election OSCE", "Kazakhstan AND election AND OSCE");
    check("Note: election (snap \"OSCE", "Note AND election AND snap AND OSCE R3 R2 R1");
    check("Tokayev or Nazarbayev", "Tokayev AND Nazarbayev H1");
    check(
        "“snap election” w/10 (OSCE OR \"election observers\") -Moldova",
        "\"snap election\" w/10 (OSCE OR \"election observers\") AND NOT Moldova",
    );
    check(
        "Токаев date:2022-11..2023-01 region:KZ",
        "Токаев AND date:2022-11-01..2023-01-31 AND region:KZ",
    );
    check(
        "https://osce.org/odihr/elections/kazakhstan?x=1",
        "url:osce.org/odihr/elections/kazakhstan",
    );
    check("-OSCE", "NOT OSCE");
    for nothing in ["((((", ""] {
        assert_eq!(read(nothing).query, Query::Nothing);
        finds(nothing, &[]);
    }
}
