//! What is changed, and that it is said.

use super::*;

#[test]
fn what_is_open_is_closed() {
    check("\"snap election", "\"snap election\" R1");
    check("person:\"Tokayev", "person:Tokayev R1");
    check("(a OR b", "a OR b R2");
    check("a) b", "a AND b R2");
    check("a) b) OR c", "(a AND b) OR c R2");
    check("(a OR", "a R2 R4");
    check("title:\"x", "title:x R1");
    check("((((", "R2");
}

#[test]
fn a_colon_behind_no_field_is_punctuation() {
    check("Tokayev:", "Tokayev R3");
    check("re: Kazakhstan", "re AND Kazakhstan R3");
    check("colour:red", r"colour\:red R3");
    check("section:/world/asia", r"section\:\/world\/asia R3");
    check("region: KZ", "region AND KZ R3");
    check("regoin:KZ", r"regoin\:KZ R3 H3");
    check("Note: election (snap \"OSCE", "Note AND election AND snap AND OSCE R3 R2 R1");
    check("a:(^", "a R3 R2");
}

#[test]
fn an_operator_with_nothing_to_work_on_is_dropped() {
    check("a AND", "a R4");
    check("OR a", "a R4");
    check("a AND OR b", "a OR b R4");
    check("a OR OR b", "a OR b R4");
    check("NOT", "R4");
    check("a NOT", "a R4");
    check("a NOT AND b", "a AND b R4");
    check("NOT ()", "R4");
    check("region:()", "R4");
    check("\"a b\"~", "\"a b\" R4");
    check("\"OSCE\"~3", "OSCE R4");
}

#[test]
fn a_wildcard_needs_letters_and_one_word() {
    check("a*", "a R5");
    check("?*", "");
    check("well-be*", "well AND be* R5");
    check("person:a*", "person:a R5");
}

#[test]
fn what_is_not_supported_yet_is_read_as_something_wider() {
    for (typed, understood) in [
        ("vote family:x", "vote R6"),
        ("\"snap elec* vote\"~3", "(snap pre/3 elec*) pre/3 vote R6"),
        ("id:3jf8* vote", "vote R6"),
        ("region:K* vote", "region:K AND vote R5"),
        ("person:Tokaev~", "Tokaev~1 R6"),
        ("(a b)~3", "a AND b R6"),
        ("Tokaev~5", "Tokaev~2 R6"),
        ("Toka*~1", "Toka* R6"),
    ] {
        check(typed, understood);
    }
}

#[test]
fn what_is_no_regular_expression_is_read_as_words() {
    for (typed, understood, reason) in [
        ("/tok[a/", "tok AND a R6", "unclosed character class"),
        ("vote /(strike/", "vote AND strike R6", "unclosed group"),
        (r"/\bvote\b/", "bvote AND b R6", "asks for no bounds"),
        ("re:\"snap vote\"", "snap AND vote R6", "holds no space"),
        (r"/(\pL{90}){90}/", "pL AND 90 AND 90 R6", "too large"),
    ] {
        check(typed, understood);
        let repairs = read(typed).repairs;
        assert!(repairs[0].message.contains(reason), "`{typed}`: {}", repairs[0].message);
    }
}

#[test]
fn what_cannot_be_tested_is_left_as_it_is() {
    check("caps(region:KZ)", "region:KZ R6");
    check("caps(nocaps(a))", "nocaps(a) R6");
    check("caps(a region:KZ)", "caps(a) AND region:KZ R6");
    check("vote len:long", "vote R6");
    check("len:800..200", "len:200..800 R6");
}

#[test]
fn only_what_has_places_can_be_near() {
    for (typed, understood) in [
        ("w/5 b", "b R4"),
        ("a w/5", "a R4"),
        ("a w/5 AND b", "a AND b R4"),
        ("a AND w/5 b", "a AND b R4"),
        ("a w/5 w/3 b", "a w/3 b R4"),
        ("(a w/5) b", "a AND b R4"),
        ("a w/5 OR b", "a OR b R4"),
        ("a w/5 -b", "a AND NOT b R4"),
        ("a w/5 NOT b", "a AND NOT b R4"),
        ("a w/5 region:KZ", "a AND region:KZ R6"),
        ("a w/5 (b c)", "a AND b AND c R6"),
        ("a w/5 title:b", "a AND title:b R6"),
        ("a w/5 *", "a AND * R6"),
        ("a^2 w/5 b", "a w/5 b R8"),
        ("a w/5 b^2", "a w/5 b R8"),
        ("a w/5 b^2 region:KZ", "a w/5 b AND region:KZ R8"),
        ("region:(KZ w/5 KG)", "region:KZ AND region:KG R6"),
        ("atleast3", "R4"),
        ("atleast3()", "R4"),
        ("atleast3 AND a", "a R4 R4"),
        ("atleast3(region:KZ)", "region:KZ R6"),
        ("atleast3(a -b)", "atleast3(a) AND NOT b R6"),
        ("atleast3(atleast2(a))", "atleast2(a) R6"),
        ("lead(first50(a))", "lead(a) R6"),
        ("title:(a body:b)", "title:(a AND b) R6"),
        ("lead()", ""),
    ] {
        check(typed, understood);
    }
    let chain = format!("a{}", " w/5 a".repeat(40));
    let Parsed { query, repairs, .. } = read(&chain);
    assert!(query.depth() < 24, "{}", query.depth());
    assert_eq!(repairs[0].code, RepairCode::TooLong, "{repairs:?}");
}

#[test]
fn a_date_that_cannot_be_is_moved_or_read_as_text() {
    check("date:2022-02-30", "date:2022-02-28 R7");
    check("date:2023..2022", "date:2022-01-01..2023-12-31 R7");
    check("since:2023 until:2022", "date:2022-01-01..2023-12-31 R7");
    check("a (since:2023 b) until:2022", "a AND date:2023-01-01.. AND b AND date:..2022-12-31");
    check("(a since:2023) until:2022", "a AND date:2023-01-01.. AND date:..2022-12-31");
    check("osce date:soon", "osce AND soon R7");
    check("date:\"some day\"", "\"some day\" R7");
    check("date:03/04/2022", "date:2022-04-03 H2");
}

#[test]
fn a_factor_out_of_range_is_dropped() {
    for typed in ["OSCE^0", "OSCE^101", "OSCE^-1", "OSCE^1.2.3", "(OSCE)^0"] {
        check(typed, "OSCE R8");
    }
}

#[test]
fn a_lower_case_operator_is_a_word_with_a_hint() {
    check("Tokayev or Nazarbayev", "Tokayev AND Nazarbayev H1");
    check("(a and b) OR c", "(a AND b) OR c H1");
    check("will not join", "will AND not AND join");
    check("or else", "else");
}

#[test]
fn a_repair_says_where_and_what() {
    let typed = "«сроки» note: (a region:\"b";
    let repairs = read(typed).repairs;
    let places: Vec<_> = repairs.iter().map(|repair| &typed[repair.position..]).collect();
    assert_eq!(places, ["note: (a region:\"b", "(a region:\"b", "\"b"]);
    let messages: Vec<_> = repairs.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "`note:` was read as a word: there is no such field",
            "a missing `)` was added at the end",
            "an open quotation mark was closed at the end",
        ]
    );
}

#[test]
fn brackets_too_deep_are_passed_over() {
    let nested = |n: usize| format!("{}a{}", "(b OR (c ".repeat(n), "))".repeat(n));
    let deep = read(&nested(31));
    assert_eq!((deep.query.depth(), deep.repairs), (63, Vec::new()));
    for typed in [nested(33), nested(5_000), "title:(NOT (a b (c OR ".repeat(3_000)] {
        let Parsed { query, repairs, .. } = read(&typed);
        assert!(query.depth() <= 64, "{}", query.depth());
        assert!(repairs.iter().any(|repair| repair.code == RepairCode::TooLong));
    }
}

#[test]
fn what_is_too_long_is_cut() {
    let typed = "é".repeat(40_000);
    let repairs = read(&typed).repairs;
    assert_eq!(repairs.len(), 1);
    assert_eq!((repairs[0].code, repairs[0].position), (RepairCode::TooLong, 65_536));
}

#[test]
fn what_is_too_much_is_cut() {
    let read_many = |unit: &str, n: usize| {
        let Parsed { query, repairs, .. } = read(&unit.repeat(n));
        let clauses = match query {
            Query::And(clauses) | Query::Or(clauses) => clauses.len(),
            _ => 1,
        };
        (clauses, repairs.iter().map(|repair| repair.code).collect::<Vec<_>>())
    };
    assert_eq!(read_many("b ", 10_000), (10_000, Vec::new()));
    assert_eq!(read_many("b ", 10_001), (10_000, vec![RepairCode::TooLong]));
    assert_eq!(
        read_many("b OR ", 10_002),
        (10_000, vec![RepairCode::Dangling, RepairCode::TooLong])
    );
    assert_eq!(read_many("ab* ", 1_000), (1_000, Vec::new()));
    assert_eq!(read_many("ab* ab~ /a/ ", 1_000), (1_000, vec![RepairCode::TooLong]));
}

#[test]
fn hostile_queries_end_at_once() {
    for unit in [
        "(",
        ")",
        "\"",
        "\\",
        "a OR ",
        "NOT ",
        "-",
        "- ",
        "title:(",
        "region:(a ",
        "a:(^",
        "~1",
        "^2",
        "“(",
        "/(",
        "/a ",
        "date:[",
        "len:[",
        "url:(",
        "*",
        "a*",
        "&&",
        "|",
        ",",
        "e\u{301}",
        "\u{301}",
        "https://",
        "BUT NOT ",
        "date from 2022 ",
        "atleast3(",
        "a w/5 ",
        "w/5 ",
        "a w/5 (",
        "lead(",
        "a +5 ",
        "x:y ",
        "caps(",
        "/a|b/ ",
        "/(((/ ",
        "re:\"a\" ",
        "ab* ",
        "the ",
    ] {
        let long = unit.repeat(70_000 / unit.len());
        let Parsed { query, repairs, .. } = read(&long);
        assert!(repairs.len() <= 21, "for `{unit}` many times");
        assert!(query.depth() <= 64, "for `{unit}` many times");
        check_short(&unit.repeat(100));
    }
}

#[track_caller]
fn check_short(typed: &str) {
    let understood = read(typed).query.to_string();
    assert_eq!(read(&understood).query.to_string(), understood, "for `{typed}`");
}

#[test]
fn a_date_among_words_is_a_hint() {
    for (typed, understood, asked) in [
        ("2022-11-20", "2022-11-20 H4", "date:2022-11-20"),
        ("vote 20.11.2022", "vote AND 20.11.2022 H4", "date:2022-11-20"),
        ("20 November 2022", "20 AND November AND 2022 H4", "date:2022-11-20"),
        ("November 20, 2022 vote", "November AND 20 AND 2022 AND vote H4", "date:2022-11-20"),
        ("vote (nov 2022)", "vote AND nov AND 2022 H4", "date:2022-11"),
        ("nov 2022 OR dec 2022", "(nov AND 2022) OR (dec AND 2022) H4", "date:2022-11"),
    ] {
        check(typed, understood);
        let repairs = read(typed).repairs;
        assert!(repairs[0].message.contains(&format!("`{asked}`")), "{}", repairs[0].message);
    }
    for (typed, understood) in [
        ("vote 2022", "vote AND 2022"),
        ("20 votes 2022", "20 AND votes AND 2022"),
        ("season 2022-23", "season AND 2022-23"),
        ("9/11", "9/11"),
        ("\"20 November 2022\"", "\"20 November 2022\""),
        ("20 AND November AND 2022", "20 AND November AND 2022"),
        ("id 10.1.192.4", "id AND 10.1.192.4"),
        ("vote date from 2022-01 to 2022-03", "vote AND date:2022-01-01..2022-03-31"),
        ("vote date:2022-11", "vote AND date:2022-11"),
    ] {
        check(typed, understood);
    }
}
