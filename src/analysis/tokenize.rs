//! Cuts text into tokens.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Longer words are cut here: nobody types them, and the engine refuses terms of 64 kB.
pub const MAX_TERM_BYTES: usize = 128;

/// How many parts a compound such as `mother-in-law` has at most to be joined as well.
const MAX_JOINED_PARTS: usize = 4;

/// How many letters a word in capitals has at most to be taken for an acronym.
const MAX_ACRONYM_LETTERS: usize = 6;

/// A token as it stands in a text, before folding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Token<'a> {
    /// The characters of the term, unfolded.
    pub term: &'a str,
    /// The bytes of the text that it covers.
    pub range: Range<usize>,
    /// The number of the word in the text, counting from 0.
    pub position: u32,
    /// What the term is.
    pub form: Form,
}

/// What a term is to the word it stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// The word itself, to be folded and stemmed.
    Word,
    /// A number, or a character of a script without spaces: to be folded, never stemmed.
    Plain,
    /// A second form on the position of a word (joined, acronym, pair), not to be stemmed.
    Second,
}

/// What a character is to a tokenizer.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Class {
    Letter,
    Digit,
    /// A character of a script that is written without spaces between words.
    Unspaced,
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            '0'..='9' => Class::Digit,
            'a'..='z' | 'A'..='Z' => Class::Letter,
            _ => Class::Other,
        };
    }
    common_class(c).unwrap_or_else(|| class_by_tables(c))
}

/// Likewise, of the characters beyond ASCII that most texts are written in.
fn common_class(c: char) -> Option<Class> {
    match c {
        // Latin with its accents, Greek and Cyrillic letters; dashes, quotation marks and the like.
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => Some(Class::Letter),
        '\u{3b1}'..='\u{3f5}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => {
            Some(Class::Letter)
        }
        '\u{2000}'..='\u{2064}' => Some(Class::Other),
        _ => None,
    }
}

fn class_by_tables(c: char) -> Class {
    match c {
        // Thai to Myanmar, Khmer; kana; Han with its extensions; Hangul, whose words carry particles.
        '\u{0e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' if !is_tibetan_or_georgian(c) => {
            if c.is_alphanumeric() || is_combining_mark(c) { Class::Unspaced } else { Class::Other }
        }
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
            if c.is_alphanumeric() =>
        {
            Class::Unspaced
        }
        _ if c.is_numeric() && c.to_digit(36).is_none() && !c.is_alphabetic() => Class::Digit,
        _ if c.is_alphanumeric() || is_combining_mark(c) => Class::Letter,
        _ => Class::Other,
    }
}

/// Tibetan lies in the middle of the unspaced scripts but marks its syllables.
fn is_tibetan_or_georgian(c: char) -> bool {
    ('\u{0f00}'..='\u{0fff}').contains(&c)
}

/// A character that joins two words into one without a space: `well-being`, `O'Brien`, `AT&T`.
fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '\'' | '&' | '\u{2010}' | '\u{2011}' | '\u{2019}' | '\u{02bc}' | '\u{ff07}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02bc}' | '\u{ff07}')
}

/// Characters that lie inside a word without being part of it.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Cuts stretches of a text.
pub(super) struct Cutter<'a> {
    whole: &'a str,
    /// The text to the end of the stretch.
    text: &'a str,
    at: usize,
    /// The number of the next word.
    pub(super) position: u32,
    /// Kept between words for their memory alone.
    joined: String,
    parts: Vec<Range<usize>>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (joined, parts) = (String::new(), Vec::new());
        Self { whole: text, text, at: 0, position: 0, joined, parts }
    }

    /// Emits the words of a stretch, each with all its forms. What is cut at white space, or not at
    /// all, is cut as it is within its text.
    pub(super) fn cut(&mut self, stretch: Range<usize>, emit: &mut impl FnMut(Token<'_>)) {
        self.text = &self.whole[..stretch.end];
        self.at = stretch.start;
        while let Some((start, class)) = self.skip_to_word() {
            match class {
                Class::Unspaced => self.unspaced(start, emit),
                Class::Digit => self.number_or_compound(start, emit),
                Class::Letter | Class::Other => self.compound(start, emit),
            }
        }
    }

    fn skip_to_word(&mut self) -> Option<(usize, Class)> {
        let rest = &self.text[self.at..];
        for (offset, c) in rest.char_indices() {
            let class = class(c);
            // A mark on nothing begins no word.
            if class != Class::Other && !is_combining_mark(c) {
                self.at += offset;
                return Some((self.at, class));
            }
        }
        self.at = self.text.len();
        None
    }

    /// The end of the run of letters and digits that starts at `start`.
    fn run_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let end = rest
            .char_indices()
            .find(|&(_, c)| !matches!(class(c), Class::Letter | Class::Digit) && !is_ignorable(c));
        start + end.map_or(rest.len(), |(offset, _)| offset)
    }

    /// A run of an unspaced script: each character, and the pair that starts there.
    fn unspaced(&mut self, start: usize, emit: &mut impl FnMut(Token<'_>)) {
        let rest = &self.text[start..];
        let mut chars = rest.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if class(c) != Class::Unspaced {
                self.at = start + offset;
                return;
            }
            let from = start + offset;
            let to = from + c.len_utf8();
            let position = self.take_position();
            self.emit(emit, from..to, position, Form::Plain);
            if let Some(&(_, next)) = chars.peek()
                && class(next) == Class::Unspaced
            {
                self.emit(emit, from..to + next.len_utf8(), position, Form::Second);
            }
        }
        self.at = self.text.len();
    }

    /// A number with separators (`10,000`, `3.5`) is one token; anything else is a compound.
    fn number_or_compound(&mut self, start: usize, emit: &mut impl FnMut(Token<'_>)) {
        let bytes = self.text.as_bytes();
        let digits =
            |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = start + digits(start);
        let mut separated = false;
        while end > start && matches!(bytes.get(end), Some(b'.' | b',')) {
            let more = digits(end + 1);
            // A comma separates thousands; `3,5` in a list, or a decimal comma, stays two numbers.
            if more == 0 || bytes[end] == b',' && more != 3 {
                break;
            }
            end += 1 + more;
            separated = true;
        }
        if !separated || self.run_end(end) != end {
            return self.compound(start, emit);
        }
        self.joined.clear();
        self.joined.extend(self.text[start..end].chars().filter(|&c| c != ','));
        let position = self.take_position();
        let term = cut(&self.joined);
        emit(Token { term, range: start..end, position, form: Form::Plain });
        self.at = end;
    }

    /// A word, or several held together by hyphens and the like, each on its own position, with
    /// the joined form on the first; or an acronym with full stops.
    fn compound(&mut self, start: usize, emit: &mut impl FnMut(Token<'_>)) {
        if let Some(end) = self.dotted_acronym(start) {
            return self.acronym(start..end, emit);
        }
        if let Some(end) = self.signed_letter(start) {
            let position = self.take_position();
            self.emit(emit, start..end, position, Form::Plain);
            self.at = end;
            return;
        }
        let mut parts = std::mem::take(&mut self.parts);
        self.at = self.cut_compound(start, &mut parts);
        let first_position = self.position;
        for (place, part) in parts.iter().enumerate() {
            self.word(part.clone(), emit);
            if place == 0 && (2..=MAX_JOINED_PARTS).contains(&parts.len()) {
                self.joined(&parts, first_position, emit);
            }
        }
        parts.clear();
        self.parts = parts;
    }

    /// Finds the parts of the compound at `start`; gives where it ends, a possessive included.
    fn cut_compound(&self, start: usize, parts: &mut Vec<Range<usize>>) -> usize {
        let mut from = start;
        loop {
            let end = self.run_end(from);
            parts.push(from..end);
            match self.next_part(end) {
                Next::Part(next) => from = next,
                Next::Possessive(after) => return after,
                Next::End => return end,
            }
        }
    }

    /// All parts as one word.
    fn joined(&mut self, parts: &[Range<usize>], position: u32, emit: &mut impl FnMut(Token<'_>)) {
        self.joined.clear();
        for part in parts {
            self.joined.extend(self.text[part.clone()].chars().filter(|&c| !is_ignorable(c)));
        }
        if let [first, .., last] = parts
            && self.joined.len() <= MAX_TERM_BYTES
        {
            let range = first.start..last.end;
            emit(Token { term: &self.joined, range, position, form: Form::Second });
        }
    }

    /// One part of a compound.
    fn word(&mut self, range: Range<usize>, emit: &mut impl FnMut(Token<'_>)) {
        let word = &self.text[range.clone()];
        if !word.contains(is_ignorable) {
            return self.clean_word(range, emit);
        }
        let clean: String = word.chars().filter(|&c| !is_ignorable(c)).collect();
        let position = self.take_position();
        emit(Token { term: cut(&clean), range, position, form: Form::Word });
    }

    /// A word without what lies inside words; a short one in capitals also as an acronym.
    #[inline]
    pub(super) fn clean_word(&mut self, range: Range<usize>, emit: &mut impl FnMut(Token<'_>)) {
        let position = self.take_position();
        self.emit(emit, range.clone(), position, Form::Word);
        if let Some(spelled) = spell_acronym(&self.whole[range.clone()]) {
            emit(Token { term: &spelled, range, position, form: Form::Second });
        }
    }

    /// What follows the part that ends at `end`.
    fn next_part(&self, end: usize) -> Next {
        let mut chars = self.text[end..].chars();
        let Some(joiner) = chars.next().filter(|&c| is_joiner(c)) else { return Next::End };
        let after = end + joiner.len_utf8();
        let begins_a_part =
            |c: char| matches!(class(c), Class::Letter | Class::Digit) && !is_combining_mark(c);
        if !chars.next().is_some_and(begins_a_part) {
            return Next::End;
        }
        let part_end = self.run_end(after);
        let possessive = is_apostrophe(joiner) && matches!(&self.text[after..part_end], "s" | "S");
        if possessive { Next::Possessive(part_end) } else { Next::Part(after) }
    }

    /// The end of `U.S.` or `U.S.A`: single letters with full stops between, two at least.
    fn dotted_acronym(&self, start: usize) -> Option<usize> {
        let mut chars = self.text[start..].char_indices();
        let mut letters = 0;
        let mut end = start;
        while let Some((offset, c)) = chars.next() {
            if !c.is_alphabetic() || class(c) != Class::Letter {
                break;
            }
            end = start + offset + c.len_utf8();
            letters += 1;
            match chars.next() {
                Some((_, '.')) => {}
                Some((_, c)) if matches!(class(c), Class::Letter | Class::Digit) => return None,
                _ => break,
            }
        }
        (2..=MAX_ACRONYM_LETTERS).contains(&letters).then_some(end)
    }

    /// The end of `C++`, `C#` or `A+`, which are other words than the letter alone.
    fn signed_letter(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[start..];
        let signs = match bytes {
            [letter, b'+', b'+', ..] if letter.is_ascii_alphabetic() => 2,
            [letter, b'+' | b'#', ..] if letter.is_ascii_alphabetic() => 1,
            _ => return None,
        };
        let end = start + 1 + signs;
        let next = self.text[end..].chars().next();
        next.is_none_or(|c| class(c) == Class::Other && !matches!(c, '+' | '#')).then_some(end)
    }

    fn acronym(&mut self, range: Range<usize>, emit: &mut impl FnMut(Token<'_>)) {
        let position = self.take_position();
        let dotted = &self.text[range.clone()];
        let plain: String = dotted.chars().filter(|&c| c != '.').collect();
        emit(Token { term: &plain, range: range.clone(), position, form: Form::Plain });
        emit(Token { term: dotted, range: range.clone(), position, form: Form::Second });
        self.at = range.end;
    }

    #[inline]
    fn emit(
        &self,
        emit: &mut impl FnMut(Token<'_>),
        range: Range<usize>,
        position: u32,
        form: Form,
    ) {
        emit(Token { term: cut(&self.whole[range.clone()]), range, position, form });
    }

    fn take_position(&mut self) -> u32 {
        let position = self.position;
        self.position += 1;
        position
    }
}

/// What follows a part of a compound.
enum Next {
    /// Another part, which starts here.
    Part(usize),
    /// A possessive `'s`, which ends here and is no part.
    Possessive(usize),
    /// Nothing.
    End,
}

/// `OSCE` as `O.S.C.E`; `None` for what is no short word in ASCII capitals.
#[inline]
fn spell_acronym(word: &str) -> Option<String> {
    let is_acronym = (2..=MAX_ACRONYM_LETTERS).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_acronym.then(|| spelled(word))
}

fn spelled(word: &str) -> String {
    let mut spelled = String::with_capacity(2 * word.len());
    for letter in word.chars() {
        if !spelled.is_empty() {
            spelled.push('.');
        }
        spelled.push(letter);
    }
    spelled
}

/// The first [`MAX_TERM_BYTES`] bytes of `term`, on a character boundary.
#[inline]
fn cut(term: &str) -> &str {
    &term[..term.floor_char_boundary(MAX_TERM_BYTES)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tokenize;
    use super::*;

    /// Terms by position: `|` between those on one position, a space between positions.
    fn tokens(text: &str) -> String {
        let mut positions: Vec<Vec<String>> = Vec::new();
        let count = tokenize(text, |token| {
            let position = usize::try_from(token.position).expect("a small number");
            positions.resize(positions.len().max(position + 1), Vec::new());
            positions[position].push(token.term.to_owned());
        });
        assert_eq!(positions.len(), usize::try_from(count).expect("a small number"));
        positions.iter().map(|terms| terms.join("|")).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(tokens(text), expected, "for `{text}`");
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        check("Polls open: Sunday, 7 a.m.", "Polls open Sunday 7 am|a.m");
        check("  ", "");
        check("weekend.On Sunday", "weekend On Sunday");
        check("#vote2022 @user_name", "vote2022 user name");
    }

    #[test]
    fn a_letter_with_a_sign_is_a_word() {
        check("C++, C# and C", "C++ C# and C");
        check("an A+ rating (B+).", "an A+ rating B+");
        check("a+b x++y c+++ no# vitamin-C+", "a b x y c no vitamin|vitaminC C");
    }

    #[test]
    fn compounds_are_found_in_parts_and_joined() {
        check("COVID-19", "COVID|C.O.V.I.D|COVID19 19");
        check("O'Brien", "O|OBrien Brien");
        check("O’Brien", "O|OBrien Brien");
        check("AT&T", "AT|A.T|ATT T");
        check("mother-in-law's", "mother|motherinlaw in law");
        check("a-b-c-d-e", "a b c d e");
        check("well- being", "well being");
    }

    #[test]
    fn a_possessive_is_no_word() {
        check("Kazakhstan's vote", "Kazakhstan vote");
        check("the OSCE’s report", "the OSCE|O.S.C.E report");
        check("James' book", "James book");
    }

    #[test]
    fn acronyms_meet_with_and_without_full_stops() {
        check("U.S. troops", "US|U.S troops");
        check("the US.", "the US|U.S");
        check("U.S.A.", "USA|U.S.A");
        check("e.g. this", "eg|e.g this");
        check("osce.org", "osce org");
        check("J. Smith", "J Smith");
    }

    #[test]
    fn a_number_is_one_token() {
        check("10,000 votes", "10000 votes");
        check("1,234,567.5", "1234567.5");
        check("3.5%", "3.5");
        check("2019, 2020", "2019 2020");
        check("2022-11-20", "2022|20221120 11 20");
        check("24.02.2022", "24.02.2022");
        check("1,2", "1 2");
        check("100m", "100m");
    }

    #[test]
    fn scripts_without_spaces_give_characters_and_pairs() {
        check("选举结果 OK", "选|选举 举|举结 结|结果 果 OK|O.K");
        check("2022年", "2022 年");
    }

    #[test]
    fn common_characters_are_what_tables_say() {
        for c in '\0'..=char::MAX {
            let common = common_class(c);
            assert!(common.is_none_or(|common| common == class_by_tables(c)), "{c:?}");
        }
    }

    #[test]
    fn invisible_characters_do_not_cut_words() {
        check("Kazakh\u{ad}stan", "Kazakhstan");
        check("E\u{301}lection", "E\u{301}lection");
    }

    proptest! {
        #[test]
        fn any_text_gives_tokens_in_order_and_on_boundaries(text in "\\PC{0,80}|[a-zA-Z.'&0-9, \u{301}\u{200b}选-]{0,60}") {
            let mut last = 0;
            tokenize(&text, |token| {
                assert!(token.position == last || token.position == last + 1);
                last = token.position;
                assert!(text.get(token.range.clone()).is_some());
                assert!(!token.term.is_empty() && token.term.len() <= MAX_TERM_BYTES);
            });
        }
    }
}
