//! Cutting finds the records that a JSON parser finds, in whatever layout and in whatever chunks
//! the bytes arrive; damage costs the record that it is in.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::source::window::Trickle;

const LIMIT: usize = 100;

/// The pieces that `text` is cut into, a line each: where it begins, and what it is.
fn pieces(layout: Layout, text: &str, limit: usize, step: usize) -> Vec<String> {
    let bytes = Window::new(Trickle { bytes: text.as_bytes(), step });
    let mut cutter = Cutter::new(layout, bytes, limit);
    let mut pieces = Vec::new();
    while let Some(piece) = cutter.next().expect("a readable stream") {
        pieces.push(match piece {
            Piece::Whole { offset, bytes, ending } => {
                let at = usize::try_from(offset).expect("a small offset");
                assert_eq!(&text.as_bytes()[at..at + bytes.len()], bytes);
                let open = if ending == Ending::Open { " (open)" } else { "" };
                format!("{offset} {}{open}", String::from_utf8_lossy(bytes))
            }
            Piece::TooLarge { offset } => format!("{offset} too large"),
            Piece::CutShort { offset } => format!("{offset} cut short"),
            Piece::Misplaced { offset, byte } => format!("{offset} misplaced {}", char::from(byte)),
        });
    }
    pieces
}

#[track_caller]
fn check(layout: Layout, text: &str, expected: &[&str]) {
    for step in [1, 2, 3, 7, 1000] {
        assert_eq!(pieces(layout, text, LIMIT, step), expected, "for {text} by {step}");
    }
}

#[test]
fn a_line_is_a_record_and_empty_lines_are_none() {
    check(Layout::Lines, "{\"a\":1}\r\n\n \t\n  {\"b\":2}\n", &["0 {\"a\":1}", "15 {\"b\":2}"]);
    check(Layout::Lines, "\u{FEFF}{}\nnot json\n[", &["3 {}", "6 not json", "15 [ (open)"]);
    check(Layout::Lines, " \n\n", &[]);
}

#[test]
fn a_line_over_the_limit_is_named_and_the_next_is_read() {
    let text = format!("{{}}\n{}\n{{}}\n{}", "x".repeat(LIMIT + 1), "y".repeat(LIMIT));
    let last = format!("108 {} (open)", "y".repeat(LIMIT));
    check(Layout::Lines, &text, &["0 {}", "3 too large", "105 {}", &last]);
}

#[test]
fn elements_of_an_array_are_records() {
    check(
        Layout::Values,
        r#"[ {"a":"]}\""}, {"b":[1,{"c":2}]} , 7,"x\\",[1],null]"#,
        &[
            "2 {\"a\":\"]}\\\"\"}",
            "16 {\"b\":[1,{\"c\":2}]}",
            "36 7",
            "38 \"x\\\\\"",
            "44 [1]",
            "48 null",
        ],
    );
    check(Layout::Values, "\u{FEFF}[]", &[]);
    check(Layout::Values, "[{},]", &["1 {}"]);
}

#[test]
fn values_one_after_another_are_records() {
    check(
        Layout::Values,
        "{\n\"a\": 1\n}\n{}, {}[{}]\n",
        &["0 {\n\"a\": 1\n}", "11 {}", "15 {}", "18 {}"],
    );
}

#[test]
fn elements_of_a_wrapped_array_are_records() {
    check(
        Layout::Values,
        r#"{"n":2,"hits":{"hits":[{"a":1},{"b":2}],"c":[{}]}} {"items":[{}]}{"d":3}"#,
        &["23 {\"a\":1}", "31 {\"b\":2}", "61 {}", "65 {\"d\":3}"],
    );
    check(Layout::Values, r#"{"items":[{}], "#, &["10 {}", "12 cut short"]);
}

#[test]
fn an_array_cut_in_half_gives_its_whole_elements() {
    check(Layout::Values, r#"[{"a":1}, {"b": "x"#, &["1 {\"a\":1}", "10 cut short"]);
    check(Layout::Values, r#"[{"a":1},"#, &["1 {\"a\":1}", "9 cut short"]);
    check(Layout::Values, "[", &["1 cut short"]);
    check(Layout::Values, "{\"a\\", &["0 cut short"]);
}

#[test]
fn an_element_over_the_limit_is_named_and_the_next_is_read() {
    let text = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(LIMIT));
    check(Layout::Values, &text, &["1 too large", "110 {}"]);
}

#[test]
fn what_cannot_stand_between_records_ends_the_file() {
    check(Layout::Values, "[{}}, {}]", &["1 {}", "3 misplaced }"]);
    check(Layout::Values, "{} text", &["0 {}", "3 misplaced t"]);
}

#[test]
fn nesting_of_any_depth_is_followed_without_recursion() {
    let deep = "[".repeat(200_000);
    assert_eq!(pieces(Layout::Values, &deep, LIMIT, 1000), ["1 cut short"]);
    let closed = format!("[{deep}{}]", "]".repeat(200_000));
    assert_eq!(pieces(Layout::Values, &closed, LIMIT, 1000), ["1 too large"]);
}

/// Any JSON value a few levels deep.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z\\[\\]{}\",:\\\\ é\n]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z\"]{0,3}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Spells `value` in JSON, compact or over several lines.
fn spelled(value: &Value, is_pretty: bool) -> String {
    if is_pretty { format!("{value:#}") } else { value.to_string() }
}

/// The values that the pieces of `text` parse as.
fn values(layout: Layout, text: &str, step: usize) -> Vec<Value> {
    let piece = |piece: String| {
        let (_, json) = piece.split_once(' ').expect("an offset");
        serde_json::from_str(json).expect("valid JSON")
    };
    pieces(layout, text, usize::MAX, step).into_iter().map(piece).collect()
}

proptest! {
    #[test]
    fn cutting_an_array_finds_what_a_parser_finds(
        elements in prop::collection::vec(any_value(), 0..6),
        is_pretty: bool,
        step in 1_usize..40,
    ) {
        let text = spelled(&json!(elements), is_pretty);
        prop_assert_eq!(values(Layout::Values, &text, step), elements);
    }

    #[test]
    fn objects_in_any_layout_give_the_same_records(
        records in prop::collection::vec(any_value().prop_map(|value| json!({ "q": value })), 0..6),
        step in 1_usize..40,
    ) {
        let join = |separator: &str, is_pretty| {
            let spelled: Vec<_> = records.iter().map(|record| spelled(record, is_pretty)).collect();
            spelled.join(separator)
        };
        for text in [join("\n", false), join("\n", true), join(" , ", true), join("", false)] {
            prop_assert_eq!(&values(Layout::Values, &text, step), &records);
        }
        let lines = join("\r\n", false) + "\n";
        prop_assert_eq!(&values(Layout::Lines, &lines, step), &records);
        if !records.is_empty() {
            let wrapped = spelled(&json!({ "n": 1, "articles": records }), true);
            prop_assert_eq!(&values(Layout::Values, &wrapped, step), &records);
        }
    }

    #[test]
    fn the_chunks_in_which_bytes_arrive_do_not_matter(
        text in "[\\[\\]{}\",:\\\\ a1\n]{0,60}",
        step in 1_usize..40,
    ) {
        for layout in [Layout::Lines, Layout::Values] {
            prop_assert_eq!(pieces(layout, &text, 9, 1), pieces(layout, &text, 9, step));
        }
    }
}
