//! What is read as what, where nothing needs repair.

use super::*;

#[test]
fn words_side_by_side_must_all_be_there() {
    check("Kazakhstan election OSCE", "Kazakhstan AND election AND OSCE");
    check("  Kazakhstan\u{a0}election\t", "Kazakhstan AND election");
    check("Токаев выборы 选举", "Токаев AND выборы AND 选举");
    check("e\u{301}lection", "élection");
    check("İstanbul", "İstanbul");
}

#[test]
fn operators_are_in_capitals_or_signs() {
    check("a AND b && c", "a AND b AND c");
    check("a OR b | c || d", "a OR b OR c OR d");
    check("+a -b !c", "a AND NOT b AND NOT c");
    check("a AND NOT b", "a AND NOT b");
    check("a BUT NOT b", "a AND NOT b");
    check("a BUT b", "a AND BUT AND b");
    check("a and b not c", "a AND b AND not AND c");
    check("!a b", "NOT a AND b");
}

#[test]
fn not_binds_before_and_and_before_or() {
    check("a b OR c d", "(a AND b) OR (c AND d)");
    check("a OR b c", "a OR (b AND c)");
    check("(a OR b) c", "(a OR b) AND c");
    check("NOT a b", "NOT a AND b");
    check("NOT (a b)", "NOT (a AND b)");
    check("-(a OR b)", "NOT (a OR b)");
    check("((a)) ((b OR (c OR d)))", "a AND (b OR c OR d)");
    check("(a b) c", "a AND b AND c");
}

#[test]
fn negation_alone_means_everything_but() {
    check("-OSCE", "NOT OSCE");
    check("NOT OSCE", "NOT OSCE");
    check("NOT NOT a", "a");
    check("NOT -a", "a");
    check("* -a", "* AND NOT a");
}

#[test]
fn quotation_marks_of_any_kind_make_a_phrase() {
    for typed in ["\"snap election\"", "“snap election”", "«snap election»", "„snap  election“"]
    {
        check(typed, "\"snap election\"");
    }
    check("\"snap election\"~3", "\"snap election\"~3");
    check("\"snap election\"~3u", "\"snap election\"~3u");
    check("\"snap election\"~0u", "\"snap election\"~0u");
    check("\"snap election\"~0", "\"snap election\"");
    check("\"Astana, Kazakhstan.\"", "\"Astana Kazakhstan\"");
    check("\"OSCE\"", "OSCE");
    check("\"AND\"", "\"AND\"");
    check("\"well-being\"", "\"well-being\"");
    check(r#""the \"snap\" vote""#, r#""the snap vote""#);
    check("say\"snap election\"now", "say AND \"snap election\" AND now");
}

#[test]
fn an_equals_sign_asks_for_the_form_as_typed() {
    check("=Tokayev", "=Tokayev");
    check("=\"Tokayev said\"", "=\"Tokayev said\"");
    check("=\"AND\"", "=AND");
    check("-=AT&T", "NOT =AT&T");
    check("a = b", "a AND b");
    check("a=b", "a=b");
}

#[test]
fn punctuation_within_words_is_no_operator() {
    for word in [
        "O'Brien",
        "AT&T",
        "COVID-19",
        "U.S.",
        "C++",
        "10,000",
        "well-being",
        "#osce",
        "@osce",
        "Kazakhstan's",
        "and/or",
        "24/7",
        "10:30",
        "me@example.org",
        "osce.org",
        "$100",
        "10%",
    ] {
        check(word, word);
    }
    check("O’Brien", "O'Brien");
    check("Kazakh–Russian border", "Kazakh AND Russian AND border");
    check("Kazakhstan - election", "Kazakhstan AND election");
    check("Kazakhstan -- election", "Kazakhstan AND election");
    check("Kazakhstan, Russia; (China).", "Kazakhstan AND Russia AND China");
    check("who is Tokayev?", "who AND Tokayev");
    check("Yahoo! news…", "Yahoo AND news");
    check("observer(s)", "observer AND s");
}

#[test]
fn a_backslash_makes_a_mark_literal() {
    check(r"region\:KZ", r"region\:KZ");
    check(r"Toka\*", "Toka");
    check(r"a\*b", r"a\*b");
    check(r"\-a", "a");
    check(r#"a\"b"#, r#"a\"b"#);
}

#[test]
fn wildcards_stand_for_letters() {
    for pattern in ["Toka*", "*bayev", "T?kaev", "elect*n", "?okayev", "Тока*"] {
        check(pattern, pattern);
    }
    check("Toka**", "Toka*");
    check("Toka*?", "Toka*");
    check("=Toka*", "Toka*");
    check("What?!", "What");
    check("*", "*");
    check("**", "*");
    check("? ??", "");
}

#[test]
fn wildcards_stand_in_phrases() {
    check("\"snap elec*\"", "snap pre/0 elec*");
    check("\"snap elec*\"~3", "snap pre/3 elec*");
    check("\"snap elec*\"~3u^2", "(snap w/3 elec*)^2");
    check("\"the snap elec*\"", "(the pre/0 snap) pre/0 elec*");
    check("\"elec*\"", "elec*");
    check("\"elec*\" w/5 a", "elec* w/5 a");
}

#[test]
fn slashes_enclose_a_regular_expression() {
    check("/strik(e|ing)/", "/strik(e|ing)/");
    check("vote /tok[ao]y?ev/^2 OR (/a.b/)", "(vote AND /tok[ao]y?ev/^2) OR /a.b/");
    check(r"/u\.s\d{1,2}/", r"/u\.s\d{1,2}/");
    check("re:\"strik(e|ing)\"^2", "/strik(e|ing)/^2");
    check("re:\"a/b\"", r"/a\/b/");
    check("title:/a|b/ lead(/a|b/)", "title:/a|b/ AND lead(/a|b/)");
    check("strike w/5 /dock(s|ers)/", "strike w/5 /dock(s|ers)/");
    check("-/a|b/", "NOT /a|b/");
    check("/usr/lib/ and/or 24/7", "usr/lib AND and/or AND 24/7");
}

#[test]
fn capitals_are_asked_for() {
    check("caps(RICO) ALLCAPS(WHO) nocaps(apple)", "caps(RICO) AND allcaps(WHO) AND nocaps(apple)");
    check("caps(a OR \"b c\"~2)", "caps(a) OR caps(\"b c\"~2)");
    check("caps(a b) w/5 c", "caps(a) AND caps(b) AND c R6");
    check("caps(a) w/5 nocaps(bo*)", "caps(a) w/5 nocaps(bo*)");
    check("caps(a w/5 =b)", "caps(a) w/5 caps(=b)");
    check("title:(caps(a)) caps(title:a)", "title:(caps(a)) AND title:(caps(a))");
    check("atleast3(caps(a)) caps(atleast3(a))", "atleast3(caps(a)) AND atleast3(caps(a))");
    check("NOT caps(a)^2", "NOT caps(a)^2");
    check("caps(NOT a b)", "NOT caps(a) AND caps(b)");
}

#[test]
fn numbers_have_ranges() {
    check("vote len:>300", "vote AND len:>=301");
    check("len:>=300 length:<=500 words:200..800", "len:>=300 AND len:<=500 AND len:200..800");
    check("len:[200 TO 800] len:{200 TO 800}", "len:200..800 AND len:201..799");
    check("date.conf:>=80^2", "date.conf:>=80^2");
    check("len:(100 200..300)", "len:100 OR len:200..300");
    check("len:1,000 len:\"> 5\"", "len:1000 AND len:>=6");
    check("-len:<300 len:* len:none", "NOT len:<=299 AND len:* AND len:none");
}

#[test]
fn words_that_hold_sentences_together_ask_for_nothing() {
    check("elections in Kazakhstan", "elections AND Kazakhstan");
    check("The talks on wages and the strike", "talks AND wages AND strike");
    check("выборы и протесты в Казахстане", "выборы AND протесты AND Казахстане");
    check("the region:NL", "region:NL");
    check("title:(the strike) lead(in)", "title:strike AND lead(in)");
    // Where an operator, a quotation mark or `=` asks for them, they are asked for.
    check("elections AND in Kazakhstan", "elections AND in AND Kazakhstan");
    check("+in Kazakhstan -the", "in AND Kazakhstan AND NOT the");
    check("in OR Kazakhstan the", "in OR Kazakhstan");
    check("\"in\" =the Kazakhstan on* by~1", "in AND =the AND Kazakhstan AND on* AND by~1");
    check("\"elections in Kazakhstan\"", "\"elections in Kazakhstan\"");
    check("in w/5 Kazakhstan", "in w/5 Kazakhstan");
    check("to be", "to AND be");
    check("the WHO or IT", "WHO AND IT H1");
}

#[test]
fn a_tilde_allows_other_spellings() {
    check("Tokaev~", "Tokaev~1");
    check("Nazarbaev~", "Nazarbaev~2");
    check("Tokaev~2", "Tokaev~2");
    check("Tokaev~0", "Tokaev");
    check("AND~1", "AND~1");
    check("a~b", "a~b");
}

#[test]
fn a_caret_weighs() {
    check("OSCE^3 vote", "OSCE^3 AND vote");
    check("(a b)^0.5", "(a AND b)^0.5");
    check("\"a b\"~2^2", "\"a b\"~2^2");
    check("(NOT a)^2", "(NOT a)^2");
    check("(a^2)^3", "(a^2)^3");
    check("title:a^2", "title:a^2");
    check("title:(a^2)", "title:(a^2)");
    check("region:KZ^2 date:2022^3", "region:KZ^2 AND date:2022^3");
    check("region:(KZ KG)^2", "region:(KZ KG)^2");
    check("2^x x^", r"2^x AND x");
}

#[test]
fn fields_are_known_by_several_names_in_any_case() {
    for (typed, understood) in [
        ("country:KZ", "region:KZ"),
        ("REGION:KZ", "region:KZ"),
        ("source:osce.org", "publisher:osce.org"),
        ("outlet:Vesti", "publisher:Vesti"),
        ("language:ru", "lang:ru"),
        ("organization:OSCE", "org:OSCE"),
        ("people:Tokayev", "person:Tokayev"),
        ("loc:Astana", "place:Astana"),
        ("entities:*", "entity:*"),
        ("by:Smith", "author:Smith"),
        ("by=Smith", "author:Smith"),
        ("hd=vote", "title:vote"),
        ("headline:vote", "title:vote"),
        ("date.src:url", "date.src:url"),
    ] {
        check(typed, understood);
    }
}

#[test]
fn the_value_of_a_field_is_a_word_a_phrase_or_a_list() {
    check("person:\"Kassym-Jomart Tokayev\"", "person:\"Kassym-Jomart Tokayev\"");
    check("person:=\"Kassym-Jomart Tokayev\"", "person:\"Kassym-Jomart Tokayev\"");
    check("region:(KZ KG \"South Korea\")", "region:(KZ KG \"South Korea\")");
    check("region:(KZ OR KG | UZ)", "region:(KZ KG UZ)");
    check("region:KZ,KG", "region:(KZ KG)");
    check("region:KZ|KG", "region:(KZ KG)");
    check("region:(KZ, KG)", "region:(KZ KG)");
    check("region:KZ.", "region:KZ");
    check("person:(Tokayev AND Putin)", "person:Tokayev AND person:Putin");
    check("region:(KZ -RU)", "region:KZ AND NOT region:RU");
    check("author:* -author:none", "author:* AND NOT author:none");
    check("author:\"none\"", "author:\"none\"");
    check("person:Toka*", "person:Toka*");
    check("region:Kaz* tag:*land", "region:Kaz* AND tag:*land");
    check("path:*.html path:news/*/a.txt", "path:*.html AND path:news/*/a.txt");
    check("url:osce.org/*/astana/*", "url:osce.org/*/astana");
    check("path:corpus/2022/*", "path:corpus/2022/");
    check("path:\"a file (1).txt\"", "path:\"a file (1).txt\"");
    check("path:file(1).txt", "path:file(1).txt");
    check(
        "publisher:\"A, B\" publisher:(\"A, B\" C)",
        "publisher:\"A, B\" AND publisher:(\"A, B\" C)",
    );
    check("-region:KZ", "NOT region:KZ");
}

#[test]
fn title_asks_for_the_words_of_the_headline() {
    check("title:vote", "title:vote");
    check("title:\"snap vote\"~2", "title:\"snap vote\"~2");
    check("title:(a OR \"b c\")", "title:(a OR \"b c\")");
    check("title:=Tokayev title:Toka*", "title:=Tokayev AND title:Toka*");
    check("title:(a title:b)", "title:(a AND b)");
    check("title:(region:KZ (title:a) b)", "title:(region:KZ AND a AND b)");
    check("head(a OR b)", "title:(a OR b)");
    check("title:*", "*");
    check("title:AND", "title:\"AND\"");
}

#[test]
fn dates_cover_whole_periods() {
    check("vote date:2022-11", "vote AND date:2022-11");
    check("date:2022-11..2023-01", "date:2022-11-01..2023-01-31");
    check("date:2022—2023", "date:2022-01-01..2023-12-31");
    check("date:[2022-11-01 TO 2022-11-30]", "date:2022-11");
    check("date:>=2022-11-01", "date:2022-11-01..");
    check("date:last-month -date:today", "date:2022-10 AND NOT date:2022-11-20");
    check("date:\"20 November 2022\"", "date:2022-11-20");
    check("date:none", "date:none");
    check("date:*", "date:*");
    check("date:(2020 OR 2022-11)", "date:2020 OR date:2022-11");
    check("date:2020,2022", "date:2020 OR date:2022");
}

#[test]
fn since_and_until_make_one_range() {
    check("since:2022 until:2023-03", "date:2022-01-01..2023-03-31");
    check("until:2023-03 since:2022", "date:2022-01-01..2023-03-31");
    check("after:2022-11-20 before:2022-12", "date:2022-11-21..2022-11-30");
    check("since:2022 vote until:2023", "date:2022-01-01.. AND vote AND date:..2023-12-31");
    check("(a since:2022) until:2022", "a AND date:2022");
    check("since:2022 OR until:2020", "date:2022-01-01.. OR date:..2020-12-31");
    check("vote date from 2020 to 2022", "vote AND date:2020-01-01..2022-12-31");
    check("vote date aft 2020", "vote AND date:2021-01-01..");
    check("NOT since:2020 until:2022", "NOT date:2020-01-01.. AND date:..2022-12-31");
    check("title:date from 2020", "title:date AND 2020");
    check("date from Astana", "date AND Astana");
}

#[test]
fn a_pasted_address_asks_for_the_page() {
    check(
        "https://osce.org/odihr/elections/kazakhstan?x=1",
        "url:osce.org/odihr/elections/kazakhstan",
    );
    check(
        "see https://www.example.org/a_(b)?id=5&utm_x=1#c.",
        "see AND url:example.org/a_(b)?id=5",
    );
    check("(http://example.org/a:b?c=d)", "url:example.org/a:b");
    check("url:https://Example.org/", "url:example.org");
    check("-www.example.org", "NOT url:example.org");
    check("publisher:https://example.org", "publisher:https://example.org");
}

#[test]
fn nothing_is_asked_for_by_punctuation_alone() {
    for typed in ["", " ", "()", "\"\"", "- . ,", "(\"\" ())", "???", "^ ~", "[ ] { }"] {
        check(typed, "");
        assert_eq!(read(typed).query, Query::Nothing);
    }
}

#[test]
fn the_wording_tells_plain_words_from_operators() {
    for typed in ["", "a b", "\"a b\"~2 c*", "a region:(KZ KG) date:2022", "=a title:b c^2"] {
        assert_eq!(read(typed).wording, Wording::Plain, "for `{typed}`");
    }
    for typed in ["a AND b", "a OR b", "-a", "+a b", "(a b)", "a w/5 b", "title:(a b)", "a | b"] {
        assert_eq!(read(typed).wording, Wording::Operators, "for `{typed}`");
    }
}

#[test]
fn distances_bind_before_not_and_and() {
    for near in ["w/5", "W/5", "NEAR/5", "near5", "/5", "~5~", "N/5"] {
        check(&format!("alpha {near} beta"), "alpha w/5 beta");
    }
    for near in ["pre/5", "adj5", "+5", "ONEAR/5"] {
        check(&format!("alpha {near} beta"), "alpha pre/5 beta");
    }
    check("a NEAR b", "a w/10 b");
    check("a /s b", "a w/s b");
    check("a same-sentence b", "a w/s b");
    check("a SAME b", "a w/p b");
    check("the same day", "same AND day");
    check("a b w/5 c d", "a AND b w/5 c AND d");
    check("a w/5 b OR c", "a w/5 b OR c");
    check("-a w/5 b", "NOT (a w/5 b)");
    check("NOT (a w/5 b)", "NOT (a w/5 b)");
    check("(a w/5 b)^2", "(a w/5 b)^2");
    check("a w/5 b pre/3 c", "(a w/5 b) pre/3 c");
    check("a w/5 (b pre/3 c)", "a w/5 (b pre/3 c)");
    check("a w/5 (b OR (c OR \"d e\"~2))", "a w/5 (b OR c OR \"d e\"~2)");
    check("title:(a w/5 b)", "title:(a w/5 b)");
    check(
        "“snap election” w/10 (OSCE OR \"election observers\") -Moldova",
        "\"snap election\" w/10 (OSCE OR \"election observers\") AND NOT Moldova",
    );
    check("covid +19", "covid AND 19");
    check("a w/5 b*", "a w/5 b R5");
}

#[test]
fn counts_and_parts_have_several_spellings() {
    check("atleast3(OSCE)", "atleast3(OSCE)");
    check("atleast3 OSCE", "atleast3(OSCE)");
    check("ATLEAST3 \"snap vote\" b", "atleast3(\"snap vote\") AND b");
    check("repeat3:\"snap vote\"", "atleast3(\"snap vote\")");
    check("atleast3(a b OR c)", "(a AND b) OR c R6");
    check("atleast3(a b)", "atleast3(a) AND atleast3(b)");
    check("atleast3(a OR b)", "atleast3(a OR b)");
    check("atleast3(a w/5 b)", "atleast3(a w/5 b)");
    check("atleast3(a^2)", "atleast3(a)^2");
    check("atleast1(a)", "a");
    check("-atleast3(a)", "NOT atleast3(a)");
    check("lead(OSCE) first50(vote)", "lead(OSCE) AND first50(vote)");
    check("hlead(a b)", "hlead(a AND b)");
    check("body:OSCE", "body(OSCE)");
    check("body:(a b) Body:\"c d\"", "body(a AND b) AND body(\"c d\")");
    check("lead(lead(a))", "lead(a)");
    check("lead(*)", "*");
    check("lead(a)^2", "lead(a)^2");
    check("lead:a HLEAD:\"b c\"", "lead(a) AND hlead(\"b c\")");
}
