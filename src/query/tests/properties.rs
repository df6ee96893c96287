//! What holds for any text and any query.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::parse::MOST_LEVELS;
use super::*;

/// Text in which everything that could mean something is frequent.
fn any_typed() -> impl Strategy<Value = String> {
    let mark = select(
        "( ) \" - + = ! ~ ^ * ? : | || && \\ , ; [ ] { } / . ' & # @ < > .. – — “ ’ … w/5 near3 /s pre/2 +5 w/p \
         ^2 ~1 ~3u title: region: person: url: path: date: since: until: len: body: head( lead( \
         first9( atleast2( atleast2 repeat3: caps( nocaps( /a(b|c)/ /[a/ re:\" len:>3 date.conf: 1..9 the 2022 -11 2022-11-20 none https://a.b/ www.c.d BUT AND OR NOT or \u{301} 选举 ́"
            .split_whitespace()
            .collect::<Vec<_>>(),
    );
    let part = prop_oneof![
        4 => mark.prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        2 => "[a-zA-Zé0-9]{1,3}",
        1 => "\\PC{1,2}",
    ];
    vec(part, 0..12).prop_map(|parts| parts.concat())
}

/// Words that the parser makes, the odd ones above all.
fn any_word() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "AND",
        "NOT",
        "or",
        "BUT",
        "NEAR",
        "near5",
        "w/5",
        "w/s",
        "SAME",
        "same-sentence",
        "lead",
        "atleast3",
        "O'Brien",
        "U.S.",
        "C++",
        "#osce",
        "10,000",
        "re:vote",
        "region:KZ",
        "a\"b",
        "a(b)c",
        r"a\b",
        "a*b",
        "a?b",
        "x^2",
        "a~1",
        "a~b",
        "a|b",
        "a&&b",
        "date",
        "none",
        "www.x.org",
        "http://x.org",
        "/a/b",
        "选举",
        "токаев",
        "well-being",
        "2022-11",
        "a=b",
        "a,b",
        "a;b",
        "é",
    ]);
    prop_oneof!["[a-zA-Z0-9]{1,6}", odd.prop_map(str::to_owned)]
        .prop_filter("trimmed as the parser trims", |word| !word.starts_with('/'))
}

fn any_phrase() -> impl Strategy<Value = String> {
    let one = select(vec!["well-being", "AT&T", "a*b", "C++"]).prop_map(str::to_owned);
    prop_oneof![1 => one, 4 => vec(any_word(), 2..4).prop_map(|words| words.join(" "))]
}

fn any_text() -> impl Strategy<Value = Text> {
    let pattern = select(vec!["Toka*", "*bayev", "T?kaev", "elect*n", "AND*", "?or"]);
    let regex =
        select(vec!["tok[ao]y?ev", "a|b", r"\d{4}", r"u\.s", r"a\/b", "(a)", "a\"b", "x^2"]);
    let text = prop_oneof![
        4 => any_word().prop_map(Text::Word),
        1 => any_word().prop_map(Text::Exact),
        1 => any_phrase().prop_map(Text::Exact),
        1 => pattern.prop_map(|pattern| Text::Wildcard(pattern.into())),
        1 => (any_word(), 1..=2_u8).prop_map(|(word, n)| Text::Fuzzy(word, n)),
        1 => regex.prop_map(|regex| Text::Regex(regex.into())),
        2 => (any_phrase(), 0..=3_u32, any::<bool>())
            .prop_map(|(words, slop, ordered)| Text::Phrase { words, slop, ordered }),
    ];
    let letters = select(Letters::ALL);
    prop_oneof![
        8 => text.clone(),
        1 => (letters, text).prop_map(|(letters, text)| Text::Cased(letters, Box::new(text))),
    ]
}

fn any_span() -> impl Strategy<Value = Span> {
    any_text().prop_map(Span::Text).prop_recursive(3, 8, 3, |inner| {
        let near = (inner.clone(), inner.clone(), any_proximity())
            .prop_map(|(left, right, proximity)| Near { left, right, proximity });
        let alternatives = vec(inner.clone(), 2..4).prop_map(|spans| {
            let queries = spans.into_iter().map(Query::from).collect();
            Query::any_of(queries).and_then(|query| query.try_into().ok()).expect("spans")
        });
        prop_oneof![2 => near.prop_map(|near| Span::Near(Box::new(near))), 1 => alternatives]
    })
}

fn any_near() -> impl Strategy<Value = Near> {
    (any_span(), any_span(), any_proximity()).prop_map(|(left, right, proximity)| Near {
        left,
        right,
        proximity,
    })
}

fn any_proximity() -> impl Strategy<Value = Proximity> {
    let reach = prop_oneof![
        4 => (0..=999_u32).prop_map(Reach::Words),
        1 => Just(Reach::Sentence),
        1 => Just(Reach::Paragraph),
    ];
    (reach, any::<bool>()).prop_map(|(reach, ordered)| Proximity { reach, ordered })
}

fn any_field() -> impl Strategy<Value = Query> {
    let value = select(vec![
        "KZ",
        "none",
        "OR",
        "AND",
        "*a",
        "Toka*",
        "T*",
        "A, B",
        "a|b",
        "South Korea",
        "a^2",
        "a~1",
        "=a",
        "(a)",
        "a\"b",
        r"a\b",
        "a–b",
        "U.S.",
        "x.",
        "http://x.org",
        "2022",
    ]);
    let values = vec(value.prop_map(str::to_owned), 1..4);
    let test = prop_oneof![
        3 => values.prop_map(FieldTest::AnyOf),
        1 => Just(FieldTest::Exists),
        1 => Just(FieldTest::Missing),
    ];
    let is_plain = |field: &Field| *field != Field::Url && !field.is_number();
    let fields = Field::ALL.iter().copied().filter(is_plain);
    let number = (select(vec![Field::Length, Field::DateConfidence]), any_number_test());
    let page =
        select(vec!["osce.org/odihr", "a.org/b?id=5", "a.org/(b)", "a.org/x^2", "a.org/b,c"]);
    prop_oneof![
        4 => (select(fields.collect::<Vec<_>>()), test).prop_map(|(field, test)| Query::Field(field, test)),
        1 => number.prop_map(|(field, test)| Query::Field(field, test)),
        1 => page.prop_map(|page| Query::Field(Field::Url, FieldTest::AnyOf(vec![page.into()]))),
    ]
}

fn any_number_test() -> impl Strategy<Value = FieldTest> {
    let number = || 0..1_000_u64;
    prop_oneof![
        (number(), number()).prop_map(|(a, b)| (Some(a.min(b)), Some(a.max(b)))),
        number().prop_map(|number| (Some(number), Some(number))),
        number().prop_map(|least| (Some(least), None)),
        number().prop_map(|most| (None, Some(most))),
    ]
    .prop_map(|(least, most)| FieldTest::Within { least, most })
}

fn any_date() -> impl Strategy<Value = Query> {
    let day = (1000..=9999_i32, 1..=366_u32)
        .prop_filter_map("a real day", |(year, day)| NaiveDate::from_yo_opt(year, day));
    let month = (1000..=9999_i32, 1..=12_u32)
        .prop_filter_map("a real month", |(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
    let test = prop_oneof![
        2 => (day.clone(), day.clone()).prop_map(|(a, b)| (Some(a.min(b)), Some(a.max(b)))),
        1 => day.clone().prop_map(|day| (Some(day), Some(day))),
        1 => month.prop_map(|first| {
            let next = first.checked_add_months(chrono::Months::new(1));
            (Some(first), next.and_then(|next| next.pred_opt()))
        }),
        1 => day.clone().prop_map(|day| (Some(day), None)),
        1 => day.prop_map(|day| (None, Some(day))),
    ]
    .prop_map(|(first, last)| DateTest::Within { first, last });
    prop_oneof![4 => test, 1 => Just(DateTest::Dated), 1 => Just(DateTest::Undated)]
        .prop_map(Query::Date)
}

/// Joins leaves in all ways that the parser does.
fn any_tree(leaf: BoxedStrategy<Query>) -> impl Strategy<Value = Query> {
    leaf.prop_recursive(4, 16, 3, |inner| {
        let factor = select(vec![0.5_f32, 2.0, 3.25, 100.0, 1e-7]);
        prop_oneof![
            3 => vec(inner.clone(), 1..4).prop_map(|queries| Query::all_of(queries).expect("one")),
            3 => vec(inner.clone(), 1..4).prop_map(|queries| Query::any_of(queries).expect("one")),
            1 => inner.clone().prop_map(Query::none_of),
            1 => (inner, factor).prop_map(|(query, factor)| Query::Boost(Box::new(query), factor)),
        ]
    })
}

fn any_query() -> impl Strategy<Value = Query> {
    let text = any_text().prop_map(Query::Text).boxed();
    let spans = prop_oneof![
        4 => text.clone(),
        2 => any_near().prop_map(|near| Query::Near(Box::new(near))),
        1 => (2..=9_u32, any_span()).prop_map(|(times, span)| Query::AtLeast(times, span)),
    ];
    let spans = spans.boxed();
    let zone =
        select(vec![Zone::Title, Zone::TitleAndLead, Zone::Lead, Zone::First(50), Zone::Body]);
    let part =
        (zone, any_tree(spans.clone())).prop_map(|(zone, query)| Query::In(zone, Box::new(query)));
    let leaf = prop_oneof![
        6 => spans,
        1 => part,
        2 => any_field(),
        1 => any_date(),
        1 => Just(Query::All),
    ];
    any_tree(leaf.boxed())
        .prop_filter("ranges side by side are one range", |query| !has_halves_of_a_range(query))
}

fn has_halves_of_a_range(query: &Query) -> bool {
    let is_open = |query: &Query| {
        matches!(
            query,
            Query::Date(DateTest::Within { first: None, .. } | DateTest::Within { last: None, .. })
        )
    };
    match query {
        Query::And(clauses) => {
            clauses.windows(2).any(|pair| pair.iter().all(is_open))
                || clauses.iter().any(has_halves_of_a_range)
        }
        Query::Or(clauses) => clauses.iter().any(has_halves_of_a_range),
        Query::Not(inner) | Query::In(_, inner) | Query::Boost(inner, _) => {
            has_halves_of_a_range(inner)
        }
        _ => false,
    }
}

fn nodes(query: &Query) -> usize {
    1 + match query {
        Query::And(clauses) | Query::Or(clauses) => clauses.iter().map(nodes).sum(),
        Query::Not(inner) | Query::In(_, inner) | Query::Boost(inner, _) => nodes(inner),
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_what_is_printed_is_read_as_the_same(typed in any_typed()) {
        let Parsed { query, repairs, .. } = read(&typed);
        for repair in &repairs {
            prop_assert!(typed.is_char_boundary(repair.position), "{:?}", repair);
        }
        prop_assert!(nodes(&query) <= 4 * typed.len().max(1));
        prop_assert!(query.depth() <= MOST_LEVELS);
        let printed = query.to_string();
        let again = read(&printed);
        prop_assert_eq!(&again.query, &query, "printed `{}`", printed);
        prop_assert!(again.repairs.iter().all(is_hint), "{:?} in `{}`", again.repairs, printed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40_000, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_read_as_it_is_printed(query in any_query()) {
        let printed = query.to_string();
        let again = read(&printed);
        prop_assert_eq!(&again.query, &query, "printed `{}`", printed);
        prop_assert!(again.repairs.iter().all(is_hint), "{:?} in `{}`", again.repairs, printed);
        prop_assert_eq!(again.query.to_string(), printed);
    }
}
