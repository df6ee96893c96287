//! Words side by side must all be there. Quotation marks make a phrase. Nothing that is typed is an
//! error. What is printed is read as the same query, without a repair.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn read(typed: &str) -> Parsed {
    parse(typed, NaiveDate::from_ymd_opt(2024, 3, 15).expect("a day"))
}

/// The canonical text, and the codes of the repairs behind it.
#[track_caller]
fn check(typed: &str, understood: &str) {
    let Parsed { query, repairs } = read(typed);
    let mut got = vec![query.to_string()];
    got.extend(repairs.iter().map(|repair| repair.code.to_string()));
    assert_eq!(got.join(" ! "), understood, "for `{typed}`");
}

#[test]
fn words_are_joined_by_and() {
    check("Kazakhstan election OSCE", "Kazakhstan AND election AND OSCE");
    check("a AND b && c", "a AND b AND c");
    check("a OR b | c || d", "a OR b OR c OR d");
    check("a b OR c d", "a AND b OR c AND d");
    check("(a OR b) c", "(a OR b) AND c");
    check("+a -b !c", "a AND NOT b AND NOT c");
    check("a AND NOT b", "a AND NOT b");
    check("-OSCE", "NOT OSCE");
    check("NOT NOT a", "a");
    check("-(a b)", "NOT (a AND b)");
}

#[test]
fn quotation_marks_of_any_kind_make_phrases() {
    check("\"snap election\"", "\"snap election\"");
    check("“snap election”", "\"snap election\"");
    check("«snap election»", "\"snap election\"");
    check("\"snap election", "\"snap election\" ! R1");
    check("\"snap election\"~3", "\"snap election\"~3");
    check("\"snap election\"~3u", "\"snap election\"~3u");
    check("\"OSCE\"", "OSCE");
    check("\"\"", "");
}

#[test]
fn punctuation_inside_words_is_no_operator() {
    for typed in ["O'Brien", "AT&T", "COVID-19", "10,000", "well-being"] {
        check(typed, typed);
    }
    check("U.S.", "U.S");
    check("C++", "C");
    check("#osce @osce", "osce AND osce");
    check("Kazakhstan’s election", "Kazakhstan's AND election");
    check("Tokayev:", "Tokayev");
    check("re: Kazakhstan", "re AND Kazakhstan");
    check("who is Tokayev?", "who AND is AND Tokayev");
    check("Kazakhstan - election", "Kazakhstan AND election");
}

#[test]
fn patterns_and_near_spellings() {
    check("Toka*", "Toka*");
    check("*bayev", "*bayev");
    check("T?kaev", "T?kaev");
    check("a*", "a ! R5");
    check("*", "*");
    check("Tokaev~", "Tokaev~1");
    check("Nazarbaev~", "Nazarbaev~2");
    check("Tokaev~2", "Tokaev~2");
    check("=Tokayev", "=Tokayev");
    check("=\"Tokayev said\"", "=\"Tokayev said\"");
    check("OSCE^3", "OSCE^3");
    check("(a b)^0.5", "(a AND b)^0.5");
    check("OSCE^0", "OSCE ! R8");
}

#[test]
fn fields_are_known_by_several_names() {
    check("region:KZ", "region:KZ");
    check("country:KZ", "region:KZ");
    check("region:(KZ KG)", "region:(KZ KG)");
    check("region:KZ,KG", "region:(KZ KG)");
    check("person:\"Kassym-Jomart Tokayev\"", "person:\"Kassym-Jomart Tokayev\"");
    check("REGION:Russia", "region:Russia");
    check("-region:Russia", "NOT region:Russia");
    check("author:*", "author:*");
    check("author:none", "author:none");
    check("source:osce.org", "publisher:osce.org");
    check("title:election", "title:election");
    check("title:(a OR \"b c\")", "title:(a OR \"b c\")");
    check("Note: election", "Note AND election");
    check("colour:red", "colour\\:red ! R3");
    check("regoin:KZ", "regoin\\:KZ ! R3");
    check("regio:KZ", "regio\\:KZ ! R3 ! H3");
}

#[test]
fn dates_cover_whole_periods() {
    check("date:2022-11", "date:2022-11");
    check("date:2022-11-01..2022-12-15", "date:2022-11-01..2022-12-15");
    check("since:2022 until:2023-03", "date:2022-01-01..2023-03-31");
    check("date:[2022-11-01 TO 2022-11-30]", "date:2022-11");
    check("date:>=2022-11-01", "date:2022-11-01..");
    check("date:..2022", "date:..2022-12-31");
    check("date:none", "date:none");
    check("date:*", "date:*");
    check("date:2022-02-30", "date:2022-02-28 ! R7");
    check("date:2023..2022", "date:2022-01-01..2023-12-31 ! R7");
    check("osce date:soon", "osce ! R7");
    check("date:03/04/2022", "date:2022-04-03 ! H2");
}

#[test]
fn what_is_open_is_closed_and_what_dangles_is_dropped() {
    check("(a OR b", "a OR b ! R2");
    check("a) b", "a AND b ! R2");
    check("a AND", "a ! R4");
    check("OR a", "a ! R4");
    check("((((", " ! R2 ! R2 ! R2 ! R2");
    check("", "");
    check("()", "");
    check("Note: election (snap \"OSCE", "Note AND election AND snap AND OSCE ! R1 ! R2");
    check("a:(^", "a ! R2");
}

#[test]
fn what_is_not_supported_is_said() {
    check("alpha w/5 beta", "alpha AND beta ! R6");
    check("alpha NEAR beta", "alpha AND beta ! R6");
    check("atleast3(OSCE)", "OSCE ! R6");
    check("Tokayev or Nazarbayev", "Tokayev AND or AND Nazarbayev ! H1");
}

#[test]
fn a_pasted_link_asks_for_the_page() {
    check(
        "https://osce.org/odihr/elections/kazakhstan?x=1",
        "url:osce.org/odihr/elections/kazakhstan",
    );
}

#[test]
fn hostile_queries_end_at_once() {
    for unit in
        ["(", ")", "\"", "a OR ", "NOT ", "-", "title:", "region:(", "\\", "a:(^", "~", "“("]
    {
        let (short, long) = (unit.repeat(100), unit.repeat(70_000 / unit.len()));
        let understood = read(&short).query.to_string();
        assert_eq!(read(&understood).query.to_string(), understood, "for `{unit}` 100 times");
        assert!(read(&long).repairs.len() <= 21, "for `{unit}` many times");
    }
}

fn any_typed() -> impl Strategy<Value = String> {
    let unit = prop_oneof![
        prop::sample::select(vec![
            "(",
            ")",
            "\"",
            "-",
            "+",
            "=",
            "!",
            "~",
            "^",
            "*",
            "?",
            ":",
            "|",
            "||",
            "&&",
            "\\",
            " ",
            " ",
            " ",
            " AND ",
            " OR ",
            " NOT ",
            "title:",
            "region:",
            "date:",
            "since:",
            "2022",
            "..",
            "-11",
            "w/5",
            "head(",
            "atleast2(",
            "none",
            ",",
            "^2",
            "~1",
            "https://a.b/",
            "“",
            "’",
            "–",
            "选举",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Zé0-9]{1,4}",
        "\\PC{1,3}",
    ];
    prop::collection::vec(unit, 0..24).prop_map(|units| units.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_as_the_same_query(typed in any_typed()) {
        let first = read(&typed);
        let printed = first.query.to_string();
        let second = read(&printed);
        prop_assert_eq!(&second.query, &first.query, "printed `{}`", printed);
        let is_hint = |repair: &Repair| repair.code.name().starts_with('H');
        prop_assert!(second.repairs.iter().all(is_hint), "{:?} for `{}`", second.repairs, printed);
        for repair in &first.repairs {
            prop_assert!(typed.is_char_boundary(repair.position));
        }
    }
}
