//! A headline for a text that has none: its first sentence.

use crate::metadata::one_line;

/// Characters of a title made from the first sentence, more or less: it ends at a word.
const MADE_TITLE_LENGTH: usize = 100;

/// A title made from the first sentence of `body`: cut after a word at about 100 characters.
pub fn title_from_first_sentence(body: &str) -> String {
    let first_line = body.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // A sentence that matters here ends within the limit; the rest of a huge line is not read.
    let reach = first_line.char_indices().nth(4 * MADE_TITLE_LENGTH).map(|(at, _)| at);
    let line = one_line(&first_line[..reach.unwrap_or(first_line.len())]);
    let sentence = first_sentence(&line);
    let Some((limit, _)) = sentence.char_indices().nth(MADE_TITLE_LENGTH) else {
        let unfinished = reach.is_some() && sentence.len() == line.len();
        return if unfinished { format!("{sentence}…") } else { sentence.to_owned() };
    };
    // A script without spaces is cut between characters.
    let cut = sentence[..limit].rfind(' ').filter(|at| *at > limit / 2).unwrap_or(limit);
    let kept = sentence[..cut].trim_end_matches(|c: char| !c.is_alphanumeric());
    format!("{}…", if kept.is_empty() { &sentence[..cut] } else { kept })
}

/// The first sentence of a line, as Unicode UAX #29 draws it, unless that ends after an initial or
/// an abbreviation ("U.S.", "Gen.").
fn first_sentence(line: &str) -> &str {
    use unicode_segmentation::UnicodeSegmentation;

    let mut end = 0;
    for sentence in line.split_sentence_bounds() {
        end += sentence.len();
        if !crate::clean::ends_in_abbreviation(sentence.trim_end()) {
            break;
        }
    }
    line[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_made_title_is_the_first_sentence() {
        for (body, meant) in [
            ("The port reopened. Ships came.", "The port reopened."),
            (
                "\n\nThe U.S. port reopened on Monday. Ships came.",
                "The U.S. port reopened on Monday.",
            ),
            ("港口重新开放。船来了。", "港口重新开放。"),
            ("", ""),
        ] {
            assert_eq!(title_from_first_sentence(body), meant, "for `{body}`");
        }
        let long = format!("The port {}reopened.", "and the harbour ".repeat(20));
        let made = title_from_first_sentence(&long);
        assert!(made.ends_with("and the…") || made.ends_with("harbour…"), "got `{made}`");
    }

    proptest! {
        #[test]
        fn a_made_title_is_short_and_on_one_line(body in "\\PC{0,300}|(\\PC{0,20}\n){0,8}") {
            let made = title_from_first_sentence(&body);
            prop_assert!(made.chars().count() <= MADE_TITLE_LENGTH + 1);
            prop_assert_eq!(one_line(&made), made);
        }
    }
}
