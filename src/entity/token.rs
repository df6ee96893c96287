//! Cuts a text into words, as far as finding names needs it.
//!
//! A word is a run of letters and digits. What joins two words matters here as much as the words:
//! a name runs on over a space or hyphen (`Kassym-Jomart Tokayev`) and stops at a comma, so each
//! word carries the [`Gap`] before it. Hyphens always cut (`France-based` holds a name,
//! `Kassym-Jomart` is one), possessive endings are left out, and full stops stay in abbreviations.
//!
//! Scraped text glues sentences together (`this weekend.On Sunday`), so a full stop between a
//! word and a capital ends a sentence even without a space.
//!
//! Text that was cut into words before (`-LRB- OSCE -RRB-`, `al - Qaeda`) gives the words
//! that it gave when it was whole.
//!
//! # Cost
//!
//! One pass; words that are folded already (most of them) are not copied.

#[cfg(test)]
mod tests;
mod word;

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::article::Language;

use self::word::{goes_on, is_apostrophe, is_possessive, read, word_is_abbreviation};

/// A word and how it stands in its text.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    /// Its bytes, without a possessive ending.
    pub(crate) range: Range<usize>,
    /// The word in lower case, without accents, full stops and hyphens.
    pub(crate) key: Cow<'a, str>,
    /// How it is capitalised.
    pub(crate) shape: Shape,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Whether a possessive ending follows (`Kazakhstan's`, `workers'`).
    pub(crate) possessive: bool,
    /// Whether a sentence or quotation starts here, so that a capital says little.
    pub(crate) starts: bool,
    /// The sentence that it stands in, counting from 0.
    pub(crate) sentence: u32,
    /// The line that it stands in, counting from 0.
    pub(crate) line: u32,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shape {
    /// No capital at its start, or a number.
    Lower,
    /// A capital, then at least one small letter: `Almaty`, `McDonald`, `d'Ivoire`.
    Capital,
    /// Two or more letters, all capitals: `OSCE`, `U.S.`, `G20`.
    Upper,
    /// One capital alone, with or without a full stop: `J.`
    Initial,
    /// A script that has no capitals.
    Caseless,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Gap {
    /// Blanks alone.
    Space,
    /// One hyphen and nothing else.
    Hyphen,
    /// An ampersand, with or without blanks: `Marks & Spencer`.
    Ampersand,
    /// A comma.
    Comma,
    /// An opening bracket.
    Bracket,
    /// Anything else: other punctuation, a line's end, the start of the text.
    Break,
}

impl Token<'_> {
    /// Whether it is written as names are.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }

    /// Whether a name can run on from the word before to this one.
    pub(crate) fn joins(&self) -> bool {
        matches!(self.gap, Gap::Space | Gap::Hyphen | Gap::Ampersand)
    }
}

/// What an apostrophe after a word with a capital does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Apostrophe {
    /// It may begin a possessive ending; else it belongs to the word (`O'Brien`, `Sana'a`).
    Possessive,
    /// It begins an ending, as in Turkish: `Ankara'da`.
    Ending,
    /// It ends a word that has lost its vowel, as in French: `l'Italie`.
    Elision,
}

impl Apostrophe {
    /// That of a language.
    pub(crate) fn of(language: Option<Language>) -> Self {
        match language.as_ref().map(Language::as_str) {
            Some("tr" | "az") => Self::Ending,
            Some("fr" | "it" | "ca") => Self::Elision,
            _ => Self::Possessive,
        }
    }
}

/// The words of `text`, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    tokens_with(text, Apostrophe::Possessive)
}

/// As [`tokens`], with apostrophes as a language has them.
pub(crate) fn tokens_with(text: &str, apostrophe: Apostrophe) -> Vec<Token<'_>> {
    let mut scanner = Scanner {
        text,
        at: 0,
        // More than there are, so that they are never moved.
        tokens: Vec::with_capacity(text.len() / 4 + 1),
        gap: Gap::Break,
        starts: true,
        sentence: 0,
        line: 0,
        apostrophe,
    };
    while let Some((at, c)) = scanner.next() {
        if is_letter(c) {
            scanner.word(at);
        } else {
            scanner.separator(at, c);
        }
    }
    scanner.tokens
}

/// What a name is looked up by: its words in lower case without accents, one blank between them.
///
/// `U.S.` and `us`, `Côte d’Ivoire` and `cote d'ivoire`, `Guinea-Bissau` and `GUINEA BISSAU` have
/// the same key.
pub(crate) fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for token in tokens(name) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.key);
    }
    key
}

/// Whether a character is a letter or figure; most that are not of ASCII are Cyrillic.
fn is_letter(c: char) -> bool {
    matches!(c, 'А'..='я') || c.is_alphanumeric()
}

/// How treebanks write brackets, between hyphens.
const BRACKETS: [&str; 4] = ["LRB", "RRB", "LSB", "RSB"];

struct Scanner<'a> {
    text: &'a str,
    /// Where the next character is.
    at: usize,
    tokens: Vec<Token<'a>>,
    gap: Gap,
    starts: bool,
    sentence: u32,
    line: u32,
    apostrophe: Apostrophe,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text[self.at..].chars().next(),
        }
    }

    fn next(&mut self) -> Option<(usize, char)> {
        let (at, c) = (self.at, self.peek()?);
        self.at += c.len_utf8();
        Some((at, c))
    }

    fn skip_if(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        match self.peek().filter(|&c| wanted(c)) {
            Some(c) => {
                self.at += c.len_utf8();
                true
            }
            None => false,
        }
    }

    /// Takes note of a character that is not part of a word.
    fn separator(&mut self, at: usize, c: char) {
        match c {
            ' ' => {}
            '\n' => {
                self.line += 1;
                self.end_sentence();
            }
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => self.end_sentence(),
            '@' | '#' => self.skip_to_blank(),
            '-' | '‐' | '‑'
                if self.gap == Gap::Space
                    && (self.touches_words(at, c) || self.is_parted_article(at, c)) =>
            {
                self.gap = Gap::Hyphen;
            }
            ',' if self.gap == Gap::Space => self.gap = Gap::Comma,
            '&' if self.gap == Gap::Space => self.gap = Gap::Ampersand,
            '(' | '[' => self.gap = Gap::Bracket,
            '"' | '“' | '«' | '„' | '\'' | '‘' | '”' | '»' | '’' => {
                // After a bare word an opening quotation is a title or a nickname and its
                // capital counts; after punctuation it is speech. A quotation mark without
                // blanks beside it has glued a sentence to the one before.
                let glued = self.text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
                self.starts |= glued || matches!(self.gap, Gap::Comma | Gap::Break);
                self.gap = Gap::Break;
            }
            c if c.is_whitespace() => {}
            ':' | '•' => {
                self.gap = Gap::Break;
                self.starts = true;
            }
            _ => self.gap = Gap::Break,
        }
    }

    fn end_sentence(&mut self) {
        if !self.starts {
            self.sentence += 1;
        }
        self.starts = true;
        self.gap = Gap::Break;
    }

    /// Whether the character at `at` has a word directly on both sides.
    fn touches_words(&self, at: usize, c: char) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + c.len_utf8()..].chars().next();
        before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’'))
            && after.is_some_and(char::is_alphanumeric)
    }

    /// Whether the hyphen at `at` has blanks beside it and an Arabic article before it.
    fn is_parted_article(&self, at: usize, c: char) -> bool {
        let article = |token: &Token<'_>| matches!(&*token.key, "al" | "el" | "ul" | "as" | "ad");
        let rest =
            self.text[at + c.len_utf8()..].strip_prefix(' ').and_then(|rest| rest.chars().next());
        self.text[..at].ends_with(' ')
            && rest.is_some_and(char::is_uppercase)
            && self.tokens.last().is_some_and(article)
    }

    /// Passes over a handle, hashtag, address or link.
    fn skip_to_blank(&mut self) {
        while self.skip_if(|c| !c.is_whitespace()) {}
        self.gap = Gap::Break;
    }

    /// Reads the rest of the word that starts at `start`.
    fn word(&mut self, start: usize) {
        let mut end;
        // Letters since the word's start or the last mark inside it.
        let mut letters = 1;
        let mut possessive = false;
        loop {
            let rest = self.text.as_bytes()[self.at..].iter();
            let run = rest.take_while(|byte| byte.is_ascii_alphanumeric()).count();
            letters += run;
            self.at += run;
            end = self.at;
            let Some(c) = self.peek() else { break };
            if c == ' ' {
                // As most words end; nothing below is asked for them.
                return self.push(start..end, false);
            }
            let at = self.at;
            let rest = &self.text[at + c.len_utf8()..];
            if is_letter(c) || is_combining_mark(c) {
                letters += 1;
            } else if is_apostrophe(c)
                && (is_possessive(&self.text[start..at], rest) || self.is_ending(start, letters))
            {
                possessive = true;
                break;
            } else if self.is_elided(start, c) {
                break;
            } else if goes_on(&self.text[start..at], letters, c, rest) {
                letters = 0;
            } else {
                break;
            }
            end = at + c.len_utf8();
            self.at = end;
        }
        if self.text[end..].starts_with("://") || self.text[end..].starts_with('@') {
            return self.skip_to_blank();
        }
        if BRACKETS.contains(&&self.text[start..end])
            && self.text[..start].ends_with('-')
            && self.text[end..].starts_with('-')
        {
            self.next();
            self.gap = Gap::Bracket;
            return;
        }
        self.push(start..end, possessive);
        if self.peek().is_some_and(|c| self.is_elided(start, c)) {
            self.next();
        }
    }

    /// Whether the apostrophe behind the word that starts at `start` begins an ending.
    fn is_ending(&self, start: usize, letters: usize) -> bool {
        self.apostrophe == Apostrophe::Ending
            && letters > 1
            && self.text[start..].starts_with(char::is_uppercase)
    }

    /// Whether the apostrophe `c` behind the word that starts at `start` stands for its vowel.
    fn is_elided(&self, start: usize, c: char) -> bool {
        const ELIDED: [&str; 16] = [
            "l", "d", "j", "m", "n", "s", "t", "c", "qu", "dell", "nell", "all", "dall", "sull",
            "un", "quell",
        ];
        self.apostrophe == Apostrophe::Elision
            && is_apostrophe(c)
            && ELIDED.iter().any(|word| word.eq_ignore_ascii_case(&self.text[start..self.at]))
    }

    fn push(&mut self, range: Range<usize>, possessive: bool) {
        let word = &self.text[range.clone()];
        let end = range.end;
        let (key, shape) = read(word);
        self.tokens.push(Token {
            range,
            key,
            shape,
            gap: self.gap,
            possessive,
            starts: self.starts,
            sentence: self.sentence,
            line: self.line,
        });
        self.gap = Gap::Space;
        self.starts = false;
        if possessive {
            // The apostrophe and, if it is there, the `s`.
            self.next();
            self.skip_if(|c| c == 's' || c == 'S');
            if self.apostrophe == Apostrophe::Ending {
                while self.skip_if(char::is_alphabetic) {}
            }
        } else if self.text[end..].starts_with('.') && word_is_abbreviation(word) {
            self.next();
        }
    }
}
