//! A text cut into numbers, words and marks.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Digits of any script: the value and how many there are; at most 14.
    Number(u64, usize),
    /// Letters with their vowel signs.
    Word(&'a str),
    /// One character that is neither, white space left out.
    Mark(char),
}

/// The tokens of `text`, each with the byte at which it starts.
pub(super) fn tokens(text: &str) -> Vec<(Token<'_>, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let length = if digit(first).is_some() {
            let length = run(|c| digit(c).is_some());
            tokens.push((number(&rest[..length]), at));
            length
        } else if is_date_sign(first) {
            tokens.push((Token::Mark(first), at));
            first.len_utf8()
        } else if first.is_alphabetic() {
            let length = run(|c| (c.is_alphabetic() || is_vowel_sign(c)) && !is_date_sign(c));
            tokens.push((Token::Word(&rest[..length]), at));
            length
        } else {
            if !first.is_whitespace() && !is_invisible(first) {
                tokens.push((Token::Mark(first), at));
            }
            first.len_utf8()
        };
        at += length;
    }
    tokens
}

/// The number in a run of digits; one that is too long to be part of a date is a mark.
fn number(digits: &str) -> Token<'static> {
    let length = digits.chars().count();
    if length > 14 {
        return Token::Mark('#');
    }
    let value =
        digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + u64::from(digit));
    Token::Number(value, length)
}

/// The value of a decimal digit of the scripts in which dates are printed.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 12] = ['0', '٠', '۰', '०', '০', '੦', '૦', '๐', '໐', '၀', '០', '０'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        (value < 10).then_some(value)
    })
}

/// Year, month and day signs of Chinese, Japanese and Korean.
fn is_date_sign(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// Signs within words that Unicode does not count as letters: accents, points of Hebrew and Arabic,
/// viramas of India, tone marks of Thai.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{e47}'..='\u{e4e}')
}

/// Joiners and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::Token::{Mark, Number, Word};
    use super::*;

    #[test]
    fn a_text_is_cut_into_numbers_words_and_marks() {
        for (text, meant) in [
            ("17. Nov", vec![Number(17, 2), Mark('.'), Word("Nov")]),
            ("١٧ نوفمبر", vec![Number(17, 2), Word("نوفمبر")]),
            ("２０２２年", vec![Number(2022, 4), Mark('年')]),
            ("\u{200f}17", vec![Number(17, 2)]),
            ("123456789012345", vec![Mark('#')]),
            ("", vec![]),
        ] {
            let got: Vec<_> = tokens(text).into_iter().map(|(token, _)| token).collect();
            assert_eq!(got, meant, "for `{text}`");
        }
    }
}
