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

use self::word::{fold, goes_on, is_apostrophe, is_possessive, shape, word_is_abbreviation};

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

/// The words of `text`, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut scanner = Scanner {
        text,
        at: 0,
        // More than there are, so that they are never moved.
        tokens: Vec::with_capacity(text.len() / 4 + 1),
        gap: Gap::Break,
        starts: true,
        sentence: 0,
        line: 0,
    };
    while let Some((at, c)) = scanner.next() {
        if c.is_alphanumeric() {
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
                    && (self.touches_words(at, c) || self.is_parted_article(at)) =>
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
    fn is_parted_article(&self, at: usize) -> bool {
        let article = |token: &Token<'_>| matches!(&*token.key, "al" | "el" | "ul" | "as" | "ad");
        let rest = self.text[at + 1..].strip_prefix(' ').and_then(|rest| rest.chars().next());
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
            let at = self.at;
            let rest = &self.text[at + c.len_utf8()..];
            if c.is_alphanumeric() || is_combining_mark(c) {
                letters += 1;
            } else if is_apostrophe(c) && is_possessive(&self.text[start..at], rest) {
                possessive = true;
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
    }

    fn push(&mut self, range: Range<usize>, possessive: bool) {
        let word = &self.text[range.clone()];
        let end = range.end;
        // Most words are in small letters and need no closer look.
        let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let (key, shape) =
            if is_plain { (Cow::Borrowed(word), Shape::Lower) } else { (fold(word), shape(word)) };
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
        } else if self.text[end..].starts_with('.') && word_is_abbreviation(word) {
            self.next();
        }
    }
}
