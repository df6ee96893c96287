//! Where words stand matters: phrases with other words in them, words near to each other, in one
//! sentence or paragraph, in a part of the article, so many times.

use super::archive::Archive;

/// Whether an article with this body matches; `/` stands for the end of a paragraph.
#[track_caller]
fn check(body: &str, matching: &[&str], others: &[&str]) {
    check_titled("", body, matching, others);
}

#[track_caller]
fn check_titled(title: &str, body: &str, matching: &[&str], others: &[&str]) {
    let body = body.replace(" / ", "\n");
    let archive = Archive::of(&[(title, &body)]);
    for typed in matching {
        assert_eq!(archive.found(typed).len(), 1, "`{typed}` in `{title}`: `{body}`");
    }
    for typed in others {
        assert!(archive.found(typed).is_empty(), "`{typed}` in `{title}`: `{body}`");
    }
}

/// `"beta alpha"~5` finds the words in reverse order elsewhere.
#[test]
fn a_phrase_with_other_words_keeps_its_order() {
    check(
        "alpha one two three beta",
        &["\"alpha beta\"~3", "\"alpha beta\"~4", "\"alpha three beta\"~2", "\"beta alpha\"~3u"],
        &[
            "\"alpha beta\"~2",
            "\"beta alpha\"~3",
            "\"beta alpha\"~5",
            "\"beta alpha\"~100",
            "\"alpha beta\"~2u",
            "\"alpha beta alpha\"~9",
            "\"alpha beta alpha\"~9u",
        ],
    );
    check(
        "b a b c",
        &["\"a b c\"", "\"a b c\"~0u", "\"b a c\"~1", "\"b b\"~1"],
        &["\"b b\"", "\"c b a\"~9"],
    );
    check("new york new", &["\"new new york\"~0u"], &["\"new new york\"~9", "\"new new new\"~9u"]);
}

#[test]
fn words_are_near_in_any_order_or_in_theirs() {
    for near in ["w/3", "W/3", "NEAR/3", "near3", "/3", "~3~", "n/3", "w/4", "NEAR"] {
        check(
            "alpha one two three beta",
            &[&format!("alpha {near} beta"), &format!("beta {near} alpha")],
            &[],
        );
    }
    for near in ["w/2", "near2", "/2", "~2~"] {
        check(
            "alpha one two three beta",
            &[],
            &[&format!("alpha {near} beta"), &format!("beta {near} alpha")],
        );
    }
    for near in ["pre/3", "adj3", "+3", "onear/3"] {
        check(
            "alpha one two three beta",
            &[&format!("alpha {near} beta")],
            &[&format!("beta {near} alpha")],
        );
    }
}

#[test]
fn phrases_wildcards_and_alternatives_are_near() {
    check(
        "The snap election was watched by election observers of the OSCE.",
        &[
            "\"snap election\" w/10 (OSCE OR \"election observers\")",
            "\"snap election\" w/3 \"election observers\"",
            "snap pre/5 observ*",
            "(missing OR watched) w/1 (by OR absent)",
            "=snap w/0 elections",
            "observrs~ w/2 OSCE",
            "watched w/1 elections",
            "\"election snap\"~1u pre/3 election",
            "\"elect* observers of\"",
        ],
        &[
            "\"snap election\" w/2 \"election observers\"",
            "observ* pre/9 snap",
            "\"election snap\" w/9 OSCE",
            "=elections w/5 snap",
            "\"elect* of\"",
        ],
    );
}

#[test]
fn chains_bind_to_the_left() {
    check("a c b", &["a w/1 b w/0 c", "a w/0 c w/0 b"], &["a w/0 b w/0 c", "a pre/9 b pre/9 c"]);
    check(
        "a x b y y c",
        &["a w/1 b w/2 c", "c w/2 (a w/1 b)"],
        &["a w/1 (b w/1 c)", "a w/1 b w/1 c"],
    );
    check("a x a y b", &["(a w/1 a) w/1 b"], &["a w/0 a", "b w/9 b"]);
}

#[test]
fn a_word_is_not_near_itself() {
    check("cat", &[], &["cat w/5 cat", "cat w/5 c*", "cat w/s cats", "\"cat cat\"~3u"]);
    check("a b c", &["\"a b c\" w/9 c OR a"], &["\"a b c\" w/9 b", "\"a b\" w/9 \"b c\""]);
}

#[test]
fn compounds_and_unspaced_scripts_have_places() {
    check(
        "Mr O'Brien said so",
        &["O'Brien w/0 said", "mr w/0 O'Brien", "\"O'Brien so\"~1"],
        &["O'Brien w/0 so"],
    );
    check(
        "Mr OBrien said so",
        &["O'Brien w/0 said", "mr w/0 O'Brien", "\"O'Brien so\"~1"],
        &["O'Brien w/0 so"],
    );
    check(
        "哈萨克斯坦总统选举结果公布",
        &["总统 w/0 选举", "选举 w/2 公布", "\"总统 公布\"~4"],
        &["总统 w/1 结果", "\"公布 总统\"~9"],
    );
}

#[test]
fn words_share_a_sentence_or_a_paragraph() {
    check_titled(
        "Polls close. Counting begins",
        "Mr. Smith won. Jones lost! / Brown waits.",
        &[
            "smith w/s won",
            "smith /p lost",
            "mr /s won",
            "won pre/s lost OR lost w/p won",
            "polls w/s close",
            "polls w/p counting",
            "jones same-sentence lost",
            "smith SAME jones",
            "won w/0 jones",
            "lost w/0 brown",
            "smith w/s won w/p lost",
        ],
        &[
            "won w/s jones",
            "lost w/p brown",
            "lost pre/s jones",
            "close w/s counting",
            "begins w/p smith",
            "smith w/s won w/s lost",
        ],
    );
}

#[test]
fn title_and_body_are_never_near() {
    check_titled(
        "alpha",
        "beta",
        &["alpha beta"],
        &["alpha w/100 beta", "\"alpha beta\"~900", "\"beta alpha\"~900u", "alpha w/p beta"],
    );
    check_titled("", "alpha beta", &["alpha w/0 beta"], &[]);
}

#[test]
fn a_word_may_be_asked_for_several_times() {
    check_titled(
        "OSCE",
        "osce and OSCE. Snap vote, snap vote",
        &[
            "atleast3(OSCE)",
            "atleast3 OSCE",
            "repeat3:OSCE",
            "atleast2(\"snap vote\")",
            "atleast5(OSCE OR vote)",
            "atleast2(snap w/0 vote)",
            "atleast2(snap vote)",
            "atleast1(and)",
            "body(atleast2(osce))",
        ],
        &[
            "atleast4(OSCE)",
            "atleast2(and)",
            "atleast3(snap w/0 vote)",
            "atleast2(snap AND and)",
            "body(atleast3(osce))",
            "atleast3(osce w/1 osce)",
        ],
    );
}

#[test]
fn parts_of_an_article_can_be_asked_for() {
    check_titled(
        "Polls close",
        "First one. First two / second one / third one",
        &[
            "head(polls)",
            "hlead(polls)",
            "hlead(two)",
            "lead(\"first two\")",
            "lead(first w/1 two)",
            "body(third)",
            "body:third",
            "first4(two)",
            "first5(second)",
            "lead(one -third)",
            "lead(one two)",
            "head(polls OR third)",
            "lead(tw*)",
            "lead((polls OR one) AND two)",
        ],
        &[
            "head(first)",
            "hlead(second)",
            "lead(second)",
            "lead(polls)",
            "body(polls)",
            "first4(second)",
            "first4(polls)",
            "lead(two -one)",
            "lead(one third)",
            "lead(\"two second\")",
            "lead(seco*)",
            "first3(first w/1 two)",
        ],
    );
}

#[test]
fn capitals_are_told_from_small_letters() {
    check_titled(
        "APPLE harvest",
        "WHO said: who eats an apple from Apple Inc? McDonald's. The U.S. and AT&T. / Al-Qaeda",
        &[
            "allcaps(who)",
            "nocaps(who)",
            "caps(who)",
            "allcaps(apple)",
            "caps(\"apple inc\")",
            "caps(=apple) w/0 inc",
            "nocaps(apple) w/0 from",
            "body(nocaps(apple))",
            "title:(allcaps(apple))",
            "atleast2(caps(apple))",
            "caps(mcdonald's)",
            "allcaps(u.s.)",
            "allcaps(AT&T)",
            "caps(al-qaeda)",
            "caps(app*)",
            "nocaps(appel~1)",
            "caps(/app.*/) w/0 inc",
            "caps(who OR nothing)",
            "nocaps(\"from apple\"~5u)",
        ],
        &[
            "nocaps(inc)",
            "allcaps(inc)",
            "body(allcaps(apple))",
            "title:(nocaps(apple))",
            "atleast3(caps(apple))",
            "caps(eats)",
            "allcaps(mcdonald's)",
            "nocaps(u.s.)",
            "allcaps(al-qaeda)",
            "caps(\"eats an\")",
            "caps(\"an apple\")",
            "caps(from) w/1 apple",
            "nocaps(app*) w/0 inc",
        ],
    );
}

#[test]
fn regular_expressions_match_single_words() {
    check(
        "Strikes, striking and STRUCK: an Élan of 2022",
        &[
            "/str(uck|iking)/",
            "/STRIK.*/",
            "/elan/",
            "/Él.n/",
            r"/\d{4}/",
            "/strikes/ w/0 /stri.*ng/",
            "atleast3(/str.*/)",
            "lead(/s.{6}/)",
            "re:\"struck|strode\"",
        ],
        &["/strik/", "/trikes/", "/stri.*ng/ pre/5 /strikes/", "atleast4(/str.*/)", "head(/s.*/)"],
    );
}

#[test]
fn what_is_near_ranks_as_words_side_by_side() {
    let archive = Archive::of(&[
        ("x", "alpha beta gamma delta epsilon"),
        ("x", "alpha beta alpha beta"),
        ("x", "alpha one two three four five beta"),
    ]);
    let near = archive.ranked("alpha w/1 beta");
    let all: Vec<_> =
        archive.ranked("alpha beta").into_iter().filter(|(number, _)| *number < 2).collect();
    assert_eq!(near, all);
    assert_eq!(archive.ranked("\"alpha beta\"~1"), all);
    for (number, score) in near {
        assert_eq!(archive.explained("alpha w/1 beta", number), Some(score));
    }
    assert_eq!(archive.explained("alpha w/1 beta", 2), None);
}

/// Spanish stems `cookie` to what an English article about Captain Cook holds.
#[test]
fn a_word_is_near_in_the_language_of_the_article() {
    let archive = Archive::in_languages(&[
        ("", "Captain Cook stands at the harbour", Some("en")),
        ("", "Captain Cook sailed from the harbour", Some("en")),
        ("", "Las cookies del puerto, harbour", Some("es")),
    ]);
    assert_eq!(archive.found("cookie w/5 harbour"), [2]);
    assert_eq!(archive.found("\"cookie harbour\"~5"), [2]);
    assert_eq!(archive.found("cooks w/5 harbours"), [0, 1]);
    assert_eq!(archive.found("(cookie OR captain) w/0 (del OR cook)"), [0, 1, 2]);
}
