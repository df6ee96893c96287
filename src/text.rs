//! Text of unknown origin: on one line, and safe to show on a terminal.
//!
//! Whatever stands in a page, a record or the name of a file may end up on a reader's screen. There
//! an escape sequence repaints, retitles or answers for the reader, and a bidirectional override
//! makes `exe.txt` of `txt.exe`. [`printable`] is the one gate through which such text passes.
//!
//! Each character is judged by itself, so the parts of a text may be made printable one by one.

use std::borrow::Cow;

/// The text with nothing in it that steers a terminal instead of being shown by it.
///
/// - Tabs and line breaks of every kind become one space each.
/// - Other control characters (C0, DEL, C1) become U+FFFD, so that a reader sees that something
///   stood there; what followed an ESC stays as harmless letters.
/// - Explicit bidirectional formatting (embeddings, overrides, isolates: UAX #9, section 2) and the
///   deprecated format characters U+206A to U+206F are left out. Marks that only hint at a
///   direction stay, since right-to-left text needs them.
///
/// Borrows the text where nothing changes, which is the rule.
pub fn printable(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(|c| !is_printable(c)) else {
        return Cow::Borrowed(text);
    };
    let (clean, rest) = text.split_at(first);
    let mut printable = String::with_capacity(text.len());
    printable.push_str(clean);
    printable.extend(rest.chars().filter_map(shown));
    Cow::Owned(printable)
}

/// `text` on one line: each run of white space is one space, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether [`printable`] keeps `c` as it is.
pub fn is_printable(c: char) -> bool {
    shown(c) == Some(c)
}

/// What is shown for `c`, if anything.
fn shown(c: char) -> Option<char> {
    match c {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => None,
        c if c.is_control() => Some(char::REPLACEMENT_CHARACTER),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(printable(text), expected, "for {text:?}");
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["", "Astana, Nov. 20", "Қазақстан", "哈萨克斯坦", "e\u{301}", "\u{200f}שלום"]
        {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn tabs_and_line_breaks_become_spaces() {
        check("a\tb\nc\rd\u{b}e\u{c}f\u{85}g\u{2028}h\u{2029}i", "a b c d e f g h i");
    }

    #[test]
    fn other_controls_become_a_visible_mark() {
        check("\u{1b}[31mred\u{1b}[0m", "\u{fffd}[31mred\u{fffd}[0m");
        check("a\0b\u{7f}c\u{9b}2Jd\u{7}", "a\u{fffd}b\u{fffd}c\u{fffd}2Jd\u{fffd}");
    }

    #[test]
    fn explicit_direction_is_left_out() {
        check("evil\u{202e}txt.exe\u{202c}", "eviltxt.exe");
        check("\u{2066}a\u{2067}b\u{2068}c\u{2069}", "abc");
    }

    proptest! {
        #[test]
        fn the_result_holds_no_control_and_no_explicit_direction(text in any::<String>()) {
            let printable = printable(&text);
            prop_assert!(!printable.contains(char::is_control));
            let steers = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
            prop_assert!(!printable.contains(steers), "{printable:?}");
        }

        #[test]
        fn a_printable_text_stays_as_it_is(text in any::<String>()) {
            let once = printable(&text);
            prop_assert_eq!(&printable(&once), &once);
        }

        #[test]
        fn the_parts_are_the_whole(a in any::<String>(), b in any::<String>()) {
            let whole = format!("{a}{b}");
            prop_assert_eq!(printable(&whole), printable(&a).into_owned() + &printable(&b));
        }
    }
}
