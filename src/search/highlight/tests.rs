//! What of an article is marked.

use super::*;
use crate::query::{Letters, Near, Proximity, Reach};

fn article(title: &str, body: &str) -> ArticleRecord {
    ArticleRecord {
        title: title.to_owned(),
        body: body.to_owned(),
        language: Some("en".to_owned()),
        ..ArticleRecord::default()
    }
}

/// `text` with what `answers` holds of it in brackets.
fn shown(text: &str, answers: &Answers) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for range in answers.all_marks() {
        shown += &text[at..range.start];
        shown.extend(["[", &text[range.clone()], "]"]);
        at = range.end;
    }
    shown + &text[at..]
}

fn marked(query: &Query, title: &str, body: &str) -> (String, String) {
    let mut highlighter = Highlighter::new(query, Language::new("en"), false);
    let marked = highlighter.article(&article(title, body));
    (shown(title, &marked.title), shown(body, &marked.body))
}

/// Marks what matches in `text`, as a body, with brackets.
#[track_caller]
fn check(leaf: Text, text: &str, expected: &str) {
    assert_eq!(marked(&Query::Text(leaf), "", text).1, expected);
}

fn phrase(words: &str, slop: u32) -> Text {
    Text::Phrase { words: words.into(), slop, ordered: true }
}

#[test]
fn a_word_is_marked_in_every_form() {
    check(Text::Word("election".into()), "Elections: an election.", "[Elections]: an [election].");
    check(
        Text::Word("O'Brien".into()),
        "OBrien, O’Brien and O Brien",
        "[OBrien], [O’Brien] and [O Brien]",
    );
    check(Text::Word("U.S.".into()), "US and U.S. and us", "[US] and [U.S]. and us");
    check(Text::Exact("election".into()), "Elections: an election.", "Elections: an [election].");
}

#[test]
fn a_phrase_is_marked_only_where_its_words_stand_together() {
    check(
        phrase("snap election", 0),
        "A snap vote, a snap election.",
        "A snap vote, a [snap election].",
    );
    check(phrase("snap election", 1), "snap presidential election", "[snap presidential election]");
    check(phrase("election snap", 9), "snap presidential election", "snap presidential election");
    check(
        phrase("snap election", 1),
        "snap and very early election",
        "snap and very early election",
    );
}

/// Marks what matches in title and body.
#[track_caller]
fn check_query(query: &Query, title: &str, body: &str) {
    let plain = |text: &str| text.replace(['[', ']'], "");
    let got = marked(query, &plain(title), &plain(body));
    assert_eq!(got, (title.to_owned(), body.to_owned()), "for `{query}`");
}

fn word(word: &str) -> Span {
    Span::Text(Text::Word(word.into()))
}

fn near(left: Span, right: Span, reach: Reach) -> Query {
    let proximity = Proximity { reach, ordered: false };
    Query::Near(Box::new(Near { left, right, proximity }))
}

#[test]
fn what_is_near_is_marked_where_it_is_near() {
    check_query(
        &near(word("vote"), Span::AnyOf(vec![word("snap"), word("early")]), Reach::Words(1)),
        "",
        "Vote! It was a [snap] [vote], quite [early], not a vote",
    );
    check_query(
        &near(word("vote"), word("snap"), Reach::Sentence),
        "",
        "A vote. It was snap. The [vote] they called [snap].",
    );
    check_query(&near(word("vote"), word("snap"), Reach::Words(5)), "A snap", "The vote");
}

#[test]
fn what_is_written_with_capitals_is_marked_where_it_is() {
    let cased = |letters, text| Text::Cased(letters, Box::new(text));
    let who = || Text::Word("who".into());
    let text = "WHO said who, Who?";
    check(cased(Letters::AllCapitals, who()), text, "[WHO] said who, Who?");
    check(cased(Letters::SomeCapitals, who()), text, "[WHO] said who, [Who]?");
    check(cased(Letters::NoCapitals, who()), text, "WHO said [who], Who?");
    check(
        cased(Letters::SomeCapitals, phrase("snap vote", 1)),
        "Snap Vote, snap Vote, Snap big Vote",
        "[Snap Vote], snap Vote, [Snap big Vote]",
    );
    let any = cased(Letters::AllCapitals, Text::Wildcard("wh*".into()));
    check(any, "WHAT what WHO", "[WHAT] what [WHO]");
}

#[test]
fn what_is_asked_of_a_part_is_marked_there() {
    let of = |zone| Query::In(zone, Box::new(word("vote").into()));
    check_query(&of(Zone::Title), "A [vote]", "A vote");
    check_query(&of(Zone::Lead), "A vote", "A [vote]\nvote");
    check_query(&of(Zone::First(2)), "A vote", "A [vote] vote");
    check_query(&of(Zone::TitleAndLead), "A [vote]", "A [vote]\nvote");
    check_query(&of(Zone::Body), "A vote", "A [vote]\n[vote]");
}

#[test]
fn of_alternatives_those_are_marked_that_are_there() {
    let all = |words: &[&str]| Query::And(words.iter().map(|it| word(it).into()).collect());
    let either = |clauses: Vec<Query>| Query::Or(clauses);
    let query = either(vec![all(&["vote", "snap"]), all(&["poll", "early"])]);
    check_query(&query, "A [vote]", "A [snap] poll");
    check_query(&query, "A [vote]", "A [snap] [poll], [early]");
    let without = Query::And(vec![word("vote").into(), Query::Not(Box::new(word("snap").into()))]);
    let query = either(vec![without, all(&["poll", "snap"])]);
    check_query(&query, "", "A vote, a [snap] [poll]");
    check_query(&query, "", "A [vote], a poll");
    let dated = Query::And(vec![word("vote").into(), Query::Date(crate::query::DateTest::Undated)]);
    check_query(&either(vec![dated, all(&["poll"])]), "", "A [vote], a [poll]");
}

#[test]
fn what_must_be_there_several_times_is_marked_where_it_is() {
    let query = |times| Query::AtLeast(times, word("vote"));
    check_query(&query(2), "A [vote]", "A [vote] or a [vote]");
    let query = Query::Or(vec![query(3), word("poll").into()]);
    check_query(&query, "A vote", "A vote, a [poll]");
}

#[test]
fn words_of_a_question_that_an_article_lacks_leave_the_others() {
    let query = Query::And(vec![word("vote").into(), word("poll").into()]);
    check_query(&query, "A [vote]", "");
}

#[test]
fn patterns_and_near_spellings_are_marked() {
    check(Text::Wildcard("toka*".into()), "Tokayev, Tokaev, Taka", "[Tokayev], [Tokaev], Taka");
    check(
        Text::Regex("strik(e|ing)".into()),
        "Strike, striking, strikes, STRIKE",
        "[Strike], [striking], strikes, [STRIKE]",
    );
    check(
        Text::Fuzzy("tokayev".into(), 1),
        "Tokayev, Tokaev, Tkoayev, Tokev",
        "[Tokayev], [Tokaev], [Tkoayev], Tokev",
    );
}
